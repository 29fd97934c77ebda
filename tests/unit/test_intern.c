#include "support/test.h"

#include <stdio.h>

#include "base/intern.h"

static void numbers_names_in_order(void **state)
{
    (void)state;
    sp_intern table = {0};
    assert_int_equal(sp_intern_find(&table, SP_LIT("fear")), SP_NONE);
    assert_int_equal(sp_intern_add(&table, SP_LIT("fear")), 0);
    assert_int_equal(sp_intern_add(&table, SP_EMPTY), 1);
    assert_int_equal(sp_intern_add(&table, SP_LIT("fear\0x")), 2);
    assert_int_equal(sp_intern_add(&table, SP_LIT("fear")), 0);
    assert_int_equal(sp_intern_find(&table, SP_LIT("")), 1);
    assert_int_equal(sp_intern_find(&table, SP_LIT("fea")), SP_NONE);
    assert_true(sp_str_eq(sp_intern_text(&table, 2), SP_LIT("fear\0x")));
    assert_int_equal(sp_intern_text(&table, 3).len, 0);
    assert_int_equal(sp_intern_text(&table, SP_NONE).len, 0);
    sp_intern_free(&table);
}

static void holds_many(void **state)
{
    (void)state;
    sp_intern table = {0};
    for (int round = 0; round < 2; round++) {
        char name[32];
        for (uint32_t i = 0; i < 50000; i++) {
            int len = snprintf(name, sizeof(name), "fact.%u", (unsigned)i);
            assert_int_equal(sp_intern_add(&table, (sp_str){name, (size_t)len}), i);
        }
        for (uint32_t i = 0; i < 50000; i++) {
            int len = snprintf(name, sizeof(name), "fact.%u", (unsigned)i);
            assert_int_equal(sp_intern_find(&table, (sp_str){name, (size_t)len}), i);
            assert_true(sp_str_eq(sp_intern_text(&table, i), (sp_str){name, (size_t)len}));
        }
        assert_int_equal(table.count, 50000);
        sp_intern_reset(&table);
        assert_int_equal(sp_intern_find(&table, SP_LIT("fact.1")), SP_NONE);
    }
    sp_intern_free(&table);
}

static void hashes_the_same_everywhere(void **state)
{
    (void)state;
    /* Frozen: files may come to hold these numbers. */
    assert_true(sp_hash(SP_LIT("")) == 0x6b3c89e238a4996eu);
    assert_true(sp_hash(SP_LIT("persecution")) == 0x48f7b83f09912962u);
    assert_true(sp_hash(SP_LIT("12345678")) != sp_hash(SP_LIT("12345678\0")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_names_in_order),
        cmocka_unit_test(holds_many),
        cmocka_unit_test(hashes_the_same_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
