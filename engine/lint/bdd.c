#include "lint/bdd.h"

#include <stdlib.h>
#include <string.h>

#define RESULTS                                                                                            \
    16384u /* a power of two: how many results are remembered, newer ones taking the place of older */
#define SLOTS 1024u /* at first */
#define CONSTANT UINT32_MAX

struct sp_bdd_result {
    sp_bdd_ref test, then, otherwise, result;
};

static uint32_t mix(uint32_t a, uint32_t b, uint32_t c)
{
    uint64_t h = (uint64_t)a * 0x9E3779B97F4A7C15u + b;
    h = (h ^ h >> 29) * 0xBF58476D1CE4E5B9u + c;
    h = (h ^ h >> 32) * 0x94D049BB133111EBu;
    return (uint32_t)(h ^ h >> 31);
}

static bool make_slots(sp_bdd *bdd, uint32_t count)
{
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL) {
        bdd->failed = true;
        return false;
    }
    for (uint32_t i = 2; i < bdd->nodes.len; i++) {
        const sp_bdd_node *n = &bdd->nodes.items[i];
        uint32_t at = mix(n->variable, n->low, n->high) & (count - 1);
        while (slots[at] != 0)
            at = (at + 1) & (count - 1);
        slots[at] = i;
    }
    free(bdd->slots);
    bdd->slots = slots;
    bdd->slot_count = count;
    return true;
}

bool sp_bdd_reset(sp_bdd *bdd, uint32_t limit)
{
    static const sp_bdd_node constants[] = {{CONSTANT, 0, 0}, {CONSTANT, 1, 1}};
    bdd->over = bdd->failed = false;
    bdd->limit = limit;
    bdd->nodes.len = 0;
    if (bdd->results == NULL)
        bdd->results = malloc(RESULTS * sizeof *bdd->results);
    if (bdd->results == NULL || !SP_VEC_PUSH(&bdd->nodes, constants[0]) ||
        !SP_VEC_PUSH(&bdd->nodes, constants[1])) {
        bdd->failed = true;
        return false;
    }
    memset(bdd->results, 0, RESULTS * sizeof *bdd->results);
    if (bdd->slots == NULL)
        return make_slots(bdd, SLOTS);
    memset(bdd->slots, 0, bdd->slot_count * sizeof *bdd->slots);
    return true;
}

void sp_bdd_free(sp_bdd *bdd)
{
    SP_VEC_FREE(&bdd->nodes);
    free(bdd->slots);
    free(bdd->results);
    *bdd = (sp_bdd){0};
}

/* The node with these parts, made if there is none. */
static sp_bdd_ref node(sp_bdd *bdd, uint32_t variable, sp_bdd_ref low, sp_bdd_ref high)
{
    if (low == high || !sp_bdd_sound(bdd))
        return low;
    uint32_t at = mix(variable, low, high) & (bdd->slot_count - 1);
    for (; bdd->slots[at] != 0; at = (at + 1) & (bdd->slot_count - 1)) {
        const sp_bdd_node *n = &bdd->nodes.items[bdd->slots[at]];
        if (n->variable == variable && n->low == low && n->high == high)
            return bdd->slots[at];
    }
    if (bdd->nodes.len >= bdd->limit) {
        bdd->over = true;
        return SP_BDD_FALSE;
    }
    uint32_t made = (uint32_t)bdd->nodes.len;
    if (!SP_VEC_PUSH(&bdd->nodes, (sp_bdd_node){variable, low, high})) {
        bdd->failed = true;
        return SP_BDD_FALSE;
    }
    bdd->slots[at] = made;
    if (made * 2 > bdd->slot_count)
        make_slots(bdd, bdd->slot_count * 2);
    return made;
}

sp_bdd_ref sp_bdd_variable(sp_bdd *bdd, uint32_t variable)
{
    return node(bdd, variable, SP_BDD_FALSE, SP_BDD_TRUE);
}

static sp_bdd_ref cofactor(const sp_bdd *bdd, sp_bdd_ref f, uint32_t variable, bool high)
{
    const sp_bdd_node *n = &bdd->nodes.items[f];
    if (n->variable != variable)
        return f;
    return high ? n->high : n->low;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The recursion is as deep as there are variables. */
sp_bdd_ref sp_bdd_if(sp_bdd *bdd, sp_bdd_ref test, sp_bdd_ref then, sp_bdd_ref otherwise)
{
    if (test <= SP_BDD_TRUE)
        return test == SP_BDD_TRUE ? then : otherwise;
    if (then == otherwise || !sp_bdd_sound(bdd))
        return then;
    if (then == SP_BDD_TRUE && otherwise == SP_BDD_FALSE)
        return test;
    uint32_t slot = mix(test, then, otherwise) & (RESULTS - 1);
    const struct sp_bdd_result known = bdd->results[slot];
    if (known.test == test && known.then == then && known.otherwise == otherwise)
        return known.result;
    uint32_t top = smaller(bdd->nodes.items[test].variable,
                           smaller(bdd->nodes.items[then].variable, bdd->nodes.items[otherwise].variable));
    sp_bdd_ref low = sp_bdd_if(bdd, cofactor(bdd, test, top, false), cofactor(bdd, then, top, false),
                               cofactor(bdd, otherwise, top, false));
    sp_bdd_ref high = sp_bdd_if(bdd, cofactor(bdd, test, top, true), cofactor(bdd, then, top, true),
                                cofactor(bdd, otherwise, top, true));
    sp_bdd_ref result = node(bdd, top, low, high);
    if (sp_bdd_sound(bdd))
        bdd->results[slot] = (struct sp_bdd_result){test, then, otherwise, result};
    return result;
}

sp_bdd_ref sp_bdd_and(sp_bdd *bdd, sp_bdd_ref a, sp_bdd_ref b)
{
    return sp_bdd_if(bdd, a, b, SP_BDD_FALSE);
}

sp_bdd_ref sp_bdd_or(sp_bdd *bdd, sp_bdd_ref a, sp_bdd_ref b)
{
    return sp_bdd_if(bdd, a, SP_BDD_TRUE, b);
}

sp_bdd_ref sp_bdd_not(sp_bdd *bdd, sp_bdd_ref a)
{
    return sp_bdd_if(bdd, a, SP_BDD_FALSE, SP_BDD_TRUE);
}
