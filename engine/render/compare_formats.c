/* Comparisons as Markdown, CSV and JSON. */
#include "base/utf8.h"
#include "render/compare_log.h"

static const char *word_of(uint8_t state)
{
    return state == SP_COMPARE_ABSENT ? "" : sp_state_word((sp_state)state);
}

/* --- Markdown --- */

/* Text in a cell or a line: nothing of it is markup. */
static void add_plain(sp_buf *b, sp_str text)
{
    sp_buf safe = {0};
    sp_utf8_add_safe(&safe, text);
    for (size_t i = 0; i < safe.len; i++) {
        if (strchr("\\`*_{}[]<>#|~", safe.data[i]) != NULL)
            sp_buf_add_char(b, '\\');
        sp_buf_add_char(b, safe.data[i]);
    }
    b->failed |= safe.failed;
    sp_buf_clear(&safe);
}

static void add_state(sp_buf *b, uint8_t state)
{
    if (state != SP_COMPARE_ABSENT)
        sp_buf_printf(b, "%s %s", sp_mark_of_state((sp_state)state), word_of(state));
}

static void add_markdown_row(const sp_compare_log *log, const sp_compare_row *row, sp_buf *b)
{
    sp_buf_add_cstr(b, "| ");
    add_plain(b, row->subject_name);
    sp_buf_add_cstr(b, " | ");
    add_plain(b, row->title);
    if (row->with.len > 0) {
        sp_buf_add_cstr(b, ": ");
        add_plain(b, row->with);
    }
    for (size_t i = 0; i < log->column_count; i++) {
        sp_buf_add_cstr(b, " | ");
        add_state(b, row->states[i]);
        if (row->points[i] > 0)
            sp_buf_printf(b, " (%u)", row->points[i]);
    }
    sp_buf_add_cstr(b, " |\n");
}

static void add_markdown_side(sp_str name, const sp_compare_side *side, sp_buf *b)
{
    sp_buf_add_cstr(b, "   - ");
    add_plain(b, name);
    sp_buf_add_cstr(b, ": ");
    add_state(b, side->state);
    if (side->says.len > 0) {
        sp_buf_add_cstr(b, side->state == SP_COMPARE_ABSENT ? "" : ". ");
        add_plain(b, side->says);
    }
    if (side->authority.len > 0) {
        sp_buf_add_cstr(b, " (");
        add_plain(b, side->authority);
        sp_buf_add_char(b, ')');
    }
    if (side->place.len > 0) {
        sp_buf_add_cstr(b, " \\[");
        add_plain(b, side->place);
        sp_buf_add_cstr(b, "\\]");
    }
    if (side->turns_on.len > 0) {
        sp_buf_add_cstr(b, "; turns on: ");
        add_state(b, side->turn_state);
        sp_buf_add_cstr(b, ", ");
        add_plain(b, side->turns_on);
    }
    sp_buf_add_char(b, '\n');
}

static void add_markdown_points(const sp_compare_log *log, const sp_compare_case *c, sp_buf *b)
{
    sp_buf names = {0};
    if (c->points.len > 0)
        sp_buf_add_cstr(b, "\nWhere they part:\n\n");
    for (size_t i = 0; i < c->points.len; i++) {
        const sp_compare_point *point = &c->points.items[i];
        sp_buf_printf(b, "%zu. ", i + 1);
        add_plain(b, point->criterion);
        sp_buf_add_cstr(b, ": ");
        add_plain(b, point->what);
        sp_buf_add_char(b, '\n');
        add_markdown_side(log->columns[0].id, &point->first, b);
        for (size_t k = 0; k < point->others.len; k++) {
            sp_buf_reset(&names);
            sp_compare_columns_add(log, &point->others.items[k], &names);
            add_markdown_side(sp_buf_str(&names), &point->others.items[k].side, b);
        }
    }
    b->failed |= names.failed;
    sp_buf_clear(&names);
}

