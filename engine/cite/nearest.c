/* The nearest place.
 *
 * The source is laid out in one reading: page furniture is taken out of the running text and put at its end, split
 * words are joined. Pairs of neighbouring words, and rare words, that the passage shares with it are votes for a
 * place; the three places with most votes are compared with the passage word by word, by an alignment that may
 * drift 24 words at most. So the time for a passage is proportional to its words, and what is far apart in the
 * source is never put together. */
#include "cite/nearest.h"

#include <string.h>

enum {
    PAIR_PLACES = 5,  /* places kept of a pair of words */
    WORD_PLACES = 8,  /* places kept of a word */
    ANCHORS_MAX = 64, /* pairs, and words, that a passage votes by */
    CANDIDATES = 3,   /* places looked at closely */
    CLOSE = 2,  /* the cost of an alignment that no other place need be compared with: one word differs */
    DRIFT = 24, /* words that an alignment may drift either way */
    BAND = 2 * DRIFT + 1,
    HUNKS_MAX = 3,   /* differences told one by one */
    PHRASE_MAX = 12, /* words quoted of each */
    NOWHERE = INT32_MAX
};

enum {
    LAID_SOFT = 1,   /* the end of a sentence that may be none */
    LAID_HYPHEN = 2, /* split at a line end, joined with its hyphen */
    LAID_JUMP = 4,   /* furniture was taken out before it */
    LAID_BARRIER = 8 /* nothing continues across it */
};

/* A word of the source as laid out, or one of the two symbols that are none. */
struct laid {
    uint32_t symbol, first, last, flags;
};

struct pair {
    uint64_t key; /* 0: an empty slot */
    uint32_t count, places[PAIR_PLACES];
};

struct places {
    uint32_t count, places[WORD_PLACES];
};

/* A vote says: if the passage began at `begin`, `place` would be a word of it. */
struct vote {
    int64_t begin;
    uint32_t place, weight;
};

struct candidate {
    int64_t begin;
    uint32_t place;
    uint64_t weight;
};

enum op { OP_NONE, OP_MATCH, OP_CHANGE, OP_ADD, OP_LEAVE };

/* One step of an alignment, with the element of the passage and of the source that it takes. */
struct step {
    enum op op;
    uint32_t mine, theirs;
};

struct sp_nearest {
    const sp_reading_of *source;
    const sp_intern *symbols;
    SP_VEC(struct laid) laid;
    SP_VEC(uint32_t) barriers;
    SP_VEC(sp_reading_skip) put_off;
    struct pair *pairs;
    size_t pairs_cap, pairs_count;
    struct places *words; /* by symbol */
    SP_VEC(struct vote) votes;
    SP_VEC(uint8_t) trace;
    SP_VEC(struct step) steps;
    sp_buf scratch, text, difference;
};

