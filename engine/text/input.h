/* Where input comes from: a name, its bytes where they are kept, and whether they may be shown. */
#ifndef SP_TEXT_INPUT_H
#define SP_TEXT_INPUT_H

#include <stdint.h>

#include "base/arena.h"
#include "surplace/status.h"

typedef struct sp_input {
    sp_str name;       /* as the user wrote it, "standard input", or "built-in rules/..." */
    sp_str text;       /* whole text for inputs that are kept (rules, sources); empty for streams */
    bool confidential; /* a case file: diagnostics never show its values */
} sp_input;

/* A span of characters on one line, counted from 1; end_column is exclusive. line 0: the whole input. */
typedef struct sp_place {
    const sp_input *input; /* NULL: no input (the command line) */
    uint32_t line, column, end_column;
} sp_place;

/* Reads into buf; the number of bytes, 0 at the end, -1 on failure (errno says why). Retries EINTR. */
typedef ptrdiff_t (*sp_read_fn)(void *context, char *buf, size_t cap);

/* The text of a line of a kept input, without its line break; empty if there is none. */
sp_str sp_input_line(const sp_input *input, uint32_t line);
/* Line and column (characters, from 1) of a byte offset in a kept input. */
sp_place sp_input_place(const sp_input *input, size_t offset, size_t length);

#endif
