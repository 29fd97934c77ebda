#include "base/shortage.h"

static _Thread_local size_t shortages;

size_t sp_shortages(void)
{
    return shortages;
}

void sp_shortage_note(void)
{
    shortages++;
}
