#include "read/expect.h"

#include <string.h>

#include "read/loader.h"
#include "text/suggest.h"

static const char *const kind_words[SP_FILE_KINDS] = {"vocabulary", "authorities", "passages", "rules",
                                                      "reading",    "world",       "claims",   "case"};

sp_file_kind sp_read_header(const sp_yaml_tree *tree, sp_diags *diags)
{
    uint32_t node = tree->nodes[0].kind == SP_YAML_MAP ? sp_yaml_get(tree, 0, SP_LIT("surplace")) : SP_NONE;
    if (node == SP_NONE || tree->nodes[node].kind != SP_YAML_SCALAR) {
        sp_diag *diag = sp_diags_add(diags, SP_ERROR, SP_DIAG_HEADER, sp_yaml_place(tree, 0),
                                     "the document does not say what kind it is");
        sp_diag_hint(diags, diag, "give it the key 'surplace', as in `surplace: %s/1`",
                     tree->input->confidential ? "case" : "rules");
        return SP_FILE_KINDS;
    }
    sp_str text = sp_str_trim(sp_yaml_text(tree, node)), kind = text, version = SP_EMPTY;
    sp_str_cut(text, '/', &kind, &version);
    for (uint32_t i = 0; i < SP_FILE_KINDS; i++)
        if (sp_str_eq(kind, sp_str_from(kind_words[i]))) {
            if (sp_str_eq(version, SP_LIT("1")))
                return (sp_file_kind)i;
            sp_diags_add(diags, SP_ERROR, SP_DIAG_HEADER, sp_yaml_place(tree, node),
                         "this program reads version 1 of this kind: write %s/1", kind_words[i]);
            return SP_FILE_KINDS;
        }
    sp_suggest suggest;
    sp_suggest_begin_for(&suggest, diags, kind);
    for (uint32_t i = 0; i < SP_FILE_KINDS; i++)
        sp_suggest_offer(&suggest, sp_str_from(kind_words[i]));
    sp_diag *diag = sp_diags_add(diags, SP_ERROR, SP_DIAG_HEADER, sp_yaml_place(tree, node),
                                 "'surplace' does not name a kind of document");
    if (sp_suggest_best(&suggest).len > 0)
        sp_diag_hint(diags, diag, "did you mean '%.*s/1'?", SP_STR(sp_suggest_best(&suggest)));
    else
        sp_diag_hint(
            diags, diag, "it is %s",
            tree->input->confidential
                ? "case/1"
                : "vocabulary/1, authorities/1, passages/1, rules/1, reading/1, world/1 or claims/1");
    return SP_FILE_KINDS;
}

bool sp_read_case_header(const sp_yaml_tree *tree, sp_diags *diags)
{
    sp_file_kind kind = sp_read_header(tree, diags);
    if (kind != SP_FILE_CASE && kind != SP_FILE_KINDS)
        sp_diags_add(diags, SP_ERROR, SP_DIAG_HEADER, sp_yaml_place(tree, 0),
                     "this is a file of kind '%s', and a case is expected", kind_words[kind]);
    return kind == SP_FILE_CASE;
}

bool sp_find_address(const sp_facts *facts, uint32_t case_index, sp_str address, uint32_t *entity,
                     uint32_t *row)
{
    const sp_vocab *vocab = facts->vocab;
    sp_str first = address, rest = SP_EMPTY;
    bool deeper = sp_str_cut(address, '/', &first, &rest);
    if (sp_str_eq(address, SP_LIT("case"))) {
        *entity = SP_CASE_ENTITY;
        *row = facts->tables[SP_CASE_ENTITY].first[case_index];
        return true;
    }
    bool found = false;
    for (uint32_t e = 0; e < vocab->entities.len && !found; e++) {
        if (!facts->tables[e].keyed)
            continue;
        *row = sp_facts_find_row(facts, case_index, e, first);
        *entity = e;
        found = *row != SP_NONE;
    }
    while (found && deeper) {
        deeper = sp_str_cut(rest, '/', &first, &rest);
        if (!deeper)
            first = rest;
        uint32_t owner_entity = *entity, owner_row = *row;
        found = false;
        for (uint32_t e = 0; e < vocab->entities.len && !found; e++) {
            const sp_table *t = &facts->tables[e];
            uint32_t owner = vocab->entities.items[e].owner;
            if (owner == SP_NONE ||
                (owner != owner_entity && vocab->entities.items[owner].facet_of != owner_entity))
                continue;
            uint32_t end = case_index < facts->case_count ? t->first[case_index + 1] : t->rows;
            for (uint32_t i = t->first[case_index]; i < end && !found; i++)
                if (t->owner[i] == owner_row && sp_str_eq(sp_facts_span(facts, t->id[i]), first)) {
                    *entity = e;
                    *row = i;
                    found = true;
                }
        }
    }
    return found;
}

bool sp_find_criterion(const sp_facts *facts, uint32_t case_index, sp_str path, uint32_t *criterion,
                       uint32_t *row, uint32_t *with_row, const char **what)
{
    const sp_vocab *vocab = facts->vocab;
    sp_str head = path, second = SP_EMPTY;
    bool pair = sp_str_cut(path, '(', &head, &second);
    size_t dot = head.len;
    uint32_t entity;
    sp_member member;
    while (dot > 0 && head.ptr[dot - 1] != '.')
        dot--;
    *what = "address";
    if (dot == 0 || !sp_find_address(facts, case_index, (sp_str){head.ptr, dot - 1}, &entity, row))
        return false;
    *what = "criterion";
    sp_str name = {head.ptr + dot, head.len - dot};
    if (!sp_vocab_member_or_facet(vocab, &entity, name, &member) || member.kind != SP_MEMBER_CRITERION)
        return false;
    *criterion = member.index;
    *what = "second";
    *with_row = SP_NONE;
    uint32_t with = vocab->criteria.items[member.index].with;
    if (!pair || with == SP_NONE)
        return pair == (with != SP_NONE);
    if (!sp_str_ends(second, SP_LIT(")")))
        return false;
    second.len--;
    uint32_t with_entity;
    return sp_find_address(facts, case_index, sp_str_trim(second), &with_entity, with_row) &&
           with_entity == with;
}

