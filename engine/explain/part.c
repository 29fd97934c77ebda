#include "explain/part.h"

/* Criteria below one another before the walk stops where it is. No law that a person can follow is as deep. */
#define PART_DEPTH 200u

struct seat {
    uint32_t criterion, row;
};

struct walk {
    sp_explainer *ex[2];
    sp_parting *out;
    SP_VEC(struct seat) seen; /* criteria of the left side that lead nowhere, or are being looked at */
    uint32_t depth;
};

/* A node on each side. */
struct both {
    sp_why side[2];
};

static bool part_node(struct walk *w, const struct both *at);

/* --- sameness --- */

static bool same_parts(sp_cond *const *a, uint32_t a_count, sp_cond *const *b, uint32_t b_count)
{
    if (a_count != b_count)
        return false;
    for (uint32_t i = 0; i < a_count; i++)
        if (!sp_same_cond(a[i], b[i]))
            return false;
    return true;
}

static bool same_or_none(const sp_cond *a, const sp_cond *b)
{
    return a == NULL || b == NULL ? a == b : sp_same_cond(a, b);
}

bool sp_same_cond(const sp_cond *a, const sp_cond *b)
{
    return a == b ||
           (a->kind == b->kind && sp_str_eq(a->text, b->text) && a->n == b->n &&
            a->if_empty == b->if_empty && same_parts(a->parts, a->part_count, b->parts, b->part_count) &&
            same_parts(a->unless, a->unless_count, b->unless, b->unless_count) &&
            same_or_none(a->where, b->where) && same_or_none(a->body, b->body));
}

static const sp_rule *rule_of(const struct walk *w, int side, const sp_why *why)
{
    return &w->ex[side]->base->rules.items[why->rule];
}

static bool same_rule(const struct walk *w, const struct both *rules)
{
    const sp_rule *a = rule_of(w, 0, &rules->side[0]), *b = rule_of(w, 1, &rules->side[1]);
    return a == b || sp_same_cond(a->condition, b->condition);
}

/* The member of a list that a row of a quantifier's frame stands for: an id, or the name of an enum's value. */
static sp_str member_name(const sp_explainer *ex, const sp_why *why)
{
    uint32_t value = ex->run->rows.frames[why->frame].value[why->row];
    sp_type type = why->cond->member_type;
    if (type.kind == SP_ENTITY)
        return sp_facts_row_id(ex->run->facts, type.index, value);
    return ex->base->vocab.enums.items[type.index].values[value].name;
}

static bool same_child(const struct walk *w, const sp_why *a, const sp_why *b)
{
    if (a->kind != b->kind || a->role != b->role)
        return false;
    switch ((sp_why_kind)a->kind) {
    case SP_WHY_RULE:
        return sp_str_eq(rule_of(w, 0, a)->id, rule_of(w, 1, b)->id);
    case SP_WHY_COND:
        return sp_same_cond(a->cond, b->cond);
    case SP_WHY_MEMBER:
        return sp_str_eq(member_name(w->ex[0], a), member_name(w->ex[1], b));
    case SP_WHY_CRITERION: /* asked for by the same words */
    case SP_WHY_LIST:
    case SP_WHY_LIMIT:
        return true;
    }
    return false;
}

static bool same_why(const sp_why *a, const sp_why *b)
{
    return a->kind == b->kind && a->cond == b->cond && a->frame == b->frame && a->row == b->row &&
           (a->kind == SP_WHY_COND || (a->criterion == b->criterion && a->rule == b->rule));
}

static bool contains(const sp_whys *list, const sp_why *why)
{
    for (size_t i = 0; i < list->len; i++)
        if (same_why(&list->items[i], why))
            return true;
    return false;
}

/* --- children of both sides --- */

struct children {
    sp_whys all[2], deciding[2];
    uint32_t *partner; /* by child of the left: its partner on the right, or SP_NONE */
    bool *taken;       /* by child of the right: it is a partner */
};

static bool pair_children(const struct walk *w, struct children *c)
{
    c->partner = malloc((c->all[0].len + 1) * sizeof *c->partner);
    c->taken = calloc(c->all[1].len + 1, sizeof *c->taken);
    if (c->partner == NULL || c->taken == NULL)
        return false;
    for (size_t i = 0; i < c->all[0].len; i++) {
        c->partner[i] = SP_NONE;
        for (uint32_t k = 0; k < c->all[1].len && c->partner[i] == SP_NONE; k++)
            if (!c->taken[k] && same_child(w, &c->all[0].items[i], &c->all[1].items[k])) {
                c->partner[i] = k;
                c->taken[k] = true;
            }
    }
    return true;
}

/* An all_of that only holds other parts together: `requires` is one where a rule has exceptions. */
static bool transparent(const sp_why *why)
{
    return why->kind == SP_WHY_COND && why->role == SP_ROLE_PART && why->cond->kind == SP_COND_ALL &&
           why->cond->title.len == 0 && why->cond->unless_count == 0;
}

