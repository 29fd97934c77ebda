#include "render/answer.h"
#include "render/explain_words.h"
#include "render/head.h"
#include "render/passages.h"

/* Ends of an account and contested facts that are listed before the text says how many more there are. */
#define ENDS_SHOWN 12u
/* Levels that are indented; deeper ones stand below one another. */
#define LEVELS_INDENTED 14u

struct page {
    const sp_explanation *e;
    sp_report report; /* numbers passages, notes authorities */
};

static const sp_style *style_of(const struct page *p)
{
    return &p->e->w->style;
}

/* A line of its own, which is freed. */
static void put_line(struct page *p, size_t at, size_t indent, sp_buf *line)
{
    p->report.b->failed |= line->failed;
    sp_wrap_add(p->report.b, style_of(p), at, indent, sp_buf_str(line));
    sp_buf_clear(line);
}

static void put_below(struct page *p, size_t indent, sp_ink ink, sp_buf *line)
{
    if (line->len == 0 && !line->failed)
        return;
    sp_blanks_add(p->report.b, indent);
    sp_ink_on(p->report.b, style_of(p), ink);
    put_line(p, indent, ink == SP_INK_DIM ? indent + 2 : indent, line);
    sp_ink_off(p->report.b, style_of(p), ink);
}

static void put_text(struct page *p, size_t indent, sp_ink ink, sp_str text)
{
    sp_buf line = {0};
    sp_buf_add(&line, text);
    put_below(p, indent, ink, &line);
}

static void put_paragraph(struct page *p, const char *text)
{
    put_text(p, 2, SP_INK_PLAIN, sp_str_from(text));
}

/* --- the head --- */

static void write_state(struct page *p)
{
    const sp_tree_node *root = &p->e->tree->nodes.items[0];
    sp_state state = (sp_state)root->why.state;
    sp_buf line = {0};
    sp_buf_add_char(p->report.b, '\n');
    sp_ink_on(p->report.b, style_of(p), SP_INK_BOLD);
    sp_buf_add(&line, root->address);
    put_line(p, 0, 2, &line);
    sp_ink_off(p->report.b, style_of(p), SP_INK_BOLD);
    sp_buf_add_cstr(p->report.b, "  ");
    sp_report_mark(&p->report, state);
    sp_buf_printf(p->report.b, " %-10s", sp_state_word(state));
    if (root->why.kind == SP_WHY_CRITERION) {
        const sp_criterion *c = &p->e->w->ex.base->vocab.criteria.items[root->why.criterion];
        sp_buf_add(&line, c->title);
        sp_buf_add_cstr(&line, root->why.presumed ? " (on a presumption)" : "");
        put_line(p, 14, 14, &line);
        put_text(p, 14, SP_INK_PLAIN,
                 state == SP_HOLDS   ? c->holds
                 : state == SP_FAILS ? c->fails
                                     : SP_EMPTY);
        return;
    }
    sp_part_title_add(&line, p->e, &root->why);
    put_line(p, 14, 14, &line);
}

/* --- the short account --- */

/* Frees the list. */
static void write_readings(struct page *p, sp_readings_of *list, size_t indent)
{
    for (size_t i = 0; i < list->len; i++) {
        sp_buf line = {0};
        sp_buf_printf(&line, "%.*s: ", SP_STR(list->items[i].name));
        sp_buf_add(&line, list->items[i].value);
        put_below(p, indent, SP_INK_DIM, &line);
    }
    SP_VEC_FREE(list);
}

static void write_presumed(struct page *p, const sp_why *why, size_t indent)
{
    sp_buf line = {0}, names = {0};
    const sp_names *authority = sp_part_presumed_add(&line, p->e, why);
    if (authority != NULL && authority->count > 0) {
        sp_report_add_names(&names, authority);
        sp_report_note_authorities(&p->report, authority);
        sp_buf_printf(&line, " (%.*s)", SP_STR(sp_buf_str(&names)));
    }
    line.failed |= names.failed;
    sp_buf_clear(&names);
    put_below(p, indent, SP_INK_PLAIN, &line);
}

