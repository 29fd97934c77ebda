#include "explain/tree.h"

#include "surplace/limits.h"

static bool place_seats(sp_tree *t, const sp_explainer *ex)
{
    const sp_network *net = ex->run->net;
    size_t criteria = ex->base->vocab.criteria.len, total = 0;
    t->seat_at = SP_NEW_ARRAY(&t->arena, size_t, criteria);
    if (t->seat_at == NULL)
        return false;
    for (size_t c = 0; c < criteria; c++) {
        t->seat_at[c] = total;
        total += ex->run->rows.frames[net->root_frames[c]].rows;
    }
    t->seats = SP_NEW_ARRAY(&t->arena, uint32_t, total);
    t->rests_on = SP_NEW_ARRAY(&t->arena, bool, total);
    return t->seats != NULL && t->rests_on != NULL;
}

static size_t seat_of(const sp_tree *t, const sp_why *criterion)
{
    return t->seat_at[criterion->criterion] + criterion->row;
}

/* Notes the criteria in the root's chain of reasons. */
static void note_chain(sp_tree *t, sp_explainer *ex, sp_why root)
{
    sp_whys stack = {0};
    t->failed |= !SP_VEC_PUSH(&stack, root);
    while (stack.len > 0 && !t->failed && !ex->failed) {
        sp_why why = stack.items[--stack.len];
        if (why.kind == SP_WHY_CRITERION) {
            bool *noted = &t->rests_on[seat_of(t, &why)];
            if (*noted)
                continue;
            *noted = true;
        }
        sp_why_children(ex, &why, false, &stack);
    }
    SP_VEC_FREE(&stack);
}

static bool same(const sp_why *a, const sp_why *b)
{
    return a->kind == b->kind && a->role == b->role && a->cond == b->cond && a->frame == b->frame &&
           a->row == b->row && a->criterion == b->criterion && a->rule == b->rule;
}

static void add_address(sp_buf *b, const sp_explainer *ex, const sp_tree_node *parent,
                        const sp_whys *children, size_t i)
{
    const sp_why *child = &children->items[i];
    uint32_t nth = 0;
    sp_buf_reset(b);
    if (child->kind == SP_WHY_CRITERION) {
        sp_criterion_address_add(b, ex->run, child->criterion, child->row);
        return;
    }
    bool several = child->kind == SP_WHY_MEMBER &&
                   ex->run->rows.frames[child->frame].first_segment[parent->why.row] + 1 <
                       ex->run->rows.frames[child->frame].first_segment[parent->why.row + 1];
    for (size_t k = 0; several && k < i; k++)
        nth += sp_address_same_member(ex, &children->items[k], child);
    sp_buf_add(b, parent->address);
    sp_address_step_add(b, ex, &parent->why, child, nth);
}

static bool plain_all(const sp_cond *cond)
{
    return cond->kind == SP_COND_ALL && cond->title.len == 0 && cond->authority.count == 0 &&
           cond->passages.count == 0 && cond->note.len == 0 && cond->id.len == 0 && cond->unless_count == 0;
}

/* `only`: the child has no sister. */
static bool says_no_more(const sp_why *parent, const sp_why *child, bool only)
{
    bool within = parent->kind == SP_WHY_COND || parent->kind == SP_WHY_RULE;
    switch ((sp_why_kind)child->kind) {
    case SP_WHY_RULE:
        return only;
    case SP_WHY_CRITERION:
        return only && within && parent->cond->unless_count == 0 && !parent->cond->negated;
    case SP_WHY_COND:
        return child->role == SP_ROLE_PART && plain_all(child->cond) &&
               (parent->kind == SP_WHY_MEMBER || (within && parent->cond->kind == SP_COND_ALL));
    default:
        return false;
    }
}

static bool left_out(const sp_why *child, bool decides)
{
    return !decides && (child->kind == SP_WHY_LIST || child->kind == SP_WHY_LIMIT);
}

