/* Finds what a printed page puts between two lines of running text: running heads, page numbers, footnotes. */
#ifndef SP_CITE_PAGE_H
#define SP_CITE_PAGE_H

#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"

/* A reader of the running text may pass from `from` to `to`, both offsets of the text. */
typedef struct sp_page_skip {
    uint32_t from, to;
    bool whole; /* all that stands between two pieces of running text; else one running head among more */
} sp_page_skip;

typedef SP_VEC(sp_page_skip) sp_page_skips;

/* Appends the skips of a text shorter than 4 GiB, by `from`; false if memory ran out. Linear time. */
bool sp_page_find(sp_str text, sp_page_skips *skips);

#endif
