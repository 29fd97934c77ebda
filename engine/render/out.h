/* Where reports go: text built in memory, wrapped to a width, escaped for its reader, and handed to a sink. */
#ifndef SP_RENDER_OUT_H
#define SP_RENDER_OUT_H

#include "model/facts.h"

/* How a report is to look. */
typedef struct sp_style {
    int width; /* columns; 0: never wrap */
    bool colour;
    bool redact; /* labels, dates and free text of the case are masked */
} sp_style;

typedef enum sp_ink {
    SP_INK_PLAIN,
    SP_INK_BOLD,
    SP_INK_DIM,
    SP_INK_HOLDS,
    SP_INK_FAILS,
    SP_INK_OPEN,
    SP_INK_CONTESTED
} sp_ink;

/* Starts and ends colour (nothing without it). */
void sp_ink_on(sp_buf *b, const sp_style *style, sp_ink ink);
void sp_ink_off(sp_buf *b, const sp_style *style, sp_ink ink);
sp_ink sp_ink_of_state(sp_state state);
/* ✔ ✘ ? ≠ */
const char *sp_mark_of_state(sp_state state);

/* Adds `text` (made safe) as a paragraph: the first line goes on at column `at`, later ones are indented by `indent`. A
 * line break ends it. */
void sp_wrap_add(sp_buf *b, const sp_style *style, size_t at, size_t indent, sp_str text);
void sp_blanks_add(sp_buf *b, size_t count);

/* A JSON string with its quotes; what is unsafe on a terminal escaped, lone bytes as U+FFFD. */
void sp_json_add(sp_buf *b, sp_str text);

/* "yes", "CHN (China)", "2011-02", "economic, family": an assertion as a reader sees it. */
void sp_value_add(sp_buf *b, const sp_facts *facts, uint32_t fact, const sp_cell *cell,
                  const sp_style *style);
/* The same with every assertion and who makes it: "yes (applicant) / no (ministry, answer 14)". */
void sp_stated_add(sp_buf *b, const sp_facts *facts, uint32_t fact, const sp_cell *cell,
                   const sp_style *style);
/* "Ms K. (kim)", "CHN (China)", "kim/PRK": a row for a reader. */
void sp_subject_add(sp_buf *b, const sp_facts *facts, uint32_t entity, uint32_t row, const sp_style *style);
/* "kim.departed": a fact's address. */
void sp_fact_address_add(sp_buf *b, const sp_facts *facts, uint32_t fact, uint32_t row);

#endif
