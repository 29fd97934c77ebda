/* Authorities and passages files, and the lists of citations and ids that rules carry. */
#include "read/loader.h"
#include "surplace/limits.h"
#include "text/suggest.h"

sp_names sp_read_names(sp_loader *loader, const sp_yaml_tree *tree, const sp_field *field)
{
    sp_names names = {0};
    if (field->node == SP_NONE)
        return names;
    const sp_yaml_node *n = &tree->nodes[field->node];
    size_t count = n->kind == SP_YAML_LIST ? n->len : 1;
    sp_str *items = SP_NEW_ARRAY(&loader->base->arena, sp_str, count);
    sp_place *places = SP_NEW_ARRAY(&loader->base->arena, sp_place, count);
    if (items == NULL || places == NULL)
        return names;
    if (n->kind == SP_YAML_SCALAR) {
        items[0] = sp_str_trim(sp_yaml_text(tree, field->node));
        places[0] = sp_yaml_place(tree, field->node);
        names.count = 1;
    } else {
        SP_YAML_EACH (tree, item, field->node) {
            items[names.count] = sp_str_trim(sp_yaml_text(tree, item));
            places[names.count++] = sp_yaml_place(tree, item);
        }
    }
    names.items = items;
    names.places = places;
    return names;
}

void sp_read_accepted(sp_loader *loader, const sp_yaml_tree *tree, const sp_field *field, sp_place of)
{
    if (field->node == SP_NONE)
        return;
    SP_YAML_EACH_PAIR (tree, key, field->node) {
        sp_accepted a = {.code = sp_yaml_text(tree, key), .place = sp_yaml_place(tree, key), .of = of};
        if (tree->nodes[key + 1].kind == SP_YAML_SCALAR)
            a.reason = sp_str_trim(sp_yaml_text(tree, key + 1));
        if (a.reason.len == 0)
            sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_BAD_VALUE, a.place,
                         "the reason for accepting '%.*s' is missing", SP_STR(a.code));
        else if (!SP_VEC_PUSH(&loader->base->accepted, a))
            loader->diags->failed = true;
    }
}

/* The declared citation that shares the most words with an unknown one: "H.B. 94" is told of "HB". */
static void unknown_authority(sp_loader *loader, sp_str citation, sp_place place)
{
    sp_suggest suggest;
    sp_str first, rest;
    sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_AUTHORITY, place,
                                 "'%.*s' begins with no declared authority", SP_STR(citation));
    sp_suggest_begin_for(&suggest, loader->diags, citation);
    for (size_t i = 0; i < loader->base->authorities.len; i++)
        sp_suggest_offer(&suggest, loader->base->authorities.items[i].cite);
    if (sp_suggest_best(&suggest).len == 0 && sp_str_cut(citation, ' ', &first, &rest)) {
        sp_suggest_begin_for(&suggest, loader->diags, first);
        for (size_t i = 0; i < loader->base->authorities.len; i++)
            sp_suggest_offer(&suggest, loader->base->authorities.items[i].cite);
    }
    if (sp_suggest_best(&suggest).len > 0)
        sp_diag_hint(loader->diags, diag, "did you mean '%.*s'?", SP_STR(sp_suggest_best(&suggest)));
}

sp_names sp_read_authority(sp_loader *loader, const sp_yaml_tree *tree, const sp_field *field)
{
    sp_names names = sp_read_names(loader, tree, field);
    for (size_t i = 0; i < names.count; i++)
        if (sp_rulebase_authority(loader->base, names.items[i]) == NULL)
            unknown_authority(loader, names.items[i], names.places[i]);
    return names;
}

sp_names sp_read_passages(sp_loader *loader, const sp_yaml_tree *tree, const sp_field *field)
{
    sp_names names = sp_read_names(loader, tree, field);
    for (size_t i = 0; i < names.count; i++) {
        if (sp_rulebase_passage(loader->base, names.items[i]) != SP_NONE)
            continue;
        sp_suggest suggest;
        sp_suggest_begin_for(&suggest, loader->diags, names.items[i]);
        for (size_t p = 0; p < loader->base->passages.len && !sp_suggest_over(loader->diags); p++)
            sp_suggest_offer(&suggest, loader->base->passages.items[p].id);
        sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_PASSAGE, names.places[i],
                                     "no passage has the id '%.*s'", SP_STR(names.items[i]));
        if (sp_suggest_best(&suggest).len > 0)
            sp_diag_hint(loader->diags, diag, "did you mean '%.*s'?", SP_STR(sp_suggest_best(&suggest)));
    }
    return names;
}

