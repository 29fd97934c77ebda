/* Citations: what scanning may do to a text, what a passage may not, and texts made to be slow. */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cite/cite.h"

static sp_cited cite(sp_arena *arena, const char *text, const char *passage)
{
    sp_input source = {.text = sp_str_from(text)};
    sp_quote quote = {SP_LIT("p"), sp_str_from(passage)};
    sp_cited result;
    assert_int_equal(sp_cite(&source, &quote, 1, &result, arena), SURPLACE_OK);
    return result;
}

static void is_found(const char *text, const char *passage, uint32_t line, uint32_t end_line)
{
    sp_arena arena = {0};
    sp_cited r = cite(&arena, text, passage);
    if (r.occurrences == 0)
        fail_msg("'%s' is not found: %.*s", passage, SP_STR(r.difference));
    assert_int_equal(r.line, line);
    assert_int_equal(r.end_line, end_line);
    assert_true(r.likeness >= 1);
    assert_int_equal(r.nearest.len, 0);
    sp_arena_free(&arena);
}

static void is_missing(const char *text, const char *passage)
{
    sp_arena arena = {0};
    sp_cited r = cite(&arena, text, passage);
    if (r.occurrences != 0)
        fail_msg("'%s' is found", passage);
    sp_arena_free(&arena);
}

static void differs(const char *text, const char *passage, const char *difference)
{
    sp_arena arena = {0};
    sp_cited r = cite(&arena, text, passage);
    char *told = malloc(r.difference.len + 1);
    assert_non_null(told);
    memcpy(told, r.difference.len > 0 ? r.difference.ptr : "", r.difference.len);
    told[r.difference.len] = '\0';
    assert_int_equal(r.occurrences, 0);
    assert_string_equal(told, difference);
    free(told);
    sp_arena_free(&arena);
}

static const char HARBOUR[] = "The old harbour was closed in the winter,\n"
                              "and no ship may leave it before the ice is\n"
                              "gone. Captains who try are fined, although\n"
                              "the keeper does not always enforce the rule.\n";

static void words_over_lines(void **state)
{
    (void)state;
    is_found(HARBOUR, "harbour was closed", 1, 1);
    is_found(HARBOUR, "in the winter, and no ship may leave it before the ice is gone", 1, 3);
    is_found(HARBOUR, "the keeper does not always enforce the rule.", 4, 4);
    is_found("one two\r\nthree\r\n", "two three", 1, 2);
    is_found("one\ftwo\n", "one two", 1, 1);
}

static void a_word_makes_a_difference(void **state)
{
    (void)state;
    differs(HARBOUR, "no ship must leave it", "'may' stands where the passage has 'must'");
    differs(HARBOUR, "the keeper does always enforce the rule",
            "'not' stands after 'does', which the passage leaves out");
    differs(HARBOUR, "no ship may ever leave it before", "the passage adds 'ever' after 'may'");
    differs(HARBOUR, "ship may leave before it the ice",
            "'it before' stands where the passage has 'before it'");
    differs(HARBOUR, "the Keeper does not always", "'keeper' stands where the passage has 'Keeper'");
    differs(HARBOUR, "before the ice is gone Captains who try",
            "'.' stands after 'gone', which the passage leaves out");
    differs(HARBOUR, "Often no ship may leave it", "'and' stands where the passage has 'Often'");
}

static void nearest_place(void **state)
{
    (void)state;
    sp_arena arena = {0};
    sp_cited r = cite(&arena, HARBOUR, "leave it until the ice is gone");
    assert_int_equal(r.occurrences, 0);
    assert_int_equal(r.line, 2);
    assert_int_equal(r.end_line, 3);
    assert_true(sp_str_eq(r.nearest, SP_LIT("leave it before the ice is gone")));
    assert_true(r.likeness > 0.85 && r.likeness < 0.86);
    r = cite(&arena, HARBOUR, "nothing of this stands there");
    assert_int_equal(r.line, 0);
    assert_int_equal(r.nearest.len, 0);
    sp_arena_free(&arena);
}

static void cut_out_passages(void **state)
{
    (void)state;
    is_missing(HARBOUR, "no ship may leave it gone");
    is_missing(HARBOUR, "The old harbour may leave it");
    is_missing(HARBOUR, "Captains who try always enforce the rule");
}

