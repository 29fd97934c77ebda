/* The report: headline verdicts, then under each its elements as a numbered outline with the facts that decided them,
 * what is open, what was presumed, the judgments, explanations of State conduct apart from law, and the passages. */
#include <stdlib.h>

#include "render/verdict.h"
#include "surplace/limits.h"

/* Open questions shown before the report says how many more there are. */
#define QUESTIONS_SHOWN 12

struct report {
    sp_verdict_writer *w;
    uint32_t case_index;
    sp_buf *b;
    uint32_t *passage_number; /* by passage: its mark, 0: not cited yet */
    uint32_t passages_cited;
    bool *rule_cited; /* by authority */
    sp_str *expanded; /* criteria already explained: where, by slot of the supporter's numbering */
    size_t *expanded_at;
    sp_buf number; /* "2.1.3" of the line being written */
};

static const sp_style *style_of(const struct report *r)
{
    return &r->w->style;
}

static void heading(struct report *r, const char *text)
{
    sp_buf_add_char(r->b, '\n');
    sp_ink_on(r->b, style_of(r), SP_INK_BOLD);
    sp_buf_add_cstr(r->b, text);
    sp_ink_off(r->b, style_of(r), SP_INK_BOLD);
    sp_buf_add_char(r->b, '\n');
}

static void mark(struct report *r, sp_state state)
{
    sp_ink_on(r->b, style_of(r), sp_ink_of_state(state));
    sp_buf_add_cstr(r->b, sp_mark_of_state(state));
    sp_ink_off(r->b, style_of(r), sp_ink_of_state(state));
}

/* --- the head --- */

static void write_head(struct report *r)
{
    const sp_facts *facts = r->w->ex.run->facts;
    const sp_network *net = r->w->ex.run->net;
    sp_buf_add_cstr(r->b, "Case     ");
    sp_wrap_add(r->b, style_of(r), 9, 9,
                style_of(r)->redact ? SP_LIT("[case]") : sp_facts_span(facts, facts->cases[r->case_index].name));
    if (net->reading != SP_NONE) {
        const sp_reading *reading = &r->w->ex.base->readings.items[net->reading];
        sp_buf line = {0};
        sp_buf_printf(&line, "%.*s (%.*s)", SP_STR(reading->title), SP_STR(reading->id));
        if (reading->from.len > 0)
            sp_buf_printf(&line, ", good law from %.*s", SP_STR(reading->from));
        if (reading->until.len > 0)
            sp_buf_printf(&line, " until %.*s", SP_STR(reading->until));
        sp_buf_add_cstr(r->b, "Reading  ");
        sp_wrap_add(r->b, style_of(r), 9, 9, sp_buf_str(&line));
        sp_buf_clear(&line);
    }
    sp_buf_add_cstr(r->b, "         ");
    sp_wrap_add(r->b, style_of(r), 9, 9, SP_LIT("A study of a hypothetical file, not legal advice."));
}

static bool headline(const struct report *r, const sp_result *result)
{
    return r->w->ex.base->vocab.criteria.items[result->criterion].headline;
}

static bool explanation(const struct report *r, uint32_t criterion)
{
    const sp_vocab *vocab = &r->w->ex.base->vocab;
    return vocab->entities.items[vocab->criteria.items[criterion].entity].explanation;
}

static void add_result_title(struct report *r, const sp_result *result, sp_buf *line)
{
    const sp_criterion *c = &r->w->ex.base->vocab.criteria.items[result->criterion];
    sp_buf_add(line, c->title);
    if (result->with_row != SP_NONE) {
        sp_buf_add_cstr(line, ": ");
        sp_subject_add(line, r->w->ex.run->facts, c->with, result->with_row, style_of(r));
    }
}

/* A verdict on a pair that nobody asked about and nothing is said of is noise among the headlines. */
static bool worth_a_headline(const struct report *r, const sp_result *result)
{
    return headline(r, result) && (result->with_row == SP_NONE || result->state != SP_OPEN);
}

