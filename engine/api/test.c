#define _POSIX_C_SOURCE 200809L /* open */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "api/mutation.h"
#include "api/paths.h"
#include "render/test_report.h"
#include "text/folder.h"

/* A reading that is run: the law under it, compiled when the first expectation asks for it. */
struct runner {
    surplace_law *law;
    sp_run run;
};

struct surplace_tester {
    const surplace_rules *rules;
    surplace_diagnostics *diagnostics;
    uint32_t reading;  /* the default one, or the one asked for; SP_NONE: the rule base has none */
    bool only_reading; /* it was asked for */
    sp_facts facts;
    struct runner *runners; /* by reading; the last: without one */
    uint32_t *reading_of;   /* by expectation of the batch: where it is run, or SP_NONE: left out */
    size_t reading_of_cap;
    sp_checker checker;
    sp_coverage coverage;
    sp_test_log log;
    sp_mutation mutation;
    bool mutates; /* keep the cases for it */
    surplace_progress_fn progress;
    void *progress_context;
    bool rules_faulty;
};

static size_t runner_count(const surplace_tester *t)
{
    return t->rules->base.readings.len + 1;
}

/* Readings are numbered from 0, and the law without any reading stands behind them. */
static uint32_t slot_of(const surplace_tester *t, uint32_t reading)
{
    return reading == SP_NONE ? (uint32_t)t->rules->base.readings.len : reading;
}

/* --- a reading --- */

static surplace_status prepare(surplace_tester *t, uint32_t slot)
{
    struct runner *r = &t->runners[slot];
    const sp_rulebase *base = &t->rules->base;
    if (r->law != NULL)
        return SURPLACE_OK;
    const char *name = slot < base->readings.len ? base->readings.items[slot].id_text : NULL;
    surplace_status status = surplace_law_compile(t->rules, name, t->diagnostics, &r->law);
    if (status != SURPLACE_OK) {
        t->rules_faulty = status != SURPLACE_NO_MEMORY;
        return status;
    }
    if (!sp_run_init(&r->run, &r->law->net, true))
        return SURPLACE_NO_MEMORY;
    if (t->log.coverage != NULL)
        sp_coverage_admit(&t->coverage, &r->law->net);
    return SP_VEC_PUSH(&t->log.readings, r->law->net.reading) && !t->coverage.failed ? SURPLACE_OK
                                                                                     : SURPLACE_NO_MEMORY;
}

static void free_runner(struct runner *r)
{
    if (r->law == NULL)
        return;
    sp_run_free(&r->run);
    surplace_law_free(r->law);
}

static surplace_status find_reading(surplace_tester *t, const char *name)
{
    const sp_rulebase *base = &t->rules->base;
    t->only_reading = name != NULL;
    t->reading = name == NULL ? sp_rulebase_default_reading(base)
                              : sp_rulebase_reading(base, sp_str_from(name));
    if (name == NULL || t->reading != SP_NONE)
        return SURPLACE_OK;
    surplace_law *none; /* the diagnostic is the compiler's own */
    surplace_status status = surplace_law_compile(t->rules, name, t->diagnostics, &none);
    t->rules_faulty = status != SURPLACE_NO_MEMORY;
    return status;
}

surplace_status surplace_tester_new(const surplace_rules *rules, const surplace_test_options *options,
                                    surplace_diagnostics *d, surplace_tester **out)
{
    static const surplace_test_options plain = {0};
    size_t before = sp_shortages();
    surplace_tester *t = calloc(1, sizeof *t);
    *out = NULL;
    if (t == NULL)
        return sp_settled(d, before, SURPLACE_NO_MEMORY);
    if (options == NULL)
        options = &plain;
    t->rules = rules;
    t->diagnostics = d;
    t->log.base = &rules->base;
    t->mutates = options->mutate;
    t->progress = options->progress;
    t->progress_context = options->progress_context;
    t->runners = calloc(runner_count(t), sizeof *t->runners);
    surplace_status status = SURPLACE_OK;
    if (t->runners == NULL || !sp_facts_init(&t->facts, &rules->base.vocab, &rules->base.world) ||
        (options->cover && !sp_coverage_init(&t->coverage, &rules->base)))
        status = SURPLACE_NO_MEMORY;
    if (status == SURPLACE_OK && options->cover)
        t->log.coverage = &t->coverage;
    if (status == SURPLACE_OK)
        status = find_reading(t, options->reading);
    status = sp_settled(d, before, status);
    if (status == SURPLACE_OK)
        *out = t;
    else
        surplace_tester_free(t);
    return status;
}

