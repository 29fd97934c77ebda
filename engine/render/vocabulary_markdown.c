/* The vocabulary's page for publishing: an anchor for every entity, fact, criterion, rule, reading, parameter, authority
 * and passage, and links from each use to it. */
#include "render/markdown.h"
#include "render/vocabulary.h"
#include "render/vocabulary_words.h"

struct page {
    const sp_selection *s;
    sp_buf *b;
    sp_buf line; /* words on their way to be escaped */
};

static const sp_rulebase *base_of(const struct page *p)
{
    return p->s->net->base;
}

static void add(struct page *p, const char *markup)
{
    sp_buf_add_cstr(p->b, markup);
}

/* The words built in `line`, escaped. */
static void add_line(struct page *p)
{
    sp_markdown_add(p->b, sp_buf_str(&p->line));
    p->b->failed |= p->line.failed;
    sp_buf_reset(&p->line);
}

/* "- **Label** words", within a list item at `indent`; nothing if there are no words. */
static void put(struct page *p, size_t indent, const char *label)
{
    if (p->line.len == 0)
        return;
    sp_blanks_add(p->b, indent);
    add(p, "- ");
    if (label[0] != '\0')
        sp_buf_printf(p->b, "**%s** ", label);
    add_line(p);
    add(p, "\n");
}

static void put_text(struct page *p, size_t indent, const char *label, sp_str text)
{
    sp_buf_add(&p->line, text);
    put(p, indent, label);
}

static void anchor(struct page *p, const char *kind, sp_str owner, sp_str name)
{
    sp_buf_printf(p->b, "<a id=\"%s", kind);
    if (owner.len > 0) {
        sp_markdown_anchor_add(p->b, owner);
        add(p, ".");
    }
    sp_markdown_anchor_add(p->b, name);
    add(p, "\"></a>");
}

/* A link to an anchor of this page, or the plain words where the page does not have it. */
static void add_link(struct page *p, bool here, sp_str words, const char *kind, sp_str owner, sp_str name)
{
    add(p, here ? "[" : "");
    sp_markdown_add(p->b, words);
    if (!here)
        return;
    sp_buf_printf(p->b, "](#%s", kind);
    if (owner.len > 0) {
        sp_markdown_anchor_add(p->b, owner);
        add(p, ".");
    }
    sp_markdown_anchor_add(p->b, name);
    add(p, ")");
}

static void heading(struct page *p, const char *level, const char *kind, sp_str owner, sp_str name)
{
    add(p, "\n");
    anchor(p, kind, owner, name);
    sp_buf_printf(p->b, "\n\n%s ", level);
    add_line(p);
    add(p, "\n\n");
}

/* --- citations --- */

static void add_citations(struct page *p, const sp_names *authority)
{
    for (size_t i = 0; i < authority->count; i++) {
        const sp_authority *a = sp_rulebase_authority(base_of(p), authority->items[i]);
        add(p, i > 0 ? "; " : "");
        add_link(p, a != NULL && p->s->authorities[a - base_of(p)->authorities.items], authority->items[i],
                 "authority-", SP_EMPTY, a != NULL ? a->cite : SP_EMPTY);
    }
}

static void put_authority(struct page *p, size_t indent, const sp_names *authority)
{
    if (authority->count == 0)
        return;
    sp_blanks_add(p->b, indent);
    add(p, "- **Authority:** ");
    add_citations(p, authority);
    add(p, "\n");
}

static void put_passages(struct page *p, size_t indent, const sp_names *passages)
{
    if (passages->count == 0)
        return;
    sp_blanks_add(p->b, indent);
    add(p, passages->count > 1 ? "- **Passages:** " : "- **Passage:** ");
    for (size_t i = 0; i < passages->count; i++) {
        uint32_t index = sp_rulebase_passage(base_of(p), passages->items[i]);
        add(p, i > 0 ? "; " : "");
        add_link(p, index != SP_NONE && p->s->passages[index], passages->items[i], "passage-", SP_EMPTY,
                 passages->items[i]);
        if (index == SP_NONE)
            continue;
        add(p, " ");
        sp_buf_add_char(&p->line, '(');
        sp_words_page_add(&p->line, &base_of(p)->passages.items[index]);
        sp_buf_add_char(&p->line, ')');
        add_line(p);
    }
    add(p, "\n");
}

