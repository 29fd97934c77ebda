#!/bin/sh
# The manual page and the completions: that each is sound for the program that will read it, where that is here,
# and that bash completes commands, options, choices and files.
set -eu
SURPLACE=${SURPLACE:-build/dev/surplace}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

"$SURPLACE" manual >"$tmp/surplace.1"
if command -v groff >/dev/null 2>&1; then
    groff -ww -man -Tutf8 "$tmp/surplace.1" >"$tmp/page" 2>"$tmp/complaints"
    [ ! -s "$tmp/complaints" ] || { cat "$tmp/complaints"; exit 1; }
fi
for shell in zsh fish; do
    "$SURPLACE" completion "$shell" >"$tmp/$shell"
    command -v "$shell" >/dev/null 2>&1 || continue
    "$shell" -n "$tmp/$shell"
done
"$SURPLACE" completion bash >"$tmp/bash"
command -v bash >/dev/null 2>&1 || exit 77
cat >"$tmp/try" <<'BASH'
compopt() { :; } # only inside a completion
. "$1/bash"
cd "$1"
mkdir -p folder && touch case.yaml
fails=0
# completes EXPECTED WORD...: what the last word is completed to
completes() {
    local expected=$1
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _surplace
    local printed="${COMPREPLY[*]}"
    [ "$printed" = "$expected" ] || { echo "completion of '$*' is '$printed', not '$expected'"; fails=1; }
}
completes "eval" surplace ev
completes "--reading --redact" surplace eval --re
completes "json jsonl" surplace eval --format js
completes "json jsonl" surplace eval -f js
completes "folder" surplace eval --rules f
completes "case.yaml" surplace eval ca
completes "" surplace eval --criterion ca
completes "zsh" surplace completion z
exit "$fails"
BASH
bash "$tmp/try" "$tmp"
