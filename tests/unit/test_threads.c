/* Threads share rules and law; each has an assessor of its own, and all come to the same bytes. ThreadSanitizer looks
 * on in the preset tsan. */
#include "support/test.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "support/reading.h"
#include "surplace/surplace.h"

enum { THREADS = 8, ROUNDS = 2, CASES = 80 };

static surplace_rules *rules;
static surplace_law *law;
static sp_buf stream;

/* What a thread brings home: the texts and JSON of all cases, one after another. */
typedef struct work {
    pthread_t thread;
    sp_buf report;
    surplace_status status;
    size_t cases;
} work;

static int add_to_report(void *report, const char *text, size_t length)
{
    sp_buf_add(report, (sp_str){text, length});
    return 0;
}

static surplace_status render_batch(work *w, surplace_assessor *assessor, size_t count)
{
    const surplace_style style = {.width = 80};
    surplace_status status = SURPLACE_OK;
    for (size_t i = 0; i < count && status == SURPLACE_OK; i++) {
        status = surplace_render_case(assessor, i, SURPLACE_JSON_OUTPUT, &style, add_to_report, &w->report);
        if (status == SURPLACE_OK && i % 16 == 0)
            status = surplace_render_case(assessor, i, SURPLACE_TEXT_OUTPUT, &style, add_to_report,
                                          &w->report);
        w->cases++;
    }
    return status;
}

static surplace_status assess_stream(work *w, surplace_assessor *assessor,
                                     surplace_diagnostics *diagnostics)
{
    pieces source = {.rest = sp_buf_str(&stream), .size = 4096};
    surplace_cases *cases;
    surplace_status status = surplace_cases_open(rules, "stream.yaml", SURPLACE_YAML, read_piece, &source,
                                                 diagnostics, &cases);
    size_t count;
    while (status == SURPLACE_OK) {
        status = surplace_assess(assessor, cases, &count);
        if (status == SURPLACE_OK)
            status = render_batch(w, assessor, count);
    }
    surplace_cases_close(cases);
    return status;
}

static void *assess(void *context)
{
    work *w = context;
    surplace_assessor *assessor = NULL;
    surplace_diagnostics *diagnostics = surplace_diagnostics_new();
    w->status = surplace_assessor_new(law, NULL, &assessor);
    for (int round = 0; round < ROUNDS && (w->status == SURPLACE_OK || w->status == SURPLACE_END); round++)
        w->status = assess_stream(w, assessor, diagnostics);
    surplace_assessor_free(assessor);
    surplace_diagnostics_free(diagnostics);
    return NULL;
}

/* The essay's case, with something else left unsaid or stated otherwise in every copy. */
static void write_stream(void)
{
    static const char *const locations[] = {"CHN", "PRK", "KOR", "THA"};
    static const char *const answers[] = {"yes", "no", "unknown", "[{is: yes, by: x}, {is: no, by: y}]"};
    for (unsigned i = 0; i < CASES; i++)
        sp_buf_printf(&stream,
                      "---\n"
                      "surplace: case/1\n"
                      "title: Case %u\n"
                      "assessed_on: 2004-03-01\n"
                      "persons:\n"
                      "  kim:\n"
                      "    location: %s\n"
                      "    departed: %u\n"
                      "    departure_motives: [economic]\n"
                      "    departure_authorised: %s\n"
                      "    countries_of_reference:\n"
                      "      - {state: PRK, kind: nationality, fears_return: %s, harms: []}\n"
                      "removals:\n"
                      "  handover: {of: kim, by: %s, to: PRK, date: 2004-03-15}\n",
                      i, locations[i % 4], 1990 + i % 20, answers[i / 4 % 4], answers[i / 16 % 4],
                      locations[i / 3 % 4]);
}

static int begin(void **state)
{
    (void)state;
    surplace_diagnostics *diagnostics = surplace_diagnostics_new();
    surplace_status status = surplace_rules_load(NULL, diagnostics, &rules);
    if (status == SURPLACE_OK)
        status = surplace_law_compile(rules, NULL, diagnostics, &law);
    surplace_diagnostics_free(diagnostics);
    write_stream();
    return status != SURPLACE_OK || stream.failed;
}

static int end(void **state)
{
    (void)state;
    surplace_law_free(law);
    surplace_rules_free(rules);
    sp_buf_clear(&stream);
    return 0;
}

static void threads_share_a_law(void **state)
{
    (void)state;
    static work alone, threads[THREADS];
    assess(&alone);
    assert_int_equal(alone.status, SURPLACE_END);
    assert_int_equal(alone.cases, ROUNDS * CASES);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i].thread, NULL, assess, &threads[i]), 0);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i].thread, NULL), 0);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(threads[i].status, SURPLACE_END);
        if (!sp_str_eq(sp_buf_str(&threads[i].report), sp_buf_str(&alone.report)))
            fail_msg("thread %zu came to other bytes than one thread alone", i);
        sp_buf_clear(&threads[i].report);
    }
    sp_buf_clear(&alone.report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_share_a_law),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
