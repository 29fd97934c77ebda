/* Patterns of claims: word families written out, compiled, and what each needs to be worth a search. */
#ifndef SP_READ_CLAIM_PATTERN_H
#define SP_READ_CLAIM_PATTERN_H

#include "model/claims.h"
#include "yaml/fields.h"

typedef struct sp_claim_loader {
    sp_claims *claims;
    const sp_rulebase *base;
    sp_diags *diags;
} sp_claim_loader;

/* A mapping of word families, `NAME: pattern`; they may use one another, in any order and over all files. */
void sp_read_concepts(sp_claim_loader *loader, const sp_yaml_tree *tree, uint32_t mapping);
/* Compiles all of them once they are read. */
void sp_finish_concepts(sp_claim_loader *loader);

/* A field of patterns: a text, or a list of them. */
sp_parts sp_read_parts(sp_claim_loader *loader, const sp_yaml_tree *tree, const sp_field *field);
/* A list of claim patterns: each a text, or a mapping of `all`, `none` and `two`. */
const sp_claim_pattern *sp_read_claim_patterns(sp_claim_loader *loader, const sp_yaml_tree *tree,
                                               uint32_t list, uint32_t *count);

#endif
