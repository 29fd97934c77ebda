/* The vocabulary for a program: every key always there, in this order. */
#include "render/vocabulary.h"
#include "render/vocabulary_words.h"

/* A list or a mapping being written: the first entry has no comma before it. */
static void next(sp_buf *b, bool *first)
{
    sp_buf_add_cstr(b, *first ? "\n" : ",\n");
    *first = false;
}

static void key(sp_buf *b, const char *name)
{
    sp_buf_printf(b, ", \"%s\": ", name);
}

static void add_text(sp_buf *b, const char *name, sp_str text)
{
    key(b, name);
    sp_json_add(b, text);
}

static void add_flag(sp_buf *b, const char *name, bool flag)
{
    key(b, name);
    sp_buf_add_cstr(b, flag ? "true" : "false");
}

static void add_names(sp_buf *b, const char *name, const sp_names *names)
{
    key(b, name);
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < names->count; i++) {
        if (i > 0)
            sp_buf_add_cstr(b, ", ");
        sp_json_add(b, names->items[i]);
    }
    sp_buf_add_char(b, ']');
}

static void add_entity_name(sp_buf *b, const char *name, const sp_vocab *vocab, uint32_t entity)
{
    key(b, name);
    if (entity == SP_NONE)
        sp_buf_add_cstr(b, "null");
    else
        sp_json_add(b, vocab->entities.items[entity].name);
}

static void add_value(sp_buf *b, const char *name, const sp_vocab *vocab, sp_type type, sp_value value)
{
    key(b, name);
    if (type.kind == SP_YES_NO)
        sp_buf_add_cstr(b, value.index == 1 ? "true" : "false");
    else if (type.kind == SP_NUMBER)
        sp_number_add(b, value.number);
    else
        sp_json_add(b, vocab->enums.items[type.index].values[value.index].name);
}

static void add_type(sp_buf *b, const sp_vocab *vocab, sp_type type)
{
    const sp_enum *e = type.kind == SP_ENUM ? &vocab->enums.items[type.index] : NULL;
    sp_buf name = {0};
    sp_type_add(&name, vocab, type);
    add_text(b, "type", sp_buf_str(&name));
    b->failed |= name.failed;
    sp_buf_clear(&name);
    add_flag(b, "ordered", e != NULL && e->ordered);
    key(b, "values");
    sp_buf_add_char(b, '[');
    for (uint32_t i = 0; e != NULL && i < e->count; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", {\"name\": " : "{\"name\": ");
        sp_json_add(b, e->values[i].name);
        add_text(b, "title", e->values[i].title);
        sp_buf_add_char(b, '}');
    }
    sp_buf_add_char(b, ']');
}

static void add_presumption(sp_buf *b, const sp_presumption *p)
{
    key(b, "presumption");
    if (p->if_open == SP_OPEN) {
        sp_buf_add_cstr(b, "null");
        return;
    }
    sp_buf_printf(b, "{\"if_open\": \"%s\"", sp_state_word(p->if_open));
    add_text(b, "burden", p->burden);
    add_names(b, "authority", &p->authority);
    sp_buf_add_char(b, '}');
}

/* --- rules --- */

static void add_condition(const sp_network *net, const sp_cond *cond, sp_buf *b);

static void add_conditions(const sp_network *net, const char *name, sp_cond *const *conds, uint32_t count,
                           sp_buf *b)
{
    key(b, name);
    sp_buf_add_char(b, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            sp_buf_add_cstr(b, ", ");
        add_condition(net, conds[i], b);
    }
    sp_buf_add_char(b, ']');
}

static void add_leaf(const sp_network *net, const sp_cond *cond, sp_buf *b)
{
    uint32_t criterion = sp_clause_criterion(cond);
    sp_buf name = {0};
    add_text(b, "leaf", cond->text);
    key(b, "criterion");
    if (criterion == SP_NONE) {
        sp_buf_add_cstr(b, "null");
        return;
    }
    sp_words_criterion_add(&name, &net->base->vocab, criterion);
    sp_json_add(b, sp_buf_str(&name));
    b->failed |= name.failed;
    sp_buf_clear(&name);
}

static void add_quantified(const sp_network *net, const sp_cond *cond, sp_buf *b)
{
    add_text(b, "members", cond->text);
    key(b, "where");
    if (cond->where != NULL)
        add_condition(net, cond->where, b);
    else
        sp_buf_add_cstr(b, "null");
    if (cond->kind == SP_COND_EVERY)
        sp_buf_printf(b, ", \"if_empty\": \"%s\"", sp_state_word(cond->if_empty));
    key(b, "body");
    add_condition(net, cond->body, b);
}