static void write_end(struct page *p, const sp_account_end *end, bool otherwise)
{
    sp_buf line = {0};
    sp_readings_of list = {0};
    sp_buf_add_cstr(p->report.b, "  ");
    sp_report_mark(&p->report, (sp_state)end->why.state);
    sp_buf_add_char(p->report.b, ' ');
    sp_end_add(&line, p->e, end, otherwise);
    put_line(p, 4, 6, &line);
    write_presumed(p, &end->why, 6);
    sp_end_readings(p->e, end, &list);
    write_readings(p, &list, 6);
}

static void write_ends(struct page *p, const sp_account *account, size_t count, bool otherwise)
{
    for (size_t i = 0; i < count; i++) {
        if (i == ENDS_SHOWN && count > ENDS_SHOWN + 1) {
            sp_buf_printf(p->report.b, "    and %zu more\n", count - i);
            break;
        }
        write_end(p, &account->ends.items[i], otherwise);
    }
}

static void write_account(struct page *p, sp_state state)
{
    const sp_account *a = p->e->account;
    if (a->size == 0)
        return;
    sp_heading_add(p->report.b, style_of(p), state == SP_FAILS ? "WHAT BLOCKS IT" : "WHAT CARRIES IT");
    sp_buf line = {0};
    sp_buf_printf(&line, "The shortest account%s: %s enough for it to %s.", a->exact ? "" : " found",
                  a->size == 1 ? "this alone is" : "these alone are", state == SP_FAILS ? "fail" : "hold");
    if (a->ways > 1)
        sp_buf_printf(&line, " It is one of %zu of this length.", a->ways);
    put_below(p, 2, SP_INK_PLAIN, &line);
    write_ends(p, a, a->size, false);
}

static void add_change(const sp_account *a, const char *other, sp_buf *line)
{
    if (a->ways == 0)
        sp_buf_printf(line, "Nothing that the file can say would make it %s under these rules.", other);
    else if (a->size == 1 && a->ways > 1)
        sp_buf_printf(line, "For it to %s, any one of these would be enough:", other);
    else if (a->size == 1)
        sp_buf_printf(line, "For it to %s, one finding would have to be different:", other);
    else
        sp_buf_printf(line, "For it to %s, %s%zu findings would have to be different", other,
                      a->exact ? "at least " : "as far as could be worked out ", a->size);
    if (a->ways > 1 && a->size > 1)
        sp_buf_printf(line, "; the first of %zu such sets:", a->ways);
    else if (a->ways > 0 && a->size > 1)
        sp_buf_add_char(line, ':');
}

static void write_change(struct page *p, sp_state state)
{
    const sp_account *a = p->e->change;
    sp_buf line = {0};
    if ((state != SP_HOLDS && state != SP_FAILS) || (a->ways > 0 && a->size == 0))
        return;
    sp_heading_add(p->report.b, style_of(p), "WHAT WOULD HAVE TO BE DIFFERENT");
    add_change(a, state == SP_FAILS ? "hold" : "fail", &line);
    put_below(p, 2, SP_INK_PLAIN, &line);
    write_ends(p, a, a->size == 1 ? a->ways : a->size, true);
}

/* --- what is open, and both sides --- */

static void write_item(struct page *p, const sp_item *item)
{
    const sp_facts *facts = p->e->w->ex.run->facts;
    const sp_fact *fact = &facts->vocab->facts.items[item->fact];
    sp_buf line = {0};
    if (fact->ask.len > 0)
        sp_buf_add(&line, fact->ask);
    else
        sp_fact_title_add(&line, fact);
    sp_buf_add_cstr(&line, " [");
    sp_fact_address_add(&line, facts, item->fact, item->row);
    sp_buf_add_char(&line, ']');
    sp_buf_add_cstr(p->report.b, "  \u2022 ");
    put_line(p, 4, 4, &line);
}

