/* Making a mutant: copies of what lies between the rule base and the one thing that changes. */
#include <string.h>

#include "explain/mutate.h"

struct making {
    const sp_mutant *mutant;
    const sp_rulebase *base;
    sp_arena *arena;
};

/* A copy of `count` items, of which one is going to be changed. */
static void *copied(const struct making *m, const void *items, size_t count, size_t size)
{
    void *copy = sp_arena_calloc(m->arena, count, size);
    if (copy != NULL && count > 0)
        memcpy(copy, items, count * size);
    return copy;
}

/* --- conditions --- */

static sp_cond *copied_cond(const struct making *m, const sp_cond *cond);

/* The parts without the one that is left out. */
static sp_cond **copied_parts(const struct making *m, sp_cond *const *parts, uint32_t *count)
{
    bool leaves_out = m->mutant->change == SP_CHANGE_PART_OUT ||
                      m->mutant->change == SP_CHANGE_EXCEPTION_OUT;
    sp_cond **copies = SP_NEW_ARRAY(m->arena, sp_cond *, *count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count && copies != NULL; i++)
        if (!leaves_out || parts[i] != m->mutant->cond)
            copies[kept++] = copied_cond(m, parts[i]);
    *count = kept;
    return copies;
}

/* Equal leaves of a network are told by the text of their literals, so that changes with the value. */
static void change_value(const struct making *m, sp_cond *cond)
{
    sp_operand *right = copied(m, cond->right, cond->right_count, sizeof *right);
    if (right == NULL)
        return;
    sp_operand *literal = &right[m->mutant->index];
    cond->right = right;
    literal->value = m->mutant->value;
    if (literal->type.kind == SP_ENUM) {
        literal->text = m->base->vocab.enums.items[literal->type.index].values[literal->value.index].name;
        return;
    }
    sp_buf b = {0};
    sp_number_add(&b, literal->value.number);
    literal->text = sp_arena_dup(m->arena, sp_buf_str(&b));
    m->arena->failed |= b.failed;
    sp_buf_clear(&b);
}

static void leave_value_out(const struct making *m, sp_cond *cond)
{
    sp_operand *right = SP_NEW_ARRAY(m->arena, sp_operand, cond->right_count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < cond->right_count && right != NULL; i++)
        if (i != m->mutant->index)
            right[kept++] = cond->right[i];
    cond->right = right;
    cond->right_count = kept;
}

/* The change to the node itself. */
static void change_cond(const struct making *m, sp_cond *cond)
{
    switch ((sp_change)m->mutant->change) {
    case SP_CHANGE_WHERE_OUT:
        cond->where = NULL;
        break;
    case SP_CHANGE_NEGATED:
        cond->negated = !cond->negated;
        break;
    case SP_CHANGE_QUANTIFIER:
        cond->kind = cond->kind == SP_COND_SOME ? SP_COND_EVERY : SP_COND_SOME;
        cond->if_empty = SP_FAILS;
        break;
    case SP_CHANGE_IF_EMPTY:
        cond->if_empty = sp_state_not(cond->if_empty);
        break;
    case SP_CHANGE_OPERATOR:
        cond->op = (uint8_t)m->mutant->number;
        break;
    case SP_CHANGE_VALUE:
        change_value(m, cond);
        break;
    case SP_CHANGE_VALUE_OUT:
        leave_value_out(m, cond);
        break;
    case SP_CHANGE_COUNT:
        cond->n = m->mutant->number;
        break;
    default: /* not changes to a node */
        break;
    }
}

/* A rule's tree is small: all of it is copied. A file's depth bounds the recursion. Copies keep the numbers of their
 * originals, which are not in force beside them. */
static sp_cond *copied_cond(const struct making *m, const sp_cond *cond)
{
    sp_cond *copy = copied(m, cond, 1, sizeof *copy);
    if (copy == NULL)
        return NULL;
    if (cond == m->mutant->cond)
        change_cond(m, copy);
    copy->parts = copied_parts(m, cond->parts, &copy->part_count);
    copy->unless = copied_parts(m, cond->unless, &copy->unless_count);
    if (copy->where != NULL)
        copy->where = copied_cond(m, copy->where);
    if (copy->body != NULL)
        copy->body = copied_cond(m, copy->body);
    return copy;
}

/* --- the rule base --- */

static void change_rule(const struct making *m, sp_rulebase *copy)
{
    copy->rules.items = copied(m, m->base->rules.items, m->base->rules.len, sizeof *copy->rules.items);
    if (copy->rules.items == NULL)
        return;
    sp_rule *rule = &copy->rules.items[m->mutant->rule];
    if (m->mutant->change == SP_CHANGE_RULE_OUT)
        rule->criterion = SP_NONE;
    else
        rule->condition = copied_cond(m, rule->condition);
}

static void change_parameter(const struct making *m, sp_reading *reading)
{
    reading->settings.items = copied(m, reading->settings.items, reading->settings.len,
                                     sizeof *reading->settings.items);
    if (reading->settings.items != NULL)
        reading->settings.items[m->mutant->index].value = m->mutant->value;
}

static void leave_drop_out(const struct making *m, sp_reading *reading)
{
    sp_str *items = SP_NEW_ARRAY(m->arena, sp_str, reading->drop.count);
    size_t kept = 0;
    for (size_t i = 0; i < reading->drop.count && items != NULL; i++)
        if (i != m->mutant->index)
            items[kept++] = reading->drop.items[i];
    reading->drop.items = items;
    reading->drop.count = kept;
}

