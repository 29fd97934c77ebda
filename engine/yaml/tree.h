/* Reads YAML and JSON documents into trees (node.h). The only modules that see yaml.h and jansson.h are behind
 * this one. */
#ifndef SP_YAML_TREE_H
#define SP_YAML_TREE_H

#include "text/diag.h"
#include "yaml/node.h"

typedef enum sp_format { SP_FORMAT_YAML, SP_FORMAT_JSON, SP_FORMAT_JSONL } sp_format;

/* Reads documents one after another from a stream; memory is that of the largest document. */
typedef struct sp_doc_reader sp_doc_reader;

/* The input and diagnostics must outlive the reader. NULL if memory ran out. */
sp_doc_reader *sp_doc_reader_new(const sp_input *input, sp_format format, sp_read_fn read, void *context,
                                 sp_diags *diags);
/* The next document: OK and *tree (valid until the next call); END; INVALID (diagnosed) after which the next
 * call goes on with the next document where the format allows (JSON Lines) or gives END; LIMIT, IO and
 * NO_MEMORY, after which the stream is over. An empty YAML document ("---" with nothing) is INVALID; an input
 * without any document is END at once. */
surplace_status sp_doc_reader_next(sp_doc_reader *reader, sp_yaml_tree *tree);
void sp_doc_reader_free(sp_doc_reader *reader);

/* Reads the single document of a kept text (rule files): OK, INVALID, LIMIT, NO_MEMORY. The tree is allocated
 * in `arena`. A second document, or none, is INVALID. */
surplace_status sp_yaml_read(const sp_input *input, sp_arena *arena, sp_yaml_tree *tree, sp_diags *diags);

#endif
