/* What every rule and condition cites, as numbers: found once for a rule base. */
#ifndef SP_EXPLAIN_CITES_H
#define SP_EXPLAIN_CITES_H

#include "model/rules.h"

/* What a rule or condition cites: a run of numbers, first the passages. */
typedef struct sp_cites {
    uint32_t first, passages, authorities;
} sp_cites;

typedef struct sp_cite_list {
    const sp_rulebase *base;
    sp_arena arena;
    sp_str *authorities; /* every citation in the rule base once, sorted */
    size_t authority_count;
    SP_VEC(uint32_t) numbers; /* of passages in the rule base, and of authorities */
    sp_cites *rules, *conds;  /* by rule; by number of the condition */
    bool failed;
} sp_cite_list;

/* False if memory ran out; to be freed in any case. */
bool sp_cite_list_make(sp_cite_list *cited, const sp_rulebase *base);
void sp_cite_list_free(sp_cite_list *s);

#endif
