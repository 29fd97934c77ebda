#include "support/test.h"

#include "render/markdown.h"

static void check(void (*add)(sp_buf *, sp_str), const char *text, const char *wanted)
{
    sp_buf b = {0};
    add(&b, sp_str_from(text));
    sp_buf_add_char(&b, '\0');
    assert_false(b.failed);
    assert_string_equal(b.data, wanted);
    sp_buf_clear(&b);
}

static void markup_in_data_stays_text(void **state)
{
    (void)state;
    check(sp_markdown_add, "", "");
    check(sp_markdown_add, "plain, with (brackets)", "plain, with (brackets)");
    check(sp_markdown_add, "*a* _b_ `c` [d](e) <b> a|b #1 a&b ~x~ $y$ \\z",
          "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<b\\> a\\|b \\#1 a\\&b \\~x\\~ \\$y\\$ \\\\z");
    check(sp_markdown_add, "- no list", "\\- no list");
    check(sp_markdown_add, "12. no list", "12\\. no list");
    check(sp_markdown_add, "12) no list", "12\\) no list");
    check(sp_markdown_add, "12", "12");
    check(sp_markdown_add, "12 of them", "12 of them");
    check(sp_markdown_add, "=== no heading", "\\=== no heading");
}

static void blanks_and_controls_are_tamed(void **state)
{
    (void)state;
    check(sp_markdown_add, "  a \n\n b\t c\r\n", "a b c");
    check(sp_markdown_add, "a\033b", "a\\\\u{1b}b");
    check(sp_markdown_add, "\u2014 \u00e9", "\u2014 \u00e9");
}

static void code_has_a_longer_fence(void **state)
{
    (void)state;
    check(sp_markdown_code_add, "person.refugee", "`person.refugee`");
    check(sp_markdown_code_add, "a `b` c", "`` a `b` c ``");
    check(sp_markdown_code_add, "``x", "``` ``x ```");
}

static void anchors_are_plain(void **state)
{
    (void)state;
    check(sp_markdown_anchor_add, "person.in_danger-in", "person.in_danger-in");
    check(sp_markdown_anchor_add, "1951 Convention", "1951-Convention");
    check(sp_markdown_anchor_add, "R (A) [\u00e9]\"", "R-:28A:29-:5B:C3:A9:5D:22");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_in_data_stays_text),
        cmocka_unit_test(blanks_and_controls_are_tamed),
        cmocka_unit_test(code_has_a_longer_fence),
        cmocka_unit_test(anchors_are_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
