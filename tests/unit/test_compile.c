/* Compiling: what is shared, what a reading changes, and rule bases of great length. */
#include "support/test.h"

#include "support/engine.h"

#define RULE(id, concludes, requires)                                                                      \
    "  - {id: " id ", title: T, concludes: " concludes ", authority: LAW, requires: " requires "}\n"

static const char VOCABULARY[] = "surplace: vocabulary/1\n"
                                 "parameters:\n"
                                 "  strict: {title: S, type: yes_no, default: no}\n"
                                 "  degree: {title: D, type: number, default: 3}\n"
                                 "entities:\n"
                                 "  person:\n"
                                 "    collection: persons\n"
                                 "    facts:\n"
                                 "      a: {type: yes_no}\n"
                                 "      b: {type: yes_no}\n"
                                 "      likely: {type: yes_no, if_open: holds, burden: B, authority: LAW}\n"
                                 "      n: {type: number}\n"
                                 "      friends: {type: list of person}\n"
                                 "    criteria:\n"
                                 "      x: {title: X}\n"
                                 "      y: {title: Y}\n"
                                 "      p: {title: P, if_open: fails, burden: B, authority: LAW}\n";

static uint32_t criterion(engine *e, const char *name)
{
    for (uint32_t i = 0; i < e->base.vocab.criteria.len; i++)
        if (sp_str_eq(e->base.vocab.criteria.items[i].name, sp_str_from(name)))
            return i;
    fail_msg("no criterion %s", name);
    return SP_NONE;
}

static const sp_rule *rule(engine *e, const char *id)
{
    for (uint32_t i = 0; i < e->base.rules.len; i++)
        if (sp_str_eq(e->base.rules.items[i].id, sp_str_from(id)))
            return &e->base.rules.items[i];
    fail_msg("no rule %s", id);
    return NULL;
}

static uint32_t rule_node(engine *e, const char *id)
{
    return e->net.cond_nodes[rule(e, id)->condition->number];
}

static size_t nodes_of_kind(engine *e, sp_net_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < e->net.nodes.len; i++)
        count += e->net.nodes.items[i].kind == kind;
    return count;
}

static void equal_conditions_share_a_node(void **state)
{
    (void)state;
    static const char rules[] = "surplace: rules/1\n"
                                "rules:\n" /*                    */
        RULE("one", "person.x",
             "{all_of: [person.a, {for_some: f in person.friends, all_of: [f.b, f.n is 3]}]}")
            RULE("two", "person.y",
                 "{all_of: [person.a, {for_some: g in person.friends, all_of: [g.b, g.n is 3]}]}")
                RULE("other", "person.p",
                     "{all_of: [person.a, {for_some: f in person.friends, all_of: [f.b, f.n is 4]}]}");
    engine e;
    engine_open(&e, NULL, ENGINE_FILES_OF(VOCABULARY, rules));
    assert_int_equal(rule_node(&e, "one"), rule_node(&e, "two"));
    assert_int_not_equal(rule_node(&e, "one"), rule_node(&e, "other"));
    assert_int_equal(nodes_of_kind(&e, SP_NET_COMPARE), 2);
    assert_int_equal(nodes_of_kind(&e, SP_NET_TRUTH), 2); /* a of the person, b of the friend */
    assert_int_equal(nodes_of_kind(&e, SP_NET_SOME), 2);
    assert_int_equal(e.net.frames.len, 2); /* persons, and the friends of each */
    assert_int_equal(e.net.frames.items[1].parent, 0);
    engine_close(&e);
}

static void one_part_is_no_node(void **state)
{
    (void)state;
    static const char rules[] = "surplace: rules/1\n"
                                "rules:\n" /*                    */
        RULE("one", "person.x", "{all_of: [{any_of: [person.a]}]}")
            RULE("two", "person.y", "person.a is yes") RULE("three", "person.p", "{none_of: [person.a]}");
    engine e;
    engine_open(&e, NULL, ENGINE_FILES_OF(VOCABULARY, rules));
    assert_int_equal(rule_node(&e, "one"), rule_node(&e, "two"));
    assert_int_not_equal(rule_node(&e, "three"), rule_node(&e, "two"));
    engine_close(&e);
}

static void presumptions_stand_around_the_decision(void **state)
{
    (void)state;
    static const char rules[] = "surplace: rules/1\n"
                                "rules:\n" /*                    */
        RULE("one", "person.x", "person.p") RULE("two", "person.y", "person.likely")
            RULE("three", "person.p", "person.a");
    engine e;
    engine_open(&e, NULL, ENGINE_FILES_OF(VOCABULARY, rules));
    uint32_t p = criterion(&e, "p"), x = criterion(&e, "x");
    const sp_net_node *presume = &e.net.nodes.items[e.net.criterion_nodes[p]];
    assert_int_equal(presume->kind, SP_NET_PRESUME);
    assert_int_equal(presume->state, SP_FAILS);
    assert_int_equal(*sp_net_inputs(&e.net, presume), e.net.decided_nodes[p]);
    assert_int_equal(e.net.criterion_nodes[x], e.net.decided_nodes[x]);
    /* whoever asks for it gets it with its presumption */
    const sp_net_node *lookup = &e.net.nodes.items[rule_node(&e, "one")];
    assert_int_equal(lookup->kind, SP_NET_LOOKUP);
    assert_int_equal(*sp_net_inputs(&e.net, lookup), e.net.criterion_nodes[p]);
    assert_int_equal(e.net.nodes.items[rule_node(&e, "two")].state, SP_HOLDS);
    engine_close(&e);
}

