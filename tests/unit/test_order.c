/* The order of evaluation: inputs first, loops together, and no loop through a negation. */
#include "support/test.h"

#include "support/engine.h"

static const char VOCABULARY[] =
    "surplace: vocabulary/1\n"
    "entities:\n"
    "  person:\n"
    "    collection: persons\n"
    "    facts: {a: {type: yes_no}, b: {type: yes_no}, friends: {type: list of person}}\n"
    "    criteria:\n"
    "      w: {title: W}\n"
    "      x: {title: X}\n"
    "      y: {title: Y}\n"
    "      z: {title: Z}\n"
    "      p: {title: P, if_open: fails, burden: B, authority: LAW}\n";

/* The rules of w, x, y, z and p, each on a line of its own from line 3 on. */
static sp_buf rules_of(const char *w, const char *x, const char *y, const char *z, const char *p)
{
    sp_buf b = {0};
    const char *const requires[] = {w, x, y, z, p};
    sp_buf_add_cstr(&b, "surplace: rules/1\nrules:\n");
    for (size_t i = 0; i < 5; i++)
        sp_buf_printf(&b, "  - {id: r%c, title: T, concludes: person.%c, authority: LAW, requires: %s}\n",
                      "wxyzp"[i], "wxyzp"[i], requires[i] != NULL ? requires[i] : "person.a");
    sp_buf_add_char(&b, '\0');
    return b;
}

/* Where a node stands in the order, and the step that it belongs to. */
static void positions(engine *e, uint32_t *at, uint32_t *step_of)
{
    for (uint32_t i = 0; i < e->net.nodes.len; i++)
        at[i] = SP_NONE;
    assert_int_equal(e->net.order.len, e->net.nodes.len);
    for (uint32_t i = 0; i < e->net.order.len; i++) {
        assert_int_equal(at[e->net.order.items[i]], SP_NONE);
        at[e->net.order.items[i]] = i;
    }
    uint32_t next = 0;
    for (uint32_t s = 0; s < e->net.steps.len; s++) {
        const sp_net_step *step = &e->net.steps.items[s];
        assert_int_equal(step->first, next);
        next += step->count;
        for (uint32_t i = 0; i < step->count; i++)
            step_of[e->net.order.items[step->first + i]] = s;
    }
    assert_int_equal(next, e->net.order.len);
}

/* Every node after its inputs, but for those that are in one loop with it. */
static void assert_order(engine *e, size_t loops)
{
    uint32_t at[200], step_of[200];
    size_t recursive = 0;
    assert_true(e->net.nodes.len <= 200);
    positions(e, at, step_of);
    for (uint32_t i = 0; i < e->net.nodes.len; i++)
        for (uint32_t k = 0; k < e->net.nodes.items[i].input_count; k++) {
            uint32_t input = sp_net_inputs(&e->net, &e->net.nodes.items[i])[k];
            bool together = step_of[i] == step_of[input] && e->net.steps.items[step_of[i]].recursive;
            assert_true(at[input] < at[i] || together);
        }
    for (uint32_t s = 0; s < e->net.steps.len; s++)
        recursive += e->net.steps.items[s].recursive;
    assert_int_equal(recursive, loops);
}

static void assert_accepted(sp_buf rules, size_t loops)
{
    engine e;
    engine_open(&e, NULL, ENGINE_FILES_OF(VOCABULARY, rules.data));
    assert_order(&e, loops);
    engine_close(&e);
    sp_buf_clear(&rules);
}

static void inputs_come_first(void **state)
{
    (void)state;
    assert_accepted(
        rules_of("person.x", "person.y", "person.z is no", "person.p", "{none_of: [person.a, person.b]}"),
        0);
    assert_accepted(rules_of(NULL, "{none_of: [person.w]}", "{none_of: [person.x]}",
                             "{that: person.y, unless: [person.w]}",
                             "{for_every: f in person.friends, where: f.z, none_of: [f.y]}"),
                    0);
}

