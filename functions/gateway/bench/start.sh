#!/usr/bin/env bash
# The time of an archive's gateway from its start until /health answers 200, its processor time and its resident memory then, without and with the AOT cache, in turns: medians.
#   functions/gateway/bench/start.sh [ARCHIVE]     RUNS and PORT may be set
# Needs an archive (./mvnw -Pdist -DskipTests package). Everything that it makes is removed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
archive=${1:-$(ls "$here"/../target/countersign-*-linux-*.tar.gz)}
runs=${RUNS:-7}
port=${PORT:-18080}
dir=$(mktemp -d)
launcher=
trap 'status=$?; [ -z "$launcher" ] || kill "$launcher" 2>/dev/null || true; wait; rm -rf "$dir"; exit $status' EXIT
tar -xzf "$archive" -C "$dir" --strip-components=1

cat > "$dir/manifest.yaml" <<'YAML'
accounts:
  - id: "1234567890123456"
    buckets: [{name: examplebucket, region: cn-hangzhou}]
YAML
"$dir/bin/countersign" apply --manifest "$dir/manifest.yaml" --data "$dir/data" > "$dir/log"

# It asks and waits without another process: a curl every few milliseconds would take a core from the start that it measures.
exec {silent}<> <(:)
healthy() {
  local status
  { exec 3<> "/dev/tcp/127.0.0.1/$port"; } 2> "$dir/refused" || return 1
  printf 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
  read -r status <&3 || true
  exec 3>&-
  [[ $status == *" 200 "* ]]
}

# start NAME [OPTION of the JVM]: adds a line "seconds processor-seconds resident-MB" to the file NAME
start() {
  local name=$1 begun gateway ticks resident
  shift
  begun=$(date +%s%N)
  JAVA_TOOL_OPTIONS="$*" "$dir/bin/countersign" serve --data "$dir/data" --port "$port" > "$dir/log" 2>&1 &
  launcher=$!
  until healthy; do
    kill -0 "$launcher" 2>/dev/null || { cat "$dir/log" >&2; exit 1; }
    read -rt 0.004 -u "$silent" || true
  done
  local ready=$(($(date +%s%N) - begun))
  gateway=$(pgrep -P "$launcher" || echo "$launcher")
  ticks=$(awk '{ print $14 + $15 }' "/proc/$gateway/stat")
  resident=$(awk '/^VmRSS/ { print $2 / 1024 }' "/proc/$gateway/status")
  awk -v ready="$ready" -v ticks="$ticks" -v hertz="$(getconf CLK_TCK)" -v resident="$resident" \
    'BEGIN { printf "%.3f %.2f %.0f\n", ready / 1e9, ticks / hertz, resident }' >> "$dir/$name"
  kill "$launcher"
  wait "$launcher" || true
  launcher=
}

median() { sort -n "$1" | awk '{ line[NR] = $1 } END { print line[int((NR + 1) / 2)] }'; }

row() {
  printf '| %s |' "$1"
  for column in 1 2 3; do
    awk -v column="$column" '{ print $column }' "$dir/$1" > "$dir/column"
    printf ' %s |' "$(median "$dir/column")"
  done
  printf '\n'
}

for _ in $(seq "$runs"); do
  start "without the cache" -XX:AOTMode=off
  start "with the cache"
done
echo "$(nproc) cores, medians of $runs starts in turns"
echo "| start | to /health, s | processor time, s | resident memory, MB |"
echo "|---|---|---|---|"
row "without the cache"
row "with the cache"
