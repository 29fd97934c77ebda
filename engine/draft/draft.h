/* One draft under review: its prose, what it states, what its author marked, and what was found. */
#ifndef SP_DRAFT_DRAFT_H
#define SP_DRAFT_DRAFT_H

#include "draft/statement.h"

typedef enum sp_mark_kind { SP_MARK_CLAIM, SP_MARK_ALLOW, SP_MARK_MALFORMED } sp_mark_kind;

/* `<!-- surplace: claim PATH STATE -->` or `<!-- surplace: allow CODE because REASON -->`. */
typedef struct sp_mark {
    uint8_t kind;
    sp_str subject,
        rest; /* claim: path, state; allow: code, reason; malformed: what is wrong, and nothing */
    sp_span source;
    uint32_t block;       /* that it stands in or before, or SP_NONE at the end */
    sp_asserted asserted; /* claim */
    bool used;
} sp_mark;

typedef enum sp_finding_kind {
    SP_FINDING_WRONG_TEST,
    SP_FINDING_DOES_NOT_FOLLOW,
    SP_FINDING_OMITTED,
    SP_FINDING_MARK,
    SP_FINDING_UNDECIDED,
    SP_FINDING_KINDS
} sp_finding_kind;

typedef struct sp_finding {
    uint8_t kind, severity;
    sp_str code, message, advice;
    sp_names authority, passages, rules;
    const sp_str *missing; /* does not follow: the elements that no sentence addresses */
    uint32_t missing_count;
    uint32_t sentence; /* or SP_NONE */
    sp_span span;      /* in the text of the sentence's block */
    sp_span source;    /* in the file */
    sp_place place;
    sp_str allowed; /* the reason for which the author silences it; empty: it counts */
} sp_finding;

typedef SP_VEC(sp_finding) sp_findings;

typedef struct sp_draft {
    sp_prose prose;
    sp_statements statements;
    SP_VEC(sp_mark) marks;
    sp_findings findings;
    size_t suppressed; /* past SURPLACE_MAX_FINDINGS */
    uint32_t voice;
    uint32_t undecided; /* matches that reached a limit */
    SP_VEC(uint32_t) doubtful;
    uint32_t read_to; /* sentences before this one were read */
    bool failed;
} sp_draft;

/* Frees what the draft has, not the draft. */
void sp_draft_clear(sp_draft *draft);

/* Reads the author's marks from the comments. */
void sp_marks_read(sp_draft *draft);

/* Does a statement that the draft makes stand in the sentence? */
static inline bool sp_statement_asserted(const sp_statement *s)
{
    return s->stance == SP_STANCE_ASSERTED;
}

#endif