static bool is_word(uint32_t symbol)
{
    return symbol > SP_SYMBOL_DOTS;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* ---- Pairs of words */

static struct pair *pair_slot(const struct pair *pairs, size_t cap, uint64_t key)
{
    size_t mask = cap - 1, slot = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & mask;
    while (pairs[slot].key != 0 && pairs[slot].key != key)
        slot = (slot + 1) & mask;
    return (struct pair *)&pairs[slot];
}

static uint64_t pair_key(uint32_t a, uint32_t b)
{
    return (uint64_t)a << 32 | b; /* never 0: the words' symbols begin at 2 */
}

static bool grow_pairs(sp_nearest *n)
{
    size_t cap = n->pairs_cap == 0 ? 256 : n->pairs_cap * 2;
    struct pair *pairs = calloc(cap, sizeof(*pairs));
    if (pairs == NULL)
        return false;
    for (size_t i = 0; i < n->pairs_cap; i++)
        if (n->pairs[i].key != 0)
            *pair_slot(pairs, cap, n->pairs[i].key) = n->pairs[i];
    free(n->pairs);
    n->pairs = pairs;
    n->pairs_cap = cap;
    return true;
}

/* The pair of the passage's word `at` with the word before it; 0 if one of them is no word. */
static uint64_t pair_at(const sp_passage *passage, size_t at)
{
    if (at == 0 || !is_word(passage->elements.items[at].symbol))
        return 0;
    size_t before = at - 1;
    if (before > 0 && !is_word(passage->elements.items[before].symbol))
        before--;
    uint32_t symbol = passage->elements.items[before].symbol;
    return is_word(symbol) ? pair_key(symbol, passage->elements.items[at].symbol) : 0;
}

/* A long passage votes by some of its words, evenly spread. */
static size_t anchor_stride(const sp_passage *passage)
{
    return (passage->elements.len + ANCHORS_MAX - 1) / ANCHORS_MAX;
}

bool sp_nearest_want(sp_nearest *n, const sp_passage *passage)
{
    size_t stride = anchor_stride(passage);
    for (size_t i = 0; i < passage->elements.len; i += stride) {
        uint64_t key = pair_at(passage, i);
        if (key == 0)
            continue;
        if ((n->pairs_count + 1) * 2 > n->pairs_cap && !grow_pairs(n))
            return false;
        struct pair *pair = pair_slot(n->pairs, n->pairs_cap, key);
        n->pairs_count += pair->key == 0;
        pair->key = key;
    }
    return true;
}

/* ---- The source, laid out */

/* The end of a sentence before word `at`, if there is one or may be one. */
static bool lay_joint(sp_nearest *n, uint32_t after, uint32_t at)
{
    sp_joint joint = sp_source_joint(after, &n->source->words.items[at]);
    if (joint == SP_JOINT_NONE)
        return true;
    uint32_t symbol = joint == SP_JOINT_DOTS ? SP_SYMBOL_DOTS : SP_SYMBOL_STOP;
    uint32_t flags = joint == SP_JOINT_MAYBE ? LAID_SOFT : 0;
    return SP_VEC_PUSH(&n->laid, (struct laid){symbol, at, at, flags});
}

/* The reading of a word that some passage has; for a split word that none has, both its halves as one. */
static sp_variant choose_variant(sp_nearest *n, uint32_t at, size_t skip)
{
    sp_variant variants[SP_VARIANTS_MAX];
    size_t count = sp_source_variants(n->source, n->symbols, at, skip, &n->scratch, variants);
    bool broken = (n->source->words.items[at].flags & SP_WORD_BROKEN) != 0;
    for (size_t i = broken ? 1 : 0; i < count; i++)
        if (variants[i].symbol != SP_NONE)
            return variants[i];
    if (broken && variants[0].symbol == SP_NONE && at + 1 < n->source->words.len) {
        variants[0].last = at + 1;
        variants[0].after = n->source->words.items[at + 1].flags & SP_AFTER_ANY;
    }
    return variants[0];
}

/* Lays out the words [at, to). In running text, furniture is put off. */
static bool lay_out(sp_nearest *n, uint32_t at, uint32_t to, bool running)
{
    const sp_reading_of *source = n->source;
    uint32_t after = 0, jump = 0;
    size_t skip = 0;
    while (at < to) {
        while (running && skip < source->skips.len &&
               (source->skips.items[skip].from < at || !source->skips.items[skip].whole))
            skip++;
        bool has_skip = running && skip < source->skips.len;
        if (has_skip && source->skips.items[skip].from == at) {
            if (!SP_VEC_PUSH(&n->put_off, source->skips.items[skip]))
                return false;
            at = source->skips.items[skip].to;
            jump = LAID_JUMP;
            continue;
        }
        const sp_word *word = &source->words.items[at];
        if (word->flags & SP_WORD_MARK) {
            after |= word->flags & SP_AFTER_ANY;
            at++;
            continue;
        }
        sp_variant v = choose_variant(n, at, running ? skip : source->skips.len);
        struct laid laid = {v.symbol, at, v.last, jump | (v.hyphen ? LAID_HYPHEN : 0)};
        if (n->scratch.failed || !lay_joint(n, after, at) || !SP_VEC_PUSH(&n->laid, laid))
            return false;
        if (has_skip && source->skips.items[skip].from == at + 1 && v.last > at &&
            !SP_VEC_PUSH(&n->put_off, source->skips.items[skip]))
            return false;
        after = v.after;
        jump = 0;
        at = v.last + 1;
    }
    return true;
}

static bool lay_barrier(sp_nearest *n)
{
    return SP_VEC_PUSH(&n->barriers, (uint32_t)n->laid.len) &&
           SP_VEC_PUSH(&n->laid, (struct laid){SP_NONE, 0, 0, LAID_BARRIER});
}

static void note_place(uint32_t *count, uint32_t *places, uint32_t most, uint32_t place)
{
    if (*count < most)
        places[*count] = place;
    *count += *count < UINT32_MAX;
}

static void note_places(sp_nearest *n)
{
    uint32_t before = SP_NONE;
    for (size_t i = 0; i < n->laid.len; i++) {
        uint32_t symbol = n->laid.items[i].symbol;
        if (!is_word(symbol))
            continue;
        if (symbol != SP_NONE) {
            struct places *w = &n->words[symbol];
            note_place(&w->count, w->places, WORD_PLACES, (uint32_t)i);
        }
        if (symbol != SP_NONE && before != SP_NONE && n->pairs_cap > 0) {
            struct pair *pair = pair_slot(n->pairs, n->pairs_cap, pair_key(before, symbol));
            if (pair->key != 0)
                note_place(&pair->count, pair->places, PAIR_PLACES, (uint32_t)i);
        }
        before = symbol;
    }
}

bool sp_nearest_index(sp_nearest *n)
{
    if (!lay_out(n, 0, (uint32_t)n->source->words.len, true) || !lay_barrier(n))
        return false;
    for (size_t i = 0; i < n->put_off.len; i++)
        if (!lay_out(n, n->put_off.items[i].from, n->put_off.items[i].to, false) || !lay_barrier(n))
            return false;
    n->words = calloc((size_t)n->symbols->count + 1, sizeof(*n->words));
    if (n->words == NULL)
        return false;
    note_places(n);
    return true;
}

sp_nearest *sp_nearest_new(const sp_reading_of *source, const sp_intern *symbols)
{
    sp_nearest *n = calloc(1, sizeof(*n));
    if (n != NULL) {
        n->source = source;
        n->symbols = symbols;
    }
    return n;
}

void sp_nearest_free(sp_nearest *n)
{
    if (n == NULL)
        return;
    SP_VEC_FREE(&n->laid);
    SP_VEC_FREE(&n->barriers);
    SP_VEC_FREE(&n->put_off);
    SP_VEC_FREE(&n->votes);
    SP_VEC_FREE(&n->trace);
    SP_VEC_FREE(&n->steps);
    sp_buf_clear(&n->scratch);
    sp_buf_clear(&n->text);
    sp_buf_clear(&n->difference);
    free(n->pairs);
    free(n->words);
    free(n);
}

/* ---- Votes */

static bool add_votes(sp_nearest *n, const uint32_t *places, size_t count, size_t at, uint32_t weight)
{
    if (!SP_VEC_RESERVE(&n->votes, count))
        return false;
    for (size_t i = 0; i < count; i++)
        n->votes.items[n->votes.len++] = (struct vote){(int64_t)places[i] - (int64_t)at, places[i], weight};
    return true;
}

static bool vote_at(sp_nearest *n, const sp_passage *passage, size_t at)
{
    uint64_t key = pair_at(passage, at);
    const struct pair *pair = key == 0 || n->pairs_cap == 0 ? NULL : pair_slot(n->pairs, n->pairs_cap, key);
    if (pair != NULL && pair->count > 0 &&
        !add_votes(n, pair->places, smaller(pair->count, PAIR_PLACES), at,
                   pair->count <= PAIR_PLACES ? 4 : 1))
        return false;
    uint32_t symbol = passage->elements.items[at].symbol;
    const struct places *w = &n->words[symbol];
    return !is_word(symbol) || w->count == 0 || w->count > WORD_PLACES ||
           add_votes(n, w->places, w->count, at, 2);
}

/* With no rare word and no pair of words in common, the rarest of the common ones. */
static bool vote_by_rarest(sp_nearest *n, const sp_passage *passage)
{
    size_t rarest = SIZE_MAX;
    for (size_t i = 0; i < passage->elements.len; i++) {
        uint32_t symbol = passage->elements.items[i].symbol;
        if (is_word(symbol) && n->words[symbol].count > 0 &&
            (rarest == SIZE_MAX ||
             n->words[symbol].count < n->words[passage->elements.items[rarest].symbol].count))
            rarest = i;
    }
    if (rarest == SIZE_MAX)
        return true;
    const struct places *w = &n->words[passage->elements.items[rarest].symbol];
    return add_votes(n, w->places, smaller(w->count, WORD_PLACES), rarest, 1);
}

static int compare_votes(const void *a, const void *b)
{
    const struct vote *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static bool collect_votes(sp_nearest *n, const sp_passage *passage)
{
    size_t stride = anchor_stride(passage);
    n->votes.len = 0;
    for (size_t i = 0; i < passage->elements.len; i += stride)
        if (!vote_at(n, passage, i))
            return false;
    if (n->votes.len == 0 && !vote_by_rarest(n, passage))
        return false;
    if (n->votes.len > 0)
        qsort(n->votes.items, n->votes.len, sizeof(*n->votes.items), compare_votes);
    return true;
}

/* Keeps the candidates by weight, one for each neighbourhood. */
static void add_candidate(struct candidate *best, size_t *count, struct candidate c)
{
    size_t place = *count;
    for (size_t i = 0; i < *count; i++)
        if (c.begin - best[i].begin <= DRIFT) {
            if (c.weight <= best[i].weight)
                return;
            place = i;
            break;
        }
    if (place == *count) {
        if (*count == CANDIDATES && best[CANDIDATES - 1].weight >= c.weight)
            return;
        if (*count < CANDIDATES)
            ++*count;
        place = *count - 1;
    }
    for (; place > 0 && best[place - 1].weight < c.weight; place--)
        best[place] = best[place - 1];
    best[place] = c;
}

/* The places where most votes fall within a few words of each other. */
static size_t find_candidates(const sp_nearest *n, struct candidate *best)
{
    size_t count = 0, end = 0;
    uint64_t weight = 0;
    for (size_t i = 0; i < n->votes.len; i++) {
        const struct vote *v = &n->votes.items[i];
        while (end < n->votes.len && n->votes.items[end].begin - v->begin <= DRIFT / 2)
            weight += n->votes.items[end++].weight;
        add_candidate(best, &count, (struct candidate){v->begin, v->place, weight});
        weight -= v->weight;
    }
    return count;
}

/* ---- Alignment */

/* The part of the layout around a candidate that an alignment may use. */
struct window {
    int64_t base;      /* the element of the source for row 0, band 0 */
    int64_t low, high; /* between two barriers */
};

static struct window window_at(const sp_nearest *n, const struct candidate *c)
{
    struct window w = {.base = c->begin - DRIFT, .low = 0, .high = (int64_t)n->laid.len};
    size_t low = 0, high = n->barriers.len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (n->barriers.items[mid] < c->place)
            low = mid + 1;
        else
            high = mid;
    }
    if (low > 0)
        w.low = (int64_t)n->barriers.items[low - 1] + 1;
    if (low < n->barriers.len)
        w.high = n->barriers.items[low];
    return w;
}

/* One row of costs: `mine` of the passage's elements are used up. Changing a word costs as much as adding or leaving
 * out one, so that two words swapped are one difference, not two. */
static void fill_row(const sp_nearest *n, const struct window *w, uint32_t mine, size_t row,
                     const int32_t *above, int32_t *here, uint8_t *trace)
{
    for (size_t d = 0; d < BAND; d++) {
        int64_t at = w->base + (int64_t)row + (int64_t)d; /* elements of the source used up */
        here[d] = NOWHERE;
        trace[d] = OP_NONE;
        if (at < w->low || at > w->high)
            continue;
        if (at > w->low && above[d] != NOWHERE) {
            uint32_t theirs = n->laid.items[at - 1].symbol;
            bool same = theirs == mine, alike = is_word(theirs) == is_word(mine);
            here[d] = above[d] + (same ? 0 : alike ? 2 : 4);
            trace[d] = same ? OP_MATCH : OP_CHANGE;
        }
        if (d + 1 < BAND && above[d + 1] != NOWHERE && above[d + 1] + 2 < here[d]) {
            here[d] = above[d + 1] + 2;
            trace[d] = OP_ADD;
        }
        if (d > 0 && at > w->low && here[d - 1] != NOWHERE) {
            int32_t cost = here[d - 1] + (n->laid.items[at - 1].flags & LAID_SOFT ? 0 : 2);
            if (cost < here[d]) {
                here[d] = cost;
                trace[d] = OP_LEAVE;
            }
        }
    }
}

/* Costs and trace of the whole passage against a window; where the cheapest alignment ends, and its cost. */
static int32_t align(sp_nearest *n, const sp_passage *passage, const struct window *w, size_t *end)
{
    int32_t rows[2][BAND];
    size_t count = passage->elements.len;
    for (size_t d = 0; d < BAND; d++) {
        int64_t at = w->base + (int64_t)d;
        rows[0][d] = at < w->low || at > w->high ? NOWHERE : 0;
        n->trace.items[d] = OP_NONE;
    }
    for (size_t i = 0; i < count; i++)
        fill_row(n, w, passage->elements.items[i].symbol, i + 1, rows[i % 2], rows[(i + 1) % 2],
                 n->trace.items + (i + 1) * BAND);
    const int32_t *last = rows[count % 2];
    *end = 0;
    for (size_t d = 1; d < BAND; d++)
        if (last[d] < last[*end])
            *end = d;
    return last[*end];
}

/* The steps of the alignment that ends in band `d` of the last row, in reading order. */
static bool follow_trace(sp_nearest *n, const sp_passage *passage, const struct window *w, size_t d)
{
    size_t row = passage->elements.len;
    n->steps.len = 0;
    for (;;) {
        enum op op = (enum op)n->trace.items[row * BAND + d];
        if (op == OP_NONE)
            break;
        int64_t at = w->base + (int64_t)row + (int64_t)d;
        if (!SP_VEC_PUSH(&n->steps, (struct step){op, (uint32_t)row - (op != OP_LEAVE),
                                                  (uint32_t)(at - (op != OP_ADD))}))
            return false;
        row -= op != OP_LEAVE;
        d += op == OP_ADD;
        d -= op == OP_LEAVE;
    }
    for (size_t i = 0, k = n->steps.len; i + 1 < k; i++) {
        struct step swap = n->steps.items[i];
        n->steps.items[i] = n->steps.items[--k];
        n->steps.items[k] = swap;
    }
    return true;
}

/* Aligns the passage with the best of the candidates; *cost is NOWHERE if there is none. */
static bool align_best(sp_nearest *n, const sp_passage *passage, int32_t *cost)
{
    struct candidate candidates[CANDIDATES];
    struct window best = {0};
    size_t count = find_candidates(n, candidates), end;
    n->trace.len = 0;
    if (passage->elements.len >= INT32_MAX / 4 ||
        !SP_VEC_RESERVE(&n->trace, (passage->elements.len + 1) * BAND))
        return false;
    *cost = NOWHERE;
    bool traced = false; /* the trace is that of the best candidate */
    for (size_t i = 0; i<count && * cost> CLOSE; i++) {
        struct window w = window_at(n, &candidates[i]);
        int32_t c = align(n, passage, &w, &end);
        traced = c < *cost || (c == *cost && c != NOWHERE && w.base < best.base);
        if (traced) {
            *cost = c;
            best = w;
        }
    }
    if (*cost == NOWHERE)
        return true;
    if (!traced)
        align(n, passage, &best, &end);
    return follow_trace(n, passage, &best, end);
}

/* ---- Words for what was found */

/* A slice of text on one line: runs of blanks become one, hidden characters go. */
static void add_flat(sp_buf *b, sp_str s)
{
    size_t len;
    for (size_t at = 0; at < s.len; at += len) {
        sp_char_kind kind = sp_char_at(s, at, &len);
        bool blank = kind == SP_CHAR_SPACE || kind == SP_CHAR_BREAK;
        if (blank && b->len > 0 && b->data[b->len - 1] != ' ')
            sp_buf_add_char(b, ' ');
        if (!blank && kind != SP_CHAR_SHY && kind != SP_CHAR_HIDDEN)
            sp_buf_add(b, (sp_str){s.ptr + at, len});
    }
}

static void add_slice(sp_buf *b, sp_str text, size_t start, size_t end)
{
    add_flat(b, (sp_str){text.ptr + start, end - start});
}

/* A word of the source as it stands, joined if it was split. */
static void add_laid(const sp_nearest *n, sp_buf *b, const struct laid *laid)
{
    const sp_word *words = n->source->words.items;
    bool near = laid->last - laid->first <= 2; /* else furniture lies between its halves */
    for (uint32_t i = laid->first; i <= laid->last; i = near               ? i + 1
                                                        : i == laid->first ? laid->last
                                                                           : i + 1) {
        if (i > laid->first && laid->flags & LAID_HYPHEN)
            sp_buf_add_char(b, '-');
        add_slice(b, n->source->text, words[i].start, words[i].end);
    }
}

/* The elements [from, to) of the source as they stand, with the punctuation between them; at most `most` words. */
static void add_source(const sp_nearest *n, sp_buf *b, size_t from, size_t to, size_t most)
{
    const sp_word *words = n->source->words.items;
    const struct laid *before = NULL;
    for (size_t i = from; i < to; i++) {
        const struct laid *laid = &n->laid.items[i];
        if (!is_word(laid->symbol))
            continue;
        if (most-- == 0) {
            sp_buf_add_cstr(b, " ...");
            return;
        }
        if (before != NULL && (laid->flags & LAID_JUMP))
            sp_buf_add_char(b, ' ');
        else if (before != NULL)
            add_slice(b, n->source->text, words[before->last].end, words[laid->first].start);
        add_laid(n, b, laid);
        before = laid;
    }
    if (before == NULL && from < to)
        sp_buf_add_cstr(b, n->laid.items[from].symbol == SP_SYMBOL_DOTS ? "..." : ".");
}

static void add_passage(const sp_passage *passage, sp_buf *b, size_t from, size_t to)
{
    const sp_element *elements = passage->elements.items;
    size_t first = from, last = to;
    while (first < to && !is_word(elements[first].symbol))
        first++;
    while (last > first && !is_word(elements[last - 1].symbol))
        last--;
    if (first == last) {
        sp_buf_add_cstr(b, elements[from].symbol == SP_SYMBOL_DOTS ? "..." : ".");
        return;
    }
    bool cut = last - first > PHRASE_MAX;
    if (cut)
        last = first + PHRASE_MAX;
    add_slice(b, passage->text, passage->words.items[elements[first].word].start,
              passage->words.items[elements[last - 1].word].end);
    if (cut)
        sp_buf_add_cstr(b, " ...");
}

/* A difference: the steps [from, to), none of which is a match. */
struct hunk {
    size_t from, to;
    size_t mine, mine_end, theirs, theirs_end; /* elements of the passage and of the source */
};

/* The next difference at or after step `at`. */
static bool next_hunk(const sp_nearest *n, size_t at, struct hunk *h)
{
    while (at < n->steps.len && n->steps.items[at].op == OP_MATCH)
        at++;
    *h = (struct hunk){.from = at};
    if (at == n->steps.len)
        return false;
    h->mine = h->mine_end = n->steps.items[at].mine;
    h->theirs = h->theirs_end = n->steps.items[at].theirs;
    for (; at < n->steps.len && n->steps.items[at].op != OP_MATCH; at++) {
        h->mine_end += n->steps.items[at].op != OP_LEAVE;
        h->theirs_end += n->steps.items[at].op != OP_ADD;
    }
    h->to = at;
    return true;
}

/* A sentence end that may be none, where the passage has none, is no difference. */
static bool is_soft(const sp_nearest *n, const struct hunk *h)
{
    return h->mine == h->mine_end && h->theirs_end == h->theirs + 1 &&
           (n->laid.items[h->theirs].flags & LAID_SOFT) != 0;
}

static void tell_hunk(sp_nearest *n, const sp_passage *passage, const struct hunk *h, sp_buf *b)
{
    size_t before = h->mine;
    while (before > 0 && !is_word(passage->elements.items[before - 1].symbol))
        before--;
    sp_buf_add_cstr(b, h->theirs < h->theirs_end ? "'" : "the passage adds '");
    if (h->theirs < h->theirs_end) {
        sp_buf_reset(&n->scratch);
        add_source(n, &n->scratch, h->theirs, h->theirs_end, PHRASE_MAX);
        sp_buf_add(b, sp_buf_str(&n->scratch));
        b->failed = b->failed || n->scratch.failed;
        sp_buf_add_cstr(b, h->mine < h->mine_end ? "' stands where the passage has '" : "' stands");
    }
    if (h->mine < h->mine_end)
        add_passage(passage, b, h->mine, h->mine_end);
    if (h->theirs < h->theirs_end && h->mine < h->mine_end) {
        sp_buf_add_char(b, '\'');
        return;
    }
    sp_buf_add_cstr(b, h->theirs < h->theirs_end ? "" : "'");
    if (before > 0) {
        sp_buf_add_cstr(b, " after '");
        add_passage(passage, b, before - 1, before);
        sp_buf_add_char(b, '\'');
    } else {
        sp_buf_add_cstr(b, " at the beginning");
    }
    if (h->theirs < h->theirs_end)
        sp_buf_add_cstr(b, ", which the passage leaves out");
}

static void tell_difference(sp_nearest *n, const sp_passage *passage, sp_buf *b)
{
    struct hunk h;
    size_t told = 0, more = 0;
    for (size_t at = 0; next_hunk(n, at, &h); at = h.to) {
        if (is_soft(n, &h))
            continue;
        if (told == HUNKS_MAX) {
            more++;
            continue;
        }
        if (told++ > 0)
            sp_buf_add_cstr(b, "; ");
        tell_hunk(n, passage, &h, b);
    }
    if (more > 0)
        sp_buf_printf(b, "; and %zu more", more);
}

/* Words of the passage that the alignment found, and all of them. */
static size_t count_matches(const sp_nearest *n, const sp_passage *passage, size_t *words)
{
    size_t matches = 0;
    *words = 0;
    for (size_t i = 0; i < passage->elements.len; i++)
        *words += is_word(passage->elements.items[i].symbol);
    for (size_t i = 0; i < n->steps.len; i++)
        matches += n->steps.items[i].op == OP_MATCH &&
                   is_word(passage->elements.items[n->steps.items[i].mine].symbol);
    return matches;
}

/* Below a quarter of the words, or for one word of many, the likeness is chance. */
static bool is_near(size_t matches, size_t words)
{
    return matches * 4 >= words && (matches >= 2 || (matches == 1 && words <= 3));
}

/* The elements of the source that the alignment covers. */
static void covered(const sp_nearest *n, size_t *from, size_t *to)
{
    *from = SIZE_MAX;
    *to = 0;
    for (size_t i = 0; i < n->steps.len; i++) {
        const struct step *s = &n->steps.items[i];
        if (s->op == OP_ADD || !is_word(n->laid.items[s->theirs].symbol))
            continue;
        if (*from == SIZE_MAX)
            *from = s->theirs;
        *to = s->theirs + 1;
    }
}

bool sp_nearest_find(sp_nearest *n, const sp_passage *passage, sp_near *result, sp_arena *arena)
{
    int32_t cost;
    size_t words, from, to;
    *result = (sp_near){0};
    if (passage->elements.len == 0)
        return true;
    if (!collect_votes(n, passage) || !align_best(n, passage, &cost))
        return false;
    if (cost == NOWHERE)
        return true;
    size_t matches = count_matches(n, passage, &words);
    if (!is_near(matches, words))
        return true;
    covered(n, &from, &to);
    const sp_word *last = &n->source->words.items[n->laid.items[to - 1].last];
    result->line = n->source->words.items[n->laid.items[from].first].line;
    result->end_line = last->line;
    result->likeness = (double)matches / (double)words;
    sp_buf_reset(&n->text);
    sp_buf_reset(&n->difference);
    add_source(n, &n->text, from, to, SIZE_MAX);
    tell_difference(n, passage, &n->difference);
    result->nearest = sp_arena_dup(arena, sp_buf_str(&n->text));
    result->difference = sp_arena_dup(arena, sp_buf_str(&n->difference));
    return !n->text.failed && !n->difference.failed && !arena->failed;
}
