/* The report: headline verdicts, then under each its elements as a numbered outline with the facts that decided them,
 * what is open, what was presumed, the judgments, explanations of State conduct apart from law, and the passages. */
#include <stdlib.h>
#include <string.h>

#include "render/head.h"
#include "render/outline.h"
#include "render/passages.h"

/* Open questions shown before the report says how many more there are. */
#define QUESTIONS_SHOWN 12

static void heading(sp_report *r, const char *text)
{
    sp_heading_add(r->b, &r->w->style, text);
}

/* --- headlines --- */

static bool headline(const sp_report *r, const sp_result *result)
{
    return r->w->ex.base->vocab.criteria.items[result->criterion].headline;
}

static bool explanation(const sp_report *r, uint32_t criterion)
{
    const sp_vocab *vocab = &r->w->ex.base->vocab;
    return vocab->entities.items[vocab->criteria.items[criterion].entity].explanation;
}

static void add_result_title(sp_report *r, const sp_result *result, sp_buf *line)
{
    const sp_criterion *c = &r->w->ex.base->vocab.criteria.items[result->criterion];
    sp_buf_add(line, c->title);
    if (result->with_row != SP_NONE) {
        sp_buf_add_cstr(line, ": ");
        sp_subject_add(line, r->w->ex.run->facts, c->with, result->with_row, &r->w->style);
    }
}

/* A verdict on a pair that nobody asked about and nothing is said of is noise among the headlines. */
static bool worth_a_headline(const sp_report *r, const sp_result *result)
{
    return headline(r, result) && (result->with_row == SP_NONE || result->state != SP_OPEN);
}

static void write_headlines(sp_report *r)
{
    const sp_facts *facts = r->w->ex.run->facts;
    uint32_t entity = SP_NONE, row = SP_NONE;
    heading(r, "VERDICTS");
    for (size_t i = 0; i < r->w->results.len; i++) {
        const sp_result *result = &r->w->results.items[i];
        const sp_criterion *c = &r->w->ex.base->vocab.criteria.items[result->criterion];
        if (!worth_a_headline(r, result) || explanation(r, result->criterion))
            continue;
        sp_buf line = {0};
        if (c->entity != entity || result->entity_row != row) {
            sp_subject_add(&line, facts, c->entity, result->entity_row, &r->w->style);
            sp_buf_add_cstr(r->b, "  ");
            sp_wrap_add(r->b, &r->w->style, 2, 2, sp_buf_str(&line));
            sp_buf_reset(&line);
            entity = c->entity;
            row = result->entity_row;
        }
        add_result_title(r, result, &line);
        if (sp_run_presumed(r->w->ex.run, r->w->ex.run->net->criterion_nodes[result->criterion],
                            result->row))
            sp_buf_add_cstr(&line, " (on a presumption)");
        sp_buf_add_cstr(r->b, "    ");
        sp_report_mark(r, result->state);
        sp_buf_printf(r->b, " %-10s", sp_state_word(result->state));
        sp_wrap_add(r->b, &r->w->style, 16, 16, sp_buf_str(&line));
        sp_buf_clear(&line);
    }
}

static void write_reasons(sp_report *r)
{
    heading(r, "REASONS");
    for (size_t i = 0; i < r->w->results.len; i++) {
        const sp_result *result = &r->w->results.items[i];
        if (worth_a_headline(r, result) && !explanation(r, result->criterion))
            sp_outline_ask(r, result->criterion, result->row);
    }
    sp_outline_write(r);
}

/* --- what is open, presumed, judged --- */

struct question {
    sp_item item;
    uint32_t verdicts; /* headline verdicts that hang on it */
    sp_str entity;     /* then facts of one entity as declared */
    sp_str address;    /* orders equals: the order of rows is that of the file, and means nothing */
};

typedef SP_VEC(struct question) questions;

static int compare_questions(const void *a, const void *b)
{
    const struct question *x = a, *y = b;
    if (x->verdicts != y->verdicts)
        return x->verdicts > y->verdicts ? -1 : 1;
    int order = sp_str_cmp(x->entity, y->entity);
    if (order != 0)
        return order;
    if (x->item.fact != y->item.fact)
        return x->item.fact < y->item.fact ? -1 : 1;
    return sp_str_cmp(x->address, y->address);
}

static void gather(sp_report *r, questions *list, const sp_items *items)
{
    for (size_t i = 0; i < items->len; i++) {
        size_t q = 0;
        while (q < list->len && (list->items[q].item.fact != items->items[i].fact ||
                                 list->items[q].item.row != items->items[i].row))
            q++;
        if (q == list->len) {
            sp_buf address = {0};
            sp_fact_address_add(&address, r->w->ex.run->facts, items->items[i].fact, items->items[i].row);
            const sp_vocab *vocab = &r->w->ex.base->vocab;
            sp_str entity = vocab->entities.items[vocab->facts.items[items->items[i].fact].entity].name;
            struct question question = {items->items[i], 0, entity,
                                        sp_arena_dup(&r->w->arena, sp_buf_str(&address))};
            sp_buf_clear(&address);
            r->w->failed |= !SP_VEC_PUSH(list, question);
        }
        if (q < list->len)
            list->items[q].verdicts++;
    }
}

