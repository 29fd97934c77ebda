#include "eval/rows.h"

#include "surplace/limits.h"

static uint32_t climb(const sp_rows *r, uint32_t *frame, uint32_t row, uint32_t up)
{
    for (; up > 0; up--) {
        row = r->frames[*frame].parent_row[row];
        *frame = r->net->frames.items[*frame].parent;
    }
    return row;
}

uint32_t sp_rows_case(const sp_rows *r, uint32_t frame, uint32_t row)
{
    while (r->net->frames.items[frame].parent != SP_NONE)
        row = climb(r, &frame, row, 1);
    const sp_frame_rows *rows = &r->frames[frame];
    uint32_t entity_row = rows->value != NULL ? rows->value[row] : row;
    return r->facts->tables[r->net->frames.items[frame].entity].case_of[entity_row];
}

uint32_t sp_rows_root_row(const sp_rows *r, uint32_t frame, uint32_t row, uint32_t with_row)
{
    const sp_frame *f = &r->net->frames.items[frame];
    if (f->with == SP_NONE)
        return row;
    const sp_table *a = &r->facts->tables[f->entity], *b = &r->facts->tables[f->with];
    uint32_t c = a->case_of[row];
    uint32_t width = b->first[c + 1] - b->first[c];
    return r->frames[frame].pair_base[c] + (row - a->first[c]) * width + (with_row - b->first[c]);
}

static const uint32_t *collection(sp_rows *r, uint32_t entity, uint32_t c, uint32_t *count)
{
    const sp_table *t = &r->facts->tables[entity];
    const uint32_t **slot = &r->collections[(size_t)entity * SP_BATCH_CASES + c];
    *count = t->first[c + 1] - t->first[c];
    if (*slot == NULL && !sp_facts_sorted_rows(r->facts, c, entity, &r->arena, slot, count))
        r->failed = true;
    return *slot;
}

static void emit(sp_rows *r, sp_targets *targets, sp_target target)
{
    if (!SP_VEC_PUSH(targets, target))
        r->failed = true;
}

static bool owned_list(const sp_vocab *vocab, sp_type type)
{
    return type.kind == SP_ENTITY && vocab->entities.items[type.index].collection.len == 0;
}

static void emit_list(sp_rows *r, const sp_fact *fact, const sp_cell *cell, sp_target target,
                      sp_targets *targets)
{
    target.kind = SP_TARGET_LIST;
    target.cell = cell;
    target.complete = !cell->incomplete;
    target.count = cell->value.count;
    if (owned_list(r->facts->vocab, fact->type))
        target.value = cell->value.start;
    else
        target.members = sp_facts_members(r->facts, cell);
    emit(r, targets, target);
}

static void follow_several(sp_rows *r, const sp_path *path, uint32_t at, const sp_cell *cell,
                           sp_target target, sp_targets *targets);

/* Where a path ends at one assertion of a fact. */
static void emit_asserted(sp_rows *r, const sp_fact *fact, const sp_cell *assertion, sp_target target,
                          sp_targets *targets)
{
    if (fact->type.list) {
        emit_list(r, fact, assertion, target, targets);
        return;
    }
    target.kind = SP_TARGET_CELL;
    target.cell = assertion;
    target.value = assertion->value.index;
    emit(r, targets, target);
}

