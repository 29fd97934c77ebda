/* Case files in a folder that is never written over. */
#ifndef SP_CLI_PAIRS_H
#define SP_CLI_PAIRS_H

#include "cli/stream.h"

typedef struct sp_pair {
    char *path;
    char *text;
    size_t length;
} sp_pair;

/* Files kept until all of them are known. */
typedef struct sp_pairs {
    const char *folder;
    size_t case_number; /* from 1; stands in the names */
    sp_pair *items;
    size_t count, capacity;
    bool failed; /* memory ran out */
} sp_pairs;

/* A surplace_pair_fn; the context is the sp_pairs. */
int sp_pairs_take(void *context, size_t number, const char *fact, const char *text, size_t length);
/* Makes the folder if it is not there and writes the files, each whole or not at all. One that is there already with
 * the same content is left; if one differs nothing is written. An exit code, after a message. */
int sp_pairs_write(sp_pairs *pairs);
void sp_pairs_free(sp_pairs *pairs);

#endif
