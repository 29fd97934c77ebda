#include "support/test.h"

#include <string.h>

#include "base/utf8.h"

static void validates(void **state)
{
    (void)state;
    static const struct {
        sp_str text;
        size_t valid;
    } cases[] = {
        {{"", 0}, 0},
        {{"plain text of more than eight bytes", 35}, 35},
        {{"caf\xC3\xA9", 5}, 5},
        {{"caf\xE9", 4}, 3},
        {{"0123456789\xC3", 11}, 10},
        {{"\xC0\x80", 2}, 0}, /* overlong */
        {{"\xC1\xBF", 2}, 0},
        {{"\xE0\x9F\xBF", 3}, 0},
        {{"\xE0\xA0\x80", 3}, 3},
        {{"\xED\x9F\xBF", 3}, 3},
        {{"\xED\xA0\x80", 3}, 0}, /* surrogate */
        {{"\xEF\xBF\xBF", 3}, 3},
        {{"\xF0\x8F\xBF\xBF", 4}, 0},
        {{"\xF0\x90\x80\x80", 4}, 4},
        {{"\xF4\x8F\xBF\xBF", 4}, 4},
        {{"\xF4\x90\x80\x80", 4}, 0}, /* past U+10FFFF */
        {{"\xF5\x80\x80\x80", 4}, 0},
        {{"\x80", 1}, 0},
        {{"\xE2\x82", 2}, 0}, /* cut */
        {{"a\0b", 3}, 3},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(sp_utf8_valid_prefix(cases[i].text), cases[i].valid);
}

/* Every character through encoder, validator, decoder and counter. */
static void takes_every_character(void **state)
{
    (void)state;
    sp_buf b = {0};
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c == 0xD800)
            c = 0xE000;
        sp_buf_reset(&b);
        sp_utf8_add(&b, c);
        size_t len;
        sp_str text = sp_buf_str(&b);
        if (sp_utf8_valid_prefix(text) != text.len || sp_utf8_decode(text, &len) != c || len != text.len ||
            sp_utf8_count(text) != 1)
            fail_msg("U+%04X", (unsigned)c);
    }
    size_t len;
    assert_int_equal(sp_utf8_decode(SP_LIT("\xFFz"), &len), 0xFFFD);
    assert_int_equal(len, 1);
    assert_int_equal(sp_utf8_decode(SP_EMPTY, &len), 0xFFFD);
    assert_int_equal(len, 0);
    sp_buf_clear(&b);
}

static void counts_columns(void **state)
{
    (void)state;
    assert_int_equal(sp_utf8_columns(SP_LIT("abc")), 3);
    assert_int_equal(sp_utf8_columns(SP_LIT("e\xCC\x81")), 1);                /* e + acute */
    assert_int_equal(sp_utf8_columns(SP_LIT("\xE9\x9B\xA3\xE6\xB0\x91")), 4); /* two ideographs */
    assert_int_equal(sp_utf8_columns(SP_LIT("\xEB\x82\x9C")), 2);             /* Hangul syllable */
    assert_int_equal(sp_utf8_columns(SP_LIT("\xEF\xBC\xA1")), 2);             /* fullwidth A */
    assert_int_equal(sp_utf8_columns(SP_LIT("\xF0\x9F\x99\x82")), 2);         /* a smile */
    assert_int_equal(sp_utf8_columns(SP_LIT("\xD8\xA8\xD9\x8E")), 1);         /* Arabic beh + fatha */
    assert_int_equal(sp_utf8_columns(SP_LIT("\xE2\x80\x8D")), 0);             /* joiner */
    assert_int_equal(sp_utf8_width('A'), 1);
    assert_int_equal(sp_utf8_width(0x2014), 1);
    assert_int_equal(sp_utf8_width(0x10FFFF), 1);
}

static void marks_what_is_unsafe(void **state)
{
    (void)state;
    static const uint32_t unsafe[] = {0,      '\n',   '\t',   0x1B,    0x7F,    0x85,    0x9B,    0xAD,
                                      0x61C,  0x200B, 0x200E, 0x2028,  0x202E,  0x2066,  0x2069,  0xFEFF,
                                      0xE000, 0xFFFE, 0xFDD0, 0x1FFFF, 0xE0041, 0xF0000, 0x10FFFF};
    static const uint32_t safe[] = {' ',   'a',    '~',    0xA0,   0xE9,   0x301,
                                    0x628, 0x4E00, 0x2019, 0xFFFD, 0x1F642};
    for (size_t i = 0; i < sizeof(unsafe) / sizeof(unsafe[0]); i++)
        assert_true(sp_utf8_unsafe(unsafe[i]));
    for (size_t i = 0; i < sizeof(safe) / sizeof(safe[0]); i++)
        assert_false(sp_utf8_unsafe(safe[i]));
}

static void escapes(void **state)
{
    (void)state;
    sp_buf b = {0};
    sp_utf8_add_safe(&b, SP_LIT("caf\xC3\xA9 \x1B[31m\n\xE9t\xE2\x80\xAE!\xC3"));
    assert_true(
        sp_str_eq(sp_buf_str(&b), SP_LIT("caf\xC3\xA9 \\u{1b}[31m\\u{a}\\x{e9}t\\u{202e}!\\x{c3}")));
    sp_buf_reset(&b);
    sp_utf8_add_safe(&b, SP_EMPTY);
    assert_int_equal(b.len, 0);
    sp_buf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(validates),      cmocka_unit_test(takes_every_character),
        cmocka_unit_test(counts_columns), cmocka_unit_test(marks_what_is_unsafe),
        cmocka_unit_test(escapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
