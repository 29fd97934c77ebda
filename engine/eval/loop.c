#include "eval/loop.h"

#include <stdlib.h>
#include <string.h>

#include "eval/node.h"

/* Evaluation is semi-naive: a word of rows is worked out again only if something that it reads has changed, so that a
 * chain of references costs as much as it is long. `words` are bitmaps, a bit for each word of the node's planes. */
struct member {
    uint32_t node;
    uint32_t *readers; /* members of the loop that read it */
    uint32_t reader_count;
    uint64_t *stale; /* words to be worked out */
    bool any_stale;
    /* a lookup from another frame: which of its rows read a row of the criterion, by that row */
    uint32_t *first_row, *rows;
};

struct loop {
    sp_run *run;
    struct member *members;
    uint32_t count;
    uint32_t clock;
    bool contested; /* the second time round */
};

static const sp_net_node *node_of(const struct loop *l, const struct member *m)
{
    return &l->run->net->nodes.items[m->node];
}

static uint32_t words_of(const struct loop *l, const struct member *m)
{
    return sp_node_words(l->run, m->node);
}

/* --- who reads what --- */

static bool is_row_by_row(const struct loop *l, const sp_net_node *n)
{
    return n->kind != SP_NET_SOME && n->kind != SP_NET_EVERY &&
           (n->kind != SP_NET_LOOKUP ||
            (n->left.up == 0 && n->left.start == SP_START_VARIABLE && n->left.hop_count == 0 &&
             !n->has_with && l->run->rows.frames[n->frame].value == NULL));
}

/* The rows of the criterion that a row of a lookup may read, one after another in `targets` as values. */
static void read_rows(sp_run *run, const sp_net_node *n, uint32_t row, sp_targets *with, sp_targets *left)
{
    left->len = with->len = 0;
    sp_rows_resolve(&run->rows, &n->left, n->frame, row, left);
    if (n->has_with)
        sp_rows_resolve(&run->rows, &n->with, n->frame, row, with);
}

/* Calls for every row of the criterion that a row of the lookup reads: counts it, or writes it down. */
static void index_row(struct loop *l, struct member *m, const sp_net_node *n, uint32_t row, uint32_t *next)
{
    sp_run *run = l->run;
    sp_targets *left = &run->leaf.left, *with = &run->leaf.right;
    uint32_t root = run->net->root_frames[n->criterion];
    read_rows(run, n, row, with, left);
    for (size_t i = 0; i < left->len; i++)
        for (size_t k = 0; k < (n->has_with ? with->len : 1); k++) {
            if (left->items[i].kind == SP_TARGET_OPEN ||
                (n->has_with && with->items[k].kind == SP_TARGET_OPEN))
                continue;
            uint32_t at = sp_rows_root_row(&run->rows, root, left->items[i].value,
                                           n->has_with ? with->items[k].value : 0);
            if (next == NULL)
                m->first_row[at + 1]++;
            else
                m->rows[next[at]++] = row;
        }
}

static void index_lookup(struct loop *l, struct member *m)
{
    sp_run *run = l->run;
    const sp_net_node *n = node_of(l, m);
    uint32_t rows = run->rows.frames[n->frame].rows;
    uint32_t targets = run->rows.frames[run->net->root_frames[n->criterion]].rows;
    m->first_row = SP_NEW_ARRAY(&run->rows.arena, uint32_t, targets + 1u);
    uint32_t *next = SP_NEW_ARRAY(&run->rows.arena, uint32_t, targets + 1u);
    if (m->first_row == NULL || next == NULL)
        return;
    for (uint32_t row = 0; row < rows; row++)
        index_row(l, m, n, row, NULL);
    for (uint32_t i = 0; i < targets; i++)
        m->first_row[i + 1] += m->first_row[i];
    memcpy(next, m->first_row, (targets + 1u) * sizeof *next);
    m->rows = SP_NEW_ARRAY(&run->rows.arena, uint32_t, m->first_row[targets]);
    for (uint32_t row = 0; row < rows && m->rows != NULL; row++)
        index_row(l, m, n, row, next);
}

/* member_of: by node of the network, its number in the loop or SP_NONE. */
static void link_readers(struct loop *l, const uint32_t *member_of)
{
    const sp_network *net = l->run->net;
    for (int fill = 0; fill < 2; fill++)
        for (uint32_t i = 0; i < l->count; i++) {
            const sp_net_node *n = node_of(l, &l->members[i]);
            for (uint32_t k = 0; k < n->input_count; k++) {
                uint32_t read = member_of[net->inputs.items[n->first_input + k]];
                if (read == SP_NONE)
                    continue;
                struct member *m = &l->members[read];
                if (fill == 1 && m->readers == NULL) {
                    m->readers = SP_NEW_ARRAY(&l->run->rows.arena, uint32_t, m->reader_count);
                    m->reader_count = 0;
                    if (m->readers == NULL)
                        return;
                }
                if (fill == 1)
                    m->readers[m->reader_count] = i;
                m->reader_count++;
            }
        }
}

/* --- starting --- */

static void all_stale(struct loop *l)
{
    for (uint32_t i = 0; i < l->count; i++) {
        struct member *m = &l->members[i];
        uint32_t words = words_of(l, m);
        m->any_stale = words > 0;
        for (uint32_t w = 0; w < words; w++)
            m->stale[w / 64] |= (uint64_t)1 << (w % 64);
    }
}

