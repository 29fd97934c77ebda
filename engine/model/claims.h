/* Claims: what sentences of a draft assert, how they are recognised, and what keeps a match from being an assertion.
 *
 * A concept is a family of words, written {NAME} in patterns. A pattern has parts, all of which must match somewhere in
 * one sentence, or in two that follow one another; each part knows the concepts without which it cannot match, so that
 * most sentences are passed over without a search. */
#ifndef SP_MODEL_CLAIMS_H
#define SP_MODEL_CLAIMS_H

#include "model/rules.h"
#include "text/literals.h"

typedef struct sp_concept {
    sp_str name, source; /* source: as written */
    sp_pattern *pattern; /* its own words and those of the concepts in it */
    sp_clauses words;    /* that any match has */
    bool may_be_empty;   /* matches nothing at all, and so tells nothing */
    sp_place place;
} sp_concept;

/* One search: `concept` alone (pattern NULL), or a pattern. */
typedef struct sp_claim_part {
    sp_pattern *pattern;
    uint32_t concept;
    const uint32_t *needs; /* concepts that stand in any match */
    uint32_t need_count;
    sp_clauses words; /* that stand in any match; of a concept alone, none: it has its own */
    sp_place place;
} sp_claim_part;

typedef struct sp_parts {
    const sp_claim_part *items;
    uint32_t count;
} sp_parts;

typedef struct sp_claim_pattern {
    sp_parts all, none;
    bool two; /* may stand in two sentences, the second of which links to the first */
    sp_place place;
} sp_claim_pattern;

typedef enum sp_claim_kind {
    SP_CLAIM_WRONG_TEST,
    SP_CLAIM_PREMISE,
    SP_CLAIM_CONCLUSION,
    SP_CLAIM_SOUND,
    SP_CLAIM_ADDRESSES,
    SP_CLAIM_KINDS
} sp_claim_kind;

/* What is asserted: a criterion of the case of the draft, or a fact as `PATH=VALUE`. */
typedef struct sp_asserted {
    sp_str path, value;
    sp_str set;         /* fact: PATH=VALUE */
    uint32_t criterion; /* or SP_NONE: a fact */
    uint32_t row, with_row;
    sp_state state;
    sp_place place;
} sp_asserted;

typedef enum sp_stance {
    SP_STANCE_ASSERTED,
    SP_STANCE_DENIED,
    SP_STANCE_ATTRIBUTED,
    SP_STANCE_QUOTED,
    SP_STANCE_ASKED,
    SP_STANCE_SUPPOSED,
    SP_STANCE_REFUTED,
    SP_STANCES
} sp_stance;

typedef enum sp_where {
    SP_WHERE_SENTENCE, /* anywhere in the sentence of the match */
    SP_WHERE_BEFORE,   /* in it, beginning before the match ends */
    SP_WHERE_AFTER,    /* in it, behind the match */
    SP_WHERE_NEXT,     /* in one of the two sentences that follow */
    SP_WHERE_PREVIOUS, /* in the sentence before */
    SP_WHERE_LEAD, /* in what introduces the list, heads the column, or the last sentence of the block before */
    SP_WHERE_HEADING, /* in the heading above */
    SP_WHERES
} sp_where;

/* What keeps a match from being an assertion. */
typedef struct sp_defeater {
    sp_str id, title;
    uint8_t stance, where;
    uint32_t kinds; /* bit by sp_claim_kind */
    sp_parts patterns, except;
    bool yields_to_own; /* does not apply where the draft speaks of itself */
    sp_place place;
} sp_defeater;

/* Whose draft it is, and how it then speaks of itself. */
typedef struct sp_voice {
    sp_str id;
    sp_parts head, not_head; /* in what the draft begins with */
    sp_parts own;
} sp_voice;

typedef struct sp_claim {
    sp_str id, title, message, advice, move;
    uint8_t kind, severity;
    sp_names authority, passages, rules;
    const uint32_t *rule_indices;
    sp_asserted *asserts;
    uint32_t assert_count;
    const uint32_t *criteria; /* addresses: criteria that a text with such a sentence has looked into */
    const sp_str *facts;      /* addresses: facts, as "tie.fears_return" */
    uint32_t criterion_count, fact_count;
    const sp_claim_pattern *patterns;
    uint32_t pattern_count;
    sp_parts except;
    uint64_t ignores;       /* bit by defeater */
    const uint32_t *covers; /* claims that it makes needless to report for the same sentence */
    uint32_t cover_count;
    sp_names covered; /* their ids, as written */
    sp_names match, no_match;
    sp_place place;
} sp_claim;

/* A matter that a draft which decides must have looked into. */
typedef struct sp_omission {
    sp_str id, title, message, advice;
    uint8_t severity;
    sp_names authority, passages;
    const uint32_t *decides, *needs, *unless; /* claims */
    uint32_t decide_count, need_count, unless_count;
    sp_place place;
} sp_omission;

typedef struct sp_claims {
    sp_arena arena;
    const sp_rulebase *base;
    SP_VEC(sp_concept) concepts; /* sorted by name */
    SP_VEC(sp_defeater) defeaters;
    SP_VEC(sp_voice) voices;
    SP_VEC(sp_claim) claims; /* sorted by id */
    SP_VEC(sp_omission) omissions;
    SP_VEC(sp_pattern *) patterns; /* owned */
    sp_literals *literals;         /* of all patterns */
    sp_parts link, own;            /* how a second sentence goes on; how any draft speaks of itself */
    sp_facts facts;                /* the case of the draft before anything is asserted */
    bool has_case;
} sp_claims;

void sp_claims_free(sp_claims *claims);
/* Index of a claim or concept by name, or SP_NONE. */
uint32_t sp_claims_find(const sp_claims *claims, sp_str id);
uint32_t sp_claims_concept(const sp_claims *claims, sp_str name);
/* "wrong_test" ..., "asserted" ... */
const char *sp_claim_kind_word(sp_claim_kind kind);
const char *sp_stance_word(sp_stance stance);

#endif
