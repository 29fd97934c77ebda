#include <stdlib.h>
#include <string.h>

#include "api/lint_claims.h"
#include "explain/check.h"
#include "render/lint_report.h"

struct surplace_lint {
    const surplace_rules *rules;
    sp_lint_findings findings;
    sp_lint_view view;
    sp_arena arena; /* names and texts of case files */
};

static bool begin(surplace_lint *lint, const surplace_rules *rules, const surplace_lint_options *options)
{
    lint->rules = rules;
    lint->view.findings = &lint->findings;
    if (options == NULL)
        return true;
    sp_str *only = SP_NEW_ARRAY(&lint->arena, sp_str, options->only_count);
    if (only == NULL)
        return false;
    for (size_t i = 0; i < options->only_count; i++)
        only[i] = sp_str_from(options->only[i]);
    lint->view.only = only;
    lint->view.only_count = options->only_count;
    lint->view.cases = options->cases;
    lint->view.verbose = options->verbose;
    return true;
}

/* The rules under every reading; a rule base without readings has one law. */
static surplace_status compile(const sp_rulebase *base, sp_network *nets, size_t count, sp_diags *diags)
{
    surplace_status status = SURPLACE_OK;
    for (size_t i = 0; i < count && status == SURPLACE_OK; i++)
        status = sp_network_compile(&nets[i], base, base->readings.len > 0 ? (uint32_t)i : SP_NONE, diags);
    return status;
}

/* --- case files that show findings --- */

struct source {
    sp_str rest;
};

static ptrdiff_t read_source(void *context, char *buffer, size_t capacity)
{
    struct source *s = context;
    size_t length = s->rest.len < capacity ? s->rest.len : capacity;
    if (length > 0)
        memcpy(buffer, s->rest.ptr, length);
    s->rest = (sp_str){s->rest.ptr + length, s->rest.len - length};
    return (ptrdiff_t)length;
}

/* Is the case what the reader accepts, and do the rules say of it what it expects? `diags` are thrown away. */
static surplace_status try_case(sp_facts *facts, sp_run *run, sp_str text, sp_diags *diags, bool *shows)
{
    const sp_input input = {.name = SP_LIT("case")};
    struct source source = {text};
    sp_case_reader reader = {.vocab = facts->vocab, .facts = facts, .diags = diags};
    sp_doc_reader *documents = sp_doc_reader_new(&input, SP_FORMAT_YAML, read_source, &source, diags);
    sp_yaml_tree tree;
    const char *what;
    sp_facts_reset(facts);
    surplace_status status = documents == NULL ? SURPLACE_NO_MEMORY : sp_doc_reader_next(documents, &tree);
    if (status == SURPLACE_OK)
        status = sp_read_case(&reader, &tree, NULL, 0);
    sp_doc_reader_free(documents);
    if (status == SURPLACE_OK)
        status = sp_run_batch(run, facts, &what);
    *shows = status == SURPLACE_OK && facts->expectations.len == 1 &&
             sp_check_state(run, &facts->expectations.items[0]) == facts->expectations.items[0].state;
    return status == SURPLACE_NO_MEMORY ? status : SURPLACE_OK;
}

/* Drops every proposed case that does not show what it is to show. */
static surplace_status keep_true_cases(sp_lint_findings *findings, const sp_network *net)
{
    surplace_status status = SURPLACE_OK;
    sp_facts facts;
    sp_run run = {0};
    if (!sp_facts_init(&facts, &findings->base->vocab, &findings->base->world) ||
        !sp_run_init(&run, net, true))
        status = SURPLACE_NO_MEMORY;
    for (size_t i = 0; i < findings->list.len && status == SURPLACE_OK; i++) {
        sp_lint_finding *f = &findings->list.items[i];
        sp_diags diags = {0};
        bool shows = false;
        if (f->witness.len > 0)
            status = try_case(&facts, &run, f->witness, &diags, &shows);
        if (!shows)
            f->witness = SP_EMPTY;
        sp_diags_free(&diags);
    }
    sp_run_free(&run);
    sp_facts_free(&facts);
    return status;
}

