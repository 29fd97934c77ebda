/* From characters to words.
 *
 * The rules are the same for a source and for a quotation, so that whatever is dropped or drawn together here is
 * dropped on both sides; what a source may be read as in more than one way is only flagged (a hyphen at a line end,
 * a footnote mark), and match.c tries each reading. */
#include "cite/words.h"

static sp_char_kind ascii_kind(char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
        return SP_CHAR_LETTER;
    if (c >= '0' && c <= '9')
        return SP_CHAR_DIGIT;
    switch (c) {
    case '\n':
    case '\f':
        return SP_CHAR_BREAK;
    case '-':
        return SP_CHAR_HYPHEN;
    case '\'':
    case '`':
        return SP_CHAR_APOSTROPHE;
    case '"':
        return SP_CHAR_QUOTE;
    case '.':
        return SP_CHAR_STOP;
    case ',':
    case ';':
    case ':':
        return SP_CHAR_PAUSE;
    case '?':
    case '!':
        return SP_CHAR_ASK;
    case '%':
    case '$':
    case '&':
    case '+':
    case '=':
    case '<':
    case '>':
    case '@':
    case '#':
    case '/':
        return SP_CHAR_SIGN;
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}':
    case '*':
    case '|':
    case '_':
    case '~':
    case '^':
    case '\\':
        return SP_CHAR_OTHER;
    default:
        return SP_CHAR_SPACE;
    }
}

/* U+0080 to U+00FF: controls, signs, then the letters of western Europe. */
static sp_char_kind latin1_kind(uint32_t c)
{
    switch (c) {
    case 0xAD:
        return SP_CHAR_SHY;
    case 0xB4:
        return SP_CHAR_APOSTROPHE;
    case 0xAB:
    case 0xBB:
        return SP_CHAR_QUOTE;
    case 0xA2:
    case 0xA3:
    case 0xA4:
    case 0xA5:
    case 0xA7:
    case 0xB0:
    case 0xB1:
    case 0xB6:
    case 0xD7:
    case 0xF7:
    case 0xAC:
    case 0xBC:
    case 0xBD:
    case 0xBE:
        return SP_CHAR_SIGN;
    case 0xAA:
    case 0xB5:
    case 0xBA:
        return SP_CHAR_LETTER;
    default:
        /* The rest below U+00C0 is what scanning makes of superscript digits: copyright, registered, ... */
        return c <= 0xA0 ? SP_CHAR_SPACE : c < 0xC0 ? SP_CHAR_OTHER : SP_CHAR_LETTER;
    }
}

/* U+2000 to U+2BFF: punctuation, superscripts, currency, arrows, symbols. */
static sp_char_kind symbol_kind(uint32_t c)
{
    switch (c) {
    case 0x2010:
    case 0x2011:
        return SP_CHAR_HYPHEN;
    case 0x2012:
    case 0x2013:
    case 0x2212:
        return SP_CHAR_DASH;
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x2035:
        return SP_CHAR_APOSTROPHE;
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x2039:
    case 0x203A:
        return SP_CHAR_QUOTE;
    case 0x2026:
        return SP_CHAR_DOTS;
    case 0x2030:
    case 0x2044:
        return SP_CHAR_SIGN;
    default:
        break;
    }
    if (c <= 0x200A || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F)
        return SP_CHAR_SPACE;
    if (c <= 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F))
        return SP_CHAR_HIDDEN;
    if (c >= 0x20A0 && c <= 0x20CF)
        return SP_CHAR_SIGN;
    if (c == 0x2122 || c == 0x2117 || c == 0x2120)
        return SP_CHAR_OTHER;
    return (c >= 0x2100 && c <= 0x218F) || (c >= 0x20D0 && c <= 0x20FF) ? SP_CHAR_LETTER : SP_CHAR_OTHER;
}

