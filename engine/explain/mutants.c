/* Listing the mutants of a rule base: which changes there are, and how each is called. */
#include <stdlib.h>

#include "explain/mutate.h"

struct listing {
    sp_mutants *out;
    const sp_rulebase *base;
    uint32_t rule;
    SP_VEC(const sp_cond *) named; /* the rule's nodes so far, to tell those of one name apart */
    sp_buf name, text;
};

/* --- names --- */

/* "uk:well_founded_fear": a reading's rule may have the id of the rule that it replaces. */
static void add_rule_name(const struct listing *l, sp_buf *b)
{
    const sp_rule *rule = &l->base->rules.items[l->rule];
    if (rule->reading != SP_NONE)
        sp_buf_printf(b, "%.*s:", SP_STR(l->base->readings.items[rule->reading].id));
    sp_buf_add(b, rule->id);
}

static sp_str head_of(const sp_cond *cond)
{
    static const sp_str heads[] = {
        [SP_COND_LEAF] = {"", 0},
        [SP_COND_ALL] = {"all_of", 6},
        [SP_COND_ANY] = {"any_of", 6},
        [SP_COND_NONE] = {"none_of", 7},
        [SP_COND_AT_LEAST] = {"at_least", 8},
        [SP_COND_SOME] = {"for_some ", 9},
        [SP_COND_EVERY] = {"for_every ", 10},
    };
    return heads[cond->kind];
}

static bool same_name(const sp_cond *a, const sp_cond *b)
{
    if (a->id.len > 0 || b->id.len > 0)
        return false; /* ids are unique in a rule */
    return a->kind == b->kind && sp_str_eq(a->text, b->text);
}

/* Its id, else what is written: "person.location is not tie.state", "any_of (2)". */
static void add_node_name(const struct listing *l, const sp_cond *cond, sp_buf *b)
{
    size_t before = 0;
    if (cond->id.len > 0) {
        sp_buf_add(b, cond->id);
        return;
    }
    sp_buf_add(b, head_of(cond));
    sp_buf_add(b, cond->text);
    for (size_t i = 0; i < l->named.len && l->named.items[i] != cond; i++)
        before += same_name(l->named.items[i], cond);
    if (before > 0)
        sp_buf_printf(b, " (%zu)", before + 1);
}

static void add(struct listing *l, sp_mutant mutant, const char *change)
{
    sp_buf *b = &l->text;
    sp_buf_reset(b);
    sp_buf_add(b, sp_buf_str(&l->name));
    sp_buf_printf(b, " / %s", change);
    mutant.address = sp_arena_dup(&l->out->arena, sp_buf_str(b));
    l->out->failed |= b->failed || !SP_VEC_PUSH(&l->out->list, mutant);
}

/* --- within a rule --- */

static void add_change(struct listing *l, sp_mutant mutant, const char *words)
{
    sp_buf_reset(&l->name);
    add_rule_name(l, &l->name);
    sp_buf_add_cstr(&l->name, " / ");
    add_node_name(l, mutant.cond, &l->name);
    mutant.rule = l->rule;
    mutant.reading = SP_NONE;
    mutant.place = mutant.cond->place;
    add(l, mutant, words);
}

static void add_plain(struct listing *l, sp_change change, const sp_cond *cond, const char *words)
{
    add_change(l, (sp_mutant){.change = (uint8_t)change, .cond = cond}, words);
}

static const char *const operator_words[] = {[SP_OP_TRUTH] = "",
                                             [SP_OP_IS] = "is",
                                             [SP_OP_AT_LEAST] = "is at least",
                                             [SP_OP_AT_MOST] = "is at most",
                                             [SP_OP_ABOVE] = "is above",
                                             [SP_OP_BELOW] = "is below",
                                             [SP_OP_BEFORE] = "is before",
                                             [SP_OP_AFTER] = "is after",
                                             [SP_OP_ON_OR_BEFORE] = "is on or before",
                                             [SP_OP_ON_OR_AFTER] = "is on or after",
                                             [SP_OP_INCLUDES] = "includes",
                                             [SP_OP_MATCHES] = "matches"};

