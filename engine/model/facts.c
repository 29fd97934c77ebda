#define _DEFAULT_SOURCE /* explicit_bzero */

#include "model/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/shortage.h"

#include "surplace/limits.h"

bool sp_facts_init(sp_facts *facts, const sp_vocab *vocab, const sp_facts *world)
{
    *facts = (sp_facts){.vocab = vocab, .world = world};
    size_t count = vocab->entities.len;
    facts->tables = calloc(count + 1, sizeof(sp_table));
    facts->ids = calloc(count + 1, sizeof(sp_intern));
    if (facts->tables == NULL || facts->ids == NULL) {
        facts->failed = true;
        return false;
    }
    for (size_t e = 0; e < count; e++) {
        const sp_entity *entity = &vocab->entities.items[e];
        facts->tables[e].columns = (uint32_t)entity->columns.len;
        facts->tables[e].keyed = entity->collection.len > 0 && entity->facet_of == SP_NONE;
    }
    return true;
}

static size_t entity_count(const sp_facts *facts)
{
    return facts->tables == NULL ? 0 : facts->vocab->entities.len;
}

void sp_facts_reset(sp_facts *facts)
{
    for (size_t e = 0; e < entity_count(facts); e++)
        facts->tables[e].rows = 0;
    facts->alternatives.len = facts->members.len = facts->sources.len = 0;
    facts->expectations.len = facts->expected_rules.len = facts->world_rows.len = 0;
    sp_buf_reset(&facts->text);
    facts->case_count = 0;
    facts->case_open = false;
}

/* Case data must not outlive its use in released memory. */
static void wipe(void *memory, size_t size)
{
    if (memory != NULL)
        explicit_bzero(memory, size);
}

void sp_facts_free(sp_facts *facts)
{
    for (size_t e = 0; e < entity_count(facts); e++) {
        sp_table *t = &facts->tables[e];
        wipe(t->cells, (size_t)t->cap * t->columns * sizeof *t->cells);
        free(t->cells);
        free(t->owner);
        free(t->case_of);
        free(t->id);
        if (facts->ids != NULL)
            sp_intern_free(&facts->ids[e]);
    }
    free(facts->tables);
    free(facts->ids);
    wipe(facts->alternatives.items, facts->alternatives.cap * sizeof(sp_cell));
    wipe(facts->text.data, facts->text.cap);
    SP_VEC_FREE(&facts->alternatives);
    SP_VEC_FREE(&facts->members);
    SP_VEC_FREE(&facts->sources);
    SP_VEC_FREE(&facts->expectations);
    SP_VEC_FREE(&facts->expected_rules);
    SP_VEC_FREE(&facts->world_rows);
    sp_buf_clear(&facts->text);
    *facts = (sp_facts){0};
}

uint32_t sp_facts_begin_case(sp_facts *facts)
{
    uint32_t c = facts->case_count;
    for (size_t e = 0; e < entity_count(facts); e++) {
        facts->tables[e].first[c] = facts->tables[e].rows;
        if (facts->tables[e].keyed)
            sp_intern_reset(&facts->ids[e]);
    }
    facts->before.alternatives = facts->alternatives.len;
    facts->before.members = facts->members.len;
    facts->before.sources = facts->sources.len;
    facts->before.expected_rules = facts->expected_rules.len;
    facts->before.text = facts->text.len;
    facts->cases[c] = (sp_case_info){0};
    facts->case_open = true;
    sp_facts_add_row(facts, SP_CASE_ENTITY, SP_NONE, SP_EMPTY);
    return c;
}

void sp_facts_end_case(sp_facts *facts)
{
    sp_facts_complete_world(facts);
    uint32_t c = facts->case_count++;
    for (size_t e = 0; e < entity_count(facts); e++)
        facts->tables[e].first[c + 1] = facts->tables[e].rows;
    facts->case_open = false;
}

