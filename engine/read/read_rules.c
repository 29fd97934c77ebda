/* Rule files: each rule a conclusion, its citations and its tree of conditions. */
#include <stdlib.h>

#include "read/leaf.h"

enum {
    ID,
    TITLE,
    NOTE,
    AUTHORITY,
    PASSAGES,
    UNLESS,
    ALL_OF,
    ANY_OF,
    NONE_OF,
    AT_LEAST,
    THAT,
    FOR_SOME,
    FOR_EVERY,
    WHERE,
    IF_EMPTY,
    LINT,
    NODE_FIELDS
};

static const sp_field node_fields[NODE_FIELDS] = {
    [ID] = {"id", SP_FIELD_TEXT, false, 0},
    [TITLE] = {"title", SP_FIELD_TEXT, false, 0},
    [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
    [AUTHORITY] = {"authority", SP_FIELD_NAMES, false, 0},
    [PASSAGES] = {"passages", SP_FIELD_NAMES, false, 0},
    [UNLESS] = {"unless", SP_FIELD_ANY, false, 0},
    [ALL_OF] = {"all_of", SP_FIELD_LIST, false, 0},
    [ANY_OF] = {"any_of", SP_FIELD_LIST, false, 0},
    [NONE_OF] = {"none_of", SP_FIELD_LIST, false, 0},
    [AT_LEAST] = {"at_least", SP_FIELD_MAP, false, 0},
    [THAT] = {"that", SP_FIELD_TEXT, false, 0},
    [FOR_SOME] = {"for_some", SP_FIELD_TEXT, false, 0},
    [FOR_EVERY] = {"for_every", SP_FIELD_TEXT, false, 0},
    [WHERE] = {"where", SP_FIELD_ANY, false, 0},
    [IF_EMPTY] = {"if_empty", SP_FIELD_TEXT, false, 0},
    [LINT] = {"lint", SP_FIELD_MAP, false, 0},
};

/* The reading of one rule. */
struct rule_reader {
    sp_loader *loader;
    const sp_yaml_tree *tree;
    sp_scope scope;
    sp_intern ids; /* of nodes, to find doubles */
    bool broken;
};

static sp_cond *read_cond(struct rule_reader *r, uint32_t node);

static sp_cond *new_cond(struct rule_reader *r, uint32_t node)
{
    sp_cond *cond = SP_NEW(&r->loader->base->arena, sp_cond);
    if (cond == NULL) {
        r->loader->diags->failed = true;
        return NULL;
    }
    cond->place = sp_yaml_place(r->tree, node);
    cond->number = r->loader->base->cond_count++;
    return cond;
}

static sp_cond **read_parts(struct rule_reader *r, uint32_t list, uint32_t *count)
{
    const sp_yaml_node *n = &r->tree->nodes[list];
    *count = 0;
    /* one exception may stand without a list */
    if (n->kind != SP_YAML_LIST) {
        sp_cond **single = SP_NEW(&r->loader->base->arena, sp_cond *);
        r->loader->diags->failed |= single == NULL;
        if (single != NULL && (single[0] = read_cond(r, list)) != NULL)
            *count = 1;
        return single;
    }
    if (n->len == 0) {
        sp_diags_add(r->loader->diags, SP_ERROR, SP_DIAG_BAD_NODE, sp_yaml_place(r->tree, list),
                     "an empty list of conditions decides nothing");
        r->broken = true;
    }
    sp_cond **parts = SP_NEW_ARRAY(&r->loader->base->arena, sp_cond *, n->len);
    if (parts == NULL) {
        r->loader->diags->failed = true;
        return NULL;
    }
    SP_YAML_EACH (r->tree, item, list) {
        sp_cond *part = read_cond(r, item);
        if (part != NULL)
            parts[(*count)++] = part;
        else
            r->broken = true;
    }
    return parts;
}

static void read_at_least(struct rule_reader *r, uint32_t node, sp_cond *cond)
{
    enum { N, OF, COUNT };
    sp_field f[COUNT] = {[N] = {"n", SP_FIELD_TEXT, true, 0}, [OF] = {"of", SP_FIELD_LIST, true, 0}};
    cond->kind = SP_COND_AT_LEAST;
    double n = 0;
    if (!sp_fields_read(r->tree, node, "at_least", f, COUNT, r->loader->diags)) {
        r->broken = true;
        return;
    }
    cond->parts = read_parts(r, f[OF].node, &cond->part_count);
    if (!sp_number_parse(sp_field_text(r->tree, &f[N]), &n) || n < 1 ||
        n > r->tree->nodes[f[OF].node].len || n > (uint32_t)n) {
        sp_diags_add(r->loader->diags, SP_ERROR, SP_DIAG_BAD_VALUE, sp_yaml_place(r->tree, f[N].node),
                     "'n' is a whole number from 1 to the number of parts");
        r->broken = true;
        return;
    }
    cond->n = (uint32_t)n;
}

static void read_connective(struct rule_reader *r, const sp_field *f, sp_cond *cond)
{
    if (f[ALL_OF].node != SP_NONE) {
        cond->kind = SP_COND_ALL;
        cond->parts = read_parts(r, f[ALL_OF].node, &cond->part_count);
    } else if (f[ANY_OF].node != SP_NONE) {
        cond->kind = SP_COND_ANY;
        cond->parts = read_parts(r, f[ANY_OF].node, &cond->part_count);
    } else if (f[NONE_OF].node != SP_NONE) {
        cond->kind = SP_COND_NONE;
        cond->parts = read_parts(r, f[NONE_OF].node, &cond->part_count);
    } else if (f[AT_LEAST].node != SP_NONE) {
        read_at_least(r, f[AT_LEAST].node, cond);
    } else if (!sp_read_leaf(r->loader, r->tree, f[THAT].node, &r->scope, cond)) {
        r->broken = true;
    }
}

static void read_quantified(struct rule_reader *r, const sp_field *f, uint32_t node, sp_cond *cond)
{
    bool every = f[FOR_EVERY].node != SP_NONE;
    cond->kind = every ? SP_COND_EVERY : SP_COND_SOME;
    cond->if_empty = SP_FAILS;
    if (f[IF_EMPTY].node != SP_NONE) {
        static const char *const words[] = {"holds", "fails"};
        uint32_t word = sp_field_word(r->tree, &f[IF_EMPTY], words, 2, r->loader->diags);
        if (!every) {
            sp_diags_add(r->loader->diags, SP_ERROR, SP_DIAG_BAD_NODE,
                         sp_yaml_place(r->tree, f[IF_EMPTY].node),
                         "'if_empty' belongs to for_every; for_some of nothing fails");
            r->broken = true;
        }
        cond->if_empty = word == 0 ? SP_HOLDS : SP_FAILS;
        cond->empty_said = true;
    }
    if (!sp_read_quantifier(r->loader, r->tree, every ? f[FOR_EVERY].node : f[FOR_SOME].node, &r->scope,
                            cond)) {
        r->broken = true;
        return;
    }
    if (r->scope.quantified == SURPLACE_MAX_QUANTIFIER_DEPTH) {
        sp_diags_add(r->loader->diags, SP_ERROR, SP_DIAG_LIMIT, sp_yaml_place(r->tree, node),
                     "quantifiers nested deeper than %d (limit: quantifier depth)",
                     SURPLACE_MAX_QUANTIFIER_DEPTH);
        r->broken = true;
        return;
    }
    r->scope.variables[r->scope.count++] = (sp_variable){cond->variable, cond->member_type};
    r->scope.quantified++;
    if (f[WHERE].node != SP_NONE) {
        cond->where = read_cond(r, f[WHERE].node);
        r->broken |= cond->where == NULL;
    }
    cond->body = new_cond(r, node);
    if (cond->body != NULL)
        read_connective(r, f, cond->body);
    r->scope.count--;
    r->scope.quantified--;
}

static void note_id(struct rule_reader *r, const sp_field *field, sp_cond *cond)
{
    cond->id = sp_field_text(r->tree, field);
    if (cond->id.len == 0)
        return;
    if (!sp_name_valid(cond->id)) {
        sp_diags_add(r->loader->diags, SP_ERROR, SP_DIAG_BAD_NAME, sp_yaml_place(r->tree, field->node),
                     "'%.*s' cannot be an id: use lower-case letters, digits and underscores",
                     SP_STR(cond->id));
        r->broken = true;
    }
    if (sp_intern_find(&r->ids, cond->id) != SP_NONE) {
        sp_diags_add(r->loader->diags, SP_ERROR, SP_DIAG_DUPLICATE, sp_yaml_place(r->tree, field->node),
                     "the id '%.*s' stands twice in this rule", SP_STR(cond->id));
        r->broken = true;
    } else if (sp_intern_add(&r->ids, cond->id) == SP_NONE) {
        r->loader->diags->failed = true;
    }
}

static sp_cond *read_mapping(struct rule_reader *r, uint32_t node)
{
    sp_field f[NODE_FIELDS];
    for (size_t i = 0; i < NODE_FIELDS; i++)
        f[i] = node_fields[i];
    if (!sp_fields_read(r->tree, node, "a condition", f, NODE_FIELDS, r->loader->diags)) {
        r->broken = true;
        return NULL;
    }
    size_t heads = 0;
    for (size_t i = ALL_OF; i <= THAT; i++)
        heads += f[i].node != SP_NONE;
    bool quantified = f[FOR_SOME].node != SP_NONE || f[FOR_EVERY].node != SP_NONE;
    bool both = f[FOR_SOME].node != SP_NONE && f[FOR_EVERY].node != SP_NONE;
    if (heads != 1 || both || (!quantified && (f[WHERE].node != SP_NONE || f[IF_EMPTY].node != SP_NONE))) {
        sp_diags_add(
            r->loader->diags, SP_ERROR, SP_DIAG_BAD_NODE, sp_yaml_place(r->tree, node),
            heads == 0 && quantified
                ? "for_some and for_every need beside them all_of, any_of, none_of, at_least or that"
            : both       ? "for_some and for_every cannot stand in one condition"
            : heads == 1 ? "'where' and 'if_empty' belong to a for_some or for_every"
                         : "a condition has exactly one of all_of, any_of, none_of, at_least, that");
        r->broken = true;
        return NULL;
    }
    sp_cond *cond = new_cond(r, node);
    if (cond == NULL)
        return NULL;
    note_id(r, &f[ID], cond);
    cond->title = sp_field_text(r->tree, &f[TITLE]);
    cond->note = sp_field_text(r->tree, &f[NOTE]);
    sp_read_accepted(r->loader, r->tree, &f[LINT], cond->place);
    cond->authority = sp_read_authority(r->loader, r->tree, &f[AUTHORITY]);
    cond->passages = sp_read_passages(r->loader, r->tree, &f[PASSAGES]);
    if (quantified)
        read_quantified(r, f, node, cond);
    else
        read_connective(r, f, cond);
    if (f[UNLESS].node != SP_NONE)
        cond->unless = read_parts(r, f[UNLESS].node, &cond->unless_count);
    return cond;
}

static sp_cond *read_cond(struct rule_reader *r, uint32_t node)
{
    if (r->tree->nodes[node].kind == SP_YAML_MAP)
        return read_mapping(r, node);
    if (r->tree->nodes[node].kind == SP_YAML_LIST) {
        sp_diag *diag = sp_diags_add(r->loader->diags, SP_ERROR, SP_DIAG_BAD_NODE,
                                     sp_yaml_place(r->tree, node),
                                     "a list stands where one condition is expected");
        sp_diag_hint(r->loader->diags, diag, "put it under all_of or any_of");
        r->broken = true;
        return NULL;
    }
    sp_cond *cond = new_cond(r, node);
    if (cond != NULL && !sp_read_leaf(r->loader, r->tree, node, &r->scope, cond)) {
        r->broken = true;
        return NULL;
    }
    return cond;
}

/* Passages that explain a State's conduct belong to explanations alone. */
static void check_wall(struct rule_reader *r, const sp_names *passages)
{
    for (size_t i = 0; i < passages->count && !r->scope.explanation; i++) {
        uint32_t index = sp_rulebase_passage(r->loader->base, passages->items[i]);
        if (index != SP_NONE && r->loader->base->passages.items[index].kind >= SP_PASSAGE_EXPLANATION)
            sp_diags_add(r->loader->diags, SP_ERROR, SP_DIAG_WALL, passages->places[i],
                         "the passage '%.*s' explains State conduct, which no legal rule may cite",
                         SP_STR(passages->items[i]));
    }
}

static void check_wall_below(struct rule_reader *r, const sp_cond *cond)
{
    check_wall(r, &cond->passages);
    for (uint32_t i = 0; i < cond->part_count; i++)
        check_wall_below(r, cond->parts[i]);
    for (uint32_t i = 0; i < cond->unless_count; i++)
        check_wall_below(r, cond->unless[i]);
    if (cond->where != NULL)
        check_wall_below(r, cond->where);
    if (cond->body != NULL)
        check_wall_below(r, cond->body);
}

/* The condition of `requires` may have exceptions of its own: the rule's stand around it. */
static sp_cond *with_exceptions(struct rule_reader *r, sp_cond *condition, uint32_t requires,
                                uint32_t unless)
{
    sp_cond *whole = new_cond(r, requires);
    sp_cond **only = SP_NEW(&r->loader->base->arena, sp_cond *);
    if (whole == NULL || only == NULL)
        return NULL;
    only[0] = condition;
    whole->kind = SP_COND_ALL;
    whole->parts = only;
    whole->part_count = 1;
    whole->unless = read_parts(r, unless, &whole->unless_count);
    return condition == NULL ? NULL : whole;
}

static uint32_t read_rule(struct rule_reader *r, uint32_t mapping, uint32_t reading)
{
    sp_loader *loader = r->loader;
    const sp_yaml_tree *tree = r->tree;
    enum {
        R_ID,
        R_TITLE,
        R_CONCLUDES,
        R_AUTHORITY,
        R_PASSAGES,
        R_SUPPORT,
        R_NOTE,
        R_REQUIRES,
        R_UNLESS,
        R_LINT,
        COUNT
    };
    sp_field f[COUNT] = {[R_ID] = {"id", SP_FIELD_TEXT, true, 0},
                         [R_TITLE] = {"title", SP_FIELD_TEXT, true, 0},
                         [R_CONCLUDES] = {"concludes", SP_FIELD_TEXT, true, 0},
                         [R_AUTHORITY] = {"authority", SP_FIELD_NAMES, false, 0},
                         [R_PASSAGES] = {"passages", SP_FIELD_NAMES, false, 0},
                         [R_SUPPORT] = {"essay_support", SP_FIELD_TEXT, false, 0},
                         [R_NOTE] = {"note", SP_FIELD_TEXT, false, 0},
                         [R_REQUIRES] = {"requires", SP_FIELD_ANY, true, 0},
                         [R_UNLESS] = {"unless", SP_FIELD_ANY, false, 0},
                         [R_LINT] = {"lint", SP_FIELD_MAP, false, 0}};
    static const char *const supports[] = {"direct", "partial", "inferred", "none"};
    if (!sp_fields_read(tree, mapping, "a rule", f, COUNT, loader->diags))
        return SP_NONE;
    sp_rule rule = {.id = sp_field_text(tree, &f[R_ID]),
                    .title = sp_field_text(tree, &f[R_TITLE]),
                    .note = sp_field_text(tree, &f[R_NOTE]),
                    .authority = sp_read_authority(loader, tree, &f[R_AUTHORITY]),
                    .passages = sp_read_passages(loader, tree, &f[R_PASSAGES]),
                    .reading = reading,
                    .place = sp_yaml_place(tree, f[R_ID].node)};
    uint32_t support = sp_field_word(tree, &f[R_SUPPORT], supports, 4, loader->diags);
    rule.support = (uint8_t)(support == SP_NONE ? SP_SUPPORT_UNSAID : support + SP_SUPPORT_DIRECT);
    if (!sp_name_valid(rule.id)) {
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_BAD_NAME, rule.place,
                     "'%.*s' cannot be an id: use lower-case letters, digits and underscores",
                     SP_STR(rule.id));
        r->broken = true;
    }
    if (rule.authority.count == 0 && rule.passages.count == 0) {
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNCITED, rule.place,
                     "the rule '%.*s' cites neither an authority nor a passage", SP_STR(rule.id));
        r->broken = true;
    }
    rule.criterion = sp_read_conclusion(loader, tree, f[R_CONCLUDES].node, &r->scope);
    if (rule.criterion == SP_NONE)
        return SP_NONE;
    rule.condition = read_cond(r, f[R_REQUIRES].node);
    if (f[R_UNLESS].node != SP_NONE)
        rule.condition = with_exceptions(r, rule.condition, f[R_REQUIRES].node, f[R_UNLESS].node);
    if (rule.condition == NULL || r->broken)
        return SP_NONE;
    check_wall(r, &rule.passages);
    check_wall_below(r, rule.condition);
    sp_read_accepted(loader, tree, &f[R_LINT], rule.place);
    if (!SP_VEC_PUSH(&loader->base->rules, rule)) {
        loader->diags->failed = true;
        return SP_NONE;
    }
    return (uint32_t)loader->base->rules.len - 1;
}

