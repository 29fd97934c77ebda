/* What if: one case copied into the lanes of a batch, each with some facts changed, and all of them evaluated at once by
 * the one evaluator.
 *
 * A row has the same number in every lane, its virtual number: rows of the case are numbered as they stand there, from 0
 * for the entity's first; rows that only a change brings (a further entry of a list, a State that the case did not
 * name) come after them and are told apart by their address. */
#ifndef SP_EXPLAIN_WHATIF_H
#define SP_EXPLAIN_WHATIF_H

#include "eval/run.h"

typedef enum sp_change_kind {
    SP_CHANGE_NONE,      /* as the case has it */
    SP_CHANGE_UNSTATED,  /* as if the case did not speak of it: what the world knows comes back */
    SP_CHANGE_VALUE,     /* a number, date, yes_no, enum value (value), or a text (text) */
    SP_CHANGE_ROW,       /* a reference (value.index: a virtual number) */
    SP_CHANGE_ASSERTION, /* of several assertions that one (value.index) is right */
    SP_CHANGE_MEMBERS, /* a list has these members besides those that are stated; `complete`: and no others */
    SP_CHANGE_ENTRIES, /* an owned list has value.index further entries, of which nothing is known; `complete` */
    SP_CHANGE_DROP /* a list lacks the member value.index (owned: the entry with that virtual number) */
} sp_change_kind;

/* One thing that is otherwise than the case says. */
typedef struct sp_change {
    uint8_t kind;
    bool complete;
    uint32_t fact, row; /* the fact, and the virtual number of the row it belongs to */
    sp_value value;
    sp_str text;
    const uint32_t *members; /* enum values, or virtual numbers */
    uint32_t member_count;
} sp_change;

/* The rows of one entity. */
typedef struct sp_whatif_rows {
    uint32_t base; /* how many the case has */
    uint32_t *lane_row
        [SP_BATCH_CASES]; /* by lane: by row of the case, its row in the batch, or SP_NONE: dropped */
    SP_VEC(uint32_t) virtual_row; /* by row of the batch: its virtual number */
    sp_intern others;             /* addresses of rows that the case does not have */
} sp_whatif_rows;

typedef struct sp_whatif {
    const sp_facts *base;
    uint32_t case_index;
    sp_facts facts; /* the lanes */
    sp_run run;
    sp_whatif_rows *rows;     /* by entity */
    const sp_change *changes; /* of the lane being made */
    size_t change_count;
    sp_buf scratch;
    size_t lanes_run; /* in all */
    bool failed;
} sp_whatif;

/* Prepares what-ifs over one case of `base`, which must outlive it. False if memory ran out; then free it too. */
bool sp_whatif_init(sp_whatif *w, const sp_network *net, bool presume, const sp_facts *base,
                    uint32_t case_index);
void sp_whatif_free(sp_whatif *w);

/* Forgets the lanes. */
void sp_whatif_reset(sp_whatif *w);
/* Adds a lane (at most SP_BATCH_CASES) with these changes, which are read now and not kept; its number. */
uint32_t sp_whatif_add(sp_whatif *w, const sp_change *changes, size_t count);
/* Evaluates all lanes: OK, LIMIT (*what names it), NO_MEMORY. */
surplace_status sp_whatif_run(sp_whatif *w, const char **what);

/* The row of the batch for a row of the case in a lane; SP_NONE: dropped there. */
uint32_t sp_whatif_lane_row(const sp_whatif *w, uint32_t lane, uint32_t entity, uint32_t row);
/* The virtual number of a row of the batch. */
uint32_t sp_whatif_virtual_row(const sp_whatif *w, uint32_t entity, uint32_t lane_row);
/* The virtual number of what is called so: a row of the case, else one of the world, else one of which nothing is known. */
uint32_t sp_whatif_number(sp_whatif *w, uint32_t entity, sp_str id);
/* Is this a row of the case itself? */
bool sp_whatif_known(const sp_whatif *w, uint32_t entity, uint32_t virtual_row);
/* The row of a criterion's root frame in a lane, for virtual numbers of rows of the case; SP_NONE: dropped there. */
uint32_t sp_whatif_root_row(const sp_whatif *w, uint32_t lane, uint32_t criterion, uint32_t row,
                            uint32_t with_row);
/* The state of a criterion in a lane; SP_OPEN where its row is dropped. */
sp_state sp_whatif_state(const sp_whatif *w, uint32_t lane, uint32_t criterion, uint32_t row,
                         uint32_t with_row, bool *presumed);

#endif
