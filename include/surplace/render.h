/* Reports as text or JSON, through a callback. */
#ifndef SURPLACE_RENDER_H
#define SURPLACE_RENDER_H

#include "surplace/assess.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Takes `length` bytes; 0 on success, anything else fails the report with SURPLACE_IO. */
typedef int (*surplace_write_fn)(void *context, const char *text, size_t length);

typedef enum surplace_output {
    SURPLACE_TEXT_OUTPUT,
    SURPLACE_JSON_OUTPUT,
    SURPLACE_MARKDOWN_OUTPUT, /* of the vocabulary only */
    SURPLACE_DOT_OUTPUT,      /* of explanations only */
    SURPLACE_SVG_OUTPUT,      /* of explanations only */
    SURPLACE_PROOF_OUTPUT     /* of a case's verdicts only */
} surplace_output;

typedef struct surplace_style {
    int width;   /* columns to wrap at; 0: never */
    bool colour; /* terminal colours */
    bool redact; /* mask labels, dates and free text of cases */
} surplace_style;

/* The verdicts of one case of the assessor's batch. Text ends with a line break, JSON (one line) does not. A proof is
 * what they follow from and every step, one JSON object a line. OK, IO, NO_MEMORY, MISUSE. */
SURPLACE_API surplace_status surplace_render_case(surplace_assessor *assessor, size_t case_index,
                                                  surplace_output output, const surplace_style *style,
                                                  surplace_write_fn write, void *context);

/* All diagnostics, sorted, as a compiler prints them. */
SURPLACE_API surplace_status surplace_render_diagnostics(surplace_diagnostics *diagnostics,
                                                         const surplace_style *style,
                                                         surplace_write_fn write, void *context);

/* Looks for every passage of the rule base in a source text and reports where each stands, word for word. *missing is
 * how many were not found. OK, IO (the file cannot be read; diagnosed), INVALID (not UTF-8; diagnosed), NO_MEMORY. */
SURPLACE_API surplace_status surplace_render_citations(const surplace_rules *rules, const char *path,
                                                       surplace_output output, const surplace_style *style,
                                                       surplace_diagnostics *diagnostics,
                                                       surplace_write_fn write, void *context,
                                                       size_t *missing);

/* The vocabulary and, for each criterion, the rules in force, as a page. `names` limits it to entities ("person") and
 * their facts and criteria ("person.refugee"); with none it is all of them, the readings and their parameters. OK,
 * INVALID (a name is unknown; diagnosed), IO, NO_MEMORY. */
SURPLACE_API surplace_status surplace_render_vocabulary(const surplace_law *law, const char *const *names,
                                                        size_t name_count, surplace_output output,
                                                        const surplace_style *style,
                                                        surplace_diagnostics *diagnostics,
                                                        surplace_write_fn write, void *context);

/* The JSON Schema (draft 2020-12) of a kind of file, from the rule base: "case", "rules", "vocabulary", "reading",
 * "authorities", "passages" or "world". OK, IO, NO_MEMORY, MISUSE (there is no such kind). */
SURPLACE_API surplace_status surplace_render_schema(const surplace_rules *rules, const char *kind,
                                                    surplace_write_fn write, void *context);

/* The rules in force as sentences to proof-read: all of them, or those of the entities, criteria and rules ("sur_place")
 * that are named. As surplace_render_vocabulary. */
SURPLACE_API surplace_status surplace_render_prose(const surplace_law *law, const char *const *names,
                                                   size_t name_count, const surplace_style *style,
                                                   surplace_diagnostics *diagnostics,
                                                   surplace_write_fn write, void *context);

#ifdef __cplusplus
}
#endif
#endif