void sp_facts_drop_case(sp_facts *facts)
{
    uint32_t c = facts->case_count;
    for (size_t e = 0; e < entity_count(facts); e++)
        facts->tables[e].rows = facts->tables[e].first[c];
    size_t kept = facts->expectations.len;
    while (kept > 0 && facts->expectations.items[kept - 1].case_index == c)
        kept--;
    facts->expectations.len = kept;
    facts->alternatives.len = facts->before.alternatives;
    facts->members.len = facts->before.members;
    facts->sources.len = facts->before.sources;
    facts->expected_rules.len = facts->before.expected_rules;
    facts->text.len = facts->before.text;
    facts->world_rows.len = 0;
    facts->case_open = false;
}

static void *grown(void *memory, size_t count, size_t size, bool *ok)
{
    if (!*ok || (size > 0 && count > SIZE_MAX / size)) {
        *ok = false;
        return memory;
    }
    void *bigger = realloc(memory, count * size + 1);
    *ok = bigger != NULL;
    if (bigger == NULL)
        sp_shortage_note();
    return bigger != NULL ? bigger : memory;
}

static bool grow_table(sp_table *t)
{
    if (t->rows < t->cap)
        return true;
    size_t cap = t->cap == 0 ? 8 : (size_t)t->cap * 2;
    if (cap > UINT32_MAX / 2)
        return false;
    bool ok = true;
    t->cells = grown(t->cells, cap, t->columns * sizeof(sp_cell), &ok);
    t->owner = grown(t->owner, cap, sizeof *t->owner, &ok);
    t->case_of = grown(t->case_of, cap, sizeof *t->case_of, &ok);
    t->id = grown(t->id, cap, sizeof *t->id, &ok);
    if (ok)
        t->cap = (uint32_t)cap;
    return ok;
}

static uint32_t append_row(sp_facts *facts, uint32_t entity, uint32_t owner, sp_value id)
{
    sp_table *t = &facts->tables[entity];
    if (!grow_table(t)) {
        facts->failed = true;
        return SP_NONE;
    }
    uint32_t row = t->rows++;
    if (t->columns > 0)
        memset(t->cells + (size_t)row * t->columns, 0, t->columns * sizeof(sp_cell));
    t->owner[row] = owner;
    t->case_of[row] = facts->case_count;
    t->id[row] = id;
    return row;
}

uint32_t sp_facts_add_row(sp_facts *facts, uint32_t entity, uint32_t owner, sp_str id)
{
    sp_value span = sp_facts_add_text(facts, id);
    uint32_t row = append_row(facts, entity, owner, span);
    if (row == SP_NONE)
        return SP_NONE;
    sp_table *t = &facts->tables[entity];
    if (t->keyed && sp_intern_add(&facts->ids[entity], id) == SP_NONE)
        facts->failed = true;
    for (uint32_t e = 0; e < entity_count(facts); e++)
        if (facts->vocab->entities.items[e].facet_of == entity &&
            append_row(facts, e, row, span) == SP_NONE)
            return SP_NONE;
    return row;
}

uint32_t sp_facts_find_row(const sp_facts *facts, uint32_t case_index, uint32_t entity, sp_str id)
{
    uint32_t facet_of = facts->vocab->entities.items[entity].facet_of;
    uint32_t table = facet_of != SP_NONE ? facet_of : entity;
    const sp_table *t = &facts->tables[table];
    if (facts->case_open && case_index == facts->case_count) {
        uint32_t number = sp_intern_find(&facts->ids[table], id);
        return number == SP_NONE ? SP_NONE : t->first[case_index] + number;
    }
    if (case_index >= facts->case_count)
        return SP_NONE;
    for (uint32_t row = t->first[case_index]; row < t->first[case_index + 1]; row++)
        if (sp_str_eq(sp_facts_span(facts, t->id[row]), id))
            return row;
    return SP_NONE;
}

