#include "render/explain_words.h"

#include "render/clause.h"
#include "render/phrase.h"

static const sp_rulebase *base_of(const sp_explanation *e)
{
    return e->w->ex.base;
}

static void add_member(sp_buf *b, const sp_explanation *e, const sp_why *why)
{
    const sp_run *run = e->w->ex.run;
    uint32_t value = run->rows.frames[why->frame].value[why->row];
    sp_type type = why->cond->member_type;
    sp_clause_name_add(b, why->cond->variable);
    sp_buf_add_char(b, ' ');
    if (type.kind == SP_ENTITY)
        sp_subject_add(b, run->facts, type.index, value, &e->w->style);
    else
        sp_clause_name_add(b, base_of(e)->vocab.enums.items[type.index].values[value].name);
    if (why->role == SP_ROLE_WHERE)
        sp_buf_add_cstr(b, ": within the limit");
}

static void add_list(sp_buf *b, const sp_why *why)
{
    if (why->state == SP_CONTESTED)
        sp_buf_add_cstr(b, "The list is said in more than one way");
    else if (why->state == SP_OPEN)
        sp_buf_add_cstr(b, "The list is not stated, or not said to be complete");
    else
        sp_buf_add_cstr(b, "The list has no member");
}

static void add_cond(sp_buf *b, const sp_explanation *e, const sp_why *why)
{
    if (why->role == SP_ROLE_EXCEPTION)
        sp_buf_add_cstr(b, "exception: ");
    if (why->role == SP_ROLE_WHERE)
        sp_buf_add_cstr(b, "limit: ");
    sp_phrase_add(b, base_of(e), why->cond);
}

void sp_part_title_add(sp_buf *b, const sp_explanation *e, const sp_why *why)
{
    const sp_vocab *vocab = &base_of(e)->vocab;
    switch ((sp_why_kind)why->kind) {
    case SP_WHY_CRITERION:
        sp_buf_add(b, vocab->criteria.items[why->criterion].title);
        sp_buf_add_cstr(b, " \u2014 ");
        sp_criterion_address_add(b, e->w->ex.run, why->criterion, why->row);
        break;
    case SP_WHY_RULE:
        sp_buf_add(b, base_of(e)->rules.items[why->rule].title);
        break;
    case SP_WHY_COND:
        add_cond(b, e, why);
        break;
    case SP_WHY_MEMBER:
        add_member(b, e, why);
        break;
    case SP_WHY_LIST:
        add_list(b, why);
        break;
    case SP_WHY_LIMIT:
        sp_buf_add_cstr(b, "Some ");
        sp_clause_name_add(b, why->cond->variable);
        sp_buf_add_cstr(b, " is within the limit");
        break;
    }
}

void sp_part_text_add(sp_buf *b, const sp_why *why)
{
    if (why->kind != SP_WHY_COND && why->kind != SP_WHY_RULE)
        return;
    const sp_cond *cond = why->cond;
    if (cond->kind == SP_COND_LEAF)
        sp_buf_add(b, cond->text);
    else if (cond->kind == SP_COND_SOME || cond->kind == SP_COND_EVERY)
        sp_buf_printf(b, "%s: %.*s in %.*s", cond->kind == SP_COND_SOME ? "for_some" : "for_every",
                      SP_STR(cond->variable), SP_STR(cond->list.text));
    else if (cond->title.len > 0 || why->kind == SP_WHY_RULE)
        switch ((sp_cond_kind)cond->kind) {
        case SP_COND_ANY:
            sp_buf_add_cstr(b, "any_of");
            break;
        case SP_COND_NONE:
            sp_buf_add_cstr(b, "none_of");
            break;
        case SP_COND_AT_LEAST:
            sp_buf_printf(b, "at_least: %u", cond->n);
            break;
        default:
            break; /* that all parts are needed is the rule */
        }
}

/* What resolves the silence of the fact that a leaf presumes, or NULL. */
static const sp_presumption *of_fact(const sp_explanation *e, const sp_why *why)
{
    sp_targets facts = {0};
    const sp_presumption *found = NULL;
    sp_why_facts(&e->w->ex, why, &facts);
    for (size_t i = 0; i < facts.len && found == NULL; i++)
        if (facts.items[i].kind == SP_TARGET_OPEN && facts.items[i].fact != SP_NONE) {
            found = e->w->ex.run->net->fact_presumptions[facts.items[i].fact];
            found = found->if_open != SP_OPEN ? found : NULL;
        }
    SP_VEC_FREE(&facts);
    return found;
}

const sp_names *sp_part_presumed_add(sp_buf *b, const sp_explanation *e, const sp_why *why)
{
    const sp_presumption *p;
    if (!why->presumes)
        return NULL;
    if (why->kind == SP_WHY_CRITERION) {
        p = e->w->ex.run->net->criterion_presumptions[why->criterion];
        sp_buf_add_cstr(b, "presumed, since the file does not settle it");
    } else {
        p = of_fact(e, why);
        if (p == NULL)
            return NULL;
        sp_buf_printf(b, "presumed %s", p->if_open == SP_HOLDS ? "yes" : "no");
    }
    sp_buf_printf(b, "; burden: %.*s", SP_STR(p->burden));
    return &p->authority;
}

