/* What the check of the rules can find: a code, how grave it is, one line, and a paragraph with an example. */
#ifndef SP_LINT_CODES_H
#define SP_LINT_CODES_H

#include "text/diag.h"

typedef enum sp_lint_code {
    SP_LINT_NEVER_HOLDS,
    SP_LINT_NEVER_FAILS,
    SP_LINT_UNREACHABLE,
    SP_LINT_UNFAILING,
    SP_LINT_NO_DIFFERENCE,
    SP_LINT_CONSTANT_COMPARISON,
    SP_LINT_SAME_RULE,
    SP_LINT_SUBSUMED_RULE,
    SP_LINT_UNUSED_CRITERION,
    SP_LINT_UNUSED_FACT,
    SP_LINT_UNUSED_JUDGMENT,
    SP_LINT_UNUSED_VALUE,
    SP_LINT_UNUSED_PARAMETER,
    SP_LINT_UNUSED_PASSAGE,
    SP_LINT_UNUSED_AUTHORITY,
    SP_LINT_NO_AUTHORITY,
    SP_LINT_SHADOWED_ID,
    SP_LINT_IDLE_READING,
    SP_LINT_IDLE_OVERRIDE,
    SP_LINT_IF_EMPTY_UNSAID,
    SP_LINT_PATTERN_EXAMPLE,
    SP_LINT_IDLE_ACCEPTANCE,
    SP_LINT_NOT_DECIDED,
    SP_LINT_CODES
} sp_lint_code;

typedef struct sp_lint_kind {
    const char *word; /* stable */
    sp_severity severity;
    const char *summary;     /* one line */
    const char *explanation; /* a paragraph */
    const char *example;     /* rules that have the fault; lines */
} sp_lint_kind;

/* By code; SP_LINT_CODES of them. */
extern const sp_lint_kind sp_lint_kinds[];
/* The code of a word, or SP_LINT_CODES. */
sp_lint_code sp_lint_code_of(sp_str word);

#endif
