#!/bin/sh
# The golden tests: what the program prints, byte for byte.
#
#   sh tests/golden/run.sh [--update] [NAME...]
#
# Each folder beside this script is a test. Its `cmd` is run by sh in that folder, with
# SURPLACE set to the program and SCRATCH to an empty folder for files it may write; what it
# prints must be the files `stdout` and `stderr`, and its exit status what `exit` says. An
# absent file means: nothing printed, exit 0. --update writes the files anew, for review in
# the diff. The program is that of tests/run.sh unless SURPLACE names another.
set -u
here=$(cd -- "$(dirname -- "$0")" && pwd -P)

update=no
if [ "${1:-}" = --update ]; then
    update=yes
    shift
fi

SURPLACE=${SURPLACE:-$here/../../build/dev/surplace}
case $SURPLACE in
/*) ;;
*) SURPLACE=$(pwd -P)/$SURPLACE ;; # each command runs in a folder of its own
esac
if [ ! -x "$SURPLACE" ]; then
    echo "golden: no program at $SURPLACE; build it with sh tests/run.sh" >&2
    exit 2
fi

tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' HUP INT TERM

# Nothing of the caller's surroundings may show in the output.
export SURPLACE SCRATCH="$tmp/scratch" LC_ALL=C TZ=UTC TERM=dumb
unset NO_COLOR CLICOLOR CLICOLOR_FORCE COLUMNS LINES

# Puts what was expected, or nothing, or exit 0, beside what came.
check() {
    wanted=$here/$1/$2
    if [ ! -e "$wanted" ]; then
        wanted=$tmp/wanted
        if [ "$2" = exit ]; then echo 0; fi >"$wanted"
    fi
    cmp -s "$wanted" "$tmp/$2" && return 0
    echo "golden: $1: $2 differs (- wanted, + got)"
    diff -u "$wanted" "$tmp/$2" | sed 1,2d
    return 1
}

keep() {
    case $2:$(cat "$tmp/$2") in
    stdout: | stderr: | exit:0) rm -f "$here/$1/$2" ;;
    *) cmp -s "$tmp/$2" "$here/$1/$2" || cp "$tmp/$2" "$here/$1/$2" ;;
    esac
}

if [ $# -eq 0 ]; then
    for folder in "$here"/*/; do
        if [ -e "$folder/cmd" ]; then
            set -- "$@" "$(basename "$folder")"
        fi
    done
fi

failed=0
for name in "$@"; do
    if [ ! -e "$here/$name/cmd" ]; then
        echo "golden: no test $name" >&2
        failed=$((failed + 1))
        continue
    fi
    rm -rf "$SCRATCH"
    mkdir "$SCRATCH"
    (cd "$here/$name" && exec sh ./cmd) </dev/null >"$tmp/stdout" 2>"$tmp/stderr"
    echo $? >"$tmp/exit"
    if [ "$update" = yes ]; then
        for file in stdout stderr exit; do keep "$name" "$file"; done
    else
        wrong=0
        for file in stdout stderr exit; do check "$name" "$file" || wrong=1; done
        failed=$((failed + wrong))
    fi
done

echo "golden: $# run, $failed failed"
[ "$failed" -eq 0 ]
