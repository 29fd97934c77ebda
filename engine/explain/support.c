/* What a verdict rests on is the union of the grounds of all criteria in its chain of reasons. A criterion that many
 * others ask for is not gone through again for each: every seat has the set of all that its chain comes to, made of its own
 * grounds and the sets of the seats it asks for. Seats that ask for each other have one set [Tarjan's components]. */
#include "explain/support.h"

#include <stdlib.h>
#include <string.h>

/* --- a batch --- */

/* Room for what is kept by seat and by cell, all zero. */
static bool place(sp_supporter *s)
{
    const sp_facts *facts = s->grounds.ex->run->facts;
    size_t cells = 0;
    for (size_t e = 0; e < facts->vocab->entities.len; e++) {
        s->cells_at[e] = cells;
        cells += (size_t)facts->tables[e].rows * facts->tables[e].columns;
    }
    if (s->grounds.seat_count > s->chain_cap) {
        free(s->chains);
        s->chains = malloc(s->grounds.seat_count * sizeof *s->chains);
        s->chain_cap = s->chains == NULL ? 0 : s->grounds.seat_count;
    }
    if (cells > s->cell_cap) {
        free(s->cell_items);
        s->cell_items = malloc(cells * sizeof *s->cell_items);
        s->cell_cap = s->cell_items == NULL ? 0 : cells;
    }
    if (s->chain_cap < s->grounds.seat_count || s->cell_cap < cells)
        return false;
    if (s->grounds.seat_count > 0)
        memset(s->chains, 0, s->grounds.seat_count * sizeof *s->chains);
    if (cells > 0)
        memset(s->cell_items, 0, cells * sizeof *s->cell_items);
    return true;
}

bool sp_supporter_begin(sp_supporter *s, sp_explainer *ex)
{
    if (s->cells_at == NULL) {
        s->cells_at = SP_NEW_ARRAY(&s->arena, size_t, ex->base->vocab.entities.len);
        s->failed |= s->arena.failed || !sp_cite_list_make(&s->cites, ex->base);
    }
    s->noted.len = s->found.len = 0;
    s->clock = s->walk = 0;
    return !s->failed && sp_grounds_begin(&s->grounds, ex, &s->cites) && place(s);
}

/* --- sets --- */

static uint32_t *number_of(sp_supporter *s, const sp_ground *g)
{
    if (g->kind == SP_GROUND_ITSELF)
        return &s->chains[s->grounds.seat_at[g->what] + g->row].item;
    const sp_fact *fact = &s->grounds.ex->base->vocab.facts.items[g->what];
    size_t columns = s->grounds.ex->run->facts->tables[fact->entity].columns;
    return &s->cell_items[s->cells_at[fact->entity] + g->row * columns + fact->column];
}

static void add_found(sp_supporter *s, sp_found f)
{
    sp_noted *noted = &s->noted.items[f.item];
    uint16_t mark = (uint16_t)(1u << f.kind);
    if (noted->marks & mark)
        return;
    noted->marks |= mark;
    s->failed |= !SP_VEC_PUSH(&s->found, f);
}

static void add_ground(sp_supporter *s, const sp_ground *g)
{
    uint32_t *number = number_of(s, g);
    if (*number == 0) {
        sp_noted noted = {.criterion = g->kind == SP_GROUND_ITSELF, .what = g->what, .row = g->row};
        if (!SP_VEC_PUSH(&s->noted, noted)) {
            s->failed = true;
            return;
        }
        *number = (uint32_t)s->noted.len;
    }
    add_found(s, (sp_found){g->kind, *number - 1});
}

/* Adds what one seat rests on: its own grounds, and the sets of others. *largest is the largest of those. */
static void add_seat(sp_supporter *s, uint32_t number, const sp_chain **largest)
{
    const sp_seat *seat = &s->grounds.seats[number];
    for (uint32_t i = seat->first; i < seat->first + seat->count && !s->failed; i++) {
        const sp_ground *g = &s->grounds.list.items[i];
        if (g->kind == SP_GROUND_RULE || g->kind == SP_GROUND_COND)
            continue;
        if (g->kind != SP_GROUND_CRITERION) {
            add_ground(s, g);
            continue;
        }
        sp_chain *asked = &s->chains[s->grounds.seat_at[g->what] + g->row];
        if (!asked->closed || asked->walk == s->walk)
            continue;
        asked->walk = s->walk;
        for (uint32_t k = 0; k < asked->count && !s->failed; k++)
            add_found(s, s->found.items[asked->first + k]);
        if (*largest == NULL || asked->count > (*largest)->count)
            *largest = asked;
    }
}

