/* Where each passage stands in a source text. */
#ifndef SP_RENDER_CITATIONS_H
#define SP_RENDER_CITATIONS_H

#include "cite/cite.h"
#include "model/rules.h"
#include "render/out.h"

/* Append the report on all passages of the rule base, in the order of their ids; the number of those not found. */
size_t sp_citations_text(const sp_rulebase *base, const sp_input *source, const sp_cited *found,
                         const sp_style *style, sp_buf *b);
size_t sp_citations_json(const sp_rulebase *base, const sp_input *source, const sp_cited *found, sp_buf *b);

#endif
