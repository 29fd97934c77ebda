#include "explain/account.h"

#include <stdlib.h>
#include <string.h>

/* Sets kept of each family, the smallest first; joins of two sets in one search; criteria explained through one
 * another. Past them the account found need not be the smallest, and says so. */
#define SETS_KEPT 32u
#define JOINS_MADE 400000u
#define CRITERIA_DEEP 1000u

/* Ends by number, ascending. */
struct set {
    const uint32_t *items;
    uint32_t count;
};

/* Sets of which none contains another, the smallest first. None: there is no way. The empty set: nothing is needed. */
struct family {
    const struct set *sets;
    uint32_t count;
    bool exact;
};

/* A criterion at a row that is to hold, or to fail. */
struct seat {
    uint32_t active; /* how deep, while it is looked at; else 0 */
    bool done;
    struct family family;
};

struct end {
    sp_account_end what;
    uint32_t place; /* two ends at one place want the opposite of each other */
    bool positive;  /* the question put the positive way is to be so */
    uint8_t cost;   /* 0: is as wanted already, and has to stay so */
};

struct search {
    sp_explainer *ex;
    sp_account_kind kind;
    sp_arena arena;
    sp_intern places, names;
    SP_VEC(struct end) ends;
    SP_VEC(uint8_t) wants; /* by place: 1 it is to hold, 2 it is to fail */
    struct seat *seats;    /* by criterion, root row and verdict */
    size_t *seat_at;
    uint32_t depth, lowest; /* the lowest criterion under way that was met again */
    size_t joins;
    bool mind_others; /* second pass: what is wanted both ways must stay where it is wanted as it is */
    uint8_t *turned;  /* by place, as `wants`, while a set is tried: which verdict comes of it? Else NULL */
    bool failed;
};

static struct family find(struct search *s, const sp_why *why, sp_state goal);

static sp_state opposite(sp_state goal)
{
    return goal == SP_HOLDS ? SP_FAILS : SP_HOLDS;
}

static struct family never(void)
{
    return (struct family){.exact = true};
}

static struct family always(void)
{
    static const struct set empty = {0};
    return (struct family){.sets = &empty, .count = 1, .exact = true};
}

/* --- families --- */

static uint32_t cost(const struct search *s, const struct set *set)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < set->count; i++)
        sum += s->ends.items[set->items[i]].cost;
    return sum;
}

static int compare_sets(const struct search *s, const struct set *a, const struct set *b)
{
    uint32_t x = cost(s, a), y = cost(s, b);
    if (x != y)
        return x < y ? -1 : 1;
    for (uint32_t i = 0; i < a->count && i < b->count; i++)
        if (a->items[i] != b->items[i])
            return a->items[i] < b->items[i] ? -1 : 1;
    return a->count < b->count ? -1 : a->count > b->count;
}

static bool contains(const struct set *whole, const struct set *part)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < part->count; i++) {
        while (at < whole->count && whole->items[at] < part->items[i])
            at++;
        if (at == whole->count || whole->items[at] != part->items[i])
            return false;
    }
    return true;
}

/* Puts a set where it belongs among those kept, unless one of them is part of it. */
static void keep(const struct search *s, struct set *kept, uint32_t *count, bool *exact, struct set set)
{
    uint32_t at = *count, n = 0;
    for (uint32_t i = 0; i < *count; i++)
        if (contains(&set, &kept[i]))
            return;
    while (at > 0 && compare_sets(s, &set, &kept[at - 1]) < 0)
        at--;
    if (at == SETS_KEPT) {
        *exact = false;
        return;
    }
    if (*count == SETS_KEPT) {
        (*count)--;
        *exact = false;
    }
    memmove(kept + at + 1, kept + at, (*count - at) * sizeof *kept);
    kept[at] = set;
    (*count)++;
    for (uint32_t i = 0; i < *count; i++)
        if (i <= at || !contains(&kept[i], &set))
            kept[n++] = kept[i];
    *count = n;
}

