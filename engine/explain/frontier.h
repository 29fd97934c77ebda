/* What a verdict in a lane still hangs on: the open and contested facts in its chain of reasons, as questions.
 *
 * It is read off the planes, as reasons are. The walk goes from the criterion down through every part that is
 * undetermined or rests on a presumption; what is surely decided stays so whatever is said later. */
#ifndef SP_EXPLAIN_FRONTIER_H
#define SP_EXPLAIN_FRONTIER_H

#include "explain/answers.h"
#include "explain/why.h"

typedef struct sp_frontier {
    SP_VEC(uint32_t) asked; /* questions, in the order of the walk, each once */
    SP_VEC(uint32_t)
    beneath; /* those that only a presumption stands before: their answer could displace it */
    bool
        beyond; /* hangs also on what is no question: facts of entries that the case does not have, further members, a
                    text that a pattern is to match, a criterion without rules */
    bool hides; /* what is beyond may lead to facts of entries that the case has */
    sp_buf key; /* two lanes with the same key hang on the same facts in the same way */
} sp_frontier;

/* A criterion at a row of its root frame that was walked into. */
typedef struct sp_frontier_seat {
    uint32_t criterion, row;
    bool beneath, frozen;
    bool entered; /* and not yet left */
    bool live;    /* there is a question in it */
    uint32_t
        loop; /* the outermost seat that it leads back to, or SP_NONE: what that comes to decides here too */
} sp_frontier_seat;

typedef struct sp_frontier_walk {
    sp_questions *questions;
    sp_whatif *what;
    sp_explainer ex;
    const sp_change *changes; /* of the lane */
    size_t change_count;
    bool everything; /* walk into what is surely decided too */
    SP_VEC(sp_frontier_seat) seats;
    sp_whys children;
    sp_targets left, right, prefix;
    sp_frontier *out;
    const bool
        *asked_anywhere; /* by question: some verdict of the exploration hangs on it directly; or NULL */
    size_t asked_count;
    uint32_t depth;
    bool live;     /* there is a question in the part at hand */
    uint32_t loop; /* the outermost seat entered that it leads back to, or SP_NONE */
    bool too_deep, failed;
} sp_frontier_walk;

void sp_frontier_walk_init(sp_frontier_walk *walk, sp_questions *questions);
void sp_frontier_walk_free(sp_frontier_walk *walk);
/* Fills `out` (emptied first) for a criterion's row in a lane that has just been evaluated; the changes are those that
 * it was made with, one for each question answered (SP_CHANGE_NONE: nobody knows). */
void sp_frontier_find(sp_frontier_walk *walk, uint32_t criterion, uint32_t root_row,
                      const sp_change *changes, size_t count, sp_frontier *out);
void sp_frontier_free(sp_frontier *frontier);

#endif
