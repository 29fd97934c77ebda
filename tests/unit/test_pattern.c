#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "surplace/limits.h"
#include "text/pattern.h"

static sp_matcher *matcher;

static int begin(void **state)
{
    (void)state;
    matcher = sp_matcher_new();
    return matcher == NULL;
}

static int end(void **state)
{
    (void)state;
    sp_matcher_free(matcher);
    return 0;
}

static sp_match match(const char *source, sp_str subject)
{
    sp_buf error = {0};
    size_t offset;
    sp_pattern *pattern = sp_pattern_new(sp_str_from(source), &error, &offset);
    if (pattern == NULL)
        fail_msg("%s: %.*s", source, SP_STR(sp_buf_str(&error)));
    sp_match result = sp_pattern_match(pattern, matcher, subject);
    sp_pattern_free(pattern);
    sp_buf_clear(&error);
    return result;
}

static void matches(void **state)
{
    (void)state;
    assert_int_equal(match("well[- ]founded", SP_LIT("A Well-Founded fear")), SP_MATCH_YES);
    assert_int_equal(match("^fear", SP_LIT("a fear")), SP_MATCH_NO);
    assert_int_equal(match("(a)(b)(c)(d)", SP_LIT("abcd")), SP_MATCH_YES);
    assert_int_equal(match("\\bcaf\\b", SP_LIT("caf\xC3\xA9")), SP_MATCH_NO); /* UCP */
    assert_int_equal(match("\xC3\x89tat", SP_LIT("l'\xC3\xA9tat")), SP_MATCH_YES);
    assert_int_equal(match("^$", SP_EMPTY), SP_MATCH_YES);
    assert_int_equal(match("a", SP_EMPTY), SP_MATCH_NO);
}

static void assert_refused(const char *source, size_t at)
{
    sp_buf error = {0};
    size_t offset = 9999;
    sp_pattern *pattern = sp_pattern_new(sp_str_from(source), &error, &offset);
    if (pattern != NULL)
        fail_msg("taken: %s", source);
    assert_true(error.len > 5);
    assert_int_equal(offset, at);
    sp_buf_clear(&error);
}

static void refuses(void **state)
{
    (void)state;
    assert_refused("", 0);
    assert_refused("a(b", 3);
    assert_refused("(*UTF)a", 0);
    assert_refused("(*LIMIT_MATCH=1)a", 0);
    assert_refused("a(?C1)b", 6);
    assert_refused("a\\Cb", 3);
    assert_refused("(?<=a+)b", 0);
    char *long_pattern = malloc(SURPLACE_MAX_PATTERN_BYTES + 2);
    memset(long_pattern, 'a', SURPLACE_MAX_PATTERN_BYTES + 1);
    long_pattern[SURPLACE_MAX_PATTERN_BYTES + 1] = '\0';
    assert_refused(long_pattern, SURPLACE_MAX_PATTERN_BYTES);
    long_pattern[SURPLACE_MAX_PATTERN_BYTES] = '\0';
    assert_int_equal(match(long_pattern, SP_LIT("a")), SP_MATCH_NO);
    free(long_pattern);
}

/* A limit must never read as "no match". */
static void is_undecided_past_limits(void **state)
{
    (void)state;
    char *text = malloc(SURPLACE_MAX_SUBJECT_BYTES + 1);
    memset(text, 'a', SURPLACE_MAX_SUBJECT_BYTES + 1);
    assert_int_equal(match("a$", (sp_str){text, SURPLACE_MAX_SUBJECT_BYTES}), SP_MATCH_YES);
    assert_int_equal(match("b", (sp_str){text, SURPLACE_MAX_SUBJECT_BYTES}), SP_MATCH_NO);
    assert_int_equal(match("a", (sp_str){text, SURPLACE_MAX_SUBJECT_BYTES + 1}), SP_MATCH_UNDECIDED);
    assert_int_equal(match("^(a+)+$", SP_LIT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")), SP_MATCH_UNDECIDED);
    assert_int_equal(match("a", SP_LIT("\xFF"
                                       "a")),
                     SP_MATCH_UNDECIDED); /* not UTF-8 */
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches),
        cmocka_unit_test(refuses),
        cmocka_unit_test(is_undecided_past_limits),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
