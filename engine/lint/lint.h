/* The check of a rule base: everything in it that cannot be meant. */
#ifndef SP_LINT_LINT_H
#define SP_LINT_LINT_H

#include "lint/form.h"
#include "lint/usage.h"
#include "net/network.h"

/* What stands beside the rules and uses what they declare. */
typedef struct sp_lint_beside {
    sp_lint_cited cited;
    const sp_lint_pattern *patterns;
    size_t pattern_count;
} sp_lint_beside;

/* Fills `findings` (all zero). `nets` are the rules under each reading; case files are proposed under the one numbered
 * `shown`, and must be evaluated before they are believed. False if memory ran out. */
bool sp_lint_run(sp_lint_findings *findings, const sp_rulebase *base, const sp_network *nets, size_t count,
                 size_t shown, const sp_lint_beside *beside);

#endif
