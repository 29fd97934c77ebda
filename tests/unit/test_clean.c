#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "text/clean.h"

static void finds_the_first_fault(void **state)
{
    (void)state;
    static const struct {
        sp_str text;
        size_t json, yaml;
    } cases[] = {
        {{"", 0}, 0, 0},
        {{"a\tb\r\nc", 6}, 6, 6},
        {{"a\0b", 3}, 1, 1},
        {{"ab\x1B[0m", 6}, 2, 2},
        {{"ab\x7F", 3}, 2, 2},
        {{"ab\xC2\x85", 4}, 2, 2},
        {{"ab\xC2\xA0", 4}, 4, 4},
        {{"a\xE2\x80\xA8", 4}, 4, 1},
        {{"a\xEF\xBB\xBF", 4}, 4, 1},
        {{"a\xEF\xBF\xBE", 4}, 4, 1},
        {{"a\xE9t\xE9", 4}, 1, 1},
        {{"a\xF0\x9F\x99\x82", 5}, 5, 5},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(sp_clean_prefix(cases[i].text, SP_CLEAN_FOR_JSON), cases[i].json);
        assert_int_equal(sp_clean_prefix(cases[i].text, SP_CLEAN_FOR_YAML), cases[i].yaml);
    }
    /* At every place of a block, and with a character that crosses into the next. */
    char text[200];
    for (size_t i = 0; i < sizeof(text) - 1; i++) {
        memset(text, 'x', sizeof(text));
        text[i] = '\x01';
        assert_int_equal(sp_clean_prefix((sp_str){text, sizeof(text)}, SP_CLEAN_FOR_YAML), i);
        memcpy(text + i, "\xC3\xA9", 2);
        assert_int_equal(sp_clean_prefix((sp_str){text, sizeof(text)}, SP_CLEAN_FOR_YAML), sizeof(text));
    }
}

static void knows_cut_characters(void **state)
{
    (void)state;
    static const char *const cut[] = {"\xC3",     "\xE2",         "\xE2\x82", "\xE0",
                                      "\xE0\xA0", "\xED",         "\xED\x9F", "\xF0",
                                      "\xF0\x9F", "\xF0\x9F\x99", "\xF4",     "\xF4\x8F"};
    static const char *const wrong[] = {"",         "a",        "\xFF",  "\x80", "\xC0",      "\xE0\x80",
                                        "\xED\xA0", "\xF4\x90", "\xC3z", "\xF5", "\xE2\x82z", "\x01"};
    for (size_t i = 0; i < sizeof(cut) / sizeof(cut[0]); i++)
        assert_true(sp_clean_is_cut(sp_str_from(cut[i])));
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_false(sp_clean_is_cut(sp_str_from(wrong[i])));
}

static void assert_report(sp_str rest, bool at_start, const char *part)
{
    sp_diags diags = {0};
    sp_clean_report(&diags, (sp_place){.line = 2, .column = 3}, rest, at_start);
    assert_int_equal(diags.list.len, 1);
    assert_int_equal(diags.list.items[0].code, SP_DIAG_ENCODING);
    if (strstr(diags.list.items[0].message.ptr, part) == NULL)
        fail_msg("'%s' does not say '%s'", diags.list.items[0].message.ptr, part);
    sp_diags_free(&diags);
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    assert_report(SP_LIT("\xFF\xFE"
                         "a\0"),
                  true, "UTF-16");
    assert_report(SP_LIT("\xFE\xFF\0a"), true, "UTF-16");
    assert_report(SP_LIT("\xFF\xFE\0\0"), true, "UTF-32");
    assert_report(SP_LIT("\0\0\xFE\xFF"), true, "UTF-32");
    assert_report(SP_LIT("\0a\0b"), true, "UTF-16");
    assert_report(SP_LIT("\xFF\xFE"
                         "a\0"),
                  false, "not UTF-8");
    assert_report(SP_LIT("\xE9t"), false, "not UTF-8");
    assert_report(SP_LIT("\xE2\x82"), false, "middle of a character");
    assert_report(SP_LIT("\0"), false, "NUL");
    assert_report(SP_LIT("\x1B["), false, "U+001B");
    assert_report(SP_LIT("\xC2\x85"), false, "U+0085");
    assert_report(SP_LIT("\xE2\x80\xA9"), false, "U+2029");
    assert_report(SP_LIT("\xEF\xBB\xBF"), false, "byte order mark");
}

/* However a text is cut into pieces, the position is the same. */
static void keeps_the_position(void **state)
{
    (void)state;
    sp_str text = SP_LIT("one\r\ntwo \xC3\xA9\r\rthree\n\nfour\r\n\xE2\x82\xAC");
    for (size_t step = 1; step <= text.len; step++) {
        sp_clean_position at = {.line = 1, .column = 1};
        for (size_t i = 0; i < text.len; i += step) {
            size_t len = text.len - i < step ? text.len - i : step;
            sp_clean_advance(&at, (sp_str){text.ptr + i, len});
        }
        assert_int_equal(at.line, 7);
        assert_int_equal(at.column, 2);
    }
    char many[500];
    memset(many, '\n', sizeof(many));
    sp_clean_position at = {.line = 1, .column = 9};
    sp_clean_advance(&at, SP_EMPTY);
    assert_int_equal(at.column, 9);
    sp_clean_advance(&at, (sp_str){many, sizeof(many)});
    assert_int_equal(at.line, 501);
    assert_int_equal(at.column, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_first_fault),
        cmocka_unit_test(knows_cut_characters),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(keeps_the_position),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
