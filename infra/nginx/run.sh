#!/usr/bin/env bash
# Serves DIRECTORY/objects as a private, OSS-style store, in the foreground: nginx with countersign.conf, asking a gateway about every request.
#   run.sh DIRECTORY [PORT [GATEWAY [STORE]]]     PORT is 8090 on loopback, GATEWAY 127.0.0.1:8080, or unix:PATH of the socket of --listen
# STORE is files (DIRECTORY/objects); or https or http, for the stores behind the buckets (upstream.conf), reached in this way.
# If it is run as root, its workers run as DIRECTORY's owner, or as the user "nobody" if root owns it. They never run as root.
# TOKEN_FILE=FILE: the token of private-token for /auth, where the gateway knows its programs by tokens.
# Uses the installed nginx. Without one, it unpacks apt's package below DIRECTORY (../debian.sh).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
usage() {
  echo "usage: $0 $(sed -n '3s/^# *[^ ]* //p' "$0")" >&2
  exit 2
}
[ $# -ge 1 ] && [ $# -le 4 ] || usage
port=${2:-8090} gateway=${3:-127.0.0.1:8080} store=${4:-files}
[[ $port =~ ^[0-9]+$ && $gateway =~ ^([A-Za-z0-9.-]+:[0-9]+|unix:/[A-Za-z0-9._/-]+)$ && $store =~ ^(files|https?)$ ]] || usage
token=
if [ -n "${TOKEN_FILE:-}" ]; then
  token=$(cat "$TOKEN_FILE")
  [[ $token =~ ^[A-Za-z0-9_-]{43}$ ]] || { echo "$TOKEN_FILE holds no token as private-token makes them" >&2; exit 2; }
fi
mkdir -p "$1/objects" "$1/nginx/uploads" "$1/temp"
dir=$(cd "$1" && pwd)
[[ $dir =~ ^[A-Za-z0-9._/-]+$ ]] || { echo "nginx cannot be told of the directory $dir: use letters, digits, dots and dashes" >&2; exit 2; }
chmod 0700 "$dir/nginx"
user=
if [ "$(id -u)" = 0 ]; then
  worker=$(stat -c %U "$dir")
  [ "$worker" != root ] || worker=nobody
  user="user $worker $(id -gn "$worker");"
  chown "$worker" "$dir/objects" "$dir/nginx" "$dir/nginx/uploads" "$dir/temp"
  setpriv --reuid "$worker" --regid "$(id -gn "$worker")" --clear-groups test -w "$dir/objects" || {
    echo "nginx's workers run as $worker, who may not enter $dir: let others enter the directories that lead there (chmod o+x)" >&2
    exit 1
  }
  foreign=$(find "$dir/objects" ! -user "$worker" ! -type l -print -quit)
  [ -z "$foreign" ] || echo "nginx's workers run as $worker, who does not own $foreign: to let them write there, chown -R $worker $dir/objects" >&2
fi

nginx=$(command -v nginx || true)
[ -n "$nginx" ] || [ ! -x /usr/sbin/nginx ] || nginx=/usr/sbin/nginx
if [ -z "$nginx" ]; then
  "$here/../debian.sh" "$dir" nginx
  nginx=$dir/debian/usr/sbin/nginx
fi

[ "$store" = files ] && kept=$here/countersign.conf || kept=$here/upstream.conf
# The machine's own resolver, if it has one.
resolver=$(sed -n 's/^nameserver \([0-9.]*\)$/\1/p' /etc/resolv.conf 2>/dev/null | head -n 1)
configuration=$(sed -e "s|/var/lib/countersign|$dir|g" -e "s|server 127.0.0.1:8080;|server $gateway;|" -e "s|listen 80;|listen 127.0.0.1:$port;|" \
  -e "s|resolver 127.0.0.53 |resolver ${resolver:-127.0.0.53} |" -e "s|\"https://\$countersign_upstream_host|\"${store/files/https}://\$countersign_upstream_host|" "$kept")
# It may hold the token, which no command line may.
rm -f "$dir/countersign.conf"
(umask 077 && printf '%s\n' "${configuration/X-Countersign-Token \"\";/X-Countersign-Token \"$token\";}" > "$dir/countersign.conf")
cat > "$dir/nginx.conf" <<CONF
daemon off;
worker_processes auto;
$user
pid $dir/nginx.pid;
error_log stderr;
events { worker_connections 1024; }
http {
    access_log off;
    variables_hash_max_size 4096;
    client_body_temp_path $dir/temp/body;
    proxy_temp_path $dir/temp/proxy;
    fastcgi_temp_path $dir/temp/fastcgi;
    uwsgi_temp_path $dir/temp/uwsgi;
    scgi_temp_path $dir/temp/scgi;
    include $dir/countersign.conf;
}
CONF
# One that was killed leaves its socket, and a second one on the same directory has the first one's process file.
if [ -S "$dir/nginx/files.sock" -o -S "$dir/nginx/local.sock" ] && ! { [ -s "$dir/nginx.pid" ] && kill -0 "$(cat "$dir/nginx.pid")" 2>/dev/null; }; then
  rm -f "$dir/nginx/files.sock" "$dir/nginx/local.sock"
fi
exec "$nginx" -e stderr -p "$dir" -c "$dir/nginx.conf"
