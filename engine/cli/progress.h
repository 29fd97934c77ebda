/* How far a long run is: a bar on the terminal, on standard error, gone at the end. Nothing is written where that is no
 * terminal. */
#ifndef SP_CLI_PROGRESS_H
#define SP_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct sp_progress {
    bool shown;  /* there is a terminal to show it on */
    bool drawn;  /* a bar stands on the terminal now */
    int percent; /* that it shows */
    const char *what;
} sp_progress;

void sp_progress_begin(sp_progress *progress, bool quiet);
/* A surplace_progress_fn; the context is the sp_progress. */
void sp_progress_show(void *context, const char *what, size_t done, size_t total);
/* Takes the bar away. */
void sp_progress_end(sp_progress *progress);

#endif
