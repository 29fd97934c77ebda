/* Page furniture.
 *
 * A passage may run over a page break, and a scan prints there what the eye leaves out. Leaving out too much would
 * be worse than too little: two sentences that never met would be certified as one. So a piece of the text can be
 * passed over only if it looks like furniture by itself and stands where furniture stands:
 *
 * - a running head: one line that begins or ends a block of lines, in capitals, with a page number at its beginning
 *   or end. "ARTICLE 33" is a heading, and so is a title that ends in a year, unless a sentence runs on across it;
 * - a page number: a line of its own, between empty lines or at a form feed;
 * - footnotes: blocks of lines that begin with a number of at most three digits (or * or a dagger), go on with a
 *   capital, a quotation mark or a word like "ibid", and end like a sentence. They may be passed over only if the
 *   sentence before them is unfinished or a page ends among them. Footnotes without an empty line before them need
 *   both an unfinished sentence and its continuation in lower case.
 *
 * So a heading, a numbered paragraph or a list item that follows a finished sentence is never passed over. */
#include "cite/page.h"

#include "cite/words.h"

enum line_kind { LINE_EMPTY, LINE_TEXT, LINE_HEAD, LINE_NUMBER };

/* A line without its blanks at both ends. */
struct line {
    size_t start, end; /* of the line itself */
    sp_str text;
    bool page_before, page_after; /* a form feed before or after it */
};

