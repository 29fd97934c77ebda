/* Leaves and quantifiers as exact clauses: who is spoken of, in the words of the vocabulary, with nothing left out. Where
 * a phrase (phrase.h) names a condition, a clause says all of it, so that it can be proof-read. */
#ifndef SP_RENDER_CLAUSE_H
#define SP_RENDER_CLAUSE_H

#include "net/network.h"

/* "the “Date” of the event is after the “Date of departure” of the person": a leaf. A parameter is followed by its
 * value under the network's reading. */
void sp_clause_add(sp_buf *b, const sp_network *net, const sp_cond *leaf);
/* Any node without its parts: a leaf whole, else its head: "at least one of these is so", "for some event among the
 * “Events since departure” of the person, all of these are so". */
void sp_clause_head_add(sp_buf *b, const sp_network *net, const sp_cond *cond);
/* The criterion that a leaf asks for, or SP_NONE. */
uint32_t sp_clause_criterion(const sp_cond *leaf);

/* What stands below the head of a node, in order: what members of a list must be, parts, exceptions. A quantifier's body
 * has no line of its own: its parts are the quantifier's. */
typedef enum sp_element_role { SP_ELEMENT_WHERE, SP_ELEMENT_PART, SP_ELEMENT_EXCEPTION } sp_element_role;

typedef struct sp_element {
    const sp_cond *cond;
    sp_element_role role;
} sp_element;

size_t sp_element_count(const sp_cond *cond);
sp_element sp_element_at(const sp_cond *cond, size_t index);
/* The same for a rule: the parts of its `requires` and what defeats it. */
size_t sp_rule_element_count(const sp_rule *rule);
sp_element sp_rule_element_at(const sp_rule *rule, size_t index);

/* A value of a parameter as a reader sees it: yes, 12, “a real chance”. */
void sp_clause_value_add(sp_buf *b, const sp_vocab *vocab, sp_type type, sp_value value);
/* A name with blanks in place of underscores. */
void sp_clause_name_add(sp_buf *b, sp_str name);

#endif