/* An expectation of what is not there: `part` is the initial of "address", "criterion" or "second". */
static void unknown_criterion(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t key,
                              uint32_t case_index, sp_str path, char part)
{
    sp_diag *diag = sp_case_fault(
        r, tree, key, SP_DIAG_UNKNOWN_NAME, path, "%s",
        memchr(path.ptr, '.', path.len) == NULL
            ? "an expectation names an entry and its criterion, as in kim.refugee"
        : part == 'a' ? "nothing in this case has the address before the last dot"
        : part == 'c' ? "no criterion of that name belongs to what stands before the dot"
                      : "the second entity in brackets is missing, not wanted, or not in this case");
    size_t dot = path.len;
    uint32_t entity, row;
    while (dot > 0 && path.ptr[dot - 1] != '.')
        dot--;
    if (part != 'c' || !sp_find_address(r->facts, case_index, (sp_str){path.ptr, dot - 1}, &entity, &row))
        return;
    sp_str name = {path.ptr + dot, path.len - dot}, rest;
    sp_str_cut(name, '(', &name, &rest);
    sp_str nearest = sp_vocab_nearest(r->vocab, entity, name, r->diags);
    if (nearest.len > 0 && !sp_str_eq(nearest, name))
        sp_diag_hint(r->diags, diag, "did you mean '%.*s'?", SP_STR(nearest));
}

static void expect_one(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t key, uint32_t case_index,
                       sp_str reading)
{
    enum { IS, RULES, COUNT };
    sp_field f[COUNT] = {
        [IS] = {"is", SP_FIELD_TEXT, true, 0}, [RULES] = {"rules", SP_FIELD_NAMES, false, 0}};
    static const char *const states[] = {"open", "holds", "fails", "contested"};
    sp_facts *facts = r->facts;
    sp_str path = sp_str_trim(sp_yaml_text(tree, key));
    sp_expectation e = {
        .case_index = case_index, .line = tree->nodes[key].line, .column = tree->nodes[key].column};
    const char *what;
    if (!sp_find_criterion(facts, case_index, path, &e.criterion, &e.row, &e.with_row, &what)) {
        unknown_criterion(r, tree, key, case_index, path, what[0]);
        return;
    }
    uint32_t node = key + 1;
    f[IS].node = node;
    f[RULES].node = SP_NONE;
    if (tree->nodes[node].kind != SP_YAML_SCALAR &&
        !sp_fields_read(tree, node, "an expectation", f, COUNT, r->diags))
        return;
    sp_str word = sp_field_text(tree, &f[IS]);
    uint32_t state = 0;
    while (state < 4 && !sp_str_eq(word, sp_str_from(states[state])))
        state++;
    if (state == 4) {
        sp_case_fault(r, tree, f[IS].node, SP_DIAG_BAD_VALUE, path,
                      "an expectation is holds, fails, open or contested");
        return;
    }
    e.state = (sp_state)state;
    e.reading = sp_facts_add_text(facts, reading);
    e.path = sp_facts_add_text(facts, path);
    e.rules_start = (uint32_t)facts->expected_rules.len;
    if (f[RULES].node != SP_NONE) {
        const sp_yaml_node *n = &tree->nodes[f[RULES].node];
        bool single = n->kind == SP_YAML_SCALAR;
        for (uint32_t at = single ? f[RULES].node : f[RULES].node + 1; at < n->next;
             at = tree->nodes[at].next)
            facts->failed |= !SP_VEC_PUSH(&facts->expected_rules,
                                          sp_facts_add_text(facts, sp_yaml_text(tree, at)));
    }
    e.rules_count = (uint32_t)facts->expected_rules.len - e.rules_start;
    facts->failed |= !SP_VEC_PUSH(&facts->expectations, e);
}

static void expect_all(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t node, uint32_t case_index,
                       sp_str reading)
{
    if (tree->nodes[node].kind != SP_YAML_MAP) {
        sp_case_fault(r, tree, node, SP_DIAG_WRONG_KIND, SP_LIT("expect"),
                      "expectations are a mapping such as `kim.refugee: holds`");
        return;
    }
    SP_YAML_EACH_PAIR (tree, key, node)
        expect_one(r, tree, key, case_index, reading);
}

void sp_read_expectations(sp_case_reader *r, const sp_yaml_tree *tree, uint32_t mapping,
                          uint32_t case_index)
{
    if (tree->nodes[mapping].kind != SP_YAML_MAP)
        return; /* an item of what_if that is faulty, as has been said */
    uint32_t expect = sp_yaml_get(tree, mapping, SP_LIT("expect"));
    uint32_t under = sp_yaml_get(tree, mapping, SP_LIT("expect_under"));
    if (expect != SP_NONE)
        expect_all(r, tree, expect, case_index, SP_EMPTY);
    if (under == SP_NONE)
        return;
    if (tree->nodes[under].kind != SP_YAML_MAP) {
        sp_case_fault(r, tree, under, SP_DIAG_WRONG_KIND, SP_LIT("expect_under"),
                      "a mapping of readings to expectations is expected");
        return;
    }
    SP_YAML_EACH_PAIR (tree, key, under)
        expect_all(r, tree, key + 1, case_index, sp_str_trim(sp_yaml_text(tree, key)));
}
