/* What would settle a verdict, held to brute force: every combination of answers and silence is written into the case as
 * `--set` does, read anew and evaluated; the smallest sets that follow from that are those that settle gives. */
#include "explain/settle.h"

#include "support/test.h"

#include "support/engine.h"

static const char VOCABULARY[] =
    "surplace: vocabulary/1\n"
    "enums:\n"
    "  degree: {title: Degree, ordered: yes, values: {none: no, remote: small, real: real, certain: sure}}\n"
    "  colour: {title: Colour, values: {red: red, green: green, blue: blue}}\n"
    "entities:\n"
    "  case: {facts: {day: {type: date}}}\n"
    "  person:\n"
    "    title: Person\n"
    "    collection: persons\n"
    "    facts:\n"
    "      a: {type: yes_no, ask: Is it a?}\n"
    "      b: {type: yes_no}\n"
    "      c: {type: yes_no}\n"
    "      d: {type: yes_no}\n"
    "      p: {type: yes_no, if_open: fails, burden: the State, authority: LAW}\n"
    "      risk: {type: degree}\n"
    "      colours: {type: list of colour}\n"
    "      left: {type: date}\n"
    "      came: {type: date}\n"
    "      age: {type: number}\n"
    "      friend: {type: person}\n"
    "      harms: {type: list of harm}\n"
    "    criteria:\n"
    "      planted: {title: Planted}\n"
    "      two: {title: Two of three}\n"
    "      on_a_presumption: {title: On a presumption}\n"
    "      risky: {title: Risky}\n"
    "      later: {title: Later}\n"
    "      grown: {title: Grown}\n"
    "      red: {title: Red}\n"
    "      harmed: {title: Harmed}\n"
    "      befriended: {title: Befriended}\n"
    "      tautology: {title: Always}\n"
    "      spared: {title: Spared, if_open: fails, burden: the State, authority: LAW}\n"
    "  harm:\n"
    "    title: Harm\n"
    "    facts: {serious: {type: yes_no}, likely: {type: yes_no}}\n";

static const char RULES[] =
    "surplace: rules/1\n"
    "rules:\n"
    "  - {id: planted, title: T, concludes: person.planted, authority: LAW, requires: {any_of: [{all_of: [person.a, person.b]}, "
    "{all_of: [{none_of: [person.a]}, person.c]}]}}\n"
    "  - {id: two, title: T, concludes: person.two, authority: LAW, requires: {at_least: {n: 2, of: [person.a, person.b, "
    "person.c]}}}\n"
    "  - {id: spared, title: T, concludes: person.spared, authority: LAW, requires: person.risk is below real}\n"
    "  - {id: by_practice, title: T, concludes: person.on_a_presumption, authority: LAW, requires: person.a, unless: "
    "[person.spared, person.p]}\n"
    "  - {id: by_finding, title: T, concludes: person.on_a_presumption, authority: LAW, requires: {all_of: [person.risk is at "
    "least real, {none_of: [person.p]}]}}\n"
    "  - {id: risky, title: T, concludes: person.risky, authority: LAW, requires: {any_of: [person.risk is certain, {all_of: "
    "[person.risk is at least remote, person.d]}]}}\n"
    "  - {id: later, title: T, concludes: person.later, authority: LAW, requires: {any_of: [person.came is after person.left, "
    "{all_of: [person.came is person.left, case.day is after person.came]}]}}\n"
    "  - {id: grown, title: T, concludes: person.grown, authority: LAW, requires: {all_of: [person.age is at least 18, {any_of: "
    "[person.age is below 65, person.a]}]}}\n"
    "  - {id: red, title: T, concludes: person.red, authority: LAW, requires: {any_of: [person.colours includes red, {all_of: "
    "[person.colours includes blue, person.a]}]}}\n"
    "  - {id: harmed, title: T, concludes: person.harmed, authority: LAW, requires: {for_some: harm in person.harms, all_of: "
    "[harm.serious, {any_of: [harm.likely, person.a]}]}}\n"
    "  - {id: befriended, title: T, concludes: person.befriended, authority: LAW, requires: person.friend.a}\n"
    "  - {id: tautology, title: T, concludes: person.tautology, authority: LAW, requires: {any_of: [person.a, {none_of: "
    "[person.a]}]}}\n";

