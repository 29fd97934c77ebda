/* Names to small numbers. Afterwards names compare as integers. */
#ifndef SP_BASE_INTERN_H
#define SP_BASE_INTERN_H

#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"

#define SP_NONE UINT32_MAX

/* An all-zero table is empty and valid. Numbers count from 0 in order of first addition. */
typedef struct sp_intern {
    struct sp_intern_name *names; /* by number */
    uint32_t *slots;              /* open addressing: number + 1, or 0 */
    uint32_t count, names_cap, slots_cap;
    char *text; /* all names, one after another */
    size_t text_len, text_cap;
    uint64_t seed; /* another in each run where memory is laid out at random, so that nobody can prepare
                      names that collide; numbers do not depend on it */
} sp_intern;

uint32_t sp_intern_add(sp_intern *table, sp_str name);          /* SP_NONE if memory ran out */
uint32_t sp_intern_find(const sp_intern *table, sp_str name);   /* SP_NONE if absent */
sp_str sp_intern_text(const sp_intern *table, uint32_t number); /* valid until the next addition */
void sp_intern_reset(sp_intern *table);                         /* empties, keeps the memory */
void sp_intern_free(sp_intern *table);

/* Appends a value under a new name, so that its index is the name's number; if memory runs out neither is there. */
#define SP_VEC_PUSH_NAMED(vec, table, name, ...)                                                           \
    (SP_VEC_RESERVE(vec, 1) && sp_intern_add(table, name) != SP_NONE && SP_VEC_PUSH(vec, __VA_ARGS__))

uint64_t sp_hash(sp_str s); /* SipHash-1-3 with a fixed seed: the same everywhere */

#endif
