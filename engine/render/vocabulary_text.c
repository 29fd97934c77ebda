/* The vocabulary's page for a terminal or paper, wrapped. */
#include "render/vocabulary.h"
#include "render/vocabulary_words.h"

struct page {
    const sp_selection *s;
    const sp_style *style;
    sp_buf *b;
    sp_buf line;   /* the line being built */
    sp_buf number; /* "2.1": of the element being written */
};

static const sp_rulebase *base_of(const struct page *p)
{
    return p->s->net->base;
}

/* Writes the line that was built, after a label that belongs to it. */
static void put(struct page *p, size_t indent, sp_ink ink, const char *label)
{
    if (p->line.len == 0)
        return;
    sp_buf labelled = {0};
    sp_buf_add_cstr(&labelled, label);
    sp_buf_add(&labelled, sp_buf_str(&p->line));
    sp_blanks_add(p->b, indent);
    sp_ink_on(p->b, p->style, ink);
    sp_wrap_add(p->b, p->style, indent, indent + 2, sp_buf_str(&labelled));
    sp_ink_off(p->b, p->style, ink);
    p->b->failed |= p->line.failed || labelled.failed;
    sp_buf_clear(&labelled);
    sp_buf_reset(&p->line);
}

static void put_text(struct page *p, size_t indent, const char *label, sp_str text)
{
    sp_buf_add(&p->line, text);
    put(p, indent, SP_INK_PLAIN, label);
}

static void heading(struct page *p, const char *text)
{
    sp_buf_add_char(p->b, '\n');
    sp_buf_add_cstr(&p->line, text);
    put(p, 0, SP_INK_BOLD, "");
}

/* --- citations --- */

static void put_citations(struct page *p, size_t indent, const sp_names *authority,
                          const sp_names *passages)
{
    sp_words_names_add(&p->line, authority);
    put(p, indent, SP_INK_DIM, "Authority: ");
    for (size_t i = 0; i < passages->count; i++) {
        uint32_t index = sp_rulebase_passage(base_of(p), passages->items[i]);
        if (index == SP_NONE)
            continue;
        sp_buf_printf(&p->line, "%s%.*s (", p->line.len > 0 ? "; " : "", SP_STR(passages->items[i]));
        sp_words_page_add(&p->line, &base_of(p)->passages.items[index]);
        sp_buf_add_char(&p->line, ')');
    }
    put(p, indent, SP_INK_DIM, passages->count > 1 ? "Passages: " : "Passage: ");
}

/* --- rules --- */

static void put_element(struct page *p, size_t depth, sp_element element, size_t number);

static void put_elements_below(struct page *p, size_t depth, const sp_cond *cond)
{
    size_t count = sp_element_count(cond);
    for (size_t i = 0; i < count; i++)
        put_element(p, depth, sp_element_at(cond, i), i + 1);
}

/* "“Refugee” holds of the person [person.refugee]:" */
static void add_head(struct page *p, const sp_cond *cond)
{
    uint32_t criterion = sp_clause_criterion(cond);
    sp_clause_head_add(&p->line, p->s->net, cond);
    if (criterion != SP_NONE) {
        sp_buf_add_cstr(&p->line, " [");
        sp_words_criterion_add(&p->line, &base_of(p)->vocab, criterion);
        sp_buf_add_char(&p->line, ']');
    }
    if (sp_element_count(cond) > cond->unless_count)
        sp_buf_add_char(&p->line, ':');
}

static void put_element(struct page *p, size_t depth, sp_element element, size_t number)
{
    static const char *const roles[] = {[SP_ELEMENT_WHERE] = "Limited to where: ",
                                        [SP_ELEMENT_PART] = "",
                                        [SP_ELEMENT_EXCEPTION] = "Exception: "};
    const sp_cond *cond = element.cond;
    size_t before = p->number.len, indent = 4 + (depth < 8 ? depth * 2 : 16);
    sp_buf_printf(&p->number, "%s%zu", before > 0 ? "." : "", number);
    size_t at = indent + p->number.len + 1;
    sp_blanks_add(p->b, indent);
    sp_buf_add(p->b, sp_buf_str(&p->number));
    sp_buf_add_char(p->b, ' ');
    sp_buf_add_cstr(&p->line, roles[element.role]);
    if (cond->title.len > 0)
        sp_buf_add(&p->line, cond->title);
    else
        add_head(p, cond);
    sp_wrap_add(p->b, p->style, at, at, sp_buf_str(&p->line));
    sp_buf_reset(&p->line);
    if (cond->title.len > 0) {
        add_head(p, cond);
        put(p, at, SP_INK_PLAIN, "");
    }
    put_citations(p, at, &cond->authority, &cond->passages);
    put_text(p, at, "Note: ", cond->note);
    put_elements_below(p, depth + 1, cond);
    p->number.len = before;
}

