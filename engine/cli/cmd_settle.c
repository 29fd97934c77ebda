#include <string.h>

#include "cli/case_page.h"

static const sp_option options[] = {
    {"reading", 'r', "NAME", "how contested points are read (default: the rules' own)"},
    {"rules", 0, "DIR", "a rule base of your own (default: built in)"},
    {"set", 's', "PATH=VALUE", "a fact laid over the case: kim.departed=2011-02"},
    {"no-presumptions", 0, NULL, "ask also for what a presumption would settle"},
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

static surplace_status page(surplace_assessor *assessor, size_t index, const sp_arguments *a,
                            const surplace_style *style, surplace_diagnostics *diagnostics, sp_output *out)
{
    return surplace_render_settlement(assessor, index, a->inputs[1],
                                      is_json(a) ? SURPLACE_JSON_OUTPUT : SURPLACE_TEXT_OUTPUT, style,
                                      diagnostics, sp_output_write, out);
}

static int run(const sp_command *command, const sp_arguments *a)
{
    if (a->format != NULL && strcmp(a->format, "text") != 0 && !is_json(a))
        return sp_usage_error(command, "--format is text or json");
    if (a->input_count != 2)
        return sp_usage_error(command,
                              "a case file and a criterion are named, as in case.yaml kim.refugee");
    int code = sp_case_page(command, a, is_json(a), page);
    if (code != SP_NO_PAGE)
        return code;
    return sp_usage_error(
        command,
        "the case has no criterion '%.200s'; write it as kim.refugee or, where one subject has it, "
        "person.refugee",
        a->inputs[1]);
}

const sp_command sp_command_settle = {
    .name = "settle",
    .synopsis = "[OPTIONS] CASE CRITERION",
    .summary = "Says which answers would settle a criterion, and what to ask next.",
    .details = "CASE is a case file; `-` is standard input. CRITERION is kim.refugee or, of a\n"
               "pair, kim.in_danger_in(PRK); where one subject has it, person.refugee will do.\n"
               "\n"
               "Asked for are facts of the entries that the case has: not stated, unknown,\n"
               "contested, dates whose missing digits matter, and lists that may go on. Every\n"
               "combination of answers that the rules can tell apart is evaluated. Listed are\n"
               "the smallest sets of answers that make the criterion hold, and fail, whatever\n"
               "else is said; the question whose answer is expected to leave the least doubt;\n"
               "and the facts that cannot matter any more. Presumptions stand: what they have\n"
               "settled is not asked for. Facts of entries that the case does not have are not\n"
               "asked for either: add the entry, and ask again. Where too much is open to be\n"
               "worked out exactly, nothing is printed and the exit is 5.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
