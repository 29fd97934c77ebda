/* Forward chaining: fixpoints of loops, what is contested in them, presumptions, batches, limits. */
#include "support/test.h"

#include "support/engine.h"

#define RULE(id, requires)                                                                                 \
    "  - {id: " id ", title: T, concludes: person." id ", authority: LAW, requires: " requires "}\n"

#define VOCABULARY(criteria)                                                                               \
    "surplace: vocabulary/1\n"                                                                             \
    "entities:\n"                                                                                          \
    "  person:\n"                                                                                          \
    "    collection: persons\n"                                                                            \
    "    facts:\n"                                                                                         \
    "      a: {type: yes_no}\n"                                                                            \
    "      b: {type: yes_no}\n"                                                                            \
    "      likely: {type: yes_no, if_open: holds, burden: B, authority: LAW}\n"                            \
    "      words: {type: text}\n"                                                                          \
    "      friend: {type: person}\n"                                                                       \
    "      friends: {type: list of person}\n"                                                              \
    "    criteria:\n" criteria

/* Criteria and rules as literals. */
#define OPEN(e, criteria, rules)                                                                           \
    engine_open((e), NULL, ENGINE_FILES_OF(VOCABULARY(criteria), "surplace: rules/1\nrules:\n" rules))

/* The states of a criterion of several persons, a letter each. */
static void assert_states(engine *e, const char *persons, const char *criterion, const char *expected)
{
    sp_buf found = {0};
    for (const char *p = persons; *p != '\0'; p++) {
        char path[64];
        snprintf(path, sizeof path, "%c.%s", *p, criterion);
        sp_buf_add_char(&found, "ohfc"[engine_state(e, 0, path)]);
    }
    sp_buf_add_char(&found, '\0');
    assert_string_equal(found.data, expected);
    sp_buf_clear(&found);
}

#define REACHES RULE("c", "{any_of: [person.a, {for_some: f in person.friends, that: f.c}]}")

static void least_fixpoints(void **state)
{
    (void)state;
    engine e;
    OPEN(&e, "      c: {title: C}\n", REACHES);
    /* two who rely on each other alone; a chain to one of whom it is open; to one contested; to one proven; a ring */
    engine_run(&e,
               "surplace: case/1\npersons:\n"
               "  u: {a: no, friends: [v]}\n  v: {a: no, friends: [u]}\n"
               "  w: {a: no, friends: [x]}\n  x: {friends: [w]}\n"
               "  y: {a: no, friends: [z]}\n  z: {a: [{is: yes, by: p}, {is: no, by: q}], friends: [y]}\n"
               "  o: {a: no, friends: [p]}\n  p: {friends: [o, q]}\n  q: {a: yes, friends: []}\n"
               "  r: {a: no, friends: [s]}\n  s: {a: no, friends: [t]}\n  t: {a: yes, friends: [r]}\n"
               "  i: {a: no, friends: {list: [i], complete: no}}\n");
    assert_states(&e, "uvwxyzopqrsti", "c", "ffoocchhhhhho");
    engine_close(&e);
}

static void a_loop_of_nothing_fails(void **state)
{
    (void)state;
    engine e;
    OPEN(&e, "      c: {title: C}\n      d: {title: D}\n      n: {title: N}\n",
         RULE("c", "person.d") RULE("d", "person.c") RULE("n", "{none_of: [person.c]}"));
    engine_run(&e, "surplace: case/1\npersons: {k: {}}\n");
    engine_expect(&e, "k.c", "fails");
    engine_expect(&e, "k.d", "fails");
    engine_expect(&e, "k.n", "holds");
    engine_close(&e);
}

/* On the way to the fixpoint r is contested for a while; u and v must not remember that it was. */
static void contested_is_decided_last(void **state)
{
    (void)state;
    engine e;
    OPEN(&e, "      c: {title: C}\n",
         RULE("c", "{any_of: [person.a, {for_some: f in person.friends, that: f.c},"
                   " {all_of: [person.b, person.friend.c]}]}"));
    engine_run(&e, "surplace: case/1\npersons:\n"
                   "  r: {a: [{is: yes, by: p}, {is: no, by: q}], b: no, friends: [s]}\n"
                   "  s: {a: no, b: no, friends: [t]}\n  t: {a: yes}\n"
                   "  u: {a: no, friends: [v], friend: r}\n  v: {a: no, b: no, friends: [u]}\n");
    assert_states(&e, "rstuv", "c", "hhhoo");
    engine_close(&e);
}

