/* What stands above a report on a case: the case, the reading, and what this is not. */
#ifndef SP_RENDER_HEAD_H
#define SP_RENDER_HEAD_H

#include "net/network.h"
#include "render/out.h"

void sp_head_add(sp_buf *b, const sp_style *style, const sp_facts *facts, uint32_t case_index,
                 const sp_network *net);
/* A heading, after a blank line. */
void sp_heading_add(sp_buf *b, const sp_style *style, const char *text);
/* "surplace": KIND, "case": ..., "reading": ...; without the braces around it. */
void sp_json_head_add(sp_buf *b, const char *kind, const sp_style *style, const sp_facts *facts,
                      uint32_t case_index, const sp_network *net);

#endif