static struct family either(struct search *s, struct family a, struct family b)
{
    struct set *kept = SP_NEW_ARRAY(&s->arena, struct set, SETS_KEPT + 1);
    struct family f = {.sets = kept, .exact = a.exact && b.exact};
    for (uint32_t i = 0; kept != NULL && i < a.count; i++)
        keep(s, kept, &f.count, &f.exact, a.sets[i]);
    for (uint32_t i = 0; kept != NULL && i < b.count; i++)
        keep(s, kept, &f.count, &f.exact, b.sets[i]);
    return f;
}

/* Does a set want the opposite of what another wants? */
static bool at_odds(const struct search *s, const struct set *a, const struct set *b)
{
    for (uint32_t i = 0; i < a->count; i++)
        for (uint32_t k = 0; k < b->count; k++)
            if (a->items[i] != b->items[k] &&
                s->ends.items[a->items[i]].place == s->ends.items[b->items[k]].place)
                return true;
    return false;
}

static struct set joined(struct search *s, const struct set *a, const struct set *b)
{
    uint32_t *items = SP_NEW_ARRAY(&s->arena, uint32_t, a->count + b->count), n = 0;
    uint32_t i = 0, k = 0;
    if (items == NULL)
        return (struct set){0};
    while (i < a->count || k < b->count) {
        bool left = k == b->count || (i < a->count && a->items[i] <= b->items[k]);
        uint32_t next = left ? a->items[i] : b->items[k];
        i += i < a->count && a->items[i] == next;
        k += k < b->count && b->items[k] == next;
        items[n++] = next;
    }
    return (struct set){items, n};
}

static struct family both(struct search *s, struct family a, struct family b)
{
    if (a.count == 1 && a.sets[0].count == 0)
        return (struct family){b.sets, b.count, a.exact && b.exact};
    if (b.count == 1 && b.sets[0].count == 0)
        return (struct family){a.sets, a.count, a.exact && b.exact};
    struct set *kept = SP_NEW_ARRAY(&s->arena, struct set, SETS_KEPT + 1);
    struct family f = {.sets = kept, .exact = a.exact && b.exact};
    for (uint32_t i = 0; kept != NULL && i < a.count; i++)
        for (uint32_t k = 0; k < b.count; k++) {
            /* the smallest pairs come first: past the limit one of each is still joined */
            if (s->joins >= JOINS_MADE && i + k > 0) {
                f.exact = false;
                continue;
            }
            s->joins++;
            if (!at_odds(s, &a.sets[i], &b.sets[k]))
                keep(s, kept, &f.count, &f.exact, joined(s, &a.sets[i], &b.sets[k]));
        }
    return f;
}

/* --- ends --- */

static uint32_t number_of(struct search *s, sp_intern *names, sp_str name)
{
    uint32_t number = sp_intern_add(names, name);
    s->failed |= number == SP_NONE;
    return number == SP_NONE ? 0 : number;
}

/* What an end asks, and of what: leaves of different rules, in the same words or the opposite, may ask the same. */
struct question {
    sp_buf key;
    sp_state goal; /* of the question put the positive way */
    sp_account_want want;
};

/* With a set tried, an end is as that set turns it, or as it was. */
static struct family tried(struct search *s, struct question *q, bool as_wanted)
{
    uint32_t place = sp_intern_find(&s->places, sp_buf_str(&q->key));
    s->failed |= q->key.failed;
    sp_buf_clear(&q->key);
    if (place != SP_NONE && s->turned[place] != 0)
        as_wanted = s->turned[place] == (q->goal == SP_HOLDS ? 1 : 2);
    return as_wanted ? always() : never();
}

