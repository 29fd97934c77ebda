/* Cases drawn from logic: facts that put a criterion into a state. What is drawn is a proposal, since more binds facts than
 * the logic here knows; whoever uses it evaluates it first. */
#ifndef SP_LINT_DRAW_H
#define SP_LINT_DRAW_H

#include "lint/sketch.h"
#include "lint/space.h"
#include "net/network.h"

typedef struct sp_drawing {
    sp_sketch sketch;
    const sp_network *net;
    uint32_t row, with_row; /* what the criterion is about; with_row SP_NONE: not a pair */
    uint32_t depth;         /* of criteria that criteria rest on */
} sp_drawing;

bool sp_drawing_begin(sp_drawing *drawing, const sp_network *net, uint32_t criterion);
void sp_drawing_free(sp_drawing *drawing);

/* Adds facts that make `f` true, a function of the atoms of a space over rules of the criterion. `empty` is a quantifier
 * whose list is to have no member, or SP_NONE. False if that cannot be drawn. */
bool sp_draw(sp_drawing *drawing, sp_space *space, sp_bdd_ref f, uint32_t empty);

#endif
