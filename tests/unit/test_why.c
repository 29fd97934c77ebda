/* Reasons: an explanation is a proof. From what is shown of a reason, and what is not shown taken as open, its state
 * follows again; and what holds is never explained by itself. */
#include "support/test.h"

#include "support/engine.h"

#define RULE(id, requires)                                                                                 \
    "  - {id: " id ", title: T, concludes: person." id ", authority: LAW, requires: " requires "}\n"

#define VOCABULARY                                                                                         \
    "surplace: vocabulary/1\n"                                                                             \
    "entities:\n"                                                                                          \
    "  person:\n"                                                                                          \
    "    collection: persons\n"                                                                            \
    "    facts:\n"                                                                                         \
    "      a: {type: yes_no}\n"                                                                            \
    "      b: {type: yes_no}\n"                                                                            \
    "      likely: {type: yes_no, if_open: holds, burden: B, authority: LAW}\n"                            \
    "      friend: {type: person}\n"                                                                       \
    "      friends: {type: list of person}\n"                                                              \
    "    criteria:\n"                                                                                      \
    "      c: {title: C}\n"                                                                                \
    "      d: {title: D}\n"                                                                                \
    "      e: {title: E}\n"                                                                                \
    "      p: {title: P, if_open: fails, burden: B, authority: LAW}\n"                                     \
    "      in_reach_of: {title: R, with: {other: person}}\n"

#define REACHES                                                                                                      \
    "  - {id: reach, title: T, concludes: person.in_reach_of(other), authority: LAW, requires: {any_of: [person is " \
    "other, {for_some: f in person.friends, that: f.in_reach_of(other)}]}}\n"

/* ---- Checking a reason */

enum { MEMBERS = 64 };

/* Every criterion at every row is checked once. */
typedef enum visit { NOT_YET, UNDER_WAY, CHECKED } visit;

struct walk {
    engine *e;
    uint8_t *visits;
    size_t visited, *first; /* by criterion: where its rows start in `visits` */
};

static uint32_t rules_in_force(const engine *e, uint32_t criterion)
{
    return e->net.first_rule[criterion + 1] - e->net.first_rule[criterion];
}

static sp_state folded(sp_cond_kind kind, uint32_t n, const sp_state *parts, size_t count)
{
    sp_state all = SP_HOLDS, any = SP_FAILS;
    for (size_t i = 0; i < count; i++) {
        all = sp_state_all(all, parts[i]);
        any = sp_state_any(any, parts[i]);
    }
    switch (kind) {
    case SP_COND_ALL:
    case SP_COND_EVERY:
        return all;
    case SP_COND_NONE:
        return sp_state_not(any);
    case SP_COND_AT_LEAST:
        return sp_state_at_least(n, parts, count);
    default:
        return any;
    }
}

/* The states of the children of a role, and open for each that is not shown. */
static size_t states_shown(const sp_whys *children, sp_why_role role, size_t wanted, sp_state *states)
{
    size_t count = 0;
    for (size_t i = 0; i < children->len; i++)
        if (children->items[i].role == role && children->items[i].kind != SP_WHY_LIST &&
            children->items[i].kind != SP_WHY_LIMIT)
            states[count++] = (sp_state)children->items[i].state;
    assert_true(count <= wanted);
    while (count < wanted)
        states[count++] = SP_OPEN;
    return count;
}

static sp_state leaf_rebuilt(engine *e, const sp_why *why, const sp_whys *children)
{
    uint32_t core = e->net.core_nodes[why->cond->number];
    sp_state found = sp_run_state(&e->run, core, why->row);
    if (e->net.nodes.items[core].kind != SP_NET_LOOKUP || children->len == 0)
        return found; /* facts, which the case states */
    sp_agreement all = {0};
    for (size_t i = 0; i < children->len; i++)
        if (children->items[i].kind == SP_WHY_CRITERION)
            sp_agree(&all, (sp_state)children->items[i].state);
    return why->cond->negated ? sp_state_not(sp_agreed(&all)) : sp_agreed(&all);
}

/* What is shown of the members of one list; open for each that is not. */
static sp_state list_rebuilt(const sp_why *why, const sp_whys *children, const sp_segment *list,
                             sp_why_role role, bool every)
{
    sp_state states[MEMBERS];
    size_t count = 0;
    if (!list->stated)
        return SP_OPEN;
    assert_true(list->count < MEMBERS);
    for (size_t i = 0; i < children->len; i++) {
        const sp_why *child = &children->items[i];
        if (child->kind == SP_WHY_MEMBER && child->role == role && child->row - list->first < list->count)
            states[count++] = (sp_state)child->state;
    }
    while (count < list->count)
        states[count++] = SP_OPEN;
    if (!list->complete)
        states[count++] = SP_OPEN;
    if (every && count == 0)
        return why->cond->where == NULL ? why->cond->if_empty : SP_HOLDS;
    return folded(every ? SP_COND_EVERY : SP_COND_SOME, 0, states, count);
}

