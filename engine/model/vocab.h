/* The vocabulary: which entities there are, the facts each has, and the criteria that rules decide about them. */
#ifndef SP_MODEL_VOCAB_H
#define SP_MODEL_VOCAB_H

#include "base/intern.h"
#include "base/vec.h"
#include "model/value.h"
#include "text/diag.h"

typedef SP_VEC(sp_str) sp_strs;

/* A list of citations or ids with their places, in an arena. */
typedef struct sp_names {
    const sp_str *items;
    const sp_place *places;
    size_t count;
} sp_names;

typedef struct sp_enum_value {
    sp_str name, title;
} sp_enum_value;

typedef struct sp_enum {
    sp_str name, title;
    bool ordered;
    sp_enum_value *values; /* ordered: from the lowest */
    uint32_t count;
    sp_place place;
} sp_enum;

/* What resolves silence on a yes_no fact or a criterion. */
typedef struct sp_presumption {
    sp_state if_open; /* SP_OPEN: none */
    sp_str burden;
    sp_names authority;
} sp_presumption;

typedef enum sp_fact_role {
    SP_FACT_STATED,    /* the case file states it */
    SP_FACT_OWNER,     /* of an owned entity: its owner */
    SP_FACT_BASE,      /* of a facet: its base */
    SP_FACT_CASE,      /* of any entity: the case */
    SP_FACT_COLLECTION /* of the case: all rows of an entity with a collection */
} sp_fact_role;

typedef struct sp_fact {
    sp_str name, title, ask, note;
    sp_type type;
    sp_fact_role role;
    uint32_t entity;
    uint32_t column; /* SP_FACT_STATED: its column in the entity's table */
    bool judgment, private_;
    bool dated; /* the world says when some of its values were found */
    sp_presumption presumption;
    sp_place place;
} sp_fact;

typedef struct sp_criterion {
    sp_str name, title, holds, fails, note;
    uint32_t entity;
    uint32_t with;    /* the second entity, or SP_NONE */
    sp_str with_name; /* the second variable */
    bool headline;
    sp_presumption presumption;
    sp_place place;
} sp_criterion;

typedef enum sp_member_kind { SP_MEMBER_FACT, SP_MEMBER_CRITERION } sp_member_kind;

/* A fact or criterion of an entity, found by name. */
typedef struct sp_member {
    uint32_t index; /* in vocab->facts or vocab->criteria */
    uint8_t kind;
} sp_member;

typedef struct sp_entity {
    sp_str name, title, note;
    sp_str collection;   /* empty: owned, or the case */
    bool explanation;    /* kind: explanation */
    uint32_t facet_of;   /* base entity, or SP_NONE */
    uint32_t owner;      /* owned: the owner entity, or SP_NONE */
    uint32_t owner_fact; /* owned: the list fact that holds it */
    uint32_t label;      /* the text fact that names a row, or SP_NONE */
    uint32_t key;        /* the fact that names an owned row, or SP_NONE */
    sp_intern names;     /* member names; number -> members */
    SP_VEC(sp_member) members;
    SP_VEC(uint32_t) columns; /* column -> fact index */
    sp_place place;
} sp_entity;

typedef struct sp_parameter {
    sp_str name, title, note;
    sp_type type;   /* enum, yes_no or number */
    sp_value value; /* the default */
    bool has_default;
    sp_place place;
} sp_parameter;

/* Entity 0 is the case. `reading` is not an entity: parameters stand apart. */
#define SP_CASE_ENTITY 0u

typedef struct sp_vocab {
    sp_arena arena;
    SP_VEC(sp_enum) enums;
    SP_VEC(sp_entity) entities;
    SP_VEC(sp_fact) facts;
    SP_VEC(sp_criterion) criteria;
    SP_VEC(sp_parameter) parameters;
    sp_intern enum_names, entity_names, parameter_names, collection_names;
    SP_VEC(uint32_t) collection_entities; /* collection name's number -> entity */
    /* 1 + the fact, 0: none: the date of which the case is decided, and the later date until which sources were seen */
    uint32_t day_of_case, sources_until;
} sp_vocab;

void sp_vocab_free(sp_vocab *vocab);
/* Finds a fact or criterion of an entity by name; false if there is none. */
bool sp_vocab_member(const sp_vocab *vocab, uint32_t entity, sp_str name, sp_member *member);
/* The same for what is printed under the address of an entity: its own members, then those of its facets, which share
 * its rows. Leaves in `entity` the one that has it. */
bool sp_vocab_member_or_facet(const sp_vocab *vocab, uint32_t *entity, sp_str name, sp_member *member);
/* The nearest member name of an entity for a diagnostic, or the empty text. */
sp_str sp_vocab_nearest(const sp_vocab *vocab, uint32_t entity, sp_str name, sp_diags *diags);
/* The number of an enum's value by name, or SP_NONE. */
uint32_t sp_enum_find(const sp_enum *e, sp_str name);
/* "yes_no", "list of harm" ... */
void sp_type_add(sp_buf *b, const sp_vocab *vocab, sp_type type);
bool sp_type_same(sp_type a, sp_type b);
/* The readable title of a fact: its title, else its name with blanks. */
void sp_fact_title_add(sp_buf *b, const sp_fact *fact);
/* Lower-case letters, digits and underscores, starting with a letter. */
bool sp_name_valid(sp_str name);

#endif
