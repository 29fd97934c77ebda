#include "model/state.h"

#include <stdbool.h>

static bool undetermined(sp_state s)
{
    return s == SP_OPEN || s == SP_CONTESTED;
}

sp_state sp_state_not(sp_state a)
{
    switch (a) {
    case SP_HOLDS:
        return SP_FAILS;
    case SP_FAILS:
        return SP_HOLDS;
    default:
        return a;
    }
}

sp_state sp_state_all(sp_state a, sp_state b)
{
    if (a == SP_FAILS || b == SP_FAILS)
        return SP_FAILS;
    if (a == SP_CONTESTED || b == SP_CONTESTED)
        return SP_CONTESTED;
    return undetermined(a) || undetermined(b) ? SP_OPEN : SP_HOLDS;
}

sp_state sp_state_any(sp_state a, sp_state b)
{
    return sp_state_not(sp_state_all(sp_state_not(a), sp_state_not(b)));
}

sp_state sp_state_at_least(size_t n, const sp_state *parts, size_t count)
{
    size_t holding = 0, possible = 0;
    bool contested = false;
    for (size_t i = 0; i < count; i++) {
        holding += parts[i] == SP_HOLDS;
        possible += parts[i] != SP_FAILS;
        contested |= parts[i] == SP_CONTESTED;
    }
    if (holding >= n)
        return SP_HOLDS;
    if (possible < n)
        return SP_FAILS;
    return contested ? SP_CONTESTED : SP_OPEN;
}

const char *sp_state_word(sp_state state)
{
    static const char *const words[] = {"open", "holds", "fails", "contested"};
    return words[state];
}
