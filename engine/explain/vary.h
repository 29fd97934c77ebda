/* What turns a case: for every fact that it states, what would change if the fact were otherwise or not stated. */
#ifndef SP_EXPLAIN_VARY_H
#define SP_EXPLAIN_VARY_H

#include "explain/answers.h"
#include "explain/results.h"

/* A verdict that a variation changes. */
typedef struct sp_turn {
    uint32_t result; /* in the results of the case */
    sp_state state;
    bool presumed;
} sp_turn;

/* A fact changed in one way. */
typedef struct sp_variation {
    uint32_t question; /* the fact, as the question whose answer it is */
    sp_answer answer;
    uint32_t place;       /* among the answers to the question; SP_NONE: none of them */
    const sp_turn *turns; /* in the order of the results */
    uint32_t turn_count;
    uint32_t weight; /* how many of the verdicts that are looked at it turns */
} sp_variation;

/* A stated fact with its variations, those that turn most first. */
typedef struct sp_varied_fact {
    uint32_t question;
    uint32_t first, count; /* in `variations` */
    uint32_t most;         /* verdicts looked at that one variation of it turns */
    uint32_t turned;       /* verdicts of any kind that some variation of it turns */
} sp_varied_fact;

typedef struct sp_variations {
    sp_whatif what;
    sp_questions questions;
    sp_results results;       /* of the case as it is: rows are those of the first lane */
    uint32_t *row, *with_row; /* by result: numbers of rows within the case */
    bool *looked_at;          /* by result: the headline verdicts, or those that were named */
    SP_VEC(sp_variation) variations;
    SP_VEC(sp_varied_fact)
    facts; /* decisive ones first: by `most`, by how many in all, then in the order of questions */
    sp_arena arena;
    bool failed;
} sp_variations;

/* A criterion of the case, by rows of `facts`, that is to be looked at. */
typedef struct sp_vary_target {
    uint32_t criterion, row, with_row;
} sp_vary_target;

/* Varies one case. Without targets the headline verdicts are looked at. OK; LIMIT (*what names it); NO_MEMORY. On failure
 * it must still be freed. The facts must outlive it. */
surplace_status sp_vary(sp_variations *v, const sp_network *net, bool presume, const sp_facts *facts,
                        uint32_t case_index, const sp_vary_target *targets, size_t target_count,
                        const char **what);
void sp_vary_free(sp_variations *v);

/* Lays out one variation (SP_NONE: the case as it is) as the only lane of v->what, not evaluated: to be written as a
 * case. */
void sp_vary_lane(sp_variations *v, uint32_t variation);

#endif
