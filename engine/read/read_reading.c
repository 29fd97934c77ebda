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

static void unknown_member(sp_loader *loader, sp_place place, const char *what, sp_str name, sp_str nearest)
{
    sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_NAME, place,
                                 "no %s is named '%.*s'", what, SP_STR(name));
    if (nearest.len > 0)
        sp_diag_hint(loader->diags, diag, "did you mean '%.*s'?", SP_STR(nearest));
}

/* What `person.ceased` names: a criterion, or a fact that can be presumed. */
static bool find_presumed(sp_loader *loader, sp_str name, sp_place place, sp_member *of)
{
    const sp_vocab *vocab = &loader->base->vocab;
    size_t dot = 0;
    while (dot < name.len && name.ptr[dot] != '.')
        dot++;
    sp_str entity_name = {name.ptr, dot};
    sp_str member_name = dot < name.len ? (sp_str){name.ptr + dot + 1, name.len - dot - 1} : SP_EMPTY;
    uint32_t entity = sp_intern_find(&vocab->entity_names, entity_name);
    sp_suggest suggest;
    if (entity == SP_NONE) {
        sp_suggest_begin_for(&suggest, loader->diags, entity_name);
        for (size_t i = 0; i < vocab->entities.len; i++)
            sp_suggest_offer(&suggest, vocab->entities.items[i].name);
        unknown_member(loader, place, "entity", entity_name, sp_suggest_best(&suggest));
        return false;
    }
    if (!sp_vocab_member(vocab, entity, member_name, of)) {
        const sp_entity *e = &vocab->entities.items[entity];
        sp_suggest_begin_for(&suggest, loader->diags, member_name);
        for (size_t i = 0; i < e->members.len; i++) {
            sp_member m = e->members.items[i];
            sp_suggest_offer(&suggest, m.kind == SP_MEMBER_FACT ? vocab->facts.items[m.index].name
                                                                : vocab->criteria.items[m.index].name);
        }
        unknown_member(loader, place, "fact or criterion", name, sp_suggest_best(&suggest));
        return false;
    }
    if (of->kind == SP_MEMBER_CRITERION)
        return true;
    const sp_fact *fact = &vocab->facts.items[of->index];
    if (fact->type.kind == SP_YES_NO && !fact->type.list && fact->role == SP_FACT_STATED)
        return true;
    sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_PRESUMPTION, place,
                 "only a yes_no fact or a criterion can be presumed");
    return false;
}

/* What silence means under this reading: a presumption of its own, or `if_open: open`, none. */
static void read_presumption(sp_loader *loader, const sp_yaml_tree *tree, uint32_t item,
                             sp_reading *reading)
{
    enum { OF, IF_OPEN, BURDEN, HELD_BY, AUTHORITY, NOTE, COUNT };
    static const char *const words[] = {"open", "holds", "fails"};
    static const sp_state states[] = {SP_OPEN, SP_HOLDS, SP_FAILS};
    sp_field f[COUNT] = {[OF] = {"of", SP_FIELD_TEXT, true, 0},
                         [IF_OPEN] = {"if_open", SP_FIELD_TEXT, true, 0},
                         [BURDEN] = {"burden", SP_FIELD_TEXT, false, 0},
                         [HELD_BY] = {"held_by", SP_FIELD_TEXT, false, 0},
                         [AUTHORITY] = {"authority", SP_FIELD_NAMES, true, 0},
                         [NOTE] = {"note", SP_FIELD_TEXT, false, 0}};
    if (!sp_fields_read(tree, item, "a reading's presumption", f, COUNT, loader->diags))
        return;
    uint32_t word = sp_field_word(tree, &f[IF_OPEN], words, 3, loader->diags);
    sp_reading_presumption p = {.held_by = sp_field_text(tree, &f[HELD_BY]),
                                .note = sp_field_text(tree, &f[NOTE]),
                                .place = sp_yaml_place(tree, f[OF].node)};
    if (!find_presumed(loader, sp_field_text(tree, &f[OF]), p.place, &p.of) || word == SP_NONE)
        return;
    p.presumption = (sp_presumption){.if_open = states[word],
                                     .burden = sp_field_text(tree, &f[BURDEN]),
                                     .authority = sp_read_authority(loader, tree, &f[AUTHORITY])};
    if ((p.presumption.burden.len > 0) != (p.presumption.if_open != SP_OPEN))
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_PRESUMPTION, p.place,
                     p.presumption.if_open == SP_OPEN ? "where silence stays open nobody has a burden"
                                                      : "a presumption needs a 'burden'");
    if (p.presumption.authority.count == 0)
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_PRESUMPTION, p.place,
                     "a presumption needs an 'authority'");
    for (size_t i = 0; i < reading->presumptions.len; i++)
        if (reading->presumptions.items[i].of.kind == p.of.kind &&
            reading->presumptions.items[i].of.index == p.of.index)
            sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_DUPLICATE, p.place,
                         "this reading says twice what silence means here");
    if (!SP_VEC_PUSH(&reading->presumptions, p))
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
    enum {
        HEADER,
        ID,
        TITLE,
        DEFAULT,
        EXTENDS,
        FROM,
        UNTIL,
        NOTE,
        SET,
        PRESUME,
        DROP,
        REPLACE,
        ADD,
        LINT,
        COUNT
    };
    sp_field f[COUNT] = {
        [HEADER] = {"surplace", SP_FIELD_TEXT, true, 0},  [ID] = {"id", SP_FIELD_TEXT, true, 0},
        [TITLE] = {"title", SP_FIELD_TEXT, true, 0},      [DEFAULT] = {"default", SP_FIELD_TEXT, false, 0},
        [EXTENDS] = {"extends", SP_FIELD_TEXT, false, 0}, [FROM] = {"from", SP_FIELD_TEXT, false, 0},
        [UNTIL] = {"until", SP_FIELD_TEXT, false, 0},     [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
        [SET] = {"set", SP_FIELD_LIST, false, 0},         [PRESUME] = {"presume", SP_FIELD_LIST, false, 0},
        [DROP] = {"drop", SP_FIELD_NAMES, false, 0},      [REPLACE] = {"replace", SP_FIELD_LIST, false, 0},
        [ADD] = {"add", SP_FIELD_LIST, false, 0},         [LINT] = {"lint", SP_FIELD_MAP, false, 0}};
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
    if (reading.id_text == NULL) {
        loader->diags->failed = true;
        return;
    }
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
    if (f[PRESUME].node != SP_NONE)
        SP_YAML_EACH (tree, item, f[PRESUME].node)
            read_presumption(loader, tree, item, &reading);
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
    if (!SP_VEC_PUSH(&loader->base->readings, reading)) {
        loader->diags->failed = true;
        sp_reading_free(&reading);
    }
}
