#include "render/json_out.h"

#include "render/out.h"

static void begin_member(sp_json_out *o)
{
    if (o->depth == 0)
        return;
    sp_buf_add_cstr(o->b, o->begun ? ",\n" : "\n");
    sp_blanks_add(o->b, 2u * o->depth);
    o->begun = true;
}

void sp_json_key(sp_json_out *o, sp_str key)
{
    begin_member(o);
    sp_json_add(o->b, key);
    sp_buf_add_cstr(o->b, ": ");
}

/* In a list no key; where sp_json_key has written one, neither. */
static void member(sp_json_out *o, const char *key)
{
    bool keyed = o->b->len >= 2 && memcmp(o->b->data + o->b->len - 2, ": ", 2) == 0;
    if (key != NULL)
        sp_json_key(o, sp_str_from(key));
    else if (!keyed)
        begin_member(o);
}

static void open(sp_json_out *o, const char *key, bool list)
{
    member(o, key);
    sp_buf_add_char(o->b, list ? '[' : '{');
    o->depth++;
    o->lists = (o->lists & ~((uint64_t)1 << (o->depth & 63))) | (uint64_t)list << (o->depth & 63);
    o->begun = false;
}

void sp_json_object(sp_json_out *o, const char *key)
{
    open(o, key, false);
}

void sp_json_list(sp_json_out *o, const char *key)
{
    open(o, key, true);
}

void sp_json_end(sp_json_out *o)
{
    bool list = o->lists >> (o->depth & 63) & 1;
    o->depth--;
    if (o->begun) {
        sp_buf_add_char(o->b, '\n');
        sp_blanks_add(o->b, 2u * o->depth);
    }
    sp_buf_add_char(o->b, list ? ']' : '}');
    o->begun = true;
    if (o->depth == 0)
        sp_buf_add_char(o->b, '\n');
}

void sp_json_text(sp_json_out *o, const char *key, sp_str text)
{
    member(o, key);
    sp_json_add(o->b, text);
}

void sp_json_words(sp_json_out *o, const char *key, const sp_str *texts, size_t count)
{
    member(o, key);
    sp_buf_add_char(o->b, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            sp_buf_add_cstr(o->b, ", ");
        sp_json_add(o->b, texts[i]);
    }
    sp_buf_add_char(o->b, ']');
}

void sp_json_like(sp_json_out *o, const char *key, const char *json)
{
    member(o, key);
    for (const char *at = json; *at != '\0'; at++)
        sp_buf_add_char(o->b, *at == '\'' ? '"' : *at);
}
