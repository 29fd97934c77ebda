#include "support/test.h"

#include "text/input.h"

static void assert_place(const sp_input *input, size_t offset, size_t length, uint32_t line,
                         uint32_t column, uint32_t end)
{
    sp_place place = sp_input_place(input, offset, length);
    assert_ptr_equal(place.input, input);
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
    assert_int_equal(place.end_column, end);
}

static void assert_line(const sp_input *input, uint32_t line, const char *text)
{
    assert_true(sp_str_eq(sp_input_line(input, line), sp_str_from(text)));
}

static void gives_lines(void **state)
{
    (void)state;
    sp_input input = {.text = SP_LIT("one\ntwo\r\n\nfour\rfive")};
    assert_line(&input, 0, "");
    assert_line(&input, 1, "one");
    assert_line(&input, 2, "two");
    assert_line(&input, 3, "");
    assert_line(&input, 4, "four");
    assert_line(&input, 5, "five");
    assert_line(&input, 6, "");
    sp_input nothing = {0};
    assert_line(&nothing, 1, "");
}

static void gives_places(void **state)
{
    (void)state;
    sp_input input = {.text = SP_LIT("caf\xC3\xA9 x\r\nab\n")};
    assert_place(&input, 0, 3, 1, 1, 4);
    assert_place(&input, 3, 2, 1, 4, 5);
    assert_place(&input, 6, 1, 1, 6, 7);
    assert_place(&input, 5, 100, 1, 5, 7); /* cut at the end of the line */
    assert_place(&input, 8, 1, 1, 7, 8);   /* within the line break */
    assert_place(&input, 9, 0, 2, 1, 2);
    assert_place(&input, 10, 1, 2, 2, 3);
    assert_place(&input, 999, 9, 3, 1, 2); /* behind the end */
    sp_input nothing = {0};
    assert_place(&nothing, 5, 5, 1, 1, 2);
    sp_input unfinished = {.text = SP_LIT("ab\ncd")};
    assert_place(&unfinished, 5, 0, 2, 3, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_lines),
        cmocka_unit_test(gives_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
