/* What the readers of a rule base share. */
#ifndef SP_READ_LOADER_H
#define SP_READ_LOADER_H

#include "model/rules.h"
#include "yaml/fields.h"

/* The kinds of file, by the word in their header `surplace: KIND/1`. */
typedef enum sp_file_kind {
    SP_FILE_VOCABULARY,
    SP_FILE_AUTHORITIES,
    SP_FILE_PASSAGES,
    SP_FILE_RULES,
    SP_FILE_READING,
    SP_FILE_WORLD,
    SP_FILE_CLAIMS, /* read only where drafts are checked (read_claims.h) */
    SP_FILE_CASE,
    SP_FILE_KINDS
} sp_file_kind;

typedef struct sp_loader {
    sp_rulebase *base;
    sp_diags *diags;
} sp_loader;

/* Reads `surplace: KIND/1`; SP_FILE_KINDS if it is missing or wrong (diagnosed). */
sp_file_kind sp_read_header(const sp_yaml_tree *tree, sp_diags *diags);

/* A field of citations or ids, in the rule base's arena. */
sp_names sp_read_names(sp_loader *loader, const sp_yaml_tree *tree, const sp_field *field);
/* The same, each checked to begin with a declared authority. */
sp_names sp_read_authority(sp_loader *loader, const sp_yaml_tree *tree, const sp_field *field);
/* The same, each checked to be a declared passage. */
sp_names sp_read_passages(sp_loader *loader, const sp_yaml_tree *tree, const sp_field *field);
/* `if_open`, `burden`, `authority`: all three or none. Authorities are checked later: they are read after the
 * vocabulary. */
sp_presumption sp_read_presumption(sp_loader *loader, const sp_yaml_tree *tree, uint32_t mapping,
                                   const sp_field *if_open, const sp_field *burden,
                                   const sp_field *authority);

/* `lint: {code: reason}`: findings that are accepted of what stands at `of`. */
void sp_read_accepted(sp_loader *loader, const sp_yaml_tree *tree, const sp_field *field, sp_place of);

/* The phases, in order; each goes on after a bad entry. Declarations of all vocabulary files come before their
 * members, so that files may refer to one another in any order. */
void sp_read_vocab_names(sp_loader *loader, const sp_yaml_tree *tree);
void sp_read_vocab_members(sp_loader *loader, const sp_yaml_tree *tree);
void sp_finish_vocab(sp_loader *loader);
void sp_read_authorities_file(sp_loader *loader, const sp_yaml_tree *tree);
void sp_read_passages_file(sp_loader *loader, const sp_yaml_tree *tree);
void sp_read_rules_file(sp_loader *loader, const sp_yaml_tree *tree);
void sp_read_reading_file(sp_loader *loader, const sp_yaml_tree *tree);

/* A parameter's value of the given type; diagnosed and false if it does not fit. */
bool sp_read_setting_value(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node, sp_type type,
                           sp_value *value);
/* One rule mapping; its index, or SP_NONE if it is broken. */
uint32_t sp_read_rule(sp_loader *loader, const sp_yaml_tree *tree, uint32_t mapping, uint32_t reading);
/* Reads a type such as `list of harm`; false if there is none of that name (diagnosed). */
bool sp_read_type(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node, sp_type *type);

#endif