static void hyphens(void **state)
{
    (void)state;
    is_found("They com-\nmit to it", "They commit to it", 1, 2);
    is_found("They com-  \n  mit to it", "commit", 1, 2);
    is_found("They com\xC2\xAD\nmit; com\xC2\xADmit", "commit; commit", 1, 2);
    is_found("its non-\ncompliance", "its non-compliance", 1, 2);
    is_found("its non-\ncompliance", "its noncompliance", 1, 2);
    is_found("of self-interest-\ned men", "of self-interested men", 1, 2);
    is_found("an ex-\ntra-\nordinary case", "an extraordinary case", 1, 3);
    is_found("two-\nor three-year terms", "two- or three-year terms", 1, 2);
    is_found("two\xE2\x80\x90year terms", "two-year terms", 1, 1);
    is_found("they con-\n\n fiscate all", "they confiscate all", 1, 3);
    is_missing("its non-compliance", "its noncompliance");
    is_missing("its noncompliance", "its non-compliance");
    is_missing("a re-signed deed", "a resigned deed");
    is_missing("with-\nout", "with out");
    is_missing("with out", "without");
}

static void apostrophes_and_quotation_marks(void **state)
{
    (void)state;
    const char *ways[] = {
        "the keeper's \"old\" rule doesn't hold",
        "the keeper\u2019s \u201Cold\u201D rule doesn\u2019t hold",
        "the keepers old rule doesnt hold",
        "the keeper s old rule doesn t hold",
        "the keeper' s `old' rule doesn `t hold",
    };
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 5; k++)
            is_found(ways[i], ways[k], 1, 1);
    is_missing("the keepers' rule", "the keeper rule");
    is_missing("sections r, s and t", "sections rs and t");
}

static void footnote_marks(void **state)
{
    (void)state;
    const char *marked[] = {"fined by law.! Then ships",
                            "fined by law.!\xC2\xAE Then ships",
                            "fined by law.12 Then ships",
                            "fined by law.\xE2\x80\x9D?! Then ships",
                            "fined by law.\"\" Then ships",
                            "fined by law.'2 Then ships",
                            "fined by law.% Then ships",
                            "fined by law.* Then ships",
                            "fined by law.\xC2\xB9\xC2\xB2 Then ships",
                            "fined by law7. Then ships",
                            "fined by law*. Then ships"};
    for (size_t i = 0; i < sizeof(marked) / sizeof(marked[0]); i++)
        is_found(marked[i], "fined by law. Then ships", 1, 1);
    is_found("in 1982.3 Then ships", "in 1982. Then ships", 1, 1);
    is_found("rose to 53%.% Then", "rose to 53%. Then", 1, 1);
    is_found("by law.12 Then", "by law. 12 Then", 1, 1);
    is_found("the keeper's7 rule", "the keeper's rule", 1, 1);
    is_missing("see Art.33 below", "see Art. below");
    is_missing("see Art.33 below", "see Art.34 below");
    is_missing("under CAT3 only", "under CAT only");
    is_missing("by law 12 ships", "by law ships");
    is_missing("rose to 53% then", "rose to 53 then");
    is_missing("rose by 2.5 percent", "rose by 25 percent");
    is_missing("rose by 2.5 percent", "rose by 2. percent");
    is_missing("owed $5 only", "owed 5 only");
    is_missing("the F-16 flew", "the F flew");
}

static void punctuation(void **state)
{
    (void)state;
    is_found("slow, old (and leaky) ships; all", "slow old and leaky ships, all", 1, 1);
    is_found("gone. then they", "gone, then they", 1, 1);
    is_found("gone, Then they", "gone. Then they", 1, 1);
    is_missing("gone Then they", "gone. Then they");
    is_missing("gone. Then they", "gone Then they");
    is_found("more . . .than enough", "more... than enough", 1, 1);
    is_found("more\xE2\x80\xA6 than enough", "more . . . than enough", 1, 1);
    is_missing("more ... than enough", "more than enough");
    is_missing("more than enough", "more ... than enough");
    is_found("the U.S. Department", "the US Department", 1, 1);
    is_found("by J. Smith of Art. IV", "by J Smith of Art IV", 1, 1);
    is_found("and/or not", "and / or not", 1, 1);
    is_missing("and/or not", "and or not");
}

