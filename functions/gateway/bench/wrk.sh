#!/usr/bin/env bash
# Requests a second and p99 of the gateway's faces over HTTP, the processor time that its workers and its event loops took for each request, and how many cores it kept busy.
# Needs wrk, curl, openssl, xxd and the built gateway (./mvnw verify). SECONDS_EACH, SECONDS_WARM, CONNECTIONS and PORT may be set, ONLY: a pattern of the rows, and GATEWAY: what to run instead of ./countersign; everything else is made, used and removed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/signatures.sh"
seconds=${SECONDS_EACH:-10}
connections=${CONNECTIONS:-32}
port=${PORT:-18080}
url=http://127.0.0.1:$port
dir=$(mktemp -d)
launcher=
trap 'status=$?; [ -z "$launcher" ] || kill "$launcher" 2>/dev/null || true; wait; rm -rf "$dir"; exit $status' EXIT

region=cn-hangzhou
bucket=examplebucket
host=$bucket.oss-$region.aliyuncs.com
object=team/photo.jpg
id=LTAI5t$(openssl rand -hex 9)
secret=$(openssl rand -hex 15)

openssl genrsa -out "$dir/RS256.pem" 2048 2> "$dir/openssl"
openssl ecparam -name prime256v1 -genkey -noout -out "$dir/ES256.pem"
for algorithm in RS256 ES256; do
  openssl pkey -in "$dir/$algorithm.pem" -pubout -out "$dir/$algorithm.pub"
done

cat > "$dir/manifest.yaml" <<YAML
accounts:
  - id: "1234567890123456"
    users:
      - name: reader
        accessKeys: [{id: $id, secret: $secret}]
        policies:
          - Version: "1"
            Statement: [{Effect: Allow, Action: "oss:GetObject", Resource: "acs:oss:*:*:$bucket/team/*"}]
    roles:
      - name: mobile-app
        trust: {Version: "1", Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Federated: ["acs:ram::1234567890123456:oidc-provider/login"]}}]}
        policies:
          - Version: "1"
            Statement: [{Effect: Allow, Action: "oss:GetObject", Resource: "acs:oss:*:*:$bucket/team/*"}]
    oidcProviders:
      - {name: login, issuer: "https://login.example", clientIds: [app], defaultRole: mobile-app, jwks: {keys: [$(jwk "$dir/RS256.pub" RS256), $(jwk "$dir/ES256.pub" ES256)]}}
    buckets:
      - {name: $bucket, region: $region, acl: private, signer: reader, endpoint: "http://$host", objectAcls: [{key: public.txt, acl: public-read}]}
YAML

# --- The gateway, and the processor time that its threads have taken.

"${GATEWAY:-$here/../../../countersign}" serve --manifest "$dir/manifest.yaml" --data "$dir/data" --port "$port" > "$dir/log" 2>&1 &
launcher=$!
for _ in $(seq 300); do
  curl -fs "$url/health" > /dev/null && break
  kill -0 "$launcher" 2>/dev/null || { cat "$dir/log" >&2; exit 1; }
  sleep 0.2
done
# The launcher has the gateway as its child; an executable is the gateway.
gateway=$(pgrep -P "$launcher") || gateway=$launcher

