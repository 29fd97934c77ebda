#include "render/test_log.h"

#include <stdlib.h>

#include "render/verdict.h"
#include "text/suggest.h"

/* Addresses shown of each kind before the rest is only counted. */
#define ADDRESSES_SHOWN 8u

void sp_test_log_free(sp_test_log *log)
{
    SP_VEC_FREE(&log->files);
    SP_VEC_FREE(&log->results);
    SP_VEC_FREE(&log->readings);
    sp_arena_wipe(&log->arena);
    *log = (sp_test_log){0};
}

void sp_test_log_file(sp_test_log *log, sp_str name)
{
    sp_test_file file = {.name = sp_arena_dup(&log->arena, name)};
    log->failed |= log->arena.failed || !SP_VEC_PUSH(&log->files, file);
}

sp_str sp_test_reading(const sp_test_log *log, uint32_t reading)
{
    return reading == SP_NONE ? SP_EMPTY : log->base->readings.items[reading].id;
}

/* --- what explains a failure --- */

struct lines {
    sp_test_log *log;
    sp_checker *checker;
    SP_VEC(sp_test_line) list;
    sp_buf text; /* of the line being written */
};

static void end_line(struct lines *l, uint32_t depth)
{
    sp_test_line line = {depth, sp_arena_dup(&l->log->arena, sp_buf_str(&l->text))};
    l->log->failed |= l->text.failed || l->log->arena.failed || !SP_VEC_PUSH(&l->list, line);
    sp_buf_reset(&l->text);
}

static void add_place(sp_buf *b, const sp_place *place)
{
    if (place->input == NULL)
        return;
    sp_buf_printf(b, " (%.*s:%u)", SP_STR(place->input->name), place->line);
}

static int compare_texts(const void *a, const void *b)
{
    return sp_str_cmp(*(const sp_str *)a, *(const sp_str *)b);
}

/* "a, b, c and 3 more", sorted, each once. */
static void add_texts(sp_buf *b, sp_str *texts, size_t count)
{
    size_t shown = 0, distinct = 0;
    if (count > 1)
        qsort(texts, count, sizeof *texts, compare_texts);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && sp_str_eq(texts[i], texts[i - 1]))
            continue;
        distinct++;
        if (shown == ADDRESSES_SHOWN)
            continue;
        sp_buf_add_cstr(b, shown++ > 0 ? ", " : "");
        sp_buf_add(b, texts[i]);
    }
    if (distinct > shown)
        sp_buf_printf(b, " and %zu more", distinct - shown);
}

static sp_str fact_address(struct lines *l, uint32_t fact, uint32_t row)
{
    sp_buf b = {0};
    sp_fact_address_add(&b, l->checker->ex.run->facts, fact, row);
    sp_str text = sp_arena_dup(&l->log->arena, sp_buf_str(&b));
    l->log->failed |= b.failed;
    sp_buf_clear(&b);
    return text;
}

static void add_facts_read(struct lines *l, const sp_why *why)
{
    sp_targets targets = {0};
    size_t count = 0;
    sp_why_facts(&l->checker->ex, why, &targets);
    sp_str *texts = SP_NEW_ARRAY(&l->log->arena, sp_str, targets.len);
    for (size_t i = 0; i < targets.len && texts != NULL; i++)
        if (targets.items[i].fact != SP_NONE)
            texts[count++] = fact_address(l, targets.items[i].fact, targets.items[i].row);
    if (count > 0) {
        sp_buf_add_cstr(&l->text, " [");
        add_texts(&l->text, texts, count);
        sp_buf_add_char(&l->text, ']');
    }
    l->log->failed |= l->checker->ex.failed;
    SP_VEC_FREE(&targets);
}

