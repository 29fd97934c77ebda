/* Markdown by md4c, whose text callbacks point into the source: that is how every byte keeps its place. */
#include <md4c.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "draft/builder.h"

/* Lists within lists and columns of a table past these have no lead of their own. */
#define LISTS 16u
#define COLUMNS 32u

typedef struct reader {
    sp_prose_builder *b;
    uint32_t leads[LISTS]; /* of the open lists */
    uint32_t heads[COLUMNS];
    uint32_t last; /* the block closed last outside of lists: what may introduce the next one */
    uint32_t lists, quotes, column;
    uint32_t hidden;     /* images and struck-out text, of which nothing is read */
    uint32_t code_start; /* in the block's text, of the open code span */
    size_t comment_end;  /* no comment starts before this */
    size_t last_source;  /* where the last text stood */
    bool in_head, in_code, in_html, heading;
} reader;

static sp_block_kind kind_of(const reader *r)
{
    if (r->heading)
        return SP_BLOCK_HEADING;
    if (r->column > 0)
        return SP_BLOCK_CELL;
    return r->lists > 0 ? SP_BLOCK_ITEM : SP_BLOCK_PARAGRAPH;
}

static uint32_t lead_of(const reader *r)
{
    if (r->column > 0)
        return r->in_head || r->column > COLUMNS ? SP_NONE : r->heads[r->column - 1];
    return r->lists > 0 && r->lists <= LISTS ? r->leads[r->lists - 1] : SP_NONE;
}

/* Blocks end where the next begins: a list item without paragraphs has its text in itself. */
static void close_block(reader *r)
{
    r->b->lead = lead_of(r);
    uint32_t closed = sp_prose_close(r->b);
    if (closed != SP_NONE && r->in_head && r->column > 0 && r->column <= COLUMNS)
        r->heads[r->column - 1] = closed;
    if (closed != SP_NONE && r->column == 0)
        r->last = closed;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    reader *r = context;
    (void)detail;
    close_block(r);
    switch (type) {
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        if (r->lists < LISTS)
            r->leads[r->lists] = r->last;
        r->lists++;
        break;
    case MD_BLOCK_QUOTE:
        r->quotes++;
        break;
    case MD_BLOCK_TABLE:
        for (uint32_t i = 0; i < COLUMNS; i++)
            r->heads[i] = SP_NONE;
        break;
    case MD_BLOCK_THEAD:
        r->in_head = true;
        break;
    case MD_BLOCK_TR:
        r->column = 0;
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        r->column++;
        break;
    case MD_BLOCK_CODE:
        r->in_code = true;
        break;
    case MD_BLOCK_HTML:
        r->in_html = true;
        break;
    case MD_BLOCK_H:
        r->heading = true;
        break;
    default:
        break;
    }
    return r->b->failed;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    reader *r = context;
    (void)detail;
    close_block(r);
    switch (type) {
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        r->lists--;
        break;
    case MD_BLOCK_QUOTE:
        r->quotes--;
        break;
    case MD_BLOCK_THEAD:
        r->in_head = false;
        break;
    case MD_BLOCK_TABLE:
        r->column = 0;
        break;
    case MD_BLOCK_CODE:
        r->in_code = false;
        break;
    case MD_BLOCK_HTML:
        r->in_html = false;
        break;
    case MD_BLOCK_H:
        r->heading = false;
        break;
    default:
        break;
    }
    return r->b->failed;
}

static bool is_hidden(MD_SPANTYPE type)
{
    return type == MD_SPAN_IMG || type == MD_SPAN_DEL;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    reader *r = context;
    (void)detail;
    r->hidden += is_hidden(type);
    if (type == MD_SPAN_CODE)
        r->code_start = (uint32_t)r->b->text.len;
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    reader *r = context;
    (void)detail;
    r->hidden -= is_hidden(type);
    sp_span span = {r->code_start, r->b->text.len};
    if (type == MD_SPAN_CODE && r->b->open && span.end > span.start)
        r->b->failed |= !SP_VEC_PUSH(&r->b->marked, span);
    return r->b->failed;
}

/* --- text --- */

static bool in_source(const reader *r, const MD_CHAR *text, MD_SIZE size)
{
    sp_str source = r->b->prose->input->text;
    uintptr_t start = (uintptr_t)source.ptr, at = (uintptr_t)text;
    return at >= start && at <= start + source.len && size <= start + source.len - at;
}

