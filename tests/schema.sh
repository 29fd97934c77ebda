#!/bin/sh
# The schemas of files: those in examples/schema are what the program prints, every example names its own, and an
# independent validator accepts all shipped files and refuses faulty ones.
#
#   sh tests/schema.sh [--update]
#
# --update writes examples/schema anew, after a change of the vocabulary, the rules or the readings.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd -P)
cd "$here/.."
SURPLACE=${SURPLACE:-build/dev/surplace}
kinds='case rules vocabulary reading authorities passages world'
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0

if [ "${1:-}" = --update ]; then
    mkdir -p examples/schema
    for kind in $kinds; do
        "$SURPLACE" schema "$kind" >"$tmp/$kind.json"
        cmp -s "$tmp/$kind.json" "examples/schema/$kind.json" || cp "$tmp/$kind.json" "examples/schema/$kind.json"
    done
fi

for kind in $kinds; do
    "$SURPLACE" schema "$kind" >"$tmp/$kind.json"
    cmp -s "$tmp/$kind.json" "examples/schema/$kind.json" || {
        echo "schema: examples/schema/$kind.json is not what is printed: sh tests/schema.sh --update"
        failed=1
    }
done

# The modeline by which an editor finds the schema.
for file in examples/cases/*.yaml; do
    # shellcheck disable=SC2016 # the dollar is the modeline's
    sed 1q "$file" | grep -qx '# yaml-language-server: \$schema=../schema/case.json' || {
        echo "schema: the first line of $file does not name its schema"
        failed=1
    }
done
[ "$failed" -eq 0 ] || exit 1

for python in /usr/bin/python3 python3; do
    if "$python" -c 'import jsonschema, yaml; jsonschema.Draft202012Validator' 2>/dev/null; then
        exec "$python" tests/schema/validate.py "$SURPLACE" .
    fi
done
echo "schema: no validator (python3-jsonschema and python3-yaml); the rest is checked"
exit 77
