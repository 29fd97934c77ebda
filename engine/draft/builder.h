/* Builds the blocks of a prose; shared by the readers of Markdown and plain text. */
#ifndef SP_DRAFT_BUILDER_H
#define SP_DRAFT_BUILDER_H

#include "draft/prose.h"

typedef struct sp_prose_builder {
    sp_prose *prose;
    sp_buf text; /* of the open block */
    SP_VEC(sp_piece) pieces;
    SP_VEC(sp_span) marked; /* set as code */
    uint32_t heading, lead;
    uint32_t break_at;     /* the source offset of a line break that is still to be written, or SP_NONE */
    bool open, join_words; /* join_words: a hyphen at the end of a line may have split a word */
    uint8_t kind;
    bool quotation;
    bool failed;
} sp_prose_builder;

void sp_prose_builder_free(sp_prose_builder *b);
/* Opens a block if none is open. */
void sp_prose_open(sp_prose_builder *b, sp_block_kind kind, bool quotation);
/* Text of the source as it stands, folded. */
void sp_prose_add(sp_prose_builder *b, size_t source, size_t length);
/* Text that stands for other bytes of the source. */
void sp_prose_add_other(sp_prose_builder *b, sp_str text, size_t source, size_t source_length);
/* A line break within a block. */
void sp_prose_break(sp_prose_builder *b, size_t source);
/* Closes the open block, if any: its index, or SP_NONE where there was nothing in it. */
uint32_t sp_prose_close(sp_prose_builder *b);

/* The readers proper: the source from `start` on. False if memory ran out. */
bool sp_markdown_read(sp_prose_builder *b, size_t start);
bool sp_plain_read(sp_prose_builder *b, size_t start);

#endif
