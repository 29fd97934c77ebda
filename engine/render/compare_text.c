/* Verdicts side by side for a reader. The states come first on a line, one column each, and the title behind them may
 * wrap: so any number of readings fits any width. */
#include "base/utf8.h"
#include "render/compare_log.h"

/* Columns of one character and a blank; past so many the table is written again for the rest. */
#define LETTERS 20u
/* Columns that are headed by their own names may take so much of a line. */
#define NAMES_WIDTH 40u

struct page {
    const sp_compare_log *log;
    const sp_compare_case *c;
    sp_buf *b;
    bool all;
    uint32_t *shown; /* the columns that stand for themselves and for those that are like them */
    size_t count;
    bool lettered; /* columns are headed by letters, else by their names */
};

static const char *mark_of(uint8_t state)
{
    return state == SP_COMPARE_ABSENT ? "\u00b7" : sp_mark_of_state((sp_state)state);
}

static const char *word_of(uint8_t state)
{
    return state == SP_COMPARE_ABSENT ? "not there" : sp_state_word((sp_state)state);
}

static void add_mark(struct page *p, uint8_t state)
{
    sp_ink ink = state == SP_COMPARE_ABSENT ? SP_INK_PLAIN : sp_ink_of_state((sp_state)state);
    sp_ink_on(p->b, &p->log->style, ink);
    sp_buf_add_cstr(p->b, mark_of(state));
    sp_ink_off(p->b, &p->log->style, ink);
}

static void add_wrapped(struct page *p, size_t at, size_t indent, sp_buf *line)
{
    sp_wrap_add(p->b, &p->log->style, at, indent, sp_buf_str(line));
    p->b->failed |= line->failed;
    sp_buf_reset(line);
}

/* --- columns --- */

static bool same_column(const sp_compare_case *c, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < c->rows.len; i++)
        if (c->rows.items[i].states[a] != c->rows.items[i].states[b])
            return false;
    return true;
}

/* Those that are headed by their own names, if they fit; else one for all that agree in every verdict. */
static void choose_columns(struct page *p, sp_arena *arena)
{
    size_t width = 0;
    p->shown = SP_NEW_ARRAY(arena, uint32_t, p->log->column_count);
    if (p->shown == NULL) {
        p->b->failed = true;
        return;
    }
    for (size_t i = 0; i < p->log->column_count; i++)
        width += sp_utf8_columns(p->log->columns[i].id) + 2;
    p->lettered = width > NAMES_WIDTH;
    for (uint32_t i = 0; i < p->log->column_count; i++) {
        bool like = false;
        for (size_t k = 0; k < p->count && p->lettered; k++)
            like |= same_column(p->c, p->shown[k], i);
        if (!like)
            p->shown[p->count++] = i;
    }
}

/* A to Z, then A2 to Z2 ... */
static void add_letter(sp_buf *b, size_t index)
{
    sp_buf_add_char(b, (char)('A' + index % 26));
    if (index >= 26)
        sp_buf_printf(b, "%zu", index / 26 + 1);
}

/* Which shown column stands for this one. */
static size_t shown_for(const struct page *p, uint32_t column)
{
    size_t i = 0;
    while (i + 1 < p->count && p->shown[i] != column &&
           !(p->lettered && same_column(p->c, p->shown[i], column)))
        i++;
    return i;
}

static size_t width_of(const struct page *p, size_t shown)
{
    size_t letter = shown < 26 ? 1 : 2;
    return p->lettered ? letter : sp_utf8_columns(p->log->columns[p->shown[shown]].id);
}

static void add_legend(struct page *p)
{
    sp_buf line = {0};
    for (size_t k = 0; k < p->count && p->lettered; k++) {
        bool first = true;
        sp_buf_add_cstr(p->b, "  ");
        add_letter(&line, k);
        sp_buf_add_cstr(&line, "  ");
        for (uint32_t i = 0; i < p->log->column_count; i++)
            if (shown_for(p, i) == k) {
                sp_buf_printf(&line, "%s%.*s", first ? "" : ", ", SP_STR(p->log->columns[i].id));
                first = false;
            }
        /* words are taken as they stand: the blanks before the names are the wrapping's own */
        add_wrapped(p, 2, 5, &line);
    }
    sp_buf_clear(&line);
}

/* --- rows --- */

