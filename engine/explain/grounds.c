#include "explain/grounds.h"

#include <stdlib.h>

/* --- a batch --- */

static bool place_seats(sp_grounds *s)
{
    const sp_run *run = s->ex->run;
    size_t criteria = s->ex->base->vocab.criteria.len, total = 0;
    for (size_t c = 0; c < criteria; c++) {
        s->seat_at[c] = total;
        total += run->rows.frames[run->net->root_frames[c]].rows;
    }
    if (total > s->seat_cap) {
        free(s->seats);
        s->seats = malloc(total * sizeof *s->seats);
        s->seat_cap = s->seats == NULL ? 0 : total;
        if (s->seats == NULL)
            return false;
    }
    for (size_t i = 0; i < total; i++)
        s->seats[i] = (sp_seat){.first = SP_NONE};
    s->seat_count = total;
    return true;
}

bool sp_grounds_begin(sp_grounds *s, sp_explainer *ex, const sp_cite_list *cites)
{
    s->ex = ex;
    s->cites = cites;
    if (s->leaf_quiet == NULL) {
        s->seat_at = SP_NEW_ARRAY(&s->arena, size_t, ex->base->vocab.criteria.len);
        s->leaf_quiet = SP_NEW_ARRAY(&s->arena, uint8_t, ex->base->cond_count);
        s->failed |= s->arena.failed;
    }
    s->list.len = 0;
    return !s->failed && sp_patterns_begin(&s->patterns, ex->run) && place_seats(s);
}

/* --- one criterion at one row --- */

static void add_ground(sp_grounds *s, sp_ground_kind kind, uint32_t what, uint32_t row)
{
    s->failed |= !SP_VEC_PUSH(&s->list, (sp_ground){(uint8_t)kind, what, row});
}

/* Most leaves that are decided have nothing to tell: no fact that is open, contested or a judgment. */
typedef enum sp_quiet { QUIET_UNKNOWN, QUIET_WHEN_DECIDED, QUIET_NEVER } sp_quiet;

/* Of a path whose every fact is stated: does it end at a judgment, or at a fact that may be presumed, or has it a fact of
 * which the world says when it was found? */
static bool path_speaks(const sp_grounds *s, const sp_path *path)
{
    if (path->hop_count == 0)
        return false;
    const sp_hop *hop = &s->ex->run->net->hops.items[path->first_hop];
    for (uint32_t i = 0; i < path->hop_count; i++)
        if (hop[i].kind == SP_HOP_FACT && s->ex->base->vocab.facts.items[hop[i].fact].dated)
            return true;
    hop += path->hop_count - 1;
    if (hop->kind != SP_HOP_FACT)
        return false;
    const sp_fact *fact = &s->ex->base->vocab.facts.items[hop->fact];
    return fact->judgment || s->ex->run->net->fact_presumptions[hop->fact]->if_open != SP_OPEN;
}

static sp_quiet quiet_kind(const sp_grounds *s, const sp_net_node *n)
{
    if (n->kind == SP_NET_LOOKUP || n->kind == SP_NET_CONST)
        return QUIET_WHEN_DECIDED;
    if (path_speaks(s, &n->left))
        return QUIET_NEVER;
    if (n->kind == SP_NET_TRUTH)
        return QUIET_WHEN_DECIDED;
    /* of several values one may be open, and another decide */
    for (uint32_t i = 0; i < n->cond->right_count; i++)
        if (n->cond->right[i].kind == SP_OPERAND_PATH &&
            (n->cond->right_count > 1 || path_speaks(s, &n->right[i])))
            return QUIET_NEVER;
    return QUIET_WHEN_DECIDED;
}

static bool decided(sp_state state)
{
    return state == SP_HOLDS || state == SP_FAILS;
}

static bool nothing_to_note(sp_grounds *s, const sp_why *why)
{
    if (why->kind == SP_WHY_LIST)
        return false;
    if (why->kind == SP_WHY_CRITERION || why->kind == SP_WHY_MEMBER || why->cond->kind != SP_COND_LEAF)
        return true;
    const sp_network *net = s->ex->run->net;
    uint32_t core = net->core_nodes[why->cond->number];
    uint8_t *quiet = &s->leaf_quiet[why->cond->number];
    if (*quiet == QUIET_UNKNOWN)
        *quiet = (uint8_t)quiet_kind(s, &net->nodes.items[core]);
    return *quiet == QUIET_WHEN_DECIDED && decided((sp_state)why->state) &&
           decided(sp_run_state(s->ex->run, core, why->row));
}

