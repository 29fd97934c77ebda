#include <stdlib.h>
#include <string.h>

#include "cli/stream.h"

static const sp_option options[] = {
    {"readings", 'r', "A,B,...", "these readings; the first is what the others part from"},
    {"cases", 0, NULL, "compare two cases with each other, under one reading"},
    {"against", 0, "DIR", "compare with another rule base, under one reading"},
    {"all", 'a', NULL, "every verdict, not only headlines and differences"},
    {"rules", 0, "DIR", "a rule base of your own (default: built in)"},
    {"set", 's', "PATH=VALUE", "a fact laid over every case: kim.departed=2011-02"},
    {"no-presumptions", 0, NULL, "leave open what only a presumption would settle"},
    {"format", 'f', "text|markdown|csv|json", "how to print (default: text)"},
    {"input", 'i', "yaml|json|jsonl", "what standard input is (default: yaml)"},
    {"output", 'o', "FILE", "write to a file, whole or not at all"},
    {"width", 0, "COLUMNS", "wrap text at so many columns (0: never)"},
    {"color", 0, "auto|always|never", "colour (default: auto; NO_COLOR is heeded)"},
    {"redact", 0, NULL, "mask labels, dates and free text of the cases"},
    {"help", 'h', NULL, "this help"},
};

/* What one run of the command carries along. */
struct compare {
    const sp_arguments *arguments;
    surplace_diagnostics *diagnostics;
    surplace_rules *rules, *against;
    surplace_comparison *comparison;
    surplace_compare_options how;
    surplace_compare_output format;
    char *names;           /* of --readings, cut at the commas */
    const char **readings; /* in it */
};

static bool listed_before(const struct compare *c, const char *name)
{
    for (size_t i = 0; i < c->how.reading_count; i++)
        if (strcmp(c->readings[i], name) == 0)
            return true;
    return false;
}

/* Cuts --readings at its commas. 0, or an exit code after a message. */
static int read_readings(const sp_command *command, struct compare *c)
{
    const char *given = c->arguments->readings;
    size_t length = strlen(given), most = 1;
    for (size_t i = 0; i < length; i++)
        most += given[i] == ',';
    c->names = malloc(length + 1);
    c->readings = calloc(most, sizeof *c->readings);
    if (c->names == NULL || c->readings == NULL)
        return sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    memcpy(c->names, given, length + 1);
    for (char *name = c->names, *end; name != NULL; name = end) {
        end = strchr(name, ',');
        if (end != NULL)
            *end++ = '\0';
        if (name[0] == '\0')
            return sp_usage_error(command, "--readings takes names with commas between them, as in "
                                           "--readings unhcr,uk");
        if (listed_before(c, name))
            return sp_usage_error(command, "--readings names %.200s twice", name);
        c->readings[c->how.reading_count++] = name;
    }
    c->how.readings = c->readings;
    return 0;
}

static int check_inputs(const sp_command *command, const sp_arguments *a)
{
    size_t standard = 0;
    if (a->input_count == 0)
        return sp_usage_error(command, "no case file or folder is named; `-` reads standard input");
    for (size_t i = 0; i < a->input_count; i++) {
        standard += strcmp(a->inputs[i], "-") == 0;
        if (sp_output_replaces(a->output, a->inputs[i]))
            return sp_usage_error(command, "--output names an input, which it would replace");
    }
    return standard > 1 ? sp_usage_error(command, "standard input (`-`) is named twice") : 0;
}

static int read_options(const sp_command *command, struct compare *c)
{
    static const char *const formats[] = {"text", "markdown", "csv", "json"};
    const sp_arguments *a = c->arguments;
    size_t f = 0;
    while (a->format != NULL && f < sizeof formats / sizeof *formats && strcmp(a->format, formats[f]) != 0)
        f++;
    if (f == sizeof formats / sizeof *formats)
        return sp_usage_error(command, "--format is text, markdown, csv or json");
    if (a->cases && a->against != NULL)
        return sp_usage_error(command, "--cases and --against do not go together");
    c->format = (surplace_compare_output)f;
    c->how = (surplace_compare_options){.what = a->cases             ? SURPLACE_COMPARE_CASES
                                                : a->against != NULL ? SURPLACE_COMPARE_RULES
                                                                     : SURPLACE_COMPARE_READINGS,
                                        .name = a->rules != NULL ? a->rules : "built-in rules",
                                        .against_name = a->against,
                                        .no_presumptions = a->no_presumptions,
                                        .set = a->set,
                                        .set_count = a->set_count,
                                        .redact = a->redact};
    int code = a->readings != NULL ? read_readings(command, c) : 0;
    if (code == 0 && c->how.what != SURPLACE_COMPARE_READINGS && c->how.reading_count > 1)
        code = sp_usage_error(command, "with --cases or --against, --readings names one reading");
    return code != 0 ? code : check_inputs(command, a);
}

