#include "explain/frontier.h"

#include <string.h>

#include "surplace/limits.h"

void sp_frontier_walk_init(sp_frontier_walk *walk, sp_questions *questions)
{
    *walk = (sp_frontier_walk){.questions = questions, .what = questions->what};
}

void sp_frontier_walk_free(sp_frontier_walk *walk)
{
    sp_explainer_free(&walk->ex);
    SP_VEC_FREE(&walk->seats);
    SP_VEC_FREE(&walk->children);
    SP_VEC_FREE(&walk->left);
    SP_VEC_FREE(&walk->right);
    SP_VEC_FREE(&walk->prefix);
}

void sp_frontier_free(sp_frontier *frontier)
{
    SP_VEC_FREE(&frontier->asked);
    SP_VEC_FREE(&frontier->beneath);
    sp_buf_clear(&frontier->key);
}

static bool undetermined(sp_state state)
{
    return state == SP_OPEN || state == SP_CONTESTED;
}

/* --- the key --- */

static void key_bytes(sp_frontier_walk *walk, const void *bytes, size_t size)
{
    sp_buf_add(&walk->out->key, (sp_str){bytes, size});
}

static void key_number(sp_frontier_walk *walk, uint32_t number)
{
    key_bytes(walk, &number, sizeof number);
}

/* A variable's value as all lanes know it. */
static uint32_t value_number(const sp_frontier_walk *walk, sp_type type, uint32_t value)
{
    return type.kind == SP_ENTITY ? sp_whatif_virtual_row(walk->what, type.index, value) : value;
}

/* Which row of a frame: the values of its variables. */
static void key_row(sp_frontier_walk *walk, uint32_t frame, uint32_t row)
{
    const sp_run *run = walk->ex.run;
    for (; frame != SP_NONE; frame = run->net->frames.items[frame].parent) {
        const sp_frame *f = &run->net->frames.items[frame];
        const sp_frame_rows *rows = &run->rows.frames[frame];
        key_number(walk, value_number(walk, f->variable, rows->value != NULL ? rows->value[row] : row));
        if (rows->with_row != NULL)
            key_number(walk, sp_whatif_virtual_row(walk->what, f->with, rows->with_row[row]));
        if (rows->parent_row != NULL)
            row = rows->parent_row[row];
    }
}

static void key_target(sp_frontier_walk *walk, const sp_target *t, sp_type type)
{
    const sp_facts *facts = walk->ex.run->facts;
    key_number(walk, t->kind);
    if (t->fact != SP_NONE && t->kind != SP_TARGET_VALUE) {
        key_number(walk, t->fact);
        key_number(walk, sp_whatif_virtual_row(walk->what, t->entity, t->row));
    }
    if (t->kind == SP_TARGET_VALUE) {
        key_number(walk, value_number(walk, type, t->value));
    } else if (t->kind == SP_TARGET_LIST) {
        key_number(walk, t->count * 2 + t->complete);
        for (uint32_t i = 0; i < t->count; i++)
            key_number(walk, value_number(walk, type, t->members != NULL ? t->members[i] : t->value + i));
    } else if (t->kind == SP_TARGET_CELL && type.kind == SP_TEXT) {
        sp_str text = sp_facts_text(facts, t->cell);
        key_number(walk, (uint32_t)text.len);
        key_bytes(walk, text.ptr, text.len);
    } else if (t->kind == SP_TARGET_CELL && (type.kind == SP_NUMBER || type.kind == SP_DATE)) {
        key_bytes(walk, &t->cell->value, sizeof t->cell->value);
    } else if (t->kind == SP_TARGET_CELL) {
        key_number(walk, value_number(walk, type, t->cell->value.index));
    }
}

/* --- questions --- */

static const sp_change *change_of(const sp_frontier_walk *walk, uint32_t fact, uint32_t row)
{
    for (size_t i = 0; i < walk->change_count; i++)
        if (walk->changes[i].fact == fact && walk->changes[i].row == row)
            return &walk->changes[i];
    return NULL;
}

static bool listed(const uint32_t *items, size_t len, uint32_t number)
{
    for (size_t i = 0; i < len; i++)
        if (items[i] == number)
            return true;
    return false;
}

/* How the walk has come to where it is. */
struct way {
    bool beneath; /* a presumption stands before it */
    bool frozen;  /* it is about an entry that the case does not have */
};

