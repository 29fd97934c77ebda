/* What a verdict rests on: the open and contested facts, the judgments and the presumptions in its chain of reasons,
 * and the citations of the rules that decide it. */
#ifndef SP_EXPLAIN_SUPPORT_H
#define SP_EXPLAIN_SUPPORT_H

#include "explain/why.h"

/* A fact of a row of its entity's table. */
typedef struct sp_item {
    uint32_t fact, row;
    const sp_cell *cell; /* what is stated, or the unstated cell */
} sp_item;

typedef SP_VEC(sp_item) sp_items;

/* A criterion at a row of its root frame, or a fact (criterion SP_NONE). */
typedef struct sp_presumed {
    uint32_t criterion, row;
    sp_item fact;
} sp_presumed;

typedef struct sp_support {
    sp_items open, contested, judgments;
    SP_VEC(sp_presumed) presumptions;
    SP_VEC(uint32_t) rules;     /* indices: those of the criterion itself that decide it */
    SP_VEC(uint32_t) chain;     /* indices: those anywhere in the chain of reasons, perhaps several times */
    SP_VEC(uint32_t) passages;  /* indices, sorted, of those rules and their deciding conditions */
    SP_VEC(uint32_t) authority; /* numbers in `authorities`, sorted, likewise */
} sp_support;

/* One thing that a criterion rests on by its own rules. */
typedef enum sp_ground_kind {
    SP_GROUND_RULE, /* what: its index */
    SP_GROUND_COND, /* a deciding condition that cites something; what: its number */
    SP_GROUND_OPEN, /* these four: a fact and its row */
    SP_GROUND_CONTESTED,
    SP_GROUND_JUDGMENT,
    SP_GROUND_PRESUMED,
    SP_GROUND_CRITERION, /* another criterion and its row */
    SP_GROUND_ITSELF     /* the criterion is presumed */
} sp_ground_kind;

typedef struct sp_ground {
    uint8_t kind;
    uint32_t what, row;
} sp_ground;

/* A criterion at a row of its root frame. */
typedef struct sp_seat {
    uint32_t walk;  /* that last came by */
    uint32_t first; /* in `grounds`, or SP_NONE: not looked at in this batch */
    uint32_t count;
} sp_seat;

/* What a rule or condition cites: numbers in `cited`, first the passages. */
typedef struct sp_cites {
    uint32_t first, passages, authorities;
} sp_cites;

typedef struct sp_supporter {
    sp_explainer *ex;
    sp_whys stack;
    SP_VEC(sp_ground) grounds; /* of all seats looked at in this batch */
    SP_VEC(sp_ground) agenda;
    sp_seat *seats;  /* by criterion and root row */
    size_t *seat_at; /* by criterion: where its rows start in `seats` */
    size_t seat_cap;
    uint8_t *noted;   /* by cell of the facts: the lists of the support at hand that have it */
    size_t *noted_at; /* by entity: where its table starts in `noted` */
    size_t noted_cap;
    uint32_t walk;
    sp_arena arena;      /* what follows holds for all batches */
    sp_str *authorities; /* every citation in the rule base once, sorted */
    size_t authority_count;
    SP_VEC(uint32_t) cited;
    sp_cites *rule_cites, *cond_cites; /* by rule; by number of the condition */
    uint8_t *leaf_quiet;               /* by number of a leaf: a sp_quiet */
    bool failed;
} sp_supporter;

/* Prepares for the batch that the explainer's run has just evaluated. False if memory ran out. */
bool sp_supporter_begin(sp_supporter *s, sp_explainer *ex);
/* Fills `support` (emptied first) for a criterion. Lists are without doubles, in no particular order but for
 * passages and authority. */
void sp_supporter_collect(sp_supporter *s, uint32_t criterion, uint32_t row, sp_support *support);
void sp_supporter_free(sp_supporter *s);
void sp_support_free(sp_support *support);

#endif
