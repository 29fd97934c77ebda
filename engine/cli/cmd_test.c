#include <stdlib.h>
#include <string.h>

#include "cli/progress.h"
#include "cli/stream.h"

static const sp_option options[] = {
    {"reading", 'r', "NAME", "hold `expect:` to this reading, not the default"},
    {"rules", 0, "DIR", "a rule base of your own (default: built in)"},
    {"cover", 0, NULL, "report which parts of the rules no case reaches"},
    {"cover-min", 0, "PERCENT", "the same, and exit 1 if fewer of them are reached"},
    {"mutate", 0, NULL, "report which small changes of the rules no case notices"},
    {"explained", 0, "FILE", "the same; FILE says which ones no case can notice, and why"},
    {"quiet", 'q', NULL, "print failures and the summary only"},
    {"format", 'f', "text|tap|junit|json", "how to print (default: text)"},
    {"input", 'i', "yaml|json|jsonl", "what standard input is (default: yaml)"},
    {"output", 'o', "FILE", "write to a file, whole or not at all"},
    {"width", 0, "COLUMNS", "wrap text at so many columns (0: never)"},
    {"color", 0, "auto|always|never", "colour (default: auto; NO_COLOR is heeded)"},
    {"help", 'h', NULL, "this help"},
};

/* What one run of the command carries along. */
struct test {
    const sp_arguments *arguments;
    surplace_diagnostics *diagnostics;
    surplace_rules *rules;
    surplace_tester *tester;
    surplace_test_output format;
    bool cover, mutate;
    sp_progress progress;
    double cover_min; /* percent */
};

/* False after a message. */
static bool read_options(const sp_command *command, const sp_arguments *a, struct test *t)
{
    static const char *const formats[] = {"text", "tap", "junit", "json"};
    size_t f = 0;
    while (a->format != NULL && f < sizeof formats / sizeof *formats && strcmp(a->format, formats[f]) != 0)
        f++;
    if (f == sizeof formats / sizeof *formats) {
        sp_usage_error(command, "--format is text, tap, junit or json");
        return false;
    }
    t->format = (surplace_test_output)f;
    t->cover = a->cover || a->cover_min != NULL;
    t->mutate = a->mutate || a->explained != NULL;
    if (t->mutate && t->format != SURPLACE_TEST_TEXT && t->format != SURPLACE_TEST_JSON) {
        sp_usage_error(command, "--mutate is reported as text or json");
        return false;
    }
    if (a->cover_min != NULL) {
        char *end;
        t->cover_min = strtod(a->cover_min, &end);
        if (strspn(a->cover_min, "0123456789.") != strlen(a->cover_min) || *end != '\0' ||
            t->cover_min > 100) {
            sp_usage_error(command, "--cover-min is a percentage from 0 to 100");
            return false;
        }
    }
    for (size_t i = 0; i < a->input_count; i++)
        if (sp_output_replaces(a->output, a->inputs[i])) {
            sp_usage_error(command, "--output names a case file, which it would replace");
            return false;
        }
    if (a->input_count == 0)
        sp_usage_error(command, "no case file or folder is named; `-` reads standard input");
    return a->input_count > 0;
}

static surplace_status run_standard_input(struct test *t)
{
    surplace_cases *cases;
    int descriptor = sp_input_open("-");
    if (descriptor < 0)
        return SURPLACE_IO;
    surplace_status status = surplace_cases_open(t->rules, "standard input",
                                                 sp_input_format(t->arguments, "-"), sp_input_read,
                                                 &descriptor, t->diagnostics, &cases);
    if (status == SURPLACE_OK)
        status = surplace_tester_run_cases(t->tester, cases);
    surplace_cases_close(cases);
    return status;
}

/* The exit of all inputs together: the gravest, and a faulty one does not keep the others from being run. */
static int run_inputs(struct test *t)
{
    int worst = SP_EXIT_OK;
    surplace_test_summary summary;
    for (size_t i = 0; i < t->arguments->input_count; i++) {
        const char *path = t->arguments->inputs[i];
        surplace_status status = strcmp(path, "-") == 0 ? run_standard_input(t)
                                                        : surplace_tester_run_path(t->tester, path);
        int code = sp_exit_for(status, SP_EXIT_INPUT);
        worst = code > worst ? code : worst;
        surplace_tester_summary(t->tester, &summary);
        if (summary.rules_faulty)
            return SP_EXIT_RULES;
        if (code == SP_EXIT_FAULT)
            break;
    }
    return worst;
}

