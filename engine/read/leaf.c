#include "read/leaf.h"

#include "text/suggest.h"

/* A cursor in a leaf's text. */
struct cursor {
    sp_loader *loader;
    const sp_yaml_tree *tree;
    uint32_t node;
    const sp_scope *scope;
    sp_str text;
    size_t at;
};

/* The place of text[from..to): exact when the scalar stands on one line as it is, else the whole scalar. */
static sp_place part(const struct cursor *c, size_t from, size_t to)
{
    sp_place place = sp_yaml_place(c->tree, c->node);
    const sp_yaml_node *n = &c->tree->nodes[c->node];
    size_t quote = n->quoted ? 1 : 0;
    if (place.line == 0 || place.end_column != place.column + n->len + 2 * quote)
        return place;
    /* what is read is the scalar without the blanks around it */
    size_t lead = quote + (size_t)(c->text.ptr - sp_yaml_text(c->tree, c->node).ptr);
    if (from > c->text.len)
        from = c->text.len;
    place.end_column = place.column + (uint32_t)((to > from ? to : from + 1) + lead);
    place.column += (uint32_t)(from + lead);
    return place;
}

static sp_diag *fault(const struct cursor *c, sp_diag_code code, size_t from, size_t to, const char *what,
                      sp_str name)
{
    return sp_diags_add(c->loader->diags, SP_ERROR, code, part(c, from, to), what, SP_STR(name));
}

/* The same with a message that was put together; frees it. */
static sp_diag *fault_text(const struct cursor *c, sp_diag_code code, size_t from, size_t to,
                           sp_buf *message)
{
    sp_diag *diag = fault(c, code, from, to, "%.*s", sp_buf_str(message));
    c->loader->diags->failed |= message->failed;
    sp_buf_clear(message);
    return diag;
}

static void hint(const struct cursor *c, sp_diag *diag, sp_str best)
{
    if (best.len > 0)
        sp_diag_hint(c->loader->diags, diag, "did you mean '%.*s'?", SP_STR(best));
}

static bool name_char(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_';
}

static sp_str take_name(struct cursor *c)
{
    size_t start = c->at;
    while (c->at < c->text.len && name_char(c->text.ptr[c->at]))
        c->at++;
    return (sp_str){c->text.ptr + start, c->at - start};
}

static bool take(struct cursor *c, const char *word)
{
    sp_str rest = {c->text.ptr + c->at, c->text.len - c->at}, prefix = sp_str_from(word);
    if (!sp_str_starts(rest, prefix))
        return false;
    c->at += prefix.len;
    return true;
}

static uint32_t find_variable(const sp_scope *scope, sp_str name)
{
    for (uint32_t i = scope->count; i-- > 0;)
        if (sp_str_eq(scope->variables[i].name, name))
            return i;
    return SP_NONE;
}

/* A fact without what it is a fact of: "served" for "person.served". */
static sp_str bare_fact(const struct cursor *c, sp_str name, sp_str *of)
{
    const sp_vocab *vocab = &c->loader->base->vocab;
    for (uint32_t i = 0; i < c->scope->count; i++) {
        const sp_variable *v = &c->scope->variables[i];
        sp_member member;
        if (v->type.kind != SP_ENTITY || !sp_vocab_member(vocab, v->type.index, name, &member))
            continue;
        *of = v->name;
        return name;
    }
    return SP_EMPTY;
}

static bool unknown_variable(struct cursor *c, size_t from, sp_str name)
{
    sp_suggest suggest;
    sp_suggest_begin_for(&suggest, c->loader->diags, name);
    for (uint32_t i = 0; i < c->scope->count; i++)
        sp_suggest_offer(&suggest, c->scope->variables[i].name);
    sp_suggest_offer(&suggest, SP_LIT("reading"));
    sp_diag *diag = fault(c, SP_DIAG_UNKNOWN_NAME, from, c->at, "nothing here is named '%.*s'", name);
    sp_str of, fact = bare_fact(c, name, &of);
    if (fact.len > 0)
        sp_diag_hint(c->loader->diags, diag, "did you mean '%.*s.%.*s'?", SP_STR(of), SP_STR(fact));
    else
        hint(c, diag, sp_suggest_best(&suggest));
    return false;
}

