/* A rule base, and the law that it comes to under one reading. */
#ifndef SURPLACE_RULES_H
#define SURPLACE_RULES_H

#include "surplace/diag.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Vocabulary, rules, passages, authorities, readings and world facts. Read-only once loaded: threads may share it. */
typedef struct surplace_rules surplace_rules;

/* Rules compiled under a reading. Read-only: threads may share it. Borrows its rules. */
typedef struct surplace_law surplace_law;

/* Loads the rule base of a folder, or with NULL the one that is built in. OK; INVALID, LIMIT or IO (diagnosed);
 * NO_MEMORY. On success *rules must be freed; on failure it is kept alive by the diagnostics, which show its
 * lines, and *rules is NULL. */
SURPLACE_API surplace_status surplace_rules_load(const char *folder, surplace_diagnostics *diagnostics,
                                                 surplace_rules **rules);
/* The same for one rule base made of several files and folders. */
SURPLACE_API surplace_status surplace_rules_load_paths(const char *const *paths, size_t count,
                                                       surplace_diagnostics *diagnostics,
                                                       surplace_rules **rules);
SURPLACE_API void surplace_rules_free(surplace_rules *rules);

/* The readings of the rule base, by id, in alphabetical order. NULL past the end. */
SURPLACE_API const char *surplace_rules_reading(const surplace_rules *rules, size_t index);

/* Compiles the rules in force under a reading (NULL: the default one). OK; INVALID (no such reading, or a cycle
 * through an exception), LIMIT (diagnosed); NO_MEMORY. */
SURPLACE_API surplace_status surplace_law_compile(const surplace_rules *rules, const char *reading,
                                                  surplace_diagnostics *diagnostics, surplace_law **law);
SURPLACE_API void surplace_law_free(surplace_law *law);

#ifdef __cplusplus
}
#endif
#endif
