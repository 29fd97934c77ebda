#!/bin/sh
# The shared library exports what tests/packaging/abi lists, no more and no less. A name that goes or changes its meaning
# is a new major version; one that comes is written down by `SURPLACE_BUILD=BUILD sh tests/abi.sh --update`.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd -P)
library=${SURPLACE_BUILD:-$here/../build/clang}/engine/libsurplace.so
[ -e "$library" ] || { echo "abi: skipped, since this build has no shared library"; exit 77; }
command -v nm >/dev/null || { echo "abi: skipped, since there is no nm"; exit 77; }
exported=$(mktemp)
trap 'rm -f "$exported"' EXIT
# What the linker and the sanitizers add of their own begins with an underscore.
nm -D --defined-only "$library" | awk '$3 !~ /^_/ { print $3 }' | LC_ALL=C sort >"$exported"
if [ "${1:-}" = --update ]; then
    cp "$exported" "$here/packaging/abi"
fi
diff "$here/packaging/abi" "$exported" || { echo "abi: < is listed, > is exported"; exit 1; }
echo "abi: $(grep -c . "$exported") names, as listed"