static void put_rule(struct page *p, const sp_rule *rule)
{
    sp_buf_printf(&p->line, "%.*s: %.*s", SP_STR(rule->id), SP_STR(rule->title));
    if (rule->reading != SP_NONE)
        sp_buf_printf(&p->line, " (of the reading %.*s)",
                      SP_STR(base_of(p)->readings.items[rule->reading].id));
    put(p, 4, SP_INK_PLAIN, "Rule ");
    put_citations(p, 6, &rule->authority, &rule->passages);
    sp_buf_add_cstr(&p->line,
                    sp_words_support(rule->support) != NULL ? sp_words_support(rule->support) : "");
    put(p, 6, SP_INK_DIM, "Support: ");
    put_text(p, 6, "Note: ", rule->note);
    size_t count = sp_rule_element_count(rule);
    for (size_t i = 0; i < count; i++)
        put_element(p, 1, sp_rule_element_at(rule, i), i + 1);
}

/* --- entities --- */

static void put_fact(struct page *p, const sp_fact *fact)
{
    const sp_vocab *vocab = &base_of(p)->vocab;
    sp_buf_printf(&p->line, "%.*s", SP_STR(fact->name));
    if (fact->title.len > 0)
        sp_buf_printf(&p->line, ": %.*s", SP_STR(fact->title));
    put(p, 2, SP_INK_BOLD, "");
    put_text(p, 4, "Asks: ", fact->ask);
    sp_words_type_add(&p->line, vocab, fact->type);
    put(p, 4, SP_INK_PLAIN, "Value: ");
    if (fact->judgment)
        put_text(p, 4, "", SP_LIT("A judgment: only a person can decide it."));
    if (fact->private_)
        put_text(p, 4, "", SP_LIT("Private: masked where a report is redacted."));
    sp_words_day_add(&p->line, &base_of(p)->vocab, fact);
    put(p, 4, SP_INK_PLAIN, "");
    sp_words_presumption_add(&p->line, p->s->net->fact_presumptions[fact - vocab->facts.items], "yes",
                             "no");
    put(p, 4, SP_INK_PLAIN, "Presumed: ");
    put_text(p, 4, "Note: ", fact->note);
}

static void put_criterion(struct page *p, uint32_t index)
{
    const sp_vocab *vocab = &base_of(p)->vocab;
    const sp_network *net = p->s->net;
    const sp_criterion *c = &vocab->criteria.items[index];
    sp_buf_add_char(p->b, '\n');
    sp_words_criterion_add(&p->line, vocab, index);
    if (c->title.len > 0)
        sp_buf_printf(&p->line, ": %.*s", SP_STR(c->title));
    put(p, 2, SP_INK_BOLD, "");
    put_text(p, 4, "Holds: ", c->holds);
    put_text(p, 4, "Fails: ", c->fails);
    sp_words_presumption_add(&p->line, net->criterion_presumptions[index], "holding", "failing");
    put(p, 4, SP_INK_PLAIN, "Presumed: ");
    put_text(p, 4, "Note: ", c->note);
    if (net->first_rule[index] == net->first_rule[index + 1])
        put_text(p, 4, "", SP_LIT("No rule in force under this reading decides it."));
    for (uint32_t i = net->first_rule[index]; i < net->first_rule[index + 1]; i++)
        put_rule(p, &base_of(p)->rules.items[net->rules.items[i]]);
}

