#include <string.h>
#include <unistd.h>

#include "cli/confine.h"
#include "cli/stream.h"

static const sp_option options[] = {
    {"criterion", 'e', "CRITERION", "exit 0, 10, 11, 12: it holds, fails, is open, contested"},
    {"reading", 'r', "NAME", "how contested points are read (default: the rules' own)"},
    {"rules", 0, "DIR", "a rule base of your own (default: built in)"},
    {"set", 's', "PATH=VALUE", "a fact laid over the case: kim.departed=2011-02"},
    {"no-presumptions", 0, NULL, "leave open what only a presumption would settle"},
    {"format", 'f', "text|json|jsonl|proof", "how to print (default: text)"},
    {"input", 'i', "yaml|json|jsonl", "what the inputs are (default: by the file's ending)"},
    {"output", 'o', "FILE", "write to a file, whole or not at all"},
    {"width", 0, "COLUMNS", "wrap text at so many columns (0: never)"},
    {"color", 0, "auto|always|never", "colour (default: auto; NO_COLOR is heeded)"},
    {"redact", 0, NULL, "mask labels, dates and free text of the case"},
    {"help", 'h', NULL, "this help"},
};

/* What one run of the command carries along. */
struct evaluation {
    const sp_arguments *arguments;
    surplace_diagnostics *diagnostics;
    surplace_rules *rules;
    surplace_law *law;
    surplace_assessor *assessor;
    sp_output out;
    surplace_style style;
    bool json, lines, proof;
    size_t cases, json_cases;
    surplace_status read_fault; /* the first faulty input, or OK */
    int state_exit;             /* of -e: the exit of the last case */
    bool state_missing;
};

static int exit_of_state(surplace_state state)
{
    static const int exits[] = {SP_EXIT_OPEN, SP_EXIT_OK, SP_EXIT_FAILS, SP_EXIT_CONTESTED};
    return exits[state];
}

static surplace_status print_case(struct evaluation *e, size_t index)
{
    surplace_output output = e->proof              ? SURPLACE_PROOF_OUTPUT
                             : e->json || e->lines ? SURPLACE_JSON_OUTPUT
                                                   : SURPLACE_TEXT_OUTPUT;
    const char *before = e->cases == 0 || e->lines || e->proof ? "" : e->json ? "\n" : "\n\n";
    int failed = sp_output_write(&e->out, before, strlen(before));
    surplace_status status = surplace_render_case(e->assessor, index, output, &e->style, sp_output_write,
                                                  &e->out);
    if (status == SURPLACE_OK && e->lines)
        failed |= sp_output_write(&e->out, "\n", 1);
    e->cases++;
    return failed ? SURPLACE_IO : status;
}

static void note_state(struct evaluation *e, size_t index)
{
    surplace_state state;
    if (e->arguments->criterion == NULL)
        return;
    if (surplace_verdict_find(e->assessor, index, e->arguments->criterion, &state) != SURPLACE_OK)
        e->state_missing = true;
    else
        e->state_exit = exit_of_state(state);
}

/* All cases of one input. An exit code; faulty cases are noted and the rest goes on. */
static int evaluate_stream(struct evaluation *e, surplace_cases *cases)
{
    for (;;) {
        size_t count;
        surplace_status status = surplace_assess(e->assessor, cases, &count);
        if (status == SURPLACE_END)
            return SP_EXIT_OK;
        if (status == SURPLACE_INVALID)
            e->read_fault = SURPLACE_INVALID;
        else if (status != SURPLACE_OK)
            return sp_exit_for(status, SP_EXIT_INPUT);
        for (size_t i = 0; i < count; i++) {
            status = print_case(e, i);
            if (status == SURPLACE_IO)
                return SP_EXIT_OUTPUT;
            if (status != SURPLACE_OK)
                return sp_exit_for(status, SP_EXIT_FAULT);
            note_state(e, i);
        }
    }
}

static int evaluate_input(struct evaluation *e, const char *path)
{
    surplace_cases *cases;
    int descriptor = sp_input_open(path);
    if (descriptor < 0) {
        e->read_fault = SURPLACE_IO;
        return SP_EXIT_OK; /* the other inputs may have faults to tell of */
    }
    if (path == e->arguments->inputs[e->arguments->input_count - 1])
        sp_confine_inputs_open();
    size_t before = e->cases, faults = surplace_diagnostics_count(e->diagnostics);
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    surplace_status status = surplace_cases_open(e->rules, name, sp_input_format(e->arguments, path),
                                                 sp_input_read, &descriptor, e->diagnostics, &cases);
    int code = status == SURPLACE_OK ? evaluate_stream(e, cases) : sp_exit_for(status, SP_EXIT_INPUT);
    surplace_cases_close(cases);
    if (descriptor != STDIN_FILENO)
        close(descriptor);
    if (code == SP_EXIT_OK && e->cases == before && surplace_diagnostics_count(e->diagnostics) == faults) {
        sp_say("%.600s: has no case in it", name);
        e->read_fault = SURPLACE_INVALID;
    }
    return code;
}