static const char READING_RULES[] = "surplace: rules/1\n"
                                    "rules:\n" /*                    */
    RULE("one", "person.x", "{all_of: [person.a, reading.strict is no]}")
        RULE("two", "person.y", "person.n is at least reading.degree") RULE("three", "person.y", "person.a")
            RULE("four", "person.p", "person.b");
static const char PLAIN[] = "{surplace: reading/1, id: plain, title: T, default: yes}\n";
static const char STRICT[] = "surplace: reading/1\n"
                             "id: strict\n"
                             "title: T\n"
                             "default: no\n"
                             "set:\n"
                             "  - {parameter: strict, value: yes, held_by: a court, authority: LAW}\n"
                             "  - {parameter: degree, value: 5, held_by: a court, authority: LAW}\n"
                             "drop: [three, four]\n";
static const char STRICTEST[] = "surplace: reading/1\n"
                                "id: strictest\n"
                                "title: T\n"
                                "default: no\n"
                                "extends: strict\n"
                                "set: [{parameter: degree, value: 7, held_by: a court, authority: LAW}]\n"
                                "replace:\n" RULE("one", "person.x",
                                                  "person.b") "add:\n" /*                    */
    RULE("five", "person.y", "person.b");

static const char READING_CASE[] =
    "surplace: case/1\npersons: {k: {a: yes, b: no, n: 6}, j: {a: no, b: yes, n: 4}}\n";

static void assert_reading(const char *reading, const char *expected)
{
    engine e;
    sp_buf found = {0};
    engine_open(&e, reading, ENGINE_FILES_OF(VOCABULARY, READING_RULES, PLAIN, STRICT, STRICTEST));
    engine_run_text(&e, SP_LIT(READING_CASE), false);
    static const char *const paths[] = {"k.x", "k.y", "k.p", "j.x", "j.y", "j.p"};
    for (size_t i = 0; i < 6; i++)
        sp_buf_add_char(&found, "ohfc"[engine_state(&e, 0, paths[i])]);
    sp_buf_add_char(&found, '\0');
    assert_string_equal(found.data, expected);
    sp_buf_clear(&found);
    engine_close(&e);
}

static void readings_lie_over_the_rules(void **state)
{
    (void)state;
    assert_reading(NULL, "hhffhh");
    assert_reading("plain", "hhffhh");
    /* dropped: nobody speaks of p any more, which is silence and no finding */
    assert_reading("strict", "fhoffo");
    assert_reading("strictest", "ffohho");
}

static void dropped_rules_have_no_node(void **state)
{
    (void)state;
    engine e;
    engine_open(&e, "strict", ENGINE_FILES_OF(VOCABULARY, READING_RULES, PLAIN, STRICT, STRICTEST));
    uint32_t y = criterion(&e, "y"), p = criterion(&e, "p");
    assert_int_equal(rule_node(&e, "three"), SP_NONE);
    assert_int_equal(e.net.first_rule[y + 1] - e.net.first_rule[y], 1);
    assert_int_equal(e.net.first_rule[p + 1] - e.net.first_rule[p], 0);
    assert_int_equal(e.net.nodes.items[e.net.decided_nodes[p]].kind, SP_NET_CONST);
    assert_int_equal(e.net.nodes.items[e.net.decided_nodes[p]].state, SP_OPEN);
    engine_close(&e);
}

/* ---- Rules that hang on one another for as long as the rule base: nothing may go by the depth of the stack */

enum { CHAIN = 50000 };

static void write_chain(sp_buf *vocabulary, sp_buf *rules, bool closed)
{
    sp_buf_add_cstr(vocabulary, "surplace: vocabulary/1\nentities:\n  person:\n    collection: persons\n"
                                "    facts: {a: {type: yes_no}}\n    criteria:\n");
    sp_buf_add_cstr(rules, "surplace: rules/1\nrules:\n");
    for (unsigned i = 0; i < CHAIN; i++) {
        sp_buf_printf(vocabulary, "      c%u: {title: C}\n", i);
        sp_buf_printf(rules, "  - {id: r%u, title: R, concludes: person.c%u, authority: LAW, requires: ", i,
                      i);
        if (i + 1 < CHAIN)
            sp_buf_printf(rules, "person.c%u}\n", i + 1);
        else
            sp_buf_add_cstr(rules, closed ? "{any_of: [person.a, person.c0]}}\n" : "person.a}\n");
    }
    sp_buf_add_char(vocabulary, '\0');
    sp_buf_add_char(rules, '\0');
}

static void assert_chain(bool closed)
{
    engine e;
    sp_buf vocabulary = {0}, rules = {0};
    write_chain(&vocabulary, &rules, closed);
    engine_open(&e, NULL, ENGINE_FILES_OF(vocabulary.data, rules.data));
    engine_run(&e, "surplace: case/1\npersons: {k: {a: yes}, l: {a: no}, m: {}}\n");
    engine_expect(&e, "k.c0", "holds");
    engine_expect(&e, "l.c0", "fails");
    engine_expect(&e, "m.c0", "open");
    engine_expect(&e, "k.c49999", "holds");
    assert_int_equal(e.net.steps.len, closed ? 2 : 1);
    engine_close(&e);
    sp_buf_clear(&vocabulary);
    sp_buf_clear(&rules);
}

static void a_long_chain(void **state)
{
    (void)state;
    assert_chain(false);
}

static void a_long_loop(void **state)
{
    (void)state;
    assert_chain(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_conditions_share_a_node),
        cmocka_unit_test(one_part_is_no_node),
        cmocka_unit_test(presumptions_stand_around_the_decision),
        cmocka_unit_test(readings_lie_over_the_rules),
        cmocka_unit_test(dropped_rules_have_no_node),
        cmocka_unit_test(a_long_chain),
        cmocka_unit_test(a_long_loop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
