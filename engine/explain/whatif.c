#include "explain/whatif.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a further entry is called: no case file can call one so. */
#define ENTRY_ID "(further %u)"

static uint32_t entity_count(const sp_whatif *w)
{
    return (uint32_t)w->base->vocab->entities.len;
}

/* Facets share the rows of their base. */
static uint32_t table_of(const sp_vocab *vocab, uint32_t entity)
{
    uint32_t facet_of = vocab->entities.items[entity].facet_of;
    return facet_of != SP_NONE ? facet_of : entity;
}

static bool owned(const sp_vocab *vocab, sp_type type)
{
    return type.list && type.kind == SP_ENTITY && vocab->entities.items[type.index].collection.len == 0;
}

bool sp_whatif_init(sp_whatif *w, const sp_network *net, bool presume, const sp_facts *base,
                    uint32_t case_index)
{
    *w = (sp_whatif){.base = base, .case_index = case_index};
    w->rows = calloc(entity_count(w), sizeof *w->rows);
    w->changed = calloc(base->vocab->facts.len + 1, sizeof *w->changed);
    if (w->rows == NULL || w->changed == NULL || !sp_facts_init(&w->facts, base->vocab, base->world) ||
        !sp_run_init(&w->run, net, presume))
        return false;
    for (uint32_t e = 0; e < entity_count(w); e++) {
        const sp_table *t = &base->tables[e];
        w->rows[e].base = t->first[case_index + 1] - t->first[case_index];
        uint32_t *all = malloc(((size_t)w->rows[e].base * SP_BATCH_CASES + 1) * sizeof *all);
        if (all == NULL)
            return false;
        for (uint32_t lane = 0; lane < SP_BATCH_CASES; lane++)
            w->rows[e].lane_row[lane] = all + (size_t)lane * w->rows[e].base;
    }
    sp_whatif_reset(w);
    return !w->failed;
}

void sp_whatif_free(sp_whatif *w)
{
    for (uint32_t e = 0; w->rows != NULL && e < entity_count(w); e++) {
        free(w->rows[e].lane_row[0]);
        SP_VEC_FREE(&w->rows[e].virtual_row);
        sp_intern_free(&w->rows[e].others);
    }
    free(w->rows);
    free(w->changed);
    free(w->wanted);
    sp_buf_clear(&w->scratch);
    sp_run_free(&w->run);
    sp_facts_free(&w->facts);
    *w = (sp_whatif){0};
}

bool sp_whatif_only(sp_whatif *w, uint32_t criterion)
{
    const sp_network *net = w->run.net;
    SP_VEC(uint32_t) agenda = {0};
    w->wanted = calloc(net->nodes.len + 1, sizeof *w->wanted);
    bool ok = w->wanted != NULL && SP_VEC_PUSH(&agenda, net->criterion_nodes[criterion]);
    while (ok && agenda.len > 0) {
        uint32_t node = agenda.items[--agenda.len];
        const sp_net_node *n = &net->nodes.items[node];
        if (w->wanted[node])
            continue;
        w->wanted[node] = true;
        for (uint32_t i = 0; i < n->input_count && ok; i++)
            ok = SP_VEC_PUSH(&agenda, sp_net_inputs(net, n)[i]);
    }
    SP_VEC_FREE(&agenda);
    w->run.only = ok ? w->wanted : NULL;
    return ok;
}

static void copy_cells(sp_whatif *w)
{
    const sp_facts *base = w->base;
    for (size_t i = 0; i < base->alternatives.len; i++)
        w->failed |= !SP_VEC_PUSH(&w->facts.alternatives, base->alternatives.items[i]);
    for (size_t i = 0; i < base->members.len; i++)
        w->failed |= !SP_VEC_PUSH(&w->facts.members, base->members.items[i]);
    for (size_t i = 0; i < base->sources.len; i++)
        w->failed |= !SP_VEC_PUSH(&w->facts.sources, base->sources.items[i]);
}

