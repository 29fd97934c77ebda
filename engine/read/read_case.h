/* Case files: documents of a stream into rows and cells, checked against the vocabulary. */
#ifndef SP_READ_READ_CASE_H
#define SP_READ_READ_CASE_H

#include "read/case_reader.h"

/* Reads one document into the next case of `facts` (which has room). OK, or INVALID when anything in it is faulty
 * (all of it diagnosed; the case is dropped), LIMIT, NO_MEMORY. `set` are `PATH=VALUE` texts applied over it. */
surplace_status sp_read_case(sp_case_reader *reader, const sp_yaml_tree *tree, const sp_str *set,
                             size_t set_count);

/* Reads the collections of several world documents as one pseudo-case. */
surplace_status sp_read_world(sp_case_reader *reader, const sp_yaml_tree *trees, size_t count);

#endif
