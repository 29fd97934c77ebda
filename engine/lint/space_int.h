/* Between the two halves of the space: atoms of conditions, and what binds atoms. */
#ifndef SP_LINT_SPACE_INT_H
#define SP_LINT_SPACE_INT_H

#include "lint/space.h"

/* Finds the atoms of a condition. */
void sp_atoms_collect(sp_space *space, const sp_cond *cond);
/* Works out the regions of a group and in which of them its atoms hold. */
void sp_atoms_regions(sp_space *space, uint32_t group);

#endif
