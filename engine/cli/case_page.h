/* Commands that evaluate the cases of one file and print a page about each. */
#ifndef SP_CLI_CASE_PAGE_H
#define SP_CLI_CASE_PAGE_H

#include "cli/stream.h"

/* What the page is: prints about one case of the assessor's batch. MISUSE: what it should be about is not in this case;
 * then the case is passed over. */
typedef surplace_status (*sp_case_page_fn)(surplace_assessor *assessor, size_t case_index,
                                           const sp_arguments *arguments, const surplace_style *style,
                                           surplace_diagnostics *diagnostics, sp_output *out);

/* Reads the first input, prints a page for each of its cases, whole or not at all. An exit code, or SP_NO_PAGE: no case
 * had what the page is about, and nothing was said of that. */
#define SP_NO_PAGE (-1)
int sp_case_page(const sp_command *command, const sp_arguments *arguments, bool json, sp_case_page_fn page);

#endif
