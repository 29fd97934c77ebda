#include "surplace/settle.h"

#include "api/handles.h"
#include "render/settle.h"

surplace_status surplace_render_settlement(surplace_assessor *a, size_t case_index, const char *criterion,
                                           surplace_output output, const surplace_style *style,
                                           surplace_diagnostics *d, surplace_write_fn write, void *context)
{
    size_t before = sp_shortages();
    uint32_t index, row, with_row;
    const char *what = NULL;
    sp_settlement s;
    sp_style inner = sp_style_from(style);
    if (!sp_assessor_find(a, case_index, criterion, &index, &row, &with_row))
        return SURPLACE_MISUSE;
    surplace_status status = sp_settle(&s, &a->law->net, !a->options.no_presumptions, &a->facts,
                                       (uint32_t)case_index, index, row, with_row, &what);
    if (status == SURPLACE_LIMIT)
        sp_diags_add(&d->list, SP_ERROR, SP_DIAG_LIMIT, (sp_place){0},
                     "too much is open to be worked out exactly: answer some of it first (limit: %s)",
                     what);
    if (status == SURPLACE_OK) {
        sp_buf b = {0};
        if (output == SURPLACE_JSON_OUTPUT)
            sp_settle_json(&s, &inner, &b);
        else
            sp_settle_text(&s, &inner, &b);
        status = sp_hand_over(&b, before, write, context);
        sp_buf_clear(&b);
    }
    sp_settlement_free(&s);
    return status;
}
