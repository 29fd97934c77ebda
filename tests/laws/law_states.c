/* The four states: every table, and what must be true of the connectives, once of the functions on single states and
 * once of the evaluator's bit planes. The tables are written out by hand, from the definition of the language. */
#include "support/test.h"

#include "support/engine.h"

static const sp_state STATES[] = {SP_HOLDS, SP_OPEN, SP_CONTESTED, SP_FAILS};

/* In the order of STATES, row by row. */
static const char ALL[] = "hocf oocf cccf ffff";
static const char ANY[] = "hhhh hoco hccc hocf";
static const char NOT[] = "foch";

static sp_state of_letter(char letter)
{
    return letter == 'h' ? SP_HOLDS : letter == 'f' ? SP_FAILS : letter == 'o' ? SP_OPEN : SP_CONTESTED;
}

static sp_state in_table(const char *table, size_t a, size_t b)
{
    return of_letter(table[a * 5 + b]);
}

/* The two orders in which the connectives are monotone, and so is whatever is built of them. They cannot be joined into
 * open < contested < {holds, fails}: all_of of contested and open is contested, and once the contest is resolved open is
 * what remains. What never happens is that a decided verdict changes. */

/* What was open is said in two ways: then a verdict at most becomes contested. */
static bool may_be_disputed(sp_state from, sp_state to)
{
    return from == to || (from == SP_OPEN && to == SP_CONTESTED);
}

/* Something undetermined becomes anything at all: then a verdict that was decided stays as it is. */
static bool undetermined(sp_state state)
{
    return state == SP_OPEN || state == SP_CONTESTED;
}

static bool may_become(sp_state from, sp_state to)
{
    return from == to || undetermined(from);
}

static void assert_monotone(sp_state part, sp_state other_part, sp_state whole, sp_state other_whole)
{
    if (may_be_disputed(part, other_part))
        assert_true(may_be_disputed(whole, other_whole));
    if (may_become(part, other_part))
        assert_true(may_become(whole, other_whole));
}

/* ---- The functions on single states */

static void tables(void **state)
{
    (void)state;
    for (size_t a = 0; a < 4; a++) {
        assert_int_equal(sp_state_not(STATES[a]), of_letter(NOT[a]));
        for (size_t b = 0; b < 4; b++) {
            assert_int_equal(sp_state_all(STATES[a], STATES[b]), in_table(ALL, a, b));
            assert_int_equal(sp_state_any(STATES[a], STATES[b]), in_table(ANY, a, b));
        }
    }
}

static void laws_of_connectives(void **state)
{
    (void)state;
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++)
            for (size_t k = 0; k < 4; k++) {
                sp_state a = STATES[i], b = STATES[j], c = STATES[k];
                assert_int_equal(sp_state_all(a, b), sp_state_all(b, a));
                assert_int_equal(sp_state_any(a, b), sp_state_any(b, a));
                assert_int_equal(sp_state_all(a, sp_state_all(b, c)), sp_state_all(sp_state_all(a, b), c));
                assert_int_equal(sp_state_any(a, sp_state_any(b, c)), sp_state_any(sp_state_any(a, b), c));
                assert_int_equal(sp_state_not(sp_state_all(a, b)),
                                 sp_state_any(sp_state_not(a), sp_state_not(b)));
                assert_int_equal(sp_state_not(sp_state_any(a, b)),
                                 sp_state_all(sp_state_not(a), sp_state_not(b)));
                assert_int_equal(sp_state_not(sp_state_not(a)), a);
                assert_int_equal(sp_state_all(a, a), a);
                assert_int_equal(sp_state_any(a, a), a);
                assert_int_equal(sp_state_all(a, SP_HOLDS), a);
                assert_int_equal(sp_state_any(a, SP_FAILS), a);
            }
}

static void single_states_are_monotone(void **state)
{
    (void)state;
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++) {
            sp_state from = STATES[i], to = STATES[j];
            assert_monotone(from, to, sp_state_not(from), sp_state_not(to));
            for (size_t k = 0; k < 4; k++) {
                assert_monotone(from, to, sp_state_all(from, STATES[k]), sp_state_all(to, STATES[k]));
                assert_monotone(from, to, sp_state_any(from, STATES[k]), sp_state_any(to, STATES[k]));
            }
        }
}

