#include <stdlib.h>
#include <string.h>

#include "cli/case_page.h"

static const sp_option options[] = {
    {"depth", 'd', "LEVELS", "so many levels of parts (default: all)"},
    {"addresses", 0, NULL, "text: print the address of every part"},
    {"reading", 'r', "NAME", "how contested points are read (default: the rules' own)"},
    {"rules", 0, "DIR", "a rule base of your own (default: built in)"},
    {"set", 's', "PATH=VALUE", "a fact laid over the case: kim.departed=2011-02"},
    {"no-presumptions", 0, NULL, "leave open what only a presumption would settle"},
    {"format", 'f', "text|json|dot|svg", "how to print (default: text)"},
    {"input", 'i', "yaml|json|jsonl", "what the input is (default: by the file's ending)"},
    {"output", 'o', "FILE", "write to a file, whole or not at all"},
    {"width", 0, "COLUMNS", "wrap text at so many columns (0: never)"},
    {"color", 0, "auto|always|never", "colour (default: auto; NO_COLOR is heeded)"},
    {"redact", 0, NULL, "mask labels, dates and free text of the case"},
    {"help", 'h', NULL, "this help"},
};

static const struct {
    const char *name;
    surplace_output output;
} formats[] = {{"text", SURPLACE_TEXT_OUTPUT},
               {"json", SURPLACE_JSON_OUTPUT},
               {"dot", SURPLACE_DOT_OUTPUT},
               {"svg", SURPLACE_SVG_OUTPUT}};

#define FORMATS (sizeof formats / sizeof *formats)

/* The number of the format that is asked for, or FORMATS. */
static size_t format_of(const sp_arguments *a)
{
    size_t i = 0;
    while (a->format != NULL && i < FORMATS && strcmp(a->format, formats[i].name) != 0)
        i++;
    return i;
}

/* The depth asked for, -1: all of it, -2: no such number. */
static int depth_of(const sp_arguments *a)
{
    char *end;
    if (a->depth == NULL)
        return -1;
    long depth = strtol(a->depth, &end, 10);
    return *end != '\0' || end == a->depth || depth < 0 || depth > 1000000 ? -2 : (int)depth;
}

static surplace_status page(void *context, surplace_assessor *assessor, size_t index, const sp_arguments *a,
                            const surplace_style *style, surplace_diagnostics *diagnostics, sp_output *out)
{
    (void)context;
    surplace_explain_options how = {.depth = depth_of(a), .addresses = a->addresses};
    return surplace_render_explanation(assessor, index, a->inputs[1], &how, formats[format_of(a)].output,
                                       style, diagnostics, sp_output_write, out);
}

static int run(const sp_command *command, const sp_arguments *a)
{
    if (format_of(a) == FORMATS)
        return sp_usage_error(command, "--format is text, json, dot or svg");
    if (depth_of(a) == -2)
        return sp_usage_error(command, "--depth is a number of levels");
    if (a->input_count != 2)
        return sp_usage_error(command,
                              "a case file and a criterion are named, as in case.yaml kim.refugee");
    int code = sp_case_page(command, a, formats[format_of(a)].output == SURPLACE_JSON_OUTPUT, page, NULL,
                            NULL);
    if (code != SP_NO_PAGE)
        return code;
    return sp_usage_error(
        command,
        "the case has no criterion or part '%.200s'; write it as kim.refugee, person.refugee "
        "where one subject has it, or an address that explain printed",
        a->inputs[1]);
}

const sp_command sp_command_explain = {
    .name = "explain",
    .synopsis = "[OPTIONS] CASE CRITERION",
    .summary = "Shows why a criterion is as it is: every part, and the shortest account.",
    .details = "CASE is a case file; `-` is standard input. CRITERION is kim.refugee or, of a\n"
               "pair, kim.in_danger_in(PRK); where one subject has it, person.refugee will do;\n"
               "or the address of a part, as --addresses and the other formats print it.\n"
               "\n"
               "First the fewest findings that suffice for the verdict, and the fewest that\n"
               "would have to be different for the other one; of what is contested both\n"
               "sides, of what is open what is missing. Then every part, whatever its state,\n"
               "with what it compared. JSON, a Graphviz graph (dot) and a picture (svg) have\n"
               "the same parts with their addresses.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
