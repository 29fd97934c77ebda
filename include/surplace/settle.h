/* What would settle a verdict, and what a case would come to if a fact were otherwise. */
#ifndef SURPLACE_SETTLE_H
#define SURPLACE_SETTLE_H

#include "surplace/render.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What would settle a criterion of a case of the assessor's batch ("kim.refugee", as surplace_verdict_find): the smallest
 * sets of answers that make it hold and fail, the best next question, and what cannot matter any more. Text ends with a
 * line break, JSON (one line) does not. OK; MISUSE (no such case or criterion); LIMIT (diagnosed); IO; NO_MEMORY. */
SURPLACE_API surplace_status surplace_render_settlement(surplace_assessor *assessor, size_t case_index,
                                                        const char *criterion, surplace_output output,
                                                        const surplace_style *style,
                                                        surplace_diagnostics *diagnostics,
                                                        surplace_write_fn write, void *context);

#ifdef __cplusplus
}
#endif
#endif
