#include <string.h>

#include "cli/law_page.h"

static const sp_option options[] = {
    {"reading", 'r', "NAME", "how contested points are read (default: the rules' own)"},
    {"rules", 0, "DIR", "a rule base of your own (default: built in)"},
    {"format", 'f', "text|markdown|json", "how to print (default: text)"},
    {"output", 'o', "FILE", "write to a file, whole or not at all"},
    {"width", 0, "COLUMNS", "wrap text at so many columns (0: never)"},
    {"color", 0, "auto|always|never", "colour (default: auto; NO_COLOR is heeded)"},
    {"help", 'h', NULL, "this help"},
};

static const struct {
    const char *name;
    surplace_output output;
} formats[] = {
    {"text", SURPLACE_TEXT_OUTPUT}, {"markdown", SURPLACE_MARKDOWN_OUTPUT}, {"json", SURPLACE_JSON_OUTPUT}};

#define FORMATS (sizeof formats / sizeof *formats)

/* The place of a format in the table, FORMATS if it is none. */
static size_t format_of(const sp_arguments *a)
{
    size_t i = 0;
    while (a->format != NULL && i < FORMATS && strcmp(a->format, formats[i].name) != 0)
        i++;
    return i;
}

static surplace_status page(const surplace_law *law, const sp_arguments *a, const surplace_style *style,
                            surplace_diagnostics *diagnostics, sp_output *out)
{
    return surplace_render_vocabulary(law, (const char *const *)a->inputs, a->input_count,
                                      formats[format_of(a)].output, style, diagnostics, sp_output_write,
                                      out);
}

static int run(const sp_command *command, const sp_arguments *a)
{
    if (format_of(a) == FORMATS)
        return sp_usage_error(command, "--format is text, markdown or json");
    return sp_law_page(a, page);
}

const sp_command sp_command_vocabulary = {
    .name = "vocabulary",
    .synopsis = "[OPTIONS] [NAME...]",
    .summary = "What a case can say and, for each criterion, the rules that decide it.",
    .details = "NAME is an entity (person) or one of its facts or criteria (person.refugee);\n"
               "without one, everything is printed, with the readings and what each sets.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
