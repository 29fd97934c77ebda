#include "render/proof.h"

#include <stdlib.h>

#include "render/head.h"

struct proof {
    sp_verdict_writer *w;
    uint32_t case_index;
    sp_buf *b;
    sp_buf address; /* of the step being written */
    sp_whys stack;
    size_t steps;
};

static const sp_vocab *vocab_of(const struct proof *p)
{
    return &p->w->ex.base->vocab;
}

/* --- pieces of JSON --- */

static void add_key(sp_buf *b, const char *key)
{
    sp_buf_printf(b, ", \"%s\": ", key);
}

static void add_text(sp_buf *b, const char *key, sp_str text)
{
    add_key(b, key);
    sp_json_add(b, text);
}

/* A text that was built for it, freed. */
static void add_built(sp_buf *b, sp_buf *text)
{
    b->failed |= text->failed;
    sp_json_add(b, sp_buf_str(text));
    sp_buf_clear(text);
}

static void add_names(sp_buf *b, const char *key, const sp_names *names)
{
    if (names->count == 0)
        return;
    add_key(b, key);
    for (size_t i = 0; i < names->count; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "[");
        sp_json_add(b, names->items[i]);
    }
    sp_buf_add_char(b, ']');
}

static void add_type(struct proof *p, sp_type type)
{
    sp_buf text = {0};
    sp_type_add(&text, vocab_of(p), type);
    add_built(p->b, &text);
}

static void add_presumption(sp_buf *b, const sp_presumption *presumption)
{
    if (presumption->if_open == SP_OPEN)
        return;
    sp_buf_printf(b, ", \"if_open\": \"%s\"", sp_state_word(presumption->if_open));
    add_text(b, "burden", presumption->burden);
    add_names(b, "authority", &presumption->authority);
}

/* --- what can be said --- */

/* Indices of named things in the order of their names: the order of files means nothing. */
struct named {
    sp_str name;
    uint32_t index;
};