/* Alternating parts of a loop in one pass: reachable in an even and an odd number of steps. */
static void mutual_recursion(void **state)
{
    (void)state;
    engine e;
    OPEN(&e, "      even: {title: E}\n      odd: {title: O}\n",
         RULE("even", "{any_of: [person.a, {for_some: f in person.friends, that: f.odd}]}")
             RULE("odd", "{for_some: f in person.friends, that: f.even}"));
    engine_run(&e, "surplace: case/1\npersons:\n"
                   "  a: {a: yes, friends: []}\n  b: {a: no, friends: [a]}\n  c: {a: no, friends: [b]}\n"
                   "  d: {a: no, friends: [c]}\n  e: {a: no, friends: [d, e]}\n");
    assert_states(&e, "abcde", "even", "hfhfh");
    assert_states(&e, "abcde", "odd", "fhfhh");
    engine_close(&e);
}

/* What holds in a loop came to hold after something that it rests on. */
static void times_go_upward(void **state)
{
    (void)state;
    engine e;
    OPEN(&e, "      c: {title: C}\n      d: {title: D}\n", REACHES RULE("d", "person.a"));
    engine_run(&e,
               "surplace: case/1\npersons:\n"
               "  t: {a: yes, friends: [r, s]}\n  s: {a: no, friends: [t, r]}\n  r: {a: no, friends: [s]}\n"
               "  f: {a: no, friends: [f]}\n");
    uint32_t criterion, times[4];
    for (size_t i = 0; i < 4; i++) {
        char path[] = {"tsrf"[i], '.', 'c', '\0'};
        uint32_t row = engine_find(&e, 0, path, &criterion);
        times[i] = sp_run_time(&e.run, e.net.criterion_nodes[criterion], row);
    }
    assert_true(times[0] > 0);
    assert_true(times[0] < times[1]);
    assert_true(times[1] < times[2]);
    assert_int_equal(times[3], 0); /* never */
    uint32_t row = engine_find(&e, 0, "t.d", &criterion);
    assert_int_equal(sp_run_time(&e.run, e.net.criterion_nodes[criterion], row), 0); /* in no loop */
    engine_close(&e);
}

static void presumed_only_where_it_matters(void **state)
{
    (void)state;
    engine e;
    OPEN(&e,
         "      p: {title: P, if_open: fails, burden: B, authority: LAW}\n"
         "      any: {title: T}\n      all: {title: T}\n      not_p: {title: T}\n      far: {title: T}\n",
         RULE("p", "person.b") RULE("any", "{any_of: [person.a, person.likely]}")
             RULE("all", "{all_of: [person.a, person.likely]}") RULE("not_p", "person.p is no")
                 RULE("far", "person.friend.not_p"));
    engine_run(&e, "surplace: case/1\npersons: {k: {a: yes, friend: k}, l: {a: no, b: no, friend: k}}\n");
    engine_expect(&e, "k.any", "holds");
    assert_false(engine_presumed(&e, 0, "k.any")); /* it holds without */
    engine_expect(&e, "k.all", "holds");
    assert_true(engine_presumed(&e, 0, "k.all"));
    engine_expect(&e, "l.all", "fails");
    assert_false(engine_presumed(&e, 0, "l.all"));
    engine_expect(&e, "k.not_p", "holds");
    assert_true(engine_presumed(&e, 0, "k.not_p"));
    assert_false(engine_presumed(&e, 0, "l.not_p")); /* decided: b is no */
    assert_true(engine_presumed(&e, 0, "l.far"));
    const char *what;
    assert_int_equal(engine_evaluate(&e, false, &what), SURPLACE_OK);
    engine_expect(&e, "k.all", "open");
    engine_expect(&e, "k.p", "open");
    engine_expect(&e, "l.far", "open");
    engine_close(&e);
}

