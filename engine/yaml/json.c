/* JSON by jansson, which is strict but keeps no places. It does keep the order of members, so once it has
 * accepted a text, walking its values and the text side by side gives each value the place where it stands, and
 * each number its very digits. */
#include "yaml/json.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/clean.h"
#include "text/folder.h"

#define PIECE ((size_t)64 * 1024)
#define LARGE_TEXT ((size_t)1024 * 1024)

struct sp_json {
    bool lines;
    sp_read_fn read;
    void *context;
    SP_VEC(char) buf;
    size_t start;   /* of what was not given out yet */
    size_t scanned; /* no line break before this */
    uint32_t line;  /* that begins at `start` */
    bool ended;     /* the reader has no more */
    bool over;      /* there is no further document */
};

sp_json *sp_json_new(bool lines, sp_read_fn read, void *context)
{
    sp_json *json = calloc(1, sizeof(*json));
    if (json == NULL)
        return NULL;
    json->lines = lines;
    json->read = read;
    json->context = context;
    json->line = 1;
    /* Or it would open /dev/urandom later, when the process may have given up the right to open anything. */
    json_object_seed(0);
    return json;
}

void sp_json_free(sp_json *json, bool wipe)
{
    if (json == NULL)
        return;
    if (wipe && json->buf.items != NULL)
        sp_wipe(json->buf.items, json->buf.cap);
    SP_VEC_FREE(&json->buf);
    free(json);
}

/* ---- Bytes */

static sp_place place_at(const sp_builder *b, uint32_t line, size_t column)
{
    uint32_t at = column >= UINT32_MAX ? UINT32_MAX - 1 : (uint32_t)column;
    return (sp_place){b->input, line, at, at + 1};
}

/* Reads one more piece behind what is there; false at the end and on failure. */
static bool fill(sp_json *json, sp_builder *b)
{
    if (json->ended)
        return false;
    if (json->start > 0 && json->start >= json->buf.len / 2) {
        memmove(json->buf.items, json->buf.items + json->start, json->buf.len - json->start);
        json->buf.len -= json->start;
        json->scanned -= json->start;
        json->start = 0;
    }
    if (json->buf.len - json->start > SURPLACE_MAX_DOCUMENT_BYTES) {
        sp_builder_fail(b, SURPLACE_LIMIT);
        sp_diags_add(b->diags, SP_ERROR, SP_DIAG_LIMIT, place_at(b, json->line, 1),
                     "a document larger than %u MiB (limit: document bytes)",
                     SURPLACE_MAX_DOCUMENT_BYTES / (1024 * 1024));
        return false;
    }
    if (!SP_VEC_RESERVE(&json->buf, PIECE)) {
        sp_builder_fail(b, SURPLACE_NO_MEMORY);
        return false;
    }
    ptrdiff_t count = json->read(json->context, json->buf.items + json->buf.len,
                                 json->buf.cap - json->buf.len);
    if (count < 0) {
        sp_diags_errno(b->diags, b->input, "cannot be read", errno);
        sp_builder_fail(b, SURPLACE_IO);
        return false;
    }
    json->buf.len += (size_t)count;
    json->ended = count == 0;
    return !json->ended;
}

/* The next line, without its break; at the end of the input what is left. False after a failure. */
static bool next_line(sp_json *json, sp_builder *b, sp_str *line)
{
    const char *found = NULL;
    do {
        size_t rest = json->buf.len - json->scanned;
        found = rest == 0 ? NULL : memchr(json->buf.items + json->scanned, '\n', rest);
        json->scanned = json->buf.len;
    } while (found == NULL && fill(json, b));
    if (sp_builder_stopped(b))
        return false;

    size_t end = found == NULL ? json->buf.len : (size_t)(found - json->buf.items);
    *line = end == json->start ? SP_EMPTY : (sp_str){json->buf.items + json->start, end - json->start};
    json->start = json->scanned = found == NULL ? end : end + 1;
    json->over = json->ended && json->start == json->buf.len;
    return true;
}