static void add_header(struct page *p, size_t first, size_t end)
{
    sp_buf_add_cstr(p->b, "   ");
    for (size_t k = first; k < end; k++) {
        sp_buf_add_char(p->b, ' ');
        if (p->lettered)
            add_letter(p->b, k);
        else
            sp_utf8_add_safe(p->b, p->log->columns[p->shown[k]].id);
        if (!p->lettered && k + 1 < end)
            sp_buf_add_char(p->b, ' ');
    }
    sp_buf_add_char(p->b, '\n');
}

static void add_row(struct page *p, const sp_compare_row *row, size_t first, size_t end)
{
    size_t at = 3;
    sp_buf line = {0};
    sp_buf_add_cstr(p->b, "   ");
    for (size_t k = first; k < end; k++) {
        sp_buf_add_char(p->b, ' ');
        add_mark(p, row->states[p->shown[k]]);
        size_t rest = width_of(p, k) - 1 + (!p->lettered && k + 1 < end);
        sp_blanks_add(p->b, rest);
        at += 2 + rest;
    }
    sp_buf_add_cstr(p->b, "  ");
    at += 2;
    sp_buf_add(&line, row->title);
    if (row->with.len > 0)
        sp_buf_printf(&line, ": %.*s", SP_STR(row->with));
    for (uint32_t number = 1; number <= p->c->points.len; number++) {
        bool parts = false;
        for (size_t i = 0; i < p->log->column_count; i++)
            parts |= row->points[i] == number;
        if (parts)
            sp_buf_printf(&line, " [%u]", number);
    }
    add_wrapped(p, at, at, &line);
    sp_buf_clear(&line);
}

static void add_table(struct page *p, size_t first, size_t end)
{
    const sp_compare_row *before = NULL;
    add_header(p, first, end);
    for (size_t i = 0; i < p->c->rows.len; i++) {
        const sp_compare_row *row = &p->c->rows.items[i];
        if (!sp_compare_shows(p->log, row, p->all))
            continue;
        if (before == NULL || !sp_str_eq(before->subject, row->subject)) {
            sp_buf_add_cstr(p->b, "  ");
            sp_wrap_add(p->b, &p->log->style, 2, 4, row->subject_name);
        }
        add_row(p, row, first, end);
        before = row;
    }
}

/* --- where they part --- */

static void add_side(struct page *p, const sp_compare_side *side, sp_buf *line)
{
    sp_buf_add_cstr(line, ": ");
    if (side->state == SP_COMPARE_ABSENT)
        sp_buf_add(line, side->says);
    else
        sp_buf_printf(line, "%s %s%s%.*s", mark_of(side->state), word_of(side->state),
                      side->says.len > 0 ? ". " : "", SP_STR(side->says));
    if (side->authority.len > 0)
        sp_buf_printf(line, " (%.*s)", SP_STR(side->authority));
    if (side->place.len > 0)
        sp_buf_printf(line, " [%.*s]", SP_STR(side->place));
    sp_buf_add_cstr(p->b, "      ");
    add_wrapped(p, 6, 8, line);
    if (side->turns_on.len == 0)
        return;
    sp_buf_printf(line, "turns on: %s %.*s", mark_of(side->turn_state), SP_STR(side->turns_on));
    sp_buf_add_cstr(p->b, "        ");
    add_wrapped(p, 8, 10, line);
}

static void add_point(struct page *p, const sp_compare_point *point, size_t number)
{
    sp_buf line = {0};
    sp_buf_printf(&line, "[%zu] %.*s: %.*s", number, SP_STR(point->criterion), SP_STR(point->what));
    sp_buf_add_cstr(p->b, "  ");
    add_wrapped(p, 2, 6, &line);
    sp_buf_add(&line, p->log->columns[0].id);
    add_side(p, &point->first, &line);
    for (size_t i = 0; i < point->others.len; i++) {
        sp_compare_columns_add(p->log, &point->others.items[i], &line);
        add_side(p, &point->others.items[i].side, &line);
    }
    sp_buf_clear(&line);
}

static void add_points(struct page *p)
{
    if (p->c->points.len == 0)
        return;
    sp_buf_add_char(p->b, '\n');
    sp_ink_on(p->b, &p->log->style, SP_INK_BOLD);
    sp_buf_add_cstr(p->b, "Where they part");
    sp_ink_off(p->b, &p->log->style, SP_INK_BOLD);
    sp_buf_add_char(p->b, '\n');
    for (size_t i = 0; i < p->c->points.len; i++)
        add_point(p, &p->c->points.items[i], i + 1);
}

/* --- a case --- */