static void list_question(sp_frontier_walk *walk, uint32_t question, bool asked)
{
    sp_frontier *out = walk->out;
    if (asked && !listed(out->asked.items, out->asked.len, question))
        walk->failed |= !SP_VEC_PUSH(&out->asked, question);
    else if (!asked && !listed(out->beneath.items, out->beneath.len, question))
        walk->failed |= !SP_VEC_PUSH(&out->beneath, question);
    /* what is asked nowhere will not be answered, and is as good as decided */
    walk->live |= asked || (walk->asked_anywhere != NULL && question < walk->asked_count &&
                            walk->asked_anywhere[question]);
}

/* A fact on which the verdict hangs, as a question; SP_NONE where it is none, and that is noted. `leads_on`: it says
 * whose facts are read next. */
static uint32_t ask(sp_frontier_walk *walk, uint32_t fact, uint32_t lane_row, bool contested, bool leads_on,
                    struct way way)
{
    uint32_t entity = walk->what->base->vocab->facts.items[fact].entity;
    uint32_t row = sp_whatif_virtual_row(walk->what, entity, lane_row);
    sp_frontier *out = walk->out;
    const sp_change *answer = change_of(walk, fact, row);
    if (!sp_whatif_known(walk->what, entity, row) || answer != NULL) {
        /* nobody knows: then silence is what it rests on, and there is nothing beyond it */
        bool passed_over = answer != NULL && answer->kind == SP_CHANGE_NONE;
        out->beyond |= !way.beneath && !passed_over;
        out->hides |= leads_on && !passed_over;
        key_number(walk, SP_NONE);
        key_number(walk, fact);
        key_number(walk, row);
        return SP_NONE;
    }
    uint32_t question = sp_question_about(walk->questions, fact, row, contested);
    out->beyond |= way.frozen && !way.beneath;
    if (question == SP_NONE)
        walk->failed = true;
    else
        list_question(walk, question, !way.beneath && !way.frozen);
    return question;
}

static sp_question *question_at(sp_frontier_walk *walk, uint32_t question)
{
    return &walk->questions->items.items[question];
}

/* A cell that a path has come to: what is open or contested about it. */
static uint32_t ask_about_target(sp_frontier_walk *walk, const sp_target *t, bool leads_on, struct way way)
{
    const sp_fact *fact = &walk->what->base->vocab->facts.items[t->fact];
    const sp_cell *cell = sp_facts_cell(walk->ex.run->facts, t->entity, t->row, fact->column);
    if (cell->status == SP_CELL_SEVERAL)
        return ask(walk, t->fact, t->row, true, leads_on, way);
    if (t->kind == SP_TARGET_OPEN)
        return ask(walk, t->fact, t->row, false, leads_on, way);
    bool partial = fact->type.kind == SP_DATE && !fact->type.list &&
                   t->cell->value.date.from != t->cell->value.date.to;
    if (partial || (t->kind == SP_TARGET_LIST && !t->complete))
        return ask(walk, t->fact, t->row, false, leads_on, way);
    return SP_NONE;
}

/* The references on a path's way: the last hop is left to the caller. */
static void ask_along(sp_frontier_walk *walk, const sp_path *path, uint32_t frame, uint32_t row,
                      struct way way)
{
    const sp_network *net = walk->ex.run->net;
    for (uint32_t hops = 1; hops < path->hop_count; hops++) {
        const sp_hop *hop = &net->hops.items[path->first_hop + hops - 1];
        sp_path prefix = *path;
        prefix.hop_count = hops;
        if (hop->kind != SP_HOP_FACT)
            continue;
        walk->prefix.len = 0;
        sp_rows_resolve(&walk->ex.run->rows, &prefix, frame, row, &walk->prefix);
        for (size_t i = 0; i < walk->prefix.len; i++)
            if (walk->prefix.items[i].fact == hop->fact)
                ask_about_target(walk, &walk->prefix.items[i], true, way);
    }
}

/* Is a target of a path its own last fact, and not a reference on the way that is open? */
static bool at_end(const sp_frontier_walk *walk, const sp_path *path, const sp_target *t)
{
    if (path->hop_count == 0 || t->fact == SP_NONE || t->kind == SP_TARGET_VALUE)
        return false;
    return walk->ex.run->net->hops.items[path->first_hop + path->hop_count - 1].fact == t->fact;
}