/* The children, and in place of transparent ones theirs. A file's depth bounds the recursion. */
static void gather(sp_explainer *ex, const sp_why *why, bool all, bool through, sp_whys *children)
{
    sp_whys direct = {0};
    sp_why_children(ex, why, all, &direct);
    for (size_t i = 0; i < direct.len; i++) {
        if (through && transparent(&direct.items[i]))
            gather(ex, &direct.items[i], all, through, children);
        else
            ex->failed |= !SP_VEC_PUSH(children, direct.items[i]);
    }
    SP_VEC_FREE(&direct);
}

static void open_children(struct walk *w, const struct both *at, bool through, struct children *c)
{
    *c = (struct children){0};
    for (int side = 0; side < 2; side++) {
        gather(w->ex[side], &at->side[side], true, through, &c->all[side]);
        gather(w->ex[side], &at->side[side], false, through, &c->deciding[side]);
    }
    if (!pair_children(w, c))
        w->ex[0]->failed = true;
}

static void close_children(struct children *c)
{
    for (int side = 0; side < 2; side++) {
        SP_VEC_FREE(&c->all[side]);
        SP_VEC_FREE(&c->deciding[side]);
    }
    free(c->partner);
    free(c->taken);
}

static bool failed(const struct walk *w)
{
    return w->ex[0]->failed || w->ex[1]->failed;
}

/* The next pair of children whose states differ and on which one of the two sides rests. */
static bool next_pair(const struct children *c, size_t *at, struct both *pair)
{
    for (; *at < c->all[0].len; ++*at) {
        if (c->partner[*at] == SP_NONE)
            continue;
        *pair = (struct both){{c->all[0].items[*at], c->all[1].items[c->partner[*at]]}};
        if (pair->side[0].state != pair->side[1].state &&
            (contains(&c->deciding[0], &pair->side[0]) || contains(&c->deciding[1], &pair->side[1]))) {
            ++*at;
            return true;
        }
    }
    return false;
}

/* A child without partner on which its side rests. */
static const sp_why *lone_child(const struct children *c, int side)
{
    for (size_t i = 0; i < c->all[side].len; i++) {
        bool alone = side == 0 ? c->partner[i] == SP_NONE : !c->taken[i];
        if (alone && contains(&c->deciding[side], &c->all[side].items[i]))
            return &c->all[side].items[i];
    }
    return NULL;
}

static bool found(struct walk *w, sp_part_kind kind, const struct both *at)
{
    w->out->kind = (uint8_t)kind;
    w->out->at[0] = at->side[0];
    w->out->at[1] = at->side[1];
    w->out->there[0] = w->out->there[1] = true;
    return true;
}

/* --- leaves --- */

static bool same_value(sp_type type, sp_value a, sp_value b)
{
    return type.kind == SP_NUMBER ? sp_compare_numbers(SP_OP_IS, a.number, b.number) == SP_HOLDS
                                  : a.index == b.index;
}

/* Is the parameter that an operand asks set otherwise on the other side? */
static bool parts_at_parameter(const struct walk *w, const sp_operand *a, const sp_operand *b)
{
    if (a->kind != SP_OPERAND_PARAMETER || b->kind != SP_OPERAND_PARAMETER)
        return false;
    return !same_value(a->type, w->ex[0]->run->net->parameters[a->parameter],
                       w->ex[1]->run->net->parameters[b->parameter]);
}

static bool part_at_parameter(struct walk *w, const struct both *at)
{
    const sp_cond *a = at->side[0].cond, *b = at->side[1].cond;
    const sp_operand *left = &a->left, *right = &b->left;
    for (uint32_t i = 0; !parts_at_parameter(w, left, right); i++) {
        if (i >= a->right_count || i >= b->right_count)
            return false;
        left = &a->right[i];
        right = &b->right[i];
    }
    w->out->parameter[0] = left->parameter;
    w->out->parameter[1] = right->parameter;
    return found(w, SP_PART_PARAMETER, at);
}

static bool part_leaf(struct walk *w, const struct both *at)
{
    if (part_at_parameter(w, at))
        return true;
    return found(w, at->side[0].presumes != at->side[1].presumes ? SP_PART_PRESUMED : SP_PART_FACT, at);
}

/* --- conditions --- */

/* Goes down where children differ; where members of a list are not the same, it is the list. */
static bool part_children(struct walk *w, const struct both *at)
{
    struct children c;
    struct both pair;
    size_t next = 0;
    bool done = false;
    open_children(w, at, false, &c);
    while (!done && !failed(w) && next_pair(&c, &next, &pair))
        done = part_node(w, &pair);
    if (!done && !failed(w) && (lone_child(&c, 0) != NULL || lone_child(&c, 1) != NULL))
        done = found(w, SP_PART_LIST, at);
    close_children(&c);
    return done;
}

static bool is_leaf(const sp_why *why)
{
    return (why->kind == SP_WHY_COND || why->kind == SP_WHY_RULE) && why->cond->kind == SP_COND_LEAF;
}

/* --- rules --- */

