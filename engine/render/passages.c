#include "render/passages.h"

#include <string.h>

#include "render/head.h"

static void write_source(sp_report *r, const sp_source *source)
{
    sp_buf line = {0};
    if (source->author.len > 0)
        sp_buf_printf(&line, "%.*s, ", SP_STR(source->author));
    sp_buf_add(&line, source->title);
    if (source->published.len > 0)
        sp_buf_printf(&line, ", %.*s", SP_STR(source->published));
    if (source->year.len > 0)
        sp_buf_printf(&line, " (%.*s)", SP_STR(source->year));
    sp_buf_add_cstr(r->b, "  Source: ");
    sp_wrap_add(r->b, &r->w->style, 10, 4, sp_buf_str(&line));
    sp_buf_clear(&line);
}

void sp_report_passages(sp_report *r)
{
    const sp_rulebase *base = r->w->ex.base;
    if (r->passages_cited == 0)
        return;
    sp_heading_add(r->b, &r->w->style, "PASSAGES");
    for (size_t s = 0; s < base->sources.len; s++)
        write_source(r, &base->sources.items[s]);
    for (uint32_t n = 1; n <= r->passages_cited; n++)
        for (size_t i = 0; i < base->passages.len; i++) {
            const sp_passage *p = &base->passages.items[i];
            if (r->passage_number[i] != n)
                continue;
            sp_buf line = {0};
            bool pages = memchr(p->page.ptr, '-', p->page.len) != NULL;
            sp_buf_printf(&line, "\u201c%.*s\u201d (p%s. %.*s)", SP_STR(p->quote), pages ? "p" : "",
                          SP_STR(p->page));
            size_t before = r->b->len;
            sp_buf_printf(r->b, "  [%u] ", n);
            size_t at = r->b->len - before;
            sp_wrap_add(r->b, &r->w->style, at, at, sp_buf_str(&line));
            if (p->note.len > 0) {
                sp_buf_reset(&line);
                sp_buf_printf(&line, "Editor: %.*s", SP_STR(p->note));
                sp_blanks_add(r->b, at);
                sp_ink_on(r->b, &r->w->style, SP_INK_DIM);
                sp_wrap_add(r->b, &r->w->style, at, at, sp_buf_str(&line));
                sp_ink_off(r->b, &r->w->style, SP_INK_DIM);
            }
            sp_buf_clear(&line);
        }
}

void sp_report_authorities(sp_report *r)
{
    const sp_rulebase *base = r->w->ex.base;
    bool any = false;
    for (size_t i = 0; i < base->authorities.len; i++) {
        const sp_authority *a = &base->authorities.items[i];
        if (!r->authority_cited[i])
            continue;
        if (!any)
            sp_heading_add(r->b, &r->w->style, "AUTHORITIES");
        any = true;
        sp_buf line = {0};
        if (sp_str_eq(a->cite, a->title))
            sp_buf_add(&line, a->title);
        else
            sp_buf_printf(&line, "%.*s: %.*s", SP_STR(a->cite), SP_STR(a->title));
        if (!a->confirmed)
            sp_buf_add_cstr(&line, " (not confirmed)");
        sp_buf_add_cstr(r->b, "  ");
        sp_wrap_add(r->b, &r->w->style, 2, 4, sp_buf_str(&line));
        sp_buf_clear(&line);
    }
}