static void put_presumption(struct page *p, const sp_presumption *presumption, const char *holds,
                            const char *fails)
{
    if (presumption->if_open == SP_OPEN)
        return;
    sp_buf_printf(p->b, "- **Presumed:** While nobody has said enough, taken as %s. Burden: ",
                  presumption->if_open == SP_HOLDS ? holds : fails);
    sp_markdown_add(p->b, presumption->burden);
    add(p, " (");
    add_citations(p, &presumption->authority);
    add(p, ").\n");
}

/* --- rules --- */

static void add_head(struct page *p, const sp_cond *cond)
{
    const sp_vocab *vocab = &base_of(p)->vocab;
    uint32_t criterion = sp_clause_criterion(cond);
    sp_clause_head_add(&p->line, p->s->net, cond);
    add_line(p);
    if (criterion != SP_NONE) {
        const sp_criterion *c = &vocab->criteria.items[criterion];
        sp_buf name = {0};
        sp_words_criterion_add(&name, vocab, criterion);
        add(p, " (");
        add_link(p, p->s->criteria[criterion], sp_buf_str(&name), "", vocab->entities.items[c->entity].name,
                 c->name);
        add(p, ")");
        p->b->failed |= name.failed;
        sp_buf_clear(&name);
    }
    if (sp_element_count(cond) > cond->unless_count)
        add(p, ":");
}

/* Elements are numbered items; what is said of each stands below it, and its own elements below that. */
static void put_element(struct page *p, size_t indent, sp_element element, size_t number)
{
    static const char *const roles[] = {[SP_ELEMENT_WHERE] = "**Limited to where:** ",
                                        [SP_ELEMENT_PART] = "",
                                        [SP_ELEMENT_EXCEPTION] = "**Exception:** "};
    const sp_cond *cond = element.cond;
    size_t before = p->b->len, count = sp_element_count(cond);
    sp_blanks_add(p->b, indent);
    sp_buf_printf(p->b, "%zu. ", number);
    size_t below = p->b->len - before;
    add(p, roles[element.role]);
    if (cond->title.len > 0) {
        sp_markdown_add(p->b, cond->title);
        add(p, "\n");
        sp_blanks_add(p->b, below);
        add(p, "- ");
    }
    add_head(p, cond);
    add(p, "\n");
    put_authority(p, below, &cond->authority);
    put_passages(p, below, &cond->passages);
    put_text(p, below, "Note:", cond->note);
    for (size_t i = 0; i < count; i++)
        put_element(p, below, sp_element_at(cond, i), i + 1);
}

static void put_rule(struct page *p, const sp_rule *rule)
{
    const char *support = sp_words_support(rule->support);
    size_t count = sp_rule_element_count(rule);
    sp_buf_printf(&p->line, "Rule %.*s: %.*s", SP_STR(rule->id), SP_STR(rule->title));
    if (rule->reading != SP_NONE)
        sp_buf_printf(&p->line, " (of the reading %.*s)",
                      SP_STR(base_of(p)->readings.items[rule->reading].id));
    heading(p, "####", "rule-", SP_EMPTY, rule->id);
    put_authority(p, 0, &rule->authority);
    put_passages(p, 0, &rule->passages);
    sp_buf_add_cstr(&p->line, support != NULL ? support : "");
    put(p, 0, "Support:");
    put_text(p, 0, "Note:", rule->note);
    add(p, "\n");
    for (size_t i = 0; i < count; i++)
        put_element(p, 0, sp_rule_element_at(rule, i), i + 1);
}

/* --- entities --- */

static void put_fact(struct page *p, const sp_entity *e, const sp_fact *fact)
{
    sp_words_title_add(&p->line, fact->title, fact->name);
    heading(p, "####", "", e->name, fact->name);
    sp_buf_add_cstr(p->b, "- **Written:** ");
    sp_buf_printf(&p->line, "%.*s.%.*s", SP_STR(e->name), SP_STR(fact->name));
    sp_markdown_code_add(p->b, sp_buf_str(&p->line));
    sp_buf_reset(&p->line);
    add(p, "\n");
    put_text(p, 0, "Asks:", fact->ask);
    sp_words_type_add(&p->line, &base_of(p)->vocab, fact->type);
    put(p, 0, "Value:");
    if (fact->judgment)
        put_text(p, 0, "", SP_LIT("A judgment: only a person can decide it."));
    if (fact->private_)
        put_text(p, 0, "", SP_LIT("Private: masked where a report is redacted."));
    sp_words_day_add(&p->line, &base_of(p)->vocab, fact);
    put(p, 0, "");
    put_presumption(p, p->s->net->fact_presumptions[fact - base_of(p)->vocab.facts.items], "yes", "no");
    put_text(p, 0, "Note:", fact->note);
}