/* An end, which is as wanted if the price is 0; the question is freed. */
static struct family one_end(struct search *s, const sp_why *why, struct question *q, uint8_t price)
{
    if (s->turned != NULL)
        return tried(s, q, price == 0);
    uint32_t before = s->names.count, place = number_of(s, &s->places, sp_buf_str(&q->key));
    sp_buf_add_char(&q->key, q->goal == SP_HOLDS ? '+' : '-');
    uint32_t number = number_of(s, &s->names, sp_buf_str(&q->key));
    struct set *set = SP_NEW(&s->arena, struct set);
    uint32_t *item = SP_NEW(&s->arena, uint32_t);
    s->failed |= q->key.failed;
    sp_buf_clear(&q->key);
    if (number == before) {
        struct end end = {{*why, q->want}, place, q->goal == SP_HOLDS, price};
        s->failed |= !SP_VEC_PUSH(&s->ends, end);
    }
    if (place == s->wants.len)
        s->failed |= !SP_VEC_PUSH(&s->wants, 0);
    if (set == NULL || item == NULL || s->failed)
        return never();
    s->wants.items[place] |= q->goal == SP_HOLDS ? 1 : 2;
    *item = number;
    *set = (struct set){item, 1};
    return (struct family){set, 1, true};
}

static void key_path(struct search *s, const sp_why *why, const sp_net_node *n, const sp_path *path,
                     sp_buf *key)
{
    sp_targets targets = {0};
    sp_rows_resolve(&s->ex->run->rows, path, n->frame, why->row, &targets);
    for (size_t i = 0; i < targets.len; i++) {
        const sp_target *t = &targets.items[i];
        if (t->fact != SP_NONE)
            sp_buf_printf(key, "f%u,%u;", t->fact, t->row);
        else
            sp_buf_printf(key, "%d,%d,%u,%u;", path->type.kind, t->kind, path->type.index, t->value);
    }
    sp_buf_add_char(key, '|');
    SP_VEC_FREE(&targets);
}

static void key_operand(struct search *s, const sp_why *why, const sp_net_node *n,
                        const sp_operand *operand, const sp_path *path, sp_buf *key)
{
    if (operand->kind == SP_OPERAND_PATH)
        key_path(s, why, n, path, key);
    else
        sp_buf_printf(key, "%d%.*s|", operand->kind, SP_STR(operand->text));
}

static struct question question_of(struct search *s, const sp_why *why, uint32_t node, sp_state goal)
{
    struct question q = {.goal = goal, .want = goal == SP_HOLDS ? SP_WANT_HOLDS : SP_WANT_FAILS};
    const sp_net_node *n = &s->ex->run->net->nodes.items[node];
    const sp_cond *cond = why->cond;
    bool leaf = why->kind == SP_WHY_COND && cond->kind == SP_COND_LEAF && n->kind != SP_NET_LOOKUP;
    if (!leaf) {
        sp_buf_printf(&q.key, "n%d,%u,%u", why->kind, node, why->row);
        return q;
    }
    if (cond->negated)
        q.goal = opposite(goal);
    sp_buf_printf(&q.key, "%d,%d,%p|", cond->op, cond->counts, (const void *)cond->pattern);
    key_operand(s, why, n, &cond->left, &n->left, &q.key);
    for (uint32_t i = 0; i < cond->right_count; i++)
        key_operand(s, why, n, &cond->right[i], n->right == NULL ? NULL : &n->right[i], &q.key);
    return q;
}

/* A leaf that asks who somebody is, and no fact: that is not otherwise. */
static bool says_itself(struct search *s, const sp_why *why, uint32_t node)
{
    sp_targets facts = {0};
    bool itself = why->kind == SP_WHY_COND && why->cond->kind == SP_COND_LEAF &&
                  why->cond->left.kind == SP_OPERAND_PATH &&
                  s->ex->run->net->nodes.items[node].kind == SP_NET_COMPARE;
    if (itself)
        sp_why_facts(s->ex, why, &facts);
    for (size_t i = 0; i < facts.len; i++)
        itself &= facts.items[i].fact == SP_NONE && facts.items[i].kind == SP_TARGET_VALUE;
    SP_VEC_FREE(&facts);
    return itself;
}

