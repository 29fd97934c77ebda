#include "explain/coverage.h"

#include <stdlib.h>
#include <string.h>

/* --- the items of a rule base --- */

static void add_item(sp_coverage *c, sp_cover_kind kind, uint32_t rule, const sp_cond *cond)
{
    sp_cover_item item = {
        .kind = (uint8_t)kind, .rule = rule, .cond = cond, .criterion = SP_NONE, .fact = SP_NONE};
    c->failed |= !SP_VEC_PUSH(&c->items, item);
}

/* The exceptions and alternatives within a condition; a file's depth bounds the recursion. */
static void add_parts(sp_coverage *c, uint32_t rule, const sp_cond *cond)
{
    for (uint32_t i = 0; i < cond->part_count; i++) {
        if (cond->kind == SP_COND_ANY && cond->part_count > 1)
            add_item(c, SP_COVER_ALTERNATIVE, rule, cond->parts[i]);
        add_parts(c, rule, cond->parts[i]);
    }
    if (cond->where != NULL)
        add_parts(c, rule, cond->where);
    if (cond->body != NULL)
        add_parts(c, rule, cond->body);
    for (uint32_t i = 0; i < cond->unless_count; i++) {
        add_item(c, SP_COVER_EXCEPTION, rule, cond->unless[i]);
        add_parts(c, rule, cond->unless[i]);
    }
}

static void add_presumption(sp_coverage *c, uint32_t criterion, uint32_t fact)
{
    sp_cover_item item = {
        .kind = SP_COVER_PRESUMPTION, .rule = SP_NONE, .cond = NULL, .criterion = criterion, .fact = fact};
    c->failed |= !SP_VEC_PUSH(&c->items, item);
}

/* Does the vocabulary, or some reading, say what silence means here? */
static bool ever_presumed(const sp_rulebase *base, sp_member of, const sp_presumption *declared)
{
    if (declared->if_open != SP_OPEN)
        return true;
    for (size_t r = 0; r < base->readings.len; r++)
        for (size_t i = 0; i < base->readings.items[r].presumptions.len; i++) {
            const sp_reading_presumption *p = &base->readings.items[r].presumptions.items[i];
            if (p->of.kind == of.kind && p->of.index == of.index && p->presumption.if_open != SP_OPEN)
                return true;
        }
    return false;
}

static void add_presumptions(sp_coverage *c)
{
    const sp_vocab *vocab = &c->base->vocab;
    for (uint32_t i = 0; i < vocab->criteria.len; i++)
        if (ever_presumed(c->base, (sp_member){.index = i, .kind = SP_MEMBER_CRITERION},
                          &vocab->criteria.items[i].presumption))
            add_presumption(c, i, SP_NONE);
    for (uint32_t i = 0; i < vocab->facts.len; i++)
        if (ever_presumed(c->base, (sp_member){.index = i, .kind = SP_MEMBER_FACT},
                          &vocab->facts.items[i].presumption))
            add_presumption(c, SP_NONE, i);
}

const sp_place *sp_cover_place(const sp_coverage *c, const sp_cover_item *item)
{
    if (item->kind == SP_COVER_RULE_HOLDS || item->kind == SP_COVER_RULE_FAILS)
        return &c->base->rules.items[item->rule].place;
    if (item->cond != NULL)
        return &item->cond->place;
    return item->criterion != SP_NONE ? &c->base->vocab.criteria.items[item->criterion].place
                                      : &c->base->vocab.facts.items[item->fact].place;
}

/* qsort knows no context: the places are gathered beside the items. */
struct placed {
    sp_cover_item item;
    const sp_place *place;
};

static int compare_placed(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->item.kind != y->item.kind)
        return x->item.kind < y->item.kind ? -1 : 1;
    sp_str xname = x->place->input != NULL ? x->place->input->name : SP_EMPTY;
    sp_str yname = y->place->input != NULL ? y->place->input->name : SP_EMPTY;
    int order = sp_str_cmp(xname, yname);
    if (order != 0)
        return order;
    if (x->place->line != y->place->line)
        return x->place->line < y->place->line ? -1 : 1;
    return x->place->column < y->place->column ? -1 : x->place->column > y->place->column;
}