uint32_t sp_read_rule(sp_loader *loader, const sp_yaml_tree *tree, uint32_t mapping, uint32_t reading)
{
    struct rule_reader r = {.loader = loader, .tree = tree};
    uint32_t rule = read_rule(&r, mapping, reading);
    sp_intern_free(&r.ids);
    return rule;
}

void sp_read_rules_file(sp_loader *loader, const sp_yaml_tree *tree)
{
    enum { HEADER, F_TITLE, F_NOTE, RULES, F_LINT, COUNT };
    sp_field f[COUNT] = {[HEADER] = {"surplace", SP_FIELD_TEXT, true, 0},
                         [F_TITLE] = {"title", SP_FIELD_TEXT, false, 0},
                         [F_NOTE] = {"note", SP_FIELD_TEXT, false, 0},
                         [RULES] = {"rules", SP_FIELD_LIST, true, 0},
                         [F_LINT] = {"lint", SP_FIELD_MAP, false, 0}};
    sp_fields_read(tree, 0, "a rule file", f, COUNT, loader->diags);
    sp_read_accepted(loader, tree, &f[F_LINT], (sp_place){.input = tree->input});
    if (f[RULES].node == SP_NONE)
        return;
    SP_YAML_EACH (tree, rule, f[RULES].node)
        sp_read_rule(loader, tree, rule, SP_NONE);
}