static void leave_replacement_out(const struct making *m, sp_reading *reading)
{
    uint32_t *items = SP_NEW_ARRAY(m->arena, uint32_t, reading->replace.len);
    size_t kept = 0;
    for (size_t i = 0; i < reading->replace.len && items != NULL; i++)
        if (i != m->mutant->index)
            items[kept++] = reading->replace.items[i];
    reading->replace.items = items;
    reading->replace.len = kept;
}

static void change_reading_presumption(const struct making *m, sp_reading *reading)
{
    reading->presumptions.items = copied(m, reading->presumptions.items, reading->presumptions.len,
                                         sizeof *reading->presumptions.items);
    if (reading->presumptions.items == NULL)
        return;
    sp_reading_presumption *entry = &reading->presumptions.items[m->mutant->index];
    if (m->mutant->change == SP_CHANGE_PRESUMPTION_OUT)
        *entry = reading->presumptions.items[--reading->presumptions.len];
    else
        entry->presumption.if_open = entry->presumption.if_open == SP_FAILS ? SP_HOLDS : SP_FAILS;
}

static void change_reading(const struct making *m, sp_rulebase *copy)
{
    copy->readings.items = copied(m, m->base->readings.items, m->base->readings.len,
                                  sizeof *copy->readings.items);
    if (copy->readings.items == NULL)
        return;
    sp_reading *reading = &copy->readings.items[m->mutant->reading];
    if (m->mutant->change == SP_CHANGE_PARAMETER)
        change_parameter(m, reading);
    else if (m->mutant->change == SP_CHANGE_DROP_OUT)
        leave_drop_out(m, reading);
    else if (m->mutant->change != SP_CHANGE_REPLACEMENT_OUT)
        change_reading_presumption(m, reading);
    else
        leave_replacement_out(m, reading);
}

static void change_default(const struct making *m, sp_vocab *vocab)
{
    vocab->parameters.items = copied(m, vocab->parameters.items, vocab->parameters.len,
                                     sizeof *vocab->parameters.items);
    if (vocab->parameters.items != NULL)
        vocab->parameters.items[m->mutant->index].value = m->mutant->value;
}

static void change_presumption(const struct making *m, sp_vocab *vocab)
{
    sp_presumption *presumption = NULL;
    if (m->mutant->fact != SP_NONE) {
        vocab->facts.items = copied(m, vocab->facts.items, vocab->facts.len, sizeof *vocab->facts.items);
        if (vocab->facts.items != NULL)
            presumption = &vocab->facts.items[m->mutant->fact].presumption;
    } else {
        vocab->criteria.items = copied(m, vocab->criteria.items, vocab->criteria.len,
                                       sizeof *vocab->criteria.items);
        if (vocab->criteria.items != NULL)
            presumption = &vocab->criteria.items[m->mutant->criterion].presumption;
    }
    if (presumption == NULL)
        return;
    bool out = m->mutant->change == SP_CHANGE_PRESUMPTION_OUT;
    presumption->if_open = out ? SP_OPEN : sp_state_not(presumption->if_open);
}

bool sp_mutant_make(const sp_mutant *mutant, const sp_rulebase *base, sp_arena *arena, sp_rulebase *copy)
{
    struct making m = {mutant, base, arena};
    *copy = *base;
    if (mutant->rule != SP_NONE)
        change_rule(&m, copy);
    else if (mutant->reading != SP_NONE)
        change_reading(&m, copy);
    else if (mutant->change == SP_CHANGE_PARAMETER)
        change_default(&m, &copy->vocab);
    else
        change_presumption(&m, &copy->vocab);
    return !arena->failed;
}

/* --- is it in force? --- */

static bool rule_in_force(const sp_network *net, uint32_t rule)
{
    for (size_t i = 0; i < net->rules.len; i++)
        if (net->rules.items[i] == rule)
            return true;
    return false;
}

/* Is it the reading itself, or one that it extends? */
static bool reads_as(const sp_network *net, uint32_t reading)
{
    uint32_t at = net->reading;
    while (at != SP_NONE && at != reading)
        at = net->base->readings.items[at].base;
    return at == reading;
}

static bool value_in_force(const sp_mutant *m, const sp_network *net)
{
    if (m->reading == SP_NONE)
        return net->parameter_settings[m->index] == SP_NONE;
    uint32_t parameter = net->base->readings.items[m->reading].settings.items[m->index].parameter;
    return net->parameter_settings[parameter] == (m->reading << 16 | (m->index & 0xFFFF));
}

/* Does no reading have another word on it? */
static bool presumption_in_force(const sp_mutant *m, const sp_network *net)
{
    const sp_vocab *vocab = &net->base->vocab;
    if (m->fact != SP_NONE)
        return net->fact_presumptions[m->fact] == &vocab->facts.items[m->fact].presumption;
    return net->criterion_presumptions[m->criterion] == &vocab->criteria.items[m->criterion].presumption;
}

bool sp_mutant_concerns(const sp_mutant *m, const sp_network *net)
{
    if (m->rule != SP_NONE)
        return rule_in_force(net, m->rule);
    if (m->change == SP_CHANGE_PARAMETER)
        return value_in_force(m, net);
    return m->reading == SP_NONE ? presumption_in_force(m, net) : reads_as(net, m->reading);
}