static sp_state quantifier_rebuilt(engine *e, const sp_why *why, const sp_whys *children, sp_why_role role)
{
    const sp_cond *cond = why->cond;
    const sp_frame_rows
        *rows = &e->run.rows.frames[e->net.nodes.items[e->net.cond_nodes[cond->body->number]].frame];
    uint32_t first = rows->first_segment[why->row], end = rows->first_segment[why->row + 1];
    bool limited = role == SP_ROLE_PART && cond->kind == SP_COND_EVERY && cond->where != NULL &&
                   cond->if_empty == SP_FAILS;
    sp_agreement all = {0};
    for (uint32_t s = first; s < end; s++) {
        sp_state state = list_rebuilt(why, children, &rows->segments[s], role,
                                      role == SP_ROLE_PART && cond->kind == SP_COND_EVERY);
        /* a limit that is not shown is open, but only its own children tell how it is in each of several lists */
        for (size_t i = 0; limited && i < children->len; i++)
            if (children->items[i].kind == SP_WHY_LIMIT) {
                sp_whys within = {0};
                sp_why_children(&e->ex, &children->items[i], false, &within);
                state = sp_state_all(state,
                                     list_rebuilt(why, &within, &rows->segments[s], SP_ROLE_WHERE, false));
                SP_VEC_FREE(&within);
                limited = false;
            }
        sp_agree(&all, limited ? sp_state_all(state, SP_OPEN) : state);
        limited = role == SP_ROLE_PART && cond->kind == SP_COND_EVERY && cond->where != NULL &&
                  cond->if_empty == SP_FAILS;
    }
    return sp_agreed(&all);
}

static sp_state cond_rebuilt(engine *e, const sp_why *why, const sp_whys *children)
{
    sp_state states[64], core;
    const sp_cond *cond = why->cond;
    if (cond->kind == SP_COND_LEAF)
        core = leaf_rebuilt(e, why, children);
    else if (cond->kind == SP_COND_SOME || cond->kind == SP_COND_EVERY)
        core = quantifier_rebuilt(e, why, children, SP_ROLE_PART);
    else
        core = folded((sp_cond_kind)cond->kind, cond->n, states,
                      states_shown(children, SP_ROLE_PART, cond->part_count, states));
    size_t count = states_shown(children, SP_ROLE_EXCEPTION, cond->unless_count, states);
    return sp_state_all(core, folded(SP_COND_NONE, 0, states, count));
}

static sp_state rebuilt(engine *e, const sp_why *why, const sp_whys *children)
{
    sp_state states[64], where;
    switch ((sp_why_kind)why->kind) {
    case SP_WHY_CRITERION:
        if (why->presumes)
            return (sp_state)why->state;
        return folded(SP_COND_ANY, 0, states,
                      states_shown(children, SP_ROLE_PART, rules_in_force(e, why->criterion), states));
    case SP_WHY_MEMBER:
        if (why->role == SP_ROLE_WHERE) {
            states_shown(children, SP_ROLE_WHERE, 1, &where);
            return where;
        }
        states_shown(children, SP_ROLE_PART, 1, states);
        if (why->cond->where == NULL)
            return states[0];
        states_shown(children, SP_ROLE_WHERE, 1, &where);
        return why->cond->kind == SP_COND_SOME ? sp_state_all(where, states[0])
                                               : sp_state_any(sp_state_not(where), states[0]);
    case SP_WHY_LIST:
        return (sp_state)why->state;
    case SP_WHY_LIMIT:
        return quantifier_rebuilt(e, why, children, SP_ROLE_WHERE);
    default:
        return cond_rebuilt(e, why, children);
    }
}

static void assert_follows(struct walk *w, const sp_why *why, const sp_whys *children)
{
    sp_state again = rebuilt(w->e, why, children);
    sp_place place = why->cond == NULL ? (sp_place){0} : why->cond->place;
    w->visited++;
    for (size_t i = 0;
         !why->presumed && why->state != SP_OPEN && why->state != SP_CONTESTED && i < children->len; i++)
        assert_false(children->items[i].presumed);
    if (again != (sp_state)why->state)
        fail_msg("the %zu reasons shown of %u:%u, row %u come to %s, not to %s", children->len,
                 (unsigned)place.line, (unsigned)place.column, (unsigned)why->row, sp_state_word(again),
                 sp_state_word((sp_state)why->state));
}

