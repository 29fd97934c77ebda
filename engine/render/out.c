#include "render/out.h"

#include <string.h>

#include "base/utf8.h"

static const char *const inks[] = {
    [SP_INK_PLAIN] = "",
    [SP_INK_BOLD] = "\033[1m",
    [SP_INK_DIM] = "\033[2m",
    [SP_INK_HOLDS] = "\033[32m",
    [SP_INK_FAILS] = "\033[31m",
    [SP_INK_OPEN] = "\033[33m",
    [SP_INK_CONTESTED] = "\033[35m",
};

void sp_ink_on(sp_buf *b, const sp_style *style, sp_ink ink)
{
    if (style->colour)
        sp_buf_add_cstr(b, inks[ink]);
}

void sp_ink_off(sp_buf *b, const sp_style *style, sp_ink ink)
{
    if (style->colour && ink != SP_INK_PLAIN)
        sp_buf_add_cstr(b, "\033[0m");
}

sp_ink sp_ink_of_state(sp_state state)
{
    static const sp_ink of[] = {SP_INK_OPEN, SP_INK_HOLDS, SP_INK_FAILS, SP_INK_CONTESTED};
    return of[state];
}

const char *sp_mark_of_state(sp_state state)
{
    static const char *const marks[] = {"?", "\u2714", "\u2718", "\u2260"};
    return marks[state];
}

void sp_blanks_add(sp_buf *b, size_t count)
{
    while (count-- > 0)
        sp_buf_add_char(b, ' ');
}

/* The next run of characters without a blank. */
static sp_str next_word(sp_str text, size_t *at)
{
    while (*at < text.len && (text.ptr[*at] == ' ' || text.ptr[*at] == '\n' || text.ptr[*at] == '\t' ||
                              text.ptr[*at] == '\r'))
        (*at)++;
    size_t start = *at;
    while (*at < text.len && text.ptr[*at] != ' ' && text.ptr[*at] != '\n' && text.ptr[*at] != '\t' &&
           text.ptr[*at] != '\r')
        (*at)++;
    return start == *at ? SP_EMPTY : (sp_str){text.ptr + start, *at - start};
}

void sp_wrap_add(sp_buf *b, const sp_style *style, size_t at, size_t indent, sp_str text)
{
    size_t width = style->width > 20 ? (size_t)style->width : SIZE_MAX, column = at, i = 0;
    bool first = true;
    if (indent + 20 > width)
        indent = width - 20;
    for (sp_str word = next_word(text, &i); word.len > 0; word = next_word(text, &i)) {
        sp_buf safe = {0};
        sp_utf8_add_safe(&safe, word);
        size_t columns = sp_utf8_columns(sp_buf_str(&safe));
        if (!first && column + 1 + columns > width) {
            sp_buf_add_char(b, '\n');
            sp_blanks_add(b, indent);
            column = indent;
        } else if (!first) {
            sp_buf_add_char(b, ' ');
            column++;
        }
        sp_buf_add(b, sp_buf_str(&safe));
        b->failed |= safe.failed;
        sp_buf_clear(&safe);
        column += columns;
        first = false;
    }
    sp_buf_add_char(b, '\n');
}

static void add_escaped(sp_buf *b, uint32_t c)
{
    if (c == '"' || c == '\\') {
        sp_buf_add_char(b, '\\');
        sp_buf_add_char(b, (char)c);
    } else if (c == '\n') {
        sp_buf_add_cstr(b, "\\n");
    } else if (c == '\t') {
        sp_buf_add_cstr(b, "\\t");
    } else if (c > 0xFFFF) {
        sp_buf_printf(b, "\\u%04x\\u%04x", (unsigned)(0xD7C0 + (c >> 10)),
                      (unsigned)(0xDC00 + (c & 0x3FF)));
    } else {
        sp_buf_printf(b, "\\u%04x", (unsigned)c);
    }
}

void sp_json_add(sp_buf *b, sp_str text)
{
    size_t plain = 0, len;
    sp_buf_add_char(b, '"');
    for (size_t i = 0; i < text.len; i += len) {
        unsigned char first = (unsigned char)text.ptr[i];
        len = 1;
        if (first >= 0x20 && first < 0x7F && first != '"' && first != '\\')
            continue;
        uint32_t c = sp_utf8_decode((sp_str){text.ptr + i, text.len - i}, &len);
        bool bad = c == 0xFFFD && len == 1;
        if (first >= 0x80 && !bad && !sp_utf8_unsafe(c))
            continue;
        sp_buf_add(b, (sp_str){text.ptr + plain, i - plain});
        plain = i + len;
        add_escaped(b, c);
    }
    if (text.len > plain) /* an empty text may be no pointer at all */
        sp_buf_add(b, (sp_str){text.ptr + plain, text.len - plain});
    sp_buf_add_char(b, '"');
}

static void add_enum(sp_buf *b, const sp_vocab *vocab, uint32_t enum_index, uint32_t value)
{
    sp_str name = vocab->enums.items[enum_index].values[value].name;
    for (size_t i = 0; i < name.len; i++)
        sp_buf_add_char(b, name.ptr[i] == '_' ? ' ' : name.ptr[i]);
}

static void add_reference(sp_buf *b, const sp_facts *facts, uint32_t entity, uint32_t row,
                          const sp_style *style)
{
    sp_subject_add(b, facts, entity, row, style);
}