/* Comments end with their mark, wherever md4c cuts its text. */
static void find_comments(reader *r, size_t from, size_t length)
{
    sp_str source = r->b->prose->input->text;
    for (size_t at = from < r->comment_end ? r->comment_end : from; at + 4 <= from + length; at++) {
        if (memcmp(source.ptr + at, "<!--", 4) != 0)
            continue;
        size_t start = at + 4, end = start;
        while (end + 3 <= source.len && memcmp(source.ptr + end, "-->", 3) != 0)
            end++;
        bool closed = end + 3 <= source.len;
        sp_comment comment = {(uint32_t)start, (uint32_t)((closed ? end : source.len) - start), closed};
        r->b->failed |= !SP_VEC_PUSH(&r->b->prose->comments, comment);
        r->comment_end = closed ? end + 3 : source.len;
        at = r->comment_end - 1;
    }
}

/* The entities that stand in prose; another is left as a blank. */
static sp_str entity_text(sp_str entity, char *room)
{
    static const struct {
        const char *name, *text;
    } known[] = {{"&amp;", "&"},    {"&lt;", "<"},    {"&gt;", ">"},    {"&quot;", "\""},
                 {"&apos;", "'"},   {"&rsquo;", "'"}, {"&lsquo;", "'"}, {"&ldquo;", "\""},
                 {"&rdquo;", "\""}, {"&ndash;", "-"}, {"&mdash;", "-"}, {"&hellip;", "..."},
                 {"&sect;", "s. "}, {"&shy;", ""}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (sp_str_eq(entity, sp_str_from(known[i].name)))
            return sp_str_from(known[i].text);
    uint32_t c = 0;
    bool hex = entity.len > 3 && (entity.ptr[2] | 0x20) == 'x';
    if (entity.len < 4 || entity.ptr[1] != '#')
        return SP_LIT(" ");
    for (size_t i = hex ? 3 : 2; i + 1 < entity.len && c < 0x110000; i++) {
        char d = entity.ptr[i];
        c = c * (hex ? 16 : 10) + (uint32_t)(d <= '9' ? d - '0' : (d | 0x20) - 'a' + 10);
    }
    if (c == '"' || c == 0x201C || c == 0x201D)
        return SP_LIT("\"");
    if (c == '\'' || c == 0x2018 || c == 0x2019)
        return SP_LIT("'");
    if (c <= 0x20 || (c >= 0xD800 && c < 0xE000) || c >= 0x110000 || sp_utf8_unsafe(c))
        return SP_LIT(" ");
    sp_buf character = {0};
    sp_utf8_add(&character, c);
    size_t length = character.len < 5 ? character.len : 0;
    if (length > 0)
        memcpy(room, character.data, length);
    sp_buf_clear(&character);
    return (sp_str){room, length};
}

/* Text without the marks of footnotes, which md4c does not know: "[^3]". */
static void add_text(reader *r, size_t source, size_t length)
{
    const char *text = r->b->prose->input->text.ptr + source;
    size_t plain = 0;
    for (size_t i = 0; i + 3 < length; i++) {
        if (text[i] != '[' || text[i + 1] != '^')
            continue;
        size_t end = i + 2;
        while (end < length && end < i + 30 && text[end] != ']' && text[end] != ' ')
            end++;
        if (end == length || text[end] != ']')
            continue;
        sp_prose_add(r->b, source + plain, i - plain);
        plain = end + 1;
        i = end;
    }
    sp_prose_add(r->b, source + plain, length - plain);
}

static int text_found(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
    reader *r = context;
    bool inside = in_source(r, text, size);
    size_t source = inside ? (size_t)(text - r->b->prose->input->text.ptr) : r->last_source;
    if (inside)
        r->last_source = source + size;
    if (type == MD_TEXT_HTML || r->in_html) {
        if (inside)
            find_comments(r, source, size);
        if (r->b->open)
            sp_prose_break(r->b, source);
        return r->b->failed;
    }
    if (r->in_code || r->hidden > 0)
        return 0;
    sp_prose_open(r->b, kind_of(r), r->quotes > 0);
    char room[4];
    switch (type) {
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
        sp_prose_break(r->b, source);
        break;
    case MD_TEXT_ENTITY:
        sp_prose_add_other(r->b, entity_text((sp_str){text, size}, room), source, inside ? size : 0);
        break;
    case MD_TEXT_NULLCHAR:
        break;
    default:
        if (inside)
            add_text(r, source, size);
        break;
    }
    return r->b->failed;
}

bool sp_markdown_read(sp_prose_builder *b, size_t start)
{
    reader r = {.b = b, .last = SP_NONE, .last_source = start};
    const MD_PARSER parser = {.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS |
                                       MD_FLAG_NOINDENTEDCODEBLOCKS,
                              .enter_block = enter_block,
                              .leave_block = leave_block,
                              .enter_span = enter_span,
                              .leave_span = leave_span,
                              .text = text_found};
    sp_str text = b->prose->input->text;
    int failed = md_parse(text.ptr + start, (MD_SIZE)(text.len - start), &parser, &r);
    return failed == 0 && !b->failed;
}
