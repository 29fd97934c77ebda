/* Facts: rows of cases side by side, what is found again, what the world lends, and what a dropped case leaves. */
#include "support/test.h"

#include "support/engine.h"

static const char VOCABULARY[] =
    "surplace: vocabulary/1\n"
    "enums: {colour: {title: C, values: {red: r, green: g, blue: b}}}\n"
    "entities:\n"
    "  case: {facts: {day: {type: date}}, criteria: {done: {title: T}}}\n"
    "  person:\n"
    "    collection: persons\n"
    "    facts:\n"
    "      a: {type: yes_no}\n"
    "      n: {type: number}\n"
    "      words: {type: text}\n"
    "      home: {type: state}\n"
    "      homes: {type: list of state}\n"
    "      colours: {type: list of colour}\n"
    "      ties: {type: list of tie}\n"
    "  tie:\n"
    "    key: state\n"
    "    facts: {state: {type: state}, harms: {type: list of harm}}\n"
    "  harm: {facts: {a: {type: yes_no}}}\n"
    "  state:\n"
    "    collection: states\n"
    "    facts: {name: {type: text}, near: {type: state}, good: {type: yes_no}}\n"
    "  motive: {facet_of: state, collection: motives, facts: {w: {type: yes_no}}}\n";

static const char RULES[] =
    "surplace: rules/1\n"
    "rules:\n"
    "  - {id: r, title: T, concludes: case.done, authority: LAW, requires: case.day is 2000}\n";

static const char WORLD[] = "surplace: world/1\n"
                            "by: the almanac\n"
                            "states:\n"
                            "  CHN: {name: China, near: PRK, good: {is: no, by: a report, see: p. 3}}\n"
                            "  PRK: {name: Korea, near: USA}\n"
                            "  USA: {name: United States}\n"
                            "motives: {CHN: {w: yes}}\n";

static engine e;

static int begin(void **state)
{
    (void)state;
    engine_open(&e, NULL, ENGINE_FILES_OF(VOCABULARY, RULES, WORLD));
    return 0;
}

static int end(void **state)
{
    (void)state;
    engine_close(&e);
    return 0;
}

static uint32_t entity(const char *name)
{
    uint32_t index = sp_intern_find(&e.base.vocab.entity_names, sp_str_from(name));
    assert_int_not_equal(index, SP_NONE);
    return index;
}

static const sp_cell *cell(uint32_t of, uint32_t row, const char *fact)
{
    sp_member member;
    assert_true(sp_vocab_member(&e.base.vocab, of, sp_str_from(fact), &member));
    return sp_facts_cell(&e.facts, of, row, e.base.vocab.facts.items[member.index].column);
}

static uint32_t find(uint32_t case_index, const char *of, const char *id)
{
    return sp_facts_find_row(&e.facts, case_index, entity(of), sp_str_from(id));
}

static void assert_text(sp_str found, const char *expected)
{
    if (!sp_str_eq(found, sp_str_from(expected)))
        fail_msg("'%.*s' is not '%s'", SP_STR(found), expected);
}

static void assert_address(const char *of, uint32_t row, const char *expected)
{
    sp_buf address = {0};
    sp_facts_address(&e.facts, entity(of), row, &address);
    assert_text(sp_buf_str(&address), expected);
    sp_buf_clear(&address);
}

static void rows_of_cases_lie_side_by_side(void **state)
{
    (void)state;
    engine_read_cases(&e, SP_LIT("surplace: case/1\npersons: {k: {a: yes}, j: {a: no}}\n"
                                 "---\nsurplace: case/1\n"
                                 "---\nsurplace: case/1\npersons: {k: {}}\n"));
    const sp_table *t = &e.facts.tables[entity("person")];
    assert_int_equal(e.facts.case_count, 3);
    assert_int_equal(t->rows, 3);
    assert_int_equal(t->first[1], 2);
    assert_int_equal(t->first[2], 2);
    assert_int_equal(t->first[3], 3);
    assert_int_equal(find(0, "person", "k"), 0);
    assert_int_equal(find(0, "person", "j"), 1);
    assert_int_equal(find(1, "person", "k"), SP_NONE);
    assert_int_equal(find(2, "person", "k"), 2);
    assert_int_equal(find(3, "person", "k"), SP_NONE);
    assert_int_equal(t->case_of[2], 2);
    assert_int_equal(cell(entity("person"), 0, "a")->value.index, 1);
    assert_int_equal(cell(entity("person"), 1, "a")->value.index, 0);
    assert_int_equal(cell(entity("person"), 2, "a")->status, SP_CELL_UNSTATED);
    assert_int_equal(e.facts.tables[SP_CASE_ENTITY].rows, 3);
}