/* Makes the set of the seats from `from` on in `open`, which all lead to each other. */
static void close_seats(sp_supporter *s, size_t from)
{
    size_t first = s->found.len;
    const sp_chain *largest = NULL;
    s->walk++;
    for (size_t i = from; i < s->open.len; i++)
        add_seat(s, s->open.items[i], &largest);
    sp_chain set = {.first = (uint32_t)first, .count = (uint32_t)(s->found.len - first)};
    for (size_t i = first; i < s->found.len; i++)
        s->noted.items[s->found.items[i].item].marks = 0;
    /* a part that is as large as the whole is the whole */
    if (largest != NULL && largest->count == set.count) {
        s->found.len = first;
        set.first = largest->first;
    }
    for (size_t i = from; i < s->open.len; i++) {
        sp_chain *chain = &s->chains[s->open.items[i]];
        chain->first = set.first;
        chain->count = set.count;
        chain->closed = true;
    }
    s->open.len = from;
}

static void enter(sp_supporter *s, uint32_t criterion, uint32_t row)
{
    uint32_t seat = (uint32_t)sp_grounds_look(&s->grounds, criterion, row);
    s->chains[seat].met = s->chains[seat].low = ++s->clock;
    s->failed |= !SP_VEC_PUSH(&s->open, seat);
    s->failed |= !SP_VEC_PUSH(&s->path, ((sp_visit){seat, s->grounds.seats[seat].first}));
}

static void leave(sp_supporter *s)
{
    uint32_t seat = s->path.items[--s->path.len].seat;
    sp_chain *chain = &s->chains[seat];
    if (chain->low == chain->met) {
        size_t from = s->open.len;
        while (s->open.items[--from] != seat) {
        }
        close_seats(s, from);
    }
    if (s->path.len == 0)
        return;
    sp_chain *above = &s->chains[s->path.items[s->path.len - 1].seat];
    if (!chain->closed && chain->low < above->low)
        above->low = chain->low;
}

/* The set of a seat, and on the way those of all that it leads to. */
static const sp_chain *chain_of(sp_supporter *s, uint32_t criterion, uint32_t row)
{
    const sp_chain *asked = &s->chains[s->grounds.seat_at[criterion] + row];
    if (asked->closed)
        return asked;
    s->path.len = s->open.len = 0;
    enter(s, criterion, row);
    while (s->path.len > 0 && !s->failed && !s->grounds.failed && !s->grounds.ex->failed) {
        sp_visit *at = &s->path.items[s->path.len - 1];
        const sp_seat *seat = &s->grounds.seats[at->seat];
        if (at->next == seat->first + seat->count) {
            leave(s);
            continue;
        }
        const sp_ground next = s->grounds.list.items[at->next++];
        if (next.kind != SP_GROUND_CRITERION)
            continue;
        const sp_chain *to = &s->chains[s->grounds.seat_at[next.what] + next.row];
        sp_chain *here = &s->chains[at->seat];
        if (to->met == 0)
            enter(s, next.what, next.row);
        else if (!to->closed && to->met < here->low)
            here->low = to->met;
    }
    s->failed |= s->grounds.failed;
    return asked;
}

/* --- what is handed out --- */

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
    const uint32_t *number = s->cites.numbers.items + cites->first;
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

static void add_rule(sp_supporter *s, bool rule, uint32_t what, sp_support *support)
{
    if (rule)
        s->failed |= !SP_VEC_PUSH(&support->rules, what);
    cite(s, rule ? &s->cites.rules[what] : &s->cites.conds[what], support);
}

/* The rules of the criterion itself, and what they and their deciding conditions cite. */
static void add_rules(sp_supporter *s, const sp_seat *seat, sp_support *support)
{
    const sp_patterns *p = &s->grounds.patterns;
    if (seat->pattern != SP_NONE) {
        const sp_pattern *pattern = &p->list.items[seat->pattern];
        for (size_t i = 0; i < pattern->fixed_count && !s->failed; i++) {
            const sp_fixed *fixed = &p->fixed.items[pattern->first_fixed + i];
            add_rule(s, fixed->rule, fixed->what, support);
        }
    }
    for (uint32_t i = seat->first; seat->mixed && i < seat->first + seat->count && !s->failed; i++) {
        const sp_ground *g = &s->grounds.list.items[i];
        if (g->kind == SP_GROUND_RULE || g->kind == SP_GROUND_COND)
            add_rule(s, g->kind == SP_GROUND_RULE, g->what, support);
    }
}

