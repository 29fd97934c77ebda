/* What the sentences of a draft say: each claim recognised, where, and whether the draft makes it its own. */
#ifndef SP_DRAFT_STATEMENT_H
#define SP_DRAFT_STATEMENT_H

#include "draft/prose.h"
#include "model/claims.h"

typedef struct sp_statement {
    uint32_t claim;
    uint32_t first, last; /* sentences */
    uint32_t start, end;  /* in the text of their block */
    uint32_t
        defeater; /* what keeps it from being asserted, or SP_NONE: the draft's form does, or nothing */
    uint8_t stance;
} sp_statement;

typedef SP_VEC(sp_statement) sp_statements;

/* A concept in the sentence at hand. */
typedef struct sp_sighting {
    uint32_t sentence; /* that was looked at, plus 1 */
    sp_match found;
    sp_span span; /* in the block's text */
} sp_sighting;

/* Reads one draft after another with the same claims; of one thread. */
typedef struct sp_statement_reader {
    const sp_claims *claims;
    sp_matcher *matcher;
    const sp_prose *prose;
    sp_sighting *sightings;    /* two a concept: of sentences with even and odd numbers */
    uint64_t *words[2];        /* literals in the sentences with even and odd numbers */
    uint32_t words_of[2];      /* which sentences those are, plus 1 */
    uint32_t *defeater_seen;   /* by defeater: the sentence that was looked at, plus 1 ... */
    uint8_t *defeater_found;   /* ... and whether it applies */
    uint32_t voice;            /* of the draft, or SP_NONE */
    uint32_t undecided;        /* matches that reached a limit */
    SP_VEC(uint32_t) doubtful; /* the sentences they were of */
    bool failed;               /* memory ran out */
} sp_statement_reader;

bool sp_statement_reader_init(sp_statement_reader *r, const sp_claims *claims);
void sp_statement_reader_free(sp_statement_reader *r);

/* Appends the statements of a prose, in the order of sentences, then of claims. Sentences past a reached limit are not
 * read; `undecided` then stands at its limit. */
void sp_statements_read(sp_statement_reader *r, const sp_prose *prose, sp_statements *statements);

/* --- shared with stance.c --- */

/* Does a part match in a stretch of a block's text, and where? `sentence` is the stretch's only sentence, or SP_NONE. */
sp_match sp_part_find(sp_statement_reader *r, const sp_claim_part *part, uint32_t block, sp_span stretch,
                      uint32_t sentence, sp_span *found);
/* Does one of the parts? */
bool sp_parts_any(sp_statement_reader *r, const sp_parts *parts, uint32_t block, sp_span stretch,
                  uint32_t sentence);
/* Finds out whose draft it is. */
void sp_stance_begin(sp_statement_reader *r);
/* Sets the stance of a statement and what decides it. */
void sp_stance_find(sp_statement_reader *r, sp_statement *statement);

#endif