/* What spans and indices of the case's cells point to lies at the same places for all lanes. */
void sp_whatif_reset(sp_whatif *w)
{
    sp_facts_reset(&w->facts);
    sp_facts_add_text(&w->facts, sp_buf_str(&w->base->text));
    copy_cells(w);
    for (uint32_t e = 0; e < entity_count(w); e++)
        w->rows[e].virtual_row.len = 0;
    w->failed |= w->facts.failed;
}

/* --- a lane --- */

static uint32_t current_lane(const sp_whatif *w)
{
    return w->facts.case_count;
}

static const sp_change *change_of(const sp_whatif *w, uint32_t fact, uint32_t virtual_row)
{
    for (size_t i = 0; w->changed[fact] && i < w->change_count; i++)
        if (w->changes[i].fact == fact && w->changes[i].row == virtual_row)
            return w->changes[i].kind == SP_CHANGE_NONE ? NULL : &w->changes[i];
    return NULL;
}

static void set_virtual(sp_whatif *w, uint32_t entity, uint32_t row, uint32_t number)
{
    sp_whatif_rows *r = &w->rows[entity];
    while (r->virtual_row.len <= row && !w->failed)
        w->failed |= !SP_VEC_PUSH(&r->virtual_row, SP_NONE);
    if (!w->failed)
        r->virtual_row.items[row] = number;
}

/* The virtual number of a row that the case does not have. */
static uint32_t other_number(sp_whatif *w, uint32_t entity, uint32_t row)
{
    sp_buf_reset(&w->scratch);
    sp_facts_address(&w->facts, entity, row, &w->scratch);
    uint32_t number = sp_intern_add(&w->rows[entity].others, sp_buf_str(&w->scratch));
    w->failed |= number == SP_NONE || w->scratch.failed;
    return w->rows[entity].base + number;
}

static void keep_row(sp_whatif *w, uint32_t entity, uint32_t number, uint32_t row)
{
    if (number < w->rows[entity].base)
        w->rows[entity].lane_row[current_lane(w)][number] = row;
    set_virtual(w, entity, row, number);
}

/* A new row of the lane with the id of a row of the case. */
static uint32_t copy_row(sp_whatif *w, uint32_t entity, uint32_t number, uint32_t owner)
{
    uint32_t from = w->base->tables[entity].first[w->case_index] + number;
    uint32_t row = sp_facts_add_row(&w->facts, entity, owner, sp_facts_row_id(w->base, entity, from));
    if (row != SP_NONE)
        keep_row(w, entity, number, row);
    return row;
}

static void fill_row(sp_whatif *w, uint32_t entity, uint32_t row, uint32_t number);

/* The row of the lane for a reference of the case. */
static uint32_t translated(const sp_whatif *w, uint32_t entity, uint32_t base_row)
{
    uint32_t table = table_of(w->base->vocab, entity);
    return w->rows[table].lane_row[current_lane(w)][base_row - w->base->tables[table].first[w->case_index]];
}

static void add_members(sp_whatif *w, sp_type type, const uint32_t *members, uint32_t count,
                        uint32_t dropped)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t member = members[i];
        if (type.kind == SP_ENTITY) {
            uint32_t table = table_of(w->base->vocab, type.index);
            if (member - w->base->tables[table].first[w->case_index] == dropped)
                continue;
            member = translated(w, type.index, member);
        } else if (member == dropped) {
            continue;
        }
        w->failed |= !SP_VEC_PUSH(&w->facts.members, member);
    }
}

/* A list of values or references as the case has it, but one member. */
static void copy_list(sp_whatif *w, sp_type type, const sp_cell *from, uint32_t dropped, sp_cell *cell)
{
    uint32_t start = (uint32_t)w->facts.members.len;
    add_members(w, type, sp_facts_members(w->base, from), from->value.count, dropped);
    cell->value.start = start;
    cell->value.count = (uint32_t)w->facts.members.len - start;
}

