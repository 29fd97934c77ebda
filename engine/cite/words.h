/* Reads a text as the words that a citation is compared by. */
#ifndef SP_CITE_WORDS_H
#define SP_CITE_WORDS_H

#include <stdint.h>

#include "base/str.h"
#include "base/utf8.h"
#include "base/vec.h"

/* What a character is to a reader of words. */
typedef enum sp_char_kind {
    SP_CHAR_OTHER, /* brackets, dashes, ornaments and the usual signs of footnotes: never compared */
    SP_CHAR_SPACE,
    SP_CHAR_BREAK, /* line feed, form feed */
    SP_CHAR_LETTER,
    SP_CHAR_DIGIT,
    SP_CHAR_ALONE, /* a word by itself: ideographs and kana, which are written without spaces */
    SP_CHAR_HYPHEN,
    SP_CHAR_DASH,   /* a hyphen between two letters or digits, nothing elsewhere */
    SP_CHAR_SHY,    /* soft hyphen */
    SP_CHAR_HIDDEN, /* zero width, direction marks */
    SP_CHAR_APOSTROPHE,
    SP_CHAR_QUOTE,
    SP_CHAR_STOP,
    SP_CHAR_PAUSE, /* , ; : */
    SP_CHAR_ASK,   /* ? ! */
    SP_CHAR_DOTS,  /* the ellipsis as one character */
    SP_CHAR_SIGN   /* per cent, currency, section and the like: part of what is said */
} sp_char_kind;

enum {
    /* What the word is. */
    SP_WORD_CAPITAL = 1,   /* begins with an upper-case letter */
    SP_WORD_BROKEN = 2,    /* a hyphen at a line end follows, which may or may not belong to the word */
    SP_WORD_MARK = 4,      /* may be a footnote mark, to be passed over */
    SP_WORD_MARKED = 8,    /* may end in the digits of a footnote mark */
    SP_WORD_MERGED = 16,   /* took in the "s" of "government s" */
    SP_WORD_INITIALS = 32, /* "U.S", "J": a stop behind it ends no sentence */
    /* What stands between it and the next word. */
    SP_AFTER_STOP = 64,
    SP_AFTER_PAUSE = 128,
    SP_AFTER_ASK = 256,
    SP_AFTER_DOTS = 512,
    SP_AFTER_ANY = SP_AFTER_STOP | SP_AFTER_PAUSE | SP_AFTER_ASK | SP_AFTER_DOTS
};

typedef struct sp_word {
    uint32_t start, end; /* bytes of the text; the hyphen of a broken word is not among them */
    uint32_t line;       /* of its start */
    uint32_t flags;
} sp_word;

typedef SP_VEC(sp_word) sp_words;

/* The kind of the character at `at` and its bytes. */
sp_char_kind sp_char_at(sp_str text, size_t at, size_t *len);
bool sp_char_is_upper(uint32_t character);

/* Appends the words of `text`, which is shorter than 4 GiB; false if memory ran out. Linear time. */
bool sp_words_read(sp_str text, sp_words *words);
/* Appends what is compared of a word: without apostrophes, blanks and soft hyphens, ligatures taken apart. */
void sp_word_add(sp_buf *b, sp_str text, const sp_word *word);
/* The word without the digits that may be a footnote mark; only of a word that is SP_WORD_MARKED. */
sp_word sp_word_unmarked(sp_str text, const sp_word *word);
/* Whether "." behind it ends no sentence and a number behind it is no footnote mark: "Art", "No", "para". */
bool sp_word_is_abbreviation(sp_str text, const sp_word *word);

#endif
