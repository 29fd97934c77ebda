#include "render/answer.h"

static const sp_fact *fact_of(const sp_whatif *what, const sp_question *question)
{
    return &what->base->vocab->facts.items[question->fact];
}

static uint32_t base_row(const sp_whatif *what, uint32_t entity, uint32_t number)
{
    uint32_t facet_of = what->base->vocab->entities.items[entity].facet_of;
    return what->base->tables[facet_of != SP_NONE ? facet_of : entity].first[what->case_index] + number;
}

static const sp_cell *cell_of(const sp_whatif *what, const sp_question *question)
{
    const sp_fact *fact = fact_of(what, question);
    return sp_facts_cell(what->base, fact->entity, base_row(what, fact->entity, question->row),
                         fact->column);
}

static void add_enum(sp_buf *b, const sp_enum *e, uint32_t value)
{
    for (size_t i = 0; i < e->values[value].name.len; i++) {
        char c = e->values[value].name.ptr[i];
        sp_buf_add_char(b, c == '_' ? ' ' : c);
    }
}

static void add_separator(sp_buf *b, uint32_t at, uint32_t count, const char *last)
{
    if (at > 0)
        sp_buf_add_cstr(b, at + 1 == count ? last : ", ");
}

static bool in_class(const sp_answer *answer, uint32_t value)
{
    for (uint32_t i = 0; i < answer->value_count; i++)
        if (answer->values[i] == value)
            return true;
    return false;
}

/* A class that is nearly everything is told by what it lacks. */
static void add_class(sp_buf *b, const sp_enum *e, const sp_answer *answer)
{
    uint32_t lacks = e->count - answer->value_count, told = 0;
    if (answer->value_count > 3 && lacks == 0) {
        sp_buf_add_cstr(b, "any");
    } else if (answer->value_count > 3 && lacks <= answer->value_count) {
        sp_buf_add_cstr(b, "any other than ");
        for (uint32_t v = 0; v < e->count; v++)
            if (!in_class(answer, v)) {
                add_separator(b, told++, lacks, " and ");
                add_enum(b, e, v);
            }
    } else {
        for (uint32_t i = 0; i < answer->value_count; i++) {
            add_separator(b, i, answer->value_count, " or ");
            add_enum(b, e, answer->values[i]);
        }
    }
}

static void add_day(sp_buf *b, const sp_value *value, const sp_style *style)
{
    if (style->redact)
        sp_buf_add_cstr(b, "[date]");
    else
        sp_date_add(b, value->date);
}

static void add_dates(sp_buf *b, const sp_interval *s, const sp_style *style)
{
    if (s->low && s->high && s->from.date.from != s->to.date.from) {
        add_day(b, &s->from, style);
        sp_buf_add_cstr(b, " to ");
        add_day(b, &s->to, style);
    } else if (s->low) {
        sp_buf_add_cstr(b, s->high ? "" : "on or after ");
        add_day(b, &s->from, style);
    } else if (s->high) {
        sp_buf_add_cstr(b, "on or before ");
        add_day(b, &s->to, style);
    } else {
        sp_buf_add_cstr(b, "any date");
    }
}

static void add_numbers(sp_buf *b, const sp_interval *s)
{
    if (s->low && s->high && !(s->from.number < s->to.number)) {
        sp_number_add(b, s->from.number);
        return;
    }
    if (s->low) {
        sp_buf_add_cstr(b, s->with_low ? "at least " : "above ");
        sp_number_add(b, s->from.number);
    }
    if (s->high) {
        sp_buf_add_cstr(b, s->low ? " and " : "");
        sp_buf_add_cstr(b, s->with_high ? "at most " : "below ");
        sp_number_add(b, s->to.number);
    }
    if (!s->low && !s->high)
        sp_buf_add_cstr(b, "any number");
}

static void add_row(sp_buf *b, const sp_whatif *what, uint32_t entity, uint32_t number,
                    const sp_style *style)
{
    const sp_entity *e = &what->base->vocab->entities.items[entity];
    uint32_t table = e->facet_of != SP_NONE ? e->facet_of : entity;
    if (sp_whatif_known(what, entity, number)) {
        sp_subject_add(b, what->base, table, base_row(what, entity, number), style);
        return;
    }
    sp_str id = sp_intern_text(&what->rows[table].others, number - what->rows[table].base);
    if (sp_str_eq(id, SP_LIT("(another)")))
        sp_buf_add_cstr(b, "another, not in this file");
    else if (sp_str_eq(id, SP_LIT("(yet another)")))
        sp_buf_add_cstr(b, "yet another, not in this file");
    else
        sp_buf_add(b, id);
}

