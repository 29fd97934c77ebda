#include "read/read_explained.h"

#include "yaml/fields.h"

static bool is_explained(const sp_explanations *explained, sp_str mutant)
{
    for (size_t i = 0; i < explained->len; i++)
        if (sp_str_eq(explained->items[i].mutant, mutant))
            return true;
    return false;
}

/* One change. False if memory ran out. */
static bool read_mutant(const sp_yaml_tree *tree, uint32_t node, sp_str because, sp_explanations *explained,
                        sp_diags *diags)
{
    sp_explained entry = {.mutant = sp_str_trim(sp_yaml_text(tree, node)),
                          .because = because,
                          .place = sp_yaml_place(tree, node)};
    if (is_explained(explained, entry.mutant))
        sp_diags_add(diags, SP_ERROR, SP_DIAG_DUPLICATE, entry.place, "this change is explained twice");
    return SP_VEC_PUSH(explained, entry);
}

static bool read_entry(const sp_yaml_tree *tree, uint32_t item, sp_explanations *explained, sp_diags *diags)
{
    enum { MUTANTS, BECAUSE, COUNT };
    sp_field f[COUNT] = {
        [MUTANTS] = {"mutants", SP_FIELD_NAMES, true, 0}, [BECAUSE] = {"because", SP_FIELD_TEXT, true, 0}};
    bool kept = true;
    if (!sp_fields_read(tree, item, "an explanation", f, COUNT, diags))
        return true;
    sp_str because = sp_field_text(tree, &f[BECAUSE]);
    if (because.len == 0)
        sp_diags_add(diags, SP_ERROR, SP_DIAG_BAD_VALUE, sp_yaml_place(tree, f[BECAUSE].node),
                     "'because' says why no case can notice the change");
    if (tree->nodes[f[MUTANTS].node].kind == SP_YAML_SCALAR)
        return read_mutant(tree, f[MUTANTS].node, because, explained, diags);
    SP_YAML_EACH (tree, node, f[MUTANTS].node)
        kept &= read_mutant(tree, node, because, explained, diags);
    return kept;
}

surplace_status sp_read_explained(const sp_yaml_tree *tree, sp_explanations *explained, sp_diags *diags)
{
    enum { HEADER, TITLE, NOTE, EQUIVALENT, COUNT };
    sp_field f[COUNT] = {[HEADER] = {"surplace", SP_FIELD_TEXT, true, 0},
                         [TITLE] = {"title", SP_FIELD_TEXT, false, 0},
                         [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
                         [EQUIVALENT] = {"equivalent", SP_FIELD_LIST, true, 0}};
    size_t errors = diags->errors;
    bool kept = true;
    sp_fields_read(tree, 0, "a file of explained changes", f, COUNT, diags);
    if (f[HEADER].node != SP_NONE && !sp_str_eq(sp_field_text(tree, &f[HEADER]), SP_LIT("mutants/1")))
        sp_diags_add(diags, SP_ERROR, SP_DIAG_HEADER, sp_yaml_place(tree, f[HEADER].node),
                     "a file of explained changes starts with `surplace: mutants/1`");
    if (f[EQUIVALENT].node != SP_NONE)
        SP_YAML_EACH (tree, item, f[EQUIVALENT].node)
            kept &= read_entry(tree, item, explained, diags);
    if (!kept || diags->failed)
        return SURPLACE_NO_MEMORY;
    return diags->errors > errors ? SURPLACE_INVALID : SURPLACE_OK;
}
