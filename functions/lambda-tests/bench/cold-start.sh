#!/usr/bin/env bash
# From the fork of each function's process to its first right answer, with a registry on loopback; peak memory; the size of function.zip.
# Builds what is missing. RUNS may be set; PACKAGE=native takes the binaries (./mvnw -Pnative package), else the packages for the JVM are taken.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
runs=${RUNS:-10}
package=${PACKAGE:-jvm}
cd "$root"
if [ "$package" = native ]; then set -- -Pnative; else set --; fi
./mvnw -q -B "$@" -pl functions/lambda-tests -am -DskipTests -Dspotless.check.skip package
cd functions/lambda-tests
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" -Dlambda.package="$package" -cp "$(cat target/test.classpath):target/test-classes" io.countersign.lambda.packaged.ColdStart "$runs"
