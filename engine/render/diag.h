/* Diagnostics as a compiler prints them. */
#ifndef SP_RENDER_DIAG_H
#define SP_RENDER_DIAG_H

#include "render/out.h"
#include "text/diag.h"

/* Appends all diagnostics, sorted: file:line:column: error: message [word], the source line and an underline (of a
 * case file: the key), the second place and the hint. */
void sp_render_diags(sp_diags *diags, const sp_style *style, sp_buf *b);

#endif
