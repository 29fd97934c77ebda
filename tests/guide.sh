#!/bin/sh
# Follows the guide of rules/README.md to the letter: the files it writes are written, the commands it gives are run, and
# what it shows is what is printed, byte for byte. A line "..." stands for what is left out.
#
#   guide.sh            checks
#   guide.sh --update   writes what is printed into the guide, to be read in the diff
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd -P)
ROOT=$(cd -- "$here/.." && pwd -P)
SURPLACE=${SURPLACE:-$ROOT/build/dev/surplace}
guide=$ROOT/rules/README.md
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

mkdir "$tmp/work" "$tmp/blocks"
cp -R "$ROOT/rules" "$tmp/work/rules"
ln -s "$ROOT/examples" "$tmp/work/examples"

# The blocks in order: NNN.head is what stands after the fence, NNN.body what is in it; the page with a mark for each.
awk -v blocks="$tmp/blocks" '
    !on && /^```[a-z]/ {
        on = 1
        name = sprintf("%s/%03d", blocks, ++n)
        print substr($0, 4) >(name ".head")
        printf "" >(name ".body")
        print
        printf "@block %03d\n", n
        next
    }
    on && /^```$/ { on = 0; close(name ".head"); close(name ".body") }
    on { print >(name ".body"); next }
    { print }' "$guide" >"$tmp/page"

# into_vocabulary ENTITY.PART BODY: puts it right below that line of the entity.
into_vocabulary() {
    awk -v entity="  ${1%%.*}:" -v part="    ${1#*.}:" -v body="$2" '
        { print }
        $0 == entity { in_it = 1 }
        in_it && $0 == part {
            while ((getline line <body) > 0)
                print line
            in_it = 0
            done = 1
        }
        END { exit !done }' rules/vocabulary.yaml >vocabulary.new
    mv vocabulary.new rules/vocabulary.yaml
}

# run_block BODY: runs the commands of a block, and prints each with its output.
run_block() {
    grep '^\$ surplace ' "$1" | while IFS= read -r line; do
        printf '%s\n' "$line"
        # shellcheck disable=SC2086 # the words of the command
        "$SURPLACE" ${line#'$ surplace '} 2>&1 || true
    done
}

# shows_parts BODY PRINTED: do the lines of the block stand in the output in this order, "..." for what is left out?
shows_parts() {
    awk -v printed="$2" '
        $0 == "..." { skips = 1; next }
        {
            found = 0
            while (!found && (getline line <printed) > 0) {
                found = line == $0
                if (!found && !skips)
                    break
            }
            if (!found) {
                print "guide: not printed here: " $0
                exit bad = 1
            }
            skips = 0
        }
        END { exit bad }' "$1"
}

cd "$tmp/work"
failed=0
commands=0
for head in "$tmp"/blocks/*.head; do
    body=${head%.head}.body
    read -r kind what <"$head" || true
    case "$kind ${what:-}" in
    "yaml file="*)
        mkdir -p "$(dirname -- "${what#file=}")"
        cp "$body" "${what#file=}"
        ;;
    "yaml append="*) cat "$body" >>"${what#append=}" ;;
    "yaml vocabulary="*) into_vocabulary "${what#vocabulary=}" "$body" ;;
    "console ")
        commands=$((commands + $(grep -c '^\$ surplace ' "$body")))
        run_block "$body" >"$tmp/printed"
        if grep -qx '[.][.][.]' "$body"; then
            shows_parts "$body" "$tmp/printed" || failed=1
        elif [ "${1:-}" = --update ]; then
            cp "$tmp/printed" "$body"
        elif ! diff "$body" "$tmp/printed"; then
            echo "guide: what block $(basename "$head" .head) shows (<) is not what is printed (>)"
            failed=1
        fi
        ;;
    esac
done
if [ "$commands" -lt 5 ]; then
    echo "guide: only $commands commands were run"
    failed=1
fi
if [ "${1:-}" = --update ]; then
    awk -v blocks="$tmp/blocks" '
        /^@block / {
            while ((getline line <(blocks "/" $2 ".body")) > 0)
                print line
            next
        }
        { print }' "$tmp/page" >"$guide"
fi
exit "$failed"