/* "n of these hold" means: all of some n of these hold. */
static sp_state some_subset(size_t n, const sp_state *parts, size_t count)
{
    sp_state some = SP_FAILS;
    for (unsigned chosen = 0; chosen < 1u << count; chosen++) {
        sp_state all = SP_HOLDS;
        size_t size = 0;
        for (size_t i = 0; i < count; i++)
            if (chosen >> i & 1) {
                all = sp_state_all(all, parts[i]);
                size++;
            }
        if (size == n)
            some = sp_state_any(some, all);
    }
    return some;
}

static void at_least_is_some_subset(void **state)
{
    (void)state;
    for (unsigned combination = 0; combination < 256; combination++) {
        sp_state parts[4], others[4];
        for (size_t i = 0; i < 4; i++)
            parts[i] = others[i] = STATES[combination >> 2 * i & 3];
        for (size_t count = 0; count <= 4; count++)
            for (size_t n = 0; n <= count + 1; n++) {
                sp_state found = sp_state_at_least(n, parts, count);
                assert_int_equal(found, some_subset(n, parts, count));
                for (size_t k = 0; k < 4 && count > 0; k++) {
                    others[0] = STATES[k];
                    assert_monotone(parts[0], others[0], found, sp_state_at_least(n, others, count));
                }
            }
    }
}

/* ---- The bit planes: 64 cases are all combinations of three facts, each in two persons, so that rows fill more than
 * one word */

static const char CONNECTIVES_VOCABULARY[] =
    "surplace: vocabulary/1\n"
    "entities:\n"
    "  person:\n"
    "    collection: persons\n"
    "    facts: {a: {type: yes_no}, b: {type: yes_no}, c: {type: yes_no}}\n"
    "    criteria:\n"
    "      all_2: {title: T}\n"
    "      all_2_turned: {title: T}\n"
    "      all_3: {title: T}\n"
    "      all_nested: {title: T}\n"
    "      any_2: {title: T}\n"
    "      any_2_turned: {title: T}\n"
    "      any_3: {title: T}\n"
    "      any_nested: {title: T}\n"
    "      none_1: {title: T}\n"
    "      none_2: {title: T}\n"
    "      none_3: {title: T}\n"
    "      is_no: {title: T}\n"
    "      is_not_yes: {title: T}\n"
    "      not_all: {title: T}\n"
    "      any_not: {title: T}\n"
    "      one_of_3: {title: T}\n"
    "      two_of_3: {title: T}\n"
    "      three_of_3: {title: T}\n"
    "      unless_1: {title: T}\n"
    "      unless_2: {title: T}\n"
    "      unless_unless: {title: T}\n"
    "      rules_2: {title: T}\n"
    "      negated: {title: T}\n"
    "      mixed: {title: T}\n";

#define RULE(id, requires)                                                                                 \
    "  - {id: " id ", title: T, concludes: person." id ", authority: LAW, requires: " requires "}\n"

