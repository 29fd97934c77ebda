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
    sp_arena_free(&w->arena);
}

void sp_criterion_name_add(sp_buf *b, const sp_vocab *vocab, uint32_t criterion)
{
    const sp_criterion *c = &vocab->criteria.items[criterion];
    sp_buf_add(b, vocab->entities.items[c->entity].name);
    sp_buf_add_char(b, '.');
    sp_buf_add(b, c->name);
}

static void entity_rows(const sp_run *run, uint32_t criterion, uint32_t root_row, uint32_t *row,
                        uint32_t *with_row)
{
    const sp_frame_rows *frame = &run->rows.frames[run->net->root_frames[criterion]];
    *row = frame->value != NULL ? frame->value[root_row] : root_row;
    *with_row = frame->with_row != NULL ? frame->with_row[root_row] : SP_NONE;
}

void sp_criterion_address_add(sp_buf *b, const sp_run *run, uint32_t criterion, uint32_t root_row)
{
    const sp_vocab *vocab = run->facts->vocab;
    const sp_criterion *c = &vocab->criteria.items[criterion];
    const sp_entity *e = &vocab->entities.items[c->entity];
    uint32_t row, with_row;
    entity_rows(run, criterion, root_row, &row, &with_row);
    sp_facts_address(run->facts, e->facet_of != SP_NONE ? e->facet_of : c->entity, row, b);
    sp_buf_add_char(b, '.');
    sp_buf_add(b, c->name);
    if (with_row == SP_NONE)
        return;
    sp_buf_add_char(b, '(');
    sp_facts_address(run->facts, c->with, with_row, b);
    sp_buf_add_char(b, ')');
}

static void key(sp_buf *b, const char *name)
{
    sp_buf_add_cstr(b, ", \"");
    sp_buf_add_cstr(b, name);
    sp_buf_add_cstr(b, "\": ");
}

static int compare_texts(const void *a, const void *b)
{
    return sp_str_cmp(*(const sp_str *)a, *(const sp_str *)b);
}

/* A list of texts, sorted, each once: the order in which reasons were found is no part of the result. */
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
        sp_json_add(b, texts[i]);
    }
    sp_buf_add_char(b, ']');
}

static void add_items(sp_verdict_writer *w, const char *name, const sp_items *items, sp_buf *b)
{
    key(b, name);
    if (items->len == 0) {
        sp_buf_add_cstr(b, "[]");
        return;
    }
    sp_str *texts = SP_NEW_ARRAY(&w->arena, sp_str, items->len);
    sp_buf address = {0};
    for (size_t i = 0; i < items->len && texts != NULL; i++) {
        sp_buf_reset(&address);
        sp_fact_address_add(&address, w->ex.run->facts, items->items[i].fact, items->items[i].row);
        texts[i] = sp_arena_dup(&w->arena, sp_buf_str(&address));
    }
    if (texts != NULL)
        add_sorted(b, texts, items->len);
    sp_buf_clear(&address);
}

static void add_presumptions(sp_verdict_writer *w, sp_buf *b)
{
    const sp_support *support = &w->support;
    key(b, "presumptions");
    if (support->presumptions.len == 0) {
        sp_buf_add_cstr(b, "[]");
        return;
    }
    sp_str *texts = SP_NEW_ARRAY(&w->arena, sp_str, support->presumptions.len);
    sp_buf name = {0};
    for (size_t i = 0; i < support->presumptions.len && texts != NULL; i++) {
        const sp_presumed *p = &support->presumptions.items[i];
        const sp_vocab *vocab = &w->ex.base->vocab;
        sp_buf_reset(&name);
        if (p->criterion != SP_NONE) {
            sp_criterion_name_add(&name, vocab, p->criterion);
        } else {
            const sp_fact *fact = &vocab->facts.items[p->fact.fact];
            sp_buf_printf(&name, "%.*s.%.*s", SP_STR(vocab->entities.items[fact->entity].name),
                          SP_STR(fact->name));
        }
        texts[i] = sp_arena_dup(&w->arena, sp_buf_str(&name));
    }
    if (texts != NULL)
        add_sorted(b, texts, support->presumptions.len);
    sp_buf_clear(&name);
}

static void add_rules(sp_verdict_writer *w, const sp_result *result, sp_buf *b)
{
    const sp_network *net = w->ex.run->net;
    key(b, "rules");
    sp_buf_add_char(b, '[');
    for (uint32_t i = net->first_rule[result->criterion]; i < net->first_rule[result->criterion + 1]; i++) {
        const sp_rule *rule = &w->ex.base->rules.items[net->rules.items[i]];
        sp_state state = sp_run_state(w->ex.run, net->cond_nodes[rule->condition->number], result->row);
        if (i > net->first_rule[result->criterion])
            sp_buf_add_cstr(b, ", ");
        sp_buf_add_cstr(b, "{\"id\": \"");
        sp_buf_add(b, rule->id);
        sp_buf_add_cstr(b, "\", \"state\": \"");
        sp_buf_add_cstr(b, sp_state_word(state));
        sp_buf_add_cstr(b, "\"}");
    }
    sp_buf_add_char(b, ']');
}

