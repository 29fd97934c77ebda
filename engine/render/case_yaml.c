#include "render/case_yaml.h"

#include "base/utf8.h"

struct writer {
    const sp_facts *facts;
    const sp_vocab *vocab;
    uint32_t case_index;
    sp_buf *b;
};

/* Words that YAML or a case file reads as something else. */
static bool means_something(sp_str text)
{
    static const char *const words[] = {"yes",     "no", "true", "false", "null",
                                        "unknown", "on", "off",  "y",     "n"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sp_str_eq(text, sp_str_from(words[i])))
            return true;
    return false;
}

static bool plain(sp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(i > 0 && ((c >= '0' && c <= '9') || c == '_' || c == '-')))
            return false;
    }
    return text.len > 0 && !means_something(text);
}

void sp_yaml_text_add(sp_buf *b, sp_str text)
{
    size_t len;
    if (plain(text)) {
        sp_buf_add(b, text);
        return;
    }
    sp_buf_add_char(b, '"');
    for (size_t i = 0; i < text.len; i += len) {
        uint32_t c = sp_utf8_decode((sp_str){text.ptr + i, text.len - i}, &len);
        if (c == '"' || c == '\\')
            sp_buf_printf(b, "\\%c", (char)c);
        else if (c < 0x20 || sp_utf8_unsafe(c))
            sp_buf_printf(b, "\\U%08x", (unsigned)c);
        else
            sp_buf_add(b, (sp_str){text.ptr + i, len});
    }
    sp_buf_add_char(b, '"');
}

static void indent(struct writer *w, uint32_t depth)
{
    for (uint32_t i = 0; i < depth; i++)
        sp_buf_add_cstr(w->b, "  ");
}

static bool owned(const struct writer *w, sp_type type)
{
    return type.list && type.kind == SP_ENTITY && w->vocab->entities.items[type.index].collection.len == 0;
}

static void add_member(struct writer *w, sp_type type, uint32_t member)
{
    if (type.kind == SP_ENUM)
        sp_yaml_text_add(w->b, w->vocab->enums.items[type.index].values[member].name);
    else
        sp_yaml_text_add(w->b, sp_facts_row_id(w->facts, type.index, member));
}

static void add_scalar(struct writer *w, sp_type type, const sp_cell *cell)
{
    switch ((sp_type_kind)type.kind) {
    case SP_YES_NO:
        sp_buf_add_cstr(w->b, cell->value.index == 1 ? "yes" : "no");
        break;
    case SP_NUMBER:
        sp_number_add(w->b, cell->value.number);
        break;
    case SP_DATE:
        sp_date_add(w->b, cell->value.date);
        break;
    case SP_TEXT:
        sp_yaml_text_add(w->b, sp_facts_text(w->facts, cell));
        break;
    case SP_ENUM:
    case SP_ENTITY:
        add_member(w, type, cell->value.index);
        break;
    }
}

static void add_list(struct writer *w, sp_type type, const sp_cell *cell)
{
    sp_buf_add_char(w->b, '[');
    for (uint32_t i = 0; i < cell->value.count; i++) {
        sp_buf_add_cstr(w->b, i > 0 ? ", " : "");
        add_member(w, type, sp_facts_members(w->facts, cell)[i]);
    }
    sp_buf_add_char(w->b, ']');
}

static void add_source(struct writer *w, const sp_cell *cell)
{
    sp_str by, see;
    sp_facts_source(w->facts, cell, &by, &see);
    if (by.len > 0) {
        sp_buf_add_cstr(w->b, ", by: ");
        sp_yaml_text_add(w->b, by);
    }
    if (see.len > 0) {
        sp_buf_add_cstr(w->b, ", see: ");
        sp_yaml_text_add(w->b, see);
    }
}

/* One assertion on one line, of anything but an owned list. */
static void add_assertion(struct writer *w, sp_type type, const sp_cell *cell, bool wrapped)
{
    bool whole = wrapped || cell->source != 0 || (type.list && cell->incomplete);
    if (whole)
        sp_buf_add_cstr(w->b, type.list ? "{list: " : "{is: ");
    if (type.list)
        add_list(w, type, cell);
    else
        add_scalar(w, type, cell);
    if (type.list && cell->incomplete)
        sp_buf_add_cstr(w->b, ", complete: no");
    if (whole) {
        add_source(w, cell);
        sp_buf_add_char(w->b, '}');
    }
}

static bool states_something(const struct writer *w, uint32_t entity, uint32_t row)
{
    for (uint32_t c = 0; c < w->facts->tables[entity].columns; c++) {
        const sp_cell *cell = sp_facts_cell(w->facts, entity, row, c);
        if (cell->status != SP_CELL_UNSTATED && cell->origin != SP_FROM_WORLD)
            return true;
    }
    return false;
}

static void add_row(struct writer *w, uint32_t entity, uint32_t row, uint32_t depth);

