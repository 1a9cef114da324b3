#!/bin/sh
# Runs a command of the gateway, and builds and starts it anew whenever a source file of any module that it uses changes, until Ctrl-C:
# functions/gateway/dev.sh [COMMAND [OPTION ...]], by default demo. A change that does not compile leaves the gateway of the last build running.
set -eu

cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || set -- demo
stamp=$(mktemp)
child=
end() {
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null || true
  [ -z "$child" ] || wait "$child" 2>/dev/null || true
  child=
}
trap 'end; rm -f "$stamp"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# As for -Pdemo: without the tests and the gates. exec.skip leaves the start to this script.
build() {
  ./mvnw -q -Pdemo -Dexec.skip -pl functions/gateway -am package
}
changed() {
  [ -n "$(find functions -path '*/target' -prune -o \( -path '*/src/main/*' -o -name pom.xml \) -newer "$stamp" -print | head -n 1)" ]
}

while :; do
  touch "$stamp"
  if build; then
    end
    ./countersign "$@" &
    child=$!
  else
    echo "dev: the build failed; waiting for the next change" >&2
  fi
  until changed; do
    sleep 1
  done
  echo "dev: a source changed" >&2
done
