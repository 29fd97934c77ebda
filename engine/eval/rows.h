/* The rows of frames in a batch, and what a path leads to from one of them. */
#ifndef SP_EVAL_ROWS_H
#define SP_EVAL_ROWS_H

#include "net/network.h"

/* The members of one list: rows of the child frame. A list asserted in several ways has a segment for each. */
typedef struct sp_segment {
    uint32_t first, count; /* rows of the child frame */
    bool stated, complete;
} sp_segment;

typedef struct sp_frame_rows {
    uint32_t rows, words;    /* words: of a bit plane */
    uint32_t *parent_row;    /* quantified */
    uint32_t *value;         /* the variable: an entity's row or an enum's value; NULL: the row itself */
    uint32_t *with_row;      /* pairs: the second entity's row */
    uint32_t *first_segment; /* quantified: by row of the parent, one more at the end */
    sp_segment *segments;
    uint32_t pair_base[SP_BATCH_CASES]; /* pairs: the first row of each case */
    bool built;
} sp_frame_rows;

/* What a path leads to: nothing known, a cell, a row (or enum value), or a list. */
typedef enum sp_target_kind {
    SP_TARGET_OPEN,
    SP_TARGET_CELL,
    SP_TARGET_VALUE,
    SP_TARGET_LIST
} sp_target_kind;

typedef struct sp_target {
    uint8_t kind;
    bool complete;           /* list */
    uint32_t value;          /* row or enum value; list of consecutive rows: the first */
    const sp_cell *cell;     /* cell, list: the assertion it stands in */
    const uint32_t *members; /* list: its members, or NULL for consecutive rows */
    uint32_t count;
    uint32_t entity, row,
        fact; /* open, cell, list: whose fact it is; fact SP_NONE: no fact of the case file */
} sp_target;

typedef SP_VEC(sp_target) sp_targets;

typedef struct sp_rows {
    const sp_network *net;
    const sp_facts *facts;
    sp_arena arena;
    sp_frame_rows *frames;
    const uint32_t **collections; /* entity * SP_BATCH_CASES + case: sorted rows, or NULL until asked for */
    sp_targets scratch;
    bool failed, too_many;
} sp_rows;

/* Builds every frame for the facts. False if memory ran out or a frame passed SURPLACE_MAX_ROWS (`too_many`). */
bool sp_rows_build(sp_rows *rows, const sp_network *net, const sp_facts *facts);
void sp_rows_free(sp_rows *rows);

/* Appends to `targets` everything that the path may lead to from a row of a frame: one target, or several where an
 * assertion on the way is contested. */
void sp_rows_resolve(sp_rows *rows, const sp_path *path, uint32_t frame, uint32_t row, sp_targets *targets);

/* The case that a row of a frame belongs to. */
uint32_t sp_rows_case(const sp_rows *rows, uint32_t frame, uint32_t row);
/* The row in a criterion's root frame for an entity's row and, of a pair, the second row. */
uint32_t sp_rows_root_row(const sp_rows *rows, uint32_t frame, uint32_t row, uint32_t with_row);

#endif