static void write_headlines(struct report *r)
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
            sp_subject_add(&line, facts, c->entity, result->entity_row, style_of(r));
            sp_buf_add_cstr(r->b, "  ");
            sp_wrap_add(r->b, style_of(r), 2, 2, sp_buf_str(&line));
            sp_buf_reset(&line);
            entity = c->entity;
            row = result->entity_row;
        }
        add_result_title(r, result, &line);
        if (sp_run_presumed(r->w->ex.run, r->w->ex.run->net->criterion_nodes[result->criterion], result->row))
            sp_buf_add_cstr(&line, " (rests on a presumption)");
        sp_buf_add_cstr(r->b, "    ");
        mark(r, result->state);
        sp_buf_printf(r->b, " %-10s", sp_state_word(result->state));
        sp_wrap_add(r->b, style_of(r), 16, 16, sp_buf_str(&line));
        sp_buf_clear(&line);
    }
}

/* --- the outline --- */

static void add_names(sp_buf *line, const sp_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        sp_buf_printf(line, "%s%.*s", line->len > 0 ? "; " : "", SP_STR(names->items[i]));
}

static void add_passage_marks(struct report *r, sp_buf *line, const sp_names *passages)
{
    for (size_t i = 0; i < passages->count; i++) {
        uint32_t index = sp_rulebase_passage(r->w->ex.base, passages->items[i]);
        if (index == SP_NONE)
            continue;
        if (r->passage_number[index] == 0)
            r->passage_number[index] = ++r->passages_cited;
        sp_buf_printf(line, "%s[%u]", line->len > 0 ? " " : "", r->passage_number[index]);
    }
}

static void note_authorities(struct report *r, const sp_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const sp_authority *a = sp_rulebase_authority(r->w->ex.base, names->items[i]);
        if (a != NULL)
            r->rule_cited[a - r->w->ex.base->authorities.items] = true;
    }
}

/* Authority and passage marks below a line, dim. */
static void write_citation(struct report *r, size_t indent, const sp_names *authority, const sp_names *passages)
{
    sp_buf line = {0};
    add_names(&line, authority);
    note_authorities(r, authority);
    add_passage_marks(r, &line, passages);
    if (line.len > 0) {
        sp_blanks_add(r->b, indent);
        sp_ink_on(r->b, style_of(r), SP_INK_DIM);
        sp_wrap_add(r->b, style_of(r), indent, indent, sp_buf_str(&line));
        sp_ink_off(r->b, style_of(r), SP_INK_DIM);
    }
    sp_buf_clear(&line);
}

static size_t indent_of(size_t depth)
{
    return depth < 12 ? 2 + depth * 2 : 26;
}

/* "  1.2 ✔ Title": one line of the outline; the text wraps behind the mark. */
static size_t write_line(struct report *r, size_t depth, sp_state state, sp_str text)
{
    size_t indent = indent_of(depth);
    size_t at = indent + r->number.len + 3;
    sp_blanks_add(r->b, indent);
    sp_buf_add(r->b, sp_buf_str(&r->number));
    sp_buf_add_char(r->b, ' ');
    mark(r, state);
    sp_buf_add_char(r->b, ' ');
    sp_wrap_add(r->b, style_of(r), at, at, text);
    return at;
}

static void write_reason(struct report *r, const sp_why *why, size_t depth);

static size_t push_number(struct report *r, size_t number)
{
    size_t before = r->number.len;
    sp_buf_printf(&r->number, "%s%zu", before > 0 ? "." : "", number);
    return before;
}

static void pop_number(struct report *r, size_t before)
{
    r->number.len = before;
}

static void write_children(struct report *r, const sp_why *why, size_t depth)
{
    sp_whys children = {0};
    sp_why_children(&r->w->ex, why, false, &children);
    for (size_t i = 0; i < children.len; i++) {
        size_t before = push_number(r, i + 1);
        write_reason(r, &children.items[i], depth);
        pop_number(r, before);
    }
    SP_VEC_FREE(&children);
}

