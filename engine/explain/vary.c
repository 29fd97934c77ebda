#include "explain/vary.h"

#include <stdlib.h>
#include <string.h>

#include "surplace/limits.h"

static const sp_vocab *vocab_of(const sp_variations *v)
{
    return v->what.base->vocab;
}

static bool owned(const sp_vocab *vocab, sp_type type)
{
    return type.list && type.kind == SP_ENTITY && vocab->entities.items[type.index].collection.len == 0;
}

static uint32_t base_row(const sp_variations *v, uint32_t entity, uint32_t number)
{
    uint32_t facet_of = vocab_of(v)->entities.items[entity].facet_of;
    return v->what.base->tables[facet_of != SP_NONE ? facet_of : entity].first[v->what.case_index] + number;
}

static const sp_cell *cell_of(const sp_variations *v, const sp_question *q)
{
    const sp_fact *fact = &vocab_of(v)->facts.items[q->fact];
    return sp_facts_cell(v->what.base, fact->entity, base_row(v, fact->entity, q->row), fact->column);
}

/* --- what each fact is compared with, anywhere in the rules --- */

/* The fact that a path ends at, or SP_NONE. */
static uint32_t end_of(const sp_network *net, const sp_path *path)
{
    if (path->hop_count == 0)
        return SP_NONE;
    const sp_hop *hop = &net->hops.items[path->first_hop + path->hop_count - 1];
    return hop->kind == SP_HOP_FACT ? hop->fact : SP_NONE;
}

static void mark_literal(sp_variations *v, uint32_t question, const sp_net_node *n,
                         const sp_operand *operand, bool right)
{
    sp_mark mark = {.op = n->cond->op, .right = right, .chosen = SP_NONE, .value = operand->value};
    if (operand->kind == SP_OPERAND_PARAMETER)
        mark.value = v->what.run.net->parameters[operand->parameter];
    if (operand->type.kind == SP_TEXT)
        mark.text = operand->text;
    if (operand->type.kind == SP_ENTITY)
        mark.value.index = sp_whatif_number(&v->what, operand->type.index, operand->text);
    sp_question_mark(&v->questions, question, mark);
}

/* Whatever the case states of the other fact. */
static void mark_cells(sp_variations *v, uint32_t question, const sp_net_node *n, uint32_t other,
                       bool right)
{
    const sp_facts *base = v->what.base;
    const sp_fact *fact = &base->vocab->facts.items[other];
    const sp_table *t = &base->tables[fact->entity];
    if (fact->type.kind == SP_ENTITY || fact->type.list)
        return;
    for (uint32_t row = t->first[v->what.case_index]; row < t->first[v->what.case_index + 1]; row++) {
        uint32_t count;
        const sp_cell *said = sp_facts_assertions(
            base, sp_facts_cell(base, fact->entity, row, fact->column), &count);
        for (uint32_t i = 0; i < count; i++) {
            sp_mark mark = {.op = n->cond->op, .right = right, .chosen = SP_NONE, .value = said[i].value};
            if (fact->type.kind == SP_TEXT)
                mark.text = sp_facts_text(base, &said[i]);
            sp_question_mark(&v->questions, question, mark);
        }
    }
}

static void mark_comparison(sp_variations *v, uint32_t question, const sp_net_node *n)
{
    const sp_network *net = v->what.run.net;
    uint32_t fact = v->questions.items.items[question].fact;
    const sp_operand *left = &n->cond->left;
    bool is_left = left->kind == SP_OPERAND_PATH && end_of(net, &n->left) == fact;
    for (uint32_t i = 0; i < n->cond->right_count; i++) {
        bool path = n->cond->right[i].kind == SP_OPERAND_PATH;
        uint32_t end = path ? end_of(net, &n->right[i]) : SP_NONE;
        if (is_left && !path)
            mark_literal(v, question, n, &n->cond->right[i], false);
        if (is_left && end != SP_NONE)
            mark_cells(v, question, n, end, false);
        if (end == fact && left->kind != SP_OPERAND_PATH)
            mark_literal(v, question, n, left, true);
        if (end == fact && left->kind == SP_OPERAND_PATH && end_of(net, &n->left) != SP_NONE)
            mark_cells(v, question, n, end_of(net, &n->left), true);
    }
}

static void mark_all(sp_variations *v)
{
    const sp_network *net = v->what.run.net;
    for (uint32_t q = 0; q < v->questions.items.len && !v->questions.failed; q++) {
        if (vocab_of(v)->facts.items[v->questions.items.items[q].fact].type.list)
            continue;
        for (size_t i = 0; i < net->nodes.len; i++)
            if (net->nodes.items[i].kind == SP_NET_COMPARE && !net->nodes.items[i].cond->counts)
                mark_comparison(v, q, &net->nodes.items[i]);
    }
}

