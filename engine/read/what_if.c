#include "read/what_if.h"

/* `what_if:` as a list; 0 if there is none. What is no list is found to be wrong when it is read as one item. */
static uint32_t what_ifs(const sp_yaml_tree *tree)
{
    uint32_t list = tree->nodes[0].kind == SP_YAML_MAP ? sp_yaml_get(tree, 0, SP_LIT("what_if")) : SP_NONE;
    return list == SP_NONE ? 0 : list;
}

uint32_t sp_next_what_if(const sp_yaml_tree *tree, uint32_t item)
{
    uint32_t list = what_ifs(tree);
    if (list == 0 || (item == list && tree->nodes[list].kind != SP_YAML_LIST))
        return 0;
    if (tree->nodes[list].kind != SP_YAML_LIST)
        return list;
    uint32_t next = item == 0 ? list + 1 : tree->nodes[item].next;
    return next < tree->nodes[list].next ? next : 0;
}

void sp_read_what_if(sp_case_reader *r, const sp_yaml_tree *tree)
{
    enum { SET, NOTE, EXPECT, UNDER, COUNT };
    sp_field f[COUNT] = {[SET] = {"set", SP_FIELD_MAP, true, 0},
                         [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
                         [EXPECT] = {"expect", SP_FIELD_MAP, false, 0},
                         [UNDER] = {"expect_under", SP_FIELD_MAP, false, 0}};
    if (!sp_fields_read(tree, r->what_if, "an item of what_if", f, COUNT, r->diags))
        return;
    if (f[EXPECT].node == SP_NONE && f[UNDER].node == SP_NONE)
        sp_case_fault(r, tree, r->what_if, SP_DIAG_MISSING_KEY, SP_LIT("what_if"),
                      "an item of what_if says what is expected of it, under 'expect' or 'expect_under'");
    SP_YAML_EACH_PAIR (tree, key, f[SET].node)
        sp_case_state_otherwise(r, tree, key);
}
