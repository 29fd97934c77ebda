#include "lint/space.h"

#include <stdlib.h>
#include <string.h>

/* Atoms of one subject are bound together up to here, and above it two by two. */
#define WHOLE_GROUP 8u

bool sp_space_init(sp_space *s, const sp_rulebase *base)
{
    *s = (sp_space){.base = base};
    s->atom_of = malloc((base->cond_count + 1u) * sizeof *s->atom_of);
    s->dropped = calloc(base->cond_count + 1u, sizeof *s->dropped);
    if (s->atom_of == NULL || s->dropped == NULL)
        return false;
    memset(s->atom_of, 0xFF, (base->cond_count + 1u) * sizeof *s->atom_of);
    return true;
}

static void forget_groups(sp_space *s)
{
    for (size_t i = 0; i < s->groups.len; i++)
        SP_VEC_FREE(&s->groups.items[i].values);
    s->groups.len = 0;
}

void sp_space_free(sp_space *s)
{
    forget_groups(s);
    sp_bdd_free(&s->bdd);
    sp_intern_free(&s->keys);
    SP_VEC_FREE(&s->key_atoms);
    SP_VEC_FREE(&s->key_groups);
    SP_VEC_FREE(&s->atoms);
    SP_VEC_FREE(&s->groups);
    SP_VEC_FREE(&s->noted);
    free(s->atom_of);
    free(s->dropped);
    *s = (sp_space){0};
}

/* Those of one subject side by side, so that what binds them stays small. */
static void number_variables(sp_space *s)
{
    uint32_t next = 0;
    for (uint32_t g = 0; g < s->groups.len; g++)
        for (size_t i = 0; i < s->atoms.len; i++)
            if (s->atoms.items[i].group == g && s->groups.items[g].kind != SP_GROUP_FREE) {
                s->atoms.items[i].variable = next;
                next += 2;
            }
    for (size_t i = 0; i < s->atoms.len; i++)
        if (s->groups.items[s->atoms.items[i].group].kind == SP_GROUP_FREE) {
            s->atoms.items[i].variable = next;
            next += 2;
        }
}

static sp_formula atom_formula(sp_space *s, const sp_atom *atom)
{
    return (sp_formula){sp_bdd_variable(&s->bdd, atom->variable),
                        sp_bdd_variable(&s->bdd, atom->variable + 1)};
}

static sp_formula swapped(sp_formula f)
{
    return (sp_formula){f.fails, f.holds};
}

/* --- what binds the atoms of one subject --- */

/* What the value of a subject may be while it is known, of its regions, and what is asked of it. */
struct binding {
    sp_space *s;
    uint64_t all;
    const sp_atom *atoms[WHOLE_GROUP];
    uint32_t count;
};

/* Is every atom that is neither one that hangs on where within `regions` the value is? */
static bool undecided_are_open(const struct binding *b, const uint8_t *states, uint64_t regions)
{
    for (uint32_t i = 0; i < b->count; i++)
        if (states[i] == SP_OPEN &&
            ((regions & b->atoms[i]->answers) == 0 || (regions & ~b->atoms[i]->answers) == 0))
            return false;
    return true;
}

/* The states that the atoms from `at` on may have together. A subject of which nothing is said leaves all open. Else
 * its value is somewhere in some regions: an atom holds if it holds in all of them, fails if it fails in all, and is open
 * (digits missing, assertions that differ) if it does both. */
