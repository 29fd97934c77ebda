#include "render/json_lists.h"

#include <stdlib.h>
#include <string.h>

#include "render/out.h"

static int compare_named(const void *a, const void *b)
{
    return sp_str_cmp(((const sp_named *)a)->text, ((const sp_named *)b)->text);
}

/* What was built in the scratch buffer, kept. */
static sp_str keep(sp_json_lists *l, sp_arena *arena)
{
    sp_str text = sp_arena_dup(arena, sp_buf_str(&l->scratch));
    l->failed |= l->scratch.failed || arena->failed;
    sp_buf_reset(&l->scratch);
    return text;
}

/* Sorts names and gives each its place; equal ones have the same. */
static void rank(sp_named *named, size_t count, uint32_t *ranks)
{
    if (count > 1)
        qsort(named, count, sizeof *named, compare_named);
    for (size_t i = 0, place = 0; i < count; i++) {
        if (i > 0 && !sp_str_eq(named[i].text, named[i - 1].text))
            place = i;
        ranks[named[i].what] = (uint32_t)place;
    }
}

/* --- what holds for the rule base --- */

/* Names and ids have no character that JSON escapes: the readers see to it. */
static sp_str name_text(sp_json_lists *l, const sp_vocab *vocab, uint32_t entity, sp_str name)
{
    sp_buf_add_char(&l->scratch, '"');
    sp_buf_add(&l->scratch, vocab->entities.items[entity].name);
    sp_buf_add_char(&l->scratch, '.');
    sp_buf_add(&l->scratch, name);
    sp_buf_add_char(&l->scratch, '"');
    return keep(l, &l->arena);
}

static void make_names(sp_json_lists *l, const sp_vocab *vocab)
{
    uint32_t criteria = (uint32_t)vocab->criteria.len, facts = (uint32_t)vocab->facts.len;
    sp_named *named = SP_NEW_ARRAY(&l->arena, sp_named, criteria + facts);
    l->names = SP_NEW_ARRAY(&l->arena, sp_str, criteria + facts);
    l->name_ranks = SP_NEW_ARRAY(&l->arena, uint32_t, criteria + facts);
    l->fact_ranks = SP_NEW_ARRAY(&l->arena, uint32_t, facts);
    l->rows_at = SP_NEW_ARRAY(&l->arena, size_t, vocab->entities.len);
    l->failed |= l->arena.failed;
    for (uint32_t i = 0; i < facts && !l->failed; i++)
        named[i] = (sp_named){vocab->facts.items[i].name, i};
    if (!l->failed)
        rank(named, facts, l->fact_ranks);
    for (uint32_t i = 0; i < criteria && !l->failed; i++)
        l->names[i] = name_text(l, vocab, vocab->criteria.items[i].entity, vocab->criteria.items[i].name);
    for (uint32_t i = 0; i < facts && !l->failed; i++)
        l->names[criteria + i] = name_text(l, vocab, vocab->facts.items[i].entity,
                                           vocab->facts.items[i].name);
    for (uint32_t i = 0; i < criteria + facts && !l->failed; i++)
        named[i] = (sp_named){l->names[i], i};
    if (!l->failed)
        rank(named, criteria + facts, l->name_ranks);
}

/* --- the rows of a case --- */

/* A fact of the case itself is addressed by its name alone: it stands among the rows as if it were one. */
static void add_case_facts(sp_json_lists *l, const sp_facts *facts, size_t total)
{
    for (uint32_t i = 0; i < facts->vocab->facts.len && !l->failed; i++)
        if (facts->vocab->facts.items[i].entity == SP_CASE_ENTITY)
            l->failed |= !SP_VEC_PUSH(&l->rows,
                                      ((sp_named){facts->vocab->facts.items[i].name, (uint32_t)total + i}));
}

/* With the dot that follows, so that "kim.x" and "kim/PRK.x" stand as they do when written out. */
static void add_row(sp_json_lists *l, const sp_facts *facts, uint32_t entity, uint32_t row)
{
    sp_facts_address(facts, entity, row, &l->scratch);
    sp_buf_add_char(&l->scratch, '.');
    sp_str text = keep(l, l->case_arena);
    l->failed |= !SP_VEC_PUSH(&l->rows, ((sp_named){text, (uint32_t)l->rows_at[entity] + row}));
}

static void forget_texts(sp_json_lists *l)
{
    for (size_t i = 0; i < l->texted.len; i++)
        l->texts.items[l->texted.items[i]] = SP_EMPTY;
    l->texted.len = 0;
}

void sp_json_lists_begin(sp_json_lists *l, const sp_facts *facts, uint32_t case_index, sp_arena *arena)
{
    const sp_vocab *vocab = facts->vocab;
    size_t total = 0;
    l->case_arena = arena;
    l->rows.len = 0;
    forget_texts(l);
    memset(l->written, 0, sizeof l->written);
    if (l->names == NULL)
        make_names(l, vocab);
    for (uint32_t e = 0; e < vocab->entities.len && !l->failed; e++) {
        l->rows_at[e] = total;
        total += facts->tables[e].rows;
    }
    if (l->failed || !SP_VEC_RESERVE(&l->row_ranks, total + vocab->facts.len)) {
        l->failed = true;
        return;
    }
    add_case_facts(l, facts, total);
    for (uint32_t e = 0; e < vocab->entities.len && !l->failed; e++)
        for (uint32_t row = facts->tables[e].first[case_index];
             e != SP_CASE_ENTITY && vocab->entities.items[e].facet_of == SP_NONE &&
             row < facts->tables[e].first[case_index + 1] && !l->failed;
             row++)
            add_row(l, facts, e, row);
    if (!l->failed)
        rank(l->rows.items, l->rows.len, l->row_ranks.items);
}

