#include "render/clause.h"

void sp_clause_name_add(sp_buf *b, sp_str name)
{
    for (size_t i = 0; i < name.len; i++)
        sp_buf_add_char(b, name.ptr[i] == '_' ? ' ' : name.ptr[i]);
}

static void add_quoted(sp_buf *b, sp_str title, sp_str name)
{
    sp_buf_add_cstr(b, "\u201c");
    if (title.len > 0)
        sp_buf_add(b, title);
    else
        sp_clause_name_add(b, name);
    sp_buf_add_cstr(b, "\u201d");
}

static void add_enum_value(sp_buf *b, const sp_vocab *vocab, uint32_t enum_index, uint32_t value)
{
    const sp_enum_value *v = &vocab->enums.items[enum_index].values[value];
    add_quoted(b, v->title, v->name);
}

void sp_clause_value_add(sp_buf *b, const sp_vocab *vocab, sp_type type, sp_value value)
{
    switch ((sp_type_kind)type.kind) {
    case SP_YES_NO:
        sp_buf_add_cstr(b, value.index == 1 ? "yes" : "no");
        break;
    case SP_NUMBER:
        sp_number_add(b, value.number);
        break;
    case SP_DATE:
        sp_date_add(b, value.date);
        break;
    case SP_ENUM:
        add_enum_value(b, vocab, type.index, value.index);
        break;
    case SP_TEXT:
    case SP_ENTITY:
        break; /* a literal of these is its own text */
    }
}

/* --- subjects --- */

/* "the event": the first word of a chain as written is its variable. */
static void add_variable(sp_buf *b, const sp_operand *path)
{
    sp_str name = path->text;
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '.' || name.ptr[i] == ' ')
            name.len = i;
    sp_buf_add_cstr(b, "the ");
    sp_clause_name_add(b, name);
}

static bool same_word(sp_str a, sp_str b)
{
    for (size_t i = 0; i < a.len && a.len == b.len; i++)
        if ((a.ptr[i] | 0x20) != (b.ptr[i] | 0x20))
            return false;
    return a.len == b.len;
}

/* "“Date of departure”", "state “Where to”", and "state" where the title says no more than that. */
static void add_stated(sp_buf *b, const sp_vocab *vocab, const sp_fact *fact)
{
    if (fact->type.kind == SP_ENTITY && !fact->type.list) {
        sp_str name = vocab->entities.items[fact->type.index].name;
        sp_clause_name_add(b, name);
        if (same_word(fact->title.len > 0 ? fact->title : fact->name, name))
            return;
        sp_buf_add_char(b, ' ');
    }
    add_quoted(b, fact->title, fact->name);
}

static void add_path(sp_buf *b, const sp_network *net, const sp_operand *path, uint32_t steps);

/* "the “Date of departure” of the person"; a reference with what it refers to: "the state “Where to” of the removal". */
static void add_fact(sp_buf *b, const sp_network *net, const sp_operand *path, uint32_t steps)
{
    const sp_vocab *vocab = &net->base->vocab;
    const sp_fact *fact = &vocab->facts.items[path->steps[steps - 1].member.index];
    if (fact->role == SP_FACT_CASE) {
        sp_buf_add_cstr(b, "the case");
        return;
    }
    sp_buf_add_cstr(b, "the ");
    if (fact->role == SP_FACT_STATED)
        add_stated(b, vocab, fact);
    else
        sp_clause_name_add(b, fact->name);
    sp_buf_add_cstr(b, " of ");
    add_path(b, net, path, steps - 1);
}

static void add_path(sp_buf *b, const sp_network *net, const sp_operand *path, uint32_t steps)
{
    if (steps == 0)
        add_variable(b, path);
    else
        add_fact(b, net, path, steps);
}

static void add_parameter(sp_buf *b, const sp_network *net, const sp_operand *operand)
{
    const sp_parameter *p = &net->base->vocab.parameters.items[operand->parameter];
    sp_buf_add_cstr(b, "the reading\u2019s ");
    add_quoted(b, p->title, p->name);
    sp_buf_add_cstr(b, " (under this reading: ");
    sp_clause_value_add(b, &net->base->vocab, p->type, net->parameters[operand->parameter]);
    sp_buf_add_char(b, ')');
}

