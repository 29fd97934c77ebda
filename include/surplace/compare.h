/* Verdicts side by side: a case under several readings, two cases under one, cases under two rule bases. */
#ifndef SURPLACE_COMPARE_H
#define SURPLACE_COMPARE_H

#include "surplace/render.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum surplace_compared {
    SURPLACE_COMPARE_READINGS, /* every case under each of the readings */
    SURPLACE_COMPARE_CASES,    /* the first case and the second, under one reading */
    SURPLACE_COMPARE_RULES     /* every case under two rule bases, in each under one reading */
} surplace_compared;

typedef struct surplace_compare_options {
    surplace_compared what;
    const char *const
        *readings; /* the others are compared with the first. None: all (the default one first), or for
                                    cases and rule bases the default one */
    size_t reading_count;
    const char *name;              /* of rule bases: how the first is called ... */
    const surplace_rules *against; /* ... the other one ... */
    const char *against_name;      /* ... and its name */
    bool no_presumptions;
    const char *const *set; /* `PATH=VALUE` texts laid over every case */
    size_t set_count;
    bool redact; /* mask labels, dates and free text of cases */
} surplace_compare_options;

typedef struct surplace_compare_summary {
    size_t cases;       /* that were compared */
    size_t verdicts;    /* of them */
    size_t differences; /* verdicts that are not the same everywhere */
    size_t unmatched;   /* criteria that only one of two rule bases has */
} surplace_compare_summary;

/* One comparison, of one thread. Borrows its rules, diagnostics and the texts of its options. */
typedef struct surplace_comparison surplace_comparison;

/* `options` may be NULL. OK; INVALID (a reading that is not there, or rules that cannot be compiled) or LIMIT, diagnosed;
 * MISUSE; NO_MEMORY. */
SURPLACE_API surplace_status surplace_comparison_new(const surplace_rules *rules,
                                                     const surplace_compare_options *options,
                                                     surplace_diagnostics *diagnostics,
                                                     surplace_comparison **comparison);
SURPLACE_API void surplace_comparison_free(surplace_comparison *comparison);

/* Takes the cases of a file, or of all *.yaml, *.json and *.jsonl files below a folder in the order of their names. OK;
 * INVALID, IO and LIMIT (diagnosed; what could be read was taken); NO_MEMORY. */
SURPLACE_API surplace_status surplace_comparison_path(surplace_comparison *comparison, const char *path);
/* The same for a stream, which `name` calls. */
SURPLACE_API surplace_status surplace_comparison_read(surplace_comparison *comparison, const char *name,
                                                      surplace_format format, surplace_read_fn read,
                                                      void *context);
/* To be called once, after the last case. OK; INVALID (two cases are to be compared, and there are not two; diagnosed);
 * NO_MEMORY. */
SURPLACE_API surplace_status surplace_comparison_finish(surplace_comparison *comparison);

SURPLACE_API void surplace_comparison_summary(const surplace_comparison *comparison,
                                              surplace_compare_summary *summary);

typedef enum surplace_compare_output {
    SURPLACE_COMPARE_TEXT,
    SURPLACE_COMPARE_MARKDOWN,
    SURPLACE_COMPARE_CSV,
    SURPLACE_COMPARE_JSON
} surplace_compare_output;

/* The report. Without `all` only headline criteria and verdicts that differ. OK, IO, NO_MEMORY. */
SURPLACE_API surplace_status surplace_render_comparison(surplace_comparison *comparison,
                                                        surplace_compare_output output,
                                                        const surplace_style *style, bool all,
                                                        surplace_write_fn write, void *context);

#ifdef __cplusplus
}
#endif
#endif