/* A rule that is one leaf turns on it. */
static void turn(struct walk *w, const struct both *rules, const struct children *c, int side)
{
    const sp_why *why = is_leaf(&rules->side[side]) ? &rules->side[side] : lone_child(c, side);
    w->out->has_turn[side] = why != NULL;
    if (why != NULL)
        w->out->turns_on[side] = *why;
}

/* Two texts of a rule: what only one of them says is where they part, if a state rests on it; else what both say. */
static bool part_texts(struct walk *w, const struct both *rules)
{
    struct children c;
    struct both pair;
    size_t next = 0;
    bool done = false;
    open_children(w, rules, true, &c);
    bool lone = failed(w) || lone_child(&c, 0) != NULL || lone_child(&c, 1) != NULL;
    while (!done && !lone && !failed(w) && next_pair(&c, &next, &pair))
        done = part_node(w, &pair);
    if (!done && !failed(w)) {
        done = found(w, SP_PART_RULE_TEXT, rules);
        turn(w, rules, &c, 0);
        turn(w, rules, &c, 1);
    }
    close_children(&c);
    return done;
}

/* A rule that the other side has not fails there, as it were, unless there is no rule at all. */
static bool part_at_lone_rule(struct walk *w, const struct children *c)
{
    for (int side = 0; side < 2; side++) {
        const sp_why *rule = lone_child(c, side);
        if (rule == NULL || (rule->state == SP_FAILS && c->all[!side].len > 0))
            continue;
        struct both at = {{*rule, *rule}};
        found(w, SP_PART_RULE_ONLY, &at);
        w->out->there[!side] = false;
        return true;
    }
    return false;
}

static bool part_rules(struct walk *w, const struct both *criterion)
{
    struct children c;
    struct both pair;
    bool done = false;
    open_children(w, criterion, false, &c);
    for (size_t next = 0; !done && !failed(w) && next_pair(&c, &next, &pair);)
        done = same_rule(w, &pair) && part_node(w, &pair);
    for (size_t next = 0; !done && !failed(w) && next_pair(&c, &next, &pair);)
        done = !same_rule(w, &pair) && part_texts(w, &pair);
    if (!done && !failed(w))
        done = part_at_lone_rule(w, &c);
    close_children(&c);
    return done;
}

static sp_state decided(const struct walk *w, const struct both *at, int side)
{
    const sp_run *run = w->ex[side]->run;
    return sp_run_state(run, run->net->decided_nodes[at->side[side].criterion], at->side[side].row);
}

static bool seen_before(struct walk *w, const sp_why *why)
{
    struct seat seat = {why->criterion, why->row};
    for (size_t i = 0; i < w->seen.len; i++)
        if (w->seen.items[i].criterion == seat.criterion && w->seen.items[i].row == seat.row)
            return true;
    w->ex[0]->failed |= !SP_VEC_PUSH(&w->seen, seat);
    return false;
}

static bool part_criterion(struct walk *w, const struct both *at)
{
    sp_why before[2] = {w->out->criterion[0], w->out->criterion[1]};
    if (w->depth >= PART_DEPTH || seen_before(w, &at->side[0]))
        return false;
    w->out->criterion[0] = at->side[0];
    w->out->criterion[1] = at->side[1];
    if (decided(w, at, 0) == decided(w, at, 1))
        return found(w, SP_PART_PRESUMED, at);
    w->depth++;
    bool done = part_rules(w, at);
    w->depth--;
    if (!done && w->depth == 0)
        done = found(w, SP_PART_NODE, at);
    if (!done) {
        w->out->criterion[0] = before[0];
        w->out->criterion[1] = before[1];
    }
    return done;
}

/* A leaf with exceptions: do the two sides differ in the leaf itself? */
static bool differs_in_core(const struct walk *w, const struct both *at)
{
    sp_state state[2];
    for (int side = 0; side < 2; side++) {
        const sp_run *run = w->ex[side]->run;
        const sp_why *why = &at->side[side];
        if (!is_leaf(why) || why->cond->unless_count == 0)
            return false;
        uint32_t core = run->net->core_nodes[why->cond->number];
        if (run->net->nodes.items[core].kind == SP_NET_LOOKUP)
            return false;
        state[side] = sp_run_state(run, core, why->row);
    }
    return state[0] != state[1];
}

static bool part_node(struct walk *w, const struct both *at)
{
    if (at->side[0].kind == SP_WHY_CRITERION)
        return part_criterion(w, at);
    if (at->side[0].kind == SP_WHY_LIST)
        return found(w, SP_PART_LIST, at);
    if (!differs_in_core(w, at) && part_children(w, at))
        return true;
    return is_leaf(&at->side[0]) && !failed(w) && part_leaf(w, at);
}

bool sp_part(sp_explainer *left, sp_explainer *right, const sp_why *left_why, const sp_why *right_why,
             sp_parting *parting)
{
    struct walk w = {.ex = {left, right}, .out = parting};
    struct both at = {{*left_why, *right_why}};
    *parting = (sp_parting){.kind = SP_PART_NODE};
    part_criterion(&w, &at);
    SP_VEC_FREE(&w.seen);
    return !failed(&w);
}
