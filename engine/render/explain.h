/* The explanation of one criterion, or of a node of its tree: as text, JSON, Graphviz DOT and SVG. */
#ifndef SP_RENDER_EXPLAIN_H
#define SP_RENDER_EXPLAIN_H

#include "explain/account.h"
#include "explain/tree.h"
#include "render/verdict.h"

/* What is to be rendered; everything is borrowed. */
typedef struct sp_explanation {
    sp_verdict_writer *w;
    const sp_tree *tree;
    uint32_t case_index;
    const sp_account *account; /* what brings the state about, or the empty account */
    const sp_account *change;  /* what would have to be otherwise */
    const sp_support *support; /* what is open and contested in the criterion's chain of reasons; or NULL */
    bool addresses;            /* text: the address of every node */
} sp_explanation;

void sp_explain_text(const sp_explanation *e, sp_buf *b);
void sp_explain_json(const sp_explanation *e, sp_buf *b); /* one line, no line break */
void sp_explain_dot(const sp_explanation *e, sp_buf *b);
void sp_explain_svg(const sp_explanation *e, sp_buf *b);

#endif