static void check(struct walk *w, const sp_why *why)
{
    sp_whys children = {0};
    uint8_t *seat = NULL;
    if (why->kind == SP_WHY_CRITERION) {
        seat = &w->visits[w->first[why->criterion] + why->row];
        /* what fails or is undetermined in a loop is so because nothing leads out of it */
        if (*seat == UNDER_WAY && why->state == SP_HOLDS)
            fail_msg("criterion %u of row %u holds because of itself", (unsigned)why->criterion,
                     (unsigned)why->row);
        if (*seat != NOT_YET)
            return;
        *seat = UNDER_WAY;
    }
    sp_why_children(&w->e->ex, why, false, &children);
    assert_false(w->e->ex.failed);
    assert_follows(w, why, &children);
    for (size_t i = 0; i < children.len; i++)
        check(w, &children.items[i]);
    if (seat != NULL)
        *seat = CHECKED;
    SP_VEC_FREE(&children);
}

static size_t check_all(engine *e)
{
    size_t first[16], total = 0;
    uint32_t criteria = (uint32_t)e->base.vocab.criteria.len;
    assert_true(criteria <= sizeof first / sizeof *first);
    for (uint32_t c = 0; c < criteria; c++) {
        first[c] = total;
        total += e->run.rows.frames[e->net.root_frames[c]].rows;
    }
    struct walk w = {.e = e, .visits = calloc(total, 1), .first = first};
    assert_non_null(w.visits);
    for (uint32_t c = 0; c < criteria; c++)
        for (uint32_t row = 0; row < e->run.rows.frames[e->net.root_frames[c]].rows; row++) {
            sp_why start = sp_why_criterion(&e->ex, c, row);
            check(&w, &start);
        }
    free(w.visits);
    return w.visited;
}

/* ---- Random persons under rules that loop in every way */

static uint32_t random_number(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % below;
}

static const char *random_fact(uint32_t *seed)
{
    static const char *const facts[] = {"yes", "no",      "no",
                                        "no",  "unknown", "[{is: yes, by: x}, {is: no, by: y}]"};
    return facts[random_number(seed, 6)];
}

static void random_list(sp_buf *text, uint32_t *seed, unsigned persons)
{
    bool first = true;
    sp_buf_add_cstr(text, "{list: [");
    for (unsigned k = 0; k < persons; k++)
        if (random_number(seed, 3) == 0) {
            sp_buf_printf(text, "%sp%u", first ? "" : ", ", k);
            first = false;
        }
    sp_buf_printf(text, "], complete: %s", random_number(seed, 5) == 0 ? "no" : "yes");
}

static void random_person(sp_buf *text, uint32_t *seed, unsigned persons)
{
    const char *a = random_fact(seed), *b = random_fact(seed), *likely = random_fact(seed);
    unsigned friend_number = random_number(seed, persons + 1);
    sp_buf_printf(text, "a: %s, b: %s, likely: %s, ", a, b, likely);
    if (friend_number < persons)
        sp_buf_printf(text, "friend: p%u, ", friend_number);
    sp_buf_add_cstr(text, "friends: ");
    bool contested = random_number(seed, 6) == 0;
    sp_buf_add_cstr(text, contested ? "[" : "");
    random_list(text, seed, persons);
    if (contested) {
        sp_buf_add_cstr(text, ", by: x}, ");
        random_list(text, seed, persons);
        sp_buf_add_cstr(text, ", by: y}]");
    } else
        sp_buf_add_char(text, '}');
}

static void random_case(sp_buf *text, uint32_t seed)
{
    unsigned persons = 2 + random_number(&seed, 4);
    sp_buf_add_cstr(text, "surplace: case/1\npersons:\n");
    for (unsigned i = 0; i < persons; i++) {
        sp_buf_printf(text, "  p%u: {", i);
        random_person(text, &seed, persons);
        sp_buf_add_cstr(text, "}\n");
    }
}

