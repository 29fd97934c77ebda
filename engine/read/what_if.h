/* `what_if:` of a case file: variations of the case, each with what it expects. They are for testing and teaching: a case
 * is evaluated without them. */
#ifndef SP_READ_WHAT_IF_H
#define SP_READ_WHAT_IF_H

#include "read/case_reader.h"

/* The item after `item` (0: the first), or 0. */
uint32_t sp_next_what_if(const sp_yaml_tree *tree, uint32_t item);
/* Lays the item `reader->what_if` over the open case. */
void sp_read_what_if(sp_case_reader *reader, const sp_yaml_tree *tree);

#endif