/* What the run of furniture so far, if any, stands between. */
struct finder {
    sp_str text;
    sp_page_skips *skips;
    size_t before_end; /* where the running text before it ends */
    size_t from;       /* where it begins; SIZE_MAX: there is none */
    size_t first_skip; /* its first one among the skips */
    bool has_head;     /* a running head, page number or form feed is among it */
    bool has_notes;
    bool needs_lower;  /* its notes followed the text without an empty line */
    bool dubious_head; /* a running head that may be a title */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(sp_str s)
{
    size_t n = 0;
    while (n < s.len && is_digit(s.ptr[n]))
        n++;
    return n;
}

static sp_str from_offset(sp_str s, size_t at)
{
    return (sp_str){s.ptr + at, s.len - at};
}

/* ---- Running heads and page numbers */

static sp_str first_token(sp_str line)
{
    size_t n = 0;
    while (n < line.len && line.ptr[n] != ' ' && line.ptr[n] != '\t')
        n++;
    return (sp_str){line.ptr, n};
}

static sp_str last_token(sp_str line)
{
    size_t at = line.len;
    while (at > 0 && line.ptr[at - 1] != ' ' && line.ptr[at - 1] != '\t')
        at--;
    return from_offset(line, at);
}

static bool is_page_number(sp_str token)
{
    return token.len >= 1 && token.len <= 4 && count_digits(token) == token.len;
}

/* A number that may just as well be a year. */
static bool is_year(sp_str token)
{
    return token.len == 4 && (sp_str_starts(token, SP_LIT("18")) || sp_str_starts(token, SP_LIT("19")) ||
                              sp_str_starts(token, SP_LIT("20")));
}

/* Letters of a line, and whether at least nine in ten are capitals: scanning may get one wrong. */
static bool is_in_capitals(sp_str line, size_t *letters)
{
    size_t upper = 0, len;
    *letters = 0;
    for (size_t at = 0; at < line.len; at += len) {
        if (sp_char_at(line, at, &len) != SP_CHAR_LETTER)
            continue;
        ++*letters;
        upper += sp_char_is_upper(sp_utf8_decode(from_offset(line, at), &len));
    }
    return upper * 10 >= *letters * 9;
}

/* "ARTICLE 33", "CHAPTER IV 2": the number is the heading's. */
static bool is_numbered_heading(sp_str line)
{
    static const char *const words[] = {"ARTICLE",  "ART",   "CHAPTER", "SECTION",   "PART",
                                        "ANNEX",    "TITLE", "RULE",    "PARAGRAPH", "APPENDIX",
                                        "SCHEDULE", "TABLE", "FIGURE",  "PROTOCOL",  "NO"};
    sp_str rest = sp_str_trim((sp_str){line.ptr, line.len - last_token(line).len});
    sp_str word = last_token(rest);
    while (word.len > 0 && word.ptr[word.len - 1] == '.')
        word.len--;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (sp_str_eq(word, sp_str_from(words[i])) || sp_str_eq(first_token(line), sp_str_from(words[i])))
            return true;
    return false;
}

static bool is_head(sp_str line, bool *dubious)
{
    size_t letters;
    sp_str first = first_token(line), last = last_token(line);
    if (line.len > 200 || (!is_page_number(first) && !is_page_number(last)))
        return false;
    if (!is_in_capitals(line, &letters) || letters < 4)
        return false;
    sp_str number = is_page_number(last) ? last : first;
    *dubious = is_year(number);
    return !(is_page_number(last) && is_numbered_heading(line));
}

/* "287", "- 287 -", "[287]", "Page 3 of 10". */
static bool is_number_line(sp_str line)
{
    size_t digits = 0, at = 0;
    if (line.len > 40)
        return false;
    if (sp_str_starts(line, SP_LIT("Page ")) || sp_str_starts(line, SP_LIT("PAGE ")))
        at = 5;
    for (; at < line.len; at++) {
        if (sp_str_starts(from_offset(line, at), SP_LIT(" of ")))
            at += 3;
        else if (is_digit(line.ptr[at]))
            digits++;
        else if (line.ptr[at] != ' ' && line.ptr[at] != '-' && line.ptr[at] != '[' && line.ptr[at] != ']' &&
                 line.ptr[at] != '|')
            return false;
    }
    return digits >= 1 && digits <= 4;
}

/* ---- Footnotes */

/* Past the number or sign of a footnote and the blanks behind it; 0 if there is none. */
static size_t note_label(sp_str line)
{
    size_t bracket = line.len > 0 && (line.ptr[0] == '[' || line.ptr[0] == '('), len = 1;
    size_t digits = count_digits(from_offset(line, bracket)), at = bracket + digits;
    if (digits > 3 || line.len == 0)
        return 0;
    if (digits == 0) {
        uint32_t c = sp_utf8_decode(line, &len);
        if (c != '*' && c != 0x2020 && c != 0x2021 && c != 0xB9 && c != 0xB2 && c != 0xB3)
            return 0;
        at = len;
    }
    while (at < line.len && (line.ptr[at] == '.' || line.ptr[at] == ')' || line.ptr[at] == ']'))
        at++;
    size_t label = at;
    while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
        at++;
    return at == label && digits > 0 ? 0 : at;
}

/* Whether a line looks like the first one of a footnote. */
static bool begins_note(sp_str line)
{
    static const char *const openings[] = {"see ", "ibid",  "id.",     "cf",      "http",
                                           "www",  "supra", "op. cit", "loc. cit"};
    size_t label = note_label(line), len;
    if (label == 0 || label >= line.len)
        return false;
    sp_str rest = from_offset(line, label);
    sp_char_kind kind = sp_char_at(rest, 0, &len);
    if (kind == SP_CHAR_QUOTE || kind == SP_CHAR_APOSTROPHE)
        return true;
    if (kind == SP_CHAR_LETTER && sp_char_is_upper(sp_utf8_decode(rest, &len)))
        return true;
    for (size_t i = 0; i < sizeof(openings) / sizeof(openings[0]); i++)
        if (sp_str_starts(rest, sp_str_from(openings[i])))
            return true;
    return false;
}

static uint32_t note_number(sp_str line)
{
    uint32_t number = 0;
    size_t at = line.len > 0 && (line.ptr[0] == '[' || line.ptr[0] == '(');
    for (; at < line.len && is_digit(line.ptr[at]); at++)
        number = number * 10 + (uint32_t)(line.ptr[at] - '0');
    return number;
}

/* The start of the last character of a non-empty text. */
static size_t last_char(sp_str s)
{
    size_t at = s.len - 1;
    while (at > 0 && ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* A footnote ends in a stop, bracket or quotation mark, or in the number or address that it cites. */
static bool ends_note(sp_str block)
{
    size_t len;
    block = sp_str_trim(block);
    if (block.len == 0)
        return false;
    sp_str last = from_offset(block, last_char(block));
    switch (sp_char_at(last, 0, &len)) {
    case SP_CHAR_STOP:
    case SP_CHAR_ASK:
    case SP_CHAR_QUOTE:
    case SP_CHAR_APOSTROPHE:
    case SP_CHAR_DIGIT:
        return true;
    default:
        return last.ptr[0] == ')' || last.ptr[0] == ']' || last.ptr[0] == '/';
    }
}

/* ---- Where furniture stands */

/* Whether the running text up to `end` breaks off in mid-sentence. Signs behind the last word may be footnote marks;
 * what may be a mark or the end of a sentence is taken for an end. */
static bool is_unfinished(sp_str text, size_t end)
{
    for (int i = 0; end > 0 && i < 64; i++) {
        size_t at = last_char((sp_str){text.ptr, end}), len;
        switch (sp_char_at(text, at, &len)) {
        case SP_CHAR_LETTER:
        case SP_CHAR_DIGIT:
        case SP_CHAR_HYPHEN:
        case SP_CHAR_DASH:
        case SP_CHAR_SHY:
            return true;
        case SP_CHAR_PAUSE:
            return text.ptr[at] == ',';
        case SP_CHAR_STOP:
        case SP_CHAR_ASK:
        case SP_CHAR_DOTS:
            return false;
        default:
            end = at;
        }
    }
    return false;
}

static bool continues_in_lower(sp_str text, size_t at)
{
    size_t len;
    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
        at++;
    if (at == text.len || sp_char_at(text, at, &len) != SP_CHAR_LETTER)
        return false;
    return !sp_char_is_upper(sp_utf8_decode(from_offset(text, at), &len));
}

/* Running text begins at `to`: decides about the furniture before it. Skips of single running heads are there
 * already; they stay. */
static bool close_run(struct finder *f, size_t to)
{
    size_t from = f->from;
    f->from = SIZE_MAX;
    if (from == SIZE_MAX || f->before_end == 0)
        return true;
    bool unfinished = is_unfinished(f->text, f->before_end);
    bool fits = unfinished || (f->has_head && !f->dubious_head && !f->needs_lower);
    if (f->needs_lower)
        fits = fits && continues_in_lower(f->text, to);
    if (!fits) {
        if (f->dubious_head)
            f->skips->len = f->first_skip;
        return true;
    }
    sp_page_skip skip = {(uint32_t)from, (uint32_t)to, true};
    if (!SP_VEC_RESERVE(f->skips, 1))
        return false;
    /* By `from`: before the single heads of this run. There are as many of those as lines, so moving them is linear. */
    for (size_t i = f->skips->len++; i > f->first_skip; i--)
        f->skips->items[i] = f->skips->items[i - 1];
    f->skips->items[f->first_skip] = skip;
    return true;
}

static void open_run(struct finder *f, size_t from)
{
    if (f->from != SIZE_MAX)
        return;
    f->from = from;
    f->first_skip = f->skips->len;
    f->has_head = f->has_notes = f->needs_lower = f->dubious_head = false;
}

static bool add_head(struct finder *f, const struct line *line, bool dubious)
{
    open_run(f, line->start);
    f->has_head = true;
    f->dubious_head = f->dubious_head || dubious;
    return SP_VEC_PUSH(f->skips, (sp_page_skip){(uint32_t)line->start, (uint32_t)line->end, false});
}

static void add_notes(struct finder *f, size_t from, bool clings)
{
    open_run(f, from);
    f->has_notes = true;
    f->needs_lower = f->needs_lower || clings;
}

static bool add_text(struct finder *f, size_t from, size_t end)
{
    if (!close_run(f, from))
        return false;
    f->before_end = end;
    return true;
}

/* ---- Blocks of lines between empty lines */

/* The line that begins at `at`, up to a line feed or form feed. */
static struct line line_at(sp_str text, size_t at)
{
    size_t end = at;
    while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\f')
        end++;
    struct line line = {.start = at, .end = end < text.len ? end + 1 : end};
    line.text = sp_str_trim((sp_str){text.ptr + at, end - at});
    line.page_before = at > 0 && text.ptr[at - 1] == '\f';
    line.page_after = end < text.len && text.ptr[end] == '\f';
    return line;
}

/* Lines that follow each other without an empty line or form feed. */
struct block {
    struct line first, last, second, before_last;
    size_t lines, end;
};

static struct block block_at(sp_str text, size_t at)
{
    struct block b = {.end = at};
    while (b.end < text.len) {
        struct line line = line_at(text, b.end);
        if (line.text.len == 0)
            break;
        if (b.lines == 0)
            b.first = line;
        if (b.lines == 1)
            b.second = line;
        b.before_last = b.last;
        b.last = line;
        b.lines++;
        b.end = line.end;
        if (line.page_after)
            break;
    }
    return b;
}

/* The first line of the footnotes that end a block: those whose numbers count up to the end; SIZE_MAX if none. */
static size_t clinging_notes(sp_str text, const struct block *b)
{
    size_t found = SIZE_MAX;
    uint32_t number = 0;
    for (size_t at = b->first.end; at < b->end;) {
        struct line line = line_at(text, at);
        if (begins_note(line.text) && is_digit(line.text.ptr[0])) {
            uint32_t next = note_number(line.text);
            if (found == SIZE_MAX || next != number + 1)
                found = line.start;
            number = next;
        }
        at = line.end;
    }
    return found;
}

static bool in_capitals(sp_str line)
{
    size_t letters;
    return is_in_capitals(line, &letters) && letters > 0;
}

/* What a line that begins or ends a block is; `neighbour` is the line of the block beside it, or NULL. */
static enum line_kind edge_kind(const struct line *line, const struct line *neighbour, bool *dubious)
{
    *dubious = false;
    if (is_head(line->text, dubious) && (neighbour == NULL || !in_capitals(neighbour->text)))
        return LINE_HEAD;
    if (is_number_line(line->text) && (neighbour == NULL || line->page_before || line->page_after))
        return LINE_NUMBER;
    return LINE_TEXT;
}

/* A block without running heads: footnotes, running text, or running text with footnotes at its end. */
static bool read_body(struct finder *f, const struct block *b, bool after_empty)
{
    sp_str whole = {f->text.ptr + b->first.start, b->end - b->first.start};
    bool ends = ends_note(whole);
    if (after_empty && ends && begins_note(b->first.text)) {
        add_notes(f, b->first.start, false);
        return true;
    }
    size_t notes = ends ? clinging_notes(f->text, b) : SIZE_MAX;
    if (notes == SIZE_MAX)
        return add_text(f, b->first.start, b->end);
    if (!add_text(f, b->first.start, notes))
        return false;
    add_notes(f, notes, true);
    return true;
}

static bool read_block(struct finder *f, struct block b)
{
    bool dubious, alone = b.lines == 1, head_first = false;
    if (edge_kind(&b.first, alone ? NULL : &b.second, &dubious) != LINE_TEXT) {
        if (!add_head(f, &b.first, dubious))
            return false;
        if (alone)
            return true;
        head_first = true;
        b.first = b.second;
        b.lines--;
    }
    bool head_last = b.lines > 1 && edge_kind(&b.last, &b.before_last, &dubious) != LINE_TEXT &&
                     !begins_note(b.last.text);
    if (head_last)
        b.end = b.last.start;
    return read_body(f, &b, !head_first) && (!head_last || add_head(f, &b.last, dubious));
}

bool sp_page_find(sp_str text, sp_page_skips *skips)
{
    struct finder f = {.text = text, .skips = skips, .from = SIZE_MAX};
    for (size_t at = 0; at < text.len;) {
        struct line line = line_at(text, at);
        if (line.text.len == 0) {
            /* A form feed says that a page ends here, whatever else stands around it. */
            f.has_head = f.has_head || (line.page_after && f.from != SIZE_MAX);
            at = line.end;
            continue;
        }
        struct block block = block_at(text, at);
        if (!read_block(&f, block))
            return false;
        at = block.end;
        f.has_head = f.has_head || (block.last.page_after && f.from != SIZE_MAX);
    }
    return true;
}
