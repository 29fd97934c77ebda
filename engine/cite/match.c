/* Many passages against many readings, in one sweep.
 *
 * The passages form an Aho-Corasick automaton over words. A source has more than one reading: a hyphen at a line end
 * may be the word's own, a number behind a word may be a footnote's, and a running head may be passed over. So the
 * sweep carries, to each word, the set of states in which some reading arrives there. Nearly always that is one
 * state: a state whose beginning is the tail of another's is dropped, since the automaton goes on for both.
 *
 * No occurrence is handled singly, as one word repeated a million times has too many: each arrival is counted at its
 * state, and the counts run down the fail links at the end. Two readings that arrive at one word are counted once
 * for every passage that both end in: what they share is what hangs on their common ancestor among the fail links.
 *
 * A single state costs linear time, by the usual argument. The extra readings share a fixed allowance of steps for
 * each word; a text made to exhaust it is read on in its first reading alone. */
#include "cite/match.h"

#include <assert.h>
#include <string.h>

/* ---- The source */

/* The number of the first word that begins at `offset` or later. */
static uint32_t word_from(const sp_words *words, size_t offset)
{
    size_t low = 0, high = words->len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (words->items[mid].start < offset)
            low = mid + 1;
        else
            high = mid;
    }
    return (uint32_t)low;
}

static bool map_skips(sp_reading_of *source, const sp_page_skips *found)
{
    for (size_t i = 0; i < found->len; i++) {
        const sp_page_skip *skip = &found->items[i];
        sp_reading_skip mapped = {word_from(&source->words, skip->from),
                                  word_from(&source->words, skip->to), skip->whole};
        if (mapped.from < mapped.to && !SP_VEC_PUSH(&source->skips, mapped))
            return false;
    }
    return true;
}

bool sp_source_read(sp_str text, sp_reading_of *source)
{
    sp_page_skips found = {0};
    source->text = text;
    bool ok = sp_words_read(text, &source->words) && sp_page_find(text, &found) &&
              map_skips(source, &found);
    SP_VEC_FREE(&found);
    return ok;
}

void sp_source_clear(sp_reading_of *source)
{
    SP_VEC_FREE(&source->words);
    SP_VEC_FREE(&source->skips);
}

sp_joint sp_source_joint(uint32_t after, const sp_word *next)
{
    if (after & SP_AFTER_DOTS)
        return SP_JOINT_DOTS;
    if (!(next->flags & SP_WORD_CAPITAL))
        return SP_JOINT_NONE;
    if (after & SP_AFTER_STOP)
        return SP_JOINT_STOP;
    return after & (SP_AFTER_PAUSE | SP_AFTER_ASK) ? SP_JOINT_MAYBE : SP_JOINT_NONE;
}

/* ---- A passage */

static bool add_element(sp_passage *passage, uint32_t symbol, size_t word)
{
    return symbol != SP_NONE && SP_VEC_PUSH(&passage->elements, (sp_element){symbol, (uint32_t)word}) &&
           SP_VEC_PUSH(&passage->symbols, symbol);
}

/* What a passage says is taken as it stands: "?" before a capital ends a sentence, a comma does not. */
static bool add_joint(sp_passage *passage, size_t word)
{
    uint32_t after = passage->words.items[word - 1].flags;
    if (after & SP_AFTER_ASK)
        after |= SP_AFTER_STOP;
    switch (sp_source_joint(after, &passage->words.items[word])) {
    case SP_JOINT_STOP:
        return add_element(passage, SP_SYMBOL_STOP, word);
    case SP_JOINT_DOTS:
        return add_element(passage, SP_SYMBOL_DOTS, word);
    default:
        return true;
    }
}

bool sp_passage_read(sp_str text, sp_intern *symbols, sp_buf *scratch, sp_passage *passage)
{
    passage->text = text;
    passage->words.len = passage->elements.len = passage->symbols.len = 0;
    if (!sp_words_read(text, &passage->words))
        return false;
    for (size_t i = 0; i < passage->words.len; i++) {
        if (i > 0 && !add_joint(passage, i))
            return false;
        sp_buf_reset(scratch);
        for (;;) { /* a word that the passage itself has split at a line end */
            sp_word_add(scratch, text, &passage->words.items[i]);
            if (!(passage->words.items[i].flags & SP_WORD_BROKEN) || i + 1 == passage->words.len)
                break;
            i++;
        }
        if (scratch->failed || !add_element(passage, sp_intern_add(symbols, sp_buf_str(scratch)), i))
            return false;
    }
    return true;
}

