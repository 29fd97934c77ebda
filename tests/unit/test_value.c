/* Dates with missing digits, numbers as they may be written, and comparisons of both. */
#include "support/test.h"

#include <string.h>

#include "model/value.h"

/* ---- Dates */

static sp_date date(const char *text)
{
    sp_date d;
    if (!sp_date_parse(sp_str_from(text), &d))
        fail_msg("%s is refused", text);
    return d;
}

static void assert_date(const char *text, int32_t from, int32_t to)
{
    sp_date d = date(text);
    sp_buf out = {0};
    assert_int_equal(d.from, from);
    assert_int_equal(d.to, to);
    sp_date_add(&out, d);
    sp_buf_add_char(&out, '\0');
    assert_string_equal(out.data, text);
    sp_buf_clear(&out);
}

static void dates(void **state)
{
    (void)state;
    assert_date("1998", 19980101, 19981231);
    assert_date("1998-02", 19980201, 19980228);
    assert_date("1998-02-03", 19980203, 19980203);
    assert_date("0001", 10101, 11231);
    assert_date("9999-12-31", 99991231, 99991231);
}

static void leap_years(void **state)
{
    (void)state;
    assert_date("2000-02-29", 20000229, 20000229);
    assert_date("2004-02-29", 20040229, 20040229);
    assert_date("2000-02", 20000201, 20000229);
    assert_date("1900-02", 19000201, 19000228);
    assert_date("1999-02", 19990201, 19990228);
}

static void what_is_no_date(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "98",         "1998-",      "1998-2",      "1998-02-",   "1998-02-3",  "1998-00",
        "1998-13",    "1998-02-00", "1998-02-30", "1998-04-31",  "1900-02-29", "2100-02-29", "1999-02-29",
        "0000",       "0000-01-01", "-998",       "19980203",    "1998/02/03", "1998-02/03", "1998.02.03",
        "1998-02-0a", "a998",       " 1998",      "1998-02-03T", "1998-02-031"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        sp_date d;
        if (sp_date_parse(sp_str_from(wrong[i]), &d))
            fail_msg("'%s' is read as a date", wrong[i]);
    }
}

/* is, before, after, on or before, on or after: h(olds), f(ails), o(pen). */
static void assert_dates(const char *a, const char *b, const char *expected)
{
    static const sp_op ops[] = {SP_OP_IS, SP_OP_BEFORE, SP_OP_AFTER, SP_OP_ON_OR_BEFORE, SP_OP_ON_OR_AFTER};
    static const char letters[] = "ohfc";
    char found[6] = "", turned[6] = "";
    static const sp_op mirrored[] = {SP_OP_IS, SP_OP_AFTER, SP_OP_BEFORE, SP_OP_ON_OR_AFTER,
                                     SP_OP_ON_OR_BEFORE};
    for (size_t i = 0; i < 5; i++) {
        found[i] = letters[sp_compare_dates(ops[i], date(a), date(b))];
        turned[i] = letters[sp_compare_dates(mirrored[i], date(b), date(a))];
    }
    if (strcmp(found, expected) != 0 || strcmp(turned, expected) != 0)
        fail_msg("%s and %s: %s, turned %s, not %s", a, b, found, turned, expected);
}

static void comparing_dates(void **state)
{
    (void)state;
    assert_dates("1998-02-03", "1998-02-03", "hffhh");
    assert_dates("1998-02-02", "1998-02-03", "fhfhf");
    assert_dates("1997-12-31", "1998-01-01", "fhfhf");
    /* missing digits that decide */
    assert_dates("1998", "1998", "ooooo");
    assert_dates("1998-02", "1998-02", "ooooo");
    assert_dates("1998", "1998-06-15", "ooooo");
    assert_dates("1998-02", "1998-02-10", "ooooo");
    /* and that do not */
    assert_dates("1997", "1998", "fhfhf");
    assert_dates("1998-01", "1998-02", "fhfhf");
    assert_dates("1998-02-28", "1998-03", "fhfhf");
    /* at the ends of a span, equality is possible but one side is certain */
    assert_dates("1998", "1998-01-01", "ofooh");
    assert_dates("1998", "1998-12-31", "oofho");
}

/* ---- Numbers */

static void assert_number(const char *text, const char *printed)
{
    double number;
    sp_buf out = {0};
    if (!sp_number_parse(sp_str_from(text), &number))
        fail_msg("%s is refused", text);
    sp_number_add(&out, number);
    sp_buf_add_char(&out, '\0');
    assert_string_equal(out.data, printed);
    sp_buf_clear(&out);
}

static void numbers(void **state)
{
    (void)state;
    assert_number("0", "0");
    assert_number("7", "7");
    assert_number("-7", "-7");
    assert_number("2.5", "2.5");
    assert_number("2.50", "2.5");
    assert_number("0.021", "0.021");
    assert_number("123456789012345", "123456789012345");
    assert_number("0.000000000000001", "1e-15");
    assert_number("1234567890.12345", "1234567890.12345");
}

static void what_is_no_number(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "-",
                                        "+1",
                                        "021",
                                        "-021",
                                        "00",
                                        "1e5",
                                        "1E5",
                                        "0x10",
                                        ".5",
                                        "5.",
                                        "1.2.3",
                                        "1,5",
                                        "1_000",
                                        " 1",
                                        "1 ",
                                        "--1",
                                        "1-",
                                        "nan",
                                        "inf",
                                        "1234567890123456",
                                        "0.1234567890123456",
                                        "1.000000000000000000000000000001"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        double number;
        if (sp_number_parse(sp_str_from(wrong[i]), &number))
            fail_msg("'%s' is read as a number", wrong[i]);
    }
}

static void comparing_numbers(void **state)
{
    (void)state;
    static const struct {
        sp_op op;
        const char *expected; /* of 1 and 2, 2 and 2, 3 and 2 */
    } rows[] = {{SP_OP_IS, "fhf"},    {SP_OP_AT_LEAST, "fhh"}, {SP_OP_AT_MOST, "hhf"},
                {SP_OP_ABOVE, "ffh"}, {SP_OP_BELOW, "hff"},    {SP_OP_BEFORE, "ooo"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int a = 1; a <= 3; a++)
            assert_int_equal("ohfc"[sp_compare_numbers(rows[i].op, a, 2)], rows[i].expected[a - 1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),
        cmocka_unit_test(leap_years),
        cmocka_unit_test(what_is_no_date),
        cmocka_unit_test(comparing_dates),
        cmocka_unit_test(numbers),
        cmocka_unit_test(what_is_no_number),
        cmocka_unit_test(comparing_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
