#include "eval/node.h"

#include <string.h>

/* Words of the planes, and the rows in them. */
struct span {
    uint32_t word, end_word, row, end_row;
};

static sp_state sure_state(const sp_lanes *v, uint32_t lane)
{
    if (v->surely_holds >> lane & 1)
        return SP_HOLDS;
    return v->surely_fails >> lane & 1 ? SP_FAILS : SP_OPEN;
}

/* Of a row that has no state yet. */
static void set_state(sp_lanes *lanes, uint32_t row, sp_state state, sp_state sure)
{
    sp_lanes *v = &lanes[row / 64];
    uint32_t lane = row % 64;
    v->holds |= (uint64_t)(state == SP_HOLDS) << lane;
    v->fails |= (uint64_t)(state == SP_FAILS) << lane;
    v->contested |= (uint64_t)(state == SP_CONTESTED) << lane;
    v->surely_holds |= (uint64_t)(sure == SP_HOLDS) << lane;
    v->surely_fails |= (uint64_t)(sure == SP_FAILS) << lane;
}

static sp_lanes negated(const sp_lanes *v)
{
    return (sp_lanes){v->fails, v->holds, v->contested, v->surely_fails, v->surely_holds};
}

static const sp_lanes *input_lanes(const sp_run *run, const sp_net_node *n, uint32_t i)
{
    return run->lanes[run->net->inputs.items[n->first_input + i]];
}

/* --- leaves --- */

static sp_state presumed(const sp_run *run, sp_state state, sp_state if_open)
{
    return state == SP_OPEN && run->presume ? if_open : state;
}

/* A yes_no fact of the frame's own row, cells side by side: the usual leaf, and the one worth being quick. */
static void eval_own_fact(sp_run *run, const sp_net_node *n, sp_lanes *out, struct span at)
{
    const sp_hop *hop = &run->net->hops.items[n->left.first_hop];
    const sp_frame_rows *frame = &run->rows.frames[n->frame];
    const sp_table *t = &run->facts->tables[hop->from];
    for (uint32_t row = at.row; row < at.end_row; row++) {
        const sp_cell *cell =
            &t->cells[(size_t)(frame->value != NULL ? frame->value[row] : row) * t->columns + hop->column];
        sp_state raw = SP_OPEN;
        if (cell->status == SP_CELL_STATED)
            raw = cell->value.index == 1 ? SP_HOLDS : SP_FAILS;
        else if (cell->status == SP_CELL_SEVERAL)
            raw = SP_CONTESTED;
        else if (n->state == SP_OPEN)
            continue;
        sp_state state = presumed(run, raw, (sp_state)n->state);
        if (n->negated)
            set_state(out, row, sp_state_not(state), sp_state_not(raw));
        else
            set_state(out, row, state, raw);
    }
}

static bool is_own_fact(const sp_run *run, const sp_net_node *n)
{
    return n->left.up == 0 && n->left.start == SP_START_VARIABLE && n->left.hop_count == 1 &&
           run->net->hops.items[n->left.first_hop].kind == SP_HOP_FACT;
}

static void eval_truth(sp_run *run, const sp_net_node *n, sp_lanes *out, struct span at)
{
    if (is_own_fact(run, n)) {
        eval_own_fact(run, n, out, at);
        return;
    }
    for (uint32_t row = at.row; row < at.end_row; row++) {
        sp_state with, raw = sp_leaf_truth(&run->leaf, n, row, &with);
        sp_state state = run->presume ? with : raw;
        set_state(out, row, n->negated ? sp_state_not(state) : state, n->negated ? sp_state_not(raw) : raw);
    }
}

/* Of a comparison whose subject is a fact of the frame's own row: where that is open, so is the comparison. */
static bool is_open_at(const sp_run *run, const sp_net_node *n, uint32_t row)
{
    const sp_hop *hop = &run->net->hops.items[n->left.first_hop];
    const sp_frame_rows *frame = &run->rows.frames[n->frame];
    const sp_table *t = &run->facts->tables[hop->from];
    size_t at = frame->value != NULL ? frame->value[row] : row;
    return t->cells[at * t->columns + hop->column].status <= SP_CELL_UNKNOWN;
}

static void eval_compare(sp_run *run, const sp_net_node *n, sp_lanes *out, struct span at)
{
    bool presumable = run->presume && n->cond->left.type.kind == SP_YES_NO && !n->cond->left.type.list;
    bool own = !presumable && is_own_fact(run, n);
    for (uint32_t row = at.row; row < at.end_row; row++) {
        if (own && is_open_at(run, n, row))
            continue;
        run->leaf.presume = false;
        sp_state sure = sp_leaf_compare(&run->leaf, n, row);
        run->leaf.presume = presumable;
        set_state(out, row, presumable ? sp_leaf_compare(&run->leaf, n, row) : sure, sure);
    }
}

