/* Plain text: paragraphs between blank lines, list items by their bullets, and short lines of their own as headings. */
#include "draft/builder.h"

static size_t bullet(sp_str line)
{
    static const char *const marks[] = {"- ", "* ", "+ ", "\xE2\x80\xA2 ", "\xE2\x80\x93 "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (sp_str_starts(line, sp_str_from(marks[i])))
            return strlen(marks[i]);
    size_t at = line.len > 0 && line.ptr[0] == '(' ? 1 : 0, digits = at;
    while (digits < line.len && digits < at + 3 && line.ptr[digits] >= '0' && line.ptr[digits] <= '9')
        digits++;
    if (digits == at && at == 1 && line.len > 1 && line.ptr[1] >= 'a' && line.ptr[1] <= 'z')
        digits++;
    bool closed = digits + 1 < line.len && digits > at && line.ptr[digits + 1] == ' ' &&
                  (line.ptr[digits] == ')' || (line.ptr[digits] == '.' && at == 0));
    return closed ? digits + 2 : 0;
}

/* A short line between blank ones that no stop ends, nor has within it, and that no small letter begins. */
static bool is_heading(sp_str line)
{
    char first = line.len > 0 ? line.ptr[0] : 'a', last = line.len > 0 ? line.ptr[line.len - 1] : '.';
    for (size_t i = 0; i + 1 < line.len; i++)
        if ((line.ptr[i] == '.' || line.ptr[i] == '?' || line.ptr[i] == '!') && line.ptr[i + 1] == ' ')
            return false;
    if (first >= 'a' && first <= 'z')
        return false;
    return line.len <= 90 && last != '.' && last != ',' && last != ';' && last != ':' && last != '?' &&
           last != '!' && last != '"' && last != '\'' && last != ')';
}

static sp_str next_line(sp_str text, size_t *at)
{
    size_t start = *at;
    while (*at < text.len && text.ptr[*at] != '\n' && text.ptr[*at] != '\r' && text.ptr[*at] != '\f')
        (*at)++;
    sp_str line = {text.ptr + start, *at - start};
    if (*at + 1 < text.len && text.ptr[*at] == '\r' && text.ptr[*at + 1] == '\n')
        (*at)++;
    if (*at < text.len)
        (*at)++;
    return line;
}

bool sp_plain_read(sp_prose_builder *b, size_t start)
{
    sp_str text = b->prose->input->text;
    uint32_t lead = SP_NONE, closed;
    b->join_words = true;
    for (size_t at = start; at < text.len && !b->failed;) {
        sp_str raw = next_line(text, &at), line = sp_str_trim(raw);
        size_t offset = (size_t)(line.ptr - text.ptr), peek = at;
        if (line.len == 0) {
            closed = sp_prose_close(b);
            lead = closed != SP_NONE && b->kind != SP_BLOCK_ITEM ? closed : lead;
            continue;
        }
        sp_str after = at < text.len ? sp_str_trim(next_line(text, &peek)) : SP_EMPTY;
        size_t mark = bullet(line);
        bool quoted = line.ptr[0] == '>';
        if (mark > 0 || (b->open && quoted != b->quotation)) {
            closed = sp_prose_close(b);
            lead = closed != SP_NONE && b->kind != SP_BLOCK_ITEM ? closed : lead;
        }
        if (quoted)
            mark = line.len > 1 && line.ptr[1] == ' ' ? 2 : 1;
        bool heading = !b->open && mark == 0 && after.len == 0 && is_heading(line);
        if (b->open)
            sp_prose_break(b, offset > 0 ? offset - 1 : 0);
        else
            b->lead = mark > 0 && !quoted ? lead : SP_NONE;
        sp_prose_open(b,
                      heading               ? SP_BLOCK_HEADING
                      : mark > 0 && !quoted ? SP_BLOCK_ITEM
                                            : SP_BLOCK_PARAGRAPH,
                      quoted);
        sp_prose_add(b, offset + mark, line.len - mark);
        if (heading)
            lead = sp_prose_close(b);
    }
    sp_prose_close(b);
    return !b->failed;
}