static void resolve(sp_frontier_walk *walk, const sp_path *path, uint32_t frame, uint32_t row,
                    sp_targets *targets)
{
    targets->len = 0;
    sp_rows_resolve(&walk->ex.run->rows, path, frame, row, targets);
    for (size_t i = 0; i < targets->len; i++)
        key_target(walk, &targets->items[i], path->type);
}

/* The question whose answer a stated value is in this lane, or SP_NONE. */
static uint32_t chosen_by(const sp_frontier_walk *walk, const sp_target *t)
{
    if (t->fact == SP_NONE || t->kind == SP_TARGET_VALUE)
        return SP_NONE;
    uint32_t row = sp_whatif_virtual_row(walk->what, t->entity, t->row);
    return change_of(walk, t->fact, row) != NULL ? sp_question_find(walk->questions, t->fact, row)
                                                 : SP_NONE;
}

/* What an open fact is compared with: a literal, a parameter, or whatever the other side leads to. */
static void mark_value(sp_frontier_walk *walk, uint32_t question, sp_mark mark, const sp_target *t,
                       sp_type type)
{
    if (t->kind == SP_TARGET_CELL) {
        mark.value = t->cell->value;
        mark.text = type.kind == SP_TEXT ? sp_facts_text(walk->ex.run->facts, t->cell) : SP_EMPTY;
        mark.chosen = chosen_by(walk, t);
    } else {
        mark.value.index = t->value;
    }
    if (type.kind == SP_ENTITY)
        mark.value.index = sp_whatif_virtual_row(walk->what, type.index, mark.value.index);
    sp_question_mark(walk->questions, question, mark);
}

static void mark_literal(sp_frontier_walk *walk, uint32_t question, sp_mark mark, const sp_operand *operand)
{
    mark.value = operand->kind == SP_OPERAND_PARAMETER ? walk->ex.run->net->parameters[operand->parameter]
                                                       : operand->value;
    mark.text = operand->type.kind == SP_TEXT ? operand->text : SP_EMPTY;
    if (operand->type.kind == SP_ENTITY)
        mark.value.index = sp_whatif_number(walk->what, operand->type.index, operand->text);
    sp_question_mark(walk->questions, question, mark);
}

/* One side is open at `t`; the other holds `other` (NULL: a literal or parameter, `operand`). */
static void compare_sides(sp_frontier_walk *walk, const sp_net_node *n, uint32_t question, bool right,
                          const sp_target *other, sp_type type, const sp_operand *operand, struct way way)
{
    sp_mark mark = {.op = n->cond->op, .right = right, .chosen = SP_NONE};
    if (question == SP_NONE)
        return;
    if (other == NULL) {
        mark_literal(walk, question, mark, operand);
    } else if (other->kind == SP_TARGET_OPEN) {
        uint32_t peer = ask_about_target(walk, other, false, way);
        if (peer != SP_NONE)
            sp_question_link(walk->questions, question, peer);
        else
            sp_question_flag(walk->questions, &question_at(walk, question)->peers);
    } else if (other->kind == SP_TARGET_CELL || other->kind == SP_TARGET_VALUE) {
        mark_value(walk, question, mark, other, type);
    }
}

static void ask_about_pair(sp_frontier_walk *walk, const sp_net_node *n, const sp_target *left,
                           const sp_target *right, uint32_t i, struct way way)
{
    const sp_operand *operand = &n->cond->right[i];
    uint32_t a = SP_NONE, b = SP_NONE;
    if (left != NULL && at_end(walk, &n->left, left))
        a = ask_about_target(walk, left, false, way);
    if (right != NULL && at_end(walk, &n->right[i], right))
        b = ask_about_target(walk, right, false, way);
    if (left != NULL && a != SP_NONE)
        compare_sides(walk, n, a, false, right,
                      n->right != NULL && right != NULL ? n->right[i].type : n->left.type, operand, way);
    if (b != SP_NONE)
        compare_sides(walk, n, b, true, left, n->left.type, &n->cond->left, way);
}

