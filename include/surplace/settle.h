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

/* What turns a case: for each fact that it states, which verdicts change if it were otherwise or not stated; the decisive
 * facts first. `criteria` are those looked at (none: the headline verdicts). OK; MISUSE (no such case or criterion); LIMIT (diagnosed); IO;
 * NO_MEMORY. */
SURPLACE_API surplace_status surplace_render_variations(surplace_assessor *assessor, size_t case_index,
                                                        const char *const *criteria, size_t criterion_count,
                                                        surplace_output output, const surplace_style *style,
                                                        surplace_diagnostics *diagnostics,
                                                        surplace_write_fn write, void *context);

/* Takes one case file: a number from 0, what tells it from the case as it is (the name of a fact; number 0: none), and its
 * text. 0 on success, anything else ends the pairs with SURPLACE_IO. */
typedef int (*surplace_pair_fn)(void *context, size_t number, const char *fact, const char *text,
                                size_t length);

/* Minimal pairs for teaching: the case as it is, and a case file for every change of one fact that turns a verdict that is
 * looked at, each with what it then expects. They carry the values of the case. As surplace_render_variations. */
SURPLACE_API surplace_status surplace_write_pairs(surplace_assessor *assessor, size_t case_index,
                                                  const char *const *criteria, size_t criterion_count,
                                                  surplace_diagnostics *diagnostics, surplace_pair_fn take,
                                                  void *context);

#ifdef __cplusplus
}
#endif
#endif
