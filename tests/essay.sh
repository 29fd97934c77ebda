#!/bin/sh
# Every passage of the rule base stands word for word in the essay. The essay is not part of this repository:
# SURPLACE_ESSAY names its text; without it the test is skipped.
set -eu
if [ -z "${SURPLACE_ESSAY:-}" ]; then
    echo "essay: SURPLACE_ESSAY does not name the essay's text; skipped"
    exit 77
fi
"${SURPLACE:?}" cite "$SURPLACE_ESSAY"
