#include "explain/why.h"

static bool undetermined(sp_state s)
{
    return s == SP_OPEN || s == SP_CONTESTED;
}

static sp_state node_state(const sp_explainer *ex, uint32_t node, uint32_t row)
{
    return sp_run_state(ex->run, node, row);
}

sp_why sp_why_criterion(sp_explainer *ex, uint32_t criterion, uint32_t row)
{
    const sp_network *net = ex->run->net;
    uint32_t node = net->criterion_nodes[criterion];
    sp_state state = node_state(ex, node, row);
    return (sp_why){.kind = SP_WHY_CRITERION,
                    .state = (uint8_t)state,
                    .presumed = sp_run_presumed(ex->run, node, row),
                    .presumes = state != node_state(ex, net->decided_nodes[criterion], row),
                    .criterion = criterion,
                    .frame = net->root_frames[criterion],
                    .row = row};
}

static bool presumes_fact(const sp_explainer *ex, uint32_t node, uint32_t row)
{
    const sp_net_node *n = &ex->run->net->nodes.items[node];
    return n->kind == SP_NET_TRUTH && n->state != SP_OPEN && sp_run_presumed(ex->run, node, row);
}

static sp_why of_cond(const sp_explainer *ex, const sp_cond *cond, uint32_t frame, uint32_t row,
                      sp_why_role role)
{
    uint32_t node = ex->run->net->cond_nodes[cond->number];
    return (sp_why){.kind = SP_WHY_COND,
                    .role = (uint8_t)role,
                    .state = (uint8_t)node_state(ex, node, row),
                    .presumed = sp_run_presumed(ex->run, node, row),
                    .presumes = presumes_fact(ex, node, row),
                    .cond = cond,
                    .frame = frame,
                    .row = row};
}

static void add(sp_explainer *ex, sp_whys *children, sp_why why)
{
    if (!SP_VEC_PUSH(children, why))
        ex->failed = true;
}

/* Does a part in `state` help to decide a whole in `whole`, where a part in `helps` is enough to make it so (for
 * `whole` itself `enough`), as fails is for all_of? */
static bool decides(sp_state whole, sp_state enough_whole, sp_state enough_part, sp_state part)
{
    if (undetermined(whole))
        return undetermined(part);
    return whole != enough_whole || part == enough_part;
}

/* A part that came to hold no earlier than the whole in a loop would give reasons in a circle. What holds without a
 * presumption is timed by that, since something presumed may have been quicker. A condition with one part is that
 * part, one node with one time. */
static bool in_time(const sp_explainer *ex, uint32_t whole, uint32_t part, uint32_t whole_row,
                    uint32_t part_row)
{
    bool sure = !sp_run_presumed(ex->run, whole, whole_row);
    uint32_t limit = sure ? sp_run_sure_time(ex->run, whole, whole_row)
                          : sp_run_time(ex->run, whole, whole_row);
    if (limit == 0 || (whole == part && whole_row == part_row))
        return true;
    return (sure ? sp_run_sure_time(ex->run, part, part_row) : sp_run_time(ex->run, part, part_row)) <
           limit;
}

struct filter {
    sp_state whole, enough_whole, enough_part;
    bool presumed; /* the whole rests on a presumption */
    bool all;
};

/* A state that stands on its own is not explained by one that is presumed, where one part is enough. */
static bool keeps(const struct filter *f, const sp_why *part)
{
    if (f->all)
        return true;
    if (!decides(f->whole, f->enough_whole, f->enough_part, (sp_state)part->state))
        return false;
    return undetermined(f->whole) || f->presumed || f->whole != f->enough_whole || !part->presumed;
}

