/* Every criterion is walked once for each of its rows, down to the facts and the other criteria that decide it: its
 * grounds. What a verdict rests on is the union of the grounds of all criteria in its chain of reasons, so that a
 * criterion that many others ask for is not explained again for each. */
#include "explain/support.h"

#include <string.h>

/* --- what is cited, once for all batches --- */

static int compare_strs(const void *a, const void *b)
{
    return sp_str_cmp(*(const sp_str *)a, *(const sp_str *)b);
}

typedef SP_VEC(const sp_cond *) conds;

static void push_conds(sp_supporter *s, sp_cond *const *items, uint32_t count, conds *agenda)
{
    for (uint32_t i = 0; i < count; i++)
        s->failed |= !SP_VEC_PUSH(agenda, items[i]);
}

static void push_parts(sp_supporter *s, const sp_cond *cond, conds *agenda)
{
    push_conds(s, cond->parts, cond->part_count, agenda);
    push_conds(s, cond->unless, cond->unless_count, agenda);
    if (cond->kind == SP_COND_SOME || cond->kind == SP_COND_EVERY) {
        push_conds(s, &cond->body, 1, agenda);
        push_conds(s, &cond->where, cond->where != NULL, agenda);
    }
}

static sp_cites add_cites(sp_supporter *s, const sp_names *authority, const sp_names *passages)
{
    sp_cites cites = {.first = (uint32_t)s->cited.len};
    for (size_t i = 0; i < passages->count; i++) {
        uint32_t index = sp_rulebase_passage(s->ex->base, passages->items[i]);
        if (index == SP_NONE)
            continue;
        s->failed |= !SP_VEC_PUSH(&s->cited, index);
        cites.passages++;
    }
    for (size_t i = 0; i < authority->count; i++) {
        const sp_str *found = bsearch(&authority->items[i], s->authorities, s->authority_count,
                                      sizeof(sp_str), compare_strs);
        s->failed |= !SP_VEC_PUSH(&s->cited, (uint32_t)(found - s->authorities));
        cites.authorities++;
    }
    return cites;
}

static void list_authorities(sp_supporter *s, const conds *all)
{
    const sp_rulebase *base = s->ex->base;
    size_t total = 0, kept = 0;
    for (size_t i = 0; i < base->rules.len; i++)
        total += base->rules.items[i].authority.count;
    for (size_t i = 0; i < all->len; i++)
        total += all->items[i]->authority.count;
    s->authorities = SP_NEW_ARRAY(&s->arena, sp_str, total + 1);
    if (s->authorities == NULL)
        return;
    for (size_t i = 0; i < base->rules.len; i++)
        for (size_t k = 0; k < base->rules.items[i].authority.count; k++)
            s->authorities[s->authority_count++] = base->rules.items[i].authority.items[k];
    for (size_t i = 0; i < all->len; i++)
        for (size_t k = 0; k < all->items[i]->authority.count; k++)
            s->authorities[s->authority_count++] = all->items[i]->authority.items[k];
    qsort(s->authorities, s->authority_count, sizeof(sp_str), compare_strs);
    for (size_t i = 0; i < s->authority_count; i++)
        if (kept == 0 || !sp_str_eq(s->authorities[kept - 1], s->authorities[i]))
            s->authorities[kept++] = s->authorities[i];
    s->authority_count = kept;
}

static void list_cites(sp_supporter *s)
{
    const sp_rulebase *base = s->ex->base;
    conds all = {0};
    for (size_t i = 0; i < base->rules.len; i++)
        s->failed |= !SP_VEC_PUSH(&all, base->rules.items[i].condition);
    for (size_t i = 0; i < all.len; i++)
        push_parts(s, all.items[i], &all);
    s->rule_cites = SP_NEW_ARRAY(&s->arena, sp_cites, base->rules.len);
    s->cond_cites = SP_NEW_ARRAY(&s->arena, sp_cites, base->cond_count);
    s->leaf_quiet = SP_NEW_ARRAY(&s->arena, uint8_t, base->cond_count);
    list_authorities(s, &all);
    s->failed |= s->arena.failed;
    for (size_t i = 0; i < base->rules.len && !s->failed; i++)
        s->rule_cites[i] = add_cites(s, &base->rules.items[i].authority, &base->rules.items[i].passages);
    for (size_t i = 0; i < all.len && !s->failed; i++)
        s->cond_cites[all.items[i]->number] = add_cites(s, &all.items[i]->authority,
                                                        &all.items[i]->passages);
    SP_VEC_FREE(&all);
}

/* --- a batch --- */

static bool place_seats(sp_supporter *s)
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
    s->walk = 0;
    return true;
}

