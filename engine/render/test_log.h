/* The results of tests as texts, kept beyond the batch of cases that they come from. */
#ifndef SP_RENDER_TEST_LOG_H
#define SP_RENDER_TEST_LOG_H

#include "explain/check.h"
#include "explain/coverage.h"
#include "explain/mutate.h"
#include "model/explained.h"

/* A line of what explains a failure: plain text, not wrapped. */
typedef struct sp_test_line {
    uint32_t depth;
    sp_str text;
} sp_test_line;

typedef struct sp_test_result {
    uint32_t file; /* index in the log's files */
    uint32_t line, column;
    uint32_t reading;          /* SP_NONE: the rule base has none */
    sp_str case_name, address; /* "kim.refugee" */
    sp_state expected, found;
    const sp_str *rules, *missing; /* expected among the reasons; those of them that are not there */
    size_t rule_count, missing_count;
    bool passed;
    sp_str message; /* failures: "expected holds, found open" */
    const sp_test_line *lines;
    size_t line_count;
} sp_test_result;

typedef struct sp_test_file {
    sp_str name;
    size_t cases, passed, failed;
    bool faulty; /* it, or a case in it, could not be read */
} sp_test_file;

typedef struct sp_test_log {
    const sp_rulebase *base;
    sp_arena arena;
    SP_VEC(sp_test_file) files;
    SP_VEC(sp_test_result) results;
    SP_VEC(uint32_t) readings;   /* those that were run */
    size_t cases, silent;        /* silent: without any expectation that was run */
    size_t left_out;             /* expectations of readings that were not asked for */
    const sp_coverage *coverage; /* NULL: not asked for */
    const sp_mutants *mutants;   /* NULL: not asked for, or not tried since something else is wrong */
    const sp_explanations *explained;
    bool failed; /* memory ran out */
} sp_test_log;

typedef struct sp_mutant_count {
    size_t tried, noticed, survived, explained, impossible;
    size_t idle; /* explanations of what is noticed, or is no change at all */
} sp_mutant_count;

void sp_test_log_free(sp_test_log *log);
/* Adds a file; results are then noted for it. */
void sp_test_log_file(sp_test_log *log, sp_str name);
/* Notes an expectation that the checker has just held, and whether it was met. */
void sp_test_log_result(sp_test_log *log, sp_checker *checker, const sp_expectation *expectation,
                        bool passed);
/* Puts files' results in the order of their places, readings in that of their names. */
void sp_test_log_sort(sp_test_log *log);
size_t sp_test_log_count(const sp_test_log *log, bool passed);
size_t sp_test_log_faulty(const sp_test_log *log);
/* All zero without mutants. Tried are those whose change is in force under a reading that was run. */
sp_mutant_count sp_test_log_mutants(const sp_test_log *log);
/* "unhcr"; empty for none. */
sp_str sp_test_reading(const sp_test_log *log, uint32_t reading);

#endif
