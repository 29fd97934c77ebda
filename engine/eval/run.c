#include "eval/run.h"

#include <stdlib.h>
#include <string.h>

/* Planes of one node. */
struct planes {
    uint64_t *p[SP_PLANES];
};

static struct planes planes_of(const sp_run *run, uint32_t node)
{
    const sp_net_node *n = &run->net->nodes.items[node];
    uint32_t words = run->rows.frames[n->frame].words;
    struct planes out;
    for (size_t i = 0; i < SP_PLANES; i++)
        out.p[i] = run->planes + run->offset[node] + i * words;
    return out;
}

static bool get(const uint64_t *plane, uint32_t row)
{
    return plane[row / 64] >> (row % 64) & 1;
}

static void put(uint64_t *plane, uint32_t row)
{
    plane[row / 64] |= (uint64_t)1 << (row % 64);
}

static sp_state state_at(const struct planes *v, uint32_t row)
{
    if (get(v->p[SP_PLANE_HOLDS], row))
        return SP_HOLDS;
    if (get(v->p[SP_PLANE_FAILS], row))
        return SP_FAILS;
    return get(v->p[SP_PLANE_CONTESTED], row) ? SP_CONTESTED : SP_OPEN;
}

static sp_state sure_state_at(const struct planes *v, uint32_t row)
{
    if (get(v->p[SP_PLANE_SURELY_HOLDS], row))
        return SP_HOLDS;
    return get(v->p[SP_PLANE_SURELY_FAILS], row) ? SP_FAILS : SP_OPEN;
}

static void set_state(struct planes *v, uint32_t row, sp_state state, sp_state sure)
{
    if (state != SP_OPEN)
        put(v->p[state == SP_HOLDS   ? SP_PLANE_HOLDS
                 : state == SP_FAILS ? SP_PLANE_FAILS
                                     : SP_PLANE_CONTESTED],
            row);
    if (sure == SP_HOLDS || sure == SP_FAILS)
        put(v->p[sure == SP_HOLDS ? SP_PLANE_SURELY_HOLDS : SP_PLANE_SURELY_FAILS], row);
}

static void clear(struct planes *v, uint32_t words)
{
    for (size_t i = 0; i < SP_PLANES; i++)
        memset(v->p[i], 0, words * sizeof(uint64_t));
}

/* --- leaves --- */

static sp_state presumed(const sp_run *run, sp_state state, sp_state if_open)
{
    return state == SP_OPEN && run->presume ? if_open : state;
}

