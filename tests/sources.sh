#!/bin/sh
# No rule without an authority or a passage, no passage without a rule, no legal rule that reads a motive, no presumption
# without a burden and an authority: the rule base keeps these, and one that breaks them is found out.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd -P)
ROOT=$(cd -- "$here/.." && pwd -P)
# shellcheck source=engine/setup.sh
. "$ROOT/engine/setup.sh"

python=$(python_with_yaml) || {
    echo "sources: skipped, since there is no python3 with PyYAML (python3-yaml, py3-yaml, python-yaml)"
    exit 77
}
PYTHONDONTWRITEBYTECODE=1 exec "$python" "$here/sources.py" "${SURPLACE:-$ROOT/build/dev/surplace}" "$ROOT/rules"