static sp_bdd_ref bound_from(struct binding *b, uint8_t *states, uint32_t at, uint64_t regions, bool silent)
{
    sp_bdd *bdd = &b->s->bdd;
    if (regions == 0 && !silent)
        return SP_BDD_FALSE;
    if (at == b->count)
        return silent || undecided_are_open(b, states, regions) ? SP_BDD_TRUE : SP_BDD_FALSE;
    sp_formula atom = atom_formula(b->s, b->atoms[at]);
    uint64_t answers = b->atoms[at]->answers;
    sp_bdd_ref parts[3];
    states[at] = SP_HOLDS;
    parts[0] = bound_from(b, states, at + 1, regions & answers, false);
    states[at] = SP_FAILS;
    parts[1] = bound_from(b, states, at + 1, regions & ~answers, false);
    states[at] = SP_OPEN;
    parts[2] = bound_from(b, states, at + 1, regions, silent);
    sp_bdd_ref no = sp_bdd_if(bdd, atom.fails, parts[1], parts[2]);
    sp_bdd_ref yes = sp_bdd_if(bdd, atom.fails, SP_BDD_FALSE, parts[0]);
    return sp_bdd_if(bdd, atom.holds, yes, no);
}

static sp_bdd_ref bound(struct binding *b)
{
    uint8_t states[WHOLE_GROUP];
    return bound_from(b, states, 0, b->all, true);
}

static void bind_group(sp_space *s, uint32_t index)
{
    const sp_group *group = &s->groups.items[index];
    struct binding b = {.s = s, .all = group->regions};
    if (group->opaque || group->kind == SP_GROUP_FREE)
        return;
    if (group->atom_count <= WHOLE_GROUP) {
        for (size_t i = 0; i < s->atoms.len; i++)
            if (s->atoms.items[i].group == index)
                b.atoms[b.count++] = &s->atoms.items[i];
        s->theory = sp_bdd_and(&s->bdd, s->theory, bound(&b));
        return;
    }
    b.count = 2;
    for (size_t i = 0; i < s->atoms.len; i++)
        for (size_t k = i + 1; k < s->atoms.len && s->atoms.items[i].group == index; k++) {
            if (s->atoms.items[k].group != index)
                continue;
            b.atoms[0] = &s->atoms.items[i];
            b.atoms[1] = &s->atoms.items[k];
            s->theory = sp_bdd_and(&s->bdd, s->theory, bound(&b));
        }
}

/* --- what binds quantifiers --- */

static sp_bdd_ref not_both(sp_space *s, sp_bdd_ref a, sp_bdd_ref b)
{
    return sp_bdd_not(&s->bdd, sp_bdd_and(&s->bdd, a, b));
}

static void assume(sp_space *s, sp_bdd_ref f)
{
    s->theory = sp_bdd_and(&s->bdd, s->theory, f);
}

/* What a quantifier comes to by what it asks of members alone. */
static void bind_quantifier(sp_space *s, sp_atom *atom)
{
    const sp_cond *cond = atom->cond;
    atom->member = sp_space_member(s, cond);
    sp_formula q = atom_formula(s, atom);
    bool never = !sp_space_possible(s, atom->member.holds);
    bool always = !sp_space_possible(s, atom->member.fails);
    if (never && (cond->kind == SP_COND_SOME || cond->if_empty == SP_FAILS))
        assume(s, sp_bdd_not(&s->bdd, q.holds));
    if (always && cond->kind == SP_COND_EVERY && cond->if_empty == SP_HOLDS)
        assume(s, sp_bdd_not(&s->bdd, q.fails));
}

/* Of two over one list, the one that asks more of a member can hold only where the other does. */
static void bind_pair(sp_space *s, const sp_atom *a, const sp_atom *b)
{
    bool where = a->cond->where != NULL || b->cond->where != NULL;
    if (a->list != b->list || a->cond->kind != b->cond->kind || a->cond->if_empty != b->cond->if_empty ||
        (a->cond->kind == SP_COND_EVERY && where))
        return;
    if (!sp_space_implies(s, a->member.holds, b->member.holds) ||
        !sp_space_implies(s, b->member.fails, a->member.fails))
        return;
    sp_formula x = atom_formula(s, a), y = atom_formula(s, b);
    assume(s, sp_bdd_or(&s->bdd, sp_bdd_not(&s->bdd, x.holds), y.holds));
    assume(s, sp_bdd_or(&s->bdd, sp_bdd_not(&s->bdd, y.fails), x.fails));
}

