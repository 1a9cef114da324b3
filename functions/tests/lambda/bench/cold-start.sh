#!/usr/bin/env bash
# From the fork of each function's process to its first right answer, with a registry on loopback; peak memory; the size of function.zip.
# Builds the packages that are missing, and nothing else: one that is there is measured as it is. RUNS may be set; PACKAGE=native takes the binaries, else the packages
# for the JVM are taken.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../../.." && pwd)
runs=${RUNS:-10}
package=${PACKAGE:-jvm}
cd "$root"
. .mvn/jdk.sh
find_java javac || { echo "cold-start: no JDK 25 or newer found; install one, or set JAVA_HOME to it." >&2; exit 1; }

# Whether the function.zip $1 is there, and of the kind that is asked for.
is_there() {
  [ -f "$1" ] || return 1
  local kind=jvm
  if "$JAVA_HOME/bin/jar" tf "$1" | grep -x bootstrap >/dev/null; then kind=native; fi
  [ "$kind" = "$package" ]
}

build() {
  ./mvnw -q -B -DskipTests -Dspotless.check.skip "$@" package
}

missing=
for function in token presign sign-content verify rotate; do
  is_there "functions/$function/target/function.zip" || missing=$missing,functions/$function
done
if [ -n "$missing" ]; then
  echo "building ${missing#,}" >&2
  if [ "$package" = native ]; then set -- -Pnative; else set --; fi
  build "$@" -pl "${missing#,}" -am
fi
if [ ! -f functions/tests/lambda/target/test.classpath ]; then
  build -Dlambda.skip -pl functions/tests/lambda -am
fi
cd functions/tests/lambda
exec "$JAVA_HOME/bin/java" -Dlambda.package="$package" -cp "$(cat target/test.classpath):target/test-classes" io.countersign.lambda.packaged.ColdStart "$runs"