static const char CONNECTIVES_RULES[] = "surplace: rules/1\n"
                                        "rules:\n" /*                    */
    RULE("all_2", "{all_of: [person.a, person.b]}") RULE(
        "all_2_turned", "{all_of: [person.b, person.a]}") RULE("all_3",
                                                               "{all_of: [person.a, person.b, person.c]}")
        RULE("all_nested", "{all_of: [person.a, {all_of: [person.b, person.c]}]}") RULE(
            "any_2", "{any_of: [person.a, person.b]}") RULE("any_2_turned",
                                                            "{any_of: [person.b, person.a]}")
            RULE("any_3", "{any_of: [person.a, person.b, person.c]}") RULE(
                "any_nested",
                "{any_of: [person.a, {any_of: [person.b, person.c]}]}") RULE("none_1",
                                                                             "{none_of: [person.a]}")
                RULE("none_2", "{none_of: [person.a, person.b]}") RULE(
                    "none_3",
                    "{none_of: [person.a, person.b, person.c]}") RULE("is_no",
                                                                      "person.a is no") RULE("is_not_yes",
                                                                                             "person.a is not yes")
                    RULE("not_all", "{none_of: [{all_of: [person.a, person.b]}]}") RULE(
                        "any_not", "{any_of: [person.a is no, {none_of: [person.b]}]}")
                        RULE("one_of_3", "{at_least: {n: 1, of: [person.a, person.b, person.c]}}") RULE(
                            "two_of_3", "{at_least: {n: 2, of: [person.a, person.b, person.c]}}")
                            RULE("three_of_3", "{at_least: {n: 3, of: [person.a, person.b, person.c]}}") RULE(
                                "unless_1", "{that: person.a, unless: [person.b]}")
                                RULE("unless_2", "{that: person.a, unless: [person.b, person.c]}") RULE(
                                    "unless_unless",
                                    "{that: person.a, unless: [{that: person.b, unless: [person.c]}]}")
                                    RULE("negated", "person.any_2 is no") RULE(
                                        "mixed",
                                        "{at_least: {n: 2, of: [{any_of: [person.a, person.b is no]}, person.two_of_3, person.unless_2 is no]}}") "  - {id: rules_2, title: T, concludes: person.rules_2, authority: LAW, requires: person.a}\n"
                                                                                                                                                  "  - {id: rules_2_other, title: T, concludes: person.rules_2, authority: LAW, requires: person.b}\n";

static const char *const FACT[] = {[SP_HOLDS] = "yes",
                                   [SP_FAILS] = "no",
                                   [SP_OPEN] = "unknown",
                                   [SP_CONTESTED] = "[{is: yes, by: x}, {is: no, by: y}]"};

/* What the planes must say of the facts a, b, c. */
static sp_state wanted(const char *criterion, sp_state a, sp_state b, sp_state c)
{
    sp_state parts[] = {a, b, c};
#define IS(name) (strcmp(criterion, name) == 0)
    if (IS("all_2") || IS("all_2_turned"))
        return sp_state_all(a, b);
    if (IS("all_3") || IS("all_nested") || IS("three_of_3"))
        return sp_state_all(a, sp_state_all(b, c));
    if (IS("any_2") || IS("any_2_turned") || IS("rules_2"))
        return sp_state_any(a, b);
    if (IS("any_3") || IS("any_nested") || IS("one_of_3"))
        return sp_state_any(a, sp_state_any(b, c));
    if (IS("none_1") || IS("is_no") || IS("is_not_yes"))
        return sp_state_not(a);
    if (IS("none_2") || IS("negated"))
        return sp_state_not(sp_state_any(a, b));
    if (IS("none_3"))
        return sp_state_not(sp_state_any(a, sp_state_any(b, c)));
    if (IS("not_all") || IS("any_not"))
        return sp_state_not(sp_state_all(a, b));
    if (IS("two_of_3"))
        return some_subset(2, parts, 3);
    if (IS("unless_1"))
        return sp_state_all(a, sp_state_not(b));
    sp_state unless_2 = sp_state_all(a, sp_state_not(sp_state_any(b, c)));
    if (IS("unless_2"))
        return unless_2;
    if (IS("unless_unless"))
        return sp_state_all(a, sp_state_not(sp_state_all(b, sp_state_not(c))));
    assert_true(IS("mixed"));
    sp_state mixed[] = {sp_state_any(a, sp_state_not(b)), some_subset(2, parts, 3), sp_state_not(unless_2)};
    return some_subset(2, mixed, 3);
#undef IS
}

static void state_person(sp_buf *text, const char *id, unsigned combination)
{
    sp_buf_printf(text, "  %s: {a: %s, b: %s, c: %s}\n", id, FACT[STATES[combination & 3]],
                  FACT[STATES[combination >> 2 & 3]], FACT[STATES[combination >> 4 & 3]]);
}