static void add_member(sp_buf *b, const sp_whatif *what, sp_type type, uint32_t member,
                       const sp_style *style)
{
    if (type.kind == SP_ENTITY)
        add_row(b, what, type.index, member, style);
    else
        add_enum(b, &what->base->vocab->enums.items[type.index], member);
}

static bool has_some(const sp_whatif *what, const sp_question *question)
{
    const sp_cell *cell = cell_of(what, question);
    return cell->status == SP_CELL_STATED && cell->value.count > 0;
}

static void add_members(sp_buf *b, const sp_whatif *what, const sp_question *question,
                        const sp_answer *answer, const sp_style *style)
{
    const sp_change *change = &answer->change;
    bool some = has_some(what, question);
    if (change->member_count == 0) {
        sp_buf_add_cstr(b, some ? "nothing further" : "nothing");
        return;
    }
    if (some)
        sp_buf_add_cstr(b, "also ");
    for (uint32_t i = 0; i < change->member_count; i++) {
        add_separator(b, i, change->member_count, " and ");
        add_member(b, what, fact_of(what, question)->type, change->members[i], style);
    }
    sp_buf_add_cstr(b, change->complete ? some ? ", and nothing further" : ", and nothing else"
                                        : ", and perhaps more");
}

static void add_entries(sp_buf *b, bool some, uint32_t count)
{
    static const char *const words[2][3] = {
        {"none", "one entry", "several entries"},
        {"none further", "one further entry", "several further entries"}};
    sp_buf_add_cstr(b, words[some][count < 2 ? count : 2]);
}

static void add_value(sp_buf *b, const sp_whatif *what, const sp_question *question,
                      const sp_answer *answer, const sp_style *style)
{
    sp_type type = fact_of(what, question)->type;
    switch ((sp_type_kind)type.kind) {
    case SP_YES_NO:
        sp_buf_add_cstr(b, answer->change.value.index == 1 ? "yes" : "no");
        break;
    case SP_NUMBER:
        add_numbers(b, &answer->span);
        break;
    case SP_DATE:
        add_dates(b, &answer->span, style);
        break;
    case SP_TEXT:
        if (style->redact)
            sp_buf_add_cstr(b, "[text]");
        else
            sp_buf_add(b, answer->change.text);
        break;
    case SP_ENUM:
        add_class(b, &what->base->vocab->enums.items[type.index], answer);
        break;
    case SP_ENTITY:
        break;
    }
}

void sp_answer_add(sp_buf *b, const sp_whatif *what, const sp_question *question, const sp_answer *answer,
                   const sp_style *style)
{
    const sp_change *change = &answer->change;
    switch ((sp_change_kind)change->kind) {
    case SP_CHANGE_VALUE:
        add_value(b, what, question, answer, style);
        break;
    case SP_CHANGE_ROW:
        add_row(b, what, fact_of(what, question)->type.index, change->value.index, style);
        break;
    case SP_CHANGE_ASSERTION:
        sp_stated_add(
            b, what->base, question->fact,
            &what->base->alternatives.items[cell_of(what, question)->value.start + change->value.index],
            style);
        break;
    case SP_CHANGE_MEMBERS:
        add_members(b, what, question, answer, style);
        break;
    case SP_CHANGE_ENTRIES:
        add_entries(b, has_some(what, question), change->value.index);
        break;
    case SP_CHANGE_NONE:
    case SP_CHANGE_UNSTATED:
        sp_buf_add_cstr(b, "not stated");
        break;
    case SP_CHANGE_DROP:
        sp_buf_add_cstr(b, "left out");
        break;
    }
}

/* --- JSON --- */

static void json_built(sp_buf *b, sp_buf *text)
{
    sp_json_add(b, sp_buf_str(text));
    b->failed |= text->failed;
    sp_buf_clear(text);
}

