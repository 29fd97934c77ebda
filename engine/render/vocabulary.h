/* The vocabulary as a page: entities with their facts and criteria, for each criterion the rules in force, readings and
 * parameters, authorities and passages. */
#ifndef SP_RENDER_VOCABULARY_H
#define SP_RENDER_VOCABULARY_H

#include "render/out.h"
#include "render/selection.h"

void sp_vocabulary_text(const sp_selection *s, const sp_style *style, sp_buf *b);
void sp_vocabulary_markdown(const sp_selection *s, sp_buf *b);
void sp_vocabulary_json(const sp_selection *s, sp_buf *b);

#endif