void sp_passage_clear(sp_passage *passage)
{
    SP_VEC_FREE(&passage->words);
    SP_VEC_FREE(&passage->elements);
    SP_VEC_FREE(&passage->symbols);
}

/* ---- The readings of a word */

/* What sp_source_variants fills. */
struct variants {
    const sp_reading_of *source;
    const sp_intern *symbols;
    sp_buf *scratch;
    sp_variant *items;
    size_t count;
};

static void add_variant(struct variants *v, uint32_t last, uint32_t after, bool hyphen)
{
    uint32_t symbol = sp_intern_find(v->symbols, sp_buf_str(v->scratch));
    bool wanted = v->count == 0 || symbol != SP_NONE;
    if (wanted && v->count < SP_VARIANTS_MAX)
        v->items[v->count++] = (sp_variant){symbol, last, after & SP_AFTER_ANY, hyphen};
}

/* One piece of a word, taken whole or without the digits of a footnote mark. */
static void add_piece(struct variants *v, uint32_t at, bool hyphen)
{
    const sp_word *word = &v->source->words.items[at];
    size_t before = v->scratch->len;
    sp_word_add(v->scratch, v->source->text, word);
    add_variant(v, at, word->flags, hyphen);
    if (!(word->flags & SP_WORD_MARKED))
        return;
    size_t whole = v->scratch->len;
    v->scratch->len = before;
    sp_word cut = sp_word_unmarked(v->source->text, word);
    sp_word_add(v->scratch, v->source->text, &cut);
    add_variant(v, at, cut.flags, hyphen);
    v->scratch->len = before;
    sp_word_add(v->scratch, v->source->text, word);
    assert(v->scratch->len == whole || v->scratch->failed);
    (void)whole;
}

static void add_joined(struct variants *v, uint32_t at, size_t skip, int pieces);

/* Goes on with piece `next`, with and without the hyphen. */
static void join_piece(struct variants *v, uint32_t next, size_t skip, int pieces)
{
    size_t before = v->scratch->len;
    for (int hyphen = 0; hyphen < 2; hyphen++) {
        v->scratch->len = before;
        if (hyphen)
            sp_buf_add_char(v->scratch, '-');
        add_piece(v, next, hyphen != 0);
        add_joined(v, next, skip, pieces);
    }
    v->scratch->len = before;
}

/* The word of which the text so far, up to piece `at`, is the beginning: it goes on at the next line, or past the
 * furniture that follows. Three pieces are a word over three lines; more are no word. */
static void add_joined(struct variants *v, uint32_t at, size_t skip, int pieces)
{
    const sp_reading_of *source = v->source;
    if (pieces >= 3 || !(source->words.items[at].flags & SP_WORD_BROKEN) || at + 1 >= source->words.len)
        return;
    join_piece(v, at + 1, skip, pieces + 1);
    while (skip < source->skips.len && source->skips.items[skip].from <= at)
        skip++;
    if (skip < source->skips.len && source->skips.items[skip].from == at + 1 &&
        source->skips.items[skip].to < source->words.len)
        join_piece(v, source->skips.items[skip].to, skip, pieces + 1);
}

size_t sp_source_variants(const sp_reading_of *source, const sp_intern *symbols, uint32_t at, size_t skip,
                          sp_buf *scratch, sp_variant *variants)
{
    struct variants v = {source, symbols, scratch, variants, 0};
    const sp_word *word = &source->words.items[at];
    sp_buf_reset(scratch);
    if (!(word->flags & SP_WORD_BROKEN)) {
        add_piece(&v, at, false);
        return v.count;
    }
    sp_word_add(scratch, source->text, word);
    sp_buf_add_char(scratch, '-'); /* "two-" before "or three-year" */
    add_variant(&v, at, word->flags, false);
    if (scratch->len > 0)
        scratch->len--;
    add_joined(&v, at, skip, 1);
    return v.count;
}

/* ---- The tree of passages */

static size_t slot_of(const sp_trie *trie, uint32_t parent, uint32_t symbol)
{
    uint64_t key = ((uint64_t)parent << 32 | symbol) * UINT64_C(0x9E3779B97F4A7C15);
    size_t mask = trie->slots_cap - 1, slot = (size_t)(key >> 32) & mask;
    while (trie->slots[2 * slot] != 0 && !(trie->slots[2 * slot + 1] == parent &&
                                           trie->nodes.items[trie->slots[2 * slot]].symbol == symbol))
        slot = (slot + 1) & mask;
    return slot;
}

static uint32_t child_of(const sp_trie *trie, uint32_t parent, uint32_t symbol)
{
    return trie->slots[2 * slot_of(trie, parent, symbol)];
}

