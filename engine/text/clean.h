/* Clean text: well-formed UTF-8 without control characters. Checked before any parser sees a byte, so that
 * every fault of encoding is found in one place, and at its own place. */
#ifndef SP_TEXT_CLEAN_H
#define SP_TEXT_CLEAN_H

#include "text/diag.h"

typedef enum sp_clean_for {
    SP_CLEAN_FOR_JSON,
    SP_CLEAN_FOR_YAML /* nor U+2028, U+2029 (line breaks to libyaml alone), U+FEFF, U+FFFE, U+FFFF */
} sp_clean_for;

/* Bytes of a byte order mark of UTF-8 at the start: 3 or 0. */
size_t sp_clean_bom(sp_str text);
/* Bytes of clean text at the start. Tab, LF and CR are clean, other controls are not. */
size_t sp_clean_prefix(sp_str text, sp_clean_for what);
/* Could more bytes make a character of this rest, which sp_clean_prefix refused? */
bool sp_clean_is_cut(sp_str rest);
/* Diagnoses `rest`, which is not clean at its first byte. `at_start`: it is where the input begins. */
void sp_clean_report(sp_diags *diags, sp_place place, sp_str rest, bool at_start);

/* Where a reader stands in a text that it gets piece by piece. */
typedef struct sp_clean_position {
    uint32_t line, column; /* of the next character, from 1 */
    bool after_cr;         /* a LF now belongs to the line break before */
} sp_clean_position;

void sp_clean_advance(sp_clean_position *at, sp_str text);

#endif
