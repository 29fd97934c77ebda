#include "render/outline.h"

#include <string.h>

#include "render/phrase.h"
#include "surplace/limits.h"

bool sp_outline_begin(sp_report *r)
{
    const sp_network *net = r->w->ex.run->net;
    size_t criteria = net->base->vocab.criteria.len, total = 0;
    r->section_at = SP_NEW_ARRAY(&r->w->arena, size_t, criteria);
    if (r->section_at == NULL)
        return false;
    for (size_t c = 0; c < criteria; c++) {
        r->section_at[c] = total;
        total += r->w->ex.run->rows.frames[net->root_frames[c]].rows;
    }
    r->section_of = SP_NEW_ARRAY(&r->w->arena, uint32_t, total);
    return r->section_of != NULL;
}

void sp_outline_end(sp_report *r)
{
    SP_VEC_FREE(&r->sections);
    sp_buf_clear(&r->number);
}

uint32_t sp_outline_ask(sp_report *r, uint32_t criterion, uint32_t row)
{
    uint32_t *number = &r->section_of[r->section_at[criterion] + row];
    sp_section section = {criterion, row};
    if (*number == 0) {
        if (!SP_VEC_PUSH(&r->sections, section))
            r->w->failed = true;
        *number = (uint32_t)r->sections.len;
    }
    return *number;
}

void sp_report_mark(sp_report *r, sp_state state)
{
    sp_ink_on(r->b, &r->w->style, sp_ink_of_state(state));
    sp_buf_add_cstr(r->b, sp_mark_of_state(state));
    sp_ink_off(r->b, &r->w->style, sp_ink_of_state(state));
}

void sp_report_add_names(sp_buf *line, const sp_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        sp_buf_printf(line, "%s%.*s", line->len > 0 ? "; " : "", SP_STR(names->items[i]));
}

void sp_report_add_marks(sp_report *r, sp_buf *line, const sp_names *passages)
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

void sp_report_note_authorities(sp_report *r, const sp_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const sp_authority *a = sp_rulebase_authority(r->w->ex.base, names->items[i]);
        if (a != NULL)
            r->authority_cited[a - r->w->ex.base->authorities.items] = true;
    }
}

/* --- lines --- */

/* Text below a line, at its text's column. */
static void write_below(sp_report *r, size_t indent, sp_ink ink, sp_str text)
{
    sp_blanks_add(r->b, indent);
    sp_ink_on(r->b, &r->w->style, ink);
    /* lists of citations and facts hang, sentences do not */
    sp_wrap_add(r->b, &r->w->style, indent, ink == SP_INK_DIM ? indent + 2 : indent, text);
    sp_ink_off(r->b, &r->w->style, ink);
}

static void write_citation(sp_report *r, size_t indent, const sp_names *authority, const sp_names *passages)
{
    sp_buf line = {0};
    sp_report_add_names(&line, authority);
    sp_report_note_authorities(r, authority);
    sp_report_add_marks(r, &line, passages);
    if (line.len > 0)
        write_below(r, indent, SP_INK_DIM, sp_buf_str(&line));
    sp_buf_clear(&line);
}

/* "  2.1 ✔ Title", indented by depth; the column where the title stands. */
static size_t write_line(sp_report *r, size_t depth, sp_state state, sp_str text)
{
    size_t indent = depth < 10 ? depth * 2 : 20;
    size_t at = indent + r->number.len + 3;
    sp_blanks_add(r->b, indent);
    sp_buf_add(r->b, sp_buf_str(&r->number));
    sp_buf_add_char(r->b, ' ');
    sp_report_mark(r, state);
    sp_buf_add_char(r->b, ' ');
    sp_wrap_add(r->b, &r->w->style, at, at, text);
    return at;
}

static size_t push_number(sp_report *r, size_t number)
{
    size_t before = r->number.len;
    sp_buf_printf(&r->number, "%s%zu", before > 0 ? "." : "", number);
    return before;
}

/* --- what decided a leaf --- */

static const sp_presumption *presumption_of_fact(const sp_report *r, uint32_t fact)
{
    return r->w->ex.run->net->fact_presumptions[fact];
}

