/* Growth of arrays: by doubling, with every product checked. */
#include "base/vec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/shortage.h"

static bool no_room(void)
{
    sp_shortage_note();
    return false;
}

bool sp_vec_reserve_(void **items, size_t len, size_t *cap, size_t extra, size_t size)
{
    if (extra > SIZE_MAX - len)
        return no_room();
    size_t needed = len + extra;
    if (needed <= *cap)
        return true;

    size_t larger = *cap < 16 ? 16 : *cap;
    while (larger < needed)
        larger = larger > SIZE_MAX / 2 ? needed : larger * 2;
    if (larger > SIZE_MAX / size)
        return no_room();

    /* The caller's variable is a pointer to some other type: its bytes are copied, never read as a void *. */
    void *old;
    memcpy(&old, items, sizeof(old));
    void *grown = realloc(old, larger * size);
    if (grown == NULL)
        return no_room();
    memcpy(items, &grown, sizeof(grown));
    *cap = larger;
    return true;
}
