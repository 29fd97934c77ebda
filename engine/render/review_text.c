#include "base/utf8.h"
#include "draft/review.h"
#include "render/review.h"

static const char *const severities[] = {"error", "warning", "note"};

size_t sp_reviewed_count(const sp_reviewed *reviewed, sp_severity severity)
{
    size_t count = 0;
    for (size_t d = 0; d < reviewed->count; d++)
        for (size_t i = 0; i < reviewed->drafts[d]->findings.len; i++) {
            const sp_finding *f = &reviewed->drafts[d]->findings.items[i];
            count += f->allowed.len == 0 && f->severity == (uint8_t)severity;
        }
    return count;
}

size_t sp_reviewed_allowed(const sp_reviewed *reviewed)
{
    size_t count = 0;
    for (size_t d = 0; d < reviewed->count; d++)
        for (size_t i = 0; i < reviewed->drafts[d]->findings.len; i++)
            count += reviewed->drafts[d]->findings.items[i].allowed.len > 0;
    return count;
}

/* --- a sentence with what is meant underlined --- */

#define INDENT 4u

/* The end of the line that begins at `start`, so that it fits `room` columns. */
static size_t line_of(sp_str text, size_t start, size_t room)
{
    size_t end = start, columns = 0, blank = SIZE_MAX, len;
    for (size_t i = start; i < text.len; i += len) {
        uint32_t c = sp_utf8_decode((sp_str){text.ptr + i, text.len - i}, &len);
        columns += sp_utf8_unsafe(c) ? 1 : (size_t)sp_utf8_width(c);
        if (columns > room)
            return blank != SIZE_MAX ? blank : end > start ? end : i + len;
        if (c == ' ')
            blank = i;
        end = i + len;
    }
    return text.len;
}

/* What a terminal would act on takes one column as '?', so that the underline stays in place. */
static void add_line(sp_buf *b, sp_str text)
{
    for (size_t at = 0, len; at < text.len; at += len) {
        uint32_t c = sp_utf8_decode((sp_str){text.ptr + at, text.len - at}, &len);
        if (sp_utf8_unsafe(c))
            sp_buf_add_char(b, '?');
        else
            sp_buf_add(b, (sp_str){text.ptr + at, len});
    }
    sp_buf_add_char(b, '\n');
}

static void add_underline(sp_buf *b, const sp_style *style, sp_str text, size_t start, size_t end,
                          sp_span span)
{
    size_t from = span.start > start ? span.start : start, to = span.end < end ? span.end : end;
    if (from >= to)
        return;
    sp_blanks_add(b, INDENT + sp_utf8_columns((sp_str){text.ptr + start, from - start}));
    sp_ink_on(b, style, SP_INK_HOLDS);
    size_t columns = sp_utf8_columns((sp_str){text.ptr + from, to - from});
    for (size_t i = 0; i < columns; i++)
        sp_buf_add_char(b, i == 0 && from == span.start ? '^' : '~');
    sp_ink_off(b, style, SP_INK_HOLDS);
    sp_buf_add_char(b, '\n');
}

static void add_sentence(sp_buf *b, const sp_style *style, sp_str text, sp_span span)
{
    size_t room = style->width > 40 ? (size_t)style->width - INDENT : SIZE_MAX;
    for (size_t start = 0; start < text.len;) {
        size_t end = line_of(text, start, room);
        sp_blanks_add(b, INDENT);
        add_line(b, (sp_str){text.ptr + start, end - start});
        add_underline(b, style, text, start, end, span);
        start = end;
        while (start < text.len && text.ptr[start] == ' ')
            start++;
    }
}

/* --- a finding --- */

static void add_labelled(sp_buf *b, const sp_style *style, const char *label, sp_str text)
{
    sp_buf_printf(b, "    %-9s", label);
    sp_wrap_add(b, style, 13, 13, text);
}

static void add_joined(sp_buf *b, const sp_style *style, const char *label, const sp_names *names,
                       const char *between)
{
    sp_buf text = {0};
    for (size_t i = 0; i < names->count; i++) {
        sp_buf_add_cstr(&text, i > 0 ? between : "");
        sp_buf_add(&text, names->items[i]);
    }
    if (text.len > 0)
        add_labelled(b, style, label, sp_buf_str(&text));
    b->failed |= text.failed;
    sp_buf_clear(&text);
}

static void add_passages(sp_buf *b, const sp_style *style, const sp_rulebase *base, const sp_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        uint32_t index = sp_rulebase_passage(base, names->items[i]);
        if (index == SP_NONE)
            continue;
        const sp_passage *p = &base->passages.items[index];
        sp_buf text = {0};
        sp_buf_printf(&text, "\u201c%.*s\u201d (%.*s, p. %.*s)", SP_STR(p->quote),
                      SP_STR(base->sources.items[p->source].id), SP_STR(p->page));
        add_labelled(b, style, i == 0 ? "passage" : "", sp_buf_str(&text));
        b->failed |= text.failed;
        sp_buf_clear(&text);
    }
}

static void add_missing(sp_buf *b, const sp_style *style, const sp_finding *f)
{
    for (uint32_t i = 0; i < f->missing_count; i++)
        add_labelled(b, style, i == 0 ? "missing" : "", f->missing[i]);
}

static void add_place(sp_buf *b, const sp_place *place)
{
    sp_utf8_add_safe(b, place->input->name);
    sp_buf_printf(b, ":%u:%u: ", place->line, place->column);
}