static void sort_items(sp_coverage *c)
{
    struct placed *all = calloc(c->items.len + 1, sizeof *all);
    if (all == NULL) {
        c->failed = true;
        return;
    }
    for (size_t i = 0; i < c->items.len; i++)
        all[i] = (struct placed){c->items.items[i], sp_cover_place(c, &c->items.items[i])};
    qsort(all, c->items.len, sizeof *all, compare_placed);
    for (size_t i = 0; i < c->items.len; i++)
        c->items.items[i] = all[i].item;
    free(all);
}

bool sp_coverage_init(sp_coverage *c, const sp_rulebase *base)
{
    *c = (sp_coverage){.base = base};
    c->of_criterion = malloc((base->vocab.criteria.len + 1) * sizeof *c->of_criterion);
    c->of_fact = malloc((base->vocab.facts.len + 1) * sizeof *c->of_fact);
    if (c->of_criterion == NULL || c->of_fact == NULL)
        return false;
    memset(c->of_criterion, 0xFF, (base->vocab.criteria.len + 1) * sizeof *c->of_criterion);
    memset(c->of_fact, 0xFF, (base->vocab.facts.len + 1) * sizeof *c->of_fact);
    for (uint32_t i = 0; i < base->rules.len; i++) {
        add_item(c, SP_COVER_RULE_HOLDS, i, base->rules.items[i].condition);
        add_item(c, SP_COVER_RULE_FAILS, i, base->rules.items[i].condition);
        add_parts(c, i, base->rules.items[i].condition);
    }
    add_presumptions(c);
    sort_items(c);
    for (uint32_t i = 0; i < c->items.len && !c->failed; i++) {
        const sp_cover_item *item = &c->items.items[i];
        if (item->criterion != SP_NONE)
            c->of_criterion[item->criterion] = i;
        if (item->fact != SP_NONE)
            c->of_fact[item->fact] = i;
    }
    return !c->failed;
}

void sp_coverage_free(sp_coverage *c)
{
    SP_VEC_FREE(&c->items);
    free(c->of_criterion);
    free(c->of_fact);
    *c = (sp_coverage){0};
}

/* --- what could be decided under a reading --- */

enum { CAN_HOLD = 1, CAN_FAIL = 2, CAN_BE_OPEN = 4 };

#define CAN_ALL (unsigned)(CAN_HOLD | CAN_FAIL | CAN_BE_OPEN)

static unsigned swapped(unsigned can)
{
    return (can & CAN_HOLD ? CAN_FAIL : 0u) | (can & CAN_FAIL ? CAN_HOLD : 0u) | (can & CAN_BE_OPEN);
}

/* Of parts joined by all_of. */
static unsigned all_of(const sp_network *net, const sp_net_node *n, const uint8_t *can, bool negated)
{
    bool hold = true, fail = false, open = false, settled = false;
    for (uint32_t i = 0; i < n->input_count; i++) {
        unsigned input = can[net->inputs.items[n->first_input + i]];
        input = negated ? swapped(input) : input;
        hold &= (input & CAN_HOLD) != 0;
        fail |= (input & CAN_FAIL) != 0;
        open |= (input & CAN_BE_OPEN) != 0;
        settled |= input == CAN_FAIL;
    }
    return (hold ? CAN_HOLD : 0u) | (fail ? CAN_FAIL : 0u) | (open && !settled ? CAN_BE_OPEN : 0u);
}

static unsigned at_least(const sp_network *net, const sp_net_node *n, const uint8_t *can)
{
    uint32_t hold = 0, fail = 0, open = 0;
    for (uint32_t i = 0; i < n->input_count; i++) {
        unsigned input = can[net->inputs.items[n->first_input + i]];
        hold += (input & CAN_HOLD) != 0;
        fail += (input & CAN_FAIL) != 0;
        open |= input & CAN_BE_OPEN;
    }
    return (hold >= n->n ? CAN_HOLD : 0u) | (n->input_count - fail < n->n ? CAN_FAIL : 0u) | open;
}

