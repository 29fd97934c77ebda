/* A draft as prose: blocks of plain text without markup, every byte of which knows where in the file it stands, and
 * the sentences of each. Quotation marks, dashes and blanks are folded to ASCII, so that patterns need know one of each. */
#ifndef SP_DRAFT_PROSE_H
#define SP_DRAFT_PROSE_H

#include "base/intern.h"
#include "base/vec.h"
#include "text/diag.h"
#include "text/pattern.h"

typedef enum sp_block_kind {
    SP_BLOCK_PARAGRAPH,
    SP_BLOCK_HEADING,
    SP_BLOCK_ITEM, /* of a list */
    SP_BLOCK_CELL, /* of a table */
    SP_BLOCK_ABOUT /* what stands before the draft itself: title, author; read for who speaks */
} sp_block_kind;

/* From `at` in the block's text up to the next piece: the same bytes as in the source, if there are as many, else all
 * of them stand for all of those. */
typedef struct sp_piece {
    uint32_t at, source, source_len;
} sp_piece;

typedef struct sp_block {
    uint8_t kind;
    bool quotation; /* within a block quotation */
    sp_str text;
    const sp_piece *pieces;
    uint32_t piece_count;
    const sp_span *quotes; /* stretches within quotation marks or set as code */
    uint32_t quote_count;
    uint32_t heading; /* the block of the heading that it stands under, or SP_NONE */
    uint32_t lead;    /* item: the block that introduces its list; cell: its column's head; or SP_NONE */
    uint32_t first_sentence, sentence_count;
} sp_block;

typedef struct sp_sentence {
    uint32_t block, start, end; /* in the block's text */
} sp_sentence;

/* An HTML comment: its bytes in the source, without the marks around it. */
typedef struct sp_comment {
    uint32_t source, len;
    bool closed;
} sp_comment;

typedef struct sp_prose {
    const sp_input *input;
    sp_arena arena;
    SP_VEC(sp_block) blocks;
    SP_VEC(sp_sentence) sentences;
    SP_VEC(sp_comment) comments;
    SP_VEC(uint32_t) lines; /* offset in the source where each line starts */
} sp_prose;

void sp_prose_free(sp_prose *prose); /* what it has, not the prose */

/* The bytes of the source that a stretch of a block's text stands for. */
sp_span sp_prose_source(const sp_block *block, size_t start, size_t end);
/* Their place: of several lines, what stands on the first. */
sp_place sp_prose_place(const sp_prose *prose, sp_span source);
static inline sp_str sp_prose_text(const sp_prose *prose, const sp_sentence *sentence)
{
    const sp_block *block = &prose->blocks.items[sentence->block];
    return (sp_str){block->text.ptr + sentence->start, sentence->end - sentence->start};
}

#endif
