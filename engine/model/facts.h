/* What cases assert: one table of cells per entity type. A batch holds the rows of up to 64 cases, those of
 * one case side by side. The world's facts are a batch of one pseudo-case. */
#ifndef SP_MODEL_FACTS_H
#define SP_MODEL_FACTS_H

#include "model/vocab.h"

#define SP_BATCH_CASES 64u

typedef enum sp_cell_status {
    SP_CELL_UNSTATED = 0,
    SP_CELL_UNKNOWN, /* stated openly that nobody knows */
    SP_CELL_STATED,
    SP_CELL_SEVERAL /* assertions that differ: value.start, value.count in `alternatives` */
} sp_cell_status;

typedef enum sp_origin { SP_FROM_CASE, SP_FROM_WORLD, SP_FROM_SET } sp_origin;

typedef struct sp_cell {
    sp_value value;
    uint32_t line;           /* in the case file or world file */
    unsigned status : 2;     /* sp_cell_status */
    unsigned origin : 2;     /* sp_origin; text and sources of the world's cells stand in the world */
    unsigned incomplete : 1; /* list: says that it is not complete */
    unsigned source : 27;    /* 1 + index in `sources`; 0: nobody named */
} sp_cell;

/* Who asserts a value, and where it can be seen: spans of the facts' text. A world fact that was found only after the day
 * of the case is unstated there, but keeps its origin and its source. */
typedef struct sp_assertion {
    sp_value by, see; /* start, count; count 0: not said */
    sp_date found;    /* when the world's source found it; from 0: not said */
} sp_assertion;

typedef struct sp_table {
    sp_cell *cells;    /* rows x columns */
    uint32_t *owner;   /* owned entities: the owner's row; facets: the base's row */
    uint32_t *case_of; /* the case (0 .. batch) a row belongs to */
    sp_value *id;      /* the row's id or label within its owner: a span of the text */
    uint32_t rows, cap, columns;
    bool keyed;                         /* rows are found by id */
    uint32_t first[SP_BATCH_CASES + 1]; /* rows of case c: first[c] .. first[c + 1] */
} sp_table;

/* What a case expects of the rules. */
typedef struct sp_expectation {
    uint32_t case_index;
    uint32_t criterion, row, with_row; /* with_row SP_NONE: not a pair */
    sp_state state;
    sp_value reading;                  /* span of the text; count 0: the default reading */
    uint32_t rules_start, rules_count; /* in expected_rules */
    uint32_t line, column;
    sp_value path; /* as written */
} sp_expectation;

typedef struct sp_case_info {
    sp_value title, name; /* name: title, else file and number */
    uint32_t line;
} sp_case_info;

/* A row that was copied from the world into the open case. */
typedef struct sp_world_row {
    uint32_t entity, row;
} sp_world_row;

typedef struct sp_facts {
    const sp_vocab *vocab;
    const struct sp_facts *world; /* NULL for the world itself */
    sp_table *tables;             /* one per entity */
    SP_VEC(sp_cell) alternatives;
    SP_VEC(uint32_t) members; /* enum values or rows of lists */
    SP_VEC(sp_assertion) sources;
    SP_VEC(sp_expectation) expectations;
    SP_VEC(sp_value) expected_rules;
    SP_VEC(sp_world_row) world_rows; /* of the open case, their references not yet followed */
    sp_buf text;
    sp_intern *ids; /* one per entity: ids of the open case (of the world: all) -> row - first[case] */
    struct {
        size_t alternatives, members, sources, expected_rules, text;
    } before; /* lengths when the open case began: what a dropped case added is given back */
    sp_case_info cases[SP_BATCH_CASES];
    uint32_t case_count;
    bool case_open;
    bool failed; /* memory ran out */
} sp_facts;

/* `world` may be NULL. False if memory ran out. */
bool sp_facts_init(sp_facts *facts, const sp_vocab *vocab, const sp_facts *world);
void sp_facts_reset(sp_facts *facts); /* no cases; keeps the memory */
void sp_facts_free(sp_facts *facts);  /* wipes what was stated before releasing it */

/* Opens the next case; its index. The rows added until sp_facts_end_case belong to it. */
uint32_t sp_facts_begin_case(sp_facts *facts);
/* Follows the references of world facts that the open case has not overridden, adding the rows they name, and withholds
 * what had not been found by the day of the case. The case's own facts have been stated by then. */
void sp_facts_complete_world(sp_facts *facts);
/* Closes the case. Call sp_facts_drop_case instead to forget a faulty case. */
void sp_facts_end_case(sp_facts *facts);
void sp_facts_drop_case(sp_facts *facts);

/* A new row of the open case (SP_NONE after failure); `owner` SP_NONE for entities with a collection. */
uint32_t sp_facts_add_row(sp_facts *facts, uint32_t entity, uint32_t owner, sp_str id);
/* The row of the open (or given) case with this id among an entity with a collection, or SP_NONE. */
uint32_t sp_facts_find_row(const sp_facts *facts, uint32_t case_index, uint32_t entity, sp_str id);
/* The same, and when the world knows the id but the case has no row yet, adds it with the world's facts. */
uint32_t sp_facts_refer(sp_facts *facts, uint32_t entity, sp_str id);

sp_cell *sp_facts_cell(const sp_facts *facts, uint32_t entity, uint32_t row, uint32_t column);
sp_value sp_facts_add_text(sp_facts *facts, sp_str text);
sp_str sp_facts_span(const sp_facts *facts, sp_value span);
/* The text of a text cell, wherever it came from. */
sp_str sp_facts_text(const sp_facts *facts, const sp_cell *cell);
/* The assertions of a cell: itself, or its alternatives; *count is 0 if nothing is asserted. */
const sp_cell *sp_facts_assertions(const sp_facts *facts, const sp_cell *cell, uint32_t *count);
/* The members of a stated list. */
const uint32_t *sp_facts_members(const sp_facts *facts, const sp_cell *cell);
/* Who asserts the cell; both empty if nobody is named. */
void sp_facts_source(const sp_facts *facts, const sp_cell *cell, sp_str *by, sp_str *see);
/* When the source of a world fact found it; false if that is not said. */
bool sp_facts_found(const sp_facts *facts, const sp_cell *cell, sp_date *found);
/* Had an assertion of the world been found by the day of the open case, or by that until which it says that sources were
 * seen? True if it has no date, or the vocabulary no such day; false if the case does not say its day. */
bool sp_facts_timely(const sp_facts *facts, const sp_cell *assertion);
/* The cell of a world fact that is withheld. */
sp_cell sp_facts_withheld_cell(const sp_cell *assertion);
bool sp_facts_withheld(const sp_cell *cell);
/* The day of a case, if it states one. */
bool sp_facts_day(const sp_facts *facts, uint32_t case_index, sp_date *day);
sp_str sp_facts_row_id(const sp_facts *facts, uint32_t entity, uint32_t row);
/* Appends "kim", "kim/PRK", "kim/PRK/torture": a row's address. */
void sp_facts_address(const sp_facts *facts, uint32_t entity, uint32_t row, sp_buf *b);
/* The rows of an entity in a case, in canonical order (by id). Valid until rows are added. */
bool sp_facts_sorted_rows(const sp_facts *facts, uint32_t case_index, uint32_t entity, sp_arena *arena,
                          const uint32_t **rows, uint32_t *count);

#endif