static void write_clue(struct lines *l, const sp_clue *clue)
{
    const sp_why *why = &clue->why;
    const sp_rulebase *base = l->log->base;
    const char *state = sp_state_word((sp_state)why->state);
    bool leaf = why->cond != NULL && why->cond->kind == SP_COND_LEAF;
    switch ((sp_why_kind)why->kind) {
    case SP_WHY_RULE:
        sp_criterion_address_add(&l->text, l->checker->ex.run, why->criterion, why->row);
        sp_buf_printf(&l->text, ": rule %.*s: %s", SP_STR(base->rules.items[why->rule].id), state);
        if (leaf)
            add_facts_read(l, why);
        add_place(&l->text, &base->rules.items[why->rule].place);
        break;
    case SP_WHY_CRITERION:
        sp_criterion_address_add(&l->text, l->checker->ex.run, why->criterion, why->row);
        sp_buf_printf(&l->text, ": %s, %s", state,
                      why->presumes ? "presumed" : "no rule in force says anything of it");
        break;
    case SP_WHY_LIST:
        sp_buf_add_cstr(&l->text, why->state == SP_OPEN        ? "not a complete list"
                                  : why->state == SP_CONTESTED ? "a contested list"
                                                               : "a list without members");
        add_facts_read(l, why);
        break;
    case SP_WHY_COND:
    case SP_WHY_MEMBER:
    case SP_WHY_LIMIT:
        if (why->role == SP_ROLE_EXCEPTION)
            sp_buf_add_cstr(&l->text, "exception ");
        if (leaf || why->cond->title.len == 0)
            sp_buf_printf(&l->text, "`%.*s`", SP_STR(why->cond->text));
        else
            sp_buf_add(&l->text, why->cond->title);
        sp_buf_printf(&l->text, ": %s%s", state, why->presumes ? ", presumed" : "");
        add_facts_read(l, why);
        break;
    }
    end_line(l, clue->depth + 1);
}

static void write_items(struct lines *l, const char *what, const sp_items *items)
{
    sp_str *texts = SP_NEW_ARRAY(&l->log->arena, sp_str, items->len);
    if (items->len == 0 || texts == NULL)
        return;
    for (size_t i = 0; i < items->len; i++)
        texts[i] = fact_address(l, items->items[i].fact, items->items[i].row);
    sp_buf_printf(&l->text, "%s: ", what);
    add_texts(&l->text, texts, items->len);
    end_line(l, 0);
}

/* A rule that was expected: perhaps it is only misspelt. */
static void write_missing(struct lines *l, sp_str id)
{
    const sp_rulebase *base = l->log->base;
    sp_suggest suggest;
    sp_suggest_begin(&suggest, id);
    for (size_t i = 0; i < base->rules.len; i++) {
        if (sp_str_eq(base->rules.items[i].id, id)) {
            sp_buf_printf(&l->text, "rule %.*s is no reason here", SP_STR(id));
            add_place(&l->text, &base->rules.items[i].place);
            end_line(l, 0);
            return;
        }
        sp_suggest_offer(&suggest, base->rules.items[i].id);
    }
    sp_buf_printf(&l->text, "the rule base has no rule %.*s", SP_STR(id));
    if (sp_suggest_best(&suggest).len > 0)
        sp_buf_printf(&l->text, "; did you mean %.*s?", SP_STR(sp_suggest_best(&suggest)));
    end_line(l, 0);
}

static void write_lines(struct lines *l, const sp_test_result *result)
{
    const sp_checker *c = l->checker;
    sp_buf_add(&l->text, result->address);
    if (result->reading != SP_NONE)
        sp_buf_printf(&l->text, ", reading %.*s", SP_STR(sp_test_reading(l->log, result->reading)));
    sp_buf_printf(&l->text, ", in: %.*s", SP_STR(result->case_name));
    end_line(l, 0);
    for (size_t i = 0; i < c->missing.len; i++)
        write_missing(l, c->missing.items[i]);
    for (size_t i = 0; i < c->clues.len; i++)
        write_clue(l, &c->clues.items[i]);
    if (c->more_clues) {
        sp_buf_add_cstr(&l->text, "and more");
        end_line(l, 1);
    }
    write_items(l, "contested", &c->support.contested);
    write_items(l, "open", &c->support.open);
}

static void write_message(const sp_checker *c, const sp_expectation *e, sp_buf *b)
{
    if (c->found != e->state) {
        sp_buf_printf(b, "expected %s, found %s", sp_state_word(e->state), sp_state_word(c->found));
        return;
    }
    sp_buf_printf(b, "%s as expected, but not by rule%s ", sp_state_word(c->found),
                  c->missing.len > 1 ? "s" : "");
    for (size_t i = 0; i < c->missing.len; i++)
        sp_buf_printf(b, "%s%.*s", i > 0 ? ", " : "", SP_STR(c->missing.items[i]));
}

static const sp_str *kept(sp_test_log *log, const sp_str *texts, size_t count)
{
    sp_str *copies = SP_NEW_ARRAY(&log->arena, sp_str, count);
    for (size_t i = 0; i < count && copies != NULL; i++)
        copies[i] = sp_arena_dup(&log->arena, texts[i]);
    return copies;
}

