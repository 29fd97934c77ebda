/* Table-driven reading of a mapping: which keys it has, which it must have, and of what kind each value is. */
#ifndef SP_YAML_FIELDS_H
#define SP_YAML_FIELDS_H

#include "base/intern.h"
#include "yaml/tree.h"

typedef enum sp_field_kind {
    SP_FIELD_ANY,
    SP_FIELD_TEXT, /* a scalar */
    SP_FIELD_LIST,
    SP_FIELD_MAP,
    SP_FIELD_NAMES /* a scalar or a list of scalars */
} sp_field_kind;

typedef struct sp_field {
    const char *name;
    sp_field_kind kind;
    bool required;
    uint32_t node; /* out: the value, or SP_NONE */
} sp_field;

/* Fills `fields` from a mapping. Unknown keys, missing keys and wrong kinds are diagnosed ("a rule has no key
 * 'x'"); a value of the wrong kind is given as SP_NONE. False if anything was wrong. */
bool sp_fields_read(const sp_yaml_tree *tree, uint32_t mapping, const char *what, sp_field *fields,
                    size_t count, sp_diags *diags);

/* The text of a field, trimmed; empty if absent. */
sp_str sp_field_text(const sp_yaml_tree *tree, const sp_field *field);
/* A field of `yes` or `no`; `fallback` if absent; anything else is diagnosed. */
bool sp_field_flag(const sp_yaml_tree *tree, const sp_field *field, bool fallback, sp_diags *diags);
/* Is a bare scalar yes/true or no/false? */
bool sp_yaml_yes_no(const sp_yaml_tree *tree, uint32_t node, bool *yes);
/* The number of a field's word among `words`, SP_NONE if absent or unknown (diagnosed). */
uint32_t sp_field_word(const sp_yaml_tree *tree, const sp_field *field, const char *const *words,
                       size_t count, sp_diags *diags);
/* "a list", "a mapping", "a text": what stands at a node. */
const char *sp_yaml_kind_name(const sp_yaml_tree *tree, uint32_t node);

#endif
