#include "explain/settle.h"

#include <stdlib.h>
#include <string.h>

#include "base/shortage.h"

#include "surplace/limits.h"

/* What is worked out for one settlement. */
struct settler {
    sp_settlement *s;
    sp_explorer explorer;
    sp_diagrams d;
    uint32_t *position,
        *question_at; /* the diagrams' order of questions, that of the exploration; and back */
    uint32_t *edges;  /* by node of the explorer: its diagram, or SP_NONE */
    sp_supporter supporter;
    sp_support support;
};

/* --- the diagram --- */

/* The order in which the exploration asks, so that its nodes are those of the diagram or nearly so. */
static uint32_t *order_questions(struct settler *t)
{
    const sp_questions *q = &t->s->questions;
    uint32_t *counts = SP_NEW_ARRAY(&t->s->arena, uint32_t, q->items.len), n = 0;
    t->position = SP_NEW_ARRAY(&t->s->arena, uint32_t, q->items.len);
    t->question_at = SP_NEW_ARRAY(&t->s->arena, uint32_t, q->items.len);
    for (int last = 0; last < 2 && !t->s->arena.failed; last++)
        for (uint32_t i = 0; i < q->items.len; i++)
            if (sp_explore_last(q, i) == (last == 1)) {
                t->position[i] = n;
                t->question_at[n] = i;
                counts[n++] = q->items.items[i].answer_count + 1; /* and silence */
            }
    return counts;
}

/* Depth is bounded: every step asks another question (SURPLACE_MAX_OPEN_QUESTIONS). */
static uint32_t edge_of(struct settler *t, uint32_t node)
{
    const sp_explore_node *n = &t->explorer.nodes.items[node];
    if (t->edges[node] != SP_NONE)
        return t->edges[node];
    if (n->question == SP_NONE)
        return t->edges[node] = n->state;
    uint32_t count = t->d.answers[t->position[n->question]];
    uint32_t *edges = calloc(count + 1, sizeof *edges);
    if (edges == NULL) {
        t->d.failed = true;
        return n->state;
    }
    for (uint32_t a = 0; a < count; a++)
        edges[a] = edge_of(t, t->explorer.edges.items[n->first + a]);
    t->edges[node] = sp_diagram_case(&t->d, t->position[n->question], edges);
    free(edges);
    return t->edges[node];
}

/* --- order --- */

struct ranked {
    sp_str entity, address;
    uint32_t fact, question;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    int order = sp_str_cmp(x->entity, y->entity);
    if (order != 0)
        return order;
    if (x->fact != y->fact)
        return x->fact < y->fact ? -1 : 1;
    return sp_str_cmp(x->address, y->address);
}

/* The order of rows is that of the file, and means nothing: facts of one entity stand as declared, then by address. */
static uint32_t *rank_questions(sp_settlement *s, const sp_questions *q)
{
    const sp_vocab *vocab = s->what.base->vocab;
    struct ranked *list = SP_NEW_ARRAY(&s->arena, struct ranked, q->items.len);
    uint32_t *rank = SP_NEW_ARRAY(&s->arena, uint32_t, q->items.len);
    if (s->arena.failed)
        return NULL;
    for (uint32_t i = 0; i < q->items.len; i++) {
        const sp_question *question = &q->items.items[i];
        sp_str entity = vocab->entities.items[vocab->facts.items[question->fact].entity].name;
        list[i] = (struct ranked){entity, question->address, question->fact, i};
    }
    qsort(list, q->items.len, sizeof *list, compare_ranked);
    for (uint32_t i = 0; i < q->items.len; i++)
        rank[list[i].question] = i;
    return rank;
}

/* --- sets of answers --- */

static const sp_answer *answer_of(const sp_settlement *s, const sp_pick *pick)
{
    return &s->questions.items.items[pick->question].answers[pick->answer];
}

/* Puts the answers into the order for a reader. */
static void sort_picks(const sp_settlement *s, sp_pick *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        sp_pick pick = items[i];
        uint32_t at = i;
        for (; at > 0 && (s->rank[items[at - 1].question] > s->rank[pick.question] ||
                          (items[at - 1].question == pick.question && items[at - 1].answer > pick.answer));
             at--)
            items[at] = items[at - 1];
        items[at] = pick;
    }
}