/* Running text that breaks off, furniture, and how it goes on. */
static void page_furniture(void **state)
{
    (void)state;
    is_found("ships that\n\nTHE KEEPER\xE2\x80\x99S RULE OF THE HARBOUR 287\n\nleave early",
             "ships that leave early", 1, 5);
    is_found("ships that\n\n288 JOURNAL OF HARBOURS\n\nleave early", "ships that leave early", 1, 5);
    is_found("ships that\f288 JOURNAL OF HARBOURS\nleave early", "ships that leave early", 1, 2);
    is_found("ships are gone.\n\nHARBOUR RULES 287\n\nThen they", "are gone. Then they", 1, 5);
    is_found("ships that\n\n- 287 -\n\nleave early", "ships that leave early", 1, 5);
    is_found("con-\n\nHARBOUR RULES 287\n\nfiscate", "confiscate", 1, 5);
    is_found(
        "ships that\n\n3 A. Smith, \"Ports,\" Ship Journal,\nno. 6 (2002): 1860.\n\n4 Ibid., 7.\n\nleave early",
        "ships that leave early", 1, 8);
    is_found("ships that\n\n3 A. Smith, Ports (1993)\n\n\n\nHARBOUR RULES 287\n\nleave early",
             "ships that leave early", 1, 9);
    is_found("ships are gone.\n\n3 A. Smith, Ports.\n\nHARBOUR RULES 287\n\nThen they",
             "are gone. Then they", 1, 7);
    is_found("con-\n\n3 A. Smith, Ports.\n\n288\n\n fiscate all", "confiscate all", 1, 7);
    is_found("ships that\n3 A. Smith, Ports.\n4 B. Jones, Docks.\n\nleave early", "ships that leave early",
             1, 5);
    is_found("ships that\n\n3 A. Smith, Ports.\n\nleave early", "A. Smith, Ports", 3, 3);
    is_found("ships that\n\nHARBOUR RULES 287\n\nleave early", "HARBOUR RULES", 3, 3);
}

/* What is no furniture must not be passed over. */
static void no_furniture(void **state)
{
    (void)state;
    is_missing("ships are gone.\n\n3 Smiths were there.\n\nThen they", "are gone. Then they");
    is_missing("ships are gone.\n\nARTICLE 33\n\nThen they", "are gone. Then they");
    is_missing("ships are gone.\n\nTHE HARBOUR ACT 1951\n\nThen they", "are gone. Then they");
    is_missing("ships are gone.\n\nTHE HARBOUR ACT\n\nThen they", "are gone. Then they");
    is_missing("ships that\n\nare small\n\nleave early", "ships that leave early");
    is_missing("ships that\n\n1 are small,\n\n2 are old, and\n\nleave early", "ships that leave early");
    is_missing("there were\n12 Captains and no\nship left.\n\nThen they", "there were Then they");
    is_missing("there were\n12 Captains and\n\nmore ships", "there were more ships");
    is_missing("ships that\n\n2003 Was a bad year.\n\nleave early", "ships that leave early");
    is_missing("ships that 287 leave early", "ships that leave early");
}

static void occurrences(void **state)
{
    (void)state;
    sp_arena arena = {0};
    sp_cited r = cite(&arena, "no ship\nno ship, no\nship", "no ship");
    assert_int_equal(r.occurrences, 3);
    assert_int_equal(r.line, 1);
    r = cite(&arena, "a b a b a b a", "a b a");
    assert_int_equal(r.occurrences, 3);
    r = cite(&arena, "old law12 and law.3 Then law", "law");
    assert_int_equal(r.occurrences, 3);
    sp_arena_free(&arena);
}

/* Readings of one place that end in the same words are one occurrence of them. */
static void readings_are_counted_once(void **state)
{
    (void)state;
    sp_input source = {.text = SP_LIT("they pro-\nceed at once; they pro-\nceed at once")};
    sp_quote quotes[] = {{SP_LIT("1"), SP_LIT("pro-ceed at once")},
                         {SP_LIT("2"), SP_LIT("proceed at once")},
                         {SP_LIT("3"), SP_LIT("at once")},
                         {SP_LIT("4"), SP_LIT("pro- ceed at once")},
                         {SP_LIT("5"), SP_LIT("ceed at")},
                         {SP_LIT("6"), SP_LIT("at once")},
                         {SP_LIT("7"), SP_EMPTY}};
    sp_cited results[7];
    sp_arena arena = {0};
    assert_int_equal(sp_cite(&source, quotes, 7, results, &arena), SURPLACE_OK);
    for (int i = 0; i < 6; i++)
        assert_int_equal(results[i].occurrences, 2);
    assert_int_equal(results[6].occurrences, 0);
    assert_int_equal(results[0].line, 1);
    assert_int_equal(results[2].line, 2);
    sp_arena_free(&arena);
}

static void nothing_to_cite(void **state)
{
    (void)state;
    const char *empty[] = {"", " \n", "...", "\" \" -", "(*)"};
    sp_arena arena = {0};
    for (size_t i = 0; i < 5; i++) {
        sp_cited r = cite(&arena, HARBOUR, empty[i]);
        assert_int_equal(r.occurrences, 0);
        assert_int_equal(r.line, 0);
        assert_int_equal(r.nearest.len + r.difference.len, 0);
        is_missing(empty[i], "harbour");
    }
    sp_input source = {0};
    assert_int_equal(sp_cite(&source, NULL, 0, NULL, &arena), SURPLACE_OK);
    sp_arena_free(&arena);
}

