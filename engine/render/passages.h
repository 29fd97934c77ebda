/* What a report has cited, at its end: passages word for word, and authorities by their full names. */
#ifndef SP_RENDER_PASSAGES_H
#define SP_RENDER_PASSAGES_H

#include "render/outline.h"

void sp_report_passages(sp_report *r);
void sp_report_authorities(sp_report *r);

#endif