static void add_list(sp_buf *b, const sp_facts *facts, sp_type type, const sp_cell *cell,
                     const sp_style *style)
{
    bool owned = type.kind == SP_ENTITY && facts->vocab->entities.items[type.index].collection.len == 0;
    if (cell->value.count == 0)
        sp_buf_add_cstr(b, "none");
    for (uint32_t i = 0; i < cell->value.count; i++) {
        uint32_t member = owned ? cell->value.start + i : sp_facts_members(facts, cell)[i];
        if (i > 0)
            sp_buf_add_cstr(b, ", ");
        if (type.kind == SP_ENUM)
            add_enum(b, facts->vocab, type.index, member);
        else
            add_reference(b, facts, type.index, member, style);
    }
    if (cell->incomplete)
        sp_buf_add_cstr(b, " (perhaps more)");
}

void sp_value_add(sp_buf *b, const sp_facts *facts, uint32_t fact_index, const sp_cell *cell,
                  const sp_style *style)
{
    const sp_fact *fact = &facts->vocab->facts.items[fact_index];
    if (fact->type.list) {
        add_list(b, facts, fact->type, cell, style);
        return;
    }
    switch ((sp_type_kind)fact->type.kind) {
    case SP_YES_NO:
        sp_buf_add_cstr(b, cell->value.index == 1 ? "yes" : "no");
        break;
    case SP_NUMBER:
        sp_number_add(b, cell->value.number);
        break;
    case SP_DATE:
        if (style->redact && cell->origin != SP_FROM_WORLD)
            sp_buf_add_cstr(b, "[date]");
        else
            sp_date_add(b, cell->value.date);
        break;
    case SP_TEXT:
        if (style->redact && cell->origin != SP_FROM_WORLD)
            sp_buf_add_cstr(b, "[text]");
        else
            sp_buf_add(b, sp_facts_text(facts, cell));
        break;
    case SP_ENUM:
        add_enum(b, facts->vocab, fact->type.index, cell->value.index);
        break;
    case SP_ENTITY:
        add_reference(b, facts, fact->type.index, cell->value.index, style);
        break;
    }
}

static void add_found(sp_buf *b, const sp_facts *facts, const sp_cell *cell)
{
    sp_date found;
    if (!sp_facts_found(facts, cell, &found))
        return;
    sp_buf_add_cstr(b, ", as found ");
    sp_date_words_add(b, found);
    if (sp_facts_withheld(cell))
        sp_buf_add_cstr(b, ": too late for this case");
}

static void add_source(sp_buf *b, const sp_facts *facts, const sp_cell *cell, const sp_style *style)
{
    sp_str by, see;
    sp_facts_source(facts, cell, &by, &see);
    if (style->redact && cell->origin != SP_FROM_WORLD && (by.len > 0 || see.len > 0)) {
        sp_buf_add_cstr(b, " ([source])");
        return;
    }
    if (by.len == 0 && see.len == 0 && cell->origin == SP_FROM_CASE)
        return;
    sp_buf_add_cstr(b, " (");
    if (cell->origin == SP_FROM_SET)
        sp_buf_add_cstr(b, "set on the command line");
    sp_buf_add(b, by);
    if (by.len > 0 && see.len > 0)
        sp_buf_add_cstr(b, ", ");
    sp_buf_add(b, see);
    if (cell->origin == SP_FROM_WORLD)
        sp_buf_add_cstr(b, by.len + see.len > 0 ? "; rule base" : "rule base");
    add_found(b, facts, cell);
    sp_buf_add_cstr(b, ")");
}

void sp_stated_add(sp_buf *b, const sp_facts *facts, uint32_t fact, const sp_cell *cell,
                   const sp_style *style)
{
    uint32_t count;
    const sp_cell *assertions = sp_facts_assertions(facts, cell, &count);
    if (count == 0)
        sp_buf_add_cstr(b, cell->status == SP_CELL_UNKNOWN ? "unknown" : "not stated");
    if (sp_facts_withheld(cell))
        add_source(b, facts, cell, style);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            sp_buf_add_cstr(b, " / ");
        sp_value_add(b, facts, fact, &assertions[i], style);
        add_source(b, facts, &assertions[i], style);
    }
}

void sp_subject_add(sp_buf *b, const sp_facts *facts, uint32_t entity, uint32_t row, const sp_style *style)
{
    const sp_entity *e = &facts->vocab->entities.items[entity];
    uint32_t base = e->facet_of != SP_NONE ? e->facet_of : entity;
    const sp_entity *named = &facts->vocab->entities.items[base];
    sp_facts_address(facts, base, row, b);
    if (named->label == SP_NONE)
        return;
    const sp_cell *cell = sp_facts_cell(facts, base, row, facts->vocab->facts.items[named->label].column);
    if (cell->status != SP_CELL_STATED || (style->redact && cell->origin != SP_FROM_WORLD))
        return;
    sp_buf_add_cstr(b, " (");
    sp_buf_add(b, sp_facts_text(facts, cell));
    sp_buf_add_cstr(b, ")");
}

void sp_fact_address_add(sp_buf *b, const sp_facts *facts, uint32_t fact, uint32_t row)
{
    const sp_fact *f = &facts->vocab->facts.items[fact];
    const sp_entity *e = &facts->vocab->entities.items[f->entity];
    if (f->entity != SP_CASE_ENTITY) {
        sp_facts_address(facts, e->facet_of != SP_NONE ? e->facet_of : f->entity, row, b);
        sp_buf_add_char(b, '.');
    }
    sp_buf_add(b, f->name);
}
