/* Why a criterion is as it is: the parts that decide it, read off the planes. No second evaluation.
 *
 * A reason is a criterion, a rule, a condition or a member of a list, at a row. Its children are the parts that its
 * state rests on: of a conjunction that holds all parts, of one that fails those that fail, of an undetermined one
 * those that are undetermined; and so for the other connectives. A state that stands without a presumption is explained
 * without one. */
#ifndef SP_EXPLAIN_WHY_H
#define SP_EXPLAIN_WHY_H

#include "eval/run.h"

typedef enum sp_why_kind {
    SP_WHY_CRITERION,
    SP_WHY_RULE,
    SP_WHY_COND,
    SP_WHY_MEMBER, /* a quantifier's body at one member */
    SP_WHY_LIST,   /* a quantifier's list: not stated, not complete, contested, or without members */
    SP_WHY_LIMIT   /* of a for_every with `where`: that some member is within it */
} sp_why_kind;

/* A member in the role of `where` is a child of SP_WHY_LIMIT: its state is that of `where` there. */
typedef enum sp_why_role { SP_ROLE_PART, SP_ROLE_EXCEPTION, SP_ROLE_WHERE } sp_why_role;

typedef struct sp_why {
    uint8_t kind, role, state;
    bool presumed;      /* the state rests on a presumption */
    bool presumes;      /* this very criterion or fact is presumed */
    uint32_t criterion; /* criterion, rule */
    uint32_t rule;      /* rule: its index in the rule base */
    const sp_cond *cond;
    uint32_t frame, row;
} sp_why;

typedef SP_VEC(sp_why) sp_whys;

typedef struct sp_explainer {
    sp_run *run;
    const sp_rulebase *base;
    sp_targets targets;
    sp_targets left, with; /* of a criterion that is looked up */
    bool failed;
} sp_explainer;

/* The reason to start from: a criterion at a row of its root frame. */
sp_why sp_why_criterion(sp_explainer *ex, uint32_t criterion, uint32_t row);
/* Appends the children that decide; with `all`, every child. */
void sp_why_children(sp_explainer *ex, const sp_why *why, bool all, sp_whys *children);
/* Appends the criterion that a leaf asks for, at each row that it may mean; nothing for other leaves. */
void sp_why_looked_up(sp_explainer *ex, const sp_why *why, sp_whys *children);
/* Appends what a leaf or list reads: facts with their cells. */
void sp_why_facts(sp_explainer *ex, const sp_why *why, sp_targets *facts);
void sp_explainer_free(sp_explainer *ex);

#endif
