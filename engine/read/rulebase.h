/* Loading a rule base: all files of it, in phases, so that their order never matters. */
#ifndef SP_READ_RULEBASE_H
#define SP_READ_RULEBASE_H

#include "model/rules.h"
#include "yaml/tree.h"

/* Builds the rule base from the trees of its files. OK; INVALID when anything is faulty (all of it diagnosed); LIMIT or
 * NO_MEMORY. The trees and their inputs must outlive `base`, which borrows their text. On any failure `base` must
 * still be freed. */
surplace_status sp_read_rulebase(sp_rulebase *base, const sp_yaml_tree *trees, size_t count,
                                 sp_diags *diags);

#endif