/* Entries of an owned list, each with its id. Depth is that of the vocabulary's ownership. */
static void add_owned(struct writer *w, const sp_fact *fact, const sp_cell *cell, uint32_t depth)
{
    bool wrapped = cell->incomplete || cell->source != 0;
    if (cell->value.count == 0) {
        sp_buf_add_cstr(w->b, wrapped ? " {list: []" : " []");
    } else if (wrapped) {
        sp_buf_add_cstr(w->b, "\n");
        indent(w, depth + 1);
        sp_buf_add_cstr(w->b, "list:");
    }
    uint32_t at = depth + (wrapped ? 2 : 1);
    for (uint32_t i = 0; i < cell->value.count; i++) {
        uint32_t row = cell->value.start + i;
        sp_buf_add_char(w->b, '\n');
        indent(w, at);
        sp_buf_add_cstr(w->b, "- id: ");
        sp_yaml_text_add(w->b, sp_facts_row_id(w->facts, fact->type.index, row));
        add_row(w, fact->type.index, row, at + 1);
    }
    if (!wrapped)
        return;
    sp_str by, see;
    sp_facts_source(w->facts, cell, &by, &see);
    if (cell->value.count == 0) {
        sp_buf_add_cstr(w->b, cell->incomplete ? ", complete: no" : "");
        add_source(w, cell);
        sp_buf_add_char(w->b, '}');
        return;
    }
    const sp_str names[] = {SP_LIT("complete"), SP_LIT("by"), SP_LIT("see")};
    const sp_str values[] = {cell->incomplete ? SP_LIT("no") : SP_EMPTY, by, see};
    for (size_t i = 0; i < 3; i++) {
        if (values[i].len == 0)
            continue;
        sp_buf_add_char(w->b, '\n');
        indent(w, depth + 1);
        sp_buf_printf(w->b, "%.*s: ", SP_STR(names[i]));
        if (i == 0)
            sp_buf_add(w->b, values[i]);
        else
            sp_yaml_text_add(w->b, values[i]);
    }
}

static void add_fact(struct writer *w, const sp_fact *fact, const sp_cell *cell, uint32_t depth)
{
    uint32_t count;
    const sp_cell *said = sp_facts_assertions(w->facts, cell, &count);
    sp_buf_add_char(w->b, '\n');
    indent(w, depth);
    sp_buf_printf(w->b, "%.*s:", SP_STR(fact->name));
    if (cell->status == SP_CELL_UNKNOWN) {
        sp_buf_add_cstr(w->b, " unknown");
    } else if (cell->status == SP_CELL_SEVERAL) {
        for (uint32_t i = 0; i < count; i++) {
            sp_buf_add_char(w->b, '\n');
            indent(w, depth + 1);
            sp_buf_add_cstr(w->b, "- ");
            add_assertion(w, fact->type, &said[i], true);
        }
    } else if (owned(w, fact->type)) {
        add_owned(w, fact, cell, depth);
    } else {
        sp_buf_add_char(w->b, ' ');
        add_assertion(w, fact->type, cell, false);
    }
}

/* The facts that the case itself states of a row, a line each or more; each line begins with a line break. */
static void add_row(struct writer *w, uint32_t entity, uint32_t row, uint32_t depth)
{
    const sp_entity *e = &w->vocab->entities.items[entity];
    for (uint32_t c = 0; c < e->columns.len; c++) {
        const sp_cell *cell = sp_facts_cell(w->facts, entity, row, c);
        if (cell->status != SP_CELL_UNSTATED && cell->origin != SP_FROM_WORLD)
            add_fact(w, &w->vocab->facts.items[e->columns.items[c]], cell, depth);
    }
}

/* An entity with a collection has all its entries there, also those of which the case says nothing: that they are in the
 * case may matter. A facet has those of which something is said. */
static void add_collection(struct writer *w, uint32_t entity)
{
    const sp_entity *e = &w->vocab->entities.items[entity];
    uint32_t table = e->facet_of != SP_NONE ? e->facet_of : entity;
    const uint32_t *rows;
    uint32_t count;
    sp_arena arena = {0};
    bool any = false;
    if (!sp_facts_sorted_rows(w->facts, w->case_index, table, &arena, &rows, &count))
        w->b->failed = true;
    for (uint32_t i = 0; i < count && !w->b->failed; i++) {
        bool says = states_something(w, entity, rows[i]);
        if (e->facet_of != SP_NONE && !says)
            continue;
        if (!any)
            sp_buf_printf(w->b, "\n%.*s:", SP_STR(e->collection));
        any = true;
        sp_buf_add_cstr(w->b, "\n  ");
        sp_yaml_text_add(w->b, sp_facts_row_id(w->facts, table, rows[i]));
        sp_buf_add_cstr(w->b, says ? ":" : ": {}");
        add_row(w, entity, rows[i], 2);
    }
    sp_arena_free(&arena);
}

void sp_case_yaml(const sp_facts *facts, uint32_t case_index, sp_str title, sp_buf *b)
{
    struct writer w = {facts, facts->vocab, case_index, b};
    sp_buf_add_cstr(b, "surplace: case/1\ntitle: ");
    sp_yaml_text_add(b, title);
    add_row(&w, SP_CASE_ENTITY, facts->tables[SP_CASE_ENTITY].first[case_index], 0);
    for (uint32_t e = 0; e < facts->vocab->entities.len; e++)
        if (facts->vocab->entities.items[e].collection.len > 0)
            add_collection(&w, e);
    sp_buf_add_char(b, '\n');
}