static const char *const RULES[] = {
    "surplace: rules/1\nrules:\n" /* presumptions and limits inside a loop */
    RULE("c", "{any_of: [person.likely, {for_some: f in person.friends, where: f.d, that: f.c}, person.a]}")
        RULE(
            "d",
            "{any_of: [{for_some: f in person.friends, where: f.c, that: f.d}, person.friend.c, person.b]}")
            RULE("e", "{for_every: f in person.friends, where: f.likely, that: f.c}")
                RULE("p", "{any_of: [person.c, person.d]}") REACHES,
    "surplace: rules/1\nrules:\n" /* a loop with one part alone, and mutual recursion */
    RULE("c", "{any_of: [{any_of: [person.d]}, person.a]}")
        RULE("d", "{any_of: [{for_some: f in person.friends, any_of: [f.c]}, {all_of: [person.b]}]}")
            RULE("e", "{all_of: [person.c, person.p is no]}") RULE("p", "person.b") REACHES,
    "surplace: rules/1\nrules:\n" /* counting, exceptions, where, for_every */
    RULE(
        "c",
        "{at_least: {n: 2, of: [person.a, person.b, person.d, {for_some: f in person.friends, that: f.c}]}}")
        RULE("d", "{for_every: f in person.friends, if_empty: holds, any_of: [f.d, f.a, person.likely]}")
            RULE("e", "{any_of: [{for_some: f in person.friends, where: f.e, that: f.b},"
                      " {that: person.a, unless: [person.p, {that: person.b, unless: [person.c]}]}]}")
                RULE("p", "{none_of: [person.a, person.c]}") REACHES,
    "surplace: rules/1\nrules:\n" /* several rules, references, presumptions */
    RULE("c", "{all_of: [person.friend.c]}") RULE("d", "{any_of: [person.friend.d, person.e]}")
        RULE("e", "{any_of: [person.d, {all_of: [person.likely, person.a]}]}")
            RULE("p", "{for_every: f in person.friends, where: f.a, if_empty: holds, that: f.likely}")
                REACHES
    "  - {id: c_2, title: T, concludes: person.c, authority: LAW, requires: person.a}\n"
    "  - {id: c_3, title: T, concludes: person.c, authority: LAW, requires: {all_of: [person.b, person.p]}}\n",
};

static void explanations_are_proofs(void **state)
{
    (void)state;
    size_t visited = 0;
    for (size_t r = 0; r < sizeof RULES / sizeof *RULES; r++) {
        engine e;
        engine_open(&e, NULL, ENGINE_FILES_OF(VOCABULARY, RULES[r]));
        for (uint32_t seed = 0; seed < 200; seed++) {
            sp_buf text = {0};
            random_case(&text, seed);
            engine_run_text(&e, sp_buf_str(&text), seed % 4 != 0);
            visited += check_all(&e);
            sp_buf_clear(&text);
        }
        engine_close(&e);
    }
    assert_true(visited > 10000);
}

/* ---- What is shown, by hand */

static engine e;

static int begin(void **state)
{
    (void)state;
    static const char rules[] = "surplace: rules/1\nrules:\n" /*                    */
        RULE("c", "{any_of: [person.a, person.b, person.likely]}")
            RULE("d", "{all_of: [person.a, person.b]}") RULE("e", "{that: person.a, unless: [person.b]}")
                RULE("p", "{for_some: f in person.friends, that: f.a}") REACHES;
    engine_open(&e, NULL, ENGINE_FILES_OF(VOCABULARY, rules));
    return 0;
}

static int end(void **state)
{
    (void)state;
    engine_close(&e);
    return 0;
}

static void show(sp_buf *out, const sp_why *why)
{
    sp_whys children = {0};
    if (why->kind == SP_WHY_LIST)
        sp_buf_add_cstr(out, "list");
    else if (why->kind == SP_WHY_CRITERION)
        sp_buf_printf(out, "%.*s", SP_STR(e.base.vocab.criteria.items[why->criterion].name));
    else if (why->cond->kind == SP_COND_LEAF)
        sp_buf_printf(out, "%.*s", SP_STR(why->cond->text));
    sp_buf_printf(out, "%s%s", why->role == SP_ROLE_EXCEPTION ? "!" : "", why->presumes ? "*" : "");
    sp_why_children(&e.ex, why, false, &children);
    if (children.len > 0)
        sp_buf_add_char(out, '(');
    for (size_t i = 0; i < children.len; i++) {
        sp_buf_add_cstr(out, i > 0 ? " " : "");
        show(out, &children.items[i]);
    }
    if (children.len > 0)
        sp_buf_add_char(out, ')');
    SP_VEC_FREE(&children);
}