/* Follows the hops from `at` on, from a row of an entity. */
static void follow(sp_rows *r, const sp_path *path, uint32_t at, uint32_t entity, uint32_t row,
                   sp_targets *targets)
{
    for (; at < path->hop_count; at++) {
        const sp_hop *hop = &r->net->hops.items[path->first_hop + at];
        const sp_table *t = &r->facts->tables[entity];
        if (hop->kind == SP_HOP_FACT) {
            const sp_cell *cell = &t->cells[(size_t)row * t->columns + hop->column];
            sp_target target = {
                .kind = SP_TARGET_OPEN, .cell = cell, .entity = entity, .row = row, .fact = hop->fact};
            if (cell->status == SP_CELL_STATED && at + 1 < path->hop_count) {
                row = cell->value.index;
            } else {
                follow_several(r, path, at, cell, target, targets);
                return;
            }
        } else if (hop->kind == SP_HOP_OWNER) {
            row = t->owner[row];
        } else if (hop->kind == SP_HOP_CASE) {
            row = r->facts->tables[SP_CASE_ENTITY].first[t->case_of[row]];
        } else if (hop->kind == SP_HOP_COLLECTION) {
            uint32_t facet_of = r->facts->vocab->entities.items[hop->to].facet_of;
            sp_target target = {.kind = SP_TARGET_LIST, .complete = true, .fact = SP_NONE};
            target.members = collection(r, facet_of != SP_NONE ? facet_of : hop->to, t->case_of[row],
                                        &target.count);
            emit(r, targets, target);
            return;
        }
        entity = hop->kind == SP_HOP_CASE ? SP_CASE_ENTITY : hop->to;
    }
    emit(r, targets, (sp_target){.kind = SP_TARGET_VALUE, .value = row, .fact = SP_NONE});
}

/* A fact that is open, is asserted in several ways, or is the last of the path. Chains are short
 * (SURPLACE_MAX_PATH_STEPS). */
static void follow_several(sp_rows *r, const sp_path *path, uint32_t at, const sp_cell *cell,
                           sp_target target, sp_targets *targets)
{
    const sp_hop *hop = &r->net->hops.items[path->first_hop + at];
    const sp_fact *fact = &r->facts->vocab->facts.items[hop->fact];
    uint32_t count;
    const sp_cell *assertions = sp_facts_assertions(r->facts, cell, &count);
    if (count == 0)
        emit(r, targets, target);
    for (uint32_t i = 0; i < count; i++) {
        if (at + 1 < path->hop_count)
            follow(r, path, at + 1, hop->to, assertions[i].value.index, targets);
        else
            emit_asserted(r, fact, &assertions[i], target, targets);
    }
}

void sp_rows_resolve(sp_rows *r, const sp_path *path, uint32_t frame, uint32_t row, sp_targets *targets)
{
    if (path->start == SP_START_CASE) {
        uint32_t c = sp_rows_case(r, frame, row);
        follow(r, path, 0, SP_CASE_ENTITY, r->facts->tables[SP_CASE_ENTITY].first[c], targets);
        return;
    }
    uint32_t at = frame;
    row = climb(r, &at, row, path->up);
    const sp_frame *f = &r->net->frames.items[at];
    const sp_frame_rows *rows = &r->frames[at];
    if (path->start == SP_START_WITH)
        follow(r, path, 0, f->with, rows->with_row[row], targets);
    else
        follow(r, path, 0, f->entity, rows->value != NULL ? rows->value[row] : row, targets);
}

/* --- building --- */

static void count_words(sp_frame_rows *rows)
{
    rows->words = (rows->rows + 63) / 64;
}

static void build_root(sp_rows *r, uint32_t index)
{
    const sp_frame *f = &r->net->frames.items[index];
    sp_frame_rows *rows = &r->frames[index];
    const sp_table *a = &r->facts->tables[f->entity];
    rows->rows = a->rows;
    if (f->with == SP_NONE) {
        count_words(rows);
        return;
    }
    const sp_table *b = &r->facts->tables[f->with];
    size_t total = 0;
    for (uint32_t c = 0; c < r->facts->case_count; c++) {
        size_t pairs = (size_t)(a->first[c + 1] - a->first[c]) * (b->first[c + 1] - b->first[c]);
        rows->pair_base[c] = (uint32_t)total;
        total += pairs;
        if (pairs > SURPLACE_MAX_ROWS || total > UINT32_MAX / 2) {
            r->too_many = true;
            return;
        }
    }
    rows->rows = (uint32_t)total;
    count_words(rows);
    rows->value = SP_NEW_ARRAY(&r->arena, uint32_t, total);
    rows->with_row = SP_NEW_ARRAY(&r->arena, uint32_t, total);
    if (r->arena.failed)
        return;
    uint32_t at = 0;
    for (uint32_t c = 0; c < r->facts->case_count; c++)
        for (uint32_t i = a->first[c]; i < a->first[c + 1]; i++)
            for (uint32_t j = b->first[c]; j < b->first[c + 1]; j++, at++) {
                rows->value[at] = i;
                rows->with_row[at] = j;
            }
}

