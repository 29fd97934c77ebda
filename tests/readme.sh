#!/bin/sh
# Holds README.md to the program: each output it shows is what the program prints, and each command it lists exists and
# is shown once.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd -P)
cd "$here/.."
SURPLACE=${SURPLACE:-build/dev/surplace}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0

# Each ```console block is a command and its output, in which the line "..." stands for what is left out.
awk -v to="$tmp" '
    /^```console$/ { n++; on = 1; next }
    /^```$/ { on = 0 }
    on && /^\$ build\/surplace / { print substr($0, 18) > (to "/" n ".command"); next }
    on { print > (to "/" n ".shown") }' README.md

# Whether the pieces between the "..." stand in the output in this order, the first at its beginning.
# shellcheck disable=SC2016 # awk's own $0
in_order='
    NR == FNR { printed[++count] = $0; next }
    function find(from, loose,   i, k) {
        for (i = from; i + length_of - 1 <= count; i++) {
            for (k = 1; k <= length_of && printed[i + k - 1] == piece[k]; k++)
                ;
            if (k > length_of)
                return i + length_of
            if (!loose)
                break
        }
        printf "not printed here:\n"
        for (k = 1; k <= length_of; k++)
            print "  " piece[k]
        exit wrong = 1
    }
    BEGIN { at = 1 }
    $0 == "..." { if (length_of > 0) at = find(at, loose); length_of = 0; loose = 1; next }
    { piece[++length_of] = $0 }
    END {
        if (!wrong && length_of > 0)
            at = find(at, loose)
        if (!wrong && length_of > 0 && at <= count) {
            print "more is printed than is shown"
            wrong = 1
        }
        exit wrong
    }'

for command in "$tmp"/*.command; do
    words=$(cat "$command")
    # shellcheck disable=SC2086 # the words of the command
    "$SURPLACE" $words >"$tmp/printed" 2>"$tmp/errors" || [ $? -eq 1 ] || {
        echo "readme: $words: fails"
        cat "$tmp/errors"
        failed=1
    }
    awk "$in_order" "$tmp/printed" "${command%.command}.shown" || {
        echo "readme: $words: the output shown is not what is printed"
        failed=1
    }
    echo "${words%% *}" >>"$tmp/shown"
done

"$SURPLACE" --help >"$tmp/help"
sed -n 's/^| `surplace \([a-z]*\).*/\1/p' README.md >"$tmp/listed"
while read -r name; do
    grep -qx "  $name" "$tmp/help" || {
        echo "readme: there is no command $name"
        failed=1
    }
    "$SURPLACE" "$name" --help >/dev/null
done <"$tmp/listed"
grep -x '  [a-z]*' "$tmp/help" >"$tmp/commands"
while read -r name; do
    for list in listed shown; do
        [ "$(grep -cx "$name" "$tmp/$list")" -eq 1 ] || {
            echo "readme: $name is not $list once"
            failed=1
        }
    done
done <"$tmp/commands"
exit "$failed"
