#include "draft/builder.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "draft/sentence.h"

/* --- folding --- */

/* What a character of the source is written as; NULL: as itself. Patterns then need one apostrophe, one quotation mark,
 * one hyphen and one blank. What cannot be seen is left out: it could only hide words from the patterns. */
static const char *fold(uint32_t c)
{
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    if (c < 0x20 || (c >= 0x7F && c <= 0xA0) || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
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

static void write_break(sp_prose_builder *b, char next);

void sp_prose_add_other(sp_prose_builder *b, sp_str text, size_t source, size_t length)
{
    if (text.len > 0 && b->break_at != SP_NONE)
        write_break(b, text.ptr[0]);
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
