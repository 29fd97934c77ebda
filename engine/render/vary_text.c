#include "render/answer.h"
#include "render/case_yaml.h"
#include "render/head.h"
#include "render/vary.h"

/* Facts that turn nothing, told by their addresses. */
#define IDLE_SHOWN 40u

static uint32_t base_row(const sp_variations *v, uint32_t entity, uint32_t number)
{
    uint32_t facet_of = v->what.base->vocab->entities.items[entity].facet_of;
    return v->what.base->tables[facet_of != SP_NONE ? facet_of : entity].first[v->what.case_index] + number;
}

void sp_vary_address_add(sp_buf *b, const sp_variations *v, uint32_t result)
{
    const sp_facts *facts = v->what.base;
    const sp_vocab *vocab = facts->vocab;
    const sp_criterion *c = &vocab->criteria.items[v->results.items[result].criterion];
    uint32_t facet_of = vocab->entities.items[c->entity].facet_of;
    sp_facts_address(facts, facet_of != SP_NONE ? facet_of : c->entity,
                     base_row(v, c->entity, v->row[result]), b);
    sp_buf_printf(b, ".%.*s", SP_STR(c->name));
    if (v->with_row[result] == SP_NONE)
        return;
    sp_buf_add_char(b, '(');
    sp_facts_address(facts, c->with, base_row(v, c->with, v->with_row[result]), b);
    sp_buf_add_char(b, ')');
}

static const sp_question *question_of(const sp_variations *v, uint32_t question)
{
    return &v->questions.items.items[question];
}

static void add_dropped(sp_buf *b, const sp_variations *v, const sp_question *q, uint32_t member,
                        const sp_style *style)
{
    const sp_vocab *vocab = v->what.base->vocab;
    sp_type type = vocab->facts.items[q->fact].type;
    sp_buf_add_cstr(b, "without ");
    if (type.kind == SP_ENTITY) {
        sp_subject_add(b, v->what.base, type.index, base_row(v, type.index, member), style);
        return;
    }
    sp_str name = vocab->enums.items[type.index].values[member].name;
    for (size_t i = 0; i < name.len; i++)
        sp_buf_add_char(b, name.ptr[i] == '_' ? ' ' : name.ptr[i]);
}

void sp_variation_add(sp_buf *b, const sp_variations *v, const sp_variation *variation,
                      const sp_style *style)
{
    const sp_question *q = question_of(v, variation->question);
    if (variation->answer.change.kind == SP_CHANGE_DROP)
        add_dropped(b, v, q, variation->answer.change.value.index, style);
    else
        sp_answer_add(b, &v->what, q, &variation->answer, style);
}

/* A line of its own, which is freed. */
static void put_line(sp_buf *b, const sp_style *style, size_t at, size_t indent, sp_buf *line)
{
    b->failed |= line->failed;
    sp_wrap_add(b, style, at, indent, sp_buf_str(line));
    sp_buf_clear(line);
}

static const sp_cell *stated_cell(const sp_variations *v, const sp_question *q)
{
    const sp_fact *fact = &v->what.base->vocab->facts.items[q->fact];
    return sp_facts_cell(v->what.base, fact->entity, base_row(v, fact->entity, q->row), fact->column);
}

/* The verdicts that come to one state, on a line or more. */
static void write_state(const sp_variations *v, const sp_variation *variation, sp_state state,
                        const sp_style *style, sp_buf *b)
{
    sp_buf line = {0};
    for (uint32_t i = 0; i < variation->turn_count; i++) {
        const sp_turn *turn = &variation->turns[i];
        if (turn->state != state || !v->looked_at[turn->result])
            continue;
        sp_buf_add_cstr(&line, line.len > 0 ? ", " : "");
        sp_vary_address_add(&line, v, turn->result);
    }
    if (line.len == 0)
        return;
    sp_buf_add_cstr(b, "         ");
    sp_ink_on(b, style, sp_ink_of_state(state));
    sp_buf_add_cstr(b, sp_mark_of_state(state));
    sp_ink_off(b, style, sp_ink_of_state(state));
    sp_buf_printf(b, " %-10s", sp_state_word(state));
    put_line(b, style, 21, 21, &line);
}

static void write_variation(const sp_variations *v, const sp_variation *variation, const sp_style *style,
                            sp_buf *b)
{
    static const sp_state order[] = {SP_HOLDS, SP_FAILS, SP_CONTESTED, SP_OPEN};
    sp_buf line = {0};
    sp_buf_add_cstr(b, "       ");
    sp_variation_add(&line, v, variation, style);
    sp_buf_add_char(&line, ':');
    put_line(b, style, 7, 9, &line);
    for (size_t i = 0; i < 4; i++)
        write_state(v, variation, order[i], style, b);
}

static void write_fact(const sp_variations *v, const sp_varied_fact *fact, size_t number,
                       const sp_style *style, sp_buf *b)
{
    const sp_question *q = question_of(v, fact->question);
    sp_buf line = {0};
    sp_buf_printf(b, "%4zu. ", number);
    sp_fact_title_add(&line, &v->what.base->vocab->facts.items[q->fact]);
    sp_buf_printf(&line, " [%.*s]: ", SP_STR(q->address));
    sp_stated_add(&line, v->what.base, q->fact, stated_cell(v, q), style);
    put_line(b, style, 6, 6, &line);
    for (uint32_t i = fact->first; i < fact->first + fact->count; i++)
        if (v->variations.items[i].weight > 0)
            write_variation(v, &v->variations.items[i], style, b);
}

