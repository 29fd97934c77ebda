/* Rules as they were read: trees of conditions with their citations, passages, authorities, readings.
 * Names are resolved; nothing here is compiled (net/network.h is). */
#ifndef SP_MODEL_RULES_H
#define SP_MODEL_RULES_H

#include "model/facts.h"
#include "model/vocab.h"
#include "text/pattern.h"

typedef struct sp_operand sp_operand;

/* One link of a chain: a fact of the entity reached so far, or (last link only) a criterion. */
typedef struct sp_step {
    sp_member member;
    const sp_operand *argument; /* of a criterion on a pair, else NULL */
} sp_step;

typedef enum sp_operand_kind { SP_OPERAND_PATH, SP_OPERAND_LITERAL, SP_OPERAND_PARAMETER } sp_operand_kind;

struct sp_operand {
    uint8_t kind;
    sp_type type;      /* what the operand is */
    uint32_t variable; /* path: level in the scope, 0 is the case */
    sp_step *steps;    /* path */
    uint32_t step_count;
    uint32_t parameter; /* parameter: its index */
    sp_value value;     /* literal of number, date, enum, yes_no */
    sp_str text;        /* as written; literal of a text or a reference: the text or id */
};

typedef enum sp_cond_kind {
    SP_COND_LEAF,
    SP_COND_ALL,
    SP_COND_ANY,
    SP_COND_NONE,
    SP_COND_AT_LEAST,
    SP_COND_SOME,
    SP_COND_EVERY
} sp_cond_kind;

typedef struct sp_cond sp_cond;

struct sp_cond {
    uint8_t kind;
    sp_str id, title, note;
    sp_names authority, passages;
    sp_place place;

    sp_cond **parts; /* all, any, none, at_least */
    uint32_t part_count;
    uint32_t n; /* at_least */

    sp_str variable;     /* some, every: the new variable ... */
    uint32_t level;      /* ... its level in the scope ... */
    sp_type member_type; /* ... and what it is */
    sp_operand list;
    sp_cond *where; /* or NULL */
    sp_cond *body;
    sp_state if_empty; /* every ... */
    bool empty_said;   /* ... and whether the rule says so itself */

    sp_str text;  /* leaf: as written */
    uint8_t op;   /* sp_op */
    bool negated; /* is not, is no */
    bool counts;  /* count of: left is the list */
    sp_operand left;
    sp_operand *right; /* values: one, or those of `is one of` */
    uint32_t right_count;
    sp_pattern *pattern; /* matches */

    sp_cond **unless; /* what defeats the node */
    uint32_t unless_count;

    uint32_t number; /* among all conditions of the rule base: indexes tables beside the rules */
};

typedef enum sp_essay_support {
    SP_SUPPORT_UNSAID,
    SP_SUPPORT_DIRECT,
    SP_SUPPORT_PARTIAL,
    SP_SUPPORT_INFERRED,
    SP_SUPPORT_NONE
} sp_essay_support;

typedef struct sp_rule {
    sp_str id, title, note;
    uint32_t criterion; /* SP_NONE: of a mutant (explain/mutate.h), which has taken it out of force */
    sp_names authority, passages;
    uint8_t support;
    sp_cond *condition; /* `requires`, with the rule's `unless` as its own */
    uint32_t reading;   /* the reading that brought it, or SP_NONE: the rule base itself */
    bool replaces;      /* of a reading: replaces the base's rule of this id */
    sp_place place;
} sp_rule;

typedef struct sp_authority {
    sp_str cite, title, kind, note;
    bool confirmed;
    sp_place place;
} sp_authority;

typedef struct sp_source {
    sp_str id, title, author, published, year, note;
} sp_source;

typedef enum sp_passage_kind {
    SP_PASSAGE_LEGAL,
    SP_PASSAGE_FACTUAL,
    SP_PASSAGE_EXPLANATION,
    SP_PASSAGE_THEORY
} sp_passage_kind;

typedef struct sp_passage {
    sp_str id, quote, page, note;
    uint8_t kind;
    uint32_t source;
    sp_place place;
} sp_passage;

typedef struct sp_setting {
    uint32_t parameter;
    sp_value value;
    sp_str held_by, note;
    sp_names authority;
    sp_place place;
} sp_setting;

/* A reading's own word on what silence means for one fact or criterion. */
typedef struct sp_reading_presumption {
    sp_member of;
    sp_presumption presumption; /* SP_OPEN: silence resolves nothing */
    sp_str held_by, note;
    sp_place place;
} sp_reading_presumption;

typedef struct sp_reading {
    const char *id_text; /* the id, NUL-terminated */
    sp_str id, title, note, from, until;
    sp_str extends; /* id, or empty */
    sp_place extends_place;
    uint32_t base; /* resolved `extends`, or SP_NONE */
    bool is_default;
    SP_VEC(sp_setting) settings;
    SP_VEC(sp_reading_presumption) presumptions;
    sp_names drop;
    SP_VEC(uint32_t) replace, add; /* rules */
    sp_place place;
} sp_reading;

/* A finding of the rules' own check that whoever wrote the rules accepts, with the reason. */
typedef struct sp_accepted {
    sp_str code, reason;
    sp_place place; /* of the code */
    sp_place of;    /* the place of what it is said of: a rule, node, fact, passage ... */
} sp_accepted;

typedef struct sp_rulebase {
    sp_arena arena;
    sp_vocab vocab;
    SP_VEC(sp_authority) authorities;
    SP_VEC(sp_source) sources;
    SP_VEC(sp_passage) passages;   /* sorted by id */
    SP_VEC(sp_rule) rules;         /* sorted by id, those of the rule base before those of readings */
    SP_VEC(sp_reading) readings;   /* sorted by id */
    SP_VEC(sp_pattern *) patterns; /* owned */
    sp_facts world;
    SP_VEC(sp_accepted) accepted;
    uint32_t cond_count;
} sp_rulebase;

void sp_reading_free(sp_reading *reading);
void sp_rulebase_free(sp_rulebase *base);
/* Index of a passage, reading or rule of the base itself by id, or SP_NONE. */
uint32_t sp_rulebase_passage(const sp_rulebase *base, sp_str id);
uint32_t sp_rulebase_reading(const sp_rulebase *base, sp_str id);
uint32_t sp_rulebase_default_reading(const sp_rulebase *base);
/* The declared authority that a citation begins with, or NULL. */
const sp_authority *sp_rulebase_authority(const sp_rulebase *base, sp_str citation);

#endif
