/* A case's expectations held to what the rules make of it, and what would explain a difference. */
#ifndef SP_EXPLAIN_CHECK_H
#define SP_EXPLAIN_CHECK_H

#include "explain/support.h"

/* How deep and how long an explanation of a difference may grow: it points to where the reasons part, and is not the
 * whole tree. */
#define SP_CLUE_DEPTH 6u
#define SP_CLUE_COUNT 14u

/* One step of the explanation, `depth` rules below the start: a rule that decides, or where the reasons end (a leaf, a
 * list, a criterion that is presumed or of which no rule speaks). */
typedef struct sp_clue {
    uint32_t depth;
    sp_why why;
} sp_clue;

/* Holds expectations to one run after another. Its results are of the expectation held last. */
typedef struct sp_checker {
    sp_state found;
    SP_VEC(sp_str) missing; /* rules expected among the reasons that are not there; spans of the facts */
    sp_support support;     /* of a difference: what is open, contested and presumed */
    SP_VEC(sp_clue) clues;  /* of a difference: from the criterion's rules down to what decides them */
    bool more_clues;        /* there were more than are kept */
    bool failed;            /* memory ran out */
    sp_explainer ex;
    sp_supporter supporter;
} sp_checker;

/* Prepares for the batch that `run` has just evaluated. False if memory ran out. */
bool sp_checker_begin(sp_checker *checker, sp_run *run);
void sp_checker_free(sp_checker *checker);

/* What the rules make of the expectation's criterion. */
sp_state sp_check_state(const sp_run *run, const sp_expectation *expectation);
/* Is the verdict the expected one, and do the expected rules stand in its chain of reasons? */
bool sp_check_expectation(sp_checker *checker, const sp_expectation *expectation);

#endif
