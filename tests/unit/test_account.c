/* Accounts: over random rules, the smallest set of facts that would have to be otherwise is found, and no smaller one
 * would do; and the shortest account of a verdict is enough for it, with all else unsaid. */
#include "support/test.h"

#include "support/engine.h"

#include "explain/account.h"

#define FACTS 6u

static const char VOCABULARY[] = "surplace: vocabulary/1\n"
                                 "entities:\n"
                                 "  person:\n"
                                 "    collection: persons\n"
                                 "    facts:\n"
                                 "      f0: {type: yes_no}\n"
                                 "      f1: {type: yes_no}\n"
                                 "      f2: {type: yes_no}\n"
                                 "      f3: {type: yes_no}\n"
                                 "      f4: {type: yes_no}\n"
                                 "      f5: {type: yes_no}\n"
                                 "      friends: {type: list of person}\n"
                                 "    criteria:\n"
                                 "      c: {title: C}\n"
                                 "      d: {title: D}\n";

static uint32_t random_number(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % below;
}

static void random_condition(sp_buf *b, uint32_t *seed, unsigned depth, bool d_too)
{
    static const char *const heads[] = {"all_of", "any_of", "none_of"};
    uint32_t kind = depth == 0 ? 0 : random_number(seed, 6);
    if (kind == 0) {
        uint32_t fact = random_number(seed, FACTS + (d_too ? 2 : 0));
        if (fact < FACTS)
            sp_buf_printf(b, "person.f%u%s", fact, random_number(seed, 4) == 0 ? " is no" : "");
        else
            sp_buf_add_cstr(b, random_number(seed, 2) == 0 ? "person.d is no" : "person.d");
        return;
    }
    uint32_t parts = 1 + random_number(seed, 3);
    if (kind == 5)
        sp_buf_printf(b, "{at_least: {n: %u, of: [", 1 + random_number(seed, parts));
    else if (kind == 4)
        sp_buf_add_cstr(b, "{all_of: [");
    else
        sp_buf_printf(b, "{%s: [", heads[kind - 1]);
    for (uint32_t i = 0; i < parts; i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        random_condition(b, seed, depth - 1, d_too);
    }
    sp_buf_add_cstr(b, kind == 5 ? "]}}" : "]");
    if (kind == 4) {
        sp_buf_add_cstr(b, ", unless: [");
        random_condition(b, seed, depth - 1, d_too);
        sp_buf_add_char(b, ']');
    }
    if (kind != 5)
        sp_buf_add_char(b, '}');
}

static void random_rules(sp_buf *b, uint32_t seed)
{
    static const struct {
        const char *id, *criterion;
    } rules[] = {{"c_1", "c"}, {"c_2", "c"}, {"d_1", "d"}};
    sp_buf_add_cstr(b, "surplace: rules/1\nrules:\n");
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        sp_buf_printf(b,
                      "  - {id: %s, title: T, concludes: person.%s, authority: LAW, requires: {all_of: [",
                      rules[i].id, rules[i].criterion);
        random_condition(b, &seed, 3, rules[i].criterion[0] == 'c');
        sp_buf_add_cstr(b, "]}}\n");
    }
    sp_buf_add_char(b, '\0');
}

/* A case whose facts are yes, no or not stated: two bits each. */
static sp_state state_with(engine *e, const uint8_t *facts, sp_why *why)
{
    static const char *const words[] = {"unknown", "yes", "no"};
    sp_buf text = {0};
    uint32_t criterion;
    sp_buf_add_cstr(&text, "surplace: case/1\npersons:\n  k: {");
    for (uint32_t f = 0; f < FACTS; f++)
        sp_buf_printf(&text, "%sf%u: %s", f > 0 ? ", " : "", f, words[facts[f]]);
    sp_buf_add_cstr(&text, "}\n");
    engine_run_text(e, sp_buf_str(&text), true);
    sp_buf_clear(&text);
    uint32_t row = engine_find(e, 0, "k.c", &criterion);
    *why = sp_why_criterion(&e->ex, criterion, row);
    return (sp_state)why->state;
}

static uint32_t fact_of(engine *e, const sp_account_end *end)
{
    sp_targets facts = {0};
    sp_why_facts(&e->ex, &end->why, &facts);
    assert_int_equal(facts.len, 1);
    uint32_t fact = e->base.vocab.facts.items[facts.items[0].fact].column;
    SP_VEC_FREE(&facts);
    assert_true(fact < FACTS);
    return fact;
}

