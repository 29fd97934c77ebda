/* The sentences of the vocabulary's page, the same in every format. */
#ifndef SP_RENDER_VOCABULARY_WORDS_H
#define SP_RENDER_VOCABULARY_WORDS_H

#include "render/clause.h"

/* "Listed under `persons` in a case file." */
void sp_words_place_add(sp_buf *b, const sp_vocab *vocab, uint32_t entity);
/* "yes or no", "one of: none (no penalty); ...", "one State (state)", "a list of: Harm feared (harm, written in place)". */
void sp_words_type_add(sp_buf *b, const sp_vocab *vocab, sp_type type);
/* "While nobody has said, taken as no. Burden: the State that asserts it (HB 149)."; nothing where nothing is presumed. */
void sp_words_presumption_add(sp_buf *b, const sp_presumption *p, const char *holds, const char *fails);
/* What the facts of the rule base have to do with a date of the case; nothing of any other fact. */
void sp_words_day_add(sp_buf *b, const sp_vocab *vocab, const sp_fact *fact);
/* "person.ceased: silence stays open (QAAH [2006] HCA 53)." */
void sp_words_silence_add(sp_buf *b, const sp_vocab *vocab, const sp_reading_presumption *silence);
/* "the text itself argues it" ..., or NULL if the rule does not say. */
const char *sp_words_support(uint8_t support);
const char *sp_words_passage_kind(uint8_t kind);
/* "p. 288", "pp. 287-288" */
void sp_words_page_add(sp_buf *b, const sp_passage *passage);
/* "HB 94; HB 95" */
void sp_words_names_add(sp_buf *b, const sp_names *names);
/* A title, or the name with blanks where there is none. */
void sp_words_title_add(sp_buf *b, sp_str title, sp_str name);
/* ", from 2022-06-28 until ..." as far as a reading says so. */
void sp_words_period_add(sp_buf *b, const sp_reading *reading);
/* "person.in_danger_in(state)": how rules write a criterion. */
void sp_words_criterion_add(sp_buf *b, const sp_vocab *vocab, uint32_t criterion);

#endif