/* Depth is that of the rule file, which is limited. */
static void add_condition(const sp_network *net, const sp_cond *cond, sp_buf *b)
{
    static const char *const kinds[] = {"that",     "all_of",   "any_of",   "none_of",
                                        "at_least", "for_some", "for_every"};
    sp_buf says = {0};
    sp_clause_head_add(&says, net, cond);
    sp_buf_printf(b, "{\"kind\": \"%s\"", kinds[cond->kind]);
    add_text(b, "id", cond->id);
    add_text(b, "title", cond->title);
    add_text(b, "says", sp_buf_str(&says));
    add_names(b, "authority", &cond->authority);
    add_names(b, "passages", &cond->passages);
    add_text(b, "note", cond->note);
    if (cond->kind == SP_COND_LEAF)
        add_leaf(net, cond, b);
    else if (cond->body != NULL)
        add_quantified(net, cond, b);
    else
        add_conditions(net, "parts", cond->parts, cond->part_count, b);
    if (cond->kind == SP_COND_AT_LEAST)
        sp_buf_printf(b, ", \"n\": %u", cond->n);
    add_conditions(net, "unless", cond->unless, cond->unless_count, b);
    sp_buf_add_char(b, '}');
    b->failed |= says.failed;
    sp_buf_clear(&says);
}

static void add_rule(const sp_network *net, const sp_rule *rule, sp_buf *b)
{
    static const char *const supports[] = {"", "direct", "partial", "inferred", "none"};
    sp_buf_add_cstr(b, "      {\"id\": ");
    sp_json_add(b, rule->id);
    add_text(b, "title", rule->title);
    add_text(b, "reading",
             rule->reading == SP_NONE ? SP_EMPTY : net->base->readings.items[rule->reading].id);
    add_names(b, "authority", &rule->authority);
    add_names(b, "passages", &rule->passages);
    add_text(b, "essay_support", sp_str_from(supports[rule->support]));
    add_text(b, "note", rule->note);
    key(b, "requires");
    add_condition(net, rule->condition, b);
    sp_buf_add_char(b, '}');
}

/* --- entities --- */

static void add_fact(const sp_network *net, const sp_fact *fact, sp_buf *b)
{
    const sp_vocab *vocab = &net->base->vocab;
    sp_buf_add_cstr(b, "    {\"name\": ");
    sp_json_add(b, fact->name);
    add_text(b, "title", fact->title);
    add_type(b, vocab, fact->type);
    add_text(b, "ask", fact->ask);
    add_flag(b, "judgment", fact->judgment);
    add_flag(b, "private", fact->private_);
    if (vocab->day_of_case == 1 + (uint32_t)(fact - vocab->facts.items))
        add_flag(b, "day_of_case", true);
    if (vocab->sources_until == 1 + (uint32_t)(fact - vocab->facts.items))
        add_flag(b, "sources_until", true);
    add_presumption(b, net->fact_presumptions[fact - vocab->facts.items]);
    add_text(b, "note", fact->note);
    sp_buf_add_char(b, '}');
}

static void add_criterion(const sp_network *net, uint32_t index, sp_buf *b)
{
    const sp_vocab *vocab = &net->base->vocab;
    const sp_criterion *c = &vocab->criteria.items[index];
    bool first = true;
    sp_buf_add_cstr(b, "    {\"name\": ");
    sp_json_add(b, c->name);
    add_text(b, "title", c->title);
    add_entity_name(b, "with", vocab, c->with);
    add_text(b, "with_name", c->with_name);
    add_flag(b, "headline", c->headline);
    add_text(b, "holds", c->holds);
    add_text(b, "fails", c->fails);
    add_presumption(b, net->criterion_presumptions[index]);
    add_text(b, "note", c->note);
    key(b, "rules");
    sp_buf_add_char(b, '[');
    for (uint32_t i = net->first_rule[index]; i < net->first_rule[index + 1]; i++) {
        next(b, &first);
        add_rule(net, &net->base->rules.items[net->rules.items[i]], b);
    }
    sp_buf_add_cstr(b, "]}");
}