/* A leaf whose state is given, as it is or otherwise. */
static struct family end_of(struct search *s, const sp_why *why, uint32_t node, sp_state state,
                            sp_state goal)
{
    if (s->kind == SP_ACCOUNT_AS_IT_IS && state != goal)
        return never();
    if (s->kind == SP_ACCOUNT_OTHERWISE && state != goal && says_itself(s, why, node))
        return never();
    struct question q = question_of(s, why, node, goal);
    struct family f = one_end(s, why, &q, s->kind == SP_ACCOUNT_AS_IT_IS || state != goal);
    if (s->failed || s->turned != NULL || s->kind == SP_ACCOUNT_AS_IT_IS || state != goal)
        return f;
    uint32_t place = s->ends.items[f.sets[0].items[0]].place;
    return s->mind_others && s->wants.items[place] == 3 ? f : always();
}

/* A list that would have to be otherwise, or that is what brings the verdict about. */
static struct family list_end(struct search *s, const sp_why *why, sp_state goal)
{
    sp_why list = *why;
    list.kind = SP_WHY_LIST;
    list.presumes = list.presumed = false;
    struct question q = question_of(s, &list, s->ex->run->net->core_nodes[why->cond->number], goal);
    q.want = s->kind == SP_ACCOUNT_AS_IT_IS                            ? SP_WANT_AS_IT_IS
             : (goal == SP_HOLDS) == (why->cond->kind == SP_COND_SOME) ? SP_WANT_MEMBER
                                                                       : SP_WANT_IN_FULL;
    return one_end(s, &list, &q, 1);
}

static sp_state member_state(const struct search *s, const sp_cond *cond, uint32_t row)
{
    const uint32_t *nodes = s->ex->run->net->cond_nodes;
    sp_state body = sp_run_state(s->ex->run, nodes[cond->body->number], row);
    if (cond->where == NULL)
        return body;
    sp_state where = sp_run_state(s->ex->run, nodes[cond->where->number], row);
    return cond->kind == SP_COND_SOME ? sp_state_all(where, body) : sp_state_any(sp_state_not(where), body);
}

/* That a member is not in the list. Whom the case has at all is not a list's to say. */
static struct family left_out(struct search *s, const sp_cond *cond, uint32_t frame, uint32_t row)
{
    const sp_run *run = s->ex->run;
    sp_targets lists = {0};
    bool said = true;
    uint32_t parent_row = run->rows.frames[frame].parent_row[row];
    const sp_frame *f = &run->net->frames.items[frame];
    sp_rows_resolve(&s->ex->run->rows, &f->list, f->parent, parent_row, &lists);
    for (size_t i = 0; i < lists.len; i++)
        said &= lists.items[i].fact != SP_NONE;
    SP_VEC_FREE(&lists);
    if (!said)
        return never();
    sp_why member = {.kind = SP_WHY_MEMBER,
                     .state = (uint8_t)member_state(s, cond, row),
                     .cond = cond,
                     .frame = frame,
                     .row = row};
    struct question q = {.goal = SP_FAILS, .want = SP_WANT_LEFT_OUT};
    sp_buf_printf(&q.key, "m%u,%u", frame, row);
    return one_end(s, &member, &q, 1);
}

/* --- conditions --- */

static struct family cond_at(struct search *s, const sp_cond *cond, uint32_t frame, uint32_t row,
                             sp_state goal)
{
    uint32_t node = s->ex->run->net->cond_nodes[cond->number];
    sp_why why = {.kind = SP_WHY_COND,
                  .state = (uint8_t)sp_run_state(s->ex->run, node, row),
                  .presumed = sp_run_presumed(s->ex->run, node, row),
                  .cond = cond,
                  .frame = frame,
                  .row = row};
    return find(s, &why, goal);
}

/* Of n parts at least `needed` in their goal. */
static struct family some_of(struct search *s, const sp_why *why, sp_cond *const *parts, uint32_t count,
                             uint32_t needed, sp_state goal)
{
    /* by how many are still needed */
    struct family *left = SP_NEW_ARRAY(&s->arena, struct family, needed + 1);
    if (left == NULL)
        return never();
    for (uint32_t n = 0; n <= needed; n++)
        left[n] = n == 0 ? always() : never();
    for (uint32_t i = 0; i < count; i++) {
        struct family part = cond_at(s, parts[i], why->frame, why->row, goal);
        for (uint32_t n = needed; n > 0; n--)
            left[n] = either(s, left[n], both(s, left[n - 1], part));
    }
    return left[needed];
}