struct world {
    engine e;
    sp_settlement s;
    const char *text; /* of the case */
    const char *path; /* of the criterion */
};

static sp_settlement *settled(struct world *w, const char *text, const char *path)
{
    uint32_t criterion, row, with_row = SP_NONE;
    const char *what;
    w->text = text;
    w->path = path;
    engine_run(&w->e, text);
    assert_true(sp_find_criterion(&w->e.facts, 0, sp_str_from(path), &criterion, &row, &with_row, &what));
    assert_int_equal(sp_settle(&w->s, &w->e.net, true, &w->e.facts, 0, criterion, row, with_row, &what),
                     SURPLACE_OK);
    return &w->s;
}

/* The state that comes of reading the case with some settings laid over it. */
static sp_state state_with(struct world *w, const sp_str *set, size_t count)
{
    engine *e = &w->e;
    sp_facts facts;
    sp_input input = {.name = SP_LIT("case.yaml")};
    pieces source = {.rest = sp_str_from(w->text), .size = SIZE_MAX};
    sp_doc_reader *documents = sp_doc_reader_new(&input, SP_FORMAT_YAML, read_piece, &source, &e->diags);
    sp_yaml_tree tree;
    sp_run run;
    uint32_t criterion, row, with_row = SP_NONE;
    const char *what;
    assert_true(sp_facts_init(&facts, &e->base.vocab, &e->base.world));
    sp_case_reader reader = {.vocab = &e->base.vocab, .facts = &facts, .diags = &e->diags};
    assert_int_equal(sp_doc_reader_next(documents, &tree), SURPLACE_OK);
    if (sp_read_case(&reader, &tree, set, count) != SURPLACE_OK)
        engine_fail(e, "a setting is refused");
    assert_true(sp_run_init(&run, &e->net, true));
    assert_int_equal(sp_run_batch(&run, &facts, &what), SURPLACE_OK);
    assert_true(sp_find_criterion(&facts, 0, sp_str_from(w->path), &criterion, &row, &with_row, &what));
    uint32_t root = sp_rows_root_row(&run.rows, e->net.root_frames[criterion], row, with_row);
    sp_state state = sp_run_state(&run, e->net.criterion_nodes[criterion], root);
    sp_run_free(&run);
    sp_facts_free(&facts);
    sp_doc_reader_free(documents);
    return state;
}

/* "anna.a=yes" */
static sp_str setting(struct world *w, const sp_question *q, const sp_answer *answer, sp_arena *arena)
{
    const sp_vocab *vocab = &w->e.base.vocab;
    sp_type type = vocab->facts.items[q->fact].type;
    const sp_change *change = &answer->change;
    sp_value value = change->value;
    sp_buf b = {0};
    sp_buf_printf(&b, "%.*s=", SP_STR(q->address));
    if (change->kind == SP_CHANGE_ASSERTION) {
        const sp_fact *fact = &vocab->facts.items[q->fact];
        const sp_cell *cell = sp_facts_cell(&w->e.facts, fact->entity, q->row, fact->column);
        value = w->e.facts.alternatives.items[cell->value.start + change->value.index].value;
    }
    if (type.kind == SP_YES_NO)
        sp_buf_add_cstr(&b, value.index == 1 ? "yes" : "no");
    else if (type.kind == SP_ENUM)
        sp_buf_add(&b, vocab->enums.items[type.index].values[value.index].name);
    else if (type.kind == SP_DATE)
        sp_date_add(&b, value.date);
    else if (type.kind == SP_NUMBER)
        sp_number_add(&b, value.number);
    else
        fail_msg("no setting for %.*s", SP_STR(q->address));
    sp_str text = sp_arena_dup(arena, sp_buf_str(&b));
    sp_buf_clear(&b);
    return text;
}