const sp_names *sp_part_authority(const sp_explanation *e, const sp_why *why)
{
    if (why->kind == SP_WHY_RULE)
        return &base_of(e)->rules.items[why->rule].authority;
    return why->kind == SP_WHY_COND ? &why->cond->authority : NULL;
}

const sp_names *sp_part_passages(const sp_explanation *e, const sp_why *why)
{
    if (why->kind == SP_WHY_RULE)
        return &base_of(e)->rules.items[why->rule].passages;
    return why->kind == SP_WHY_COND ? &why->cond->passages : NULL;
}

sp_str sp_part_note(const sp_explanation *e, const sp_why *why)
{
    if (why->kind == SP_WHY_RULE)
        return base_of(e)->rules.items[why->rule].note;
    return why->kind == SP_WHY_COND ? why->cond->note : SP_EMPTY;
}

/* --- ends of an account --- */

void sp_end_add(sp_buf *b, const sp_explanation *e, const sp_account_end *end, bool otherwise)
{
    const sp_cond *cond = end->why.cond;
    sp_buf text = {0};
    switch (end->want) {
    case SP_WANT_MEMBER:
        sp_buf_printf(b, "%.*s would have to name one that counts", SP_STR(cond->list.text));
        return;
    case SP_WANT_IN_FULL:
        sp_buf_printf(b, "%.*s would have to be said in full, and to name none that stands in the way",
                      SP_STR(cond->list.text));
        return;
    case SP_WANT_LEFT_OUT:
        sp_part_title_add(b, e, &end->why);
        sp_buf_printf(b, " would have to be left out of %.*s", SP_STR(cond->list.text));
        return;
    default:
        break;
    }
    if (otherwise && cond != NULL && cond->left.kind == SP_OPERAND_PARAMETER)
        sp_buf_add_cstr(b, "a reading would have to say otherwise: ");
    else if (otherwise)
        sp_buf_add_cstr(b, end->want == SP_WANT_HOLDS ? "would have to hold: " : "would have to fail: ");
    sp_part_title_add(b, e, &end->why);
    sp_part_text_add(&text, &end->why);
    if (text.len > 0 && end->why.kind == SP_WHY_COND && cond->title.len > 0)
        sp_buf_printf(b, " (%.*s)", SP_STR(sp_buf_str(&text)));
    b->failed |= text.failed;
    sp_buf_clear(&text);
}

/* --- what was read --- */

static void push_reading(const sp_explanation *e, sp_readings_of *list, uint32_t fact, uint32_t row,
                         sp_buf *name, sp_buf *value)
{
    sp_arena *arena = &e->w->arena;
    sp_reading_of reading = {.fact = fact, .row = row};
    reading.name = sp_arena_dup(arena, sp_buf_str(name));
    reading.value = sp_arena_dup(arena, sp_buf_str(value));
    bool seen = false;
    for (size_t i = 0; i < list->len; i++)
        seen |= sp_str_eq(list->items[i].name, reading.name) &&
                sp_str_eq(list->items[i].value, reading.value);
    e->w->failed |= name->failed || value->failed || (!seen && !SP_VEC_PUSH(list, reading));
    sp_buf_clear(name);
    sp_buf_clear(value);
}

static void push_fact(const sp_explanation *e, const sp_target *t, sp_readings_of *list)
{
    const sp_facts *facts = e->w->ex.run->facts;
    sp_buf name = {0}, value = {0};
    sp_fact_address_add(&name, facts, t->fact, t->row);
    sp_stated_add(&value, facts, t->fact,
                  sp_facts_cell(facts, t->entity, t->row, facts->vocab->facts.items[t->fact].column),
                  &e->w->style);
    push_reading(e, list, t->fact, t->row, &name, &value);
}

/* An operand that is no fact: a parameter of the reading, or a variable and whom it stands for. */
static void push_operand(const sp_explanation *e, const sp_why *why, const sp_operand *operand,
                         const sp_path *path, sp_readings_of *list)
{
    const sp_run *run = e->w->ex.run;
    sp_buf name = {0}, value = {0};
    if (operand->kind == SP_OPERAND_PARAMETER) {
        sp_buf_add(&name, operand->text);
        sp_clause_value_add(&value, &base_of(e)->vocab, operand->type,
                            run->net->parameters[operand->parameter]);
        sp_buf_add_cstr(&value, " under this reading");
        push_reading(e, list, SP_NONE, 0, &name, &value);
        return;
    }
    if (operand->kind != SP_OPERAND_PATH || path->type.kind != SP_ENTITY || path->type.list)
        return;
    sp_targets targets = {0};
    sp_rows_resolve(&e->w->ex.run->rows, path,
                    run->net->nodes.items[run->net->core_nodes[why->cond->number]].frame, why->row,
                    &targets);
    for (size_t i = 0; i < targets.len; i++) {
        if (targets.items[i].kind != SP_TARGET_VALUE || targets.items[i].fact != SP_NONE)
            continue;
        sp_buf_add(&name, operand->text);
        sp_subject_add(&value, run->facts, path->type.index, targets.items[i].value, &e->w->style);
        push_reading(e, list, SP_NONE, 0, &name, &value);
    }
    SP_VEC_FREE(&targets);
}

