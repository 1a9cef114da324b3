#!/bin/sh
# Writes TOP/lib/countersign.aot, the JVM's cache of the classes and profiles of the gateway in the directory TOP: runs the demo and calls each of its faces.
#   infra/archive/train.sh TOP
# The cache holds only what the class path below TOP has: names are relative to TOP, so it is good wherever the archive is unpacked.
set -eu
[ $# = 1 ] || { sed -n 3p "$0" >&2; exit 2; }
out=$(mktemp)
calls=$(mktemp)
demo=
end() {
  [ -z "$demo" ] || kill -TERM "$demo" 2>/dev/null || true
  rm -f "$out" "$calls"
}
trap end EXIT
cd "$1"
lib/runtime/bin/java -XX:AOTCacheOutput=lib/countersign.aot -XX:+ExitOnOutOfMemoryError -Dcountersign.drain=1 -Dorg.sqlite.lib.path=lib/native \
  -jar lib/gateway/quarkus-run.jar demo --port 0 > "$out" 2> "$calls" &
demo=$!
tries=0
until grep -q '^countersign: ready on ' "$out"; do
  tries=$((tries + 1))
  if [ "$tries" -gt 300 ] || ! kill -0 "$demo" 2>/dev/null; then
    cat "$out" "$calls" >&2
    echo "train: the demo did not start" >&2
    exit 1
  fi
  sleep 0.2
done
gateway=$(sed -n 's/^countersign: ready on \(http[^ ]*\) .*/\1/p' "$out")
token=$(sed -n "s/.*Bearer \([^']*\)'.*/\1/p;T;q" "$out")
grep '^curl ' "$out" > "$calls"
round=0
while [ "$round" -lt 20 ]; do
  round=$((round + 1))
  sh "$calls" > /dev/null
done
# Each answer counts, refusals too.
curl -s -o /dev/null "$gateway/token" -H "Authorization: Bearer $token"
curl -s -o /dev/null "$gateway/auth" -H 'X-Original-Method: GET' -H 'X-Original-URI: /demo-public/logo.png' -H 'X-Original-Host: oss.example'
curl -s -o /dev/null "$gateway/post-policy" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{"bucket":"demo-private","key":"users/ada/a"}'
curl -s -o /dev/null "$gateway/sign-content" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{"content":"GET"}'
curl -s -o /dev/null "$gateway/events" -H 'Content-Type: application/json' -d '{}'
curl -s -o /dev/null "$gateway/console/explain" -H 'Content-Type: application/json' -d '{"text":"GET /demo-public/logo.png"}'
# The JVM writes the cache when it ends.
kill -TERM "$demo"
wait "$demo" || true
demo=
[ -s lib/countersign.aot ] || { cat "$calls" >&2; echo "train: the JVM wrote no cache" >&2; exit 1; }
chmod 0644 lib/countersign.aot
# Classes and profiles, and none of the demo's secrets.
secret=$(sed -n 's/^# *AccessKeySecret //p' "$out")
if [ -z "$token" ] || [ -z "$secret" ] || grep -qaF -e "$token" -e "$secret" lib/countersign.aot; then
  echo "train: the cache holds a secret of the demo, or the demo showed none" >&2
  exit 1
fi
