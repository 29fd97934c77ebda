/* What the check of rules proves is held to the evaluator: random conditions over facts that take every value that matters,
 * in every combination, evaluated. What is said never to hold, never to fail, or to be the same must be so in all cases;
 * and since the cases are all that there are, up to disputes, what is so must be said. */
#include "support/test.h"

#include "lint/space.h"
#include "support/engine.h"

#define RULES 40u
#define ROUNDS 30u

static const char VOCABULARY[] = "surplace: vocabulary/1\n"
                                 "enums: {mood: {values: [calm, hostile, odd]}}\n"
                                 "entities:\n"
                                 "  person:\n"
                                 "    collection: persons\n"
                                 "    facts:\n"
                                 "      n: {type: number}\n"
                                 "      m: {type: mood}\n"
                                 "      a: {type: yes_no}\n"
                                 "    criteria:\n";

static uint32_t seed = 1;

static uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % limit;
}

static void add_leaf(sp_buf *b)
{
    static const char *const leaves[] = {
        "person.a",
        "person.a is no",
        "person.n is at least 2",
        "person.n is below 2",
        "person.n is at most 4",
        "person.n is above 4",
        "person.n is 2",
        "person.n is not 4",
        "person.n is one of [2, 4]",
        "person.m is calm",
        "person.m is not hostile",
        "person.m is one of [calm, odd]",
        "person.m is not one of [odd]",
        "person.n is at least person.n",
    };
    sp_buf_printf(b, "\"%s\"", leaves[random_below(sizeof leaves / sizeof *leaves)]);
}

static void add_node(sp_buf *b, uint32_t depth)
{
    static const char *const heads[] = {"all_of", "any_of", "none_of"};
    uint32_t kind = random_below(8), parts = 2 + random_below(2);
    if (depth == 0 || kind == 0) {
        add_leaf(b);
        return;
    }
    if (kind == 1)
        sp_buf_printf(b, "{at_least: {n: 2, of: [");
    else
        sp_buf_printf(b, "{%s: [", heads[kind % 3]);
    for (uint32_t i = 0; i < (kind == 1 ? 3 : parts); i++) {
        sp_buf_add_cstr(b, i > 0 ? ", " : "");
        add_node(b, depth - 1);
    }
    sp_buf_add_cstr(b, kind == 1 ? "]}" : "]");
    if (kind == 2) {
        sp_buf_add_cstr(b, ", unless: [");
        add_node(b, depth - 1);
        sp_buf_add_cstr(b, "]");
    }
    sp_buf_add_cstr(b, "}");
}

/* Every value of every fact that makes a difference, and silence: 6 numbers, 4 moods, 3 answers, but for 64 cases two
 * batches are needed, one with and one without an answer. */
static void add_cases(sp_buf *b, bool answered)
{
    static const char *const numbers[] = {NULL, "1", "2", "3", "4", "5"};
    static const char *const moods[] = {NULL, "calm", "hostile", "odd"};
    static const char *const answers[] = {NULL, "yes", "no"};
    for (uint32_t i = 0; i < 6 * 4 * 3; i++) {
        const char *n = numbers[i % 6], *m = moods[i / 6 % 4], *a = answers[i / 24];
        if ((a != NULL) != answered)
            continue;
        sp_buf_printf(b, "---\nsurplace: case/1\npersons: {p: {%s%s%s%s%s%s%s%s}}\n", n ? "n: " : "",
                      n ? n : "", n && (m || a) ? ", " : "", m ? "m: " : "", m ? m : "", m && a ? ", " : "",
                      a ? "a: " : "", a ? a : "");
    }
}

/* What each rule comes to in each case: bits by case, for the two batches. */
struct found {
    uint64_t holds[2], fails[2];
};

static void evaluate(engine *e, struct found *found)
{
    for (int batch = 0; batch < 2; batch++) {
        sp_buf cases = {0};
        add_cases(&cases, batch == 1);
        engine_run_text(e, sp_buf_str(&cases), false);
        for (uint32_t c = 0; c < e->facts.case_count; c++)
            for (uint32_t r = 0; r < RULES; r++) {
                char path[32];
                snprintf(path, sizeof path, "p.c%u", (unsigned)r);
                sp_state state = engine_state(e, c, path);
                found[r].holds[batch] |= (uint64_t)(state == SP_HOLDS) << c;
                found[r].fails[batch] |= (uint64_t)(state == SP_FAILS) << c;
            }
        sp_buf_clear(&cases);
    }
}