static bool read_parameter(struct cursor *c, size_t from, sp_operand *operand)
{
    sp_vocab *vocab = &c->loader->base->vocab;
    if (!take(c, ".")) {
        fault(c, SP_DIAG_SYNTAX_LEAF, from, c->at, "'%.*s' needs a parameter, as in reading.name",
              SP_LIT("reading"));
        return false;
    }
    size_t at = c->at;
    sp_str name = take_name(c);
    operand->kind = SP_OPERAND_PARAMETER;
    operand->parameter = sp_intern_find(&vocab->parameter_names, name);
    if (operand->parameter == SP_NONE) {
        sp_suggest suggest;
        sp_suggest_begin_for(&suggest, c->loader->diags, name);
        for (size_t i = 0; i < vocab->parameters.len; i++)
            sp_suggest_offer(&suggest, vocab->parameters.items[i].name);
        sp_diag *diag = fault(c, SP_DIAG_UNKNOWN_NAME, at, c->at, "no parameter is named '%.*s'", name);
        hint(c, diag, sp_suggest_best(&suggest));
        return false;
    }
    operand->type = vocab->parameters.items[operand->parameter].type;
    operand->text = (sp_str){c->text.ptr + from, c->at - from};
    return true;
}

static bool read_path(struct cursor *c, sp_operand *operand);

/* The argument of a criterion on a pair: "(removal.to)". */
static bool read_argument(struct cursor *c, const sp_criterion *criterion, sp_step *step)
{
    sp_vocab *vocab = &c->loader->base->vocab;
    size_t from = c->at;
    bool has = take(c, "(");
    if (!has && criterion->with == SP_NONE)
        return true;
    if (!has || criterion->with == SP_NONE) {
        fault(c, SP_DIAG_SYNTAX_LEAF, from, c->at,
              has ? "'%.*s' takes no second entity"
                  : "'%.*s' is decided for a pair: name the second entity in brackets",
              criterion->name);
        return false;
    }
    sp_operand *argument = SP_NEW(&c->loader->base->arena, sp_operand);
    if (argument == NULL)
        return false;
    size_t inner = c->at;
    if (!read_path(c, argument))
        return false;
    if (argument->kind != SP_OPERAND_PATH || argument->type.list || argument->type.kind != SP_ENTITY ||
        argument->type.index != criterion->with) {
        fault(c, SP_DIAG_TYPE_MISMATCH, inner, c->at, "the second entity must be of type '%.*s'",
              vocab->entities.items[criterion->with].name);
        return false;
    }
    if (!take(c, ")")) {
        fault(c, SP_DIAG_SYNTAX_LEAF, inner, c->at, "a ')' is missing after '%.*s'", argument->text);
        return false;
    }
    step->argument = argument;
    return true;
}

