#!/bin/sh
# Fetches a package of Debian and those that it needs and this machine lacks, by apt, and unpacks them below DIRECTORY/debian, where they are not there yet.
#   infra/debian.sh DIRECTORY PACKAGE
# It needs no rights, installs nothing, and changes nothing else on the machine.
set -eu
[ $# = 2 ] || { sed -n 3p "$0" >&2; exit 2; }
mkdir -p "$1/debian/partial"
cd "$1/debian"
[ ! -e "$2.unpacked" ] || exit 0
apt-get install --quiet=2 --yes --no-install-recommends --download-only -o Debug::NoLocking=1 -o Dir::Cache::archives="$PWD" "$2" >&2 || {
  echo "there is no $2, and apt cannot fetch it: install it" >&2
  exit 1
}
for package in *.deb; do
  dpkg --extract "$package" .
done
rm -f -- *.deb
: > "$2.unpacked"
