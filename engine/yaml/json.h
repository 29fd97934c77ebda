/* Documents of JSON, or of JSON Lines: one in each line that is not blank. */
#ifndef SP_YAML_JSON_H
#define SP_YAML_JSON_H

#include "yaml/builder.h"

typedef struct sp_json sp_json;

/* `lines`: JSON Lines. NULL if memory ran out. */
sp_json *sp_json_new(bool lines, sp_read_fn read, void *context);
void sp_json_free(sp_json *json, bool wipe);

/* Builds the next document: OK, END, or another status after which the caller asks again only if it was INVALID
 * in JSON Lines. */
surplace_status sp_json_next(sp_json *json, sp_builder *builder);

#endif