void surplace_tester_free(surplace_tester *t)
{
    if (t == NULL)
        return;
    for (size_t i = 0; t->runners != NULL && i < runner_count(t); i++)
        free_runner(&t->runners[i]);
    sp_checker_free(&t->checker);
    sp_coverage_free(&t->coverage);
    sp_mutation_free(&t->mutation);
    sp_test_log_free(&t->log);
    sp_facts_free(&t->facts);
    free(t->runners);
    free(t->reading_of);
    free(t);
}

/* --- a batch of cases --- */

static void unknown_reading(surplace_tester *t, const sp_input *input, const sp_expectation *e)
{
    sp_buf list = {0};
    const char *id;
    for (size_t i = 0; (id = surplace_rules_reading(t->rules, i)) != NULL; i++)
        sp_buf_printf(&list, "%s%s", i > 0 ? ", " : "", id);
    sp_place place = {.input = input, .line = e->line, .column = e->column, .end_column = e->column + 1};
    sp_diag *diag = sp_diags_add(&t->diagnostics->list, SP_ERROR, SP_DIAG_READING, place,
                                 "this is expected under a reading that the rule base does not have");
    if (list.len > 0)
        sp_diag_hint(&t->diagnostics->list, diag, "its readings are %.*s", SP_STR(sp_buf_str(&list)));
    t->diagnostics->list.failed |= list.failed;
    sp_buf_clear(&list);
}

/* Has the case an expectation of its own for the reading that was asked for? */
static bool overridden(const surplace_tester *t, const sp_expectation *e)
{
    for (size_t i = 0; i < t->facts.expectations.len; i++) {
        const sp_expectation *other = &t->facts.expectations.items[i];
        if (other->case_index == e->case_index && other->criterion == e->criterion &&
            other->row == e->row && other->with_row == e->with_row && other->reading.count > 0 &&
            sp_rulebase_reading(&t->rules->base, sp_facts_span(&t->facts, other->reading)) == t->reading)
            return true;
    }
    return false;
}

/* Decides under which reading each expectation is run. INVALID if one names a reading that is not there. */
static surplace_status assign_readings(surplace_tester *t, const sp_input *input)
{
    surplace_status status = SURPLACE_OK;
    size_t count = t->facts.expectations.len;
    if (count > t->reading_of_cap) {
        free(t->reading_of);
        t->reading_of = malloc(count * sizeof *t->reading_of);
        t->reading_of_cap = t->reading_of != NULL ? count : 0;
        if (t->reading_of == NULL)
            return SURPLACE_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        const sp_expectation *e = &t->facts.expectations.items[i];
        sp_str name = sp_facts_span(&t->facts, e->reading);
        uint32_t own = name.len > 0 ? sp_rulebase_reading(&t->rules->base, name) : t->reading;
        t->reading_of[i] = slot_of(t, own);
        if (name.len > 0 && own == SP_NONE) {
            unknown_reading(t, input, e);
            t->reading_of[i] = SP_NONE;
            status = SURPLACE_INVALID;
        } else if (t->only_reading && name.len > 0 && own != t->reading) {
            t->reading_of[i] = SP_NONE;
            t->log.left_out++;
        } else if (t->only_reading && name.len == 0 && overridden(t, e)) {
            t->reading_of[i] = SP_NONE;
        }
    }
    return status;
}

static surplace_status over_limit(surplace_tester *t, const sp_input *input, const char *what)
{
    sp_diags_add(&t->diagnostics->list, SP_ERROR, SP_DIAG_LIMIT, (sp_place){.input = input},
                 "evaluation stopped: too much work (limit: %s)", what);
    return SURPLACE_LIMIT;
}

