/* The list of diagnostics of one run: faults of the input, each at its place. Nothing is printed here. */
#ifndef SP_TEXT_DIAG_H
#define SP_TEXT_DIAG_H

#include "base/vec.h"
#include "text/diag_codes.h"
#include "text/input.h"

typedef enum sp_severity { SP_ERROR, SP_WARNING, SP_NOTE } sp_severity;

typedef struct sp_diag {
    sp_diag_code code;
    sp_severity severity;
    sp_place place;
    sp_str message; /* one line, in the user's words; of a confidential input it never holds a value */
    sp_str hint;    /* "did you mean 'x'?", may be empty */
    sp_place second_place;
    sp_str second_message; /* "first declared here", empty if there is no second place */
    sp_str key;            /* confidential inputs: the key to show in place of the source line */
    uint32_t order;        /* of addition, to keep sorting stable */
} sp_diag;

typedef struct sp_diags {
    sp_arena arena;
    SP_VEC(sp_diag) list;
    size_t suppressed; /* past SURPLACE_MAX_DIAGNOSTICS */
    size_t errors, warnings;
    size_t limits;         /* of the errors: limits reached */
    uint64_t suggest_work; /* spent on "did you mean" (suggest.h) */
    bool failed;           /* memory ran out while diagnosing */
} sp_diags;

/* Adds a diagnostic and returns it for the calls below; NULL (which they accept) past the cap or when
 * memory ran out. The pointer is valid until the next addition. */
sp_diag *sp_diags_add(sp_diags *diags, sp_severity severity, sp_diag_code code, sp_place place,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));
void sp_diag_hint(sp_diags *diags, sp_diag *diag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void sp_diag_second(sp_diags *diags, sp_diag *diag, sp_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void sp_diag_key(sp_diags *diags, sp_diag *diag, sp_str key);
void sp_diags_sort(sp_diags *diags); /* by input name, line, column, code, message */
void sp_diags_free(sp_diags *diags);

/* The stable word printed in brackets ("unknown-fact") and the one-line explanation of a code. */
const char *sp_diag_word(sp_diag_code code);
const char *sp_diag_explanation(sp_diag_code code);

#endif