static void explain_failure(sp_test_log *log, sp_checker *c, const sp_expectation *e,
                            sp_test_result *result)
{
    struct lines l = {.log = log, .checker = c};
    write_message(c, e, &l.text);
    result->message = sp_arena_dup(&log->arena, sp_buf_str(&l.text));
    sp_buf_reset(&l.text);
    write_lines(&l, result);
    sp_test_line *lines = SP_NEW_ARRAY(&log->arena, sp_test_line, l.list.len);
    for (size_t i = 0; i < l.list.len && lines != NULL; i++)
        lines[i] = l.list.items[i];
    result->lines = lines;
    result->line_count = lines != NULL ? l.list.len : 0;
    SP_VEC_FREE(&l.list);
    sp_buf_clear(&l.text);
}

void sp_test_log_result(sp_test_log *log, sp_checker *c, const sp_expectation *e, bool passed)
{
    const sp_facts *facts = c->ex.run->facts;
    if (log->failed || log->files.len == 0)
        return;
    sp_test_result result = {.file = (uint32_t)log->files.len - 1,
                             .line = e->line,
                             .column = e->column,
                             .reading = c->ex.run->net->reading,
                             .expected = e->state,
                             .found = c->found,
                             .rule_count = e->rules_count,
                             .missing_count = passed ? 0 : c->missing.len,
                             .passed = passed};
    sp_str *rules = SP_NEW_ARRAY(&log->arena, sp_str, e->rules_count);
    for (uint32_t i = 0; i < e->rules_count && rules != NULL; i++)
        rules[i] = sp_arena_dup(&log->arena,
                                sp_facts_span(facts, facts->expected_rules.items[e->rules_start + i]));
    result.rules = rules;
    result.missing = kept(log, c->missing.items, result.missing_count);
    result.case_name = sp_arena_dup(&log->arena, sp_facts_span(facts, facts->cases[e->case_index].name));
    result.address = sp_arena_dup(&log->arena, sp_facts_span(facts, e->path));
    if (!passed)
        explain_failure(log, c, e, &result);
    log->failed |= log->arena.failed || !SP_VEC_PUSH(&log->results, result);
    sp_test_file *file = &log->files.items[result.file];
    *(passed ? &file->passed : &file->failed) += 1;
}

/* --- the whole --- */

static int compare_results(const void *a, const void *b)
{
    const sp_test_result *x = a, *y = b;
    uint32_t left[] = {x->file, x->line, x->column, x->reading},
             right[] = {y->file, y->line, y->column, y->reading};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return sp_str_cmp(x->address, y->address);
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

void sp_test_log_sort(sp_test_log *log)
{
    if (log->results.len > 1)
        qsort(log->results.items, log->results.len, sizeof *log->results.items, compare_results);
    /* readings are numbered in the order of their names */
    if (log->readings.len > 1)
        qsort(log->readings.items, log->readings.len, sizeof *log->readings.items, compare_numbers);
}

size_t sp_test_log_count(const sp_test_log *log, bool passed)
{
    size_t count = 0;
    for (size_t i = 0; i < log->results.len; i++)
        count += log->results.items[i].passed == passed;
    return count;
}

size_t sp_test_log_faulty(const sp_test_log *log)
{
    size_t count = 0;
    for (size_t i = 0; i < log->files.len; i++)
        count += log->files.items[i].faulty;
    return count;
}

sp_mutant_count sp_test_log_mutants(const sp_test_log *log)
{
    sp_mutant_count count = {0};
    for (size_t i = 0; log->mutants != NULL && i < log->mutants->list.len; i++) {
        const sp_mutant *m = &log->mutants->list.items[i];
        count.tried += m->fate != SP_MUTANT_ASLEEP;
        count.noticed += m->fate == SP_MUTANT_NOTICED;
        count.impossible += m->fate == SP_MUTANT_IMPOSSIBLE;
        count.survived += m->fate == SP_MUTANT_SURVIVED;
        count.explained += m->fate == SP_MUTANT_SURVIVED && m->because.len > 0;
    }
    for (size_t i = 0; log->mutants != NULL && i < log->explained->len; i++)
        count.idle += log->explained->items[i].use >= SP_EXPLAINED_NOTICED;
    return count;
}
