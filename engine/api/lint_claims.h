/* What the check of the rules has to know of claims files, which stand beside them. */
#ifndef SP_API_LINT_CLAIMS_H
#define SP_API_LINT_CLAIMS_H

#include "api/handles.h"
#include "lint/lint.h"
#include "model/claims.h"

typedef struct sp_lint_claims {
    sp_claims claims; /* none where the rule base has no claims file */
    sp_arena arena;
    sp_lint_beside beside;
} sp_lint_claims;

/* Reads the claims, notes what they cite, and tries the examples of each. OK; INVALID or LIMIT (diagnosed); NO_MEMORY.
 * Must be freed whatever comes of it. */
surplace_status sp_lint_claims_read(sp_lint_claims *claims, const surplace_rules *rules,
                                    surplace_diagnostics *d);
void sp_lint_claims_free(sp_lint_claims *claims);

#endif