static const sp_presumption *presumption_of(const sp_report *r, uint32_t criterion)
{
    return r->w->ex.run->net->criterion_presumptions[criterion];
}

static void add_presumed_fact(sp_report *r, uint32_t fact, sp_buf *line)
{
    const sp_presumption *p = presumption_of_fact(r, fact);
    sp_buf names = {0};
    sp_report_add_names(&names, &p->authority);
    sp_report_note_authorities(r, &p->authority);
    sp_buf_printf(line, "; presumed %s (burden: %.*s; %.*s)", p->if_open == SP_HOLDS ? "yes" : "no",
                  SP_STR(p->burden), SP_STR(sp_buf_str(&names)));
    sp_buf_clear(&names);
}

static void write_facts(sp_report *r, const sp_why *why, size_t indent)
{
    sp_targets facts = {0};
    const sp_facts *all = r->w->ex.run->facts;
    sp_why_facts(&r->w->ex, why, &facts);
    for (size_t i = 0; i < facts.len; i++) {
        const sp_target *t = &facts.items[i];
        bool seen = t->fact == SP_NONE;
        for (size_t k = 0; k < i; k++)
            seen |= facts.items[k].fact == t->fact && facts.items[k].row == t->row;
        if (seen)
            continue;
        sp_buf line = {0};
        const sp_fact *fact = &all->vocab->facts.items[t->fact];
        sp_fact_address_add(&line, all, t->fact, t->row);
        sp_buf_add_cstr(&line, ": ");
        sp_stated_add(&line, all, t->fact, sp_facts_cell(all, t->entity, t->row, fact->column),
                      &r->w->style);
        if (why->presumes && t->kind == SP_TARGET_OPEN &&
            presumption_of_fact(r, t->fact)->if_open != SP_OPEN)
            add_presumed_fact(r, t->fact, &line);
        write_below(r, indent, SP_INK_DIM, sp_buf_str(&line));
        sp_buf_clear(&line);
    }
    SP_VEC_FREE(&facts);
}

/* --- conditions --- */

static void write_reason(sp_report *r, const sp_why *why, size_t depth);

static bool plain(const sp_cond *cond)
{
    return cond->title.len == 0 && cond->authority.count == 0 && cond->passages.count == 0 &&
           cond->note.len == 0;
}

/* A connective without a name of its own says no more than its parts, where only one state is to be explained: they
 * stand in its place. */
static bool transparent(const sp_why *why)
{
    return why->kind == SP_WHY_COND && why->role != SP_ROLE_EXCEPTION && plain(why->cond) &&
           (why->cond->kind == SP_COND_ALL || why->cond->kind == SP_COND_ANY);
}

static void gather(sp_report *r, const sp_why *why, sp_whys *children, size_t depth)
{
    sp_whys direct = {0};
    sp_why_children(&r->w->ex, why, false, &direct);
    for (size_t i = 0; i < direct.len; i++) {
        if (transparent(&direct.items[i]) && depth < SURPLACE_MAX_OUTLINE_DEPTH)
            gather(r, &direct.items[i], children, depth + 1);
        else if (!SP_VEC_PUSH(children, direct.items[i]))
            r->w->failed = true;
    }
    SP_VEC_FREE(&direct);
}

static void write_children(sp_report *r, const sp_why *why, size_t depth)
{
    sp_whys children = {0};
    if (depth > SURPLACE_MAX_OUTLINE_DEPTH)
        return;
    gather(r, why, &children, depth);
    for (size_t i = 0; i < children.len; i++) {
        size_t before = push_number(r, i + 1);
        write_reason(r, &children.items[i], depth);
        r->number.len = before;
    }
    SP_VEC_FREE(&children);
}

/* " — see 4", or that it is presumed; never both, since what is presumed has nothing behind it. */
static void add_reference(sp_report *r, const sp_why *criterion, sp_buf *line)
{
    if (criterion->presumes) {
        sp_buf_printf(line, " \u2014 presumed; burden: %.*s",
                      SP_STR(presumption_of(r, criterion->criterion)->burden));
        return;
    }
    sp_buf_printf(line, " \u2192 %u", sp_outline_ask(r, criterion->criterion, criterion->row));
}

