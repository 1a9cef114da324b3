#!/bin/sh
# Fetches a package of Debian and those that it needs and this machine lacks, by apt, and unpacks them below DIRECTORY/debian, where they are not there yet.
#   debian.sh DIRECTORY PACKAGE
# DEBIAN_PACKAGES=DIR: what is fetched stays in DIR, and the next one takes it from there.
# It needs no rights, installs nothing, and changes nothing else on the machine.
set -eu
[ $# = 2 ] || { echo "usage: $0 $(sed -n '3s/^# *[^ ]* //p' "$0")" >&2; exit 2; }
mkdir -p "$1/debian"
unpacked=$(cd "$1/debian" && pwd)
[ ! -e "$unpacked/$2.unpacked" ] || exit 0
kept=${DEBIAN_PACKAGES:-$unpacked/fetched}/$2
mkdir -p "$kept/partial"
kept=$(cd "$kept" && pwd)
(
  # Others may be fetching it, or unpacking it to the same place.
  flock 9
  [ ! -e "$unpacked/$2.unpacked" ] || exit 0
  [ -e "$kept/complete" ] || {
    apt-get install --quiet=2 --yes --no-install-recommends --download-only -o Debug::NoLocking=1 -o Dir::Cache::archives="$kept" "$2" >&2 || {
      echo "there is no $2, and apt cannot fetch it: install it" >&2
      exit 1
    }
    : > "$kept/complete"
  }
  for package in "$kept"/*.deb; do
    dpkg --extract "$package" "$unpacked"
  done
  : > "$unpacked/$2.unpacked"
) 9> "$kept/fetching"
rm -rf -- "$unpacked/fetched"