/* Copies a world row's cells. References still name rows of the world until sp_facts_complete_world. */
static void copy_world_row(sp_facts *facts, uint32_t entity, uint32_t row, uint32_t world_row)
{
    for (uint32_t column = 0; column < facts->tables[entity].columns; column++) {
        sp_cell cell = *sp_facts_cell(facts->world, entity, world_row, column);
        cell.origin = SP_FROM_WORLD;
        if (cell.status != SP_CELL_UNSTATED)
            *sp_facts_cell(facts, entity, row, column) = cell;
    }
    sp_world_row copied = {entity, row};
    facts->failed |= !SP_VEC_PUSH(&facts->world_rows, copied);
}

static uint32_t translate(sp_facts *facts, sp_type type, uint32_t member)
{
    if (type.kind != SP_ENTITY)
        return member;
    return sp_facts_refer(facts, type.index, sp_facts_row_id(facts->world, type.index, member));
}

/* Copies the rows that a world list owns, side by side, below the row that now has the list. */
static void copy_owned_rows(sp_facts *facts, uint32_t entity, uint32_t owner, sp_cell *cell)
{
    uint32_t world_start = cell->value.start, count = cell->value.count;
    cell->value.start = facts->tables[entity].rows;
    for (uint32_t i = 0; i < count && !facts->failed; i++)
        sp_facts_add_row(facts, entity, owner, sp_facts_row_id(facts->world, entity, world_start + i));
    for (uint32_t i = 0; i < count && !facts->failed; i++)
        copy_world_row(facts, entity, cell->value.start + i, world_start + i);
}

/* Makes a copied assertion the case's own: its reference, or the members of its list. */
static void translate_assertion(sp_facts *facts, sp_type type, uint32_t row, sp_cell *cell)
{
    if (type.kind == SP_ENTITY && facts->vocab->entities.items[type.index].collection.len == 0) {
        copy_owned_rows(facts, type.index, row, cell);
        return;
    }
    if (!type.list) {
        if (type.kind == SP_ENTITY)
            cell->value.index = translate(facts, type, cell->value.index);
        return;
    }
    uint32_t start = (uint32_t)facts->members.len, count = cell->value.count;
    for (uint32_t i = 0; i < count; i++)
        facts->failed |= !SP_VEC_PUSH(&facts->members, 0);
    for (uint32_t i = 0; i < count && !facts->failed; i++) {
        uint32_t member = translate(facts, type, sp_facts_members(facts->world, cell)[i]);
        facts->members.items[start + i] = member;
    }
    cell->value.start = start;
}

/* Of several assertions of the world, those that are timely: one is all that is said, none is nothing. */
static void complete_several(sp_facts *facts, sp_type type, uint32_t row, sp_cell *cell)
{
    uint32_t start = (uint32_t)facts->alternatives.len, kept = 0;
    sp_cell only = {0}, first = {0};
    for (uint32_t i = 0; i < cell->value.count && !facts->failed; i++) {
        sp_cell alternative = facts->world->alternatives.items[cell->value.start + i];
        alternative.origin = SP_FROM_WORLD;
        if (i == 0)
            first = alternative;
        if (!sp_facts_timely(facts, &alternative))
            continue;
        translate_assertion(facts, type, row, &alternative);
        facts->failed |= !SP_VEC_PUSH(&facts->alternatives, alternative);
        only = alternative;
        kept++;
    }
    if (kept > 1)
        cell->value = (sp_value){.start = start, .count = kept};
    else
        *cell = kept == 1 ? only : sp_facts_withheld_cell(&first);
}

static void complete_cell(sp_facts *facts, sp_type type, uint32_t entity, uint32_t row, uint32_t column)
{
    sp_cell cell = *sp_facts_cell(facts, entity, row, column);
    if (cell.origin != SP_FROM_WORLD || cell.status == SP_CELL_UNSTATED || cell.status == SP_CELL_UNKNOWN)
        return;
    if (cell.status == SP_CELL_SEVERAL)
        complete_several(facts, type, row, &cell);
    else if (!sp_facts_timely(facts, &cell))
        cell = sp_facts_withheld_cell(&cell);
    else
        translate_assertion(facts, type, row, &cell);
    *sp_facts_cell(facts, entity, row, column) = cell;
}

