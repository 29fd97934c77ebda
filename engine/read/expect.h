/* The `expect:` blocks of case files, and the header every document has. */
#ifndef SP_READ_EXPECT_H
#define SP_READ_EXPECT_H

#include "read/case_reader.h"

/* `surplace: case/1`; false if it is not there (diagnosed). */
bool sp_read_case_header(const sp_yaml_tree *tree, sp_diags *diags);
/* `expect:` and `expect_under:` of the open case, from a mapping. */
void sp_read_expectations(sp_case_reader *reader, const sp_yaml_tree *tree, uint32_t mapping,
                          uint32_t case_index);
/* Finds "kim", "kim/PRK" or "case" in a closed case; false if nothing has that address. */
bool sp_find_address(const sp_facts *facts, uint32_t case_index, sp_str address, uint32_t *entity,
                     uint32_t *row);

/* Finds "kim.refugee" or "kim.in_danger_in(PRK)" in a case. False if there is no such criterion or row; then
 * *what says which part is not there ("address", "criterion" or "second"). */
bool sp_find_criterion(const sp_facts *facts, uint32_t case_index, sp_str path, uint32_t *criterion,
                       uint32_t *row, uint32_t *with_row, const char **what);

#endif
