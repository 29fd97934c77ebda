/* Bump memory, freed as a whole, that remembers that it ran out. */
#ifndef SP_BASE_ARENA_H
#define SP_BASE_ARENA_H

#include "base/str.h"

/* An all-zero arena is empty and valid. */
typedef struct sp_arena {
    struct sp_arena_chunk *chunks;
    bool failed; /* an allocation failed; all later ones return NULL */
} sp_arena;

/* Zeroed memory aligned for any type; NULL after failure. Size 0 gives a valid pointer. */
void *sp_arena_alloc(sp_arena *arena, size_t size);
/* `count` zeroed elements of `size` bytes, with overflow check. */
void *sp_arena_calloc(sp_arena *arena, size_t count, size_t size);
/* A copy of `s`, NUL-terminated beyond its length; the empty text after failure. */
sp_str sp_arena_dup(sp_arena *arena, sp_str s);
sp_str sp_arena_printf(sp_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
sp_str sp_arena_vprintf(sp_arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
void sp_arena_reset(sp_arena *arena); /* empties, keeps one chunk for reuse, clears `failed` */
void sp_arena_free(sp_arena *arena);  /* frees everything; the arena is empty and valid again */
void sp_arena_wipe(sp_arena *arena);  /* overwrites, then frees everything: for the data of a case */

#define SP_NEW(arena, type) ((type *)sp_arena_alloc((arena), sizeof(type)))
#define SP_NEW_ARRAY(arena, type, count) ((type *)sp_arena_calloc((arena), (count), sizeof(type)))

#endif
