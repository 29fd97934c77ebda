/* Comparisons as texts, kept beyond the runs that they come from: verdicts side by side, and where they part. */
#ifndef SP_RENDER_COMPARE_LOG_H
#define SP_RENDER_COMPARE_LOG_H

#include "explain/part.h"
#include "explain/results.h"
#include "render/out.h"

/* Stands in for a state where a column has no such verdict. */
#define SP_COMPARE_ABSENT 4u

typedef enum sp_compare_kind { SP_COMPARE_READINGS, SP_COMPARE_CASES, SP_COMPARE_RULES } sp_compare_kind;

/* A reading, a case or a rule base. */
typedef struct sp_compare_column {
    sp_str id, title;
} sp_compare_column;

/* What one side says where two part. */
typedef struct sp_compare_side {
    uint8_t state;                 /* SP_COMPARE_ABSENT: it has nothing there */
    sp_str says, authority, place; /* place: of a rule */
    uint8_t turn_state;
    sp_str turns_on; /* what decides there and the other side has not; may be empty */
} sp_compare_side;

/* What columns say that part from the first at a point. */
typedef struct sp_compare_other {
    sp_compare_side side;
    bool *columns; /* by column */
} sp_compare_other;

typedef struct sp_compare_point {
    const char *kind; /* a stable word: "rule", "parameter" ... */
    sp_str criterion; /* "kim/PRK.well_founded_fear" */
    sp_str what;      /* in words */
    sp_compare_side first;
    SP_VEC(sp_compare_other) others;
} sp_compare_point;

typedef struct sp_compare_row {
    sp_str subject, subject_name; /* "kim", "kim (Ms K.)" */
    sp_str criterion, title;      /* "person.refugee" */
    sp_str with;                  /* of a pair: "PRK", else empty */
    bool headline, differs;
    uint8_t *states;  /* by column */
    uint32_t *points; /* by column: where it parts from the first, from 1; 0: it does not */
} sp_compare_row;

typedef struct sp_compare_case {
    sp_str name, file;
    SP_VEC(sp_compare_row) rows;
    SP_VEC(sp_compare_point) points;
} sp_compare_case;

typedef struct sp_compare_log {
    sp_compare_kind kind;
    sp_compare_column *columns; /* the others are compared with the first */
    size_t column_count;
    sp_style style;
    sp_arena arena;
    SP_VEC(sp_compare_case) cases;
    SP_VEC(sp_str) only[2]; /* criteria that one of two rule bases has alone, sorted */
    bool failed;            /* memory ran out */
} sp_compare_log;

void sp_compare_log_free(sp_compare_log *log);
void sp_compare_log_case(sp_compare_log *log, sp_str name, sp_str file);
/* Adds a row for a verdict that `ex` explains, no states set yet. NULL if memory ran out; valid until the next row. */
sp_compare_row *sp_compare_log_row(sp_compare_log *log, sp_explainer *ex, const sp_result *result);
/* Finds where a column's verdict parts from the first one's and notes it in the last row. */
void sp_compare_log_part(sp_compare_log *log, sp_explainer *first, sp_explainer *other,
                         const sp_why *first_why, const sp_why *other_why, size_t column);

/* Is a row to be shown? If not all are, those that differ; and of readings and cases headlines, which tell what it is
 * about. Where two rule bases are compared only the difference counts. */
static inline bool sp_compare_shows(const sp_compare_log *log, const sp_compare_row *row, bool all)
{
    return all || row->differs || (row->headline && log->kind != SP_COMPARE_RULES);
}
/* "uk, us": the columns of a point's other side. */
void sp_compare_columns_add(const sp_compare_log *log, const sp_compare_other *other, sp_buf *b);

/* "readings", "cases", "rules" */
const char *sp_compare_kind_word(sp_compare_kind kind);
/* Rows that differ. */
size_t sp_compare_differences(const sp_compare_log *log);

/* The reports. `all`: not only headline criteria and rows that differ. */
void sp_compare_text(const sp_compare_log *log, bool all, sp_buf *b);
void sp_compare_markdown(const sp_compare_log *log, bool all, sp_buf *b);
void sp_compare_csv(const sp_compare_log *log, bool all, sp_buf *b);
void sp_compare_json(const sp_compare_log *log, bool all, sp_buf *b);

#endif