/* Cases of one batch know nothing of one another; a run is used again and again. */
static void batches(void **state)
{
    (void)state;
    engine e;
    const char *what;
    OPEN(&e, "      c: {title: C}\n", REACHES);
    assert_true(sp_run_init(&e.run, &e.net, true));
    for (unsigned round = 0; round < 3; round++) {
        sp_buf text = {0};
        unsigned cases = round == 1 ? 1 : SP_BATCH_CASES;
        for (unsigned i = 0; i < cases; i++) {
            sp_buf_add_cstr(&text, "---\nsurplace: case/1\npersons:\n");
            for (unsigned k = 0; k <= i % 5; k++)
                sp_buf_printf(&text, "  p%u: {a: %s, friends: [p%u]}\n", k,
                              (i + k) % 3 == round ? "yes" : "no", k / 2);
        }
        engine_read_cases(&e, sp_buf_str(&text));
        sp_buf_clear(&text);
        assert_int_equal(sp_run_batch(&e.run, &e.facts, &what), SURPLACE_OK);
        for (unsigned i = 0; i < cases; i++)
            for (unsigned k = 0; k <= i % 5; k++) {
                bool holds = false;
                for (unsigned at = k, steps = 0; steps < 6; at /= 2, steps++)
                    holds |= (i + at) % 3 == round;
                char path[16];
                snprintf(path, sizeof path, "p%u.c", k);
                assert_state_word(path, engine_state(&e, i, path), holds ? "holds" : "fails");
            }
    }
    engine_close(&e);
}

static void a_batch_without_rows(void **state)
{
    (void)state;
    engine e;
    const char *what;
    OPEN(&e, "      c: {title: C}\n", REACHES);
    engine_run(&e, "surplace: case/1\n");
    assert_int_equal(e.run.rows.frames[0].rows, 0);
    sp_facts_reset(&e.facts);
    assert_int_equal(sp_run_batch(&e.run, &e.facts, &what), SURPLACE_OK);
    engine_close(&e);
}

static void persons_stated(sp_buf *text, unsigned count, const char *facts)
{
    sp_buf_add_cstr(text, "surplace: case/1\npersons:\n");
    for (unsigned i = 0; i < count; i++)
        sp_buf_printf(text, "  p%u: {%s}\n", i, facts);
}

/* 101 persons cubed are more rows than one table may have. */
static void too_many_rows(void **state)
{
    (void)state;
    engine e;
    const char *what;
    sp_buf text = {0};
    OPEN(
        &e, "      c: {title: C}\n",
        RULE("c",
             "{for_some: x in case.persons, any_of: [{for_some: y in case.persons, all_of: [x.a, y.a]}]}"));
    persons_stated(&text, 101, "a: yes");
    engine_read_cases(&e, sp_buf_str(&text));
    assert_int_equal(engine_evaluate(&e, true, &what), SURPLACE_LIMIT);
    assert_string_equal(what, "rows");
    /* and the run is good for the next batch */
    engine_run(&e, "surplace: case/1\npersons: {k: {a: yes}}\n");
    engine_expect(&e, "k.c", "holds");
    sp_buf_clear(&text);
    engine_close(&e);
}

/* A pattern that gives up has not said no. */
static void a_pattern_that_gives_up(void **state)
{
    (void)state;
    engine e;
    const char *what;
    OPEN(&e, "      c: {title: C}\n", RULE("c", "'person.words matches /(a+)+(b+)+(c+)+$/'"));
    engine_read_cases(
        &e,
        SP_LIT(
            "surplace: case/1\npersons: {k: {words: "
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbccccccccccccccccccccccccccccd}}\n"));
    assert_int_equal(engine_evaluate(&e, true, &what), SURPLACE_LIMIT);
    assert_string_equal(what, "pattern match");
    engine_run(&e, "surplace: case/1\npersons: {k: {words: AABC}, l: {words: x}, m: {}}\n");
    assert_states(&e, "klm", "c", "hfo");
    engine_close(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(least_fixpoints),
        cmocka_unit_test(a_loop_of_nothing_fails),
        cmocka_unit_test(contested_is_decided_last),
        cmocka_unit_test(mutual_recursion),
        cmocka_unit_test(times_go_upward),
        cmocka_unit_test(presumed_only_where_it_matters),
        cmocka_unit_test(batches),
        cmocka_unit_test(a_batch_without_rows),
        cmocka_unit_test(too_many_rows),
        cmocka_unit_test(a_pattern_that_gives_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