/* A yes_no fact of the frame's own row, cells side by side: the usual leaf, and the one worth being quick. */
static void eval_own_fact(sp_run *run, const sp_net_node *n, struct planes *out, uint32_t rows)
{
    const sp_hop *hop = &run->net->hops.items[n->left.first_hop];
    const sp_frame_rows *frame = &run->rows.frames[n->frame];
    const sp_table *t = &run->facts->tables[hop->from];
    for (uint32_t row = 0; row < rows; row++) {
        const sp_cell *cell = &t->cells[(size_t)(frame->value != NULL ? frame->value[row] : row) * t->columns + hop->column];
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

static void eval_truth(sp_run *run, const sp_net_node *n, struct planes *out, uint32_t rows)
{
    if (n->left.up == 0 && n->left.start == SP_START_VARIABLE && n->left.hop_count == 1 &&
        run->net->hops.items[n->left.first_hop].kind == SP_HOP_FACT) {
        eval_own_fact(run, n, out, rows);
        return;
    }
    for (uint32_t row = 0; row < rows; row++) {
        sp_state with, raw = sp_leaf_truth(&run->leaf, n, row, &with);
        sp_state state = run->presume ? with : raw;
        set_state(out, row, n->negated ? sp_state_not(state) : state, n->negated ? sp_state_not(raw) : raw);
    }
}

static void eval_compare(sp_run *run, const sp_net_node *n, struct planes *out, uint32_t rows)
{
    bool presumable = run->presume && n->cond->left.type.kind == SP_YES_NO && !n->cond->left.type.list;
    for (uint32_t row = 0; row < rows; row++) {
        run->leaf.presume = false;
        sp_state sure = sp_leaf_compare(&run->leaf, n, row);
        run->leaf.presume = presumable;
        set_state(out, row, presumable ? sp_leaf_compare(&run->leaf, n, row) : sure, sure);
    }
}

/* The criterion's state for every row that the reference may mean, and the second row of a pair. */
static void lookup_states(sp_run *run, const sp_net_node *n, uint32_t row, sp_state *state, sp_state *sure)
{
    const uint32_t input = run->net->inputs.items[n->first_input];
    struct planes in = planes_of(run, input);
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
            uint32_t at = open ? 0 : sp_rows_root_row(&run->rows, root, left->items[i].value, second->value);
            sp_agree(&all, open ? SP_OPEN : state_at(&in, at));
            sp_agree(&surely, open ? SP_OPEN : sure_state_at(&in, at));
        }
    *state = sp_agreed(&all);
    *sure = sp_agreed(&surely);
}

static void eval_lookup(sp_run *run, const sp_net_node *n, struct planes *out, uint32_t rows, uint32_t words)
{
    bool own = n->left.up == 0 && n->left.start == SP_START_VARIABLE && n->left.hop_count == 0 && !n->has_with;
    const sp_frame_rows *frame = &run->rows.frames[n->frame];
    struct planes in = planes_of(run, run->net->inputs.items[n->first_input]);
    if (own && frame->value == NULL) {
        static const uint8_t swapped[] = {SP_PLANE_FAILS, SP_PLANE_HOLDS, SP_PLANE_CONTESTED, SP_PLANE_SURELY_FAILS,
                                          SP_PLANE_SURELY_HOLDS};
        for (size_t i = 0; i < SP_PLANES; i++)
            memcpy(out->p[i], in.p[n->negated ? swapped[i] : i], words * sizeof(uint64_t));
        return;
    }
    for (uint32_t row = 0; row < rows; row++) {
        sp_state state, sure;
        if (own) {
            state = state_at(&in, frame->value[row]);
            sure = sure_state_at(&in, frame->value[row]);
        } else {
            lookup_states(run, n, row, &state, &sure);
        }
        set_state(out, row, n->negated ? sp_state_not(state) : state, n->negated ? sp_state_not(sure) : sure);
    }
}

static void eval_const(const sp_net_node *n, struct planes *out, uint32_t rows)
{
    for (uint32_t row = 0; row < rows; row++)
        set_state(out, row, (sp_state)n->state, (sp_state)n->state);
}

/* --- connectives, a word of rows at a time --- */

static void eval_all(sp_run *run, const sp_net_node *n, struct planes *out, uint32_t words, uint64_t last)
{
    for (uint32_t w = 0; w < words; w++) {
        uint64_t full = w + 1 == words ? last : ~(uint64_t)0;
        uint64_t holds = full, fails = 0, contested = 0, sure_holds = full, sure_fails = 0;
        for (uint32_t i = 0; i < n->input_count; i++) {
            struct planes in = planes_of(run, run->net->inputs.items[n->first_input + i]);
            holds &= in.p[SP_PLANE_HOLDS][w];
            fails |= in.p[SP_PLANE_FAILS][w];
            contested |= in.p[SP_PLANE_CONTESTED][w];
            sure_holds &= in.p[SP_PLANE_SURELY_HOLDS][w];
            sure_fails |= in.p[SP_PLANE_SURELY_FAILS][w];
        }
        out->p[SP_PLANE_HOLDS][w] = holds;
        out->p[SP_PLANE_FAILS][w] = fails;
        out->p[SP_PLANE_CONTESTED][w] = contested & ~fails;
        out->p[SP_PLANE_SURELY_HOLDS][w] = sure_holds;
        out->p[SP_PLANE_SURELY_FAILS][w] = sure_fails;
    }
}

/* Any of nothing fails; none of is any of with holds and fails exchanged. */
static void eval_any(sp_run *run, const sp_net_node *n, struct planes *out, uint32_t words, uint64_t last)
{
    bool none = n->kind == SP_NET_NONE;
    for (uint32_t w = 0; w < words; w++) {
        uint64_t full = w + 1 == words ? last : ~(uint64_t)0;
        uint64_t holds = 0, fails = full, contested = 0, sure_holds = 0, sure_fails = full;
        for (uint32_t i = 0; i < n->input_count; i++) {
            struct planes in = planes_of(run, run->net->inputs.items[n->first_input + i]);
            holds |= in.p[SP_PLANE_HOLDS][w];
            fails &= in.p[SP_PLANE_FAILS][w];
            contested |= in.p[SP_PLANE_CONTESTED][w];
            sure_holds |= in.p[SP_PLANE_SURELY_HOLDS][w];
            sure_fails &= in.p[SP_PLANE_SURELY_FAILS][w];
        }
        out->p[none ? SP_PLANE_FAILS : SP_PLANE_HOLDS][w] = holds;
        out->p[none ? SP_PLANE_HOLDS : SP_PLANE_FAILS][w] = fails;
        out->p[SP_PLANE_CONTESTED][w] = contested & ~holds;
        out->p[none ? SP_PLANE_SURELY_FAILS : SP_PLANE_SURELY_HOLDS][w] = sure_holds;
        out->p[none ? SP_PLANE_SURELY_HOLDS : SP_PLANE_SURELY_FAILS][w] = sure_fails;
    }
}

/* Counts rows one by one: at_least is rare, and plain. */
static void eval_at_least(sp_run *run, const sp_net_node *n, struct planes *out, uint32_t rows)
{
    for (uint32_t row = 0; row < rows; row++) {
        uint32_t holding = 0, possible = 0, sure_holding = 0, sure_possible = 0;
        bool contested = false;
        for (uint32_t i = 0; i < n->input_count; i++) {
            struct planes in = planes_of(run, run->net->inputs.items[n->first_input + i]);
            sp_state s = state_at(&in, row), sure = sure_state_at(&in, row);
            holding += s == SP_HOLDS;
            possible += s != SP_FAILS;
            contested |= s == SP_CONTESTED;
            sure_holding += sure == SP_HOLDS;
            sure_possible += sure != SP_FAILS;
        }
        set_state(out, row,
                  holding >= n->n     ? SP_HOLDS
                  : possible < n->n   ? SP_FAILS
                  : contested         ? SP_CONTESTED
                                      : SP_OPEN,
                  sure_holding >= n->n ? SP_HOLDS : sure_possible < n->n ? SP_FAILS : SP_OPEN);
    }
}

/* --- quantifiers --- */

/* Over one list: like any_of (all_of) its members, but a list that may go on leaves the end open. */
static sp_state over_segment(const sp_net_node *n, const sp_segment *s, const struct planes *in, bool every, bool sure)
{
    bool contested = false, undetermined = !s->complete;
    if (!s->stated)
        return SP_OPEN;
    for (uint32_t row = s->first; row < s->first + s->count; row++) {
        sp_state member = sure ? sure_state_at(in, row) : state_at(in, row);
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
    const uint32_t *inputs = sp_net_inputs(run->net, n);
    struct planes in = planes_of(run, inputs[0]);
    sp_state state = over_segment(n, segment, &in, n->kind == SP_NET_EVERY, sure);
    if (n->input_count == 1)
        return state;
    struct planes where = planes_of(run, inputs[1]);
    return sp_state_all(state, over_segment(n, segment, &where, false, sure));
}

static void eval_quantifier(sp_run *run, const sp_net_node *n, struct planes *out, uint32_t rows)
{
    const sp_frame_rows *child = &run->rows.frames[n->child_frame];
    for (uint32_t row = 0; row < rows; row++) {
        sp_agreement all = {0}, surely = {0};
        for (uint32_t s = child->first_segment[row]; s < child->first_segment[row + 1]; s++) {
            sp_agree(&all, over_list(run, n, &child->segments[s], false));
            sp_agree(&surely, over_list(run, n, &child->segments[s], true));
        }
        set_state(out, row, sp_agreed(&all), sp_agreed(&surely));
    }
}

static void eval_presume(sp_run *run, const sp_net_node *n, struct planes *out, uint32_t words, uint64_t last)
{
    struct planes in = planes_of(run, run->net->inputs.items[n->first_input]);
    for (uint32_t w = 0; w < words; w++) {
        uint64_t full = w + 1 == words ? last : ~(uint64_t)0;
        uint64_t holds = in.p[SP_PLANE_HOLDS][w], fails = in.p[SP_PLANE_FAILS][w];
        uint64_t open = full & ~holds & ~fails & ~in.p[SP_PLANE_CONTESTED][w];
        if (!run->presume)
            open = 0;
        out->p[SP_PLANE_HOLDS][w] = holds | (n->state == SP_HOLDS ? open : 0);
        out->p[SP_PLANE_FAILS][w] = fails | (n->state == SP_FAILS ? open : 0);
        out->p[SP_PLANE_CONTESTED][w] = in.p[SP_PLANE_CONTESTED][w];
        out->p[SP_PLANE_SURELY_HOLDS][w] = in.p[SP_PLANE_SURELY_HOLDS][w];
        out->p[SP_PLANE_SURELY_FAILS][w] = in.p[SP_PLANE_SURELY_FAILS][w];
    }
}

static uint64_t last_word(uint32_t rows)
{
    return rows % 64 == 0 ? ~(uint64_t)0 : ((uint64_t)1 << (rows % 64)) - 1;
}

static void eval_node(sp_run *run, uint32_t node)
{
    const sp_net_node *n = &run->net->nodes.items[node];
    uint32_t rows = run->rows.frames[n->frame].rows, words = run->rows.frames[n->frame].words;
    struct planes out = planes_of(run, node);
    if (rows == 0)
        return;
    uint64_t last = last_word(rows);
    switch ((sp_net_kind)n->kind) {
    case SP_NET_ALL: eval_all(run, n, &out, words, last); return;
    case SP_NET_ANY:
    case SP_NET_NONE: eval_any(run, n, &out, words, last); return;
    case SP_NET_PRESUME: eval_presume(run, n, &out, words, last); return;
    default: break;
    }
    clear(&out, words);
    switch ((sp_net_kind)n->kind) {
    case SP_NET_CONST: eval_const(n, &out, rows); break;
    case SP_NET_TRUTH: eval_truth(run, n, &out, rows); break;
    case SP_NET_COMPARE: eval_compare(run, n, &out, rows); break;
    case SP_NET_LOOKUP: eval_lookup(run, n, &out, rows, words); break;
    case SP_NET_AT_LEAST: eval_at_least(run, n, &out, rows); break;
    case SP_NET_SOME:
    case SP_NET_EVERY: eval_quantifier(run, n, &out, rows); break;
    default: break;
    }
}

/* --- loops --- */

static void copy_planes(const struct planes *from, uint64_t *to, uint32_t words)
{
    for (size_t i = 0; i < SP_PLANES; i++)
        memcpy(to + i * words, from->p[i], words * sizeof(uint64_t));
}

/* Nothing holds yet and nothing may: least fixpoints of what must hold and of what may hold start so. */
static void start_loop(sp_run *run, const sp_net_step *step)
{
    for (uint32_t i = 0; i < step->count; i++) {
        uint32_t node = run->net->order.items[step->first + i];
        const sp_frame_rows *frame = &run->rows.frames[run->net->nodes.items[node].frame];
        struct planes v = planes_of(run, node);
        clear(&v, frame->words);
        for (uint32_t w = 0; w < frame->words; w++)
            v.p[SP_PLANE_FAILS][w] = v.p[SP_PLANE_SURELY_FAILS][w] =
                w + 1 == frame->words ? last_word(frame->rows) : ~(uint64_t)0;
        run->times[node] = SP_NEW_ARRAY(&run->rows.arena, uint32_t, frame->rows);
        run->failed |= run->times[node] == NULL;
    }
}

static void note_time(sp_run *run, uint32_t node, const uint64_t *before, uint32_t time)
{
    const sp_frame_rows *frame = &run->rows.frames[run->net->nodes.items[node].frame];
    struct planes v = planes_of(run, node);
    for (uint32_t row = 0; row < frame->rows; row++)
        if (get(v.p[SP_PLANE_HOLDS], row) && !get(before, row))
            run->times[node][row] = time;
}

/* One round over the loop's nodes; true if anything changed. */
static bool loop_round(sp_run *run, const sp_net_step *step, uint64_t *before, uint32_t *clock)
{
    bool changed = false;
    /* inputs come first in the order, but in a loop some come after: the round repeats until all agree */
    for (uint32_t i = 0; i < step->count; i++) {
        uint32_t node = run->net->order.items[step->first + i];
        uint32_t words = run->rows.frames[run->net->nodes.items[node].frame].words;
        struct planes v = planes_of(run, node);
        copy_planes(&v, before, words);
        eval_node(run, node);
        for (size_t p = 0; p < SP_PLANES; p++)
            changed |= memcmp(v.p[p], before + p * words, words * sizeof(uint64_t)) != 0;
        note_time(run, node, before, ++*clock);
    }
    return changed;
}

/* Contested is decided last: it must come from outside the loop, not from the way to the fixpoint. */
static void forget_contested(sp_run *run, const sp_net_step *step)
{
    for (uint32_t i = 0; i < step->count; i++) {
        uint32_t node = run->net->order.items[step->first + i];
        struct planes v = planes_of(run, node);
        memset(v.p[SP_PLANE_CONTESTED], 0, run->rows.frames[run->net->nodes.items[node].frame].words * sizeof(uint64_t));
    }
}

static void eval_loop(sp_run *run, const sp_net_step *step)
{
    uint32_t words = 0, clock = 0;
    for (uint32_t i = 0; i < step->count; i++) {
        uint32_t w = run->rows.frames[run->net->nodes.items[run->net->order.items[step->first + i]].frame].words;
        words = w > words ? w : words;
    }
    uint64_t *before = SP_NEW_ARRAY(&run->rows.arena, uint64_t, (size_t)words * SP_PLANES);
    start_loop(run, step);
    if (run->failed || before == NULL) {
        run->failed = true;
        return;
    }
    while (loop_round(run, step, before, &clock)) {
    }
    forget_contested(run, step);
    while (loop_round(run, step, before, &clock)) {
    }
}

/* --- the whole --- */

bool sp_run_init(sp_run *run, const sp_network *net, bool presume)
{
    *run = (sp_run){.net = net, .presume = presume};
    run->offset = calloc(net->nodes.len + 1, sizeof *run->offset);
    run->times = calloc(net->nodes.len + 1, sizeof *run->times);
    run->leaf.matcher = sp_matcher_new();
    run->leaf.rows = &run->rows;
    return run->offset != NULL && run->times != NULL && run->leaf.matcher != NULL;
}

static bool place_planes(sp_run *run)
{
    size_t total = 0;
    for (uint32_t i = 0; i < run->net->nodes.len; i++) {
        run->offset[i] = total;
        total += (size_t)run->rows.frames[run->net->nodes.items[i].frame].words * SP_PLANES;
    }
    if (total <= run->planes_cap)
        return true;
    free(run->planes);
    run->planes_cap = 0;
    run->planes = malloc(total * sizeof *run->planes);
    if (run->planes == NULL)
        return false;
    run->planes_cap = total;
    return true;
}

surplace_status sp_run_batch(sp_run *run, const sp_facts *facts, const char **what)
{
    const sp_network *net = run->net;
    run->facts = facts;
    *what = NULL;
    run->leaf.rows = &run->rows; /* the run may have been moved since */
    run->leaf.failed = run->leaf.undecided = run->failed = false;
    if (!sp_rows_build(&run->rows, net, facts)) {
        *what = "rows";
        return run->rows.too_many ? SURPLACE_LIMIT : SURPLACE_NO_MEMORY;
    }
    if (!place_planes(run))
        return SURPLACE_NO_MEMORY;
    for (size_t s = 0; s < net->steps.len; s++) {
        const sp_net_step *step = &net->steps.items[s];
        if (step->recursive)
            eval_loop(run, step);
        else
            for (uint32_t i = 0; i < step->count; i++)
                eval_node(run, net->order.items[step->first + i]);
    }
    if (run->failed || run->leaf.failed || run->rows.failed)
        return SURPLACE_NO_MEMORY;
    if (run->leaf.undecided) {
        *what = "pattern match";
        return SURPLACE_LIMIT;
    }
    return SURPLACE_OK;
}

void sp_run_free(sp_run *run)
{
    sp_rows_free(&run->rows);
    SP_VEC_FREE(&run->leaf.left);
    SP_VEC_FREE(&run->leaf.right);
    sp_matcher_free(run->leaf.matcher);
    free(run->planes);
    free(run->offset);
    free(run->times);
    *run = (sp_run){0};
}

sp_state sp_run_state(const sp_run *run, uint32_t node, uint32_t row)
{
    struct planes v = planes_of(run, node);
    return state_at(&v, row);
}

bool sp_run_presumed(const sp_run *run, uint32_t node, uint32_t row)
{
    struct planes v = planes_of(run, node);
    return state_at(&v, row) != sure_state_at(&v, row) && state_at(&v, row) != SP_CONTESTED;
}

uint32_t sp_run_time(const sp_run *run, uint32_t node, uint32_t row)
{
    return run->times[node] == NULL ? 0 : run->times[node][row];
}

uint32_t sp_run_lookup_row(sp_run *run, const sp_net_node *n, uint32_t row)
{
    sp_targets *left = &run->leaf.left, *with = &run->leaf.right;
    left->len = with->len = 0;
    sp_rows_resolve(&run->rows, &n->left, n->frame, row, left);
    if (n->has_with)
        sp_rows_resolve(&run->rows, &n->with, n->frame, row, with);
    if (left->len != 1 || left->items[0].kind == SP_TARGET_OPEN)
        return SP_NONE;
    if (n->has_with && (with->len != 1 || with->items[0].kind == SP_TARGET_OPEN))
        return SP_NONE;
    return sp_rows_root_row(&run->rows, run->net->root_frames[n->criterion], left->items[0].value,
                            n->has_with ? with->items[0].value : 0);
}