/* One side a line: what is said, and by whom. */
static void write_sides(struct page *p, const sp_item *item)
{
    const sp_facts *facts = p->e->w->ex.run->facts;
    uint32_t count;
    const sp_cell *sides = sp_facts_assertions(facts, item->cell, &count);
    for (uint32_t i = 0; i < count; i++) {
        sp_buf line = {0};
        sp_stated_add(&line, facts, item->fact, &sides[i], style_of(p));
        put_below(p, 6, SP_INK_PLAIN, &line);
    }
}

static void write_items(struct page *p, const char *title, const char *lead, const sp_items *items,
                        bool sides)
{
    if (items->len == 0)
        return;
    sp_heading_add(p->report.b, style_of(p), title);
    put_paragraph(p, lead);
    for (size_t i = 0; i < items->len; i++) {
        if (i == ENDS_SHOWN && items->len > ENDS_SHOWN + 1) {
            sp_buf_printf(p->report.b, "  and %zu more\n", items->len - i);
            break;
        }
        write_item(p, &items->items[i]);
        if (sides)
            write_sides(p, &items->items[i]);
    }
}

static void write_doubt(struct page *p, sp_state state)
{
    if (p->e->support == NULL || (state != SP_OPEN && state != SP_CONTESTED))
        return;
    write_items(p, "BOTH SIDES", "What is said both ways, and by whom:", &p->e->support->contested, true);
    write_items(p, "WHAT IS MISSING",
                "What nobody has said; `settle` tells which answers would do:", &p->e->support->open,
                false);
}

/* --- every part --- */

static size_t indent_of(const sp_tree_node *node)
{
    return 2 + 2 * (size_t)(node->level < LEVELS_INDENTED ? node->level : LEVELS_INDENTED);
}

/* " ✘ ", and "(✘)" where the verdict does not rest on it. */
static void write_mark(struct page *p, const sp_tree_node *node)
{
    sp_buf_add_char(p->report.b, node->decides ? ' ' : '(');
    sp_report_mark(&p->report, (sp_state)node->why.state);
    sp_buf_add_cstr(p->report.b, node->decides ? "  " : ") ");
}

static void add_pointer(struct page *p, const sp_tree_node *node, sp_buf *line)
{
    if (node->see != SP_NONE)
        sp_buf_printf(line, " \u2014 see above: %.*s", SP_STR(p->e->tree->nodes.items[node->see].address));
    else if (node->below > 0)
        sp_buf_printf(line, " \u2014 and %u part%s below: %.*s", node->below, node->below == 1 ? "" : "s",
                      SP_STR(node->address));
}

/* A criterion on the line of the leaf that asks for it. */
static void add_merged(struct page *p, uint32_t index, sp_buf *line)
{
    const sp_tree *t = p->e->tree;
    if (index + 1 >= t->nodes.len)
        return;
    const sp_tree_node *next = &t->nodes.items[index + 1];
    if (next->parent != index || !next->merged || next->why.kind != SP_WHY_CRITERION)
        return;
    if (next->see == SP_NONE)
        sp_buf_printf(line, " \u2192 %.*s", SP_STR(next->address));
    add_pointer(p, next, line);
}

static void write_title(struct page *p, uint32_t index)
{
    const sp_tree_node *node = &p->e->tree->nodes.items[index];
    size_t indent = indent_of(node);
    sp_buf line = {0};
    sp_blanks_add(p->report.b, indent);
    write_mark(p, node);
    sp_part_title_add(&line, p->e, &node->why);
    if (node->see != SP_NONE && node->why.kind == SP_WHY_CRITERION)
        sp_buf_printf(&line, ", see %s", sp_part_whereabouts(p->e->tree, node));
    else
        add_pointer(p, node, &line);
    add_merged(p, index, &line);
    sp_ink_on(p->report.b, style_of(p), node->decides ? SP_INK_PLAIN : SP_INK_DIM);
    put_line(p, indent + 4, indent + 4, &line);
    sp_ink_off(p->report.b, style_of(p), node->decides ? SP_INK_PLAIN : SP_INK_DIM);
}