static sp_char_kind wide_kind(uint32_t c)
{
    if (c < 0x100)
        return latin1_kind(c);
    if (c == 0x2BC)
        return SP_CHAR_APOSTROPHE;
    if (c < 0x2000)
        return c == 0x1680 ? SP_CHAR_SPACE : SP_CHAR_LETTER;
    if (c < 0x2C00)
        return symbol_kind(c);
    if (c == 0x3000)
        return SP_CHAR_SPACE;
    if (c > 0x3000 && c < 0x3040)
        return SP_CHAR_OTHER;
    if ((c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
        (c >= 0x20000 && c <= 0x3FFFF))
        return SP_CHAR_ALONE;
    if (c == 0xFEFF)
        return SP_CHAR_HIDDEN;
    if (c == 0xFF07)
        return SP_CHAR_APOSTROPHE;
    if ((c >= 0xE000 && c <= 0xF8FF) || (c >= 0xFE10 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF0F) ||
        (c >= 0xFF1A && c <= 0xFF20) || c >= 0xFFF0)
        return c >= 0x10000 && c < 0xE0000 ? SP_CHAR_LETTER : SP_CHAR_OTHER;
    return SP_CHAR_LETTER;
}

sp_char_kind sp_char_at(sp_str text, size_t at, size_t *len)
{
    unsigned char c = (unsigned char)text.ptr[at];
    if (c < 0x80) {
        *len = 1;
        return ascii_kind((char)c);
    }
    return wide_kind(sp_utf8_decode((sp_str){text.ptr + at, text.len - at}, len));
}

bool sp_char_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    if (c >= 0x100 && c < 0x138)
        return (c & 1) == 0;
    return (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
           (c >= 0x400 && c <= 0x42F);
}

static bool is_word_char(sp_char_kind kind)
{
    return kind == SP_CHAR_LETTER || kind == SP_CHAR_DIGIT;
}

/* The end of the text reads as a blank. */
static sp_char_kind kind_at(sp_str text, size_t at)
{
    size_t len;
    return at < text.len ? sp_char_at(text, at, &len) : SP_CHAR_SPACE;
}

static size_t after_char(sp_str text, size_t at)
{
    size_t len = 1;
    if (at < text.len)
        sp_char_at(text, at, &len);
    return at + len;
}

static bool is_blank(sp_char_kind kind)
{
    return kind == SP_CHAR_SPACE || kind == SP_CHAR_BREAK;
}

/* ---- What is compared of a word */

/* The letters of a ligature, as typesetting and scanning programs write them; NULL for anything else. */
static const char *ligature_letters(uint32_t c)
{
    static const char *const letters[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    return c >= 0xFB00 && c <= 0xFB06 ? letters[c - 0xFB00] : NULL;
}

/* A character of a word that is not plain ASCII letters and digits. A stop counts in "1.5" and ".5", not in "U.S". */
static void add_special(sp_buf *b, sp_str text, const sp_word *word, size_t at, size_t len,
                        sp_char_kind kind)
{
    sp_str slice = {text.ptr + at, len};
    size_t ignored;
    const char *ligature;
    switch (kind) {
    case SP_CHAR_HYPHEN:
    case SP_CHAR_DASH:
        sp_buf_add_char(b, '-');
        break;
    case SP_CHAR_STOP:
    case SP_CHAR_PAUSE:
        if (at + len < word->end && kind_at(text, at + len) == SP_CHAR_DIGIT)
            sp_buf_add(b, slice);
        break;
    case SP_CHAR_LETTER:
    case SP_CHAR_DIGIT:
    case SP_CHAR_ALONE:
    case SP_CHAR_SIGN:
        ligature = ligature_letters(sp_utf8_decode(slice, &ignored));
        if (ligature != NULL)
            sp_buf_add_cstr(b, ligature);
        else
            sp_buf_add(b, slice);
        break;
    default:
        break;
    }
}

void sp_word_add(sp_buf *b, sp_str text, const sp_word *word)
{
    size_t at = word->start;
    while (at < word->end) {
        size_t plain = at, len = 1;
        sp_char_kind kind = SP_CHAR_SPACE;
        while (plain < word->end && (unsigned char)text.ptr[plain] < 0x80 &&
               is_word_char(kind = ascii_kind(text.ptr[plain])))
            plain++;
        sp_buf_add(b, (sp_str){text.ptr + at, plain - at});
        if (plain == word->end)
            return;
        kind = sp_char_at(text, plain, &len);
        add_special(b, text, word, plain, len, kind);
        at = plain + len;
    }
}

sp_word sp_word_unmarked(sp_str text, const sp_word *word)
{
    sp_word cut = *word;
    while (cut.end > cut.start && ascii_kind(text.ptr[cut.end - 1]) == SP_CHAR_DIGIT)
        cut.end--;
    if (cut.end > cut.start && text.ptr[cut.end - 1] == '.') { /* "1982.3": the stop ends the sentence */
        cut.end--;
        cut.flags |= SP_AFTER_STOP;
    }
    cut.flags &= ~(uint32_t)SP_WORD_MARKED;
    return cut;
}

bool sp_word_is_abbreviation(sp_str text, const sp_word *word)
{
    static const char *const known[] = {
        "Mr",         "Mrs",       "Ms",         "Dr",       "Prof",    "St",       "Art",   "Arts",
        "art",        "arts",      "Article",    "Articles", "article", "articles", "No",    "Nos",
        "no",         "nos",       "pp",         "para",     "paras",   "Para",     "Paras", "paragraph",
        "paragraphs", "Paragraph", "Paragraphs", "Vol",      "vol",     "Ch",       "ch",    "Sec",
        "sec",        "Section",   "section",    "Chapter",  "chapter", "Fig",      "fig",   "cf",
        "Cf",         "vs",        "Protocol",   "Annex",    "Rule",    "Part"};
    sp_str slice = {text.ptr + word->start, word->end - word->start};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (sp_str_eq(slice, sp_str_from(known[i])))
            return true;
    return false;
}

/* ---- Reading */

struct reader {
    sp_str text;
    size_t at;
    uint32_t line;
    sp_words *words;
    bool attached;      /* no blank since the last word */
    bool closed;        /* a quotation mark, bracket or other sign since the last word */
    bool only_blanks;   /* nothing but blanks and quotation marks since the last word */
    bool parted;        /* an empty line or a page break since the last word */
    bool line_is_empty; /* nothing but blanks since the last line break */
};

static sp_word *last_word(const struct reader *r)
{
    return r->words->len == 0 ? NULL : &r->words->items[r->words->len - 1];
}

static void note_after(struct reader *r, uint32_t flag)
{
    sp_word *last = last_word(r);
    r->only_blanks = false;
    if (last != NULL)
        last->flags |= flag;
}

/* The end of a run of stops, one blank at most between two of them; *count is how many. */
static size_t stops_end(sp_str text, size_t at, size_t *count)
{
    size_t end = at;
    for (*count = 0; kind_at(text, at) == SP_CHAR_STOP; (*count)++) {
        end = at + 1;
        at = kind_at(text, end) == SP_CHAR_SPACE ? after_char(text, end) : end;
    }
    return end;
}

/* Three stops or more are an omission, however they are spaced. */
static void read_stops(struct reader *r)
{
    size_t count;
    r->at = stops_end(r->text, r->at, &count);
    const sp_word *last = last_word(r);
    if (count >= 3)
        note_after(r, SP_AFTER_DOTS);
    else if (last != NULL && ((last->flags & SP_WORD_INITIALS) || sp_word_is_abbreviation(r->text, last)))
        r->only_blanks = false;
    else
        note_after(r, SP_AFTER_STOP);
}

/* Where a hyphen ends its line: nothing but blanks up to the line break. */
static bool ends_line(sp_str text, size_t at)
{
    while (at < text.len && kind_at(text, at) == SP_CHAR_SPACE)
        at = after_char(text, at);
    return at < text.len && kind_at(text, at) == SP_CHAR_BREAK;
}

/* Past hidden characters; few at a time, so that a text of nothing else is still read in linear time. */
static size_t past_hidden(sp_str text, size_t at)
{
    for (int i = 0; i < 8; i++) {
        sp_char_kind kind = kind_at(text, at);
        if (kind != SP_CHAR_HIDDEN && kind != SP_CHAR_SHY)
            break;
        at = after_char(text, at);
    }
    return at;
}

/* "U.S", "i.e": a stop between single letters. */
static bool joins_initials(sp_str text, size_t start, size_t stop)
{
    bool single = stop - start == 1 || (stop - start >= 3 && text.ptr[stop - 2] == '.');
    return single && kind_at(text, stop - 1) == SP_CHAR_LETTER &&
           kind_at(text, stop + 1) == SP_CHAR_LETTER &&
           !is_word_char(kind_at(text, after_char(text, stop + 1)));
}

/* Whether the punctuation at `at` stands inside the word that began at `start`. */
static bool is_inside(sp_str text, size_t start, size_t at, sp_char_kind kind)
{
    if (at == start)
        return false;
    sp_char_kind next = kind_at(text, after_char(text, at));
    switch (kind) {
    case SP_CHAR_APOSTROPHE:
        return next == SP_CHAR_LETTER; /* "rights'2" is a word and a footnote mark */
    case SP_CHAR_HYPHEN:
    case SP_CHAR_DASH:
        return is_word_char(next);
    case SP_CHAR_PAUSE:
        return text.ptr[at] != ';' && next == SP_CHAR_DIGIT &&
               ascii_kind(text.ptr[at - 1]) == SP_CHAR_DIGIT;
    case SP_CHAR_STOP:
        return (next == SP_CHAR_DIGIT && ascii_kind(text.ptr[at - 1]) == SP_CHAR_DIGIT) ||
               joins_initials(text, start, at);
    case SP_CHAR_HIDDEN:
    case SP_CHAR_SHY:
        return is_word_char(kind_at(text, past_hidden(text, at)));
    default:
        return false;
    }
}

/* The end of the word at `at`, without a hyphen that ends it. */
static size_t word_end(sp_str text, size_t at)
{
    size_t start = at;
    while (at < text.len) {
        size_t len;
        sp_char_kind kind = sp_char_at(text, at, &len);
        if (!is_word_char(kind) && !is_inside(text, start, at, kind) &&
            !(at == start && kind == SP_CHAR_STOP))
            break;
        at += len;
    }
    return at;
}

/* Letters and digits of a word: how many, and how many digits close it. */
struct shape {
    uint32_t letters, digits, last_digits;
    bool pure;      /* ASCII letters and digits only */
    bool lower_end; /* the last letter is in lower case */
    bool has_stop;
};

static struct shape shape_of(sp_str text, const sp_word *word)
{
    struct shape s = {.pure = true};
    for (size_t at = word->start; at < word->end; at++) {
        char c = text.ptr[at];
        sp_char_kind kind = (unsigned char)c < 0x80 ? ascii_kind(c) : SP_CHAR_OTHER;
        if (kind == SP_CHAR_LETTER) {
            s.letters++;
            s.last_digits = 0;
            s.lower_end = c >= 'a';
        } else if (kind == SP_CHAR_DIGIT) {
            s.digits++;
            s.last_digits++;
        } else {
            s.pure = false;
            s.has_stop = s.has_stop || kind == SP_CHAR_STOP;
            s.last_digits = 0;
        }
    }
    return s;
}

/* "law12" may be "law" with note 12, "1982.3" the year with note 3; never "CAT3", "Article33", "2.5". */
static bool may_be_marked(sp_str text, const sp_word *word, const struct shape *s)
{
    if (s->last_digits == 0 || s->last_digits > 3)
        return false;
    if (s->letters == 0)
        return s->has_stop && s->digits - s->last_digits == 4 && word->end - word->start == s->digits + 1 &&
               text.ptr[word->start + 4] == '.' && is_blank(kind_at(text, word->end));
    sp_word cut = *word;
    cut.end -= s->last_digits;
    char before = text.ptr[cut.end - 1]; /* so that "F-16" is no mark */
    return before >= 'a' && before <= 'z' && s->letters >= 3 && s->digits == s->last_digits &&
           !s->has_stop && !sp_word_is_abbreviation(text, &cut);
}

/* "law.12", "law.”12": a short number that clings to the punctuation behind a word. Not "Art.33" and not "p.5":
 * without a closing sign between them, the word must be one that ends sentences. */
static bool may_be_mark(const struct reader *r, const sp_word *word, const struct shape *s)
{
    const sp_word *last = last_word(r);
    if (last == NULL || !r->attached || s->letters > 0 || !s->pure || s->digits > 3 || word->start == 0)
        return false;
    sp_char_kind next = kind_at(r->text, word->end);
    if (is_word_char(next) || next == SP_CHAR_SIGN || next == SP_CHAR_HYPHEN || next == SP_CHAR_DASH)
        return false;
    if (r->closed)
        return true;
    struct shape before = shape_of(r->text, last);
    return before.letters >= 3 && before.lower_end && (last->flags & SP_AFTER_ANY) &&
           !sp_word_is_abbreviation(r->text, last);
}

/* "government s", "doesn t": scanning lost the apostrophe and left a blank. */
static bool is_lost_ending(const struct reader *r, const sp_word *word)
{
    static const char *const endings[] = {"s", "t", "d", "m", "ll", "re", "ve"};
    const sp_word *last = last_word(r);
    if (last == NULL || r->parted || !r->only_blanks || r->attached)
        return false;
    if (last->flags & (SP_WORD_BROKEN | SP_WORD_MERGED | SP_WORD_MARK | SP_AFTER_ANY))
        return false;
    sp_str slice = {r->text.ptr + word->start, word->end - word->start};
    bool known = false;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        known = known || sp_str_eq(slice, sp_str_from(endings[i]));
    return known && (last->end - last->start >= 2 || r->text.ptr[last->start] == 'I') &&
           shape_of(r->text, last).digits == 0;
}

static bool add_word(struct reader *r, sp_word word)
{
    size_t ignored;
    if (sp_char_is_upper(
            sp_utf8_decode((sp_str){r->text.ptr + word.start, word.end - word.start}, &ignored)))
        word.flags |= SP_WORD_CAPITAL;
    r->attached = r->only_blanks = true;
    r->closed = r->parted = r->line_is_empty = false;
    return SP_VEC_PUSH(r->words, word);
}

/* What a hyphen directly behind the word at r->at makes of it. */
static void read_hyphen(struct reader *r, sp_word *word)
{
    sp_char_kind kind = kind_at(r->text, r->at);
    size_t after = after_char(r->text, r->at);
    if (kind != SP_CHAR_HYPHEN && kind != SP_CHAR_DASH && kind != SP_CHAR_SHY)
        return;
    if (ends_line(r->text, after)) {
        word->flags |= SP_WORD_BROKEN;
        r->at = after;
    } else if (kind == SP_CHAR_HYPHEN && kind_at(r->text, after) == SP_CHAR_SPACE) {
        r->at = after; /* "two- or three-year": the hyphen is the word's own */
        word->end = (uint32_t)after;
    }
}

static bool read_word(struct reader *r)
{
    sp_word word = {.start = (uint32_t)r->at, .line = r->line};
    r->at = word_end(r->text, r->at);
    word.end = (uint32_t)r->at;
    if (is_lost_ending(r, &word)) {
        sp_word *last = last_word(r);
        last->end = word.end;
        last->flags |= SP_WORD_MERGED;
        r->attached = true;
        return true;
    }
    struct shape s = shape_of(r->text, &word);
    if (may_be_mark(r, &word, &s))
        word.flags |= SP_WORD_MARK;
    else if (may_be_marked(r->text, &word, &s))
        word.flags |= SP_WORD_MARKED;
    if (s.letters == 1 && s.digits == 0 ? s.pure : s.has_stop && s.digits == 0)
        word.flags |= SP_WORD_INITIALS;
    read_hyphen(r, &word);
    return add_word(r, word);
}

/* A sign is a word by itself. One that clings to a word or to its punctuation, with nothing behind it, is as scanning
 * reads a footnote mark; but behind a digit it says what the number is. */
static bool read_sign(struct reader *r, size_t len)
{
    sp_word word = {.start = (uint32_t)r->at, .end = (uint32_t)(r->at + len), .line = r->line};
    bool after_digit = r->at > 0 && r->text.ptr[r->at - 1] >= '0' && r->text.ptr[r->at - 1] <= '9';
    r->at += len;
    if (r->attached && !after_digit && !is_word_char(kind_at(r->text, r->at)) &&
        r->text.ptr[word.start] != '/')
        word.flags |= SP_WORD_MARK;
    return add_word(r, word);
}

static void read_break(struct reader *r)
{
    bool line_feed = r->text.ptr[r->at] == '\n';
    r->parted = r->parted || r->line_is_empty || !line_feed;
    r->line_is_empty = true;
    r->attached = false;
    r->line += line_feed;
    r->at++;
}

/* Anything that is neither word nor sign nor line break. */
static void read_between(struct reader *r, sp_char_kind kind, size_t len)
{
    r->attached = r->attached && kind != SP_CHAR_SPACE;
    r->line_is_empty = r->line_is_empty && kind == SP_CHAR_SPACE;
    if (kind == SP_CHAR_STOP) {
        read_stops(r);
        return;
    }
    if (kind == SP_CHAR_PAUSE)
        note_after(r, SP_AFTER_PAUSE);
    else if (kind == SP_CHAR_ASK)
        note_after(r, SP_AFTER_ASK);
    else if (kind == SP_CHAR_DOTS)
        note_after(r, SP_AFTER_DOTS);
    else if (kind == SP_CHAR_OTHER || kind == SP_CHAR_HYPHEN || kind == SP_CHAR_DASH)
        r->only_blanks = false;
    char c = r->text.ptr[r->at];
    bool opens = c == '(' || c == '[' || c == '{';
    r->closed = (r->closed || kind == SP_CHAR_QUOTE || kind == SP_CHAR_APOSTROPHE ||
                 kind == SP_CHAR_OTHER || kind == SP_CHAR_ASK) &&
                !opens;
    r->attached = r->attached && !opens;
    r->at += len;
}

static bool read_next(struct reader *r)
{
    size_t len;
    sp_char_kind kind = sp_char_at(r->text, r->at, &len);
    /* ".5" */
    bool fraction = kind == SP_CHAR_STOP && !r->attached && kind_at(r->text, r->at + 1) == SP_CHAR_DIGIT &&
                    (r->at == 0 || is_blank(kind_at(r->text, r->at - 1)));
    if (is_word_char(kind) || fraction)
        return read_word(r);
    if (kind == SP_CHAR_SIGN)
        return read_sign(r, len);
    if (kind == SP_CHAR_ALONE) {
        sp_word word = {.start = (uint32_t)r->at, .end = (uint32_t)(r->at + len), .line = r->line};
        r->at += len;
        return add_word(r, word);
    }
    if (kind == SP_CHAR_BREAK)
        read_break(r);
    else
        read_between(r, kind, len);
    return true;
}

bool sp_words_read(sp_str text, sp_words *words)
{
    struct reader r = {.text = text, .line = 1, .words = words, .line_is_empty = true};
    while (r.at < text.len)
        if (!read_next(&r))
            return false;
    return true;
}
