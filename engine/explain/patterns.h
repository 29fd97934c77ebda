/* Walks down rules, remembered by the states that they saw. Which parts decide is a question of states alone, and the
 * same rules meet the same states over and over: in other cases, at other rows. What a walk comes to is kept under the
 * states of all the nodes that it may look at; at another row with the same states it is only filled in.
 *
 * A scope is what a walk can see from where it starts: the conditions of a criterion's rules, or of a quantifier's body and
 * limit, down to the members of further lists, which have scopes of their own. */
#ifndef SP_EXPLAIN_PATTERNS_H
#define SP_EXPLAIN_PATTERNS_H

#include "explain/why.h"

typedef struct sp_scope {
    uint32_t first, count; /* in `nodes` */
    bool listed;
    bool timed; /* in a loop it matters, too, when something came to hold: nothing is remembered */
} sp_scope;

/* A reason that is filled in with the row at hand. */
typedef struct sp_pattern_step {
    sp_why why;
    bool notes;   /* it reads facts worth noting */
    bool reaches; /* it leads out of the scope: to criteria and to members of lists */
} sp_pattern_step;

/* A rule or a deciding condition: what a walk comes to at whatever row. */
typedef struct sp_fixed {
    bool rule;
    uint32_t what; /* the rule's index, or the condition's number */
} sp_fixed;

typedef struct sp_pattern {
    uint32_t scope, role;
    uint32_t next; /* 1 + the next in the same bucket */
    size_t key;    /* in `keys` */
    size_t first_fixed, fixed_count;
    size_t first_step, step_count;
} sp_pattern;

typedef struct sp_patterns {
    const sp_run *run;
    const sp_rulebase *base;
    sp_scope *scopes; /* by criterion; then by number of a quantifying condition */
    SP_VEC(uint32_t) nodes;
    SP_VEC(uint64_t) keys;
    SP_VEC(sp_pattern) list;
    SP_VEC(sp_fixed) fixed;
    SP_VEC(sp_pattern_step) steps;
    uint32_t *buckets;  /* 1 + the first pattern */
    uint32_t *seen;     /* by node: 1 + the scope that had it last */
    uint32_t forgotten; /* how often all was forgotten, and the numbers of patterns began anew */
    sp_arena arena;
    bool failed;
} sp_patterns;

/* Prepares for a batch. What was remembered stays, unless it has become much. False if memory ran out. */
bool sp_patterns_begin(sp_patterns *p, const sp_run *run);
/* The scope of a criterion's or a member's reason. */
uint32_t sp_patterns_scope(sp_patterns *p, const sp_why *why);
/* The number of the pattern for the states at the reason's row. *fresh: it was not there before, and is to be filled.
 * SP_NONE: nothing can be remembered of it, or no more. */
uint32_t sp_patterns_find(sp_patterns *p, uint32_t scope, const sp_why *why, bool *fresh);
void sp_patterns_free(sp_patterns *p);

#endif