/* Runs the expectations of one reading; `cases` are those that have any. */
static surplace_status run_reading(surplace_tester *t, const sp_input *input, uint32_t slot, uint64_t cases)
{
    struct runner *r = &t->runners[slot];
    const char *what = NULL;
    surplace_status status = prepare(t, slot);
    if (status == SURPLACE_OK)
        status = sp_run_batch(&r->run, &t->facts, &what);
    if (status != SURPLACE_OK)
        return status == SURPLACE_LIMIT && !t->rules_faulty ? over_limit(t, input, what) : status;
    if (!sp_checker_begin(&t->checker, &r->run))
        return SURPLACE_NO_MEMORY;
    for (size_t i = 0; i < t->facts.expectations.len && !t->checker.failed; i++) {
        const sp_expectation *e = &t->facts.expectations.items[i];
        if (t->reading_of[i] == slot)
            sp_test_log_result(&t->log, &t->checker, e, sp_check_expectation(&t->checker, e));
    }
    if (t->log.coverage != NULL)
        sp_coverage_note(&t->coverage, &r->run, cases);
    return t->checker.failed || t->log.failed || t->coverage.failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
}

static surplace_status run_batch(surplace_tester *t, const sp_input *input)
{
    uint64_t spoken = 0;
    surplace_status worst = assign_readings(t, input);
    if (worst == SURPLACE_NO_MEMORY)
        return worst;
    for (uint32_t slot = 0; slot < runner_count(t); slot++) {
        uint64_t cases = 0;
        for (size_t i = 0; i < t->facts.expectations.len; i++)
            if (t->reading_of[i] == slot)
                cases |= (uint64_t)1 << t->facts.expectations.items[i].case_index;
        if (cases == 0)
            continue;
        spoken |= cases;
        surplace_status status = run_reading(t, input, slot, cases);
        if (status != SURPLACE_OK)
            return status;
    }
    for (uint32_t c = 0; c < t->facts.case_count; c++)
        t->log.silent += !(spoken >> c & 1);
    t->log.cases += t->facts.case_count;
    if (!t->mutates)
        return worst;
    uint32_t *slots = t->reading_of;
    t->reading_of = NULL;
    t->reading_of_cap = 0;
    return sp_mutation_keep(&t->mutation, &t->facts, slots) == SURPLACE_OK ? worst : SURPLACE_NO_MEMORY;
}

/* --- files --- */

static surplace_status run_cases(surplace_tester *t, surplace_cases *cases)
{
    surplace_status worst = SURPLACE_OK, status = SURPLACE_OK;
    size_t before = t->log.cases;
    sp_test_log_file(&t->log, cases->input->name);
    if (t->log.failed)
        return SURPLACE_NO_MEMORY;
    cases->what_ifs = true;
    while (!cases->over && (status == SURPLACE_OK || status == SURPLACE_INVALID) && !t->rules_faulty) {
        status = sp_cases_read_batch(cases, &t->facts, NULL, 0);
        worst = status != SURPLACE_OK ? status : worst;
        if ((status != SURPLACE_OK && status != SURPLACE_INVALID) || t->facts.case_count == 0)
            continue;
        status = run_batch(t, cases->input);
        worst = status != SURPLACE_OK ? status : worst;
    }
    if (worst == SURPLACE_OK && t->log.cases == before) {
        sp_diags_add(&t->diagnostics->list, SP_ERROR, SP_DIAG_EMPTY, (sp_place){.input = cases->input},
                     "there is no case in it");
        worst = SURPLACE_INVALID;
    }
    sp_test_file *file = &t->log.files.items[t->log.files.len - 1];
    file->cases = t->log.cases - before;
    file->faulty = worst != SURPLACE_OK;
    return worst;
}

surplace_status surplace_tester_run_cases(surplace_tester *t, surplace_cases *cases)
{
    size_t before = sp_shortages();
    surplace_status status = run_cases(t, cases);
    return sp_settled(t->diagnostics, before, status);
}

static surplace_status unreadable(surplace_tester *t, const char *path, int number)
{
    sp_test_log_file(&t->log, sp_str_from(path));
    if (t->log.failed)
        return SURPLACE_NO_MEMORY;
    t->log.files.items[t->log.files.len - 1].faulty = true;
    return sp_paths_unreadable(path, number, t->diagnostics);
}

