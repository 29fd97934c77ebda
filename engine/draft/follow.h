/* Does what a draft concludes follow from what it asserts? Its premises are the facts of a case, which the engine
 * evaluates; a conclusion is then contradicted by them, or left open because an element was never addressed. */
#ifndef SP_DRAFT_FOLLOW_H
#define SP_DRAFT_FOLLOW_H

#include "draft/draft.h"
#include "explain/why.h"

/* The facts that the draft asserts as its own, each once, as PATH=VALUE texts. What it says both ways is left out. */
typedef struct sp_premises {
    SP_VEC(sp_str) set;
    bool failed;
} sp_premises;

void sp_premises_collect(sp_premises *premises, const sp_draft *draft, const sp_claims *claims);
void sp_premises_free(sp_premises *premises);

/* Adds the findings of what does not follow. `ex` has just been run over the case of the draft. False if memory ran
 * out. */
bool sp_follow(sp_draft *draft, const sp_claims *claims, sp_explainer *ex);

#endif
