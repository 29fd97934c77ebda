/* Sentences: a full stop, question or exclamation mark ends one where a blank and a new beginning follow, unless the
 * stop belongs to an abbreviation or a number. */
#include "draft/sentence.h"

#include "surplace/limits.h"

static bool is_upper(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool is_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* A stop behind these never ends a sentence: what they shorten comes next. */
static bool is_abbreviation(sp_str word)
{
    static const char *const words[] = {
        "art",  "arts", "para",  "paras",  "v",    "vs",   "no",   "nos",  "mr",  "mrs", "ms",
        "dr",   "prof", "st",    "sec",    "s",    "ss",   "cf",   "eg",   "ie",  "e.g", "i.e",
        "al",   "fig",  "vol",   "ch",     "chap", "ed",   "eds",  "pp",   "p",   "n",   "op",
        "cit",  "ibid", "hon",   "gen",    "col",  "sgt",  "lt",   "capt", "rev", "jan", "feb",
        "mar",  "apr",  "jun",   "jul",    "aug",  "sept", "sep",  "oct",  "nov", "dec", "reg",
        "regs", "cl",   "sched", "approx", "ca",   "viz",  "conv", "conf", "res", "doc"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        sp_str known = sp_str_from(words[i]);
        size_t same = 0;
        if (known.len != word.len || (known.len == 1 && word.ptr[0] != known.ptr[0]))
            continue; /* "p. 5" is a page, "Mr P." is not */
        while (same < known.len && (word.ptr[same] == '.' ? '.' : word.ptr[same] | 0x20) == known.ptr[same])
            same++;
        if (same == known.len)
            return true;
    }
    return false;
}

/* The word that a stop at `at` follows, with the stops inside it: "U.N" in "U.N.". */
static sp_str word_before(sp_str text, size_t start, size_t at)
{
    size_t from = at;
    while (from > start && (is_word((unsigned char)text.ptr[from - 1]) || text.ptr[from - 1] == '.'))
        from--;
    return (sp_str){text.ptr + from, at - from};
}

/* Letters one by one with stops between, or a single capital: "U.N", "U.S.A", the K of "Ms K.". The latter may end a
 * sentence too, so what comes next decides. */
static bool is_initials(sp_str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (i % 2 == 0 ? !is_upper((unsigned char)word.ptr[i]) : word.ptr[i] != '.')
            return false;
    return word.len % 2 == 1;
}

/* Words that begin a sentence often and go on behind an initial rarely. */
static bool begins_sentence(sp_str rest)
{
    static const char *const words[] = {
        "The ",  "A ",    "An ", "In ",  "It ",    "This ",  "That ",  "These ", "Her ", "His ",  "She ",
        "He ",   "They ", "If ", "But ", "And ",   "On ",    "As ",    "No ",    "For ", "When ", "Where ",
        "What ", "Nor ",  "So ", "We ",  "Their ", "There ", "Under ", "Since ", "At ",  "To "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sp_str_starts(rest, sp_str_from(words[i])))
            return true;
    return false;
}

static bool ends_here(sp_str text, size_t start, size_t at, size_t next)
{
    unsigned char first = (unsigned char)text.ptr[next];
    if (!(is_upper(first) || (first >= '0' && first <= '9') || first == '"' || first == '\'' ||
          first == '(' || first == '['))
        return false;
    if (text.ptr[at] != '.')
        return true;
    sp_str word = word_before(text, start, at);
    if (is_abbreviation(word))
        return false;
    if (is_initials(word))
        return begins_sentence((sp_str){text.ptr + next, text.len - next});
    /* "1." and "(a)." number what follows */
    if (word.len > 0 && word.len < 3 && word.ptr == text.ptr + start && word.ptr[0] >= '0' &&
        word.ptr[0] <= '9')
        return false;
    return true;
}

static bool add(sp_prose *prose, uint32_t block, size_t start, size_t end)
{
    sp_str text = prose->blocks.items[block].text;
    while (start < end && text.ptr[start] == ' ')
        start++;
    while (end > start && text.ptr[end - 1] == ' ')
        end--;
    while (end > start) {
        size_t cut = end;
        if (end - start > SURPLACE_MAX_SENTENCE_BYTES) {
            cut = start + SURPLACE_MAX_SENTENCE_BYTES;
            while (cut > start + SURPLACE_MAX_SENTENCE_BYTES / 2 && text.ptr[cut] != ' ')
                cut--;
            while (cut > start && ((unsigned char)text.ptr[cut] & 0xC0) == 0x80)
                cut--;
        }
        sp_sentence sentence = {block, (uint32_t)start, (uint32_t)cut};
        if (!SP_VEC_PUSH(&prose->sentences, sentence))
            return false;
        start = cut;
        while (start < end && text.ptr[start] == ' ')
            start++;
    }
    return true;
}

bool sp_sentences_split(sp_prose *prose, uint32_t block)
{
    sp_block *b = &prose->blocks.items[block];
    sp_str text = b->text;
    size_t start = 0;
    b->first_sentence = (uint32_t)prose->sentences.len;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c != '.' && c != '?' && c != '!')
            continue;
        size_t after = i + 1;
        while (after < text.len &&
               (text.ptr[after] == '.' || text.ptr[after] == '"' || text.ptr[after] == '\'' ||
                text.ptr[after] == ')' || text.ptr[after] == ']' || text.ptr[after] == '?' ||
                text.ptr[after] == '!'))
            after++;
        size_t next = after;
        while (next < text.len && text.ptr[next] == ' ')
            next++;
        if (next == after || next == text.len || !ends_here(text, start, i, next))
            continue;
        if (!add(prose, block, start, after))
            return false;
        start = next;
        i = next - 1;
    }
    if (!add(prose, block, start, text.len))
        return false;
    b->sentence_count = (uint32_t)prose->sentences.len - b->first_sentence;
    return true;
}