static void hand_out(sp_supporter *s, const sp_found *f, sp_support *support)
{
    const sp_noted *noted = &s->noted.items[f->item];
    if (noted->criterion) {
        s->failed |= !SP_VEC_PUSH(&support->presumptions,
                                  ((sp_presumed){noted->what, noted->row, {.fact = SP_NONE}}));
        return;
    }
    const sp_fact *fact = &s->grounds.ex->base->vocab.facts.items[noted->what];
    sp_item item = {noted->what, noted->row,
                    sp_facts_cell(s->grounds.ex->run->facts, fact->entity, noted->row, fact->column)};
    if (f->kind == SP_GROUND_PRESUMED)
        s->failed |= !SP_VEC_PUSH(&support->presumptions, ((sp_presumed){SP_NONE, 0, item}));
    else
        s->failed |= !SP_VEC_PUSH(f->kind == SP_GROUND_OPEN        ? &support->open
                                  : f->kind == SP_GROUND_CONTESTED ? &support->contested
                                  : f->kind == SP_GROUND_DATED     ? &support->dated
                                                                   : &support->judgments,
                                  item);
}

const sp_found *sp_supporter_set(sp_supporter *s, uint32_t criterion, uint32_t row, size_t *count)
{
    const sp_chain *chain = chain_of(s, criterion, row);
    *count = s->failed ? 0 : chain->count;
    return s->found.items + chain->first;
}

void sp_supporter_facts(sp_supporter *s, uint32_t criterion, uint32_t row, sp_support *support)
{
    support->open.len = support->contested.len = support->judgments.len = support->dated.len = 0;
    support->presumptions.len = 0;
    const sp_chain *chain = chain_of(s, criterion, row);
    for (uint32_t i = 0; i < chain->count && !s->failed; i++)
        hand_out(s, &s->found.items[chain->first + i], support);
}

void sp_supporter_rules(sp_supporter *s, uint32_t criterion, uint32_t row, sp_support *support)
{
    support->rules.len = support->passages.len = support->authority.len = 0;
    add_rules(s, &s->grounds.seats[sp_grounds_look(&s->grounds, criterion, row)], support);
}

void sp_supporter_collect(sp_supporter *s, uint32_t criterion, uint32_t row, sp_support *support)
{
    support->chain.len = 0;
    sp_supporter_facts(s, criterion, row, support);
    sp_supporter_rules(s, criterion, row, support);
}

uint32_t sp_supporter_pattern(sp_supporter *s, uint32_t criterion, uint32_t row)
{
    const sp_seat *seat = &s->grounds.seats[sp_grounds_look(&s->grounds, criterion, row)];
    return seat->mixed ? SP_NONE : seat->pattern;
}

static void go_on(sp_supporter *s, sp_ground criterion)
{
    size_t seat = sp_grounds_look(&s->grounds, criterion.what, criterion.row);
    if (s->chains[seat].walk == s->walk)
        return;
    s->chains[seat].walk = s->walk;
    s->failed |= !SP_VEC_PUSH(&s->open, (uint32_t)seat);
}

/* Its own rules, and the criteria to go on with. */
static void add_to_chain(sp_supporter *s, const sp_seat *at, sp_support *support)
{
    sp_support own = {0};
    add_rules(s, at, &own);
    for (size_t i = 0; i < own.rules.len && !s->failed; i++)
        s->failed |= !SP_VEC_PUSH(&support->chain, own.rules.items[i]);
    sp_support_free(&own);
    for (uint32_t i = at->first; i < at->first + at->count && !s->failed; i++) {
        const sp_ground g = s->grounds.list.items[i];
        if (g.kind == SP_GROUND_CRITERION)
            go_on(s, g);
    }
}

void sp_supporter_chain(sp_supporter *s, uint32_t criterion, uint32_t row, sp_support *support)
{
    support->chain.len = 0;
    s->walk++;
    s->open.len = 0;
    go_on(s, (sp_ground){SP_GROUND_CRITERION, criterion, row});
    while (s->open.len > 0 && !s->failed && !s->grounds.failed) {
        const sp_seat at = s->grounds.seats[s->open.items[--s->open.len]];
        add_to_chain(s, &at, support);
    }
    s->failed |= s->grounds.failed;
}

void sp_supporter_free(sp_supporter *s)
{
    sp_cite_list_free(&s->cites);
    sp_grounds_free(&s->grounds);
    SP_VEC_FREE(&s->noted);
    SP_VEC_FREE(&s->found);
    SP_VEC_FREE(&s->path);
    SP_VEC_FREE(&s->open);
    free(s->chains);
    free(s->cell_items);
    sp_arena_free(&s->arena);
    *s = (sp_supporter){0};
}

void sp_support_free(sp_support *support)
{
    SP_VEC_FREE(&support->open);
    SP_VEC_FREE(&support->contested);
    SP_VEC_FREE(&support->judgments);
    SP_VEC_FREE(&support->dated);
    SP_VEC_FREE(&support->presumptions);
    SP_VEC_FREE(&support->rules);
    SP_VEC_FREE(&support->chain);
    SP_VEC_FREE(&support->passages);
    SP_VEC_FREE(&support->authority);
}