static bool whole_text(sp_json *json, sp_builder *b, sp_str *text)
{
    while (fill(json, b))
        ;
    json->over = true;
    *text = json->buf.len == 0 ? SP_EMPTY : (sp_str){json->buf.items, json->buf.len};
    return !sp_builder_stopped(b);
}

/* ---- Places */

/* A point in the text, moving forward token by token. */
typedef struct cursor {
    sp_str text;
    size_t at;
    uint32_t line;
    size_t counted;  /* so far, for columns: each character is counted once */
    uint32_t column; /* of `counted` */
} cursor;

static cursor cursor_at_start(sp_str text, uint32_t line)
{
    return (cursor){.text = text, .line = line, .column = 1};
}

enum { BETWEEN = 1, BRACKET = 2, WORD_END = 4, STRING_STOP = 8 };

static const unsigned char byte_class[256] = {
    [' '] = BETWEEN | WORD_END,  ['\t'] = BETWEEN | WORD_END,    ['\r'] = BETWEEN | WORD_END,
    ['\n'] = BETWEEN | WORD_END, [','] = BETWEEN | WORD_END,     [':'] = BETWEEN | WORD_END,
    ['['] = BRACKET | WORD_END,  [']'] = BRACKET | WORD_END,     ['{'] = BRACKET | WORD_END,
    ['}'] = BRACKET | WORD_END,  ['"'] = STRING_STOP | WORD_END, ['\\'] = STRING_STOP,
};

static bool is(char c, int class)
{
    return (byte_class[(unsigned char)c] & class) != 0;
}

/* Moves to the next token and gives its first byte: a bracket, a quote, or the start of a word or number; 0 at the
 * end. Relies on nothing, so that it can also look at texts that are no JSON. */
static char next_token(cursor *c, sp_str *token)
{
    const char *p = c->text.ptr;
    size_t at = c->at, len = c->text.len;
    while (at < len && is(p[at], BETWEEN)) {
        if (p[at++] == '\n') {
            c->line++;
            c->counted = at;
            c->column = 1;
        }
    }
    c->at = at;
    *token = (sp_str){p + at, 0};
    if (at == len)
        return 0;

    size_t start = at++;
    if (p[start] == '"') {
        while (at < len && p[at] != '"') {
            if (p[at] == '\\' && at + 1 < len)
                at++;
            at++;
            while (at < len && !is(p[at], STRING_STOP))
                at++;
        }
        at += at < len;
    } else if (!is(p[start], BRACKET)) {
        while (at < len && !is(p[at], WORD_END))
            at++;
    }
    c->at = at;
    *token = (sp_str){p + start, at - start};
    return p[start];
}

/* The place of the token that the cursor has just passed. */
static sp_place place_of(cursor *c, const sp_builder *b, sp_str token)
{
    size_t start = (size_t)(token.ptr - c->text.ptr);
    c->column += (uint32_t)sp_utf8_count((sp_str){c->text.ptr + c->counted, start - c->counted});
    sp_place place = place_at(b, c->line, c->column);
    c->column += (uint32_t)sp_utf8_count(token);
    c->counted = start + token.len;
    place.end_column = c->column;
    return place;
}

/* Depth and number of values, before jansson spends some hundred bytes of memory on each. The builder keeps the
 * same limits, so a text that can hold only so many values need not be looked through. */
static bool within_limits(sp_builder *b, sp_str text, uint32_t line)
{
    cursor c = cursor_at_start(text, line);
    sp_str token;
    uint32_t depth = 0, nodes = 0;
    for (char first; (first = next_token(&c, &token)) != 0;) {
        if (first == ']' || first == '}') {
            depth -= depth > 0;
            continue;
        }
        if (first == '[' || first == '{')
            depth++;
        nodes++;
        if (depth > SURPLACE_MAX_DEPTH || nodes > SURPLACE_MAX_NODES) {
            sp_place place = place_of(&c, b, token);
            if (depth > SURPLACE_MAX_DEPTH)
                sp_diags_add(b->diags, SP_ERROR, SP_DIAG_LIMIT, place,
                             "nested deeper than %d levels (limit: depth)", SURPLACE_MAX_DEPTH);
            else
                sp_diags_add(b->diags, SP_ERROR, SP_DIAG_LIMIT, place,
                             "more than %d keys and values (limit: nodes)", SURPLACE_MAX_NODES);
            sp_builder_fail(b, SURPLACE_LIMIT);
            return false;
        }
    }
    return true;
}

