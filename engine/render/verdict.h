/* The verdicts of a case as text for a reader and as JSON for a program. */
#ifndef SP_RENDER_VERDICT_H
#define SP_RENDER_VERDICT_H

#include "explain/results.h"
#include "render/out.h"

/* Everything that rendering a batch needs, reused from case to case. */
typedef struct sp_verdict_writer {
    sp_explainer ex;
    sp_supporter supporter;
    sp_support support;
    sp_results results;
    sp_arena arena;
    sp_style style;
    bool failed;
} sp_verdict_writer;

/* Prepares for the batch that `run` has just evaluated. False if memory ran out. */
bool sp_verdict_begin(sp_verdict_writer *w, sp_run *run);
/* Appends one case. Failure (memory) is in w->failed or b->failed. */
void sp_verdict_json(sp_verdict_writer *w, uint32_t case_index, sp_buf *b); /* one line, no line break */
void sp_verdict_text(sp_verdict_writer *w, uint32_t case_index, sp_buf *b);
void sp_verdict_free(sp_verdict_writer *w);

/* "person.refugee"; and "kim.refugee", "kim.in_danger_in(PRK)". */
void sp_criterion_name_add(sp_buf *b, const sp_vocab *vocab, uint32_t criterion);
void sp_criterion_address_add(sp_buf *b, const sp_run *run, uint32_t criterion, uint32_t root_row);

#endif