static void ask_about_comparison(sp_frontier_walk *walk, const sp_net_node *n, uint32_t row, struct way way)
{
    bool parameter = n->cond->left.kind == SP_OPERAND_PARAMETER;
    if (!parameter) {
        ask_along(walk, &n->left, n->frame, row, way);
        resolve(walk, &n->left, n->frame, row, &walk->left);
    }
    for (uint32_t i = 0; i < n->cond->right_count; i++) {
        bool path = n->cond->right[i].kind == SP_OPERAND_PATH;
        walk->right.len = 0;
        if (path) {
            ask_along(walk, &n->right[i], n->frame, row, way);
            resolve(walk, &n->right[i], n->frame, row, &walk->right);
        }
        for (size_t l = 0; l < (parameter ? 1 : walk->left.len); l++)
            for (size_t r = 0; r < (path ? walk->right.len : 1); r++)
                ask_about_pair(walk, n, parameter ? NULL : &walk->left.items[l],
                               path ? &walk->right.items[r] : NULL, i, way);
    }
    for (size_t l = 0; l < walk->left.len && !parameter; l++) {
        const sp_target *t = &walk->left.items[l];
        uint32_t question = at_end(walk, &n->left, t) ? ask_about_target(walk, t, false, way) : SP_NONE;
        if (question == SP_NONE)
            continue;
        if (n->cond->counts)
            sp_question_flag(walk->questions, &question_at(walk, question)->counted);
        /* no text can be made that a pattern is sure to match, or not to */
        walk->out->beyond |= n->cond->op == SP_OP_MATCHES;
    }
}

/* How the end of a path leads on: it is the end, its entry's criterion is looked up, or its members are gone through. */
enum leads { LEADS_NOWHERE, LEADS_TO_CRITERION, LEADS_TO_MEMBERS };

static void ask_about_path(sp_frontier_walk *walk, const sp_path *path, uint32_t frame, uint32_t row,
                           enum leads leads, struct way way)
{
    const sp_vocab *vocab = walk->what->base->vocab;
    bool strangers = leads == LEADS_TO_CRITERION ||
                     (leads == LEADS_TO_MEMBERS && path->type.kind == SP_ENTITY &&
                      vocab->entities.items[path->type.index].collection.len > 0);
    ask_along(walk, path, frame, row, way);
    resolve(walk, path, frame, row, &walk->left);
    for (size_t i = 0; i < walk->left.len; i++) {
        uint32_t question = SP_NONE;
        if (at_end(walk, path, &walk->left.items[i]))
            question = ask_about_target(walk, &walk->left.items[i], strangers, way);
        if (question != SP_NONE && leads == LEADS_TO_MEMBERS)
            sp_question_flag(walk->questions, &question_at(walk, question)->all);
    }
}

static void ask_about_leaf(sp_frontier_walk *walk, const sp_why *why, struct way way)
{
    const sp_network *net = walk->ex.run->net;
    const sp_net_node *n = &net->nodes.items[net->core_nodes[why->cond->number]];
    switch ((sp_net_kind)n->kind) {
    case SP_NET_TRUTH:
        ask_about_path(walk, &n->left, n->frame, why->row, LEADS_NOWHERE, way);
        break;
    case SP_NET_LOOKUP:
        ask_about_path(walk, &n->left, n->frame, why->row, LEADS_TO_CRITERION, way);
        if (n->has_with)
            ask_about_path(walk, &n->with, n->frame, why->row, LEADS_TO_CRITERION, way);
        break;
    case SP_NET_COMPARE:
        ask_about_comparison(walk, n, why->row, way);
        break;
    default:
        break;
    }
}

static void ask_about_list(sp_frontier_walk *walk, const sp_why *why, struct way way)
{
    const sp_network *net = walk->ex.run->net;
    uint32_t child = net->nodes.items[net->cond_nodes[why->cond->body->number]].frame;
    ask_about_path(walk, &net->frames.items[child].list, why->frame, why->row, LEADS_TO_MEMBERS, way);
}

/* --- the walk --- */

static uint32_t seat_of(const sp_frontier_walk *walk, const sp_why *why, struct way way)
{
    for (uint32_t i = 0; i < walk->seats.len; i++) {
        const sp_frontier_seat *seat = &walk->seats.items[i];
        if (seat->criterion == why->criterion && seat->row == why->row && (way.beneath || !seat->beneath) &&
            (way.frozen || !seat->frozen))
            return i;
    }
    return SP_NONE;
}

