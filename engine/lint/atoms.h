/* The atoms of conditions: which leaves and quantifiers ask the same, and which ask the same subject. */
#ifndef SP_LINT_ATOMS_H
#define SP_LINT_ATOMS_H

#include "lint/bdd.h"
#include "model/rules.h"
#include "surplace/limits.h"

/* Past these a condition is not decided. The first bounds the depth of recursion, the second time and memory. */
#define SP_LINT_MAX_ATOMS 400u
#define SP_LINT_MAX_BDD_NODES 200000u

/* Levels of variables: the case, one or two of the conclusion, those of quantifiers. */
#define SP_LINT_LEVELS (SURPLACE_MAX_QUANTIFIER_DEPTH + 4)

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
    uint32_t lists
        [SP_LINT_LEVELS]; /* by level of a quantifier's variable: the list that it runs over, or SP_NONE */
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

/* Finds the atoms of a condition. */
void sp_atoms_collect(sp_space *space, const sp_cond *cond);
/* Works out the regions of a group and in which of them its atoms hold. */
void sp_atoms_regions(sp_space *space, uint32_t index);

#endif