static void write_questions(sp_report *r, const char *title, questions *list, bool stated)
{
    const sp_facts *facts = r->w->ex.run->facts;
    if (list->len == 0)
        return;
    qsort(list->items, list->len, sizeof *list->items, compare_questions);
    heading(r, title);
    for (size_t i = 0; i < list->len; i++) {
        if (i == QUESTIONS_SHOWN && list->len > QUESTIONS_SHOWN + 1) {
            sp_buf_printf(r->b, "  and %zu more, which fewer verdicts hang on\n", list->len - i);
            break;
        }
        const sp_item *item = &list->items[i].item;
        const sp_fact *fact = &facts->vocab->facts.items[item->fact];
        sp_buf line = {0};
        if (fact->ask.len > 0)
            sp_buf_add(&line, fact->ask);
        else
            sp_fact_title_add(&line, fact);
        sp_buf_add_cstr(&line, " [");
        sp_fact_address_add(&line, facts, item->fact, item->row);
        sp_buf_add_char(&line, ']');
        if (stated || sp_facts_withheld(item->cell)) {
            sp_buf_add_cstr(&line, " \u2014 ");
            sp_stated_add(&line, facts, item->fact, item->cell, &r->w->style);
        }
        sp_buf_add_cstr(r->b, "  \u2022 ");
        sp_wrap_add(r->b, &r->w->style, 4, 4, sp_buf_str(&line));
        sp_buf_clear(&line);
    }
}

/* How far from the day of the case that was: dates of the case are masked where it is redacted. */
static void add_distance(const sp_report *r, const sp_cell *assertion, sp_buf *line)
{
    const sp_facts *facts = r->w->ex.run->facts;
    sp_date day, found;
    if (r->w->style.redact || !sp_facts_day(facts, r->case_index, &day) ||
        !sp_facts_found(facts, assertion, &found))
        return;
    int32_t years = sp_date_years(found, day);
    if (found.from > day.to)
        sp_buf_add_cstr(line, ", after the day of the case");
    else if (years > 0)
        sp_buf_printf(line, ", %d year%s or more before the day of the case", years, years > 1 ? "s" : "");
}

/* Whether what was found at another time is so on the day of the case, only a person can say. */
static void write_dated(sp_report *r, questions *list)
{
    const sp_facts *facts = r->w->ex.run->facts;
    if (list->len == 0)
        return;
    qsort(list->items, list->len, sizeof *list->items, compare_questions);
    heading(r, "RELIED ON, AS FOUND AT ANOTHER TIME");
    for (size_t i = 0; i < list->len; i++) {
        const sp_item *item = &list->items[i].item;
        uint32_t count;
        const sp_cell *said = sp_facts_assertions(facts, item->cell, &count);
        sp_buf line = {0};
        sp_fact_address_add(&line, facts, item->fact, item->row);
        sp_buf_add_cstr(&line, ": ");
        for (uint32_t k = 0; k < count; k++) {
            sp_buf_add_cstr(&line, k > 0 ? " / " : "");
            sp_stated_add(&line, facts, item->fact, &said[k], &r->w->style);
            add_distance(r, &said[k], &line);
        }
        sp_buf_add_cstr(r->b, "  \u2022 ");
        sp_wrap_add(r->b, &r->w->style, 4, 4, sp_buf_str(&line));
        sp_buf_clear(&line);
    }
}

static void add_presumption_line(sp_report *r, const sp_presumed *p, sp_buf *line)
{
    const sp_vocab *vocab = &r->w->ex.base->vocab;
    const sp_network *net = r->w->ex.run->net;
    const sp_presumption *presumption;
    if (p->criterion != SP_NONE) {
        const sp_criterion *c = &vocab->criteria.items[p->criterion];
        presumption = net->criterion_presumptions[p->criterion];
        sp_criterion_address_add(line, r->w->ex.run, p->criterion, p->row);
        sp_buf_printf(line, " %s: %.*s", presumption->if_open == SP_HOLDS ? "holds" : "fails",
                      SP_STR(presumption->if_open == SP_HOLDS ? c->holds : c->fails));
    } else {
        presumption = net->fact_presumptions[p->fact.fact];
        sp_fact_address_add(line, r->w->ex.run->facts, p->fact.fact, p->fact.row);
        sp_buf_printf(line, " is taken as %s.", presumption->if_open == SP_HOLDS ? "yes" : "no");
    }
    sp_buf_printf(line, " Burden: %.*s (", SP_STR(presumption->burden));
    sp_buf names = {0};
    sp_report_add_names(&names, &presumption->authority);
    sp_report_note_authorities(r, &presumption->authority);
    sp_buf_add(line, sp_buf_str(&names));
    sp_buf_clear(&names);
    sp_buf_add_char(line, ')');
}

