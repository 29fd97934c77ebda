#define _POSIX_C_SOURCE 200809L /* isatty */

#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BAR 30 /* with its words it stays well below 80 columns */

void sp_progress_begin(sp_progress *p, bool quiet)
{
    const char *term = getenv("TERM");
    *p = (sp_progress){.percent = -1};
    p->shown = !quiet && isatty(STDERR_FILENO) && term != NULL && strcmp(term, "dumb") != 0;
}

/* Drawn anew for each percent and not for each step: no clock is asked, and a fast run writes little. */
void sp_progress_show(void *context, const char *what, size_t done, size_t total)
{
    sp_progress *p = context;
    if (!p->shown || total < 2)
        return;
    int percent = (int)(done * 100 / total), filled = percent * BAR / 100;
    if (percent == p->percent && p->what == what)
        return;
    fprintf(stderr, "\r\033[K%s [", what);
    for (int i = 0; i < BAR; i++)
        fputc(i < filled ? '#' : '.', stderr);
    fprintf(stderr, "] %d %%", percent);
    fflush(stderr);
    p->drawn = true;
    p->percent = percent;
    p->what = what;
}

void sp_progress_end(sp_progress *p)
{
    if (p->drawn)
        fputs("\r\033[K", stderr);
    fflush(stderr);
    p->drawn = p->shown = false;
}
