#include "explain/check.h"

bool sp_checker_begin(sp_checker *c, sp_run *run)
{
    c->ex.run = run;
    c->ex.base = run->net->base;
    c->failed = !sp_supporter_begin(&c->supporter, &c->ex);
    return !c->failed;
}

void sp_checker_free(sp_checker *c)
{
    sp_explainer_free(&c->ex);
    sp_supporter_free(&c->supporter);
    sp_support_free(&c->support);
    SP_VEC_FREE(&c->missing);
    SP_VEC_FREE(&c->clues);
    *c = (sp_checker){0};
}

static uint32_t root_row(const sp_run *run, const sp_expectation *e)
{
    return sp_rows_root_row(&run->rows, run->net->root_frames[e->criterion], e->row, e->with_row);
}

sp_state sp_check_state(const sp_run *run, const sp_expectation *e)
{
    return sp_run_state(run, run->net->criterion_nodes[e->criterion], root_row(run, e));
}

static bool in_chain(const sp_checker *c, sp_str id)
{
    for (size_t i = 0; i < c->support.chain.len; i++)
        if (sp_str_eq(c->ex.base->rules.items[c->support.chain.items[i]].id, id))
            return true;
    return false;
}

/* --- clues --- */

static bool explained(const sp_checker *c, const sp_why *why)
{
    for (size_t i = 0; i < c->clues.len; i++) {
        const sp_why *seen = &c->clues.items[i].why;
        if (seen->kind == why->kind && seen->row == why->row && seen->frame == why->frame &&
            seen->cond == why->cond && (why->kind == SP_WHY_COND || seen->criterion == why->criterion))
            return true;
    }
    return false;
}

/* False if it was there before, or there is no room for it. */
static bool add_clue(sp_checker *c, const sp_why *why, uint32_t depth)
{
    if (explained(c, why))
        return false;
    if (c->clues.len >= SP_CLUE_COUNT || depth > SP_CLUE_DEPTH) {
        c->more_clues = true;
        return false;
    }
    sp_clue clue = {depth, *why};
    c->failed |= !SP_VEC_PUSH(&c->clues, clue);
    return !c->failed;
}

/* What the reader is shown: rules, and where the reasons end. Connectives, members and leaves that only ask for a
 * criterion are passed through. */
static bool shown(const sp_why *why, size_t children)
{
    return why->kind == SP_WHY_RULE || why->kind == SP_WHY_LIST || children == 0;
}

static void explain(sp_checker *c, const sp_why *why, uint32_t depth)
{
    sp_whys children = {0};
    if (c->clues.len >= SP_CLUE_COUNT && c->more_clues)
        return;
    sp_why_children(&c->ex, why, false, &children);
    bool goes_on = true;
    if (shown(why, children.len))
        goes_on = add_clue(c, why, depth++);
    for (size_t i = 0; i < children.len && goes_on && !c->failed; i++)
        explain(c, &children.items[i], depth);
    SP_VEC_FREE(&children);
}

bool sp_check_expectation(sp_checker *c, const sp_expectation *e)
{
    const sp_facts *facts = c->ex.run->facts;
    uint32_t row = root_row(c->ex.run, e);
    c->missing.len = c->clues.len = 0;
    c->more_clues = false;
    c->found = sp_check_state(c->ex.run, e);
    if (c->found == e->state && e->rules_count == 0)
        return true;
    sp_supporter_collect(&c->supporter, e->criterion, row, &c->support);
    if (e->rules_count > 0)
        sp_supporter_chain(&c->supporter, e->criterion, row, &c->support);
    for (uint32_t i = 0; i < e->rules_count; i++) {
        sp_str id = sp_facts_span(facts, facts->expected_rules.items[e->rules_start + i]);
        if (!in_chain(c, id))
            c->failed |= !SP_VEC_PUSH(&c->missing, id);
    }
    c->failed |= c->supporter.failed || c->ex.failed;
    if (c->found == e->state && c->missing.len == 0)
        return true;
    sp_why start = sp_why_criterion(&c->ex, e->criterion, row);
    explain(c, &start, 0);
    c->failed |= c->ex.failed;
    return false;
}