/* ---- Values */

/* The code unit of an escape "uXXXX" that jansson has accepted. */
static uint32_t code_unit(const char *p)
{
    uint32_t unit = 0;
    for (size_t i = 1; i <= 4; i++) {
        uint32_t c = (unsigned char)p[i];
        unit = unit << 4 | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return unit;
}

/* How many bytes the text of a string token has, which jansson has accepted. */
static size_t text_length(sp_str token)
{
    size_t len = 0;
    for (size_t i = 1; i + 1 < token.len;) {
        if (token.ptr[i] != '\\') {
            len++;
            i++;
            continue;
        }
        uint32_t unit = token.ptr[i + 1] == 'u' ? code_unit(token.ptr + i + 1) : 0;
        bool pair = unit >= 0xD800 && unit < 0xE000;
        i += pair ? 12 : token.ptr[i + 1] == 'u' ? 6 : 2;
        len += pair ? 4 : unit >= 0x800 ? 3 : unit >= 0x80 ? 2 : 1;
    }
    return len;
}

/* A text as it was read. Where jansson 2.14 has no memory for another byte of a text it leaves the byte out and says
 * nothing, so each is held to its length. */
static void build_text(sp_builder *b, sp_place place, sp_str token, const char *text, size_t len)
{
    if (len != text_length(token)) {
        sp_builder_fail(b, SURPLACE_NO_MEMORY);
        return;
    }
    sp_builder_scalar(b, place, (sp_str){text, len}, true);
}

static void build(sp_builder *b, cursor *c, json_t *value);

static void build_members(sp_builder *b, cursor *c, json_t *value)
{
    if (json_is_array(value)) {
        size_t i;
        json_t *member;
        json_array_foreach(value, i, member) build(b, c, member);
        return;
    }
    const char *key;
    size_t len;
    json_t *member;
    json_object_keylen_foreach(value, key, len, member)
    {
        sp_str token;
        next_token(c, &token);
        build_text(b, place_of(c, b, token), token, key, len);
        build(b, c, member);
    }
}

/* Recursion is bounded: the builder stops at its depth. */
static void build(sp_builder *b, cursor *c, json_t *value)
{
    if (sp_builder_stopped(b))
        return;
    sp_str token;
    next_token(c, &token);
    sp_place place = place_of(c, b, token);
    if (json_is_string(value)) {
        build_text(b, place, token, json_string_value(value), json_string_length(value));
    } else if (json_is_array(value) || json_is_object(value)) {
        sp_builder_open(b, place, json_is_array(value) ? SP_YAML_LIST : SP_YAML_MAP);
        if (sp_builder_stopped(b))
            return;
        build_members(b, c, value);
        if (!sp_builder_stopped(b))
            sp_builder_close(b);
        next_token(c, &token); /* the closing bracket */
    } else {
        sp_builder_scalar(b, place, token, false); /* a number, true, false, null: as it is written */
    }
}

/* ---- Faults. Jansson's own words quote the text, which may be confidential: none of them are used. */

/* The key that ends at `end`, which jansson has just read, without its quotes and as it is written. */
static sp_str key_before(sp_str text, size_t end)
{
    if (end < 2 || end > text.len || text.ptr[end - 1] != '"')
        return SP_EMPTY;
    size_t start = end - 1;
    while (start > 0) {
        start--;
        size_t slashes = 0;
        while (slashes < start && text.ptr[start - 1 - slashes] == '\\')
            slashes++;
        if (text.ptr[start] == '"' && slashes % 2 == 0)
            return (sp_str){text.ptr + start + 1, end - 2 - start};
    }
    return SP_EMPTY;
}

static void report_duplicate(sp_builder *b, sp_place place, sp_str key)
{
    if (key.len == 0 || key.len > 60) {
        sp_builder_error(b, SP_DIAG_DUPLICATE_KEY, place, "a key stands twice in one object");
        return;
    }
    uint32_t width = (uint32_t)sp_utf8_count(key) + 1; /* the place is that of the closing quote */
    place.column -= width < place.column ? width : 0;
    sp_builder_fail(b, SURPLACE_INVALID);
    sp_diag *diag = sp_diags_add(b->diags, SP_ERROR, SP_DIAG_DUPLICATE_KEY, place,
                                 "the key '%.*s' stands twice in one object", SP_STR(key));
    sp_diag_key(b->diags, diag, key);
}

/* What jansson means by its one code for most faults, in words that hold nothing of the text. */
static const char *syntax_fault(const char *problem)
{
    static const struct {
        const char *problem, *message;
    } faults[] = {
        {"invalid token", "this is no JSON: a word, number or quote is wrong"},
        {"unexpected token", "a value is missing or misplaced here"},
        {"unexpected newline", "a line break stands inside a text; write \\n"},
        {"control character", "a control character stands inside a text; write it as an escape"},
        {"invalid escape", "an unknown escape in a text"},
        {"invalid Unicode", "an escape that is no character"},
        {"string or '}' expected", "a key in double quotes or a '}' is missing"},
        {"':' expected", "a ':' is missing behind this key"},
        {"'}' expected", "a ',' or '}' is missing"},
        {"']' expected", "a ',' or ']' is missing"},
    };
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        if (strncmp(problem, faults[i].problem, strlen(faults[i].problem)) == 0)
            return faults[i].message;
    }
    return "malformed JSON";
}

