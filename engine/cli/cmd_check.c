#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/stream.h"

static const sp_option options[] = {
    {"reading", 'r', "NAME", "hold conclusions to the law under this reading"},
    {"rules", 0, "DIR", "a rule base of your own (default: built in)"},
    {"fail-on", 0, "error|warning|note", "what is grave enough for exit 1 (default: note)"},
    {"claims", 0, NULL, "show how every sentence was read"},
    {"format", 'f', "text|json|sarif|markdown", "how to print (default: text)"},
    {"input", 'i', "markdown|text", "what the drafts are (default: by their names)"},
    {"output", 'o', "FILE", "write to a file, whole or not at all"},
    {"width", 0, "COLUMNS", "wrap text at so many columns (0: never)"},
    {"color", 0, "auto|always|never", "colour (default: auto; NO_COLOR is heeded)"},
    {"help", 'h', NULL, "this help"},
};

/* What one run of the command carries along. */
struct check {
    const sp_arguments *arguments;
    surplace_diagnostics *diagnostics;
    surplace_rules *rules;
    surplace_law *law;
    surplace_reviewer *reviewer;
    surplace_review_output format;
    surplace_draft_format input;
    int fail_on; /* 0: errors, 1: warnings too, 2: notes too */
};

/* The number of a word in a list with NULL at its end; `fallback` if there is none, -1 if it is not listed. */
static int word_of(const char *word, const char *const *words, int fallback)
{
    if (word == NULL)
        return fallback;
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(word, words[i]) == 0)
            return i;
    return -1;
}

static int check_inputs(const sp_command *command, const struct check *c)
{
    const sp_arguments *a = c->arguments;
    size_t standard = 0;
    if (a->input_count == 0)
        return sp_usage_error(command, "no draft or folder is named; `-` reads standard input");
    for (size_t i = 0; i < a->input_count; i++) {
        standard += strcmp(a->inputs[i], "-") == 0;
        if (sp_output_replaces(a->output, a->inputs[i]))
            return sp_usage_error(command, "--output names a draft, which it would replace");
    }
    if (standard > 1)
        return sp_usage_error(command, "standard input (`-`) is named twice");
    if (c->format == SURPLACE_REVIEW_MARKDOWN && a->input_count > 1)
        return sp_usage_error(command, "--format markdown copies one draft");
    return 0;
}

static int read_options(const sp_command *command, struct check *c)
{
    static const char *const formats[] = {"text", "json", "sarif", "markdown", NULL};
    static const char *const inputs[] = {"", "markdown", "text", NULL};
    static const char *const severities[] = {"error", "warning", "note", NULL};
    int format = word_of(c->arguments->format, formats, 0);
    int input = word_of(c->arguments->input, inputs, 0);
    c->fail_on = word_of(c->arguments->fail_on, severities, 2);
    if (format < 0)
        return sp_usage_error(command, "--format is text, json, sarif or markdown");
    if (input < 0)
        return sp_usage_error(command, "--input is markdown or text");
    if (c->fail_on < 0)
        return sp_usage_error(command, "--fail-on is error, warning or note");
    c->format = (surplace_review_output)format;
    c->input = (surplace_draft_format)input;
    if (c->arguments->claims && c->format != SURPLACE_REVIEW_TEXT && c->format != SURPLACE_REVIEW_JSON)
        return sp_usage_error(command, "--claims goes with --format text or json");
    return check_inputs(command, c);
}

static int read_input(struct check *c, const char *path)
{
    if (strcmp(path, "-") != 0)
        return sp_exit_for(surplace_review_path(c->reviewer, path, c->input), SP_EXIT_INPUT);
    int descriptor = sp_input_open(path);
    if (descriptor < 0)
        return SP_EXIT_INPUT;
    return sp_exit_for(
        surplace_review_stream(c->reviewer, "standard input", c->input, sp_input_read, &descriptor),
        SP_EXIT_INPUT);
}

static int verdict(const struct check *c)
{
    surplace_review_summary s;
    surplace_reviewer_summary(c->reviewer, &s);
    if (s.undecided > 0)
        return SP_EXIT_LIMIT;
    size_t found = s.errors + (c->fail_on > 0 ? s.warnings : 0) + (c->fail_on > 1 ? s.notes : 0);
    return found > 0 ? SP_EXIT_FOUND : SP_EXIT_OK;
}