static bool resize_slots(sp_trie *trie, size_t cap)
{
    uint32_t *old = trie->slots;
    size_t old_cap = trie->slots_cap;
    uint32_t *slots = cap > SIZE_MAX / sizeof(uint32_t) / 2 ? NULL : calloc(2 * cap, sizeof(uint32_t));
    if (slots == NULL)
        return false;
    trie->slots = slots;
    trie->slots_cap = cap;
    for (size_t i = 0; i < old_cap; i++) {
        if (old[2 * i] == 0)
            continue;
        size_t slot = slot_of(trie, old[2 * i + 1], trie->nodes.items[old[2 * i]].symbol);
        slots[2 * slot] = old[2 * i];
        slots[2 * slot + 1] = old[2 * i + 1];
    }
    free(old);
    return true;
}

bool sp_trie_start(sp_trie *trie)
{
    sp_trie_node root = {.symbol = SP_NONE, .first_path = SP_NONE};
    return SP_VEC_PUSH(&trie->nodes, root) && resize_slots(trie, 64);
}

void sp_trie_clear(sp_trie *trie)
{
    SP_VEC_FREE(&trie->nodes);
    free(trie->slots);
    trie->slots = NULL;
    trie->slots_cap = 0;
}

static uint32_t add_child(sp_trie *trie, uint32_t parent, uint32_t symbol)
{
    if ((trie->nodes.len + 1) * 2 > trie->slots_cap && !resize_slots(trie, trie->slots_cap * 2))
        return SP_NONE;
    sp_trie_node node = {.symbol = symbol, .first_path = SP_NONE};
    node.depth = trie->nodes.items[parent].depth + 1;
    node.next_sibling = trie->nodes.items[parent].first_child;
    uint32_t number = (uint32_t)trie->nodes.len;
    if (number >= SP_NONE - 1 || !SP_VEC_PUSH(&trie->nodes, node))
        return SP_NONE;
    trie->nodes.items[parent].first_child = number;
    size_t slot = slot_of(trie, parent, symbol);
    trie->slots[2 * slot] = number;
    trie->slots[2 * slot + 1] = parent;
    return number;
}

uint32_t sp_trie_add(sp_trie *trie, const uint32_t *symbols, size_t count)
{
    uint32_t node = 0;
    for (size_t i = 0; i < count && node != SP_NONE; i++) {
        uint32_t child = child_of(trie, node, symbols[i]);
        node = child != 0 ? child : add_child(trie, node, symbols[i]);
    }
    return node;
}

/* The state after `symbol`; *fuel counts the fail links followed. */
static uint32_t go_on(const sp_trie *trie, uint32_t state, uint32_t symbol, int64_t *fuel)
{
    for (;;) {
        uint32_t child = child_of(trie, state, symbol);
        if (child != 0 || state == 0)
            return child;
        state = trie->nodes.items[state].fail;
        --*fuel;
    }
}

/* The nodes by depth, in `queue`, with their fail links set. */
static void set_fail_links(sp_trie *trie, uint32_t *queue)
{
    sp_trie_node *nodes = trie->nodes.items;
    size_t head = 0, tail = 0;
    int64_t unmetered = 0;
    queue[tail++] = 0;
    while (head < tail) {
        uint32_t parent = queue[head++];
        for (uint32_t child = nodes[parent].first_child; child != 0; child = nodes[child].next_sibling) {
            nodes[child].fail = parent == 0
                                    ? 0
                                    : go_on(trie, nodes[parent].fail, nodes[child].symbol, &unmetered);
            queue[tail++] = child;
        }
    }
}

/* Numbers the tree of fail links so that whatever hangs on a node follows it without a gap: `order` and `below`. */
static void number_fail_tree(sp_trie *trie, const uint32_t *queue)
{
    sp_trie_node *nodes = trie->nodes.items;
    size_t count = trie->nodes.len;
    for (size_t i = 0; i < count; i++)
        nodes[i].below = 1;
    for (size_t i = count; i-- > 1;)
        nodes[nodes[queue[i]].fail].below += nodes[queue[i]].below;
    /* first_path serves as the next free number below a node, until it is needed. */
    nodes[0].first_path = 1;
    for (size_t i = 1; i < count; i++) {
        sp_trie_node *node = &nodes[queue[i]], *above = &nodes[node->fail];
        node->order = above->first_path;
        above->first_path += node->below;
        node->first_path = node->order + 1;
    }
    for (size_t i = 0; i < count; i++)
        nodes[i].first_path = SP_NONE;
}

/* Whether `tail` is the tail of `state`, or the same. */
static bool is_tail(const sp_trie *trie, uint32_t tail, uint32_t state)
{
    const sp_trie_node *t = &trie->nodes.items[tail];
    return trie->nodes.items[state].order - t->order < t->below;
}

