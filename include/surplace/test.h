/* Case files as tests of the rules: what their `expect:` and `expect_under:` expect, and which parts of the rules they
 * reach. */
#ifndef SURPLACE_TEST_H
#define SURPLACE_TEST_H

#include "surplace/render.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One run of tests, of one thread. Borrows its rules and diagnostics. */
typedef struct surplace_tester surplace_tester;

/* Told how far a run is: of `what` ("cases", say) `done` of `total`. */
typedef void (*surplace_progress_fn)(void *context, const char *what, size_t done, size_t total);

typedef struct surplace_test_options {
    /* Hold `expect:` to this reading in place of the default one. Where a case has an expectation of its own for the
     * reading, under `expect_under:`, that one is taken; those for other readings are left out. NULL: run them all. */
    const char *reading;
    bool cover;                    /* note which parts of the rules the cases reach */
    bool mutate;                   /* keep the cases for surplace_tester_mutate */
    surplace_progress_fn progress; /* may be NULL */
    void *progress_context;
} surplace_test_options;

typedef struct surplace_test_summary {
    size_t passed, failed; /* expectations */
    size_t cases, files;
    size_t silent;   /* cases without any expectation that was run */
    size_t faulty;   /* files that could not be read, or not whole */
    size_t readings; /* that were run */
    size_t items,
        covered;       /* with `cover`: parts of the rules that count, and those that some case reaches */
    bool rules_faulty; /* the rules cannot be compiled under one of the readings */
    bool mutated;      /* the next three are known */
    size_t mutants;    /* changes of the rules that were tried */
    size_t survivors;  /* of them those that no case notices and nobody has explained */
    size_t idle;       /* explanations of changes that a case notices, or that there are not */
} surplace_test_summary;

typedef enum surplace_test_output {
    SURPLACE_TEST_TEXT,
    SURPLACE_TEST_TAP,
    SURPLACE_TEST_JUNIT,
    SURPLACE_TEST_JSON
} surplace_test_output;

/* `options` may be NULL; its text is borrowed. OK; INVALID (no such reading, or one that cannot be compiled) or LIMIT,
 * diagnosed; NO_MEMORY. */
SURPLACE_API surplace_status surplace_tester_new(const surplace_rules *rules,
                                                 const surplace_test_options *options,
                                                 surplace_diagnostics *diagnostics,
                                                 surplace_tester **tester);
SURPLACE_API void surplace_tester_free(surplace_tester *tester);

/* Runs a case file, or all *.yaml, *.json and *.jsonl files below a folder, in the order of their names. May be called
 * again for more. OK; INVALID, IO and LIMIT (diagnosed; what could be read was run); NO_MEMORY. */
SURPLACE_API surplace_status surplace_tester_run_path(surplace_tester *tester, const char *path);
/* The same for all cases of a stream. */
SURPLACE_API surplace_status surplace_tester_run_cases(surplace_tester *tester, surplace_cases *cases);

/* Tries small changes of the rules one by one - a condition left out, a comparison shifted, a parameter set otherwise -
 * and notes which of them no expectation notices. `explained` names a file that says of which changes no case can notice
 * them, and why; it may be NULL. To be called once, after the cases; where an expectation failed or a file was faulty
 * nothing is tried. OK; INVALID, LIMIT or IO (the file of explanations; diagnosed); MISUSE without the option `mutate`;
 * NO_MEMORY. */
SURPLACE_API surplace_status surplace_tester_mutate(surplace_tester *tester, const char *explained);

SURPLACE_API void surplace_tester_summary(const surplace_tester *tester, surplace_test_summary *summary);

/* The report. `quiet`: of text only the failures and the summary. It shows addresses of facts, no values. OK, IO,
 * NO_MEMORY. */
SURPLACE_API surplace_status surplace_render_tests(surplace_tester *tester, surplace_test_output output,
                                                   const surplace_style *style, bool quiet,
                                                   surplace_write_fn write, void *context);

#ifdef __cplusplus
}
#endif
#endif
