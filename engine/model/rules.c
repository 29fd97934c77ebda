#include "model/rules.h"

#include <stdlib.h>

void sp_reading_free(sp_reading *reading)
{
    SP_VEC_FREE(&reading->settings);
    SP_VEC_FREE(&reading->presumptions);
    SP_VEC_FREE(&reading->replace);
    SP_VEC_FREE(&reading->add);
}

void sp_rulebase_free(sp_rulebase *base)
{
    for (size_t i = 0; i < base->patterns.len; i++)
        sp_pattern_free(base->patterns.items[i]);
    for (size_t i = 0; i < base->readings.len; i++)
        sp_reading_free(&base->readings.items[i]);
    SP_VEC_FREE(&base->authorities);
    SP_VEC_FREE(&base->sources);
    SP_VEC_FREE(&base->passages);
    SP_VEC_FREE(&base->rules);
    SP_VEC_FREE(&base->readings);
    SP_VEC_FREE(&base->patterns);
    SP_VEC_FREE(&base->accepted);
    sp_facts_free(&base->world);
    sp_vocab_free(&base->vocab);
    sp_arena_free(&base->arena);
    *base = (sp_rulebase){0};
}

uint32_t sp_rulebase_passage(const sp_rulebase *base, sp_str id)
{
    size_t low = 0, high = base->passages.len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = sp_str_cmp(id, base->passages.items[mid].id);
        if (order == 0)
            return (uint32_t)mid;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return SP_NONE;
}

uint32_t sp_rulebase_reading(const sp_rulebase *base, sp_str id)
{
    for (size_t i = 0; i < base->readings.len; i++)
        if (sp_str_eq(base->readings.items[i].id, id))
            return (uint32_t)i;
    return SP_NONE;
}

uint32_t sp_rulebase_default_reading(const sp_rulebase *base)
{
    for (size_t i = 0; i < base->readings.len; i++)
        if (base->readings.items[i].is_default)
            return (uint32_t)i;
    return SP_NONE;
}

const sp_authority *sp_rulebase_authority(const sp_rulebase *base, sp_str citation)
{
    const sp_authority *longest = NULL;
    for (size_t i = 0; i < base->authorities.len; i++) {
        const sp_authority *a = &base->authorities.items[i];
        if (a->cite.len > 0 && citation.len > 0 && a->cite.ptr[0] != citation.ptr[0])
            continue; /* most are told apart at once */
        if (!sp_str_starts(citation, a->cite) || (longest != NULL && longest->cite.len > a->cite.len))
            continue;
        if (citation.len == a->cite.len || citation.ptr[a->cite.len] == ' ' ||
            citation.ptr[a->cite.len] == ',')
            longest = a;
    }
    return longest;
}
