#!/bin/sh
# Installs what is missing, builds surplace and runs the example that the README opens with.
set -eu
ROOT=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
# shellcheck source=engine/setup.sh
. "$ROOT/engine/setup.sh"

cd "$ROOT"
install_build_needs
# The same as: cmake --preset release && cmake --build --preset release
build "$ROOT/build" -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF

set -- eval examples/cases/food-seeker.yaml
say "build/surplace $*"
exec build/surplace "$@"
