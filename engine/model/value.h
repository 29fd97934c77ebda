/* Types and values of facts. */
#ifndef SP_MODEL_VALUE_H
#define SP_MODEL_VALUE_H

#include <stdint.h>

#include "base/str.h"
#include "model/state.h"

typedef enum sp_type_kind {
    SP_YES_NO,
    SP_NUMBER,
    SP_DATE,
    SP_TEXT,
    SP_ENUM,  /* index: of the enum */
    SP_ENTITY /* index: of the entity; a reference, or in a list of an owned entity the owned rows */
} sp_type_kind;

typedef struct sp_type {
    uint8_t kind;
    bool list;
    uint32_t index;
} sp_type;

/* A date as the span of days it may be, each as the number YYYYMMDD. A full date has from == to. */
typedef struct sp_date {
    int32_t from, to;
} sp_date;

/* Reads YYYY, YYYY-MM or YYYY-MM-DD (years 1 to 9999, real days only). */
bool sp_date_parse(sp_str text, sp_date *date);
/* Writes the date with the digits it was given with. */
void sp_date_add(sp_buf *b, sp_date date);
/* "in 2013", "in February 2014", "on 7 February 2014". */
void sp_date_words_add(sp_buf *b, sp_date date);
/* Whole years between two dates, as many as there are at least whatever the missing digits; 0 if `to` may come first. */
int32_t sp_date_years(sp_date from, sp_date to);

/* Reads a decimal number of at most 15 significant digits: -?digits[.digits]. */
bool sp_number_parse(sp_str text, double *number);
void sp_number_add(sp_buf *b, double number);

typedef union sp_value {
    double number;
    sp_date date;
    struct {
        uint32_t index; /* yes_no: 1 or 0; enum: the value; reference: the row */
        uint32_t unused;
    };
    struct {
        uint32_t start, count; /* text: bytes in the facts' text; list: members; several: alternatives */
    };
} sp_value;

/* What a comparison asks. */
typedef enum sp_op {
    SP_OP_TRUTH, /* the subject alone, or `is yes` */
    SP_OP_IS,    /* also `is one of` */
    SP_OP_AT_LEAST,
    SP_OP_AT_MOST,
    SP_OP_ABOVE,
    SP_OP_BELOW,
    SP_OP_BEFORE,
    SP_OP_AFTER,
    SP_OP_ON_OR_BEFORE,
    SP_OP_ON_OR_AFTER,
    SP_OP_INCLUDES,
    SP_OP_MATCHES
} sp_op;

/* Compares two numbers, or two dates of which digits may be missing (then perhaps SP_OPEN). */
sp_state sp_compare_numbers(sp_op op, double a, double b);
sp_state sp_compare_dates(sp_op op, sp_date a, sp_date b);

#endif
