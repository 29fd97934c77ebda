/* Faults of conditions that follow from logic alone: what can never hold or fail, and what makes no difference. */
#ifndef SP_LINT_CONDITIONS_H
#define SP_LINT_CONDITIONS_H

#include "lint/findings.h"
#include "lint/space.h"
#include "net/network.h"

/* Every rule by itself. */
void sp_lint_conditions(sp_lint_findings *findings, sp_space *space);
/* Rules of one criterion that are in force together under one of the readings, two by two. */
void sp_lint_pairs(sp_lint_findings *findings, sp_space *space, const sp_network *nets, size_t count);

#endif