spent() { # microseconds of processor time that threads have taken whose names match; Linux keeps 15 characters of a name: the JVM gives it the first ones, an executable the last
  local task name nanos sum=0
  for task in /proc/"$gateway"/task/*; do
    if read -r name < "$task/comm" && [[ $name =~ $1 ]] && read -r nanos _ < "$task/schedstat"; then
      sum=$((sum + nanos / 1000))
    fi
  done 2>/dev/null
  echo "$sum"
}

# measure NAME PATH [wrk's options]: warms for half of the time, then prints a row
measure() {
  local name=$1 path=$2 workers loops all
  shift 2
  [[ $name =~ ${ONLY:-.} ]] || return 0
  wrk -t1 -c"$connections" -d"$((seconds / 2 + 1))"s -s "$here/row.lua" "$@" "$url$path" > /dev/null
  workers=$(spent '^countersign-|-worker-') loops=$(spent '^vert.x-eventloo|ntloop-thread-') all=$(spent .)
  wrk -t1 -c"$connections" -d"$seconds"s -s "$here/row.lua" "$@" "$url$path" > "$dir/row"
  workers=$(($(spent '^countersign-|-worker-') - workers)) loops=$(($(spent '^vert.x-eventloo|ntloop-thread-') - loops)) all=$(($(spent .) - all))
  sed -n 's/^ROW //p' "$dir/row" | awk -v name="$name" -v workers="$workers" -v loops="$loops" -v all="$all" -v seconds="$seconds" '
    { printf "| %s | %d | %.1f | %.1f | %.0f | %.0f | %.2f |%s\n", name, $1, $2, $3, workers / $4, loops / $4, all / seconds / 1e6, ($5 > 0 ? " " $5 " errors" : "") }'
}

asked() { # the request as nginx tells /auth of it
  printf '%s\n' -H "X-Original-Method: GET" -H "X-Original-Host: $host" -H "X-Original-URI: $1"
}

verify() { # measure NAME for /verify
  BODY="{\"method\":\"GET\",\"url\":\"http://$host$2\"}" measure "$1" /verify
}

signed=("$id" "$secret" "$region" "$bucket" "$object")
v1=$(v1_url "${signed[@]}") v4=$(v4_url "${signed[@]}")
rows() {
  measure /health /health
  now=$(date +%s)
  for algorithm in RS256 ES256; do
    token=$(jwt "$algorithm" "$dir/$algorithm.pem" "{\"iss\":\"https://login.example\",\"aud\":\"app\",\"sub\":\"alice\",\"iat\":$now,\"exp\":$((now + 3600))}")
    # A refusal at /token has the status 200, and would be measured like an answer.
    curl -fs -H "Authorization: Bearer $token" "$url/token" | grep -q '"StatusCode":200' || { echo "the token of $algorithm is refused" >&2; exit 1; }
    BODY="{\"method\":\"GET\",\"bucket\":\"$bucket\",\"key\":\"$object\"}" measure "/presign, $algorithm" /presign -H "Authorization: Bearer $token"
    measure "/token, $algorithm" /token -H "Authorization: Bearer $token"
  done
  for kind in "anonymous|/public.txt" "V1|$v1" "V4|$v4"; do
    mapfile -t options < <(asked "${kind#*|}")
    measure "/auth, ${kind%%|*}" /auth "${options[@]}"
  done
  mapfile -t options < <(asked "${v4%?????}00000")
  measure "/auth, refused" /auth "${options[@]}"
  verify "/verify, anonymous" /public.txt
  verify "/verify, V1" "$v1"
  verify "/verify, V4" "$v4"
}

# A first round, unseen, lets the compiler finish: rows that follow one another are compared.
seconds_each=$seconds seconds=${SECONDS_WARM:-$seconds}
rows > /dev/null
seconds=$seconds_each
echo "$(nproc) cores, $connections connections, $seconds s each"
echo "| request | a second | p50 ms | p99 ms | workers, us each | event loops, us each | cores busy |"
echo "|---|---|---|---|---|---|---|"
rows

# One more client asks for /health while all connections ask /auth: it waits its turn for a core, never for the event loop.
mapfile -t options < <(asked "$v4")
wrk -t1 -c"$connections" -d"$((seconds + 2))"s "${options[@]}" "$url/auth" > /dev/null &
beside=$!
sleep 1
wrk -t1 -c1 -d"$seconds"s -s "$here/row.lua" "$url/health" | sed -n 's/^ROW //p' | awk '{ printf "| /health, one client beside these | %d | %.1f | %.1f | | | |\n", $1, $2, $3 }'
wait "$beside"
if grep -q "has been blocked" "$dir/log"; then
  echo "an event loop was blocked:" >&2
  grep "has been blocked" "$dir/log" >&2
  exit 1
fi
