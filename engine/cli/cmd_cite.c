#include <string.h>

#include "cli/stream.h"

static const sp_option options[] = {
    {"rules", 0, "DIR", "a rule base of your own (default: built in)"},
    {"format", 'f', "text|json", "how to print (default: text)"},
    {"output", 'o', "FILE", "write to a file, whole or not at all"},
    {"width", 0, "COLUMNS", "wrap text at so many columns (0: never)"},
    {"color", 0, "auto|always|never", "colour (default: auto; NO_COLOR is heeded)"},
    {"help", 'h', NULL, "this help"},
};

/* `-` by its name as a file: the library reads sources by path. */
static const char *source_path(const sp_arguments *a)
{
    return strcmp(a->inputs[0], "-") == 0 ? "/dev/stdin" : a->inputs[0];
}

static int cite(const sp_arguments *a, surplace_diagnostics *diagnostics, const surplace_rules *rules,
                bool json)
{
    sp_output out;
    size_t missing = 0;
    int code = sp_output_open(&out, a->output);
    if (code != SP_EXIT_OK)
        return code;
    surplace_style style = sp_style_for(a, &out);
    surplace_status status = surplace_render_citations(
        rules, source_path(a), json ? SURPLACE_JSON_OUTPUT : SURPLACE_TEXT_OUTPUT, &style, diagnostics,
        sp_output_write, &out, &missing);
    sp_write_diagnostics(diagnostics, a);
    if (status != SURPLACE_OK && out.failure == 0) {
        sp_output_abandon(&out);
        return sp_exit_for(status, SP_EXIT_INPUT);
    }
    code = sp_output_finish(&out);
    if (code != SP_EXIT_OK)
        return code;
    return missing > 0 ? SP_EXIT_FOUND : SP_EXIT_OK;
}

static int run(const sp_command *command, const sp_arguments *a)
{
    bool json = a->format != NULL && strcmp(a->format, "json") == 0;
    if (a->format != NULL && !json && strcmp(a->format, "text") != 0)
        return sp_usage_error(command, "--format is text or json");
    if (a->input_count != 1)
        return sp_usage_error(command, "one source text is expected");
    if (sp_output_replaces(a->output, a->inputs[0]))
        return sp_usage_error(command, "--output names the source, which it would replace");
    surplace_diagnostics *diagnostics = surplace_diagnostics_new();
    surplace_rules *rules = NULL;
    if (diagnostics == NULL)
        return sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    surplace_status status = surplace_rules_load(a->rules, diagnostics, &rules);
    int code;
    if (status == SURPLACE_OK) {
        code = cite(a, diagnostics, rules, json);
    } else {
        sp_write_diagnostics(diagnostics, a);
        code = sp_exit_for(status, SP_EXIT_RULES);
    }
    surplace_rules_free(rules);
    surplace_diagnostics_free(diagnostics);
    return code;
}

const sp_command sp_command_cite = {
    .name = "cite",
    .synopsis = "[OPTIONS] SOURCE",
    .summary = "Finds every quoted passage, word for word, in the source text.",
    .details = "SOURCE is a UTF-8 text file, typed or scanned: words split at line ends, running\n"
               "heads, footnotes and lost quotation marks do not hide a passage. Exit 1 if any\n"
               "passage is not found. `-` is standard input.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
