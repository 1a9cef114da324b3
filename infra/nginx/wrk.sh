#!/usr/bin/env bash
# Requests a second and p99 of /auth, and of a store of plain files behind it, compared with /health, plain nginx, and two others that check a signature before they send the same 10 KiB:
# nginx's secure_link_md5, and S3Proxy. Then whether memory stays flat over a million distinct keys.
# Needs wrk, curl, openssl, nginx (or apt) and the built gateway (./mvnw verify). SECONDS_EACH, SECONDS_WARM, CONNECTIONS, PORT, KEYS and ONLY (a pattern of the rows) may be set, and GATEWAY: what to run instead of ./countersign.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bench=$here/../../functions/gateway/bench
. "$bench/signatures.sh"
seconds=${SECONDS_EACH:-10}
connections=${CONNECTIONS:-32}
port=${PORT:-18080}
keys=${KEYS:-1000000}
dir=$(mktemp -d)
# nginx's workers enter it, and are not root.
chmod 0711 "$dir"
pids=()
trap 'status=$?; [ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2>/dev/null || true; wait; rm -rf "$dir"; exit $status' EXIT

region=cn-hangzhou
bucket=examplebucket
host=$bucket.oss-$region.aliyuncs.com
object=team/photo.jpg
id=LTAI5t$(openssl rand -hex 9)
secret=$(openssl rand -hex 15)
gateway=http://127.0.0.1:$port
store=http://127.0.0.1:$((port + 1))
plain=http://127.0.0.1:$((port + 2))
private=http://127.0.0.1:$((port + 3))
socketed=http://127.0.0.1:$((port + 4))
s3proxy=127.0.0.1:$((port + 5))

cat > "$dir/manifest.yaml" <<YAML
accounts:
  - id: "1234567890123456"
    users:
      - name: reader
        accessKeys: [{id: $id, secret: $secret}]
        policies:
          - Version: "1"
            Statement:
              - {Effect: Allow, Action: "oss:GetObject", Resource: "acs:oss:*:*:$bucket/team/*"}
              - {Effect: Allow, Action: "sts:AssumeRole", Resource: "*"}
    roles:
      - name: team
        trust: {Version: "1", Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {RAM: ["acs:ram::1234567890123456:root"]}}]}
        policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:GetObject", Resource: "acs:oss:*:*:$bucket/team/*"}]}]
    buckets:
      - {name: $bucket, region: $region, acl: private, signer: reader, endpoint: "http://$host", objectAcls: [{key: public.jpg, acl: public-read}]}
      - {name: openbucket, region: $region, acl: public-read, signer: reader, endpoint: "http://openbucket.oss-$region.aliyuncs.com"}
YAML

await() { # URL: until it answers anything
  local _
  for _ in $(seq 300); do
    curl -s -o /dev/null "$1" && return
    kill -0 "${pids[-1]}" 2> /dev/null || break
    sleep 0.2
  done
  cat "$dir"/*.log >&2
  return 1
}

# The socket is for the group of nginx's workers, as docs/operations.md has it.
mkdir "$dir/run"
[ "$(id -u)" != 0 ] || chgrp "$(id -gn nobody)" "$dir/run"
chmod 2750 "$dir/run"
command=("${GATEWAY:-$here/../../countersign}")
"${command[@]}" serve --manifest "$dir/manifest.yaml" --data "$dir/data" --port "$port" --private-port "$((port + 3))" --listen "unix:$dir/run/socket" > "$dir/gateway.log" 2>&1 &
pids+=($!)
await "$gateway/health"
"$here/run.sh" "$dir/store" $((port + 1)) "127.0.0.1:$((port + 3))" > "$dir/nginx.log" 2>&1 &
pids+=($!)
await "$store/"
"$here/run.sh" "$dir/socketed" $((port + 4)) "unix:$dir/run/socket" > "$dir/socketed.log" 2>&1 &
pids+=($!)
await "$socketed/"
mkdir -p "$dir/store/objects/$bucket/team" "$dir/socketed/objects/$bucket"
head -c 10240 /dev/urandom | tee "$dir/store/objects/$bucket/$object" > "$dir/store/objects/$bucket/public.jpg"
cp -r "$dir/store/objects/$bucket" "$dir/socketed/objects/"

# Plain nginx: the same file, without authorization, and with its own kind of signed URL.
link_secret=$(openssl rand -hex 15)
cat > "$dir/plain.server" <<CONF
    server {
        listen 127.0.0.1:$((port + 2));
        root $dir/store/objects/$bucket;
        location /linked/ {
            alias $dir/store/objects/$bucket/;
            secure_link \$arg_md5,\$arg_expires;
            secure_link_md5 "\$secure_link_expires\$uri $link_secret";
            if (\$secure_link = "") { return 403; }
            if (\$secure_link = "0") { return 410; }
        }
    }
}
CONF
sed -n '/^daemon/,/include/p' "$dir/store/nginx.conf" | sed -e "s|^pid .*|pid $dir/plain.pid;|" -e '/include/d' | cat - "$dir/plain.server" > "$dir/plain.conf"
nginx=$(command -v nginx || { [ ! -x /usr/sbin/nginx ] || echo /usr/sbin/nginx; })
"${nginx:-$dir/store/debian/usr/sbin/nginx}" -e stderr -p "$dir" -c "$dir/plain.conf" > "$dir/plain.log" 2>&1 &
pids+=($!)
await "$plain/"

"${command[@]}" token --role acs:ram::1234567890123456:role/team --access-key "$id" --duration 3600 --out "$dir/session.json" --data "$dir/data" > /dev/null
mkdir -p "$dir/s3/bucket/team"
cp "$dir/store/objects/$bucket/$object" "$dir/s3/bucket/$object"
. "$bench/s3proxy.sh"
s3proxy "$dir" "$s3proxy" "$id" "$secret" "$dir/s3"
pids+=($!)
await "http://$s3proxy/"

member() {
  sed -E "s/.*\"$1\":\"([^\"]*)\".*/\1/" "$dir/session.json"
}
signed=("$id" "$secret" "$region" "$bucket" "$object")
assumed=("$(member accessKeyId)" "$(member accessKeySecret)" "$region" "$bucket" "$object" "$(member securityToken)")
anonymous=/public.jpg v1=$(v1_url "${signed[@]}") v4=$(v4_url "${signed[@]}") session=$(v4_url "${assumed[@]}")

