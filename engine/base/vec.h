/* A growable array of any type. The only place that multiplies sizes on growth. */
#ifndef SP_BASE_VEC_H
#define SP_BASE_VEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#define SP_VEC(type)                                                                                       \
    struct {                                                                                               \
        type *items;                                                                                       \
        size_t len, cap;                                                                                   \
    }

/* Makes room for `extra` more items of `size` bytes; false if memory ran out or sizes overflow. */
bool sp_vec_reserve_(void **items, size_t len, size_t *cap, size_t extra, size_t size);

/* Makes room for `extra` more items. An all-zero vector is empty and valid. */
#define SP_VEC_RESERVE(vec, extra)                                                                         \
    ((size_t)(extra) <= (vec)->cap - (vec)->len ||                                                         \
     sp_vec_reserve_((void **)&(vec)->items, (vec)->len, &(vec)->cap, (extra), sizeof(*(vec)->items)))

/* Appends a value; false if memory ran out (the vector is unchanged). */
#define SP_VEC_PUSH(vec, ...)                                                                              \
    (SP_VEC_RESERVE(vec, 1) ? ((vec)->items[(vec)->len++] = (__VA_ARGS__), true) : false)

#define SP_VEC_FREE(vec) (free((vec)->items), (vec)->items = NULL, (vec)->len = (vec)->cap = 0)

#endif
