/* The shortest account of a verdict, and what would have to be different.
 *
 * Both are sets of ends: leaves and lists of the criterion's tree. An account is a set of ends that bring the verdict
 * about as they are, whatever all others say. A change is a set of ends that, otherwise than they are, bring the other
 * verdict about. Every node has a family of such sets: of a conjunction that is to hold, one set of each part together;
 * of one that is to fail, the sets of any part; and so on. From each family the sets that contain another are left out,
 * so that an end which several parts share counts once and the smallest set is exact.
 *
 * A list can be otherwise too: name somebody where it names nobody, be said in full, leave a member out. That it could
 * name yet another member is not looked at: of that member everything would have to be said.
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

/* What is wanted of an end for the verdict. */
typedef enum sp_account_want {
    SP_WANT_HOLDS, /* a leaf, or a criterion (presumed, or too deep to look into) */
    SP_WANT_FAILS,
    SP_WANT_MEMBER,   /* a list: to name one that counts */
    SP_WANT_IN_FULL,  /* a list: to be said in full, and to name none that stands in the way */
    SP_WANT_LEFT_OUT, /* a member: not to be in the list */
    SP_WANT_AS_IT_IS  /* a list of an account */
} sp_account_want;

typedef struct sp_account_end {
    sp_why why;
    sp_account_want want;
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
