/* Documents as flat trees with places.
 *
 * A tree is one array of nodes in document order: a node's first child follows it, and `next` is the index
 * behind its last descendant, that is, its next sibling. A mapping's children alternate key, value. Nothing
 * points into memory, so a tree can be built into the program as constant data (engine/embed). */
#ifndef SP_YAML_NODE_H
#define SP_YAML_NODE_H

#include "base/intern.h"
#include "text/input.h"

typedef enum sp_yaml_kind { SP_YAML_SCALAR, SP_YAML_LIST, SP_YAML_MAP } sp_yaml_kind;

typedef struct sp_yaml_node {
    uint8_t kind;   /* sp_yaml_kind */
    uint8_t quoted; /* scalar: written with quotes or as a block; never a bare yes, no or unknown */
    uint16_t reserved;
    uint32_t line, column, end_column; /* from 1, characters; end_column exclusive, or column + 1 */
    uint32_t text;                     /* scalar: offset in the tree's text */
    uint32_t len;                      /* scalar: bytes; list: members; mapping: pairs */
    uint32_t next;                     /* index of the next sibling */
} sp_yaml_node;

typedef struct sp_yaml_tree {
    const sp_input *input;
    const sp_yaml_node *nodes; /* nodes[0] is the root */
    const char *text;
    uint32_t count;
} sp_yaml_tree;

static inline sp_str sp_yaml_text(const sp_yaml_tree *tree, uint32_t node)
{
    return (sp_str){tree->text + tree->nodes[node].text, tree->nodes[node].len};
}

static inline sp_place sp_yaml_place(const sp_yaml_tree *tree, uint32_t node)
{
    const sp_yaml_node *n = &tree->nodes[node];
    return (sp_place){tree->input, n->line, n->column, n->end_column};
}

/* for (child = node + 1; child < nodes[node].next; child = nodes[child].next) */
#define SP_YAML_EACH(tree, child, node)                                                                    \
    for (uint32_t child = (node) + 1; child < (tree)->nodes[node].next; child = (tree)->nodes[child].next)

/* The pairs of a mapping: `key` is the key's index, the value's is key + 1 (keys are scalars). */
#define SP_YAML_EACH_PAIR(tree, key, node)                                                                 \
    for (uint32_t key = (node) + 1; key < (tree)->nodes[node].next; key = (tree)->nodes[key + 1].next)

/* The value under `name`, or SP_NONE. */
uint32_t sp_yaml_get(const sp_yaml_tree *tree, uint32_t mapping, sp_str name);

#endif
