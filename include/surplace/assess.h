/* Assessing cases: a batch at a time from a stream. */
#ifndef SURPLACE_ASSESS_H
#define SURPLACE_ASSESS_H

#include <stdbool.h>

#include "surplace/case.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One evaluation, of one thread. Borrows its law, which threads may share. */
typedef struct surplace_assessor surplace_assessor;

typedef struct surplace_options {
    bool no_presumptions;   /* leave open what only a presumption would settle */
    const char *const *set; /* `PATH=VALUE` texts laid over every case */
    size_t set_count;
} surplace_options;

/* One verdict. Texts are valid until the next call with the assessor. */
typedef struct surplace_verdict {
    const char *criterion; /* "person.refugee" */
    const char *subject;   /* "kim" */
    const char *with;      /* of a pair the second entity, else empty */
    surplace_state state;
    bool presumed; /* the state rests on a presumption */
} surplace_verdict;

/* `options` may be NULL and is copied; the texts of `set` are borrowed. OK or NO_MEMORY. */
SURPLACE_API surplace_status surplace_assessor_new(const surplace_law *law, const surplace_options *options,
                                                   surplace_assessor **assessor);
SURPLACE_API void surplace_assessor_free(surplace_assessor *assessor);

/* Reads the next cases of a stream (up to 64) and evaluates them. OK with *count cases; END; INVALID when some were
 * faulty (diagnosed) and left out, *count being those that are left, perhaps none: go on. LIMIT, IO and NO_MEMORY end
 * the stream (diagnosed but for the last). The assessor's results are of these cases until the next call. */
SURPLACE_API surplace_status surplace_assess(surplace_assessor *assessor, surplace_cases *cases,
                                             size_t *count);

/* How many verdicts a case of the batch has, in a fixed order. */
SURPLACE_API surplace_status surplace_verdict_count(surplace_assessor *assessor, size_t case_index,
                                                    size_t *count);
SURPLACE_API surplace_status surplace_verdict_get(surplace_assessor *assessor, size_t case_index,
                                                  size_t index, surplace_verdict *verdict);
/* The state of a criterion by its address, "kim.refugee" or "kim.in_danger_in(PRK)", or by its name where only one
 * subject has it, "person.refugee". MISUSE if the case has no such criterion. */
SURPLACE_API surplace_status surplace_verdict_find(surplace_assessor *assessor, size_t case_index,
                                                   const char *criterion, surplace_state *state);
/* The case's own name: its title, or its file and number. */
SURPLACE_API const char *surplace_case_name(surplace_assessor *assessor, size_t case_index);

#ifdef __cplusplus
}
#endif
#endif
