#!/bin/sh
# run.sh SCRIPT [ARGUMENT...]: runs a script of this folder, or skips it where there is no PyYAML.
set -eu
here=$(cd -- "$(dirname -- "$0")" && pwd -P)
ROOT=$(cd -- "$here/../.." && pwd -P)
# shellcheck source=engine/setup.sh
. "$ROOT/engine/setup.sh"

python=$(python_with_yaml) || {
    echo "oracle: skipped, since there is no python3 with PyYAML (python3-yaml, py3-yaml, python-yaml)"
    exit 77
}
script=$1
shift
# No compiled copies beside the sources.
PYTHONDONTWRITEBYTECODE=1 exec "$python" "$here/$script" "$@"
