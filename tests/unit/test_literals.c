#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "text/literals.h"
#include "text/pattern.h"

static bool may_match(const char *pattern, const char *text)
{
    sp_arena arena = {0};
    sp_literals *literals = sp_literals_new();
    assert_non_null(literals);
    sp_clauses needed = sp_literals_needed(literals, sp_str_from(pattern), &arena);
    assert_true(sp_literals_finish(literals));
    uint64_t *seen = calloc(sp_literals_words(literals), sizeof *seen);
    assert_non_null(seen);
    sp_literals_find(literals, sp_str_from(text), seen);
    bool all = true;
    for (uint32_t c = 0; c < needed.count; c++) {
        bool met = false;
        for (uint32_t i = 0; i < needed.items[c].count; i++)
            met |= seen[needed.items[c].items[i] / 64] >> (needed.items[c].items[i] % 64) & 1;
        all &= met;
    }
    free(seen);
    sp_literals_free(literals);
    sp_arena_free(&arena);
    return all;
}

static void rules_out(void **state)
{
    (void)state;
    assert_false(may_match("\\brefugees?\\b", "nobody here"));
    assert_false(may_match("hunger{0,3}x|famine", "they crossed"));
    assert_false(may_match("(?:hunger|famine) .* return", "hunger alone"));
    assert_false(may_match("(?:hunger|famine) .* return", "they return"));
    assert_false(may_match("a(?:bcd)efgh", "abcd only"));
    assert_false(may_match("(?<at>persecut)\\w+", "risk"));
    assert_false(may_match("(?:hunger){2,}", "food"));
}

/* What is optional, asserted, a class or not understood rules nothing out; nor does the case of letters. */
static void never_wrongly(void **state)
{
    static const char *const pairs[][2] = {
        {"refugees?", "a refugee"},
        {"REFUGEE", "A reFugee"},
        {"colou?r", "color"},
        {"(?:not )?refugee", "refugee"},
        {"ab*cdef", "acdef"},
        {"(?:hunger)*food", "food"},
        {"(?!hunger)food", "food"},
        {"(?<!not )bound", "is bound"},
        {"[abc]long", "along"},
        {"[]x]long", "]long"},
        {"\\bfoo\\b bar", "foo bar"},
        {"(?:is|are) bound", "is bound"},
        {"a\\.b\\-cd", "a.b-cd"},
        {"x{0}food", "food"},
        {"foo{2}d", "fooood"},
        {"\\x41bc", "Abc"},
        {"(?:one|)two", "two"},
        {"abc++def", "abccdef"},
        {"^(?:so |thus )?they", "they"},
        {"(?>atom)ic", "atomic"},
        {"persecution", "persecution"},
        {"caf\xc3\xa9 noir", "un caf\xc3\xa9 noir"},
        {"(?:ab|cd)?efg{1,2}h", "efgh"},
    };
    (void)state;
    sp_matcher *matcher = sp_matcher_new();
    assert_non_null(matcher);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        sp_buf error = {0};
        size_t offset;
        sp_pattern *pattern = sp_pattern_new(sp_str_from(pairs[i][0]), &error, &offset);
        assert_non_null(pattern);
        bool matches = sp_pattern_match(pattern, matcher, sp_str_from(pairs[i][1])) == SP_MATCH_YES;
        if (matches && !may_match(pairs[i][0], pairs[i][1]))
            fail_msg("%s was ruled out in '%s'", pairs[i][0], pairs[i][1]);
        sp_pattern_free(pattern);
        sp_buf_clear(&error);
    }
    sp_matcher_free(matcher);
}

/* Every pattern of a small language against every short text: what PCRE2 finds is never ruled out. */
static void random_patterns(void **state)
{
    static const char *const atoms[] = {"abc",  "(?:abc|bca)", "c?",      "(?:cab)*",
                                        "[ab]", ".",           "(?:ab|)", "\\b",
                                        "bcab", "(?!bb)",      "a{2,3}",  "(?:(?:ca)+|bbb)"};
    static const char letters[] = "abc ";
    uint64_t seed = 12345;
    (void)state;
    sp_matcher *matcher = sp_matcher_new();
    assert_non_null(matcher);
    for (int round = 0; round < 3000; round++) {
        sp_buf source = {0}, text = {0}, error = {0};
        size_t offset;
        for (int i = 0; i < 4; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            sp_buf_add_cstr(&source, atoms[(seed >> 33) % (sizeof atoms / sizeof *atoms)]);
            if (i == 1 && (seed >> 60) == 0)
                sp_buf_add_char(&source, '|');
        }
        for (int i = 0; i < 24; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            sp_buf_add_char(&text, letters[(seed >> 40) % 4]);
        }
        sp_buf_add_char(&source, '\0');
        sp_buf_add_char(&text, '\0');
        sp_pattern *pattern = sp_pattern_new(sp_str_from(source.data), &error, &offset);
        assert_non_null(pattern);
        if (sp_pattern_match(pattern, matcher, sp_str_from(text.data)) == SP_MATCH_YES &&
            !may_match(source.data, text.data))
            fail_msg("%s was ruled out in '%s'", source.data, text.data);
        sp_pattern_free(pattern);
        sp_buf_clear(&source);
        sp_buf_clear(&text);
        sp_buf_clear(&error);
    }
    sp_matcher_free(matcher);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_out),
        cmocka_unit_test(never_wrongly),
        cmocka_unit_test(random_patterns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
