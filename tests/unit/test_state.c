/* States: words, and the counts at the edges. The tables are in laws/law_states.c. */
#include "support/test.h"

#include "model/state.h"

static void words(void **state)
{
    (void)state;
    assert_string_equal(sp_state_word(SP_HOLDS), "holds");
    assert_string_equal(sp_state_word(SP_FAILS), "fails");
    assert_string_equal(sp_state_word(SP_OPEN), "open");
    assert_string_equal(sp_state_word(SP_CONTESTED), "contested");
}

/* All zero is open: nothing said is nothing found. */
static void zero_is_open(void **state)
{
    (void)state;
    assert_int_equal(SP_OPEN, 0);
}

static void at_least_at_the_edges(void **state)
{
    (void)state;
    const sp_state open[] = {SP_OPEN, SP_OPEN}, contested[] = {SP_OPEN, SP_CONTESTED, SP_HOLDS};
    assert_int_equal(sp_state_at_least(0, NULL, 0), SP_HOLDS);
    assert_int_equal(sp_state_at_least(1, NULL, 0), SP_FAILS);
    assert_int_equal(sp_state_at_least(0, open, 2), SP_HOLDS);
    assert_int_equal(sp_state_at_least(2, open, 2), SP_OPEN);
    assert_int_equal(sp_state_at_least(3, open, 2), SP_FAILS);
    assert_int_equal(sp_state_at_least(1, contested, 3), SP_HOLDS);
    assert_int_equal(sp_state_at_least(2, contested, 3), SP_CONTESTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(zero_is_open),
        cmocka_unit_test(at_least_at_the_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
