/* The file that explains which changes of the rules no case can notice, and why. */
#ifndef SP_READ_READ_EXPLAINED_H
#define SP_READ_READ_EXPLAINED_H

#include "model/explained.h"
#include "yaml/tree.h"

/* Appends what a document `surplace: mutants/1` explains. OK; INVALID (diagnosed); NO_MEMORY. Texts are borrowed from
 * the tree. */
surplace_status sp_read_explained(const sp_yaml_tree *tree, sp_explanations *explained, sp_diags *diags);

#endif