/* --- the variations --- */

/* Every fact that the case itself states. */
static void list_facts(sp_variations *v)
{
    const sp_facts *base = v->what.base;
    for (uint32_t e = 0; e < vocab_of(v)->entities.len; e++) {
        const sp_entity *entity = &vocab_of(v)->entities.items[e];
        uint32_t rows = v->what.rows[entity->facet_of != SP_NONE ? entity->facet_of : e].base;
        for (uint32_t row = 0; row < rows; row++)
            for (size_t c = 0; c < entity->columns.len && !v->failed; c++) {
                const sp_cell *cell = sp_facts_cell(base, e, base_row(v, e, row), (uint32_t)c);
                if (cell->origin == SP_FROM_WORLD ||
                    (cell->status != SP_CELL_STATED && cell->status != SP_CELL_SEVERAL))
                    continue;
                uint32_t q = sp_question_about(&v->questions, entity->columns.items[c], row,
                                               cell->status == SP_CELL_SEVERAL);
                v->failed |= q == SP_NONE;
                if (!v->failed)
                    v->questions.items.items[q].anew = true;
            }
    }
}

/* Is the value that is stated one of this answer's class? */
static bool as_stated(const sp_variations *v, const sp_question *q, const sp_answer *answer)
{
    const sp_cell *cell = cell_of(v, q);
    sp_type type = vocab_of(v)->facts.items[q->fact].type;
    const sp_interval *s = &answer->span;
    if (cell->status != SP_CELL_STATED)
        return false;
    switch ((sp_type_kind)type.kind) {
    case SP_YES_NO:
        return cell->value.index == answer->change.value.index;
    case SP_ENUM:
        for (uint32_t i = 0; i < answer->value_count; i++)
            if (answer->values[i] == cell->value.index)
                return true;
        return false;
    case SP_ENTITY:
        return cell->value.index - base_row(v, type.index, 0) == answer->change.value.index;
    case SP_TEXT:
        return sp_str_eq(sp_facts_text(v->what.base, cell), answer->change.text);
    case SP_NUMBER:
        return (!s->low || cell->value.number > s->from.number ||
                (s->with_low && !(cell->value.number < s->from.number))) &&
               (!s->high || cell->value.number < s->to.number ||
                (s->with_high && !(cell->value.number > s->to.number)));
    case SP_DATE:
        return (!s->low || cell->value.date.from >= s->from.date.from) &&
               (!s->high || cell->value.date.to <= s->to.date.to);
    }
    return false;
}

static void add_variation(sp_variations *v, uint32_t question, const sp_answer *answer, uint32_t place)
{
    sp_variation variation = {.question = question, .answer = *answer, .place = place};
    v->failed |= !SP_VEC_PUSH(&v->variations, variation);
}

static void vary_list(sp_variations *v, uint32_t question)
{
    const sp_question *q = &v->questions.items.items[question];
    const sp_cell *cell = cell_of(v, q);
    sp_type type = vocab_of(v)->facts.items[q->fact].type;
    bool own = owned(vocab_of(v), type);
    for (uint32_t i = 0; cell->status == SP_CELL_STATED && i < cell->value.count; i++) {
        uint32_t member = own ? cell->value.start + i : sp_facts_members(v->what.base, cell)[i];
        if (type.kind == SP_ENTITY)
            member -= v->what.base->tables[type.index].first[v->what.case_index];
        sp_answer answer = {
            .change = {.kind = SP_CHANGE_DROP, .fact = q->fact, .row = q->row, .value = {.index = member}}};
        add_variation(v, question, &answer, SP_NONE);
    }
}

static void vary_fact(sp_variations *v, uint32_t question)
{
    const sp_question *q = &v->questions.items.items[question];
    sp_type type = vocab_of(v)->facts.items[q->fact].type;
    sp_answer unstated = {.change = {.kind = SP_CHANGE_UNSTATED, .fact = q->fact, .row = q->row}};
    sp_varied_fact fact = {.question = question, .first = (uint32_t)v->variations.len};
    if (type.list && !q->contested)
        vary_list(v, question);
    for (uint32_t a = 0; (!type.list || q->contested) && a < q->answer_count; a++) {
        const sp_answer *answer = &q->answers[a];
        bool stranger = answer->change.kind == SP_CHANGE_ROW &&
                        !sp_whatif_known(&v->what, type.index, answer->change.value.index);
        if (!stranger && !as_stated(v, q, answer))
            add_variation(v, question, answer, a);
    }
    add_variation(v, question, &unstated, SP_NONE);
    fact.count = (uint32_t)v->variations.len - fact.first;
    v->failed |= !SP_VEC_PUSH(&v->facts, fact);
}

