#!/usr/bin/env bash
# Runs HAProxy with this directory's haproxy.cfg in the foreground, on loopback:
#   run.sh DIRECTORY PORT GATEWAY STORAGE     GATEWAY and STORAGE are HOST:PORT or unix@PATH
# TOKEN_FILE=FILE: the token of private-token for /auth, where the gateway knows its programs by tokens.
# Uses the HAProxy that is installed; where there is none, apt's package is unpacked below DIRECTORY (../debian.sh).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# = 4 ] || { echo "usage: $0 $(sed -n '3s/^# *[^ ]* //p' "$0")" >&2; exit 2; }
mkdir -p "$1/haproxy"
dir=$(cd "$1" && pwd)
chmod 0700 "$dir/haproxy"
haproxy=$(command -v haproxy || true)
[ -n "$haproxy" ] || [ ! -x /usr/sbin/haproxy ] || haproxy=/usr/sbin/haproxy
if [ -z "$haproxy" ]; then
  "$here/../debian.sh" "$dir" haproxy
  haproxy=$dir/debian/usr/sbin/haproxy
  for libraries in "$dir"/debian/usr/lib/*-linux-gnu; do
    export LD_LIBRARY_PATH=$libraries
  done
fi
COUNTERSIGN_TOKEN=
[ -z "${TOKEN_FILE:-}" ] || COUNTERSIGN_TOKEN=$(cat "$TOKEN_FILE")
export COUNTERSIGN_TOKEN COUNTERSIGN_ADDRESS=127.0.0.1 COUNTERSIGN_PORT=$2 COUNTERSIGN_GATEWAY=$3 COUNTERSIGN_STORAGE=$4 COUNTERSIGN_SOCKET=$dir/haproxy/s COUNTERSIGN_LUA=$here/countersign.lua
exec "$haproxy" -db -f "$here/haproxy.cfg"