/* What decided a leaf: each fact it read, with who says so. */
static void write_facts(struct report *r, const sp_why *why, size_t indent)
{
    sp_targets facts = {0};
    const sp_facts *all = r->w->ex.run->facts;
    sp_why_facts(&r->w->ex, why, &facts);
    uint32_t seen_fact = SP_NONE, seen_row = SP_NONE;
    for (size_t i = 0; i < facts.len; i++) {
        const sp_target *t = &facts.items[i];
        if (t->fact == SP_NONE || (t->fact == seen_fact && t->row == seen_row))
            continue;
        seen_fact = t->fact;
        seen_row = t->row;
        sp_buf line = {0};
        const sp_fact *fact = &all->vocab->facts.items[t->fact];
        sp_fact_address_add(&line, all, t->fact, t->row);
        sp_buf_add_cstr(&line, ": ");
        sp_stated_add(&line, all, t->fact, sp_facts_cell(all, t->entity, t->row, fact->column), style_of(r));
        if (why->presumes && t->kind == SP_TARGET_OPEN) {
            sp_buf_printf(&line, "; presumed %s (burden: %.*s; ", fact->presumption.if_open == SP_HOLDS ? "yes" : "no",
                          SP_STR(fact->presumption.burden));
            add_names(&line, &fact->presumption.authority);
            sp_buf_add_char(&line, ')');
        }
        sp_blanks_add(r->b, indent);
        sp_ink_on(r->b, style_of(r), SP_INK_DIM);
        sp_wrap_add(r->b, style_of(r), indent, indent + 2, sp_buf_str(&line));
        sp_ink_off(r->b, style_of(r), SP_INK_DIM);
        sp_buf_clear(&line);
    }
    SP_VEC_FREE(&facts);
}

/* The readable name of a condition that has no title of its own. */
static void add_cond_title(struct report *r, const sp_why *why, sp_buf *line)
{
    const sp_cond *cond = why->cond;
    const sp_vocab *vocab = &r->w->ex.base->vocab;
    static const char *const heads[] = {[SP_COND_ALL] = "all of these",
                                        [SP_COND_ANY] = "one of these",
                                        [SP_COND_NONE] = "none of these",
                                        [SP_COND_AT_LEAST] = "at least so many of these",
                                        [SP_COND_SOME] = "for some ",
                                        [SP_COND_EVERY] = "for every "};
    if (cond->title.len > 0) {
        sp_buf_add(line, cond->title);
        return;
    }
    if (cond->kind == SP_COND_AT_LEAST) {
        sp_buf_printf(line, "at least %u of these", cond->n);
        return;
    }
    if (cond->kind != SP_COND_LEAF) {
        sp_buf_add_cstr(line, heads[cond->kind]);
        if (cond->kind == SP_COND_SOME || cond->kind == SP_COND_EVERY)
            sp_buf_add(line, cond->text);
        return;
    }
    if (cond->op == SP_OP_TRUTH && cond->left.kind == SP_OPERAND_PATH && cond->left.step_count > 0) {
        sp_member last = cond->left.steps[cond->left.step_count - 1].member;
        if (cond->negated)
            sp_buf_add_cstr(line, "not: ");
        if (last.kind == SP_MEMBER_CRITERION)
            sp_buf_add(line, vocab->criteria.items[last.index].title);
        else
            sp_fact_title_add(line, &vocab->facts.items[last.index]);
        return;
    }
    sp_buf_add(line, cond->text);
}

/* A criterion is set out once; afterwards the outline refers back to it. */
static sp_str *expansion(struct report *r, const sp_why *why)
{
    return &r->expanded[r->expanded_at[why->criterion] + why->row];
}

static void add_criterion_title(struct report *r, const sp_why *why, sp_buf *line)
{
    const sp_run *run = r->w->ex.run;
    const sp_criterion *c = &r->w->ex.base->vocab.criteria.items[why->criterion];
    sp_buf_add(line, c->title);
    sp_buf_add_cstr(line, " \u2014 ");
    sp_criterion_address_add(line, run, why->criterion, why->row);
}

