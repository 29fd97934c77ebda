/* What turns a case, for a reader and for a program; and as pairs of cases that differ in one fact. */
#ifndef SP_RENDER_VARY_H
#define SP_RENDER_VARY_H

#include "explain/vary.h"
#include "render/out.h"

void sp_vary_text(const sp_variations *v, const sp_style *style, sp_buf *b);
void sp_vary_json(const sp_variations *v, const sp_style *style, sp_buf *b); /* one line, no line break */

/* "yes", "without torture", "not stated": how a fact would be otherwise. */
void sp_variation_add(sp_buf *b, const sp_variations *v, const sp_variation *variation,
                      const sp_style *style);
/* "kim.refugee": a result's address. */
void sp_vary_address_add(sp_buf *b, const sp_variations *v, uint32_t result);
/* A case file of a variation (SP_NONE: the case as it is), which expects what then becomes of the verdicts that are looked
 * at and of which some variation is told. Uses the lanes of v->what. */
void sp_vary_case(sp_variations *v, uint32_t variation, sp_buf *b);

#endif