static int report(struct check *c)
{
    sp_output out;
    int code = sp_output_open(&out, c->arguments->output);
    if (code != SP_EXIT_OK)
        return code;
    surplace_style style = sp_style_for(c->arguments, &out);
    surplace_status status = surplace_render_review(c->reviewer, c->format, &style, c->arguments->claims,
                                                    sp_output_write, &out);
    if (status == SURPLACE_MISUSE)
        sp_say("--format markdown copies one draft, and the folder has several");
    if (status != SURPLACE_OK && status != SURPLACE_IO) {
        sp_output_abandon(&out);
        return status == SURPLACE_MISUSE ? SP_EXIT_USAGE : sp_exit_for(status, SP_EXIT_FAULT);
    }
    code = sp_output_finish(&out);
    return code != SP_EXIT_OK ? code : verdict(c);
}

/* No report beside an error: what it leaves out would read as sound. */
static int run_inputs(struct check *c)
{
    int worst = SP_EXIT_OK;
    surplace_review_summary s;
    for (size_t i = 0; i < c->arguments->input_count && worst != SP_EXIT_FAULT; i++) {
        int code = read_input(c, c->arguments->inputs[i]);
        worst = code > worst ? code : worst;
    }
    sp_write_diagnostics(c->diagnostics, c->arguments);
    surplace_reviewer_summary(c->reviewer, &s);
    if (worst != SP_EXIT_OK)
        return worst;
    if (s.sentences == 0) {
        sp_say("nothing to check: there is no prose in what was named");
        return SP_EXIT_NOTHING;
    }
    return report(c);
}

static int run(const sp_command *command, const sp_arguments *a)
{
    struct check c = {.arguments = a};
    int code = read_options(command, &c);
    if (code != 0)
        return code;
    c.diagnostics = surplace_diagnostics_new();
    if (c.diagnostics == NULL)
        return sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    surplace_status status = surplace_rules_load(a->rules, c.diagnostics, &c.rules);
    if (status == SURPLACE_OK)
        status = surplace_law_compile(c.rules, a->reading, c.diagnostics, &c.law);
    if (status == SURPLACE_OK)
        status = surplace_reviewer_new(c.law, c.diagnostics, &c.reviewer);
    if (status == SURPLACE_OK) {
        code = run_inputs(&c);
    } else {
        sp_write_diagnostics(c.diagnostics, a);
        code = sp_exit_for(status, SP_EXIT_RULES);
    }
    surplace_reviewer_free(c.reviewer);
    surplace_law_free(c.law);
    surplace_rules_free(c.rules);
    surplace_diagnostics_free(c.diagnostics);
    return code;
}

const sp_command sp_command_check = {
    .name = "check",
    .synopsis = "[OPTIONS] DRAFT...",
    .summary = "Finds where a draft in prose reasons as the law does not.",
    .details = "DRAFT is Markdown, or plain text if it ends in .txt; or a folder of them (*.md,\n"
               "*.markdown, *.txt, at any depth); `-` is standard input. What is in another\n"
               "format goes through a converter first:\n"
               "  pandoc -f docx -t gfm --wrap=none paper.docx | surplace check -\n"
               "\n"
               "Three kinds of finding: a sentence applies a test that the law does not have; a\n"
               "conclusion does not follow from what the draft itself asserts; a draft decides\n"
               "and leaves out what must be examined first. A view that the draft quotes,\n"
               "reports, denies or refutes is not taken for its own.\n"
               "\n"
               "The author can state a claim exactly, and silence a finding with a reason, in\n"
               "or before the paragraph concerned:\n"
               "  <!-- surplace: claim removal.prohibited_by_article_33 fails -->\n"
               "  <!-- surplace: allow label-decides because the label is quoted here -->\n"
               "\n"
               "What it cannot do: it knows English sentences of the shapes that the claims of\n"
               "the rule base describe, one or two at a time. It does not find out what a\n"
               "pronoun stands for, follow an argument over paragraphs, notice irony, or check\n"
               "facts and citations. No finding does not mean that the reasoning is sound.\n"
               "\n"
               "Exit 0 if nothing is found, 1 if something is, 5 if a sentence took too much\n"
               "work to read, 6 if there is nothing to check.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