static size_t digits(sp_str s, size_t at)
{
    while (at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9')
        at++;
    return at;
}

static bool is_number(sp_str s)
{
    size_t start = s.len > 0 && s.ptr[0] == '-' ? 1 : 0, at = digits(s, start);
    if (at == start || (s.ptr[start] == '0' && at > start + 1))
        return false;
    if (at < s.len && s.ptr[at] == '.') {
        size_t point = at + 1;
        at = digits(s, point);
        if (at == point)
            return false;
    }
    if (at < s.len && (s.ptr[at] == 'e' || s.ptr[at] == 'E')) {
        size_t sign = at + 1 < s.len && (s.ptr[at + 1] == '+' || s.ptr[at + 1] == '-') ? 2 : 1;
        size_t exponent = at + sign;
        at = digits(s, exponent);
        if (at == exponent)
            return false;
    }
    return at == s.len;
}

/* Jansson also says "invalid token", or of a key that it expected one, where it found no memory for the token. A text is
 * never meant by it otherwise: what can be wrong with one has words of its own. */
static bool was_short_of_memory(const json_error_t *error, sp_str text)
{
    bool key = strncmp(error->text, "string or '}' expected", 22) == 0;
    if (!key && strncmp(error->text, "invalid token", 13) != 0)
        return false;
    cursor c = cursor_at_start(text, 1);
    sp_str token = SP_EMPTY;
    while (next_token(&c, &token) != 0 && c.at < (size_t)error->position)
        ;
    if (token.len == 0 || token.ptr[0] == '"')
        return token.len > 0;
    return !key && (is_number(token) || sp_str_eq(token, SP_LIT("true")) ||
                    sp_str_eq(token, SP_LIT("false")) || sp_str_eq(token, SP_LIT("null")));
}

static void report(sp_builder *b, const json_error_t *error, sp_str text, uint32_t line)
{
    /* Jansson counts what it has read, so the column is that of the last character read. */
    uint32_t at = line + (error->line > 1 ? (uint32_t)error->line - 1 : 0);
    sp_place place = place_at(b, at, error->column < 1 ? 1 : (size_t)error->column);
    if (was_short_of_memory(error, text)) {
        sp_builder_fail(b, SURPLACE_NO_MEMORY);
        return;
    }
    switch (json_error_code(error)) {
    case json_error_out_of_memory:
    case json_error_unknown:
        sp_builder_fail(b, SURPLACE_NO_MEMORY);
        break;
    case json_error_duplicate_key:
        report_duplicate(b, place, key_before(text, (size_t)error->position));
        break;
    case json_error_null_character:
    case json_error_null_byte_in_key:
        sp_builder_error(b, SP_DIAG_ENCODING, place, "a NUL character (\\u0000) stands in a text");
        break;
    case json_error_invalid_utf8:
        sp_builder_error(b, SP_DIAG_ENCODING, place, "this is not UTF-8");
        break;
    case json_error_numeric_overflow:
        sp_builder_error(b, SP_DIAG_SYNTAX, place, "a number is too large");
        break;
    case json_error_premature_end_of_input:
        sp_builder_error(b, SP_DIAG_SYNTAX, place, "the JSON ends before it is complete");
        break;
    case json_error_end_of_input_expected:
        sp_builder_error(b, SP_DIAG_SYNTAX, place, "something follows the JSON document");
        break;
    default:
        sp_builder_error(b, SP_DIAG_SYNTAX, place, syntax_fault(error->text));
    }
}

/* ---- Documents */

static bool is_blank(sp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is(text.ptr[i], BETWEEN) || text.ptr[i] == ',' || text.ptr[i] == ':')
            return false;
    }
    return true;
}