static void other_scripts(void **state)
{
    (void)state;
    is_found("\xC3\x89t\xC3\xA9 \xC3\xA0 la c\xC3\xB4te", "\xC3\xA0 la c\xC3\xB4te", 1, 1);
    is_missing("la c\xC3\xB4te", "la cote");
    is_found("\xE9\x9B\xA3\xE6\xB0\x91\xE6\x9D\xA1\xE7\xB4\x84", "\xE6\xB0\x91\xE6\x9D\xA1", 1, 1);
    is_found("o\xEF\xAC\x83"
             "ce hours",
             "office hours", 1, 1);
    is_found("har\xE2\x80\x8B"
             "bour",
             "harbour", 1, 1);
}

/* `unit` over and over, about `size` bytes. */
static char *repeat(const char *unit, size_t size)
{
    size_t len = strlen(unit), count = size / len;
    char *text = malloc(count * len + 1);
    assert_non_null(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * len, unit, len);
    text[count * len] = '\0';
    return text;
}

/* Each unit against passages that agree with it for long: quadratic work would not end within the time limit. */
static void texts_made_to_be_slow(void **state)
{
    (void)state;
    static const char *const units[] = {"a ",
                                        "word ",
                                        "-\n",
                                        "\n",
                                        "-",
                                        "a-\n",
                                        "a-\nb-\n",
                                        ". ",
                                        "'",
                                        "s ",
                                        "A. B, ",
                                        "A,\n",
                                        "x\n\n1 A.\n\nHEAD 1\n\n",
                                        "HEAD 1\n\n",
                                        "abc12. ",
                                        "x\n1 A\n",
                                        "\f",
                                        " "};
    enum { LENGTHS = 60 };
    sp_quote quotes[3 * LENGTHS];
    char *texts[3 * LENGTHS];
    for (size_t i = 0; i < LENGTHS; i++) {
        texts[3 * i] = repeat("a ", 2 * (i + 1));
        texts[3 * i + 1] = repeat("word ", 5 * (i + 1));
        texts[3 * i + 2] = repeat("A. B, ", 6 * (i + 1));
    }
    for (size_t i = 0; i < 3 * LENGTHS; i++)
        quotes[i] = (sp_quote){SP_EMPTY, sp_str_from(texts[i])};
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        sp_arena arena = {0};
        sp_cited results[3 * LENGTHS];
        char *text = repeat(units[i], 200000);
        sp_input source = {.text = sp_str_from(text)};
        assert_int_equal(sp_cite(&source, quotes, 3 * LENGTHS, results, &arena), SURPLACE_OK);
        if (i == 0)
            for (uint32_t k = 0; k < LENGTHS; k++)
                assert_int_equal(results[3 * k].occurrences, 100000 - k);
        free(text);
        sp_arena_free(&arena);
    }
    for (size_t i = 0; i < 3 * LENGTHS; i++)
        free(texts[i]);
}

static void many_quotes(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    static char texts[COUNT][64];
    static sp_quote quotes[COUNT];
    static sp_cited results[COUNT];
    sp_buf text = {0};
    sp_arena arena = {0};
    for (int i = 0; i < COUNT; i++) {
        sp_buf_printf(&text, "ship n%d left at%s", i, i % 7 == 0 ? "\n" : " ");
        snprintf(texts[i], sizeof(texts[i]), "n%d %s at ship n%d", i, i % 2 == 0 ? "left" : "stayed",
                 i + 1);
        quotes[i] = (sp_quote){SP_EMPTY, sp_str_from(texts[i])};
    }
    sp_input source = {.text = sp_buf_str(&text)};
    assert_int_equal(sp_cite(&source, quotes, COUNT, results, &arena), SURPLACE_OK);
    for (int i = 0; i < COUNT - 1; i++) {
        assert_int_equal(results[i].occurrences, i % 2 == 0);
        assert_int_equal(results[i].line, (i + 6) / 7 + 1);
    }
    assert_true(sp_str_eq(results[1].difference, SP_LIT("'left' stands where the passage has 'stayed'")));
    sp_buf_clear(&text);
    sp_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_over_lines),
        cmocka_unit_test(a_word_makes_a_difference),
        cmocka_unit_test(nearest_place),
        cmocka_unit_test(cut_out_passages),
        cmocka_unit_test(hyphens),
        cmocka_unit_test(apostrophes_and_quotation_marks),
        cmocka_unit_test(footnote_marks),
        cmocka_unit_test(punctuation),
        cmocka_unit_test(page_furniture),
        cmocka_unit_test(no_furniture),
        cmocka_unit_test(occurrences),
        cmocka_unit_test(readings_are_counted_once),
        cmocka_unit_test(nothing_to_cite),
        cmocka_unit_test(other_scripts),
        cmocka_unit_test(texts_made_to_be_slow),
        cmocka_unit_test(many_quotes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
