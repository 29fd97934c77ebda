/* The rule base that is built into the library: what the tool surplace_embed writes, in order of names. */
#ifndef SP_EMBED_EMBEDDED_H
#define SP_EMBED_EMBEDDED_H

#include "yaml/node.h"

typedef struct sp_embedded_file {
    sp_str name;   /* "rules/inclusion/fear.yaml" */
    sp_str source; /* the file's text, for the lines that diagnostics show */
    const sp_yaml_node *nodes;
    uint32_t count;
    const char *text; /* what the nodes' texts are offsets into */
} sp_embedded_file;

extern const sp_embedded_file sp_embedded_files[];
extern const size_t sp_embedded_file_count;

#endif
