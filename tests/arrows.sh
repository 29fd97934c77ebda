#!/bin/sh
# The arrows run one way: holds every #include of the engine to engine/layers.txt, finds loops
# between modules, and keeps foreign headers in the modules that wrap them. Also: every source
# is in the build. Prints each fault as file:line: what is wrong.
#
#   sh tests/arrows.sh [ROOT]
#
# A module is layer/name, whatever its files end in.
set -eu
here=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
root=${1:-$here}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' HUP INT TERM

# All faults of the tree at $1, one a line.
faults() (
    cd "$1"
    # A line for each include: file line <name> or "name", for the engine and the public headers.
    find engine include -name '*.[ch]' | sort | while read -r file; do
        awk -v file="$file" '
            /^[ \t]*#[ \t]*include[ \t]/ {
                name = $0
                sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
                sub(/[ \t]*(\/[*\/].*)?$/, "", name)
                print file, NR, name
            }' "$file"
    done >"$tmp/includes"

    awk -v table=engine/layers.txt '
        BEGIN {
            while ((getline line < table) > 0) {
                sub(/#.*/, "", line)
                if (line !~ /:/) continue
                layer = line
                sub(/:.*/, "", layer)
                sub(/^[^:]*:/, "", line)
                known[layer] = 1
                may[layer, layer] = 1
                count = split(line, allowed, " ")
                for (i = 1; i <= count; i++) {
                    if (allowed[i] != "public" && !(allowed[i] in known))
                        print table ": " layer ": " allowed[i] " is no layer above it"
                    may[layer, allowed[i]] = 1
                }
            }
            # Foreign headers, and the only modules that may see them.
            home["yaml.h"] = "^engine/yaml/tree[.]c$"
            home["pcre2.h"] = "^engine/text/pattern[.]c$"
            home["jansson.h"] = "^engine/yaml/json[.]c$"
            home["md4c.h"] = "^engine/draft/[a-z0-9_]*[.]c$"
        }
        function fault(what) { print $1 ":" $2 ": " what }
        function plain(pattern) {
            gsub(/[\^$]/, "", pattern)
            gsub(/\[[.]\]/, ".", pattern)
            gsub(/\[a-z0-9_\]/, "", pattern)
            return pattern
        }
        {
            name = substr($3, 2, length($3) - 2)
            own = $3 ~ /^"/
            parts = split($1, path, "/")
            target = name
            sub(/\/.*/, "", target)

            if (path[1] == "include") {
                if (own ? name !~ /^surplace\// : name ~ /[\/]/ && name !~ /^sys\// || name in home)
                    fault("a public header includes " $3)
                next
            }
            layer = path[2]
            if (parts != 3 || !(layer in known)) {
                fault("engine/" layer " is no layer of " table)
                next
            }
            if (name in home && $1 !~ home[name])
                fault("only " plain(home[name]) " may include " name)
            else if (name ~ /^surplace\//) {
                if (!((layer, "public") in may)) fault(layer " may not include " name)
            } else if (own && !(name in home)) {
                if (name !~ /\//) fault("\"" name "\" should read \"layer/module.h\"")
                else if (!((layer, target) in may)) fault(layer " may not include " target " (" name ")")
            } else if (target in known && name ~ /\//)
                fault("our own headers stand in quotes: " $3)
        }' "$tmp/includes"

    # Loops: tsort names them. A module may include its own header.
    awk '
        function module(file) { sub(/[.][ch]$/, "", file); return file }
        $1 ~ /^engine\// && $3 ~ /^"/ {
            from = module(substr($1, 8)); to = module(substr($3, 2, length($3) - 2))
            if (from != to) print from, to
        }' "$tmp/includes" >"$tmp/edges"
    tsort "$tmp/edges" 2>"$tmp/loop" >/dev/null || :
    if [ -s "$tmp/loop" ]; then
        echo "a loop between modules: $(sed -n 's/^tsort: \([^ ]*\/[^ ]*\)$/\1/p' "$tmp/loop" | tr '\n' ' ')"
    fi

    find engine -name '*.c' | sort | while read -r file; do
        grep -qE "(^|[( ])${file#engine/}([) ]|\$)" engine/CMakeLists.txt ||
            echo "$file: not in engine/CMakeLists.txt"
    done
)

# The check itself is checked: each of these faults, planted in a small tree, must be found.
plant() {
    rm -rf "$tmp/planted"
    mkdir -p "$tmp/planted/include/surplace" "$tmp/planted/engine"
    cp "$here/engine/layers.txt" "$tmp/planted/engine/"
    for layer in base text yaml model eval cli; do
        mkdir "$tmp/planted/engine/$layer"
    done
    echo 'cli/main.c text/a.c' >"$tmp/planted/engine/CMakeLists.txt"
    printf '#include <surplace/surplace.h>\n#include <stdio.h>\n' >"$tmp/planted/engine/cli/main.c"
    printf '#include "text/a.h"\n#include "base/b.h"\n' >"$tmp/planted/engine/text/a.c"
}

must_find() { # FILE LINE-TO-ADD PATTERN
    plant
    echo "$2" >>"$tmp/planted/engine/$1"
    faults "$tmp/planted" >"$tmp/found"
    if ! grep -q "$3" "$tmp/found"; then
        echo "arrows: $2 in $1 was not found out"
        exit 1
    fi
}

plant
faults "$tmp/planted" >"$tmp/found"
if [ -s "$tmp/found" ]; then
    echo "arrows: a clean tree was found faulty:"
    cat "$tmp/found"
    exit 1
fi
must_find text/a.c '#include "model/vocab.h"' 'text may not include model'
must_find text/a.c '#  include "eval/run.h" /* why */' 'text may not include eval'
must_find text/a.c '#include "b.h"' 'should read'
must_find text/a.c '#include <base/b.h>' 'stand in quotes'
must_find text/a.c '#include <yaml.h>' 'only .* may include yaml.h'
must_find text/a.c '#include <pcre2.h>' 'only .* may include pcre2.h'
must_find cli/main.c '#include "eval/run.h"' 'cli may not include eval'
must_find base/b.h '#include "base/c.h"
#include "text/a.h"' 'base may not include text'
must_find ../include/surplace/x.h '#include "base/str.h"' 'a public header includes'
must_find base/b.c 'int b;' 'base/b.c: not in'
must_find nolayer.c '#include <stdio.h>' 'is no layer'
plant
echo '#include "text/b.h"' >"$tmp/planted/engine/text/a.h"
echo '#include "text/a.h"' >"$tmp/planted/engine/text/b.h"
faults "$tmp/planted" >"$tmp/found"
if ! grep -q 'loop between modules: .*text/b' "$tmp/found"; then
    echo "arrows: a loop was not found out"
    exit 1
fi

faults "$root" >"$tmp/found"
cat "$tmp/found"
if [ -s "$tmp/found" ]; then
    echo "arrows: $(wc -l <"$tmp/found") faults"
    exit 1
fi
echo "arrows: $(wc -l <"$tmp/includes") includes, all as engine/layers.txt says"
