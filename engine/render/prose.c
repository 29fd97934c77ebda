#include "render/prose.h"

#include "render/vocabulary_words.h"

struct prose {
    const sp_selection *s;
    const sp_style *style;
    sp_buf *b;
    sp_buf line;
};

static const sp_rulebase *base_of(const struct prose *p)
{
    return p->s->net->base;
}

static void put(struct prose *p, size_t indent, sp_ink ink, const char *label)
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

/* --- labels: (a), (i), (A), (1), and again --- */

static void add_letters(sp_buf *b, size_t number, char first)
{
    /* after (z) come (aa), (ab) ...: digits from 1 to 26 */
    if (number > 26)
        add_letters(b, (number - 1) / 26, first);
    sp_buf_add_char(b, (char)(first + (char)((number - 1) % 26)));
}

static void add_roman(sp_buf *b, size_t number)
{
    static const struct {
        size_t value;
        const char *digits;
    } steps[] = {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"},
                 {9, "ix"},  {5, "v"},   {4, "iv"}, {1, "i"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (; number >= steps[i].value; number -= steps[i].value)
            sp_buf_add_cstr(b, steps[i].digits);
}

static void add_label(sp_buf *b, size_t depth, size_t number)
{
    sp_buf_add_char(b, '(');
    switch (depth % 4) {
    case 0:
        add_letters(b, number, 'a');
        break;
    case 1:
        add_roman(b, number);
        break;
    case 2:
        add_letters(b, number, 'A');
        break;
    default:
        sp_buf_printf(b, "%zu", number);
        break;
    }
    sp_buf_add_cstr(b, ") ");
}

/* --- elements --- */

/* " [HB 88; definition-outside, p. 288]" */
static void add_citations(struct prose *p, const sp_names *authority, const sp_names *passages)
{
    if (authority->count + passages->count == 0)
        return;
    sp_buf_add_cstr(&p->line, " [");
    sp_words_names_add(&p->line, authority);
    for (size_t i = 0; i < passages->count; i++) {
        uint32_t index = sp_rulebase_passage(base_of(p), passages->items[i]);
        sp_buf_printf(&p->line, "%s%.*s", i + authority->count > 0 ? "; " : "", SP_STR(passages->items[i]));
        if (index == SP_NONE)
            continue;
        sp_buf_add_cstr(&p->line, ", ");
        sp_words_page_add(&p->line, &base_of(p)->passages.items[index]);
    }
    sp_buf_add_char(&p->line, ']');
}

static const char *joint_of(const sp_cond *cond)
{
    const sp_cond *holder = cond->body != NULL ? cond->body : cond;
    return holder->kind == SP_COND_ALL ? "; and" : holder->kind == SP_COND_NONE ? "; nor" : "; or";
}

static void put_element(struct prose *p, size_t indent, size_t depth, sp_element element, size_t number,
                        const char *tail);

/* What ends an element: a joint before the last of its kind, the end of the whole after the last of all. */
static const char *tail_of(const sp_cond *cond, size_t index, size_t count, const char *end)
{
    sp_element_role role = sp_element_at(cond, index).role;
    if (index + 1 == count)
        return end;
    if (sp_element_at(cond, index + 1).role != role)
        return role == SP_ELEMENT_PART ? "," : ";";
    bool last_joint = index + 2 == count || sp_element_at(cond, index + 2).role != role;
    return !last_joint ? ";" : role == SP_ELEMENT_EXCEPTION ? "; or" : joint_of(cond);
}

static void put_unless(struct prose *p, size_t indent)
{
    sp_buf_add_cstr(&p->line, "unless");
    put(p, indent, SP_INK_PLAIN, "");
}

static void put_elements_below(struct prose *p, size_t indent, size_t depth, const sp_cond *cond,
                               const char *end)
{
    size_t count = sp_element_count(cond);
    for (size_t i = 0; i < count; i++) {
        sp_element element = sp_element_at(cond, i);
        if (element.role == SP_ELEMENT_EXCEPTION && i == count - cond->unless_count)
            put_unless(p, indent);
        put_element(p, indent, depth, element, i + 1, tail_of(cond, i, count, end));
    }
}

static void put_element(struct prose *p, size_t indent, size_t depth, sp_element element, size_t number,
                        const char *tail)
{
    const sp_cond *cond = element.cond;
    size_t before = p->b->len, count = sp_element_count(cond);
    sp_blanks_add(p->b, indent);
    add_label(p->b, depth, number);
    size_t at = p->b->len - before;
    if (element.role == SP_ELEMENT_WHERE)
        sp_buf_add_cstr(&p->line, "limited to where ");
    if (cond->title.len > 0)
        sp_buf_printf(&p->line, "%.*s \u2014 ", SP_STR(cond->title));
    sp_clause_head_add(&p->line, p->s->net, cond);
    add_citations(p, &cond->authority, &cond->passages);
    sp_buf_add_cstr(&p->line, count == 0 ? tail : count == cond->unless_count ? "," : ":");
    sp_wrap_add(p->b, p->style, at, at, sp_buf_str(&p->line));
    p->b->failed |= p->line.failed;
    sp_buf_reset(&p->line);
    put_elements_below(p, at, depth + 1, cond, tail);
}

/* --- rules --- */

/* The first sentence of what it means that a criterion holds, without its full stop. */
static sp_str first_sentence(sp_str text)
{
    text = sp_str_trim(text);
    for (size_t i = 0; i + 2 < text.len; i++)
        if (text.ptr[i] == '.' && text.ptr[i + 1] == ' ' && text.ptr[i + 2] >= 'A' &&
            text.ptr[i + 2] <= 'Z')
            return (sp_str){text.ptr, i};
    if (sp_str_ends(text, SP_LIT(".")))
        text.len--;
    return text;
}

static void add_conclusion(struct prose *p, const sp_criterion *c)
{
    sp_str holds = first_sentence(c->holds);
    if (holds.len > 0) {
        sp_buf_add(&p->line, holds);
        return;
    }
    sp_buf_add_cstr(&p->line, "\u201c");
    sp_words_title_add(&p->line, c->title, c->name);
    sp_buf_add_cstr(&p->line, "\u201d holds of the ");
    sp_clause_name_add(&p->line, base_of(p)->vocab.entities.items[c->entity].name);
    if (c->with == SP_NONE)
        return;
    sp_buf_add_cstr(&p->line, " with regard to the ");
    sp_clause_name_add(&p->line, c->with_name);
}

static const char *rule_tail(size_t index, size_t count, size_t parts)
{
    if (index + 1 == count)
        return ".";
    if (index + 1 == parts)
        return ",";
    if (index + 2 == parts)
        return "; and";
    return index + 2 == count ? "; or" : ";";
}

static void put_rule(struct prose *p, const sp_rule *rule)
{
    const sp_criterion *c = &base_of(p)->vocab.criteria.items[rule->criterion];
    size_t count = sp_rule_element_count(rule), parts = 0;
    while (parts < count && sp_rule_element_at(rule, parts).role != SP_ELEMENT_EXCEPTION)
        parts++;
    sp_buf_printf(&p->line, "%.*s: %.*s", SP_STR(rule->id), SP_STR(rule->title));
    if (rule->reading != SP_NONE)
        sp_buf_printf(&p->line, " (of the reading %.*s)",
                      SP_STR(base_of(p)->readings.items[rule->reading].id));
    sp_buf_add_char(p->b, '\n');
    put(p, 2, SP_INK_BOLD, "Rule ");
    add_conclusion(p, c);
    sp_buf_add_cstr(&p->line, parts > 1 ? ", if all of these are so:" : ", if");
    put(p, 4, SP_INK_PLAIN, "");
    for (size_t i = 0; i < count; i++) {
        if (i == parts)
            put_unless(p, 4);
        put_element(p, 4, 0, sp_rule_element_at(rule, i), i + 1, rule_tail(i, count, parts));
    }
    sp_words_names_add(&p->line, &rule->authority);
    put(p, 4, SP_INK_DIM, "Authority: ");
    for (size_t i = 0; i < rule->passages.count; i++) {
        uint32_t index = sp_rulebase_passage(base_of(p), rule->passages.items[i]);
        sp_buf_printf(&p->line, "%s%.*s", i > 0 ? "; " : "", SP_STR(rule->passages.items[i]));
        if (index == SP_NONE)
            continue;
        sp_buf_add_cstr(&p->line, ", ");
        sp_words_page_add(&p->line, &base_of(p)->passages.items[index]);
    }
    put(p, 4, SP_INK_DIM, rule->passages.count > 1 ? "Passages: " : "Passage: ");
    sp_buf_add(&p->line, rule->note);
    put(p, 4, SP_INK_PLAIN, "Note: ");
}

static void put_criterion(struct prose *p, uint32_t index, bool *any)
{
    const sp_network *net = p->s->net;
    uint32_t first = net->first_rule[index], end = net->first_rule[index + 1];
    bool headed = false;
    for (uint32_t i = first; i < end; i++) {
        uint32_t rule = net->rules.items[i];
        if (!p->s->rules[rule])
            continue;
        if (!headed) {
            sp_buf_add_cstr(p->b, *any ? "\n" : "");
            sp_words_criterion_add(&p->line, &base_of(p)->vocab, index);
            sp_buf_add_cstr(&p->line, ": ");
            sp_buf_add(&p->line, base_of(p)->vocab.criteria.items[index].title);
            put(p, 0, SP_INK_BOLD, "");
            if (end - first > 1)
                sp_buf_printf(&p->line, "Each of its %u rules suffices by itself.", end - first);
            put(p, 2, SP_INK_PLAIN, "");
        }
        headed = *any = true;
        put_rule(p, &base_of(p)->rules.items[rule]);
    }
}

void sp_prose_text(const sp_selection *s, const sp_style *style, sp_buf *b)
{
    struct prose p = {.s = s, .style = style, .b = b};
    bool any = false;
    for (uint32_t i = 0; i < s->net->base->vocab.criteria.len; i++)
        put_criterion(&p, i, &any);
    b->failed |= p.line.failed;
    sp_buf_clear(&p.line);
}
