/* Forward chaining: one sweep of bit planes over the network, a fixpoint inside loops.
 *
 * A node's value over the rows of its frame is five planes, a bit a row: holds, fails, contested (none set: open),
 * and what would hold and fail if nothing were presumed. A verdict rests on a presumption where it holds (fails) but
 * would not without. Source of the connectives: model/state.h; here they work on 64 rows at a time. */
#ifndef SP_EVAL_RUN_H
#define SP_EVAL_RUN_H

#include "eval/leaf.h"

enum { SP_PLANE_HOLDS, SP_PLANE_FAILS, SP_PLANE_CONTESTED, SP_PLANE_SURELY_HOLDS, SP_PLANE_SURELY_FAILS, SP_PLANES };

typedef struct sp_run {
    const sp_network *net;
    const sp_facts *facts;
    bool presume; /* apply presumptions */
    sp_rows rows;
    sp_leaf_reader leaf;
    uint64_t *planes;  /* of all nodes, one after another */
    size_t planes_cap;
    size_t *offset;    /* by node: where its planes start */
    uint32_t **times;  /* by node: of recursive ones, by row, when in the loop it came to hold */
    bool failed;
} sp_run;

/* The network is shared and read-only; a run belongs to one thread. False if memory ran out. */
bool sp_run_init(sp_run *run, const sp_network *net, bool presume);
/* Evaluates a batch. OK; LIMIT (too many rows, or a pattern that reached its limit: *what names it); NO_MEMORY. The
 * facts must stay as they are while states are read. */
surplace_status sp_run_batch(sp_run *run, const sp_facts *facts, const char **what);
void sp_run_free(sp_run *run);

/* The state of a node at a row of its frame. */
sp_state sp_run_state(const sp_run *run, uint32_t node, uint32_t row);
/* Does that state rest on a presumption? */
bool sp_run_presumed(const sp_run *run, uint32_t node, uint32_t row);
/* Of a recursive node: when it came to hold, so that reasons can be given without a circle. 0 elsewhere. */
uint32_t sp_run_time(const sp_run *run, uint32_t node, uint32_t row);
/* The row that a lookup reads: in the root frame of its criterion; SP_NONE if a reference is open or contested. */
uint32_t sp_run_lookup_row(sp_run *run, const sp_net_node *node, uint32_t row);

#endif