static void put_criterion(struct page *p, uint32_t index)
{
    const sp_vocab *vocab = &base_of(p)->vocab;
    const sp_network *net = p->s->net;
    const sp_criterion *c = &vocab->criteria.items[index];
    sp_words_title_add(&p->line, c->title, c->name);
    heading(p, "###", "", vocab->entities.items[c->entity].name, c->name);
    add(p, "- **Written:** ");
    sp_words_criterion_add(&p->line, vocab, index);
    sp_markdown_code_add(p->b, sp_buf_str(&p->line));
    sp_buf_reset(&p->line);
    add(p, "\n");
    put_text(p, 0, "Holds:", c->holds);
    put_text(p, 0, "Fails:", c->fails);
    put_presumption(p, net->criterion_presumptions[index], "holding", "failing");
    put_text(p, 0, "Note:", c->note);
    if (net->first_rule[index] == net->first_rule[index + 1])
        put_text(p, 0, "", SP_LIT("No rule in force under this reading decides it."));
    for (uint32_t i = net->first_rule[index]; i < net->first_rule[index + 1]; i++)
        put_rule(p, &base_of(p)->rules.items[net->rules.items[i]]);
}

static void put_entity(struct page *p, uint32_t index)
{
    const sp_vocab *vocab = &base_of(p)->vocab;
    const sp_entity *e = &vocab->entities.items[index];
    bool facts = false;
    sp_words_title_add(&p->line, e->title, e->name);
    if (e->title.len > 0)
        sp_buf_printf(&p->line, " (%.*s)", SP_STR(e->name));
    heading(p, "##", "", SP_EMPTY, e->name);
    sp_words_place_add(&p->line, vocab, index);
    put(p, 0, "");
    if (p->s->entities[index])
        put_text(p, 0, "Note:", e->note);
    for (size_t i = 0; i < e->members.len; i++) {
        sp_member m = e->members.items[i];
        if (m.kind != SP_MEMBER_FACT || !p->s->facts[m.index])
            continue;
        if (!facts)
            add(p, "\n### Facts\n");
        facts = true;
        put_fact(p, e, &vocab->facts.items[m.index]);
    }
    for (size_t i = 0; i < e->members.len; i++)
        if (e->members.items[i].kind == SP_MEMBER_CRITERION && p->s->criteria[e->members.items[i].index])
            put_criterion(p, e->members.items[i].index);
}

/* --- readings and parameters --- */

static void put_rule_list(struct page *p, const char *label, const uint32_t *rules, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sp_buf_printf(&p->line, "%s%.*s", i > 0 ? "; " : "", SP_STR(base_of(p)->rules.items[rules[i]].id));
    put(p, 0, label);
}

static void put_reading(struct page *p, uint32_t index)
{
    const sp_reading *r = &base_of(p)->readings.items[index];
    sp_buf_printf(&p->line, "%.*s (%.*s)", SP_STR(r->title), SP_STR(r->id));
    heading(p, "###", "reading-", SP_EMPTY, r->id);
    if (r->from.len > 0 || r->until.len > 0) {
        sp_buf_add_cstr(&p->line, "Good law");
        sp_words_period_add(&p->line, r);
    }
    put(p, 0, "");
    if (r->is_default)
        put_text(p, 0, "", SP_LIT("The default reading."));
    if (index == p->s->net->reading)
        put_text(p, 0, "", SP_LIT("The reading of this page."));
    if (r->base != SP_NONE) {
        add(p, "- **Starts from:** ");
        add_link(p, true, base_of(p)->readings.items[r->base].title, "reading-", SP_EMPTY,
                 base_of(p)->readings.items[r->base].id);
        add(p, "\n");
    }
    sp_words_names_add(&p->line, &r->drop);
    put(p, 0, "Drops the rules:");
    put_rule_list(p, "Replaces the rules:", r->replace.items, r->replace.len);
    put_rule_list(p, "Adds the rules:", r->add.items, r->add.len);
    for (size_t i = 0; i < r->presumptions.len; i++) {
        sp_words_silence_add(&p->line, &base_of(p)->vocab, &r->presumptions.items[i]);
        put(p, 0, "Silence:");
        put_text(p, 2, "Held by:", r->presumptions.items[i].held_by);
        put_text(p, 2, "Note:", r->presumptions.items[i].note);
    }
    put_text(p, 0, "Note:", r->note);
}