/* --- what they turn --- */

static bool by_rule_of_thumb(const sp_vocab *vocab, const sp_result *r)
{
    const sp_criterion *c = &vocab->criteria.items[r->criterion];
    return c->headline && !vocab->entities.items[c->entity].explanation &&
           (r->with_row == SP_NONE || r->state != SP_OPEN);
}

static surplace_status evaluate_case(sp_variations *v, const sp_vary_target *targets, size_t count,
                                     const char **what)
{
    const sp_vocab *vocab = vocab_of(v);
    sp_whatif_reset(&v->what);
    sp_whatif_add(&v->what, NULL, 0);
    surplace_status status = sp_whatif_run(&v->what, what);
    sp_explainer ex = {.run = &v->what.run, .base = v->what.run.net->base};
    if (status != SURPLACE_OK)
        return status;
    if (!sp_results_of_case(&ex, 0, &v->arena, &v->results))
        return SURPLACE_NO_MEMORY;
    v->row = SP_NEW_ARRAY(&v->arena, uint32_t, v->results.len);
    v->with_row = SP_NEW_ARRAY(&v->arena, uint32_t, v->results.len);
    v->looked_at = SP_NEW_ARRAY(&v->arena, bool, v->results.len);
    for (size_t i = 0; i < v->results.len && !v->arena.failed; i++) {
        const sp_result *r = &v->results.items[i];
        const sp_criterion *c = &vocab->criteria.items[r->criterion];
        v->row[i] = sp_whatif_virtual_row(&v->what, c->entity, r->entity_row);
        v->with_row[i] = r->with_row == SP_NONE ? SP_NONE
                                                : sp_whatif_virtual_row(&v->what, c->with, r->with_row);
        v->looked_at[i] = count == 0 && by_rule_of_thumb(vocab, r);
        for (size_t k = 0; k < count; k++)
            v->looked_at[i] |= targets[k].criterion == r->criterion &&
                               targets[k].row == base_row(v, c->entity, v->row[i]) &&
                               (v->with_row[i] == SP_NONE ||
                                targets[k].with_row == base_row(v, c->with, v->with_row[i]));
    }
    return v->arena.failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
}

static void compare_lane(sp_variations *v, uint32_t lane, sp_variation *variation)
{
    sp_turn *turns = SP_NEW_ARRAY(&v->arena, sp_turn, v->results.len);
    for (uint32_t i = 0; i < v->results.len && turns != NULL; i++) {
        const sp_result *r = &v->results.items[i];
        bool presumed;
        if (sp_whatif_root_row(&v->what, lane, r->criterion, v->row[i], v->with_row[i]) == SP_NONE)
            continue; /* the entry is what was left out */
        sp_state state = sp_whatif_state(&v->what, lane, r->criterion, v->row[i], v->with_row[i],
                                         &presumed);
        if (state == r->state)
            continue;
        turns[variation->turn_count++] = (sp_turn){i, state, presumed};
        variation->weight += v->looked_at[i];
    }
    variation->turns = turns;
}

static surplace_status evaluate_variations(sp_variations *v, const char **what)
{
    surplace_status status = SURPLACE_OK;
    for (size_t at = 0; at < v->variations.len && status == SURPLACE_OK; at += SP_BATCH_CASES) {
        size_t count = v->variations.len - at < SP_BATCH_CASES ? v->variations.len - at : SP_BATCH_CASES;
        sp_whatif_reset(&v->what);
        for (size_t i = 0; i < count; i++)
            sp_whatif_add(&v->what, &v->variations.items[at + i].answer.change, 1);
        status = sp_whatif_run(&v->what, what);
        for (uint32_t i = 0; i < count && status == SURPLACE_OK; i++)
            compare_lane(v, i, &v->variations.items[at + i]);
    }
    return v->arena.failed ? SURPLACE_NO_MEMORY : status;
}

static bool same_turns(const sp_variation *a, const sp_variation *b)
{
    bool same = a->turn_count == b->turn_count;
    for (uint32_t i = 0; i < a->turn_count && same; i++)
        same = a->turns[i].result == b->turns[i].result && a->turns[i].state == b->turns[i].state &&
               a->turns[i].presumed == b->turns[i].presumed;
    return same;
}