/* Is a reason about an entry that the case does not have? */
static bool about_stranger(const sp_frontier_walk *walk, const sp_why *why)
{
    const sp_run *run = walk->ex.run;
    const sp_frame *f = &run->net->frames.items[why->frame];
    const sp_frame_rows *rows = &run->rows.frames[why->frame];
    uint32_t row = rows->value != NULL ? rows->value[why->row] : why->row;
    if (why->kind != SP_WHY_MEMBER && why->kind != SP_WHY_CRITERION)
        return false;
    if (f->variable.kind == SP_ENTITY &&
        !sp_whatif_known(walk->what, f->variable.index, value_number(walk, f->variable, row)))
        return true;
    return rows->with_row != NULL &&
           !sp_whatif_known(walk->what, f->with,
                            sp_whatif_virtual_row(walk->what, f->with, rows->with_row[why->row]));
}

/* Parts that are counted, and values of which several are asserted, matter one by one and even where decided. */
static bool counts_parts(const sp_frontier_walk *walk, const sp_why *why)
{
    const sp_network *net = walk->ex.run->net;
    if (why->kind != SP_WHY_COND && why->kind != SP_WHY_RULE)
        return false;
    if (why->cond->kind == SP_COND_AT_LEAST || why->cond->kind == SP_COND_LEAF)
        return true;
    if (why->cond->kind != SP_COND_SOME && why->cond->kind != SP_COND_EVERY)
        return false;
    uint32_t child = net->nodes.items[net->cond_nodes[why->cond->body->number]].frame;
    const sp_frame_rows *rows = &walk->ex.run->rows.frames[child];
    return rows->first_segment[why->row + 1] - rows->first_segment[why->row] > 1;
}

static void key_why(sp_frontier_walk *walk, const sp_why *why)
{
    key_number(walk, (uint32_t)why->kind << 8 | (uint32_t)why->role << 4 | (uint32_t)why->state << 1 |
                         why->presumed);
    key_number(walk, why->kind == SP_WHY_CRITERION ? why->criterion : why->cond->number);
    key_row(walk, why->frame, why->row);
}

static void visit(sp_frontier_walk *walk, const sp_why *why, struct way way);

/* One part. What has no question left in it cannot change: then only that it is undetermined counts, and for which
 * part does not. */
static void visit_part(sp_frontier_walk *walk, const sp_why *part, bool counted, struct way way,
                       uint32_t *still)
{
    bool undecided = undetermined((sp_state)part->state), live = walk->live;
    uint32_t loop = walk->loop;
    size_t before = walk->out->key.len;
    if (counted)
        key_why(walk, part);
    size_t counted_to = walk->out->key.len;
    if (!undecided && !part->presumed && !walk->everything)
        return;
    walk->live = false;
    walk->loop = SP_NONE;
    visit(walk, part, way);
    if (!walk->live && walk->loop == SP_NONE && !walk->out->key.failed) {
        walk->out->key.len = counted ? counted_to : before;
        *still |= undecided ? 1u << part->state : 0;
    }
    walk->live |= live;
    walk->loop = loop < walk->loop ? loop : walk->loop;
}

/* A list that is stated and complete: nothing hangs on it. */
static bool sure_list(const sp_frontier_walk *walk, const sp_why *list)
{
    const sp_network *net = walk->ex.run->net;
    uint32_t child = net->nodes.items[net->cond_nodes[list->cond->body->number]].frame;
    const sp_frame_rows *rows = &walk->ex.run->rows.frames[child];
    uint32_t first = rows->first_segment[list->row], end = rows->first_segment[list->row + 1];
    for (uint32_t s = first; s < end; s++)
        if (!rows->segments[s].stated || !rows->segments[s].complete)
            return false;
    return end > first;
}

static void descend(sp_frontier_walk *walk, const sp_why *why, struct way way)
{
    bool counted = counts_parts(walk, why);
    uint32_t still = 0;
    size_t first = walk->children.len;
    sp_why inner = *why;
    inner.presumes = false; /* also what is passed over in silence */
    /* a decided part that rests on a presumption: what could displace it lies beneath */
    way.beneath |= !undetermined((sp_state)why->state);
    sp_why_children(&walk->ex, &inner, true, &walk->children);
    size_t end = walk->children.len;
    bool strangers = false;
    for (size_t i = first; i < end && !walk->failed; i++) {
        const sp_why part = walk->children.items[i];
        bool stranger = part.kind == SP_WHY_MEMBER && about_stranger(walk, &part);
        /* of further entries one is like the other, and their list may as well go on */
        if ((strangers && (stranger || part.kind == SP_WHY_LIST)) && !counted)
            continue;
        if (part.kind == SP_WHY_LIST && sure_list(walk, &part))
            continue;
        strangers |= stranger;
        struct way on = way;
        on.frozen |= stranger;
        visit_part(walk, &part, counted, on, &still);
    }
    walk->children.len = first;
    key_number(walk, 1u << 31 | still); /* also where the parts end */
}