static void add_finding(sp_buf *b, const sp_reviewed *reviewed, const sp_draft *draft, const sp_finding *f,
                        const sp_style *style)
{
    static const sp_ink inks[] = {SP_INK_FAILS, SP_INK_OPEN, SP_INK_BOLD};
    add_place(b, &f->place);
    sp_ink_on(b, style, inks[f->severity]);
    sp_buf_add_cstr(b, severities[f->severity]);
    sp_ink_off(b, style, inks[f->severity]);
    sp_buf_add_cstr(b, ": ");
    sp_utf8_add_safe(b, f->message);
    sp_buf_add_cstr(b, " [");
    sp_utf8_add_safe(b, f->code);
    sp_buf_add_cstr(b, "]\n");
    if (f->sentence != SP_NONE) {
        const sp_sentence *s = &draft->prose.sentences.items[f->sentence];
        add_sentence(b, style, sp_prose_text(&draft->prose, s),
                     (sp_span){f->span.start - s->start, f->span.end - s->start});
    }
    add_missing(b, style, f);
    add_joined(b, style, "law", &f->authority, "; ");
    add_joined(b, style, "rule", &f->rules, ", ");
    add_passages(b, style, reviewed->claims->base, &f->passages);
    if (f->advice.len > 0)
        add_labelled(b, style, "sound", f->advice);
    sp_buf_add_char(b, '\n');
}

/* --- how each sentence was read --- */

static void add_stance(sp_buf *b, const sp_reviewed *reviewed, const sp_statement *s)
{
    const sp_claim *claim = &reviewed->claims->claims.items[s->claim];
    sp_buf_printf(b, "        %-10s  %.*s",
                  claim->kind == SP_CLAIM_ADDRESSES ? "addressed" : sp_stance_word((sp_stance)s->stance),
                  SP_STR(claim->id));
    if (s->defeater != SP_NONE)
        sp_buf_printf(b, "  (%.*s)", SP_STR(reviewed->claims->defeaters.items[s->defeater].title));
    sp_buf_add_char(b, '\n');
}

static void add_sentences(sp_buf *b, const sp_reviewed *reviewed, const sp_draft *draft,
                          const sp_style *style)
{
    static const char *const kinds[] = {"paragraph", "heading", "list item", "table cell", "about"};
    size_t at = 0;
    for (uint32_t i = 0; i < draft->prose.sentences.len; i++) {
        const sp_sentence *s = &draft->prose.sentences.items[i];
        const sp_block *block = &draft->prose.blocks.items[s->block];
        sp_place place = sp_prose_place(&draft->prose, sp_prose_source(block, s->start, s->end));
        add_place(b, &place);
        sp_buf_add_cstr(b, block->quotation ? "quotation" : kinds[block->kind]);
        sp_buf_add_cstr(b, "\n    ");
        sp_wrap_add(b, style, INDENT, INDENT, sp_prose_text(&draft->prose, s));
        bool any = false;
        for (; at < draft->statements.len && draft->statements.items[at].first <= i; at++) {
            add_stance(b, reviewed, &draft->statements.items[at]);
            any = true;
        }
        if (!any)
            sp_buf_add_cstr(b, "        no claim recognised\n");
    }
    if (draft->prose.sentences.len > 0)
        sp_buf_add_char(b, '\n');
}

/* --- all of it --- */

static void add_count(sp_buf *b, size_t count, const char *one)
{
    sp_buf_printf(b, "%zu %s%s", count, one, count == 1 ? "" : "s");
}

static void add_summary(sp_buf *b, const sp_reviewed *reviewed, const sp_style *style)
{
    size_t sentences = 0, suppressed = 0, allowed = sp_reviewed_allowed(reviewed);
    sp_buf text = {0};
    for (size_t d = 0; d < reviewed->count; d++) {
        sentences += reviewed->drafts[d]->prose.sentences.len;
        suppressed += reviewed->drafts[d]->suppressed;
    }
    add_count(&text, reviewed->count, "draft");
    sp_buf_add_cstr(&text, ", ");
    add_count(&text, sentences, "sentence");
    sp_buf_add_cstr(&text, ": ");
    for (int s = 0; s < 3; s++) {
        add_count(&text, sp_reviewed_count(reviewed, (sp_severity)s), severities[s]);
        sp_buf_add_cstr(&text, s < 2 ? ", " : "");
    }
    if (allowed > 0)
        sp_buf_printf(&text, ", %zu silenced by the author", allowed);
    if (suppressed > 0)
        sp_buf_printf(&text, "; %zu more are not shown", suppressed);
    sp_buf_printf(
        &text,
        ". Reading: %.*s. Only sentences of known shapes are read: no finding does not mean that the "
        "reasoning is sound.",
        SP_STR(reviewed->reading));
    sp_wrap_add(b, style, 0, 0, sp_buf_str(&text));
    b->failed |= text.failed;
    sp_buf_clear(&text);
}

void sp_review_text(const sp_reviewed *reviewed, const sp_style *style, sp_buf *b)
{
    for (size_t d = 0; d < reviewed->count; d++) {
        const sp_draft *draft = reviewed->drafts[d];
        if (reviewed->sentences)
            add_sentences(b, reviewed, draft, style);
        for (size_t i = 0; i < draft->findings.len; i++)
            if (draft->findings.items[i].allowed.len == 0)
                add_finding(b, reviewed, draft, &draft->findings.items[i], style);
    }
    add_summary(b, reviewed, style);
}
