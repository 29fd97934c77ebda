/* The reasons as a numbered outline: a section for each criterion, its elements as numbered lines below, and wherever an
 * element is a criterion of its own a reference to that criterion's section. */
#ifndef SP_RENDER_OUTLINE_H
#define SP_RENDER_OUTLINE_H

#include "render/verdict.h"

/* A criterion that gets a section. */
typedef struct sp_section {
    uint32_t criterion, row;
} sp_section;

/* A report being written. */
typedef struct sp_report {
    sp_verdict_writer *w;
    uint32_t case_index;
    sp_buf *b;
    uint32_t *passage_number; /* by passage: its mark, 0: not cited yet */
    uint32_t passages_cited;
    bool *authority_cited;       /* by authority */
    SP_VEC(sp_section) sections; /* in order of their numbers, from 1 */
    uint32_t *section_of;        /* by criterion and root row: its section's number, 0: none yet */
    size_t *section_at;          /* by criterion: where its rows start in `section_of` */
    sp_buf number;               /* "2.1.3": the line being written */
} sp_report;

/* False if memory ran out. */
bool sp_outline_begin(sp_report *r);
/* Makes sure that a criterion has a section; its number. */
uint32_t sp_outline_ask(sp_report *r, uint32_t criterion, uint32_t row);
/* Writes all sections, and those that they refer to. */
void sp_outline_write(sp_report *r);
void sp_outline_end(sp_report *r);

void sp_report_mark(sp_report *r, sp_state state);
void sp_report_add_names(sp_buf *line, const sp_names *names);
/* Appends " [3]" for each passage, numbering those not cited before. */
void sp_report_add_marks(sp_report *r, sp_buf *line, const sp_names *passages);
void sp_report_note_authorities(sp_report *r, const sp_names *names);

#endif
