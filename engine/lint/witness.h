/* Case files that show findings: where a rule holds though a condition is left out, where two rules hold together, where
 * an empty list decides. */
#ifndef SP_LINT_WITNESS_H
#define SP_LINT_WITNESS_H

#include "lint/findings.h"
#include "lint/space.h"
#include "net/network.h"

/* Gives findings a proposed case file, under a reading. */
void sp_lint_witnesses(sp_lint_findings *findings, sp_space *space, const sp_network *net);

#endif
