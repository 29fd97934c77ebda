#include "draft/prose_read.h"

#include <string.h>

#include "base/utf8.h"
#include "draft/builder.h"
#include "surplace/limits.h"

/* --- front matter: YAML between lines of three hyphens, as site generators have it --- */

static size_t line_end(sp_str text, size_t start)
{
    while (start < text.len && text.ptr[start] != '\n' && text.ptr[start] != '\r')
        start++;
    return start;
}

static size_t after_break(sp_str text, size_t at)
{
    if (at < text.len && text.ptr[at] == '\r')
        at++;
    return at < text.len && text.ptr[at] == '\n' ? at + 1 : at;
}

static size_t read_front_matter(sp_prose_builder *b)
{
    sp_str text = b->prose->input->text;
    size_t end = line_end(text, 0), start = after_break(text, end);
    if (!sp_str_eq((sp_str){text.ptr, end}, SP_LIT("---")))
        return 0;
    size_t close = start, lines = 0;
    for (; close < text.len && lines < 200; lines++) {
        end = line_end(text, close);
        sp_str line = {text.ptr + close, end - close};
        if (sp_str_eq(line, SP_LIT("---")) || sp_str_eq(line, SP_LIT("...")))
            break;
        close = after_break(text, end);
    }
    if (close >= text.len || lines == 200)
        return 0;
    for (size_t at = start; at < close; at = after_break(text, end)) {
        end = line_end(text, at);
        sp_prose_open(b, SP_BLOCK_ABOUT, false);
        sp_prose_add(b, at, end - at);
        sp_prose_close(b);
    }
    return after_break(text, line_end(text, close));
}

/* --- reading --- */

static bool find_lines(sp_prose *prose)
{
    sp_str text = prose->input->text;
    for (size_t at = 0; at < text.len;) {
        if (!SP_VEC_PUSH(&prose->lines, (uint32_t)at))
            return false;
        at = after_break(text, line_end(text, at));
    }
    return true;
}

static surplace_status check_text(const sp_input *input, sp_diags *diags)
{
    sp_str text = input->text;
    if (text.len > SURPLACE_MAX_DRAFT_BYTES) {
        sp_diags_add(diags, SP_ERROR, SP_DIAG_LIMIT, (sp_place){.input = input},
                     "the draft is longer than %u bytes (limit: draft)", SURPLACE_MAX_DRAFT_BYTES);
        return SURPLACE_LIMIT;
    }
    size_t valid = sp_utf8_valid_prefix(text);
    const char *nul = memchr(text.ptr != NULL ? text.ptr : "", '\0', valid);
    if (nul != NULL) {
        sp_diags_add(diags, SP_ERROR, SP_DIAG_ENCODING, sp_input_place(input, (size_t)(nul - text.ptr), 1),
                     "a zero byte: this is no text");
        return SURPLACE_INVALID;
    }
    if (valid < text.len) {
        sp_diag *diag = sp_diags_add(diags, SP_ERROR, SP_DIAG_ENCODING, sp_input_place(input, valid, 1),
                                     "the draft is not UTF-8 here");
        sp_diag_hint(diags, diag,
                     "save it as UTF-8 text; .docx, .odt and .pdf go through a converter first, as "
                     "`surplace check --help` shows");
        return SURPLACE_INVALID;
    }
    return SURPLACE_OK;
}

surplace_status sp_prose_read(sp_prose *prose, const sp_input *input, sp_draft_format format,
                              sp_diags *diags)
{
    *prose = (sp_prose){.input = input};
    surplace_status status = check_text(input, diags);
    if (status != SURPLACE_OK || input->text.len == 0)
        return status;
    sp_prose_builder b = {.prose = prose, .heading = SP_NONE, .lead = SP_NONE, .break_at = SP_NONE};
    bool read = find_lines(prose);
    if (read && format == SP_DRAFT_MARKDOWN)
        read = sp_markdown_read(&b, read_front_matter(&b));
    else if (read)
        read = sp_plain_read(&b, 0);
    bool complete = read && !b.failed && !prose->arena.failed;
    sp_prose_builder_free(&b);
    return complete ? SURPLACE_OK : SURPLACE_NO_MEMORY;
}
