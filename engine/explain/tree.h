/* The whole explanation of one criterion, or of a node below it: every part with its state, those that decide and those
 * that do not, in the order of the rules. A criterion that several parts ask for is explained once: where the
 * verdict first rests on it, else where it comes first. Lists are left out unless they decide. */
#ifndef SP_EXPLAIN_TREE_H
#define SP_EXPLAIN_TREE_H

#include "explain/address.h"

typedef struct sp_tree_node {
    sp_why why;
    uint32_t parent; /* index, or SP_NONE: the root */
    uint32_t level;  /* for a reader; the root: 0 */
    bool
        merged; /* says no more than its parent, and is on its level: a criterion's one rule, the one criterion that
                        a leaf asks for, an all_of in an all_of */
    uint32_t see;   /* a criterion that is explained elsewhere: that node; else SP_NONE */
    uint32_t below; /* children left out for the depth */
    bool decides;   /* the root's state rests on it, through all that is between */
    sp_str address;
} sp_tree_node;

typedef struct sp_tree {
    sp_arena arena;
    SP_VEC(sp_tree_node)
    nodes; /* a parent before its children, children in order, each with what is below it */
    SP_VEC(sp_tree_node) stack; /* while it is built */
    uint32_t *seats;            /* by criterion and root row: 1 + its node, or 0 */
    size_t *seat_at;
    bool *rests_on; /* by seat: the root's state rests on it */
    bool failed, too_large;
} sp_tree;

/* Builds the tree below `root`, whose address is given, down to the level `depth` (SP_NONE: all of it). OK; LIMIT: more than
 * SURPLACE_MAX_TREE_NODES; NO_MEMORY. It must be freed whatever comes of it. */
surplace_status sp_tree_build(sp_tree *tree, sp_explainer *ex, sp_why root, sp_str address, uint32_t depth);
void sp_tree_free(sp_tree *tree);

#endif