static void rows_sort_by_id(void **state)
{
    (void)state;
    sp_arena arena = {0};
    const uint32_t *rows;
    uint32_t count;
    engine_read_cases(
        &e, SP_LIT("surplace: case/1\npersons: {c: {}}\n"
                   "---\nsurplace: case/1\npersons: {c: {}, a-2: {}, b: {}, a: {}, \u00e9: {}}\n"));
    assert_true(sp_facts_sorted_rows(&e.facts, 1, entity("person"), &arena, &rows, &count));
    static const char *const expected[] = {"a", "a-2", "b", "c", "\u00e9"};
    assert_int_equal(count, 5);
    for (uint32_t i = 0; i < count; i++)
        assert_text(sp_facts_row_id(&e.facts, entity("person"), rows[i]), expected[i]);
    sp_arena_free(&arena);
}

static void owned_rows_are_addressed_through_their_owner(void **state)
{
    (void)state;
    engine_read_cases(&e, SP_LIT("surplace: case/1\npersons:\n"
                                 "  k: {ties: [{state: USA, harms: [{a: yes}, {a: no}]}, {state: PRK},\n"
                                 "             {harms: []}, {state: {is: PRK, by: x}, harms: []}]}\n"));
    const sp_table *ties = &e.facts.tables[entity("tie")];
    assert_int_equal(ties->rows, 4);
    static const char *const expected[] = {"k/tie-1", "k/PRK", "k/PRK-2", "k/USA"};
    bool seen[4] = {0};
    for (uint32_t row = 0; row < 4; row++) {
        sp_buf address = {0};
        assert_int_equal(ties->owner[row], find(0, "person", "k"));
        sp_facts_address(&e.facts, entity("tie"), row, &address);
        for (size_t i = 0; i < 4; i++)
            seen[i] |= sp_str_eq(sp_buf_str(&address), sp_str_from(expected[i]));
        sp_buf_clear(&address);
    }
    for (size_t i = 0; i < 4; i++)
        assert_true(seen[i]);
    assert_address("harm", 0, "k/USA/harm-1");
    assert_address("harm", 1, "k/USA/harm-2");
    assert_address("case", 0, "case");
}

/* Whatever the order in the file, the rows of a list come out the same. */
static void owned_rows_have_a_canonical_order(void **state)
{
    (void)state;
    static const char *const orders[] = {"{a: yes}, {a: no}, {a: unknown}",
                                         "{a: unknown}, {a: no}, {a: yes}",
                                         "{a: no}, {a: unknown}, {a: yes}"};
    unsigned first[3];
    for (size_t i = 0; i < 3; i++) {
        sp_buf text = {0};
        sp_buf_printf(&text, "surplace: case/1\npersons: {k: {ties: [{harms: [%s]}]}}\n", orders[i]);
        engine_read_cases(&e, sp_buf_str(&text));
        sp_buf_clear(&text);
        for (uint32_t row = 0; row < 3; row++) {
            const sp_cell *a = cell(entity("harm"), row, "a");
            unsigned what = a->status == SP_CELL_STATED ? a->value.index : 2;
            if (i == 0)
                first[row] = what;
            assert_int_equal(what, first[row]);
        }
    }
}

static void the_world_comes_when_it_is_referred_to(void **state)
{
    (void)state;
    sp_str by, see;
    engine_read_cases(&e, SP_LIT("surplace: case/1\n---\nsurplace: case/1\npersons: {k: {home: CHN}}\n"));
    assert_int_equal(find(0, "state", "CHN"), SP_NONE);
    uint32_t states = entity("state"), china = find(1, "state", "CHN");
    assert_int_not_equal(china, SP_NONE);
    const sp_cell *good = cell(states, china, "good");
    assert_int_equal(good->status, SP_CELL_STATED);
    assert_int_equal(good->origin, SP_FROM_WORLD);
    sp_facts_source(&e.facts, good, &by, &see);
    assert_text(by, "a report");
    assert_text(see, "p. 3");
    sp_facts_source(&e.facts, cell(states, china, "name"), &by, &see);
    assert_text(by, "the almanac");
    assert_text(sp_facts_text(&e.facts, cell(states, china, "name")), "China");
    /* references of world facts are followed to rows of this case */
    uint32_t korea = find(1, "state", "PRK"), america = find(1, "state", "USA");
    assert_int_equal(cell(states, china, "near")->value.index, korea);
    assert_int_equal(cell(states, korea, "near")->value.index, america);
    /* a facet has the number of its base */
    assert_int_equal(cell(entity("motive"), china, "w")->value.index, 1);
}

static void a_case_overrides_the_world(void **state)
{
    (void)state;
    engine_read_cases(&e, SP_LIT("surplace: case/1\nstates: {CHN: {good: yes, near: unknown}}\n"));
    uint32_t states = entity("state"), china = find(0, "state", "CHN");
    assert_int_equal(cell(states, china, "good")->value.index, 1);
    assert_int_equal(cell(states, china, "good")->origin, SP_FROM_CASE);
    assert_int_equal(cell(states, china, "near")->status, SP_CELL_UNKNOWN);
    assert_int_equal(cell(states, china, "name")->origin, SP_FROM_WORLD);
    /* what only the overridden fact led to is not there */
    assert_int_equal(find(0, "state", "PRK"), SP_NONE);
}