/* The criterion's state for every row that the reference may mean, and the second row of a pair. */
static void lookup_states(sp_run *run, const sp_net_node *n, uint32_t row, sp_state *state, sp_state *sure)
{
    const sp_lanes *in = input_lanes(run, n, 0);
    uint32_t root = run->net->root_frames[n->criterion];
    sp_agreement all = {0}, surely = {0};
    sp_targets *left = &run->leaf.left, *with = &run->leaf.right;
    static const sp_target nobody = {.kind = SP_TARGET_VALUE};
    left->len = with->len = 0;
    sp_rows_resolve(&run->rows, &n->left, n->frame, row, left);
    if (n->has_with)
        sp_rows_resolve(&run->rows, &n->with, n->frame, row, with);
    for (size_t i = 0; i < left->len; i++)
        for (size_t k = 0; k < (n->has_with ? with->len : 1); k++) {
            const sp_target *second = n->has_with ? &with->items[k] : &nobody;
            bool open = left->items[i].kind == SP_TARGET_OPEN || second->kind == SP_TARGET_OPEN;
            uint32_t at = open ? 0
                               : sp_rows_root_row(&run->rows, root, left->items[i].value, second->value);
            sp_agree(&all, open ? SP_OPEN : sp_lanes_state(&in[at / 64], at % 64));
            sp_agree(&surely, open ? SP_OPEN : sure_state(&in[at / 64], at % 64));
        }
    *state = sp_agreed(&all);
    *sure = sp_agreed(&surely);
}

static void eval_lookup(sp_run *run, const sp_net_node *n, sp_lanes *out, struct span at)
{
    bool own = n->left.up == 0 && n->left.start == SP_START_VARIABLE && n->left.hop_count == 0 &&
               !n->has_with;
    const sp_frame_rows *frame = &run->rows.frames[n->frame];
    const sp_lanes *in = input_lanes(run, n, 0);
    if (own && frame->value == NULL) {
        for (uint32_t w = at.word; w < at.end_word; w++)
            out[w] = n->negated ? negated(&in[w]) : in[w];
        return;
    }
    for (uint32_t row = at.row; row < at.end_row; row++) {
        sp_state state, sure;
        if (own) {
            uint32_t own_row = frame->value[row];
            state = sp_lanes_state(&in[own_row / 64], own_row % 64);
            sure = sure_state(&in[own_row / 64], own_row % 64);
        } else {
            lookup_states(run, n, row, &state, &sure);
        }
        set_state(out, row, n->negated ? sp_state_not(state) : state,
                  n->negated ? sp_state_not(sure) : sure);
    }
}

static void eval_const(const sp_net_node *n, sp_lanes *out, struct span at)
{
    for (uint32_t row = at.row; row < at.end_row; row++)
        set_state(out, row, (sp_state)n->state, (sp_state)n->state);
}

/* --- connectives, a word of rows at a time --- */

static void eval_all(sp_run *run, const sp_net_node *n, sp_lanes *out, struct span at)
{
    const sp_frame_rows *frame = &run->rows.frames[n->frame];
    for (uint32_t w = at.word; w < at.end_word; w++) {
        uint64_t full = sp_rows_of_word(frame, w);
        sp_lanes v = {.holds = full, .surely_holds = full};
        for (uint32_t i = 0; i < n->input_count; i++) {
            const sp_lanes *in = &input_lanes(run, n, i)[w];
            v.holds &= in->holds;
            v.fails |= in->fails;
            v.contested |= in->contested;
            v.surely_holds &= in->surely_holds;
            v.surely_fails |= in->surely_fails;
        }
        v.contested &= ~v.fails;
        out[w] = v;
    }
}

/* Any of nothing fails; none of is any of with holds and fails exchanged. */
static void eval_any(sp_run *run, const sp_net_node *n, sp_lanes *out, struct span at)
{
    const sp_frame_rows *frame = &run->rows.frames[n->frame];
    for (uint32_t w = at.word; w < at.end_word; w++) {
        uint64_t full = sp_rows_of_word(frame, w);
        sp_lanes v = {.fails = full, .surely_fails = full};
        for (uint32_t i = 0; i < n->input_count; i++) {
            const sp_lanes *in = &input_lanes(run, n, i)[w];
            v.holds |= in->holds;
            v.fails &= in->fails;
            v.contested |= in->contested;
            v.surely_holds |= in->surely_holds;
            v.surely_fails &= in->surely_fails;
        }
        v.contested &= ~v.holds;
        out[w] = n->kind == SP_NET_NONE ? negated(&v) : v;
    }
}

