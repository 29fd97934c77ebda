#define _GNU_SOURCE /* open_memstream */

#include "cli/page.h"

#include <stdlib.h>

#include "cli/stream.h"

int sp_page(const sp_arguments *arguments, void (*write)(FILE *to))
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    if (memory == NULL)
        return sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    write(memory);
    int failed = ferror(memory);
    if (fclose(memory) != 0 || failed) {
        free(text);
        return sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    }
    sp_output out;
    int code = sp_output_open(&out, arguments->output);
    if (code == SP_EXIT_OK) {
        sp_output_write(&out, text, length);
        code = sp_output_finish(&out);
    }
    free(text);
    return code;
}