/* The comparison that differs at the border alone; SP_OP_TRUTH: there is none. */
static sp_op beside(sp_op op)
{
    static const uint8_t other[] = {
        [SP_OP_AT_LEAST] = SP_OP_ABOVE,      [SP_OP_ABOVE] = SP_OP_AT_LEAST,
        [SP_OP_AT_MOST] = SP_OP_BELOW,       [SP_OP_BELOW] = SP_OP_AT_MOST,
        [SP_OP_BEFORE] = SP_OP_ON_OR_BEFORE, [SP_OP_ON_OR_BEFORE] = SP_OP_BEFORE,
        [SP_OP_AFTER] = SP_OP_ON_OR_AFTER,   [SP_OP_ON_OR_AFTER] = SP_OP_AFTER,
        [SP_OP_MATCHES] = SP_OP_TRUTH};
    return (sp_op)other[op];
}

/* One step from the border to the side on which the other comparison does not lie: "at least 2" against "above 2" is
 * one step up, so this is one step down. Without a border, one up. */
static int step_of(sp_op op)
{
    return op == SP_OP_AT_LEAST || op == SP_OP_BELOW ? -1 : 1;
}

/* The value one step on, where there is one. Of an enum without order any other will do: the next, or the first. */
static bool stepped(const struct listing *l, const sp_cond *leaf, const sp_operand *literal,
                    sp_value *value)
{
    int step = step_of((sp_op)leaf->op);
    if (literal->kind != SP_OPERAND_LITERAL)
        return false;
    *value = literal->value;
    if (literal->type.kind == SP_NUMBER) {
        value->number += step;
        return !leaf->counts || value->number >= 0;
    }
    if (literal->type.kind != SP_ENUM)
        return false;
    uint32_t count = l->base->vocab.enums.items[literal->type.index].count;
    bool border = beside((sp_op)leaf->op) != SP_OP_TRUTH;
    if (border && (step < 0 ? value->index == 0 : value->index + 1 == count))
        return false;
    value->index = (value->index + count + (uint32_t)step) % count;
    return count > 1;
}

/* Is it already among the values of "is one of"? */
static bool listed(const sp_cond *leaf, const sp_operand *literal, sp_value value)
{
    for (uint32_t i = 0; i < leaf->right_count; i++) {
        const sp_operand *other = &leaf->right[i];
        if (other->kind == SP_OPERAND_LITERAL && other->type.kind == literal->type.kind &&
            (literal->type.kind == SP_ENUM ? other->value.index == value.index
                                           : other->value.number == value.number))
            return true;
    }
    return false;
}

static void add_value(sp_buf *b, const sp_rulebase *base, sp_type type, sp_value value)
{
    if (type.kind == SP_ENUM)
        sp_buf_add(b, base->vocab.enums.items[type.index].values[value.index].name);
    else if (type.kind == SP_YES_NO)
        sp_buf_add_cstr(b, value.index == 1 ? "yes" : "no");
    else
        sp_number_add(b, value.number);
}

/* The words as a C text. */
static const char *said(struct listing *l, sp_buf *words)
{
    sp_buf_add_char(words, '\0');
    l->out->failed |= words->failed;
    return words->failed ? "" : words->data;
}

/* "2 read as 3" */
static const char *reads_as(struct listing *l, sp_buf *words, sp_type type, sp_value from, sp_value to)
{
    add_value(words, l->base, type, from);
    sp_buf_add_cstr(words, " read as ");
    add_value(words, l->base, type, to);
    return said(l, words);
}

static void list_values(struct listing *l, const sp_cond *leaf)
{
    for (uint32_t i = 0; i < leaf->right_count; i++) {
        const sp_operand *right = &leaf->right[i];
        sp_mutant mutant = {.change = SP_CHANGE_VALUE, .cond = leaf, .index = i};
        sp_buf words = {0};
        if (stepped(l, leaf, right, &mutant.value) && !listed(leaf, right, mutant.value))
            add_change(l, mutant, reads_as(l, &words, right->type, right->value, mutant.value));
        mutant.change = SP_CHANGE_VALUE_OUT;
        sp_buf_reset(&words);
        sp_buf_printf(&words, "%.*s left out", SP_STR(right->text));
        if (leaf->right_count > 1)
            add_change(l, mutant, said(l, &words));
        sp_buf_clear(&words);
    }
}