static struct family any_part(struct search *s, const sp_why *why, sp_cond *const *parts, uint32_t count,
                              sp_state goal)
{
    struct family f = never();
    for (uint32_t i = 0; i < count; i++)
        f = either(s, f, cond_at(s, parts[i], why->frame, why->row, goal));
    return f;
}

static struct family every_part(struct search *s, const sp_why *why, sp_cond *const *parts, uint32_t count,
                                sp_state goal)
{
    struct family f = always();
    for (uint32_t i = 0; i < count; i++)
        f = both(s, f, cond_at(s, parts[i], why->frame, why->row, goal));
    return f;
}

/* A leaf: an end, but where it asks for a criterion the family of that. */
static struct family leaf(struct search *s, const sp_why *why, sp_state goal)
{
    const sp_network *net = s->ex->run->net;
    uint32_t core = net->core_nodes[why->cond->number];
    const sp_net_node *n = &net->nodes.items[core];
    sp_why bare = *why;
    sp_state state = sp_run_state(s->ex->run, core, why->row);
    bare.kind = SP_WHY_COND;
    bare.state = (uint8_t)state;
    bare.presumed = sp_run_presumed(s->ex->run, core, why->row);
    bare.presumes = n->kind == SP_NET_TRUTH && n->state != SP_OPEN && bare.presumed;
    if (n->kind != SP_NET_LOOKUP)
        return end_of(s, &bare, core, state, goal);
    sp_whys criteria = {0};
    sp_targets targets = {0};
    bool open = false;
    sp_rows_resolve(&s->ex->run->rows, &n->left, n->frame, why->row, &targets);
    if (n->has_with)
        sp_rows_resolve(&s->ex->run->rows, &n->with, n->frame, why->row, &targets);
    for (size_t i = 0; i < targets.len; i++)
        open |= targets.items[i].kind == SP_TARGET_OPEN;
    sp_why_looked_up(s->ex, &bare, &criteria);
    struct family f = always();
    for (size_t i = 0; i < criteria.len; i++)
        f = both(s, f, find(s, &criteria.items[i], n->negated ? opposite(goal) : goal));
    /* whom it is asked of has to be known first */
    if (open || criteria.len == 0)
        f = end_of(s, &bare, core, state, goal);
    SP_VEC_FREE(&targets);
    SP_VEC_FREE(&criteria);
    return f;
}

/* --- quantifiers --- */

static struct family member(struct search *s, const sp_cond *cond, uint32_t frame, uint32_t row,
                            sp_state goal)
{
    struct family body = cond_at(s, cond->body, frame, row, goal);
    if (cond->where == NULL)
        return body;
    bool every = cond->kind == SP_COND_EVERY;
    struct family where = cond_at(s, cond->where, frame, row, every ? opposite(goal) : goal);
    bool together = (goal == SP_HOLDS) != every;
    return together ? both(s, where, body) : either(s, where, body);
}

static bool needs_somebody(const sp_cond *cond)
{
    return cond->kind == SP_COND_EVERY && cond->if_empty != SP_HOLDS;
}

/* Over one list: some member in the goal, or every member. */
static struct family over_members(struct search *s, const sp_cond *cond, uint32_t frame,
                                  const sp_segment *list, bool some, bool limit, sp_state goal)
{
    struct family f = some ? never() : always();
    for (uint32_t row = list->first; row < list->first + list->count; row++) {
        struct family one = limit ? cond_at(s, cond->where, frame, row, goal)
                                  : member(s, cond, frame, row, goal);
        if (!some && !limit && s->kind == SP_ACCOUNT_OTHERWISE && !needs_somebody(cond))
            one = either(s, one, left_out(s, cond, frame, row));
        f = some ? either(s, f, one) : both(s, f, one);
    }
    return f;
}

