/* Lines and columns of a kept text. A line ends at LF, CRLF or CR, as libyaml has it. */
#include "text/input.h"

#include "base/utf8.h"

/* The offset behind the line break at or after `start`; *end is where the line itself ends. */
static size_t next_line(sp_str text, size_t start, size_t *end)
{
    size_t i = start;
    while (i < text.len && text.ptr[i] != '\n' && text.ptr[i] != '\r')
        i++;
    *end = i;
    if (i < text.len)
        i += text.ptr[i] == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n' ? 2 : 1;
    return i;
}

sp_str sp_input_line(const sp_input *input, uint32_t line)
{
    sp_str text = input->text;
    size_t start = 0;
    for (uint32_t at = 1; start < text.len; at++) {
        size_t end, next = next_line(text, start, &end);
        if (at == line)
            return (sp_str){text.ptr + start, end - start};
        start = next;
    }
    return SP_EMPTY;
}

sp_place sp_input_place(const sp_input *input, size_t offset, size_t length)
{
    sp_str text = input->text;
    if (offset > text.len)
        offset = text.len;
    if (length > text.len - offset)
        length = text.len - offset;

    uint32_t line = 1;
    size_t start = 0, end = 0;
    for (;;) {
        size_t next = text.len == 0 ? 0 : next_line(text, start, &end);
        if (next > offset || next == start || end == text.len)
            break;
        start = next;
        line++;
    }
    if (offset > end) /* in the line break itself */
        offset = end;
    if (length > end - offset)
        length = end - offset;
    if (text.len == 0)
        return (sp_place){input, 1, 1, 2};
    uint32_t column = (uint32_t)sp_utf8_count((sp_str){text.ptr + start, offset - start}) + 1;
    uint32_t width = (uint32_t)sp_utf8_count((sp_str){text.ptr + offset, length});
    return (sp_place){input, line, column, column + (width == 0 ? 1 : width)};
}