/* The one criterion that a leaf asks for, if it asks for one. */
static bool looked_up(sp_report *r, const sp_why *why, sp_why *criterion)
{
    sp_whys children = {0};
    if (why->cond->kind != SP_COND_LEAF || why->cond->unless_count > 0)
        return false;
    sp_why_children(&r->w->ex, why, false, &children);
    bool one = children.len == 1 && children.items[0].kind == SP_WHY_CRITERION;
    if (one)
        *criterion = children.items[0];
    SP_VEC_FREE(&children);
    return one;
}

static void write_cond(sp_report *r, const sp_why *why, size_t depth)
{
    const sp_cond *cond = why->cond;
    sp_buf line = {0};
    sp_why criterion, inner;
    bool refers = looked_up(r, why, &criterion);
    if (why->role == SP_ROLE_EXCEPTION)
        sp_buf_add_cstr(&line, "exception: ");
    sp_phrase_add(&line, r->w->ex.base, cond);
    /* a named node around a single criterion is one line with it */
    if (!refers && cond->kind != SP_COND_LEAF) {
        sp_whys children = {0};
        gather(r, why, &children, depth);
        if (children.len == 1 && children.items[0].kind == SP_WHY_COND &&
            children.items[0].role == SP_ROLE_PART && plain(children.items[0].cond) &&
            looked_up(r, &children.items[0], &inner) && inner.state == why->state) {
            refers = true;
            criterion = inner;
        }
        SP_VEC_FREE(&children);
    }
    if (refers)
        add_reference(r, &criterion, &line);
    size_t indent = write_line(r, depth, (sp_state)why->state, sp_buf_str(&line));
    sp_buf_clear(&line);
    write_citation(r, indent, &cond->authority, &cond->passages);
    if (cond->note.len > 0)
        write_below(r, indent, SP_INK_PLAIN, cond->note);
    if (refers)
        return;
    if (cond->kind == SP_COND_LEAF)
        write_facts(r, why, indent);
    write_children(r, why, depth + 1);
}

static void write_member(sp_report *r, const sp_why *why, size_t depth)
{
    const sp_run *run = r->w->ex.run;
    sp_buf line = {0};
    uint32_t value = run->rows.frames[why->frame].value[why->row];
    sp_type type = why->cond->member_type;
    sp_buf_printf(&line, "%.*s ", SP_STR(why->cond->variable));
    if (type.kind == SP_ENTITY)
        sp_subject_add(&line, run->facts, type.index, value, &r->w->style);
    else
        sp_buf_add(&line, r->w->ex.base->vocab.enums.items[type.index].values[value].name);
    write_line(r, depth, (sp_state)why->state, sp_buf_str(&line));
    sp_buf_clear(&line);
    write_children(r, why, depth + 1);
}

static void write_limit(sp_report *r, const sp_why *why, size_t depth)
{
    sp_buf line = {0};
    sp_buf_printf(&line, "Some %.*s is within that limit", SP_STR(why->cond->variable));
    write_line(r, depth, (sp_state)why->state, sp_buf_str(&line));
    sp_buf_clear(&line);
    write_children(r, why, depth + 1);
}

static void write_list(sp_report *r, const sp_why *why, size_t depth)
{
    size_t indent = write_line(
        r, depth, (sp_state)why->state,
        why->state == SP_OPEN        ? SP_LIT("the list is not stated, or not said to be complete")
        : why->state == SP_CONTESTED ? SP_LIT("the list is said in more than one way")
                                     : SP_LIT("the list has no member"));
    write_facts(r, why, indent);
}

/* --- rules and sections --- */

static void write_rule_notes(sp_report *r, const sp_rule *rule, size_t indent)
{
    write_citation(r, indent, &rule->authority, &rule->passages);
    if (rule->support == SP_SUPPORT_INFERRED)
        write_below(r, indent, SP_INK_PLAIN,
                    SP_LIT("Inferred: the source text does not itself argue this step."));
    if (rule->note.len > 0)
        write_below(r, indent, SP_INK_PLAIN, rule->note);
}

