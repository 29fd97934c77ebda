#!/bin/sh
# Holds README.md to the program: the output it shows is what the program prints, and each command it lists exists.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd -P)
cd "$here/.."
SURPLACE=${SURPLACE:-build/dev/surplace}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0

# The block after the first ```console: its command, and its output up to the line "...".
awk '/^```console$/ { on = 1; next } /^```$/ { on = 0 } on' README.md >"$tmp/block"
command=$(sed -n '1s/^\$ build\/surplace //p' "$tmp/block")
sed -e 1d -e '/^\.\.\.$/,$d' "$tmp/block" >"$tmp/shown"
# shellcheck disable=SC2086 # the words of the command
"$SURPLACE" $command | head -n "$(wc -l <"$tmp/shown")" >"$tmp/printed"
if [ ! -s "$tmp/shown" ] || ! diff "$tmp/shown" "$tmp/printed"; then
    echo "readme: the output shown (<) is not what is printed (>)"
    failed=1
fi

"$SURPLACE" --help >"$tmp/help"
sed -n 's/^| `surplace \([a-z]*\).*/\1/p' README.md >"$tmp/listed"
while read -r name; do
    grep -qx "  $name" "$tmp/help" || {
        echo "readme: there is no command $name"
        failed=1
    }
    "$SURPLACE" "$name" --help >/dev/null
done <"$tmp/listed"
grep -x '  [a-z]*' "$tmp/help" | while read -r name; do
    grep -qx "$name" "$tmp/listed" || { echo "readme: $name is not listed"; exit 1; }
done || failed=1
exit "$failed"
