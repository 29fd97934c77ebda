#include "explain/patterns.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS 4096u

/* What is remembered stays small beside the rules, whatever the cases are. */
#define MAX_PATTERNS 4096u
#define MAX_STEPS 8192u
#define MAX_KEY_WORDS 32768u

/* Five bits for the state of a node at a row. */
#define NODES_A_WORD 12u

static bool is_full(const sp_patterns *p)
{
    return p->list.len >= MAX_PATTERNS || p->steps.len >= MAX_STEPS || p->keys.len >= MAX_KEY_WORDS;
}

static void forget(sp_patterns *p)
{
    p->keys.len = p->list.len = p->fixed.len = p->steps.len = 0;
    memset(p->buckets, 0, BUCKETS * sizeof *p->buckets);
    p->forgotten++;
}

bool sp_patterns_begin(sp_patterns *p, const sp_run *run)
{
    p->run = run;
    p->base = run->net->base;
    if (p->scopes == NULL) {
        p->scopes = SP_NEW_ARRAY(&p->arena, sp_scope, p->base->vocab.criteria.len + p->base->cond_count);
        p->buckets = SP_NEW_ARRAY(&p->arena, uint32_t, BUCKETS);
        p->seen = SP_NEW_ARRAY(&p->arena, uint32_t, run->net->nodes.len);
        p->failed |= p->arena.failed;
    }
    if (is_full(p))
        forget(p);
    return !p->failed;
}

/* --- scopes --- */

static void add_node(sp_patterns *p, uint32_t node, sp_scope *scope)
{
    uint32_t mark = (uint32_t)(scope - p->scopes) + 1;
    if (p->seen[node] == mark)
        return;
    p->seen[node] = mark;
    scope->timed |= p->run->times[node] != NULL;
    p->failed |= !SP_VEC_PUSH(&p->nodes, node);
}

/* Not into the members of a list: they are rows of their own. Rules nest no deeper than their files. */
static void add_cond(sp_patterns *p, const sp_cond *cond, sp_scope *scope)
{
    add_node(p, p->run->net->cond_nodes[cond->number], scope);
    add_node(p, p->run->net->core_nodes[cond->number], scope);
    for (uint32_t i = 0; i < cond->part_count; i++)
        add_cond(p, cond->parts[i], scope);
    for (uint32_t i = 0; i < cond->unless_count; i++)
        add_cond(p, cond->unless[i], scope);
}

static void list_nodes(sp_patterns *p, const sp_why *why, sp_scope *scope)
{
    const sp_network *net = p->run->net;
    scope->first = (uint32_t)p->nodes.len;
    if (why->kind == SP_WHY_CRITERION) {
        add_node(p, net->criterion_nodes[why->criterion], scope);
        add_node(p, net->decided_nodes[why->criterion], scope);
        for (uint32_t i = net->first_rule[why->criterion]; i < net->first_rule[why->criterion + 1]; i++)
            add_cond(p, p->base->rules.items[net->rules.items[i]].condition, scope);
    } else {
        add_cond(p, why->cond->body, scope);
        if (why->cond->where != NULL)
            add_cond(p, why->cond->where, scope);
    }
    scope->count = (uint32_t)(p->nodes.len - scope->first);
    scope->listed = true;
}

uint32_t sp_patterns_scope(sp_patterns *p, const sp_why *why)
{
    uint32_t number = why->kind == SP_WHY_CRITERION
                          ? why->criterion
                          : (uint32_t)p->base->vocab.criteria.len + why->cond->number;
    if (!p->scopes[number].listed)
        list_nodes(p, why, &p->scopes[number]);
    return number;
}

/* --- patterns --- */

static uint64_t bits_at(const sp_lanes *v, uint32_t lane)
{
    return (v->holds >> lane & 1) | (v->fails >> lane & 1) << 1 | (v->contested >> lane & 1) << 2 |
           (v->surely_holds >> lane & 1) << 3 | (v->surely_fails >> lane & 1) << 4;
}

/* Appends the states of a scope's nodes at a row to the keys. */
static size_t add_key(sp_patterns *p, const sp_scope *scope, uint32_t row)
{
    size_t words = (scope->count + NODES_A_WORD - 1) / NODES_A_WORD;
    if (!SP_VEC_RESERVE(&p->keys, words)) {
        p->failed = true;
        return 0;
    }
    const uint32_t *node = p->nodes.items + scope->first;
    for (size_t w = 0, left = scope->count; w < words; w++) {
        uint64_t word = 0;
        for (uint32_t i = 0; i < NODES_A_WORD && left > 0; i++, left--)
            word = word << 5 | bits_at(&p->run->lanes[*node++][row / 64], row % 64);
        p->keys.items[p->keys.len++] = word;
    }
    return words;
}

static uint32_t bucket_of(uint32_t scope, const uint64_t *key, size_t words)
{
    uint64_t hash = scope;
    for (size_t i = 0; i < words; i++)
        hash = (hash ^ key[i]) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(hash >> 32) % BUCKETS;
}

uint32_t sp_patterns_find(sp_patterns *p, uint32_t scope, const sp_why *why, bool *fresh)
{
    *fresh = false;
    if (p->scopes[scope].timed)
        return SP_NONE;
    size_t start = p->keys.len, words = add_key(p, &p->scopes[scope], why->row);
    uint32_t *bucket = &p->buckets[bucket_of(scope, p->keys.items + start, words)];
    for (uint32_t i = *bucket; i != 0 && !p->failed; i = p->list.items[i - 1].next) {
        const sp_pattern *known = &p->list.items[i - 1];
        if (known->scope == scope && known->role == why->role &&
            memcmp(p->keys.items + known->key, p->keys.items + start, words * sizeof(uint64_t)) == 0) {
            p->keys.len = start;
            return i - 1;
        }
    }
    if (p->failed || is_full(p)) {
        p->keys.len = start;
        return SP_NONE;
    }
    sp_pattern pattern = {.scope = scope,
                          .role = why->role,
                          .next = *bucket,
                          .key = start,
                          .first_fixed = p->fixed.len,
                          .first_step = p->steps.len};
    if (!SP_VEC_PUSH(&p->list, pattern)) {
        p->failed = true;
        return SP_NONE;
    }
    *fresh = true;
    *bucket = (uint32_t)p->list.len;
    return *bucket - 1;
}

void sp_patterns_free(sp_patterns *p)
{
    SP_VEC_FREE(&p->nodes);
    SP_VEC_FREE(&p->keys);
    SP_VEC_FREE(&p->list);
    SP_VEC_FREE(&p->fixed);
    SP_VEC_FREE(&p->steps);
    sp_arena_free(&p->arena);
    *p = (sp_patterns){0};
}