static void write_presumption(struct report *r, const sp_why *why, size_t indent)
{
    const sp_presumption *p = &r->w->ex.base->vocab.criteria.items[why->criterion].presumption;
    sp_buf line = {0};
    sp_buf_printf(&line, "presumed, since nothing settles it; burden: %.*s (", SP_STR(p->burden));
    add_names(&line, &p->authority);
    note_authorities(r, &p->authority);
    sp_buf_add_char(&line, ')');
    sp_blanks_add(r->b, indent);
    sp_wrap_add(r->b, style_of(r), indent, indent, sp_buf_str(&line));
    sp_buf_clear(&line);
}

static void write_rule(struct report *r, const sp_why *why, size_t depth, bool only)
{
    const sp_rule *rule = &r->w->ex.base->rules.items[why->rule];
    size_t indent;
    if (only) {
        indent = indent_of(depth - 1) + r->number.len + 3;
    } else {
        indent = write_line(r, depth, (sp_state)why->state, rule->title);
    }
    write_citation(r, indent, &rule->authority, &rule->passages);
    if (rule->support == SP_SUPPORT_INFERRED) {
        sp_blanks_add(r->b, indent);
        sp_wrap_add(r->b, style_of(r), indent, indent, SP_LIT("inferred: the source does not argue this step itself"));
    }
    if (rule->note.len > 0) {
        sp_buf note = {0};
        sp_buf_printf(&note, "note: %.*s", SP_STR(rule->note));
        sp_blanks_add(r->b, indent);
        sp_wrap_add(r->b, style_of(r), indent, indent, sp_buf_str(&note));
        sp_buf_clear(&note);
    }
    if (rule->condition->kind == SP_COND_LEAF && rule->condition->unless_count == 0) {
        write_facts(r, why, indent);
    }
    write_children(r, why, only ? depth : depth + 1);
}

static void write_criterion(struct report *r, const sp_why *why, size_t depth)
{
    sp_buf line = {0};
    sp_str *seen = expansion(r, why);
    add_criterion_title(r, why, &line);
    if (seen->len > 0)
        sp_buf_printf(&line, " (see %.*s)", SP_STR(*seen));
    size_t indent = write_line(r, depth, (sp_state)why->state, sp_buf_str(&line));
    sp_buf_clear(&line);
    if (seen->len > 0 || depth >= SURPLACE_MAX_OUTLINE_DEPTH)
        return;
    *seen = sp_arena_dup(&r->w->arena, sp_buf_str(&r->number));
    if (why->presumes) {
        write_presumption(r, why, indent);
        return;
    }
    sp_whys rules = {0};
    sp_why_children(&r->w->ex, why, false, &rules);
    if (rules.len == 0) {
        sp_blanks_add(r->b, indent);
        sp_wrap_add(r->b, style_of(r), indent, indent, SP_LIT("no rule in force under this reading says anything of it"));
    }
    for (size_t i = 0; i < rules.len; i++) {
        if (rules.len == 1) {
            write_rule(r, &rules.items[i], depth + 1, true);
            break;
        }
        size_t before = push_number(r, i + 1);
        write_rule(r, &rules.items[i], depth + 1, false);
        pop_number(r, before);
    }
    SP_VEC_FREE(&rules);
}

static void write_member(struct report *r, const sp_why *why, size_t depth)
{
    const sp_run *run = r->w->ex.run;
    sp_buf line = {0};
    uint32_t value = run->rows.frames[why->frame].value[why->row];
    sp_type type = why->cond->member_type;
    sp_buf_printf(&line, "%.*s ", SP_STR(why->cond->variable));
    if (type.kind == SP_ENTITY)
        sp_subject_add(&line, run->facts, type.index, value, style_of(r));
    else
        sp_buf_add(&line, r->w->ex.base->vocab.enums.items[type.index].values[value].name);
    write_line(r, depth, (sp_state)why->state, sp_buf_str(&line));
    sp_buf_clear(&line);
    write_children(r, why, depth + 1);
}

static void write_list(struct report *r, const sp_why *why, size_t depth)
{
    size_t indent = write_line(r, depth, (sp_state)why->state,
                               why->state == SP_OPEN ? SP_LIT("the list is not complete")
                                                     : SP_LIT("the list has no member"));
    write_facts(r, why, indent);
}

