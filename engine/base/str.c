/* Text slices, and a text builder whose callers check for failure once, at the end. */
#include "base/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/shortage.h"

sp_str sp_str_from(const char *c_string)
{
    return c_string == NULL ? SP_EMPTY : (sp_str){c_string, strlen(c_string)};
}

bool sp_str_eq(sp_str a, sp_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

int sp_str_cmp(sp_str a, sp_str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common == 0 ? 0 : memcmp(a.ptr, b.ptr, common);
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool sp_str_starts(sp_str s, sp_str prefix)
{
    return s.len >= prefix.len && sp_str_eq((sp_str){s.ptr, prefix.len}, prefix);
}

bool sp_str_ends(sp_str s, sp_str suffix)
{
    if (s.len < suffix.len || suffix.len == 0)
        return suffix.len == 0;
    return sp_str_eq((sp_str){s.ptr + (s.len - suffix.len), suffix.len}, suffix);
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

sp_str sp_str_trim(sp_str s)
{
    while (s.len > 0 && is_blank(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len > 0 && is_blank(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool sp_str_cut(sp_str s, char at, sp_str *before, sp_str *after)
{
    const char *found = s.len == 0 ? NULL : memchr(s.ptr, at, s.len);
    if (found == NULL)
        return false;
    size_t len = (size_t)(found - s.ptr);
    *before = (sp_str){s.ptr, len};
    *after = (sp_str){found + 1, s.len - len - 1};
    return true;
}

void sp_wipe(void *memory, size_t size)
{
    volatile unsigned char *byte = memory;
    while (size-- > 0)
        *byte++ = 0;
}

void sp_buf_clear(sp_buf *b)
{
    free(b->data);
    *b = (sp_buf){0};
}

void sp_buf_reset(sp_buf *b)
{
    b->len = 0;
    b->failed = false;
}

/* The NUL is what vsnprintf wants to write. */
bool sp_buf_reserve(sp_buf *b, size_t extra)
{
    if (b->failed)
        return false;
    if (extra < b->cap - b->len)
        return true;
    if (extra < SIZE_MAX / 2 - b->len) {
        size_t cap = b->cap < 64 ? 64 : b->cap;
        while (cap - b->len <= extra)
            cap *= 2;
        char *data = realloc(b->data, cap);
        if (data != NULL) {
            b->data = data;
            b->cap = cap;
            return true;
        }
    }
    sp_shortage_note();
    b->failed = true;
    return false;
}

void sp_buf_printf(sp_buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    sp_buf_vprintf(b, format, args);
    va_end(args);
}

void sp_buf_vprintf(sp_buf *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len < 0) {
        b->failed = true;
    } else if (sp_buf_reserve(b, (size_t)len)) {
        vsnprintf(b->data + b->len, (size_t)len + 1, format, again);
        b->len += (size_t)len;
    }
    va_end(again);
}

sp_str sp_buf_str(const sp_buf *b)
{
    return (sp_str){b->data, b->len};
}
