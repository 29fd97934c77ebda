/* Readings: named overlays that set parameters and drop, replace or add rules. */
#include "read/loader.h"
#include "text/suggest.h"

static void read_setting(sp_loader *loader, const sp_yaml_tree *tree, uint32_t item, sp_reading *reading)
{
    sp_vocab *vocab = &loader->base->vocab;
    enum { PARAMETER, VALUE, HELD_BY, AUTHORITY, NOTE, LINT, COUNT };
    sp_field f[COUNT] = {[PARAMETER] = {"parameter", SP_FIELD_TEXT, true, 0},
                         [VALUE] = {"value", SP_FIELD_TEXT, true, 0},
                         [HELD_BY] = {"held_by", SP_FIELD_TEXT, false, 0},
                         [AUTHORITY] = {"authority", SP_FIELD_NAMES, false, 0},
                         [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
                         [LINT] = {"lint", SP_FIELD_MAP, false, 0}};
    if (!sp_fields_read(tree, item, "a setting", f, COUNT, loader->diags))
        return;
    sp_str name = sp_field_text(tree, &f[PARAMETER]);
    sp_setting setting = {.parameter = sp_intern_find(&vocab->parameter_names, name),
                          .held_by = sp_field_text(tree, &f[HELD_BY]),
                          .note = sp_field_text(tree, &f[NOTE]),
                          .authority = sp_read_authority(loader, tree, &f[AUTHORITY]),
                          .place = sp_yaml_place(tree, f[PARAMETER].node)};
    sp_read_accepted(loader, tree, &f[LINT], setting.place);
    if (setting.parameter == SP_NONE) {
        sp_suggest suggest;
        sp_suggest_begin_for(&suggest, loader->diags, name);
        for (size_t i = 0; i < vocab->parameters.len; i++)
            sp_suggest_offer(&suggest, vocab->parameters.items[i].name);
        sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_NAME, setting.place,
                                     "no parameter is named '%.*s'", SP_STR(name));
        if (sp_suggest_best(&suggest).len > 0)
            sp_diag_hint(loader->diags, diag, "did you mean '%.*s'?", SP_STR(sp_suggest_best(&suggest)));
        return;
    }
    for (size_t i = 0; i < reading->settings.len; i++)
        if (reading->settings.items[i].parameter == setting.parameter)
            sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_DUPLICATE, setting.place,
                         "'%.*s' is set twice in this reading", SP_STR(name));
    if (sp_read_setting_value(loader, tree, f[VALUE].node, vocab->parameters.items[setting.parameter].type,
                              &setting.value) &&
        !SP_VEC_PUSH(&reading->settings, setting))
        loader->diags->failed = true;
}

/* When a reading is good law is printed as it is written, but it must be a date. */
static void check_date(sp_loader *loader, const sp_yaml_tree *tree, const sp_field *field)
{
    sp_date date;
    if (field->node != SP_NONE && !sp_date_parse(sp_field_text(tree, field), &date))
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_BAD_VALUE, sp_yaml_place(tree, field->node),
                     "'%s' is a date: YYYY, YYYY-MM or YYYY-MM-DD", field->name);
}

void sp_read_reading_file(sp_loader *loader, const sp_yaml_tree *tree)
{
    enum { HEADER, ID, TITLE, DEFAULT, EXTENDS, FROM, UNTIL, NOTE, SET, DROP, REPLACE, ADD, LINT, COUNT };
    sp_field f[COUNT] = {
        [HEADER] = {"surplace", SP_FIELD_TEXT, true, 0},  [ID] = {"id", SP_FIELD_TEXT, true, 0},
        [TITLE] = {"title", SP_FIELD_TEXT, true, 0},      [DEFAULT] = {"default", SP_FIELD_TEXT, false, 0},
        [EXTENDS] = {"extends", SP_FIELD_TEXT, false, 0}, [FROM] = {"from", SP_FIELD_TEXT, false, 0},
        [UNTIL] = {"until", SP_FIELD_TEXT, false, 0},     [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
        [SET] = {"set", SP_FIELD_LIST, false, 0},         [DROP] = {"drop", SP_FIELD_NAMES, false, 0},
        [REPLACE] = {"replace", SP_FIELD_LIST, false, 0}, [ADD] = {"add", SP_FIELD_LIST, false, 0},
        [LINT] = {"lint", SP_FIELD_MAP, false, 0}};
    if (!sp_fields_read(tree, 0, "a reading", f, COUNT, loader->diags))
        return;
    sp_reading reading = {.id = sp_field_text(tree, &f[ID]),
                          .title = sp_field_text(tree, &f[TITLE]),
                          .is_default = sp_field_flag(tree, &f[DEFAULT], false, loader->diags),
                          .extends = sp_field_text(tree, &f[EXTENDS]),
                          .from = sp_field_text(tree, &f[FROM]),
                          .until = sp_field_text(tree, &f[UNTIL]),
                          .note = sp_field_text(tree, &f[NOTE]),
                          .drop = sp_read_names(loader, tree, &f[DROP]),
                          .base = SP_NONE,
                          .place = sp_yaml_place(tree, f[ID].node)};
    reading.id_text = sp_arena_dup(&loader->base->arena, reading.id).ptr;
    if (reading.id_text == NULL)
        return;
    sp_read_accepted(loader, tree, &f[LINT], reading.place);
    if (f[EXTENDS].node != SP_NONE)
        reading.extends_place = sp_yaml_place(tree, f[EXTENDS].node);
    check_date(loader, tree, &f[FROM]);
    check_date(loader, tree, &f[UNTIL]);
    uint32_t number = (uint32_t)loader->base->readings.len;
    if (!sp_name_valid(reading.id))
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_BAD_NAME, reading.place,
                     "'%.*s' cannot be an id: use lower-case letters, digits and underscores",
                     SP_STR(reading.id));
    if (f[SET].node != SP_NONE)
        SP_YAML_EACH (tree, item, f[SET].node)
            read_setting(loader, tree, item, &reading);
    for (int pass = 0; pass < 2; pass++) {
        uint32_t list = f[pass == 0 ? REPLACE : ADD].node;
        if (list == SP_NONE)
            continue;
        SP_YAML_EACH (tree, item, list) {
            uint32_t rule = sp_read_rule(loader, tree, item, number);
            bool kept = rule == SP_NONE ||
                        (pass == 0 ? SP_VEC_PUSH(&reading.replace, rule) : SP_VEC_PUSH(&reading.add, rule));
            if (!kept)
                loader->diags->failed = true;
        }
    }
    if (!SP_VEC_PUSH(&loader->base->readings, reading))
        loader->diags->failed = true;
}
