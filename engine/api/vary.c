#include <stdlib.h>

#include "api/handles.h"
#include "render/vary.h"
#include "surplace/settle.h"

/* Works the variations out; they must be freed whatever comes of it. */
static surplace_status work_out(surplace_assessor *a, size_t case_index, const char *const *criteria,
                                size_t count, surplace_diagnostics *d, sp_variations *v)
{
    const char *what = NULL;
    sp_vary_target *targets = calloc(count + 1, sizeof *targets);
    *v = (sp_variations){0};
    if (targets == NULL)
        return SURPLACE_NO_MEMORY;
    surplace_status status = case_index < a->facts.case_count ? SURPLACE_OK : SURPLACE_MISUSE;
    for (size_t i = 0; i < count && status == SURPLACE_OK; i++)
        if (!sp_assessor_find(a, case_index, criteria[i], &targets[i].criterion, &targets[i].row,
                              &targets[i].with_row))
            status = SURPLACE_MISUSE;
    if (status == SURPLACE_OK)
        status = sp_vary(v, &a->law->net, !a->options.no_presumptions, &a->facts, (uint32_t)case_index,
                         targets, count, &what);
    if (status == SURPLACE_LIMIT)
        sp_diags_add(&d->list, SP_ERROR, SP_DIAG_LIMIT, (sp_place){0},
                     "the case states too much to be varied fact by fact (limit: %s)", what);
    free(targets);
    return status;
}

surplace_status surplace_render_variations(surplace_assessor *a, size_t case_index,
                                           const char *const *criteria, size_t count,
                                           surplace_output output, const surplace_style *style,
                                           surplace_diagnostics *d, surplace_write_fn write, void *context)
{
    size_t before = sp_shortages();
    sp_variations v;
    sp_style inner = sp_style_from(style);
    surplace_status status = work_out(a, case_index, criteria, count, d, &v);
    if (status == SURPLACE_OK) {
        sp_buf b = {0};
        if (output == SURPLACE_JSON_OUTPUT)
            sp_vary_json(&v, &inner, &b);
        else
            sp_vary_text(&v, &inner, &b);
        status = sp_hand_over(&b, before, write, context);
        sp_buf_clear(&b);
    }
    if (v.what.base != NULL)
        sp_vary_free(&v);
    return status;
}

static surplace_status write_case(sp_variations *v, uint32_t variation, size_t number,
                                  surplace_pair_fn take, void *context)
{
    sp_buf text = {0}, name = {0};
    surplace_status status = SURPLACE_OK;
    if (variation != SP_NONE) {
        uint32_t question = v->variations.items[variation].question;
        const sp_fact *fact = &v->what.base->vocab->facts.items[v->questions.items.items[question].fact];
        sp_buf_add(&name, fact->name);
    }
    sp_buf_add_char(&name, '\0');
    sp_vary_case(v, variation, &text);
    if (text.failed || name.failed)
        status = SURPLACE_NO_MEMORY;
    else if (take(context, number, name.data, text.data, text.len) != 0)
        status = SURPLACE_IO;
    sp_buf_clear(&text);
    sp_buf_clear(&name);
    return status;
}

surplace_status surplace_write_pairs(surplace_assessor *a, size_t case_index, const char *const *criteria,
                                     size_t count, surplace_diagnostics *d, surplace_pair_fn take,
                                     void *context)
{
    sp_variations v;
    surplace_status status = work_out(a, case_index, criteria, count, d, &v);
    size_t number = 1;
    if (status == SURPLACE_OK)
        status = write_case(&v, SP_NONE, 0, take, context);
    for (size_t f = 0; status == SURPLACE_OK && f < v.facts.len; f++)
        for (uint32_t i = 0; status == SURPLACE_OK && i < v.facts.items[f].count; i++)
            if (v.variations.items[v.facts.items[f].first + i].weight > 0)
                status = write_case(&v, v.facts.items[f].first + i, number++, take, context);
    if (v.what.base != NULL)
        sp_vary_free(&v);
    return status;
}