static bool dated(const sp_facts *facts, const sp_cell *cell)
{
    uint32_t count;
    sp_date found;
    const sp_cell *said = sp_facts_assertions(facts, cell, &count);
    for (uint32_t i = 0; i < count; i++)
        if (said[i].origin == SP_FROM_WORLD && sp_facts_found(facts, &said[i], &found))
            return true;
    return false;
}

/* What one leaf or list reads, sorted into what is open, contested, a matter of judgment, or presumed. */
static void note_facts(sp_grounds *s, const sp_why *why)
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
        if (why->presumes && t->kind == SP_TARGET_OPEN &&
            s->ex->run->net->fact_presumptions[t->fact]->if_open != SP_OPEN)
            add_ground(s, SP_GROUND_PRESUMED, t->fact, t->row);
        else if (t->kind == SP_TARGET_OPEN || (cell->incomplete && why->state == SP_OPEN))
            add_ground(s, SP_GROUND_OPEN, t->fact, t->row);
        else if (cell->status == SP_CELL_SEVERAL && (why->state == SP_CONTESTED || why->state == SP_OPEN))
            add_ground(s, SP_GROUND_CONTESTED, t->fact, t->row);
        if (fact->judgment && t->kind != SP_TARGET_OPEN)
            add_ground(s, SP_GROUND_JUDGMENT, t->fact, t->row);
        if (fact->dated && dated(s->ex->run->facts, cell))
            add_ground(s, SP_GROUND_DATED, t->fact, t->row);
    }
}

static bool cites(const sp_grounds *s, const sp_cond *cond)
{
    const sp_cites *cites = &s->cites->conds[cond->number];
    return cites->passages + cites->authorities > 0;
}

static void note(sp_grounds *s, const sp_why *why)
{
    if (why->kind == SP_WHY_RULE)
        add_ground(s, SP_GROUND_RULE, why->rule, why->row);
    if (why->kind == SP_WHY_COND && cites(s, why->cond))
        add_ground(s, SP_GROUND_COND, why->cond->number, why->row);
    if (!nothing_to_note(s, why))
        note_facts(s, why);
}

/* --- walks that are remembered --- */

static bool in_scope(const sp_why *why)
{
    return why->kind == SP_WHY_RULE || why->kind == SP_WHY_COND;
}

/* Puts the children of a reason that are in scope (or those that are not) on a stack. */
static void push_children(sp_grounds *s, const sp_why *why, bool scope, sp_whys *stack)
{
    size_t kept = stack->len;
    sp_why_children(s->ex, why, false, stack);
    for (size_t i = kept; i < stack->len; i++)
        if (in_scope(&stack->items[i]) == scope)
            stack->items[kept++] = stack->items[i];
    stack->len = kept;
}

static bool may_reach(const sp_grounds *s, const sp_why *why)
{
    const sp_network *net = s->ex->run->net;
    return why->cond->kind == SP_COND_SOME || why->cond->kind == SP_COND_EVERY ||
           net->nodes.items[net->core_nodes[why->cond->number]].kind == SP_NET_LOOKUP;
}

static void remember(sp_grounds *s, const sp_why *why)
{
    sp_patterns *p = &s->patterns;
    sp_pattern_step step = {*why, !nothing_to_note(s, why), may_reach(s, why)};
    if (why->kind == SP_WHY_RULE)
        s->failed |= !SP_VEC_PUSH(&p->fixed, ((sp_fixed){true, why->rule}));
    else if (cites(s, why->cond))
        s->failed |= !SP_VEC_PUSH(&p->fixed, ((sp_fixed){false, why->cond->number}));
    if (step.notes || step.reaches)
        s->failed |= !SP_VEC_PUSH(&p->steps, step);
}