static void copy_assertion(sp_whatif *w, sp_type type, const sp_cell *from, uint32_t dropped, sp_cell *cell)
{
    *cell = *from;
    if (from->status != SP_CELL_STATED)
        return;
    if (type.list)
        copy_list(w, type, from, dropped, cell);
    else if (type.kind == SP_ENTITY)
        cell->value.index = translated(w, type.index, from->value.index);
}

static void copy_several(sp_whatif *w, sp_type type, const sp_cell *from, sp_cell *cell)
{
    uint32_t start = (uint32_t)w->facts.alternatives.len;
    *cell = *from;
    for (uint32_t i = 0; i < from->value.count && !w->failed; i++) {
        sp_cell one;
        copy_assertion(w, type, &w->base->alternatives.items[from->value.start + i], SP_NONE, &one);
        w->failed |= !SP_VEC_PUSH(&w->facts.alternatives, one);
    }
    cell->value.start = start;
}

/* The rows that a list owns, side by side: those of the case but one, then `further` new ones. */
static void fill_owned(sp_whatif *w, uint32_t entity, uint32_t owner, const sp_cell *from, uint32_t dropped,
                       uint32_t further, sp_cell *cell)
{
    const sp_table *t = &w->base->tables[entity];
    uint32_t first = from->value.start - t->first[w->case_index];
    uint32_t had = from->status == SP_CELL_STATED ? from->value.count : 0;
    uint32_t start = w->facts.tables[entity].rows;
    for (uint32_t i = 0; i < had && !w->failed; i++)
        if (first + i != dropped)
            w->failed |= copy_row(w, entity, first + i, owner) == SP_NONE;
    for (uint32_t i = 0; i < further && !w->failed; i++) {
        char id[32];
        int length = snprintf(id, sizeof id, ENTRY_ID, i + 1);
        uint32_t row = sp_facts_add_row(&w->facts, entity, owner, (sp_str){id, (size_t)length});
        w->failed |= row == SP_NONE;
        if (!w->failed)
            set_virtual(w, entity, row, other_number(w, entity, row));
    }
    uint32_t end = w->facts.tables[entity].rows;
    for (uint32_t row = start; row < end && !w->failed; row++)
        fill_row(w, entity, row, w->rows[entity].virtual_row.items[row]);
    cell->value = (sp_value){.start = start, .count = end - start};
}

/* A reference to something by its id, which the lane need not have yet. */
static uint32_t refer(sp_whatif *w, uint32_t entity, sp_str id)
{
    uint32_t row = sp_facts_refer(&w->facts, entity, id);
    if (row == SP_NONE && !w->facts.failed)
        row = sp_facts_add_row(&w->facts, entity, SP_NONE, id);
    w->failed |= row == SP_NONE;
    return row;
}

static uint32_t row_of_number(sp_whatif *w, uint32_t entity, uint32_t number)
{
    uint32_t table = table_of(w->base->vocab, entity);
    if (number < w->rows[table].base)
        return w->rows[table].lane_row[current_lane(w)][number];
    return refer(w, table, sp_intern_text(&w->rows[table].others, number - w->rows[table].base));
}

