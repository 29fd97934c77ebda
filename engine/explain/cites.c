#include "explain/cites.h"

#include <stdlib.h>

static int compare_strs(const void *a, const void *b)
{
    return sp_str_cmp(*(const sp_str *)a, *(const sp_str *)b);
}

typedef SP_VEC(const sp_cond *) conds;

static void push_conds(sp_cite_list *s, sp_cond *const *items, uint32_t count, conds *agenda)
{
    for (uint32_t i = 0; i < count; i++)
        s->failed |= !SP_VEC_PUSH(agenda, items[i]);
}

static void push_parts(sp_cite_list *s, const sp_cond *cond, conds *agenda)
{
    push_conds(s, cond->parts, cond->part_count, agenda);
    push_conds(s, cond->unless, cond->unless_count, agenda);
    if (cond->kind == SP_COND_SOME || cond->kind == SP_COND_EVERY) {
        push_conds(s, &cond->body, 1, agenda);
        push_conds(s, &cond->where, cond->where != NULL, agenda);
    }
}

static sp_cites add_cites(sp_cite_list *s, const sp_names *authority, const sp_names *passages)
{
    sp_cites cites = {.first = (uint32_t)s->numbers.len};
    for (size_t i = 0; i < passages->count; i++) {
        uint32_t index = sp_rulebase_passage(s->base, passages->items[i]);
        if (index == SP_NONE)
            continue;
        s->failed |= !SP_VEC_PUSH(&s->numbers, index);
        cites.passages++;
    }
    for (size_t i = 0; i < authority->count; i++) {
        const sp_str *found = bsearch(&authority->items[i], s->authorities, s->authority_count,
                                      sizeof(sp_str), compare_strs);
        s->failed |= !SP_VEC_PUSH(&s->numbers, (uint32_t)(found - s->authorities));
        cites.authorities++;
    }
    return cites;
}

static void list_authorities(sp_cite_list *s, const conds *all)
{
    const sp_rulebase *base = s->base;
    size_t total = 0, kept = 0;
    for (size_t i = 0; i < base->rules.len; i++)
        total += base->rules.items[i].authority.count;
    for (size_t i = 0; i < all->len; i++)
        total += all->items[i]->authority.count;
    s->authorities = SP_NEW_ARRAY(&s->arena, sp_str, total + 1);
    if (s->authorities == NULL)
        return;
    for (size_t i = 0; i < base->rules.len; i++)
        for (size_t k = 0; k < base->rules.items[i].authority.count; k++)
            s->authorities[s->authority_count++] = base->rules.items[i].authority.items[k];
    for (size_t i = 0; i < all->len; i++)
        for (size_t k = 0; k < all->items[i]->authority.count; k++)
            s->authorities[s->authority_count++] = all->items[i]->authority.items[k];
    qsort(s->authorities, s->authority_count, sizeof(sp_str), compare_strs);
    for (size_t i = 0; i < s->authority_count; i++)
        if (kept == 0 || !sp_str_eq(s->authorities[kept - 1], s->authorities[i]))
            s->authorities[kept++] = s->authorities[i];
    s->authority_count = kept;
}

bool sp_cite_list_make(sp_cite_list *s, const sp_rulebase *base)
{
    s->base = base;
    conds all = {0};
    for (size_t i = 0; i < base->rules.len; i++)
        s->failed |= !SP_VEC_PUSH(&all, base->rules.items[i].condition);
    for (size_t i = 0; i < all.len; i++)
        push_parts(s, all.items[i], &all);
    s->rules = SP_NEW_ARRAY(&s->arena, sp_cites, base->rules.len);
    s->conds = SP_NEW_ARRAY(&s->arena, sp_cites, base->cond_count);
    list_authorities(s, &all);
    s->failed |= s->arena.failed;
    for (size_t i = 0; i < base->rules.len && !s->failed; i++)
        s->rules[i] = add_cites(s, &base->rules.items[i].authority, &base->rules.items[i].passages);
    for (size_t i = 0; i < all.len && !s->failed; i++)
        s->conds[all.items[i]->number] = add_cites(s, &all.items[i]->authority, &all.items[i]->passages);
    SP_VEC_FREE(&all);
    return !s->failed;
}

void sp_cite_list_free(sp_cite_list *s)
{
    SP_VEC_FREE(&s->numbers);
    sp_arena_free(&s->arena);
    *s = (sp_cite_list){0};
}