/* Only a parameter of the reading takes a possibility away; a fact can be stated either way or not at all, a list be of
 * any length. A criterion of which no rule speaks is a gap in the rules, not in the reading, and hides nothing here. */
static unsigned possible(const sp_network *net, const sp_net_node *n, const uint8_t *can)
{
    unsigned input = n->input_count > 0 ? can[net->inputs.items[n->first_input]] : 0;
    switch ((sp_net_kind)n->kind) {
    case SP_NET_CONST:
        return n->state == SP_HOLDS ? CAN_HOLD : n->state == SP_FAILS ? CAN_FAIL : CAN_ALL;
    case SP_NET_TRUTH:
    case SP_NET_COMPARE:
        return CAN_ALL;
    case SP_NET_LOOKUP:
        return n->negated ? swapped(input) : input;
    case SP_NET_ALL:
        return all_of(net, n, can, false);
    case SP_NET_ANY:
        return swapped(all_of(net, n, can, true));
    case SP_NET_NONE:
        return all_of(net, n, can, true);
    case SP_NET_AT_LEAST:
        return at_least(net, n, can);
    case SP_NET_SOME:
        return input | CAN_FAIL | CAN_BE_OPEN;
    case SP_NET_EVERY:
        return input | (n->state == SP_HOLDS ? CAN_HOLD : CAN_FAIL) | CAN_BE_OPEN;
    case SP_NET_PRESUME:
        return input | (n->state == SP_HOLDS ? CAN_HOLD : CAN_FAIL);
    }
    return 0;
}

/* By node what it can come to; loops are repeated until nothing is added. The caller frees it. */
static uint8_t *possibilities(const sp_network *net)
{
    uint8_t *can = calloc(net->nodes.len + 1, sizeof *can);
    bool changed = can != NULL;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < net->order.len; i++) {
            uint32_t node = net->order.items[i];
            uint8_t now = (uint8_t)(can[node] | possible(net, &net->nodes.items[node], can));
            changed |= now != can[node];
            can[node] = now;
        }
    }
    return can;
}

static void admit_fact(sp_coverage *c, const sp_network *net, const sp_path *path)
{
    if (path->hop_count == 0)
        return;
    const sp_hop *last = &net->hops.items[path->first_hop + path->hop_count - 1];
    if (last->kind != SP_HOP_FACT || c->of_fact[last->fact] == SP_NONE)
        return;
    sp_cover_item *item = &c->items.items[c->of_fact[last->fact]];
    if (net->fact_presumptions[last->fact]->if_open != SP_OPEN)
        item->counts = true;
    else
        item->switched_off = true;
}

/* A fact's presumption counts where a rule in force reads the fact. */
static void admit_facts(sp_coverage *c, const sp_network *net)
{
    for (size_t i = 0; i < net->nodes.len; i++) {
        const sp_net_node *n = &net->nodes.items[i];
        if (n->kind != SP_NET_TRUTH && n->kind != SP_NET_COMPARE)
            continue;
        admit_fact(c, net, &n->left);
        for (uint32_t k = 0; n->kind == SP_NET_COMPARE && k < n->cond->right_count; k++)
            if (n->cond->right[k].kind == SP_OPERAND_PATH)
                admit_fact(c, net, &n->right[k]);
    }
}

void sp_coverage_admit(sp_coverage *c, const sp_network *net)
{
    uint8_t *can = possibilities(net);
    if (can == NULL) {
        c->failed = true;
        return;
    }
    for (size_t i = 0; i < c->items.len; i++) {
        sp_cover_item *item = &c->items.items[i];
        uint32_t node = SP_NONE;
        unsigned needed = item->kind == SP_COVER_RULE_FAILS ? CAN_FAIL : CAN_HOLD;
        if (item->criterion != SP_NONE) {
            node = net->decided_nodes[item->criterion];
            needed = CAN_BE_OPEN;
        } else if (item->cond != NULL) {
            node = net->cond_nodes[item->cond->number];
        }
        if (node == SP_NONE)
            continue;
        bool presumed = item->criterion == SP_NONE ||
                        net->criterion_presumptions[item->criterion]->if_open != SP_OPEN;
        if (can[node] & needed && presumed)
            item->counts = true;
        else
            item->switched_off = true;
    }
    admit_facts(c, net);
    free(can);
}