static void add_literal(sp_buf *b, const sp_network *net, const sp_operand *literal)
{
    if (literal->type.kind == SP_TEXT)
        add_quoted(b, literal->text, SP_EMPTY);
    else if (literal->type.kind == SP_ENTITY)
        sp_buf_add(b, literal->text);
    else
        sp_clause_value_add(b, &net->base->vocab, literal->type, literal->value);
}

static void add_operand(sp_buf *b, const sp_network *net, const sp_operand *operand)
{
    switch ((sp_operand_kind)operand->kind) {
    case SP_OPERAND_PATH:
        add_path(b, net, operand, operand->step_count);
        break;
    case SP_OPERAND_PARAMETER:
        add_parameter(b, net, operand);
        break;
    case SP_OPERAND_LITERAL:
        add_literal(b, net, operand);
        break;
    }
}

/* --- leaves --- */

uint32_t sp_clause_criterion(const sp_cond *leaf)
{
    const sp_operand *left = &leaf->left;
    if (leaf->kind != SP_COND_LEAF || left->kind != SP_OPERAND_PATH || left->step_count == 0)
        return SP_NONE;
    sp_member last = left->steps[left->step_count - 1].member;
    return last.kind == SP_MEMBER_CRITERION ? last.index : SP_NONE;
}

/* "“Refugee” holds of the person", "“Came directly” is true of the person". */
static void add_truth(sp_buf *b, const sp_network *net, const sp_cond *leaf)
{
    const sp_vocab *vocab = &net->base->vocab;
    const sp_operand *left = &leaf->left;
    uint32_t criterion = sp_clause_criterion(leaf);
    if (left->kind == SP_OPERAND_PARAMETER || left->step_count == 0) {
        add_operand(b, net, left);
        sp_buf_add_cstr(b, leaf->negated ? " is no" : " is yes");
        return;
    }
    const sp_step *last = &left->steps[left->step_count - 1];
    if (criterion != SP_NONE) {
        add_quoted(b, vocab->criteria.items[criterion].title, vocab->criteria.items[criterion].name);
        sp_buf_add_cstr(b, leaf->negated ? " does not hold of " : " holds of ");
    } else {
        const sp_fact *fact = &vocab->facts.items[last->member.index];
        add_quoted(b, fact->title, fact->name);
        sp_buf_add_cstr(b, leaf->negated ? " is not true of " : " is true of ");
    }
    add_path(b, net, left, left->step_count - 1);
    if (last->argument != NULL) {
        sp_buf_add_cstr(b, " with regard to ");
        add_operand(b, net, last->argument);
    }
}

static const char *comparison(const sp_cond *leaf)
{
    static const char *const words[] = {[SP_OP_TRUTH] = "",
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
                                        [SP_OP_MATCHES] = "matches the pattern"};
    if (leaf->op == SP_OP_INCLUDES && leaf->right_count > 1)
        return "includes one of";
    if (leaf->op != SP_OP_IS)
        return words[leaf->op];
    if (leaf->right_count == 1)
        return leaf->negated ? "is not" : "is";
    return leaf->negated ? "is none of" : "is one of";
}

/* The pattern with its slashes, as it is written at the end of the leaf. */
static sp_str pattern_text(const sp_cond *leaf)
{
    sp_str word = SP_LIT(" matches ");
    for (size_t i = 0; i + word.len <= leaf->text.len; i++)
        if (sp_str_starts((sp_str){leaf->text.ptr + i, leaf->text.len - i}, word))
            return (sp_str){leaf->text.ptr + i + word.len, leaf->text.len - i - word.len};
    return SP_EMPTY;
}

void sp_clause_add(sp_buf *b, const sp_network *net, const sp_cond *leaf)
{
    if (leaf->op == SP_OP_TRUTH) {
        add_truth(b, net, leaf);
        return;
    }
    if (leaf->counts)
        sp_buf_add_cstr(b, "the number of entries in ");
    add_operand(b, net, &leaf->left);
    sp_buf_printf(b, " %s ", comparison(leaf));
    if (leaf->op == SP_OP_MATCHES)
        sp_buf_add(b, pattern_text(leaf));
    for (uint32_t i = 0; i < leaf->right_count; i++) {
        if (i > 0)
            sp_buf_add_cstr(b, i + 1 == leaf->right_count ? " or " : ", ");
        add_operand(b, net, &leaf->right[i]);
    }
}

/* --- heads --- */