static int compare_picks(const sp_settlement *s, const sp_settling *a, const sp_settling *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (uint32_t i = 0; i < a->picks.count && i < b->picks.count; i++) {
        const sp_pick *x = &a->picks.items[i], *y = &b->picks.items[i];
        if (x->question != y->question)
            return s->rank[x->question] < s->rank[y->question] ? -1 : 1;
        if (x->answer != y->answer)
            return x->answer < y->answer ? -1 : 1;
    }
    return a->picks.count < b->picks.count ? -1 : a->picks.count > b->picks.count;
}

/* Merge sort: qsort has no context. */
static void sort_sets(const sp_settlement *s, sp_settlings *list)
{
    sp_settling *scratch = calloc(list->len + 1, sizeof *scratch);
    if (scratch == NULL)
        sp_shortage_note();
    for (size_t width = 1; scratch != NULL && width < list->len; width *= 2) {
        for (size_t at = 0; at < list->len; at += 2 * width) {
            size_t mid = at + width < list->len ? at + width : list->len;
            size_t end = at + 2 * width < list->len ? at + 2 * width : list->len;
            for (size_t i = at, j = mid, k = at; k < end; k++)
                scratch[k] = j >= end ||
                                     (i < mid && compare_picks(s, &list->items[i], &list->items[j]) <= 0)
                                 ? list->items[i++]
                                 : list->items[j++];
        }
        memcpy(list->items, scratch, list->len * sizeof *scratch);
    }
    free(scratch);
}

static bool has_pick(const sp_picks *set, sp_pick pick)
{
    for (uint32_t i = 0; i < set->count; i++)
        if (set->items[i].question == pick.question && set->items[i].answer == pick.answer)
            return true;
    return false;
}

/* Is there the same set with another answer to one question? */
static bool has_variant(const sp_pick_sets *sets, const sp_picks *set, uint32_t at, uint32_t answer)
{
    for (size_t k = 0; k < sets->len; k++) {
        bool same = sets->items[k].count == set->count &&
                    has_pick(&sets->items[k], (sp_pick){set->items[at].question, answer});
        for (uint32_t j = 0; j < set->count && same; j++)
            same = j == at || has_pick(&sets->items[k], set->items[j]);
        if (same)
            return true;
    }
    return false;
}

/* "This member, and perhaps more" says less than "this member and no other", or than "these members", where it is
 * enough. */
static bool says_too_much(const struct settler *t, const sp_pick_sets *sets, const sp_picks *set)
{
    for (uint32_t i = 0; i < set->count; i++) {
        const sp_question *q = &t->s->questions.items.items[t->question_at[set->items[i].question]];
        const sp_change *change = &q->answers[set->items[i].answer].change;
        if (change->kind != SP_CHANGE_MEMBERS || change->member_count == 0)
            continue;
        for (uint32_t a = 0; a < q->answer_count; a++) {
            const sp_change *less = &q->answers[a].change;
            bool part = less->member_count == 1 && !less->complete &&
                        (change->complete || change->member_count > 1);
            bool within = false;
            for (uint32_t m = 0; m < change->member_count && part; m++)
                within |= change->members[m] == less->members[0];
            if (within && has_variant(sets, set, i, a))
                return true;
        }
    }
    return false;
}

static void note_presumptions(struct settler *t, uint32_t root, sp_settling *set)
{
    sp_supporter_collect(&t->supporter, t->s->criterion, root, &t->support);
    size_t count = t->support.presumptions.len;
    sp_presumed_name *names = SP_NEW_ARRAY(&t->s->arena, sp_presumed_name, count);
    for (size_t i = 0; i < count && names != NULL; i++) {
        const sp_presumed *p = &t->support.presumptions.items[i];
        sp_presumed_name name = {p->criterion, p->criterion != SP_NONE ? SP_NONE : p->fact.fact};
        bool again = false;
        for (uint32_t k = 0; k < set->presumption_count; k++)
            again |= names[k].criterion == name.criterion && names[k].fact == name.fact;
        if (!again)
            names[set->presumption_count++] = name;
    }
    set->presumptions = names;
    t->s->failed |= t->supporter.failed;
}

