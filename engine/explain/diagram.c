#include "explain/diagram.h"

#include <stdlib.h>
#include <string.h>

#include "base/shortage.h"

#define STATES 4u

void sp_diagrams_init(sp_diagrams *d, const uint32_t *answers, uint32_t questions, size_t limit)
{
    *d = (sp_diagrams){.answers = answers, .questions = questions, .limit = limit};
}

void sp_diagrams_free(sp_diagrams *d)
{
    SP_VEC_FREE(&d->nodes);
    SP_VEC_FREE(&d->edges);
    SP_VEC_FREE(&d->result_edges);
    sp_intern_free(&d->unique);
    sp_intern_free(&d->results);
    sp_buf_clear(&d->key);
}

static bool stopped(const sp_diagrams *d)
{
    return d->over || d->failed;
}

static const struct sp_diagram_node *node_of(const sp_diagrams *d, uint32_t edge)
{
    return &d->nodes.items[edge - STATES];
}

static uint32_t question_of(const sp_diagrams *d, uint32_t edge)
{
    return edge < STATES ? SP_NONE : node_of(d, edge)->question;
}

/* --- nodes --- */

static void key_begin(sp_diagrams *d)
{
    sp_buf_reset(&d->key);
}

static void key_number(sp_diagrams *d, uint32_t number)
{
    sp_buf_add(&d->key, (sp_str){(const char *)&number, sizeof number});
}

/* The node with these edges, which all lead past its question. */
static uint32_t make(sp_diagrams *d, uint32_t question, const uint32_t *edges)
{
    uint32_t count = d->answers[question], before = d->unique.count;
    bool same = true;
    for (uint32_t i = 1; i < count; i++)
        same &= edges[i] == edges[0];
    if (same || stopped(d))
        return edges[0];
    key_begin(d);
    key_number(d, question);
    sp_buf_add(&d->key, (sp_str){(const char *)edges, count * sizeof *edges});
    /* room first, so that there is a node for every number */
    uint32_t number = SP_NONE;
    if (!d->key.failed && SP_VEC_RESERVE(&d->nodes, 1) && SP_VEC_RESERVE(&d->edges, count))
        number = sp_intern_add(&d->unique, sp_buf_str(&d->key));
    if (number == SP_NONE) {
        d->failed = true;
        return edges[0];
    }
    if (number < before)
        return number + STATES;
    struct sp_diagram_node node = {question, (uint32_t)d->edges.len};
    d->failed |= !SP_VEC_PUSH(&d->nodes, node);
    for (uint32_t i = 0; i < count; i++)
        d->failed |= !SP_VEC_PUSH(&d->edges, edges[i]);
    d->over |= d->nodes.len > d->limit;
    return number + STATES;
}

/* An operation's result is kept under what stands in the key. */
static bool known(sp_diagrams *d, uint32_t *number, uint32_t *edge)
{
    uint32_t before = d->results.count;
    *number = SP_NONE;
    if (!d->key.failed && SP_VEC_RESERVE(&d->result_edges, 1))
        *number = sp_intern_add(&d->results, sp_buf_str(&d->key));
    if (*number == SP_NONE) {
        d->failed = true;
        *edge = 0;
        return true;
    }
    if (*number < before) {
        *edge = d->result_edges.items[*number];
        return true;
    }
    d->failed |= !SP_VEC_PUSH(&d->result_edges, 0);
    d->over |= d->result_edges.len > d->limit * 8;
    *edge = 0;
    return stopped(d);
}

static uint32_t keep(sp_diagrams *d, uint32_t number, uint32_t edge)
{
    if (!d->failed)
        d->result_edges.items[number] = edge;
    return edge;
}

/* The edge of a diagram whose first question is `question` or a later one. */
static uint32_t branch(const sp_diagrams *d, uint32_t edge, uint32_t question, uint32_t answer)
{
    return question_of(d, edge) == question ? d->edges.items[node_of(d, edge)->first + answer] : edge;
}

static uint32_t *edge_array(sp_diagrams *d, size_t count)
{
    uint32_t *edges = calloc(count + 1, sizeof *edges);
    d->failed |= edges == NULL;
    return edges;
}

enum operation { OP_CASE, OP_IS, OP_ALL, OP_GIVEN };

