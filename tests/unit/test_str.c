#include "support/test.h"

#include "base/str.h"

static void compares_and_cuts(void **state)
{
    (void)state;
    assert_true(sp_str_eq(SP_EMPTY, SP_LIT("")));
    assert_true(sp_str_eq(sp_str_from(NULL), SP_EMPTY));
    assert_true(sp_str_cmp(SP_LIT("ab"), SP_LIT("abc")) < 0);
    assert_true(sp_str_cmp(SP_LIT("b"), SP_LIT("abc")) > 0);
    assert_true(sp_str_cmp(SP_LIT("a\xC3"), SP_LIT("az")) > 0);
    assert_int_equal(sp_str_cmp(SP_EMPTY, SP_LIT("")), 0);
    assert_true(sp_str_starts(SP_LIT("rule"), SP_LIT("ru")));
    assert_false(sp_str_starts(SP_LIT("r"), SP_LIT("ru")));
    assert_true(sp_str_ends(SP_LIT("a.yaml"), SP_LIT(".yaml")));
    assert_false(sp_str_ends(SP_LIT("yaml"), SP_LIT(".yaml")));
    assert_true(sp_str_ends(SP_EMPTY, SP_EMPTY));
    assert_true(sp_str_eq(sp_str_trim(SP_LIT(" \t\r\n a b \n")), SP_LIT("a b")));
    assert_int_equal(sp_str_trim(SP_LIT(" \n ")).len, 0);

    sp_str before, after;
    assert_true(sp_str_cut(SP_LIT("a.b.c"), '.', &before, &after));
    assert_true(sp_str_eq(before, SP_LIT("a")) && sp_str_eq(after, SP_LIT("b.c")));
    assert_true(sp_str_cut(SP_LIT("a."), '.', &before, &after));
    assert_int_equal(after.len, 0);
    assert_false(sp_str_cut(SP_EMPTY, '.', &before, &after));
}

static void builds_text(void **state)
{
    (void)state;
    sp_buf b = {0};
    assert_int_equal(sp_buf_str(&b).len, 0);
    sp_buf_add(&b, SP_EMPTY);
    for (int i = 0; i < 1000; i++)
        sp_buf_printf(&b, "%d,", i % 10);
    sp_buf_add_char(&b, '!');
    sp_buf_add_cstr(&b, "end");
    sp_buf_add(&b, SP_LIT("a\0b"));
    assert_int_equal(b.len, 2000 + 1 + 3 + 3);
    assert_memory_equal(b.data, "0,1,2,", 6);
    assert_memory_equal(b.data + 2000, "!enda\0b", 7);
    assert_false(b.failed);
    sp_buf_reset(&b);
    sp_buf_printf(&b, "[%.*s]", SP_STR(SP_EMPTY));
    assert_true(sp_str_eq(sp_buf_str(&b), SP_LIT("[]")));
    sp_buf_clear(&b);
    sp_buf_clear(&b);
}

static void remembers_failure(void **state)
{
    (void)state;
    sp_buf b = {0};
    sp_buf_add_cstr(&b, "kept");
    assert_false(sp_buf_reserve(&b, SIZE_MAX - 8));
    assert_true(b.failed);
    sp_buf_add_cstr(&b, "lost");
    assert_true(sp_str_eq(sp_buf_str(&b), SP_LIT("kept")));
    sp_buf_clear(&b);
}

static void wipes(void **state)
{
    (void)state;
    char secret[] = "secret";
    sp_wipe(secret, sizeof(secret));
    for (size_t i = 0; i < sizeof(secret); i++)
        assert_int_equal(secret[i], 0);
    sp_wipe(NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_and_cuts),
        cmocka_unit_test(builds_text),
        cmocka_unit_test(remembers_failure),
        cmocka_unit_test(wipes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
