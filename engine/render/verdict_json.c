#include <stdlib.h>
#include <string.h>

#include "render/verdict.h"

bool sp_verdict_begin(sp_verdict_writer *w, sp_run *run)
{
    w->ex.run = run;
    w->ex.base = run->net->base;
    sp_arena_reset(&w->arena);
    if (!sp_supporter_begin(&w->supporter, &w->ex))
        return false;
    if (w->laws_forgotten != w->supporter.grounds.patterns.forgotten) {
        w->laws_forgotten = w->supporter.grounds.patterns.forgotten;
        w->laws.len = 0;
        sp_arena_reset(&w->laws_arena);
    }
    return true;
}

void sp_verdict_free(sp_verdict_writer *w)
{
    sp_explainer_free(&w->ex);
    sp_supporter_free(&w->supporter);
    sp_support_free(&w->support);
    SP_VEC_FREE(&w->results);
    sp_buf_clear(&w->scratch);
    SP_VEC_FREE(&w->laws);
    sp_arena_free(&w->laws_arena);
    sp_json_lists_free(&w->lists);
    sp_arena_free(&w->texts.arena);
    sp_arena_free(&w->arena);
}

/* The texts that a list of numbers stands for. */
static void add_numbered(sp_buf *b, const sp_str *texts, const uint32_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            sp_buf_add_cstr(b, ", ");
        sp_buf_add(b, texts[numbers[i]]);
    }
}

static void add_rules(sp_verdict_writer *w, const sp_result *result, sp_buf *b)
{
    const sp_network *net = w->ex.run->net;
    for (uint32_t i = net->first_rule[result->criterion]; i < net->first_rule[result->criterion + 1]; i++) {
        uint32_t rule = net->rules.items[i];
        const sp_cond *condition = w->ex.base->rules.items[rule].condition;
        sp_state state = sp_run_state(w->ex.run, net->cond_nodes[condition->number], result->row);
        if (i > net->first_rule[result->criterion])
            sp_buf_add_cstr(b, ", ");
        sp_buf_add(b, w->texts.rules[rule][state]);
    }
}

/* ", "state": ... "authority": [...], ": what the result says of the law. */
static void add_law(sp_verdict_writer *w, const sp_result *result, sp_buf *b)
{
    const sp_support *support = &w->support;
    sp_supporter_rules(&w->supporter, result->criterion, result->row, &w->support);
    sp_buf_add_cstr(b, "\", \"state\": \"");
    sp_buf_add_cstr(b, sp_state_word(result->state));
    sp_buf_add_cstr(b, "\", \"rules\": [");
    add_rules(w, result, b);
    sp_buf_add_cstr(b, "], \"passages\": [");
    add_numbered(b, w->texts.passage_ids, support->passages.items, support->passages.len);
    sp_buf_add_cstr(b, "], \"authority\": [");
    add_numbered(b, w->texts.authorities, support->authority.items, support->authority.len);
    sp_buf_add_cstr(b, "], \"presumptions\": ");
}

static void mark_cited(bool *cited, const uint32_t *passages, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cited[passages[i]] = true;
}

static bool make_law(sp_verdict_writer *w, const sp_result *result, sp_json_law *law)
{
    sp_buf_reset(&w->scratch);
    add_law(w, result, &w->scratch);
    law->passage_count = w->support.passages.len;
    uint32_t *passages = SP_NEW_ARRAY(&w->laws_arena, uint32_t, law->passage_count);
    law->passages = passages;
    law->text = sp_arena_dup(&w->laws_arena, sp_buf_str(&w->scratch));
    if (w->scratch.failed || w->laws_arena.failed)
        return false;
    for (size_t i = 0; i < law->passage_count; i++)
        passages[i] = w->support.passages.items[i];
    return true;
}

/* The law of a result: made for the first one of its pattern, copied for the others. */
static void add_law_remembered(sp_verdict_writer *w, const sp_result *result, bool *cited, sp_buf *b)
{
    uint32_t pattern = sp_supporter_pattern(&w->supporter, result->criterion, result->row);
    if (pattern == SP_NONE) {
        add_law(w, result, b);
        mark_cited(cited, w->support.passages.items, w->support.passages.len);
        return;
    }
    while (w->laws.len <= pattern)
        if (!SP_VEC_PUSH(&w->laws, ((sp_json_law){0}))) {
            w->failed = true;
            return;
        }
    sp_json_law *law = &w->laws.items[pattern];
    if (law->text.len == 0 && !make_law(w, result, law)) {
        w->failed = true;
        return;
    }
    sp_buf_add(b, law->text);
    mark_cited(cited, law->passages, law->passage_count);
}

static void add_result(sp_verdict_writer *w, const sp_result *result, bool *cited, sp_buf *b)
{
    const sp_vocab *vocab = &w->ex.base->vocab;
    const sp_criterion *c = &vocab->criteria.items[result->criterion];
    const sp_entity *e = &vocab->entities.items[c->entity];
    const sp_facts *facts = w->ex.run->facts;
    sp_buf_add(b, w->texts.criteria[result->criterion]);
    sp_facts_address(facts, e->facet_of != SP_NONE ? e->facet_of : c->entity, result->entity_row, b);
    if (result->with_row != SP_NONE) {
        sp_buf_add_cstr(b, "\", \"with\": \"");
        sp_facts_address(facts, c->with, result->with_row, b);
    }
    add_law_remembered(w, result, cited, b);
    sp_json_lists_add(&w->lists, &w->supporter, result, b);
    sp_buf_add_char(b, '}');
}

/* --- texts that are the same in every case --- */

