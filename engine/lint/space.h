/* Everything that some conditions may come to, over all cases that there can be.
 *
 * Every leaf and every quantifier is an atom that holds, fails or is neither, so a condition is a pair of functions: when
 * it holds and when it fails. Atoms that ask the same subject bind one another (a number at least 5 is not below 3), and
 * so do quantifiers over the same list; the theory says which states of all atoms can be together. What is bound in other
 * ways (a criterion by its own rules, a list by what its members are) counts as free: so "never" and "always the same"
 * are certain, and what is not found may still be so. */
#ifndef SP_LINT_SPACE_H
#define SP_LINT_SPACE_H

#include "lint/atoms.h"

/* False if memory ran out. The rule base must outlive it. */
bool sp_space_init(sp_space *space, const sp_rulebase *base);
void sp_space_free(sp_space *space);

/* Starts anew with some conditions of rules about the same criterion. True if all their states were worked out; then the
 * functions below may be asked. False past a limit, or if memory ran out (`failed`). */
bool sp_space_begin(sp_space *space, sp_cond *const *conds, size_t count);
/* A condition of those; parts that are `dropped` count as not written. */
sp_formula sp_space_formula(sp_space *space, const sp_cond *cond);
/* A leaf or a quantifier, `is not` and exceptions left aside. */
sp_formula sp_space_atom(sp_space *space, uint32_t atom);
/* What a quantifier asks of a member of its list. */
sp_formula sp_space_member(sp_space *space, const sp_cond *quantifier);
/* Limits reached since? */
static inline bool sp_space_sound(const sp_space *space)
{
    return sp_bdd_sound(&space->bdd) && !space->failed;
}

/* Can `f` be true, and are two the same, in states that can be? */
bool sp_space_possible(sp_space *space, sp_bdd_ref f);
/* Fills `states`, by atom, with states that can be together and make `f` true, as few as may be decided: SP_OPEN where it
 * does not matter. False if there are none. */
bool sp_space_example(sp_space *space, sp_bdd_ref f, uint8_t *states);
bool sp_space_implies(sp_space *space, sp_bdd_ref a, sp_bdd_ref b);
bool sp_space_same(sp_space *space, sp_formula a, sp_formula b);

#endif
