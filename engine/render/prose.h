/* Rules as sentences, for a lawyer to proof-read: everything that a rule asks, in order, with its exceptions and citations,
 * and nothing that it does not say. */
#ifndef SP_RENDER_PROSE_H
#define SP_RENDER_PROSE_H

#include "render/out.h"
#include "render/selection.h"

/* The selected rules, by criterion. */
void sp_prose_text(const sp_selection *s, const sp_style *style, sp_buf *b);

#endif