/* Nobody is in the list, and that is said. */
static struct family empty_list(struct search *s, const sp_why *why, sp_state goal)
{
    bool holds = why->cond->kind == SP_COND_EVERY && why->cond->if_empty == SP_HOLDS;
    bool as_wanted = holds == (goal == SP_HOLDS);
    if (s->kind == SP_ACCOUNT_AS_IT_IS)
        return as_wanted ? list_end(s, why, goal) : never();
    return as_wanted ? always() : list_end(s, why, goal);
}

static struct family over_list(struct search *s, const sp_why *why, uint32_t frame, const sp_segment *list,
                               sp_state goal)
{
    const sp_cond *cond = why->cond;
    bool holds = goal == SP_HOLDS, some = holds == (cond->kind == SP_COND_SOME);
    if (list->complete && list->count == 0)
        return empty_list(s, why, goal);
    struct family f = over_members(s, cond, frame, list, some, false, goal);
    if (cond->where != NULL && needs_somebody(cond)) {
        struct family limit = over_members(s, cond, frame, list, holds, true, goal);
        f = holds ? both(s, f, limit) : list->complete ? either(s, f, limit) : f;
    }
    if (some || list->complete)
        return f;
    /* whoever else there is counts too: the list has to be said in full */
    return s->kind == SP_ACCOUNT_AS_IT_IS ? never() : both(s, f, list_end(s, why, goal));
}

static struct family quantifier(struct search *s, const sp_why *why, sp_state goal)
{
    const sp_network *net = s->ex->run->net;
    uint32_t frame = net->nodes.items[net->cond_nodes[why->cond->body->number]].frame;
    const sp_frame_rows *rows = &s->ex->run->rows.frames[frame];
    uint32_t first = rows->first_segment[why->row], end = rows->first_segment[why->row + 1];
    bool stated = end > first;
    struct family f = always();
    for (uint32_t i = first; i < end; i++)
        stated &= rows->segments[i].stated;
    for (uint32_t i = first; i < end && stated; i++)
        f = both(s, f, over_list(s, why, frame, &rows->segments[i], goal));
    if (stated)
        return f;
    return s->kind == SP_ACCOUNT_AS_IT_IS ? never() : list_end(s, why, goal);
}

static struct family core(struct search *s, const sp_why *why, sp_state goal)
{
    const sp_cond *cond = why->cond;
    bool holds = goal == SP_HOLDS;
    switch ((sp_cond_kind)cond->kind) {
    case SP_COND_LEAF:
        return leaf(s, why, goal);
    case SP_COND_ALL:
        return holds ? every_part(s, why, cond->parts, cond->part_count, goal)
                     : any_part(s, why, cond->parts, cond->part_count, goal);
    case SP_COND_ANY:
        return holds ? any_part(s, why, cond->parts, cond->part_count, goal)
                     : every_part(s, why, cond->parts, cond->part_count, goal);
    case SP_COND_NONE:
        return holds ? every_part(s, why, cond->parts, cond->part_count, SP_FAILS)
                     : any_part(s, why, cond->parts, cond->part_count, SP_HOLDS);
    case SP_COND_AT_LEAST:
        if (cond->n > cond->part_count)
            return holds ? never() : always();
        return some_of(s, why, cond->parts, cond->part_count,
                       holds ? cond->n : cond->part_count - cond->n + 1, goal);
    case SP_COND_SOME:
    case SP_COND_EVERY:
        return quantifier(s, why, goal);
    }
    return never();
}

static struct family condition(struct search *s, const sp_why *why, sp_state goal)
{
    const sp_cond *cond = why->cond;
    struct family f = core(s, why, goal);
    if (cond->unless_count == 0)
        return f;
    return goal == SP_HOLDS ? both(s, f, every_part(s, why, cond->unless, cond->unless_count, SP_FAILS))
                            : either(s, f, any_part(s, why, cond->unless, cond->unless_count, SP_HOLDS));
}

/* --- criteria --- */