static void add_members(const sp_selection *s, const sp_entity *e, sp_member_kind kind, sp_buf *b)
{
    bool first = true;
    key(b, kind == SP_MEMBER_FACT ? "facts" : "criteria");
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < e->members.len; i++) {
        sp_member m = e->members.items[i];
        if (m.kind != kind || !(kind == SP_MEMBER_FACT ? s->facts : s->criteria)[m.index])
            continue;
        next(b, &first);
        if (kind == SP_MEMBER_FACT)
            add_fact(s->net, &s->net->base->vocab.facts.items[m.index], b);
        else
            add_criterion(s->net, m.index, b);
    }
    sp_buf_add_char(b, ']');
}

static void add_fact_name(sp_buf *b, const char *name, const sp_vocab *vocab, uint32_t fact)
{
    add_text(b, name, fact == SP_NONE ? SP_EMPTY : vocab->facts.items[fact].name);
}

static void add_entity(const sp_selection *s, uint32_t index, sp_buf *b)
{
    const sp_vocab *vocab = &s->net->base->vocab;
    const sp_entity *e = &vocab->entities.items[index];
    sp_buf_add_cstr(b, "  {\"name\": ");
    sp_json_add(b, e->name);
    add_text(b, "title", e->title);
    add_flag(b, "explanation", e->explanation);
    add_text(b, "collection", e->collection);
    add_entity_name(b, "facet_of", vocab, e->facet_of);
    add_entity_name(b, "owner", vocab, e->owner);
    add_fact_name(b, "owner_fact", vocab, e->owner != SP_NONE ? e->owner_fact : SP_NONE);
    add_fact_name(b, "label", vocab, e->label);
    add_fact_name(b, "key", vocab, e->key);
    add_text(b, "note", e->note);
    add_members(s, e, SP_MEMBER_FACT, b);
    add_members(s, e, SP_MEMBER_CRITERION, b);
    sp_buf_add_char(b, '}');
}

/* --- readings and parameters --- */

static void add_rule_ids(const sp_rulebase *base, const char *name, const uint32_t *rules, size_t count,
                         sp_buf *b)
{
    key(b, name);
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            sp_buf_add_cstr(b, ", ");
        sp_json_add(b, base->rules.items[rules[i]].id);
    }
    sp_buf_add_char(b, ']');
}

static void add_silence(const sp_vocab *vocab, const sp_reading_presumption *silence, sp_buf *b)
{
    sp_buf of = {0};
    if (silence->of.kind == SP_MEMBER_FACT) {
        const sp_fact *fact = &vocab->facts.items[silence->of.index];
        sp_buf_printf(&of, "%.*s.%.*s", SP_STR(vocab->entities.items[fact->entity].name),
                      SP_STR(fact->name));
    } else {
        sp_words_criterion_add(&of, vocab, silence->of.index);
    }
    b->failed |= of.failed;
    sp_buf_add_cstr(b, "{\"of\": ");
    sp_json_add(b, sp_buf_str(&of));
    sp_buf_clear(&of);
    sp_buf_printf(b, ", \"if_open\": \"%s\"", sp_state_word(silence->presumption.if_open));
    add_text(b, "burden", silence->presumption.burden);
    add_text(b, "held_by", silence->held_by);
    add_names(b, "authority", &silence->presumption.authority);
    add_text(b, "note", silence->note);
    sp_buf_add_char(b, '}');
}

static void add_reading(const sp_rulebase *base, const sp_reading *r, sp_buf *b)
{
    sp_buf_add_cstr(b, "  {\"id\": ");
    sp_json_add(b, r->id);
    add_text(b, "title", r->title);
    add_flag(b, "default", r->is_default);
    add_text(b, "extends", r->extends);
    add_text(b, "from", r->from);
    add_text(b, "until", r->until);
    add_names(b, "drop", &r->drop);
    add_rule_ids(base, "replace", r->replace.items, r->replace.len, b);
    add_rule_ids(base, "add", r->add.items, r->add.len, b);
    key(b, "presume");
    sp_buf_add_char(b, '[');
    for (size_t i = 0; i < r->presumptions.len; i++) {
        if (i > 0)
            sp_buf_add_cstr(b, ", ");
        add_silence(&base->vocab, &r->presumptions.items[i], b);
    }
    sp_buf_add_char(b, ']');
    add_text(b, "note", r->note);
    sp_buf_add_char(b, '}');
}

static void add_setting(const sp_vocab *vocab, const sp_reading *r, const sp_setting *setting, sp_buf *b)
{
    sp_buf_add_cstr(b, "    {\"reading\": ");
    sp_json_add(b, r->id);
    add_value(b, "value", vocab, vocab->parameters.items[setting->parameter].type, setting->value);
    add_text(b, "held_by", setting->held_by);
    add_text(b, "from", r->from);
    add_text(b, "until", r->until);
    add_names(b, "authority", &setting->authority);
    add_text(b, "note", setting->note);
    sp_buf_add_char(b, '}');
}

