# S3Proxy over a directory of buckets, to compare with. To be sourced. It is not part of Countersign: Maven fetches it.

s3proxy() { # DIRECTORY HOST:PORT id secret BUCKETS: starts it in the background, with its files in DIRECTORY
  local root version
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
  version=$(sed -n 's|.*<s3proxy.version>\(.*\)</.*|\1|p' "$root/pom.xml")
  (cd "$root" && ./mvnw -q -N dependency:copy "-Dartifact=org.gaul:s3proxy:$version:jar:jar-with-dependencies" "-DoutputDirectory=$1" -Dmdep.stripVersion=true)
  cat > "$1/s3proxy.properties" <<CONF
s3proxy.endpoint=http://$2
s3proxy.authorization=aws-v4
s3proxy.identity=$3
s3proxy.credential=$4
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$5
CONF
  . "$root/.mvn/jdk.sh"
  find_java java
  "$JAVA_HOME/bin/java" -Xmx256m -jar "$1/s3proxy-jar-with-dependencies.jar" --properties "$1/s3proxy.properties" > "$1/s3proxy.log" 2>&1 &
}