/* Facts that turn none of the verdicts looked at: those that turn others, or nothing at all. */
static void write_idle(const sp_variations *v, const char *title, bool others, const sp_style *style,
                       sp_buf *b)
{
    sp_buf line = {0};
    size_t count = 0;
    for (size_t i = 0; i < v->facts.len; i++) {
        const sp_varied_fact *fact = &v->facts.items[i];
        if (fact->most > 0 || (fact->turned > 0) != others)
            continue;
        if (count++ < IDLE_SHOWN) {
            sp_buf_add_cstr(&line, count > 1 ? ", " : "");
            sp_buf_add(&line, question_of(v, fact->question)->address);
        }
    }
    if (count == 0)
        return;
    if (count > IDLE_SHOWN)
        sp_buf_printf(&line, " and %zu more", count - IDLE_SHOWN);
    sp_heading_add(b, style, title);
    sp_buf_add_cstr(b, "  ");
    put_line(b, style, 2, 2, &line);
}

static void write_verdicts(const sp_variations *v, const sp_style *style, sp_buf *b)
{
    sp_heading_add(b, style, "AS THE FILE STANDS");
    for (uint32_t i = 0; i < v->results.len; i++) {
        sp_state state = v->results.items[i].state;
        sp_buf line = {0};
        if (!v->looked_at[i])
            continue;
        sp_buf_add_cstr(b, "  ");
        sp_ink_on(b, style, sp_ink_of_state(state));
        sp_buf_add_cstr(b, sp_mark_of_state(state));
        sp_ink_off(b, style, sp_ink_of_state(state));
        sp_buf_printf(b, " %-10s", sp_state_word(state));
        sp_vary_address_add(&line, v, i);
        put_line(b, style, 14, 14, &line);
    }
}

void sp_vary_text(const sp_variations *v, const sp_style *style, sp_buf *b)
{
    size_t number = 0;
    sp_head_add(b, style, v->what.base, v->what.case_index, v->what.run.net);
    write_verdicts(v, style, b);
    for (size_t i = 0; i < v->facts.len; i++) {
        if (v->facts.items[i].most == 0)
            continue;
        if (number == 0)
            sp_heading_add(b, style, "WHAT WOULD TURN THEM: ONE FACT OTHERWISE");
        write_fact(v, &v->facts.items[i], ++number, style, b);
    }
    if (number == 0)
        sp_heading_add(b, style, "NO SINGLE FACT, OTHERWISE OR UNSAID, TURNS ANY OF THEM");
    write_idle(v, "TURN OTHER CRITERIA ONLY", true, style, b);
    write_idle(v, "TURN NOTHING BY THEMSELVES", false, style, b);
}

/* --- pairs --- */

static sp_state state_in(const sp_variations *v, uint32_t variation, uint32_t result)
{
    if (variation == SP_NONE)
        return v->results.items[result].state;
    const sp_variation *of = &v->variations.items[variation];
    for (uint32_t i = 0; i < of->turn_count; i++)
        if (of->turns[i].result == result)
            return of->turns[i].state;
    return v->results.items[result].state;
}

/* Is the result's own entry left out by the variation? */
static bool left_out(const sp_variations *v, uint32_t result)
{
    const sp_criterion *c = &v->what.base->vocab->criteria.items[v->results.items[result].criterion];
    return sp_whatif_lane_row(&v->what, 0, c->entity, v->row[result]) == SP_NONE ||
           (v->with_row[result] != SP_NONE &&
            sp_whatif_lane_row(&v->what, 0, c->with, v->with_row[result]) == SP_NONE);
}

/* Does some variation turn it? Only such verdicts are expected: the pair is about them. */
static bool ever_turned(const sp_variations *v, uint32_t variation, uint32_t result)
{
    for (uint32_t i = 0; i < v->variations.len; i++)
        for (uint32_t k = 0; k < v->variations.items[i].turn_count; k++)
            if (v->variations.items[i].turns[k].result == result &&
                (variation == SP_NONE || variation == i))
                return true;
    return false;
}

/* An address as a key; of plain letters it needs no quotation marks. */
static void add_key(sp_buf *b, sp_str address)
{
    for (size_t i = 0; i < address.len; i++)
        if ((unsigned char)address.ptr[i] >= 0x80) {
            sp_yaml_text_add(b, address);
            return;
        }
    sp_buf_add(b, address); /* letters, digits and -_./() */
}

void sp_vary_case(sp_variations *v, uint32_t variation, sp_buf *b)
{
    static const sp_style plain = {0};
    const sp_facts *base = v->what.base;
    sp_buf title = {0}, address = {0};
    sp_vary_lane(v, variation);
    sp_buf_add(&title, sp_facts_span(base, base->cases[v->what.case_index].name));
    if (variation != SP_NONE) {
        const sp_variation *of = &v->variations.items[variation];
        sp_buf_printf(&title, " \u2014 but %.*s: ", SP_STR(question_of(v, of->question)->address));
        sp_variation_add(&title, v, of, &plain);
    }
    sp_case_yaml(&v->what.facts, 0, sp_buf_str(&title), b);
    bool any = false;
    for (uint32_t i = 0; i < v->results.len; i++) {
        if (!v->looked_at[i] || !ever_turned(v, variation, i) || left_out(v, i))
            continue;
        sp_buf_add_cstr(b, any ? "" : "expect:\n");
        any = true;
        sp_buf_reset(&address);
        sp_vary_address_add(&address, v, i);
        sp_buf_add_cstr(b, "  ");
        add_key(b, sp_buf_str(&address));
        sp_buf_printf(b, ": %s\n", sp_state_word(state_in(v, variation, i)));
    }
    b->failed |= title.failed || address.failed || v->failed;
    sp_buf_clear(&title);
    sp_buf_clear(&address);
}
