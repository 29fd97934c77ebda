#!/bin/sh
# Installs what is missing, builds surplace with its tests and runs them all.
# Arguments go to ctest: sh tests/run.sh -R golden
set -eu
ROOT=$(cd -- "$(dirname -- "$0")/.." && pwd -P)
# shellcheck source=engine/setup.sh
. "$ROOT/engine/setup.sh"

install_test_needs
# The same as: cmake --preset dev && cmake --build --preset dev
build "$ROOT/build/dev" -DCMAKE_BUILD_TYPE=Debug -DBUILD_TESTING=ON

cd "$ROOT/build/dev"
exec ctest --output-on-failure --parallel "$(processors)" "$@"