/* Runs the sets of one batch: does the evaluator decide by them alone? */
static surplace_status try_sets(struct settler *t, sp_settling *sets, uint32_t count, sp_state state,
                                const char **what)
{
    sp_settlement *s = t->s;
    sp_whatif_reset(&s->what);
    for (uint32_t i = 0; i < count; i++) {
        sp_change *changes = SP_NEW_ARRAY(&s->arena, sp_change, sets[i].picks.count);
        for (uint32_t k = 0; k < sets[i].picks.count && changes != NULL; k++)
            changes[k] = answer_of(s, &sets[i].picks.items[k])->change;
        if (changes == NULL)
            return SURPLACE_NO_MEMORY;
        sp_whatif_add(&s->what, changes, sets[i].picks.count);
    }
    surplace_status status = sp_whatif_run(&s->what, what);
    if (status != SURPLACE_OK)
        return status;
    sp_explainer ex = {.run = &s->what.run, .base = s->what.run.net->base};
    if (!sp_supporter_begin(&t->supporter, &ex))
        return SURPLACE_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        bool presumed;
        sets[i].evaluated = sp_whatif_state(&s->what, i, s->criterion, s->row, s->with_row, &presumed) ==
                            state;
        if (sets[i].evaluated && presumed)
            note_presumptions(t, sp_whatif_root_row(&s->what, i, s->criterion, s->row, s->with_row),
                              &sets[i]);
    }
    s->failed |= ex.failed;
    sp_explainer_free(&ex);
    return s->failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
}

/* Do two sets differ in the answers to this question only? */
static bool joinable(const sp_settling *a, const sp_settling *b, uint32_t question)
{
    uint32_t i = 0, j = 0;
    if (a->evaluated != b->evaluated || a->proven != b->proven ||
        a->presumption_count != b->presumption_count || a->count != b->count)
        return false;
    for (uint32_t k = 0; k < a->presumption_count; k++)
        if (a->presumptions[k].criterion != b->presumptions[k].criterion ||
            a->presumptions[k].fact != b->presumptions[k].fact)
            return false;
    bool asked = false;
    for (;;) {
        while (i < a->picks.count && a->picks.items[i].question == question) {
            i++;
            asked = true;
        }
        while (j < b->picks.count && b->picks.items[j].question == question)
            j++;
        if (i == a->picks.count || j == b->picks.count)
            return asked && i == a->picks.count && j == b->picks.count;
        if (a->picks.items[i].question != b->picks.items[j].question ||
            a->picks.items[i].answer != b->picks.items[j].answer)
            return false;
        i++;
        j++;
    }
}

static void join(sp_settlement *s, sp_settling *a, const sp_settling *b, uint32_t question)
{
    sp_pick *items = SP_NEW_ARRAY(&s->arena, sp_pick, a->picks.count + b->picks.count);
    uint32_t n = 0;
    if (items == NULL)
        return;
    for (uint32_t i = 0; i < a->picks.count; i++)
        items[n++] = a->picks.items[i];
    for (uint32_t i = 0; i < b->picks.count; i++)
        if (b->picks.items[i].question == question)
            items[n++] = b->picks.items[i];
    sort_picks(s, items, n);
    a->picks = (sp_picks){items, n};
}

/* Sets that differ in the answer to one question are told as one: any of these answers. */
static void join_sets(sp_settlement *s, sp_settlings *list)
{
    for (uint32_t question = 0; question < s->questions.items.len; question++)
        for (size_t i = 0; i < list->len; i++)
            for (size_t k = i + 1; k < list->len;) {
                if (!joinable(&list->items[i], &list->items[k], question)) {
                    k++;
                    continue;
                }
                join(s, &list->items[i], &list->items[k], question);
                memmove(&list->items[k], &list->items[k + 1], (list->len - k - 1) * sizeof *list->items);
                list->len--;
            }
}

/* All smallest sets, or where there are too many those of the smaller sizes. */
static bool smallest_sets(struct settler *t, uint32_t edge, bool whatever, sp_pick_sets *sets)
{
    uint32_t most = (uint32_t)t->s->questions.items.len, size = 1;
    sp_arena *arena = &t->s->arena;
    if (sp_diagram_sets(&t->d, edge, whatever, most, SURPLACE_MAX_SETTLING_SETS, arena, sets) ||
        t->d.failed)
        return true;
    while (size < most && !t->d.failed &&
           sp_diagram_sets(&t->d, edge, whatever, size, SURPLACE_MAX_SETTLING_SETS, arena, sets))
        size++;
    sp_diagram_sets(&t->d, edge, whatever, size - 1, SURPLACE_MAX_SETTLING_SETS, arena, sets);
    return false;
}

