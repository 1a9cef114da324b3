#!/usr/bin/env bash
# Runs Caddy with this directory's Caddyfile in the foreground, on loopback:
#   run.sh DIRECTORY PORT GATEWAY STORAGE     GATEWAY and STORAGE are HOST:PORT
# TOKEN_FILE=FILE: the token of private-token for /auth, where the gateway knows its programs by tokens.
# Uses the Caddy that is installed; where there is none, apt's package is unpacked below DIRECTORY (../debian.sh).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# = 4 ] || { echo "usage: $0 $(sed -n '3s/^# *[^ ]* //p' "$0")" >&2; exit 2; }
mkdir -p "$1"
dir=$(cd "$1" && pwd)
caddy=$(command -v caddy || true)
if [ -z "$caddy" ]; then
  "$here/../debian.sh" "$dir" caddy
  caddy=$dir/debian/usr/bin/caddy
fi
COUNTERSIGN_TOKEN=
[ -z "${TOKEN_FILE:-}" ] || COUNTERSIGN_TOKEN=$(cat "$TOKEN_FILE")
export COUNTERSIGN_TOKEN COUNTERSIGN_ADDRESS=127.0.0.1 COUNTERSIGN_PORT=$2 COUNTERSIGN_GATEWAY=$3 COUNTERSIGN_STORAGE=$4
# Caddy writes nothing of its own outside of the directory.
export HOME=$dir XDG_CONFIG_HOME=$dir XDG_DATA_HOME=$dir
exec "$caddy" run --config "$here/Caddyfile" --adapter caddyfile