/* --- the lists of a result --- */

static uint64_t rank_of(const sp_json_lists *l, const sp_facts *facts, const sp_noted *noted)
{
    const sp_vocab *vocab = facts->vocab;
    uint32_t entity = vocab->facts.items[noted->what].entity;
    const sp_entity *e = &vocab->entities.items[entity];
    size_t last = vocab->entities.len - 1;
    if (entity == SP_CASE_ENTITY)
        return (uint64_t)l->row_ranks.items[l->rows_at[last] + facts->tables[last].rows + noted->what]
               << 32;
    size_t row = l->rows_at[e->facet_of != SP_NONE ? e->facet_of : entity] + noted->row;
    return (uint64_t)l->row_ranks.items[row] << 32 | l->fact_ranks[noted->what];
}

static sp_str text_of(sp_json_lists *l, const sp_facts *facts, const sp_noted *noted, uint32_t item)
{
    while (l->texts.len <= item && !l->failed)
        l->failed |= !SP_VEC_PUSH(&l->texts, SP_EMPTY);
    if (l->failed || l->texts.items[item].len > 0)
        return l->failed ? SP_EMPTY : l->texts.items[item];
    sp_buf_add_char(&l->scratch, '"');
    sp_fact_address_add(&l->scratch, facts, noted->what, noted->row);
    sp_buf_add_char(&l->scratch, '"');
    l->texts.items[item] = keep(l, l->case_arena);
    l->failed |= !SP_VEC_PUSH(&l->texted, item);
    return l->texts.items[item];
}

static sp_listed listed(sp_json_lists *l, const sp_supporter *s, const sp_found *f)
{
    const sp_facts *facts = s->grounds.ex->run->facts;
    const sp_noted *noted = &s->noted.items[f->item];
    if (f->kind == SP_GROUND_PRESUMED || f->kind == SP_GROUND_ITSELF) {
        size_t name = (noted->criterion ? 0 : facts->vocab->criteria.len) + noted->what;
        return (sp_listed){l->name_ranks[name], l->names[name]};
    }
    return (sp_listed){rank_of(l, facts, noted), text_of(l, facts, noted, f->item)};
}

static int compare_listed(const void *a, const void *b)
{
    uint64_t x = ((const sp_listed *)a)->rank, y = ((const sp_listed *)b)->rank;
    return (x > y) - (x < y);
}

/* Most lists are short, and calls to compare would be the greater part of sorting them. */
static void sort(sp_listed *items, size_t count)
{
    if (count > 32) {
        qsort(items, count, sizeof *items, compare_listed);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        const sp_listed item = items[i];
        size_t at = i;
        for (; at > 0 && item.rank < items[at - 1].rank; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

static void add_list(sp_listed *items, size_t count, sp_buf *b)
{
    sort(items, count);
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && items[i].rank == items[i - 1].rank)
            continue;
        if (i > 0)
            sp_buf_add(b, SP_LIT(", "));
        sp_buf_add(b, items[i].text);
    }
    sp_buf_add_char(b, ']');
}

static void add_lists(sp_json_lists *l, const sp_supporter *s, const sp_found *found, size_t count,
                      sp_buf *b)
{
    static const uint8_t list_of[] = {
        [SP_GROUND_PRESUMED] = 0, [SP_GROUND_ITSELF] = 0,    [SP_GROUND_JUDGMENT] = 1,
        [SP_GROUND_OPEN] = 2,     [SP_GROUND_CONTESTED] = 3, [SP_GROUND_DATED] = 4};
    static const char *const before[] = {
        "", ", \"judgments\": ", ", \"open\": ", ", \"contested\": ", ", \"dated\": "};
    for (size_t i = 0; i < 5; i++)
        l->list[i].len = 0;
    for (size_t i = 0; i < count && !l->failed; i++)
        l->failed |= !SP_VEC_PUSH(&l->list[list_of[found[i].kind]], listed(l, s, &found[i]));
    for (size_t i = 0; i < 5 && !l->failed; i++) {
        if (i == 4 && l->list[i].len == 0)
            continue;
        sp_buf_add_cstr(b, before[i]);
        if (l->list[i].len == 0)
            sp_buf_add(b, SP_LIT("[]"));
        else
            add_list(l->list[i].items, l->list[i].len, b);
    }
}

/* Many criteria of a case rest on the same set: what was written for one is copied for the others. */
void sp_json_lists_add(sp_json_lists *l, sp_supporter *s, const sp_result *result, sp_buf *b)
{
    size_t count;
    const sp_found *found = sp_supporter_set(s, result->criterion, result->row, &count);
    if (count == 0) {
        add_lists(l, s, NULL, 0, b);
        return;
    }
    size_t set = (size_t)(found - s->found.items);
    sp_written *written = &l->written[set % SP_WRITTEN_SLOTS];
    if (written->len > 0 && written->set == set && sp_buf_reserve(b, written->len)) {
        sp_buf_add(b, (sp_str){b->data + written->at, written->len});
        return;
    }
    size_t at = b->len;
    add_lists(l, s, found, count, b);
    *written = (sp_written){set, at, b->len - at};
}

void sp_json_lists_free(sp_json_lists *l)
{
    sp_arena_free(&l->arena);
    SP_VEC_FREE(&l->rows);
    SP_VEC_FREE(&l->row_ranks);
    SP_VEC_FREE(&l->texts);
    SP_VEC_FREE(&l->texted);
    for (size_t i = 0; i < 5; i++)
        SP_VEC_FREE(&l->list[i]);
    sp_buf_clear(&l->scratch);
    *l = (sp_json_lists){0};
}