void sp_facts_complete_world(sp_facts *facts)
{
    /* following a reference may copy further rows, which are completed in their turn */
    for (size_t i = 0; i < facts->world_rows.len && !facts->failed; i++) {
        sp_world_row copied = facts->world_rows.items[i];
        const sp_entity *e = &facts->vocab->entities.items[copied.entity];
        for (uint32_t column = 0; column < e->columns.len && !facts->failed; column++)
            complete_cell(facts, facts->vocab->facts.items[e->columns.items[column]].type, copied.entity,
                          copied.row, column);
    }
    facts->world_rows.len = 0;
}

uint32_t sp_facts_refer(sp_facts *facts, uint32_t entity, sp_str id)
{
    uint32_t row = sp_facts_find_row(facts, facts->case_count, entity, id);
    if (row != SP_NONE || facts->world == NULL)
        return row;
    uint32_t world_row = sp_intern_find(&facts->world->ids[entity], id);
    if (world_row == SP_NONE)
        return SP_NONE;
    row = sp_facts_add_row(facts, entity, SP_NONE, id);
    if (row == SP_NONE)
        return SP_NONE;
    copy_world_row(facts, entity, row, world_row);
    for (uint32_t e = 0; e < entity_count(facts); e++)
        if (facts->vocab->entities.items[e].facet_of == entity)
            copy_world_row(facts, e, row, world_row);
    return row;
}

sp_cell *sp_facts_cell(const sp_facts *facts, uint32_t entity, uint32_t row, uint32_t column)
{
    const sp_table *t = &facts->tables[entity];
    return &t->cells[(size_t)row * t->columns + column];
}

sp_value sp_facts_add_text(sp_facts *facts, sp_str text)
{
    sp_value span = {.start = (uint32_t)facts->text.len, .count = (uint32_t)text.len};
    sp_buf_add(&facts->text, text);
    facts->failed |= facts->text.failed || facts->text.len > UINT32_MAX;
    return span;
}

sp_str sp_facts_span(const sp_facts *facts, sp_value span)
{
    if (span.count == 0)
        return SP_EMPTY;
    return (sp_str){facts->text.data + span.start, span.count};
}

static const sp_facts *home_of(const sp_facts *facts, const sp_cell *cell)
{
    return cell->origin == SP_FROM_WORLD && facts->world != NULL ? facts->world : facts;
}

sp_str sp_facts_text(const sp_facts *facts, const sp_cell *cell)
{
    return sp_facts_span(home_of(facts, cell), cell->value);
}

const sp_cell *sp_facts_assertions(const sp_facts *facts, const sp_cell *cell, uint32_t *count)
{
    if (cell->status == SP_CELL_SEVERAL) {
        *count = cell->value.count;
        return &facts->alternatives.items[cell->value.start];
    }
    *count = cell->status == SP_CELL_STATED;
    return cell;
}

const uint32_t *sp_facts_members(const sp_facts *facts, const sp_cell *cell)
{
    static const uint32_t none = 0;
    return cell->value.count == 0 ? &none : facts->members.items + cell->value.start;
}

void sp_facts_source(const sp_facts *facts, const sp_cell *cell, sp_str *by, sp_str *see)
{
    *by = *see = SP_EMPTY;
    if (cell->source == 0)
        return;
    const sp_facts *home = home_of(facts, cell);
    const sp_assertion *source = &home->sources.items[cell->source - 1];
    *by = sp_facts_span(home, source->by);
    *see = sp_facts_span(home, source->see);
}

bool sp_facts_found(const sp_facts *facts, const sp_cell *cell, sp_date *found)
{
    *found = (sp_date){0, 0};
    if (cell->source != 0)
        *found = home_of(facts, cell)->sources.items[cell->source - 1].found;
    return found->from != 0;
}