void sp_compare_markdown(const sp_compare_log *log, bool all, sp_buf *b)
{
    for (size_t n = 0; n < log->cases.len; n++) {
        const sp_compare_case *c = &log->cases.items[n];
        sp_buf_add_cstr(b, n > 0 ? "\n## " : "## ");
        add_plain(b, c->name);
        sp_buf_add_cstr(b, "\n\n| subject | criterion |");
        for (size_t i = 0; i < log->column_count; i++) {
            sp_buf_add_char(b, ' ');
            add_plain(b, log->columns[i].id);
            sp_buf_add_cstr(b, " |");
        }
        sp_buf_add_cstr(b, "\n|---|---|");
        for (size_t i = 0; i < log->column_count; i++)
            sp_buf_add_cstr(b, "---|");
        sp_buf_add_char(b, '\n');
        for (size_t i = 0; i < c->rows.len; i++)
            if (sp_compare_shows(log, &c->rows.items[i], all))
                add_markdown_row(log, &c->rows.items[i], b);
        add_markdown_points(log, c, b);
    }
    for (int side = 0; side < 2; side++) {
        if (log->only[side].len == 0)
            continue;
        sp_buf_add_cstr(b, "\nOnly ");
        add_plain(b, log->columns[side].id);
        sp_buf_add_cstr(b, " has these criteria:\n\n");
        for (size_t i = 0; i < log->only[side].len; i++) {
            sp_buf_add_cstr(b, "- ");
            add_plain(b, log->only[side].items[i]);
            sp_buf_add_char(b, '\n');
        }
    }
}

/* --- CSV (RFC 4180) --- */

/* A spreadsheet would take what begins like this for a formula. */
static void add_field(sp_buf *b, sp_str text, bool last)
{
    sp_buf safe = {0};
    sp_utf8_add_safe(&safe, text);
    sp_buf_add_char(b, '"');
    if (safe.len > 0 && strchr("=+-@", safe.data[0]) != NULL)
        sp_buf_add_char(b, '\'');
    for (size_t i = 0; i < safe.len; i++) {
        if (safe.data[i] == '"')
            sp_buf_add_char(b, '"');
        sp_buf_add_char(b, safe.data[i]);
    }
    sp_buf_add_cstr(b, last ? "\"\r\n" : "\",");
    b->failed |= safe.failed;
    sp_buf_clear(&safe);
}

static void add_csv_row(const sp_compare_log *log, const sp_compare_case *c, const sp_compare_row *row,
                        sp_buf *b)
{
    add_field(b, c->name, false);
    add_field(b, row->subject, false);
    add_field(b, row->criterion, false);
    add_field(b, row->with, false);
    for (size_t i = 0; i < log->column_count; i++)
        add_field(b, sp_str_from(word_of(row->states[i])), i + 1 == log->column_count);
}

