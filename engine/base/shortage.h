/* How often memory ran out, counted for each thread. Arenas and buffers remember their own failure, and phases check it;
 * but a text that was lost on the way into another, in one of hundreds of places, would be missing from a report and
 * nothing else. So the public functions also compare this count before and after: whatever was lost, and wherever,
 * they return NO_MEMORY. */
#ifndef SP_BASE_SHORTAGE_H
#define SP_BASE_SHORTAGE_H

#include <stddef.h>

/* So far on this thread. */
size_t sp_shortages(void);
/* Called by whatever of base/ could not get memory. */
void sp_shortage_note(void);

#endif
