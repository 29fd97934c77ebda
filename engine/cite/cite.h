/* Finds quoted passages, word for word, in a scanned or typed source text.
 *
 * A passage is its sequence of words. What scanning does to a text must not hide them: words split by a hyphen at a
 * line end or over a page break, running heads, footnote marks and whole footnotes in mid-flow, curly or lost quotation
 * marks and apostrophes. But a passage that differs by a word is not found: it is reported with the nearest place and
 * the words that differ. */
#ifndef SP_CITE_CITE_H
#define SP_CITE_CITE_H

#include "base/arena.h"
#include "text/input.h"

typedef struct sp_quote {
    sp_str id, text;
} sp_quote;

typedef struct sp_cited {
    uint32_t occurrences;    /* 0: not found */
    uint32_t line, end_line; /* of the first occurrence, or of the nearest place; 0: nothing is near */
    sp_str nearest;          /* not found: the words of the nearest place, as they stand in the source */
    sp_str difference; /* not found: "'severe' stands where the passage has 'severer'", may be empty */
    double likeness;   /* of the nearest place: share of the passage's words found in order, 0 to 1 */
} sp_cited;

/* Looks for every quote in `source` (a kept input of valid UTF-8). `results` has `count` elements; their text is in
 * `arena`. SURPLACE_OK or SURPLACE_NO_MEMORY. Time is near linear in source plus quotes. */
surplace_status sp_cite(const sp_input *source, const sp_quote *quotes, size_t count, sp_cited *results,
                        sp_arena *arena);

#endif
