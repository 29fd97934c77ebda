#include "api/mutation.h"

#include <string.h>

#include "explain/check.h"
#include "read/read_explained.h"
#include "text/folder.h"

void sp_mutation_free(sp_mutation *m)
{
    for (size_t i = 0; i < m->batches.len; i++) {
        sp_facts_free(&m->batches.items[i].facts);
        free(m->batches.items[i].slots);
    }
    SP_VEC_FREE(&m->batches);
    SP_VEC_FREE(&m->explained);
    sp_mutants_free(&m->mutants);
}

surplace_status sp_mutation_keep(sp_mutation *m, sp_facts *facts, uint32_t *slots)
{
    sp_facts next;
    sp_kept_batch batch = {*facts, slots};
    if (!sp_facts_init(&next, facts->vocab, facts->world) || !SP_VEC_PUSH(&m->batches, batch)) {
        sp_facts_free(&next);
        free(slots);
        return SURPLACE_NO_MEMORY;
    }
    *facts = next;
    return SURPLACE_OK;
}

surplace_status sp_mutation_explain(sp_mutation *m, const char *path, surplace_diagnostics *d)
{
    sp_input *input = SP_NEW(&d->arena, sp_input);
    if (input == NULL)
        return SURPLACE_NO_MEMORY;
    surplace_status status = sp_input_load(path, &d->arena, input, &d->list);
    if (status == SURPLACE_OK)
        status = sp_yaml_read(input, &d->arena, &m->tree, &d->list);
    return status == SURPLACE_OK ? sp_read_explained(&m->tree, &m->explained, &d->list) : status;
}

/* --- one mutant --- */

/* A mutant under one reading. */
struct trial {
    sp_network net;
    sp_run run;
    bool made, impossible;
};

/* Expectations of one batch under one reading. */
struct job {
    uint32_t batch, slot;
    bool rules;    /* some expect rules among the reasons */
    bool *reached; /* by node of the unchanged network: what is expected may rest on it */
};

struct trials {
    sp_mutation *mutation;
    const sp_network *const *nets;
    size_t slot_count;
    struct trial *by_slot;
    sp_arena lasting;        /* of all mutants */
    SP_VEC(struct job) jobs; /* those that noticed something last come first */
    const sp_mutant *mutant;
    sp_rulebase changed;
    sp_arena arena;
    bool failed;
};

static void forget_trials(struct trials *t)
{
    for (size_t i = 0; i < t->slot_count; i++) {
        if (!t->by_slot[i].made)
            continue;
        sp_run_free(&t->by_slot[i].run);
        sp_network_free(&t->by_slot[i].net);
        t->by_slot[i] = (struct trial){0};
    }
    sp_arena_reset(&t->arena);
}

/* Compiles the mutant under a reading where that was not done. What is wrong with it is nobody's fault: its diagnostics
 * are thrown away. */
static struct trial *trial_of(struct trials *t, uint32_t slot)
{
    struct trial *trial = &t->by_slot[slot];
    sp_diags ignored = {0};
    if (trial->made)
        return trial;
    trial->made = true;
    surplace_status status = sp_network_compile(&trial->net, &t->changed, t->nets[slot]->reading, &ignored);
    trial->impossible = status == SURPLACE_INVALID || status == SURPLACE_LIMIT;
    t->failed |= status == SURPLACE_NO_MEMORY ||
                 (status == SURPLACE_OK && !sp_run_init(&trial->run, &trial->net, true));
    sp_diags_free(&ignored);
    return trial;
}

/* Is some verdict another one? */
static bool notices_state(const struct trials *t, const struct job *job, const struct trial *trial)
{
    const sp_kept_batch *batch = &t->mutation->batches.items[job->batch];
    for (size_t i = 0; i < batch->facts.expectations.len; i++) {
        const sp_expectation *e = &batch->facts.expectations.items[i];
        if (batch->slots[i] == job->slot && sp_check_state(&trial->run, e) != e->state)
            return true;
    }
    return false;
}

/* Is an expected rule no longer among the reasons? A checker for each mutant: it remembers the rules of one. */
static bool notices_rules(struct trials *t, const struct job *job, struct trial *trial)
{
    const sp_kept_batch *batch = &t->mutation->batches.items[job->batch];
    sp_checker checker = {0};
    bool noticed = false;
    t->failed |= !sp_checker_begin(&checker, &trial->run);
    for (size_t i = 0; i < batch->facts.expectations.len && !noticed && !t->failed; i++) {
        const sp_expectation *e = &batch->facts.expectations.items[i];
        if (batch->slots[i] == job->slot && e->rules_count > 0)
            noticed = !sp_check_expectation(&checker, e);
        t->failed |= checker.failed;
    }
    sp_checker_free(&checker);
    return noticed;
}

/* May what the job expects rest on what is changed? No change makes a rule ask for more than it did. */
static bool reaches(const struct trials *t, const struct job *job)
{
    const sp_network *net = t->nets[job->slot];
    const sp_rulebase *base = net->base;
    if (!sp_mutant_concerns(t->mutant, net))
        return false;
    if (t->mutant->rule != SP_NONE)
        return job->reached[net->cond_nodes[base->rules.items[t->mutant->rule].condition->number]];
    return true;
}

static bool notices(struct trials *t, const struct job *job, bool rules)
{
    const char *what;
    if ((rules && !job->rules) || !reaches(t, job))
        return false;
    struct trial *trial = trial_of(t, job->slot);
    if (t->failed || trial->impossible)
        return false;
    surplace_status status = sp_run_batch(&trial->run, &t->mutation->batches.items[job->batch].facts,
                                          &what);
    t->failed |= status == SURPLACE_NO_MEMORY;
    if (status != SURPLACE_OK)
        return status == SURPLACE_LIMIT; /* the law itself stays within the limits */
    return rules ? notices_rules(t, job, trial) : notices_state(t, job, trial);
}