static void add_case(const sp_compare_log *log, const sp_compare_case *c, bool all, sp_buf *b)
{
    struct page p = {.log = log, .c = c, .b = b, .all = all};
    sp_arena arena = {0};
    sp_buf line = {0};
    size_t differ = 0, shown = 0;
    choose_columns(&p, &arena);
    for (size_t i = 0; i < c->rows.len; i++) {
        differ += c->rows.items[i].differs;
        shown += sp_compare_shows(log, &c->rows.items[i], all);
    }
    if (log->kind != SP_COMPARE_CASES) {
        sp_ink_on(b, &log->style, SP_INK_BOLD);
        sp_wrap_add(b, &log->style, 0, 2, c->name);
        sp_ink_off(b, &log->style, SP_INK_BOLD);
    }
    sp_buf_printf(&line, "%zu of %zu verdicts differ.%s", differ, c->rows.len,
                  shown == c->rows.len || shown == 0 ? ""
                  : log->kind == SP_COMPARE_RULES    ? " --all shows the others."
                                                  : " Shown are these and the headlines; --all shows the "
                                                    "others.");
    add_wrapped(&p, 0, 0, &line);
    sp_buf_clear(&line);
    if (shown == 0) {
        sp_arena_free(&arena);
        return;
    }
    for (size_t first = 0; first < p.count && !b->failed; first += LETTERS) {
        sp_buf_add_char(b, '\n');
        add_table(&p, first, first + LETTERS < p.count ? first + LETTERS : p.count);
    }
    if (p.lettered) {
        sp_buf_add_char(b, '\n');
        add_legend(&p);
    }
    add_points(&p);
    sp_arena_free(&arena);
}

static void add_only(const sp_compare_log *log, int side, sp_buf *b)
{
    sp_buf line = {0};
    if (log->only[side].len == 0)
        return;
    sp_buf_printf(&line, "Only %.*s has these criteria: ", SP_STR(log->columns[side].id));
    for (size_t i = 0; i < log->only[side].len; i++)
        sp_buf_printf(&line, "%s%.*s", i > 0 ? ", " : "", SP_STR(log->only[side].items[i]));
    sp_buf_add_char(&line, '.');
    sp_wrap_add(b, &log->style, 0, 2, sp_buf_str(&line));
    b->failed |= line.failed;
    sp_buf_clear(&line);
}

static bool some_absent(const sp_compare_log *log, bool all)
{
    for (size_t c = 0; c < log->cases.len; c++)
        for (size_t i = 0; i < log->cases.items[c].rows.len; i++)
            for (size_t k = 0; k < log->column_count; k++)
                if (log->cases.items[c].rows.items[i].states[k] == SP_COMPARE_ABSENT &&
                    sp_compare_shows(log, &log->cases.items[c].rows.items[i], all))
                    return true;
    return false;
}

/* "Readings compared with unhcr (UNHCR)." */
static void add_title(const sp_compare_log *log, bool all, sp_buf *b)
{
    sp_buf line = {0};
    const sp_compare_column *first = &log->columns[0], *second = first + (log->column_count > 1);
    switch (log->kind) {
    case SP_COMPARE_READINGS:
        sp_buf_printf(&line, "%zu reading%s, compared with %.*s (%.*s).", log->column_count,
                      log->column_count == 1 ? "" : "s", SP_STR(first->id), SP_STR(first->title));
        break;
    case SP_COMPARE_CASES:
        sp_buf_printf(&line, "Two cases. %.*s: %.*s. %.*s: %.*s.", SP_STR(first->id), SP_STR(first->title),
                      SP_STR(second->id), SP_STR(second->title));
        break;
    case SP_COMPARE_RULES:
        sp_buf_printf(&line, "Two rule bases: %.*s (reading %.*s) and %.*s (reading %.*s).",
                      SP_STR(first->id), SP_STR(first->title), SP_STR(second->id), SP_STR(second->title));
        break;
    }
    sp_wrap_add(b, &log->style, 0, 2, sp_buf_str(&line));
    sp_buf_add_cstr(b, "A study of hypothetical files, not legal advice.\n");
    sp_buf_printf(b, "\u2714 holds   \u2718 fails   ? open   \u2260 contested%s\n",
                  some_absent(log, all) ? "   \u00b7 not there" : "");
    b->failed |= line.failed;
    sp_buf_clear(&line);
}

void sp_compare_text(const sp_compare_log *log, bool all, sp_buf *b)
{
    add_title(log, all, b);
    add_only(log, 0, b);
    add_only(log, 1, b);
    for (size_t i = 0; i < log->cases.len; i++) {
        sp_buf_add_char(b, '\n');
        add_case(log, &log->cases.items[i], all, b);
    }
}
