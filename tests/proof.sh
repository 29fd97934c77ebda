#!/bin/sh
# Proofs (`eval --format proof`): an independent program follows every step of every shipped case and of random rules,
# and rejects what has been tampered with.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd -P)
ROOT=$(cd -- "$here/.." && pwd -P)
# shellcheck source=engine/setup.sh
. "$ROOT/engine/setup.sh"
cd "$ROOT"
SURPLACE=${SURPLACE:-build/dev/surplace}
python=$(python_with_yaml) || {
    echo "proof: skipped, since there is no python3 with PyYAML (python3-yaml, py3-yaml, python-yaml)"
    exit 77
}
export PYTHONDONTWRITEBYTECODE=1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

"$python" tests/proof/selftest.py
"$python" tests/proof/shipped.py "$SURPLACE" rules examples/cases 12

# tamper RULES CASE COUNT
tamper() {
    "$SURPLACE" eval --rules "$1" --format proof "$2" >"$tmp/proof"
    "$python" tests/proof/tamper.py --rules "$1" --case "$2" --count "$3" "$tmp/proof"
}
for name in anna ben cora; do
    tamper tests/golden/library/mini tests/golden/library/$name.yaml 200
done
tamper rules examples/cases/food-seeker.yaml 60
tamper rules examples/cases/two-witnesses.yaml 30

# What is masked cannot be followed, and that is said.
"$SURPLACE" eval --redact --format proof examples/cases/food-seeker.yaml >"$tmp/proof"
"$python" tests/proof/check.py "$tmp/proof" | grep -q 'masked and taken on trust'
if "$python" tests/proof/check.py --strict "$tmp/proof" >/dev/null; then
    echo "proof: --strict takes on trust what is masked"
    exit 1
fi
if grep -q 'Ms K\.' "$tmp/proof"; then
    echo "proof: a redacted proof has a label in it"
    exit 1
fi
