/* The four states and Kleene's strong connectives over holds / undetermined / fails, where an undetermined
 * result is contested when an undetermined part it depends on is. */
#ifndef SP_MODEL_STATE_H
#define SP_MODEL_STATE_H

#include <stddef.h>

#include "surplace/status.h"

typedef surplace_state sp_state;
#define SP_OPEN SURPLACE_OPEN
#define SP_HOLDS SURPLACE_HOLDS
#define SP_FAILS SURPLACE_FAILS
#define SP_CONTESTED SURPLACE_CONTESTED

sp_state sp_state_all(sp_state a, sp_state b);
sp_state sp_state_any(sp_state a, sp_state b);
sp_state sp_state_not(sp_state a);
/* holds when n of the parts hold, fails when n can no longer hold. */
sp_state sp_state_at_least(size_t n, const sp_state *parts, size_t count);

/* "holds", "fails", "open", "contested". */
const char *sp_state_word(sp_state state);

#endif