static bool listed(const sp_settlings *list, const sp_picks *set)
{
    for (size_t i = 0; i < list->len; i++) {
        bool same = list->items[i].picks.count == set->count;
        for (uint32_t k = 0; k < set->count && same; k++)
            same = has_pick(&list->items[i].picks, set->items[k]);
        if (same)
            return true;
    }
    return false;
}

/* Adds the smallest sets of one kind that are not there yet. True if there are more. */
static bool gather_sets(struct settler *t, uint32_t edge, bool whatever, sp_settlings *list)
{
    sp_settlement *s = t->s;
    sp_pick_sets sets = {0};
    bool more = !smallest_sets(t, edge, whatever, &sets);
    for (size_t i = 0; i < sets.len && !s->failed; i++) {
        sp_settling set = {.count = sets.items[i].count};
        if (says_too_much(t, &sets, &sets.items[i]))
            continue;
        sp_pick *items = SP_NEW_ARRAY(&s->arena, sp_pick, set.count);
        if (items == NULL)
            break;
        for (uint32_t k = 0; k < set.count; k++)
            items[k] = (sp_pick){t->question_at[sets.items[i].items[k].question],
                                 sets.items[i].items[k].answer};
        set.proven = sp_diagram_sure(&t->d, edge, &sets.items[i]);
        sort_picks(s, items, set.count);
        set.picks = (sp_picks){items, set.count};
        if (listed(list, &set.picks))
            continue;
        s->failed |= !SP_VEC_PUSH(list, set);
    }
    SP_VEC_FREE(&sets);
    return more;
}

static bool ran_out(const struct settler *t)
{
    return t->d.failed || t->s->failed || t->s->arena.failed;
}

static surplace_status find_sets(struct settler *t, uint32_t edge, sp_state state, sp_settlings *list,
                                 bool *more, const char **what)
{
    sp_settlement *s = t->s;
    surplace_status status = SURPLACE_OK;
    uint32_t wanted = sp_diagram_is(&t->d, edge, state);
    if (ran_out(t))
        return SURPLACE_NO_MEMORY;
    *more = gather_sets(t, wanted, false, list);
    *more |= gather_sets(t, wanted, true, list);
    if (ran_out(t))
        return SURPLACE_NO_MEMORY;
    for (size_t i = 0; i < list->len && status == SURPLACE_OK && !s->failed; i += SP_BATCH_CASES) {
        size_t count = list->len - i < SP_BATCH_CASES ? list->len - i : SP_BATCH_CASES;
        status = try_sets(t, list->items + i, (uint32_t)count, state, what);
    }
    sort_sets(s, list);
    join_sets(s, list);
    sort_sets(s, list);
    return ran_out(t) ? SURPLACE_NO_MEMORY : status;
}

/* --- the next question --- */

/* How sure one would be of the outcome after the answer, if all answers to all questions were as likely: the chance that
 * two such outcomes agree. */
static double sureness(struct settler *t, uint32_t edge, uint32_t question)
{
    question = t->position[question];
    uint32_t answers = t->d.answers[question] - 1; /* an answer is what is hoped for */
    double sum = 0;
    for (uint32_t a = 0; a < answers; a++) {
        double shares[4];
        sp_diagram_shares(&t->d, sp_diagram_given(&t->d, edge, question, a), shares);
        for (uint32_t s = 0; s < 4; s++)
            sum += shares[s] * shares[s] / answers;
    }
    return sum;
}

/* Does the case say that nobody knows? Then it has been asked. */
static bool said_unknown(const sp_settlement *s, uint32_t question)
{
    const sp_question *q = &s->questions.items.items[question];
    const sp_facts *base = s->what.base;
    const sp_fact *fact = &base->vocab->facts.items[q->fact];
    uint32_t facet_of = base->vocab->entities.items[fact->entity].facet_of;
    uint32_t row = base->tables[facet_of != SP_NONE ? facet_of : fact->entity].first[s->what.case_index] +
                   q->row;
    return sp_facts_cell(base, fact->entity, row, fact->column)->status == SP_CELL_UNKNOWN;
}