sp_presumption sp_read_presumption(sp_loader *loader, const sp_yaml_tree *tree, uint32_t mapping,
                                   const sp_field *if_open, const sp_field *burden,
                                   const sp_field *authority)
{
    static const char *const words[] = {"holds", "fails"};
    sp_presumption p = {0};
    if (if_open->node == SP_NONE && burden->node == SP_NONE && authority->node == SP_NONE)
        return p;
    if (if_open->node == SP_NONE || burden->node == SP_NONE || authority->node == SP_NONE) {
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_PRESUMPTION, sp_yaml_place(tree, mapping),
                     "a presumption needs 'if_open', 'burden' and 'authority', all three");
        return p;
    }
    uint32_t word = sp_field_word(tree, if_open, words, 2, loader->diags);
    if (word == SP_NONE)
        return p;
    p.if_open = word == 0 ? SP_HOLDS : SP_FAILS;
    p.burden = sp_field_text(tree, burden);
    p.authority = sp_read_names(loader, tree, authority);
    if (p.burden.len == 0 || p.authority.count == 0)
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_PRESUMPTION, sp_yaml_place(tree, mapping),
                     "a presumption's burden and authority cannot be empty");
    return p;
}

static void read_authority(sp_loader *loader, const sp_yaml_tree *tree, uint32_t item)
{
    enum { CITE, TITLE, KIND, CONFIRMED, NOTE, LINT, COUNT };
    sp_field f[COUNT] = {
        [CITE] = {"cite", SP_FIELD_TEXT, true, 0},  [TITLE] = {"title", SP_FIELD_TEXT, true, 0},
        [KIND] = {"kind", SP_FIELD_TEXT, true, 0},  [CONFIRMED] = {"confirmed", SP_FIELD_TEXT, true, 0},
        [NOTE] = {"note", SP_FIELD_TEXT, false, 0}, [LINT] = {"lint", SP_FIELD_MAP, false, 0}};
    static const char *const kinds[] = {"treaty",  "handbook",   "guideline", "case",
                                        "statute", "resolution", "writing",   "report"};
    if (!sp_fields_read(tree, item, "an authority", f, COUNT, loader->diags) ||
        sp_field_word(tree, &f[KIND], kinds, sizeof kinds / sizeof *kinds, loader->diags) == SP_NONE)
        return;
    sp_authority a = {.cite = sp_field_text(tree, &f[CITE]),
                      .title = sp_field_text(tree, &f[TITLE]),
                      .kind = sp_field_text(tree, &f[KIND]),
                      .note = sp_field_text(tree, &f[NOTE]),
                      .confirmed = sp_field_flag(tree, &f[CONFIRMED], false, loader->diags),
                      .place = sp_yaml_place(tree, f[CITE].node)};
    sp_read_accepted(loader, tree, &f[LINT], a.place);
    if (a.cite.len == 0)
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_BAD_VALUE, a.place, "'cite' is empty");
    else if (!SP_VEC_PUSH(&loader->base->authorities, a))
        loader->diags->failed = true;
}

void sp_read_authorities_file(sp_loader *loader, const sp_yaml_tree *tree)
{
    enum { HEADER, TITLE, NOTE, LIST, LINT, COUNT };
    sp_field f[COUNT] = {[HEADER] = {"surplace", SP_FIELD_TEXT, true, 0},
                         [TITLE] = {"title", SP_FIELD_TEXT, false, 0},
                         [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
                         [LIST] = {"authorities", SP_FIELD_LIST, true, 0},
                         [LINT] = {"lint", SP_FIELD_MAP, false, 0}};
    sp_fields_read(tree, 0, "an authorities file", f, COUNT, loader->diags);
    sp_read_accepted(loader, tree, &f[LINT], (sp_place){.input = tree->input});
    if (f[LIST].node == SP_NONE)
        return;
    SP_YAML_EACH (tree, item, f[LIST].node) {
        if (loader->base->authorities.len >= SURPLACE_MAX_AUTHORITIES) {
            sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_LIMIT, sp_yaml_place(tree, item),
                         "more than %d authorities (limit: authorities)", SURPLACE_MAX_AUTHORITIES);
            return;
        }
        read_authority(loader, tree, item);
    }
}

static bool passage_id_valid(sp_str id)
{
    for (size_t i = 0; i < id.len; i++) {
        char c = id.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return false;
    }
    return id.len > 0 && id.len <= 80;
}