static int compare_texts(const void *a, const void *b)
{
    return sp_str_cmp(*(const sp_str *)a, *(const sp_str *)b);
}

static void write_presumed(sp_report *r, sp_str *lines, size_t count)
{
    if (count == 0)
        return;
    qsort(lines, count, sizeof *lines, compare_texts);
    heading(r, "PRESUMED, SINCE THE FILE IS SILENT");
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && sp_str_eq(lines[i], lines[i - 1]))
            continue;
        sp_buf_add_cstr(r->b, "  \u2022 ");
        sp_wrap_add(r->b, &r->w->style, 4, 4, lines[i]);
    }
}

/* Walks the headline verdicts once more, for what they hang on. */
static void write_support(sp_report *r)
{
    questions open = {0}, contested = {0}, judgments = {0}, dated = {0};
    SP_VEC(sp_str) presumed = {0};
    for (size_t i = 0; i < r->w->results.len; i++) {
        const sp_result *result = &r->w->results.items[i];
        if (!worth_a_headline(r, result) || explanation(r, result->criterion))
            continue;
        sp_support *s = &r->w->support;
        sp_supporter_collect(&r->w->supporter, result->criterion, result->row, s);
        gather(r, &open, &s->open);
        gather(r, &contested, &s->contested);
        gather(r, &judgments, &s->judgments);
        gather(r, &dated, &s->dated);
        for (size_t p = 0; p < s->presumptions.len; p++) {
            sp_buf line = {0};
            add_presumption_line(r, &s->presumptions.items[p], &line);
            r->w->failed |= !SP_VEC_PUSH(&presumed, sp_arena_dup(&r->w->arena, sp_buf_str(&line)));
            sp_buf_clear(&line);
        }
    }
    write_questions(r, "STILL OPEN: WHAT WOULD SETTLE IT", &open, false);
    write_questions(r, "CONTESTED", &contested, true);
    write_presumed(r, presumed.items, presumed.len);
    write_questions(r, "JUDGMENTS RELIED ON", &judgments, true);
    write_dated(r, &dated);
    SP_VEC_FREE(&open);
    SP_VEC_FREE(&contested);
    SP_VEC_FREE(&judgments);
    SP_VEC_FREE(&dated);
    SP_VEC_FREE(&presumed);
}

/* --- explanations, passages --- */

static void write_explanations(sp_report *r)
{
    bool any = false;
    for (size_t i = 0; i < r->w->results.len; i++) {
        const sp_result *result = &r->w->results.items[i];
        if (!explanation(r, result->criterion) || result->state != SP_HOLDS)
            continue;
        if (!any)
            heading(r, "EXPLANATIONS OF STATE CONDUCT (NO LEGAL EFFECT)");
        any = true;
        const sp_criterion *c = &r->w->ex.base->vocab.criteria.items[result->criterion];
        sp_buf line = {0}, marks = {0};
        sp_subject_add(&line, r->w->ex.run->facts, c->entity, result->entity_row, &r->w->style);
        sp_buf_printf(&line, ": %.*s", SP_STR(c->holds.len > 0 ? c->holds : c->title));
        sp_supporter_collect(&r->w->supporter, result->criterion, result->row, &r->w->support);
        for (size_t p = 0; p < r->w->support.passages.len; p++) {
            const sp_passage *passage = &r->w->ex.base->passages.items[r->w->support.passages.items[p]];
            sp_names one = {.items = &passage->id, .count = 1};
            sp_report_add_marks(r, &marks, &one);
        }
        if (marks.len > 0) {
            sp_buf_add_char(&line, ' ');
            sp_buf_add(&line, sp_buf_str(&marks));
        }
        sp_buf_add_cstr(r->b, "  \u2022 ");
        sp_wrap_add(r->b, &r->w->style, 4, 4, sp_buf_str(&line));
        sp_buf_clear(&line);
        sp_buf_clear(&marks);
    }
}

void sp_verdict_text(sp_verdict_writer *w, uint32_t case_index, sp_buf *b)
{
    const sp_rulebase *base = w->ex.base;
    sp_report r = {.w = w, .case_index = case_index, .b = b};
    r.passage_number = SP_NEW_ARRAY(&w->arena, uint32_t, base->passages.len);
    r.authority_cited = SP_NEW_ARRAY(&w->arena, bool, base->authorities.len);
    bool ready = sp_outline_begin(&r);
    if (!ready || w->arena.failed || !sp_results_of_case(&w->ex, case_index, &w->arena, &w->results)) {
        w->failed = true;
        return;
    }
    sp_head_add(b, &w->style, w->ex.run->facts, case_index, w->ex.run->net);
    write_headlines(&r);
    write_reasons(&r);
    write_support(&r);
    write_explanations(&r);
    sp_report_passages(&r);
    sp_report_authorities(&r);
    sp_outline_end(&r);
    w->failed |= w->supporter.failed || w->ex.failed || w->arena.failed;
}