static void write_citation(struct page *p, const sp_why *why, size_t indent)
{
    const sp_names *authority = sp_part_authority(p->e, why), *passages = sp_part_passages(p->e, why);
    sp_buf line = {0};
    if (authority == NULL)
        return;
    sp_report_add_names(&line, authority);
    sp_report_note_authorities(&p->report, authority);
    sp_report_add_marks(&p->report, &line, passages);
    put_below(p, indent, SP_INK_DIM, &line);
}

/* A leaf that only asks for a criterion, whose address stands beside it. */
static bool says_nothing_new(const sp_tree *t, uint32_t index)
{
    const sp_cond *cond = t->nodes.items[index].why.cond;
    return index + 1 < t->nodes.len && t->nodes.items[index + 1].parent == index &&
           t->nodes.items[index + 1].merged && t->nodes.items[index + 1].why.kind == SP_WHY_CRITERION &&
           !cond->negated;
}

static void write_part(struct page *p, uint32_t index)
{
    const sp_tree_node *node = &p->e->tree->nodes.items[index];
    const sp_why *why = &node->why;
    size_t indent = indent_of(node) + 4;
    sp_buf line = {0};
    sp_readings_of list = {0};
    if (!node->merged)
        write_title(p, index);
    if (p->e->addresses) {
        sp_buf_add(&line, node->address);
        put_below(p, indent, SP_INK_DIM, &line);
    }
    if (node->see == SP_NONE)
        write_presumed(p, why, indent);
    if (why->kind != SP_WHY_CRITERION) {
        if (!says_nothing_new(p->e->tree, index))
            sp_part_text_add(&line, why);
        put_below(p, indent, SP_INK_PLAIN, &line);
        sp_part_readings(p->e, why, &list);
        write_readings(p, &list, indent);
        write_citation(p, why, indent);
        put_text(p, indent, SP_INK_PLAIN, sp_part_note(p->e, why));
    }
    const sp_network *net = p->e->w->ex.run->net;
    if (why->kind == SP_WHY_CRITERION &&
        net->first_rule[why->criterion] == net->first_rule[why->criterion + 1])
        put_text(p, indent, SP_INK_PLAIN,
                 SP_LIT("No rule in force under this reading says anything of it."));
}

static void write_tree(struct page *p)
{
    const sp_tree *t = p->e->tree;
    bool idle = false;
    for (size_t i = 0; i < t->nodes.len; i++)
        idle |= !t->nodes.items[i].decides;
    sp_heading_add(p->report.b, style_of(p), "EVERY PART");
    if (idle)
        put_paragraph(p, "Parts with a mark in brackets are those that the verdict does not rest on.");
    for (uint32_t i = 0; i < t->nodes.len; i++)
        write_part(p, i);
}

void sp_explain_text(const sp_explanation *e, sp_buf *b)
{
    const sp_rulebase *base = e->w->ex.base;
    const sp_run *run = e->w->ex.run;
    struct page p = {.e = e, .report = {.w = e->w, .case_index = e->case_index, .b = b}};
    sp_state state = (sp_state)e->tree->nodes.items[0].why.state;
    p.report.passage_number = SP_NEW_ARRAY(&e->w->arena, uint32_t, base->passages.len);
    p.report.authority_cited = SP_NEW_ARRAY(&e->w->arena, bool, base->authorities.len);
    if (e->w->arena.failed) {
        e->w->failed = true;
        return;
    }
    sp_head_add(b, &e->w->style, run->facts, e->case_index, run->net);
    write_state(&p);
    write_account(&p, state);
    write_change(&p, state);
    write_doubt(&p, state);
    write_tree(&p);
    sp_report_passages(&p.report);
    sp_report_authorities(&p.report);
    e->w->failed |= e->w->ex.failed || e->w->arena.failed;
}