static bool case_date(const sp_facts *facts, uint32_t case_index, uint32_t fact, sp_date *date)
{
    if (fact == 0)
        return false;
    const sp_cell *cell = sp_facts_cell(facts, SP_CASE_ENTITY,
                                        facts->tables[SP_CASE_ENTITY].first[case_index],
                                        facts->vocab->facts.items[fact - 1].column);
    *date = cell->value.date;
    return cell->status == SP_CELL_STATED;
}

bool sp_facts_day(const sp_facts *facts, uint32_t case_index, sp_date *day)
{
    return case_date(facts, case_index, facts->vocab->day_of_case, day);
}

bool sp_facts_timely(const sp_facts *facts, const sp_cell *assertion)
{
    const sp_vocab *vocab = facts->vocab;
    sp_date found, day;
    if (vocab->day_of_case == 0 || !sp_facts_found(facts, assertion, &found))
        return true;
    return (case_date(facts, facts->case_count, vocab->day_of_case, &day) && day.to >= found.from) ||
           (case_date(facts, facts->case_count, vocab->sources_until, &day) && day.to >= found.from);
}

sp_cell sp_facts_withheld_cell(const sp_cell *assertion)
{
    return (sp_cell){.line = assertion->line, .origin = SP_FROM_WORLD, .source = assertion->source};
}

bool sp_facts_withheld(const sp_cell *cell)
{
    return cell->status == SP_CELL_UNSTATED && cell->origin == SP_FROM_WORLD && cell->source != 0;
}

sp_str sp_facts_row_id(const sp_facts *facts, uint32_t entity, uint32_t row)
{
    return sp_facts_span(facts, facts->tables[entity].id[row]);
}

void sp_facts_address(const sp_facts *facts, uint32_t entity, uint32_t row, sp_buf *b)
{
    const sp_entity *e = &facts->vocab->entities.items[entity];
    if (entity == SP_CASE_ENTITY) {
        sp_buf_add_cstr(b, "case");
        return;
    }
    if (e->owner != SP_NONE) {
        sp_facts_address(facts, e->owner, facts->tables[entity].owner[row], b);
        sp_buf_add_char(b, '/');
    }
    sp_buf_add(b, sp_facts_row_id(facts, entity, row));
}

static int compare_ids(const sp_facts *facts, const sp_table *t, uint32_t a, uint32_t b)
{
    return sp_str_cmp(sp_facts_span(facts, t->id[a]), sp_facts_span(facts, t->id[b]));
}

/* Merge sort, since qsort has no context and ids need the facts. */
static void sort_rows(const sp_facts *facts, const sp_table *t, uint32_t *rows, uint32_t *scratch,
                      uint32_t count)
{
    for (uint32_t width = 1; width < count; width *= 2) {
        for (uint32_t at = 0; at < count; at += 2 * width) {
            uint32_t mid = at + width < count ? at + width : count;
            uint32_t end = at + 2 * width < count ? at + 2 * width : count;
            for (uint32_t i = at, j = mid, k = at; k < end; k++)
                scratch[k] = j >= end || (i < mid && compare_ids(facts, t, rows[i], rows[j]) <= 0)
                                 ? rows[i++]
                                 : rows[j++];
        }
        memcpy(rows, scratch, count * sizeof *rows);
    }
}

bool sp_facts_sorted_rows(const sp_facts *facts, uint32_t case_index, uint32_t entity, sp_arena *arena,
                          const uint32_t **rows, uint32_t *count)
{
    const sp_table *t = &facts->tables[entity];
    uint32_t first = t->first[case_index];
    *count = t->first[case_index + 1] - first;
    uint32_t *sorted = SP_NEW_ARRAY(arena, uint32_t, *count);
    uint32_t *scratch = SP_NEW_ARRAY(arena, uint32_t, *count);
    *rows = sorted;
    if (arena->failed)
        return false;
    for (uint32_t i = 0; i < *count; i++)
        sorted[i] = first + i;
    /* owned rows are made in canonical order within their owner already (read_case) */
    if (t->keyed)
        sort_rows(facts, t, sorted, scratch, *count);
    return true;
}
