#include "cli/law_page.h"

#include "cli/confine.h"

static int print(const sp_arguments *a, sp_page_fn page, const surplace_law *law,
                 surplace_diagnostics *diagnostics)
{
    sp_output out;
    int code = sp_output_open(&out, a->output);
    if (code != SP_EXIT_OK)
        return code;
    sp_confine_inputs_open();
    out.hold = true; /* no page beside an error */
    surplace_style style = sp_style_for(a, &out);
    surplace_status status = page(law, a, &style, diagnostics, &out);
    sp_write_diagnostics(diagnostics, a);
    if (status != SURPLACE_OK && out.failure == 0) {
        sp_output_abandon(&out);
        return sp_exit_for(status, SP_EXIT_USAGE);
    }
    return sp_output_finish(&out);
}

int sp_law_page(const sp_arguments *a, sp_page_fn page)
{
    surplace_diagnostics *diagnostics = surplace_diagnostics_new();
    surplace_rules *rules = NULL;
    surplace_law *law = NULL;
    if (diagnostics == NULL)
        return sp_exit_for(SURPLACE_NO_MEMORY, SP_EXIT_FAULT);
    surplace_status status = surplace_rules_load(a->rules, diagnostics, &rules);
    if (status == SURPLACE_OK)
        status = surplace_law_compile(rules, a->reading, diagnostics, &law);
    int code;
    if (status == SURPLACE_OK) {
        code = print(a, page, law, diagnostics);
    } else {
        sp_write_diagnostics(diagnostics, a);
        code = sp_exit_for(status, SP_EXIT_RULES);
    }
    surplace_law_free(law);
    surplace_rules_free(rules);
    surplace_diagnostics_free(diagnostics);
    return code;
}
