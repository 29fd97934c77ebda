/* What was found in drafts, for people and for programs. */
#ifndef SP_RENDER_REVIEW_H
#define SP_RENDER_REVIEW_H

#include "draft/draft.h"
#include "render/out.h"

typedef struct sp_reviewed {
    const sp_claims *claims;
    sp_str reading;
    sp_draft *const *drafts;
    size_t count;
    bool sentences; /* also how each sentence was read */
} sp_reviewed;

/* How many findings of a severity count: those that their authors silence do not. */
size_t sp_reviewed_count(const sp_reviewed *reviewed, sp_severity severity);
size_t sp_reviewed_allowed(const sp_reviewed *reviewed);

void sp_review_text(const sp_reviewed *reviewed, const sp_style *style, sp_buf *b);
void sp_review_json(const sp_reviewed *reviewed, sp_buf *b);
void sp_review_sarif(const sp_reviewed *reviewed, sp_buf *b);
/* A copy of a draft in which each finding has a footnote. */
void sp_review_markdown(const sp_reviewed *reviewed, const sp_draft *draft, sp_buf *b);

#endif
