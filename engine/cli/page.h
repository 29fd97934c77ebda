/* A page that needs neither rules nor cases: printed to -o FILE or standard output. */
#ifndef SP_CLI_PAGE_H
#define SP_CLI_PAGE_H

#include <stdio.h>

#include "cli/options.h"

/* Opens the output, lets `write` print, and finishes it; the exit code. */
int sp_page(const sp_arguments *arguments, void (*write)(FILE *to));

#endif
