/* Words of an explanation that all its forms share. */
#ifndef SP_RENDER_EXPLAIN_WORDS_H
#define SP_RENDER_EXPLAIN_WORDS_H

#include "render/explain.h"

/* What a part is called: "Refugee, kim.refugee", a rule's title, "exception: Excluded", "event kim/e1". */
void sp_part_title_add(sp_buf *b, const sp_explanation *e, const sp_why *why);
/* A condition as its rule has it: "event.date is after person.departed", "for_some: event in person.events". Nothing
 * where the title says it all. */
void sp_part_text_add(sp_buf *b, const sp_why *why);
/* "presumed; burden: the State", of a criterion or fact that is; else nothing. The citations are the presumption's, or
 * NULL. */
const sp_names *sp_part_presumed_add(sp_buf *b, const sp_explanation *e, const sp_why *why);
/* Citations and note of a part: those of its rule or condition. NULL: it has none of its own. */
const sp_names *sp_part_authority(const sp_explanation *e, const sp_why *why);
const sp_names *sp_part_passages(const sp_explanation *e, const sp_why *why);
sp_str sp_part_note(const sp_explanation *e, const sp_why *why);

/* What of an account stands in its own words: "Departure — is before 2000 (person.left_on is before 2000)"; with
 * `otherwise`, what is wanted of it: "would have to fail: ...". */
void sp_end_add(sp_buf *b, const sp_explanation *e, const sp_account_end *end, bool otherwise);

/* One thing that a leaf or list has read. */
typedef struct sp_reading_of {
    sp_str name;   /* "kim.departed", "next", "reading.exit" */
    sp_str value;  /* as a reader sees it: "2011-02 (applicant, answer 14)" */
    uint32_t fact; /* or SP_NONE */
    uint32_t row;
} sp_reading_of;

typedef SP_VEC(sp_reading_of) sp_readings_of;

/* Appends what a part has read, each once, its texts in the writer's arena. */
void sp_part_readings(const sp_explanation *e, const sp_why *why, sp_readings_of *list);
/* The same of an end: of a member that would have to be left out, the list. */
void sp_end_readings(const sp_explanation *e, const sp_account_end *end, sp_readings_of *list);

/* What stands in the box of a node that is drawn: its title, then a line each for what it says, what is presumed and
 * what was read; and the same of the parts that are merged with it. */
typedef SP_VEC(sp_str) sp_part_lines;
void sp_part_lines_of(const sp_explanation *e, uint32_t index, sp_part_lines *lines);
/* The node in whose box a part is drawn. */
uint32_t sp_part_drawn(const sp_tree *tree, uint32_t index);
/* "above" or "below": where the criterion is explained that the node refers to. */
const char *sp_part_whereabouts(const sp_tree *tree, const sp_tree_node *node);
/* A light colour for boxes: "#d9f2d9". */
const char *sp_part_fill(sp_state state);

#endif
