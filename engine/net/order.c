/* Tarjan's strongly connected components, with a stack of its own: a chain of rules may be as long as the rule base. */
#include "net/order.h"

#include <stdlib.h>

struct visit {
    uint32_t node, next_input;
};

struct tarjan {
    sp_network *net;
    sp_diags *diags;
    uint32_t *number, *low; /* 0: not visited */
    uint32_t *component;    /* SP_NONE until its component is complete */
    uint32_t *stack;
    struct visit *path;
    size_t stack_len, path_len;
    uint32_t counter;
    bool failed;
};

static bool positive(const sp_net_node *node)
{
    return node->kind != SP_NET_NONE && node->kind != SP_NET_PRESUME && !node->negated;
}

static void name_criterion(const struct tarjan *t, uint32_t node, sp_buf *b)
{
    const sp_net_node *n = &t->net->nodes.items[node];
    const sp_vocab *vocab = &t->net->base->vocab;
    const sp_criterion *criterion = &vocab->criteria.items[n->criterion];
    if (b->len > 0)
        sp_buf_add_cstr(b, " -> ");
    sp_buf_printf(b, "%.*s.%.*s", SP_STR(vocab->entities.items[criterion->entity].name),
                  SP_STR(criterion->name));
}

static bool is_criterion(const struct tarjan *t, uint32_t node)
{
    const sp_net_node *n = &t->net->nodes.items[node];
    return n->kind == SP_NET_ANY && t->net->decided_nodes[n->criterion] == node;
}

/* Breadth first from the bad node back to itself inside its component; the criteria on the way are the cycle. */
static void report_cycle(struct tarjan *t, uint32_t bad)
{
    sp_network *net = t->net;
    size_t count = net->nodes.len;
    uint32_t *from = malloc(count * sizeof *from), *queue = malloc(count * sizeof *queue);
    size_t head = 0, tail = 0;
    if (from == NULL || queue == NULL) {
        t->failed = true;
        free(from);
        free(queue);
        return;
    }
    for (size_t i = 0; i < count; i++)
        from[i] = SP_NONE;
    queue[tail++] = bad;
    while (head < tail && from[bad] == SP_NONE) {
        const sp_net_node *n = &net->nodes.items[queue[head]];
        for (uint32_t i = 0; i < n->input_count; i++) {
            uint32_t input = net->inputs.items[n->first_input + i];
            if (t->component[input] != t->component[bad] || from[input] != SP_NONE)
                continue;
            from[input] = queue[head];
            if (input != bad)
                queue[tail++] = input;
        }
        head++;
    }
    /* walking back from the bad node lists the cycle from what it needs to what needs it, so collect and turn */
    sp_buf cycle = {0};
    size_t length = 0;
    for (uint32_t at = from[bad]; at != bad && at != SP_NONE; at = from[at])
        queue[length++] = at;
    uint32_t first = SP_NONE;
    for (size_t i = length; i-- > 0;)
        if (is_criterion(t, queue[i])) {
            if (first == SP_NONE)
                first = queue[i];
            name_criterion(t, queue[i], &cycle);
        }
    if (first != SP_NONE)
        name_criterion(t, first, &cycle);
    const sp_net_node *node = &net->nodes.items[bad];
    sp_place place = {0};
    if (node->cond != NULL)
        place = node->cond->place;
    else if (first != SP_NONE)
        place = net->base->vocab.criteria.items[net->nodes.items[first].criterion].place;
    sp_diags_add(t->diags, SP_ERROR, SP_DIAG_CYCLE, place, "a criterion depends on itself through %s: %.*s",
                 node->kind == SP_NET_PRESUME ? "a presumption" : "an exception or a negation",
                 SP_STR(sp_buf_str(&cycle)));
    sp_buf_clear(&cycle);
    free(from);
    free(queue);
}

static bool reads_itself(const struct tarjan *t, uint32_t node)
{
    const sp_net_node *n = &t->net->nodes.items[node];
    for (uint32_t i = 0; i < n->input_count; i++)
        if (t->net->inputs.items[n->first_input + i] == node)
            return true;
    return false;
}

/* The component whose root is on top of the path: off the stack and into the order. */
static void finish_component(struct tarjan *t, uint32_t root)
{
    sp_network *net = t->net;
    sp_net_step step = {.first = (uint32_t)net->order.len};
    uint32_t node;
    do {
        node = t->stack[--t->stack_len];
        t->component[node] = root;
        t->failed |= !SP_VEC_PUSH(&net->order, node);
        step.count++;
    } while (node != root && !t->failed);
    step.recursive = step.count > 1 || reads_itself(t, root);
    if (!step.recursive && net->steps.len > 0 && !net->steps.items[net->steps.len - 1].recursive) {
        net->steps.items[net->steps.len - 1].count++;
        return;
    }
    t->failed |= !SP_VEC_PUSH(&net->steps, step);
    for (uint32_t i = 0; i < step.count && step.recursive && !t->failed; i++) {
        uint32_t member = net->order.items[step.first + i];
        if (!positive(&net->nodes.items[member])) {
            report_cycle(t, member);
            break;
        }
    }
}

static void enter(struct tarjan *t, uint32_t node)
{
    t->number[node] = t->low[node] = ++t->counter;
    t->stack[t->stack_len++] = node;
    t->path[t->path_len++] = (struct visit){node, 0};
}

static void search(struct tarjan *t, uint32_t start)
{
    sp_network *net = t->net;
    enter(t, start);
    while (t->path_len > 0 && !t->failed) {
        struct visit *v = &t->path[t->path_len - 1];
        const sp_net_node *n = &net->nodes.items[v->node];
        if (v->next_input < n->input_count) {
            uint32_t input = net->inputs.items[n->first_input + v->next_input++];
            if (t->number[input] == 0)
                enter(t, input);
            else if (t->component[input] == SP_NONE && t->number[input] < t->low[v->node])
                t->low[v->node] = t->number[input];
            continue;
        }
        uint32_t node = v->node;
        if (t->low[node] == t->number[node])
            finish_component(t, node);
        t->path_len--;
        if (t->path_len > 0) {
            uint32_t above = t->path[t->path_len - 1].node;
            if (t->component[node] == SP_NONE && t->low[node] < t->low[above])
                t->low[above] = t->low[node];
        }
    }
}

bool sp_network_order(sp_network *net, sp_diags *diags)
{
    size_t count = net->nodes.len;
    struct tarjan t = {.net = net, .diags = diags};
    t.number = calloc(count + 1, sizeof *t.number);
    t.low = calloc(count + 1, sizeof *t.low);
    t.component = malloc((count + 1) * sizeof *t.component);
    t.stack = malloc((count + 1) * sizeof *t.stack);
    t.path = malloc((count + 1) * sizeof *t.path);
    t.failed = t.number == NULL || t.low == NULL || t.component == NULL || t.stack == NULL ||
               t.path == NULL;
    for (size_t i = 0; i < count && !t.failed; i++)
        t.component[i] = SP_NONE;
    for (uint32_t i = 0; i < count && !t.failed; i++)
        if (t.number[i] == 0)
            search(&t, i);
    free(t.number);
    free(t.low);
    free(t.component);
    free(t.stack);
    free(t.path);
    return !t.failed;
}
