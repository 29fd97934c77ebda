#include "draft/statement.h"

#include <stdlib.h>

#include "surplace/limits.h"

bool sp_statement_reader_init(sp_statement_reader *r, const sp_claims *claims)
{
    *r = (sp_statement_reader){.claims = claims, .voice = SP_NONE};
    r->matcher = sp_matcher_new();
    r->sightings = calloc(claims->concepts.len * 2 + 1, sizeof *r->sightings);
    r->defeater_seen = calloc(claims->defeaters.len + 1, sizeof *r->defeater_seen);
    r->defeater_found = calloc(claims->defeaters.len + 1, sizeof *r->defeater_found);
    size_t words = sp_literals_words(claims->literals);
    r->words[0] = calloc(words, sizeof *r->words[0]);
    r->words[1] = calloc(words, sizeof *r->words[1]);
    return r->words[0] != NULL && r->words[1] != NULL && r->matcher != NULL && r->sightings != NULL &&
           r->defeater_seen != NULL && r->defeater_found != NULL;
}

void sp_statement_reader_free(sp_statement_reader *r)
{
    sp_matcher_free(r->matcher);
    free(r->words[0]);
    free(r->words[1]);
    free(r->sightings);
    free(r->defeater_seen);
    free(r->defeater_found);
    SP_VEC_FREE(&r->doubtful);
}

/* --- searching --- */

static void doubt(sp_statement_reader *r, uint32_t sentence)
{
    r->undecided++;
    if (sentence != SP_NONE &&
        (r->doubtful.len == 0 || r->doubtful.items[r->doubtful.len - 1] != sentence) &&
        !SP_VEC_PUSH(&r->doubtful, sentence))
        r->failed = true;
}

static sp_match find(sp_statement_reader *r, const sp_pattern *pattern, uint32_t block, sp_span stretch,
                     uint32_t sentence, sp_span *found)
{
    sp_str text = r->prose->blocks.items[block].text;
    sp_str subject = {text.ptr + stretch.start, stretch.end - stretch.start};
    sp_match match = sp_pattern_find(pattern, r->matcher, subject, 0, found);
    if (match == SP_MATCH_UNDECIDED)
        doubt(r, sentence);
    if (match == SP_MATCH_YES)
        *found = (sp_span){found->start + stretch.start, found->end + stretch.start};
    return match;
}

/* The literals that stand in a sentence. */
static const uint64_t *words_in(sp_statement_reader *r, uint32_t sentence)
{
    const sp_sentence *s = &r->prose->sentences.items[sentence];
    if (r->words_of[sentence % 2] != sentence + 1) {
        r->words_of[sentence % 2] = sentence + 1;
        sp_literals_find(r->claims->literals, sp_prose_text(r->prose, s), r->words[sentence % 2]);
    }
    return r->words[sentence % 2];
}

/* May a pattern that needs these words match in the sentence, or, if `both`, in it and the next together? */
static bool has_words(sp_statement_reader *r, const sp_clauses *needed, uint32_t sentence, bool both)
{
    const uint64_t *first = words_in(r, sentence), *second = both ? words_in(r, sentence + 1) : first;
    for (uint32_t c = 0; c < needed->count; c++) {
        const sp_clause one = needed->items[c];
        bool met = false;
        for (uint32_t i = 0; i < one.count && !met; i++)
            met = (first[one.items[i] / 64] | second[one.items[i] / 64]) >> (one.items[i] % 64) & 1;
        if (!met)
            return false;
    }
    return true;
}

static const sp_sighting *sight(sp_statement_reader *r, uint32_t concept, uint32_t sentence)
{
    const sp_sentence *s = &r->prose->sentences.items[sentence];
    sp_sighting *sighting = &r->sightings[concept * 2 + sentence % 2];
    if (sighting->sentence != sentence + 1) {
        sighting->sentence = sentence + 1;
        sighting->found = SP_MATCH_NO;
        if (has_words(r, &r->claims->concepts.items[concept].words, sentence, false))
            sighting->found = find(r, r->claims->concepts.items[concept].pattern, s->block,
                                   (sp_span){s->start, s->end}, sentence, &sighting->span);
    }
    return sighting;
}

/* A concept in a stretch of one sentence, or of two that follow one another. */
static sp_match find_concept(sp_statement_reader *r, uint32_t concept, uint32_t block, sp_span stretch,
                             uint32_t sentence, sp_span *found)
{
    if (sentence == SP_NONE)
        return find(r, r->claims->concepts.items[concept].pattern, block, stretch, SP_NONE, found);
    const sp_sentence *s = &r->prose->sentences.items[sentence];
    const sp_sighting *sighting = sight(r, concept, sentence);
    if (sighting->found == SP_MATCH_NO && stretch.end > s->end)
        sighting = sight(r, concept, sentence + 1);
    *found = sighting->span;
    return sighting->found;
}

sp_match sp_part_find(sp_statement_reader *r, const sp_claim_part *part, uint32_t block, sp_span stretch,
                      uint32_t sentence, sp_span *found)
{
    if (part->pattern == NULL)
        return find_concept(r, part->concept, block, stretch, sentence, found);
    if (sentence != SP_NONE &&
        !has_words(r, &part->words, sentence, stretch.end > r->prose->sentences.items[sentence].end))
        return SP_MATCH_NO;
    for (uint32_t i = 0; i < part->need_count && sentence != SP_NONE; i++) {
        sp_match needed = find_concept(r, part->needs[i], block, stretch, sentence, found);
        if (needed != SP_MATCH_YES)
            return needed;
    }
    return find(r, part->pattern, block, stretch, sentence, found);
}