static void open_connectives(engine *e)
{
    sp_buf text = {0};
    engine_open(e, NULL, ENGINE_FILES_OF(CONNECTIVES_VOCABULARY, CONNECTIVES_RULES));
    for (unsigned i = 0; i < 64; i++) {
        sp_buf_add_cstr(&text,
                        i > 0 ? "---\nsurplace: case/1\npersons:\n" : "surplace: case/1\npersons:\n");
        state_person(&text, "k", i);
        state_person(&text, "l", i ^ 0x2D); /* another combination, so that neighbours differ */
    }
    engine_run_text(e, sp_buf_str(&text), true);
    sp_buf_clear(&text);
}

static sp_state plane_state(engine *e, unsigned case_index, const char *id, sp_str criterion)
{
    char path[64];
    snprintf(path, sizeof path, "%s.%.*s", id, SP_STR(criterion));
    return engine_state(e, case_index, path);
}

static void planes_agree_with_the_tables(void **state)
{
    (void)state;
    engine e;
    open_connectives(&e);
    for (size_t k = 0; k < e.base.vocab.criteria.len; k++) {
        sp_str name = e.base.vocab.criteria.items[k].name;
        char criterion[32];
        snprintf(criterion, sizeof criterion, "%.*s", SP_STR(name));
        for (unsigned i = 0; i < 64; i++)
            for (unsigned person = 0; person < 2; person++) {
                unsigned combination = person == 0 ? i : i ^ 0x2D;
                sp_state expected = wanted(criterion, STATES[combination & 3], STATES[combination >> 2 & 3],
                                           STATES[combination >> 4 & 3]);
                assert_state_word(criterion, plane_state(&e, i, person == 0 ? "k" : "l", name),
                                  sp_state_word(expected));
            }
    }
    engine_close(&e);
}

static void planes_are_monotone(void **state)
{
    (void)state;
    engine e;
    open_connectives(&e);
    for (size_t k = 0; k < e.base.vocab.criteria.len; k++)
        for (unsigned i = 0; i < 64; i++)
            for (unsigned j = 0; j < 64; j++) {
                sp_str name = e.base.vocab.criteria.items[k].name;
                sp_state from = plane_state(&e, i, "k", name), to = plane_state(&e, j, "k", name);
                bool disputed = true, other = true;
                for (unsigned fact = 0; fact < 3; fact++) {
                    disputed &= may_be_disputed(STATES[i >> 2 * fact & 3], STATES[j >> 2 * fact & 3]);
                    other &= may_become(STATES[i >> 2 * fact & 3], STATES[j >> 2 * fact & 3]);
                }
                if ((disputed && !may_be_disputed(from, to)) || (other && !may_become(from, to)))
                    fail_msg("%.*s is %s in case %u and %s in case %u", SP_STR(name), sp_state_word(from),
                             i, sp_state_word(to), j);
            }
    engine_close(&e);
}

/* ---- Quantifiers are folds of the connectives over the members, where a list that is not complete has one member more,
 * of which nothing is known */

static const char QUANTIFIERS_VOCABULARY[] = "surplace: vocabulary/1\n"
                                             "entities:\n"
                                             "  person:\n"
                                             "    collection: persons\n"
                                             "    facts: {ties: {type: list of tie}}\n"
                                             "    criteria:\n"
                                             "      some: {title: T}\n"
                                             "      every: {title: T}\n"
                                             "      every_or_none: {title: T}\n"
                                             "      some_where: {title: T}\n"
                                             "      every_where: {title: T}\n"
                                             "      every_where_or_none: {title: T}\n"
                                             "  tie:\n"
                                             "    facts: {a: {type: yes_no}, b: {type: yes_no}}\n";

static const char QUANTIFIERS_RULES[] = "surplace: rules/1\n"
                                        "rules:\n" /*                    */
    RULE("some", "{for_some: t in person.ties, that: t.a}")
        RULE("every", "{for_every: t in person.ties, that: t.a}")
            RULE("every_or_none", "{for_every: t in person.ties, if_empty: holds, that: t.a}")
                RULE("some_where", "{for_some: t in person.ties, where: t.b, that: t.a}")
                    RULE("every_where", "{for_every: t in person.ties, where: t.b, that: t.a}")
                        RULE("every_where_or_none",
                             "{for_every: t in person.ties, where: t.b, if_empty: holds, that: t.a}");