#define MOST 200000u

/* Every combination: digit q of its number is the answer to question q, the last digit silence. */
struct brute {
    const sp_questions *q;
    uint32_t count;
    bool open[12]; /* is asked for */
    size_t weight[12], total;
    uint8_t *state;
};

/* What is presumed is not asked for. */
static bool asked(const struct world *w, const struct brute *b, uint32_t q)
{
    return w->e.base.vocab.facts.items[b->q->items.items[q].fact].presumption.if_open == SP_OPEN;
}

static uint32_t digit(const struct brute *b, size_t number, uint32_t q)
{
    if (!b->open[q])
        return b->q->items.items[q].answer_count;
    return (uint32_t)(number / b->weight[q] % (b->q->items.items[q].answer_count + 1));
}

static uint32_t silence(const struct brute *b, uint32_t q)
{
    return b->q->items.items[q].answer_count;
}

static void evaluate_all(struct world *w, struct brute *b)
{
    b->q = &w->s.questions;
    b->count = (uint32_t)b->q->items.len;
    b->total = 1;
    assert_true(b->count <= 12);
    for (uint32_t q = 0; q < b->count; q++) {
        b->weight[q] = b->total;
        b->open[q] = asked(w, b, q);
        b->total *= b->open[q] ? b->q->items.items[q].answer_count + 1 : 1;
        assert_true(b->total < MOST);
    }
    b->state = malloc(b->total);
    assert_non_null(b->state);
    for (size_t n = 0; n < b->total; n++) {
        sp_arena arena = {0};
        sp_str set[12];
        size_t settings = 0;
        for (uint32_t q = 0; q < b->count; q++)
            if (digit(b, n, q) < silence(b, q))
                set[settings++] = setting(w, &b->q->items.items[q],
                                          &b->q->items.items[q].answers[digit(b, n, q)], &arena);
        b->state[n] = (uint8_t)state_with(w, set, settings);
        sp_arena_free(&arena);
    }
}

/* Is every answer of `part` also in `whole`? */
static bool part_of(const struct brute *b, size_t part, size_t whole)
{
    for (uint32_t q = 0; q < b->count; q++)
        if (digit(b, part, q) < silence(b, q) && digit(b, part, q) != digit(b, whole, q))
            return false;
    return true;
}

static bool complete(const struct brute *b, size_t n)
{
    for (uint32_t q = 0; q < b->count; q++)
        if (digit(b, n, q) == silence(b, q) && b->open[q])
            return false;
    return true;
}

static bool proven(const struct brute *b, size_t n, sp_state state)
{
    for (size_t k = 0; k < b->total; k++)
        if (complete(b, k) && part_of(b, n, k) && b->state[k] != state)
            return false;
    return true;
}

static bool settles(const struct brute *b, size_t n, sp_state state, bool whatever)
{
    return whatever ? proven(b, n, state) : b->state[n] == state;
}

static bool smallest(const struct brute *b, size_t n, sp_state state, bool whatever)
{
    if (!settles(b, n, state, whatever))
        return false;
    for (size_t k = 0; k < b->total; k++)
        if (k != n && part_of(b, k, n) && settles(b, k, state, whatever))
            return false;
    return true;
}

/* Is a set among those given? Answers to one question may be told together. */
static const sp_settling *given(const struct brute *b, const sp_settlings *list, size_t n)
{
    for (size_t i = 0; i < list->len; i++) {
        const sp_settling *set = &list->items[i];
        bool same = true;
        for (uint32_t q = 0; q < b->count && same; q++) {
            bool asked = false, picked = false;
            for (uint32_t k = 0; k < set->picks.count; k++)
                if (set->picks.items[k].question == q) {
                    asked = true;
                    picked |= set->picks.items[k].answer == digit(b, n, q);
                }
            same = asked ? picked : digit(b, n, q) == silence(b, q);
        }
        if (same)
            return set;
    }
    return NULL;
}

