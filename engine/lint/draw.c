#include "lint/draw.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH 4u  /* of criteria that rest on criteria */
#define ROUNDS 6u /* of what members of lists ask for in turn */
#define ROWS 60u

/* One list that quantifiers run over, and the one member that is drawn of it. */
struct listed {
    uint32_t list, row;
};

struct artist {
    sp_drawing *d;
    sp_sketch *sketch;
    sp_space *s;
    uint8_t *states;
    bool *with_member; /* by key of a list */
    SP_VEC(struct listed) members;
    uint32_t rows[3]; /* by level: the case, and what the criterion is about */
    uint32_t empty;
};

bool sp_drawing_begin(sp_drawing *d, const sp_network *net, uint32_t criterion)
{
    const sp_criterion *c = &net->base->vocab.criteria.items[criterion];
    *d = (sp_drawing){.net = net, .with_row = SP_NONE};
    if (!sp_sketch_begin(&d->sketch, net->base))
        return false;
    d->row = sp_sketch_add(&d->sketch, c->entity, SP_NONE);
    if (c->with != SP_NONE)
        d->with_row = sp_sketch_add(&d->sketch, c->with, SP_NONE);
    return !d->sketch.failed;
}

void sp_drawing_free(sp_drawing *d)
{
    sp_sketch_free(&d->sketch);
}

/* --- where operands lead --- */

static uint32_t row_of_variable(struct artist *a, const sp_atom *atom, uint32_t level)
{
    uint32_t list = level < SP_LINT_LEVELS ? atom->lists[level] : SP_NONE;
    if (list == SP_NONE)
        return level < 3 ? a->rows[level] : 0;
    for (size_t i = 0; i < a->members.len; i++)
        if (a->members.items[i].list == list)
            return a->members.items[i].row;
    a->sketch->stuck = true;
    return 0;
}

/* The row that the first `steps` of a path lead to. */
static uint32_t walk(struct artist *a, const sp_atom *atom, const sp_operand *operand, uint32_t steps)
{
    uint32_t row = row_of_variable(a, atom, operand->variable);
    for (uint32_t i = 0; i < steps && !a->sketch->stuck && !a->sketch->failed; i++)
        row = sp_sketch_follow(a->sketch, row, operand->steps[i].member.index);
    return row;
}

/* States what a path of at least one fact leads to. */
static void state(struct artist *a, const sp_atom *atom, const sp_operand *operand, sp_str text)
{
    if (operand->kind != SP_OPERAND_PATH || operand->step_count == 0) {
        a->sketch->stuck = true;
        return;
    }
    uint32_t row = walk(a, atom, operand, operand->step_count - 1);
    const sp_step *last = &operand->steps[operand->step_count - 1];
    const sp_fact *fact = &a->sketch->base->vocab.facts.items[last->member.index];
    if (last->member.kind != SP_MEMBER_FACT || fact->role != SP_FACT_STATED)
        a->sketch->stuck = true;
    if (!a->sketch->stuck)
        sp_sketch_state(a->sketch, row, last->member.index, text);
}

/* What a path says so far, or the empty text. */
static sp_str stated(struct artist *a, const sp_atom *atom, const sp_operand *operand)
{
    if (operand->kind != SP_OPERAND_PATH || operand->step_count == 0)
        return SP_EMPTY;
    uint32_t row = walk(a, atom, operand, operand->step_count - 1);
    const sp_sketch_value *v = sp_sketch_value_of(a->sketch, row,
                                                  operand->steps[operand->step_count - 1].member.index);
    return v != NULL ? v->text : SP_EMPTY;
}

/* --- values --- */

static sp_str number_text(struct artist *a, double value)
{
    sp_buf b = {0};
    sp_number_add(&b, value);
    sp_str text = sp_arena_dup(&a->sketch->arena, sp_buf_str(&b));
    a->sketch->failed |= b.failed || a->sketch->arena.failed;
    sp_buf_clear(&b);
    return text;
}

/* A value below the first, at one, between two, above the last: regions as atoms.c numbers them. */
static sp_str number_in(struct artist *a, const sp_group *g, uint32_t region)
{
    size_t i = region / 2;
    if (region % 2 == 1)
        return number_text(a, g->values.items[i]->value.number);
    if (region == 0)
        return number_text(a, g->values.items[0]->value.number - 1);
    double below = g->values.items[i - 1]->value.number;
    if (i == g->values.len)
        return number_text(a, below + 1);
    double above = g->values.items[i]->value.number;
    return number_text(a, above - below > 1 ? (double)((int64_t)below + 1) : below + (above - below) / 2);
}