static void add_parts(sp_explainer *ex, const struct filter *f, sp_cond *const *parts, uint32_t count,
                      const sp_why *whole, sp_why_role role, sp_whys *children)
{
    const sp_network *net = ex->run->net;
    for (uint32_t i = 0; i < count; i++) {
        sp_why part = of_cond(ex, parts[i], whole->frame, whole->row, role);
        bool late = f->whole == SP_HOLDS && whole->cond != NULL &&
                    !in_time(ex, net->core_nodes[whole->cond->number], net->cond_nodes[parts[i]->number],
                             whole->row, whole->row);
        if (keeps(f, &part) && (f->all || !late || f->enough_whole != SP_HOLDS))
            add(ex, children, part);
    }
}

static void rules_of(sp_explainer *ex, const sp_why *why, bool all, sp_whys *children)
{
    const sp_network *net = ex->run->net;
    uint32_t decided = net->decided_nodes[why->criterion];
    if (why->presumes && !all)
        return;
    struct filter f = {.whole = node_state(ex, decided, why->row),
                       .enough_whole = SP_HOLDS,
                       .enough_part = SP_HOLDS,
                       .presumed = sp_run_presumed(ex->run, decided, why->row),
                       .all = all};
    for (uint32_t i = net->first_rule[why->criterion]; i < net->first_rule[why->criterion + 1]; i++) {
        const sp_cond *cond = ex->base->rules.items[net->rules.items[i]].condition;
        sp_why rule = of_cond(ex, cond, why->frame, why->row, SP_ROLE_PART);
        rule.kind = SP_WHY_RULE;
        rule.criterion = why->criterion;
        rule.rule = net->rules.items[i];
        bool late = f.whole == SP_HOLDS &&
                    !in_time(ex, decided, net->cond_nodes[cond->number], why->row, why->row);
        if (keeps(&f, &rule) && (all || !late))
            add(ex, children, rule);
    }
}

/* What a state would be if nothing were presumed. */
static sp_state surely(const sp_why *why)
{
    return why->presumed ? SP_OPEN : (sp_state)why->state;
}

/* A member's own state: the body where `where` holds. */
static sp_state at_member(const sp_cond *cond, sp_state where, sp_state body)
{
    return cond->kind == SP_COND_SOME ? sp_state_all(where, body) : sp_state_any(sp_state_not(where), body);
}

static sp_why of_member(const sp_explainer *ex, const sp_cond *cond, uint32_t frame, uint32_t row)
{
    sp_why body = of_cond(ex, cond->body, frame, row, SP_ROLE_PART), member = body;
    member.kind = SP_WHY_MEMBER;
    member.cond = cond;
    member.presumes = false;
    if (cond->where == NULL)
        return member;
    sp_why where = of_cond(ex, cond->where, frame, row, SP_ROLE_WHERE);
    member.state = (uint8_t)at_member(cond, (sp_state)where.state, (sp_state)body.state);
    member.presumed = !undetermined((sp_state)member.state) &&
                      at_member(cond, surely(&where), surely(&body)) != (sp_state)member.state;
    return member;
}

/* A member of a for_some that holds does so once its limit and its body do. */
static bool member_in_time(const sp_explainer *ex, const sp_cond *cond, uint32_t whole_row, uint32_t row)
{
    const uint32_t *nodes = ex->run->net->cond_nodes;
    uint32_t whole = ex->run->net->core_nodes[cond->number];
    return in_time(ex, whole, nodes[cond->body->number], whole_row, row) &&
           (cond->where == NULL || in_time(ex, whole, nodes[cond->where->number], whole_row, row));
}

/* The child frame is where the body was compiled. */
static uint32_t member_frame(const sp_explainer *ex, const sp_cond *cond)
{
    return ex->run->net->nodes.items[ex->run->net->cond_nodes[cond->body->number]].frame;
}

/* Where several lists are asserted, they may come to different ends: then even members that decide nothing count. */
static bool lists_may_differ(const sp_explainer *ex, const sp_why *why, sp_state whole)
{
    const uint32_t *first = ex->run->rows.frames[member_frame(ex, why->cond)].first_segment;
    return undetermined(whole) && first[why->row + 1] - first[why->row] > 1;
}

