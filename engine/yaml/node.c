#include "yaml/node.h"

uint32_t sp_yaml_get(const sp_yaml_tree *tree, uint32_t mapping, sp_str name)
{
    if (tree->nodes[mapping].kind != SP_YAML_MAP)
        return SP_NONE;
    SP_YAML_EACH_PAIR (tree, key, mapping) {
        if (sp_str_eq(sp_yaml_text(tree, key), name))
            return key + 1;
    }
    return SP_NONE;
}
