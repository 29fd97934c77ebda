/* Reads a draft into prose, from Markdown or plain text. */
#ifndef SP_DRAFT_PROSE_READ_H
#define SP_DRAFT_PROSE_READ_H

#include "draft/prose.h"

typedef enum sp_draft_format { SP_DRAFT_MARKDOWN, SP_DRAFT_PLAIN } sp_draft_format;

/* Reads a kept input, which must outlive the prose. OK; INVALID (not text in UTF-8) or LIMIT, diagnosed; NO_MEMORY.
 * The prose must be freed whatever comes of it. */
surplace_status sp_prose_read(sp_prose *prose, const sp_input *input, sp_draft_format format,
                              sp_diags *diags);

#endif
