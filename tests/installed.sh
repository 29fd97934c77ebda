#!/bin/sh
# The library as others get it: installs this build into a scratch prefix, moves that elsewhere,
# and builds examples/embed from there, once by find_package and once by pkg-config.
set -eu
here=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
build=${SURPLACE_BUILD:-$here/build/dev}
CC=${CC:-cc}
case_file=$here/examples/cases/food-seeker.yaml

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' HUP INT TERM

cmake --install "$build" --prefix "$tmp/first" >"$tmp/log" || { cat "$tmp/log"; exit 1; }
mv "$tmp/first" "$tmp/moved"
prefix=$tmp/moved
pc=$(find "$prefix" -name surplace.pc)
libdir=$(dirname "$(dirname "$pc")")
export LD_LIBRARY_PATH="$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"

# The program runs from where it was moved, away from its sources.
(cd "$tmp" && "$prefix/bin/surplace" --version)
(cd "$tmp" && "$prefix/bin/surplace" eval "$case_file" >"$tmp/verdict")
[ -s "$tmp/verdict" ] || { echo "installed: the installed program printed no verdict"; exit 1; }

echo "installed: a project that uses find_package"
cmake -S "$here/examples/embed" -B "$tmp/consumer" -DCMAKE_C_COMPILER="$CC" \
    -DCMAKE_PREFIX_PATH="$prefix" >"$tmp/log" 2>&1 || { cat "$tmp/log"; exit 1; }
cmake --build "$tmp/consumer" >"$tmp/log" 2>&1 || { cat "$tmp/log"; exit 1; }
"$tmp/consumer/assess" "$case_file" >"$tmp/by-cmake"

echo "installed: a compiler with pkg-config"
PKG_CONFIG_PATH="$(dirname "$pc")${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
export PKG_CONFIG_PATH
# The flags are words, to be split.
# shellcheck disable=SC2046
"$CC" -std=c17 -o "$tmp/assess" "$here/examples/embed/assess.c" $(pkg-config --cflags --libs surplace)
"$tmp/assess" "$case_file" >"$tmp/by-pkg-config"

[ -s "$tmp/by-cmake" ] || { echo "installed: the example printed nothing"; exit 1; }
cmp "$tmp/by-cmake" "$tmp/by-pkg-config"