/* Nothing holds yet and nothing may: least fixpoints of what must hold and of what may hold start so. */
static void start(struct loop *l)
{
    sp_run *run = l->run;
    for (uint32_t i = 0; i < l->count; i++) {
        struct member *m = &l->members[i];
        const sp_frame_rows *frame = &run->rows.frames[node_of(l, m)->frame];
        for (uint32_t w = 0; w < frame->words; w++) {
            uint64_t full = sp_rows_of_word(frame, w);
            run->lanes[m->node][w] = (sp_lanes){.fails = full, .surely_fails = full};
        }
        run->times[m->node] = SP_NEW_ARRAY(&run->rows.arena, uint32_t, frame->rows);
        run->sure_times[m->node] = SP_NEW_ARRAY(&run->rows.arena, uint32_t, frame->rows);
        m->stale = SP_NEW_ARRAY(&run->rows.arena, uint64_t, frame->words / 64 + 1u);
        if (node_of(l, m)->kind == SP_NET_LOOKUP && !is_row_by_row(l, node_of(l, m)))
            index_lookup(l, m);
    }
}

static bool prepare(struct loop *l, const sp_net_step *step)
{
    sp_run *run = l->run;
    const sp_network *net = run->net;
    uint32_t *member_of = malloc(net->nodes.len * sizeof *member_of);
    l->members = SP_NEW_ARRAY(&run->rows.arena, struct member, step->count);
    if (member_of != NULL && l->members != NULL) {
        memset(member_of, 0xff, net->nodes.len * sizeof *member_of);
        for (uint32_t i = 0; i < step->count; i++) {
            l->members[i].node = net->order.items[step->first + i];
            member_of[l->members[i].node] = i;
        }
        l->count = step->count;
        link_readers(l, member_of);
        start(l);
    }
    bool made = member_of != NULL && !run->rows.arena.failed;
    free(member_of);
    return made;
}

/* --- going round --- */

static void make_stale(struct member *m, uint32_t row)
{
    m->stale[row / 64 / 64] |= (uint64_t)1 << (row / 64 % 64);
    m->any_stale = true;
}

/* A word of `m` has changed in these rows: what reads them has to be worked out again. */
static void spread(struct loop *l, const struct member *m, uint32_t word, uint64_t rows)
{
    for (uint32_t i = 0; i < m->reader_count; i++) {
        struct member *reader = &l->members[m->readers[i]];
        const sp_net_node *n = node_of(l, reader);
        if (is_row_by_row(l, n)) {
            make_stale(reader, word * 64);
            continue;
        }
        for (uint64_t left = rows; left != 0; left &= left - 1) {
            uint32_t row = word * 64 + (uint32_t)__builtin_ctzll(left);
            if (n->kind != SP_NET_LOOKUP)
                make_stale(reader, l->run->rows.frames[n->child_frame].parent_row[row]);
            else
                for (uint32_t k = reader->first_row[row]; k < reader->first_row[row + 1]; k++)
                    make_stale(reader, reader->rows[k]);
        }
    }
}

static void note_rows(uint32_t *times, uint32_t word, uint64_t news, uint32_t time)
{
    for (; news != 0; news &= news - 1)
        times[word * 64 + (uint32_t)__builtin_ctzll(news)] = time;
}

static void work_out(struct loop *l, struct member *m, uint32_t word)
{
    sp_run *run = l->run;
    sp_lanes *now = &run->lanes[m->node][word], before = *now;
    sp_node_eval(run, m->node, word, word + 1);
    if (!l->contested)
        now->contested = 0;
    uint64_t changed = (now->holds ^ before.holds) | (now->fails ^ before.fails) |
                       (now->contested ^ before.contested) | (now->surely_holds ^ before.surely_holds) |
                       (now->surely_fails ^ before.surely_fails);
    note_rows(run->times[m->node], word, now->holds & ~before.holds, l->clock);
    note_rows(run->sure_times[m->node], word, now->surely_holds & ~before.surely_holds, l->clock);
    if (changed != 0)
        spread(l, m, word, changed);
}

/* Rounds over the members until nothing is stale. Inputs come first in the order, but in a loop some come after. */
static void go_round(struct loop *l)
{
    all_stale(l);
    for (bool again = true; again;) {
        again = false;
        for (uint32_t i = 0; i < l->count; i++) {
            struct member *m = &l->members[i];
            l->clock++;
            if (!m->any_stale)
                continue;
            m->any_stale = false;
            again = true;
            for (uint32_t part = 0; part < words_of(l, m) / 64 + 1u; part++) {
                uint64_t stale = m->stale[part];
                m->stale[part] = 0;
                for (; stale != 0; stale &= stale - 1)
                    work_out(l, m, part * 64 + (uint32_t)__builtin_ctzll(stale));
            }
        }
    }
}

void sp_loop_eval(sp_run *run, const sp_net_step *step)
{
    struct loop l = {.run = run};
    if (!prepare(&l, step)) {
        run->failed = true;
        return;
    }
    go_round(&l);
    /* What is contested is decided last, when nothing else changes any more, starting from nothing: it must come from
     * outside the loop, not from the way to the fixpoint. And it has to wait, since traces of that way would go round
     * in the loop without end. */
    l.contested = true;
    go_round(&l);
}
