/* What a run works on: the bit planes of every node.
 *
 * A node's value over the rows of its frame is five planes, a bit a row: holds, fails, contested (none set: open),
 * and what would hold and fail if nothing were presumed. A verdict rests on a presumption where it holds (fails) but
 * would not without. Source of the connectives: model/state.h; here they work on 64 rows at a time. */
#ifndef SP_EVAL_PLANES_H
#define SP_EVAL_PLANES_H

#include "eval/leaf.h"

/* 64 rows of the five planes of one node. They lie side by side, because whoever looks at one looks at the others. */
typedef struct sp_lanes {
    uint64_t holds, fails, contested, surely_holds, surely_fails;
} sp_lanes;

static inline sp_state sp_lanes_state(const sp_lanes *v, uint32_t lane)
{
    if (v->holds >> lane & 1)
        return SP_HOLDS;
    if (v->fails >> lane & 1)
        return SP_FAILS;
    return v->contested >> lane & 1 ? SP_CONTESTED : SP_OPEN;
}

/* The rows that hold or fail, but would not if nothing were presumed. */
static inline uint64_t sp_lanes_presumed(const sp_lanes *v)
{
    return (v->holds & ~v->surely_holds) | (v->fails & ~v->surely_fails);
}

typedef struct sp_run {
    const sp_network *net;
    const sp_facts *facts;
    bool presume; /* apply presumptions */
    const bool *
        only; /* by node: those that are wanted, with all that they read; NULL: all. Others have no state */
    sp_rows rows;
    sp_leaf_reader leaf;
    sp_lanes *memory; /* of all nodes, one after another */
    size_t memory_cap;
    sp_lanes **lanes;      /* by node: its rows, 64 at a time */
    uint32_t **times;      /* by node: of recursive ones, by row, when in the loop it came to hold ... */
    uint32_t **sure_times; /* ... and to hold without any presumption */
    bool failed;
} sp_run;

#endif
