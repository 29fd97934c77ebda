/* Every combination of answers that makes a difference, run through the evaluator.
 *
 * A node is what a verdict hangs on after some answers; nodes that hang on the same facts in the same way are one.
 * Besides its answers a question has silence, the last edge: nobody knows, and nothing is said. */
#ifndef SP_EXPLAIN_EXPLORE_H
#define SP_EXPLAIN_EXPLORE_H

#include "explain/frontier.h"

typedef struct sp_explore_node {
    uint32_t question; /* asked next, or SP_NONE: nothing more is asked */
    uint32_t first;    /* of its answers' nodes in `edges` */
    uint32_t parent, answer;
    uint8_t state;
    bool presumed, beyond, hides;
} sp_explore_node;

typedef struct sp_explorer {
    sp_whatif *what;
    sp_questions *questions;
    sp_frontier_walk walk;
    sp_frontier frontier;
    uint32_t criterion, row, with_row; /* numbers of rows within the case */
    SP_VEC(sp_explore_node) nodes;     /* the first: no answers */
    SP_VEC(uint32_t) edges;
    SP_VEC(bool)
    asked, beneath; /* by question: some node hangs on it directly; a presumption stands before it */
    SP_VEC(uint32_t) first_asked; /* what the first node hangs on */
    sp_intern keys;
    SP_VEC(sp_change) changes;
    bool failed;
} sp_explorer;

/* Is a question one whose answer is an entry of a collection, or several? There are as many answers as entries: such
 * questions are asked last. */
bool sp_explore_last(const sp_questions *questions, uint32_t question);
/* Explores until no further question, and no further answer to be told apart, is found. OK; LIMIT; NO_MEMORY. */
surplace_status sp_explore(sp_explorer *e, const char **what);
void sp_explorer_free(sp_explorer *e);

#endif
