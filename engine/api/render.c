#include "api/handles.h"
#include "base/utf8.h"
#include "cite/cite.h"
#include "render/citations.h"
#include "render/diag.h"
#include "render/proof.h"
#include "render/prose.h"
#include "render/schema.h"
#include "render/vocabulary.h"
#include "text/folder.h"

sp_style sp_style_from(const surplace_style *style)
{
    static const surplace_style plain = {0};
    const surplace_style *s = style != NULL ? style : &plain;
    return (sp_style){.width = s->width, .colour = s->colour, .redact = s->redact};
}

surplace_status sp_hand_over(const sp_buf *b, size_t shortages, surplace_write_fn write, void *context)
{
    if (b->failed || sp_shortages() != shortages)
        return SURPLACE_NO_MEMORY;
    return write(context, b->data != NULL ? b->data : "", b->len) == 0 ? SURPLACE_OK : SURPLACE_IO;
}

surplace_status surplace_render_case(surplace_assessor *a, size_t case_index, surplace_output output,
                                     const surplace_style *style, surplace_write_fn write, void *context)
{
    size_t before = sp_shortages();
    if (case_index >= a->facts.case_count)
        return SURPLACE_MISUSE;
    sp_buf_reset(&a->report);
    a->listed = SIZE_MAX;
    a->writer.style = sp_style_from(style);
    a->writer.failed = false;
    /* what one case needed is not held for the next */
    sp_arena_reset(&a->writer.arena);
    if (output == SURPLACE_JSON_OUTPUT)
        sp_verdict_json(&a->writer, (uint32_t)case_index, &a->report);
    else if (output == SURPLACE_PROOF_OUTPUT)
        sp_proof_write(&a->writer, (uint32_t)case_index, &a->report);
    else
        sp_verdict_text(&a->writer, (uint32_t)case_index, &a->report);
    return a->writer.failed ? SURPLACE_NO_MEMORY : sp_hand_over(&a->report, before, write, context);
}

surplace_status surplace_render_diagnostics(surplace_diagnostics *d, const surplace_style *style,
                                            surplace_write_fn write, void *context)
{
    size_t before = sp_shortages();
    sp_buf b = {0};
    sp_style s = sp_style_from(style);
    sp_render_diags(&d->list, &s, &b);
    surplace_status status = d->list.failed ? SURPLACE_NO_MEMORY : sp_hand_over(&b, before, write, context);
    sp_buf_clear(&b);
    return status;
}

surplace_status surplace_render_citations(const surplace_rules *rules, const char *path,
                                          surplace_output output, const surplace_style *style,
                                          surplace_diagnostics *d, surplace_write_fn write, void *context,
                                          size_t *missing)
{
    const sp_rulebase *base = &rules->base;
    size_t before = sp_shortages();
    sp_arena arena = {0};
    sp_input *source = SP_NEW(&d->arena, sp_input);
    if (source == NULL)
        return sp_settled(d, before, SURPLACE_NO_MEMORY);
    surplace_status status = sp_input_load(path, &d->arena, source, &d->list);
    sp_quote *quotes = SP_NEW_ARRAY(&arena, sp_quote, base->passages.len);
    sp_cited *found = SP_NEW_ARRAY(&arena, sp_cited, base->passages.len);
    if (arena.failed)
        status = SURPLACE_NO_MEMORY;
    for (size_t i = 0; i < base->passages.len && status == SURPLACE_OK; i++)
        quotes[i] = (sp_quote){base->passages.items[i].id, base->passages.items[i].quote};
    size_t valid = sp_utf8_valid_prefix(source->text);
    if (status == SURPLACE_OK && valid < source->text.len) {
        sp_diags_add(&d->list, SP_ERROR, SP_DIAG_ENCODING, sp_input_place(source, valid, 1),
                     "the source is not UTF-8 here");
        status = SURPLACE_INVALID;
    }
    if (status == SURPLACE_OK)
        status = sp_cite(source, quotes, base->passages.len, found, &arena);
    if (status == SURPLACE_OK) {
        sp_buf b = {0};
        sp_style s = sp_style_from(style);
        *missing = output == SURPLACE_JSON_OUTPUT ? sp_citations_json(base, source, found, &b)
                                                  : sp_citations_text(base, source, found, &s, &b);
        status = sp_hand_over(&b, before, write, context);
        sp_buf_clear(&b);
    }
    sp_arena_free(&arena);
    return sp_settled(d, before, status);
}

/* Selects what the names say. The arena is freed by the caller, whatever comes of it. */
static surplace_status select_named(const surplace_law *law, sp_selectable what, const char *const *names,
                                    size_t count, sp_arena *arena, sp_selection *selection,
                                    surplace_diagnostics *d)
{
    sp_str *texts = SP_NEW_ARRAY(arena, sp_str, count);
    if (texts == NULL)
        return SURPLACE_NO_MEMORY;
    for (size_t i = 0; i < count; i++)
        texts[i] = sp_str_from(names[i]);
    return sp_select(selection, &law->net, what, texts, count, arena, &d->list);
}

surplace_status surplace_render_vocabulary(const surplace_law *law, const char *const *names,
                                           size_t name_count, surplace_output output,
                                           const surplace_style *style, surplace_diagnostics *d,
                                           surplace_write_fn write, void *context)
{
    size_t before = sp_shortages();
    sp_arena arena = {0};
    sp_selection selection;
    sp_style s = sp_style_from(style);
    surplace_status status = select_named(law, SP_SELECT_WORDS, names, name_count, &arena, &selection, d);
    if (status == SURPLACE_OK) {
        sp_buf b = {0};
        if (output == SURPLACE_JSON_OUTPUT)
            sp_vocabulary_json(&selection, &b);
        else if (output == SURPLACE_MARKDOWN_OUTPUT)
            sp_vocabulary_markdown(&selection, &b);
        else
            sp_vocabulary_text(&selection, &s, &b);
        status = sp_hand_over(&b, before, write, context);
        sp_buf_clear(&b);
    }
    sp_arena_free(&arena);
    return sp_settled(d, before, status);
}

surplace_status surplace_render_prose(const surplace_law *law, const char *const *names, size_t name_count,
                                      const surplace_style *style, surplace_diagnostics *d,
                                      surplace_write_fn write, void *context)
{
    size_t before = sp_shortages();
    sp_arena arena = {0};
    sp_selection selection;
    sp_style s = sp_style_from(style);
    surplace_status status = select_named(law, SP_SELECT_RULES, names, name_count, &arena, &selection, d);
    if (status == SURPLACE_OK) {
        sp_buf b = {0};
        sp_prose_text(&selection, &s, &b);
        status = sp_hand_over(&b, before, write, context);
        sp_buf_clear(&b);
    }
    sp_arena_free(&arena);
    return sp_settled(d, before, status);
}

surplace_status surplace_render_schema(const surplace_rules *rules, const char *kind,
                                       surplace_write_fn write, void *context)
{
    sp_schema_kind found = sp_schema_kind_of(sp_str_from(kind));
    size_t before = sp_shortages();
    sp_buf b = {0};
    if (found == SP_SCHEMA_KINDS)
        return SURPLACE_MISUSE;
    sp_schema_add(&b, &rules->base, found);
    surplace_status status = sp_hand_over(&b, before, write, context);
    sp_buf_clear(&b);
    return status;
}
