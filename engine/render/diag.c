#include "render/diag.h"

#include "base/utf8.h"
#include "surplace/limits.h"

static const char *const severities[] = {"error", "warning", "note"};

/* A line of source longer than this is cut: a report is read on a screen. */
#define EXCERPT 160u

/* Names and citations from the input stand in messages; one without end is cut. */
#define MESSAGE 600u
#define KEY 80u

static void add_cut(sp_buf *b, sp_str text, size_t most)
{
    if (text.len <= most) {
        sp_utf8_add_safe(b, text);
        return;
    }
    while (most > 0 && ((unsigned char)text.ptr[most] & 0xC0) == 0x80)
        most--;
    sp_utf8_add_safe(b, (sp_str){text.ptr, most});
    sp_buf_add_cstr(b, "\u2026");
}

static void add_place(sp_buf *b, const sp_place *place)
{
    if (place->input == NULL)
        sp_buf_add_cstr(b, "surplace");
    else
        sp_utf8_add_safe(b, place->input->name);
    if (place->line > 0)
        sp_buf_printf(b, ":%u:%u", place->line, place->column);
    sp_buf_add_cstr(b, ": ");
}

static void add_underline(sp_buf *b, sp_str line, const sp_place *place)
{
    uint32_t column = 1;
    for (size_t at = 0, len; at < line.len && column < place->end_column; at += len, column++) {
        uint32_t c = sp_utf8_decode((sp_str){line.ptr + at, line.len - at}, &len);
        int width = sp_utf8_unsafe(c) && c != '\t' ? 1 : c == '\t' ? 1 : sp_utf8_width(c);
        for (int i = 0; i < width; i++)
            sp_buf_add_char(b, column < place->column              ? ' '
                               : column == place->column && i == 0 ? '^'
                                                                   : '~');
    }
    if (column <= place->column)
        sp_buf_add_char(b, '^');
    sp_buf_add_char(b, '\n');
}

/* Unsafe characters take one column as '?', so that the underline stays in place. */
static void add_line(sp_buf *b, sp_str line)
{
    for (size_t at = 0, len; at < line.len; at += len) {
        uint32_t c = sp_utf8_decode((sp_str){line.ptr + at, line.len - at}, &len);
        if (c == '\t')
            sp_buf_add_char(b, ' ');
        else if (sp_utf8_unsafe(c) || (len == 1 && c >= 0x80)) /* or a bad byte */
            sp_buf_add_char(b, '?');
        else
            sp_buf_add(b, (sp_str){line.ptr + at, len});
    }
    sp_buf_add_char(b, '\n');
}

static void add_excerpt(sp_buf *b, const sp_remark *remark, const sp_style *style)
{
    const sp_place *place = &remark->place;
    if (place->input == NULL || place->line == 0)
        return;
    if (place->input->confidential) {
        if (remark->key.len == 0)
            return;
        sp_buf_printf(b, "%6u | ", place->line);
        add_cut(b, remark->key, KEY);
        sp_buf_add_cstr(b, ": \u2026\n");
        return;
    }
    sp_str line = sp_input_line(place->input, place->line);
    if (line.len == 0 || place->column > EXCERPT)
        return;
    if (line.len > EXCERPT * 2)
        line.len = sp_utf8_valid_prefix((sp_str){line.ptr, EXCERPT * 2});
    size_t start = b->len;
    sp_buf_printf(b, "%6u | ", place->line);
    size_t gutter = b->len - start;
    add_line(b, line);
    sp_blanks_add(b, gutter);
    sp_ink_on(b, style, SP_INK_HOLDS);
    add_underline(b, line, place);
    sp_ink_off(b, style, SP_INK_HOLDS);
}

void sp_remark_add(sp_buf *b, const sp_remark *remark, const sp_style *style)
{
    sp_ink ink = remark->severity == SP_ERROR     ? SP_INK_FAILS
                 : remark->severity == SP_WARNING ? SP_INK_OPEN
                                                  : SP_INK_BOLD;
    add_place(b, &remark->place);
    sp_ink_on(b, style, ink);
    sp_buf_add_cstr(b, severities[remark->severity]);
    sp_ink_off(b, style, ink);
    sp_buf_add_cstr(b, ": ");
    add_cut(b, remark->message, MESSAGE);
    sp_buf_printf(b, " [%s]\n", remark->word);
    add_excerpt(b, remark, style);
    if (remark->second_message.len > 0) {
        add_place(b, &remark->second_place);
        sp_buf_add_cstr(b, "note: ");
        add_cut(b, remark->second_message, MESSAGE);
        sp_buf_add_char(b, '\n');
    }
    if (remark->hint.len > 0) {
        sp_buf_add_cstr(b, "         hint: ");
        add_cut(b, remark->hint, MESSAGE);
        sp_buf_add_char(b, '\n');
    }
}

void sp_render_diags(sp_diags *diags, const sp_style *style, sp_buf *b)
{
    sp_diags_sort(diags);
    for (size_t i = 0; i < diags->list.len; i++) {
        const sp_diag *d = &diags->list.items[i];
        const sp_remark remark = {d->severity,     sp_diag_word(d->code), d->place, d->message,
                                  d->second_place, d->second_message,     d->hint,  d->key};
        sp_remark_add(b, &remark, style);
    }
    if (diags->suppressed > 0)
        sp_buf_printf(b, "surplace: note: %zu further diagnostics are not shown (limit: diagnostics, %d)\n",
                      diags->suppressed, SURPLACE_MAX_DIAGNOSTICS);
}
