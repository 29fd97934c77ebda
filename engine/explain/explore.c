#include "explain/explore.h"

#include "surplace/limits.h"

void sp_explorer_free(sp_explorer *e)
{
    sp_frontier_walk_free(&e->walk);
    sp_frontier_free(&e->frontier);
    SP_VEC_FREE(&e->nodes);
    SP_VEC_FREE(&e->edges);
    SP_VEC_FREE(&e->asked);
    SP_VEC_FREE(&e->beneath);
    SP_VEC_FREE(&e->first_asked);
    SP_VEC_FREE(&e->changes);
    sp_intern_free(&e->keys);
}

/* The answers on the way to a node, and one more. */
static void changes_of(sp_explorer *e, uint32_t node, uint32_t answer)
{
    e->changes.len = 0;
    for (uint32_t at = node, given = answer; given != SP_NONE && !e->failed;) {
        const sp_question *q = &e->questions->items.items[e->nodes.items[at].question];
        sp_change silence = {.kind = SP_CHANGE_NONE, .fact = q->fact, .row = q->row};
        e->failed |= !SP_VEC_PUSH(&e->changes,
                                  given < q->answer_count ? q->answers[given].change : silence);
        given = e->nodes.items[at].answer;
        at = e->nodes.items[at].parent;
    }
}

/* Notes that the verdict hangs directly on some questions: what was passed over beneath a presumption must then be
 * asked there too. */
static void note_asked(sp_explorer *e)
{
    while (e->asked.len < e->questions->items.len && !e->failed)
        e->failed |= !SP_VEC_PUSH(&e->asked, false) || !SP_VEC_PUSH(&e->beneath, false);
    for (size_t i = 0; i < e->frontier.beneath.len && !e->failed; i++)
        e->beneath.items[e->frontier.beneath.items[i]] = true;
    for (size_t i = 0; i < e->frontier.asked.len && !e->failed; i++)
        if (!e->asked.items[e->frontier.asked.items[i]]) {
            e->asked.items[e->frontier.asked.items[i]] = true;
            e->questions->grown = true;
        }
}

bool sp_explore_last(const sp_questions *questions, uint32_t question)
{
    const sp_vocab *vocab = questions->what->base->vocab;
    sp_type type = vocab->facts.items[questions->items.items[question].fact].type;
    return type.kind == SP_ENTITY && vocab->entities.items[type.index].collection.len > 0;
}

static uint32_t earlier(const sp_explorer *e, uint32_t a, uint32_t b)
{
    if (a == SP_NONE || b == SP_NONE)
        return a == SP_NONE ? b : a;
    bool x = sp_explore_last(e->questions, a), y = sp_explore_last(e->questions, b);
    return x != y ? (x ? b : a) : a < b ? a : b;
}

/* In one order everywhere, so that what is left over is often the same. */
static uint32_t next_question(const sp_explorer *e)
{
    uint32_t next = SP_NONE;
    for (size_t i = 0; i < e->frontier.asked.len; i++)
        next = earlier(e, next, e->frontier.asked.items[i]);
    for (size_t i = 0; i < e->frontier.beneath.len && e->frontier.asked.len == 0; i++)
        if (e->asked.items[e->frontier.beneath.items[i]])
            next = earlier(e, next, e->frontier.beneath.items[i]);
    return next;
}

/* The node for what an evaluated lane hangs on, once a question more has been answered or passed over. */
static uint32_t one_node(sp_explorer *e, uint32_t lane, uint32_t parent, uint32_t answer, bool *fresh)
{
    sp_explore_node node = {.question = SP_NONE, .parent = parent, .answer = answer};
    uint32_t before = e->keys.count;
    uint32_t root = sp_whatif_root_row(e->what, lane, e->criterion, e->row, e->with_row);
    node.state = (uint8_t)sp_whatif_state(e->what, lane, e->criterion, e->row, e->with_row, &node.presumed);
    changes_of(e, parent, answer);
    e->walk.asked_anywhere = e->asked.items;
    e->walk.asked_count = e->asked.len;
    sp_frontier_find(&e->walk, e->criterion, root, e->changes.items, e->changes.len, &e->frontier);
    note_asked(e);
    uint32_t number = sp_intern_add(&e->keys, sp_buf_str(&e->frontier.key));
    e->failed |= number == SP_NONE || e->walk.failed;
    *fresh = !e->failed && number >= before;
    if (!*fresh)
        return number;
    node.question = next_question(e);
    node.beyond = e->frontier.beyond;
    node.hides = e->frontier.hides;
    node.first = (uint32_t)e->edges.len;
    if (node.question != SP_NONE)
        for (uint32_t a = 0; a <= e->questions->items.items[node.question].answer_count; a++)
            e->failed |= !SP_VEC_PUSH(&e->edges, SP_NONE);
    e->failed |= !SP_VEC_PUSH(&e->nodes, node);
    return number;
}

