#include "explain/results.h"

bool sp_results_rows(const sp_facts *facts, uint32_t case_index, uint32_t entity, sp_arena *arena,
                     const uint32_t **rows, uint32_t *count)
{
    const sp_entity *e = &facts->vocab->entities.items[entity];
    if (e->facet_of != SP_NONE)
        return sp_results_rows(facts, case_index, e->facet_of, arena, rows, count);
    if (e->owner == SP_NONE)
        return sp_facts_sorted_rows(facts, case_index, entity, arena, rows, count);
    const uint32_t *owners;
    uint32_t owner_count, n = 0;
    const sp_table *t = &facts->tables[entity];
    uint32_t *out = SP_NEW_ARRAY(arena, uint32_t, t->first[case_index + 1] - t->first[case_index]);
    if (out == NULL || !sp_results_rows(facts, case_index, e->owner, arena, &owners, &owner_count))
        return false;
    uint32_t column = facts->vocab->facts.items[e->owner_fact].column;
    for (uint32_t i = 0; i < owner_count; i++) {
        const sp_cell *cell = sp_facts_cell(facts, e->owner, owners[i], column);
        for (uint32_t k = 0; cell->status == SP_CELL_STATED && k < cell->value.count; k++)
            out[n++] = cell->value.start + k;
    }
    *rows = out;
    *count = n;
    return true;
}

static bool add_result(sp_explainer *ex, sp_results *results, uint32_t criterion, uint32_t row,
                       uint32_t with_row)
{
    const sp_network *net = ex->run->net;
    uint32_t root = sp_rows_root_row(&ex->run->rows, net->root_frames[criterion], row, with_row);
    sp_result result = {criterion, root, row, with_row,
                        sp_run_state(ex->run, net->criterion_nodes[criterion], root)};
    return SP_VEC_PUSH(results, result);
}

/* Does entity a come before b? The case first, explanations of State conduct last, else by name: the order in which
 * vocabulary files are read means nothing. */
static bool before(const sp_vocab *vocab, uint32_t a, uint32_t b)
{
    const sp_entity *x = &vocab->entities.items[a], *y = &vocab->entities.items[b];
    if ((a == SP_CASE_ENTITY) != (b == SP_CASE_ENTITY))
        return a == SP_CASE_ENTITY;
    return x->explanation != y->explanation ? y->explanation : sp_str_cmp(x->name, y->name) < 0;
}

static uint32_t *entities_in_order(const sp_vocab *vocab, sp_arena *arena)
{
    uint32_t *order = SP_NEW_ARRAY(arena, uint32_t, vocab->entities.len);
    for (uint32_t e = 0; order != NULL && e < vocab->entities.len; e++) {
        uint32_t at = e;
        for (; at > 0 && before(vocab, e, order[at - 1]); at--)
            order[at] = order[at - 1];
        order[at] = e;
    }
    return order;
}

/* The rows of every entity, found once: each may be asked for again, for pairs and for what it owns. */
struct listed {
    const uint32_t *rows;
    uint32_t count;
};

static bool add_results(sp_explainer *ex, sp_results *results, const struct listed *listed,
                        const sp_criterion *c, uint32_t criterion, uint32_t row)
{
    if (c->with == SP_NONE)
        return add_result(ex, results, criterion, row, SP_NONE);
    const struct listed *with = &listed[c->with];
    for (uint32_t w = 0; w < with->count; w++)
        if (!add_result(ex, results, criterion, row, with->rows[w]))
            return false;
    return true;
}

bool sp_results_of_case(sp_explainer *ex, uint32_t case_index, sp_arena *arena, sp_results *results)
{
    const sp_facts *facts = ex->run->facts;
    const sp_vocab *vocab = facts->vocab;
    struct listed *listed = SP_NEW_ARRAY(arena, struct listed, vocab->entities.len);
    const uint32_t *order = entities_in_order(vocab, arena);
    results->len = 0;
    for (uint32_t e = 0; e < vocab->entities.len; e++)
        if (listed == NULL || order == NULL ||
            !sp_results_rows(facts, case_index, e, arena, &listed[e].rows, &listed[e].count))
            return false;
    for (uint32_t i = 0; i < vocab->entities.len; i++) {
        uint32_t e = order[i];
        const sp_entity *entity = &vocab->entities.items[e];
        for (uint32_t r = 0; r < listed[e].count; r++)
            for (size_t m = 0; m < entity->members.len; m++) {
                const sp_member *member = &entity->members.items[m];
                if (member->kind == SP_MEMBER_CRITERION &&
                    !add_results(ex, results, listed, &vocab->criteria.items[member->index], member->index,
                                 listed[e].rows[r]))
                    return false;
            }
    }
    return true;
}
