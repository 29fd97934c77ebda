/* As a Graphviz graph: parts below what they are parts of, a shared criterion once with an edge from everywhere. */
#include "base/utf8.h"
#include "render/explain_words.h"

/* Text inside quotes: Graphviz reads \ and " there, and nothing else. */
static void add_quoted(sp_buf *b, sp_str text)
{
    sp_buf safe = {0};
    sp_utf8_add_safe(&safe, text);
    for (size_t i = 0; i < safe.len; i++) {
        if (safe.data[i] == '"' || safe.data[i] == '\\')
            sp_buf_add_char(b, '\\');
        sp_buf_add_char(b, safe.data[i]);
    }
    b->failed |= safe.failed;
    sp_buf_clear(&safe);
}

static void add_label(const sp_explanation *e, uint32_t index, sp_buf *b)
{
    sp_part_lines lines = {0};
    sp_part_lines_of(e, index, &lines);
    for (size_t i = 0; i < lines.len; i++) {
        add_quoted(b, lines.items[i]);
        sp_buf_add_cstr(b, "\\l");
    }
    SP_VEC_FREE(&lines);
}

static void add_edge(uint32_t from, uint32_t to, const sp_tree_node *part, sp_buf *b)
{
    sp_buf_printf(b, "  n%u -> n%u [style=%s%s];\n", from, to,
                  part->see != SP_NONE ? "dotted"
                  : part->decides      ? "solid"
                                       : "dashed",
                  part->why.role == SP_ROLE_EXCEPTION ? ", label=\"unless\"" : "");
}

void sp_explain_dot(const sp_explanation *e, sp_buf *b)
{
    const sp_tree *t = e->tree;
    sp_buf_add_cstr(b,
                    "digraph explanation {\n"
                    "  graph [rankdir=TB, fontname=\"sans-serif\"];\n"
                    "  node [shape=box, style=\"filled,rounded\", fontname=\"sans-serif\", fontsize=11];\n"
                    "  edge [fontname=\"sans-serif\", fontsize=10, arrowhead=none];\n");
    for (uint32_t i = 0; i < t->nodes.len; i++) {
        const sp_tree_node *node = &t->nodes.items[i];
        uint32_t at = node->parent == SP_NONE ? SP_NONE : sp_part_drawn(t, node->parent);
        if (node->see != SP_NONE)
            add_edge(at, sp_part_drawn(t, node->see), node, b);
        if (node->merged || node->see != SP_NONE)
            continue;
        sp_buf_printf(b, "  n%u [fillcolor=\"%s\", tooltip=\"", i, sp_part_fill((sp_state)node->why.state));
        add_quoted(b, node->address);
        sp_buf_add_cstr(b, "\", label=\"");
        add_label(e, i, b);
        sp_buf_add_cstr(b, "\"];\n");
        if (at != SP_NONE)
            add_edge(at, i, node, b);
    }
    sp_buf_add_cstr(b, "}\n");
    e->w->failed |= e->w->ex.failed || e->w->arena.failed;
}