static struct family rules_of(struct search *s, const sp_why *why, sp_state goal)
{
    const sp_network *net = s->ex->run->net;
    uint32_t first = net->first_rule[why->criterion], end = net->first_rule[why->criterion + 1];
    struct family f = goal == SP_HOLDS || first == end ? never() : always();
    for (uint32_t i = first; i < end; i++) {
        const sp_cond *cond = s->ex->base->rules.items[net->rules.items[i]].condition;
        struct family rule = cond_at(s, cond, why->frame, why->row, goal);
        f = goal == SP_HOLDS ? either(s, f, rule) : both(s, f, rule);
    }
    return f;
}

static struct seat *seat_of(struct search *s, const sp_why *why, sp_state goal)
{
    return &s->seats[2 * (s->seat_at[why->criterion] + why->row) + (goal == SP_HOLDS)];
}

static struct family criterion(struct search *s, const sp_why *why, sp_state goal)
{
    uint32_t node = s->ex->run->net->criterion_nodes[why->criterion];
    struct seat *seat = seat_of(s, why, goal);
    if (seat->done)
        return seat->family;
    if (seat->active > 0) {
        /* in a circle nothing comes to hold, and nothing is kept from failing */
        s->lowest = seat->active < s->lowest ? seat->active : s->lowest;
        return goal == SP_HOLDS ? never() : always();
    }
    if (why->presumes && (sp_state)why->state == goal)
        return end_of(s, why, node, goal, goal);
    if (s->depth >= CRITERIA_DEEP) {
        struct family f = end_of(s, why, node, (sp_state)why->state, goal);
        f.exact = false;
        return f;
    }
    uint32_t outer = s->lowest, here = ++s->depth;
    s->lowest = UINT32_MAX;
    seat->active = here;
    struct family f = rules_of(s, why, goal);
    seat->active = 0;
    s->depth--;
    /* what was found within a circle holds only where the circle was entered so */
    if (s->lowest >= here) {
        seat->done = true;
        seat->family = f;
        s->lowest = UINT32_MAX;
    }
    s->lowest = outer < s->lowest ? outer : s->lowest;
    return f;
}

static struct family find(struct search *s, const sp_why *why, sp_state goal)
{
    if (s->failed || s->arena.failed || s->ex->failed)
        return never();
    /* an account is of what is so; other parts have none */
    if (s->kind == SP_ACCOUNT_AS_IT_IS && (sp_state)why->state != goal)
        return never();
    switch ((sp_why_kind)why->kind) {
    case SP_WHY_CRITERION:
        return criterion(s, why, goal);
    case SP_WHY_RULE:
    case SP_WHY_COND:
        return condition(s, why, goal);
    case SP_WHY_MEMBER:
        return why->role == SP_ROLE_WHERE ? cond_at(s, why->cond->where, why->frame, why->row, goal)
                                          : member(s, why->cond, why->frame, why->row, goal);
    case SP_WHY_LIST:
    case SP_WHY_LIMIT:
        return list_end(s, why, goal);
    }
    return never();
}

/* --- the whole --- */

static bool place_seats(struct search *s)
{
    const sp_run *run = s->ex->run;
    size_t criteria = s->ex->base->vocab.criteria.len, total = 0;
    s->seat_at = SP_NEW_ARRAY(&s->arena, size_t, criteria);
    for (size_t c = 0; s->seat_at != NULL && c < criteria; c++) {
        s->seat_at[c] = total;
        total += run->rows.frames[run->net->root_frames[c]].rows;
    }
    s->seats = SP_NEW_ARRAY(&s->arena, struct seat, 2 * total);
    return s->seats != NULL;
}

static bool wanted_both_ways(const struct search *s)
{
    for (size_t i = 0; i < s->wants.len; i++)
        if (s->wants.items[i] == 3)
            return true;
    return false;
}