static sp_str date_in(struct artist *a, const sp_group *g, uint32_t region)
{
    size_t i = region / 2;
    if (region % 2 == 1)
        return g->values.items[i]->text;
    int32_t year = region == 0 ? g->values.items[0]->value.date.from / 10000 - 1
                               : g->values.items[i - 1]->value.date.to / 10000 + 1;
    if (region > 0 && i < g->values.len && year >= g->values.items[i]->value.date.from / 10000)
        a->sketch->stuck = true; /* days within one year: rare, and not worth a calendar */
    return sp_arena_printf(&a->sketch->arena, "%04d", (int)year);
}

static void draw_count(struct artist *a, const sp_atom *atom, const sp_group *g, uint32_t region)
{
    const sp_operand *list = &g->leaf->left;
    double count = region % 2 == 1 ? g->values.items[region / 2]->value.number
                   : region == 0   ? 0
                                   : g->values.items[region / 2 - 1]->value.number + 1;
    if (count > 8 || (count > 0 && list->type.kind != SP_ENTITY)) {
        a->sketch->stuck = true;
        return;
    }
    uint32_t row = walk(a, atom, list, list->step_count - 1);
    uint32_t fact = list->steps[list->step_count - 1].member.index;
    const sp_entity *e = &a->sketch->base->vocab.entities.items[list->type.index];
    for (int i = 0; i < count && !a->sketch->failed; i++) {
        uint32_t member = sp_sketch_add(a->sketch, list->type.index,
                                        e->collection.len == 0 ? row : SP_NONE);
        if (e->collection.len > 0)
            sp_sketch_state(a->sketch, row, fact, a->sketch->rows.items[member].id);
    }
    if (count <= 0)
        state(a, atom, list, SP_EMPTY);
}

/* The regions that the states of a group's atoms leave. */
static uint64_t regions_left(const struct artist *a, uint32_t group, bool *decided)
{
    uint64_t left = a->s->groups.items[group].regions;
    *decided = false;
    for (size_t i = 0; i < a->s->atoms.len; i++) {
        const sp_atom *atom = &a->s->atoms.items[i];
        if (atom->group != group || a->states[i] == SP_OPEN)
            continue;
        *decided = true;
        left &= a->states[i] == SP_HOLDS ? atom->answers : ~atom->answers;
    }
    return left;
}

static uint32_t lowest(uint64_t regions)
{
    uint32_t r = 0;
    while (r < 63 && !(regions >> r & 1))
        r++;
    return r;
}

static void draw_value(struct artist *a, const sp_atom *atom, const sp_group *g, uint64_t left)
{
    sp_type type = g->leaf->left.type;
    uint32_t region = lowest(left);
    if (g->leaf->left.kind == SP_OPERAND_PARAMETER)
        return;
    if (g->leaf->counts) {
        draw_count(a, atom, g, region);
        return;
    }
    sp_str text = SP_EMPTY;
    if (type.kind == SP_NUMBER)
        text = number_in(a, g, region);
    else if (type.kind == SP_DATE)
        text = date_in(a, g, region);
    else if (type.kind == SP_ENUM)
        text = a->sketch->base->vocab.enums.items[type.index].values[region].name;
    else if (region < g->values.len)
        text = g->values.items[region]->text;
    else if (type.kind == SP_TEXT)
        text = SP_LIT("other");
    if (text.len == 0 && type.kind == SP_ENTITY) { /* another than those written: a new entry */
        walk(a, atom, &g->leaf->left, g->leaf->left.step_count);
        return;
    }
    if (type.kind == SP_ENTITY)
        sp_sketch_named(a->sketch, type.index, text);
    state(a, atom, &g->leaf->left, text);
}

/* A value on the wanted side of another: smaller, the same, or greater. */
static sp_str beside(struct artist *a, sp_type type, sp_str other, int side)
{
    sp_date date;
    double number;
    if (side == 0)
        return other;
    if (type.kind == SP_DATE && sp_date_parse(other, &date))
        return sp_arena_printf(&a->sketch->arena, "%04d", (int)(date.from / 10000 + side));
    if (type.kind == SP_NUMBER && sp_number_parse(other, &number))
        return number_text(a, number + side);
    if (type.kind == SP_ENUM) {
        const sp_enum *e = &a->sketch->base->vocab.enums.items[type.index];
        int64_t at = (int64_t)sp_enum_find(e, other) + side;
        if (!e->ordered && (at < 0 || at >= e->count))
            at -= 2 * side;
        if (at >= 0 && at < e->count)
            return e->values[at].name;
    }
    if (type.kind == SP_ENTITY)
        return a->sketch->rows.items[sp_sketch_add(a->sketch, type.index, SP_NONE)].id;
    if (type.kind == SP_YES_NO)
        return sp_str_eq(other, SP_LIT("yes")) ? SP_LIT("no") : SP_LIT("yes");
    a->sketch->stuck = true;
    return SP_EMPTY;
}

