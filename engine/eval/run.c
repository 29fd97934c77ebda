#include "eval/run.h"

#include <stdlib.h>

#include "eval/loop.h"
#include "eval/node.h"

bool sp_run_init(sp_run *run, const sp_network *net, bool presume)
{
    *run = (sp_run){.net = net, .presume = presume};
    run->lanes = calloc(net->nodes.len + 1, sizeof *run->lanes);
    run->times = calloc(net->nodes.len + 1, sizeof *run->times);
    run->sure_times = calloc(net->nodes.len + 1, sizeof *run->sure_times);
    run->leaf.matcher = sp_matcher_new();
    run->leaf.rows = &run->rows;
    return run->lanes != NULL && run->times != NULL && run->sure_times != NULL && run->leaf.matcher != NULL;
}

static bool place_lanes(sp_run *run)
{
    size_t total = 1; /* nodes without rows point somewhere too */
    for (uint32_t i = 0; i < run->net->nodes.len; i++)
        total += sp_node_words(run, i);
    if (total > run->memory_cap) {
        free(run->memory);
        run->memory = malloc(total * sizeof *run->memory);
        run->memory_cap = run->memory == NULL ? 0 : total;
        if (run->memory == NULL)
            return false;
    }
    sp_lanes *at = run->memory;
    for (uint32_t i = 0; i < run->net->nodes.len; i++) {
        run->lanes[i] = at;
        at += sp_node_words(run, i);
    }
    return true;
}

static bool wanted(const sp_run *run, uint32_t node)
{
    return run->only == NULL || run->only[node];
}

static void eval_wanted(sp_run *run, uint32_t node)
{
    if (wanted(run, node))
        sp_node_eval(run, node, 0, sp_node_words(run, node));
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
    if (!place_lanes(run))
        return SURPLACE_NO_MEMORY;
    for (size_t s = 0; s < net->steps.len; s++) {
        const sp_net_step *step = &net->steps.items[s];
        /* of a loop all nodes are wanted, or none */
        if (step->recursive && wanted(run, net->order.items[step->first]))
            sp_loop_eval(run, step);
        for (uint32_t i = 0; i < step->count && !step->recursive; i++)
            eval_wanted(run, net->order.items[step->first + i]);
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
    free(run->memory);
    free(run->lanes);
    free(run->times);
    free(run->sure_times);
    *run = (sp_run){0};
}

uint32_t sp_run_time(const sp_run *run, uint32_t node, uint32_t row)
{
    return run->times[node] == NULL ? 0 : run->times[node][row];
}

uint32_t sp_run_sure_time(const sp_run *run, uint32_t node, uint32_t row)
{
    return run->sure_times[node] == NULL ? 0 : run->sure_times[node][row];
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
