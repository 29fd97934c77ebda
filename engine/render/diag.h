/* Diagnostics as a compiler prints them. */
#ifndef SP_RENDER_DIAG_H
#define SP_RENDER_DIAG_H

#include "render/out.h"
#include "text/diag.h"

/* What is said of a place: a diagnostic, or a finding in rules. */
typedef struct sp_remark {
    sp_severity severity;
    const char *word; /* printed in brackets behind the message */
    sp_place place;
    sp_str message;
    sp_place second_place;
    sp_str second_message; /* empty: there is no second place */
    sp_str hint;           /* or empty */
    sp_str key;            /* of a confidential input: shown in place of the source line */
} sp_remark;

void sp_remark_add(sp_buf *b, const sp_remark *remark, const sp_style *style);

/* Appends all diagnostics, sorted: file:line:column: error: message [word], the source line and an underline (of a
 * case file: the key), the second place and the hint. */
void sp_render_diags(sp_diags *diags, const sp_style *style, sp_buf *b);

#endif