/* ---- The sweep */

/* A reading that has arrived before word `target`. */
struct arrival {
    uint32_t target, state;
    uint32_t after; /* SP_AFTER_...: the punctuation since the last word */
    uint32_t step;
    bool fresh; /* it arrived by a word and has not been counted */
};

/* In real text two or three states meet; only a text of one syllable over and over reaches these bounds. */
enum { ARRIVALS_MAX = 512, STATES_MAX = 64 };

struct sweep {
    sp_trie *trie;
    const sp_reading_of *source;
    const sp_intern *symbols;
    sp_steps *steps;
    sp_buf scratch;
    struct arrival waiting[ARRIVALS_MAX], here[ARRIVALS_MAX];
    size_t waiting_count, here_count;
    size_t skip; /* the first skip that is not behind */
    int64_t fuel;
    bool failed;
};

/* Each word has at least one reading that arrives from the word before; it finds room, since it comes first. */
static void arrive(struct sweep *s, struct arrival a)
{
    for (size_t i = 0; i < s->waiting_count; i++) {
        struct arrival *w = &s->waiting[i];
        if (w->target == a.target && w->state == a.state && w->after == a.after) {
            if (a.fresh && !w->fresh)
                *w = a;
            return;
        }
    }
    s->fuel -= 1 + (int64_t)(s->waiting_count / 16); /* the search above, and the step that was made */
    if (s->waiting_count < ARRIVALS_MAX)
        s->waiting[s->waiting_count++] = a;
}

/* Moves the readings that have arrived at word `at` out of the waiting ones. */
static void collect(struct sweep *s, uint32_t at)
{
    size_t kept = 0;
    s->here_count = 0;
    for (size_t i = 0; i < s->waiting_count; i++) {
        if (s->waiting[i].target == at)
            s->here[s->here_count++] = s->waiting[i];
        else
            s->waiting[kept++] = s->waiting[i];
    }
    s->waiting_count = kept;
}

static void count_state(struct sweep *s, const struct arrival *a)
{
    sp_trie_node *node = &s->trie->nodes.items[a->state];
    node->visits++;
    if (node->first_path == SP_NONE)
        node->first_path = a->step;
}

/* Takes back what was counted twice for two states: the tails that both have. `b` follows `a` in order. */
static void discount_shared(struct sweep *s, uint32_t a, uint32_t b)
{
    while (!is_tail(s->trie, a, b) && s->fuel > 0) {
        a = s->trie->nodes.items[a].fail;
        s->fuel--;
    }
    if (is_tail(s->trie, a, b))
        s->trie->nodes.items[a].visits--;
}

static void count_here(struct sweep *s)
{
    uint32_t states[ARRIVALS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < s->here_count; i++) {
        const struct arrival *a = &s->here[i];
        if (!a->fresh)
            continue;
        size_t place = count;
        uint32_t order = s->trie->nodes.items[a->state].order;
        while (place > 0 && s->trie->nodes.items[states[place - 1]].order > order)
            place--;
        if (place > 0 && states[place - 1] == a->state)
            continue;
        memmove(states + place + 1, states + place, (count - place) * sizeof(*states));
        states[place] = a->state;
        count++;
        count_state(s, a);
    }
    for (size_t i = 1; i < count; i++)
        discount_shared(s, states[i - 1], states[i]);
}

static bool is_covered(const struct sweep *s, size_t i)
{
    const struct arrival *a = &s->here[i];
    for (size_t k = 0; k < s->here_count; k++) {
        const struct arrival *b = &s->here[k];
        if (k == i || a->after != b->after || !is_tail(s->trie, a->state, b->state))
            continue;
        if (a->state != b->state || k < i)
            return true;
    }
    return false;
}

/* Drops the states that another one goes on for. */
static void prune(struct sweep *s)
{
    struct arrival kept[ARRIVALS_MAX];
    size_t count = 0, most = s->fuel > 0 ? STATES_MAX : 1;
    s->fuel -= (int64_t)(s->here_count * s->here_count / 16);
    for (size_t i = 0; i < s->here_count && count < most; i++)
        if (!is_covered(s, i))
            kept[count++] = s->here[i];
    memcpy(s->here, kept, count * sizeof(*kept));
    s->here_count = count;
}