/* Inner quantifiers stand before those around them. */
static void bind_quantifiers(sp_space *s)
{
    for (size_t i = 0; i < s->atoms.len && sp_bdd_sound(&s->bdd); i++) {
        sp_atom *atom = &s->atoms.items[i];
        if (atom->list == SP_NONE)
            continue;
        bind_quantifier(s, atom);
        for (size_t k = 0; k < i; k++)
            if (s->atoms.items[k].list != SP_NONE) {
                bind_pair(s, atom, &s->atoms.items[k]);
                bind_pair(s, &s->atoms.items[k], atom);
            }
    }
}

bool sp_space_begin(sp_space *s, sp_cond *const *conds, size_t count)
{
    for (size_t i = 0; i < s->noted.len; i++)
        s->atom_of[s->noted.items[i]] = SP_NONE;
    forget_groups(s);
    sp_intern_reset(&s->keys);
    s->noted.len = s->atoms.len = s->key_atoms.len = s->key_groups.len = 0;
    s->too_many = false;
    s->theory = SP_BDD_TRUE;
    for (size_t i = 0; i < count; i++)
        sp_atoms_collect(s, conds[i]);
    if (s->failed || !sp_bdd_reset(&s->bdd, SP_LINT_MAX_BDD_NODES)) {
        s->failed = true;
        return false;
    }
    if (s->too_many)
        return false;
    number_variables(s);
    for (size_t i = 0; i < s->atoms.len; i++) {
        sp_formula f = atom_formula(s, &s->atoms.items[i]);
        assume(s, not_both(s, f.holds, f.fails));
    }
    for (uint32_t g = 0; g < s->groups.len; g++) {
        sp_atoms_regions(s, g);
        bind_group(s, g);
    }
    bind_quantifiers(s);
    s->failed |= s->bdd.failed;
    return sp_space_sound(s);
}

/* --- formulas --- */

/* All of the parts that are not dropped; none of them: their opposites. */
static sp_formula all_of(sp_space *s, sp_cond *const *parts, uint32_t count, bool opposite)
{
    sp_formula all = {SP_BDD_TRUE, SP_BDD_FALSE};
    for (uint32_t i = 0; i < count; i++) {
        if (s->dropped[parts[i]->number])
            continue;
        sp_formula part = sp_space_formula(s, parts[i]);
        if (opposite)
            part = swapped(part);
        all.holds = sp_bdd_and(&s->bdd, all.holds, part.holds);
        all.fails = sp_bdd_or(&s->bdd, all.fails, part.fails);
    }
    return all;
}

/* At least n of some functions: from the last on, how many are still needed. */
static sp_bdd_ref at_least(sp_space *s, const sp_bdd_ref *parts, uint32_t count, uint32_t n)
{
    sp_bdd_ref *need = malloc((n + 1u) * sizeof *need);
    if (need == NULL) {
        s->failed = true;
        return SP_BDD_FALSE;
    }
    need[0] = SP_BDD_TRUE;
    for (uint32_t k = 1; k <= n; k++)
        need[k] = SP_BDD_FALSE;
    for (uint32_t i = count; i-- > 0;)
        for (uint32_t k = n; k > 0; k--)
            need[k] = sp_bdd_if(&s->bdd, parts[i], need[k - 1], need[k]);
    sp_bdd_ref result = need[n];
    free(need);
    return result;
}

static sp_formula at_least_of(sp_space *s, const sp_cond *cond)
{
    sp_formula result = {SP_BDD_FALSE, SP_BDD_FALSE};
    sp_bdd_ref *holds = malloc((cond->part_count + 1u) * sizeof *holds);
    sp_bdd_ref *fails = malloc((cond->part_count + 1u) * sizeof *fails);
    for (uint32_t i = 0; holds != NULL && fails != NULL && i < cond->part_count; i++) {
        sp_formula part = sp_space_formula(s, cond->parts[i]);
        holds[i] = part.holds;
        fails[i] = part.fails;
    }
    if (holds != NULL && fails != NULL) {
        result.holds = at_least(s, holds, cond->part_count, cond->n);
        result.fails = at_least(s, fails, cond->part_count, cond->part_count - cond->n + 1);
    } else {
        s->failed = true;
    }
    free(holds);
    free(fails);
    return result;
}