static void put_entity_head(struct page *p, uint32_t index)
{
    const sp_entity *e = &base_of(p)->vocab.entities.items[index];
    sp_buf_add_char(p->b, '\n');
    for (size_t i = 0; i < e->name.len; i++) {
        char c = e->name.ptr[i];
        sp_buf_add_char(&p->line, c == '_' ? ' ' : c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    if (e->title.len > 0)
        sp_buf_printf(&p->line, ": %.*s", SP_STR(e->title));
    put(p, 0, SP_INK_BOLD, "");
    sp_words_place_add(&p->line, &base_of(p)->vocab, index);
    put(p, 2, SP_INK_PLAIN, "");
    if (p->s->entities[index])
        put_text(p, 2, "Note: ", e->note);
}

static void put_entity(struct page *p, uint32_t index)
{
    const sp_vocab *vocab = &base_of(p)->vocab;
    const sp_entity *e = &vocab->entities.items[index];
    bool facts = false;
    put_entity_head(p, index);
    for (size_t i = 0; i < e->members.len; i++) {
        sp_member m = e->members.items[i];
        if (m.kind != SP_MEMBER_FACT || !p->s->facts[m.index])
            continue;
        if (!facts)
            sp_buf_add_char(p->b, '\n');
        facts = true;
        put_fact(p, &vocab->facts.items[m.index]);
    }
    for (size_t i = 0; i < e->members.len; i++)
        if (e->members.items[i].kind == SP_MEMBER_CRITERION && p->s->criteria[e->members.items[i].index])
            put_criterion(p, e->members.items[i].index);
}

/* --- readings and parameters --- */

static void put_silence(struct page *p, const sp_reading_presumption *silence)
{
    sp_words_silence_add(&p->line, &base_of(p)->vocab, silence);
    put(p, 4, SP_INK_PLAIN, "\xE2\x80\xA2 ");
    put_text(p, 6, "Held by: ", silence->held_by);
    put_text(p, 6, "Note: ", silence->note);
}

static void put_reading(struct page *p, uint32_t index)
{
    const sp_reading *r = &base_of(p)->readings.items[index];
    sp_buf_printf(&p->line, "%.*s: %.*s", SP_STR(r->id), SP_STR(r->title));
    sp_words_period_add(&p->line, r);
    if (r->is_default)
        sp_buf_add_cstr(&p->line, " (the default)");
    if (index == p->s->net->reading)
        sp_buf_add_cstr(&p->line, " (the reading of this page)");
    put(p, 2, SP_INK_BOLD, "");
    if (r->base != SP_NONE)
        put_text(p, 4, "Starts from: ", base_of(p)->readings.items[r->base].id);
    sp_words_names_add(&p->line, &r->drop);
    put(p, 4, SP_INK_PLAIN, "Drops the rules: ");
    for (size_t i = 0; i < r->replace.len; i++)
        sp_buf_printf(&p->line, "%s%.*s", i > 0 ? "; " : "",
                      SP_STR(base_of(p)->rules.items[r->replace.items[i]].id));
    put(p, 4, SP_INK_PLAIN, "Replaces the rules: ");
    for (size_t i = 0; i < r->add.len; i++)
        sp_buf_printf(&p->line, "%s%.*s", i > 0 ? "; " : "",
                      SP_STR(base_of(p)->rules.items[r->add.items[i]].id));
    put(p, 4, SP_INK_PLAIN, "Adds the rules: ");
    for (size_t i = 0; i < r->presumptions.len; i++)
        put_silence(p, &r->presumptions.items[i]);
    put_text(p, 4, "Note: ", r->note);
}

static void put_setting(struct page *p, const sp_parameter *parameter, const sp_reading *r,
                        const sp_setting *setting)
{
    sp_clause_value_add(&p->line, &base_of(p)->vocab, parameter->type, setting->value);
    sp_buf_printf(&p->line, " under %.*s", SP_STR(r->id));
    sp_words_period_add(&p->line, r);
    put(p, 4, SP_INK_PLAIN, "\xE2\x80\xA2 ");
    put_text(p, 6, "Held by: ", setting->held_by);
    sp_words_names_add(&p->line, &setting->authority);
    put(p, 6, SP_INK_DIM, "Authority: ");
    put_text(p, 6, "Note: ", setting->note);
}

static void put_parameter(struct page *p, uint32_t index)
{
    const sp_rulebase *base = base_of(p);
    const sp_parameter *parameter = &base->vocab.parameters.items[index];
    sp_buf_printf(&p->line, "%.*s", SP_STR(parameter->name));
    if (parameter->title.len > 0)
        sp_buf_printf(&p->line, ": %.*s", SP_STR(parameter->title));
    put(p, 2, SP_INK_BOLD, "");
    sp_words_type_add(&p->line, &base->vocab, parameter->type);
    put(p, 4, SP_INK_PLAIN, "Value: ");
    sp_clause_value_add(&p->line, &base->vocab, parameter->type, p->s->net->parameters[index]);
    put(p, 4, SP_INK_PLAIN, "Under this reading: ");
    put_text(p, 4, "Note: ", parameter->note);
    for (size_t r = 0; r < base->readings.len; r++)
        for (size_t i = 0; i < base->readings.items[r].settings.len; i++) {
            const sp_setting *setting = &base->readings.items[r].settings.items[i];
            if (setting->parameter == index)
                put_setting(p, parameter, &base->readings.items[r], setting);
        }
}

static void put_readings(struct page *p)
{
    const sp_rulebase *base = base_of(p);
    if (base->readings.len > 0)
        heading(p, "READINGS");
    for (uint32_t i = 0; i < base->readings.len; i++)
        put_reading(p, i);
    if (base->vocab.parameters.len > 0)
        heading(p, "PARAMETERS THAT A READING SETS");
    for (uint32_t i = 0; i < base->vocab.parameters.len; i++)
        put_parameter(p, i);
}

/* --- sources --- */

static void put_authorities(struct page *p)
{
    bool any = false;
    for (size_t i = 0; i < base_of(p)->authorities.len; i++) {
        const sp_authority *a = &base_of(p)->authorities.items[i];
        if (!p->s->authorities[i])
            continue;
        if (!any)
            heading(p, "AUTHORITIES");
        any = true;
        sp_buf_add(&p->line, a->cite);
        if (!sp_str_eq(a->cite, a->title))
            sp_buf_printf(&p->line, ": %.*s", SP_STR(a->title));
        sp_buf_add_cstr(&p->line, a->confirmed ? " (confirmed)" : " (not confirmed)");
        put(p, 2, SP_INK_PLAIN, "");
        put_text(p, 4, "Note: ", a->note);
    }
}

static void put_passages(struct page *p)
{
    bool any = false;
    for (size_t i = 0; i < base_of(p)->passages.len; i++) {
        const sp_passage *passage = &base_of(p)->passages.items[i];
        if (!p->s->passages[i])
            continue;
        if (!any)
            heading(p, "PASSAGES");
        any = true;
        sp_buf_printf(&p->line, "%.*s (%.*s, ", SP_STR(passage->id),
                      SP_STR(base_of(p)->sources.items[passage->source].id));
        sp_words_page_add(&p->line, passage);
        sp_buf_printf(&p->line, "; %s)", sp_words_passage_kind(passage->kind));
        put(p, 2, SP_INK_PLAIN, "");
        sp_buf_printf(&p->line, "\u201c%.*s\u201d", SP_STR(passage->quote));
        put(p, 4, SP_INK_PLAIN, "");
        put_text(p, 4, "Editor: ", passage->note);
    }
}

void sp_vocabulary_text(const sp_selection *s, const sp_style *style, sp_buf *b)
{
    struct page p = {.s = s, .style = style, .b = b};
    const sp_rulebase *base = s->net->base;
    sp_buf_add_cstr(&p.line, "The vocabulary of the rules, and the rules themselves");
    put(&p, 0, SP_INK_BOLD, "");
    if (s->net->reading != SP_NONE) {
        const sp_reading *r = &base->readings.items[s->net->reading];
        sp_buf_printf(&p.line, "%.*s (%.*s)", SP_STR(r->title), SP_STR(r->id));
        sp_words_period_add(&p.line, r);
        put(&p, 0, SP_INK_PLAIN, "Reading: ");
    }
    for (uint32_t i = 0; i < base->vocab.entities.len; i++)
        if (sp_selection_shows(s, i))
            put_entity(&p, i);
    if (s->whole)
        put_readings(&p);
    put_authorities(&p);
    put_passages(&p);
    b->failed |= p.line.failed || p.number.failed;
    sp_buf_clear(&p.line);
    sp_buf_clear(&p.number);
}