/* One step ".name" from the entity that *type is; *type becomes what it leads to. */
static bool read_step(struct cursor *c, sp_type *type, sp_step *step)
{
    sp_vocab *vocab = &c->loader->base->vocab;
    size_t from = c->at;
    sp_str name = take_name(c);
    if (type->kind != SP_ENTITY || type->list) {
        fault(c, SP_DIAG_TYPE_MISMATCH, from, c->at,
              type->list ? "'.%.*s' follows a list: use for_some or for_every"
                         : "'.%.*s' follows a value that has no facts of its own",
              name);
        return false;
    }
    if (name.len == 0) {
        fault(c, SP_DIAG_SYNTAX_LEAF, from, c->at,
              "the name of a fact or criterion is expected after the dot%.*s", SP_EMPTY);
        return false;
    }
    if (!sp_vocab_member(vocab, type->index, name, &step->member)) {
        sp_buf message = {0};
        const sp_entity *entity = &vocab->entities.items[type->index];
        sp_buf_printf(&message, "'%.*s' has no fact or criterion '%.*s'", SP_STR(entity->name),
                      SP_STR(name));
        sp_diag *diag = fault_text(c, SP_DIAG_UNKNOWN_FACT, from, c->at, &message);
        hint(c, diag, sp_vocab_nearest(vocab, type->index, name, c->loader->diags));
        return false;
    }
    if (vocab->entities.items[type->index].explanation && !c->scope->explanation) {
        fault(c, SP_DIAG_WALL, from, c->at,
              "'%.*s' belongs to an explanation of State conduct, which no legal rule may read", name);
        return false;
    }
    if (step->member.kind == SP_MEMBER_FACT) {
        *type = vocab->facts.items[step->member.index].type;
        return true;
    }
    const sp_criterion *criterion = &vocab->criteria.items[step->member.index];
    *type = (sp_type){.kind = SP_YES_NO};
    return read_argument(c, criterion, step);
}

