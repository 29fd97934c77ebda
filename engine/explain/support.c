#include "explain/support.h"

#include <string.h>

bool sp_supporter_begin(sp_supporter *s, sp_explainer *ex)
{
    const sp_network *net = ex->run->net;
    size_t criteria = net->base->vocab.criteria.len, total = 0;
    s->ex = ex;
    if (s->seen_at == NULL)
        s->seen_at = calloc(criteria + 1, sizeof *s->seen_at);
    if (s->seen_at == NULL)
        return false;
    for (size_t c = 0; c < criteria; c++) {
        s->seen_at[c] = total;
        total += ex->run->rows.frames[net->root_frames[c]].rows;
    }
    if (total > s->seen_cap) {
        free(s->seen);
        s->seen = calloc(total, sizeof *s->seen);
        s->seen_cap = s->seen == NULL ? 0 : total;
        s->walk = 0;
        return s->seen != NULL;
    }
    return true;
}

static bool first_visit(sp_supporter *s, uint32_t criterion, uint32_t row)
{
    uint32_t *seen = &s->seen[s->seen_at[criterion] + row];
    if (*seen == s->walk)
        return false;
    *seen = s->walk;
    return true;
}

static void add_item(sp_supporter *s, sp_items *items, const sp_target *t)
{
    for (size_t i = 0; i < items->len; i++)
        if (items->items[i].fact == t->fact && items->items[i].row == t->row)
            return;
    sp_item item = {t->fact, t->row, t->cell};
    if (!SP_VEC_PUSH(items, item))
        s->failed = true;
}

static void add_presumption(sp_supporter *s, sp_support *support, sp_presumed presumed)
{
    for (size_t i = 0; i < support->presumptions.len; i++) {
        const sp_presumed *p = &support->presumptions.items[i];
        if (p->criterion == presumed.criterion && p->row == presumed.row &&
            p->fact.fact == presumed.fact.fact && p->fact.row == presumed.fact.row)
            return;
    }
    if (!SP_VEC_PUSH(&support->presumptions, presumed))
        s->failed = true;
}

/* What one leaf or list reads, sorted into what is open, contested, a matter of judgment, or presumed. */
static void note_facts(sp_supporter *s, const sp_why *why, sp_support *support)
{
    sp_targets *facts = &s->ex->targets;
    facts->len = 0;
    sp_why_facts(s->ex, why, facts);
    for (size_t i = 0; i < facts->len; i++) {
        const sp_target *t = &facts->items[i];
        if (t->fact == SP_NONE)
            continue;
        const sp_fact *fact = &s->ex->base->vocab.facts.items[t->fact];
        const sp_cell *cell = sp_facts_cell(s->ex->run->facts, t->entity, t->row, fact->column);
        sp_target whole = *t;
        whole.cell = cell;
        if (why->presumes && t->kind == SP_TARGET_OPEN && fact->presumption.if_open != SP_OPEN)
            add_presumption(s, support, (sp_presumed){SP_NONE, 0, {t->fact, t->row, cell}});
        else if (t->kind == SP_TARGET_OPEN || (cell->incomplete && why->state == SP_OPEN))
            add_item(s, &support->open, &whole);
        else if (cell->status == SP_CELL_SEVERAL && (why->state == SP_CONTESTED || why->state == SP_OPEN))
            add_item(s, &support->contested, &whole);
        if (fact->judgment && t->kind != SP_TARGET_OPEN)
            add_item(s, &support->judgments, &whole);
    }
}