static sp_str first_value(struct artist *a, sp_type type)
{
    switch ((sp_type_kind)type.kind) {
    case SP_DATE:
        return SP_LIT("2010-06-15");
    case SP_NUMBER:
        return SP_LIT("10");
    case SP_ENUM:
        return a->sketch->base->vocab.enums.items[type.index]
            .values[a->sketch->base->vocab.enums.items[type.index].count / 2]
            .name;
    case SP_ENTITY:
        return a->sketch->rows.items[sp_sketch_add(a->sketch, type.index, SP_NONE)].id;
    default:
        return SP_LIT("yes");
    }
}

/* Region 0: the operand that is first by its key is smaller; 1: they are the same; 2: it is greater. */
static void draw_relation(struct artist *a, const sp_atom *atom, uint64_t left)
{
    const sp_operand *x = &atom->cond->left, *y = &atom->cond->right[0];
    uint32_t region = left & 2 ? 1 : lowest(left);
    int side = (int)region - 1; /* of x against y */
    if (atom->flipped)
        side = -side;
    if (x->kind != SP_OPERAND_PATH || y->kind != SP_OPERAND_PATH || x->step_count == 0 ||
        y->step_count == 0) {
        a->sketch->stuck = true;
        return;
    }
    sp_str known_x = stated(a, atom, x), known_y = stated(a, atom, y);
    if (known_y.len == 0 && known_x.len > 0) {
        state(a, atom, y, beside(a, y->type, known_x, -side));
        return;
    }
    if (known_y.len == 0) {
        known_y = first_value(a, y->type);
        state(a, atom, y, known_y);
    }
    if (known_x.len == 0)
        state(a, atom, x, beside(a, x->type, known_y, side));
    /* both were said already: whether it fits is seen when the case is evaluated */
}

/* --- leaves --- */

static bool draw_rules(sp_drawing *d, uint32_t criterion, uint32_t row, uint32_t with_row, bool holds);

/* A criterion, by facts that decide its own rules. A presumption may have decided it already. */
static void draw_criterion(struct artist *a, const sp_atom *atom, bool holds)
{
    const sp_operand *x = &atom->cond->left;
    const sp_step *last = &x->steps[x->step_count - 1];
    uint32_t row = walk(a, atom, x, x->step_count - 1), with_row = SP_NONE;
    if (last->argument != NULL)
        with_row = walk(a, atom, last->argument, last->argument->step_count);
    if (a->sketch->stuck || a->sketch->failed)
        return;
    if (a->d->net->criterion_presumptions[last->member.index]->if_open == (holds ? SP_HOLDS : SP_FAILS))
        return;
    a->sketch->stuck |= !draw_rules(a->d, last->member.index, row, with_row, holds);
}

static void draw_leaf(struct artist *a, const sp_atom *atom, bool holds)
{
    const sp_cond *leaf = atom->cond;
    if (leaf->left.kind == SP_OPERAND_PARAMETER)
        return;
    if (leaf->op == SP_OP_TRUTH) {
        const sp_operand *x = &leaf->left;
        if (x->step_count > 0 && x->steps[x->step_count - 1].member.kind == SP_MEMBER_CRITERION)
            draw_criterion(a, atom, holds);
        else
            state(a, atom, x, holds ? SP_LIT("yes") : SP_LIT("no"));
    } else if (leaf->op == SP_OP_INCLUDES && leaf->right[0].kind == SP_OPERAND_LITERAL) {
        state(a, atom, &leaf->left, holds ? leaf->right[0].text : SP_EMPTY);
        if (holds && leaf->left.type.kind == SP_ENTITY)
            sp_sketch_named(a->sketch, leaf->left.type.index, leaf->right[0].text);
    } else {
        a->sketch->stuck = true; /* a pattern, or values that are not written */
    }
}

