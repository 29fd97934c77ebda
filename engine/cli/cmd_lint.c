#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/stream.h"

static const sp_option options[] = {
    {"rules", 0, "DIR", "the rule base (default: built in); report what is in PATH"},
    {"fail-on", 0, "error|warning|note", "exit 1 for findings this grave (default: warning)"},
    {"witness", 0, "DIR", "write case files that show the findings into a folder"},
    {"list", 0, NULL, "list what can be found"},
    {"explain", 0, "CODE", "explain one of them, with an example"},
    {"verbose", 'v', NULL, "also what is accepted, what was not decided, a summary"},
    {"format", 'f', "text|json|sarif", "how to print (default: text)"},
    {"output", 'o', "FILE", "write to a file, whole or not at all"},
    {"width", 0, "COLUMNS", "wrap text at so many columns (0: never)"},
    {"color", 0, "auto|always|never", "colour (default: auto; NO_COLOR is heeded)"},
    {"help", 'h', NULL, "this help"},
};

/* What one run of the command carries along. */
struct linting {
    const sp_arguments *arguments;
    surplace_diagnostics *diagnostics;
    surplace_rules *rules;
    surplace_lint *lint;
    surplace_lint_output format;
    size_t fail_on; /* 0 error, 1 warning, 2 note */
};

/* The place of a word in a list that ends with NULL, or its length. `fallback` for no word. */
static size_t find_word(const char *word, const char *const *words, size_t fallback)
{
    size_t i = 0;
    if (word == NULL)
        return fallback;
    while (words[i] != NULL && strcmp(words[i], word) != 0)
        i++;
    return i;
}

static bool read_options(const sp_command *command, const sp_arguments *a, struct linting *l)
{
    static const char *const formats[] = {"text", "json", "sarif", NULL};
    static const char *const grades[] = {"error", "warning", "note", NULL};
    size_t format = find_word(a->format, formats, 0);
    l->format = (surplace_lint_output)format;
    l->fail_on = find_word(a->fail_on, grades, 1);
    if (format == 3)
        sp_usage_error(command, "--format is text, json or sarif");
    else if (l->fail_on == 3)
        sp_usage_error(command, "--fail-on is error, warning or note");
    else
        return true;
    return false;
}

/* --- what can be found --- */

static int explain(const sp_command *command, const sp_arguments *a)
{
    sp_output out;
    int code = sp_output_open(&out, a->output);
    if (code != SP_EXIT_OK)
        return code;
    surplace_style style = sp_style_for(a, &out);
    surplace_status status = surplace_render_lint_codes(a->explain, &style, sp_output_write, &out);
    if (status == SURPLACE_OK || status == SURPLACE_IO)
        return sp_output_finish(&out);
    sp_output_abandon(&out);
    return status == SURPLACE_MISUSE
               ? sp_usage_error(command, "there is no finding '%.100s'; --list has them all", a->explain)
               : sp_exit_for(status, SP_EXIT_FAULT);
}

/* --- case files that show findings --- */

/* Never over a file that is there: whose it is cannot be known. */
static int write_witness(const char *folder, const char *name, const char *text)
{
    size_t length = strlen(folder) + strlen(name) + 2;
    char *path = malloc(length);
    struct stat about;
    sp_output out;
    if (path == NULL)
        return SP_EXIT_FAULT;
    snprintf(path, length, "%s/%s", folder, name);
    int code = SP_EXIT_OUTPUT;
    if (lstat(path, &about) == 0)
        sp_say("%.600s: is there already, and is not replaced", path);
    else
        code = sp_output_open(&out, path);
    if (code == SP_EXIT_OK) {
        sp_output_write(&out, text, strlen(text));
        code = sp_output_finish(&out);
    }
    free(path);
    return code;
}

static int write_witnesses(struct linting *l)
{
    const char *folder = l->arguments->witness, *name, *text;
    surplace_status status = SURPLACE_OK;
    int code = SP_EXIT_OK;
    if (folder == NULL)
        return SP_EXIT_OK;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        sp_say("%.600s: cannot be made: %s", folder, strerror(errno));
        return SP_EXIT_OUTPUT;
    }
    for (size_t i = 0; code == SP_EXIT_OK; i++) {
        status = surplace_lint_witness(l->lint, i, &name, &text);
        if (status != SURPLACE_OK)
            break;
        code = write_witness(folder, name, text);
    }
    return status == SURPLACE_NO_MEMORY ? sp_exit_for(status, SP_EXIT_FAULT) : code;
}

