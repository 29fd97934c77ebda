#!/bin/sh
# Holds the example drafts to what is to be found in them: `check` reports the lines of tests/drafts/expected, one a
# finding, and nothing else. A draft that is not named there is sound, and nothing is found in it.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd -P)
cd "$here/.."
SURPLACE=${SURPLACE:-build/dev/surplace}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# file:line code
findings() {
    "$SURPLACE" check --width 0 "$@" | sed -n 's/^examples\/drafts\/\([^:]*:[0-9]*\):[0-9]*: .*\[\([a-z0-9-]*\)\]$/\1 \2/p'
}

grep -v '^#' tests/drafts/expected >"$tmp/expected"
findings examples/drafts >"$tmp/found" || :
if ! diff "$tmp/expected" "$tmp/found"; then
    echo "drafts: what is expected (<) is not what is found (>)"
    exit 1
fi

# The same found one by one, and in another order: no draft bears on another.
set --
for draft in examples/drafts/*; do
    set -- "$draft" "$@"
done
findings "$@" | sort >"$tmp/reversed" || :
sort "$tmp/found" | diff - "$tmp/reversed" || {
    echo "drafts: the order of drafts changes what is found"
    exit 1
}

# Line ends do not matter, nor does what stands before a draft on standard input.
sed 's/$/\r/' examples/drafts/student-essay-mixed.md >"$tmp/crlf.md"
"$SURPLACE" check --width 0 "$tmp/crlf.md" | sed -n 's/^[^:]*:\([0-9]*:[0-9]*\): .*\[\([a-z0-9-]*\)\]$/\1 \2/p' >"$tmp/crlf" || :
"$SURPLACE" check --width 0 - <examples/drafts/student-essay-mixed.md |
    sed -n 's/^[^:]*:\([0-9]*:[0-9]*\): .*\[\([a-z0-9-]*\)\]$/\1 \2/p' >"$tmp/lf" || :
if [ ! -s "$tmp/lf" ] || ! diff "$tmp/crlf" "$tmp/lf"; then
    echo "drafts: CRLF changes what is found"
    exit 1
fi

# Hostile drafts: each ends, soon, and by an exit that says what came of it.
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "> "; print "x" }' >"$tmp/quotes.md"
awk 'BEGIN { for (i = 0; i < 5000; i++) printf "%*s- a\n", i % 400, "" }' >"$tmp/lists.md"
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "["; print "" }' >"$tmp/brackets.md"
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "*_`<"; print "" }' >"$tmp/marks.md"
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "refugee not "; print "" }' >"$tmp/words.md"
awk 'BEGIN { for (i = 0; i < 30000; i++) printf "They left for food and not "; print "." }' >"$tmp/sentence.md"
awk 'BEGIN { printf "|"; for (i = 0; i < 3000; i++) printf "a|"; printf "\n|"; for (i = 0; i < 3000; i++) printf "-|"; print ""; for (i = 0; i < 50; i++) print "|x|" }' >"$tmp/table.md"
for draft in quotes lists brackets marks words sentence table; do
    code=0
    timeout 60 "$SURPLACE" check "$tmp/$draft.md" >"$tmp/out" 2>&1 || code=$?
    case $code in
    0 | 1 | 5 | 6) ;;
    *)
        echo "drafts: $draft.md ends with exit $code"
        exit 1
        ;;
    esac
    if LC_ALL=C grep -q "$(printf '\033')" "$tmp/out"; then
        echo "drafts: a control character of $draft.md reached the output"
        exit 1
    fi
done
echo "drafts: $(wc -l <"$tmp/expected") findings, all as expected"
