#include "model/claims.h"

void sp_claims_free(sp_claims *claims)
{
    for (size_t i = 0; i < claims->patterns.len; i++)
        sp_pattern_free(claims->patterns.items[i]);
    SP_VEC_FREE(&claims->patterns);
    sp_literals_free(claims->literals);
    SP_VEC_FREE(&claims->concepts);
    SP_VEC_FREE(&claims->defeaters);
    SP_VEC_FREE(&claims->voices);
    SP_VEC_FREE(&claims->claims);
    SP_VEC_FREE(&claims->omissions);
    sp_facts_free(&claims->facts);
    sp_arena_free(&claims->arena);
    *claims = (sp_claims){0};
}

uint32_t sp_claims_find(const sp_claims *claims, sp_str id)
{
    size_t low = 0, high = claims->claims.len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = sp_str_cmp(claims->claims.items[mid].id, id);
        if (order == 0)
            return (uint32_t)mid;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return SP_NONE;
}

uint32_t sp_claims_concept(const sp_claims *claims, sp_str name)
{
    for (size_t i = 0; i < claims->concepts.len; i++)
        if (sp_str_eq(claims->concepts.items[i].name, name))
            return (uint32_t)i;
    return SP_NONE;
}

const char *sp_claim_kind_word(sp_claim_kind kind)
{
    static const char *const words[] = {"wrong_test", "premise", "conclusion", "sound", "addresses"};
    return words[kind];
}

const char *sp_stance_word(sp_stance stance)
{
    static const char *const words[] = {"asserted", "denied",   "attributed", "quoted",
                                        "asked",    "supposed", "refuted"};
    return words[stance];
}
