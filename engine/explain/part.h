/* Where two accounts of one verdict part: the same case under two readings or two rule bases, or two cases under one law.
 *
 * Both explanations are walked down in step, from a criterion whose states differ, through parts whose states differ and
 * that one of the two states rests on, to the first difference that has nothing below it: a rule that only one side has or
 * that reads otherwise, a parameter, a presumption, a fact. */
#ifndef SP_EXPLAIN_PART_H
#define SP_EXPLAIN_PART_H

#include "explain/why.h"

typedef enum sp_part_kind {
    SP_PART_RULE_ONLY, /* a rule is in force on one side alone */
    SP_PART_RULE_TEXT, /* a rule reads otherwise */
    SP_PART_PARAMETER, /* a leaf asks a parameter that is set otherwise */
    SP_PART_PRESUMED,  /* a criterion or fact is presumed otherwise */
    SP_PART_FACT,      /* a leaf reads facts that differ */
    SP_PART_LIST,      /* a list has other members */
    SP_PART_NODE       /* nothing below says why */
} sp_part_kind;

typedef struct sp_parting {
    uint8_t kind;
    sp_why criterion[2]; /* whose rules part, on each side */
    sp_why at[2];        /* the rule, condition or list */
    bool there[2];       /* rule only: on which side it is in force */
    sp_why turns_on[2];  /* rule text: a part that the state rests on and the other text has not */
    bool has_turn[2];
    uint32_t parameter[2]; /* parameter: its index in each vocabulary */
} sp_parting;

/* The parting below a criterion whose states differ; `left` and `right` may be one explainer where two cases of a batch
 * are compared. False if memory ran out. */
bool sp_part(sp_explainer *left, sp_explainer *right, const sp_why *left_why, const sp_why *right_why,
             sp_parting *parting);

/* Do two conditions say the same, word for word? Titles and citations do not matter. */
bool sp_same_cond(const sp_cond *a, const sp_cond *b);

#endif
