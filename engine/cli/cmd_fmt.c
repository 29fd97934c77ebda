#include <string.h>

#include "cli/law_page.h"

static const sp_option options[] = {
    {"as", 0, "prose", "sentences to proof-read"},
    {"reading", 'r', "NAME", "how contested points are read (default: the rules' own)"},
    {"rules", 0, "DIR", "a rule base of your own (default: built in)"},
    {"output", 'o', "FILE", "write to a file, whole or not at all"},
    {"width", 0, "COLUMNS", "wrap text at so many columns (0: never)"},
    {"color", 0, "auto|always|never", "colour (default: auto; NO_COLOR is heeded)"},
    {"help", 'h', NULL, "this help"},
};

static surplace_status page(const surplace_law *law, const sp_arguments *a, const surplace_style *style,
                            surplace_diagnostics *diagnostics, sp_output *out)
{
    return surplace_render_prose(law, (const char *const *)a->inputs, a->input_count, style, diagnostics,
                                 sp_output_write, out);
}

static int run(const sp_command *command, const sp_arguments *a)
{
    if (a->as == NULL || strcmp(a->as, "prose") != 0)
        return sp_usage_error(command, "--as prose is expected: the one form there is");
    return sp_law_page(a, page);
}

const sp_command sp_command_fmt = {
    .name = "fmt",
    .synopsis = "--as prose [OPTIONS] [NAME...]",
    .summary = "Writes the rules as sentences for a lawyer to proof-read.",
    .details = "NAME is a rule (sur_place), a criterion (person.refugee) or an entity (person);\n"
               "without one, all rules in force under the reading are written.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
