/* The verdicts of a case as text for a reader and as JSON for a program. */
#ifndef SP_RENDER_VERDICT_H
#define SP_RENDER_VERDICT_H

#include "explain/address.h"
#include "explain/results.h"
#include "render/json_lists.h"
#include "render/out.h"

/* Texts of the JSON form that are the same in every case, escaped and with what stands around them. */
typedef struct sp_json_texts {
    sp_arena arena;
    sp_str *criteria;    /* by criterion: its result up to its subject */
    sp_str (*rules)[4];  /* by rule and state: its entry */
    sp_str *passage_ids; /* by passage: its id in quotes */
    sp_str *passages;    /* by passage: its entry at the end */
    sp_str *authorities; /* by number in the supporter: in quotes */
} sp_json_texts;

/* What a result says of the law: its state, its rules and what they cite. The same for all results of one pattern. */
typedef struct sp_json_law {
    sp_str text;
    const uint32_t *passages;
    size_t passage_count;
} sp_json_law;

/* Everything that rendering a batch needs, reused from case to case. */
typedef struct sp_verdict_writer {
    sp_explainer ex;
    sp_supporter supporter;
    sp_support support;
    sp_results results;
    sp_buf scratch;
    sp_json_texts texts;      /* of the rule base; made when first asked for */
    SP_VEC(sp_json_law) laws; /* by pattern; text empty: not made yet */
    sp_arena laws_arena;
    uint32_t laws_forgotten;
    sp_json_lists lists;
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

#endif