static bool read_path(struct cursor *c, sp_operand *operand)
{
    size_t from = c->at;
    sp_str name = take_name(c);
    *operand = (sp_operand){.kind = SP_OPERAND_PATH};
    if (name.len == 0) {
        sp_diag *diag = fault(c, SP_DIAG_SYNTAX_LEAF, from, c->text.len, "a subject is expected here%.*s",
                              SP_EMPTY);
        sp_diag_hint(c->loader->diags, diag,
                     "a condition reads like `person.refugee` or `person.departed is before 2011`");
        return false;
    }
    if (sp_str_eq(name, SP_LIT("reading")))
        return read_parameter(c, from, operand);
    operand->variable = find_variable(c->scope, name);
    if (operand->variable == SP_NONE)
        return unknown_variable(c, from, name);
    operand->type = c->scope->variables[operand->variable].type;
    sp_step steps[SURPLACE_MAX_PATH_STEPS];
    uint32_t count = 0;
    while (take(c, ".")) {
        if (count == SURPLACE_MAX_PATH_STEPS) {
            sp_diags_add(c->loader->diags, SP_ERROR, SP_DIAG_LIMIT, part(c, from, c->at),
                         "a chain of more than %d links (limit: path steps)", SURPLACE_MAX_PATH_STEPS);
            return false;
        }
        steps[count] = (sp_step){0};
        if (!read_step(c, &operand->type, &steps[count]))
            return false;
        count++;
    }
    operand->steps = SP_NEW_ARRAY(&c->loader->base->arena, sp_step, count);
    if (operand->steps == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        operand->steps[i] = steps[i];
    operand->step_count = count;
    operand->text = (sp_str){c->text.ptr + from, c->at - from};
    return true;
}

/* Does the text at the cursor start with a variable in scope, so that it is a subject and no literal? */
static bool starts_subject(const struct cursor *c)
{
    struct cursor ahead = *c;
    sp_str name = take_name(&ahead);
    bool dotted = ahead.at < c->text.len && c->text.ptr[ahead.at] == '.';
    return name.len > 0 &&
           ((find_variable(c->scope, name) != SP_NONE) || (dotted && sp_str_eq(name, SP_LIT("reading"))));
}

static bool literal_fault(struct cursor *c, size_t from, sp_type type, sp_str text)
{
    sp_vocab *vocab = &c->loader->base->vocab;
    sp_buf message = {0};
    sp_suggest suggest;
    sp_suggest_begin_for(&suggest, c->loader->diags, text);
    sp_buf_printf(&message, "'%.*s' is ", SP_STR(text));
    switch ((sp_type_kind)type.kind) {
    case SP_YES_NO:
        sp_buf_add_cstr(&message, "neither yes nor no");
        break;
    case SP_NUMBER:
        sp_buf_add_cstr(&message, "no number such as 7 or 2.5");
        break;
    case SP_DATE:
        sp_buf_add_cstr(&message, "no date: YYYY, YYYY-MM or YYYY-MM-DD");
        break;
    case SP_ENUM: {
        const sp_enum *e = &vocab->enums.items[type.index];
        sp_buf_printf(&message, "no value of '%.*s'", SP_STR(e->name));
        for (uint32_t i = 0; i < e->count; i++)
            sp_suggest_offer(&suggest, e->values[i].name);
        break;
    }
    default:
        sp_buf_printf(&message, "no id of the type '%.*s'", SP_STR(vocab->entities.items[type.index].name));
        break;
    }
    for (uint32_t i = 0; i < c->scope->count; i++)
        sp_suggest_offer(&suggest, c->scope->variables[i].name);
    sp_diag *diag = fault_text(c, SP_DIAG_BAD_VALUE, from, from + text.len, &message);
    hint(c, diag, sp_suggest_best(&suggest));
    return false;
}

static bool read_literal(struct cursor *c, sp_type type, sp_str text, size_t from, sp_operand *operand)
{
    sp_vocab *vocab = &c->loader->base->vocab;
    *operand = (sp_operand){.kind = SP_OPERAND_LITERAL, .type = type, .text = text};
    operand->type.list = false;
    switch ((sp_type_kind)type.kind) {
    case SP_YES_NO:
        operand->value.index = sp_str_eq(text, SP_LIT("yes"));
        if (operand->value.index || sp_str_eq(text, SP_LIT("no")))
            return true;
        break;
    case SP_NUMBER:
        if (sp_number_parse(text, &operand->value.number))
            return true;
        break;
    case SP_DATE:
        if (sp_date_parse(text, &operand->value.date))
            return true;
        break;
    case SP_ENUM:
        operand->value.index = sp_enum_find(&vocab->enums.items[type.index], text);
        if (operand->value.index != SP_NONE)
            return true;
        break;
    case SP_TEXT:
        return true;
    case SP_ENTITY:
        if (text.len > 0 && vocab->entities.items[type.index].collection.len > 0)
            return true;
        break;
    }
    return literal_fault(c, from, type, text);
}

/* A value: a quoted literal, a subject, or a literal up to the end (in a list: up to `stop`). */
static bool read_value(struct cursor *c, sp_type type, const char *stop, sp_operand *operand)
{
    size_t from = c->at;
    if (take(c, "\"")) {
        size_t start = c->at;
        while (c->at < c->text.len && c->text.ptr[c->at] != '"')
            c->at++;
        sp_str text = {c->text.ptr + start, c->at - start};
        if (!take(c, "\"")) {
            fault(c, SP_DIAG_SYNTAX_LEAF, from, c->at, "the closing quotation mark is missing%.*s",
                  SP_EMPTY);
            return false;
        }
        return read_literal(c, type, text, start, operand);
    }
    if (starts_subject(c)) {
        if (!read_path(c, operand))
            return false;
        sp_type is = operand->type;
        sp_type wanted = type;
        wanted.list = false;
        if (!sp_type_same(is, wanted)) {
            sp_buf message = {0};
            sp_buf_printf(&message, "'%.*s' is of the type '", SP_STR(operand->text));
            sp_type_add(&message, &c->loader->base->vocab, is);
            sp_buf_add_cstr(&message, "', and what it is compared with of the type '");
            sp_type_add(&message, &c->loader->base->vocab, wanted);
            sp_buf_add_char(&message, '\'');
            fault_text(c, SP_DIAG_TYPE_MISMATCH, from, c->at, &message);
            return false;
        }
        if (operand->kind == SP_OPERAND_PATH && operand->step_count > 0 &&
            operand->steps[operand->step_count - 1].member.kind == SP_MEMBER_CRITERION) {
            fault(c, SP_DIAG_TYPE_MISMATCH, from, c->at, "'%.*s' is a criterion and cannot be compared",
                  operand->text);
            return false;
        }
        return true;
    }
    while (c->at < c->text.len &&
           (stop == NULL || (c->text.ptr[c->at] != stop[0] && c->text.ptr[c->at] != stop[1])))
        c->at++;
    sp_str text = sp_str_trim((sp_str){c->text.ptr + from, c->at - from});
    return read_literal(c, type, text, from, operand);
}

static bool read_values(struct cursor *c, sp_type type, sp_cond *cond)
{
    SP_VEC(sp_operand) values = {0};
    bool ok = take(c, "[");
    if (!ok)
        fault(c, SP_DIAG_SYNTAX_LEAF, c->at, c->text.len, "'%.*s' needs a list in brackets: [A, B]",
              cond->op == SP_OP_INCLUDES ? SP_LIT("includes one of") : SP_LIT("is one of"));
    while (ok) {
        while (take(c, " ")) {
        }
        sp_operand value;
        ok = read_value(c, type, ",]", &value);
        if (ok && !SP_VEC_PUSH(&values, value))
            c->loader->diags->failed = true;
        while (take(c, " ")) {
        }
        if (!ok || take(c, "]"))
            break;
        ok = take(c, ",");
        if (!ok)
            fault(c, SP_DIAG_SYNTAX_LEAF, c->at, c->text.len, "',' or ']' is expected here%.*s", SP_EMPTY);
    }
    cond->right = ok ? SP_NEW_ARRAY(&c->loader->base->arena, sp_operand, values.len) : NULL;
    for (size_t i = 0; cond->right != NULL && i < values.len; i++)
        cond->right[i] = values.items[i];
    cond->right_count = (uint32_t)values.len;
    SP_VEC_FREE(&values);
    return cond->right != NULL;
}

static bool read_pattern(struct cursor *c, sp_cond *cond)
{
    size_t from = c->at;
    if (!take(c, "/") || c->text.len < c->at + 1 || c->text.ptr[c->text.len - 1] != '/') {
        fault(c, SP_DIAG_SYNTAX_LEAF, from, c->text.len, "'matches' needs a pattern between slashes%.*s",
              SP_EMPTY);
        return false;
    }
    sp_str source = {c->text.ptr + c->at, c->text.len - 1 - c->at};
    sp_buf error = {0};
    size_t offset = 0;
    cond->pattern = sp_pattern_new(source, &error, &offset);
    if (error.failed) {
        c->loader->diags->failed = true;
    } else if (cond->pattern == NULL) {
        bool too_long = source.len > SURPLACE_MAX_PATTERN_BYTES;
        sp_diags_add(c->loader->diags, SP_ERROR, too_long ? SP_DIAG_LIMIT : SP_DIAG_BAD_PATTERN,
                     part(c, c->at + offset, c->at + offset + 1), "the pattern is refused: %.*s",
                     SP_STR(sp_buf_str(&error)));
    } else if (!SP_VEC_PUSH(&c->loader->base->patterns, cond->pattern)) {
        sp_pattern_free(cond->pattern);
        c->loader->diags->failed = true;
        cond->pattern = NULL;
    }
    sp_buf_clear(&error);
    c->at = c->text.len;
    return cond->pattern != NULL;
}

static const struct comparison {
    const char *words;
    sp_op op;
    bool negated, several;
} comparisons[] = {
    /* longer phrases before those they begin with */
    {" is not one of ", SP_OP_IS, true, true},
    {" is one of ", SP_OP_IS, false, true},
    {" is on or before ", SP_OP_ON_OR_BEFORE, false, false},
    {" is on or after ", SP_OP_ON_OR_AFTER, false, false},
    {" is at least ", SP_OP_AT_LEAST, false, false},
    {" is at most ", SP_OP_AT_MOST, false, false},
    {" is above ", SP_OP_ABOVE, false, false},
    {" is below ", SP_OP_BELOW, false, false},
    {" is before ", SP_OP_BEFORE, false, false},
    {" is after ", SP_OP_AFTER, false, false},
    {" is not ", SP_OP_IS, true, false},
    {" is ", SP_OP_IS, false, false},
    {" includes one of ", SP_OP_INCLUDES, false, true},
    {" includes ", SP_OP_INCLUDES, false, false},
    {" matches ", SP_OP_MATCHES, false, false},
};

static const char *misfit(const sp_vocab *vocab, const sp_cond *cond, sp_type type)
{
    bool ordered_enum = type.kind == SP_ENUM && vocab->enums.items[type.index].ordered;
    if (cond->counts)
        return cond->op == SP_OP_IS || (cond->op >= SP_OP_AT_LEAST && cond->op <= SP_OP_BELOW)
                   ? NULL
                   : "a count is compared with is, is at least, is at most, is above or is below";
    if (cond->op == SP_OP_INCLUDES)
        return type.list ? NULL : "only a list includes something";
    if (type.list)
        return "a list is asked with includes, count of, for_some or for_every";
    switch ((sp_op)cond->op) {
    case SP_OP_AT_LEAST:
    case SP_OP_AT_MOST:
    case SP_OP_ABOVE:
    case SP_OP_BELOW:
        return type.kind == SP_NUMBER || ordered_enum ? NULL
                                                      : "this comparison is for numbers and ordered enums";
    case SP_OP_BEFORE:
    case SP_OP_AFTER:
    case SP_OP_ON_OR_BEFORE:
    case SP_OP_ON_OR_AFTER:
        return type.kind == SP_DATE ? NULL : "this comparison is for dates";
    case SP_OP_MATCHES:
        return type.kind == SP_TEXT ? NULL : "only text matches a pattern";
    default:
        return NULL;
    }
}

static bool ends_in_criterion(const sp_operand *operand)
{
    return operand->kind == SP_OPERAND_PATH && operand->step_count > 0 &&
           operand->steps[operand->step_count - 1].member.kind == SP_MEMBER_CRITERION;
}

/* The subject alone, `is yes` or `is no`. */
static bool read_truth(struct cursor *c, size_t from, sp_cond *cond)
{
    static const struct {
        const char *words;
        bool negated;
    } forms[] = {{" is not yes", true}, {" is not no", false}, {" is yes", false}, {" is no", true}};
    cond->op = SP_OP_TRUTH;
    for (size_t i = 0; i < sizeof forms / sizeof *forms && c->at < c->text.len; i++)
        if (take(c, forms[i].words))
            cond->negated = forms[i].negated;
    if (c->at == c->text.len)
        return true;
    fault(c, SP_DIAG_TYPE_MISMATCH, from, c->text.len,
          "'%.*s' is yes or no: it stands alone, or with `is yes` or `is no`", cond->left.text);
    return false;
}

static void no_comparison(struct cursor *c, size_t from, sp_str rest)
{
    sp_suggest suggest;
    sp_str shown = sp_str_trim(rest);
    if (shown.len > 0)
        from += (size_t)(shown.ptr - rest.ptr);
    sp_suggest_begin_for(&suggest, c->loader->diags, shown);
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
        sp_str phrase = sp_str_trim(sp_str_from(comparisons[i].words));
        bool begins = sp_str_starts(shown, phrase);
        if (begins && shown.len == phrase.len) {
            fault(c, SP_DIAG_SYNTAX_LEAF, from, c->text.len, "a value is missing after '%.*s'", shown);
            return;
        }
        /* compared with as many letters, since what follows may be anything; the longest phrase stands first */
        suggest.wanted = shown.len < phrase.len ? shown : (sp_str){shown.ptr, phrase.len};
        sp_suggest_offer(&suggest, phrase);
        if (begins)
            break;
    }
    sp_diag *diag = fault(c, SP_DIAG_SYNTAX_LEAF, from, c->text.len, "'%.*s' is no comparison", shown);
    sp_str best = sp_suggest_best(&suggest);
    if (best.len > 0)
        sp_diag_hint(c->loader->diags, diag, "did you mean '%.*s', with single blanks around it?",
                     SP_STR(best));
    else
        sp_diag_hint(c->loader->diags, diag,
                     "such as is, is not, is one of [..], is at least, is before, includes");
}

