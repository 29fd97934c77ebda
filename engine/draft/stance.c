/* Mention is not use: whether a draft makes a claim its own, or reports, denies, asks, supposes or refutes it. */
#include "draft/statement.h"

/* Blocks at the start that may tell who speaks: what stands before the draft, headings, and lines that are no
 * sentences ("Ministry of the Interior, Policy Note 4"). */
#define HEAD_BLOCKS 6u
#define HEAD_LINE 160u

static bool is_head(const sp_block *block)
{
    char last = block->text.len > 0 ? block->text.ptr[block->text.len - 1] : '.';
    return block->kind == SP_BLOCK_ABOUT || block->kind == SP_BLOCK_HEADING ||
           (block->text.len <= HEAD_LINE && last != '.' && last != '?' && last != '!');
}

static sp_span of_sentence(const sp_prose *prose, uint32_t sentence)
{
    return (sp_span){prose->sentences.items[sentence].start, prose->sentences.items[sentence].end};
}

static uint32_t block_of(const sp_prose *prose, uint32_t sentence)
{
    return prose->sentences.items[sentence].block;
}

static bool in_head(sp_statement_reader *r, const sp_parts *parts)
{
    const sp_prose *prose = r->prose;
    uint32_t read = 0;
    for (uint32_t b = 0; b < prose->blocks.len && read < HEAD_BLOCKS; b++) {
        const sp_block *block = &prose->blocks.items[b];
        read += block->kind != SP_BLOCK_ABOUT;
        if (!is_head(block))
            continue;
        for (uint32_t s = 0; s < block->sentence_count && s < 2; s++)
            if (sp_parts_any(r, parts, b, of_sentence(prose, block->first_sentence + s), SP_NONE))
                return true;
    }
    return false;
}

void sp_stance_begin(sp_statement_reader *r)
{
    r->voice = SP_NONE;
    for (uint32_t i = 0; i < r->claims->voices.len && r->voice == SP_NONE; i++) {
        const sp_voice *voice = &r->claims->voices.items[i];
        if (in_head(r, &voice->head) && !in_head(r, &voice->not_head))
            r->voice = i;
    }
}

/* Does the draft speak of itself in this sentence? */
static bool speaks_of_itself(sp_statement_reader *r, uint32_t sentence)
{
    uint32_t block = block_of(r->prose, sentence);
    sp_span span = of_sentence(r->prose, sentence);
    if (sp_parts_any(r, &r->claims->own, block, span, sentence))
        return true;
    return r->voice != SP_NONE &&
           sp_parts_any(r, &r->claims->voices.items[r->voice].own, block, span, sentence);
}

static bool in_quotes(const sp_prose *prose, const sp_statement *s)
{
    const sp_block *block = &prose->blocks.items[block_of(prose, s->first)];
    if (block->quotation)
        return true;
    for (uint32_t i = 0; i < block->quote_count; i++)
        if (block->quotes[i].start <= s->start && s->end <= block->quotes[i].end)
            return true;
    return false;
}

static bool applies_to(sp_statement_reader *r, const sp_defeater *d, uint32_t sentence)
{
    uint32_t block = block_of(r->prose, sentence);
    sp_span span = of_sentence(r->prose, sentence);
    return sp_parts_any(r, &d->patterns, block, span, sentence) &&
           !sp_parts_any(r, &d->except, block, span, sentence);
}

/* In the sentence, where its match begins before `before` and ends behind `after`. */
static bool applies_at(sp_statement_reader *r, const sp_defeater *d, uint32_t sentence, size_t before,
                       size_t after)
{
    uint32_t block = block_of(r->prose, sentence);
    sp_span span = of_sentence(r->prose, sentence), found;
    if (after > span.start)
        span.start = after < span.end ? after : span.end;
    for (uint32_t i = 0; i < d->patterns.count; i++)
        if (sp_part_find(r, &d->patterns.items[i], block, span, SP_NONE, &found) == SP_MATCH_YES &&
            found.start < before && !sp_parts_any(r, &d->except, block, span, SP_NONE))
            return true;
    return false;
}