/* What the world says of a fact, whose own row the case has: as sp_facts_refer would have brought it. */
static void world_cell(sp_whatif *w, const sp_fact *fact, uint32_t row, sp_cell *cell)
{
    const sp_facts *world = w->facts.world;
    uint32_t table = table_of(w->base->vocab, fact->entity);
    *cell = (sp_cell){0};
    if (world == NULL || !w->facts.tables[table].keyed || owned(w->base->vocab, fact->type))
        return;
    uint32_t at = sp_intern_find(&world->ids[table], sp_facts_row_id(&w->facts, table, row));
    if (at == SP_NONE)
        return;
    *cell = *sp_facts_cell(world, fact->entity, at, fact->column);
    cell->origin = SP_FROM_WORLD;
    uint32_t count;
    const sp_cell *said = sp_facts_assertions(world, cell, &count);
    uint32_t several = (uint32_t)w->facts.alternatives.len, kept = 0;
    sp_cell only = {0};
    for (uint32_t i = 0; i < count && !w->failed; i++) {
        sp_cell one = said[i];
        one.origin = SP_FROM_WORLD;
        if (!sp_facts_timely(&w->facts, &one)) {
            only = kept == 0 ? sp_facts_withheld_cell(&one) : only;
            continue;
        }
        kept++;
        if (fact->type.kind != SP_ENTITY && !fact->type.list) {
            /* the value stands in the cell, or for a text in the world */
        } else if (!fact->type.list) {
            one.value.index = refer(w, fact->type.index,
                                    sp_facts_row_id(world, fact->type.index, one.value.index));
        } else {
            SP_VEC(uint32_t) members = {0};
            for (uint32_t k = 0; k < one.value.count; k++) {
                uint32_t member = sp_facts_members(world, &said[i])[k];
                if (fact->type.kind == SP_ENTITY)
                    member = refer(w, fact->type.index, sp_facts_row_id(world, fact->type.index, member));
                w->failed |= !SP_VEC_PUSH(&members, member);
            }
            one.value.start = (uint32_t)w->facts.members.len;
            for (size_t k = 0; k < members.len; k++)
                w->failed |= !SP_VEC_PUSH(&w->facts.members, members.items[k]);
            SP_VEC_FREE(&members);
        }
        only = one;
        if (cell->status == SP_CELL_SEVERAL)
            w->failed |= !SP_VEC_PUSH(&w->facts.alternatives, one);
    }
    if (kept > 1)
        cell->value = (sp_value){.start = several, .count = kept};
    else if (count > 0)
        *cell = only;
}

static void change_members(sp_whatif *w, sp_type type, const sp_cell *from, const sp_change *change,
                           sp_cell *cell)
{
    uint32_t start;
    SP_VEC(uint32_t) further = {0};
    for (uint32_t i = 0; i < change->member_count; i++)
        w->failed |= !SP_VEC_PUSH(&further, type.kind == SP_ENTITY
                                                ? row_of_number(w, type.index, change->members[i])
                                                : change->members[i]);
    start = (uint32_t)w->facts.members.len;
    if (from->status == SP_CELL_STATED)
        add_members(w, type, sp_facts_members(w->base, from), from->value.count, SP_NONE);
    for (size_t i = 0; i < further.len && !w->failed; i++)
        w->failed |= !SP_VEC_PUSH(&w->facts.members, further.items[i]);
    cell->value = (sp_value){.start = start, .count = (uint32_t)w->facts.members.len - start};
    SP_VEC_FREE(&further);
}

/* The cell of a fact as a change has it; `from` is the case's. */
static void changed_cell(sp_whatif *w, const sp_fact *fact, uint32_t row, const sp_cell *from,
                         const sp_change *change, sp_cell *cell)
{
    *cell = (sp_cell){.status = SP_CELL_STATED, .origin = SP_FROM_SET};
    switch ((sp_change_kind)change->kind) {
    case SP_CHANGE_NONE:
        break;
    case SP_CHANGE_UNSTATED:
        world_cell(w, fact, row, cell);
        break;
    case SP_CHANGE_VALUE:
        cell->value = fact->type.kind == SP_TEXT ? sp_facts_add_text(&w->facts, change->text)
                                                 : change->value;
        break;
    case SP_CHANGE_ROW:
        cell->value.index = row_of_number(w, fact->type.index, change->value.index);
        break;
    case SP_CHANGE_ASSERTION:
        copy_assertion(w, fact->type, &w->base->alternatives.items[from->value.start + change->value.index],
                       SP_NONE, cell);
        break;
    case SP_CHANGE_MEMBERS:
        cell->incomplete = !change->complete;
        if (owned(w->base->vocab, fact->type))
            fill_owned(w, fact->type.index, row, from, SP_NONE, 0, cell);
        else
            change_members(w, fact->type, from, change, cell);
        break;
    case SP_CHANGE_ENTRIES:
        cell->incomplete = !change->complete;
        fill_owned(w, fact->type.index, row, from, SP_NONE, change->value.index, cell);
        break;
    case SP_CHANGE_DROP:
        *cell = *from;
        cell->origin = SP_FROM_SET;
        if (owned(w->base->vocab, fact->type))
            fill_owned(w, fact->type.index, row, from, change->value.index, 0, cell);
        else
            copy_list(w, fact->type, from, change->value.index, cell);
        break;
    }
}