/* Do all variables of an atom run over lists with a member? */
static bool is_there(const struct artist *a, const sp_atom *atom)
{
    for (size_t i = 0; i < SP_LINT_LEVELS; i++)
        if (atom->lists[i] != SP_NONE && !a->with_member[atom->lists[i]])
            return false;
    return true;
}

static void draw_group(struct artist *a, uint32_t index)
{
    const sp_group *g = &a->s->groups.items[index];
    bool decided;
    uint64_t left = regions_left(a, index, &decided);
    const sp_atom *first = NULL;
    for (size_t i = 0; i < a->s->atoms.len && first == NULL; i++)
        if (a->s->atoms.items[i].group == index && a->states[i] != SP_OPEN)
            first = &a->s->atoms.items[i];
    if (!decided || first == NULL || !is_there(a, first))
        return;
    if (g->opaque || left == 0)
        a->sketch->stuck = true;
    else if (g->kind == SP_GROUP_VALUES)
        draw_value(a, first, g, left);
    else
        draw_relation(a, first, left);
}

/* --- lists --- */

/* What the states of quantifiers over lists with a member ask of it; marks the lists that must have one. */
static sp_bdd_ref asked_of_members(struct artist *a)
{
    sp_bdd_ref all = SP_BDD_TRUE;
    for (uint32_t i = 0; i < a->s->atoms.len; i++) {
        const sp_atom *q = &a->s->atoms.items[i];
        if (q->list == SP_NONE || a->states[i] == SP_OPEN || i == a->empty)
            continue;
        bool by_none = a->states[i] == (q->cond->kind == SP_COND_SOME ? SP_FAILS : q->cond->if_empty);
        a->with_member[q->list] |= !by_none;
    }
    for (uint32_t i = 0; i < a->s->atoms.len; i++) {
        const sp_atom *q = &a->s->atoms.items[i];
        if (q->list == SP_NONE || a->states[i] == SP_OPEN || !a->with_member[q->list])
            continue;
        sp_formula f = sp_space_atom(a->s, i);
        bool holds = a->states[i] == SP_HOLDS;
        all = sp_bdd_and(&a->s->bdd, all, holds ? f.holds : f.fails);
        all = sp_bdd_and(&a->s->bdd, all, holds ? q->member.holds : q->member.fails);
    }
    return all;
}

static void draw_member(struct artist *a, const sp_atom *q)
{
    const sp_operand *list = &q->cond->list;
    for (size_t i = 0; i < a->members.len; i++)
        if (a->members.items[i].list == q->list)
            return;
    if (list->kind != SP_OPERAND_PATH || list->step_count == 0 || list->type.kind != SP_ENTITY) {
        a->sketch->stuck = true;
        return;
    }
    uint32_t index = list->steps[list->step_count - 1].member.index;
    const sp_fact *fact = &a->sketch->base->vocab.facts.items[index];
    const sp_entity *e = &a->sketch->base->vocab.entities.items[list->type.index];
    uint32_t row = walk(a, q, list, list->step_count - 1), member;
    if (a->sketch->stuck || a->sketch->failed)
        return;
    if (fact->role == SP_FACT_COLLECTION)
        member = sp_sketch_any(a->sketch, list->type.index);
    else
        member = sp_sketch_add(a->sketch, list->type.index, e->collection.len == 0 ? row : SP_NONE);
    if (fact->role != SP_FACT_COLLECTION && e->collection.len > 0)
        sp_sketch_state(a->sketch, row, index, a->sketch->rows.items[member].id);
    a->sketch->failed |= !SP_VEC_PUSH(&a->members, (struct listed){q->list, member});
}

/* From the outer quantifiers, which stand last, to the inner ones. */
static void draw_lists(struct artist *a)
{
    for (size_t i = a->s->atoms.len; i-- > 0 && !a->sketch->stuck && !a->sketch->failed;) {
        const sp_atom *q = &a->s->atoms.items[i];
        sp_atom outside = *q;
        if (q->list == SP_NONE || a->states[i] == SP_OPEN)
            continue;
        outside.lists[q->cond->level] = SP_NONE;
        if (!is_there(a, &outside))
            continue;
        if (a->with_member[q->list])
            draw_member(a, &outside);
        else
            state(a, &outside, &q->cond->list, SP_EMPTY);
    }
}

/* --- the whole --- */

