#include "draft/prose.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "draft/builder.h"
#include "surplace/limits.h"

/* --- folding --- */

/* What a character of the source is written as; NULL: as itself. Patterns then need one apostrophe, one quotation mark,
 * one hyphen and one blank. What cannot be seen is left out: it could only hide words from the patterns. */
static const char *fold(uint32_t c)
{
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    if (c == '\t' || c < 0x20 || (c >= 0x7F && c <= 0xA0) || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
        c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000)
        return " ";
    if (c < 0xAB)
        return NULL;
    if (c == 0x17F) /* these two are letters of ASCII in all but their code */
        return "s";
    if (c == 0x212A)
        return "K";
    if ((c >= 0x2018 && c <= 0x201B) || c == 0x02BC || c == 0x2032)
        return "'";
    if ((c >= 0x201C && c <= 0x201F) || c == 0x2033 || c == 0xAB || c == 0xBB)
        return "\"";
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
        return "-";
    if (c == 0x2026)
        return "...";
    if (c >= 0xFB00 && c <= 0xFB06)
        return ligatures[c - 0xFB00];
    return sp_utf8_unsafe(c) ? "" : NULL;
}

static void add_piece(sp_prose_builder *b, size_t source, size_t length, size_t written)
{
    const sp_piece *last = b->pieces.len > 0 ? &b->pieces.items[b->pieces.len - 1] : NULL;
    size_t start = b->text.len - written;
    if (last != NULL && length == written && last->source_len == start - last->at &&
        last->source + last->source_len == source) {
        b->pieces.items[b->pieces.len - 1].source_len += (uint32_t)length;
        return;
    }
    sp_piece piece = {(uint32_t)start, (uint32_t)source, (uint32_t)length};
    b->failed |= !SP_VEC_PUSH(&b->pieces, piece);
}

static bool ends_with_blank(const sp_prose_builder *b)
{
    return b->text.len == 0 || b->text.data[b->text.len - 1] == ' ';
}

void sp_prose_add_other(sp_prose_builder *b, sp_str text, size_t source, size_t length)
{
    if (text.len == 0 || (text.len == 1 && text.ptr[0] == ' ' && ends_with_blank(b)))
        return;
    sp_buf_add(&b->text, text);
    b->failed |= b->text.failed;
    if (!b->failed)
        add_piece(b, source, length, text.len);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Words that take a hyphen: a break behind "well-" splits no word. */
static bool keeps_hyphen(sp_str text)
{
    static const char *const firsts[] = {"well",  "non",   "self", "ex",     "anti", "cross",  "long",
                                         "short", "third", "post", "pre",    "co",   "re",     "so",
                                         "two",   "one",   "high", "low",    "full", "half",   "semi",
                                         "multi", "inter", "sub",  "asylum", "law",  "policy", "decision"};
    size_t end = text.len - 1, start = end;
    while (start > 0 && is_letter(text.ptr[start - 1]))
        start--;
    sp_str word = {text.ptr + start, end - start};
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
        sp_str first = sp_str_from(firsts[i]);
        size_t same = 0;
        while (word.len == first.len && same < first.len && (word.ptr[same] | 0x20) == first.ptr[same])
            same++;
        if (word.len == first.len && same == first.len)
            return true;
    }
    return false;
}

/* Writes the break before the text that goes on: a blank; behind a hyphen nothing, since it either belongs to a
 * compound or has split a word. */
static void write_break(sp_prose_builder *b, char next)
{
    size_t source = b->break_at;
    b->break_at = SP_NONE;
    sp_str text = sp_buf_str(&b->text);
    bool hyphen = text.len >= 2 && text.ptr[text.len - 1] == '-' && is_letter(text.ptr[text.len - 2]) &&
                  is_letter(next) && (next & 0x20) != 0;
    if (!hyphen) {
        sp_prose_add_other(b, SP_LIT(" "), source, 1);
        return;
    }
    if (!b->join_words || keeps_hyphen(text))
        return;
    b->text.len--;
    sp_piece *last = &b->pieces.items[b->pieces.len - 1];
    if (last->at == b->text.len)
        b->pieces.len--;
    else
        last->source_len--;
}