/* --- what was decided --- */

static bool in_cases(const sp_run *run, uint32_t frame, uint32_t row, uint64_t cases)
{
    return cases >> sp_rows_case(&run->rows, frame, row) & 1;
}

static void note_cond(sp_cover_item *item, const sp_run *run, uint64_t cases)
{
    const sp_network *net = run->net;
    uint32_t node = net->cond_nodes[item->cond->number];
    sp_state wanted = item->kind == SP_COVER_RULE_FAILS ? SP_FAILS : SP_HOLDS;
    if (item->covered || node == SP_NONE)
        return;
    uint32_t frame = net->nodes.items[node].frame;
    for (uint32_t row = 0; row < run->rows.frames[frame].rows && !item->covered; row++)
        item->covered = sp_run_state(run, node, row) == wanted && in_cases(run, frame, row, cases);
}

static void note_criterion(sp_cover_item *item, const sp_run *run, uint64_t cases)
{
    const sp_network *net = run->net;
    uint32_t node = net->criterion_nodes[item->criterion], decided = net->decided_nodes[item->criterion];
    uint32_t frame = net->root_frames[item->criterion];
    for (uint32_t row = 0; row < run->rows.frames[frame].rows && !item->covered; row++)
        item->covered = sp_run_state(run, node, row) != sp_run_state(run, decided, row) &&
                        in_cases(run, frame, row, cases);
}

/* Marks the silent facts that a leaf, presuming, has read. */
static void note_targets(sp_coverage *c, const sp_targets *targets)
{
    for (size_t i = 0; i < targets->len; i++) {
        const sp_target *t = &targets->items[i];
        if (t->kind == SP_TARGET_OPEN && t->fact != SP_NONE && c->of_fact[t->fact] != SP_NONE)
            c->items.items[c->of_fact[t->fact]].covered = true;
    }
}

static void note_leaf(sp_coverage *c, sp_run *run, const sp_net_node *n, uint32_t row)
{
    sp_targets targets = {0};
    if (n->left.hop_count > 0)
        sp_rows_resolve(&run->rows, &n->left, n->frame, row, &targets);
    for (uint32_t i = 0; n->kind == SP_NET_COMPARE && i < n->cond->right_count; i++)
        if (n->cond->right[i].kind == SP_OPERAND_PATH)
            sp_rows_resolve(&run->rows, &n->right[i], n->frame, row, &targets);
    note_targets(c, &targets);
    SP_VEC_FREE(&targets);
}

static void note_leaves(sp_coverage *c, sp_run *run, uint64_t cases)
{
    const sp_network *net = run->net;
    for (uint32_t i = 0; i < net->nodes.len; i++) {
        const sp_net_node *n = &net->nodes.items[i];
        if (n->kind != SP_NET_TRUTH && n->kind != SP_NET_COMPARE)
            continue;
        for (uint32_t row = 0; row < run->rows.frames[n->frame].rows; row++)
            if (sp_run_presumed(run, i, row) && in_cases(run, n->frame, row, cases))
                note_leaf(c, run, n, row);
    }
}

void sp_coverage_note(sp_coverage *c, sp_run *run, uint64_t cases)
{
    for (size_t i = 0; i < c->items.len; i++) {
        sp_cover_item *item = &c->items.items[i];
        if (item->cond != NULL)
            note_cond(item, run, cases);
        else if (item->criterion != SP_NONE && !item->covered)
            note_criterion(item, run, cases);
    }
    note_leaves(c, run, cases);
    c->failed |= run->rows.failed;
}

sp_cover_count sp_coverage_count(const sp_coverage *c, sp_cover_kind kind)
{
    sp_cover_count count = {0, 0};
    for (size_t i = 0; i < c->items.len; i++) {
        const sp_cover_item *item = &c->items.items[i];
        if (!item->counts || (kind != SP_COVER_KINDS && item->kind != kind))
            continue;
        count.total++;
        count.covered += item->covered;
    }
    return count;
}
