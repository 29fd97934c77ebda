/* Text as pointer and length, and a text builder that remembers failure. */
#ifndef SP_BASE_STR_H
#define SP_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* A slice of text; not owned, not NUL-terminated, may hold any byte. ptr may be NULL when len is 0. */
typedef struct sp_str {
    const char *ptr;
    size_t len;
} sp_str;

#define SP_LIT(literal) ((sp_str){(literal), sizeof(literal) - 1})
#define SP_STR(s) (int)(s).len, (s).ptr == NULL ? "" : (s).ptr /* for "%.*s" */
#define SP_EMPTY ((sp_str){NULL, 0})

sp_str sp_str_from(const char *c_string); /* NULL gives the empty text */
bool sp_str_eq(sp_str a, sp_str b);
int sp_str_cmp(sp_str a, sp_str b); /* by bytes, shorter first; < 0, 0, > 0 */
bool sp_str_starts(sp_str s, sp_str prefix);
bool sp_str_ends(sp_str s, sp_str suffix);
sp_str sp_str_trim(sp_str s);                                      /* ASCII blanks off both ends */
bool sp_str_cut(sp_str s, char at, sp_str *before, sp_str *after); /* at the first `at` */

/* Overwrites memory in a way that the compiler does not leave out. */
void sp_wipe(void *memory, size_t size);

/* A text builder. After memory ran out `failed` is set, later calls do nothing, and the text is
 * whatever was built before: check `failed` once at the end. */
typedef struct sp_buf {
    char *data;
    size_t len, cap;
    bool failed;
} sp_buf;

void sp_buf_clear(sp_buf *b); /* frees; an all-zero sp_buf is empty and valid */
void sp_buf_reset(sp_buf *b); /* empties and keeps the memory; clears `failed` */
/* Room for `extra` more bytes and a NUL; false after failure. */
bool sp_buf_reserve(sp_buf *b, size_t extra);
void sp_buf_printf(sp_buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void sp_buf_vprintf(sp_buf *b, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
/* Reports are thousands of short pieces, so adding one where there is room costs no call. */
static inline void sp_buf_add(sp_buf *b, sp_str s)
{
    if (s.len == 0 || ((b->failed || s.len >= b->cap - b->len) && !sp_buf_reserve(b, s.len)))
        return;
    memcpy(b->data + b->len, s.ptr, s.len);
    b->len += s.len;
}

static inline void sp_buf_add_cstr(sp_buf *b, const char *s)
{
    sp_buf_add(b, s == NULL ? SP_EMPTY : (sp_str){s, strlen(s)});
}

static inline void sp_buf_add_char(sp_buf *b, char c)
{
    sp_buf_add(b, (sp_str){&c, 1});
}

sp_str sp_buf_str(const sp_buf *b);

#endif