static void loops_stand_together(void **state)
{
    (void)state;
    assert_accepted(rules_of("{any_of: [person.a, person.w]}", NULL, NULL, NULL, NULL), 1);
    assert_accepted(rules_of("person.w", NULL, NULL, NULL, NULL), 1);
    assert_accepted(rules_of("person.x", "{any_of: [person.a, person.w]}", "person.z",
                             "{any_of: [person.w, {for_some: f in person.friends, that: f.y}]}",
                             "person.y is no"),
                    2);
    /* a loop that one reads negatively from outside is no cycle */
    assert_accepted(rules_of("{any_of: [person.a, person.x]}", "person.w", "{none_of: [person.w]}",
                             "person.y is no", NULL),
                    1);
    /* the `where` of for_some is positive */
    assert_accepted(
        rules_of("{for_some: f in person.friends, where: f.w, that: f.a}", NULL, NULL, NULL, NULL), 1);
}

/* The cycles named, one a line: w is person.w. */
static void assert_refused(sp_buf rules, const char *through, const char *cycles)
{
    engine e;
    assert_int_equal(engine_read(&e, ENGINE_FILES_OF(VOCABULARY, rules.data)), SURPLACE_OK);
    assert_int_equal(sp_network_compile(&e.net, &e.base, SP_NONE, &e.diags), SURPLACE_INVALID);
    sp_buf found = {0}, expected = {0};
    sp_diags_sort(&e.diags);
    for (size_t i = 0; i < e.diags.list.len; i++) {
        assert_int_equal(e.diags.list.items[i].code, SP_DIAG_CYCLE);
        assert_true(e.diags.list.items[i].place.line > 0);
        sp_buf_printf(&found, "%.*s\n", SP_STR(e.diags.list.items[i].message));
    }
    for (const char *c = cycles; *c != '\0'; c++) {
        if (c == cycles || c[-1] == ' ')
            sp_buf_printf(&expected, "a criterion depends on itself through %s: ", through);
        if (*c == ' ')
            sp_buf_add_char(&expected, '\n');
        else
            sp_buf_printf(&expected, "person.%c%s", *c, c[1] == ' ' || c[1] == '\0' ? "" : " -> ");
    }
    sp_buf_add_cstr(&expected, "\n");
    sp_buf_add_char(&expected, '\0');
    sp_buf_add_char(&found, '\0');
    assert_string_equal(found.data, expected.data);
    sp_buf_clear(&found);
    sp_buf_clear(&expected);
    engine_close(&e);
    sp_buf_clear(&rules);
}

static const char NEGATION[] = "an exception or a negation";

static void loops_through_a_negation_are_refused(void **state)
{
    (void)state;
    assert_refused(rules_of("{none_of: [person.w]}", NULL, NULL, NULL, NULL), NEGATION, "ww");
    assert_refused(rules_of("{that: person.a, unless: [person.w]}", NULL, NULL, NULL, NULL), NEGATION,
                   "ww");
    assert_refused(rules_of("person.w is no", NULL, NULL, NULL, NULL), NEGATION, "ww");
    assert_refused(
        rules_of("{for_every: f in person.friends, where: f.w, that: f.a}", NULL, NULL, NULL, NULL),
        NEGATION, "ww");
    assert_refused(rules_of(NULL, NULL, NULL, NULL, "{any_of: [person.p, person.a]}"), "a presumption",
                   "pp");
}

static void the_whole_cycle_is_named(void **state)
{
    (void)state;
    assert_refused(rules_of("{any_of: [person.a, person.x]}", "person.y",
                            "{that: person.b, unless: [person.z]}", "person.w", NULL),
                   NEGATION, "zwxyz");
}

/* Two cycles apart are two faults. */
static void every_cycle_is_told(void **state)
{
    (void)state;
    assert_refused(rules_of("person.x is no", "person.w", "person.z is no", "person.y", NULL), NEGATION,
                   "xwx zyz");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inputs_come_first),
        cmocka_unit_test(loops_stand_together),
        cmocka_unit_test(loops_through_a_negation_are_refused),
        cmocka_unit_test(the_whole_cycle_is_named),
        cmocka_unit_test(every_cycle_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