/* The same, and the nodes of silence that follow: nothing else being said, the same lane shows them. */
static uint32_t node_of_lane(sp_explorer *e, uint32_t lane, uint32_t parent, uint32_t answer)
{
    bool fresh;
    uint32_t first = one_node(e, lane, parent, answer, &fresh);
    for (uint32_t at = first; fresh && !e->failed && e->nodes.items[at].question != SP_NONE;) {
        uint32_t silence = e->questions->items.items[e->nodes.items[at].question].answer_count;
        uint32_t next = one_node(e, lane, at, silence, &fresh);
        if (e->failed)
            break;
        e->edges.items[e->nodes.items[at].first + silence] = next;
        at = next;
    }
    return first;
}

/* A lane that is being filled: where it comes from. */
struct task {
    uint32_t node, answer, edge;
};

static surplace_status run_tasks(sp_explorer *e, const struct task *tasks, uint32_t count,
                                 const char **what)
{
    surplace_status status = sp_whatif_run(e->what, what);
    for (uint32_t i = 0; i < count && status == SURPLACE_OK; i++) {
        uint32_t node = node_of_lane(e, i, tasks[i].node, tasks[i].answer);
        if (e->failed)
            return SURPLACE_NO_MEMORY;
        e->edges.items[tasks[i].edge] = node;
    }
    sp_whatif_reset(e->what);
    return status;
}

static surplace_status start(sp_explorer *e, const char **what)
{
    e->nodes.len = e->edges.len = 0;
    sp_intern_reset(&e->keys);
    sp_whatif_reset(e->what);
    sp_whatif_add(e->what, NULL, 0);
    surplace_status status = sp_whatif_run(e->what, what);
    if (status == SURPLACE_OK)
        node_of_lane(e, 0, 0, SP_NONE);
    sp_whatif_reset(e->what);
    e->first_asked.len = 0;
    for (size_t i = 0; i < e->frontier.asked.len; i++)
        e->failed |= !SP_VEC_PUSH(&e->first_asked, e->frontier.asked.items[i]);
    return e->failed ? SURPLACE_NO_MEMORY : status;
}

/* All nodes there are, in the order in which they are found; stops early where it has to begin again. */
static surplace_status pass(sp_explorer *e, const char **what)
{
    struct task tasks[SP_BATCH_CASES];
    uint32_t waiting = 0;
    surplace_status status = start(e, what);
    for (uint32_t at = 0; status == SURPLACE_OK && !e->questions->grown; at++) {
        /* the last nodes wait for the lanes that may add more */
        if (at == e->nodes.len && waiting > 0) {
            status = run_tasks(e, tasks, waiting, what);
            waiting = 0;
        }
        if (at == e->nodes.len || status != SURPLACE_OK)
            break;
        uint32_t question = e->nodes.items[at].question;
        uint32_t answers = question == SP_NONE ? 0 : e->questions->items.items[question].answer_count;
        for (uint32_t a = 0; a < answers && status == SURPLACE_OK; a++) {
            tasks[waiting] = (struct task){at, a, e->nodes.items[at].first + a};
            changes_of(e, at, a);
            if (e->failed)
                return SURPLACE_NO_MEMORY;
            sp_whatif_add(e->what, e->changes.items, e->changes.len);
            if (++waiting == SP_BATCH_CASES) {
                status = run_tasks(e, tasks, waiting, what);
                waiting = 0;
            }
        }
        if (e->walk.too_deep) {
            *what = "depth of reasons";
            status = SURPLACE_LIMIT;
        } else if (e->questions->items.len > SURPLACE_MAX_OPEN_QUESTIONS) {
            *what = "open questions";
            status = SURPLACE_LIMIT;
        } else if (e->what->lanes_run > SURPLACE_MAX_WHAT_IFS) {
            *what = "what-ifs";
            status = SURPLACE_LIMIT;
        }
    }
    return status;
}

surplace_status sp_explore(sp_explorer *e, const char **what)
{
    surplace_status status = SURPLACE_OK;
    sp_frontier_walk_init(&e->walk, e->questions);
    do {
        sp_questions_answer(e->questions);
        status = e->questions->failed ? SURPLACE_NO_MEMORY : pass(e, what);
    } while (status == SURPLACE_OK && e->questions->grown);
    return e->failed || e->questions->failed || e->what->failed ? SURPLACE_NO_MEMORY : status;
}