/* The sentences that follow in the block; behind its last one, the first of the next block under the same heading. */
static bool applies_next(sp_statement_reader *r, const sp_defeater *d, uint32_t sentence)
{
    const sp_prose *prose = r->prose;
    uint32_t block = block_of(prose, sentence);
    for (uint32_t i = sentence + 1; i <= sentence + 2 && i < prose->sentences.len; i++) {
        uint32_t next = block_of(prose, i);
        const sp_block *a = &prose->blocks.items[block], *b = &prose->blocks.items[next];
        if (next != block && (i > sentence + 1 || next != block + 1 || b->kind != SP_BLOCK_PARAGRAPH ||
                              a->heading != b->heading || a->kind == SP_BLOCK_HEADING))
            return false;
        if (applies_to(r, d, i))
            return true;
    }
    return false;
}

static bool applies_lead(sp_statement_reader *r, const sp_defeater *d, uint32_t sentence)
{
    const sp_prose *prose = r->prose;
    uint32_t at = block_of(prose, sentence);
    const sp_block *block = &prose->blocks.items[at];
    uint32_t lead = block->lead;
    bool only_colon = lead == SP_NONE && at > 0 && block->kind == SP_BLOCK_PARAGRAPH;
    if (only_colon)
        lead = at - 1;
    if (lead == SP_NONE)
        return false;
    const sp_block *l = &prose->blocks.items[lead];
    if (l->sentence_count == 0 || (only_colon && l->text.ptr[l->text.len - 1] != ':'))
        return false;
    return applies_to(r, d, l->first_sentence + l->sentence_count - 1);
}

static bool applies(sp_statement_reader *r, const sp_defeater *d, uint32_t sentence)
{
    const sp_prose *prose = r->prose;
    const sp_block *block = &prose->blocks.items[block_of(prose, sentence)];
    switch ((sp_where)d->where) {
    case SP_WHERE_SENTENCE:
        return applies_to(r, d, sentence);
    case SP_WHERE_NEXT:
        return applies_next(r, d, sentence);
    case SP_WHERE_PREVIOUS:
        return sentence > block->first_sentence && applies_to(r, d, sentence - 1);
    case SP_WHERE_LEAD:
        return applies_lead(r, d, sentence);
    case SP_WHERE_HEADING:
        return block->heading != SP_NONE && prose->blocks.items[block->heading].sentence_count > 0 &&
               applies_to(r, d, prose->blocks.items[block->heading].first_sentence);
    default:
        return false;
    }
}

/* What does not depend on where the match lies is found once for all claims of a sentence. */
static bool applies_once(sp_statement_reader *r, uint32_t index, uint32_t sentence)
{
    if (r->defeater_seen[index] != sentence + 1) {
        r->defeater_seen[index] = sentence + 1;
        r->defeater_found[index] = applies(r, &r->claims->defeaters.items[index], sentence);
    }
    return r->defeater_found[index] != 0;
}

static bool defeats(sp_statement_reader *r, uint32_t index, const sp_statement *s, uint32_t sentence)
{
    const sp_defeater *d = &r->claims->defeaters.items[index];
    bool found = d->where == SP_WHERE_BEFORE  ? applies_at(r, d, sentence, s->end, 0)
                 : d->where == SP_WHERE_AFTER ? applies_at(r, d, sentence, SIZE_MAX, s->end)
                                              : applies_once(r, index, sentence);
    return found && !(d->yields_to_own && speaks_of_itself(r, sentence));
}

void sp_stance_find(sp_statement_reader *r, sp_statement *s)
{
    const sp_claim *claim = &r->claims->claims.items[s->claim];
    if (claim->kind == SP_CLAIM_ADDRESSES)
        return;
    if (in_quotes(r->prose, s)) {
        s->stance = SP_STANCE_QUOTED;
        return;
    }
    for (uint32_t i = 0; i < r->claims->defeaters.len; i++) {
        if (!(r->claims->defeaters.items[i].kinds >> claim->kind & 1) || (claim->ignores >> i & 1))
            continue;
        if (defeats(r, i, s, s->last) || (s->first != s->last && defeats(r, i, s, s->first))) {
            s->stance = r->claims->defeaters.items[i].stance;
            s->defeater = i;
            return;
        }
    }
}
