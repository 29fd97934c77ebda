/* Why a criterion is as it is: the whole tree of reasons for one of them. */
#ifndef SURPLACE_EXPLAIN_H
#define SURPLACE_EXPLAIN_H

#include "surplace/render.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct surplace_explain_options {
    int depth;      /* levels of parts shown below the criterion; below 0: all */
    bool addresses; /* text: the address of every part */
} surplace_explain_options;

/* The explanation of a criterion of a case of the assessor's batch ("kim.refugee", as surplace_verdict_find), or of the
 * part at an address that an earlier explanation printed ("kim.refugee:inclusion/2"): its shortest account, what would
 * have to be different, what is open or contested, and every part with its state, the values compared, and its
 * citations. As text, JSON (one line), Graphviz DOT or SVG; all but JSON end with a line break. `options` may be NULL.
 * OK; MISUSE (no such case, criterion or part); LIMIT (diagnosed); IO; NO_MEMORY. */
SURPLACE_API surplace_status surplace_render_explanation(
    surplace_assessor *assessor, size_t case_index, const char *address,
    const surplace_explain_options *options, surplace_output output, const surplace_style *style,
    surplace_diagnostics *diagnostics, surplace_write_fn write, void *context);

#ifdef __cplusplus
}
#endif
#endif
