/* Where a passage that is not in the source nearly is, and what differs there. */
#ifndef SP_CITE_NEAREST_H
#define SP_CITE_NEAREST_H

#include "base/arena.h"
#include "cite/match.h"

/* What sp_cited of cite.h says of it; line 0: nothing is near. */
typedef struct sp_near {
    uint32_t line, end_line;
    sp_str nearest, difference;
    double likeness;
} sp_near;

/* In this order: want every passage, index once, find every passage. */
typedef struct sp_nearest sp_nearest;

sp_nearest *sp_nearest_new(const sp_reading_of *source,
                           const sp_intern *symbols); /* NULL if memory ran out */
bool sp_nearest_want(sp_nearest *nearest, const sp_passage *passage);
bool sp_nearest_index(sp_nearest *nearest);
/* Fills `result`; its text is in `arena`. False if memory ran out. */
bool sp_nearest_find(sp_nearest *nearest, const sp_passage *passage, sp_near *result, sp_arena *arena);
void sp_nearest_free(sp_nearest *nearest);

#endif
