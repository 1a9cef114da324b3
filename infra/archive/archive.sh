#!/bin/sh
# Packs the gateway that is built into an archive that needs nothing on the machine where it is unpacked:
#   archive.sh VERSION      writes functions/gateway/target/countersign-VERSION-linux-ARCH.tar.gz
# ./mvnw -Pdist -DskipTests package runs it after Quarkus's build. JAVA_HOME is the JDK 25 whose runtime goes into the archive; Linux and GNU tar are needed.
# With a native binary in target (-Pnative), that goes into it in place of the runtime, the jars and the cache.
set -eu
[ $# = 1 ] || { echo "usage: $0 $(sed -n '3s/^# *[^ ]* //p' "$0")" >&2; exit 2; }
version=$1
here=$(cd "$(dirname "$0")/../.." && pwd -P)
target=$here/functions/gateway/target
case $(uname -s):$(uname -m) in
  Linux:x86_64) arch=x64 sqlite=x86_64 ;;
  Linux:aarch64) arch=arm64 sqlite=aarch64 ;;
  *) echo "archives are made on Linux, on x86_64 or aarch64" >&2; exit 1 ;;
esac
[ -f "$target/sbom.json" ] || { echo "there is no bill of materials in $target: Maven makes it unless it is offline (-o)" >&2; exit 1; }
: "${JAVA_HOME:?is the JDK 25 whose runtime goes into the archive}"
# One moment for all files, so that the same commit gives the same archive but for the cache. The cache knows the jars by their times and sizes.
moment=$(git -C "$here" log -1 --format=%ct 2>/dev/null || echo 1764000000)

name=countersign-$version-linux-$arch
work=$target/dist
top=$work/$name
rm -rf "$work"
mkdir -p "$top/bin" "$top/lib" "$top/share"
cp "$here/countersign" "$top/bin/"
cp "$here/LICENSE" "$top/"
cp "$target/sbom.json" "$top/countersign.cdx.json"
"$here/infra/archive/share.sh" "$top/share"
# The example of the documents, which tests apply.
sed -n '/^## An example/,/^## /p' "$here/docs/manifest.md" | sed -n '/^```yaml/,/^```/p' | sed '/^```/d' > "$top/share/manifest.yaml"

binary=
for built in "$target"/countersign-gateway-*-runner; do
  [ ! -x "$built" ] || binary=$built
done
if [ -n "$binary" ]; then
  cp "$binary" "$top/lib/countersign"
else
  # Where Quarkus's entry point looks for its description of the application: quarkus/, three directories above its own jar.
  mkdir -p "$top/lib/gateway/lib/main" "$top/lib/gateway/quarkus"
  cp "$target/quarkus-app/quarkus/quarkus-application.dat" "$top/lib/gateway/quarkus/"
  "$JAVA_HOME/bin/java" "$here/infra/archive/Merge.java" "$target/quarkus-app/quarkus-run.jar" "$top/lib/gateway/lib/main/quarkus-run.jar"
  # The store of `demo --store`, which runs it as a program of its own, from beside the directory of its own jar.
  cp -R "$target/store" "$top/lib/gateway/lib/store"
  # What the jars import (jdeps), without java.desktop, java.compiler and java.rmi, which only their unused parts import: beans of JavaBeans, code generators, EJBs.
  # java.security.jgss is PostgreSQL's driver's; jdk.management and jdk.net are found by name; jdk.zipfs opens jars as file systems.
  "$JAVA_HOME/bin/jlink" --output "$top/lib/runtime" --strip-debug --no-man-pages --no-header-files --compress zip-0 \
    --add-modules java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs
  mkdir "$top/lib/native"
  (cd "$top/lib/native" && "$JAVA_HOME/bin/jar" --extract --file "$top/lib/gateway/lib/main/quarkus-run.jar" org/sqlite/native/Linux/$sqlite/libsqlitejdbc.so)
  mv "$top/lib/native/org/sqlite/native/Linux/$sqlite/libsqlitejdbc.so" "$top/lib/native/"
  rm -r "$top/lib/native/org"
fi
if [ -n "$binary" ]; then
  libraries=${binary%-runner}-native-image-source-jar/lib jackson=$libraries store=
else
  libraries=$target/quarkus-app/lib jackson=$libraries/main store=$target/store
fi
"$JAVA_HOME/bin/java" -cp "$jackson/*" "$here/infra/archive/Notices.java" "$target/sbom.json" "$libraries" "$top/licenses" $store
# The licences ask that changes are said.
[ -n "$binary" ] || printf '\n%s\n' "The runtime's licences are in lib/runtime/legal. The libraries of the gateway are merged into one jar. Classes in a file format older than Java 6's (those of picocli) are changed to that of Java 8; their code is the same." >> "$top/licenses/THIRD-PARTY.txt"

find "$top" -type d -exec chmod 0755 {} +
find "$top" -type f ! -perm -u+x -exec chmod 0644 {} +
find "$top" -type f -perm -u+x -exec chmod 0755 {} +
find "$top" -exec touch --no-dereference --date "@$moment" {} +
[ -n "$binary" ] || "$JAVA_HOME/bin/java" "$here/infra/archive/Train.java" "$top"
mkdir "$top/share/completion"
"$top/bin/countersign" completion bash > "$top/share/completion/countersign.bash"
chmod 0755 "$top/share/completion"
chmod 0644 "$top/share/completion/countersign.bash"
find "$top" -exec touch --no-dereference --date "@$moment" {} +
tar --create --directory "$work" --sort=name --owner=0 --group=0 --numeric-owner --format=gnu "$name" | gzip --no-name > "$target/$name.tar.gz"