static void push_operands(const sp_explanation *e, const sp_why *why, sp_readings_of *list)
{
    const sp_network *net = e->w->ex.run->net;
    const sp_cond *cond = why->cond;
    const sp_net_node *n = &net->nodes.items[net->core_nodes[cond->number]];
    if (n->kind == SP_NET_LOOKUP)
        return;
    push_operand(e, why, &cond->left, &n->left, list);
    /* a leaf that is decided by the reading alone has no paths */
    for (uint32_t i = 0; i < cond->right_count; i++)
        if (n->kind == SP_NET_COMPARE || cond->right[i].kind == SP_OPERAND_PARAMETER)
            push_operand(e, why, &cond->right[i], n->right == NULL ? NULL : &n->right[i], list);
}

void sp_part_readings(const sp_explanation *e, const sp_why *why, sp_readings_of *list)
{
    sp_targets facts = {0};
    sp_why_facts(&e->w->ex, why, &facts);
    for (size_t i = 0; i < facts.len; i++)
        if (facts.items[i].fact != SP_NONE)
            push_fact(e, &facts.items[i], list);
    SP_VEC_FREE(&facts);
    if ((why->kind == SP_WHY_COND || why->kind == SP_WHY_RULE) && why->cond->kind == SP_COND_LEAF)
        push_operands(e, why, list);
}

void sp_end_readings(const sp_explanation *e, const sp_account_end *end, sp_readings_of *list)
{
    const sp_run *run = e->w->ex.run;
    sp_why why = end->why;
    if (end->want == SP_WANT_LEFT_OUT) {
        why.kind = SP_WHY_LIST;
        why.row = run->rows.frames[end->why.frame].parent_row[end->why.row];
        why.frame = run->net->frames.items[end->why.frame].parent;
    }
    sp_part_readings(e, &why, list);
}

/* --- boxes --- */

uint32_t sp_part_drawn(const sp_tree *t, uint32_t index)
{
    while (t->nodes.items[index].merged)
        index = t->nodes.items[index].parent;
    return index;
}

const char *sp_part_whereabouts(const sp_tree *tree, const sp_tree_node *node)
{
    return tree->nodes.items + node->see < node ? "above" : "below";
}

const char *sp_part_fill(sp_state state)
{
    static const char *const fills[] = {
        [SP_OPEN] = "#fff3c4", [SP_HOLDS] = "#d9f2d9", [SP_FAILS] = "#f9d6d5", [SP_CONTESTED] = "#ecd9f2"};
    return fills[state];
}

static void push_line(const sp_explanation *e, sp_part_lines *lines, sp_buf *line)
{
    e->w->failed |= line->failed;
    if (line->len > 0)
        e->w->failed |= !SP_VEC_PUSH(lines, sp_arena_dup(&e->w->arena, sp_buf_str(line)));
    sp_buf_reset(line);
}

static void push_lines(const sp_explanation *e, const sp_tree_node *node, sp_part_lines *lines)
{
    sp_buf line = {0};
    sp_readings_of list = {0};
    sp_part_text_add(&line, &node->why);
    push_line(e, lines, &line);
    if (node->see == SP_NONE)
        sp_part_presumed_add(&line, e, &node->why);
    push_line(e, lines, &line);
    sp_part_readings(e, &node->why, &list);
    for (size_t i = 0; i < list.len; i++) {
        sp_buf_printf(&line, "%.*s: ", SP_STR(list.items[i].name));
        sp_buf_add(&line, list.items[i].value);
        push_line(e, lines, &line);
    }
    if (node->see != SP_NONE)
        sp_buf_printf(&line, "see %s: %.*s", sp_part_whereabouts(e->tree, node),
                      SP_STR(e->tree->nodes.items[node->see].address));
    else if (node->below > 0)
        sp_buf_printf(&line, "and %u part%s below: %.*s", node->below, node->below == 1 ? "" : "s",
                      SP_STR(node->address));
    push_line(e, lines, &line);
    SP_VEC_FREE(&list);
    sp_buf_clear(&line);
}

void sp_part_lines_of(const sp_explanation *e, uint32_t index, sp_part_lines *lines)
{
    const sp_tree *t = e->tree;
    sp_buf title = {0};
    sp_buf_printf(&title, "%s ", sp_mark_of_state((sp_state)t->nodes.items[index].why.state));
    sp_part_title_add(&title, e, &t->nodes.items[index].why);
    push_line(e, lines, &title);
    sp_buf_clear(&title);
    push_lines(e, &t->nodes.items[index], lines);
    /* merged parts that have something to say are only children: they follow at once */
    for (uint32_t i = index + 1;
         i < t->nodes.len && t->nodes.items[i].merged && sp_part_drawn(t, i) == index; i++)
        push_lines(e, &t->nodes.items[i], lines);
}
