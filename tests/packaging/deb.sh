#!/bin/sh
# The Debian package: made by CPack, unpacked, looked through and run. With ROOT, the folder of a bare Debian (as
# debootstrap makes it), it is installed there by apt and run inside.
set -eu
here=$(cd -- "$(dirname -- "$0")/../.." && pwd -P)
command -v dpkg-deb >/dev/null || { echo "deb: no dpkg-deb here"; exit 77; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cmake -S "$here" -B "$tmp/build" -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF >/dev/null
cmake --build "$tmp/build" --parallel "$(getconf _NPROCESSORS_ONLN)" >"$tmp/log" || { cat "$tmp/log"; exit 1; }
(cd "$tmp/build" && cpack -G DEB >"$tmp/log" 2>&1) || { cat "$tmp/log"; exit 1; }
deb=$(ls "$tmp"/build/*.deb)
dpkg-deb -x "$deb" "$tmp/unpacked"
for file in bin/surplace share/man/man1/surplace.1 share/bash-completion/completions/surplace \
    share/zsh/site-functions/_surplace share/fish/vendor_completions.d/surplace.fish \
    include/surplace/surplace.h share/doc/surplace/copyright; do
    [ -s "$tmp/unpacked/usr/$file" ] || { echo "deb: /usr/$file is missing"; exit 1; }
done
(cd "$tmp" && unpacked/usr/bin/surplace eval -e kim.refugee_sur_place \
    "$here/examples/cases/food-seeker.yaml" >/dev/null)
dpkg-deb -f "$deb" Package Version Architecture Depends
[ -n "${1:-}" ] || exit 0

chmod 1777 "$1/tmp"
cp "$deb" "$1/tmp/surplace.deb"
cp "$here/examples/cases/food-seeker.yaml" "$1/tmp/"
chroot "$1" sh -c 'apt-get update >/dev/null && apt-get install -y --no-install-recommends /tmp/surplace.deb >/dev/null &&
    surplace --version && surplace eval -e kim.refugee_sur_place /tmp/food-seeker.yaml | head -n 8
    apt-get remove -y surplace >/dev/null && [ ! -e /usr/bin/surplace ]'