static void json_id(sp_buf *b, const sp_whatif *what, sp_type type, uint32_t member)
{
    const sp_vocab *vocab = what->base->vocab;
    uint32_t table = type.index;
    if (type.kind == SP_ENUM) {
        sp_json_add(b, vocab->enums.items[type.index].values[member].name);
        return;
    }
    if (vocab->entities.items[table].facet_of != SP_NONE)
        table = vocab->entities.items[table].facet_of;
    sp_json_add(b, member < what->rows[table].base
                       ? sp_facts_row_id(what->base, table, base_row(what, table, member))
                       : sp_intern_text(&what->rows[table].others, member - what->rows[table].base));
}

/* A value of a cell of the case: an assertion that is chosen. */
static void json_cell(sp_buf *b, const sp_whatif *what, sp_type type, const sp_cell *cell,
                      const sp_style *style)
{
    sp_buf text = {0};
    switch ((sp_type_kind)type.kind) {
    case SP_YES_NO:
        sp_buf_add_cstr(b, cell->value.index == 1 ? "true" : "false");
        return;
    case SP_NUMBER:
        sp_number_add(b, cell->value.number);
        return;
    case SP_DATE:
        add_day(&text, &cell->value, style);
        break;
    case SP_TEXT:
        sp_buf_add(&text, style->redact ? SP_LIT("[text]") : sp_facts_text(what->base, cell));
        break;
    case SP_ENUM:
        sp_json_add(b, what->base->vocab->enums.items[type.index].values[cell->value.index].name);
        return;
    case SP_ENTITY:
        sp_json_add(b, sp_facts_row_id(what->base, type.index, cell->value.index));
        return;
    }
    json_built(b, &text);
}

static void json_case_list(sp_buf *b, const sp_whatif *what, sp_type type, const sp_cell *cell)
{
    sp_buf_add_char(b, '[');
    for (uint32_t i = 0; i < cell->value.count; i++) {
        uint32_t member = sp_facts_members(what->base, cell)[i];
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        if (type.kind == SP_ENUM)
            json_id(b, what, type, member);
        else
            sp_json_add(b, sp_facts_row_id(what->base, type.index, member));
    }
    sp_buf_add_char(b, ']');
}

/* All members: those stated, and those of the answer. */
static void json_members(sp_buf *b, const sp_whatif *what, const sp_question *question,
                         const sp_change *change)
{
    sp_type type = fact_of(what, question)->type;
    const sp_cell *cell = cell_of(what, question);
    sp_buf_add_cstr(b, change->complete ? "" : "{\"list\": ");
    if (has_some(what, question)) {
        json_case_list(b, what, type, cell);
        b->len -= !b->failed; /* the list goes on */
    } else {
        sp_buf_add_char(b, '[');
    }
    for (uint32_t i = 0; i < change->member_count; i++) {
        sp_buf_add_cstr(b, i > 0 || has_some(what, question) ? ", " : "");
        json_id(b, what, type, change->members[i]);
    }
    sp_buf_add_char(b, ']');
    sp_buf_add_cstr(b, change->complete ? "" : ", \"complete\": false}");
}

void sp_answer_add_json(sp_buf *b, const sp_whatif *what, const sp_question *question,
                        const sp_answer *answer, const sp_style *style)
{
    const sp_change *change = &answer->change;
    sp_type type = fact_of(what, question)->type;
    sp_cell cell = {.status = SP_CELL_STATED, .value = change->value};
    switch ((sp_change_kind)change->kind) {
    case SP_CHANGE_VALUE:
        if (type.kind == SP_TEXT)
            sp_json_add(b, style->redact ? SP_LIT("[text]") : change->text);
        else
            json_cell(b, what, type, &cell, style);
        break;
    case SP_CHANGE_ROW:
        json_id(b, what, type, change->value.index);
        break;
    case SP_CHANGE_ASSERTION: {
        const sp_cell *said = &what->base->alternatives
                                   .items[cell_of(what, question)->value.start + change->value.index];
        if (type.list)
            json_case_list(b, what, type, said);
        else
            json_cell(b, what, type, said, style);
        break;
    }
    case SP_CHANGE_MEMBERS:
        json_members(b, what, question, change);
        break;
    default:
        sp_buf_add_cstr(b, change->value.index == 0 && !has_some(what, question) ? "[]" : "null");
        break;
    }
}

void sp_question_add(sp_buf *b, const sp_facts *facts, const sp_question *question)
{
    const sp_fact *fact = &facts->vocab->facts.items[question->fact];
    if (fact->ask.len > 0)
        sp_buf_add(b, fact->ask);
    else
        sp_fact_title_add(b, fact);
}
