# Runs a cluster of Ceph for tests until its standard input ends: ceph.sh DIRECTORY PORT MONITOR-PORT PACKAGES DEBIAN
# One monitor, one OSD in memory, and radosgw on PORT of loopback, whose one user has the key in S3_KEY_ID and S3_SECRET. It needs no manager, no rights and no Python.
# Programs that this machine lacks are unpacked below PACKAGES by DEBIAN (infra/debian.sh).
set -euo pipefail
dir=$1 port=$2 monitor=$3 packages=$4 debian=$5
for program in ceph-mon ceph-osd radosgw; do
  command -v "$program" > /dev/null || "$debian" "$packages" "$program"
done
export PATH=$PATH:$packages/debian/usr/bin
plugins=
for libraries in "$packages"/debian/usr/lib/*-linux-gnu; do
  [ ! -d "$libraries/rados-classes" ] || plugins=$libraries
  export LD_LIBRARY_PATH=$libraries:$libraries/ceph:$packages/debian/lib/${libraries##*/}
done

cd "$dir"
fsid=$(cat /proc/sys/kernel/random/uuid)
cat > ceph.conf <<END
[global]
fsid = $fsid
mon host = v2:127.0.0.1:$monitor
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr1 = false
auth cluster required = none
auth service required = none
auth client required = none
# radosgw alone asks its monitor for a connection that is encrypted, which needs cephx.
ms mon client mode = crc secure
run dir = $dir
crash dir = $dir
keyring = $dir/keyring
admin socket =
pid file =
log to file = false
log to stderr = true
err to stderr = true
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
${plugins:+erasure code dir = $plugins/ceph/erasure-code}
[mon]
mon data = $dir/monitor
mon cluster log to file = false
paxos propose interval = 0.02
[osd]
osd data = $dir/osd
osd objectstore = memstore
memstore device bytes = 4294967296
osd class load list = *
osd class default list = *
${plugins:+osd class dir = $plugins/rados-classes}
[client]
rgw data = $dir
rgw enable apis = s3
rgw frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
END
touch keyring
mkdir monitor osd
# Ends with this script, however it ends.
trap 'kill -KILL $(jobs -p)' EXIT
monmaptool --create --fsid "$fsid" --addv a "[v2:127.0.0.1:$monitor]" monitors
osdmaptool -c ceph.conf --createsimple 1 osds
ceph-mon -c ceph.conf --mkfs -i a --monmap monitors --osdmap osds
ceph-mon -c ceph.conf -f -i a < /dev/null &
ceph-osd -c ceph.conf --mkfs -i 0 --osd-uuid "$(cat /proc/sys/kernel/random/uuid)"
ceph-osd -c ceph.conf -f -i 0 < /dev/null &
radosgw-admin -c ceph.conf user create --uid=store --display-name=store --access-key="$S3_KEY_ID" --secret="$S3_SECRET" > /dev/null
radosgw -c ceph.conf -f < /dev/null &
read -r || true