/* One target list of a parent row becomes a segment of child rows. */
static void add_segment(const sp_target *target, uint32_t parent_row, sp_frame_rows *rows, uint32_t segment)
{
    sp_segment *s = &rows->segments[segment];
    *s = (sp_segment){.first = rows->rows,
                      .count = target->count,
                      .stated = target->kind == SP_TARGET_LIST,
                      .complete = target->complete};
    for (uint32_t i = 0; i < target->count; i++) {
        rows->parent_row[rows->rows] = parent_row;
        rows->value[rows->rows++] = target->members != NULL ? target->members[i] : target->value + i;
    }
}

static void build_quantified(sp_rows *r, uint32_t index)
{
    const sp_frame *f = &r->net->frames.items[index];
    sp_frame_rows *rows = &r->frames[index];
    uint32_t parents = r->frames[f->parent].rows;
    sp_targets *targets = &r->scratch;
    size_t total = 0;
    targets->len = 0;
    rows->first_segment = SP_NEW_ARRAY(&r->arena, uint32_t, parents + 1u);
    if (rows->first_segment == NULL)
        return;
    for (uint32_t p = 0; p < parents && !r->failed; p++) {
        rows->first_segment[p] = (uint32_t)targets->len;
        sp_rows_resolve(r, &f->list, f->parent, p, targets);
        for (size_t i = rows->first_segment[p]; i < targets->len; i++)
            total += targets->items[i].count;
        if (total > (size_t)SURPLACE_MAX_ROWS * (r->facts->case_count > 0 ? r->facts->case_count : 1)) {
            r->too_many = true;
            return;
        }
    }
    rows->first_segment[parents] = (uint32_t)targets->len;
    rows->segments = SP_NEW_ARRAY(&r->arena, sp_segment, targets->len);
    rows->parent_row = SP_NEW_ARRAY(&r->arena, uint32_t, total);
    rows->value = SP_NEW_ARRAY(&r->arena, uint32_t, total);
    if (r->arena.failed)
        return;
    for (uint32_t p = 0; p < parents; p++)
        for (uint32_t s = rows->first_segment[p]; s < rows->first_segment[p + 1]; s++)
            add_segment(&targets->items[s], p, rows, s);
    count_words(rows);
}

bool sp_rows_build(sp_rows *r, const sp_network *net, const sp_facts *facts)
{
    sp_arena_reset(&r->arena);
    r->net = net;
    r->facts = facts;
    r->failed = r->too_many = false;
    r->frames = SP_NEW_ARRAY(&r->arena, sp_frame_rows, net->frames.len);
    r->collections = SP_NEW_ARRAY(&r->arena, const uint32_t *, facts->vocab->entities.len *SP_BATCH_CASES);
    /* a frame comes after its parent: compile makes them so */
    for (uint32_t i = 0; i < net->frames.len && !r->arena.failed && !r->failed && !r->too_many; i++) {
        if (net->frames.items[i].parent == SP_NONE)
            build_root(r, i);
        else
            build_quantified(r, i);
    }
    r->failed |= r->arena.failed;
    return !r->failed && !r->too_many;
}

void sp_rows_free(sp_rows *r)
{
    sp_arena_free(&r->arena);
    SP_VEC_FREE(&r->scratch);
    *r = (sp_rows){0};
}
