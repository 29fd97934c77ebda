/* The grounds of a criterion at a row: what it rests on by its own rules. Every criterion is walked at most once for each
 * of its rows, down to the facts and the other criteria that decide it. */
#ifndef SP_EXPLAIN_GROUNDS_H
#define SP_EXPLAIN_GROUNDS_H

#include "explain/cites.h"
#include "explain/patterns.h"

/* One thing that a criterion rests on by its own rules. */
typedef enum sp_ground_kind {
    SP_GROUND_RULE, /* what: its index */
    SP_GROUND_COND, /* a deciding condition that cites something; what: its number */
    SP_GROUND_OPEN, /* these five: a fact and its row */
    SP_GROUND_CONTESTED,
    SP_GROUND_JUDGMENT,
    SP_GROUND_PRESUMED,
    SP_GROUND_DATED,     /* a fact of the world that decides, and says when it was found */
    SP_GROUND_CRITERION, /* another criterion and its row */
    SP_GROUND_ITSELF     /* the criterion is presumed */
} sp_ground_kind;

typedef struct sp_ground {
    uint8_t kind;
    uint32_t what, row;
} sp_ground;

/* A criterion at a row of its root frame. */
typedef struct sp_seat {
    uint32_t first; /* in `list`, or SP_NONE: not looked at in this batch */
    uint32_t count;
    uint32_t pattern; /* which has its rules and conditions, so far as `list` does not; or SP_NONE */
    bool mixed;       /* `list` has some too */
} sp_seat;

typedef struct sp_grounds {
    sp_explainer *ex;
    const sp_cite_list *cites;
    sp_patterns patterns;
    sp_whys stack, filling;
    SP_VEC(sp_ground) list; /* of all seats looked at in this batch */
    sp_seat *seats;         /* by criterion and root row */
    size_t *seat_at;        /* by criterion: where its rows start in `seats` */
    size_t seat_count, seat_cap;
    sp_arena arena;
    uint8_t *leaf_quiet; /* by number of a leaf: a sp_quiet */
    bool failed;
} sp_grounds;

/* Prepares for the batch that the explainer's run has just evaluated. False if memory ran out. */
bool sp_grounds_begin(sp_grounds *grounds, sp_explainer *ex, const sp_cite_list *cites);
/* Looks at a criterion: the number of its seat. */
size_t sp_grounds_look(sp_grounds *grounds, uint32_t criterion, uint32_t row);
void sp_grounds_free(sp_grounds *grounds);

#endif
