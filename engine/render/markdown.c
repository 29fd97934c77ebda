#include "render/markdown.h"

#include <string.h>

#include "base/utf8.h"

/* Runs of blanks and line breaks as one blank; unsafe characters as \u{...}. */
static void add_plain(sp_buf *b, sp_str text)
{
    size_t start = 0;
    bool blank = false;
    for (size_t i = 0; i <= text.len; i++) {
        bool space = i < text.len && strchr(" \t\r\n", text.ptr[i]) != NULL && text.ptr[i] != '\0';
        if (i < text.len && !space)
            continue;
        if (i > start) {
            if (blank)
                sp_buf_add_char(b, ' ');
            sp_utf8_add_safe(b, (sp_str){text.ptr + start, i - start});
            blank = true;
        }
        start = i + 1;
    }
}

/* '-', '+', '#', '=' and "1." are markup at the start of a line only. */
static size_t add_start(sp_buf *b, sp_str text)
{
    size_t digits = 0;
    while (digits < text.len && text.ptr[digits] >= '0' && text.ptr[digits] <= '9')
        digits++;
    if (digits == text.len || (digits == 0 && strchr("-+=", text.ptr[0]) == NULL) ||
        (digits > 0 && text.ptr[digits] != '.' && text.ptr[digits] != ')'))
        return 0;
    sp_buf_add(b, (sp_str){text.ptr, digits});
    sp_buf_add_char(b, '\\');
    sp_buf_add_char(b, text.ptr[digits]);
    return digits + 1;
}

void sp_markdown_add(sp_buf *b, sp_str text)
{
    sp_buf plain = {0};
    add_plain(&plain, text);
    sp_str s = sp_buf_str(&plain);
    for (size_t i = add_start(b, s); i < s.len; i++) {
        if (strchr("\\`*_[]<>|~&#$", s.ptr[i]) != NULL && s.ptr[i] != '\0')
            sp_buf_add_char(b, '\\');
        sp_buf_add_char(b, s.ptr[i]);
    }
    b->failed |= plain.failed;
    sp_buf_clear(&plain);
}

void sp_markdown_code_add(sp_buf *b, sp_str text)
{
    sp_buf plain = {0};
    size_t longest = 0, run = 0;
    add_plain(&plain, text);
    for (size_t i = 0; i < plain.len; i++) {
        run = plain.data[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    /* a fence longer than any within; a blank keeps it apart from one at the ends */
    for (size_t i = 0; i <= longest; i++)
        sp_buf_add_char(b, '`');
    sp_buf_add_cstr(b, longest > 0 ? " " : "");
    sp_buf_add(b, sp_buf_str(&plain));
    sp_buf_add_cstr(b, longest > 0 ? " " : "");
    for (size_t i = 0; i <= longest; i++)
        sp_buf_add_char(b, '`');
    b->failed |= plain.failed;
    sp_buf_clear(&plain);
}

void sp_markdown_anchor_add(sp_buf *b, sp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || c == '.' || c == '_' || c == '-')
            sp_buf_add_char(b, (char)c);
        else if (c == ' ')
            sp_buf_add_char(b, '-');
        else
            sp_buf_printf(b, ":%02X", c);
    }
}