static int verdict(const struct test *t, int code)
{
    surplace_test_summary s;
    surplace_tester_summary(t->tester, &s);
    if (code != SP_EXIT_OK)
        return code;
    if (s.passed + s.failed == 0) {
        sp_say("nothing to test: no case has an `expect:` that is to be run");
        return SP_EXIT_NOTHING;
    }
    if (t->cover && (double)s.covered * 100 < t->cover_min * (double)s.items) {
        sp_say("coverage is below %s %%", t->arguments->cover_min);
        return SP_EXIT_FOUND;
    }
    if (t->mutate && !s.mutated)
        sp_say("the rules were not changed, since an expectation is not met as they are");
    if (s.survivors > 0 || s.idle > 0)
        return SP_EXIT_FOUND;
    return s.failed > 0 ? SP_EXIT_FOUND : SP_EXIT_OK;
}

/* The report is written even where an input is faulty: what could be run is worth knowing, and the report says what
 * is missing from it. Without law there is nothing to report. */
static int report(struct test *t)
{
    sp_output out;
    int code = sp_output_open(&out, t->arguments->output);
    if (code != SP_EXIT_OK)
        return code;
    surplace_style style = sp_style_for(t->arguments, &out);
    sp_progress_begin(&t->progress, t->arguments->quiet);
    code = run_inputs(t);
    if (t->mutate && code == SP_EXIT_OK)
        code = sp_exit_for(surplace_tester_mutate(t->tester, t->arguments->explained), SP_EXIT_INPUT);
    sp_progress_end(&t->progress);
    sp_write_diagnostics(t->diagnostics, t->arguments);
    if (code == SP_EXIT_RULES || code == SP_EXIT_FAULT) {
        sp_output_abandon(&out);
        return code;
    }
    surplace_status status = surplace_render_tests(t->tester, t->format, &style, t->arguments->quiet,
                                                   sp_output_write, &out);
    if (status != SURPLACE_OK && status != SURPLACE_IO) {
        sp_output_abandon(&out);
        return sp_exit_for(status, SP_EXIT_FAULT);
    }
    int written = sp_output_finish(&out);
    return written != SP_EXIT_OK ? written : verdict(t, code);
}

static int run(const sp_command *command, const sp_arguments *a)
{
    struct test t = {.arguments = a};
    if (!read_options(command, a, &t))
        return SP_EXIT_USAGE;
    t.diagnostics = surplace_diagnostics_new();
    if (t.diagnostics == NULL)
        return sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    const surplace_test_options how = {.reading = a->reading,
                                       .cover = t.cover,
                                       .mutate = t.mutate,
                                       .progress = sp_progress_show,
                                       .progress_context = &t.progress};
    surplace_status status = surplace_rules_load(a->rules, t.diagnostics, &t.rules);
    if (status == SURPLACE_OK)
        status = surplace_tester_new(t.rules, &how, t.diagnostics, &t.tester);
    int code;
    if (status == SURPLACE_OK) {
        code = report(&t);
    } else {
        sp_write_diagnostics(t.diagnostics, a);
        code = sp_exit_for(status, SP_EXIT_RULES);
    }
    surplace_tester_free(t.tester);
    surplace_rules_free(t.rules);
    surplace_diagnostics_free(t.diagnostics);
    return code;
}

const sp_command sp_command_test = {
    .name = "test",
    .synopsis = "[OPTIONS] PATH...",
    .summary = "Holds case files to what they expect; reports what no case reaches.",
    .details = "PATH is a case file, or a folder of them (*.yaml, *.json, *.jsonl, at any\n"
               "depth); `-` is standard input. Exit 0 if all is as expected, 1 if not, 6 if\n"
               "nothing is expected. With --reading, `expect:` is held to that reading, save\n"
               "where the case has an expectation of its own for it under `expect_under:`;\n"
               "expectations for other readings are left out.\n"
               "\n"
               "Coverage counts, under the readings that were run: rules that hold, rules\n"
               "that fail, exceptions that hold, alternatives (parts of any_of) that hold,\n"
               "and presumptions that are applied. What the parameters of those readings\n"
               "switch off is not counted.\n"
               "\n"
               "--mutate changes the rules one small thing at a time: leaves out a rule, a\n"
               "condition, an exception or a presumption, turns a condition or a presumption\n"
               "round, exchanges for_some and for_every, shifts a comparison by one step, sets\n"
               "a parameter otherwise. A change that no case notices is a case to be written,\n"
               "or makes no difference: then --explained names a file that says why. Exit 1 if\n"
               "a change is neither noticed nor explained, or an explanation is out of date.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
