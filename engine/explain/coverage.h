/* Coverage of a rule base by cases: which of its parts some case has decided.
 *
 * An item is one thing that a case can show:
 *   - a rule that holds, and apart from that a rule that fails;
 *   - an exception (a node of `unless`, at any depth) that holds;
 *   - an alternative (a part of `any_of`) that holds. The rules of a criterion with several rules are alternatives too, and
 *     are counted as rules;
 *   - a presumption, of a criterion or a fact, that is applied.
 * It is covered once that was so for any subject of any case that expects something under the reading. It counts if it was in force under a reading that was run and
 * could have been so there: what a reading's parameters switch off does not count. */
#ifndef SP_EXPLAIN_COVERAGE_H
#define SP_EXPLAIN_COVERAGE_H

#include "eval/run.h"

typedef enum sp_cover_kind {
    SP_COVER_RULE_HOLDS,
    SP_COVER_RULE_FAILS,
    SP_COVER_EXCEPTION,
    SP_COVER_ALTERNATIVE,
    SP_COVER_PRESUMPTION,
    SP_COVER_KINDS
} sp_cover_kind;

typedef struct sp_cover_item {
    uint8_t kind;
    bool counts, covered;
    bool switched_off;        /* in force under a reading that was run, but fixed by its parameters */
    uint32_t rule;            /* index; presumptions: SP_NONE */
    const sp_cond *cond;      /* rules: their condition; exceptions, alternatives */
    uint32_t criterion, fact; /* presumptions: whose, the other is SP_NONE */
} sp_cover_item;

typedef struct sp_coverage {
    const sp_rulebase *base;
    SP_VEC(sp_cover_item)
    items; /* grouped by kind in the order above, each in the order of the rule base's places */
    uint32_t *of_criterion, *of_fact; /* the items of presumptions, or SP_NONE */
    bool failed;                      /* memory ran out */
} sp_coverage;

typedef struct sp_cover_count {
    size_t covered, total;
} sp_cover_count;

/* False if memory ran out. The rule base must outlive it. */
bool sp_coverage_init(sp_coverage *coverage, const sp_rulebase *base);
void sp_coverage_free(sp_coverage *coverage);

/* A reading is going to be run: what is in force under it counts. */
void sp_coverage_admit(sp_coverage *coverage, const sp_network *net);
/* Notes what a batch has decided, in the cases whose bits are set. */
void sp_coverage_note(sp_coverage *coverage, sp_run *run, uint64_t cases);

sp_cover_count sp_coverage_count(const sp_coverage *coverage, sp_cover_kind kind); /* SP_COVER_KINDS: all */
const sp_place *sp_cover_place(const sp_coverage *coverage, const sp_cover_item *item);

#endif
