/* The lists of facts in a result's JSON form: what is open, contested, judged or presumed, by address or name.
 *
 * They are sorted: the order in which reasons were found is no part of the result. An address is a row's address and a
 * fact's name. Names are sorted once for the rule base and the rows of a case once for the case; after that, sorting a
 * list compares numbers. */
#ifndef SP_RENDER_JSON_LISTS_H
#define SP_RENDER_JSON_LISTS_H

#include "explain/results.h"

/* A text and what it stands for. */
typedef struct sp_named {
    sp_str text;
    uint32_t what;
} sp_named;

/* An entry of a list, and its place among all that could stand there. */
typedef struct sp_listed {
    uint64_t rank;
    sp_str text; /* in quotes */
} sp_listed;

/* The lists of a set, where they were written. Sets are told apart by where they begin: no two begin at one place. */
typedef struct sp_written {
    size_t set;
    size_t at, len; /* in the buffer of the case; no length: nothing is remembered */
} sp_written;

#define SP_WRITTEN_SLOTS 256u

typedef struct sp_json_lists {
    sp_arena arena;        /* what holds for the rule base */
    sp_str *names;         /* of criteria, then of facts: "person.refugee" in quotes ... */
    uint32_t *name_ranks;  /* ... and the places of these, sorted */
    uint32_t *fact_ranks;  /* by fact: the place of its name alone */
    size_t *rows_at;       /* by entity: where its rows start in `row_ranks` */
    SP_VEC(sp_named) rows; /* of the case at hand: their addresses, sorted */
    SP_VEC(uint32_t) row_ranks;
    SP_VEC(sp_str) texts;      /* by number in the supporter's `noted`: its address in quotes, or empty */
    SP_VEC(uint32_t) texted;   /* those that have one */
    SP_VEC(sp_listed) list[5]; /* of the result at hand: presumptions, judgments, open, contested, dated */
    sp_arena *case_arena;
    sp_buf scratch;
    bool failed;
    sp_written written[SP_WRITTEN_SLOTS]; /* by set, the last one that fell there */
} sp_json_lists;

/* Prepares for the results of a case; the arena has to last until they are written. */
void sp_json_lists_begin(sp_json_lists *l, const sp_facts *facts, uint32_t case_index, sp_arena *arena);
/* Appends `[...], "judgments": [...], "open": [...], "contested": [...]`, the first list being the presumptions, and where
 * facts of the rule base decide that say when they were found, `, "dated": [...]`. */
void sp_json_lists_add(sp_json_lists *l, sp_supporter *s, const sp_result *result, sp_buf *b);
void sp_json_lists_free(sp_json_lists *l);

#endif