static void list_leaf(struct listing *l, const sp_cond *leaf)
{
    sp_mutant mutant = {.change = SP_CHANGE_OPERATOR, .cond = leaf, .number = beside((sp_op)leaf->op)};
    add_plain(l, SP_CHANGE_NEGATED, leaf, "negated");
    if (mutant.number != SP_OP_TRUTH) {
        sp_buf words = {0};
        sp_buf_printf(&words, "read as %s", operator_words[mutant.number]);
        add_change(l, mutant, said(l, &words));
        sp_buf_clear(&words);
    }
    list_values(l, leaf);
}

static void list_count(struct listing *l, const sp_cond *cond, uint32_t n)
{
    sp_buf words = {0};
    if (n < 1 || n > cond->part_count)
        return;
    sp_buf_printf(&words, "%u read as %u", cond->n, n);
    add_change(l, (sp_mutant){.change = SP_CHANGE_COUNT, .cond = cond, .number = n}, said(l, &words));
    sp_buf_clear(&words);
}

static void list_quantifier(struct listing *l, const sp_cond *cond)
{
    bool every = cond->kind == SP_COND_EVERY;
    add_plain(l, SP_CHANGE_QUANTIFIER, cond, every ? "read as for_some" : "read as for_every");
    if (every)
        add_plain(l, SP_CHANGE_IF_EMPTY, cond,
                  cond->if_empty == SP_HOLDS ? "fails where there is none" : "holds where there is none");
}

static void name_nodes(struct listing *l, const sp_cond *cond)
{
    l->out->failed |= !SP_VEC_PUSH(&l->named, cond);
    for (uint32_t i = 0; i < cond->part_count; i++)
        name_nodes(l, cond->parts[i]);
    if (cond->where != NULL)
        name_nodes(l, cond->where);
    if (cond->body != NULL)
        name_nodes(l, cond->body);
    for (uint32_t i = 0; i < cond->unless_count; i++)
        name_nodes(l, cond->unless[i]);
}

/* The changes of a node and of all below it. A file's depth bounds the recursion. */
static void list_node(struct listing *l, const sp_cond *cond)
{
    bool at_least = cond->kind == SP_COND_AT_LEAST;
    bool may_lose = cond->part_count > (at_least ? cond->n : 1);
    if (cond->kind == SP_COND_LEAF)
        list_leaf(l, cond);
    if (at_least) {
        list_count(l, cond, cond->n - 1);
        list_count(l, cond, cond->n + 1);
    }
    if (cond->kind == SP_COND_SOME || cond->kind == SP_COND_EVERY)
        list_quantifier(l, cond);
    for (uint32_t i = 0; i < cond->part_count; i++) {
        if (may_lose)
            add_plain(l, SP_CHANGE_PART_OUT, cond->parts[i], "left out");
        list_node(l, cond->parts[i]);
    }
    if (cond->where != NULL) {
        add_plain(l, SP_CHANGE_WHERE_OUT, cond, "without where");
        list_node(l, cond->where);
    }
    if (cond->body != NULL)
        list_node(l, cond->body);
    for (uint32_t i = 0; i < cond->unless_count; i++) {
        add_plain(l, SP_CHANGE_EXCEPTION_OUT, cond->unless[i], "left out");
        list_node(l, cond->unless[i]);
    }
}

static void list_rule(struct listing *l, uint32_t rule)
{
    const sp_rule *r = &l->base->rules.items[rule];
    l->rule = rule;
    l->named.len = 0;
    name_nodes(l, r->condition);
    sp_buf_reset(&l->name);
    add_rule_name(l, &l->name);
    add(l, (sp_mutant){.change = SP_CHANGE_RULE_OUT, .rule = rule, .reading = SP_NONE, .place = r->place},
        "left out");
    list_node(l, r->condition);
}

/* --- parameters and readings --- */

