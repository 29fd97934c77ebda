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
    return !s->failed && place_seats(s);
}

/* --- one criterion at one row --- */

static void add_ground(sp_grounds *s, sp_ground_kind kind, uint32_t what, uint32_t row)
{
    s->failed |= !SP_VEC_PUSH(&s->list, (sp_ground){(uint8_t)kind, what, row});
}

/* Most leaves that are decided have nothing to tell: no fact that is open, contested or a judgment. */
typedef enum sp_quiet { QUIET_UNKNOWN, QUIET_WHEN_DECIDED, QUIET_NEVER } sp_quiet;

/* Of a path whose every fact is stated: does it end at a judgment, or at a fact that may be presumed? */
static bool path_speaks(const sp_grounds *s, const sp_path *path)
{
    if (path->hop_count == 0)
        return false;
    const sp_hop *hop = &s->ex->run->net->hops.items[path->first_hop + path->hop_count - 1];
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
    }
}

static void note(sp_grounds *s, const sp_why *why)
{
    if (why->kind == SP_WHY_RULE)
        add_ground(s, SP_GROUND_RULE, why->rule, why->row);
    if (why->kind == SP_WHY_COND) {
        const sp_cites *cites = &s->cites->conds[why->cond->number];
        if (cites->passages + cites->authorities > 0)
            add_ground(s, SP_GROUND_COND, why->cond->number, why->row);
    }
    if (!nothing_to_note(s, why))
        note_facts(s, why);
}

/* Walks down the criterion's own rules. Other criteria are grounds, and not walked into. */
static void look_at(sp_grounds *s, sp_seat *seat, uint32_t criterion, uint32_t row)
{
    sp_why start = sp_why_criterion(s->ex, criterion, row);
    seat->first = (uint32_t)s->list.len;
    if (start.presumes)
        add_ground(s, SP_GROUND_ITSELF, criterion, row);
    s->stack.len = 0;
    sp_why_children(s->ex, &start, false, &s->stack);
    while (s->stack.len > 0 && !s->failed && !s->ex->failed) {
        const sp_why why = s->stack.items[--s->stack.len];
        if (why.kind == SP_WHY_CRITERION) {
            add_ground(s, SP_GROUND_CRITERION, why.criterion, why.row);
            continue;
        }
        note(s, &why);
        sp_why_children(s->ex, &why, false, &s->stack);
    }
    seat->count = (uint32_t)s->list.len - seat->first;
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
    SP_VEC_FREE(&s->stack);
    SP_VEC_FREE(&s->list);
    free(s->seats);
    sp_arena_free(&s->arena);
    *s = (sp_grounds){0};
}