void sp_support_cite(sp_supporter *s, const sp_names *authority, const sp_names *passages,
                     sp_support *support)
{
    for (size_t i = 0; i < authority->count; i++) {
        size_t at = 0;
        int order = 1;
        while (at < support->authority.len &&
               (order = sp_str_cmp(support->authority.items[at], authority->items[i])) < 0)
            at++;
        if (at < support->authority.len && order == 0)
            continue;
        if (!SP_VEC_PUSH(&support->authority, SP_EMPTY)) {
            s->failed = true;
            return;
        }
        memmove(support->authority.items + at + 1, support->authority.items + at,
                (support->authority.len - 1 - at) * sizeof(sp_str));
        support->authority.items[at] = authority->items[i];
    }
    for (size_t i = 0; i < passages->count; i++) {
        uint32_t index = sp_rulebase_passage(s->ex->base, passages->items[i]);
        size_t at = 0;
        while (at < support->passages.len && support->passages.items[at] < index)
            at++;
        if (index == SP_NONE || (at < support->passages.len && support->passages.items[at] == index))
            continue;
        if (!SP_VEC_PUSH(&support->passages, index)) {
            s->failed = true;
            return;
        }
        memmove(support->passages.items + at + 1, support->passages.items + at,
                (support->passages.len - 1 - at) * sizeof(uint32_t));
        support->passages.items[at] = index;
    }
}

static void empty(sp_support *support)
{
    support->open.len = support->contested.len = support->judgments.len = 0;
    support->presumptions
        .len = support->rules.len = support->chain.len = support->passages.len = support->authority.len = 0;
}

static void visit(sp_supporter *s, const sp_why *why, uint32_t criterion, uint32_t row, sp_support *support)
{
    const sp_rulebase *base = s->ex->base;
    if (why->kind == SP_WHY_RULE && !SP_VEC_PUSH(&support->chain, why->rule))
        s->failed = true;
    if (why->kind == SP_WHY_RULE && why->criterion == criterion && why->row == row) {
        const sp_rule *rule = &base->rules.items[why->rule];
        if (!SP_VEC_PUSH(&support->rules, why->rule))
            s->failed = true;
        sp_support_cite(s, &rule->authority, &rule->passages, support);
    }
    if (why->kind == SP_WHY_CRITERION && why->presumes)
        add_presumption(s, support, (sp_presumed){why->criterion, why->row, {SP_NONE, 0, NULL}});
    note_facts(s, why, support);
}

void sp_supporter_collect(sp_supporter *s, uint32_t criterion, uint32_t row, sp_support *support)
{
    empty(support);
    s->walk++;
    s->stack.len = 0;
    sp_why start = sp_why_criterion(s->ex, criterion, row);
    first_visit(s, criterion, row);
    if (!SP_VEC_PUSH(&s->stack, start))
        s->failed = true;
    while (s->stack.len > 0 && !s->failed && !s->ex->failed) {
        sp_why why = s->stack.items[--s->stack.len];
        visit(s, &why, criterion, row, support);
        size_t before = s->stack.len, kept = before;
        sp_why_children(s->ex, &why, false, &s->stack);
        for (size_t i = before; i < s->stack.len; i++) {
            sp_why child = s->stack.items[i];
            if (child.kind == SP_WHY_CRITERION && !first_visit(s, child.criterion, child.row))
                continue;
            /* criterion: whose rule a condition stands in, so that only the verdict's own are cited */
            if (child.kind != SP_WHY_CRITERION && child.kind != SP_WHY_RULE)
                child.criterion = why.criterion;
            if (child.kind == SP_WHY_COND && child.criterion == criterion)
                sp_support_cite(s, &child.cond->authority, &child.cond->passages, support);
            s->stack.items[kept++] = child;
        }
        s->stack.len = kept;
    }
}

void sp_supporter_free(sp_supporter *s)
{
    SP_VEC_FREE(&s->stack);
    free(s->seen);
    free(s->seen_at);
    *s = (sp_supporter){0};
}

void sp_support_free(sp_support *support)
{
    SP_VEC_FREE(&support->open);
    SP_VEC_FREE(&support->contested);
    SP_VEC_FREE(&support->judgments);
    SP_VEC_FREE(&support->presumptions);
    SP_VEC_FREE(&support->rules);
    SP_VEC_FREE(&support->chain);
    SP_VEC_FREE(&support->passages);
    SP_VEC_FREE(&support->authority);
}
