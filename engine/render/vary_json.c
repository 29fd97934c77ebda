#include "render/answer.h"
#include "render/head.h"
#include "render/vary.h"

static void add_built(sp_buf *b, sp_buf *text)
{
    sp_json_add(b, sp_buf_str(text));
    b->failed |= text->failed;
    sp_buf_clear(text);
}

static void add_turns(sp_buf *b, const sp_variations *v, const sp_variation *variation)
{
    sp_buf_add_cstr(b, ", \"turns\": [");
    for (uint32_t i = 0; i < variation->turn_count; i++) {
        const sp_turn *turn = &variation->turns[i];
        sp_buf address = {0};
        sp_buf_add_cstr(b, i > 0 ? ", {\"criterion\": " : "{\"criterion\": ");
        sp_vary_address_add(&address, v, turn->result);
        add_built(b, &address);
        sp_buf_printf(b, ", \"from\": \"%s\", \"to\": \"%s\", \"presumed\": %s, \"looked_at\": %s}",
                      sp_state_word(v->results.items[turn->result].state), sp_state_word(turn->state),
                      turn->presumed ? "true" : "false", v->looked_at[turn->result] ? "true" : "false");
    }
    sp_buf_add_char(b, ']');
}

static void add_variation(sp_buf *b, const sp_variations *v, const sp_variation *variation,
                          const sp_style *style)
{
    static const char *const how[] = {[SP_CHANGE_NONE] = "",
                                      [SP_CHANGE_UNSTATED] = "unstated",
                                      [SP_CHANGE_VALUE] = "otherwise",
                                      [SP_CHANGE_ROW] = "otherwise",
                                      [SP_CHANGE_ASSERTION] = "one_is_right",
                                      [SP_CHANGE_MEMBERS] = "otherwise",
                                      [SP_CHANGE_ENTRIES] = "otherwise",
                                      [SP_CHANGE_DROP] = "without"};
    const sp_question *q = &v->questions.items.items[variation->question];
    sp_buf words = {0};
    sp_buf_printf(b, "{\"how\": \"%s\", \"answer\": ", how[variation->answer.change.kind]);
    sp_variation_add(&words, v, variation, style);
    add_built(b, &words);
    if (variation->answer.change.kind != SP_CHANGE_DROP &&
        variation->answer.change.kind != SP_CHANGE_UNSTATED) {
        sp_buf_add_cstr(b, ", \"value\": ");
        sp_answer_add_json(b, &v->what, q, &variation->answer, style);
    }
    add_turns(b, v, variation);
    sp_buf_add_char(b, '}');
}

static void add_fact(sp_buf *b, const sp_variations *v, const sp_varied_fact *fact, const sp_style *style)
{
    const sp_question *q = &v->questions.items.items[fact->question];
    const sp_facts *facts = v->what.base;
    const sp_fact *f = &facts->vocab->facts.items[q->fact];
    uint32_t facet_of = facts->vocab->entities.items[f->entity].facet_of;
    uint32_t row = facts->tables[facet_of != SP_NONE ? facet_of : f->entity].first[v->what.case_index] +
                   q->row;
    sp_buf words = {0};
    sp_buf_add_cstr(b, "{\"fact\": ");
    sp_json_add(b, q->address);
    sp_buf_add_cstr(b, ", \"stated\": ");
    sp_stated_add(&words, facts, q->fact, sp_facts_cell(facts, f->entity, row, f->column), style);
    add_built(b, &words);
    sp_buf_printf(b, ", \"weight\": %u, \"variations\": [", (unsigned)fact->most);
    for (uint32_t i = 0; i < fact->count; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        add_variation(b, v, &v->variations.items[fact->first + i], style);
    }
    sp_buf_add_cstr(b, "]}");
}

void sp_vary_json(const sp_variations *v, const sp_style *style, sp_buf *b)
{
    sp_buf_add_char(b, '{');
    sp_json_head_add(b, "vary/1", style, v->what.base, v->what.case_index, v->what.run.net);
    sp_buf_add_cstr(b, ", \"facts\": [");
    for (size_t i = 0; i < v->facts.len; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        add_fact(b, v, &v->facts.items[i], style);
    }
    sp_buf_add_cstr(b, "]}");
}