/* Walks the scope of a reason for the first time with the states at hand. */
static void fill(sp_grounds *s, uint32_t number, const sp_why *start)
{
    sp_patterns *p = &s->patterns;
    s->filling.len = 0;
    push_children(s, start, true, &s->filling);
    while (s->filling.len > 0 && !s->failed && !s->ex->failed) {
        const sp_why why = s->filling.items[--s->filling.len];
        remember(s, &why);
        push_children(s, &why, true, &s->filling);
    }
    sp_pattern *pattern = &p->list.items[number];
    pattern->fixed_count = p->fixed.len - pattern->first_fixed;
    pattern->step_count = p->steps.len - pattern->first_step;
}

/* What the pattern comes to at the reason's row. */
static void follow(sp_grounds *s, const sp_pattern *pattern, uint32_t row)
{
    for (size_t i = 0; i < pattern->step_count && !s->failed && !s->ex->failed; i++) {
        const sp_pattern_step *step = &s->patterns.steps.items[pattern->first_step + i];
        sp_why why = step->why;
        why.row = row;
        if (step->notes)
            note_facts(s, &why);
        if (step->reaches)
            push_children(s, &why, false, &s->stack);
    }
}

/* The pattern of a criterion or member, at work; SP_NONE if it cannot be remembered. */
static uint32_t walk_remembered(sp_grounds *s, const sp_why *why)
{
    bool fresh;
    uint32_t scope = sp_patterns_scope(&s->patterns, why);
    uint32_t number = sp_patterns_find(&s->patterns, scope, why, &fresh);
    s->failed |= s->patterns.failed;
    if (number == SP_NONE || s->failed)
        return SP_NONE;
    if (fresh)
        fill(s, number, why);
    follow(s, &s->patterns.list.items[number], why->row);
    return number;
}

static void add_fixed(sp_grounds *s, uint32_t number, uint32_t row)
{
    const sp_pattern *pattern = &s->patterns.list.items[number];
    for (size_t i = 0; i < pattern->fixed_count; i++) {
        sp_fixed fixed = s->patterns.fixed.items[pattern->first_fixed + i];
        add_ground(s, fixed.rule ? SP_GROUND_RULE : SP_GROUND_COND, fixed.what, row);
    }
}

/* --- a seat --- */

static void walk(sp_grounds *s, const sp_why *why)
{
    if (why->kind == SP_WHY_CRITERION) {
        add_ground(s, SP_GROUND_CRITERION, why->criterion, why->row);
        return;
    }
    uint32_t number = why->kind == SP_WHY_MEMBER ? walk_remembered(s, why) : SP_NONE;
    if (number != SP_NONE) {
        add_fixed(s, number, why->row);
        return;
    }
    note(s, why);
    sp_why_children(s->ex, why, false, &s->stack);
}

/* Walks down the criterion's own rules. Other criteria are grounds, and not walked into. */
static void look_at(sp_grounds *s, sp_seat *seat, uint32_t criterion, uint32_t row)
{
    sp_why start = sp_why_criterion(s->ex, criterion, row);
    seat->first = (uint32_t)s->list.len;
    if (start.presumes)
        add_ground(s, SP_GROUND_ITSELF, criterion, row);
    s->stack.len = 0;
    seat->pattern = walk_remembered(s, &start);
    if (seat->pattern == SP_NONE)
        sp_why_children(s->ex, &start, false, &s->stack);
    while (s->stack.len > 0 && !s->failed && !s->ex->failed) {
        const sp_why why = s->stack.items[--s->stack.len];
        walk(s, &why);
    }
    seat->count = (uint32_t)s->list.len - seat->first;
    for (uint32_t i = seat->first; i < seat->first + seat->count; i++)
        seat->mixed |= s->list.items[i].kind == SP_GROUND_RULE || s->list.items[i].kind == SP_GROUND_COND;
}

size_t sp_grounds_look(sp_grounds *s, uint32_t criterion, uint32_t row)
{
    size_t number = s->seat_at[criterion] + row;
    if (s->seats[number].first == SP_NONE)
        look_at(s, &s->seats[number], criterion, row);
    return number;
}

void sp_grounds_free(sp_grounds *s)
{
    sp_patterns_free(&s->patterns);
    SP_VEC_FREE(&s->stack);
    SP_VEC_FREE(&s->filling);
    SP_VEC_FREE(&s->list);
    free(s->seats);
    sp_arena_free(&s->arena);
    *s = (sp_grounds){0};
}