/* Pushes the children of a node, the first on top. Those that decide are some of them, in the same order. */
static void push_children(sp_tree *t, sp_explainer *ex, uint32_t index, sp_whys *all, sp_whys *deciding)
{
    const sp_tree_node parent = t->nodes.items[index];
    sp_buf address = {0};
    size_t d = 0, first = t->stack.len;
    deciding->len = 0;
    sp_why_children(ex, &parent.why, false, deciding);
    for (size_t i = 0; i < all->len; i++) {
        bool decides = d < deciding->len && same(&deciding->items[d], &all->items[i]);
        d += decides;
        if (left_out(&all->items[i], decides))
            continue;
        bool merged = says_no_more(&parent.why, &all->items[i], all->len == 1);
        add_address(&address, ex, &parent, all, i);
        sp_tree_node child = {.why = all->items[i],
                              .parent = index,
                              .level = parent.level + !merged,
                              .merged = merged,
                              .see = SP_NONE,
                              .decides = decides && parent.decides,
                              .address = sp_arena_dup(&t->arena, sp_buf_str(&address))};
        t->failed |= address.failed || !SP_VEC_PUSH(&t->stack, child);
    }
    for (size_t a = first, b = t->stack.len; a + 1 < b; a++, b--) {
        sp_tree_node swapped = t->stack.items[a];
        t->stack.items[a] = t->stack.items[b - 1];
        t->stack.items[b - 1] = swapped;
    }
    sp_buf_clear(&address);
}

/* Of `see`, until the tree is built: it is explained further on. */
#define FURTHER_ON (SP_NONE - 1)

/* Notes where a criterion is explained; false if that is elsewhere. Where it is cut off it is not explained. */
static bool comes_first(sp_tree *t, uint32_t index, bool cut)
{
    sp_tree_node *node = &t->nodes.items[index];
    if (node->why.kind != SP_WHY_CRITERION)
        return true;
    size_t seat = seat_of(t, &node->why);
    if (t->seats[seat] > 0)
        node->see = t->seats[seat] - 1;
    else if (!node->decides && t->rests_on[seat])
        node->see = FURTHER_ON;
    else if (!cut)
        t->seats[seat] = index + 1;
    return node->see == SP_NONE;
}

/* Where the depth cut off what is further on, there is nothing to see. */
static void point_further_on(sp_tree *t)
{
    for (size_t i = 0; i < t->nodes.len; i++) {
        sp_tree_node *node = &t->nodes.items[i];
        if (node->see != FURTHER_ON)
            continue;
        size_t seat = seat_of(t, &node->why);
        node->see = t->seats[seat] > 0 ? t->seats[seat] - 1 : SP_NONE;
        if (node->see != SP_NONE)
            node->below = 0;
    }
}

static void visit(sp_tree *t, sp_explainer *ex, sp_tree_node node, uint32_t depth, sp_whys *all,
                  sp_whys *deciding)
{
    uint32_t index = (uint32_t)t->nodes.len;
    if (index >= SURPLACE_MAX_TREE_NODES) {
        t->too_large = true;
        return;
    }
    if (!SP_VEC_PUSH(&t->nodes, node)) {
        t->failed = true;
        return;
    }
    all->len = 0;
    sp_why_children(ex, &node.why, true, all);
    /* what says no more than this is on the same level, and is not cut off */
    bool cut = node.level >= depth && !(all->len == 1 && says_no_more(&node.why, &all->items[0], true));
    bool first = comes_first(t, index, cut);
    if (cut || t->nodes.items[index].see == FURTHER_ON)
        t->nodes.items[index].below = (uint32_t)all->len;
    else if (first)
        push_children(t, ex, index, all, deciding);
}

surplace_status sp_tree_build(sp_tree *t, sp_explainer *ex, sp_why root, sp_str address, uint32_t depth)
{
    sp_whys all = {0}, deciding = {0};
    *t = (sp_tree){0};
    sp_tree_node start = {.why = root, .parent = SP_NONE, .see = SP_NONE, .decides = true};
    start.address = sp_arena_dup(&t->arena, address);
    t->failed = !place_seats(t, ex) || !SP_VEC_PUSH(&t->stack, start);
    if (!t->failed)
        note_chain(t, ex, root);
    while (t->stack.len > 0 && !t->failed && !t->too_large && !ex->failed && !t->arena.failed)
        visit(t, ex, t->stack.items[--t->stack.len], depth, &all, &deciding);
    SP_VEC_FREE(&all);
    SP_VEC_FREE(&deciding);
    point_further_on(t);
    t->failed |= ex->failed || t->arena.failed;
    return t->failed ? SURPLACE_NO_MEMORY : t->too_large ? SURPLACE_LIMIT : SURPLACE_OK;
}

void sp_tree_free(sp_tree *t)
{
    SP_VEC_FREE(&t->nodes);
    SP_VEC_FREE(&t->stack);
    sp_arena_free(&t->arena);
}