static bool same(const struct found *a, const struct found *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

static const sp_cond *condition(const engine *e, uint32_t r)
{
    char id[32];
    snprintf(id, sizeof id, "r%u", (unsigned)r);
    for (size_t i = 0; i < e->base.rules.len; i++)
        if (sp_str_eq(e->base.rules.items[i].id, sp_str_from(id)))
            return e->base.rules.items[i].condition;
    fail_msg("no rule %s", id);
    return NULL;
}

static void compare(engine *e, sp_space *s, const struct found *found, uint32_t r, uint32_t other)
{
    sp_cond *both[] = {(sp_cond *)condition(e, r), (sp_cond *)condition(e, other)};
    assert_true(sp_space_begin(s, both, 2));
    sp_formula x = sp_space_formula(s, both[0]), y = sp_space_formula(s, both[1]);
    const struct found *f = &found[r], *g = &found[other];
    if (sp_space_possible(s, x.holds) != ((f->holds[0] | f->holds[1]) != 0))
        fail_msg("rule %u: it is %s that it can hold", (unsigned)r,
                 f->holds[0] | f->holds[1] ? "so" : "not so");
    if (sp_space_possible(s, x.fails) != ((f->fails[0] | f->fails[1]) != 0))
        fail_msg("rule %u: it is %s that it can fail", (unsigned)r,
                 f->fails[0] | f->fails[1] ? "so" : "not so");
    bool implied = !(f->holds[0] & ~g->holds[0]) && !(f->holds[1] & ~g->holds[1]);
    bool proved = sp_space_implies(s, x.holds, y.holds);
    if (proved && !implied)
        fail_msg("rules %u and %u: the first can hold without the second", (unsigned)r, (unsigned)other);
    bool alike = sp_space_same(s, x, y);
    if (alike && !same(f, g))
        fail_msg("rules %u and %u are not the same", (unsigned)r, (unsigned)other);
    /* a dispute can tell apart what no single value does, and here there is none */
    if (!alike && same(f, g)) {
        sp_bdd_ref differ = sp_bdd_or(&s->bdd,
                                      sp_bdd_if(&s->bdd, x.holds, sp_bdd_not(&s->bdd, y.holds), y.holds),
                                      sp_bdd_if(&s->bdd, x.fails, sp_bdd_not(&s->bdd, y.fails), y.fails));
        uint8_t states[SP_LINT_MAX_ATOMS];
        assert_true(sp_space_example(s, differ, states));
        size_t open = 0;
        for (size_t i = 0; i < s->atoms.len; i++)
            open += states[i] == SP_OPEN;
        assert_true(open > 0);
    }
}

static void proves_what_is_so(void **state)
{
    (void)state;
    size_t never = 0, always = 0;
    for (seed = 1; seed <= ROUNDS; seed++) {
        uint32_t round = seed;
        sp_buf vocabulary = {0}, rules = {0};
        struct found found[RULES] = {0};
        engine e;
        sp_space s;
        seed = round * 7919u;
        sp_buf_add_cstr(&vocabulary, VOCABULARY);
        sp_buf_add_cstr(&rules, "surplace: rules/1\nrules:\n");
        for (uint32_t r = 0; r < RULES; r++) {
            sp_buf_printf(&vocabulary, "      c%u: {title: C}\n", (unsigned)r);
            sp_buf_printf(&rules,
                          "  - {id: r%u, title: R, concludes: person.c%u, authority: [LAW 1], requires: ",
                          (unsigned)r, (unsigned)r);
            add_node(&rules, 1 + random_below(3));
            sp_buf_add_cstr(&rules, "}\n");
        }
        sp_buf_add_char(&vocabulary, '\0');
        sp_buf_add_char(&rules, '\0');
        engine_open(&e, NULL, ENGINE_FILES_OF(vocabulary.data, rules.data));
        evaluate(&e, found);
        assert_true(sp_space_init(&s, &e.base));
        for (uint32_t r = 0; r < RULES; r++) {
            compare(&e, &s, found, r, (r + 1) % RULES);
            compare(&e, &s, found, r, random_below(RULES));
            never += !(found[r].holds[0] | found[r].holds[1]);
            always += !(found[r].fails[0] | found[r].fails[1]);
        }
        sp_space_free(&s);
        engine_close(&e);
        sp_buf_clear(&vocabulary);
        sp_buf_clear(&rules);
        seed = round;
    }
    /* the law is not empty */
    assert_true(never > 20 && always > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(proves_what_is_so)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