/* A list of `count` members whose facts a and b are the digits of `members` to the base of 16. */
struct list {
    unsigned members, count;
    bool complete, stated;
};

static struct list list_at(unsigned number)
{
    static const unsigned sizes[] = {1, 16, 256};
    struct list list = {.complete = number % 2 == 0, .stated = true};
    number /= 2;
    while (list.count < 3 && number >= sizes[list.count])
        number -= sizes[list.count++];
    list.members = number;
    list.stated = list.count < 3;
    return list;
}

enum { LISTS = 2 * (1 + 16 + 256) + 1 };

static sp_state fact_of(struct list list, unsigned member, bool b)
{
    return STATES[list.members >> (4 * member + (b ? 2 : 0)) & 3];
}

static sp_state fold(struct list list, bool every, bool where, bool if_empty)
{
    sp_state result = every ? SP_HOLDS : SP_FAILS, considered = SP_FAILS;
    if (!list.stated)
        return SP_OPEN;
    for (unsigned i = 0; i <= list.count; i++) {
        bool unseen = i == list.count;
        if (unseen && list.complete)
            break;
        sp_state a = unseen ? SP_OPEN : fact_of(list, i, false);
        sp_state b = unseen ? SP_OPEN : where ? fact_of(list, i, true) : SP_HOLDS;
        result = every ? sp_state_all(result, sp_state_any(sp_state_not(b), a))
                       : sp_state_any(result, sp_state_all(b, a));
        considered = sp_state_any(considered, b);
    }
    return every && !if_empty ? sp_state_all(result, considered) : result;
}

static void quantifiers_are_folds(void **state)
{
    (void)state;
    engine e;
    sp_buf text = {0};
    engine_open(&e, NULL, ENGINE_FILES_OF(QUANTIFIERS_VOCABULARY, QUANTIFIERS_RULES));
    sp_buf_add_cstr(&text, "surplace: case/1\npersons:\n");
    for (unsigned n = 0; n < LISTS; n++) {
        struct list list = list_at(n);
        sp_buf_printf(&text, "  p%u: {", n);
        sp_buf_add_cstr(&text, list.stated ? "ties: {list: [" : "");
        for (unsigned i = 0; i < list.count && list.stated; i++)
            sp_buf_printf(&text, "%s{a: %s, b: %s}", i > 0 ? ", " : "", FACT[fact_of(list, i, false)],
                          FACT[fact_of(list, i, true)]);
        if (list.stated)
            sp_buf_printf(&text, "], complete: %s}", list.complete ? "yes" : "no");
        sp_buf_add_cstr(&text, "}\n");
    }
    engine_run_text(&e, sp_buf_str(&text), true);
    sp_buf_clear(&text);
    static const struct {
        const char *name;
        bool every, where, if_empty;
    } criteria[] = {{"some", false, false, false},        {"every", true, false, false},
                    {"every_or_none", true, false, true}, {"some_where", false, true, false},
                    {"every_where", true, true, false},   {"every_where_or_none", true, true, true}};
    for (unsigned n = 0; n < LISTS; n++)
        for (size_t k = 0; k < sizeof criteria / sizeof *criteria; k++) {
            char path[64];
            snprintf(path, sizeof path, "p%u.%s", n, criteria[k].name);
            sp_state expected = fold(list_at(n), criteria[k].every, criteria[k].where,
                                     criteria[k].if_empty);
            assert_state_word(path, engine_state(&e, 0, path), sp_state_word(expected));
        }
    engine_close(&e);
}

