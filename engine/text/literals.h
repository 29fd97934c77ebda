/* Which words a pattern cannot match without, and which of many words stand in a text. Hundreds of patterns are searched
 * for in every sentence; nearly all of them are ruled out by one pass over the sentence. */
#ifndef SP_TEXT_LITERALS_H
#define SP_TEXT_LITERALS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"

/* Pieces of text (ASCII, in small letters, cut to a few bytes), each with a number. */
typedef struct sp_literals sp_literals;

/* Numbers of literals one of which must stand in any match. */
typedef struct sp_clause {
    const uint32_t *items;
    uint32_t count;
} sp_clause;

/* All of the clauses must be met. None: nothing can be said, and the pattern must be tried. */
typedef struct sp_clauses {
    const sp_clause *items;
    uint32_t count;
} sp_clauses;

sp_literals *sp_literals_new(void); /* NULL if memory ran out */
void sp_literals_free(sp_literals *literals);

/* What a pattern (of the kind that sp_pattern_new compiles, ignoring case) needs; its clauses lie in `arena`. Without
 * memory, or where the pattern is not understood, no clauses. */
sp_clauses sp_literals_needed(sp_literals *literals, sp_str pattern, sp_arena *arena);

/* Builds the search once all patterns are known. False if memory ran out. */
bool sp_literals_finish(sp_literals *literals);

/* Marks which literals stand in a text, one bit each; `seen` has sp_literals_words() words. */
size_t sp_literals_words(const sp_literals *literals);
void sp_literals_find(const sp_literals *literals, sp_str text, uint64_t *seen);

#endif