/* The fewest facts that have to be turned for the verdict, by trying all; SP_NONE: none would do. */
static uint32_t fewest(engine *e, const uint8_t *facts, sp_state wanted)
{
    uint32_t best = SP_NONE;
    for (uint32_t turned = 0; turned < 1u << FACTS; turned++) {
        uint8_t other[FACTS];
        sp_why why;
        uint32_t count = (uint32_t)__builtin_popcount(turned);
        for (uint32_t f = 0; f < FACTS; f++)
            other[f] = turned >> f & 1 ? (uint8_t)(3 - facts[f]) : facts[f];
        if (count < best && state_with(e, other, &why) == wanted)
            best = count;
    }
    return best;
}

static void check_change(engine *e, const uint8_t *facts, sp_state wanted)
{
    sp_account account = {0};
    uint8_t other[FACTS];
    sp_why why;
    uint32_t least = fewest(e, facts, wanted);
    state_with(e, facts, &why);
    assert_int_equal(sp_account_find(&e->ex, &why, SP_ACCOUNT_OTHERWISE, wanted, &account), SURPLACE_OK);
    assert_int_equal(account.ways > 0, least != SP_NONE);
    if (account.ways > 0 && account.exact)
        assert_int_equal(account.size, least);
    memcpy(other, facts, sizeof other);
    for (size_t i = 0; i < account.size; i++) {
        uint32_t fact = fact_of(e, &account.ends.items[i]);
        assert_int_equal(other[fact], facts[fact]); /* each once */
        other[fact] = (uint8_t)(3 - facts[fact]);
    }
    if (account.ways > 0)
        assert_int_equal(state_with(e, other, &why), wanted);
    sp_account_free(&account);
}

/* How many facts suffice for the verdict with all others unsaid, by trying all. */
static uint32_t fewest_enough(engine *e, const uint8_t *facts, sp_state wanted)
{
    uint32_t best = SP_NONE;
    for (uint32_t said = 0; said < 1u << FACTS; said++) {
        uint8_t other[FACTS];
        sp_why why;
        uint32_t count = (uint32_t)__builtin_popcount(said);
        for (uint32_t f = 0; f < FACTS; f++)
            other[f] = said >> f & 1 ? facts[f] : 0;
        if (count < best && state_with(e, other, &why) == wanted)
            best = count;
    }
    return best;
}

static void check_account(engine *e, const uint8_t *facts, sp_state state)
{
    sp_account account = {0};
    uint8_t only[FACTS] = {0};
    sp_why why;
    uint32_t least = fewest_enough(e, facts, state);
    state_with(e, facts, &why);
    assert_int_equal(sp_account_find(&e->ex, &why, SP_ACCOUNT_AS_IT_IS, state, &account), SURPLACE_OK);
    assert_true(account.ways > 0);
    if (account.exact)
        assert_int_equal(account.size, least);
    for (size_t i = 0; i < account.size; i++) {
        uint32_t fact = fact_of(e, &account.ends.items[i]);
        only[fact] = facts[fact];
    }
    assert_int_equal(state_with(e, only, &why), state);
    sp_account_free(&account);
}

static void smallest_sets_are_smallest(void **state)
{
    (void)state;
    size_t decided = 0;
    for (uint32_t seed = 0; seed < 150; seed++) {
        engine e;
        sp_buf rules = {0};
        uint8_t facts[FACTS];
        sp_why why;
        random_rules(&rules, seed);
        engine_open(&e, NULL, ENGINE_FILES_OF(VOCABULARY, rules.data));
        uint32_t at = seed * 7919u;
        for (uint32_t f = 0; f < FACTS; f++)
            facts[f] = (uint8_t)(1 + random_number(&at, 2));
        sp_state found = state_with(&e, facts, &why);
        assert_true(found == SP_HOLDS || found == SP_FAILS);
        check_change(&e, facts, found == SP_HOLDS ? SP_FAILS : SP_HOLDS);
        check_account(&e, facts, found);
        decided += found == SP_FAILS;
        engine_close(&e);
        sp_buf_clear(&rules);
    }
    assert_true(decided > 20 && decided < 130);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(smallest_sets_are_smallest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