/* --- the check --- */

static int verdict(const struct linting *l)
{
    surplace_lint_summary s;
    surplace_lint_summarise(l->lint, &s);
    size_t found = s.errors + (l->fail_on >= 1 ? s.warnings : 0) + (l->fail_on >= 2 ? s.notes : 0);
    return found > 0 ? SP_EXIT_FOUND : SP_EXIT_OK;
}

static int nothing(const struct linting *l)
{
    surplace_lint_summary s;
    surplace_lint_summarise(l->lint, &s);
    if (s.files > 0 && s.rules > 0)
        return SP_EXIT_OK;
    sp_say(s.files == 0 ? "nothing to check: no file of the rule base is there"
                        : "nothing to check: there are no rules");
    return SP_EXIT_NOTHING;
}

static int report(struct linting *l)
{
    sp_output out;
    int code = nothing(l);
    if (code == SP_EXIT_OK)
        code = write_witnesses(l);
    if (code == SP_EXIT_OK)
        code = sp_output_open(&out, l->arguments->output);
    if (code != SP_EXIT_OK)
        return code;
    surplace_style style = sp_style_for(l->arguments, &out);
    surplace_status status = surplace_render_lint(l->lint, l->format, &style, sp_output_write, &out);
    if (status != SURPLACE_OK && status != SURPLACE_IO) {
        sp_output_abandon(&out);
        return sp_exit_for(status, SP_EXIT_FAULT);
    }
    code = sp_output_finish(&out);
    return code != SP_EXIT_OK ? code : verdict(l);
}

/* With --rules the paths say what to report of it; without, they are the rule base. */
static surplace_status load(struct linting *l)
{
    const sp_arguments *a = l->arguments;
    const char *const *paths = (const char *const *)a->inputs;
    bool own = a->rules == NULL && a->input_count > 0;
    const surplace_lint_options how = {own ? NULL : paths, own ? 0 : a->input_count, a->witness != NULL,
                                       a->verbose};
    surplace_status status = own ? surplace_rules_load_paths(paths, a->input_count, l->diagnostics,
                                                             &l->rules)
                                 : surplace_rules_load(a->rules, l->diagnostics, &l->rules);
    return status == SURPLACE_OK ? surplace_lint_new(l->rules, &how, l->diagnostics, &l->lint) : status;
}

/* The exit for rules that were not loaded: a folder without any rule file holds nothing to check. */
static int not_loaded(const struct linting *l, surplace_status status)
{
    surplace_diagnostic first;
    bool empty = status == SURPLACE_INVALID && surplace_diagnostics_count(l->diagnostics) == 1 &&
                 surplace_diagnostics_get(l->diagnostics, 0, &first) == SURPLACE_OK &&
                 strcmp(first.word, "empty") == 0;
    return empty ? SP_EXIT_NOTHING : sp_exit_for(status, SP_EXIT_RULES);
}

static int run(const sp_command *command, const sp_arguments *a)
{
    struct linting l = {.arguments = a};
    if (!read_options(command, a, &l))
        return SP_EXIT_USAGE;
    if (a->list || a->explain != NULL)
        return explain(command, a);
    l.diagnostics = surplace_diagnostics_new();
    if (l.diagnostics == NULL)
        return sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    surplace_status status = load(&l);
    sp_write_diagnostics(l.diagnostics, a);
    int code = status == SURPLACE_OK ? report(&l) : not_loaded(&l, status);
    surplace_lint_free(l.lint);
    surplace_rules_free(l.rules);
    surplace_diagnostics_free(l.diagnostics);
    return code;
}

const sp_command sp_command_lint = {
    .name = "lint",
    .synopsis = "[OPTIONS] [PATH...]",
    .summary = "Finds faults in rules: what can never hold, makes no difference, is not used.",
    .details = "PATH is a rule file or a folder of them; all together are the rule base to\n"
               "check, and without one it is what is built in. With --rules DIR that is the\n"
               "rule base, and only what is found in PATH is reported.\n"
               "\n"
               "Exit 0 if nothing is found, 1 if something is, 6 if there is nothing to check.\n"
               "`lint: {CODE: reason}` on a rule, node or declaration accepts a finding there.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
