/* What would settle a verdict: every combination of answers to the open questions in its chain of reasons is run
 * through the evaluator, a lane each, as far as answers make a difference; what comes of them is kept as a decision
 * diagram, from which the smallest sufficient sets of answers, the questions that cannot matter and the best next
 * question are read.
 *
 * A question is a fact of an entry that the case has: not stated, stated as unknown, contested (then the answer is one
 * of the assertions), a date whose missing digits matter, or a list that may go on. Presumptions stand: what only a
 * presumption has resolved is asked for only where some other reason asks for it too. The facts of entries that the
 * case does not have are not asked for: an answer that adds one leaves the verdict as open as its silence does. */
#ifndef SP_EXPLAIN_SETTLE_H
#define SP_EXPLAIN_SETTLE_H

#include "explain/diagram.h"
#include "explain/explore.h"
#include "explain/support.h"

/* A criterion or a fact (the other SP_NONE) that is presumed. */
typedef struct sp_presumed_name {
    uint32_t criterion, fact;
} sp_presumed_name;

/* A set of answers that settles the verdict. */
typedef struct sp_settling {
    sp_picks picks; /* a question may stand several times in a row: any of these answers to it */
    uint32_t count; /* of questions */
    bool evaluated; /* the evaluator decides, with silence on all else */
    bool
        proven; /* whichever way the other questions are answered, the verdict is the same; of sets that are
                       evaluated but not proven, some answer to another question could change it */
    const sp_presumed_name *presumptions; /* that it then rests on */
    uint32_t presumption_count;
} sp_settling;

typedef SP_VEC(sp_settling) sp_settlings;

/* What one answer to a question would do. */
typedef struct sp_prospect {
    sp_state state; /* at once */
    bool presumed;
    uint32_t states, answered; /* as below, once it is given */
} sp_prospect;

typedef struct sp_settlement {
    uint32_t criterion, row, with_row; /* numbers of rows within the case */
    sp_state state;
    bool presumed;
    uint32_t states;   /* that answers can bring it to, with silence on the rest, a bit each */
    uint32_t answered; /* that it can have once everything is answered: one alone is proven */
    bool limited;      /* some answers leave it open for what is not asked for */
    bool hides;        /* ... so that nothing can be said of what cannot matter */
    sp_questions questions;
    bool *matters; /* by question */
    uint32_t
        *rank; /* by question: its place in the order for a reader: entities by name, facts as declared */
    uint32_t best;          /* the best next question, or SP_NONE */
    sp_prospect *prospects; /* of it: by answer */
    sp_settlings holds, fails;
    bool more_holds, more_fails; /* there are larger sets than those listed */
    sp_questions reached;        /* open and contested facts that the rules of the criterion read at all */
    SP_VEC(uint32_t) idle;       /* of these: those that cannot matter any more */
    sp_whatif what;
    sp_arena arena;
    size_t what_ifs; /* that were run */
    bool failed;
} sp_settlement;

/* Settles a criterion of a case: `row` and `with_row` (SP_NONE: none) are rows of `facts`. OK; LIMIT (*what names it);
 * NO_MEMORY. On failure it must still be freed. The facts must outlive it. */
surplace_status sp_settle(sp_settlement *s, const sp_network *net, bool presume, const sp_facts *facts,
                          uint32_t case_index, uint32_t criterion, uint32_t row, uint32_t with_row,
                          const char **what);
void sp_settlement_free(sp_settlement *s);

#endif