/* Every other value of a parameter; of a number one more and one less. */
static void list_parameter(struct listing *l, sp_mutant mutant, uint32_t parameter, sp_value value)
{
    sp_type type = l->base->vocab.parameters.items[parameter].type;
    uint32_t count = type.kind == SP_ENUM ? l->base->vocab.enums.items[type.index].count : 2;
    mutant.change = SP_CHANGE_PARAMETER;
    mutant.rule = SP_NONE;
    for (uint32_t i = 0; i < count; i++) {
        sp_buf words = {0};
        mutant.value = (sp_value){.index = i};
        if (type.kind == SP_NUMBER)
            mutant.value.number = value.number + (i == 0 ? -1 : 1);
        else if (i == value.index)
            continue;
        add(l, mutant, reads_as(l, &words, type, value, mutant.value));
        sp_buf_clear(&words);
    }
}

static void list_defaults(struct listing *l)
{
    const sp_vocab *vocab = &l->base->vocab;
    for (uint32_t i = 0; i < vocab->parameters.len; i++) {
        const sp_parameter *p = &vocab->parameters.items[i];
        sp_buf_reset(&l->name);
        sp_buf_printf(&l->name, "parameter %.*s", SP_STR(p->name));
        if (p->has_default)
            list_parameter(l, (sp_mutant){.reading = SP_NONE, .index = i, .place = p->place}, i, p->value);
    }
}

/* A rule that a reading drops or replaces stands in the base, or in a reading that it extends. */
static void list_overlay(struct listing *l, sp_change change, uint32_t reading, uint32_t index, sp_str id,
                         sp_place place)
{
    const sp_reading *r = &l->base->readings.items[reading];
    sp_buf_reset(&l->name);
    sp_buf_printf(&l->name, "reading %.*s / %s %.*s", SP_STR(r->id),
                  change == SP_CHANGE_DROP_OUT ? "drop" : "replace", SP_STR(id));
    add(l,
        (sp_mutant){
            .change = (uint8_t)change, .rule = SP_NONE, .reading = reading, .index = index, .place = place},
        "left out");
}

static void list_reading_presumption(struct listing *l, uint32_t reading, uint32_t index)
{
    const sp_vocab *vocab = &l->base->vocab;
    const sp_reading *r = &l->base->readings.items[reading];
    const sp_reading_presumption *p = &r->presumptions.items[index];
    bool fact = p->of.kind == SP_MEMBER_FACT;
    uint32_t entity = fact ? vocab->facts.items[p->of.index].entity
                           : vocab->criteria.items[p->of.index].entity;
    sp_str name = fact ? vocab->facts.items[p->of.index].name : vocab->criteria.items[p->of.index].name;
    sp_mutant mutant = {.change = SP_CHANGE_PRESUMPTION_OUT,
                        .rule = SP_NONE,
                        .reading = reading,
                        .index = index,
                        .place = p->place};
    sp_buf_reset(&l->name);
    sp_buf_printf(&l->name, "reading %.*s / presumption of %.*s.%.*s", SP_STR(r->id),
                  SP_STR(vocab->entities.items[entity].name), SP_STR(name));
    add(l, mutant, "left out");
    mutant.change = SP_CHANGE_PRESUMPTION;
    add(l, mutant,
        p->presumption.if_open == SP_FAILS   ? "fails read as holds"
        : p->presumption.if_open == SP_HOLDS ? "holds read as fails"
                                             : "open read as fails");
}

static void list_reading(struct listing *l, uint32_t reading)
{
    const sp_reading *r = &l->base->readings.items[reading];
    for (uint32_t i = 0; i < r->settings.len; i++) {
        const sp_setting *s = &r->settings.items[i];
        sp_buf_reset(&l->name);
        sp_buf_printf(&l->name, "reading %.*s / %.*s", SP_STR(r->id),
                      SP_STR(l->base->vocab.parameters.items[s->parameter].name));
        list_parameter(l, (sp_mutant){.reading = reading, .index = i, .place = s->place}, s->parameter,
                       s->value);
    }
    for (uint32_t i = 0; i < r->presumptions.len; i++)
        list_reading_presumption(l, reading, i);
    for (uint32_t i = 0; i < r->drop.count; i++)
        list_overlay(l, SP_CHANGE_DROP_OUT, reading, i, r->drop.items[i], r->drop.places[i]);
    for (uint32_t i = 0; i < r->replace.len; i++) {
        const sp_rule *rule = &l->base->rules.items[r->replace.items[i]];
        list_overlay(l, SP_CHANGE_REPLACEMENT_OUT, reading, i, rule->id, rule->place);
    }
}