void sp_prose_break(sp_prose_builder *b, size_t source)
{
    if (b->open && b->text.len > 0)
        b->break_at = (uint32_t)source;
}

void sp_prose_add(sp_prose_builder *b, size_t source, size_t length)
{
    sp_str text = {b->prose->input->text.ptr + source, length};
    size_t plain = 0, len;
    if (length > 0 && b->break_at != SP_NONE)
        write_break(b, text.ptr[0]);
    for (size_t i = 0; i < length && !b->failed; i += len) {
        unsigned char first = (unsigned char)text.ptr[i];
        len = 1;
        if (first > 0x20 && first < 0x7F)
            continue;
        if (first == ' ' && !(i == plain ? ends_with_blank(b) : text.ptr[i - 1] == ' '))
            continue;
        uint32_t c = sp_utf8_decode((sp_str){text.ptr + i, length - i}, &len);
        const char *folded = c == ' ' ? "" : fold(c);
        if (folded == NULL)
            continue;
        if (i > plain)
            sp_prose_add_other(b, (sp_str){text.ptr + plain, i - plain}, source + plain, i - plain);
        sp_prose_add_other(b, sp_str_from(folded), source + i, len);
        plain = i + len;
    }
    if (length > plain)
        sp_prose_add_other(b, (sp_str){text.ptr + plain, length - plain}, source + plain, length - plain);
}

/* --- quotations --- */

static bool ends_word(char c)
{
    return c == ' ' || c == '.' || c == ',' || c == ';' || c == ':' || c == '?' || c == '!' || c == ')' ||
           c == '-' || c == '"' || c == ']';
}

/* Where a quotation that a single mark at `from` opens ends, or 0. A mark behind an s may be a genitive: it closes
 * only if no better one comes. */
static size_t closing_single(sp_str text, size_t from)
{
    size_t fallback = 0;
    for (size_t i = from + 2; i < text.len; i++) {
        if (text.ptr[i] != '\'' || (i + 1 < text.len && !ends_word(text.ptr[i + 1])))
            continue;
        if (text.ptr[i - 1] != 's')
            return i;
        if (fallback == 0)
            fallback = i;
    }
    return fallback;
}

typedef SP_VEC(sp_span) span_list;

static bool find_quotes(sp_str text, span_list *quotes)
{
    size_t opened = SIZE_MAX;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"') {
            sp_span span = {opened, i + 1};
            if (opened != SIZE_MAX && !SP_VEC_PUSH(quotes, span))
                return false;
            opened = opened == SIZE_MAX ? i : SIZE_MAX;
        } else if (text.ptr[i] == '\'' && opened == SIZE_MAX && i + 1 < text.len &&
                   (i == 0 || text.ptr[i - 1] == ' ' || text.ptr[i - 1] == '(') &&
                   is_letter(text.ptr[i + 1])) {
            size_t end = closing_single(text, i);
            sp_span span = {i, end + 1};
            if (end == 0)
                continue;
            if (!SP_VEC_PUSH(quotes, span))
                return false;
            i = end;
        }
    }
    return true;
}

/* --- blocks --- */

void sp_prose_open(sp_prose_builder *b, sp_block_kind kind, bool quotation)
{
    if (b->open)
        return;
    b->open = true;
    b->kind = (uint8_t)kind;
    b->quotation = quotation;
    b->text.len = 0;
    b->pieces.len = 0;
    b->marked.len = 0;
    b->break_at = SP_NONE;
}