static void add_citations(sp_verdict_writer *w, bool *cited, sp_buf *b)
{
    const sp_support *support = &w->support;
    key(b, "passages");
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < support->passages.len; i++) {
        cited[support->passages.items[i]] = true;
        sp_buf_add_cstr(b, i > 0 ? ", \"" : "\"");
        sp_buf_add(b, w->ex.base->passages.items[support->passages.items[i]].id);
        sp_buf_add_char(b, '"');
    }
    sp_buf_add_char(b, ']');
    key(b, "authority");
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < support->authority.len; i++) {
        if (i > 0)
            sp_buf_add_cstr(b, ", ");
        sp_json_add(b, support->authority.items[i]);
    }
    sp_buf_add_char(b, ']');
}

static void add_result(sp_verdict_writer *w, const sp_result *result, bool *cited, sp_buf *b)
{
    const sp_vocab *vocab = &w->ex.base->vocab;
    const sp_criterion *c = &vocab->criteria.items[result->criterion];
    const sp_entity *e = &vocab->entities.items[c->entity];
    const sp_facts *facts = w->ex.run->facts;
    sp_supporter_collect(&w->supporter, result->criterion, result->row, &w->support);
    sp_buf_add_cstr(b, "{\"criterion\": \"");
    sp_criterion_name_add(b, vocab, result->criterion);
    sp_buf_add_cstr(b, "\", \"subject\": \"");
    sp_facts_address(facts, e->facet_of != SP_NONE ? e->facet_of : c->entity, result->entity_row, b);
    sp_buf_add_char(b, '"');
    if (result->with_row != SP_NONE) {
        sp_buf_add_cstr(b, ", \"with\": \"");
        sp_facts_address(facts, c->with, result->with_row, b);
        sp_buf_add_char(b, '"');
    }
    sp_buf_add_cstr(b, ", \"state\": \"");
    sp_buf_add_cstr(b, sp_state_word(result->state));
    sp_buf_add_char(b, '"');
    add_rules(w, result, b);
    add_citations(w, cited, b);
    add_presumptions(w, b);
    add_items(w, "judgments", &w->support.judgments, b);
    add_items(w, "open", &w->support.open, b);
    add_items(w, "contested", &w->support.contested, b);
    sp_buf_add_char(b, '}');
}

static bool all_digits(sp_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0 && s.len < 9 && s.ptr[0] != '0';
}

static void add_passage(sp_verdict_writer *w, const sp_passage *passage, sp_buf *b)
{
    sp_json_add(b, passage->id);
    sp_buf_add_cstr(b, ": {\"quote\": ");
    sp_json_add(b, passage->quote);
    key(b, "page");
    if (all_digits(passage->page))
        sp_buf_add(b, passage->page);
    else
        sp_json_add(b, passage->page);
    key(b, "source");
    sp_json_add(b, w->ex.base->sources.items[passage->source].id);
    if (passage->note.len > 0) {
        key(b, "note");
        sp_json_add(b, passage->note);
    }
    sp_buf_add_char(b, '}');
}

void sp_verdict_json(sp_verdict_writer *w, uint32_t case_index, sp_buf *b)
{
    const sp_facts *facts = w->ex.run->facts;
    const sp_rulebase *base = w->ex.base;
    const sp_network *net = w->ex.run->net;
    bool *cited = SP_NEW_ARRAY(&w->arena, bool, base->passages.len);
    if (cited == NULL || !sp_results_of_case(&w->ex, case_index, &w->arena, &w->results)) {
        w->failed = true;
        return;
    }
    sp_buf_add_cstr(b, "{\"surplace\": \"verdict/1\"");
    key(b, "case");
    sp_json_add(b,
                w->style.redact ? SP_LIT("[case]") : sp_facts_span(facts, facts->cases[case_index].name));
    key(b, "reading");
    sp_json_add(b, net->reading == SP_NONE ? SP_EMPTY : base->readings.items[net->reading].id);
    key(b, "results");
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < w->results.len; i++) {
        if (i > 0)
            sp_buf_add_cstr(b, ", ");
        add_result(w, &w->results.items[i], cited, b);
    }
    sp_buf_add_char(b, ']');
    key(b, "passages");
    sp_buf_add_char(b, '{');
    bool first = true;
    for (size_t i = 0; i < base->passages.len; i++) {
        if (!cited[i])
            continue;
        if (!first)
            sp_buf_add_cstr(b, ", ");
        add_passage(w, &base->passages.items[i], b);
        first = false;
    }
    sp_buf_add_cstr(b, "}}");
    w->failed |= w->supporter.failed || w->ex.failed || w->arena.failed;
}