/* Changes that lie side by side are often noticed by the same case: the job that noticed this one is asked first about
 * the next. What comes of it all does not hang on the order. */
static void move_to_front(struct trials *t, size_t job)
{
    struct job first = t->jobs.items[job];
    memmove(t->jobs.items + 1, t->jobs.items, job * sizeof first);
    t->jobs.items[0] = first;
}

static bool noticed(struct trials *t)
{
    for (int rules = 0; rules < 2; rules++)
        for (size_t i = 0; i < t->jobs.len && !t->failed; i++)
            if (notices(t, &t->jobs.items[i], rules == 1)) {
                move_to_front(t, i);
                return true;
            }
    return false;
}

static sp_mutant_fate fate_of(struct trials *t)
{
    sp_mutant_fate fate = SP_MUTANT_ASLEEP;
    if (noticed(t))
        return SP_MUTANT_NOTICED;
    for (size_t i = 0; i < t->slot_count; i++) {
        if (t->nets[i] == NULL || !sp_mutant_concerns(t->mutant, t->nets[i]))
            continue;
        if (t->by_slot[i].impossible)
            return SP_MUTANT_IMPOSSIBLE;
        fate = SP_MUTANT_SURVIVED;
    }
    return fate;
}

/* --- all of them --- */

/* Marks the nodes that a node reads, directly or not. `open` has room for every node once. */
static void mark_inputs(const sp_network *net, uint32_t node, bool *reached, uint32_t *open)
{
    size_t count = 0;
    if (!reached[node])
        open[count++] = node;
    reached[node] = true;
    while (count > 0) {
        const sp_net_node *n = &net->nodes.items[open[--count]];
        for (uint32_t i = 0; i < n->input_count; i++) {
            uint32_t input = sp_net_inputs(net, n)[i];
            if (!reached[input])
                open[count++] = input;
            reached[input] = true;
        }
    }
}

static void mark_reached(struct trials *t, struct job *job)
{
    const sp_kept_batch *batch = &t->mutation->batches.items[job->batch];
    const sp_network *net = t->nets[job->slot];
    uint32_t *open = malloc((net->nodes.len + 1) * sizeof *open);
    job->reached = SP_NEW_ARRAY(&t->lasting, bool, net->nodes.len);
    t->failed |= open == NULL || job->reached == NULL;
    for (size_t i = 0; i < batch->facts.expectations.len && !t->failed; i++)
        if (batch->slots[i] == job->slot)
            mark_inputs(net, net->criterion_nodes[batch->facts.expectations.items[i].criterion],
                        job->reached, open);
    free(open);
}

static void list_jobs(struct trials *t)
{
    for (uint32_t b = 0; b < t->mutation->batches.len; b++) {
        const sp_kept_batch *batch = &t->mutation->batches.items[b];
        for (uint32_t slot = 0; slot < t->slot_count; slot++) {
            struct job job = {.batch = b, .slot = slot};
            bool any = false;
            for (size_t i = 0; i < batch->facts.expectations.len; i++) {
                any |= batch->slots[i] == slot;
                job.rules |= batch->slots[i] == slot && batch->facts.expectations.items[i].rules_count > 0;
            }
            if (any && !t->failed)
                mark_reached(t, &job);
            t->failed |= any && !SP_VEC_PUSH(&t->jobs, job);
        }
    }
}

static void use_explanations(sp_mutation *m)
{
    for (size_t i = 0; i < m->explained.len; i++) {
        sp_explained *e = &m->explained.items[i];
        sp_mutant *mutant = sp_mutants_find(&m->mutants, e->mutant);
        if (mutant == NULL) {
            e->use = SP_EXPLAINED_UNKNOWN;
        } else if (mutant->fate == SP_MUTANT_SURVIVED) {
            e->use = SP_EXPLAINED_USED;
            mutant->because = e->because;
        } else {
            e->use = mutant->fate == SP_MUTANT_ASLEEP ? SP_EXPLAINED_UNUSED : SP_EXPLAINED_NOTICED;
        }
    }
}

surplace_status sp_mutation_run(sp_mutation *m, const sp_rulebase *base, const sp_network *const *nets,
                                size_t slot_count, surplace_progress_fn progress, void *context)
{
    struct trials t = {.mutation = m, .nets = nets, .slot_count = slot_count};
    t.by_slot = calloc(slot_count + 1, sizeof *t.by_slot);
    t.failed = t.by_slot == NULL || !sp_mutants_list(&m->mutants, base);
    if (!t.failed)
        list_jobs(&t);
    for (size_t i = 0; i < m->mutants.list.len && !t.failed; i++) {
        sp_mutant *mutant = &m->mutants.list.items[i];
        if (progress != NULL)
            progress(context, "changes of the rules", i, m->mutants.list.len);
        t.mutant = mutant;
        t.failed |= !sp_mutant_make(mutant, base, &t.arena, &t.changed);
        if (!t.failed)
            mutant->fate = (uint8_t)fate_of(&t);
        forget_trials(&t);
    }
    use_explanations(m);
    m->done = !t.failed;
    SP_VEC_FREE(&t.jobs);
    sp_arena_free(&t.arena);
    sp_arena_free(&t.lasting);
    free(t.by_slot);
    return t.failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
}
