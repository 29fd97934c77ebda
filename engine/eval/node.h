/* The value of one node over rows of its frame, from the values of its inputs or from the facts. */
#ifndef SP_EVAL_NODE_H
#define SP_EVAL_NODE_H

#include "eval/planes.h"

/* The rows there are among the 64 of a word. */
static inline uint64_t sp_rows_of_word(const sp_frame_rows *frame, uint32_t word)
{
    return word + 1 < frame->words || frame->rows % 64 == 0 ? ~(uint64_t)0
                                                            : ((uint64_t)1 << (frame->rows % 64)) - 1;
}

static inline uint32_t sp_node_words(const sp_run *run, uint32_t node)
{
    return run->rows.frames[run->net->nodes.items[node].frame].words;
}

/* Evaluates the words from `word` to before `end_word`. */
void sp_node_eval(sp_run *run, uint32_t node, uint32_t word, uint32_t end_word);

#endif
