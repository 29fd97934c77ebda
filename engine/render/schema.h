/* JSON Schemas (draft 2020-12) of the kinds of files, from a loaded rule base: an editor that has them completes the names
 * of facts and values, shows what they mean, and marks what the program would refuse.
 *
 * They describe a file as an editor reads it, in YAML 1.2 or JSON: `yes` is a text and 2004 a number. What only a look at
 * the whole file can tell (does an id exist? is a leaf well written?) is left to the program. */
#ifndef SP_RENDER_SCHEMA_H
#define SP_RENDER_SCHEMA_H

#include "model/rules.h"
#include "render/json_out.h"

typedef enum sp_schema_kind {
    SP_SCHEMA_CASE,
    SP_SCHEMA_RULES,
    SP_SCHEMA_VOCABULARY,
    SP_SCHEMA_READING,
    SP_SCHEMA_AUTHORITIES,
    SP_SCHEMA_PASSAGES,
    SP_SCHEMA_WORLD,
    SP_SCHEMA_KINDS
} sp_schema_kind;

/* The kind of a word, "case", or SP_SCHEMA_KINDS. */
sp_schema_kind sp_schema_kind_of(sp_str word);
void sp_schema_add(sp_buf *b, const sp_rulebase *base, sp_schema_kind kind);

/* --- its parts --- */

/* Writes what a schema begins with, up to its `properties`, which stay open; the header is one of them. */
void sp_schema_begin(sp_json_out *o, const char *kind, const char *title, const char *description);
/* Definitions that all kinds refer to: text, flag, name ... */
void sp_schema_common(sp_json_out *o);
void sp_schema_case(sp_json_out *o, const sp_rulebase *base);
void sp_schema_world(sp_json_out *o, const sp_rulebase *base);
void sp_schema_rules(sp_json_out *o, const sp_rulebase *base);
void sp_schema_reading(sp_json_out *o, const sp_rulebase *base);
void sp_schema_vocabulary(sp_json_out *o, const sp_rulebase *base);
void sp_schema_authorities(sp_json_out *o);
void sp_schema_passages(sp_json_out *o);

#endif