static bool read_comparison(struct cursor *c, sp_cond *cond)
{
    sp_vocab *vocab = &c->loader->base->vocab;
    size_t from = c->at;
    const struct comparison *found = NULL;
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons && found == NULL; i++)
        if (take(c, comparisons[i].words))
            found = &comparisons[i];
    if (found == NULL) {
        sp_str rest = {c->text.ptr + from, c->text.len - from};
        if (rest.len == 0)
            fault(c, SP_DIAG_TYPE_MISMATCH, 0, from, "'%.*s' is not yes or no, so it needs a comparison",
                  (sp_str){c->text.ptr, from});
        else
            no_comparison(c, from, rest);
        return false;
    }
    cond->op = (uint8_t)found->op;
    cond->negated = found->negated;
    sp_type type = cond->counts ? (sp_type){.kind = SP_NUMBER} : cond->left.type;
    const char *wrong = misfit(vocab, cond, cond->left.type);
    if (wrong != NULL) {
        fault(c, SP_DIAG_TYPE_MISMATCH, from, c->at, "%.*s", sp_str_from(wrong));
        return false;
    }
    if (found->op == SP_OP_MATCHES)
        return read_pattern(c, cond);
    if (found->several)
        return read_values(c, type, cond);
    cond->right = SP_NEW(&c->loader->base->arena, sp_operand);
    cond->right_count = 1;
    return cond->right != NULL && read_value(c, type, NULL, cond->right);
}

