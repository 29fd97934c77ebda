/* The sentences of a block. */
#ifndef SP_DRAFT_SENTENCE_H
#define SP_DRAFT_SENTENCE_H

#include "draft/prose.h"

/* Appends the sentences of a block to the prose. False if memory ran out. */
bool sp_sentences_split(sp_prose *prose, uint32_t block);

#endif
