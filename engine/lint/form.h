/* Faults that can be seen from how rules and readings are written. */
#ifndef SP_LINT_FORM_H
#define SP_LINT_FORM_H

#include "lint/findings.h"

/* Rules: what is cited, for_every, ids and variables. */
void sp_lint_rules(sp_lint_findings *findings);
/* Readings: those that change nothing, and parts of them that do not. */
void sp_lint_readings(sp_lint_findings *findings);

/* The examples of one pattern, tried by whoever knows how it matches. */
typedef struct sp_lint_pattern {
    sp_place place;
    sp_str name;
    size_t examples, matched;    /* that it is to match, and those it does */
    size_t counters, mismatched; /* that it is not to match, and those it does */
} sp_lint_pattern;

void sp_lint_patterns(sp_lint_findings *findings, const sp_lint_pattern *patterns, size_t count);

#endif
