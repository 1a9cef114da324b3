#!/usr/bin/env bash
# Runs Traefik with these files between curl and a storage that echoes requests, with a gateway of the image "countersign", in Docker; fails where an answer is not as README.md says:
#   smoke.sh [IMAGE]     IMAGE is Traefik's
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
image=${1:-docker.io/library/traefik:v3.5}
dir=$(mktemp -d)
names=(countersign-smoke traefik-smoke storage-smoke)
end() {
  status=$?
  [ $status = 0 ] || for name in "${names[@]}"; do docker logs "$name" 2>&1 | tail -n 20 >&2 || true; done
  docker rm --force "${names[@]}" > /dev/null 2>&1 || true
  rm -rf "$dir"
  exit $status
}
trap end EXIT
cat > "$dir/manifest.yaml" <<'YAML'
accounts:
  - id: "1234567890123456"
    buckets:
      - {name: publicbucket, region: cn-hangzhou, acl: public-read}
      - {name: privatebucket, region: cn-hangzhou, acl: private}
YAML
chmod 0755 "$dir"
chmod 0644 "$dir/manifest.yaml"
# One network namespace for all three, so that the gateway's private faces stay on loopback. It is the storage's, so that the gateway can end.
docker run --detach --name storage-smoke --publish 127.0.0.1:18080:80 docker.io/traefik/whoami:v1.11 --port 9000 > /dev/null
docker run --detach --pull never --name countersign-smoke --network container:storage-smoke --volume "$dir/manifest.yaml:/manifest.yaml:ro" \
  --env COUNTERSIGN_AUTH_HEADERS=forwarded --env COUNTERSIGN_AUTH_KEYS=uri --env COUNTERSIGN_TRUSTED_PROXIES=127.0.0.1,::1 \
  countersign serve --manifest /manifest.yaml --data /data --host 127.0.0.1 --port 8080 > /dev/null
docker run --detach --name traefik-smoke --network container:storage-smoke --volume "$here:/etc/traefik:ro" \
  --env COUNTERSIGN_GATEWAY=127.0.0.1:8080 --env COUNTERSIGN_STORAGE=127.0.0.1:9000 --env COUNTERSIGN_TOKEN= "$image" > /dev/null

ask() { # ARGUMENTS of curl: prints the status, and leaves the answer in $dir/answer
  curl --silent --include --max-time 10 --path-as-is --output "$dir/answer" --write-out '%{http_code}' "$@" || true
}
expect() { # STATUS TEXT ARGUMENTS: fails unless the answer has both
  local status=$1 text=$2 got
  shift 2
  got=$(ask "$@")
  if [ "$got" != "$status" ] || ! grep -qiF -e "$text" "$dir/answer"; then
    echo "$*: $got in place of $status with $text" >&2
    cat "$dir/answer" >&2
    exit 1
  fi
}
lacks() { # TEXT: fails where the last answer has it
  if grep -qi -e "$1" "$dir/answer"; then
    echo "the answer has $1" >&2
    cat "$dir/answer" >&2
    exit 1
  fi
}
at=http://127.0.0.1:18080
for _ in $(seq 60); do
  [ "$(ask $at/publicbucket/a.txt)" != 200 ] || break
  sleep 1
done
expect 200 'X-Countersign-Principal: Anonymous' $at/publicbucket/a%20b
grep -qF 'GET /publicbucket/a%20b HTTP/1.1' "$dir/answer"
expect 200 'X-Countersign-Principal: Anonymous' $at/publicbucket/a.txt -H 'X-Countersign-Principal: root' -H 'X-Forwarded-For: 10.0.0.1' -H 'X-Countersign-Source-Vpc: vpc-1' -H 'X-Countersign-Token: mine'
lacks 'root\|10.0.0.1\|Source-Vpc\|Countersign-Token'
expect 200 'X-Countersign-Principal: Anonymous' $at/publicbucket/a.txt -H 'Connection: X-Countersign-Principal, X-Countersign-Resource'
expect 403 '<Code>AccessDenied</Code>' $at/privatebucket/a.txt
lacks 'X-Countersign-'
expect 403 '<Code>AccessDenied</Code>' $at/privatebucket/a.txt -H 'X-Forwarded-Uri: /publicbucket/a.txt' -H 'X-Forwarded-Method: OPTIONS'
expect 403 '<Error>' "$at/publicbucket/a+b"
expect 403 '<Error>' "$at/publicbucket/a.txt" -X PUT -d sent
for path in /metrics /verify /auth /acl /events /health /console/explain; do
  expect 403 '<Error>' "$at$path"
done
docker rm --force countersign-smoke > /dev/null
got=$(ask $at/publicbucket/a.txt)
case $got in
  5??) ;;
  *) echo "without a gateway the answer is $got" >&2; exit 1 ;;
esac