static void choose_best(struct settler *t, uint32_t edge)
{
    sp_settlement *s = t->s;
    double best = -1;
    s->best = SP_NONE;
    for (uint32_t q = 0; q < s->questions.items.len; q++) {
        double sure = s->matters[q] && !said_unknown(s, q) ? sureness(t, edge, q) : -1;
        bool level = s->best != SP_NONE && sure > best - 1e-9 && sure < best + 1e-9;
        if (sure < 0 || (level ? s->rank[q] > s->rank[s->best] : sure <= best))
            continue;
        s->best = q;
        best = sure;
    }
    /* no answer decides anything by itself: what leads on to further questions comes first */
    for (size_t i = 0; i < t->explorer.first_asked.len && best < 0; i++) {
        uint32_t q = t->explorer.first_asked.items[i];
        const sp_vocab *vocab = s->what.base->vocab;
        bool leads = vocab->facts.items[s->questions.items.items[q].fact].type.kind == SP_ENTITY;
        bool led = s->best != SP_NONE &&
                   vocab->facts.items[s->questions.items.items[s->best].fact].type.kind == SP_ENTITY;
        if (said_unknown(s, q))
            continue;
        if (s->best == SP_NONE || (leads && !led) || (leads == led && s->rank[q] < s->rank[s->best]))
            s->best = q;
    }
}

static surplace_status look_ahead(struct settler *t, uint32_t edge, const char **what)
{
    sp_settlement *s = t->s;
    if (s->best == SP_NONE)
        return SURPLACE_OK;
    const sp_question *q = &s->questions.items.items[s->best];
    s->prospects = SP_NEW_ARRAY(&s->arena, sp_prospect, q->answer_count);
    surplace_status status = s->prospects != NULL ? SURPLACE_OK : SURPLACE_NO_MEMORY;
    for (uint32_t at = 0; at < q->answer_count && status == SURPLACE_OK; at += SP_BATCH_CASES) {
        uint32_t count = q->answer_count - at < SP_BATCH_CASES ? q->answer_count - at : SP_BATCH_CASES;
        sp_whatif_reset(&s->what);
        for (uint32_t i = 0; i < count; i++)
            sp_whatif_add(&s->what, &q->answers[at + i].change, 1);
        status = sp_whatif_run(&s->what, what);
        for (uint32_t i = 0; i < count && status == SURPLACE_OK; i++) {
            sp_prospect *p = &s->prospects[at + i];
            p->state = sp_whatif_state(&s->what, i, s->criterion, s->row, s->with_row, &p->presumed);
            uint32_t then = sp_diagram_given(&t->d, edge, t->position[s->best], at + i);
            p->states = sp_diagram_states(&t->d, then, true);
            p->answered = sp_diagram_states(&t->d, then, false);
        }
    }
    return status;
}

/* --- what cannot matter --- */

/* Facts that the rules of the criterion read, open or contested, that no answer makes a difference to. Where something
 * is not asked for, only what has never been in the chain of reasons is sure not to. */
static surplace_status find_idle(struct settler *t, const char **what)
{
    sp_settlement *s = t->s;
    sp_frontier_walk walk;
    sp_frontier frontier = {0};
    if (s->hides)
        return SURPLACE_OK;
    sp_whatif_reset(&s->what);
    sp_whatif_add(&s->what, NULL, 0);
    surplace_status status = sp_whatif_run(&s->what, what);
    sp_frontier_walk_init(&walk, &s->reached);
    walk.everything = true;
    if (status == SURPLACE_OK)
        sp_frontier_find(&walk, s->criterion,
                         sp_whatif_root_row(&s->what, 0, s->criterion, s->row, s->with_row), NULL, 0,
                         &frontier);
    uint32_t *rank = rank_questions(s, &s->reached);
    if (walk.failed || rank == NULL)
        status = SURPLACE_NO_MEMORY;
    uint32_t *in_order = SP_NEW_ARRAY(&s->arena, uint32_t, s->reached.items.len);
    for (uint32_t i = 0; i < s->reached.items.len && in_order != NULL && rank != NULL; i++)
        in_order[rank[i]] = i;
    for (uint32_t i = 0; i < s->reached.items.len && status == SURPLACE_OK && in_order != NULL; i++) {
        const sp_question *q = &s->reached.items.items[in_order[i]];
        uint32_t met = sp_question_find(&s->questions, q->fact, q->row);
        bool idle = met == SP_NONE || (!s->matters[met] && !t->explorer.beneath.items[met] &&
                                       !(s->limited && t->explorer.asked.items[met]));
        if (idle && !SP_VEC_PUSH(&s->idle, in_order[i]))
            status = SURPLACE_NO_MEMORY;
    }
    sp_frontier_walk_free(&walk);
    sp_frontier_free(&frontier);
    return in_order == NULL ? SURPLACE_NO_MEMORY : status;
}

/* --- the whole --- */