static bool check_clean(sp_json *json, sp_builder *b, sp_str text, uint32_t line)
{
    size_t clean = sp_clean_prefix(text, SP_CLEAN_FOR_JSON);
    if (clean >= text.len)
        return true;
    sp_clean_position at = {.line = line, .column = 1};
    sp_clean_advance(&at, (sp_str){text.ptr, clean});
    sp_str rest = {text.ptr + clean, text.len - clean};
    bool at_start = line == 1 && clean == 0;
    sp_clean_report(b->diags, place_at(b, at.line, at.column), rest, at_start);
    sp_builder_fail(b, SURPLACE_INVALID);
    /* The rest of a file in UTF-16 is not worth a report for each line. */
    if (at_start && ((unsigned char)rest.ptr[0] >= 0xFE || rest.ptr[0] == 0))
        json->over = true;
    return false;
}

static surplace_status parse(sp_json *json, sp_builder *b, sp_str text, uint32_t line)
{
    if (!check_clean(json, b, text, line) || (text.len > LARGE_TEXT && !within_limits(b, text, line)))
        return b->status;

    json_error_t error = {0};
    size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY;
    json_t *root = json_loadb(text.ptr, text.len, flags, &error);
    if (root == NULL) {
        /* Jansson stops at a depth of 2048, which is ours to report; should it stop at less, it says so itself. */
        if (json_error_code(&error) != json_error_stack_overflow || within_limits(b, text, line))
            report(b, &error, text, line);
        return b->status;
    }
    cursor c = cursor_at_start(text, line);
    build(b, &c, root);
    json_decref(root);
    return b->status;
}

surplace_status sp_json_next(sp_json *json, sp_builder *b)
{
    sp_builder_begin(b);
    while (!json->over) {
        sp_str text;
        uint32_t line = json->line;
        if (json->lines ? !next_line(json, b, &text) : !whole_text(json, b, &text)) {
            json->over = true;
            return b->status;
        }
        json->line++;
        if (line == 1) {
            size_t mark = sp_clean_bom(text);
            text.ptr = mark == 0 ? text.ptr : text.ptr + mark;
            text.len -= mark;
        }
        if (is_blank(text))
            continue;
        surplace_status status = parse(json, b, text, line);
        if (sp_builder_stopped(b))
            json->over = true;
        return status;
    }
    return SURPLACE_END;
}
