#!/bin/sh
# settle and vary over the shipped cases, held to `eval` and `test`; see settle.py.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd -P)
ROOT=$(cd -- "$here/.." && pwd -P)
# shellcheck source=engine/setup.sh
. "$ROOT/engine/setup.sh"

python=$(python_with_yaml) || {
    echo "settle: skipped, since there is no python3 with PyYAML (python3-yaml, py3-yaml, python-yaml)"
    exit 77
}
PYTHONDONTWRITEBYTECODE=1 exec "$python" "$here/settle.py" "${SURPLACE:-$ROOT/build/dev/surplace}" "$@"