static const char *the_path;

static void hold_sets(const struct brute *b, const sp_settlings *list, sp_state state)
{
    for (size_t n = 0; n < b->total; n++) {
        bool evaluated = smallest(b, n, state, false), sure = smallest(b, n, state, true);
        const sp_settling *set = given(b, list, n);
        if ((set != NULL) != (evaluated || sure))
            fail_msg("%s: a set is %s (state %d, evaluated %d, sure %d, number %zu)", the_path,
                     set == NULL ? "missing" : "no smallest one", state, evaluated, sure, n);
        if (set == NULL)
            continue;
        assert_int_equal(set->evaluated, b->state[n] == state);
        assert_int_equal(set->proven, proven(b, n, state));
    }
}

/* Does the answer to a question ever make a difference? */
static bool makes_a_difference(const struct brute *b, uint32_t q)
{
    for (size_t n = 0; n < b->total; n++)
        for (uint32_t a = 0; b->open[q] && a <= silence(b, q); a++) {
            size_t other = n - digit(b, n, q) * b->weight[q] + a * b->weight[q];
            if (b->state[n] != b->state[other])
                return true;
        }
    return false;
}

static void hold_to_brute_force(struct world *w, const char *text, const char *path)
{
    struct brute b;
    the_path = path;
    sp_settlement *s = settled(w, text, path);
    uint32_t states = 0, answered = 0;
    evaluate_all(w, &b);
    for (size_t n = 0; n < b.total; n++) {
        states |= 1u << b.state[n];
        answered |= complete(&b, n) ? 1u << b.state[n] : 0;
    }
    if (s->states != states || s->answered != answered)
        fail_msg("%s, %s: comes to %x, %x, not to %x, %x", text, path, s->states, s->answered, states,
                 answered);
    assert_int_equal(s->state, b.state[b.total - 1]);
    for (uint32_t q = 0; q < b.count; q++)
        assert_int_equal(s->matters[q], makes_a_difference(&b, q));
    hold_sets(&b, &s->holds, SP_HOLDS);
    hold_sets(&b, &s->fails, SP_FAILS);
    free(b.state);
    sp_settlement_free(s);
}

#define CASE "surplace: case/1\nday: 2001-06-01\npersons:\n  anna: "

static const char *const cases[][2] = {
    {CASE "{}\n", "anna.planted"},
    {CASE "{a: yes}\n", "anna.planted"},
    {CASE "{b: yes, c: yes}\n", "anna.planted"},
    {CASE "{a: [{is: yes, by: x}, {is: no, by: y}], b: yes}\n", "anna.planted"},
    {CASE "{}\n", "anna.two"},
    {CASE "{b: no}\n", "anna.two"},
    {CASE "{a: [{is: yes, by: x}, {is: no, by: y}]}\n", "anna.two"},
    {CASE "{}\n", "anna.on_a_presumption"},
    {CASE "{}\n", "anna.risky"},
    {CASE "{risk: [{is: none, by: x}, {is: certain, by: y}]}\n", "anna.risky"},
    {CASE "{}\n", "anna.later"},
    {CASE "{left: 2000}\n", "anna.later"},
    {CASE "{left: 2000, came: 2000-05}\n", "anna.later"},
    {"surplace: case/1\npersons:\n  anna: {left: 2000-05-05}\n", "anna.later"},
    {CASE "{}\n", "anna.grown"},
    {CASE "{age: 70}\n", "anna.grown"},
    {CASE "{harms: [{id: x}, {id: y, serious: yes}, {id: z, serious: no}]}\n", "anna.harmed"},
    {CASE "{}\n", "anna.tautology"},
};