/* `noted` is all zero between collections. */
static bool place_cells(sp_supporter *s)
{
    const sp_facts *facts = s->ex->run->facts;
    size_t total = 0;
    for (size_t e = 0; e < facts->vocab->entities.len; e++) {
        s->noted_at[e] = total;
        total += (size_t)facts->tables[e].rows * facts->tables[e].columns;
    }
    if (total <= s->noted_cap)
        return true;
    free(s->noted);
    s->noted = calloc(total, 1);
    s->noted_cap = s->noted == NULL ? 0 : total;
    return s->noted != NULL;
}

bool sp_supporter_begin(sp_supporter *s, sp_explainer *ex)
{
    const sp_vocab *vocab = &ex->base->vocab;
    s->ex = ex;
    if (s->authorities == NULL) {
        s->seat_at = SP_NEW_ARRAY(&s->arena, size_t, vocab->criteria.len);
        s->noted_at = SP_NEW_ARRAY(&s->arena, size_t, vocab->entities.len);
        list_cites(s);
    }
    s->grounds.len = 0;
    return !s->failed && place_seats(s) && place_cells(s);
}

/* --- the grounds of one criterion at one row --- */

static void add_ground(sp_supporter *s, sp_ground_kind kind, uint32_t what, uint32_t row)
{
    s->failed |= !SP_VEC_PUSH(&s->grounds, (sp_ground){(uint8_t)kind, what, row});
}

/* Most leaves that are decided have nothing to tell: no fact that is open, contested or a judgment. */
typedef enum sp_quiet { QUIET_UNKNOWN, QUIET_WHEN_DECIDED, QUIET_NEVER } sp_quiet;

/* Of a path whose every fact is stated: does it end at a judgment, or at a fact that may be presumed? */
static bool path_speaks(const sp_supporter *s, const sp_path *path)
{
    if (path->hop_count == 0)
        return false;
    const sp_hop *hop = &s->ex->run->net->hops.items[path->first_hop + path->hop_count - 1];
    if (hop->kind != SP_HOP_FACT)
        return false;
    const sp_fact *fact = &s->ex->base->vocab.facts.items[hop->fact];
    return fact->judgment || s->ex->run->net->fact_presumptions[hop->fact]->if_open != SP_OPEN;
}

static sp_quiet quiet_kind(const sp_supporter *s, const sp_net_node *n)
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

static bool nothing_to_note(sp_supporter *s, const sp_why *why)
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
static void note_facts(sp_supporter *s, const sp_why *why)
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

static void note(sp_supporter *s, const sp_why *why)
{
    if (why->kind == SP_WHY_RULE)
        add_ground(s, SP_GROUND_RULE, why->rule, why->row);
    if (why->kind == SP_WHY_COND) {
        const sp_cites *cites = &s->cond_cites[why->cond->number];
        if (cites->passages + cites->authorities > 0)
            add_ground(s, SP_GROUND_COND, why->cond->number, why->row);
    }
    if (!nothing_to_note(s, why))
        note_facts(s, why);
}

/* Walks down the criterion's own rules. Other criteria are grounds, and not walked into. */
static void look_at(sp_supporter *s, sp_seat *seat, uint32_t criterion, uint32_t row)
{
    sp_why start = sp_why_criterion(s->ex, criterion, row);
    seat->first = (uint32_t)s->grounds.len;
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
    seat->count = (uint32_t)s->grounds.len - seat->first;
}

/* --- the union over the chain of reasons --- */

/* The mark that a list leaves on the cells of its facts. */
static uint8_t mark_of(sp_ground_kind kind)
{
    return (uint8_t)(1u << (kind - SP_GROUND_OPEN));
}

static uint8_t *noted_cell(sp_supporter *s, uint32_t fact_index, uint32_t row)
{
    const sp_fact *fact = &s->ex->base->vocab.facts.items[fact_index];
    size_t columns = s->ex->run->facts->tables[fact->entity].columns;
    return &s->noted[s->noted_at[fact->entity] + row * columns + fact->column];
}

static sp_item item_of(const sp_supporter *s, const sp_ground *g)
{
    const sp_fact *fact = &s->ex->base->vocab.facts.items[g->what];
    return (sp_item){g->what, g->row, sp_facts_cell(s->ex->run->facts, fact->entity, g->row, fact->column)};
}