bool sp_parts_any(sp_statement_reader *r, const sp_parts *parts, uint32_t block, sp_span stretch,
                  uint32_t sentence)
{
    sp_span found;
    for (uint32_t i = 0; i < parts->count; i++)
        if (sp_part_find(r, &parts->items[i], block, stretch, sentence, &found) == SP_MATCH_YES)
            return true;
    return false;
}

/* --- claims --- */

static const sp_clauses *words_of(const sp_statement_reader *r, const sp_claim_part *part)
{
    return part->pattern == NULL ? &r->claims->concepts.items[part->concept].words : &part->words;
}

/* All parts somewhere in the stretch: then what lies from the first to the last of them. Parts that are concepts come
 * first in effect, because they are looked up. */
static bool match_pattern(sp_statement_reader *r, const sp_claim_pattern *pattern, uint32_t block,
                          sp_span stretch, uint32_t sentence, sp_span *span)
{
    sp_span found;
    bool both = stretch.end > r->prose->sentences.items[sentence].end;
    for (uint32_t i = 0; i < pattern->all.count; i++)
        if (!has_words(r, words_of(r, &pattern->all.items[i]), sentence, both))
            return false;
    for (uint32_t i = 0; i < pattern->all.count; i++)
        for (uint32_t n = 0; n < pattern->all.items[i].need_count; n++)
            if (find_concept(r, pattern->all.items[i].needs[n], block, stretch, sentence, &found) !=
                SP_MATCH_YES)
                return false;
    *span = (sp_span){SIZE_MAX, 0};
    for (uint32_t i = 0; i < pattern->all.count; i++) {
        if (sp_part_find(r, &pattern->all.items[i], block, stretch, sentence, &found) != SP_MATCH_YES)
            return false;
        if (found.end > found.start) {
            span->start = found.start < span->start ? found.start : span->start;
            span->end = found.end > span->end ? found.end : span->end;
        }
    }
    if (span->start >= span->end)
        *span = stretch;
    return !sp_parts_any(r, &pattern->none, block, stretch, sentence);
}

static bool stated(const sp_statements *statements, uint32_t claim, uint32_t sentence)
{
    for (size_t i = statements->len; i-- > 0;) {
        const sp_statement *s = &statements->items[i];
        if (s->last + 1 < sentence)
            return false;
        if (s->claim == claim && s->last >= sentence)
            return true;
    }
    return false;
}

static void state(sp_statement_reader *r, uint32_t claim, uint32_t first, uint32_t last, sp_span span,
                  sp_statements *statements)
{
    sp_statement statement = {.claim = claim,
                              .first = first,
                              .last = last,
                              .start = (uint32_t)span.start,
                              .end = (uint32_t)span.end,
                              .defeater = SP_NONE};
    sp_stance_find(r, &statement);
    r->failed |= !SP_VEC_PUSH(statements, statement);
}

static void try_claim(sp_statement_reader *r, uint32_t index, uint32_t sentence, bool pair,
                      sp_statements *statements)
{
    const sp_claim *claim = &r->claims->claims.items[index];
    const sp_sentence *s = &r->prose->sentences.items[sentence];
    sp_span span, one = {s->start, s->end}, both = {s->start, pair ? s[1].end : s->end};
    for (uint32_t i = 0; i < claim->pattern_count && r->undecided < SURPLACE_MAX_UNDECIDED; i++) {
        if (!match_pattern(r, &claim->patterns[i], s->block, one, sentence, &span))
            continue;
        if (sp_parts_any(r, &claim->except, s->block, one, sentence))
            break;
        state(r, index, sentence, sentence, span, statements);
        return;
    }
    for (uint32_t i = 0; i < claim->pattern_count && pair && r->undecided < SURPLACE_MAX_UNDECIDED; i++) {
        if (!claim->patterns[i].two ||
            !match_pattern(r, &claim->patterns[i], s->block, both, sentence, &span))
            continue;
        if (span.start >= s->end || span.end <= s[1].start || stated(statements, index, sentence) ||
            sp_parts_any(r, &claim->except, s->block, both, sentence))
            continue;
        state(r, index, sentence, sentence + 1, span, statements);
        return;
    }
}

/* May the sentence and the next be read as one thought? */
static bool is_pair(sp_statement_reader *r, uint32_t sentence)
{
    const sp_prose *prose = r->prose;
    if (sentence + 1 >= prose->sentences.len)
        return false;
    const sp_sentence *s = &prose->sentences.items[sentence], *next = s + 1;
    return next->block == s->block &&
           sp_parts_any(r, &r->claims->link, next->block, (sp_span){next->start, next->end}, sentence + 1);
}

static void begin(sp_statement_reader *r, const sp_prose *prose)
{
    r->prose = prose;
    r->undecided = 0;
    r->doubtful.len = 0;
    r->words_of[0] = r->words_of[1] = 0;
    memset(r->sightings, 0, (r->claims->concepts.len * 2 + 1) * sizeof *r->sightings);
    memset(r->defeater_seen, 0, (r->claims->defeaters.len + 1) * sizeof *r->defeater_seen);
    sp_stance_begin(r);
}

void sp_statements_read(sp_statement_reader *r, const sp_prose *prose, sp_statements *statements)
{
    begin(r, prose);
    for (uint32_t i = 0; i < prose->sentences.len && !r->failed; i++) {
        if (r->undecided >= SURPLACE_MAX_UNDECIDED)
            return;
        if (prose->blocks.items[prose->sentences.items[i].block].kind == SP_BLOCK_ABOUT)
            continue;
        bool pair = is_pair(r, i);
        for (uint32_t c = 0; c < r->claims->claims.len; c++)
            try_claim(r, c, i, pair, statements);
    }
}