/* A criterion that was walked into before: alive as it is, or as what it leads back to will turn out. */
static void revisit(sp_frontier_walk *walk, uint32_t at)
{
    const sp_frontier_seat *seat = &walk->seats.items[at];
    while (!seat->entered && !seat->live && seat->loop != SP_NONE) {
        at = seat->loop;
        seat = &walk->seats.items[at];
    }
    if (seat->entered)
        walk->loop = at < walk->loop ? at : walk->loop;
    else
        walk->live |= seat->live;
}

static void visit_criterion(sp_frontier_walk *walk, const sp_why *why, struct way way)
{
    const sp_network *net = walk->ex.run->net;
    way.frozen |= about_stranger(walk, why);
    uint32_t before = seat_of(walk, why, way), at = (uint32_t)walk->seats.len;
    key_why(walk, why);
    if (before != SP_NONE) {
        revisit(walk, before);
        return;
    }
    sp_frontier_seat seat = {.criterion = why->criterion,
                             .row = why->row,
                             .beneath = way.beneath,
                             .frozen = way.frozen,
                             .entered = true,
                             .loop = SP_NONE};
    walk->failed |= !SP_VEC_PUSH(&walk->seats, seat);
    if (walk->failed)
        return;
    if (undetermined((sp_state)why->state) &&
        net->first_rule[why->criterion] == net->first_rule[why->criterion + 1])
        walk->out->beyond |= !way.beneath;
    descend(walk, why, way);
    if (walk->loop != SP_NONE && walk->loop >= at)
        walk->loop = SP_NONE; /* it only leads back here */
    walk->seats.items[at].entered = false;
    walk->seats.items[at].live = walk->live;
    walk->seats.items[at].loop = walk->loop;
}

static void visit(sp_frontier_walk *walk, const sp_why *why, struct way way)
{
    if (++walk->depth > SURPLACE_MAX_REASON_DEPTH) {
        walk->too_deep = true;
    } else if (why->kind == SP_WHY_CRITERION) {
        visit_criterion(walk, why, way);
    } else if (why->kind == SP_WHY_LIST) {
        key_why(walk, why);
        ask_about_list(walk, why, way);
    } else {
        key_why(walk, why);
        if (why->kind != SP_WHY_MEMBER && why->cond->kind == SP_COND_LEAF) {
            uint32_t node = walk->ex.run->net->core_nodes[why->cond->number];
            sp_state core = sp_run_state(walk->ex.run, node, why->row);
            struct way leaf = way;
            leaf.beneath |= !undetermined(core);
            if (undetermined(core) || sp_run_presumed(walk->ex.run, node, why->row) || walk->everything)
                ask_about_leaf(walk, why, leaf);
        }
        descend(walk, why, way);
    }
    walk->depth--;
}

void sp_frontier_find(sp_frontier_walk *walk, uint32_t criterion, uint32_t root_row,
                      const sp_change *changes, size_t count, sp_frontier *out)
{
    walk->ex.run = &walk->what->run;
    walk->ex.base = walk->what->run.net->base;
    walk->out = out;
    walk->changes = changes;
    walk->change_count = count;
    walk->seats.len = walk->children.len = 0;
    walk->depth = 0;
    walk->live = false;
    walk->loop = SP_NONE;
    out->asked.len = out->beneath.len = 0;
    out->beyond = out->hides = false;
    sp_buf_reset(&out->key);
    sp_why start = sp_why_criterion(&walk->ex, criterion, root_row);
    uint32_t still = 0;
    key_number(walk, start.state);
    visit_part(walk, &start, false, (struct way){false, false}, &still);
    key_number(walk, still << 2 | (uint32_t)out->hides << 1 | out->beyond);
    walk->failed |= walk->ex.failed || walk->questions->failed || out->key.failed;
}
