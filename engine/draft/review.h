/* The findings of a draft: wrong tests, what does not follow, what is left out, and faults of the author's marks. */
#ifndef SP_DRAFT_REVIEW_H
#define SP_DRAFT_REVIEW_H

#include "draft/draft.h"

/* Reads what a draft states into it, its prose having been read. False if memory ran out. */
bool sp_review_read(sp_draft *draft, sp_statement_reader *reader);
/* Adds wrong tests; then what the draft leaves out. A conclusion in a sentence that has been found faulty is not found
 * fault with again (sp_follow). */
bool sp_review_wrong_tests(sp_draft *draft, const sp_claims *claims);
void sp_review_omissions(sp_draft *draft, const sp_claims *claims);
/* In the end adds faults of marks and what was not decided, sorts all by place, and sets what the author allows. */
bool sp_review_finish(sp_draft *draft);

/* Adds a finding and fills in its place. */
void sp_draft_find(sp_draft *draft, const sp_finding *finding);

/* Holds a claim's examples to its patterns: `text` alone as a draft. Does it assert the claim? */
bool sp_review_example(sp_statement_reader *reader, uint32_t claim, sp_str text, bool *asserted);

/* "wrong_test", "does_not_follow" ... */
const char *sp_finding_kind_word(sp_finding_kind kind);

#endif
