/* An annotated copy: footnotes stand in lists, tables and headings as well as in paragraphs, so the draft keeps its
 * shape. */
#include <stdlib.h>

#include "base/utf8.h"
#include "render/review.h"

static const char *const severities[] = {"Error", "Warning", "Note"};

/* Text that Markdown would act on is escaped; so is what a terminal would. */
static void add_plain(sp_buf *b, sp_str text)
{
    for (size_t at = 0, len; at < text.len; at += len) {
        uint32_t c = sp_utf8_decode((sp_str){text.ptr + at, text.len - at}, &len);
        if (c < 0x80 && strchr("\\`*_{}[]<>()#|!~$&", (int)c) != NULL && c != '(' && c != ')')
            sp_buf_add_char(b, '\\');
        if (sp_utf8_unsafe(c))
            sp_buf_add_char(b, ' ');
        else
            sp_buf_add(b, (sp_str){text.ptr + at, len});
    }
}

static void add_names(sp_buf *b, const char *label, const sp_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        sp_buf_printf(b, "%s", i == 0 ? label : "; ");
        add_plain(b, names->items[i]);
    }
    if (names->count > 0)
        sp_buf_add_char(b, '.');
}

static void add_note(sp_buf *b, const sp_finding *f, size_t number)
{
    sp_buf_printf(b, "[^surplace-%zu]: **%s** `%.*s`: ", number, severities[f->severity], SP_STR(f->code));
    add_plain(b, f->message);
    sp_buf_add_char(b, '.');
    for (uint32_t i = 0; i < f->missing_count; i++) {
        sp_buf_add_cstr(b, i == 0 ? " Missing: " : "; ");
        add_plain(b, f->missing[i]);
    }
    sp_buf_add_cstr(b, f->missing_count > 0 ? "." : "");
    if (f->advice.len > 0) {
        sp_buf_add_cstr(b, " Sound: ");
        add_plain(b, f->advice);
        sp_buf_add_char(b, '.');
    }
    add_names(b, " Law: ", &f->authority);
    sp_buf_add_char(b, '\n');
}

void sp_review_markdown(const sp_reviewed *reviewed, const sp_draft *draft, sp_buf *b)
{
    sp_str text = draft->prose.input->text;
    size_t written = 0, number = 0;
    (void)reviewed;
    /* findings are sorted by where they start; a mark's place is the end of its sentence */
    for (size_t i = 0; i < draft->findings.len; i++) {
        const sp_finding *f = &draft->findings.items[i];
        size_t end = f->source.end;
        if (f->allowed.len > 0)
            continue;
        if (f->sentence != SP_NONE) {
            const sp_sentence *s = &draft->prose.sentences.items[f->sentence];
            end = sp_prose_source(&draft->prose.blocks.items[s->block], s->start, s->end).end;
        }
        if (end < written)
            end = written;
        sp_buf_add(b, (sp_str){text.ptr + written, end - written});
        sp_buf_printf(b, "[^surplace-%zu]", ++number);
        written = end;
    }
    if (text.len > written)
        sp_buf_add(b, (sp_str){text.ptr + written, text.len - written});
    if (text.len > 0 && text.ptr[text.len - 1] != '\n')
        sp_buf_add_char(b, '\n');
    if (number > 0)
        sp_buf_add_char(b, '\n');
    number = 0;
    for (size_t i = 0; i < draft->findings.len; i++)
        if (draft->findings.items[i].allowed.len == 0)
            add_note(b, &draft->findings.items[i], ++number);
}