/* --- presumptions --- */

static void list_presumption(struct listing *l, uint32_t criterion, uint32_t fact, uint32_t entity,
                             sp_str name, const sp_presumption *p, sp_place place)
{
    sp_mutant mutant = {.change = SP_CHANGE_PRESUMPTION_OUT,
                        .rule = SP_NONE,
                        .reading = SP_NONE,
                        .criterion = criterion,
                        .fact = fact,
                        .place = place};
    if (p->if_open == SP_OPEN)
        return;
    sp_buf_reset(&l->name);
    sp_buf_printf(&l->name, "%.*s.%.*s / presumption", SP_STR(l->base->vocab.entities.items[entity].name),
                  SP_STR(name));
    add(l, mutant, "left out");
    mutant.change = SP_CHANGE_PRESUMPTION;
    add(l, mutant, p->if_open == SP_HOLDS ? "holds read as fails" : "fails read as holds");
}

static void list_presumptions(struct listing *l)
{
    const sp_vocab *vocab = &l->base->vocab;
    for (uint32_t i = 0; i < vocab->criteria.len; i++) {
        const sp_criterion *c = &vocab->criteria.items[i];
        list_presumption(l, i, SP_NONE, c->entity, c->name, &c->presumption, c->place);
    }
    for (uint32_t i = 0; i < vocab->facts.len; i++) {
        const sp_fact *f = &vocab->facts.items[i];
        list_presumption(l, SP_NONE, i, f->entity, f->name, &f->presumption, f->place);
    }
}

/* --- the whole --- */

static sp_str file_of(const sp_mutant *m)
{
    return m->place.input != NULL ? m->place.input->name : SP_EMPTY;
}

static int compare_mutants(const void *a, const void *b)
{
    const sp_mutant *x = a, *y = b;
    int order = sp_str_cmp(file_of(x), file_of(y));
    if (order != 0)
        return order;
    if (x->place.line != y->place.line)
        return x->place.line < y->place.line ? -1 : 1;
    if (x->place.column != y->place.column)
        return x->place.column < y->place.column ? -1 : 1;
    return sp_str_cmp(x->address, y->address);
}

bool sp_mutants_list(sp_mutants *mutants, const sp_rulebase *base)
{
    struct listing l = {.out = mutants, .base = base};
    *mutants = (sp_mutants){.base = base};
    for (uint32_t i = 0; i < base->rules.len && !mutants->failed; i++)
        list_rule(&l, i);
    list_defaults(&l);
    for (uint32_t i = 0; i < base->readings.len && !mutants->failed; i++)
        list_reading(&l, i);
    list_presumptions(&l);
    mutants->failed |= mutants->arena.failed || l.name.failed;
    if (mutants->list.len > 1)
        qsort(mutants->list.items, mutants->list.len, sizeof *mutants->list.items, compare_mutants);
    SP_VEC_FREE(&l.named);
    sp_buf_clear(&l.name);
    sp_buf_clear(&l.text);
    return !mutants->failed;
}

void sp_mutants_free(sp_mutants *mutants)
{
    SP_VEC_FREE(&mutants->list);
    sp_arena_free(&mutants->arena);
    *mutants = (sp_mutants){0};
}

sp_mutant *sp_mutants_find(sp_mutants *mutants, sp_str address)
{
    for (size_t i = 0; i < mutants->list.len; i++)
        if (sp_str_eq(mutants->list.items[i].address, address))
            return &mutants->list.items[i];
    return NULL;
}

size_t sp_mutants_count(const sp_mutants *mutants, sp_mutant_fate fate)
{
    size_t count = 0;
    for (size_t i = 0; i < mutants->list.len; i++)
        count += mutants->list.items[i].fate == fate;
    return count;
}
