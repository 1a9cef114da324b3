#!/usr/bin/env bash
# The data path of serve --store-port next to the store behind it alone: requests a second and p99 of GETs and PUTs of 10 KiB, and seconds for 1 GB up and down.
# The stores: nginx, which checks nothing and so leaves the most to compare with, and S3Proxy, which verifies SigV4.
# Needs wrk, curl, openssl, nginx (or apt) and the built gateway (./mvnw verify). SECONDS_EACH, SECONDS_WARM, CONNECTIONS, PORT, MEGABYTES and ONLY (a pattern of the rows) may be set.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
. "$here/signatures.sh"
seconds=${SECONDS_EACH:-10}
connections=${CONNECTIONS:-32}
port=${PORT:-18080}
megabytes=${MEGABYTES:-1024}
dir=$(mktemp -d)
chmod 0711 "$dir"
pids=()
trap 'status=$?; [ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2>/dev/null || true; wait; rm -rf "$dir"; exit $status' EXIT

region=cn-hangzhou
id=LTAI5t$(openssl rand -hex 9)
secret=$(openssl rand -hex 15)
gateway=http://127.0.0.1:$port
store=http://127.0.0.1:$((port + 1))
nginx=127.0.0.1:$((port + 2))
s3proxy=127.0.0.1:$((port + 3))

cat > "$dir/manifest.yaml" <<YAML
accounts:
  - id: "1234567890123456"
    users:
      - name: app
        accessKeys: [{id: $id, secret: $secret}]
        policies: [{Version: "1", Statement: [{Effect: Allow, Action: ["oss:GetObject", "oss:PutObject"], Resource: "*"}]}]
    buckets:
      - {name: oss-photos, region: $region, acl: private, signer: app, endpoint: "http://{bucket}.oss-{region}.aliyuncs.com", upstream: {protocol: oss, endpoint: "http://$nginx", region: $region, bucket: photos, pathStyle: true, signer: app}}
      - {name: s3-photos, region: $region, acl: private, signer: app, endpoint: "http://{bucket}.oss-{region}.aliyuncs.com", upstream: {protocol: s3, endpoint: "http://$s3proxy", region: us-east-1, bucket: photos, pathStyle: true, accessKey: {id: $id, secret: $secret}}}
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

# --- The two stores, with one object each.

object=team/photo.jpg
mkdir -p "$dir/nginx/photos/team" "$dir/s3/photos/team" "$dir/body"
head -c 10240 /dev/urandom | tee "$dir/nginx/photos/$object" "$dir/s3/photos/$object" > "$dir/10k"
[ "$(id -u)" != 0 ] || chown -R nobody "$dir/nginx" "$dir/body"
cat > "$dir/nginx.conf" <<CONF
daemon off;
worker_processes auto;
$([ "$(id -u)" != 0 ] || echo "user nobody $(id -gn nobody);")
pid $dir/nginx.pid;
error_log stderr;
events { worker_connections 1024; }
http {
    access_log off;
    client_body_temp_path $dir/body;
    proxy_temp_path $dir/temp;
    fastcgi_temp_path $dir/temp;
    uwsgi_temp_path $dir/temp;
    scgi_temp_path $dir/temp;
    client_max_body_size 0;
    keepalive_requests 1000000;
    server {
        listen $nginx;
        root $dir/nginx;
        dav_methods PUT DELETE;
        create_full_put_path on;
    }
}
CONF
program=$(command -v nginx || { [ ! -x /usr/sbin/nginx ] || echo /usr/sbin/nginx; })
[ -n "$program" ] || { "$root/infra/debian.sh" "$dir" nginx; program=$dir/debian/usr/sbin/nginx; }
"$program" -e stderr -p "$dir" -c "$dir/nginx.conf" > "$dir/nginx.log" 2>&1 &
pids+=($!)
await "http://$nginx/"
. "$here/s3proxy.sh"
s3proxy "$dir" "$s3proxy" "$id" "$secret" "$dir/s3"
pids+=($!)
await "http://$s3proxy/"

"$root/countersign" serve --manifest "$dir/manifest.yaml" --data "$dir/data" --port "$port" --store-port "$((port + 1))" > "$dir/gateway.log" 2>&1 &
pids+=($!)
await "$gateway/health"

# --- The rows.

