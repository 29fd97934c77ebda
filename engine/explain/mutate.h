/* Mutants of a rule base: each is the rule base with one small change that makes it wrong, such as a condition left out.
 * Cases that are worth something notice it. A mutant that no case notices shows what they do not test, or a part of the
 * rules that makes no difference.
 *
 * A mutant never touches the rule base: it is a copy that shares all but what is changed. */
#ifndef SP_EXPLAIN_MUTATE_H
#define SP_EXPLAIN_MUTATE_H

#include "net/network.h"

typedef enum sp_change {
    SP_CHANGE_RULE_OUT,        /* a rule is not in force */
    SP_CHANGE_PART_OUT,        /* a part of all_of, any_of, none_of or at_least is left out */
    SP_CHANGE_EXCEPTION_OUT,   /* a part of `unless` is left out */
    SP_CHANGE_WHERE_OUT,       /* a quantifier's `where` is left out */
    SP_CHANGE_NEGATED,         /* a leaf says the opposite */
    SP_CHANGE_QUANTIFIER,      /* for_some and for_every exchanged */
    SP_CHANGE_IF_EMPTY,        /* for_every over nothing: the opposite */
    SP_CHANGE_OPERATOR,        /* is before -> is on or before */
    SP_CHANGE_VALUE,           /* a value that is compared with: another */
    SP_CHANGE_VALUE_OUT,       /* one of several values is left out */
    SP_CHANGE_COUNT,           /* at_least n: one more, one fewer */
    SP_CHANGE_PARAMETER,       /* a parameter's default, or a reading's setting of it: another value */
    SP_CHANGE_DROP_OUT,        /* a reading does not drop a rule */
    SP_CHANGE_REPLACEMENT_OUT, /* a reading does not replace a rule */
    SP_CHANGE_PRESUMPTION_OUT, /* nothing is presumed; of a reading's own: what stands without it */
    SP_CHANGE_PRESUMPTION /* the opposite is presumed; where a reading presumes nothing: that it fails */
} sp_change;

typedef enum sp_mutant_fate {
    SP_MUTANT_ASLEEP, /* what is changed is in force under no reading that was run */
    SP_MUTANT_NOTICED,
    SP_MUTANT_SURVIVED,
    SP_MUTANT_IMPOSSIBLE /* no case notices it, and under some reading it is no law: a cycle through an exception */
} sp_mutant_fate;

typedef struct sp_mutant {
    uint8_t change, fate;
    uint32_t rule;       /* rule, and all within one; else SP_NONE */
    const sp_cond *cond; /* the node that is changed or left out */
    uint32_t
        reading; /* parameter, drop, replacement, presumption: the reading, or SP_NONE: what holds of all */
    uint32_t
        index; /* which of the values, settings, drops, replacements, presumptions; parameter's default: the parameter */
    uint32_t criterion, fact; /* presumption: whose; the other is SP_NONE */
    uint32_t number;          /* operator, count */
    sp_value value;           /* value, parameter */
    sp_place place;
    sp_str
        address; /* "refugee / person.location is not tie.state / left out": names it, stays when lines move */
    sp_str because; /* why it makes no difference, as the author of the rules has explained; may be empty */
} sp_mutant;

/* All mutants of a rule base, in the order of their places. */
typedef struct sp_mutants {
    const sp_rulebase *base;
    SP_VEC(sp_mutant) list;
    sp_arena arena;
    bool failed; /* memory ran out */
} sp_mutants;

/* False if memory ran out. The rule base must outlive it. */
bool sp_mutants_list(sp_mutants *mutants, const sp_rulebase *base);
void sp_mutants_free(sp_mutants *mutants);
/* The mutant of that address, or NULL. */
sp_mutant *sp_mutants_find(sp_mutants *mutants, sp_str address);
size_t sp_mutants_count(const sp_mutants *mutants, sp_mutant_fate fate);

/* Is what is changed in force under the reading that the network was compiled from? */
bool sp_mutant_concerns(const sp_mutant *mutant, const sp_network *net);
/* Makes `copy` the rule base with the change. What it does not share is of the arena. False if memory ran out. The
 * copy is not to be freed. */
bool sp_mutant_make(const sp_mutant *mutant, const sp_rulebase *base, sp_arena *arena, sp_rulebase *copy);

#endif