/* Does turning what the set turns, and nothing else, bring the verdict about? */
static bool would_do(struct search *s, const struct set *set, const sp_why *why, sp_state wanted)
{
    s->turned = SP_NEW_ARRAY(&s->arena, uint8_t, s->places.count + 1);
    if (s->turned == NULL || !place_seats(s))
        return false;
    for (uint32_t i = 0; i < set->count; i++) {
        const struct end *end = &s->ends.items[set->items[i]];
        s->turned[end->place] = end->positive ? 1 : 2;
    }
    bool would = find(s, why, wanted).count > 0;
    s->turned = NULL;
    return would;
}

/* Those of the smallest sets that do no harm elsewhere. */
static struct family harmless(struct search *s, struct family f, const sp_why *why, sp_state wanted)
{
    struct set *kept = SP_NEW_ARRAY(&s->arena, struct set, f.count + 1);
    struct family out = {.sets = kept, .exact = f.exact};
    for (uint32_t i = 0; kept != NULL && i < f.count && cost(s, &f.sets[i]) == cost(s, &f.sets[0]); i++)
        if (would_do(s, &f.sets[i], why, wanted))
            kept[out.count++] = f.sets[i];
    return out;
}

static struct family search(struct search *s, const sp_why *why, sp_state wanted)
{
    if (!place_seats(s))
        return never();
    struct family f = find(s, why, wanted);
    if (s->kind != SP_ACCOUNT_OTHERWISE || f.count == 0 || !wanted_both_ways(s))
        return f;
    /* what one part wants turned another may want as it is: mostly not in the smallest sets */
    struct family sound = harmless(s, f, why, wanted);
    if (sound.count > 0)
        return sound;
    s->mind_others = true;
    s->joins = 0;
    return place_seats(s) ? find(s, why, wanted) : never();
}

/* The ends of a set that cost something, as numbers; how many. What has only to stay as it is, is not told. */
static uint32_t told(const struct search *s, const struct set *set, uint32_t *numbers)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < set->count; i++)
        if (s->ends.items[set->items[i]].cost > 0)
            numbers[count++] = set->items[i];
    return count;
}

static bool told_before(const struct search *s, const struct family *f, uint32_t index,
                        const uint32_t *numbers, uint32_t *other)
{
    for (uint32_t i = 0; i < index; i++) {
        uint32_t count = told(s, &f->sets[i], other);
        if (memcmp(other, numbers, count * sizeof *other) == 0)
            return true;
    }
    return false;
}

static void take(struct search *s, const struct family *f, sp_account *account)
{
    account->exact = f->exact;
    if (f->count == 0)
        return;
    uint32_t size = cost(s, &f->sets[0]);
    uint32_t *numbers = SP_NEW_ARRAY(&s->arena, uint32_t, s->ends.len + 1);
    uint32_t *other = SP_NEW_ARRAY(&s->arena, uint32_t, s->ends.len + 1);
    account->size = size;
    account->exact |= size <= 1; /* nothing is smaller than one */
    for (uint32_t i = 0; numbers != NULL && other != NULL && i < f->count && cost(s, &f->sets[i]) == size;
         i++) {
        told(s, &f->sets[i], numbers);
        if (told_before(s, f, i, numbers, other))
            continue;
        account->ways++;
        for (uint32_t k = 0; k < size; k++)
            s->failed |= !SP_VEC_PUSH(&account->ends, s->ends.items[numbers[k]].what);
    }
}

surplace_status sp_account_find(sp_explainer *ex, const sp_why *why, sp_account_kind kind, sp_state wanted,
                                sp_account *account)
{
    struct search s = {.ex = ex, .kind = kind, .lowest = UINT32_MAX};
    account->ends.len = account->size = account->ways = 0;
    struct family f = search(&s, why, wanted);
    if (!s.failed && !s.arena.failed && !ex->failed)
        take(&s, &f, account);
    bool failed = s.failed || s.arena.failed || ex->failed;
    SP_VEC_FREE(&s.ends);
    SP_VEC_FREE(&s.wants);
    sp_intern_free(&s.places);
    sp_intern_free(&s.names);
    sp_arena_free(&s.arena);
    return failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
}

void sp_account_free(sp_account *account)
{
    SP_VEC_FREE(&account->ends);
}
