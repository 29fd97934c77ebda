/* Status codes and the export mark, used by every public header. */
#ifndef SURPLACE_STATUS_H
#define SURPLACE_STATUS_H

#if defined(_WIN32)
#define SURPLACE_API
#else
#define SURPLACE_API __attribute__((visibility("default")))
#endif

/* What an operation came to. Faults of the input are diagnostics (diag.h); the status only says that
 * there were some. */
typedef enum surplace_status {
    SURPLACE_OK = 0,
    SURPLACE_END,       /* a stream has no further document */
    SURPLACE_INVALID,   /* the input is faulty; the diagnostics say where and why */
    SURPLACE_LIMIT,     /* a limit of limits.h was reached; a diagnostic names it */
    SURPLACE_IO,        /* reading or writing failed; a diagnostic says what */
    SURPLACE_NO_MEMORY, /* memory ran out */
    SURPLACE_MISUSE     /* the caller broke the contract of a function */
} surplace_status;

/* The four states of a fact or a criterion. */
typedef enum surplace_state {
    SURPLACE_OPEN = 0, /* nobody has said enough */
    SURPLACE_HOLDS,    /* established */
    SURPLACE_FAILS,    /* established that not */
    SURPLACE_CONTESTED /* said both ways, not resolved */
} surplace_state;

#endif
