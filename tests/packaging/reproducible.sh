#!/bin/sh
# Two builds of the program and the library from two copies of the tree, in folders of other names: the same bytes.
set -eu
here=$(cd -- "$(dirname -- "$0")/../.." && pwd -P)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for copy in one another; do
    mkdir "$tmp/$copy"
    (cd "$here" && cp -R CMakeLists.txt LICENSE engine include rules "$tmp/$copy/")
    cmake -S "$tmp/$copy" -B "$tmp/$copy/build-$copy" -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF \
        -DBUILD_SHARED_LIBS="${1:-OFF}" >/dev/null
    cmake --build "$tmp/$copy/build-$copy" --parallel "$(getconf _NPROCESSORS_ONLN)" >"$tmp/log" ||
        { cat "$tmp/log"; exit 1; }
done
for file in surplace engine/share/surplace.1; do
    cmp "$tmp/one/build-one/$file" "$tmp/another/build-another/$file"
done
library=engine/libsurplace.a
[ "${1:-OFF}" = OFF ] || library=engine/libsurplace.so
cmp "$tmp/one/build-one/$library" "$tmp/another/build-another/$library"
echo "reproducible: the same program, manual page and library, twice:"
(cd "$tmp/one/build-one" && sha256sum surplace "$library")
