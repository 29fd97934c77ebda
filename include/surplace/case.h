/* Case files as streams of documents. */
#ifndef SURPLACE_CASE_H
#define SURPLACE_CASE_H

#include "surplace/rules.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct surplace_cases surplace_cases;

typedef enum surplace_format { SURPLACE_YAML, SURPLACE_JSON, SURPLACE_JSONL } surplace_format;

/* Reads up to `capacity` bytes into `buffer`: how many, 0 at the end, -1 on failure (errno says why). */
typedef ptrdiff_t (*surplace_read_fn)(void *context, char *buffer, size_t capacity);

/* Opens a stream of cases. `name` is how diagnostics call it. OK or NO_MEMORY. The rules and diagnostics must
 * outlive it. Values of the cases never reach the diagnostics. */
SURPLACE_API surplace_status surplace_cases_open(const surplace_rules *rules, const char *name,
                                                 surplace_format format, surplace_read_fn read,
                                                 void *context, surplace_diagnostics *diagnostics,
                                                 surplace_cases **cases);
SURPLACE_API void surplace_cases_close(surplace_cases *cases);

#ifdef __cplusplus
}
#endif
#endif