static void read_passage(sp_loader *loader, const sp_yaml_tree *tree, uint32_t item, uint32_t source)
{
    enum { ID, QUOTE, PAGE, KIND, NOTE, LINT, COUNT };
    sp_field f[COUNT] = {
        [ID] = {"id", SP_FIELD_TEXT, true, 0},      [QUOTE] = {"quote", SP_FIELD_TEXT, true, 0},
        [PAGE] = {"page", SP_FIELD_TEXT, true, 0},  [KIND] = {"kind", SP_FIELD_TEXT, true, 0},
        [NOTE] = {"note", SP_FIELD_TEXT, false, 0}, [LINT] = {"lint", SP_FIELD_MAP, false, 0}};
    static const char *const kinds[] = {"legal_criterion", "factual_premise", "explanation", "theory"};
    if (!sp_fields_read(tree, item, "a passage", f, COUNT, loader->diags))
        return;
    uint32_t kind = sp_field_word(tree, &f[KIND], kinds, 4, loader->diags);
    sp_passage p = {.id = sp_field_text(tree, &f[ID]),
                    .quote = sp_field_text(tree, &f[QUOTE]),
                    .page = sp_field_text(tree, &f[PAGE]),
                    .note = sp_field_text(tree, &f[NOTE]),
                    .kind = (uint8_t)kind,
                    .source = source,
                    .place = sp_yaml_place(tree, f[ID].node)};
    sp_read_accepted(loader, tree, &f[LINT], p.place);
    if (!passage_id_valid(p.id))
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_BAD_NAME, p.place,
                     "'%.*s' cannot be a passage's id: use lower-case letters, digits and hyphens",
                     SP_STR(p.id));
    else if (p.quote.len == 0)
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_BAD_VALUE, sp_yaml_place(tree, f[QUOTE].node),
                     "the quotation is empty");
    else if (kind != SP_NONE && !SP_VEC_PUSH(&loader->base->passages, p))
        loader->diags->failed = true;
}

void sp_read_passages_file(sp_loader *loader, const sp_yaml_tree *tree)
{
    enum { HEADER, TITLE, NOTE, SOURCE, LIST, LINT, COUNT };
    sp_field f[COUNT] = {
        [HEADER] = {"surplace", SP_FIELD_TEXT, true, 0}, [TITLE] = {"title", SP_FIELD_TEXT, false, 0},
        [NOTE] = {"note", SP_FIELD_TEXT, false, 0},      [SOURCE] = {"source", SP_FIELD_MAP, true, 0},
        [LIST] = {"passages", SP_FIELD_LIST, true, 0},   [LINT] = {"lint", SP_FIELD_MAP, false, 0}};
    enum { S_ID, S_TITLE, S_AUTHOR, S_PUBLISHED, S_YEAR, S_NOTE, S_COUNT };
    sp_field s[S_COUNT] = {[S_ID] = {"id", SP_FIELD_TEXT, true, 0},
                           [S_TITLE] = {"title", SP_FIELD_TEXT, true, 0},
                           [S_AUTHOR] = {"author", SP_FIELD_TEXT, false, 0},
                           [S_PUBLISHED] = {"published", SP_FIELD_TEXT, false, 0},
                           [S_YEAR] = {"year", SP_FIELD_TEXT, false, 0},
                           [S_NOTE] = {"note", SP_FIELD_TEXT, false, 0}};
    sp_fields_read(tree, 0, "a passages file", f, COUNT, loader->diags);
    sp_read_accepted(loader, tree, &f[LINT], (sp_place){.input = tree->input});
    if (f[SOURCE].node == SP_NONE || f[LIST].node == SP_NONE)
        return;
    sp_fields_read(tree, f[SOURCE].node, "a source", s, S_COUNT, loader->diags);
    sp_source source = {.id = sp_field_text(tree, &s[S_ID]),
                        .title = sp_field_text(tree, &s[S_TITLE]),
                        .author = sp_field_text(tree, &s[S_AUTHOR]),
                        .published = sp_field_text(tree, &s[S_PUBLISHED]),
                        .year = sp_field_text(tree, &s[S_YEAR]),
                        .note = sp_field_text(tree, &s[S_NOTE])};
    if (!SP_VEC_PUSH(&loader->base->sources, source)) {
        loader->diags->failed = true;
        return;
    }
    SP_YAML_EACH (tree, item, f[LIST].node)
        read_passage(loader, tree, item, (uint32_t)loader->base->sources.len - 1);
}
