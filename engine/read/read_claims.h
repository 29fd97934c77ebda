/* Claims files: word families, defeaters, voices, claims, omissions, and the case that every draft is taken to speak of. */
#ifndef SP_READ_READ_CLAIMS_H
#define SP_READ_READ_CLAIMS_H

#include "model/claims.h"
#include "yaml/tree.h"

/* Reads all claims files among some trees (others are passed over), which must outlive the claims, against a rule base
 * that has been read. OK; INVALID or LIMIT (diagnosed; INVALID also if there is no claims file); NO_MEMORY. The claims
 * must be freed whatever comes of it. The case of which drafts are taken to speak is put into `case_tree`, its text
 * into `kept`, which outlives the diagnostics. */
surplace_status sp_read_claims(sp_claims *claims, const sp_rulebase *base, const sp_yaml_tree *trees,
                               size_t count, sp_arena *kept, sp_yaml_tree *case_tree, sp_diags *diags);

/* The case of a draft with `set` texts (PATH=VALUE) over it, as the one case of `facts`. OK, INVALID (diagnosed),
 * NO_MEMORY. */
surplace_status sp_read_draft_case(sp_facts *facts, const sp_yaml_tree *tree, const sp_str *set,
                                   size_t set_count, sp_diags *diags);

/* Where a path of the draft's case leads: a criterion and its state, or a fact set to a value. INVALID if nothing has
 * that path or value; then *why says so. The `set` text lies in `arena`. */
surplace_status sp_read_asserted(const sp_facts *facts, const sp_yaml_tree *tree, sp_asserted *asserted,
                                 sp_arena *arena, const char **why);

#endif