/* What the reading has decided of its parameters. */
static sp_bdd_ref given(struct artist *a)
{
    const sp_network *net = a->d->net;
    sp_bdd_ref all = SP_BDD_TRUE;
    for (uint32_t i = 0; i < a->s->atoms.len; i++) {
        const sp_cond *leaf = a->s->atoms.items[i].cond;
        uint32_t node = net->core_nodes[leaf->number];
        if (leaf->kind != SP_COND_LEAF || node == SP_NONE || net->nodes.items[node].kind != SP_NET_CONST)
            continue;
        sp_formula f = sp_space_atom(a->s, i);
        bool holds = (net->nodes.items[node].state == SP_HOLDS) != leaf->negated;
        all = sp_bdd_and(&a->s->bdd, all, holds ? f.holds : f.fails);
    }
    return all;
}

static bool find_states(struct artist *a, sp_bdd_ref f)
{
    f = sp_bdd_and(&a->s->bdd, f, given(a));
    for (uint32_t round = 0; round < ROUNDS; round++) {
        if (!sp_space_example(a->s, f, a->states))
            return false;
        sp_bdd_ref more = sp_bdd_and(&a->s->bdd, f, asked_of_members(a));
        if (more == f)
            return true;
        f = more;
    }
    return false;
}

static void draw_atoms(struct artist *a)
{
    for (uint32_t g = 0; g < a->s->groups.len; g++)
        if (a->s->groups.items[g].kind == SP_GROUP_VALUES)
            draw_group(a, g);
    for (uint32_t g = 0; g < a->s->groups.len; g++)
        if (a->s->groups.items[g].kind == SP_GROUP_RELATION)
            draw_group(a, g);
    for (size_t i = 0; i < a->s->atoms.len && !a->sketch->stuck && !a->sketch->failed; i++) {
        const sp_atom *atom = &a->s->atoms.items[i];
        if (atom->list == SP_NONE && a->states[i] != SP_OPEN && is_there(a, atom) &&
            a->s->groups.items[atom->group].kind == SP_GROUP_FREE)
            draw_leaf(a, atom, a->states[i] == SP_HOLDS);
    }
}

bool sp_draw(sp_drawing *d, sp_space *s, sp_bdd_ref f, uint32_t empty)
{
    struct artist a = {.d = d, .sketch = &d->sketch, .s = s, .empty = empty};
    a.states = calloc(s->atoms.len + 1, 1);
    a.with_member = calloc(s->keys.count + 1u, sizeof *a.with_member);
    a.rows[1] = d->row;
    a.rows[2] = d->with_row != SP_NONE ? d->with_row : 0;
    bool drawn = a.states != NULL && a.with_member != NULL;
    d->sketch.failed |= !drawn;
    if (drawn && find_states(&a, f)) {
        draw_lists(&a);
        draw_atoms(&a);
    } else {
        drawn = false;
    }
    free(a.states);
    free(a.with_member);
    SP_VEC_FREE(&a.members);
    d->sketch.failed |= s->failed;
    return drawn && !d->sketch.stuck && !d->sketch.failed && d->sketch.rows.len <= ROWS;
}

/* Some of a criterion's rules in force hold, or all fail. */
static bool draw_rules(sp_drawing *d, uint32_t criterion, uint32_t row, uint32_t with_row, bool holds)
{
    const sp_network *net = d->net;
    uint32_t first = net->first_rule[criterion], count = net->first_rule[criterion + 1] - first;
    sp_drawing inner = *d; /* of other rows; the sketch goes over and comes back */
    sp_space space;
    sp_cond **conds = malloc((count + 1u) * sizeof *conds);
    bool drawn = false, ready = sp_space_init(&space, net->base);
    d->sketch.failed |= !ready || conds == NULL;
    if (ready && conds != NULL && count > 0 && d->depth < DEPTH) {
        for (uint32_t i = 0; i < count; i++)
            conds[i] = net->base->rules.items[net->rules.items[first + i]].condition;
        if (sp_space_begin(&space, conds, count)) {
            sp_bdd_ref f = holds ? SP_BDD_FALSE : SP_BDD_TRUE;
            for (uint32_t i = 0; i < count; i++) {
                sp_formula rule = sp_space_formula(&space, conds[i]);
                f = holds ? sp_bdd_or(&space.bdd, f, rule.holds) : sp_bdd_and(&space.bdd, f, rule.fails);
            }
            inner.row = row;
            inner.with_row = with_row;
            inner.depth++;
            drawn = sp_draw(&inner, &space, f, SP_NONE);
            d->sketch = inner.sketch;
        }
        d->sketch.failed |= space.failed;
    }
    sp_space_free(&space);
    free(conds);
    return drawn;
}
