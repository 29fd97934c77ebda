#include "draft/prose.h"

#include "base/utf8.h"

void sp_prose_free(sp_prose *prose)
{
    SP_VEC_FREE(&prose->blocks);
    SP_VEC_FREE(&prose->sentences);
    SP_VEC_FREE(&prose->comments);
    SP_VEC_FREE(&prose->lines);
    sp_arena_free(&prose->arena);
}

static const sp_piece *piece_at(const sp_block *block, size_t at)
{
    size_t low = 0, high = block->piece_count;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (block->pieces[mid].at <= at)
            low = mid;
        else
            high = mid;
    }
    return &block->pieces[low];
}

static size_t written_length(const sp_block *block, const sp_piece *piece)
{
    const sp_piece *next = piece + 1;
    return (next < block->pieces + block->piece_count ? next->at : block->text.len) - piece->at;
}

sp_span sp_prose_source(const sp_block *block, size_t start, size_t end)
{
    if (block->piece_count == 0)
        return (sp_span){0, 0};
    const sp_piece *p = piece_at(block, start), *q = piece_at(block, end > start ? end - 1 : start);
    bool p_same = written_length(block, p) == p->source_len,
         q_same = written_length(block, q) == q->source_len;
    size_t from = p->source + (p_same ? start - p->at : 0);
    size_t to = q_same ? q->source + (end > start ? end - q->at : start - q->at)
                       : q->source + q->source_len;
    return (sp_span){from, to > from ? to : from};
}

static size_t line_end(sp_str text, size_t start)
{
    while (start < text.len && text.ptr[start] != '\n' && text.ptr[start] != '\r')
        start++;
    return start;
}

sp_place sp_prose_place(const sp_prose *prose, sp_span source)
{
    size_t low = 0, high = prose->lines.len;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (prose->lines.items[mid] <= source.start)
            low = mid;
        else
            high = mid;
    }
    if (prose->lines.len == 0)
        return (sp_place){prose->input, 1, 1, 2};
    sp_str text = prose->input->text;
    size_t start = prose->lines.items[low], end = line_end(text, start);
    size_t to = source.end < end ? source.end : end;
    uint32_t column = (uint32_t)sp_utf8_count((sp_str){text.ptr + start, source.start - start}) + 1;
    uint32_t width = to > source.start
                         ? (uint32_t)sp_utf8_count((sp_str){text.ptr + source.start, to - source.start})
                         : 1;
    return (sp_place){prose->input, (uint32_t)low + 1, column, column + width};
}
