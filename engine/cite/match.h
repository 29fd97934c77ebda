/* All passages at once, looked for in every reading of a source. */
#ifndef SP_CITE_MATCH_H
#define SP_CITE_MATCH_H

#include "base/intern.h"
#include "cite/page.h"
#include "cite/words.h"

/* Two symbols that are no words. */
enum {
    SP_SYMBOL_STOP = 0, /* a sentence ends and the next begins with a capital */
    SP_SYMBOL_DOTS = 1  /* an omission: ". . ." */
};

/* A source as read: its words, and where a reader may pass over page furniture (skips, by `from`). */
typedef struct sp_reading_skip {
    uint32_t from, to; /* numbers of words */
    bool whole;
} sp_reading_skip;

typedef struct sp_reading_of {
    sp_str text;
    sp_words words;
    SP_VEC(sp_reading_skip) skips;
} sp_reading_of;

bool sp_source_read(sp_str text, sp_reading_of *source);
void sp_source_clear(sp_reading_of *source);

/* The ways to read on from a word: up to three pieces of a word that is split at line ends. */
typedef struct sp_variant {
    uint32_t symbol; /* SP_NONE: no passage has this word */
    uint32_t last;   /* the last word of the source that it takes in */
    uint32_t after;  /* SP_AFTER_... */
    bool hyphen;     /* joined with a hyphen */
} sp_variant;

enum { SP_VARIANTS_MAX = 24 };

/* The variants of word `at`, the word alone first. `skip` is the first skip whose `from` is beyond `at`.
 * If memory ran out, `scratch` has failed. */
size_t sp_source_variants(const sp_reading_of *source, const sp_intern *symbols, uint32_t at, size_t skip,
                          sp_buf *scratch, sp_variant *variants);
/* Whether a sentence ends between a word followed by `after` and the next one: it does, it does not, or both are
 * possible. */
typedef enum sp_joint { SP_JOINT_NONE, SP_JOINT_MAYBE, SP_JOINT_STOP, SP_JOINT_DOTS } sp_joint;
sp_joint sp_source_joint(uint32_t after, const sp_word *next);

/* A passage as read: there is only one way to. */
typedef struct sp_element {
    uint32_t symbol;
    uint32_t word; /* of `words`; for the two symbols that are no words, the one that follows */
} sp_element;

typedef struct sp_passage {
    sp_str text;
    sp_words words;
    SP_VEC(sp_element) elements;
    SP_VEC(uint32_t) symbols; /* of `elements` */
} sp_passage;

/* Reads `text` into `passage`, whose memory is used again; its words are added to `symbols`. False if memory ran
 * out. */
bool sp_passage_read(sp_str text, sp_intern *symbols, sp_buf *scratch, sp_passage *passage);
void sp_passage_clear(sp_passage *passage);

/* The passages, as a tree of their common beginnings. All-zero is empty; _start makes the root. */
typedef struct sp_trie_node {
    uint32_t symbol, depth;
    uint32_t first_child, next_sibling;
    uint32_t fail;         /* the longest other beginning that this one ends in */
    uint32_t order, below; /* place in the tree of fail links, and how many hang on it, itself included */
    uint32_t first_path;   /* of the first occurrence; SP_NONE: there is none */
    int64_t visits;        /* occurrences, once sp_match_run is done */
} sp_trie_node;

typedef struct sp_trie {
    SP_VEC(sp_trie_node) nodes;
    uint32_t *slots; /* open addressing over (parent, symbol): node, or 0 */
    size_t slots_cap;
} sp_trie;

/* One step of a reading: a word of the source that continued some passage. */
typedef struct sp_step {
    uint32_t parent, first, last;
} sp_step;

typedef SP_VEC(sp_step) sp_steps;

bool sp_trie_start(sp_trie *trie);
/* The node at the end of `count` symbols, made if it is not there; SP_NONE if memory ran out. */
uint32_t sp_trie_add(sp_trie *trie, const uint32_t *symbols, size_t count);
void sp_trie_clear(sp_trie *trie);

/* Counts the occurrences of every beginning. False if memory ran out. */
bool sp_match_run(sp_trie *trie, const sp_reading_of *source, const sp_intern *symbols, sp_steps *steps);

#endif
