#!/bin/sh
# Copies what an archive has of infra into DIRECTORY, for a user without the repository:
#   share.sh DIRECTORY
# The files are named one by one: the pages have an operator put secrets next to them.
set -eu
[ $# = 1 ] || { echo "usage: $0 $(sed -n '3s/^# *[^ ]* //p' "$0")" >&2; exit 2; }
infra=$(cd "$(dirname "$0")/.." && pwd -P)
while read -r directory files; do
  mkdir -p "$1/$directory"
  for file in $files; do
    cp "$infra/$directory/$file" "$1/$directory/"
  done
done <<FILES
. debian.sh
caddy Caddyfile run.sh
compose compose.yaml
container Containerfile README.md
haproxy countersign.lua haproxy.cfg run.sh
kubernetes README.md deployment.yaml kustomization.yaml namespace.yaml network-policy.yaml pod-disruption-budget.yaml services.yaml
nginx countersign.conf run.sh sts.conf upstream.conf
observability alerts.test.yaml alerts.yaml dashboard.json prometheus.yaml
postgresql schema.sql
systemd countersign.service sysusers.conf
traefik README.md dynamic.yaml smoke.sh traefik.yaml
FILES
