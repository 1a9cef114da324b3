#!/usr/bin/env bash
# A signed GET of 10 KiB through /auth behind nginx (over TCP and over a UNIX socket), compared on the same machine with nginx's secure_link_md5, plain nginx, and S3Proxy: two rounds each, in turns, warm.
# Needs wrk, curl, openssl, nginx with secure_link, and the built gateway (./mvnw verify). S3PROXY names S3Proxy's jar-with-dependencies; without it, Maven fetches it. SECONDS_EACH, CONNECTIONS and PORT may be set.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
. "$here/signatures.sh"
seconds=${SECONDS_EACH:-10}
connections=${CONNECTIONS:-32}
port=${PORT:-18080}
version=4.1.0
dir=$(mktemp -d)
chmod 0711 "$dir"
pids=()
trap 'status=$?; [ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2>/dev/null || true; wait; rm -rf "$dir"; exit $status' EXIT

region=cn-hangzhou
bucket=examplebucket
host=$bucket.oss-$region.aliyuncs.com
object=team/photo.jpg
id=LTAI5t$(openssl rand -hex 9)
secret=$(openssl rand -hex 15)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

jar=${S3PROXY:-}
if [ -z "$jar" ]; then
  jar=$dir/s3proxy-$version-jar-with-dependencies.jar
  (cd "$root" && ./mvnw -q org.apache.maven.plugins:maven-dependency-plugin:copy -Dartifact="org.gaul:s3proxy:$version:jar:jar-with-dependencies" -DoutputDirectory="$dir" -N) >&2
fi