/* Counts rows one by one: at_least is rare, and plain. */
static void eval_at_least(sp_run *run, const sp_net_node *n, sp_lanes *out, struct span at)
{
    for (uint32_t row = at.row; row < at.end_row; row++) {
        uint32_t holding = 0, possible = 0, sure_holding = 0, sure_possible = 0;
        bool contested = false;
        for (uint32_t i = 0; i < n->input_count; i++) {
            const sp_lanes *in = &input_lanes(run, n, i)[row / 64];
            sp_state s = sp_lanes_state(in, row % 64), sure = sure_state(in, row % 64);
            holding += s == SP_HOLDS;
            possible += s != SP_FAILS;
            contested |= s == SP_CONTESTED;
            sure_holding += sure == SP_HOLDS;
            sure_possible += sure != SP_FAILS;
        }
        set_state(out, row,
                  holding >= n->n   ? SP_HOLDS
                  : possible < n->n ? SP_FAILS
                  : contested       ? SP_CONTESTED
                                    : SP_OPEN,
                  sure_holding >= n->n   ? SP_HOLDS
                  : sure_possible < n->n ? SP_FAILS
                                         : SP_OPEN);
    }
}

/* --- quantifiers --- */

/* Over one list: like any_of (all_of) its members, but a list that may go on leaves the end open. */
static sp_state over_segment(const sp_net_node *n, const sp_segment *s, const sp_lanes *in, bool every,
                             bool sure)
{
    bool contested = false, undetermined = !s->complete;
    if (!s->stated)
        return SP_OPEN;
    for (uint32_t row = s->first; row < s->first + s->count; row++) {
        sp_state member = sure ? sure_state(&in[row / 64], row % 64)
                               : sp_lanes_state(&in[row / 64], row % 64);
        if (member == (every ? SP_FAILS : SP_HOLDS))
            return member;
        contested |= member == SP_CONTESTED;
        undetermined |= member == SP_OPEN;
    }
    if (contested)
        return SP_CONTESTED;
    if (undetermined)
        return SP_OPEN;
    if (!every)
        return SP_FAILS;
    return s->count == 0 ? (sp_state)n->state : SP_HOLDS;
}

static sp_state over_list(sp_run *run, const sp_net_node *n, const sp_segment *segment, bool sure)
{
    sp_state state = over_segment(n, segment, input_lanes(run, n, 0), n->kind == SP_NET_EVERY, sure);
    if (n->input_count == 1)
        return state;
    return sp_state_all(state, over_segment(n, segment, input_lanes(run, n, 1), false, sure));
}

static void eval_quantifier(sp_run *run, const sp_net_node *n, sp_lanes *out, struct span at)
{
    const sp_frame_rows *child = &run->rows.frames[n->child_frame];
    for (uint32_t row = at.row; row < at.end_row; row++) {
        sp_agreement all = {0}, surely = {0};
        for (uint32_t s = child->first_segment[row]; s < child->first_segment[row + 1]; s++) {
            sp_agree(&all, over_list(run, n, &child->segments[s], false));
            sp_agree(&surely, over_list(run, n, &child->segments[s], true));
        }
        set_state(out, row, sp_agreed(&all), sp_agreed(&surely));
    }
}

static void eval_presume(sp_run *run, const sp_net_node *n, sp_lanes *out, struct span at)
{
    const sp_frame_rows *frame = &run->rows.frames[n->frame];
    const sp_lanes *in = input_lanes(run, n, 0);
    for (uint32_t w = at.word; w < at.end_word; w++) {
        out[w] = in[w];
        uint64_t open = sp_rows_of_word(frame, w) & ~(in[w].holds | in[w].fails | in[w].contested);
        if (run->presume && n->state == SP_HOLDS)
            out[w].holds |= open;
        if (run->presume && n->state == SP_FAILS)
            out[w].fails |= open;
    }
}

void sp_node_eval(sp_run *run, uint32_t node, uint32_t word, uint32_t end_word)
{
    const sp_net_node *n = &run->net->nodes.items[node];
    const sp_frame_rows *frame = &run->rows.frames[n->frame];
    sp_lanes *out = run->lanes[node];
    struct span at = {word, end_word, word * 64, end_word < frame->words ? end_word * 64 : frame->rows};
    if (word == end_word)
        return;
    switch ((sp_net_kind)n->kind) {
    case SP_NET_ALL:
        eval_all(run, n, out, at);
        return;
    case SP_NET_ANY:
    case SP_NET_NONE:
        eval_any(run, n, out, at);
        return;
    case SP_NET_PRESUME:
        eval_presume(run, n, out, at);
        return;
    default:
        break;
    }
    memset(out + word, 0, (end_word - word) * sizeof *out);
    switch ((sp_net_kind)n->kind) {
    case SP_NET_CONST:
        eval_const(n, out, at);
        break;
    case SP_NET_TRUTH:
        eval_truth(run, n, out, at);
        break;
    case SP_NET_COMPARE:
        eval_compare(run, n, out, at);
        break;
    case SP_NET_LOOKUP:
        eval_lookup(run, n, out, at);
        break;
    case SP_NET_AT_LEAST:
        eval_at_least(run, n, out, at);
        break;
    case SP_NET_SOME:
    case SP_NET_EVERY:
        eval_quantifier(run, n, out, at);
        break;
    default:
        break;
    }
}