measure() { # NAME URL [wrk's options]: warms for half of the time, then prints a row
  local name=$1 url=$2
  shift 2
  [[ $name =~ ${ONLY:-.} ]] || return 0
  wrk -t1 -c"$connections" -d"$((seconds / 2 + 1))"s -s "$here/row.lua" "$@" "$url" > /dev/null
  wrk -t1 -c"$connections" -d"$seconds"s -s "$here/row.lua" "$@" "$url" | sed -n 's/^ROW //p' |
    awk -v name="$name" '{ printf "| %s | %d | %.1f | %.1f |%s\n", name, $1, $2, $3, ($5 > 0 ? " " $5 " errors" : "") }'
}

through() { # METHOD BUCKET OBJECT: the URL at the store port
  METHOD=$1 v4_url "$id" "$secret" "$region" "$2" "$3"
}

alone() { # METHOD OBJECT: the URL at S3Proxy
  METHOD=$1 s3_url "$id" "$secret" us-east-1 "$s3proxy" "/photos/$2"
}

rows() {
  local bucket
  measure "GET, nginx alone" "http://$nginx/photos/$object"
  measure "GET, through the gateway to nginx" "$store$(through GET oss-photos "$object")" -H "Host: oss-photos.oss-$region.aliyuncs.com"
  measure "GET, S3Proxy alone" "http://$s3proxy$(alone GET "$object")"
  measure "GET, through the gateway to S3Proxy" "$store$(through GET s3-photos "$object")" -H "Host: s3-photos.oss-$region.aliyuncs.com"
  export UPLOAD=$dir/10k
  measure "PUT, nginx alone" "http://$nginx/photos/new.jpg"
  measure "PUT, through the gateway to nginx" "$store$(through PUT oss-photos new.jpg)" -H "Host: oss-photos.oss-$region.aliyuncs.com"
  measure "PUT, S3Proxy alone" "http://$s3proxy$(alone PUT new.jpg)"
  measure "PUT, through the gateway to S3Proxy" "$store$(through PUT s3-photos new.jpg)" -H "Host: s3-photos.oss-$region.aliyuncs.com"
  unset UPLOAD
}

# A first round, unseen, lets the compilers finish: rows that follow one another are compared.
seconds_each=$seconds seconds=${SECONDS_WARM:-$seconds}
rows > /dev/null
seconds=$seconds_each
echo "$(nproc) cores, $connections connections, $seconds s each, 10 KiB each"
echo "| request | a second | p50 ms | p99 ms |"
echo "|---|---|---|---|"
rows

# --- One large object, up and down.

head -c "${megabytes}M" /dev/zero > "$dir/large"
transfer() { # NAME [curl's options]: prints a row; fails unless the answer is a success
  local name=$1
  shift
  curl -sS --fail -o /dev/null -w '%{time_total}\n' "$@" | awk -v name="$name" -v megabytes="$megabytes" '{ printf "| %s | %.2f | %d |\n", name, $1, megabytes / $1 }'
}
echo
echo "$megabytes MiB"
echo "| transfer | s | MiB/s |"
echo "|---|---|---|"
for round in 1 2; do
  transfer "up, nginx alone" -T "$dir/large" "http://$nginx/photos/large"
  transfer "up, through the gateway to nginx" -T "$dir/large" -H "Host: oss-photos.oss-$region.aliyuncs.com" "$store$(through PUT oss-photos large)"
  transfer "down, nginx alone" "http://$nginx/photos/large"
  transfer "down, through the gateway to nginx" -H "Host: oss-photos.oss-$region.aliyuncs.com" "$store$(through GET oss-photos large)"
  transfer "up, S3Proxy alone" -T "$dir/large" "http://$s3proxy$(alone PUT large)"
  transfer "up, through the gateway to S3Proxy" -T "$dir/large" -H "Host: s3-photos.oss-$region.aliyuncs.com" "$store$(through PUT s3-photos large)"
  transfer "down, S3Proxy alone" "http://$s3proxy$(alone GET large)"
  transfer "down, through the gateway to S3Proxy" -H "Host: s3-photos.oss-$region.aliyuncs.com" "$store$(through GET s3-photos large)"
done
echo "resident memory of the gateway: $(awk '/^VmHWM/ { printf "%d", $2 / 1024 }' "/proc/$(pgrep -P "${pids[2]}" || echo "${pids[2]}")/status") MiB at most"