static sp_formula core(sp_space *s, const sp_cond *cond)
{
    uint32_t atom;
    switch ((sp_cond_kind)cond->kind) {
    case SP_COND_ALL:
        return all_of(s, cond->parts, cond->part_count, false);
    case SP_COND_NONE:
        return all_of(s, cond->parts, cond->part_count, true);
    case SP_COND_ANY:
        return swapped(all_of(s, cond->parts, cond->part_count, true));
    case SP_COND_AT_LEAST:
        return at_least_of(s, cond);
    default:
        atom = s->atom_of[cond->number];
        if (atom == SP_NONE) {
            s->failed = true;
            return (sp_formula){SP_BDD_FALSE, SP_BDD_FALSE};
        }
        sp_formula f = atom_formula(s, &s->atoms.items[atom]);
        return cond->kind == SP_COND_LEAF && cond->negated ? swapped(f) : f;
    }
}

sp_formula sp_space_formula(sp_space *s, const sp_cond *cond)
{
    sp_formula f = core(s, cond);
    if (cond->unless_count == 0)
        return f;
    sp_formula none = all_of(s, cond->unless, cond->unless_count, true);
    return (sp_formula){sp_bdd_and(&s->bdd, f.holds, none.holds), sp_bdd_or(&s->bdd, f.fails, none.fails)};
}

sp_formula sp_space_member(sp_space *s, const sp_cond *quantifier)
{
    sp_formula body = sp_space_formula(s, quantifier->body);
    if (quantifier->where == NULL || s->dropped[quantifier->where->number])
        return body;
    sp_formula where = sp_space_formula(s, quantifier->where);
    if (quantifier->kind == SP_COND_EVERY)
        where = swapped(where);
    sp_formula both = {sp_bdd_and(&s->bdd, where.holds, body.holds),
                       sp_bdd_or(&s->bdd, where.fails, body.fails)};
    sp_formula either = {sp_bdd_or(&s->bdd, where.holds, body.holds),
                         sp_bdd_and(&s->bdd, where.fails, body.fails)};
    return quantifier->kind == SP_COND_EVERY ? either : both;
}

bool sp_space_possible(sp_space *s, sp_bdd_ref f)
{
    return sp_bdd_and(&s->bdd, s->theory, f) != SP_BDD_FALSE;
}

sp_formula sp_space_atom(sp_space *s, uint32_t atom)
{
    return atom_formula(s, &s->atoms.items[atom]);
}

bool sp_space_example(sp_space *s, sp_bdd_ref f, uint8_t *states)
{
    sp_bdd_ref at = sp_bdd_and(&s->bdd, s->theory, f);
    if (at == SP_BDD_FALSE || !sp_space_sound(s))
        return false;
    memset(states, SP_OPEN, s->atoms.len);
    while (at != SP_BDD_TRUE) {
        const sp_bdd_node *n = &s->bdd.nodes.items[at];
        at = n->low != SP_BDD_FALSE ? n->low : n->high;
        for (size_t i = 0; n->low == SP_BDD_FALSE && i < s->atoms.len; i++)
            if (s->atoms.items[i].variable == (n->variable & ~1u))
                states[i] = n->variable & 1u ? SP_FAILS : SP_HOLDS;
    }
    return true;
}

bool sp_space_implies(sp_space *s, sp_bdd_ref a, sp_bdd_ref b)
{
    return !sp_space_possible(s, sp_bdd_and(&s->bdd, a, sp_bdd_not(&s->bdd, b)));
}

bool sp_space_same(sp_space *s, sp_formula a, sp_formula b)
{
    sp_bdd *d = &s->bdd;
    return sp_bdd_and(d, s->theory, a.holds) == sp_bdd_and(d, s->theory, b.holds) &&
           sp_bdd_and(d, s->theory, a.fails) == sp_bdd_and(d, s->theory, b.fails);
}
