#include <string.h>

#include "cli/case_page.h"
#include "cli/pairs.h"

static const sp_option options[] = {
    {"pairs", 0, "DIR", "also write minimal pairs as case files into a folder"},
    {"reading", 'r', "NAME", "how contested points are read (default: the rules' own)"},
    {"rules", 0, "DIR", "a rule base of your own (default: built in)"},
    {"set", 's', "PATH=VALUE", "a fact laid over the case: kim.departed=2011-02"},
    {"no-presumptions", 0, NULL, "leave open what only a presumption would settle"},
    {"format", 'f', "text|json", "how to print (default: text)"},
    {"input", 'i', "yaml|json|jsonl", "what the input is (default: by the file's ending)"},
    {"output", 'o', "FILE", "write to a file, whole or not at all"},
    {"width", 0, "COLUMNS", "wrap text at so many columns (0: never)"},
    {"color", 0, "auto|always|never", "colour (default: auto; NO_COLOR is heeded)"},
    {"redact", 0, NULL, "mask labels, dates and free text of the case"},
    {"help", 'h', NULL, "this help"},
};

static bool is_json(const sp_arguments *a)
{
    return a->format != NULL && strcmp(a->format, "json") == 0;
}

static surplace_status page(void *context, surplace_assessor *assessor, size_t index, const sp_arguments *a,
                            const surplace_style *style, surplace_diagnostics *diagnostics, sp_output *out)
{
    sp_pairs *pairs = context;
    const char *const *criteria = (const char *const *)a->inputs + 1;
    surplace_status status = surplace_render_variations(
        assessor, index, criteria, a->input_count - 1,
        is_json(a) ? SURPLACE_JSON_OUTPUT : SURPLACE_TEXT_OUTPUT, style, diagnostics, sp_output_write, out);
    pairs->case_number++;
    if (status == SURPLACE_OK && pairs->folder != NULL)
        status = surplace_write_pairs(assessor, index, criteria, a->input_count - 1, diagnostics,
                                      sp_pairs_take, pairs);
    return pairs->failed ? SURPLACE_NO_MEMORY : status;
}

/* The files come first: the report then tells of what is there. */
static int finish(void *context)
{
    sp_pairs *pairs = context;
    return sp_pairs_write(pairs);
}

static int run(const sp_command *command, const sp_arguments *a)
{
    sp_pairs pairs = {.folder = a->pairs};
    if (a->format != NULL && strcmp(a->format, "text") != 0 && !is_json(a))
        return sp_usage_error(command, "--format is text or json");
    if (a->input_count == 0)
        return sp_usage_error(command, "no case file is named; `-` reads standard input");
    if (a->pairs != NULL && a->redact)
        return sp_usage_error(command, "--pairs writes the values of the case, which --redact would mask");
    int code = sp_case_page(command, a, is_json(a), page, a->pairs != NULL ? finish : NULL, &pairs);
    sp_pairs_free(&pairs);
    if (code != SP_NO_PAGE)
        return code;
    return sp_usage_error(
        command, "no case has all the criteria named; write them as kim.refugee or, where one subject has "
                 "it, person.refugee");
}

const sp_command sp_command_vary = {
    .name = "vary",
    .synopsis = "[OPTIONS] CASE [CRITERION...]",
    .summary = "Says which single facts, otherwise or unsaid, would turn a case.",
    .details = "CASE is a case file; `-` is standard input. Each fact that it states is changed\n"
               "to each value that the rules can tell from it, and left out; of a list each\n"
               "member is left out. The facts that turn most verdicts come first. Looked at are\n"
               "the headline verdicts, or the criteria that are named (kim.refugee).\n"
               "\n"
               "With --pairs the case and each change that turns a verdict are written as case\n"
               "files with what they expect, for `surplace test` and for teaching. A file that\n"
               "is there is never replaced. They hold what the case states, not its notes.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