/* Passes over furniture and footnote marks: the reading arrives behind them as it is. */
static void pass_over(struct sweep *s, uint32_t at)
{
    const sp_word *word = &s->source->words.items[at];
    for (size_t i = 0; i < s->here_count; i++) {
        struct arrival a = s->here[i];
        a.fresh = false;
        for (size_t k = s->skip; k < s->source->skips.len && s->source->skips.items[k].from == at; k++) {
            a.target = s->source->skips.items[k].to;
            arrive(s, a);
        }
        if (word->flags & SP_WORD_MARK) {
            a.target = at + 1;
            a.after |= word->flags & SP_AFTER_ANY;
            arrive(s, a);
        }
    }
}

static uint32_t add_step(struct sweep *s, uint32_t parent, uint32_t first, uint32_t last)
{
    if (s->steps->len >= SP_NONE - 1 || !SP_VEC_PUSH(s->steps, (sp_step){parent, first, last})) {
        s->failed = true;
        return 0;
    }
    return (uint32_t)(s->steps->len - 1);
}

/* Takes one reading on by a symbol. */
static struct arrival advance(struct sweep *s, struct arrival a, uint32_t symbol, uint32_t first,
                              uint32_t last)
{
    a.state = symbol == SP_NONE ? 0 : go_on(s->trie, a.state, symbol, &s->fuel);
    a.step = a.state == 0 ? 0 : add_step(s, a.step, first, last);
    return a;
}

static void take_variant(struct sweep *s, struct arrival a, const sp_variant *variant, uint32_t at)
{
    struct arrival next = advance(s, a, variant->symbol, at, variant->last);
    next.target = variant->last + 1;
    next.after = variant->after;
    next.fresh = true;
    arrive(s, next);
}

/* The word at `at`, in all its readings, for one reading that has arrived there. */
static void read_on(struct sweep *s, struct arrival a, uint32_t at, const sp_variant *variants,
                    size_t count)
{
    sp_joint joint = sp_source_joint(a.after, &s->source->words.items[at]);
    uint32_t symbol = joint == SP_JOINT_DOTS ? SP_SYMBOL_DOTS : SP_SYMBOL_STOP;
    /* Nothing to decide if no passage has the word at all. */
    bool known = count > 1 || variants[0].symbol != SP_NONE;
    struct arrival stopped = a;
    if (joint != SP_JOINT_NONE && known)
        stopped = advance(s, a, symbol, at, at);
    for (size_t i = 0; i < count; i++) {
        if (joint == SP_JOINT_NONE || joint == SP_JOINT_MAYBE)
            take_variant(s, a, &variants[i], at);
        if (joint != SP_JOINT_NONE)
            take_variant(s, stopped, &variants[i], at);
        if (s->fuel <= 0)
            break;
    }
}

static void sweep_word(struct sweep *s, uint32_t at)
{
    sp_variant variants[SP_VARIANTS_MAX];
    collect(s, at);
    count_here(s);
    prune(s);
    while (s->skip < s->source->skips.len && s->source->skips.items[s->skip].from < at)
        s->skip++;
    size_t count = sp_source_variants(s->source, s->symbols, at, s->skip, &s->scratch, variants);
    s->failed = s->failed || s->scratch.failed;
    for (size_t i = 0; i < s->here_count; i++)
        read_on(s, s->here[i], at, variants, count);
    if (s->fuel > 0)
        pass_over(s, at);
}

/* Adds the counts of each state to its tails, and gives them its first occurrence if it came earlier. */
static void settle_counts(sp_trie *trie, const uint32_t *queue)
{
    for (size_t i = trie->nodes.len; i-- > 1;) {
        const sp_trie_node *node = &trie->nodes.items[queue[i]];
        sp_trie_node *tail = &trie->nodes.items[node->fail];
        tail->visits += node->visits;
        if (node->first_path < tail->first_path)
            tail->first_path = node->first_path;
    }
}

bool sp_match_run(sp_trie *trie, const sp_reading_of *source, const sp_intern *symbols, sp_steps *steps)
{
    struct sweep s = {.trie = trie, .source = source, .symbols = symbols, .steps = steps};
    uint32_t *queue = malloc(trie->nodes.len * sizeof(uint32_t));
    if (queue == NULL)
        return false;
    set_fail_links(trie, queue);
    number_fail_tree(trie, queue);
    s.fuel = 6 * ((int64_t)source->words.len + (int64_t)trie->nodes.len) + 1000000;
    add_step(&s, 0, 0, 0);
    arrive(&s, (struct arrival){0});
    for (size_t at = 0; at < source->words.len && !s.failed; at++)
        sweep_word(&s, (uint32_t)at);
    collect(&s, (uint32_t)source->words.len);
    count_here(&s);
    settle_counts(trie, queue);
    bool ok = !s.failed;
    sp_buf_clear(&s.scratch);
    free(queue);
    return ok;
}
