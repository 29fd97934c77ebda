/* A case as a case file: what it states itself, in an order of its own. */
#ifndef SP_RENDER_CASE_YAML_H
#define SP_RENDER_CASE_YAML_H

#include "model/facts.h"

/* Appends a document: the header, the title, the facts that the case states and the entries it has. What it takes from
 * the world is left out; read again under the same rule base it comes to the same. */
void sp_case_yaml(const sp_facts *facts, uint32_t case_index, sp_str title, sp_buf *b);
/* A text as a YAML scalar that is read as this very text. */
void sp_yaml_text_add(sp_buf *b, sp_str text);

#endif