/* A condition on members that a few words say; any other is an element of its own. */
static bool where_in_head(const sp_cond *cond)
{
    return cond->where != NULL && cond->where->kind == SP_COND_LEAF && cond->where->title.len == 0 &&
           cond->where->unless_count == 0 && cond->where->authority.count == 0 &&
           cond->where->passages.count == 0 && cond->where->note.len == 0;
}

static void add_quantifier(sp_buf *b, const sp_network *net, const sp_cond *cond)
{
    sp_buf_add_cstr(b, cond->kind == SP_COND_SOME ? "for some " : "for every ");
    sp_clause_name_add(b, cond->variable);
    sp_buf_add_cstr(b, " among ");
    add_operand(b, net, &cond->list);
    if (where_in_head(cond)) {
        sp_buf_add_cstr(b, ", where ");
        sp_clause_add(b, net, cond->where);
    } else if (cond->where != NULL) {
        sp_buf_add_cstr(b, ", within the limit below");
    }
    if (cond->kind == SP_COND_EVERY)
        sp_buf_printf(b, " (with none, this %s)", cond->if_empty == SP_HOLDS ? "is so" : "is not so");
}

void sp_clause_head_add(sp_buf *b, const sp_network *net, const sp_cond *cond)
{
    switch ((sp_cond_kind)cond->kind) {
    case SP_COND_LEAF:
        sp_clause_add(b, net, cond);
        break;
    case SP_COND_ALL:
        sp_buf_add_cstr(b, cond->part_count == 1 ? "this is so" : "all of these are so");
        break;
    case SP_COND_ANY:
        sp_buf_add_cstr(b, cond->part_count == 1 ? "this is so" : "at least one of these is so");
        break;
    case SP_COND_NONE:
        sp_buf_add_cstr(b, cond->part_count == 1 ? "this is not so" : "none of these is so");
        break;
    case SP_COND_AT_LEAST:
        sp_buf_printf(b, "at least %u of these are so", cond->n);
        break;
    case SP_COND_SOME:
    case SP_COND_EVERY:
        add_quantifier(b, net, cond);
        sp_buf_add_cstr(b, ", ");
        sp_clause_head_add(b, net, cond->body);
        break;
    }
}

/* --- elements --- */

static const sp_cond *holder_of_parts(const sp_cond *cond)
{
    return cond->body != NULL ? cond->body : cond;
}

size_t sp_element_count(const sp_cond *cond)
{
    size_t where = cond->where != NULL && !where_in_head(cond);
    return where + holder_of_parts(cond)->part_count + cond->unless_count;
}

sp_element sp_element_at(const sp_cond *cond, size_t index)
{
    const sp_cond *holder = holder_of_parts(cond);
    if (cond->where != NULL && !where_in_head(cond) && index-- == 0)
        return (sp_element){cond->where, SP_ELEMENT_WHERE};
    if (index < holder->part_count)
        return (sp_element){holder->parts[index], SP_ELEMENT_PART};
    return (sp_element){cond->unless[index - holder->part_count], SP_ELEMENT_EXCEPTION};
}

/* Says no more than its parts: they stand in its place. */
static bool bare_all(const sp_cond *cond)
{
    return cond->kind == SP_COND_ALL && cond->title.len == 0 && cond->note.len == 0 &&
           cond->authority.count == 0 && cond->passages.count == 0;
}

/* What `requires` says, without the exceptions of the rule. */
static const sp_cond *core_of(const sp_rule *rule)
{
    const sp_cond *whole = rule->condition;
    return bare_all(whole) && whole->part_count == 1 ? whole->parts[0] : whole;
}

size_t sp_rule_element_count(const sp_rule *rule)
{
    const sp_cond *whole = rule->condition, *core = core_of(rule);
    size_t exceptions = whole != core || bare_all(core) ? whole->unless_count : 0;
    bool opened = bare_all(core) && (core == whole || core->unless_count == 0);
    return (opened ? core->part_count : 1) + exceptions;
}

sp_element sp_rule_element_at(const sp_rule *rule, size_t index)
{
    const sp_cond *whole = rule->condition, *core = core_of(rule);
    bool opened = bare_all(core) && (core == whole || core->unless_count == 0);
    size_t parts = opened ? core->part_count : 1;
    if (index >= parts)
        return (sp_element){whole->unless[index - parts], SP_ELEMENT_EXCEPTION};
    return (sp_element){opened ? core->parts[index] : core, SP_ELEMENT_PART};
}
