/* Forward chaining: one sweep of bit planes over the network, a fixpoint inside loops.
 *
 * A node's value over the rows of its frame is five planes, a bit a row: holds, fails, contested (none set: open),
 * and what would hold and fail if nothing were presumed. A verdict rests on a presumption where it holds (fails) but
 * would not without. Source of the connectives: model/state.h; here they work on 64 rows at a time. */
#ifndef SP_EVAL_RUN_H
#define SP_EVAL_RUN_H

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
    sp_rows rows;
    sp_leaf_reader leaf;
    sp_lanes *memory; /* of all nodes, one after another */
    size_t memory_cap;
    sp_lanes **lanes;      /* by node: its rows, 64 at a time */
    uint32_t **times;      /* by node: of recursive ones, by row, when in the loop it came to hold ... */
    uint32_t **sure_times; /* ... and to hold without any presumption */
    bool failed;
} sp_run;

/* The network is shared and read-only; a run belongs to one thread. False if memory ran out. */
bool sp_run_init(sp_run *run, const sp_network *net, bool presume);
/* Evaluates a batch. OK; LIMIT (too many rows, or a pattern that reached its limit: *what names it); NO_MEMORY. The
 * facts must stay as they are while states are read. */
surplace_status sp_run_batch(sp_run *run, const sp_facts *facts, const char **what);
void sp_run_free(sp_run *run);

/* The state of a node at a row of its frame. */
static inline sp_state sp_run_state(const sp_run *run, uint32_t node, uint32_t row)
{
    return sp_lanes_state(&run->lanes[node][row / 64], row % 64);
}

/* Does that state rest on a presumption? */
static inline bool sp_run_presumed(const sp_run *run, uint32_t node, uint32_t row)
{
    return sp_lanes_presumed(&run->lanes[node][row / 64]) >> (row % 64) & 1;
}

/* Of a recursive node: when it came to hold, so that reasons can be given without a circle. 0 elsewhere. */
uint32_t sp_run_time(const sp_run *run, uint32_t node, uint32_t row);
/* The same for when it came to hold without any presumption: later, where something presumed was quicker. */
uint32_t sp_run_sure_time(const sp_run *run, uint32_t node, uint32_t row);
/* The row that a lookup reads: in the root frame of its criterion; SP_NONE if a reference is open or contested. */
uint32_t sp_run_lookup_row(sp_run *run, const sp_net_node *node, uint32_t row);

#endif
