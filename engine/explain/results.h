/* The verdicts of a case, in the order in which they are reported: the case, entities by name, explanations of State
 * conduct last; rows by id, criteria as declared. */
#ifndef SP_EXPLAIN_RESULTS_H
#define SP_EXPLAIN_RESULTS_H

#include "explain/support.h"

typedef struct sp_result {
    uint32_t criterion, row;       /* row of the criterion's root frame */
    uint32_t entity_row, with_row; /* with_row SP_NONE: not a pair */
    sp_state state;
} sp_result;

typedef SP_VEC(sp_result) sp_results;

/* Rows of an entity in a case in canonical order; owned ones in the order of their owners. False without memory. */
bool sp_results_rows(const sp_facts *facts, uint32_t case_index, uint32_t entity, sp_arena *arena,
                     const uint32_t **rows, uint32_t *count);
/* Every verdict of a case. False if memory ran out. */
bool sp_results_of_case(sp_explainer *ex, uint32_t case_index, sp_arena *arena, sp_results *results);

#endif
