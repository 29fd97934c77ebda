#include <stdlib.h>
#include <string.h>

#include "render/verdict.h"

bool sp_verdict_begin(sp_verdict_writer *w, sp_run *run)
{
    w->ex.run = run;
    w->ex.base = run->net->base;
    sp_arena_reset(&w->arena);
    return sp_supporter_begin(&w->supporter, &w->ex);
}

void sp_verdict_free(sp_verdict_writer *w)
{
    sp_explainer_free(&w->ex);
    sp_supporter_free(&w->supporter);
    sp_support_free(&w->support);
    SP_VEC_FREE(&w->results);
    sp_buf_clear(&w->scratch);
    sp_arena_free(&w->texts.arena);
    sp_arena_free(&w->arena);
}

static int compare_texts(const void *a, const void *b)
{
    return sp_str_cmp(*(const sp_str *)a, *(const sp_str *)b);
}

/* A list of names or addresses, sorted, each once: the order in which reasons were found is no part of the result.
 * Names and ids have no character that JSON escapes: the readers see to it. */
static void add_sorted(sp_buf *b, sp_str *texts, size_t count)
{
    if (count > 1)
        qsort(texts, count, sizeof *texts, compare_texts);
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && sp_str_eq(texts[i], texts[i - 1]))
            continue;
        if (i > 0)
            sp_buf_add_cstr(b, ", ");
        sp_buf_add_char(b, '"');
        sp_buf_add(b, texts[i]);
        sp_buf_add_char(b, '"');
    }
    sp_buf_add_char(b, ']');
}

static void add_items(sp_verdict_writer *w, const sp_items *items, sp_buf *b)
{
    const sp_facts *facts = w->ex.run->facts;
    if (items->len == 0) {
        sp_buf_add_cstr(b, "[]");
        return;
    }
    if (items->len == 1) {
        sp_buf_add_cstr(b, "[\"");
        sp_fact_address_add(b, facts, items->items[0].fact, items->items[0].row);
        sp_buf_add_cstr(b, "\"]");
        return;
    }
    sp_str *texts = SP_NEW_ARRAY(&w->arena, sp_str, items->len);
    w->scratch.len = 0;
    for (size_t i = 0; i < items->len && texts != NULL; i++) {
        size_t start = w->scratch.len;
        sp_fact_address_add(&w->scratch, facts, items->items[i].fact, items->items[i].row);
        texts[i].len = w->scratch.len - start;
    }
    /* the texts are known to stay where they are only now */
    const char *at = w->scratch.data;
    for (size_t i = 0; i < items->len && texts != NULL; at += texts[i++].len)
        texts[i].ptr = at;
    w->failed |= w->scratch.failed;
    if (texts != NULL && !w->scratch.failed)
        add_sorted(b, texts, items->len);
}

static void add_presumptions(sp_verdict_writer *w, sp_buf *b)
{
    const sp_support *support = &w->support;
    if (support->presumptions.len == 0) {
        sp_buf_add_cstr(b, "[]");
        return;
    }
    sp_str *texts = SP_NEW_ARRAY(&w->arena, sp_str, support->presumptions.len);
    for (size_t i = 0; i < support->presumptions.len && texts != NULL; i++) {
        const sp_presumed *p = &support->presumptions.items[i];
        texts[i] = p->criterion != SP_NONE ? w->texts.criterion_names[p->criterion]
                                           : w->texts.fact_names[p->fact.fact];
    }
    if (texts != NULL)
        add_sorted(b, texts, support->presumptions.len);
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

static void add_support(sp_verdict_writer *w, bool *cited, sp_buf *b)
{
    const sp_support *support = &w->support;
    for (size_t i = 0; i < support->passages.len; i++)
        cited[support->passages.items[i]] = true;
    sp_buf_add_cstr(b, "], \"passages\": [");
    add_numbered(b, w->texts.passage_ids, support->passages.items, support->passages.len);
    sp_buf_add_cstr(b, "], \"authority\": [");
    add_numbered(b, w->texts.authorities, support->authority.items, support->authority.len);
    sp_buf_add_cstr(b, "], \"presumptions\": ");
    add_presumptions(w, b);
    sp_buf_add_cstr(b, ", \"judgments\": ");
    add_items(w, &support->judgments, b);
    sp_buf_add_cstr(b, ", \"open\": ");
    add_items(w, &support->open, b);
    sp_buf_add_cstr(b, ", \"contested\": ");
    add_items(w, &support->contested, b);
    sp_buf_add_char(b, '}');
}

static void add_result(sp_verdict_writer *w, const sp_result *result, bool *cited, sp_buf *b)
{
    const sp_vocab *vocab = &w->ex.base->vocab;
    const sp_criterion *c = &vocab->criteria.items[result->criterion];
    const sp_entity *e = &vocab->entities.items[c->entity];
    const sp_facts *facts = w->ex.run->facts;
    sp_supporter_collect(&w->supporter, result->criterion, result->row, &w->support);
    sp_buf_add(b, w->texts.criteria[result->criterion]);
    sp_facts_address(facts, e->facet_of != SP_NONE ? e->facet_of : c->entity, result->entity_row, b);
    if (result->with_row != SP_NONE) {
        sp_buf_add_cstr(b, "\", \"with\": \"");
        sp_facts_address(facts, c->with, result->with_row, b);
    }
    sp_buf_add_cstr(b, "\", \"state\": \"");
    sp_buf_add_cstr(b, sp_state_word(result->state));
    sp_buf_add_cstr(b, "\", \"rules\": [");
    add_rules(w, result, b);
    add_support(w, cited, b);
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
        sp_criterion_name_add(b, vocab, i);
        w->texts.criterion_names[i] = keep(w, b);
        sp_buf_add_cstr(b, "{\"criterion\": \"");
        sp_buf_add(b, w->texts.criterion_names[i]);
        sp_buf_add_cstr(b, "\", \"subject\": \"");
        w->texts.criteria[i] = keep(w, b);
    }
    for (uint32_t i = 0; i < vocab->facts.len; i++) {
        sp_buf_add(b, vocab->entities.items[vocab->facts.items[i].entity].name);
        sp_buf_add_char(b, '.');
        sp_buf_add(b, vocab->facts.items[i].name);
        w->texts.fact_names[i] = keep(w, b);
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
    for (size_t i = 0; i < w->supporter.authority_count; i++) {
        sp_json_add(b, w->supporter.authorities[i]);
        w->texts.authorities[i] = keep(w, b);
    }
}

static bool make_texts(sp_verdict_writer *w)
{
    const sp_rulebase *base = w->ex.base;
    sp_json_texts *t = &w->texts;
    sp_buf b = {0};
    t->criterion_names = SP_NEW_ARRAY(&t->arena, sp_str, base->vocab.criteria.len);
    t->fact_names = SP_NEW_ARRAY(&t->arena, sp_str, base->vocab.facts.len);
    t->criteria = SP_NEW_ARRAY(&t->arena, sp_str, base->vocab.criteria.len);
    t->rules = sp_arena_calloc(&t->arena, base->rules.len, sizeof *t->rules);
    t->passage_ids = SP_NEW_ARRAY(&t->arena, sp_str, base->passages.len);
    t->passages = SP_NEW_ARRAY(&t->arena, sp_str, base->passages.len);
    t->authorities = SP_NEW_ARRAY(&t->arena, sp_str, w->supporter.authority_count);
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
    w->failed |= w->supporter.failed || w->ex.failed || w->arena.failed;
}