/* Text and JSON are held back until every input has been read: no verdict is printed beside an error. Lines go out as
 * they come, so that any number of cases fits in memory; a faulty case has none. */
static int finish(struct evaluation *e, int code)
{
    bool faulty = e->read_fault != SURPLACE_OK;
    sp_write_diagnostics(e->diagnostics, e->arguments);
    if (code == SP_EXIT_OUTPUT)
        return sp_output_finish(&e->out);
    if (code == SP_EXIT_OK && faulty)
        code = SP_EXIT_INPUT;
    if (code == SP_EXIT_OK && e->state_missing) {
        sp_output_abandon(&e->out);
        return sp_usage_error(&sp_command_eval,
                              "the case has no criterion '%.200s'; write it as kim.refugee or, where one "
                              "subject has it, person.refugee",
                              e->arguments->criterion);
    }
    if (code != SP_EXIT_OK && (e->out.hold || e->out.path != NULL)) {
        sp_output_abandon(&e->out);
        return code;
    }
    if (e->json && e->cases > 0)
        sp_output_write(&e->out, "\n", 1);
    int written = sp_output_finish(&e->out);
    if (written != 0)
        return written;
    return code != SP_EXIT_OK ? code : e->state_exit;
}

static int load(struct evaluation *e)
{
    const sp_arguments *a = e->arguments;
    surplace_options assess = {
        .no_presumptions = a->no_presumptions, .set = a->set, .set_count = a->set_count};
    surplace_status status = surplace_rules_load(a->rules, e->diagnostics, &e->rules);
    if (status == SURPLACE_OK)
        status = surplace_law_compile(e->rules, a->reading, e->diagnostics, &e->law);
    if (status == SURPLACE_OK)
        status = surplace_assessor_new(e->law, &assess, &e->assessor);
    if (status == SURPLACE_OK)
        return SP_EXIT_OK;
    sp_write_diagnostics(e->diagnostics, a);
    return sp_exit_for(status, SP_EXIT_RULES);
}

static int run_inputs(struct evaluation *e)
{
    int code = sp_output_open(&e->out, e->arguments->output);
    if (code != SP_EXIT_OK)
        return code;
    e->out.hold = !e->lines;
    e->style = sp_style_for(e->arguments, &e->out);
    for (size_t i = 0; i < e->arguments->input_count && code == SP_EXIT_OK; i++)
        code = evaluate_input(e, e->arguments->inputs[i]);
    return finish(e, code);
}

/* Standard input can be read once, and a report must not take the place of a case. */
static int check_inputs(const sp_command *command, const sp_arguments *a)
{
    size_t standard = 0;
    if (a->input_count == 0)
        return sp_usage_error(command, "no case file is named; `-` reads standard input");
    for (size_t i = 0; i < a->input_count; i++) {
        standard += strcmp(a->inputs[i], "-") == 0;
        if (sp_output_replaces(a->output, a->inputs[i]))
            return sp_usage_error(command, "--output names an input, which it would replace");
    }
    return standard > 1 ? sp_usage_error(command, "standard input (`-`) is named twice") : 0;
}

static int run(const sp_command *command, const sp_arguments *a)
{
    struct evaluation e = {.arguments = a, .read_fault = SURPLACE_OK};
    if (a->format != NULL && strcmp(a->format, "text") != 0) {
        e.json = strcmp(a->format, "json") == 0;
        e.lines = strcmp(a->format, "jsonl") == 0;
        e.proof = strcmp(a->format, "proof") == 0;
        if (!e.json && !e.lines && !e.proof)
            return sp_usage_error(command, "--format is text, json, jsonl or proof");
    }
    if (a->input != NULL && strcmp(a->input, "yaml") != 0 && strcmp(a->input, "json") != 0 &&
        strcmp(a->input, "jsonl") != 0)
        return sp_usage_error(command, "--input is yaml, json or jsonl");
    int code = check_inputs(command, a);
    if (code != 0)
        return code;
    e.diagnostics = surplace_diagnostics_new();
    if (e.diagnostics == NULL)
        return sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    code = load(&e);
    if (code == SP_EXIT_OK)
        code = run_inputs(&e);
    surplace_assessor_free(e.assessor);
    surplace_law_free(e.law);
    surplace_rules_free(e.rules);
    surplace_diagnostics_free(e.diagnostics);
    return code;
}

const sp_command sp_command_eval = {
    .name = "eval",
    .synopsis = "[OPTIONS] CASE...",
    .summary = "Says of every criterion whether it holds, fails, is open or contested; and why.",
    .details = "CASE is a case file: YAML (several documents are several cases), .json or .jsonl;\n"
               "`-` is standard input. Exit 0 means that it ran, whatever the verdict.\n"
               "A proof has the rules, the facts and every step of the derivation, for another\n"
               "program to follow again.\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