static surplace_status work_out(struct settler *t, const char **what)
{
    sp_settlement *s = t->s;
    const sp_explore_node *first = &t->explorer.nodes.items[0];
    size_t nodes = t->explorer.nodes.len;
    uint32_t *counts = order_questions(t);
    s->state = (sp_state)first->state;
    s->presumed = first->presumed;
    s->rank = rank_questions(s, &s->questions);
    s->matters = SP_NEW_ARRAY(&s->arena, bool, s->questions.items.len);
    t->edges = SP_NEW_ARRAY(&s->arena, uint32_t, nodes);
    if (s->arena.failed)
        return SURPLACE_NO_MEMORY;
    memset(t->edges, 0xFF, nodes * sizeof *t->edges);
    sp_diagrams_init(&t->d, counts, (uint32_t)s->questions.items.len, SURPLACE_MAX_DIAGRAM_NODES);
    for (size_t i = 0; i < nodes; i++) {
        s->limited |= t->explorer.nodes.items[i].beyond;
        s->hides |= t->explorer.nodes.items[i].hides;
    }
    uint32_t edge = edge_of(t, 0);
    if (ran_out(t))
        return SURPLACE_NO_MEMORY;
    s->states = sp_diagram_states(&t->d, edge, true);
    s->answered = sp_diagram_states(&t->d, edge, false);
    bool *matters = SP_NEW_ARRAY(&s->arena, bool, s->questions.items.len);
    if (matters == NULL)
        return SURPLACE_NO_MEMORY;
    sp_diagram_mark(&t->d, edge, matters);
    for (size_t i = 0; i < s->questions.items.len; i++)
        s->matters[i] = matters[t->position[i]];
    choose_best(t, edge);
    if (ran_out(t))
        return SURPLACE_NO_MEMORY;
    surplace_status status = find_sets(t, edge, SP_HOLDS, &s->holds, &s->more_holds, what);
    if (status == SURPLACE_OK)
        status = find_sets(t, edge, SP_FAILS, &s->fails, &s->more_fails, what);
    if (status == SURPLACE_OK)
        status = look_ahead(t, edge, what);
    if (status == SURPLACE_OK)
        status = find_idle(t, what);
    if (t->d.over && status == SURPLACE_OK) {
        *what = "diagram nodes";
        status = SURPLACE_LIMIT;
    }
    return t->d.failed ? SURPLACE_NO_MEMORY : status;
}

surplace_status sp_settle(sp_settlement *s, const sp_network *net, bool presume, const sp_facts *facts,
                          uint32_t case_index, uint32_t criterion, uint32_t row, uint32_t with_row,
                          const char **what)
{
    const sp_vocab *vocab = facts->vocab;
    const sp_criterion *c = &vocab->criteria.items[criterion];
    uint32_t facet_of = vocab->entities.items[c->entity].facet_of;
    struct settler t = {.s = s};
    *s = (sp_settlement){.criterion = criterion, .best = SP_NONE, .with_row = SP_NONE};
    s->row = row - facts->tables[facet_of != SP_NONE ? facet_of : c->entity].first[case_index];
    if (with_row != SP_NONE)
        s->with_row = with_row - facts->tables[c->with].first[case_index];
    if (!sp_whatif_init(&s->what, net, presume, facts, case_index) || !sp_whatif_only(&s->what, criterion))
        return SURPLACE_NO_MEMORY;
    sp_questions_init(&s->questions, &s->what);
    sp_questions_init(&s->reached, &s->what);
    t.explorer = (sp_explorer){.what = &s->what,
                               .questions = &s->questions,
                               .criterion = criterion,
                               .row = s->row,
                               .with_row = s->with_row};
    surplace_status status = sp_explore(&t.explorer, what);
    if (status == SURPLACE_OK)
        status = work_out(&t, what);
    s->what_ifs = s->what.lanes_run;
    sp_explorer_free(&t.explorer);
    sp_diagrams_free(&t.d);
    sp_supporter_free(&t.supporter);
    sp_support_free(&t.support);
    return status;
}

void sp_settlement_free(sp_settlement *s)
{
    SP_VEC_FREE(&s->holds);
    SP_VEC_FREE(&s->fails);
    SP_VEC_FREE(&s->idle);
    sp_questions_free(&s->questions);
    sp_questions_free(&s->reached);
    sp_whatif_free(&s->what);
    sp_arena_free(&s->arena);
    *s = (sp_settlement){0};
}