/* A leaf that asks for a criterion is that criterion, unless it turns or names it differently. */
static bool only_looks_up(const sp_why *why)
{
    const sp_cond *cond = why->cond;
    return cond->kind == SP_COND_LEAF && cond->op == SP_OP_TRUTH && !cond->negated && cond->unless_count == 0 &&
           cond->authority.count == 0 && cond->passages.count == 0 && cond->title.len == 0;
}

static void write_cond(struct report *r, const sp_why *why, size_t depth)
{
    const sp_cond *cond = why->cond;
    sp_whys children = {0};
    sp_buf line = {0};
    sp_why_children(&r->w->ex, why, false, &children);
    if (only_looks_up(why) && children.len == 1 && children.items[0].kind == SP_WHY_CRITERION &&
        why->role != SP_ROLE_EXCEPTION) {
        write_criterion(r, &children.items[0], depth);
        SP_VEC_FREE(&children);
        return;
    }
    if (why->role == SP_ROLE_EXCEPTION)
        sp_buf_add_cstr(&line, "exception: ");
    add_cond_title(r, why, &line);
    size_t indent = write_line(r, depth, (sp_state)why->state, sp_buf_str(&line));
    sp_buf_clear(&line);
    write_citation(r, indent, &cond->authority, &cond->passages);
    if (cond->note.len > 0) {
        sp_blanks_add(r->b, indent);
        sp_wrap_add(r->b, style_of(r), indent, indent, cond->note);
    }
    if (cond->kind == SP_COND_LEAF && children.len == 0)
        write_facts(r, why, indent);
    for (size_t i = 0; i < children.len && depth < SURPLACE_MAX_OUTLINE_DEPTH; i++) {
        size_t before = push_number(r, i + 1);
        write_reason(r, &children.items[i], depth + 1);
        pop_number(r, before);
    }
    SP_VEC_FREE(&children);
}

static void write_reason(struct report *r, const sp_why *why, size_t depth)
{
    switch ((sp_why_kind)why->kind) {
    case SP_WHY_CRITERION: write_criterion(r, why, depth); break;
    case SP_WHY_RULE: write_rule(r, why, depth, false); break;
    case SP_WHY_COND: write_cond(r, why, depth); break;
    case SP_WHY_MEMBER: write_member(r, why, depth); break;
    case SP_WHY_LIST: write_list(r, why, depth); break;
    }
}

static void write_reasons(struct report *r)
{
    size_t number = 0;
    heading(r, "REASONS");
    for (size_t i = 0; i < r->w->results.len; i++) {
        const sp_result *result = &r->w->results.items[i];
        if (!worth_a_headline(r, result) || explanation(r, result->criterion))
            continue;
        sp_why why = sp_why_criterion(&r->w->ex, result->criterion, result->row);
        if (expansion(r, &why)->len > 0)
            continue;
        if (number > 0)
            sp_buf_add_char(r->b, '\n');
        size_t before = push_number(r, ++number);
        write_criterion(r, &why, 0);
        pop_number(r, before);
    }
}

/* --- what is open, presumed, judged --- */

struct question {
    sp_item item;
    uint32_t verdicts; /* headline verdicts that hang on it */
};

typedef SP_VEC(struct question) questions;

static int compare_questions(const void *a, const void *b)
{
    const struct question *x = a, *y = b;
    if (x->verdicts != y->verdicts)
        return x->verdicts > y->verdicts ? -1 : 1;
    if (x->item.fact != y->item.fact)
        return x->item.fact < y->item.fact ? -1 : 1;
    return x->item.row < y->item.row ? -1 : x->item.row > y->item.row;
}

static void gather(struct report *r, questions *list, const sp_items *items)
{
    for (size_t i = 0; i < items->len; i++) {
        size_t q = 0;
        while (q < list->len && (list->items[q].item.fact != items->items[i].fact || list->items[q].item.row != items->items[i].row))
            q++;
        if (q == list->len) {
            struct question question = {items->items[i], 0};
            r->w->failed |= !SP_VEC_PUSH(list, question);
        }
        if (q < list->len)
            list->items[q].verdicts++;
    }
}

