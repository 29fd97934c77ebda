/* The shortest account of a verdict, and what would have to be different.
 *
 * Both are sets of ends: leaves and lists of the criterion's tree. An account is a set of ends that bring the verdict
 * about as they are, whatever all others say. A change is a set of ends that, otherwise than they are, bring the other
 * verdict about. Every node has a family of such sets: of a conjunction that is to hold, one set of each part together;
 * of one that is to fail, the sets of any part; and so on. From each family the sets that contain another are left out,
 * so that an end which several parts share counts once and the smallest set is exact.
 *
 * Each end is taken by itself: that two leaves ask for the same fact, and that some answer to it serves or defeats both,
 * is not looked at. `settle` and `vary` evaluate such answers. */
#ifndef SP_EXPLAIN_ACCOUNT_H
#define SP_EXPLAIN_ACCOUNT_H

#include "explain/why.h"

typedef enum sp_account_kind {
    SP_ACCOUNT_AS_IT_IS, /* what brings the wanted verdict about as things are */
    SP_ACCOUNT_OTHERWISE /* what would have to be otherwise for the wanted verdict */
} sp_account_kind;

/* A leaf, a list, or a criterion (presumed, or without rules). */
typedef struct sp_account_end {
    sp_why why;
    sp_state wanted; /* holds or fails; of a list nothing */
} sp_account_end;

typedef struct sp_account {
    SP_VEC(sp_account_end)
    ends;        /* of all smallest sets, one after another, each in the order of the rules */
    size_t size; /* ends of each */
    size_t ways; /* smallest sets; 0: there is no way */
    bool exact;  /* false: there may be a smaller one, too many were in sight */
} sp_account;

/* Fills `account` (emptied first) for the verdict `wanted`, holds or fails, of a criterion or any other reason. OK or
 * NO_MEMORY. */
surplace_status sp_account_find(sp_explainer *ex, const sp_why *why, sp_account_kind kind, sp_state wanted,
                                sp_account *account);
void sp_account_free(sp_account *account);

#endif
