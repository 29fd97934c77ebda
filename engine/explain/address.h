/* Stable addresses of the nodes of an explanation: where a reason stands in the rules and in the case, whatever its
 * state.
 *
 *     kim.refugee                                      a criterion
 *     kim.refugee:inclusion                            a rule that concludes it
 *     kim.refugee:inclusion/in_every_country           a condition, by its id
 *     kim.refugee:inclusion/2/unless.1                 its second part, and the first exception of that
 *     kim.refugee:inclusion/2/tie=PRK                  a quantifier's body at a member of its list
 *     .../tie=PRK/that   .../tie=PRK/where             that body; the limit on members
 *     .../2/.list   .../2/.limit   .../2/.limit/tie=PRK   the list; that a member is within the limit; one of them
 *
 * A criterion that a condition asks for has an address of its own, since it is the same wherever it is asked for. */
#ifndef SP_EXPLAIN_ADDRESS_H
#define SP_EXPLAIN_ADDRESS_H

#include "explain/why.h"

/* "person.refugee"; and "kim.refugee", "kim.in_danger_in(PRK)". */
void sp_criterion_name_add(sp_buf *b, const sp_vocab *vocab, uint32_t criterion);
void sp_criterion_address_add(sp_buf *b, const sp_run *run, uint32_t criterion, uint32_t root_row);

/* Appends what leads from a reason to its child: ":inclusion", "/2", "/tie=PRK". Nothing for a criterion. `nth` is how
 * many earlier children are called the same: members of other assertions of the list; then "/tie=PRK.2" for the second. */
void sp_address_step_add(sp_buf *b, const sp_explainer *ex, const sp_why *parent, const sp_why *child,
                         uint32_t nth);
/* Is the child a member that is called as an earlier one is? */
bool sp_address_same_member(const sp_explainer *ex, const sp_why *a, const sp_why *b);
/* Goes down from a criterion along the steps (":inclusion/2"). False if there is no such node, or memory ran out (then
 * ex->failed). */
bool sp_address_follow(sp_explainer *ex, sp_why start, sp_str steps, sp_why *found);

#endif