/* The cases that the folds must come to, by hand: what the definition says of empty and of incomplete lists. */
static void empty_and_incomplete_lists(void **state)
{
    (void)state;
    assert_false(list_at(LISTS - 1).stated);
    const struct list empty = {.complete = true, .stated = true}, unstated = {0};
    struct list incomplete = {.complete = false, .stated = true};
    assert_int_equal(fold(empty, false, false, false), SP_FAILS);
    assert_int_equal(fold(empty, true, false, false), SP_FAILS);
    assert_int_equal(fold(empty, true, false, true), SP_HOLDS);
    assert_int_equal(fold(incomplete, false, false, false), SP_OPEN);
    assert_int_equal(fold(incomplete, true, false, false), SP_OPEN);
    assert_int_equal(fold(incomplete, true, false, true), SP_OPEN);
    assert_int_equal(fold(unstated, true, false, true), SP_OPEN);
    incomplete.count = 1; /* a member that holds */
    assert_int_equal(fold(incomplete, false, false, false), SP_HOLDS);
    assert_int_equal(fold(incomplete, true, false, false), SP_OPEN);
    incomplete.members = 3; /* that fails */
    assert_int_equal(fold(incomplete, false, false, false), SP_OPEN);
    assert_int_equal(fold(incomplete, true, false, true), SP_FAILS);
}

/* ---- Presumptions resolve what is open, and nothing else */

static const char PRESUMPTIONS_VOCABULARY[] =
    "surplace: vocabulary/1\n"
    "entities:\n"
    "  person:\n"
    "    collection: persons\n"
    "    facts:\n"
    "      a: {type: yes_no}\n"
    "      likely: {type: yes_no, if_open: holds, burden: B, authority: LAW}\n"
    "      unlikely: {type: yes_no, if_open: fails, burden: B, authority: LAW}\n"
    "    criteria:\n"
    "      fact_holds: {title: T}\n"
    "      fact_fails: {title: T}\n"
    "      fact_not: {title: T}\n"
    "      holds: {title: T, if_open: holds, burden: B, authority: LAW}\n"
    "      fails: {title: T, if_open: fails, burden: B, authority: LAW}\n"
    "      above: {title: T}\n";

static const char PRESUMPTIONS_RULES[] = "surplace: rules/1\n"
                                         "rules:\n" /*                    */
    RULE("fact_holds", "person.likely") RULE("fact_fails", "person.unlikely")
        RULE("fact_not", "{none_of: [person.likely]}") RULE("holds", "person.a") RULE("fails", "person.a")
            RULE("above", "person.fails is no");

/* Criterion, then with presumptions for a fact that holds, is open, contested, fails; then without. */
static const char *const PRESUMED[][3] = {{"fact_holds", "hhcf", "hocf"}, {"fact_fails", "hfcf", "hocf"},
                                          {"fact_not", "ffch", "foch"},   {"holds", "hhcf", "hocf"},
                                          {"fails", "hfcf", "hocf"},      {"above", "fhch", "foch"}};

static void presumptions_only_on_open(void **state)
{
    (void)state;
    engine e;
    engine_open(&e, NULL, ENGINE_FILES_OF(PRESUMPTIONS_VOCABULARY, PRESUMPTIONS_RULES));
    sp_buf text = {0};
    for (size_t i = 0; i < 4; i++) {
        const char *fact = FACT[STATES[i]];
        sp_buf_printf(&text, "---\nsurplace: case/1\npersons: {k: {a: %s, likely: %s, unlikely: %s}}\n",
                      fact, fact, fact);
    }
    for (int presume = 0; presume < 2; presume++) {
        engine_run_text(&e, sp_buf_str(&text), presume == 1);
        for (size_t k = 0; k < sizeof PRESUMED / sizeof *PRESUMED; k++)
            for (uint32_t i = 0; i < 4; i++) {
                char path[32];
                snprintf(path, sizeof path, "k.%s", PRESUMED[k][0]);
                sp_state expected = of_letter(PRESUMED[k][presume == 1 ? 1 : 2][i]);
                assert_state_word(path, engine_state(&e, i, path), sp_state_word(expected));
                assert_int_equal(engine_presumed(&e, i, path), presume == 1 && STATES[i] == SP_OPEN);
            }
    }
    sp_buf_clear(&text);
    engine_close(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables),
        cmocka_unit_test(laws_of_connectives),
        cmocka_unit_test(single_states_are_monotone),
        cmocka_unit_test(at_least_is_some_subset),
        cmocka_unit_test(planes_agree_with_the_tables),
        cmocka_unit_test(planes_are_monotone),
        cmocka_unit_test(quantifiers_are_folds),
        cmocka_unit_test(empty_and_incomplete_lists),
        cmocka_unit_test(presumptions_only_on_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