bool sp_read_leaf(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node, const sp_scope *scope,
                  sp_cond *cond)
{
    struct cursor c = {loader, tree, node, scope, sp_str_trim(sp_yaml_text(tree, node)), 0};
    cond->kind = SP_COND_LEAF;
    cond->text = c.text;
    cond->counts = take(&c, "count of ");
    size_t from = c.at;
    if (!read_path(&c, &cond->left))
        return false;
    if (cond->counts && !cond->left.type.list) {
        fault(&c, SP_DIAG_TYPE_MISMATCH, from, c.at, "'%.*s' is no list", cond->left.text);
        return false;
    }
    bool truth = cond->left.type.kind == SP_YES_NO && !cond->left.type.list;
    bool compared = truth && !ends_in_criterion(&cond->left) && c.at < c.text.len;
    /* `person.a is person.b` compares two yes_no facts; `is yes` and `is no` do not */
    if (compared) {
        struct cursor ahead = c;
        compared = (take(&ahead, " is not ") || take(&ahead, " is ")) && starts_subject(&ahead);
    }
    bool ok = truth && !compared ? read_truth(&c, from, cond) : read_comparison(&c, cond);
    if (ok && c.at != c.text.len) {
        fault(&c, SP_DIAG_SYNTAX_LEAF, c.at, c.text.len, "nothing is expected after '%.*s'",
              (sp_str){c.text.ptr, c.at});
        return false;
    }
    return ok;
}

