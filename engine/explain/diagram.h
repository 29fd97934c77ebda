/* Decision diagrams over questions: what a verdict comes to for every combination of answers.
 *
 * A diagram is an edge: a state at its end, or a question and an edge for each answer. Questions stand in the order of
 * their numbers on every path, nobody is asked what makes no difference, and equal diagrams are one edge; so a question
 * stands in a diagram exactly where it matters (Bryant 1986, for answers of more than two values). */
#ifndef SP_EXPLAIN_DIAGRAM_H
#define SP_EXPLAIN_DIAGRAM_H

#include "base/arena.h"
#include "base/intern.h"
#include "base/vec.h"
#include "model/state.h"

/* An answer to a question. */
typedef struct sp_pick {
    uint32_t question, answer;
} sp_pick;

/* A set of answers, by number of the question. */
typedef struct sp_picks {
    const sp_pick *items;
    uint32_t count;
} sp_picks;

typedef SP_VEC(sp_picks) sp_pick_sets;

struct sp_diagram_node {
    uint32_t question, first; /* first: of its edges in `edges` */
};

typedef struct sp_diagrams {
    const uint32_t *answers; /* by question: how many it has */
    uint32_t questions;
    SP_VEC(struct sp_diagram_node) nodes; /* edge e is a state (e < 4) or nodes.items[e - 4] */
    SP_VEC(uint32_t) edges;
    sp_intern unique, results; /* nodes by content; results of operations */
    SP_VEC(uint32_t) result_edges;
    size_t limit; /* of nodes */
    bool over, failed;
    sp_buf key;
} sp_diagrams;

void sp_diagrams_init(sp_diagrams *d, const uint32_t *answers, uint32_t questions, size_t limit);
void sp_diagrams_free(sp_diagrams *d);

/* The diagram that is edges[i] where the i-th answer is given. */
uint32_t sp_diagram_case(sp_diagrams *d, uint32_t question, const uint32_t *edges);
/* SP_HOLDS where a diagram comes to a state, SP_FAILS elsewhere. */
uint32_t sp_diagram_is(sp_diagrams *d, uint32_t edge, sp_state state);
/* The states that a diagram can come to, a bit each; where everything is answered, or silence is an answer too. */
uint32_t sp_diagram_states(sp_diagrams *d, uint32_t edge, bool silence);
/* Marks the questions that make a difference. */
void sp_diagram_mark(const sp_diagrams *d, uint32_t edge, bool *matters);
/* How often a diagram comes to each state if every answer to every question, and silence, is as likely. */
void sp_diagram_shares(sp_diagrams *d, uint32_t edge, double shares[4]);
/* The same once a question has been given an answer. */
uint32_t sp_diagram_given(sp_diagrams *d, uint32_t edge, uint32_t question, uint32_t answer);

/* The last answer to a question is silence. The smallest sets of answers that make a yes-or-no diagram SP_HOLDS: with
 * silence on everything else, or (`whatever`) whatever else is answered; none contains another. Those with at most `size`
 * answers; false if there are more than `most` or memory ran out (d->failed). */
bool sp_diagram_sets(sp_diagrams *d, uint32_t edge, bool whatever, uint32_t size, size_t most,
                     sp_arena *arena, sp_pick_sets *sets);
/* Does a yes-or-no diagram hold with some answers, whatever else is answered? */
bool sp_diagram_sure(sp_diagrams *d, uint32_t edge, const sp_picks *picks);

#endif