static void write_questions(struct report *r, const char *title, questions *list, bool stated)
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
        if (stated) {
            sp_buf_add_cstr(&line, " \u2014 ");
            sp_stated_add(&line, facts, item->fact, item->cell, style_of(r));
        }
        sp_buf_add_cstr(r->b, "  \u2022 ");
        sp_wrap_add(r->b, style_of(r), 4, 4, sp_buf_str(&line));
        sp_buf_clear(&line);
    }
}

static void add_presumption_line(struct report *r, const sp_presumed *p, sp_buf *line)
{
    const sp_vocab *vocab = &r->w->ex.base->vocab;
    const sp_presumption *presumption;
    if (p->criterion != SP_NONE) {
        const sp_criterion *c = &vocab->criteria.items[p->criterion];
        presumption = &c->presumption;
        sp_criterion_address_add(line, r->w->ex.run, p->criterion, p->row);
        sp_buf_printf(line, " %s: %.*s", presumption->if_open == SP_HOLDS ? "holds" : "fails",
                      SP_STR(presumption->if_open == SP_HOLDS ? c->holds : c->fails));
    } else {
        presumption = &vocab->facts.items[p->fact.fact].presumption;
        sp_fact_address_add(line, r->w->ex.run->facts, p->fact.fact, p->fact.row);
        sp_buf_printf(line, " is taken as %s.", presumption->if_open == SP_HOLDS ? "yes" : "no");
    }
    sp_buf_printf(line, " Burden: %.*s (", SP_STR(presumption->burden));
    sp_buf names = {0};
    add_names(&names, &presumption->authority);
    note_authorities(r, &presumption->authority);
    sp_buf_add(line, sp_buf_str(&names));
    sp_buf_clear(&names);
    sp_buf_add_char(line, ')');
}

static int compare_texts(const void *a, const void *b)
{
    return sp_str_cmp(*(const sp_str *)a, *(const sp_str *)b);
}

static void write_presumed(struct report *r, sp_str *lines, size_t count)
{
    if (count == 0)
        return;
    qsort(lines, count, sizeof *lines, compare_texts);
    heading(r, "PRESUMED, SINCE THE FILE IS SILENT");
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && sp_str_eq(lines[i], lines[i - 1]))
            continue;
        sp_buf_add_cstr(r->b, "  \u2022 ");
        sp_wrap_add(r->b, style_of(r), 4, 4, lines[i]);
    }
}

/* Walks the headline verdicts once more, for what they hang on. */
static void write_support(struct report *r)
{
    questions open = {0}, contested = {0}, judgments = {0};
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
    SP_VEC_FREE(&open);
    SP_VEC_FREE(&contested);
    SP_VEC_FREE(&judgments);
    SP_VEC_FREE(&presumed);
}

/* --- explanations, passages --- */

static void write_explanations(struct report *r)
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
        sp_subject_add(&line, r->w->ex.run->facts, c->entity, result->entity_row, style_of(r));
        sp_buf_printf(&line, ": %.*s", SP_STR(c->holds.len > 0 ? c->holds : c->title));
        sp_supporter_collect(&r->w->supporter, result->criterion, result->row, &r->w->support);
        for (size_t p = 0; p < r->w->support.passages.len; p++) {
            const sp_passage *passage = &r->w->ex.base->passages.items[r->w->support.passages.items[p]];
            sp_names one = {.items = &passage->id, .count = 1};
            add_passage_marks(r, &marks, &one);
        }
        if (marks.len > 0) {
            sp_buf_add_char(&line, ' ');
            sp_buf_add(&line, sp_buf_str(&marks));
        }
        sp_buf_add_cstr(r->b, "  \u2022 ");
        sp_wrap_add(r->b, style_of(r), 4, 4, sp_buf_str(&line));
        sp_buf_clear(&line);
        sp_buf_clear(&marks);
    }
}

