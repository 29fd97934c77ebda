/* Word for word, and what that means.
 *
 * A text is its words, in order. Two words are the same if all their letters, digits and hyphens are, in the same
 * case. What is between words is not compared, with two exceptions: the end of a sentence and an omission.
 *
 * Not compared, in the passage as in the source:
 * - blanks and line breaks, quotation marks, brackets, dashes, commas, colons, ornaments (* | ^ and the like),
 *   superscript digits, soft hyphens, invisible characters;
 * - apostrophes, there or lost: "government's", "governments" and "government s" are one word (so are "it's" and
 *   "its": a scan leaves no way to tell);
 * - stops that end no sentence: inside initials ("U.S."), behind abbreviations and single letters, and wherever no
 *   capital follows;
 * - the way an omission is spaced: "...", ". . ." and the one character are the same.
 *
 * Read either way in the source, as the passage has it:
 * - a hyphen at the end of a line: "non-" "compliance" is "noncompliance" and "non-compliance", and before a
 *   passage's "two- or" it stays where it is. A hyphen within a line must be in the passage too;
 * - footnote marks: a short number that clings to punctuation or to a word in lower case ("law.12", "law12"), never
 *   one that follows a blank, a capital or an abbreviation ("CAT3", "Art.33"); signs that cling to a word or to
 *   punctuation with a blank behind them, but not "39%". Signs otherwise are words: % $ & + = < > @ # / and currency;
 * - page furniture, which page.c defines: running heads, page numbers, footnotes;
 * - "," ";" ":" "!" "?" before a capital: each may be a misread stop, or (the last two) a footnote mark.
 *
 * The end of a sentence (a stop, then a capital) is compared, so that the end of one sentence and the beginning of
 * the next are not quoted as one; the punctuation around the whole passage is not.
 *
 * Nothing else is forgiven: not a word more or less, not a capital, not a letter that scanning misread. Accents must
 * be encoded alike in both texts.
 *
 * words.c reads words, page.c finds page furniture, match.c looks for all passages in all readings at once, and
 * nearest.c looks for the place that comes nearest. */
#include "cite/cite.h"

#include <stdlib.h>

#include "cite/match.h"
#include "cite/nearest.h"

/* What a search holds; sp_cite frees it. */
struct search {
    sp_reading_of source;
    const sp_quote *quotes;
    size_t count;
    sp_intern symbols;
    sp_trie trie;
    sp_steps steps;
    sp_passage passage;
    sp_buf scratch;
    sp_nearest *nearest;
    uint32_t *nodes; /* by quote: where its words end in the tree; 0: it has none */
    uint32_t *told;  /* by node: 1 + the first quote that was not found there; 0: none yet */
};

static bool is_short(sp_str text)
{
    return text.len < UINT32_MAX / 2;
}

static bool read_quotes(struct search *s)
{
    if (sp_intern_add(&s->symbols, SP_LIT(".")) != SP_SYMBOL_STOP ||
        sp_intern_add(&s->symbols, SP_LIT("...")) != SP_SYMBOL_DOTS || !sp_trie_start(&s->trie))
        return false;
    for (size_t i = 0; i < s->count; i++) {
        if (!is_short(s->quotes[i].text) ||
            !sp_passage_read(s->quotes[i].text, &s->symbols, &s->scratch, &s->passage))
            return false;
        s->nodes[i] = sp_trie_add(&s->trie, s->passage.symbols.items, s->passage.symbols.len);
        if (s->nodes[i] == SP_NONE)
            return false;
    }
    return true;
}

/* The lines of the first occurrence: back along its steps, as many as the passage has symbols. */
static void place_found(const struct search *s, const sp_trie_node *node, sp_cited *result)
{
    const sp_word *words = s->source.words.items;
    const sp_step *step = &s->steps.items[node->first_path];
    result->end_line = words[step->last].line;
    for (uint32_t i = 1; i < node->depth; i++)
        step = &s->steps.items[step->parent];
    result->line = words[step->first].line;
    result->likeness = 1;
}

/* Tells of the passages that are there, and readies the search for those that are not. */
static bool sort_results(struct search *s, sp_cited *results)
{
    for (size_t i = 0; i < s->count; i++) {
        const sp_trie_node *node = &s->trie.nodes.items[s->nodes[i]];
        results[i] = (sp_cited){0};
        if (s->nodes[i] == 0)
            continue;
        if (node->visits > 0 && node->first_path != SP_NONE) {
            results[i].occurrences = node->visits < UINT32_MAX ? (uint32_t)node->visits : UINT32_MAX;
            place_found(s, node, &results[i]);
            continue;
        }
        if (s->nearest == NULL && (s->nearest = sp_nearest_new(&s->source, &s->symbols)) == NULL)
            return false;
        if (!sp_passage_read(s->quotes[i].text, &s->symbols, &s->scratch, &s->passage) ||
            !sp_nearest_want(s->nearest, &s->passage))
            return false;
    }
    return true;
}

/* The nearest place of each passage that is not there; once for passages with the same words. */
static bool find_nearest(struct search *s, sp_cited *results, sp_arena *arena)
{
    s->told = calloc(s->trie.nodes.len, sizeof(*s->told));
    if (s->told == NULL || !sp_nearest_index(s->nearest))
        return false;
    for (size_t i = 0; i < s->count; i++) {
        uint32_t node = s->nodes[i];
        if (node == 0 || results[i].occurrences > 0)
            continue;
        if (s->told[node] != 0) {
            results[i] = results[s->told[node] - 1];
            continue;
        }
        sp_near near;
        if (!sp_passage_read(s->quotes[i].text, &s->symbols, &s->scratch, &s->passage) ||
            !sp_nearest_find(s->nearest, &s->passage, &near, arena))
            return false;
        results[i] = (sp_cited){0, near.line, near.end_line, near.nearest, near.difference, near.likeness};
        s->told[node] = (uint32_t)i + 1;
    }
    return true;
}

static bool run(struct search *s, sp_str text, sp_cited *results, sp_arena *arena)
{
    s->nodes = calloc(s->count + 1, sizeof(*s->nodes));
    return s->nodes != NULL && s->count < UINT32_MAX && is_short(text) && read_quotes(s) &&
           sp_source_read(text, &s->source) && sp_match_run(&s->trie, &s->source, &s->symbols, &s->steps) &&
           sort_results(s, results) && (s->nearest == NULL || find_nearest(s, results, arena));
}

surplace_status sp_cite(const sp_input *source, const sp_quote *quotes, size_t count, sp_cited *results,
                        sp_arena *arena)
{
    struct search s = {.quotes = quotes, .count = count};
    bool ok = run(&s, source->text, results, arena);
    sp_nearest_free(s.nearest);
    sp_passage_clear(&s.passage);
    sp_source_clear(&s.source);
    sp_trie_clear(&s.trie);
    sp_intern_free(&s.symbols);
    sp_buf_clear(&s.scratch);
    SP_VEC_FREE(&s.steps);
    free(s.nodes);
    free(s.told);
    return ok && !arena->failed ? SURPLACE_OK : SURPLACE_NO_MEMORY;
}