static void assert_shown(const char *facts, const char *criterion, const char *expected)
{
    sp_buf text = {0}, out = {0};
    char path[32];
    uint32_t found;
    sp_buf_printf(&text, "surplace: case/1\npersons: {k: {%s}, l: {a: yes}, m: {a: no}, n: {}}\n", facts);
    engine_run_text(&e, sp_buf_str(&text), true);
    snprintf(path, sizeof path, "k.%s", criterion);
    uint32_t row = engine_find(&e, 0, path, &found);
    sp_why start = sp_why_criterion(&e.ex, found, row);
    show(&out, &start);
    sp_buf_add_char(&out, '\0');
    assert_string_equal(out.data, expected);
    sp_buf_clear(&text);
    sp_buf_clear(&out);
}

static void only_what_decides_is_shown(void **state)
{
    (void)state;
    /* any_of: what holds; all parts where all fail; what is undetermined */
    assert_shown("a: yes, b: no, likely: no", "c", "c((person.a))");
    assert_shown("a: no, b: no, likely: no", "c", "c((person.a person.b person.likely))");
    assert_shown("a: unknown, b: no, likely: no", "c", "c((person.a))");
    /* what holds by itself is not explained by what is presumed */
    assert_shown("a: yes, b: no", "c", "c((person.a))");
    assert_shown("a: no, b: no", "c", "c((person.likely*))");
    /* all_of */
    assert_shown("a: yes, b: yes", "d", "d((person.a person.b))");
    assert_shown("a: yes, b: no", "d", "d((person.b))");
    assert_shown("a: no, b: no", "d", "d((person.a person.b))");
    assert_shown("a: yes", "d", "d((person.b))");
    /* unless */
    assert_shown("a: yes, b: no", "e", "e(person.a(person.b!))");
    assert_shown("a: yes, b: yes", "e", "e(person.a(person.b!))");
    /* quantifiers: the members that decide; the list where it leaves the end open or has nobody in it */
    assert_shown("friends: [l, m, n]", "p", "p(((f.a)))");
    assert_shown("friends: [m]", "p", "p(((f.a)))");
    assert_shown("friends: {list: [l, n], complete: no}", "p", "p(((f.a)))");
    assert_shown("friends: []", "p", "p((list))");
    /* a presumed criterion shows no rules: none has decided it */
    assert_shown("friends: unknown", "p", "p*");
    assert_shown("friends: {list: [m], complete: no}", "p", "p*");
}

static void all_children_on_demand(void **state)
{
    (void)state;
    sp_whys rules = {0}, parts = {0};
    uint32_t criterion;
    engine_run(&e, "surplace: case/1\npersons: {k: {a: yes, b: no}}\n");
    uint32_t row = engine_find(&e, 0, "k.c", &criterion);
    sp_why start = sp_why_criterion(&e.ex, criterion, row);
    sp_why_children(&e.ex, &start, true, &rules);
    assert_int_equal(rules.len, 1);
    assert_int_equal(rules.items[0].kind, SP_WHY_RULE);
    sp_why_children(&e.ex, &rules.items[0], true, &parts);
    assert_int_equal(parts.len, 3);
    assert_int_equal(parts.items[1].state, SP_FAILS);
    assert_true(parts.items[2].presumes);
    SP_VEC_FREE(&rules);
    SP_VEC_FREE(&parts);
}

static void leaves_name_their_facts(void **state)
{
    (void)state;
    sp_whys rules = {0}, parts = {0};
    sp_targets facts = {0};
    uint32_t criterion;
    engine_run(&e, "surplace: case/1\npersons: {j: {}, k: {a: no, b: yes}}\n");
    uint32_t row = engine_find(&e, 0, "k.c", &criterion);
    sp_why start = sp_why_criterion(&e.ex, criterion, row);
    sp_why_children(&e.ex, &start, false, &rules);
    sp_why_children(&e.ex, &rules.items[0], false, &parts);
    assert_int_equal(parts.len, 1);
    sp_why_facts(&e.ex, &parts.items[0], &facts);
    assert_int_equal(facts.len, 1);
    assert_true(sp_str_eq(e.base.vocab.facts.items[facts.items[0].fact].name, SP_LIT("b")));
    assert_int_equal(facts.items[0].row, row);
    SP_VEC_FREE(&rules);
    SP_VEC_FREE(&parts);
    SP_VEC_FREE(&facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(explanations_are_proofs),
        cmocka_unit_test_setup_teardown(only_what_decides_is_shown, begin, end),
        cmocka_unit_test_setup_teardown(all_children_on_demand, begin, end),
        cmocka_unit_test_setup_teardown(leaves_name_their_facts, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