/* The list itself matters where it leaves the end open, where it is said in several ways, or where nobody is in it. */
static void add_list(sp_explainer *ex, const sp_why *why, const struct filter *f, sp_whys *children)
{
    const sp_frame_rows *rows = &ex->run->rows.frames[member_frame(ex, why->cond)];
    uint32_t first = rows->first_segment[why->row], end = rows->first_segment[why->row + 1], members = 0;
    bool unsure = first == end;
    for (uint32_t s = first; s < end; s++) {
        unsure |= !rows->segments[s].stated || !rows->segments[s].complete;
        members += rows->segments[s].count;
    }
    if (!(undetermined(f->whole) && unsure) && !lists_may_differ(ex, why, f->whole) && members > 0 &&
        !f->all)
        return;
    sp_why list = *why;
    list.kind = SP_WHY_LIST;
    list.role = SP_ROLE_PART;
    list.presumes = list.presumed = false;
    list.state = (uint8_t)(unsure ? SP_OPEN : f->whole);
    add(ex, children, list);
}

static void members_of(sp_explainer *ex, const sp_why *why, const struct filter *f, sp_whys *children)
{
    const sp_cond *cond = why->cond;
    uint32_t child = member_frame(ex, cond);
    const sp_frame_rows *rows = &ex->run->rows.frames[child];
    struct filter each = *f;
    each.all |= lists_may_differ(ex, why, f->whole);
    for (uint32_t s = rows->first_segment[why->row]; s < rows->first_segment[why->row + 1]; s++)
        for (uint32_t i = 0; i < rows->segments[s].count; i++) {
            uint32_t row = rows->segments[s].first + i;
            sp_why member = of_member(ex, cond, child, row);
            bool late = f->whole == SP_HOLDS && cond->kind == SP_COND_SOME &&
                        !member_in_time(ex, cond, why->row, row);
            if (keeps(&each, &member) && (each.all || !late))
                add(ex, children, member);
        }
}

/* The members in the role of `where`: of a limit. */
static sp_state within_limit(sp_explainer *ex, const sp_why *why, const struct filter *f, sp_whys *children,
                             sp_state *sure)
{
    const sp_cond *cond = why->cond;
    uint32_t child = member_frame(ex, cond);
    const sp_frame_rows *rows = &ex->run->rows.frames[child];
    sp_agreement all = {0}, surely_all = {0};
    for (uint32_t s = rows->first_segment[why->row]; s < rows->first_segment[why->row + 1]; s++) {
        const sp_segment *segment = &rows->segments[s];
        sp_state some = segment->stated && segment->complete ? SP_FAILS : SP_OPEN, surely_some = some;
        for (uint32_t row = segment->first; row < segment->first + segment->count; row++) {
            sp_why member = of_cond(ex, cond->where, child, row, SP_ROLE_WHERE);
            some = sp_state_any(some, (sp_state)member.state);
            surely_some = sp_state_any(surely_some, surely(&member));
            member.kind = SP_WHY_MEMBER;
            member.cond = cond;
            member.presumes = false;
            if (children != NULL && keeps(f, &member))
                add(ex, children, member);
        }
        sp_agree(&all, some);
        sp_agree(&surely_all, surely_some);
    }
    *sure = sp_agreed(&surely_all);
    return sp_agreed(&all);
}

/* A for_every that is not so of nobody rests, too, on there being somebody within its limit. */
static void add_limit(sp_explainer *ex, const sp_why *why, const struct filter *f, sp_whys *children)
{
    const sp_cond *cond = why->cond;
    const sp_frame_rows *rows = &ex->run->rows.frames[member_frame(ex, cond)];
    if (cond->kind != SP_COND_EVERY || cond->where == NULL || cond->if_empty == SP_HOLDS ||
        rows->first_segment[why->row] == rows->first_segment[why->row + 1])
        return;
    sp_why limit = *why;
    sp_state sure;
    limit.kind = SP_WHY_LIMIT;
    limit.role = SP_ROLE_PART;
    limit.presumes = false;
    limit.state = (uint8_t)within_limit(ex, why, f, NULL, &sure);
    limit.presumed = !undetermined((sp_state)limit.state) && sure != (sp_state)limit.state;
    if (keeps(f, &limit) || lists_may_differ(ex, why, f->whole))
        add(ex, children, limit);
}