static surplace_status read_standard_input(struct compare *c)
{
    int descriptor = sp_input_open("-");
    if (descriptor < 0)
        return SURPLACE_IO;
    return surplace_comparison_read(c->comparison, "standard input", sp_input_format(c->arguments, "-"),
                                    sp_input_read, &descriptor);
}

/* The exit of all inputs together: the gravest, so that all faults are told in one go. */
static int read_inputs(struct compare *c)
{
    int worst = SP_EXIT_OK;
    for (size_t i = 0; i < c->arguments->input_count && worst != SP_EXIT_FAULT; i++) {
        const char *path = c->arguments->inputs[i];
        surplace_status status = strcmp(path, "-") == 0 ? read_standard_input(c)
                                                        : surplace_comparison_path(c->comparison, path);
        int code = sp_exit_for(status, SP_EXIT_INPUT);
        worst = code > worst ? code : worst;
    }
    if (worst == SP_EXIT_OK)
        worst = sp_exit_for(surplace_comparison_finish(c->comparison), SP_EXIT_USAGE);
    return worst;
}

static int verdict(const struct compare *c)
{
    surplace_compare_summary s;
    surplace_comparison_summary(c->comparison, &s);
    if (s.cases == 0) {
        sp_say("nothing to compare: there is no case");
        return SP_EXIT_NOTHING;
    }
    bool found = c->how.what == SURPLACE_COMPARE_RULES && s.differences + s.unmatched > 0;
    return found ? SP_EXIT_FOUND : SP_EXIT_OK;
}

/* Nothing is printed beside an error. */
static int report(struct compare *c)
{
    sp_output out;
    int code = sp_output_open(&out, c->arguments->output);
    if (code != SP_EXIT_OK)
        return code;
    surplace_style style = sp_style_for(c->arguments, &out);
    code = read_inputs(c);
    sp_write_diagnostics(c->diagnostics, c->arguments);
    int found = code == SP_EXIT_OK ? verdict(c) : code;
    if (found != SP_EXIT_OK && found != SP_EXIT_FOUND) {
        sp_output_abandon(&out);
        return found;
    }
    surplace_status status = surplace_render_comparison(c->comparison, c->format, &style, c->arguments->all,
                                                        sp_output_write, &out);
    if (status != SURPLACE_OK && status != SURPLACE_IO) {
        sp_output_abandon(&out);
        return sp_exit_for(status, SP_EXIT_FAULT);
    }
    int written = sp_output_finish(&out);
    return written != SP_EXIT_OK ? written : found;
}

static int run_with_rules(struct compare *c)
{
    const sp_arguments *a = c->arguments;
    surplace_status status = surplace_rules_load(a->rules, c->diagnostics, &c->rules);
    if (status == SURPLACE_OK && a->against != NULL)
        status = surplace_rules_load(a->against, c->diagnostics, &c->against);
    c->how.against = c->against;
    if (status == SURPLACE_OK)
        status = surplace_comparison_new(c->rules, &c->how, c->diagnostics, &c->comparison);
    if (status == SURPLACE_OK)
        return report(c);
    sp_write_diagnostics(c->diagnostics, a);
    return sp_exit_for(status, SP_EXIT_RULES);
}

static int run(const sp_command *command, const sp_arguments *a)
{
    struct compare c = {.arguments = a};
    int code = read_options(command, &c);
    if (code == 0) {
        c.diagnostics = surplace_diagnostics_new();
        code = c.diagnostics != NULL ? run_with_rules(&c) : sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    }
    surplace_comparison_free(c.comparison);
    surplace_rules_free(c.rules);
    surplace_rules_free(c.against);
    surplace_diagnostics_free(c.diagnostics);
    free(c.readings);
    free(c.names);
    return code;
}

const sp_command sp_command_compare = {
    .name = "compare",
    .synopsis = "[OPTIONS] CASE...",
    .summary = "Sets verdicts side by side, and says where the reasons part.",
    .details = "CASE is a case file, or a folder of them (*.yaml, *.json, *.jsonl, at any\n"
               "depth); `-` is standard input. Each case is a table of its verdicts under all\n"
               "readings, or those that --readings names. Below it stands, for every verdict\n"
               "that is not the same everywhere, the first point at which the reasons part: a\n"
               "rule that reads otherwise, a parameter, a presumption; with its authority.\n"
               "\n"
               "--cases compares the two cases that are named (two files, or two documents of\n"
               "one) and says which facts they part at. --against compares two rule bases over\n"
               "all cases; criteria are matched by their names.\n"
               "\n"
               "Exit 0 means that it ran, whatever it found; with --against exit 1 if a verdict\n"
               "differs, or if only one rule base has a criterion.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
