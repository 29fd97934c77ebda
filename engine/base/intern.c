/* Names to small numbers: open addressing over one text that holds all names.
 *
 * The hash is SipHash-1-3 [Aumasson and Bernstein]: names come from files that others wrote, and with a weaker
 * one a file of names that all fall into one slot would take quadratic time. */
#include "base/intern.h"

#include <stdlib.h>
#include <string.h>

#include "base/shortage.h"

#define MAX_NAMES (UINT32_MAX / 4)

struct sp_intern_name {
    size_t text; /* offset */
    uint32_t len, hash;
};

/* ---- SipHash-1-3 */

typedef struct sip {
    uint64_t v0, v1, v2, v3;
} sip;

static inline uint64_t rotate(uint64_t x, int by)
{
    return (x << by) | (x >> (64 - by));
}

static inline void sip_round(sip *s)
{
    s->v0 += s->v1;
    s->v1 = rotate(s->v1, 13) ^ s->v0;
    s->v0 = rotate(s->v0, 32);
    s->v2 += s->v3;
    s->v3 = rotate(s->v3, 16) ^ s->v2;
    s->v0 += s->v3;
    s->v3 = rotate(s->v3, 21) ^ s->v0;
    s->v2 += s->v1;
    s->v1 = rotate(s->v1, 17) ^ s->v2;
    s->v2 = rotate(s->v2, 32);
}

static inline void sip_word(sip *s, uint64_t word)
{
    s->v3 ^= word;
    sip_round(s);
    s->v0 ^= word;
}

/* Little-endian whatever the machine, so that the hash is the same everywhere; compilers make one load of it. */
static inline uint64_t load_word(const unsigned char *p)
{
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

static uint64_t hash_seeded(sp_str text, uint64_t seed)
{
    sip s = {seed ^ 0x736f6d6570736575u, ~seed ^ 0x646f72616e646f6du, seed ^ 0x6c7967656e657261u,
             ~seed ^ 0x7465646279746573u};
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t rest = text.len;
    for (; rest >= 8; rest -= 8, p += 8)
        sip_word(&s, load_word(p));
    uint64_t last = (uint64_t)text.len << 56;
    for (size_t i = 0; i < rest; i++)
        last |= (uint64_t)p[i] << (8 * i);
    sip_word(&s, last);
    s.v2 ^= 0xff;
    sip_round(&s);
    sip_round(&s);
    sip_round(&s);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

uint64_t sp_hash(sp_str s)
{
    return hash_seeded(s, 0);
}

/* ---- The table */

/* The slot that holds the name, or the empty one where it belongs. The table is never full. */
static uint32_t slot_of(const sp_intern *table, sp_str name, uint32_t hash)
{
    uint32_t mask = table->slots_cap - 1;
    uint32_t slot = hash & mask;
    for (; table->slots[slot] != 0; slot = (slot + 1) & mask) {
        const struct sp_intern_name *known = &table->names[table->slots[slot] - 1];
        if (known->hash == hash && sp_str_eq((sp_str){table->text + known->text, known->len}, name))
            break;
    }
    return slot;
}

static bool grow_slots(sp_intern *table)
{
    uint32_t cap = table->slots_cap == 0 ? 64 : table->slots_cap * 2;
    uint32_t *slots = calloc(cap, sizeof(*slots));
    if (slots == NULL)
        return false;
    if (table->seed == 0)
        table->seed = (uint64_t)(uintptr_t)slots * 0x9e3779b97f4a7c15u | 1;
    for (uint32_t number = 0; number < table->count; number++) {
        uint32_t slot = table->names[number].hash & (cap - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (cap - 1);
        slots[slot] = number + 1;
    }
    free(table->slots);
    table->slots = slots;
    table->slots_cap = cap;
    return true;
}

static bool reserve_name(sp_intern *table)
{
    if (table->count < table->names_cap)
        return true;
    uint32_t cap = table->names_cap == 0 ? 32 : table->names_cap * 2;
    struct sp_intern_name *names = realloc(table->names, cap * sizeof(*names));
    if (names == NULL)
        return false;
    table->names = names;
    table->names_cap = cap;
    return true;
}

static bool reserve_text(sp_intern *table, size_t extra)
{
    if (extra <= table->text_cap - table->text_len)
        return true;
    if (extra > SIZE_MAX / 4 || table->text_len > SIZE_MAX / 4)
        return false;
    size_t cap = table->text_cap < 1024 ? 1024 : table->text_cap;
    while (cap - table->text_len < extra)
        cap *= 2;
    char *text = realloc(table->text, cap);
    if (text == NULL)
        return false;
    table->text = text;
    table->text_cap = cap;
    return true;
}

static uint32_t no_room(void)
{
    sp_shortage_note();
    return SP_NONE;
}

uint32_t sp_intern_add(sp_intern *table, sp_str name)
{
    if (name.len >= UINT32_MAX || table->count >= MAX_NAMES)
        return no_room();
    /* At most two thirds full. */
    if (table->count >= table->slots_cap / 3 * 2 && !grow_slots(table))
        return no_room();
    uint32_t hash = (uint32_t)hash_seeded(name, table->seed);
    uint32_t slot = slot_of(table, name, hash);
    if (table->slots[slot] != 0)
        return table->slots[slot] - 1;

    if (!reserve_name(table) || !reserve_text(table, name.len))
        return no_room();
    table->names[table->count] = (struct sp_intern_name){table->text_len, (uint32_t)name.len, hash};
    if (name.len > 0)
        memcpy(table->text + table->text_len, name.ptr, name.len);
    table->text_len += name.len;
    table->slots[slot] = ++table->count;
    return table->count - 1;
}

uint32_t sp_intern_find(const sp_intern *table, sp_str name)
{
    if (table->count == 0 || name.len >= UINT32_MAX)
        return SP_NONE;
    uint32_t number = table->slots[slot_of(table, name, (uint32_t)hash_seeded(name, table->seed))];
    return number == 0 ? SP_NONE : number - 1;
}

sp_str sp_intern_text(const sp_intern *table, uint32_t number)
{
    if (number >= table->count)
        return SP_EMPTY;
    const struct sp_intern_name *name = &table->names[number];
    return (sp_str){table->text + name->text, name->len};
}

void sp_intern_reset(sp_intern *table)
{
    table->count = 0;
    table->text_len = 0;
    if (table->slots != NULL)
        memset(table->slots, 0, table->slots_cap * sizeof(*table->slots));
}

void sp_intern_free(sp_intern *table)
{
    free(table->names);
    free(table->slots);
    free(table->text);
    *table = (sp_intern){0};
}