static void write_source(struct report *r, const sp_source *source)
{
    sp_buf line = {0};
    if (source->author.len > 0)
        sp_buf_printf(&line, "%.*s, ", SP_STR(source->author));
    sp_buf_add(&line, source->title);
    if (source->published.len > 0)
        sp_buf_printf(&line, ", %.*s", SP_STR(source->published));
    if (source->year.len > 0)
        sp_buf_printf(&line, " (%.*s)", SP_STR(source->year));
    sp_buf_add_cstr(r->b, "  Source: ");
    sp_wrap_add(r->b, style_of(r), 10, 4, sp_buf_str(&line));
    sp_buf_clear(&line);
}

static void write_passages(struct report *r)
{
    const sp_rulebase *base = r->w->ex.base;
    if (r->passages_cited == 0)
        return;
    heading(r, "PASSAGES");
    for (size_t s = 0; s < base->sources.len; s++)
        write_source(r, &base->sources.items[s]);
    for (uint32_t n = 1; n <= r->passages_cited; n++)
        for (size_t i = 0; i < base->passages.len; i++) {
            const sp_passage *p = &base->passages.items[i];
            if (r->passage_number[i] != n)
                continue;
            sp_buf line = {0};
            sp_buf_printf(&line, "\u201c%.*s\u201d (p. %.*s)", SP_STR(p->quote), SP_STR(p->page));
            size_t before = r->b->len;
            sp_buf_printf(r->b, "  [%u] ", n);
            size_t at = r->b->len - before;
            sp_wrap_add(r->b, style_of(r), at, at, sp_buf_str(&line));
            if (p->note.len > 0) {
                sp_buf_reset(&line);
                sp_buf_printf(&line, "Editor: %.*s", SP_STR(p->note));
                sp_blanks_add(r->b, at);
                sp_ink_on(r->b, style_of(r), SP_INK_DIM);
                sp_wrap_add(r->b, style_of(r), at, at, sp_buf_str(&line));
                sp_ink_off(r->b, style_of(r), SP_INK_DIM);
            }
            sp_buf_clear(&line);
        }
}

static void write_authorities(struct report *r)
{
    const sp_rulebase *base = r->w->ex.base;
    bool any = false;
    for (size_t i = 0; i < base->authorities.len; i++) {
        const sp_authority *a = &base->authorities.items[i];
        if (!r->rule_cited[i])
            continue;
        if (!any)
            heading(r, "AUTHORITIES");
        any = true;
        sp_buf line = {0};
        if (sp_str_eq(a->cite, a->title))
            sp_buf_add(&line, a->title);
        else
            sp_buf_printf(&line, "%.*s: %.*s", SP_STR(a->cite), SP_STR(a->title));
        if (!a->confirmed)
            sp_buf_add_cstr(&line, " (not confirmed)");
        sp_buf_add_cstr(r->b, "  ");
        sp_wrap_add(r->b, style_of(r), 2, 4, sp_buf_str(&line));
        sp_buf_clear(&line);
    }
}

void sp_verdict_text(sp_verdict_writer *w, uint32_t case_index, sp_buf *b)
{
    const sp_rulebase *base = w->ex.base;
    const sp_network *net = w->ex.run->net;
    struct report r = {.w = w, .case_index = case_index, .b = b};
    size_t total = 0;
    r.passage_number = SP_NEW_ARRAY(&w->arena, uint32_t, base->passages.len);
    r.rule_cited = SP_NEW_ARRAY(&w->arena, bool, base->authorities.len);
    r.expanded_at = SP_NEW_ARRAY(&w->arena, size_t, base->vocab.criteria.len);
    for (size_t c = 0; c < base->vocab.criteria.len && r.expanded_at != NULL; c++) {
        r.expanded_at[c] = total;
        total += w->ex.run->rows.frames[net->root_frames[c]].rows;
    }
    r.expanded = SP_NEW_ARRAY(&w->arena, sp_str, total);
    if (w->arena.failed || !sp_results_of_case(&w->ex, case_index, &w->arena, &w->results)) {
        w->failed = true;
        return;
    }
    write_head(&r);
    write_headlines(&r);
    write_reasons(&r);
    write_support(&r);
    write_explanations(&r);
    write_passages(&r);
    write_authorities(&r);
    sp_buf_clear(&r.number);
    w->failed |= w->supporter.failed || w->ex.failed || w->arena.failed;
}
