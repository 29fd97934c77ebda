/* Builds trees; shared by the readers of YAML and JSON. Its arrays grow to what the largest document needs and
 * are used again for each, so that a stream of cases costs no allocation per node or document. */
#ifndef SP_YAML_BUILDER_H
#define SP_YAML_BUILDER_H

#include "surplace/limits.h"
#include "text/diag.h"
#include "yaml/node.h"

/* A list or mapping that is not closed yet. */
typedef struct sp_builder_frame {
    uint64_t seen; /* mapping: a bit for each key so far; most keys need no other look */
    uint32_t node;
    uint32_t members;    /* scalars, lists and mappings so far; in a mapping every second is a key */
    uint32_t late;       /* mapping: the first key past those that are compared one by one */
    bool is_map, broken; /* broken: a key was no scalar, and the pairs cannot be walked */
} sp_builder_frame;

typedef struct sp_builder_key {
    const char *text;
    uint32_t len, node;
} sp_builder_key;

typedef struct sp_builder {
    const sp_input *input;
    sp_diags *diags;
    SP_VEC(sp_yaml_node) nodes;
    SP_VEC(char) text;
    SP_VEC(sp_builder_key) keys; /* to sort */
    uint32_t depth;
    surplace_status status; /* the worst so far: OK, INVALID (and worth going on), LIMIT, NO_MEMORY */
    sp_builder_frame open[SURPLACE_MAX_DEPTH];
} sp_builder;

void sp_builder_init(sp_builder *b, const sp_input *input, sp_diags *diags);
void sp_builder_clear(sp_builder *b); /* wipes the text of confidential inputs */
void sp_builder_begin(sp_builder *b); /* a new document */

void sp_builder_scalar(sp_builder *b, sp_place place, sp_str text, bool quoted);
void sp_builder_open(sp_builder *b, sp_place place, sp_yaml_kind kind);
void sp_builder_close(sp_builder *b);

/* The tree, valid until the next document; meaningful if the status is OK. */
sp_yaml_tree sp_builder_tree(const sp_builder *b);

/* The status becomes worse, never better. */
void sp_builder_fail(sp_builder *b, surplace_status status);
/* An error of the document, which makes it INVALID. */
sp_diag *sp_builder_error(sp_builder *b, sp_diag_code code, sp_place place, const char *message);

/* Nothing more can be added: a limit was reached or memory ran out. */
static inline bool sp_builder_stopped(const sp_builder *b)
{
    return b->status > SURPLACE_INVALID;
}

/* Is the next scalar, list or mapping a key? */
static inline bool sp_builder_at_key(const sp_builder *b)
{
    if (b->depth == 0)
        return false;
    const sp_builder_frame *frame = &b->open[b->depth - 1];
    return frame->is_map && frame->members % 2 == 0;
}

#endif