bool sp_read_quantifier(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node, const sp_scope *scope,
                        sp_cond *cond)
{
    struct cursor c = {loader, tree, node, scope, sp_str_trim(sp_yaml_text(tree, node)), 0};
    cond->text = c.text;
    cond->variable = take_name(&c);
    if (!sp_name_valid(cond->variable) || !take(&c, " in ")) {
        fault(&c, SP_DIAG_SYNTAX_LEAF, 0, c.text.len, "write `x in LIST`: a new name, 'in' and a list%.*s",
              SP_EMPTY);
        return false;
    }
    if (find_variable(scope, cond->variable) != SP_NONE || sp_str_eq(cond->variable, SP_LIT("reading"))) {
        fault(&c, SP_DIAG_DUPLICATE, 0, cond->variable.len, "'%.*s' already names something here",
              cond->variable);
        return false;
    }
    size_t from = c.at;
    if (!read_path(&c, &cond->list))
        return false;
    if (!cond->list.type.list || c.at != c.text.len) {
        fault(&c, SP_DIAG_TYPE_MISMATCH, from, c.text.len, "'%.*s' is no list",
              (sp_str){c.text.ptr + from, c.text.len - from});
        return false;
    }
    cond->member_type = cond->list.type;
    cond->member_type.list = false;
    cond->level = scope->count;
    return true;
}

