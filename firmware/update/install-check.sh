#!/bin/sh
# RAUC's install-check, inside of every bundle and signed with it: a bundle is for one kind of machine, and versions only
# rise, whoever asks for the installation and with whatever options. With such a check RAUC leaves out its own of the
# machine. It hands over what unit and bundle say of themselves; 10 is its code for "refused", and the last line on
# standard error is told as the reason.
set -eu
[ "$1" = install-check ] || exit 0

release=/etc/os-release

refuse() {
  echo "$1" >&2
  exit 10
}

[ "$RAUC_MF_COMPATIBLE" = "$RAUC_SYSTEM_COMPATIBLE" ] || refuse "it is for $RAUC_MF_COMPATIBLE, this is $RAUC_SYSTEM_COMPATIBLE"

running=$(sed -n 's/^IMAGE_VERSION="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$release")
offered=$RAUC_MF_VERSION
for version in "$running" "$offered"; do
  echo "$version" | grep -Eqx '[0-9]+\.[0-9]+\.[0-9]+' || refuse "\"$version\" is no version X.Y.Z"
done

for part in 1 2 3; do
  has=$(echo "$running" | cut -d. -f"$part")
  comes=$(echo "$offered" | cut -d. -f"$part")
  [ "$comes" -eq "$has" ] || break
done
[ "$comes" -gt "$has" ] || refuse "$offered is not newer than $running, which runs"
