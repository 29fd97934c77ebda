#include "yaml/fields.h"

#include <string.h>

#include "text/suggest.h"

const char *sp_yaml_kind_name(const sp_yaml_tree *tree, uint32_t node)
{
    static const char *const names[] = {"a text", "a list", "a mapping"};
    return names[tree->nodes[node].kind];
}

static bool fits(const sp_yaml_tree *tree, uint32_t node, sp_field_kind kind)
{
    uint8_t is = tree->nodes[node].kind;
    switch (kind) {
    case SP_FIELD_ANY:
        return true;
    case SP_FIELD_TEXT:
        return is == SP_YAML_SCALAR;
    case SP_FIELD_LIST:
        return is == SP_YAML_LIST;
    case SP_FIELD_MAP:
        return is == SP_YAML_MAP;
    case SP_FIELD_NAMES:
        break;
    }
    if (is != SP_YAML_LIST)
        return is == SP_YAML_SCALAR;
    SP_YAML_EACH (tree, item, node)
        if (tree->nodes[item].kind != SP_YAML_SCALAR)
            return false;
    return true;
}

static const char *expected(sp_field_kind kind)
{
    static const char *const names[] = {"anything", "a text", "a list", "a mapping",
                                        "a text or a list of texts"};
    return names[kind];
}

static void unknown_key(const sp_yaml_tree *tree, uint32_t key, const char *what, const sp_field *fields,
                        size_t count, sp_diags *diags)
{
    sp_str name = sp_yaml_text(tree, key);
    sp_suggest suggest;
    sp_suggest_begin(&suggest, name);
    for (size_t i = 0; i < count; i++)
        sp_suggest_offer(&suggest, sp_str_from(fields[i].name));
    sp_diag *diag = sp_diags_add(diags, SP_ERROR, SP_DIAG_UNKNOWN_KEY, sp_yaml_place(tree, key),
                                 "%s has no key '%.*s'", what, SP_STR(name));
    sp_diag_key(diags, diag, name);
    sp_str best = sp_suggest_best(&suggest);
    if (best.len > 0)
        sp_diag_hint(diags, diag, "did you mean '%.*s'?", SP_STR(best));
}

bool sp_fields_read(const sp_yaml_tree *tree, uint32_t mapping, const char *what, sp_field *fields,
                    size_t count, sp_diags *diags)
{
    bool ok = true;
    for (size_t i = 0; i < count; i++)
        fields[i].node = SP_NONE;
    if (tree->nodes[mapping].kind != SP_YAML_MAP) {
        sp_diags_add(diags, SP_ERROR, SP_DIAG_WRONG_KIND, sp_yaml_place(tree, mapping),
                     "%s must be a mapping, and this is %s", what, sp_yaml_kind_name(tree, mapping));
        return false;
    }
    SP_YAML_EACH_PAIR (tree, key, mapping) {
        sp_str name = sp_yaml_text(tree, key);
        size_t i = 0;
        while (i < count && !sp_str_eq(name, sp_str_from(fields[i].name)))
            i++;
        if (i == count) {
            unknown_key(tree, key, what, fields, count, diags);
            ok = false;
        } else if (!fits(tree, key + 1, fields[i].kind)) {
            sp_diag *diag = sp_diags_add(diags, SP_ERROR, SP_DIAG_WRONG_KIND, sp_yaml_place(tree, key + 1),
                                         "'%s' must be %s, and this is %s", fields[i].name,
                                         expected(fields[i].kind), sp_yaml_kind_name(tree, key + 1));
            sp_diag_key(diags, diag, name);
            ok = false;
        } else {
            fields[i].node = key + 1;
        }
    }
    for (size_t i = 0; i < count; i++)
        if (fields[i].required && fields[i].node == SP_NONE &&
            sp_yaml_get(tree, mapping, sp_str_from(fields[i].name)) == SP_NONE) {
            sp_diags_add(diags, SP_ERROR, SP_DIAG_MISSING_KEY, sp_yaml_place(tree, mapping),
                         "%s needs the key '%s'", what, fields[i].name);
            ok = false;
        }
    return ok;
}

sp_str sp_field_text(const sp_yaml_tree *tree, const sp_field *field)
{
    return field->node == SP_NONE ? SP_EMPTY : sp_str_trim(sp_yaml_text(tree, field->node));
}

bool sp_yaml_yes_no(const sp_yaml_tree *tree, uint32_t node, bool *yes)
{
    const sp_yaml_node *n = &tree->nodes[node];
    if (n->kind != SP_YAML_SCALAR || n->quoted)
        return false;
    sp_str text = sp_yaml_text(tree, node);
    *yes = sp_str_eq(text, SP_LIT("yes")) || sp_str_eq(text, SP_LIT("true"));
    return *yes || sp_str_eq(text, SP_LIT("no")) || sp_str_eq(text, SP_LIT("false"));
}

bool sp_field_flag(const sp_yaml_tree *tree, const sp_field *field, bool fallback, sp_diags *diags)
{
    bool yes;
    if (field->node == SP_NONE)
        return fallback;
    if (!sp_yaml_yes_no(tree, field->node, &yes)) {
        sp_diags_add(diags, SP_ERROR, SP_DIAG_BAD_VALUE, sp_yaml_place(tree, field->node),
                     "'%s' is yes or no", field->name);
        return fallback;
    }
    return yes;
}

uint32_t sp_field_word(const sp_yaml_tree *tree, const sp_field *field, const char *const *words,
                       size_t count, sp_diags *diags)
{
    if (field->node == SP_NONE)
        return SP_NONE;
    sp_str text = sp_field_text(tree, field);
    sp_buf list = {0};
    for (size_t i = 0; i < count; i++) {
        if (sp_str_eq(text, sp_str_from(words[i]))) {
            sp_buf_clear(&list);
            return (uint32_t)i;
        }
        sp_buf_printf(&list, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", words[i]);
    }
    sp_diags_add(diags, SP_ERROR, SP_DIAG_BAD_VALUE, sp_yaml_place(tree, field->node), "'%s' is %.*s",
                 field->name, SP_STR(sp_buf_str(&list)));
    diags->failed |= list.failed;
    sp_buf_clear(&list);
    return SP_NONE;
}
