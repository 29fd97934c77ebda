/* A case file being drawn up: entries and what is stated of them, as text at the end. */
#ifndef SP_LINT_SKETCH_H
#define SP_LINT_SKETCH_H

#include "model/rules.h"

typedef struct sp_sketch_row {
    uint32_t entity, owner; /* owner SP_NONE: of a collection */
    sp_str id;
    bool printed; /* in a place of its own; else only named */
} sp_sketch_row;

/* A list has its members one after another; the first entry of an empty one has no text. */
typedef struct sp_sketch_value {
    uint32_t row, fact;
    sp_str text;
} sp_sketch_value;

typedef struct sp_sketch {
    const sp_rulebase *base;
    sp_arena arena;
    SP_VEC(sp_sketch_row) rows; /* row 0 is the case */
    SP_VEC(sp_sketch_value) values;
    bool stuck;  /* what was asked for cannot be drawn, or contradicts what is there */
    bool failed; /* memory ran out */
} sp_sketch;

/* False if memory ran out. */
bool sp_sketch_begin(sp_sketch *sketch, const sp_rulebase *base);
void sp_sketch_free(sp_sketch *sketch);

/* A new entry, and where it is owned one that owns it (SP_NONE: a new one as well). */
uint32_t sp_sketch_add(sp_sketch *sketch, uint32_t entity, uint32_t owner);
/* The entry with this id, made if there is none. */
uint32_t sp_sketch_named(sp_sketch *sketch, uint32_t entity, sp_str id);
/* Some entry of an entity with a collection, made if there is none. */
uint32_t sp_sketch_any(sp_sketch *sketch, uint32_t entity);
/* Where a fact leads to: the entry that it refers to, made if it says nothing yet. */
uint32_t sp_sketch_follow(sp_sketch *sketch, uint32_t row, uint32_t fact);
/* States a fact; of a list, one more member, or with no text that it has no other. */
void sp_sketch_state(sp_sketch *sketch, uint32_t row, uint32_t fact, sp_str text);
/* What a fact says so far, or NULL. */
const sp_sketch_value *sp_sketch_value_of(const sp_sketch *sketch, uint32_t row, uint32_t fact);

/* "person1/harm1": how expectations call an entry. */
void sp_sketch_address_add(sp_buf *b, const sp_sketch *sketch, uint32_t row);
/* The case file but its title and expectations. */
void sp_sketch_text_add(sp_buf *b, const sp_sketch *sketch);

#endif
