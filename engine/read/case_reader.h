/* What the readers of case files share. */
#ifndef SP_READ_CASE_READER_H
#define SP_READ_CASE_READER_H

#include "model/facts.h"
#include "yaml/fields.h"

typedef struct sp_case_reader {
    const sp_vocab *vocab;
    sp_facts *facts;
    sp_diags *diags;
    bool world;            /* reads world facts: no expectations, every cell from the world */
    sp_str default_by;     /* who says so, unless a fact says otherwise */
    sp_date default_found; /* and when the world's source found it; from 0: not said */
    uint32_t
        what_if; /* an item of `what_if:`, a variation to be read in place of the case; 0: the case itself */
} sp_case_reader;

/* A diagnostic in a case file: a message of the vocabulary's words, the key, never a value. */
sp_diag *sp_case_fault(sp_case_reader *reader, const sp_yaml_tree *tree, uint32_t node, sp_diag_code code,
                       sp_str key, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* States a fact of the open case otherwise: `key` is its path, with the value behind it. */
void sp_case_state_otherwise(sp_case_reader *reader, const sp_yaml_tree *tree, uint32_t key);

#endif
