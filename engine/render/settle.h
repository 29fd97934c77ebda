/* What would settle a verdict, for a reader and for a program. */
#ifndef SP_RENDER_SETTLE_H
#define SP_RENDER_SETTLE_H

#include "explain/settle.h"
#include "render/out.h"

void sp_settle_text(const sp_settlement *s, const sp_style *style, sp_buf *b);
void sp_settle_json(const sp_settlement *s, const sp_style *style, sp_buf *b); /* one line, no line break */

/* "kim.in_danger_in(PRK)" for rows of the case. */
void sp_settle_address_add(sp_buf *b, const sp_settlement *s);

#endif
