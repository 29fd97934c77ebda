/* Nodes that lead back to themselves: the least fixpoint of what must hold and of what may hold. */
#ifndef SP_EVAL_LOOP_H
#define SP_EVAL_LOOP_H

#include "eval/planes.h"

/* Evaluates a recursive step; sets run->failed if memory ran out. */
void sp_loop_eval(sp_run *run, const sp_net_step *step);

#endif
