/* What the check of the rules has found. */
#ifndef SP_LINT_FINDINGS_H
#define SP_LINT_FINDINGS_H

#include "lint/codes.h"
#include "model/rules.h"

typedef struct sp_lint_finding {
    sp_lint_code code;
    sp_place place;
    uint32_t rule; /* the rule it is found in, or SP_NONE */
    sp_str message;
    sp_place second_place; /* no input: none */
    sp_str second_message;
    sp_str accepted; /* the reason for which the rules accept it, or empty */
    sp_str witness;  /* a case file that shows it, or empty */
} sp_lint_finding;

typedef struct sp_lint_findings {
    const sp_rulebase *base;
    sp_arena arena;
    SP_VEC(sp_lint_finding) list;
    bool failed; /* memory ran out */
} sp_lint_findings;

void sp_lint_findings_free(sp_lint_findings *findings);
/* Adds a finding; NULL (which sp_lint_finding_second accepts) without memory. Valid until the next. */
sp_lint_finding *sp_lint_findings_add(sp_lint_findings *findings, sp_lint_code code, sp_place place,
                                      uint32_t rule, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void sp_lint_finding_second(sp_lint_findings *findings, sp_lint_finding *finding, sp_place place,
                            const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Sorts by place and code, and marks what the rules accept; an acceptance of nothing is a finding of its own. */
void sp_lint_findings_finish(sp_lint_findings *findings);

#endif