static bool changed_day(const sp_whatif *w)
{
    const sp_vocab *vocab = w->base->vocab;
    return (vocab->day_of_case != 0 && w->changed[vocab->day_of_case - 1]) ||
           (vocab->sources_until != 0 && w->changed[vocab->sources_until - 1]);
}

/* Is a fact from the world, and may it have been found by the lane's day, and not by the case's, or the other way round? */
static bool found_anew(const sp_whatif *w, const sp_fact *fact, const sp_cell *from)
{
    return fact->dated && from->origin == SP_FROM_WORLD && changed_day(w) &&
           (from->status != SP_CELL_UNSTATED || sp_facts_withheld(from)) &&
           w->facts.tables[table_of(w->base->vocab, fact->entity)].keyed &&
           !owned(w->base->vocab, fact->type);
}

/* The facts of one row of the lane, as the case has them but for the changes. */
static void fill_row(sp_whatif *w, uint32_t entity, uint32_t row, uint32_t number)
{
    static const sp_cell unstated = {0};
    const sp_vocab *vocab = w->base->vocab;
    const sp_entity *e = &vocab->entities.items[entity];
    bool known = number < w->rows[table_of(vocab, entity)].base;
    for (uint32_t column = 0; column < e->columns.len && !w->failed; column++) {
        const sp_fact *fact = &vocab->facts.items[e->columns.items[column]];
        const sp_cell *from = &unstated;
        const sp_change *change = change_of(w, e->columns.items[column], number);
        sp_cell cell;
        if (known)
            from = sp_facts_cell(w->base, entity, w->base->tables[entity].first[w->case_index] + number,
                                 column);
        bool again = change == NULL && found_anew(w, fact, from);
        if (change == NULL && from->status == SP_CELL_UNSTATED && !again)
            continue; /* also what the world has already brought along */
        if (again)
            world_cell(w, fact, row, &cell);
        else if (change != NULL)
            changed_cell(w, fact, row, from, change, &cell);
        else if (from->status == SP_CELL_SEVERAL)
            copy_several(w, fact->type, from, &cell);
        else if (from->status == SP_CELL_STATED && owned(vocab, fact->type)) {
            cell = *from;
            fill_owned(w, fact->type.index, row, from, SP_NONE, 0, &cell);
        } else
            copy_assertion(w, fact->type, from, SP_NONE, &cell);
        if (!w->failed)
            *sp_facts_cell(&w->facts, entity, row, column) = cell;
    }
}

/* Entries of collections first, since facts refer to them. */
static void copy_keyed_rows(sp_whatif *w)
{
    for (uint32_t e = 0; e < entity_count(w); e++)
        for (uint32_t i = 0; w->facts.tables[e].keyed && i < w->rows[e].base && !w->failed; i++)
            w->failed |= copy_row(w, e, i, SP_NONE) == SP_NONE;
}

static void fill_keyed_rows(sp_whatif *w)
{
    const sp_vocab *vocab = w->base->vocab;
    for (uint32_t e = 0; e < entity_count(w); e++) {
        uint32_t table = table_of(vocab, e);
        for (uint32_t i = 0; w->facts.tables[table].keyed && i < w->rows[table].base && !w->failed; i++)
            fill_row(w, e, w->rows[table].lane_row[current_lane(w)][i], i);
    }
}

/* Rows that references have brought along. */
static void number_other_rows(sp_whatif *w)
{
    for (uint32_t e = 0; e < entity_count(w); e++) {
        const sp_table *t = &w->facts.tables[e];
        if (w->base->vocab->entities.items[e].facet_of != SP_NONE)
            continue;
        for (uint32_t row = t->first[current_lane(w)]; row < t->rows && !w->failed; row++)
            if (row >= w->rows[e].virtual_row.len || w->rows[e].virtual_row.items[row] == SP_NONE)
                set_virtual(w, e, row, other_number(w, e, row));
    }
}