static void add_item(sp_supporter *s, const sp_ground *g, sp_support *support)
{
    uint8_t *noted = noted_cell(s, g->what, g->row), mark = mark_of((sp_ground_kind)g->kind);
    sp_item item = item_of(s, g);
    if (*noted & mark)
        return;
    *noted |= mark;
    switch ((sp_ground_kind)g->kind) {
    case SP_GROUND_OPEN:
        s->failed |= !SP_VEC_PUSH(&support->open, item);
        break;
    case SP_GROUND_CONTESTED:
        s->failed |= !SP_VEC_PUSH(&support->contested, item);
        break;
    case SP_GROUND_JUDGMENT:
        s->failed |= !SP_VEC_PUSH(&support->judgments, item);
        break;
    default:
        s->failed |= !SP_VEC_PUSH(&support->presumptions, (sp_presumed){SP_NONE, 0, item});
        break;
    }
}

static void unmark(sp_supporter *s, const sp_items *items)
{
    for (size_t i = 0; i < items->len; i++)
        *noted_cell(s, items->items[i].fact, items->items[i].row) = 0;
}

static void unmark_all(sp_supporter *s, const sp_support *support)
{
    unmark(s, &support->open);
    unmark(s, &support->contested);
    unmark(s, &support->judgments);
    for (size_t i = 0; i < support->presumptions.len; i++)
        if (support->presumptions.items[i].criterion == SP_NONE)
            *noted_cell(s, support->presumptions.items[i].fact.fact,
                        support->presumptions.items[i].fact.row) = 0;
}

/* Puts numbers where they belong in a sorted list without doubles: such lists are short. */
static bool insert(uint32_t *items, size_t *len, uint32_t number)
{
    size_t at = *len;
    while (at > 0 && items[at - 1] > number)
        at--;
    if (at > 0 && items[at - 1] == number)
        return false;
    memmove(items + at + 1, items + at, (*len - at) * sizeof *items);
    items[at] = number;
    (*len)++;
    return true;
}

static void cite(sp_supporter *s, const sp_cites *cites, sp_support *support)
{
    const uint32_t *number = s->cited.items + cites->first;
    if (!SP_VEC_RESERVE(&support->passages, cites->passages) ||
        !SP_VEC_RESERVE(&support->authority, cites->authorities)) {
        s->failed = true;
        return;
    }
    for (uint32_t i = 0; i < cites->passages; i++)
        insert(support->passages.items, &support->passages.len, *number++);
    for (uint32_t i = 0; i < cites->authorities; i++)
        insert(support->authority.items, &support->authority.len, *number++);
}

static void visit(sp_supporter *s, sp_ground criterion, bool same_criterion, bool asked,
                  sp_support *support)
{
    sp_seat *seat = &s->seats[s->seat_at[criterion.what] + criterion.row];
    if (seat->walk == s->walk)
        return;
    seat->walk = s->walk;
    if (seat->first == SP_NONE)
        look_at(s, seat, criterion.what, criterion.row);
    for (uint32_t i = seat->first; i < seat->first + seat->count && !s->failed; i++) {
        const sp_ground *g = &s->grounds.items[i];
        switch ((sp_ground_kind)g->kind) {
        case SP_GROUND_RULE:
            s->failed |= !SP_VEC_PUSH(&support->chain, g->what);
            if (!asked)
                break;
            s->failed |= !SP_VEC_PUSH(&support->rules, g->what);
            cite(s, &s->rule_cites[g->what], support);
            break;
        case SP_GROUND_COND:
            if (same_criterion)
                cite(s, &s->cond_cites[g->what], support);
            break;
        case SP_GROUND_ITSELF:
            s->failed |= !SP_VEC_PUSH(&support->presumptions,
                                      (sp_presumed){g->what, g->row, {SP_NONE, 0, NULL}});
            break;
        case SP_GROUND_CRITERION:
            s->failed |= !SP_VEC_PUSH(&s->agenda, *g);
            break;
        default:
            add_item(s, g, support);
            break;
        }
    }
}

static void empty(sp_support *support)
{
    support->open.len = support->contested.len = support->judgments.len = 0;
    support->presumptions
        .len = support->rules.len = support->chain.len = support->passages.len = support->authority.len = 0;
}

void sp_supporter_collect(sp_supporter *s, uint32_t criterion, uint32_t row, sp_support *support)
{
    empty(support);
    s->walk++;
    s->agenda.len = 0;
    visit(s, (sp_ground){SP_GROUND_CRITERION, criterion, row}, true, true, support);
    while (s->agenda.len > 0 && !s->failed && !s->ex->failed) {
        const sp_ground next = s->agenda.items[--s->agenda.len];
        visit(s, next, next.what == criterion, false, support);
    }
    unmark_all(s, support);
}

void sp_supporter_free(sp_supporter *s)
{
    SP_VEC_FREE(&s->stack);
    SP_VEC_FREE(&s->grounds);
    SP_VEC_FREE(&s->agenda);
    SP_VEC_FREE(&s->cited);
    free(s->seats);
    free(s->noted);
    sp_arena_free(&s->arena);
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