static sp_str nearest_criterion(sp_loader *loader, uint32_t entity, sp_str name)
{
    const sp_vocab *vocab = &loader->base->vocab;
    const sp_entity *e = &vocab->entities.items[entity];
    sp_suggest suggest;
    sp_suggest_begin_for(&suggest, loader->diags, name);
    for (size_t i = 0; i < e->members.len && !sp_suggest_over(loader->diags); i++)
        if (e->members.items[i].kind == SP_MEMBER_CRITERION)
            sp_suggest_offer(&suggest, vocab->criteria.items[e->members.items[i].index].name);
    return sp_suggest_best(&suggest);
}

uint32_t sp_read_conclusion(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node, sp_scope *scope)
{
    sp_vocab *vocab = &loader->base->vocab;
    struct cursor c = {loader, tree, node, scope, sp_str_trim(sp_yaml_text(tree, node)), 0};
    *scope = (sp_scope){.count = 1};
    scope->variables[0] = (sp_variable){SP_LIT("case"), {.kind = SP_ENTITY, .index = SP_CASE_ENTITY}};
    sp_str name = take_name(&c);
    uint32_t entity = sp_intern_find(&vocab->entity_names, name);
    if (entity == SP_NONE) {
        sp_suggest suggest;
        sp_suggest_begin_for(&suggest, loader->diags, name);
        for (size_t i = 0; i < vocab->entities.len; i++)
            sp_suggest_offer(&suggest, vocab->entities.items[i].name);
        sp_diag *diag = fault(&c, SP_DIAG_UNKNOWN_NAME, 0, c.at, "no entity is named '%.*s'",
                              name.len > 0 ? name : c.text);
        hint(&c, diag, sp_suggest_best(&suggest));
        return SP_NONE;
    }
    sp_member member = {0};
    size_t from = c.at + 1;
    sp_str criterion_name = take(&c, ".") ? take_name(&c) : SP_EMPTY;
    if (!sp_vocab_member(vocab, entity, criterion_name, &member) || member.kind != SP_MEMBER_CRITERION) {
        if (from > c.at)
            from = 0;
        sp_diag *diag = fault(&c, SP_DIAG_UNKNOWN_FACT, from, c.at,
                              "a rule concludes a criterion, and '%.*s' is none",
                              (sp_str){c.text.ptr, c.at});
        hint(&c, diag, nearest_criterion(loader, entity, criterion_name));
        return SP_NONE;
    }
    const sp_criterion *criterion = &vocab->criteria.items[member.index];
    scope->explanation = vocab->entities.items[entity].explanation;
    if (entity != SP_CASE_ENTITY)
        scope->variables[scope->count++] = (sp_variable){name, {.kind = SP_ENTITY, .index = entity}};
    if (criterion->with != SP_NONE) {
        bool ok = take(&c, "(") && sp_str_eq(take_name(&c), criterion->with_name) && take(&c, ")");
        if (!ok) {
            fault(&c, SP_DIAG_SYNTAX_LEAF, 0, c.text.len,
                  "this criterion is decided for a pair: write (%.*s) after it", criterion->with_name);
            return SP_NONE;
        }
        scope->variables[scope->count++] = (sp_variable){criterion->with_name,
                                                         {.kind = SP_ENTITY, .index = criterion->with}};
    }
    if (c.at != c.text.len) {
        fault(&c, SP_DIAG_SYNTAX_LEAF, c.at, c.text.len, "nothing is expected after '%.*s'",
              (sp_str){c.text.ptr, c.at});
        return SP_NONE;
    }
    return member.index;
}
