/* The faults found in rules, cases and sources: where they stand, what is wrong, and a hint. */
#ifndef SURPLACE_DIAG_H
#define SURPLACE_DIAG_H

#include <stddef.h>

#include "surplace/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct surplace_diagnostics surplace_diagnostics;

typedef enum surplace_severity { SURPLACE_ERROR, SURPLACE_WARNING, SURPLACE_NOTE } surplace_severity;

/* One fault. Texts are valid until the next fault is added or the list is freed. */
typedef struct surplace_diagnostic {
    const char *word; /* stable: "unknown-fact" */
    surplace_severity severity;
    const char *file;      /* as it was named; empty: the command line */
    unsigned line, column; /* from 1, in characters; 0: the whole file */
    const char *message;   /* of a case file it never holds a value */
    const char *hint;      /* may be empty */
} surplace_diagnostic;

/* NULL if memory ran out. */
SURPLACE_API surplace_diagnostics *surplace_diagnostics_new(void);
/* Frees the list; the inputs and rules it speaks of must still be there when it is written, not when it is freed.
 * NULL does nothing. */
SURPLACE_API void surplace_diagnostics_free(surplace_diagnostics *diagnostics);
/* Sorts by place and returns how many there are. */
SURPLACE_API size_t surplace_diagnostics_count(surplace_diagnostics *diagnostics);
/* The fault at `index` of the sorted list; MISUSE past its end, NO_MEMORY. */
SURPLACE_API surplace_status surplace_diagnostics_get(surplace_diagnostics *diagnostics, size_t index,
                                                      surplace_diagnostic *diagnostic);

#ifdef __cplusplus
}
#endif
#endif
