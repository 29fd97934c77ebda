/* Data as Markdown (CommonMark and GitHub's), so that nothing in it is taken for markup. */
#ifndef SP_RENDER_MARKDOWN_H
#define SP_RENDER_MARKDOWN_H

#include "base/str.h"

/* Text within a line or at its start; line breaks become blanks, and what must not reach a reader is made safe. */
void sp_markdown_add(sp_buf *b, sp_str text);
/* The same in a code span. */
void sp_markdown_code_add(sp_buf *b, sp_str text);
/* A text as the name of an anchor, valid in an attribute and in a link: letters, digits, '.', '_' and '-' as they are,
 * blanks as '-', all else by its bytes. */
void sp_markdown_anchor_add(sp_buf *b, sp_str text);

#endif