await() { # URL: until it answers anything
  local _
  for _ in $(seq 300); do
    curl -s -o /dev/null "$1" && return
    sleep 0.2
  done
  cat "$dir"/*.log >&2
  return 1
}

# --- The gateway, and an nginx for each way to it.

cat > "$dir/manifest.yaml" <<YAML
accounts:
  - id: "1234567890123456"
    users:
      - name: reader
        accessKeys: [{id: $id, secret: $secret}]
        policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:GetObject", Resource: "acs:oss:*:*:$bucket/team/*"}]}]
    buckets:
      - {name: $bucket, region: $region, acl: private, signer: reader, endpoint: "http://$host"}
YAML
mkdir "$dir/run"
[ "$(id -u)" != 0 ] || chgrp "$(id -gn nobody)" "$dir/run"
chmod 2750 "$dir/run"
"$root/countersign" serve --manifest "$dir/manifest.yaml" --data "$dir/data" --port "$port" --private-port "$((port + 1))" --listen "unix:$dir/run/socket" > "$dir/gateway.log" 2>&1 &
pids+=($!)
await "http://127.0.0.1:$port/health"
store() { # NAME PORT GATEWAY
  "$root/infra/nginx/run.sh" "$dir/$1" "$2" "$3" > "$dir/$1.log" 2>&1 &
  pids+=($!)
  await "http://127.0.0.1:$2/"
  mkdir -p "$dir/$1/objects/$bucket/team"
  cp "$dir/object" "$dir/$1/objects/$bucket/$object"
}
head -c 10240 /dev/urandom > "$dir/object"
store tcp $((port + 2)) "127.0.0.1:$((port + 1))"
store unix $((port + 3)) "unix:$dir/run/socket"

# --- Plain nginx, and nginx that checks an MD5 of the URL, a secret and an expiry.

expires=$(($(date +%s) + 86400))
link=$(printf '%s/%s %s' "$expires" "$object" "$secret" | openssl md5 -binary | b64url)
sed -n '/^daemon/,/include/p' "$dir/tcp/nginx.conf" | sed -e "s|^pid .*|pid $dir/plain.pid;|" -e '/include/d' > "$dir/plain.conf"
cat >> "$dir/plain.conf" <<CONF
    server { listen 127.0.0.1:$((port + 4)); root $dir/tcp/objects/$bucket; }
    server {
        listen 127.0.0.1:$((port + 5));
        root $dir/tcp/objects/$bucket;
        secure_link \$arg_md5,\$arg_expires;
        secure_link_md5 "\$secure_link_expires\$uri $secret";
        if (\$secure_link != 1) { return 403; }
    }
}
CONF
nginx=$(command -v nginx || echo /usr/sbin/nginx)
"$nginx" -e stderr -p "$dir" -c "$dir/plain.conf" > "$dir/plain.log" 2>&1 &
pids+=($!)
await "http://127.0.0.1:$((port + 4))/"

# --- S3Proxy on a file system, with SigV4.

mkdir -p "$dir/s3/$bucket/team"
cp "$dir/object" "$dir/s3/$bucket/$object"
cat > "$dir/s3proxy.conf" <<CONF
s3proxy.endpoint=http://127.0.0.1:$((port + 6))
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=$id
s3proxy.credential=$secret
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$dir/s3
jclouds.identity=none
jclouds.credential=none
CONF
"$java" -Xmx256m -DLOG_LEVEL=warn -jar "$jar" --properties "$dir/s3proxy.conf" > "$dir/s3proxy.log" 2>&1 &
pids+=($!)
await "http://127.0.0.1:$((port + 6))/"

sigv4() { # the headers of a GET; a service checks their time to a quarter of an hour
  local date day key step digest
  date=$(date -u +%Y%m%dT%H%M%SZ) day=${date%T*}
  key=$(printf 'AWS4%s' "$secret" | od -An -v -tx1 | tr -d ' \n')
  for step in "$day" us-east-1 s3 aws4_request; do
    key=$(printf %s "$step" | hmac "$key")
  done
  digest=$(printf 'GET\n/%s/%s\n\nhost:127.0.0.1:%s\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:%s\n\nhost;x-amz-content-sha256;x-amz-date\nUNSIGNED-PAYLOAD' "$bucket" "$object" $((port + 6)) "$date" | openssl dgst -sha256 | sed 's/.* //')
  printf '%s\n' -H "x-amz-date: $date" -H "x-amz-content-sha256: UNSIGNED-PAYLOAD" -H "Authorization: AWS4-HMAC-SHA256 Credential=$id/$day/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=$(printf 'AWS4-HMAC-SHA256\n%s\n%s/us-east-1/s3/aws4_request\n%s' "$date" "$day" "$digest" | hmac "$key")"
}

# --- Two rounds.

require() { # NAME URL [options]: the object itself, or there is nothing to compare
  local name=$1
  shift
  curl -fsS "$@" | cmp -s - "$dir/object" || { echo "$name does not answer with the object" >&2; cat "$dir"/*.log >&2; exit 1; }
}

measure() { # NAME URL [options]: warms for half of the time, then prints a row
  local name=$1 url=$2
  shift 2
  require "$name" "$url" "$@"
  wrk -t1 -c"$connections" -d"$((seconds / 2 + 1))"s "$@" "$url" > /dev/null
  wrk -t1 -c"$connections" -d"$seconds"s -s "$here/row.lua" "$@" "$url" | sed -n 's/^ROW //p' |
    awk -v name="$name" '{ printf "| %s | %d | %.1f | %.1f |%s\n", name, $1, $2, $3, ($5 > 0 ? " " $5 " errors" : "") }'
}

signed=$(v4_url "$id" "$secret" "$region" "$bucket" "$object")
echo "$(nproc) cores, $connections connections, $seconds s each, 10 KiB each, two rounds"
echo "| who checks the GET | a second | p50 ms | p99 ms |"
echo "|---|---|---|---|"
for _ in 1 2; do
  measure "nobody: plain nginx" "http://127.0.0.1:$((port + 4))/$object"
  measure "nginx, secure_link_md5" "http://127.0.0.1:$((port + 5))/$object?md5=$link&expires=$expires"
  measure "nginx and /auth over TCP, V4" "http://127.0.0.1:$((port + 2))$signed" -H "Host: $host"
  measure "nginx and /auth over a UNIX socket, V4" "http://127.0.0.1:$((port + 3))$signed" -H "Host: $host"
  mapfile -t headers < <(sigv4)
  measure "S3Proxy, SigV4" "http://127.0.0.1:$((port + 6))/$bucket/$object" "${headers[@]}"
done
