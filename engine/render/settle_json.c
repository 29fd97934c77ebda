#include "render/answer.h"
#include "render/head.h"
#include "render/settle.h"
#include "render/verdict.h"

static void add_states(sp_buf *b, uint32_t states)
{
    static const sp_state order[] = {SP_HOLDS, SP_FAILS, SP_CONTESTED, SP_OPEN};
    bool first = true;
    sp_buf_add_char(b, '[');
    for (uint32_t i = 0; i < 4; i++)
        if (states >> order[i] & 1) {
            sp_buf_printf(b, "%s\"%s\"", first ? "" : ", ", sp_state_word(order[i]));
            first = false;
        }
    sp_buf_add_char(b, ']');
}

static void add_flag(sp_buf *b, const char *name, bool value)
{
    sp_buf_printf(b, ", \"%s\": %s", name, value ? "true" : "false");
}

static void add_answer(sp_buf *b, const sp_settlement *s, const sp_question *q, uint32_t answer,
                       const sp_style *style)
{
    sp_buf words = {0};
    sp_answer_add(&words, &s->what, q, &q->answers[answer], style);
    sp_buf_add_cstr(b, "{\"answer\": ");
    sp_json_add(b, sp_buf_str(&words));
    sp_buf_add_cstr(b, ", \"value\": ");
    sp_answer_add_json(b, &s->what, q, &q->answers[answer], style);
    b->failed |= words.failed;
    sp_buf_clear(&words);
}

static void add_question(sp_buf *b, const sp_settlement *s, const sp_question *q)
{
    sp_buf ask = {0};
    sp_question_add(&ask, s->what.base, q);
    sp_buf_add_cstr(b, "\"fact\": ");
    sp_json_add(b, q->address);
    sp_buf_add_cstr(b, ", \"ask\": ");
    sp_json_add(b, sp_buf_str(&ask));
    b->failed |= ask.failed;
    sp_buf_clear(&ask);
}

static void add_next(sp_buf *b, const sp_settlement *s, const sp_style *style)
{
    sp_buf_add_cstr(b, ", \"next\": ");
    if (s->best == SP_NONE) {
        sp_buf_add_cstr(b, "null");
        return;
    }
    const sp_question *q = &s->questions.items.items[s->best];
    sp_buf_add_char(b, '{');
    add_question(b, s, q);
    sp_buf_add_cstr(b, ", \"answers\": [");
    for (uint32_t a = 0; a < q->answer_count; a++) {
        const sp_prospect *p = &s->prospects[a];
        sp_buf_add_cstr(b, a > 0 ? ", " : "");
        add_answer(b, s, q, a, style);
        sp_buf_printf(b, ", \"state\": \"%s\"", sp_state_word(p->state));
        add_flag(b, "presumed", p->presumed);
        sp_buf_add_cstr(b, ", \"can_become\": ");
        add_states(b, p->states);
        sp_buf_add_char(b, '}');
    }
    sp_buf_add_cstr(b, "]}");
}

static void add_presumption(sp_buf *b, const sp_vocab *vocab, const sp_presumed_name *p)
{
    sp_buf_add_char(b, '"');
    if (p->criterion != SP_NONE) {
        sp_criterion_name_add(b, vocab, p->criterion);
    } else {
        const sp_fact *fact = &vocab->facts.items[p->fact];
        sp_buf_printf(b, "%.*s.%.*s", SP_STR(vocab->entities.items[fact->entity].name), SP_STR(fact->name));
    }
    sp_buf_add_char(b, '"');
}

static void add_set(sp_buf *b, const sp_settlement *s, const sp_settling *set, const sp_style *style)
{
    sp_buf_printf(b, "{\"size\": %u, \"evaluated\": %s, \"proven\": %s, \"presumptions\": [",
                  (unsigned)set->count, set->evaluated ? "true" : "false", set->proven ? "true" : "false");
    for (uint32_t i = 0; i < set->presumption_count; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        add_presumption(b, s->what.base->vocab, &set->presumptions[i]);
    }
    sp_buf_add_cstr(b, "], \"answers\": [");
    for (uint32_t i = 0; i < set->picks.count; i++) {
        const sp_pick *pick = &set->picks.items[i];
        const sp_question *q = &s->questions.items.items[pick->question];
        bool first = i == 0 || set->picks.items[i - 1].question != pick->question;
        if (first) {
            sp_buf_printf(b, "%s{\"fact\": ", i > 0 ? "]}, " : "");
            sp_json_add(b, q->address);
            sp_buf_add_cstr(b, ", \"any_of\": [");
        } else {
            sp_buf_add_cstr(b, ", ");
        }
        add_answer(b, s, q, pick->answer, style);
        sp_buf_add_char(b, '}');
    }
    sp_buf_add_cstr(b, set->picks.count > 0 ? "]}]}" : "]}");
}

static void add_sets(sp_buf *b, const sp_settlement *s, const char *name, const sp_settlings *list,
                     bool more, const sp_style *style)
{
    sp_buf_printf(b, ", \"%s\": {\"sets\": [", name);
    for (size_t i = 0; i < list->len; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        add_set(b, s, &list->items[i], style);
    }
    sp_buf_add_char(b, ']');
    add_flag(b, "more", more);
    sp_buf_add_char(b, '}');
}

static void add_questions(sp_buf *b, const sp_settlement *s)
{
    size_t count = s->questions.items.len;
    bool first = true;
    sp_buf_add_cstr(b, ", \"questions\": [");
    for (uint32_t rank = 0; rank < count; rank++)
        for (uint32_t q = 0; q < count; q++) {
            if (s->rank[q] != rank || !s->matters[q])
                continue;
            sp_buf_add_cstr(b, first ? "{" : ", {");
            first = false;
            add_question(b, s, &s->questions.items.items[q]);
            sp_buf_printf(b, ", \"state\": \"%s\"}",
                          s->questions.items.items[q].contested ? "contested" : "open");
        }
    sp_buf_add_cstr(b, "], \"cannot_matter\": ");
    if (s->hides) {
        sp_buf_add_cstr(b, "null"); /* not to be told */
        return;
    }
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < s->idle.len; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        sp_json_add(b, s->reached.items.items[s->idle.items[i]].address);
    }
    sp_buf_add_char(b, ']');
}

void sp_settle_json(const sp_settlement *s, const sp_style *style, sp_buf *b)
{
    sp_buf address = {0};
    sp_buf_add_char(b, '{');
    sp_json_head_add(b, "settle/1", style, s->what.base, s->what.case_index, s->what.run.net);
    sp_buf_add_cstr(b, ", \"criterion\": ");
    sp_settle_address_add(&address, s);
    sp_json_add(b, sp_buf_str(&address));
    b->failed |= address.failed;
    sp_buf_clear(&address);
    sp_buf_printf(b, ", \"state\": \"%s\"", sp_state_word(s->state));
    add_flag(b, "presumed", s->presumed);
    sp_buf_add_cstr(b, ", \"can_become\": ");
    add_states(b, s->states);
    sp_buf_add_cstr(b, ", \"once_all_is_answered\": ");
    add_states(b, s->answered);
    add_next(b, s, style);
    add_sets(b, s, "holds", &s->holds, s->more_holds, style);
    add_sets(b, s, "fails", &s->fails, s->more_fails, style);
    add_questions(b, s);
    sp_buf_add_char(b, '}');
}
