#include "draft/draft.h"

static sp_mark malformed(const char *why)
{
    return (sp_mark){.kind = SP_MARK_MALFORMED, .subject = sp_str_from(why)};
}

static sp_mark parse_allow(sp_str rest)
{
    sp_str code, reason, word;
    if (!sp_str_cut(rest, ' ', &code, &reason))
        code = rest, reason = SP_EMPTY;
    if (code.len == 0)
        return malformed("`allow` names the code of a finding, as in `allow label-decides because REASON`");
    reason = sp_str_trim(reason);
    if (sp_str_cut(reason, ' ', &word, &reason) && sp_str_eq(word, SP_LIT("because")))
        return (sp_mark){.kind = SP_MARK_ALLOW, .subject = code, .rest = sp_str_trim(reason)};
    return (sp_mark){.kind = SP_MARK_ALLOW, .subject = code};
}

static sp_mark parse(sp_str text)
{
    sp_str verb, rest, path, state;
    if (!sp_str_cut(text, ' ', &verb, &rest))
        verb = text, rest = SP_EMPTY;
    rest = sp_str_trim(rest);
    if (sp_str_eq(verb, SP_LIT("allow")))
        return parse_allow(rest);
    if (!sp_str_eq(verb, SP_LIT("claim")))
        return malformed("a mark begins with `claim` or `allow`");
    if (!sp_str_cut(rest, ' ', &path, &state) || sp_str_trim(state).len == 0)
        return malformed(
            "`claim` names a criterion or fact and its state, as in `claim person.refugee holds`");
    return (sp_mark){.kind = SP_MARK_CLAIM, .subject = path, .rest = sp_str_trim(state)};
}

/* The block that a place in the source stands in, or else the first behind it. */
static uint32_t block_at(const sp_prose *prose, size_t source)
{
    for (uint32_t i = 0; i < prose->blocks.len; i++) {
        const sp_block *block = &prose->blocks.items[i];
        if (block->kind != SP_BLOCK_ABOUT && sp_prose_source(block, 0, block->text.len).end > source)
            return i;
    }
    return SP_NONE;
}

void sp_marks_read(sp_draft *draft)
{
    const sp_prose *prose = &draft->prose;
    for (size_t i = 0; i < prose->comments.len; i++) {
        const sp_comment *comment = &prose->comments.items[i];
        sp_str text = sp_str_trim((sp_str){prose->input->text.ptr + comment->source, comment->len});
        if (!sp_str_starts(text, SP_LIT("surplace:")))
            continue;
        text = sp_str_trim((sp_str){text.ptr + 9, text.len - 9});
        sp_mark mark = comment->closed ? parse(text) : malformed("the comment is not closed with -->");
        size_t line = 0, from = comment->source - 4;
        while (from + line < prose->input->text.len && prose->input->text.ptr[from + line] != '\n')
            line++;
        size_t whole = comment->len + (comment->closed ? 7u : 4u);
        mark.source = (sp_span){from, from + (whole < line ? whole : line)};
        mark.block = block_at(prose, comment->source);
        if (!SP_VEC_PUSH(&draft->marks, mark))
            draft->failed = true;
    }
}
