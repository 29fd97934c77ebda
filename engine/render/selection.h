/* What of the rule base a page speaks of: all of it, or what was named. */
#ifndef SP_RENDER_SELECTION_H
#define SP_RENDER_SELECTION_H

#include "net/network.h"

/* What a page can name: the words of the vocabulary, or what has rules. */
typedef enum sp_selectable { SP_SELECT_WORDS, SP_SELECT_RULES } sp_selectable;

typedef struct sp_selection {
    const sp_network *net;
    sp_selectable what;
    bool whole;     /* nothing was named */
    bool *entities; /* by entity: named as a whole */
    bool *facts;    /* by fact: those that a case file states */
    bool *criteria;
    bool *rules;       /* by rule: in force, of a selected criterion or named itself */
    bool *authorities; /* cited by what is selected; all of a whole page */
    bool *passages;
} sp_selection;

/* Selects entities ("person"), their facts and criteria ("person.refugee"); or entities, criteria and rules in force
 * ("sur_place"). No name: everything. OK; INVALID (a name is unknown, or no rule decides what is named; diagnosed with
 * the nearest name); NO_MEMORY. The arrays are of the arena. */
surplace_status sp_select(sp_selection *s, const sp_network *net, sp_selectable what, const sp_str *names,
                          size_t count, sp_arena *arena, sp_diags *diags);
/* Is an entity, or anything of it, selected? */
bool sp_selection_shows(const sp_selection *s, uint32_t entity);

#endif
