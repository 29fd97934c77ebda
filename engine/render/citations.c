#include "render/citations.h"

#include "base/utf8.h"

static void write_missing(const sp_passage *p, const sp_cited *c, const sp_style *style, sp_buf *b)
{
    sp_buf line = {0};
    sp_ink_on(b, style, SP_INK_FAILS);
    sp_buf_add_cstr(b, "\u2718");
    sp_ink_off(b, style, SP_INK_FAILS);
    sp_buf_printf(b, " %.*s: not in the source\n", SP_STR(p->id));
    sp_buf_printf(&line, "\u201c%.*s\u201d", SP_STR(p->quote));
    sp_buf_add_cstr(b, "    passage: ");
    sp_wrap_add(b, style, 13, 13, sp_buf_str(&line));
    if (c->line > 0) {
        sp_buf_reset(&line);
        sp_buf_printf(&line, "line %u: \u201c%.*s\u201d", c->line, SP_STR(c->nearest));
        sp_buf_add_cstr(b, "    nearest: ");
        sp_wrap_add(b, style, 13, 13, sp_buf_str(&line));
    }
    if (c->difference.len > 0) {
        sp_buf_add_cstr(b, "    differs: ");
        sp_wrap_add(b, style, 13, 13, c->difference);
    }
    sp_buf_clear(&line);
}

static void write_found(const sp_passage *p, const sp_cited *c, const sp_style *style, sp_buf *b)
{
    sp_buf line = {0};
    sp_ink_on(b, style, SP_INK_HOLDS);
    sp_buf_add_cstr(b, "\u2714");
    sp_ink_off(b, style, SP_INK_HOLDS);
    sp_buf_printf(&line, "%.*s: ", SP_STR(p->id));
    if (c->end_line > c->line)
        sp_buf_printf(&line, "lines %u-%u", c->line, c->end_line);
    else
        sp_buf_printf(&line, "line %u", c->line);
    if (c->occurrences > 1)
        sp_buf_printf(&line, ", and %u more time%s", c->occurrences - 1, c->occurrences > 2 ? "s" : "");
    sp_buf_add_char(b, ' ');
    sp_wrap_add(b, style, 2, 4, sp_buf_str(&line));
    sp_buf_clear(&line);
}

size_t sp_citations_text(const sp_rulebase *base, const sp_input *source, const sp_cited *found,
                         const sp_style *style, sp_buf *b)
{
    size_t missing = 0, repeated = 0;
    for (size_t i = 0; i < base->passages.len; i++) {
        missing += found[i].occurrences == 0;
        repeated += found[i].occurrences > 1;
        if (found[i].occurrences == 0)
            write_missing(&base->passages.items[i], &found[i], style, b);
        else
            write_found(&base->passages.items[i], &found[i], style, b);
    }
    sp_buf_add_char(b, '\n');
    sp_buf_printf(b, "%zu of %zu passages stand word for word in ", base->passages.len - missing,
                  base->passages.len);
    sp_utf8_add_safe(b, source->name);
    if (repeated > 0)
        sp_buf_printf(b, "; %zu of them more than once", repeated);
    sp_buf_add_cstr(b, ".\n");
    return missing;
}

size_t sp_citations_json(const sp_rulebase *base, const sp_input *source, const sp_cited *found, sp_buf *b)
{
    size_t missing = 0;
    sp_buf_add_cstr(b, "{\"surplace\": \"citations/1\", \"source\": ");
    sp_json_add(b, source->name);
    sp_buf_add_cstr(b, ", \"passages\": [");
    for (size_t i = 0; i < base->passages.len; i++) {
        const sp_cited *c = &found[i];
        missing += c->occurrences == 0;
        sp_buf_printf(
            b, "%s{\"id\": \"%.*s\", \"found\": %s, \"occurrences\": %u, \"line\": %u, \"end_line\": %u",
            i > 0 ? ", " : "", SP_STR(base->passages.items[i].id), c->occurrences > 0 ? "true" : "false",
            c->occurrences, c->line, c->end_line);
        if (c->occurrences == 0) {
            sp_buf_add_cstr(b, ", \"nearest\": ");
            sp_json_add(b, c->nearest);
            sp_buf_add_cstr(b, ", \"difference\": ");
            sp_json_add(b, c->difference);
        }
        sp_buf_add_char(b, '}');
    }
    sp_buf_printf(b, "], \"missing\": %zu}\n", missing);
    return missing;
}
