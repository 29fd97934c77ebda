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
    SP_VEC(uint32_t) rules;    /* indices: those of the criterion itself that decide it */
    SP_VEC(uint32_t) chain;    /* indices: those anywhere in the chain of reasons, perhaps several times */
    SP_VEC(uint32_t) passages; /* indices, sorted, of those rules and their deciding conditions */
    SP_VEC(sp_str) authority;  /* sorted, likewise */
} sp_support;

typedef struct sp_supporter {
    sp_explainer *ex;
    sp_whys stack;
    uint32_t *seen;  /* by criterion and root row: the walk that last visited it */
    size_t *seen_at; /* by criterion: where its rows start in `seen` */
    size_t seen_cap;
    uint32_t walk;
    bool failed;
} sp_supporter;

/* Prepares for the batch that the explainer's run has just evaluated. False if memory ran out. */
bool sp_supporter_begin(sp_supporter *s, sp_explainer *ex);
/* Fills `support` (emptied first) for a criterion. Lists are without doubles, in no particular order but for
 * passages and authority. */
void sp_supporter_collect(sp_supporter *s, uint32_t criterion, uint32_t row, sp_support *support);
void sp_supporter_free(sp_supporter *s);
void sp_support_free(sp_support *support);

/* Adds the citations of a rule, or of a condition, to a support's lists. */
void sp_support_cite(sp_supporter *s, const sp_names *authority, const sp_names *passages,
                     sp_support *support);

#endif
