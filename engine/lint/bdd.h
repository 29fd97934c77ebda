/* Binary decision diagrams [Bryant 1986]: a function of yes-or-no variables as a graph that is the same for equal
 * functions, so that "is it the same?" is one comparison. Bounded: past the limit every result is false and `over` is
 * set, and nothing that was computed may be believed. */
#ifndef SP_LINT_BDD_H
#define SP_LINT_BDD_H

#include <stdint.h>

#include "base/vec.h"

typedef uint32_t sp_bdd_ref;

#define SP_BDD_FALSE 0u
#define SP_BDD_TRUE 1u

typedef struct sp_bdd_node {
    uint32_t variable;
    sp_bdd_ref low, high; /* where the variable is no, and yes */
} sp_bdd_node;

/* All-zero is not valid: sp_bdd_reset first. */
typedef struct sp_bdd {
    SP_VEC(sp_bdd_node) nodes; /* 0 is false, 1 is true */
    uint32_t *slots;           /* open addressing over the nodes */
    struct sp_bdd_result *results;
    uint32_t slot_count;
    uint32_t limit; /* of nodes */
    bool over, failed;
} sp_bdd;

/* Empties, and keeps the memory. False if memory ran out. */
bool sp_bdd_reset(sp_bdd *bdd, uint32_t limit);
void sp_bdd_free(sp_bdd *bdd);

/* Variables stand in the order of their numbers. */
sp_bdd_ref sp_bdd_variable(sp_bdd *bdd, uint32_t variable);
sp_bdd_ref sp_bdd_if(sp_bdd *bdd, sp_bdd_ref test, sp_bdd_ref then, sp_bdd_ref otherwise);
sp_bdd_ref sp_bdd_and(sp_bdd *bdd, sp_bdd_ref a, sp_bdd_ref b);
sp_bdd_ref sp_bdd_or(sp_bdd *bdd, sp_bdd_ref a, sp_bdd_ref b);
sp_bdd_ref sp_bdd_not(sp_bdd *bdd, sp_bdd_ref a);

static inline bool sp_bdd_sound(const sp_bdd *bdd)
{
    return !bdd->over && !bdd->failed;
}

#endif