static void assertions(void **state)
{
    (void)state;
    sp_str by, see;
    uint32_t count, person = entity("person");
    engine_read_cases(
        &e,
        SP_LIT("surplace: case/1\npersons:\n"
               "  p: {n: [{is: 3, by: y}, {is: 2, by: x}], a: [{is: yes, by: x}, {is: unknown, by: y}],\n"
               "      words: [{is: same, by: x}, {is: same, by: y}], home: unknown}\n"));
    const sp_cell *n = cell(person, 0, "n");
    assert_int_equal(n->status, SP_CELL_SEVERAL);
    const sp_cell *said = sp_facts_assertions(&e.facts, n, &count);
    assert_int_equal(count, 2);
    assert_true(said[0].value.number < said[1].value.number);
    sp_facts_source(&e.facts, &said[0], &by, &see);
    assert_text(by, "x");
    /* one who does not know contradicts nobody */
    const sp_cell *a = cell(person, 0, "a");
    assert_int_equal(a->status, SP_CELL_STATED);
    assert_ptr_equal(sp_facts_assertions(&e.facts, a, &count), a);
    assert_int_equal(count, 1);
    /* those who agree are one, with both names */
    const sp_cell *words = cell(person, 0, "words");
    assert_int_equal(words->status, SP_CELL_STATED);
    sp_facts_source(&e.facts, words, &by, &see);
    assert_text(by, "x; y");
    assert_text(sp_facts_text(&e.facts, words), "same");
    (void)sp_facts_assertions(&e.facts, cell(person, 0, "home"), &count);
    assert_int_equal(count, 0);
}

static void lists(void **state)
{
    (void)state;
    uint32_t person = entity("person");
    engine_read_cases(&e, SP_LIT("surplace: case/1\npersons:\n"
                                 "  p: {colours: [blue, red], homes: {list: [USA, CHN], complete: no}}\n"
                                 "  q: {colours: []}\n"));
    const sp_cell *colours = cell(person, 0, "colours"), *homes = cell(person, 0, "homes");
    assert_int_equal(colours->value.count, 2);
    assert_int_equal(sp_facts_members(&e.facts, colours)[0], 0); /* in the order of the enum */
    assert_int_equal(sp_facts_members(&e.facts, colours)[1], 2);
    assert_false(colours->incomplete);
    assert_true(homes->incomplete);
    assert_int_equal(sp_facts_members(&e.facts, homes)[0], find(0, "state", "CHN")); /* by id */
    assert_int_equal(cell(person, 1, "colours")->value.count, 0);
    assert_int_equal(cell(person, 1, "colours")->status, SP_CELL_STATED);
}

static void a_dropped_case_leaves_nothing(void **state)
{
    (void)state;
    engine_read_cases(&e, SP_LIT("surplace: case/1\npersons: {k: {words: first}}\n"));
    size_t text = e.facts.text.len;
    sp_facts_begin_case(&e.facts);
    assert_int_not_equal(sp_facts_add_row(&e.facts, entity("person"), SP_NONE, SP_LIT("j")), SP_NONE);
    assert_int_not_equal(sp_facts_refer(&e.facts, entity("state"), SP_LIT("CHN")), SP_NONE);
    assert_int_equal(sp_facts_refer(&e.facts, entity("state"), SP_LIT("XXX")), SP_NONE);
    sp_facts_drop_case(&e.facts);
    assert_int_equal(e.facts.case_count, 1);
    assert_int_equal(e.facts.tables[entity("person")].rows, 1);
    assert_int_equal(e.facts.tables[entity("state")].rows, 0);
    assert_int_equal(e.facts.tables[entity("motive")].rows, 0);
    assert_int_equal(e.facts.text.len, text);
    /* and the next one starts afresh */
    sp_facts_begin_case(&e.facts);
    assert_int_equal(find(1, "person", "j"), SP_NONE);
    sp_facts_end_case(&e.facts);
    assert_int_equal(e.facts.case_count, 2);
    assert_int_equal(find(0, "person", "k"), 0);
    sp_facts_reset(&e.facts);
    assert_int_equal(e.facts.case_count, 0);
    assert_int_equal(find(0, "person", "k"), SP_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_cases_lie_side_by_side),
        cmocka_unit_test(rows_sort_by_id),
        cmocka_unit_test(owned_rows_are_addressed_through_their_owner),
        cmocka_unit_test(owned_rows_have_a_canonical_order),
        cmocka_unit_test(the_world_comes_when_it_is_referred_to),
        cmocka_unit_test(a_case_overrides_the_world),
        cmocka_unit_test(assertions),
        cmocka_unit_test(lists),
        cmocka_unit_test(a_dropped_case_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
