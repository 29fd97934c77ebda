/* JSON for people to read as well: indented, a line for each member, short lists on one line. */
#ifndef SP_RENDER_JSON_OUT_H
#define SP_RENDER_JSON_OUT_H

#include <stdint.h>

#include "base/str.h"

typedef struct sp_json_out {
    sp_buf *b;
    uint32_t depth;
    uint64_t lists; /* by depth: is it a list? */
    bool begun;     /* the object or list at hand has a member */
} sp_json_out;

/* A member: `key` is NULL in lists and at the top. Objects and lists are ended by sp_json_end. */
void sp_json_object(sp_json_out *o, const char *key);
void sp_json_list(sp_json_out *o, const char *key);
void sp_json_end(sp_json_out *o);
void sp_json_text(sp_json_out *o, const char *key, sp_str text);
void sp_json_words(sp_json_out *o, const char *key, const sp_str *texts, size_t count);
/* JSON as it stands, but with ' in place of ", for what is the same always. */
void sp_json_like(sp_json_out *o, const char *key, const char *json);
/* The same members as above under a key that is no constant. */
void sp_json_key(sp_json_out *o, sp_str key);

#endif