/* An sp_file_fn. Without law there is no point in going on. */
static surplace_status run_file(void *tester, const char *path, size_t index, size_t count)
{
    surplace_tester *t = tester;
    surplace_cases *cases;
    if (t->rules_faulty)
        return SURPLACE_INVALID;
    if (t->progress != NULL)
        t->progress(t->progress_context, "case files", index, count);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return unreadable(t, path, errno);
    surplace_status status = surplace_cases_open(t->rules, path, sp_paths_format(path), sp_read_descriptor,
                                                 &descriptor, t->diagnostics, &cases);
    if (status == SURPLACE_OK)
        status = surplace_tester_run_cases(t, cases);
    surplace_cases_close(cases);
    close(descriptor);
    return status;
}

surplace_status surplace_tester_run_path(surplace_tester *t, const char *path)
{
    size_t before = sp_shortages();
    surplace_status status = sp_paths_each(path, t->diagnostics, run_file, t);
    return sp_settled(t->diagnostics, before, status);
}

/* --- mutation --- */

static surplace_status mutate(surplace_tester *t, const char *explained)
{
    surplace_status status = SURPLACE_OK;
    if (explained != NULL)
        status = sp_mutation_explain(&t->mutation, explained, t->diagnostics);
    if (status != SURPLACE_OK || t->rules_faulty || sp_test_log_count(&t->log, false) > 0 ||
        sp_test_log_count(&t->log, true) == 0 || sp_test_log_faulty(&t->log) > 0)
        return status;
    const sp_network **nets = calloc(runner_count(t), sizeof *nets);
    if (nets == NULL)
        return SURPLACE_NO_MEMORY;
    for (size_t i = 0; i < runner_count(t); i++)
        nets[i] = t->runners[i].law != NULL ? &t->runners[i].law->net : NULL;
    status = sp_mutation_run(&t->mutation, &t->rules->base, nets, runner_count(t), t->progress,
                             t->progress_context);
    t->log.mutants = &t->mutation.mutants;
    t->log.explained = &t->mutation.explained;
    free(nets);
    return status;
}

surplace_status surplace_tester_mutate(surplace_tester *t, const char *explained)
{
    size_t before = sp_shortages();
    if (!t->mutates)
        return SURPLACE_MISUSE;
    surplace_status status = mutate(t, explained);
    return sp_settled(t->diagnostics, before, status);
}

/* --- results --- */

void surplace_tester_summary(const surplace_tester *t, surplace_test_summary *out)
{
    const sp_test_log *log = &t->log;
    sp_cover_count cover = {0, 0};
    sp_mutant_count mutants = sp_test_log_mutants(log);
    if (log->coverage != NULL)
        cover = sp_coverage_count(log->coverage, SP_COVER_KINDS);
    *out = (surplace_test_summary){.passed = sp_test_log_count(log, true),
                                   .failed = sp_test_log_count(log, false),
                                   .cases = log->cases,
                                   .files = log->files.len,
                                   .silent = log->silent,
                                   .faulty = sp_test_log_faulty(log),
                                   .readings = log->readings.len,
                                   .items = cover.total,
                                   .covered = cover.covered,
                                   .rules_faulty = t->rules_faulty,
                                   .mutated = log->mutants != NULL,
                                   .mutants = mutants.tried,
                                   .survivors = mutants.survived - mutants.explained,
                                   .idle = mutants.idle};
}

surplace_status surplace_render_tests(surplace_tester *t, surplace_test_output output,
                                      const surplace_style *style, bool quiet, surplace_write_fn write,
                                      void *context)
{
    static const surplace_style plain = {0};
    const surplace_style *s = style != NULL ? style : &plain;
    const sp_style inner = {.width = s->width, .colour = s->colour, .redact = s->redact};
    size_t before = sp_shortages();
    sp_buf b = {0};
    sp_test_log_sort(&t->log);
    switch (output) {
    case SURPLACE_TEST_TEXT:
        sp_test_report_text(&t->log, &inner, quiet, &b);
        break;
    case SURPLACE_TEST_TAP:
        sp_test_report_tap(&t->log, &b);
        break;
    case SURPLACE_TEST_JUNIT:
        sp_test_report_junit(&t->log, &b);
        break;
    case SURPLACE_TEST_JSON:
        sp_test_report_json(&t->log, &b);
        break;
    }
    surplace_status status = sp_hand_over(&b, before, write, context);
    sp_buf_clear(&b);
    return status;
}