static void put_setting(struct page *p, const sp_parameter *parameter, const sp_reading *r,
                        const sp_setting *setting)
{
    add(p, "- ");
    sp_clause_value_add(&p->line, &base_of(p)->vocab, parameter->type, setting->value);
    add_line(p);
    add(p, " under ");
    add_link(p, true, r->title, "reading-", SP_EMPTY, r->id);
    sp_words_period_add(&p->line, r);
    add_line(p);
    add(p, "\n");
    put_text(p, 2, "Held by:", setting->held_by);
    put_authority(p, 2, &setting->authority);
    put_text(p, 2, "Note:", setting->note);
}

static void put_parameter(struct page *p, uint32_t index)
{
    const sp_rulebase *base = base_of(p);
    const sp_parameter *parameter = &base->vocab.parameters.items[index];
    sp_words_title_add(&p->line, parameter->title, parameter->name);
    heading(p, "###", "reading.", SP_EMPTY, parameter->name);
    add(p, "- **Written:** ");
    sp_buf_printf(&p->line, "reading.%.*s", SP_STR(parameter->name));
    sp_markdown_code_add(p->b, sp_buf_str(&p->line));
    sp_buf_reset(&p->line);
    add(p, "\n");
    sp_words_type_add(&p->line, &base->vocab, parameter->type);
    put(p, 0, "Value:");
    sp_clause_value_add(&p->line, &base->vocab, parameter->type, p->s->net->parameters[index]);
    put(p, 0, "Under this reading:");
    put_text(p, 0, "Note:", parameter->note);
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
        add(p, "\n## Readings\n");
    for (uint32_t i = 0; i < base->readings.len; i++)
        put_reading(p, i);
    if (base->vocab.parameters.len > 0)
        add(p, "\n## Parameters that a reading sets\n");
    for (uint32_t i = 0; i < base->vocab.parameters.len; i++)
        put_parameter(p, i);
}

/* --- sources --- */

static void put_cited_authorities(struct page *p)
{
    bool any = false;
    for (size_t i = 0; i < base_of(p)->authorities.len; i++) {
        const sp_authority *a = &base_of(p)->authorities.items[i];
        if (!p->s->authorities[i])
            continue;
        if (!any)
            add(p, "\n## Authorities\n\n");
        any = true;
        add(p, "- ");
        anchor(p, "authority-", SP_EMPTY, a->cite);
        sp_buf_add(&p->line, a->cite);
        if (!sp_str_eq(a->cite, a->title))
            sp_buf_printf(&p->line, ": %.*s", SP_STR(a->title));
        add_line(p);
        add(p, a->confirmed ? " (confirmed)\n" : " (**not confirmed**)\n");
        put_text(p, 2, "Note:", a->note);
    }
}

static void put_cited_passages(struct page *p)
{
    bool any = false;
    for (size_t i = 0; i < base_of(p)->passages.len; i++) {
        const sp_passage *passage = &base_of(p)->passages.items[i];
        if (!p->s->passages[i])
            continue;
        if (!any)
            add(p, "\n## Passages\n\n");
        any = true;
        add(p, "- ");
        anchor(p, "passage-", SP_EMPTY, passage->id);
        sp_buf_printf(&p->line, "%.*s (%.*s, ", SP_STR(passage->id),
                      SP_STR(base_of(p)->sources.items[passage->source].id));
        sp_words_page_add(&p->line, passage);
        sp_buf_printf(&p->line, "; %s): \u201c%.*s\u201d", sp_words_passage_kind(passage->kind),
                      SP_STR(passage->quote));
        add_line(p);
        add(p, "\n");
        put_text(p, 2, "Editor:", passage->note);
    }
}

void sp_vocabulary_markdown(const sp_selection *s, sp_buf *b)
{
    struct page p = {.s = s, .b = b};
    const sp_rulebase *base = s->net->base;
    add(&p, "# The vocabulary of the rules, and the rules themselves\n");
    if (s->net->reading != SP_NONE) {
        const sp_reading *r = &base->readings.items[s->net->reading];
        add(&p, "\nReading: ");
        add_link(&p, s->whole, r->title, "reading-", SP_EMPTY, r->id);
        sp_words_period_add(&p.line, r);
        add_line(&p);
        add(&p, "\n");
    }
    for (uint32_t i = 0; i < base->vocab.entities.len; i++)
        if (sp_selection_shows(s, i))
            put_entity(&p, i);
    if (s->whole)
        put_readings(&p);
    put_cited_authorities(&p);
    put_cited_passages(&p);
    b->failed |= p.line.failed;
    sp_buf_clear(&p.line);
}
