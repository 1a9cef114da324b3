# Runs a PostgreSQL server for tests in the foreground: server.sh DIRECTORY PORT CONNECTIONS PACKAGES DEBIAN
# Takes the PostgreSQL that is installed (below POSTGRESQL_BELOW, if that is set); where there is none, apt's packages are unpacked below PACKAGES by DEBIAN (infra/debian.sh).
# A server refuses to run as root: there it runs as nobody.
set -euo pipefail
dir=$1 port=$2 connections=$3 packages=$4 debian=$5
as=()
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid nobody --regid "$(id -gn nobody)" --clear-groups)
  chown nobody "$dir"
fi
# Nothing where there is none.
newest() { { ls -d "$1"/usr/lib/postgresql/*/bin 2>/dev/null || true; } | sort -V | tail -n 1; }
bin=$(newest "${POSTGRESQL_BELOW-}")
if [ -z "$bin" ]; then
  "$debian" "$packages" postgresql
  bin=$(newest "$packages/debian")
  for libraries in "$packages"/debian/usr/lib/*-linux-gnu; do
    export LD_LIBRARY_PATH=$libraries
  done
fi
if [ ! -d "$dir/data" ]; then
  "${as[@]}" "$bin/initdb" -D "$dir/data" --username=postgres --auth=trust --no-sync --no-instructions --encoding=SQL_ASCII --locale=C > "$dir/initdb.out"
  # One user needs a password; the others are for tests of other things.
  printf '%s\n' 'host all with_password 127.0.0.1/32 scram-sha-256' 'host all all 127.0.0.1/32 trust' 'local all all trust' > "$dir/data/pg_hba.conf"
fi
rm -f "$dir/data/postmaster.pid"
exec "${as[@]}" "$bin/postgres" -D "$dir/data" -c listen_addresses=127.0.0.1 -c port="$port" -c unix_socket_directories= \
  -c max_connections="$connections" -c superuser_reserved_connections=3 -c shared_buffers=16MB \
  -c fsync=off -c full_page_writes=off -c logging_collector=off