uint32_t sp_whatif_add(sp_whatif *w, const sp_change *changes, size_t count)
{
    uint32_t lane = sp_facts_begin_case(&w->facts);
    uint32_t case_row = w->facts.tables[SP_CASE_ENTITY].first[lane];
    w->changes = changes;
    w->change_count = count;
    if (w->facts.failed) {
        w->failed = true;
        sp_facts_end_case(&w->facts);
        return lane;
    }
    for (size_t i = 0; i < count; i++)
        w->changed[changes[i].fact] = true;
    w->facts.cases[lane] = w->base->cases[w->case_index];
    for (uint32_t e = 0; e < entity_count(w); e++)
        for (uint32_t i = 0; i < w->rows[e].base; i++)
            w->rows[e].lane_row[lane][i] = SP_NONE;
    keep_row(w, SP_CASE_ENTITY, 0, case_row);
    copy_keyed_rows(w);
    if (!w->failed)
        fill_row(w, SP_CASE_ENTITY, case_row, 0);
    fill_keyed_rows(w);
    sp_facts_complete_world(&w->facts);
    if (!w->facts.failed)
        number_other_rows(w);
    sp_facts_end_case(&w->facts);
    w->failed |= w->facts.failed;
    for (size_t i = 0; i < count; i++)
        w->changed[changes[i].fact] = false;
    w->lanes_run++;
    return lane;
}

surplace_status sp_whatif_run(sp_whatif *w, const char **what)
{
    *what = NULL;
    return w->failed ? SURPLACE_NO_MEMORY : sp_run_batch(&w->run, &w->facts, what);
}

uint32_t sp_whatif_lane_row(const sp_whatif *w, uint32_t lane, uint32_t entity, uint32_t row)
{
    return w->rows[table_of(w->base->vocab, entity)].lane_row[lane][row];
}

uint32_t sp_whatif_virtual_row(const sp_whatif *w, uint32_t entity, uint32_t lane_row)
{
    return w->rows[table_of(w->base->vocab, entity)].virtual_row.items[lane_row];
}

uint32_t sp_whatif_number(sp_whatif *w, uint32_t entity, sp_str id)
{
    uint32_t table = table_of(w->base->vocab, entity);
    uint32_t row = sp_facts_find_row(w->base, w->case_index, table, id);
    if (row != SP_NONE)
        return row - w->base->tables[table].first[w->case_index];
    uint32_t number = sp_intern_add(&w->rows[table].others, id);
    w->failed |= number == SP_NONE;
    return w->rows[table].base + number;
}

bool sp_whatif_known(const sp_whatif *w, uint32_t entity, uint32_t virtual_row)
{
    return virtual_row < w->rows[table_of(w->base->vocab, entity)].base;
}

uint32_t sp_whatif_root_row(const sp_whatif *w, uint32_t lane, uint32_t criterion, uint32_t row,
                            uint32_t with_row)
{
    const sp_criterion *c = &w->base->vocab->criteria.items[criterion];
    uint32_t at = sp_whatif_lane_row(w, lane, c->entity, row);
    uint32_t with = with_row == SP_NONE ? SP_NONE : sp_whatif_lane_row(w, lane, c->with, with_row);
    if (at == SP_NONE || (with_row != SP_NONE && with == SP_NONE))
        return SP_NONE;
    return sp_rows_root_row(&w->run.rows, w->run.net->root_frames[criterion], at, with);
}

sp_state sp_whatif_state(const sp_whatif *w, uint32_t lane, uint32_t criterion, uint32_t row,
                         uint32_t with_row, bool *presumed)
{
    uint32_t at = sp_whatif_root_row(w, lane, criterion, row, with_row);
    uint32_t node = w->run.net->criterion_nodes[criterion];
    *presumed = at != SP_NONE && sp_run_presumed(&w->run, node, at);
    return at == SP_NONE ? SP_OPEN : sp_run_state(&w->run, node, at);
}
