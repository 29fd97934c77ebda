/* Commands that load the rule base, compile it under a reading and print a page about it. */
#ifndef SP_CLI_LAW_PAGE_H
#define SP_CLI_LAW_PAGE_H

#include "cli/stream.h"

/* What the page is: prints about the names among the arguments. INVALID: a name is unknown. */
typedef surplace_status (*sp_page_fn)(const surplace_law *law, const sp_arguments *arguments,
                                      const surplace_style *style, surplace_diagnostics *diagnostics,
                                      sp_output *out);

/* Loads, compiles, prints; an exit code. */
int sp_law_page(const sp_arguments *arguments, sp_page_fn page);

#endif
