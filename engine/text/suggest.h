/* The nearest known name, for "did you mean". */
#ifndef SP_TEXT_SUGGEST_H
#define SP_TEXT_SUGGEST_H

#include <stdint.h>

#include "text/diag.h"

/* Feed every candidate, then take the best: within a third of the word's length by edits (adjacent
 * swaps count one), ties by byte order so that the order of candidates never matters. */
typedef struct sp_suggest {
    sp_str wanted, best;
    size_t best_distance;
    uint64_t *work; /* what all suggestions of a run may cost together, or NULL */
} sp_suggest;

void sp_suggest_begin(sp_suggest *s, sp_str wanted);
/* For a diagnostic. A hundred thousand slips beside a hundred thousand names would cost hours: past
 * SURPLACE_MAX_SUGGEST_WORK nothing more is suggested. */
void sp_suggest_begin_for(sp_suggest *s, sp_diags *diags, sp_str wanted);
/* Is there nothing more to be suggested in this run? Then long lists need not be offered. */
bool sp_suggest_over(const sp_diags *diags);
void sp_suggest_offer(sp_suggest *s, sp_str candidate);
sp_str sp_suggest_best(const sp_suggest *s); /* empty if none is near */

#endif
