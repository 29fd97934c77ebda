/* What a verdict rests on: the open and contested facts, the judgments and the presumptions in its chain of reasons,
 * and the citations of the rules that decide it. */
#ifndef SP_EXPLAIN_SUPPORT_H
#define SP_EXPLAIN_SUPPORT_H

#include "explain/grounds.h"

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
    sp_items dated; /* facts of the world that say when they were found */
    SP_VEC(sp_presumed) presumptions;
    SP_VEC(uint32_t) rules;     /* indices: those of the criterion itself that decide it */
    SP_VEC(uint32_t) chain;     /* indices: those anywhere in the chain of reasons, if asked for */
    SP_VEC(uint32_t) passages;  /* indices, sorted, of those rules and their deciding conditions */
    SP_VEC(uint32_t) authority; /* numbers in `cites.authorities`, sorted, likewise */
} sp_support;

/* Something noted in a batch: a fact, or a criterion that is presumed. */
typedef struct sp_noted {
    bool criterion;
    uint16_t marks; /* of the kinds under which the set being made has it; 0 between sets */
    uint32_t what, row;
} sp_noted;

typedef struct sp_found {
    uint8_t kind;  /* sp_ground_kind */
    uint32_t item; /* in `noted` */
} sp_found;

/* All that a seat's chain of reasons comes to: a set, shared with another seat's where they are the same. */
typedef struct sp_chain {
    uint32_t first, count; /* in `found` */
    uint32_t met;          /* the order in which seats were come to; 0: not yet */
    uint32_t low;          /* the first met of those that lead back to it */
    uint32_t item;         /* 1 + its own number in `noted`, if presumed */
    uint32_t walk;         /* that last came by */
    bool closed;
} sp_chain;

typedef struct sp_visit {
    uint32_t seat, next; /* the ground to look at next */
} sp_visit;

typedef struct sp_supporter {
    sp_cite_list cites;
    sp_grounds grounds;
    sp_chain *chains; /* by seat */
    size_t chain_cap;
    SP_VEC(sp_noted) noted;
    SP_VEC(sp_found) found;
    uint32_t *cell_items; /* by cell of the facts: 1 + its number in `noted` */
    size_t *cells_at;     /* by entity: where its table starts in `cell_items` */
    size_t cell_cap;
    SP_VEC(sp_visit) path; /* from the seat asked for to the one at hand */
    SP_VEC(uint32_t) open; /* seats met whose sets are not made yet */
    uint32_t clock, walk;
    sp_arena arena;
    bool failed;
} sp_supporter;

/* Prepares for the batch that the explainer's run has just evaluated. False if memory ran out. */
bool sp_supporter_begin(sp_supporter *s, sp_explainer *ex);
/* Fills `support` (emptied first) for a criterion, but for its chain. Lists are without doubles, in no particular order
 * but for passages and authority. */
void sp_supporter_collect(sp_supporter *s, uint32_t criterion, uint32_t row, sp_support *support);
/* What the facts and presumptions of `support` are made of: as it stands, until the next set is made. */
const sp_found *sp_supporter_set(sp_supporter *s, uint32_t criterion, uint32_t row, size_t *count);
/* The two halves of it: the facts and presumptions, and the rules with what they cite. */
void sp_supporter_facts(sp_supporter *s, uint32_t criterion, uint32_t row, sp_support *support);
void sp_supporter_rules(sp_supporter *s, uint32_t criterion, uint32_t row, sp_support *support);
/* Criteria at rows with the same pattern have the same state, their rules have the same states, and the same are cited.
 * SP_NONE: nothing is known. Numbers begin anew when `grounds.patterns.forgotten` changes. */
uint32_t sp_supporter_pattern(sp_supporter *s, uint32_t criterion, uint32_t row);
/* Fills `support->chain`: rules may stand in it several times. */
void sp_supporter_chain(sp_supporter *s, uint32_t criterion, uint32_t row, sp_support *support);
void sp_supporter_free(sp_supporter *s);
void sp_support_free(sp_support *support);

#endif