static void write_rule(sp_report *r, const sp_why *why, size_t depth, size_t indent)
{
    write_rule_notes(r, &r->w->ex.base->rules.items[why->rule], indent);
    if (why->cond->kind == SP_COND_LEAF && why->cond->unless_count == 0) {
        /* the rule is its one leaf: its facts stand below the title, its criterion as a line */
        sp_why leaf = *why, criterion;
        leaf.kind = SP_WHY_COND;
        if (!looked_up(r, &leaf, &criterion)) {
            write_facts(r, why, indent);
            return;
        }
        size_t before = push_number(r, 1);
        write_cond(r, &leaf, depth);
        r->number.len = before;
        return;
    }
    write_children(r, why, depth);
}

static void write_reason(sp_report *r, const sp_why *why, size_t depth)
{
    switch ((sp_why_kind)why->kind) {
    case SP_WHY_COND:
        write_cond(r, why, depth);
        break;
    case SP_WHY_MEMBER:
        write_member(r, why, depth);
        break;
    case SP_WHY_LIST:
        write_list(r, why, depth);
        break;
    case SP_WHY_LIMIT:
        write_limit(r, why, depth);
        break;
    case SP_WHY_RULE: {
        const sp_rule *rule = &r->w->ex.base->rules.items[why->rule];
        size_t indent = write_line(r, depth, (sp_state)why->state, rule->title);
        write_rule(r, why, depth + 1, indent);
        break;
    }
    case SP_WHY_CRITERION: {
        sp_buf line = {0};
        sp_buf_add(&line, r->w->ex.base->vocab.criteria.items[why->criterion].title);
        sp_buf_add_cstr(&line, ", ");
        sp_criterion_address_add(&line, r->w->ex.run, why->criterion, why->row);
        add_reference(r, why, &line);
        write_line(r, depth, (sp_state)why->state, sp_buf_str(&line));
        sp_buf_clear(&line);
        break;
    }
    }
}

static void write_presumption(sp_report *r, uint32_t criterion, size_t indent)
{
    const sp_presumption *p = presumption_of(r, criterion);
    sp_buf line = {0}, names = {0};
    sp_report_add_names(&names, &p->authority);
    sp_report_note_authorities(r, &p->authority);
    sp_buf_printf(&line, "Presumed, since the file does not settle it; burden: %.*s (%.*s)",
                  SP_STR(p->burden), SP_STR(sp_buf_str(&names)));
    write_below(r, indent, SP_INK_PLAIN, sp_buf_str(&line));
    sp_buf_clear(&line);
    sp_buf_clear(&names);
}

static void write_section(sp_report *r, const sp_section *section)
{
    const sp_criterion *c = &r->w->ex.base->vocab.criteria.items[section->criterion];
    sp_why why = sp_why_criterion(&r->w->ex, section->criterion, section->row);
    sp_buf line = {0};
    sp_buf_printf(&line, "%.*s \u2014 ", SP_STR(c->title));
    sp_criterion_address_add(&line, r->w->ex.run, section->criterion, section->row);
    size_t indent = write_line(r, 1, (sp_state)why.state, sp_buf_str(&line));
    sp_buf_clear(&line);
    if (why.presumes) {
        write_presumption(r, section->criterion, indent);
        return;
    }
    sp_whys rules = {0};
    sp_why_children(&r->w->ex, &why, false, &rules);
    if (rules.len == 0)
        write_below(r, indent, SP_INK_PLAIN,
                    SP_LIT("No rule in force under this reading says anything of it."));
    if (rules.len == 1)
        write_rule(r, &rules.items[0], 2, indent);
    for (size_t i = 0; i < rules.len && rules.len > 1; i++) {
        size_t before = push_number(r, i + 1);
        write_reason(r, &rules.items[i], 2);
        r->number.len = before;
    }
    SP_VEC_FREE(&rules);
}

void sp_outline_write(sp_report *r)
{
    /* writing a section may ask for further ones */
    for (size_t i = 0; i < r->sections.len && !r->w->failed; i++) {
        sp_section section = r->sections.items[i];
        if (i > 0)
            sp_buf_add_char(r->b, '\n');
        size_t before = push_number(r, i + 1);
        write_section(r, &section);
        r->number.len = before;
    }
}
