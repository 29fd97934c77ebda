/* UTF-8: validate, decode, count columns; and which characters must never reach a terminal. */
#ifndef SP_BASE_UTF8_H
#define SP_BASE_UTF8_H

#include <stdint.h>

#include "base/str.h"

/* Byte offset of the first byte that is not part of well-formed UTF-8, or s.len. Fast on ASCII. */
size_t sp_utf8_valid_prefix(sp_str s);
/* Decodes the character at s[0]; *len is its bytes (>= 1 for non-empty s). U+FFFD and 1 for a bad byte. */
uint32_t sp_utf8_decode(sp_str s, size_t *len);
/* Appends a character. */
void sp_utf8_add(sp_buf *b, uint32_t character);
/* Characters in valid UTF-8. */
size_t sp_utf8_count(sp_str s);
/* Columns on a terminal: 0 for combining marks and joiners, 2 for East Asian wide and emoji, else 1. */
int sp_utf8_width(uint32_t character);
size_t sp_utf8_columns(sp_str s);
/* Controls (C0, DEL, C1), line and paragraph separators, bidi controls, zero-width and other invisible
 * format characters, private use, noncharacters: never printed raw. Newline and tab count as unsafe. */
bool sp_utf8_unsafe(uint32_t character);
/* Appends `s` for a terminal or a one-line report: unsafe characters become \u{...}; bad bytes \x{..}. */
void sp_utf8_add_safe(sp_buf *b, sp_str s);

#endif
