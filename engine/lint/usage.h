/* What is declared and never used: facts, criteria, values, parameters, passages and authorities. */
#ifndef SP_LINT_USAGE_H
#define SP_LINT_USAGE_H

#include "lint/findings.h"

/* What cites passages and authorities besides the rules: lists of both, side by side. */
typedef struct sp_lint_cited {
    const sp_names *passages, *authority;
    size_t count;
} sp_lint_cited;

void sp_lint_usage(sp_lint_findings *findings, const sp_lint_cited *elsewhere);

#endif