static void test_sets_are_those_of_brute_force(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w = {0};
        engine_open(&w.e, NULL, ENGINE_FILES_OF(VOCABULARY, RULES));
        hold_to_brute_force(&w, cases[i][0], cases[i][1]);
        engine_close(&w.e);
    }
}

/* Two unknowns that only matter together, and what is proven whichever way a third comes out. */
static void test_planted(void **state)
{
    (void)state;
    struct world w = {0};
    engine_open(&w.e, NULL, ENGINE_FILES_OF(VOCABULARY, RULES));
    sp_settlement *s = settled(&w, CASE "{}\n", "anna.planted");
    size_t evaluated = 0, whichever = 0;
    for (size_t i = 0; i < s->holds.len; i++) {
        assert_int_equal(s->holds.items[i].count, 2);
        evaluated += s->holds.items[i].evaluated;
        whichever += !s->holds.items[i].evaluated && s->holds.items[i].proven;
    }
    assert_int_equal(evaluated, 2);
    assert_int_equal(whichever, 1); /* b and c, whichever way a comes out */
    sp_settlement_free(s);
    s = settled(&w, CASE "{b: yes, c: yes}\n", "anna.planted");
    assert_int_equal(s->state, SP_OPEN);
    assert_int_equal(s->answered, 1u << SP_HOLDS);
    assert_int_equal(s->best, 0); /* to be on record, a must still be said */
    sp_settlement_free(s);
    s = settled(&w, CASE "{}\n", "anna.tautology");
    assert_int_equal(s->answered, 1u << SP_HOLDS);
    sp_settlement_free(s);
    s = settled(&w, CASE "{a: yes}\n", "anna.on_a_presumption");
    assert_int_equal(s->state, SP_HOLDS); /* what a presumption has settled is not asked for */
    assert_true(s->presumed);
    assert_int_equal(s->best, SP_NONE);
    sp_settlement_free(s);
    s = settled(&w, CASE "{a: yes, b: yes}\n", "anna.planted");
    assert_int_equal(s->state, SP_HOLDS);
    assert_int_equal(s->best, SP_NONE);
    assert_int_equal(s->idle.len, 1); /* c */
    sp_settlement_free(s);
    engine_close(&w.e);
}

/* Lists: members that rules ask for, and entries that the case does not have. */
static void test_lists(void **state)
{
    (void)state;
    struct world w = {0};
    engine_open(&w.e, NULL, ENGINE_FILES_OF(VOCABULARY, RULES));
    sp_settlement *s = settled(&w, CASE "{a: no}\n", "anna.red");
    assert_int_equal(s->holds.len, 1); /* red, and perhaps more */
    assert_int_equal(s->holds.items[0].picks.count, 1);
    assert_true(s->fails.len > 0);
    sp_settlement_free(s);
    s = settled(&w, CASE "{colours: {list: [blue], complete: no}}\n", "anna.red");
    assert_int_equal(s->holds.len, 2); /* a; or red */
    sp_settlement_free(s);
    s = settled(&w, CASE "{}\n", "anna.harmed");
    assert_true(s->limited); /* of a harm that is not there nothing is asked */
    assert_int_equal(s->holds.len, 0);
    assert_int_equal(s->fails.len, 1); /* none */
    assert_int_not_equal(s->best, SP_NONE);
    sp_settlement_free(s);
    s = settled(&w, "surplace: case/1\npersons:\n  anna: {}\n  ben: {a: yes}\n  cora: {a: no}\n",
                "anna.befriended");
    assert_true(s->limited && !s->hides); /* a stranger, whose facts nobody else's hang on */
    assert_int_equal(s->fails.len, 2);    /* cora; or herself, if it is not a */
    assert_int_equal(s->holds.len, 2);
    sp_settlement_free(s);
    engine_close(&w.e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sets_are_those_of_brute_force),
                                       cmocka_unit_test(test_planted), cmocka_unit_test(test_lists)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
