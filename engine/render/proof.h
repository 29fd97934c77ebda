/* A proof: everything that the verdicts of a case follow from, and every step, so that another program can follow them
 * again. JSON, one object a line:
 *
 *     {"surplace": "proof/1", "case": ..., "reading": ..., "presumptions": true}
 *     {"enum": ...}  {"parameter": ...}  {"entity": ...}      what can be said, and the values this reading has set
 *     {"rule": ..., "concludes": ..., "condition": {...}}     every rule in force
 *     {"row": ..., "of": ..., "owner": ..., "facts": {...}}   every entry and what is stated of it
 *     {"at": ADDRESS, "state": ..., "presumed": true}         the steps, by the addresses of explain/address.h
 *     {"end": STEPS}
 *
 * Of a part that holds or fails the children stand that it rests on: those left out may count as open, since to know
 * more would not unsay it. Of any other part all children stand. A criterion's own steps stand once. */
#ifndef SP_RENDER_PROOF_H
#define SP_RENDER_PROOF_H

#include "render/verdict.h"

/* Appends the proof of one case. Failure (memory) is in w->failed or b->failed. */
void sp_proof_write(sp_verdict_writer *w, uint32_t case_index, sp_buf *b);

#endif
