#define _POSIX_C_SOURCE 200809L /* fmemopen */

#include "cli/page.h"

#include <stdlib.h>

#include "cli/stream.h"

/* No page is nearly as long. A stream of fixed size in memory: one that grows loses characters unseen when memory runs
 * out. */
#define LONGEST ((size_t)1024 * 1024)

int sp_page(const sp_arguments *arguments, void (*write)(FILE *to))
{
    char *text = malloc(LONGEST);
    FILE *memory = text == NULL ? NULL : fmemopen(text, LONGEST, "w");
    if (memory == NULL) {
        free(text);
        return sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    }
    write(memory);
    bool failed = fflush(memory) != 0 || ferror(memory);
    long length = failed ? -1 : ftell(memory);
    failed |= fclose(memory) != 0 || length < 0;
    if (failed) {
        free(text);
        return sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    }
    sp_output out;
    int code = sp_output_open(&out, arguments->output);
    if (code == SP_EXIT_OK) {
        sp_output_write(&out, text, (size_t)length);
        code = sp_output_finish(&out);
    }
    free(text);
    return code;
}
