#include "cli/case_page.h"

#include <string.h>
#include <unistd.h>

#include "cli/confine.h"

struct case_page {
    const sp_arguments *arguments;
    surplace_diagnostics *diagnostics;
    surplace_rules *rules;
    surplace_law *law;
    surplace_assessor *assessor;
    sp_output out;
    surplace_style style;
    sp_case_page_fn page;
    int (*finish)(void *context);
    bool writes_files;
    void *context;
    bool json;
    size_t cases, pages;
    bool faulty;
};

static surplace_status print(struct case_page *p, size_t index)
{
    const char *between = p->pages == 0 ? "" : p->json ? "\n" : "\n\n";
    size_t before = p->out.length;
    sp_output_write(&p->out, between, strlen(between));
    surplace_status status = p->page(p->context, p->assessor, index, p->arguments, &p->style,
                                     p->diagnostics, &p->out);
    if (status == SURPLACE_MISUSE)
        p->out.length = before; /* nothing was printed: the output is held */
    else
        p->pages++;
    return status == SURPLACE_MISUSE ? SURPLACE_OK : status;
}

static surplace_status print_all(struct case_page *p, surplace_cases *cases)
{
    for (;;) {
        size_t count;
        surplace_status status = surplace_assess(p->assessor, cases, &count);
        if (status == SURPLACE_END)
            return SURPLACE_OK;
        p->faulty |= status == SURPLACE_INVALID;
        if (status != SURPLACE_OK && status != SURPLACE_INVALID)
            return status;
        status = SURPLACE_OK;
        /* a fault is told of, and then nothing else is */
        for (size_t i = 0; i < count && status == SURPLACE_OK && !p->faulty; i++)
            status = print(p, i);
        p->cases += count;
        if (status != SURPLACE_OK)
            return status;
    }
}

static int read_input(struct case_page *p)
{
    const char *path = p->arguments->inputs[0];
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    surplace_cases *cases;
    int descriptor = sp_input_open(path);
    if (descriptor < 0)
        return SP_EXIT_INPUT;
    if (!p->writes_files)
        sp_confine_inputs_open();
    surplace_status status = surplace_cases_open(p->rules, name, sp_input_format(p->arguments, path),
                                                 sp_input_read, &descriptor, p->diagnostics, &cases);
    if (status == SURPLACE_OK)
        status = print_all(p, cases);
    surplace_cases_close(cases);
    if (descriptor != STDIN_FILENO)
        close(descriptor);
    if (status == SURPLACE_OK && p->faulty)
        status = SURPLACE_INVALID;
    if (status == SURPLACE_OK && p->cases == 0) {
        sp_say("%.600s: has no case in it", name);
        return SP_EXIT_INPUT;
    }
    return status == SURPLACE_IO && p->out.failure != 0 ? SP_EXIT_OUTPUT
                                                        : sp_exit_for(status, SP_EXIT_INPUT);
}

static int write_pages(struct case_page *p)
{
    int code = sp_output_open(&p->out, p->arguments->output);
    if (code != SP_EXIT_OK)
        return code;
    p->out.hold = true;
    p->style = sp_style_for(p->arguments, &p->out);
    code = read_input(p);
    sp_write_diagnostics(p->diagnostics, p->arguments);
    if (code == SP_EXIT_OUTPUT)
        return sp_output_finish(&p->out);
    if (code == SP_EXIT_OK && p->pages == 0)
        code = SP_NO_PAGE;
    if (code == SP_EXIT_OK && p->finish != NULL)
        code = p->finish(p->context);
    if (code != SP_EXIT_OK) {
        sp_output_abandon(&p->out);
        return code;
    }
    if (p->json)
        sp_output_write(&p->out, "\n", 1);
    return sp_output_finish(&p->out);
}

static int load(struct case_page *p)
{
    const sp_arguments *a = p->arguments;
    surplace_options assess = {
        .no_presumptions = a->no_presumptions, .set = a->set, .set_count = a->set_count};
    surplace_status status = surplace_rules_load(a->rules, p->diagnostics, &p->rules);
    if (status == SURPLACE_OK)
        status = surplace_law_compile(p->rules, a->reading, p->diagnostics, &p->law);
    if (status == SURPLACE_OK)
        status = surplace_assessor_new(p->law, &assess, &p->assessor);
    if (status == SURPLACE_OK)
        return SP_EXIT_OK;
    sp_write_diagnostics(p->diagnostics, a);
    return sp_exit_for(status, SP_EXIT_RULES);
}

static int check_arguments(const sp_command *command, const sp_arguments *a)
{
    if (a->input != NULL && strcmp(a->input, "yaml") != 0 && strcmp(a->input, "json") != 0 &&
        strcmp(a->input, "jsonl") != 0)
        return sp_usage_error(command, "--input is yaml, json or jsonl");
    if (sp_output_replaces(a->output, a->inputs[0]))
        return sp_usage_error(command, "--output names an input, which it would replace");
    return 0;
}

int sp_case_page(const sp_command *command, const sp_arguments *a, bool json, sp_case_page_fn page,
                 int (*finish)(void *context), void *context)
{
    struct case_page p = {.arguments = a,
                          .json = json,
                          .page = page,
                          .finish = finish,
                          .writes_files = finish != NULL,
                          .context = context};
    int code = check_arguments(command, a);
    if (code != 0)
        return code;
    p.diagnostics = surplace_diagnostics_new();
    if (p.diagnostics == NULL)
        return sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    code = load(&p);
    if (code == SP_EXIT_OK)
        code = write_pages(&p);
    surplace_assessor_free(p.assessor);
    surplace_law_free(p.law);
    surplace_rules_free(p.rules);
    surplace_diagnostics_free(p.diagnostics);
    return code;
}
