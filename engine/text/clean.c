#include "text/clean.h"

#include <string.h>

#include "base/utf8.h"

#define BLOCK 64

/* Is the block plain ASCII text? Written without a branch, so that compilers make vector code of it. */
static bool block_is_plain(const unsigned char *p)
{
    unsigned char bad = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        unsigned char c = p[i];
        unsigned char blank = (unsigned char)((c == '\n') | (c == '\t') | (c == '\r'));
        bad |= (unsigned char)(((c < 0x20) & (blank ^ 1)) | (c >= 0x7F));
    }
    return bad == 0;
}

static bool character_is_clean(uint32_t c, sp_clean_for what)
{
    if (c < 0x20)
        return c == '\n' || c == '\t' || c == '\r';
    if (c >= 0x7F && c <= 0x9F)
        return false;
    if (what == SP_CLEAN_FOR_YAML)
        return c != 0x2028 && c != 0x2029 && c != 0xFEFF && c != 0xFFFE && c != 0xFFFF;
    return true;
}

size_t sp_clean_bom(sp_str text)
{
    return sp_str_starts(text, SP_LIT("\xEF\xBB\xBF")) ? 3 : 0;
}

size_t sp_clean_prefix(sp_str text, sp_clean_for what)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t i = 0;
    while (i < text.len) {
        if (text.len - i >= BLOCK && block_is_plain(p + i)) {
            i += BLOCK;
            continue;
        }
        size_t stop = text.len - i < BLOCK ? text.len : i + BLOCK;
        while (i < stop) {
            size_t len;
            uint32_t c = sp_utf8_decode((sp_str){text.ptr + i, text.len - i}, &len);
            bool bad = len == 1 && p[i] >= 0x80;
            if (bad || !character_is_clean(c, what))
                return i;
            i += len;
        }
    }
    return i;
}

bool sp_clean_is_cut(sp_str rest)
{
    /* A character that is only short would be whole with some continuation bytes behind it. These two give
     * each lead byte something it takes: E0 and F0 want high ones first, ED and F4 low ones. */
    static const char *const tails[] = {"\x80\x80\x80", "\xBF\xBF\xBF"};
    if (rest.len == 0 || rest.len > 3)
        return false;
    for (size_t i = 0; i < 2; i++) {
        char bytes[6];
        memcpy(bytes, rest.ptr, rest.len);
        memcpy(bytes + rest.len, tails[i], 3);
        size_t len;
        sp_utf8_decode((sp_str){bytes, rest.len + 3}, &len);
        if (len > rest.len)
            return true;
    }
    return false;
}

/* UTF-16 or UTF-32 by their byte order marks, or by the NULs between ASCII letters; NULL otherwise. */
static const char *other_encoding(sp_str start)
{
    if (sp_str_starts(start, SP_LIT("\xFF\xFE\0\0")) || sp_str_starts(start, SP_LIT("\0\0\xFE\xFF")))
        return "UTF-32";
    if (sp_str_starts(start, SP_LIT("\xFF\xFE")) || sp_str_starts(start, SP_LIT("\xFE\xFF")))
        return "UTF-16";
    if (start.len >= 4 && start.ptr[0] == 0 && start.ptr[1] != 0 && start.ptr[2] == 0 && start.ptr[3] != 0)
        return "UTF-16";
    return NULL;
}

static sp_diag *add(sp_diags *diags, sp_place place, const char *message)
{
    return sp_diags_add(diags, SP_ERROR, SP_DIAG_ENCODING, place, "%s", message);
}

void sp_clean_report(sp_diags *diags, sp_place place, sp_str rest, bool at_start)
{
    const char *encoding = at_start ? other_encoding(rest) : NULL;
    if (encoding != NULL) {
        sp_diag *diag = sp_diags_add(diags, SP_ERROR, SP_DIAG_ENCODING, place,
                                     "the file is %s; save it as UTF-8", encoding);
        sp_diag_hint(diags, diag, "in the editor: 'Save with encoding', 'UTF-8'");
        return;
    }

    size_t len;
    uint32_t c = sp_utf8_decode(rest, &len);
    sp_diag *diag;
    if (c == 0xFFFD && len == 1 && sp_clean_is_cut(rest)) {
        diag = add(diags, place, "the text ends in the middle of a character");
        sp_diag_hint(diags, diag, "the file was cut off, or is not in UTF-8");
    } else if (c == 0xFFFD && len == 1) {
        diag = add(diags, place, "this is not UTF-8");
        sp_diag_hint(diags, diag, "save the file as UTF-8; it may be in Latin-1 or Windows-1252");
    } else if (c == 0) {
        diag = add(diags, place, "a NUL byte stands in the text");
        sp_diag_hint(diags, diag, "save the file as UTF-8; it may be in UTF-16, or no text at all");
    } else if (c == 0xFEFF) {
        diag = add(diags, place, "a byte order mark (U+FEFF) stands in the middle of the text");
        sp_diag_hint(diags, diag, "it is invisible: retype the start of this line");
    } else if (c == 0x2028 || c == 0x2029) {
        diag = sp_diags_add(diags, SP_ERROR, SP_DIAG_ENCODING, place,
                            "a line separator (U+%04X) stands in the text", (unsigned)c);
        sp_diag_hint(diags, diag, "put an ordinary line break or a blank in its place");
    } else {
        sp_diags_add(diags, SP_ERROR, SP_DIAG_ENCODING, place,
                     "a control character (U+%04X) stands in the text", (unsigned)c);
    }
}

/* ---- Positions */

static size_t count_byte(sp_str text, char byte)
{
    size_t count = 0;
    while (text.len >= BLOCK) {
        unsigned char found = 0;
        for (size_t i = 0; i < BLOCK; i++)
            found = (unsigned char)(found + (text.ptr[i] == byte));
        count += found;
        text.ptr += BLOCK;
        text.len -= BLOCK;
    }
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == byte;
    return count;
}

void sp_clean_advance(sp_clean_position *at, sp_str text)
{
    if (text.len == 0)
        return;
    size_t breaks = count_byte(text, '\n');
    if (memchr(text.ptr, '\r', text.len) != NULL) {
        for (size_t i = 0; i < text.len; i++)
            breaks += text.ptr[i] == '\r' && !(i + 1 < text.len && text.ptr[i + 1] == '\n');
    }
    if (at->after_cr && text.ptr[0] == '\n')
        breaks--;
    at->after_cr = text.ptr[text.len - 1] == '\r';

    size_t line_start = text.len;
    while (line_start > 0 && text.ptr[line_start - 1] != '\n' && text.ptr[line_start - 1] != '\r')
        line_start--;
    size_t columns = sp_utf8_count((sp_str){text.ptr + line_start, text.len - line_start});
    at->column = (uint32_t)columns + (line_start > 0 ? 1 : at->column);
    at->line += (uint32_t)breaks;
}
