/* The nearest known name, for "did you mean". */
#ifndef SP_TEXT_SUGGEST_H
#define SP_TEXT_SUGGEST_H

#include <stdint.h>

#include "base/str.h"

/* Feed every candidate, then take the best: within a third of the word's length by edits (adjacent
 * swaps count one), ties by byte order so that the order of candidates never matters. */
typedef struct sp_suggest {
    sp_str wanted, best;
    size_t best_distance;
} sp_suggest;

void sp_suggest_begin(sp_suggest *s, sp_str wanted);
void sp_suggest_offer(sp_suggest *s, sp_str candidate);
sp_str sp_suggest_best(const sp_suggest *s); /* empty if none is near */

#endif