static void add_parameter(const sp_network *net, uint32_t index, sp_buf *b)
{
    const sp_rulebase *base = net->base;
    const sp_parameter *p = &base->vocab.parameters.items[index];
    bool first = true;
    sp_buf_add_cstr(b, "  {\"name\": ");
    sp_json_add(b, p->name);
    add_text(b, "title", p->title);
    add_type(b, &base->vocab, p->type);
    add_value(b, "default", &base->vocab, p->type, p->value);
    add_value(b, "in_force", &base->vocab, p->type, net->parameters[index]);
    add_text(b, "note", p->note);
    key(b, "settings");
    sp_buf_add_char(b, '[');
    for (size_t r = 0; r < base->readings.len; r++)
        for (size_t i = 0; i < base->readings.items[r].settings.len; i++) {
            const sp_setting *setting = &base->readings.items[r].settings.items[i];
            if (setting->parameter != index)
                continue;
            next(b, &first);
            add_setting(&base->vocab, &base->readings.items[r], setting, b);
        }
    sp_buf_add_cstr(b, "]}");
}

static void add_readings(const sp_selection *s, sp_buf *b)
{
    const sp_rulebase *base = s->net->base;
    bool first = true;
    sp_buf_add_cstr(b, ",\n\"readings\": [");
    for (size_t i = 0; s->whole && i < base->readings.len; i++) {
        next(b, &first);
        add_reading(base, &base->readings.items[i], b);
    }
    first = true;
    sp_buf_add_cstr(b, "],\n\"parameters\": [");
    for (uint32_t i = 0; s->whole && i < base->vocab.parameters.len; i++) {
        next(b, &first);
        add_parameter(s->net, i, b);
    }
    sp_buf_add_char(b, ']');
}

/* --- sources --- */

static void add_authority(const sp_authority *a, sp_buf *b)
{
    sp_buf_add_cstr(b, "  {\"cite\": ");
    sp_json_add(b, a->cite);
    add_text(b, "title", a->title);
    add_text(b, "kind", a->kind);
    add_flag(b, "confirmed", a->confirmed);
    add_text(b, "note", a->note);
    sp_buf_add_char(b, '}');
}

static void add_passage(const sp_rulebase *base, const sp_passage *p, sp_buf *b)
{
    static const char *const kinds[] = {"legal_criterion", "factual_premise", "explanation", "theory"};
    sp_buf_add_cstr(b, "  {\"id\": ");
    sp_json_add(b, p->id);
    add_text(b, "source", base->sources.items[p->source].id);
    add_text(b, "page", p->page);
    add_text(b, "kind", sp_str_from(kinds[p->kind]));
    add_text(b, "quote", p->quote);
    add_text(b, "note", p->note);
    sp_buf_add_char(b, '}');
}

static void add_sources(const sp_selection *s, sp_buf *b)
{
    const sp_rulebase *base = s->net->base;
    bool first = true;
    sp_buf_add_cstr(b, ",\n\"authorities\": [");
    for (size_t i = 0; i < base->authorities.len; i++) {
        if (!s->authorities[i])
            continue;
        next(b, &first);
        add_authority(&base->authorities.items[i], b);
    }
    first = true;
    sp_buf_add_cstr(b, "],\n\"passages\": [");
    for (size_t i = 0; i < base->passages.len; i++) {
        if (!s->passages[i])
            continue;
        next(b, &first);
        add_passage(base, &base->passages.items[i], b);
    }
    sp_buf_add_char(b, ']');
}

void sp_vocabulary_json(const sp_selection *s, sp_buf *b)
{
    const sp_rulebase *base = s->net->base;
    bool first = true;
    sp_buf_add_cstr(b, "{\"surplace\": \"vocabulary/1\"");
    add_text(b, "reading",
             s->net->reading == SP_NONE ? SP_EMPTY : base->readings.items[s->net->reading].id);
    sp_buf_add_cstr(b, ",\n\"entities\": [");
    for (uint32_t i = 0; i < base->vocab.entities.len; i++) {
        if (!sp_selection_shows(s, i))
            continue;
        next(b, &first);
        add_entity(s, i, b);
    }
    sp_buf_add_char(b, ']');
    add_readings(s, b);
    add_sources(s, b);
    sp_buf_add_cstr(b, "}\n");
}
