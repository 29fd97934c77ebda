/* Which changes of the rules no case notices. */
#include "render/test_report.h"

static void add_place(sp_buf *line, const sp_place *place)
{
    if (place->input != NULL)
        sp_buf_printf(line, "%.*s:%u: ", SP_STR(place->input->name), place->line);
}

static void add_heading(const sp_style *style, const char *text, size_t count, size_t of, sp_buf *b)
{
    sp_ink_on(b, style, SP_INK_BOLD);
    sp_buf_printf(b, "%s (%zu of %zu)", text, count, of);
    sp_ink_off(b, style, SP_INK_BOLD);
    sp_buf_add_char(b, '\n');
}

static void add_line(const sp_style *style, sp_buf *line, sp_buf *b)
{
    sp_buf_add_cstr(b, "  ");
    sp_wrap_add(b, style, 2, 4, sp_buf_str(line));
    b->failed |= line->failed;
    sp_buf_reset(line);
}

static void add_survivors(const sp_mutants *mutants, sp_mutant_count count, const sp_style *style,
                          sp_buf *b)
{
    sp_buf line = {0};
    add_heading(style, "Changes of the rules that no case notices", count.survived - count.explained,
                count.tried - count.impossible, b);
    for (size_t i = 0; i < mutants->list.len; i++) {
        const sp_mutant *m = &mutants->list.items[i];
        if (m->fate != SP_MUTANT_SURVIVED || m->because.len > 0)
            continue;
        add_place(&line, &m->place);
        sp_buf_add(&line, m->address);
        add_line(style, &line, b);
    }
    sp_buf_add_char(b, '\n');
    sp_buf_clear(&line);
}

static const char *idle_words(const sp_explained *e)
{
    return e->use == SP_EXPLAINED_UNKNOWN ? "there is no such change" : "a case notices it";
}

static void add_idle(const sp_explanations *explained, sp_mutant_count count, const sp_style *style,
                     sp_buf *b)
{
    sp_buf line = {0};
    add_heading(style, "Explanations that explain nothing", count.idle, explained->len, b);
    for (size_t i = 0; i < explained->len; i++) {
        const sp_explained *e = &explained->items[i];
        if (e->use < SP_EXPLAINED_NOTICED)
            continue;
        add_place(&line, &e->place);
        sp_buf_printf(&line, "%.*s: %s", SP_STR(e->mutant), idle_words(e));
        add_line(style, &line, b);
    }
    sp_buf_add_char(b, '\n');
    sp_buf_clear(&line);
}

void sp_test_mutants_text(const sp_test_log *log, const sp_style *style, sp_buf *b)
{
    sp_mutant_count count = sp_test_log_mutants(log);
    if (count.survived > count.explained)
        add_survivors(log->mutants, count, style, b);
    if (count.idle > 0)
        add_idle(log->explained, count, style, b);
}

void sp_test_mutants_line(const sp_test_log *log, const sp_style *style, sp_buf *b)
{
    sp_mutant_count count = sp_test_log_mutants(log);
    sp_buf line = {0};
    sp_buf_printf(
        &line, "Changes of the rules: %zu tried; %zu noticed by a case, %zu explained, %zu neither.",
        count.tried - count.impossible, count.noticed, count.explained, count.survived - count.explained);
    if (count.impossible > 0)
        sp_buf_printf(&line, " %zu more would make a criterion depend on its own opposite.",
                      count.impossible);
    sp_wrap_add(b, style, 0, 0, sp_buf_str(&line));
    b->failed |= line.failed;
    sp_buf_clear(&line);
}

/* --- JSON --- */

static void add_json_place(sp_buf *b, const sp_place *place)
{
    sp_buf_add_cstr(b, ", \"file\": ");
    sp_json_add(b, place->input != NULL ? place->input->name : SP_EMPTY);
    sp_buf_printf(b, ", \"line\": %u, \"column\": %u", place->line, place->column);
}

static void add_json_survivors(const sp_mutants *mutants, sp_buf *b)
{
    bool first = true;
    for (size_t i = 0; i < mutants->list.len; i++) {
        const sp_mutant *m = &mutants->list.items[i];
        if (m->fate != SP_MUTANT_SURVIVED)
            continue;
        sp_buf_add_cstr(b, first ? "\n  {\"mutant\": " : ",\n  {\"mutant\": ");
        sp_json_add(b, m->address);
        if (m->rule != SP_NONE) {
            sp_buf_add_cstr(b, ", \"rule\": ");
            sp_json_add(b, mutants->base->rules.items[m->rule].id);
        }
        add_json_place(b, &m->place);
        if (m->because.len > 0) {
            sp_buf_add_cstr(b, ", \"because\": ");
            sp_json_add(b, m->because);
        }
        sp_buf_add_char(b, '}');
        first = false;
    }
}

static void add_json_idle(const sp_explanations *explained, sp_buf *b)
{
    bool first = true;
    for (size_t i = 0; i < explained->len; i++) {
        const sp_explained *e = &explained->items[i];
        if (e->use < SP_EXPLAINED_NOTICED)
            continue;
        sp_buf_add_cstr(b, first ? "\n  {\"mutant\": " : ",\n  {\"mutant\": ");
        sp_json_add(b, e->mutant);
        add_json_place(b, &e->place);
        sp_buf_printf(b, ", \"why_idle\": \"%s\"}", idle_words(e));
        first = false;
    }
}

void sp_test_mutants_json(const sp_test_log *log, sp_buf *b)
{
    sp_mutant_count count = sp_test_log_mutants(log);
    sp_buf_printf(
        b,
        ",\n \"mutation\": {\"tried\": %zu, \"noticed\": %zu, \"explained\": %zu, \"unexplained\": %zu, "
        "\"impossible\": %zu, \"survivors\": [",
        count.tried - count.impossible, count.noticed, count.explained, count.survived - count.explained,
        count.impossible);
    add_json_survivors(log->mutants, b);
    sp_buf_add_cstr(b, "], \"idle_explanations\": [");
    add_json_idle(log->explained, b);
    sp_buf_add_cstr(b, "]}");
}