static bool keep_block(sp_prose_builder *b, sp_block *block)
{
    sp_prose *prose = b->prose;
    span_list quotes = {0};
    block->text = sp_arena_dup(&prose->arena, sp_buf_str(&b->text));
    sp_piece *pieces = SP_NEW_ARRAY(&prose->arena, sp_piece, b->pieces.len);
    bool kept = pieces != NULL && find_quotes(block->text, &quotes);
    for (size_t i = 0; kept && i < b->marked.len; i++)
        kept = SP_VEC_PUSH(&quotes, b->marked.items[i]);
    sp_span *spans = kept ? SP_NEW_ARRAY(&prose->arena, sp_span, quotes.len) : NULL;
    if (spans != NULL) {
        memcpy(pieces, b->pieces.items, b->pieces.len * sizeof *pieces);
        if (quotes.len > 0)
            memcpy(spans, quotes.items, quotes.len * sizeof *spans);
        block->pieces = pieces;
        block->piece_count = (uint32_t)b->pieces.len;
        block->quotes = spans;
        block->quote_count = (uint32_t)quotes.len;
    }
    SP_VEC_FREE(&quotes);
    return spans != NULL && SP_VEC_PUSH(&prose->blocks, *block);
}

uint32_t sp_prose_close(sp_prose_builder *b)
{
    bool was_open = b->open;
    b->open = false;
    if (!was_open || b->failed || sp_str_trim(sp_buf_str(&b->text)).len == 0)
        return SP_NONE;
    uint32_t index = (uint32_t)b->prose->blocks.len;
    sp_block block = {.kind = b->kind, .quotation = b->quotation, .heading = b->heading, .lead = b->lead};
    if (!keep_block(b, &block) || !sp_sentences_split(b->prose, index)) {
        b->failed = true;
        return SP_NONE;
    }
    if (b->kind == SP_BLOCK_HEADING)
        b->heading = index;
    return index;
}

void sp_prose_builder_free(sp_prose_builder *b)
{
    sp_buf_clear(&b->text);
    SP_VEC_FREE(&b->pieces);
    SP_VEC_FREE(&b->marked);
}

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

void sp_prose_free(sp_prose *prose)
{
    SP_VEC_FREE(&prose->blocks);
    SP_VEC_FREE(&prose->sentences);
    SP_VEC_FREE(&prose->comments);
    SP_VEC_FREE(&prose->lines);
    sp_arena_free(&prose->arena);
}

/* --- places --- */

static const sp_piece *piece_at(const sp_block *block, size_t at)
{
    size_t low = 0, high = block->piece_count;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (block->pieces[mid].at <= at)
            low = mid;
        else
            high = mid;
    }
    return &block->pieces[low];
}

static size_t written_length(const sp_block *block, const sp_piece *piece)
{
    const sp_piece *next = piece + 1;
    return (next < block->pieces + block->piece_count ? next->at : block->text.len) - piece->at;
}

sp_span sp_prose_source(const sp_block *block, size_t start, size_t end)
{
    if (block->piece_count == 0)
        return (sp_span){0, 0};
    const sp_piece *p = piece_at(block, start), *q = piece_at(block, end > start ? end - 1 : start);
    bool p_same = written_length(block, p) == p->source_len,
         q_same = written_length(block, q) == q->source_len;
    size_t from = p->source + (p_same ? start - p->at : 0);
    size_t to = q_same ? q->source + (end > start ? end - q->at : start - q->at)
                       : q->source + q->source_len;
    return (sp_span){from, to > from ? to : from};
}

sp_place sp_prose_place(const sp_prose *prose, sp_span source)
{
    size_t low = 0, high = prose->lines.len;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (prose->lines.items[mid] <= source.start)
            low = mid;
        else
            high = mid;
    }
    if (prose->lines.len == 0)
        return (sp_place){prose->input, 1, 1, 2};
    sp_str text = prose->input->text;
    size_t start = prose->lines.items[low], end = line_end(text, start);
    size_t to = source.end < end ? source.end : end;
    uint32_t column = (uint32_t)sp_utf8_count((sp_str){text.ptr + start, source.start - start}) + 1;
    uint32_t width = to > source.start
                         ? (uint32_t)sp_utf8_count((sp_str){text.ptr + source.start, to - source.start})
                         : 1;
    return (sp_place){prose->input, (uint32_t)low + 1, column, column + width};
}