/* Neighbouring dates or numbers that turn the same are one. */
static void join_spans(sp_variations *v)
{
    for (size_t f = 0; f < v->facts.len; f++) {
        sp_varied_fact *fact = &v->facts.items[f];
        sp_type type = vocab_of(v)->facts.items[v->questions.items.items[fact->question].fact].type;
        uint32_t kept = fact->first;
        if (type.list || (type.kind != SP_DATE && type.kind != SP_NUMBER) || fact->count == 0)
            continue;
        for (uint32_t i = fact->first + 1; i < fact->first + fact->count; i++) {
            sp_variation *last = &v->variations.items[kept], *next = &v->variations.items[i];
            bool beside = last->place != SP_NONE && next->place == last->place + 1 &&
                          next->answer.change.kind == SP_CHANGE_VALUE;
            if (beside && same_turns(last, next)) {
                last->place = next->place;
                last->answer.span.high = next->answer.span.high;
                last->answer.span.with_high = next->answer.span.with_high;
                last->answer.span.to = next->answer.span.to;
            } else {
                v->variations.items[++kept] = *next;
            }
        }
        fact->count = kept - fact->first + 1;
    }
}

/* --- order --- */

static int compare_questions(const sp_variations *v, uint32_t a, uint32_t b)
{
    const sp_vocab *vocab = vocab_of(v);
    const sp_question *x = &v->questions.items.items[a], *y = &v->questions.items.items[b];
    int order = sp_str_cmp(vocab->entities.items[vocab->facts.items[x->fact].entity].name,
                           vocab->entities.items[vocab->facts.items[y->fact].entity].name);
    if (order == 0 && x->fact != y->fact)
        order = x->fact < y->fact ? -1 : 1;
    return order != 0 ? order : sp_str_cmp(x->address, y->address);
}

static bool goes_before(const sp_variations *v, const sp_varied_fact *a, const sp_varied_fact *b)
{
    if (a->most != b->most)
        return a->most > b->most;
    if (a->turned != b->turned)
        return a->turned > b->turned;
    return compare_questions(v, a->question, b->question) < 0;
}

/* Few facts: insertion is enough, and keeps equals in their order. */
static void weigh_facts(sp_variations *v)
{
    for (size_t f = 0; f < v->facts.len; f++) {
        sp_varied_fact *fact = &v->facts.items[f];
        for (uint32_t i = fact->first; i < fact->first + fact->count; i++) {
            const sp_variation variation = v->variations.items[i];
            uint32_t at = i;
            fact->most = variation.weight > fact->most ? variation.weight : fact->most;
            fact->turned += variation.turn_count;
            for (; at > fact->first && v->variations.items[at - 1].weight < variation.weight; at--)
                v->variations.items[at] = v->variations.items[at - 1];
            v->variations.items[at] = variation;
        }
    }
    for (size_t f = 1; f < v->facts.len; f++) {
        const sp_varied_fact fact = v->facts.items[f];
        size_t at = f;
        for (; at > 0 && goes_before(v, &fact, &v->facts.items[at - 1]); at--)
            v->facts.items[at] = v->facts.items[at - 1];
        v->facts.items[at] = fact;
    }
}

surplace_status sp_vary(sp_variations *v, const sp_network *net, bool presume, const sp_facts *facts,
                        uint32_t case_index, const sp_vary_target *targets, size_t target_count,
                        const char **what)
{
    *v = (sp_variations){0};
    if (!sp_whatif_init(&v->what, net, presume, facts, case_index))
        return SURPLACE_NO_MEMORY;
    sp_questions_init(&v->questions, &v->what);
    list_facts(v);
    mark_all(v);
    sp_questions_answer(&v->questions);
    for (uint32_t q = 0; q < v->questions.items.len && !v->failed; q++)
        vary_fact(v, q);
    if (v->failed || v->questions.failed || v->what.failed)
        return SURPLACE_NO_MEMORY;
    if (v->variations.len > SURPLACE_MAX_WHAT_IFS) {
        *what = "what-ifs";
        return SURPLACE_LIMIT;
    }
    surplace_status status = evaluate_case(v, targets, target_count, what);
    if (status == SURPLACE_OK)
        status = evaluate_variations(v, what);
    if (status == SURPLACE_OK) {
        join_spans(v);
        weigh_facts(v);
    }
    return status;
}

void sp_vary_lane(sp_variations *v, uint32_t variation)
{
    sp_whatif_reset(&v->what);
    if (variation == SP_NONE)
        sp_whatif_add(&v->what, NULL, 0);
    else
        sp_whatif_add(&v->what, &v->variations.items[variation].answer.change, 1);
    v->failed |= v->what.failed;
}

void sp_vary_free(sp_variations *v)
{
    SP_VEC_FREE(&v->results);
    SP_VEC_FREE(&v->variations);
    SP_VEC_FREE(&v->facts);
    sp_questions_free(&v->questions);
    sp_whatif_free(&v->what);
    sp_arena_free(&v->arena);
    *v = (sp_variations){0};
}