measure() { # NAME URL [wrk's options]: warms for half of the time, then prints a row
  local name=$1 url=$2
  shift 2
  [[ $name =~ ${ONLY:-.} ]] || return 0
  wrk -t1 -c"$connections" -d"$((seconds / 2 + 1))"s -s "$bench/row.lua" "$@" "$url" > /dev/null
  wrk -t1 -c"$connections" -d"$seconds"s -s "$bench/row.lua" "$@" "$url" | sed -n 's/^ROW //p' |
    awk -v name="$name" '{ printf "| %s | %d | %.1f | %.1f |%s\n", name, $1, $2, $3, ($5 > 0 ? " " $5 " errors" : "") }'
}

linked() {
  local expires md5
  expires=$(($(date +%s) + 86400))
  md5=$(printf '%s/linked/%s %s' "$expires" "$object" "$link_secret" | openssl md5 -binary | b64url)
  echo "/linked/$object?md5=$md5&expires=$expires"
}

rows() {
  measure /health "$gateway/health"
  measure "plain nginx" "$plain/$object"
  measure "nginx, secure_link_md5" "$plain$link"
  measure "S3Proxy, SigV4" "http://$s3proxy$s3"
  for kind in "anonymous|$anonymous" "V1|$v1" "V4|$v4" "session, V4|$session"; do
    target=${kind#*|}
    measure "/auth, ${kind%%|*}" "$private/auth" -H "X-Original-Method: GET" -H "X-Original-Host: $host" -H "X-Original-URI: $target"
    measure "nginx and /auth, ${kind%%|*}" "$store$target" -H "Host: $host"
    measure "nginx and /auth over a UNIX socket, ${kind%%|*}" "$socketed$target" -H "Host: $host"
  done
}

link=$(linked) s3=$(s3_url "$id" "$secret" us-east-1 "$s3proxy" "/bucket/$object")
# A first round, unseen, lets the compilers finish: rows that follow one another are compared.
seconds_each=$seconds seconds=${SECONDS_WARM:-$seconds}
rows > /dev/null
seconds=$seconds_each
echo "$(nproc) cores, $connections connections, $seconds s each, 10 KiB each"
echo "| request | a second | p50 ms | p99 ms |"
echo "|---|---|---|---|"
rows

resident() { # MiB, of the launcher's child where the gateway is on the JVM
  awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$(pgrep -P "${pids[0]}" || echo "${pids[0]}")/status"
}

# Objects that are not there, in a bucket that all may read: each has an ACL to look for. The second half of the million finds the caches full.
asked=0 first=
before=$(resident)
while [ "$asked" -lt "$keys" ]; do
  count=$(TOLD=1 TARGET="/openbucket/run-$asked/" wrk -t1 -c"$connections" -d"$seconds"s -s "$here/distinct.lua" -H "X-Original-Method: GET" -H "X-Original-Host: 127.0.0.1" "$private" | sed -n 's/^ASKED //p')
  asked=$((asked + count))
  [ -n "$first" ] || [ "$asked" -lt $((keys / 2)) ] || first=$(resident)
done
echo "resident memory of the gateway: $before MiB before, $first MiB after half of $asked distinct keys, $(resident) MiB after all"
