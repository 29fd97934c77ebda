/* Forward chaining: one sweep of bit planes (eval/planes.h) over the network, a fixpoint inside loops (eval/loop.h). */
#ifndef SP_EVAL_RUN_H
#define SP_EVAL_RUN_H

#include "eval/planes.h"

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