uint32_t sp_diagram_case(sp_diagrams *d, uint32_t question, const uint32_t *edges)
{
    uint32_t count = d->answers[question], first = SP_NONE, number, result;
    for (uint32_t i = 0; i < count; i++)
        if (question_of(d, edges[i]) < first)
            first = question_of(d, edges[i]);
    if (first > question || stopped(d))
        return make(d, question, edges);
    key_begin(d);
    key_number(d, OP_CASE);
    key_number(d, question);
    sp_buf_add(&d->key, (sp_str){(const char *)edges, count * sizeof *edges});
    if (known(d, &number, &result))
        return result;
    uint32_t *inner = edge_array(d, count), *outer = edge_array(d, d->answers[first]);
    for (uint32_t a = 0; a < d->answers[first] && !stopped(d); a++) {
        /* an answer to the very question that is asked here decides it */
        for (uint32_t i = 0; i < count; i++)
            inner[i] = branch(d, edges[i], first, first == question ? i : a);
        outer[a] = first == question ? inner[a] : sp_diagram_case(d, question, inner);
    }
    result = stopped(d) ? 0 : make(d, first, outer);
    free(inner);
    free(outer);
    return keep(d, number, result);
}

uint32_t sp_diagram_is(sp_diagrams *d, uint32_t edge, sp_state state)
{
    uint32_t number, result;
    if (edge < STATES || stopped(d))
        return edge == (uint32_t)state ? SP_HOLDS : SP_FAILS;
    key_begin(d);
    key_number(d, OP_IS);
    key_number(d, edge);
    key_number(d, state);
    if (known(d, &number, &result))
        return result;
    uint32_t question = question_of(d, edge);
    uint32_t *edges = edge_array(d, d->answers[question]);
    for (uint32_t a = 0; a < d->answers[question] && !stopped(d); a++)
        edges[a] = sp_diagram_is(d, branch(d, edge, question, a), state);
    result = stopped(d) ? 0 : make(d, question, edges);
    free(edges);
    return keep(d, number, result);
}

static uint32_t both(sp_diagrams *d, uint32_t a, uint32_t b)
{
    uint32_t number, result;
    if (a == SP_FAILS || b == SP_FAILS || stopped(d))
        return SP_FAILS;
    if (a == SP_HOLDS || a == b)
        return b;
    if (b == SP_HOLDS)
        return a;
    key_begin(d);
    key_number(d, OP_ALL);
    key_number(d, a < b ? a : b);
    key_number(d, a < b ? b : a);
    if (known(d, &number, &result))
        return result;
    uint32_t x = question_of(d, a), y = question_of(d, b), question = x < y ? x : y;
    uint32_t *edges = edge_array(d, d->answers[question]);
    for (uint32_t i = 0; i < d->answers[question] && !stopped(d); i++)
        edges[i] = both(d, branch(d, a, question, i), branch(d, b, question, i));
    result = stopped(d) ? 0 : make(d, question, edges);
    free(edges);
    return keep(d, number, result);
}

uint32_t sp_diagram_given(sp_diagrams *d, uint32_t edge, uint32_t question, uint32_t answer)
{
    uint32_t number, result, first = question_of(d, edge);
    if (first == SP_NONE || first > question || stopped(d))
        return edge;
    if (first == question)
        return branch(d, edge, question, answer);
    key_begin(d);
    key_number(d, OP_GIVEN);
    key_number(d, edge);
    key_number(d, question);
    key_number(d, answer);
    if (known(d, &number, &result))
        return result;
    uint32_t *edges = edge_array(d, d->answers[first]);
    for (uint32_t a = 0; a < d->answers[first] && !stopped(d); a++)
        edges[a] = sp_diagram_given(d, branch(d, edge, first, a), question, answer);
    result = stopped(d) ? 0 : make(d, first, edges);
    free(edges);
    return keep(d, number, result);
}

/* --- what a diagram says --- */

/* Nodes lead to nodes made before them, so that one sweep sees all. */
void sp_diagram_mark(const sp_diagrams *d, uint32_t edge, bool *matters)
{
    bool *reached = calloc(d->nodes.len + 1, sizeof *reached);
    if (reached == NULL)
        sp_shortage_note();
    if (edge >= STATES && reached != NULL)
        reached[edge - STATES] = true;
    for (size_t i = edge < STATES ? 0 : edge - STATES + 1; reached != NULL && i > 0; i--) {
        const struct sp_diagram_node *n = &d->nodes.items[i - 1];
        if (!reached[i - 1])
            continue;
        matters[n->question] = true;
        for (uint32_t a = 0; a < d->answers[n->question]; a++) {
            uint32_t to = d->edges.items[n->first + a];
            if (to >= STATES)
                reached[to - STATES] = true;
        }
    }
    free(reached);
}

void sp_diagram_shares(sp_diagrams *d, uint32_t edge, double shares[4])
{
    size_t count = edge < STATES ? 0 : edge - STATES + 1;
    double *share = calloc(count + 1, sizeof *share);
    d->failed |= share == NULL;
    memset(shares, 0, STATES * sizeof *shares);
    if (edge < STATES)
        shares[edge] = 1;
    else if (share != NULL)
        share[edge - STATES] = 1;
    for (size_t i = count; share != NULL && i > 0; i--) {
        const struct sp_diagram_node *n = &d->nodes.items[i - 1];
        for (uint32_t a = 0; share[i - 1] > 0 && a < d->answers[n->question]; a++) {
            uint32_t to = d->edges.items[n->first + a];
            double part = share[i - 1] / d->answers[n->question];
            if (to >= STATES)
                share[to - STATES] += part;
            else
                shares[to] += part;
        }
    }
    free(share);
}

