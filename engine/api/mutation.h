/* Mutation of the rules: every mutant of the rule base is held to what the cases expect. */
#ifndef SP_API_MUTATION_H
#define SP_API_MUTATION_H

#include "api/handles.h"
#include "explain/mutate.h"
#include "model/explained.h"

/* Cases that were run, with what they expect. */
typedef struct sp_kept_batch {
    sp_facts facts;
    uint32_t *slots; /* by expectation: the reading it is held under, or SP_NONE: left out */
} sp_kept_batch;

typedef struct sp_mutation {
    sp_mutants mutants;
    sp_explanations explained;
    bool done; /* the mutants have been tried */
    SP_VEC(sp_kept_batch) batches;
    sp_yaml_tree tree; /* of the explanations, in the diagnostics' arena */
} sp_mutation;

void sp_mutation_free(sp_mutation *mutation);
/* Keeps the cases of `facts`, which is empty afterwards, and the slots of their expectations, which are then owned. OK
 * or NO_MEMORY. */
surplace_status sp_mutation_keep(sp_mutation *mutation, sp_facts *facts, uint32_t *slots);
/* Reads the explanations of a file. OK; INVALID, LIMIT or IO (diagnosed); NO_MEMORY. */
surplace_status sp_mutation_explain(sp_mutation *mutation, const char *path,
                                    surplace_diagnostics *diagnostics);
/* Tries every mutant. `nets` are the unchanged networks by slot, NULL where none was run. Every expectation must be
 * met by them. OK or NO_MEMORY. */
surplace_status sp_mutation_run(sp_mutation *mutation, const sp_rulebase *base,
                                const sp_network *const *nets, size_t slot_count,
                                surplace_progress_fn progress, void *context);

#endif