static void limit_children(sp_explainer *ex, const sp_why *why, bool all, sp_whys *children)
{
    struct filter f = {.whole = (sp_state)why->state,
                       .enough_whole = SP_HOLDS,
                       .enough_part = SP_HOLDS,
                       .presumed = why->presumed,
                       .all = all || lists_may_differ(ex, why, (sp_state)why->state)};
    sp_state sure;
    within_limit(ex, why, &f, children, &sure);
}

static void quantified(sp_explainer *ex, const sp_why *why, const struct filter *f, sp_whys *children)
{
    members_of(ex, why, f, children);
    add_limit(ex, why, f, children);
    add_list(ex, why, f, children);
}

void sp_why_looked_up(sp_explainer *ex, const sp_why *why, sp_whys *children)
{
    const sp_network *net = ex->run->net;
    uint32_t node = net->core_nodes[why->cond->number];
    const sp_net_node *n = &net->nodes.items[node];
    if (n->kind != SP_NET_LOOKUP)
        return;
    sp_targets *left = &ex->left, *with = &ex->with;
    left->len = with->len = 0;
    sp_rows_resolve(&ex->run->rows, &n->left, n->frame, why->row, left);
    if (n->has_with)
        sp_rows_resolve(&ex->run->rows, &n->with, n->frame, why->row, with);
    for (size_t i = 0; i < left->len; i++)
        for (size_t k = 0; k < (n->has_with ? with->len : 1); k++) {
            if (left->items[i].kind == SP_TARGET_OPEN ||
                (n->has_with && with->items[k].kind == SP_TARGET_OPEN))
                continue;
            uint32_t root = net->root_frames[n->criterion];
            uint32_t row = sp_rows_root_row(&ex->run->rows, root, left->items[i].value,
                                            n->has_with ? with->items[k].value : 0);
            add(ex, children, sp_why_criterion(ex, n->criterion, row));
        }
}

static void core_children(sp_explainer *ex, const sp_why *why, bool all, sp_whys *children)
{
    const sp_cond *cond = why->cond;
    uint32_t core = ex->run->net->core_nodes[cond->number];
    struct filter f = {.whole = node_state(ex, core, why->row),
                       .presumed = sp_run_presumed(ex->run, core, why->row),
                       .all = all};
    switch ((sp_cond_kind)cond->kind) {
    case SP_COND_LEAF:
        sp_why_looked_up(ex, why, children);
        return;
    case SP_COND_ALL:
    case SP_COND_EVERY:
        f.enough_whole = f.enough_part = SP_FAILS;
        break;
    case SP_COND_ANY:
    case SP_COND_SOME:
        f.enough_whole = f.enough_part = SP_HOLDS;
        break;
    case SP_COND_NONE:
        f.enough_whole = SP_FAILS;
        f.enough_part = SP_HOLDS;
        break;
    case SP_COND_AT_LEAST:
        /* those that hold make it hold, those that fail make it fail */
        f.enough_whole = f.whole;
        f.enough_part = f.whole;
        break;
    }
    if (cond->kind == SP_COND_SOME || cond->kind == SP_COND_EVERY)
        quantified(ex, why, &f, children);
    else
        add_parts(ex, &f, cond->parts, cond->part_count, why, SP_ROLE_PART, children);
}