uint32_t sp_diagram_states(sp_diagrams *d, uint32_t edge, bool silence)
{
    uint32_t states = edge < STATES ? 1u << edge : 0;
    bool *reached = calloc(d->nodes.len + 1, sizeof *reached);
    d->failed |= reached == NULL;
    if (edge >= STATES && reached != NULL)
        reached[edge - STATES] = true;
    for (size_t i = edge < STATES ? 0 : edge - STATES + 1; reached != NULL && i > 0; i--) {
        const struct sp_diagram_node *n = &d->nodes.items[i - 1];
        uint32_t answers = d->answers[n->question] - !silence;
        for (uint32_t a = 0; reached[i - 1] && a < answers; a++) {
            uint32_t to = d->edges.items[n->first + a];
            if (to >= STATES)
                reached[to - STATES] = true;
            else
                states |= 1u << to;
        }
    }
    free(reached);
    return states;
}

/* --- smallest sets --- */

struct set_maker {
    sp_diagrams *d;
    sp_arena *arena;
    bool whatever;
    size_t most, work;
};

/* Is every answer of a among those of b? Both by number of the question. */
static bool within(const sp_picks *a, const sp_picks *b)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < b->count && at < a->count; i++)
        at += b->items[i].question == a->items[at].question && b->items[i].answer == a->items[at].answer;
    return at == a->count;
}

static bool add_set(struct set_maker *m, sp_pick_sets *sets, const sp_pick *first, const sp_picks *rest)
{
    uint32_t count = rest->count + (first != NULL);
    sp_pick *items = SP_NEW_ARRAY(m->arena, sp_pick, count);
    if (items == NULL || sets->len >= m->most) {
        m->d->failed |= items == NULL;
        return false;
    }
    if (first != NULL)
        items[0] = *first;
    if (rest->count > 0)
        memcpy(items + (first != NULL), rest->items, rest->count * sizeof *items);
    sp_picks set = {items, count};
    if (!SP_VEC_PUSH(sets, set)) {
        m->d->failed = true;
        return false;
    }
    return true;
}

/* A set without an answer to the first question must do for each of its answers, or for silence; one with an answer is
 * smallest if it does for that answer, and nothing in it does without (after Coudert and Madre 1992). */
static bool find_sets(struct set_maker *m, uint32_t edge, uint32_t size, sp_pick_sets *sets)
{
    sp_diagrams *d = m->d;
    static const sp_picks none = {NULL, 0};
    if (d->failed) /* then this may be no yes-or-no diagram */
        return false;
    if (edge == SP_HOLDS)
        return add_set(m, sets, NULL, &none);
    if (edge == SP_FAILS || size == 0)
        return true;
    if (++m->work > d->limit)
        return false;
    uint32_t question = question_of(d, edge), answers = d->answers[question] - 1;
    uint32_t all = m->whatever ? SP_HOLDS : branch(d, edge, question, answers);
    for (uint32_t a = 0; a < answers && m->whatever; a++)
        all = both(d, all, branch(d, edge, question, a));
    size_t start = sets->len;
    if (stopped(d) || !find_sets(m, all, size, sets))
        return false;
    size_t general = sets->len;
    bool ok = true;
    for (uint32_t a = 0; a < answers && ok; a++) {
        sp_pick_sets own = {0};
        sp_pick pick = {question, a};
        ok = find_sets(m, branch(d, edge, question, a), size - 1, &own);
        for (size_t i = 0; i < own.len && ok; i++) {
            bool smaller = false;
            for (size_t k = start; k < general && !smaller; k++)
                smaller = within(&sets->items[k], &own.items[i]);
            ok = smaller || add_set(m, sets, &pick, &own.items[i]);
        }
        SP_VEC_FREE(&own);
    }
    return ok;
}

bool sp_diagram_sets(sp_diagrams *d, uint32_t edge, bool whatever, uint32_t size, size_t most,
                     sp_arena *arena, sp_pick_sets *sets)
{
    struct set_maker m = {.d = d, .arena = arena, .whatever = whatever, .most = most};
    sets->len = 0;
    return find_sets(&m, edge, size, sets);
}

bool sp_diagram_sure(sp_diagrams *d, uint32_t edge, const sp_picks *picks)
{
    for (uint32_t i = 0; i < picks->count; i++)
        edge = sp_diagram_given(d, edge, picks->items[i].question, picks->items[i].answer);
    return sp_diagram_states(d, edge, false) == 1u << SP_HOLDS;
}