surplace_status surplace_lint_new(const surplace_rules *rules, const surplace_lint_options *options,
                                  surplace_diagnostics *d, surplace_lint **out)
{
    const sp_rulebase *base = &rules->base;
    size_t count = base->readings.len > 0 ? base->readings.len : 1;
    size_t before = sp_shortages();
    surplace_lint *lint = calloc(1, sizeof *lint);
    sp_network *nets = calloc(count, sizeof *nets);
    surplace_status status = SURPLACE_OK;
    *out = NULL;
    if (lint == NULL || nets == NULL || !begin(lint, rules, options))
        status = SURPLACE_NO_MEMORY;
    if (status == SURPLACE_OK)
        status = compile(base, nets, count, &d->list);
    uint32_t shown = sp_rulebase_default_reading(base);
    shown = shown == SP_NONE ? 0 : shown;
    sp_lint_claims claims = {0};
    if (status == SURPLACE_OK)
        status = sp_lint_claims_read(&claims, rules, d);
    if (status == SURPLACE_OK && !sp_lint_run(&lint->findings, base, nets, count, shown, &claims.beside))
        status = SURPLACE_NO_MEMORY;
    if (status == SURPLACE_OK)
        status = keep_true_cases(&lint->findings, &nets[shown]);
    sp_lint_claims_free(&claims);
    for (size_t i = 0; nets != NULL && i < count; i++)
        sp_network_free(&nets[i]);
    free(nets);
    status = sp_settled(d, before, status);
    if (status == SURPLACE_OK)
        *out = lint;
    else
        surplace_lint_free(lint);
    return status;
}

void surplace_lint_free(surplace_lint *lint)
{
    if (lint == NULL)
        return;
    sp_lint_findings_free(&lint->findings);
    sp_arena_free(&lint->arena);
    free(lint);
}

void surplace_lint_summarise(const surplace_lint *lint, surplace_lint_summary *out)
{
    sp_lint_count c = sp_lint_counted(&lint->view);
    *out = (surplace_lint_summary){c.errors, c.warnings, c.notes, c.accepted, c.rules, 0};
    for (size_t i = 0; i < lint->rules->tree_count; i++)
        out->files += sp_lint_within(&lint->view, lint->rules->trees[i].input->name);
}

surplace_status surplace_render_lint(const surplace_lint *lint, surplace_lint_output output,
                                     const surplace_style *style, surplace_write_fn write, void *context)
{
    size_t before = sp_shortages();
    sp_style s = sp_style_from(style);
    sp_buf b = {0};
    switch (output) {
    case SURPLACE_LINT_TEXT:
        sp_lint_text(&lint->view, &s, &b);
        break;
    case SURPLACE_LINT_JSON:
        sp_lint_json(&lint->view, &b);
        break;
    case SURPLACE_LINT_SARIF:
        sp_lint_sarif(&lint->view, &b);
        break;
    }
    surplace_status status = sp_hand_over(&b, before, write, context);
    sp_buf_clear(&b);
    return status;
}

surplace_status surplace_lint_witness(surplace_lint *lint, size_t index, const char **name,
                                      const char **text)
{
    for (size_t i = 0; i < lint->findings.list.len; i++) {
        const sp_lint_finding *f = &lint->findings.list.items[i];
        if (f->witness.len == 0 || f->accepted.len > 0 || !sp_lint_shows(&lint->view, f) || index-- > 0)
            continue;
        sp_buf b = {0};
        sp_lint_witness_name_add(&b, &lint->view, i);
        sp_str kept = sp_arena_dup(&lint->arena, sp_buf_str(&b));
        bool failed = b.failed || lint->arena.failed;
        sp_buf_clear(&b);
        *name = kept.ptr;
        *text = f->witness.ptr;
        return failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
    }
    return SURPLACE_END;
}

surplace_status surplace_render_lint_codes(const char *code, const surplace_style *style,
                                           surplace_write_fn write, void *context)
{
    size_t before = sp_shortages();
    sp_style s = sp_style_from(style);
    sp_buf b = {0};
    sp_lint_code found = code != NULL ? sp_lint_code_of(sp_str_from(code)) : SP_LINT_CODES;
    if (code != NULL && found == SP_LINT_CODES)
        return SURPLACE_MISUSE;
    if (code != NULL)
        sp_lint_explain(found, &s, &b);
    else
        sp_lint_list(&s, &b);
    surplace_status status = sp_hand_over(&b, before, write, context);
    sp_buf_clear(&b);
    return status;
}
