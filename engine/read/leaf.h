/* Leaves of conditions: "person.departed is before event.date". */
#ifndef SP_READ_LEAF_H
#define SP_READ_LEAF_H

#include "read/loader.h"
#include "surplace/limits.h"

typedef struct sp_variable {
    sp_str name;
    sp_type type;
} sp_variable;

/* What a condition may speak of. Variable 0 is the case. */
typedef struct sp_scope {
    sp_variable variables[SURPLACE_MAX_QUANTIFIER_DEPTH + 4];
    uint32_t count;
    uint32_t quantified; /* how many of them a quantifier brought */
    bool explanation;    /* the rule explains State conduct: the wall does not stand before it */
} sp_scope;

/* Reads the leaf at a scalar node into cond's text, op, left, right, pattern. False if it is broken (diagnosed). */
bool sp_read_leaf(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node, const sp_scope *scope,
                  sp_cond *cond);

/* Reads "x in LIST": the new variable's name and the list. */
bool sp_read_quantifier(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node, const sp_scope *scope,
                        sp_cond *cond);

/* Reads a conclusion, "person.in_danger_in(state)"; fills the scope. The criterion, or SP_NONE. */
uint32_t sp_read_conclusion(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node, sp_scope *scope);

#endif
