/* Faults in rules: what can never hold, what makes no difference, what is never used. */
#ifndef SURPLACE_LINT_H
#define SURPLACE_LINT_H

#include "surplace/render.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What was found. Borrows its rules. */
typedef struct surplace_lint surplace_lint;

typedef struct surplace_lint_options {
    const char *const *only; /* report what stands in these files and folders; borrowed */
    size_t only_count;       /* 0: report all */
    bool cases;              /* text names the case files that show findings */
    bool verbose;            /* also what could not be decided, and what the rules accept */
} surplace_lint_options;

typedef struct surplace_lint_summary {
    size_t errors, warnings, notes; /* findings, by how grave they are */
    size_t accepted;                /* findings that the rules accept, not counted above */
    size_t rules, files;            /* files: those looked at */
} surplace_lint_summary;

typedef enum surplace_lint_output {
    SURPLACE_LINT_TEXT,
    SURPLACE_LINT_JSON,
    SURPLACE_LINT_SARIF /* 2.1.0 */
} surplace_lint_output;

/* Checks a rule base under all its readings. `options` may be NULL. OK; INVALID or LIMIT (a reading cannot be compiled;
 * diagnosed); NO_MEMORY. */
SURPLACE_API surplace_status surplace_lint_new(const surplace_rules *rules,
                                               const surplace_lint_options *options,
                                               surplace_diagnostics *diagnostics, surplace_lint **lint);
SURPLACE_API void surplace_lint_free(surplace_lint *lint);
SURPLACE_API void surplace_lint_summarise(const surplace_lint *lint, surplace_lint_summary *summary);

/* The report; text is empty where nothing is found, unless verbose. OK, IO, NO_MEMORY. */
SURPLACE_API surplace_status surplace_render_lint(const surplace_lint *lint, surplace_lint_output output,
                                                  const surplace_style *style, surplace_write_fn write,
                                                  void *context);

/* The case files that show findings, in order: OK with a name for the file ("01-no-difference-refugee.yaml") and its
 * text, valid as long as `lint`; END past the last; NO_MEMORY. */
SURPLACE_API surplace_status surplace_lint_witness(surplace_lint *lint, size_t index, const char **name,
                                                   const char **text);

/* A line for each code of a finding, or one code with a paragraph and an example. MISUSE: there is no such code. */
SURPLACE_API surplace_status surplace_render_lint_codes(const char *code, const surplace_style *style,
                                                        surplace_write_fn write, void *context);

#ifdef __cplusplus
}
#endif
#endif
