/* Conditions in words. */
#ifndef SP_RENDER_PHRASE_H
#define SP_RENDER_PHRASE_H

#include "model/rules.h"

/* Appends a condition's title or, where it has none, what it says in the words of the vocabulary. */
void sp_phrase_add(sp_buf *b, const sp_rulebase *base, const sp_cond *cond);

#endif