static int compare_named(const void *a, const void *b)
{
    return sp_str_cmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

static struct named *new_names(struct proof *p, size_t count)
{
    struct named *names = SP_NEW_ARRAY(&p->w->arena, struct named, count + 1);
    p->w->failed |= names == NULL;
    return names;
}

static void sort_names(struct named *names, size_t count)
{
    if (count > 1)
        qsort(names, count, sizeof *names, compare_named);
}

static void write_enums(struct proof *p)
{
    const sp_vocab *vocab = vocab_of(p);
    struct named *names = new_names(p, vocab->enums.len);
    for (uint32_t i = 0; names != NULL && i < vocab->enums.len; i++)
        names[i] = (struct named){vocab->enums.items[i].name, i};
    if (names == NULL)
        return;
    sort_names(names, vocab->enums.len);
    for (size_t i = 0; i < vocab->enums.len; i++) {
        const sp_enum *e = &vocab->enums.items[names[i].index];
        sp_buf_add_cstr(p->b, "{\"enum\": ");
        sp_json_add(p->b, e->name);
        sp_buf_printf(p->b, ", \"ordered\": %s, \"values\": [", e->ordered ? "true" : "false");
        for (uint32_t v = 0; v < e->count; v++) {
            sp_buf_add_cstr(p->b, v > 0 ? ", " : "");
            sp_json_add(p->b, e->values[v].name);
        }
        sp_buf_add_cstr(p->b, "]}\n");
    }
}

static void add_parameter_value(struct proof *p, const sp_parameter *parameter, sp_value value)
{
    sp_buf text = {0};
    if (parameter->type.kind == SP_ENUM)
        sp_buf_add(&text, vocab_of(p)->enums.items[parameter->type.index].values[value.index].name);
    else if (parameter->type.kind == SP_NUMBER)
        sp_number_add(&text, value.number);
    else
        sp_buf_add_cstr(&text, value.index == 1 ? "yes" : "no");
    add_built(p->b, &text);
}

static void write_parameters(struct proof *p)
{
    const sp_vocab *vocab = vocab_of(p);
    size_t count = vocab->parameters.len;
    struct named *names = new_names(p, count);
    for (uint32_t i = 0; names != NULL && i < count; i++)
        names[i] = (struct named){vocab->parameters.items[i].name, i};
    if (names == NULL)
        return;
    sort_names(names, count);
    for (size_t i = 0; i < count; i++) {
        const sp_parameter *parameter = &vocab->parameters.items[names[i].index];
        sp_buf_add_cstr(p->b, "{\"parameter\": ");
        sp_json_add(p->b, parameter->name);
        add_key(p->b, "type");
        add_type(p, parameter->type);
        add_key(p->b, "value");
        add_parameter_value(p, parameter, p->w->ex.run->net->parameters[names[i].index]);
        sp_buf_add_cstr(p->b, "}\n");
    }
}

static void add_fact(struct proof *p, uint32_t fact)
{
    sp_buf_add_cstr(p->b, "{\"type\": ");
    add_type(p, vocab_of(p)->facts.items[fact].type);
    add_presumption(p->b, p->w->ex.run->net->fact_presumptions[fact]);
    sp_buf_add_char(p->b, '}');
}

static void add_criterion(struct proof *p, uint32_t criterion)
{
    const sp_criterion *c = &vocab_of(p)->criteria.items[criterion];
    sp_buf_add_cstr(p->b, "{\"title\": ");
    sp_json_add(p->b, c->title);
    if (c->with != SP_NONE)
        add_text(p->b, "with", vocab_of(p)->entities.items[c->with].name);
    add_presumption(p->b, p->w->ex.run->net->criterion_presumptions[criterion]);
    sp_buf_add_char(p->b, '}');
}

/* Members of one kind in the order of their names. */
static void add_members(struct proof *p, const sp_entity *e, sp_member_kind kind)
{
    const sp_vocab *vocab = vocab_of(p);
    struct named *names = new_names(p, e->members.len);
    size_t count = 0;
    for (size_t i = 0; names != NULL && i < e->members.len; i++) {
        sp_member m = e->members.items[i];
        if (m.kind != kind ||
            (kind == SP_MEMBER_FACT && vocab->facts.items[m.index].role != SP_FACT_STATED))
            continue;
        names[count++] = (struct named){kind == SP_MEMBER_FACT ? vocab->facts.items[m.index].name
                                                               : vocab->criteria.items[m.index].name,
                                        m.index};
    }
    if (names != NULL)
        sort_names(names, count);
    add_key(p->b, kind == SP_MEMBER_FACT ? "facts" : "criteria");
    sp_buf_add_char(p->b, '{');
    for (size_t i = 0; i < count; i++) {
        sp_buf_add_cstr(p->b, i > 0 ? ", " : "");
        sp_json_add(p->b, names[i].name);
        sp_buf_add_cstr(p->b, ": ");
        if (kind == SP_MEMBER_FACT)
            add_fact(p, names[i].index);
        else
            add_criterion(p, names[i].index);
    }
    sp_buf_add_char(p->b, '}');
}

static void write_entities(struct proof *p)
{
    const sp_vocab *vocab = vocab_of(p);
    size_t count = vocab->entities.len;
    struct named *names = new_names(p, count);
    for (uint32_t i = 0; names != NULL && i < count; i++)
        names[i] = (struct named){vocab->entities.items[i].name, i};
    if (names == NULL)
        return;
    sort_names(names, count);
    for (size_t i = 0; i < count; i++) {
        const sp_entity *e = &vocab->entities.items[names[i].index];
        sp_buf_add_cstr(p->b, "{\"entity\": ");
        sp_json_add(p->b, e->name);
        if (e->collection.len > 0)
            add_text(p->b, "collection", e->collection);
        if (e->facet_of != SP_NONE)
            add_text(p->b, "facet_of", vocab->entities.items[e->facet_of].name);
        if (e->owner != SP_NONE)
            add_text(p->b, "owner", vocab->entities.items[e->owner].name);
        add_members(p, e, SP_MEMBER_FACT);
        add_members(p, e, SP_MEMBER_CRITERION);
        sp_buf_add_cstr(p->b, "}\n");
    }
}

/* --- rules --- */

static void add_cond(struct proof *p, const sp_cond *cond);

static void add_conds(struct proof *p, const char *key, sp_cond *const *conds, uint32_t count)
{
    add_key(p->b, key);
    sp_buf_add_char(p->b, '[');
    for (uint32_t i = 0; i < count; i++) {
        sp_buf_add_cstr(p->b, i > 0 ? ", " : "");
        add_cond(p, conds[i]);
    }
    sp_buf_add_char(p->b, ']');
}

static void add_quantifier(struct proof *p, const sp_cond *cond)
{
    bool every = cond->kind == SP_COND_EVERY;
    add_text(p->b, "variable", cond->variable);
    add_text(p->b, "in", cond->list.text);
    if (every)
        add_text(p->b, "if_empty", sp_str_from(sp_state_word(cond->if_empty)));
    if (cond->where != NULL) {
        add_key(p->b, "where");
        add_cond(p, cond->where);
    }
    add_key(p->b, "that");
    add_cond(p, cond->body);
}

static void add_cond(struct proof *p, const sp_cond *cond)
{
    static const char *const heads[] = {"leaf",     "all_of",   "any_of",   "none_of",
                                        "at_least", "for_some", "for_every"};
    sp_buf_printf(p->b, "{\"is\": \"%s\"", heads[cond->kind]);
    if (cond->id.len > 0)
        add_text(p->b, "id", cond->id);
    add_names(p->b, "authority", &cond->authority);
    add_names(p->b, "passages", &cond->passages);
    if (cond->kind == SP_COND_AT_LEAST)
        sp_buf_printf(p->b, ", \"n\": %u", cond->n);
    if (cond->kind == SP_COND_LEAF)
        add_text(p->b, "text", cond->text);
    else if (cond->kind == SP_COND_SOME || cond->kind == SP_COND_EVERY)
        add_quantifier(p, cond);
    else
        add_conds(p, "parts", cond->parts, cond->part_count);
    if (cond->unless_count > 0)
        add_conds(p, "unless", cond->unless, cond->unless_count);
    sp_buf_add_char(p->b, '}');
}

static void write_rule(struct proof *p, const sp_rule *rule)
{
    const sp_criterion *c = &vocab_of(p)->criteria.items[rule->criterion];
    sp_buf name = {0};
    sp_buf_add_cstr(p->b, "{\"rule\": ");
    sp_json_add(p->b, rule->id);
    add_text(p->b, "title", rule->title);
    sp_criterion_name_add(&name, vocab_of(p), rule->criterion);
    if (c->with != SP_NONE)
        sp_buf_printf(&name, "(%.*s)", SP_STR(c->with_name));
    add_key(p->b, "concludes");
    add_built(p->b, &name);
    add_names(p->b, "authority", &rule->authority);
    add_names(p->b, "passages", &rule->passages);
    add_key(p->b, "condition");
    add_cond(p, rule->condition);
    sp_buf_add_cstr(p->b, "}\n");
}

static void write_rules(struct proof *p)
{
    const sp_network *net = p->w->ex.run->net;
    struct named *names = new_names(p, net->rules.len);
    for (size_t i = 0; names != NULL && i < net->rules.len; i++)
        names[i] = (struct named){p->w->ex.base->rules.items[net->rules.items[i]].id, net->rules.items[i]};
    if (names == NULL)
        return;
    sort_names(names, net->rules.len);
    for (size_t i = 0; i < net->rules.len; i++)
        write_rule(p, &p->w->ex.base->rules.items[names[i].index]);
}

/* --- facts --- */

/* A value as a case file has it; a row as its address; null where it is masked. */
static void add_scalar(struct proof *p, sp_type type, const sp_cell *cell, uint32_t index)
{
    const sp_facts *facts = p->w->ex.run->facts;
    bool masked = p->w->style.redact && cell->origin != SP_FROM_WORLD;
    sp_buf text = {0};
    switch ((sp_type_kind)type.kind) {
    case SP_YES_NO:
        sp_buf_add_cstr(&text, index == 1 ? "yes" : "no");
        break;
    case SP_NUMBER:
        sp_number_add(&text, cell->value.number);
        break;
    case SP_DATE:
        sp_date_add(&text, cell->value.date);
        break;
    case SP_TEXT:
        sp_buf_add(&text, sp_facts_text(facts, cell));
        break;
    case SP_ENUM:
        sp_buf_add(&text, vocab_of(p)->enums.items[type.index].values[index].name);
        break;
    case SP_ENTITY: {
        uint32_t facet_of = vocab_of(p)->entities.items[type.index].facet_of;
        sp_facts_address(facts, facet_of != SP_NONE ? facet_of : type.index, index, &text);
        break;
    }
    }
    if (masked && (type.kind == SP_DATE || type.kind == SP_TEXT)) {
        sp_buf_clear(&text);
        sp_buf_add_cstr(p->b, "null");
        return;
    }
    add_built(p->b, &text);
}

static void add_list(struct proof *p, sp_type type, const sp_cell *cell)
{
    const sp_facts *facts = p->w->ex.run->facts;
    bool owned = type.kind == SP_ENTITY && facts->vocab->entities.items[type.index].collection.len == 0;
    sp_buf_add_cstr(p->b, "{\"list\": [");
    for (uint32_t i = 0; i < cell->value.count; i++) {
        sp_buf_add_cstr(p->b, i > 0 ? ", " : "");
        add_scalar(p, type, cell, owned ? cell->value.start + i : sp_facts_members(facts, cell)[i]);
    }
    sp_buf_printf(p->b, "], \"complete\": %s", cell->incomplete ? "false" : "true");
}

/* Every assertion of a fact, with who makes it. An openly unknown fact has none. */
static void add_assertions(struct proof *p, const sp_fact *fact, const sp_cell *cell)
{
    const sp_facts *facts = p->w->ex.run->facts;
    uint32_t count;
    const sp_cell *assertions = sp_facts_assertions(facts, cell, &count);
    sp_buf_add_char(p->b, '[');
    for (uint32_t i = 0; i < count; i++) {
        const sp_cell *one = &assertions[i];
        bool masked = p->w->style.redact && one->origin != SP_FROM_WORLD;
        sp_str by, see;
        sp_date found;
        sp_buf_add_cstr(p->b, i > 0 ? ", " : "");
        if (fact->type.list) {
            add_list(p, fact->type, one);
        } else {
            sp_buf_add_cstr(p->b, "{\"is\": ");
            add_scalar(p, fact->type, one, one->value.index);
        }
        sp_facts_source(facts, one, &by, &see);
        if (by.len > 0)
            add_text(p->b, "by", masked ? SP_LIT("[source]") : by);
        if (see.len > 0)
            add_text(p->b, "see", masked ? SP_LIT("[source]") : see);
        if (sp_facts_found(facts, one, &found)) {
            sp_buf_add_cstr(p->b, ", \"found\": \"");
            sp_date_add(p->b, found);
            sp_buf_add_char(p->b, '"');
        }
        if (one->origin != SP_FROM_CASE)
            add_text(p->b, "from", one->origin == SP_FROM_WORLD ? SP_LIT("world") : SP_LIT("set"));
        sp_buf_add_char(p->b, '}');
    }
    sp_buf_add_char(p->b, ']');
}

static void add_stated(struct proof *p, uint32_t entity, uint32_t row)
{
    const sp_vocab *vocab = vocab_of(p);
    const sp_entity *e = &vocab->entities.items[entity];
    struct named *names = new_names(p, e->columns.len);
    size_t count = 0;
    for (size_t i = 0; names != NULL && i < e->columns.len; i++) {
        const sp_fact *fact = &vocab->facts.items[e->columns.items[i]];
        if (sp_facts_cell(p->w->ex.run->facts, entity, row, fact->column)->status != SP_CELL_UNSTATED)
            names[count++] = (struct named){fact->name, e->columns.items[i]};
    }
    if (names != NULL)
        sort_names(names, count);
    sp_buf_add_cstr(p->b, ", \"facts\": {");
    for (size_t i = 0; i < count; i++) {
        const sp_fact *fact = &vocab->facts.items[names[i].index];
        sp_buf_add_cstr(p->b, i > 0 ? ", " : "");
        sp_json_add(p->b, fact->name);
        sp_buf_add_cstr(p->b, ": ");
        add_assertions(p, fact, sp_facts_cell(p->w->ex.run->facts, entity, row, fact->column));
    }
    sp_buf_add_char(p->b, '}');
}

static void write_row(struct proof *p, uint32_t entity, uint32_t row)
{
    const sp_facts *facts = p->w->ex.run->facts;
    const sp_entity *e = &vocab_of(p)->entities.items[entity];
    sp_buf address = {0};
    sp_facts_address(facts, e->facet_of != SP_NONE ? e->facet_of : entity, row, &address);
    sp_buf_add_cstr(p->b, "{\"row\": ");
    add_built(p->b, &address);
    add_text(p->b, "of", e->name);
    if (e->owner != SP_NONE) {
        sp_facts_address(facts, e->owner, facts->tables[entity].owner[row], &address);
        add_key(p->b, "owner");
        add_built(p->b, &address);
    }
    add_stated(p, entity, row);
    sp_buf_add_cstr(p->b, "}\n");
}

static void write_facts(struct proof *p)
{
    const sp_facts *facts = p->w->ex.run->facts;
    const sp_vocab *vocab = vocab_of(p);
    struct named *names = new_names(p, vocab->entities.len);
    for (uint32_t e = 0; names != NULL && e < vocab->entities.len; e++)
        names[e] = (struct named){vocab->entities.items[e].name, e};
    if (names == NULL)
        return;
    sort_names(names, vocab->entities.len);
    for (size_t i = 0; i < vocab->entities.len && !p->w->failed; i++) {
        const uint32_t *rows;
        uint32_t count, entity = names[i].index;
        if (entity == SP_CASE_ENTITY) {
            write_row(p, entity, facts->tables[entity].first[p->case_index]);
            continue;
        }
        if (!sp_results_rows(facts, p->case_index, entity, &p->w->arena, &rows, &count)) {
            p->w->failed = true;
            return;
        }
        for (uint32_t r = 0; r < count; r++)
            write_row(p, entity, rows[r]);
    }
}

/* --- steps --- */

static void write_step(struct proof *p, const sp_why *why)
{
    sp_buf_add_cstr(p->b, "{\"at\": ");
    sp_json_add(p->b, sp_buf_str(&p->address));
    sp_buf_printf(p->b, ", \"state\": \"%s\"%s}\n", sp_state_word((sp_state)why->state),
                  why->presumed ? ", \"presumed\": true" : "");
    p->steps++;
}

/* Must all children stand? Where a list is asserted in several ways, they also count which of its members is which. */
static bool whole(const sp_explainer *ex, const sp_why *why)
{
    if ((why->state != SP_HOLDS && why->state != SP_FAILS) || why->presumes)
        return true;
    if (why->kind == SP_WHY_CRITERION || why->kind == SP_WHY_MEMBER || why->cond->body == NULL)
        return false;
    const sp_network *net = ex->run->net;
    uint32_t child = net->nodes.items[net->cond_nodes[why->cond->body->number]].frame;
    const uint32_t *first = ex->run->rows.frames[child].first_segment;
    return first[why->row + 1] - first[why->row] > 1;
}

/* A rule's parts nest no deeper than its file, so this does. */
static void write_below(struct proof *p, const sp_why *parent)
{
    sp_explainer *ex = &p->w->ex;
    sp_whys children = {0};
    sp_why_children(ex, parent, whole(ex, parent), &children);
    for (size_t i = 0; i < children.len && !ex->failed; i++) {
        const sp_why *child = &children.items[i];
        size_t before = p->address.len;
        uint32_t nth = 0;
        if (child->kind == SP_WHY_CRITERION || child->kind == SP_WHY_LIST)
            continue;
        for (size_t k = 0; child->kind == SP_WHY_MEMBER && k < i; k++)
            nth += sp_address_same_member(ex, &children.items[k], child);
        sp_address_step_add(&p->address, ex, parent, child, nth);
        write_step(p, child);
        write_below(p, child);
        p->address.len = before;
    }
    SP_VEC_FREE(&children);
}

static void write_steps(struct proof *p)
{
    sp_explainer *ex = &p->w->ex;
    if (!sp_results_of_case(ex, p->case_index, &p->w->arena, &p->w->results)) {
        p->w->failed = true;
        return;
    }
    for (size_t i = 0; i < p->w->results.len && !ex->failed; i++) {
        const sp_result *result = &p->w->results.items[i];
        sp_why why = sp_why_criterion(ex, result->criterion, result->row);
        sp_buf_reset(&p->address);
        sp_criterion_address_add(&p->address, ex->run, result->criterion, result->row);
        write_step(p, &why);
        write_below(p, &why);
    }
}

void sp_proof_write(sp_verdict_writer *w, uint32_t case_index, sp_buf *b)
{
    struct proof p = {.w = w, .case_index = case_index, .b = b};
    const sp_run *run = w->ex.run;
    sp_buf_add_char(b, '{');
    sp_json_head_add(b, "proof/1", &w->style, run->facts, case_index, run->net);
    sp_buf_printf(b, ", \"presumptions\": %s}\n", run->presume ? "true" : "false");
    write_enums(&p);
    write_parameters(&p);
    write_entities(&p);
    write_rules(&p);
    write_facts(&p);
    write_steps(&p);
    sp_buf_printf(b, "{\"end\": %zu}\n", p.steps);
    b->failed |= p.address.failed;
    sp_buf_clear(&p.address);
    w->failed |= w->ex.failed || w->arena.failed;
}