static bool all_digits(sp_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0 && s.len < 9 && s.ptr[0] != '0';
}

static void add_passage(const sp_rulebase *base, const sp_passage *passage, sp_buf *b)
{
    sp_json_add(b, passage->id);
    sp_buf_add_cstr(b, ": {\"quote\": ");
    sp_json_add(b, passage->quote);
    sp_buf_add_cstr(b, ", \"page\": ");
    if (all_digits(passage->page))
        sp_buf_add(b, passage->page);
    else
        sp_json_add(b, passage->page);
    sp_buf_add_cstr(b, ", \"source\": ");
    sp_json_add(b, base->sources.items[passage->source].id);
    if (passage->note.len > 0) {
        sp_buf_add_cstr(b, ", \"note\": ");
        sp_json_add(b, passage->note);
    }
    sp_buf_add_char(b, '}');
}

/* What was built in a buffer, kept. */
static sp_str keep(sp_verdict_writer *w, sp_buf *b)
{
    sp_str text = sp_arena_dup(&w->texts.arena, sp_buf_str(b));
    w->failed |= b->failed;
    sp_buf_reset(b);
    return text;
}

static void make_names(sp_verdict_writer *w, sp_buf *b)
{
    const sp_vocab *vocab = &w->ex.base->vocab;
    for (uint32_t i = 0; i < vocab->criteria.len; i++) {
        sp_buf_add_cstr(b, "{\"criterion\": \"");
        sp_criterion_name_add(b, vocab, i);
        sp_buf_add_cstr(b, "\", \"subject\": \"");
        w->texts.criteria[i] = keep(w, b);
    }
}

static void make_rules(sp_verdict_writer *w, sp_buf *b)
{
    const sp_rulebase *base = w->ex.base;
    for (size_t i = 0; i < base->rules.len; i++)
        for (unsigned state = 0; state < 4; state++) {
            sp_buf_add_cstr(b, "{\"id\": \"");
            sp_buf_add(b, base->rules.items[i].id);
            sp_buf_add_cstr(b, "\", \"state\": \"");
            sp_buf_add_cstr(b, sp_state_word((sp_state)state));
            sp_buf_add_cstr(b, "\"}");
            w->texts.rules[i][state] = keep(w, b);
        }
}

static void make_sources(sp_verdict_writer *w, sp_buf *b)
{
    const sp_rulebase *base = w->ex.base;
    for (size_t i = 0; i < base->passages.len; i++) {
        sp_json_add(b, base->passages.items[i].id);
        w->texts.passage_ids[i] = keep(w, b);
        add_passage(base, &base->passages.items[i], b);
        w->texts.passages[i] = keep(w, b);
    }
    for (size_t i = 0; i < w->supporter.cites.authority_count; i++) {
        sp_json_add(b, w->supporter.cites.authorities[i]);
        w->texts.authorities[i] = keep(w, b);
    }
}

static bool make_texts(sp_verdict_writer *w)
{
    const sp_rulebase *base = w->ex.base;
    sp_json_texts *t = &w->texts;
    sp_buf b = {0};
    t->criteria = SP_NEW_ARRAY(&t->arena, sp_str, base->vocab.criteria.len);
    t->rules = sp_arena_calloc(&t->arena, base->rules.len, sizeof *t->rules);
    t->passage_ids = SP_NEW_ARRAY(&t->arena, sp_str, base->passages.len);
    t->passages = SP_NEW_ARRAY(&t->arena, sp_str, base->passages.len);
    t->authorities = SP_NEW_ARRAY(&t->arena, sp_str, w->supporter.cites.authority_count);
    if (!t->arena.failed) {
        make_names(w, &b);
        make_rules(w, &b);
        make_sources(w, &b);
    }
    sp_buf_clear(&b);
    w->failed |= t->arena.failed;
    return !w->failed;
}

void sp_verdict_json(sp_verdict_writer *w, uint32_t case_index, sp_buf *b)
{
    const sp_facts *facts = w->ex.run->facts;
    const sp_rulebase *base = w->ex.base;
    const sp_network *net = w->ex.run->net;
    bool *cited = SP_NEW_ARRAY(&w->arena, bool, base->passages.len);
    if (cited == NULL || (w->texts.criteria == NULL && !make_texts(w)) ||
        !sp_results_of_case(&w->ex, case_index, &w->arena, &w->results)) {
        w->failed = true;
        return;
    }
    sp_json_lists_begin(&w->lists, facts, case_index, &w->arena);
    sp_buf_add_cstr(b, "{\"surplace\": \"verdict/1\", \"case\": ");
    sp_json_add(b,
                w->style.redact ? SP_LIT("[case]") : sp_facts_span(facts, facts->cases[case_index].name));
    sp_buf_add_cstr(b, ", \"reading\": ");
    sp_json_add(b, net->reading == SP_NONE ? SP_EMPTY : base->readings.items[net->reading].id);
    sp_buf_add_cstr(b, ", \"results\": [");
    for (size_t i = 0; i < w->results.len; i++) {
        if (i > 0)
            sp_buf_add_cstr(b, ", ");
        add_result(w, &w->results.items[i], cited, b);
    }
    sp_buf_add_cstr(b, "], \"passages\": {");
    bool first = true;
    for (size_t i = 0; i < base->passages.len; i++) {
        if (!cited[i])
            continue;
        if (!first)
            sp_buf_add_cstr(b, ", ");
        sp_buf_add(b, w->texts.passages[i]);
        first = false;
    }
    sp_buf_add_cstr(b, "}}");
    w->failed |= w->lists.failed || w->supporter.failed || w->ex.failed || w->arena.failed;
}
