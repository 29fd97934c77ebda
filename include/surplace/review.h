/* Checking the reasoning of drafts in prose: where a text reasons as the law does not. */
#ifndef SURPLACE_REVIEW_H
#define SURPLACE_REVIEW_H

#include "surplace/render.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Reads drafts by the claims of a rule base; of one thread. Borrows its law and diagnostics. */
typedef struct surplace_reviewer surplace_reviewer;

typedef enum surplace_draft_format {
    SURPLACE_DRAFT_BY_NAME, /* plain text if the name ends in .txt, else Markdown */
    SURPLACE_DRAFT_MARKDOWN,
    SURPLACE_DRAFT_TEXT
} surplace_draft_format;

typedef struct surplace_review_summary {
    size_t drafts;                /* that were read */
    size_t faulty;                /* that could not be */
    size_t sentences, recognised; /* recognised: in which some claim was */
    size_t errors, warnings, notes;
    size_t allowed;   /* findings that their author silences, counted nowhere else */
    size_t undecided; /* drafts with sentences that took too much work to read */
} surplace_review_summary;

typedef enum surplace_review_output {
    SURPLACE_REVIEW_TEXT,
    SURPLACE_REVIEW_JSON,
    SURPLACE_REVIEW_SARIF,   /* 2.1.0 */
    SURPLACE_REVIEW_MARKDOWN /* a copy of one draft, with a footnote for each finding */
} surplace_review_output;

/* OK; INVALID or LIMIT (the claims are faulty; diagnosed); NO_MEMORY. */
SURPLACE_API surplace_status surplace_reviewer_new(const surplace_law *law,
                                                   surplace_diagnostics *diagnostics,
                                                   surplace_reviewer **reviewer);
SURPLACE_API void surplace_reviewer_free(surplace_reviewer *reviewer);

/* Checks a draft, or all *.md, *.markdown and *.txt files below a folder, in the order of their names. May be called
 * again for more. OK; INVALID, IO and LIMIT (diagnosed; what could be read was checked); NO_MEMORY. */
SURPLACE_API surplace_status surplace_review_path(surplace_reviewer *reviewer, const char *path,
                                                  surplace_draft_format format);
/* The same for a stream, which diagnostics call `name`. */
SURPLACE_API surplace_status surplace_review_stream(surplace_reviewer *reviewer, const char *name,
                                                    surplace_draft_format format, surplace_read_fn read,
                                                    void *context);

SURPLACE_API void surplace_reviewer_summary(const surplace_reviewer *reviewer,
                                            surplace_review_summary *summary);

/* The findings of all drafts read so far. `sentences`: also how each sentence was read (text and JSON). OK, IO,
 * NO_MEMORY; MISUSE if Markdown is asked of more than one draft. */
SURPLACE_API surplace_status surplace_render_review(surplace_reviewer *reviewer,
                                                    surplace_review_output output,
                                                    const surplace_style *style, bool sentences,
                                                    surplace_write_fn write, void *context);

/* Holds the claims of a rule base to their own examples. *checked is how many examples there are; each that is not
 * read as it says is diagnosed. OK, INVALID, LIMIT, NO_MEMORY. */
SURPLACE_API surplace_status surplace_claims_check(const surplace_law *law,
                                                   surplace_diagnostics *diagnostics, size_t *checked);

#ifdef __cplusplus
}
#endif
#endif