static void cond_children(sp_explainer *ex, const sp_why *why, bool all, sp_whys *children)
{
    const sp_cond *cond = why->cond;
    sp_state core = node_state(ex, ex->run->net->core_nodes[cond->number], why->row);
    sp_state whole = (sp_state)why->state;
    /* the core and the exceptions stand to the whole as parts of all_of */
    if (all || cond->unless_count == 0 || decides(whole, SP_FAILS, SP_FAILS, core))
        core_children(ex, why, all, children);
    if (cond->unless_count == 0)
        return;
    struct filter f = {.whole = whole,
                       .enough_whole = SP_FAILS,
                       .enough_part = SP_HOLDS,
                       .presumed = why->presumed,
                       .all = all};
    add_parts(ex, &f, cond->unless, cond->unless_count, why, SP_ROLE_EXCEPTION, children);
}

static void member_children(sp_explainer *ex, const sp_why *why, bool all, sp_whys *children)
{
    if (why->role == SP_ROLE_WHERE) {
        add(ex, children, of_cond(ex, why->cond->where, why->frame, why->row, SP_ROLE_WHERE));
        return;
    }
    sp_why body = of_cond(ex, why->cond->body, why->frame, why->row, SP_ROLE_PART);
    if (why->cond->where == NULL) {
        add(ex, children, body);
        return;
    }
    sp_why where = of_cond(ex, why->cond->where, why->frame, why->row, SP_ROLE_WHERE);
    bool every = why->cond->kind == SP_COND_EVERY;
    struct filter f = {.whole = (sp_state)why->state,
                       .enough_whole = every ? SP_HOLDS : SP_FAILS,
                       .presumed = why->presumed,
                       .all = all};
    f.enough_part = SP_FAILS;
    if (keeps(&f, &where))
        add(ex, children, where);
    f.enough_part = every ? SP_HOLDS : SP_FAILS;
    if (keeps(&f, &body))
        add(ex, children, body);
}

void sp_why_children(sp_explainer *ex, const sp_why *why, bool all, sp_whys *children)
{
    switch ((sp_why_kind)why->kind) {
    case SP_WHY_CRITERION:
        rules_of(ex, why, all, children);
        break;
    case SP_WHY_RULE:
    case SP_WHY_COND:
        cond_children(ex, why, all, children);
        break;
    case SP_WHY_MEMBER:
        member_children(ex, why, all, children);
        break;
    case SP_WHY_LIMIT:
        limit_children(ex, why, all, children);
        break;
    case SP_WHY_LIST:
        break;
    }
}

void sp_why_facts(sp_explainer *ex, const sp_why *why, sp_targets *facts)
{
    const sp_network *net = ex->run->net;
    if (why->kind == SP_WHY_LIST) {
        uint32_t child = member_frame(ex, why->cond);
        sp_rows_resolve(&ex->run->rows, &net->frames.items[child].list, why->frame, why->row, facts);
        return;
    }
    if (why->kind != SP_WHY_COND && why->kind != SP_WHY_RULE)
        return;
    if (why->cond->kind != SP_COND_LEAF)
        return;
    const sp_net_node *n = &net->nodes.items[net->core_nodes[why->cond->number]];
    if (n->kind == SP_NET_CONST)
        return;
    sp_rows_resolve(&ex->run->rows, &n->left, n->frame, why->row, facts);
    if (n->kind == SP_NET_LOOKUP && n->has_with)
        sp_rows_resolve(&ex->run->rows, &n->with, n->frame, why->row, facts);
    for (uint32_t i = 0; n->kind == SP_NET_COMPARE && i < n->cond->right_count; i++)
        if (n->cond->right[i].kind == SP_OPERAND_PATH)
            sp_rows_resolve(&ex->run->rows, &n->right[i], n->frame, why->row, facts);
}

void sp_explainer_free(sp_explainer *ex)
{
    SP_VEC_FREE(&ex->targets);
    SP_VEC_FREE(&ex->left);
    SP_VEC_FREE(&ex->with);
}
