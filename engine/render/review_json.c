#include "draft/review.h"
#include "render/review.h"

static const char *const severities[] = {"error", "warning", "note"};

static void add_key(sp_buf *b, const char *key, bool first)
{
    sp_buf_printf(b, "%s\"%s\": ", first ? "" : ", ", key);
}

static void add_text(sp_buf *b, const char *key, sp_str text, bool first)
{
    add_key(b, key, first);
    sp_json_add(b, text);
}

static void add_list(sp_buf *b, const char *key, const sp_str *items, size_t count)
{
    add_key(b, key, false);
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < count; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        sp_json_add(b, items[i]);
    }
    sp_buf_add_char(b, ']');
}

static void add_place(sp_buf *b, const sp_place *place)
{
    sp_buf_printf(b, ", \"line\": %u, \"column\": %u, \"end_column\": %u", place->line, place->column,
                  place->end_column);
}

static void add_finding(sp_buf *b, const sp_draft *draft, const sp_finding *f)
{
    sp_buf_add_char(b, '{');
    add_text(b, "code", f->code, true);
    add_text(b, "kind", sp_str_from(sp_finding_kind_word((sp_finding_kind)f->kind)), false);
    add_text(b, "severity", sp_str_from(severities[f->severity]), false);
    add_place(b, &f->place);
    add_text(b, "message", f->message, false);
    if (f->sentence != SP_NONE)
        add_text(b, "sentence", sp_prose_text(&draft->prose, &draft->prose.sentences.items[f->sentence]),
                 false);
    add_list(b, "missing", f->missing, f->missing_count);
    add_list(b, "authority", f->authority.items, f->authority.count);
    add_list(b, "rules", f->rules.items, f->rules.count);
    add_list(b, "passages", f->passages.items, f->passages.count);
    add_text(b, "advice", f->advice, false);
    if (f->allowed.len > 0)
        add_text(b, "allowed", f->allowed, false);
    sp_buf_add_char(b, '}');
}

static void add_statement(sp_buf *b, const sp_reviewed *reviewed, const sp_statement *s)
{
    const sp_claim *claim = &reviewed->claims->claims.items[s->claim];
    sp_buf_add_char(b, '{');
    add_text(b, "claim", claim->id, true);
    add_text(b, "kind", sp_str_from(sp_claim_kind_word((sp_claim_kind)claim->kind)), false);
    if (claim->kind != SP_CLAIM_ADDRESSES)
        add_text(b, "stance", sp_str_from(sp_stance_word((sp_stance)s->stance)), false);
    if (s->defeater != SP_NONE)
        add_text(b, "because", reviewed->claims->defeaters.items[s->defeater].id, false);
    sp_buf_add_char(b, '}');
}

static void add_sentences(sp_buf *b, const sp_reviewed *reviewed, const sp_draft *draft)
{
    size_t at = 0;
    add_key(b, "sentences", false);
    sp_buf_add_char(b, '[');
    for (uint32_t i = 0; i < draft->prose.sentences.len; i++) {
        const sp_sentence *s = &draft->prose.sentences.items[i];
        sp_place place = sp_prose_place(
            &draft->prose, sp_prose_source(&draft->prose.blocks.items[s->block], s->start, s->end));
        sp_buf_add_cstr(b, i > 0 ? ",\n   {" : "\n   {");
        add_text(b, "text", sp_prose_text(&draft->prose, s), true);
        add_place(b, &place);
        add_key(b, "claims", false);
        sp_buf_add_char(b, '[');
        for (bool first = true; at < draft->statements.len && draft->statements.items[at].first <= i;
             at++) {
            sp_buf_add_cstr(b, first ? "" : ", ");
            add_statement(b, reviewed, &draft->statements.items[at]);
            first = false;
        }
        sp_buf_add_cstr(b, "]}");
    }
    sp_buf_add_char(b, ']');
}

static void add_draft(sp_buf *b, const sp_reviewed *reviewed, const sp_draft *draft)
{
    sp_buf_add_cstr(b, "\n  {");
    add_text(b, "file", draft->prose.input->name, true);
    sp_buf_printf(b, ", \"sentence_count\": %zu", draft->prose.sentences.len);
    if (reviewed->sentences)
        add_sentences(b, reviewed, draft);
    add_key(b, "findings", false);
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < draft->findings.len; i++) {
        sp_buf_add_cstr(b, i > 0 ? ",\n   " : "\n   ");
        add_finding(b, draft, &draft->findings.items[i]);
    }
    sp_buf_printf(b, "], \"not_shown\": %zu}", draft->suppressed);
}

void sp_review_json(const sp_reviewed *reviewed, sp_buf *b)
{
    sp_buf_add_char(b, '{');
    add_text(b, "surplace", SP_LIT("review/1"), true);
    add_text(b, "reading", reviewed->reading, false);
    sp_buf_printf(b, ", \"errors\": %zu, \"warnings\": %zu, \"notes\": %zu, \"allowed\": %zu",
                  sp_reviewed_count(reviewed, SP_ERROR), sp_reviewed_count(reviewed, SP_WARNING),
                  sp_reviewed_count(reviewed, SP_NOTE), sp_reviewed_allowed(reviewed));
    add_key(b, "drafts", false);
    sp_buf_add_char(b, '[');
    for (size_t d = 0; d < reviewed->count; d++) {
        sp_buf_add_cstr(b, d > 0 ? "," : "");
        add_draft(b, reviewed, reviewed->drafts[d]);
    }
    sp_buf_add_cstr(b, "]}\n");
}
