#include <string.h>

#include "cli/stream.h"

static const sp_option options[] = {
    {"rules", 0, "DIR", "a rule base of your own (default: built in)"},
    {"output", 'o', "FILE", "write to a file, whole or not at all"},
    {"help", 'h', NULL, "this help"},
};

static int print(const sp_command *command, const sp_arguments *a, const surplace_rules *rules)
{
    const char *kind = a->input_count > 0 ? a->inputs[0] : "case";
    sp_output out;
    int code = sp_output_open(&out, a->output);
    if (code != SP_EXIT_OK)
        return code;
    surplace_status status = surplace_render_schema(rules, kind, sp_output_write, &out);
    if (status == SURPLACE_OK || status == SURPLACE_IO)
        return sp_output_finish(&out);
    sp_output_abandon(&out);
    return status == SURPLACE_MISUSE
               ? sp_usage_error(command,
                                "there is no kind of file '%.100s': KIND is case, rules, vocabulary, "
                                "reading, authorities, passages or world",
                                kind)
               : sp_exit_for(status, SP_EXIT_FAULT);
}

static int run(const sp_command *command, const sp_arguments *a)
{
    surplace_rules *rules = NULL;
    if (a->input_count > 1)
        return sp_usage_error(command, "one kind of file at a time");
    surplace_diagnostics *diagnostics = surplace_diagnostics_new();
    if (diagnostics == NULL)
        return sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    surplace_status status = surplace_rules_load(a->rules, diagnostics, &rules);
    sp_write_diagnostics(diagnostics, a);
    int code = status == SURPLACE_OK ? print(command, a, rules) : sp_exit_for(status, SP_EXIT_RULES);
    surplace_rules_free(rules);
    surplace_diagnostics_free(diagnostics);
    return code;
}

const sp_command sp_command_schema = {
    .name = "schema",
    .synopsis = "[OPTIONS] [KIND]",
    .summary = "Prints a JSON Schema, so that an editor completes and checks files.",
    .details = "KIND is case (the default), rules, vocabulary, reading, authorities, passages\n"
               "or world. The schema (draft 2020-12) knows the facts, values and questions of\n"
               "the rule base. A YAML file names its schema in its first line:\n"
               "\n"
               "  # yaml-language-server: $schema=../schema/case.json\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
