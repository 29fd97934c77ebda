/* Everything that some conditions may come to, over all cases that there can be.
 *
 * Every leaf and every quantifier is an atom that holds, fails or is neither, so a condition is a pair of functions: when
 * it holds and when it fails. Atoms that ask the same subject bind one another (a number at least 5 is not below 3), and
 * so do quantifiers over the same list; the theory says which states of all atoms can be together. What is bound in other
 * ways (a criterion by its own rules, a list by what its members are) counts as free: so "never" and "always the same"
 * are certain, and what is not found may still be so. */
#ifndef SP_LINT_SPACE_H
#define SP_LINT_SPACE_H

#include "lint/bdd.h"
#include "model/rules.h"

/* Past these a condition is not decided. The first bounds the depth of recursion, the second time and memory. */
#define SP_LINT_MAX_ATOMS 400u
#define SP_LINT_MAX_BDD_NODES 200000u

/* When a condition holds and when it fails. */
typedef struct sp_formula {
    sp_bdd_ref holds, fails;
} sp_formula;

typedef enum sp_group_kind {
    SP_GROUP_FREE,    /* atoms that nothing binds */
    SP_GROUP_VALUES,  /* a subject against written values */
    SP_GROUP_RELATION /* a subject against another */
} sp_group_kind;

/* Atoms that ask the same subject. Its values fall into regions, within each of which every atom has one answer. */
typedef struct sp_group {
    uint8_t kind;
    uint32_t atom_count;
    const sp_cond *leaf;               /* the first: its subject is the group's */
    SP_VEC(const sp_operand *) values; /* different ones, in order; of numbers and dates from the lowest */
    uint32_t region_count;
    uint64_t regions; /* those that there are */
    bool same;        /* relation of a subject to itself */
    bool opaque;      /* too many values, or dates that overlap: its atoms are free */
} sp_group;

typedef struct sp_atom {
    const sp_cond *cond; /* the first leaf or quantifier of the kind */
    uint32_t group;
    uint32_t variable; /* the first of two: holds; the next: fails */
    uint64_t answers;  /* the regions in which it holds */
    uint32_t list;     /* quantifier: number of its list's key, else SP_NONE */
    sp_formula member; /* quantifier: what it asks of each member */
    bool flipped;      /* relation: written the other way round than the group's */
} sp_atom;

typedef struct sp_space {
    const sp_rulebase *base;
    sp_bdd bdd;
    sp_intern keys; /* of atoms, groups and lists */
    SP_VEC(uint32_t) key_atoms, key_groups;
    SP_VEC(sp_atom) atoms;
    SP_VEC(sp_group) groups;
    uint32_t *atom_of;      /* by condition: its atom, or SP_NONE */
    bool *dropped;          /* by condition: left out of formulas */
    SP_VEC(uint32_t) noted; /* conditions that have an atom, to be forgotten */
    sp_bdd_ref theory;
    bool failed, too_many;
} sp_space;

/* False if memory ran out. The rule base must outlive it. */
bool sp_space_init(sp_space *space, const sp_rulebase *base);
void sp_space_free(sp_space *space);

/* Starts anew with some conditions of rules about the same criterion. True if all their states were worked out; then the
 * functions below may be asked. False past a limit, or if memory ran out (`failed`). */
bool sp_space_begin(sp_space *space, sp_cond *const *conds, size_t count);
/* A condition of those; parts that are `dropped` count as not written. */
sp_formula sp_space_formula(sp_space *space, const sp_cond *cond);
/* What a quantifier asks of a member of its list. */
sp_formula sp_space_member(sp_space *space, const sp_cond *quantifier);
/* Limits reached since? */
static inline bool sp_space_sound(const sp_space *space)
{
    return sp_bdd_sound(&space->bdd) && !space->failed;
}

/* Can `f` be true, and are two the same, in states that can be? */
bool sp_space_possible(sp_space *space, sp_bdd_ref f);
bool sp_space_implies(sp_space *space, sp_bdd_ref a, sp_bdd_ref b);
bool sp_space_same(sp_space *space, sp_formula a, sp_formula b);

#endif