void sp_compare_csv(const sp_compare_log *log, bool all, sp_buf *b)
{
    static const char *const heads[] = {"case", "subject", "criterion", "with"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        add_field(b, sp_str_from(heads[i]), false);
    for (size_t i = 0; i < log->column_count; i++)
        add_field(b, log->columns[i].id, i + 1 == log->column_count);
    for (size_t n = 0; n < log->cases.len; n++)
        for (size_t i = 0; i < log->cases.items[n].rows.len; i++)
            if (sp_compare_shows(log, &log->cases.items[n].rows.items[i], all))
                add_csv_row(log, &log->cases.items[n], &log->cases.items[n].rows.items[i], b);
}

/* --- JSON --- */

static void key(sp_buf *b, const char *name)
{
    sp_buf_printf(b, ", \"%s\": ", name);
}

static void add_json_state(sp_buf *b, uint8_t state)
{
    if (state == SP_COMPARE_ABSENT)
        sp_buf_add_cstr(b, "null");
    else
        sp_buf_printf(b, "\"%s\"", word_of(state));
}

static void add_json_row(const sp_compare_log *log, const sp_compare_row *row, sp_buf *b)
{
    sp_buf_add_cstr(b, "{\"criterion\": ");
    sp_json_add(b, row->criterion);
    key(b, "subject");
    sp_json_add(b, row->subject);
    if (row->with.len > 0) {
        key(b, "with");
        sp_json_add(b, row->with);
    }
    sp_buf_printf(b, ", \"headline\": %s, \"differs\": %s, \"states\": {", row->headline ? "true" : "false",
                  row->differs ? "true" : "false");
    for (size_t i = 0; i < log->column_count; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        sp_json_add(b, log->columns[i].id);
        sp_buf_add_cstr(b, ": ");
        add_json_state(b, row->states[i]);
    }
    sp_buf_add_cstr(b, "}, \"parts_at\": {");
    bool first = true;
    for (size_t i = 0; i < log->column_count; i++) {
        if (row->points[i] == 0)
            continue;
        sp_buf_add_cstr(b, first ? "" : ", ");
        sp_json_add(b, log->columns[i].id);
        sp_buf_printf(b, ": %u", row->points[i]);
        first = false;
    }
    sp_buf_add_cstr(b, "}}");
}

/* The members of an object that has begun. */
static void add_json_side(const sp_compare_side *side, sp_buf *b)
{
    sp_buf_add_cstr(b, "\"state\": ");
    add_json_state(b, side->state);
    key(b, "says");
    sp_json_add(b, side->says);
    key(b, "authority");
    sp_json_add(b, side->authority);
    if (side->place.len > 0) {
        key(b, "place");
        sp_json_add(b, side->place);
    }
    if (side->turns_on.len > 0) {
        key(b, "turns_on");
        sp_json_add(b, side->turns_on);
        key(b, "turns_on_state");
        add_json_state(b, side->turn_state);
    }
    sp_buf_add_char(b, '}');
}

static void add_json_other(const sp_compare_log *log, const sp_compare_other *other, sp_buf *b)
{
    bool first = true;
    sp_buf_add_cstr(b, "{\"columns\": [");
    for (size_t i = 0; i < log->column_count; i++) {
        if (!other->columns[i])
            continue;
        sp_buf_add_cstr(b, first ? "" : ", ");
        sp_json_add(b, log->columns[i].id);
        first = false;
    }
    sp_buf_add_cstr(b, "], ");
    add_json_side(&other->side, b);
}

static void add_json_point(const sp_compare_log *log, const sp_compare_point *point, size_t number,
                           sp_buf *b)
{
    sp_buf_printf(b, "{\"number\": %zu, \"kind\": \"%s\", \"criterion\": ", number, point->kind);
    sp_json_add(b, point->criterion);
    key(b, "what");
    sp_json_add(b, point->what);
    sp_buf_add_cstr(b, ", \"first\": {");
    add_json_side(&point->first, b);
    key(b, "others");
    for (size_t i = 0; i < point->others.len; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "[");
        add_json_other(log, &point->others.items[i], b);
    }
    sp_buf_add_cstr(b, "]}");
}

static void add_json_case(const sp_compare_log *log, const sp_compare_case *c, bool all, sp_buf *b)
{
    bool first = true;
    sp_buf_add_cstr(b, "{\"case\": ");
    sp_json_add(b, c->name);
    key(b, "file");
    sp_json_add(b, c->file);
    sp_buf_add_cstr(b, ", \"verdicts\": [");
    for (size_t i = 0; i < c->rows.len; i++) {
        if (!sp_compare_shows(log, &c->rows.items[i], all))
            continue;
        sp_buf_add_cstr(b, first ? "\n   " : ",\n   ");
        add_json_row(log, &c->rows.items[i], b);
        first = false;
    }
    sp_buf_add_cstr(b, "],\n  \"points\": [");
    for (size_t i = 0; i < c->points.len; i++) {
        sp_buf_add_cstr(b, i > 0 ? ",\n   " : "\n   ");
        add_json_point(log, &c->points.items[i], i + 1, b);
    }
    sp_buf_add_cstr(b, "]}");
}

void sp_compare_json(const sp_compare_log *log, bool all, sp_buf *b)
{
    sp_buf_printf(b, "{\"surplace\": \"comparison/1\", \"of\": \"%s\", \"columns\": [",
                  sp_compare_kind_word(log->kind));
    for (size_t i = 0; i < log->column_count; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        sp_json_add(b, log->columns[i].id);
    }
    sp_buf_printf(b, "], \"differences\": %zu", sp_compare_differences(log));
    for (int side = 0; side < 2 && log->kind == SP_COMPARE_RULES; side++) {
        sp_buf_printf(b, ", \"only_in_%s\": [", side == 0 ? "first" : "second");
        for (size_t i = 0; i < log->only[side].len; i++) {
            sp_buf_add_cstr(b, i > 0 ? ", " : "");
            sp_json_add(b, log->only[side].items[i]);
        }
        sp_buf_add_char(b, ']');
    }
    sp_buf_add_cstr(b, ",\n \"cases\": [");
    for (size_t i = 0; i < log->cases.len; i++) {
        sp_buf_add_cstr(b, i > 0 ? ",\n  " : "\n  ");
        add_json_case(log, &log->cases.items[i], all, b);
    }
    sp_buf_add_cstr(b, "]}\n");
}
