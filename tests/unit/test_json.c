#include "support/test.h"

#include <stdlib.h>

#include "support/reading.h"
#include "surplace/limits.h"

static void assert_json(const char *text, const char *expected)
{
    assert_stream(sp_str_from(text), SP_FORMAT_JSON, false, expected);
}

static void assert_lines(sp_str text, const char *expected)
{
    assert_stream(text, SP_FORMAT_JSONL, false, expected);
}

static void reads_a_document(void **state)
{
    (void)state;
    assert_json("", "");
    assert_json(" \r\n\t", "");
    assert_json("\xEF\xBB\xBF{\"a\": [true, false, null], \"b\": {\"c\": \"yes\"}}\n",
                "{\"a\": [true, false, null], \"b\": {\"c\": \"yes\"}}\n");
    assert_json("\"x\"", "\"x\"\n");
    assert_json("[\"\\u00e9\\n\\\"\\ud83d\\ude00\"]", "[\"\xC3\xA9\n\"\xF0\x9F\x98\x80\"]\n");
    assert_json("{}", "{}\n");
    assert_json("{\"z\": 1, \"a\": {}, \"\": []}", "{\"z\": 1, \"a\": {}, \"\": []}\n");
}

static void keeps_numbers_as_written(void **state)
{
    (void)state;
    assert_json("[0, -0, 1.50, 9007199254740993, 1E5, 0.1, 12345678901234567.25]",
                "[0, -0, 1.50, 9007199254740993, 1E5, 0.1, 12345678901234567.25]\n");
    assert_json("[1e999]", "<invalid>\n1:6 syntax: a number is too large\n");
    assert_json("[99999999999999999999]", "<invalid>\n1:21 syntax: a number is too large\n");
}

static void keeps_places(void **state)
{
    (void)state;
    assert_stream(SP_LIT("{\"\xC3\xA9\\\"\": [1,\r\n  {\"b\" : null}]\n, \"c\":\"[,]\"}"), SP_FORMAT_JSON,
                  true,
                  "1:1-2@{1:2-7@\"\xC3\xA9\"\": 1:9-10@[1:10-11@1, 2:3-4@{2:4-7@\"b\": 2:10-14@null}], "
                  "3:3-6@\"c\": 3:7-12@\"[,]\"}\n");
    assert_stream(SP_LIT("\n{\"a\": 1}\r\n\n  [\"\xC3\xA9\", 2]"), SP_FORMAT_JSONL, true,
                  "2:1-2@{2:2-5@\"a\": 2:7-8@1}\n4:3-4@[4:4-7@\"\xC3\xA9\", 4:9-10@2]\n");
}

static void reports_faults(void **state)
{
    (void)state;
    static const struct {
        const char *text, *report;
    } cases[] = {
        {"{\"a\": 1, \"a\": 2}", "1:10 duplicate-key: the key 'a' stands twice in one object"},
        {"{\"a\\\"\": 1,\n \"a\\\"\": 2}", "2:2 duplicate-key: the key 'a\\\"' stands twice in one object"},
        {"[1", "1:2 syntax: the JSON ends before it is complete"},
        {"[1] 2", "1:5 syntax: something follows the JSON document"},
        {"{\"a\" 1}", "1:6 syntax: a ':' is missing behind this key"},
        {"{\"a\": 1,}", "1:9 syntax: a key in double quotes or a '}' is missing"},
        {"[1,]", "1:4 syntax: a value is missing or misplaced here"},
        {"[yes]", "1:4 syntax: this is no JSON: a word, number or quote is wrong"},
        {"['a']", "1:2 syntax: this is no JSON: a word, number or quote is wrong"},
        {"[\"a\nb\"]", "1:3 syntax: a line break stands inside a text; write \\n"},
        {"[\"\\q\"]", "1:4 syntax: an unknown escape in a text"},
        {"[\"\\ud800\"]", "1:9 syntax: an escape that is no character"},
        {"[\"a\\u0000b\"]", "1:11 encoding: a NUL character (\\u0000) stands in a text"},
        {"{\"a\\u0000b\": 1}", "1:11 encoding: a NUL character (\\u0000) stands in a text"},
        {"[\"\xE9\"]", "1:3 encoding: this is not UTF-8"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        sp_buf expected = {0};
        sp_buf_printf(&expected, "<invalid>\n%s\n%c", cases[i].report, 0);
        assert_json(cases[i].text, expected.data);
        sp_buf_clear(&expected);
    }
}

static void goes_on_with_the_next_line(void **state)
{
    (void)state;
    assert_lines(SP_LIT(""), "");
    assert_lines(SP_LIT("\n \r\n"), "");
    assert_lines(SP_LIT("{\"a\": 1}\n{\"b\":\n[\xFF]\n[2]\n[3] 4\n\n[5]"),
                 "{\"a\": 1}\n<invalid>\n<invalid>\n[2]\n<invalid>\n[5]\n"
                 "2:5 syntax: the JSON ends before it is complete\n"
                 "3:2 encoding: this is not UTF-8\n"
                 "5:5 syntax: something follows the JSON document\n");
    assert_lines(SP_LIT("\xFF\xFE[\0]\0\n\0[\0]\0"),
                 "<invalid>\n1:1 encoding: the file is UTF-16; save it as UTF-8\n");
}

static void keeps_limits(void **state)
{
    (void)state;
    char *deep = malloc(1000000);
    assert_non_null(deep);
    memset(deep, '[', 1000000);
    for (int format = SP_FORMAT_JSON; format <= SP_FORMAT_JSONL; format++) {
        sp_buf out = {0};
        print_stream(&out, (sp_str){deep, 1000000}, (sp_format)format, SIZE_MAX, false);
        assert_string_equal(out.data, "<limit>\n1:65 limit: nested deeper than 64 levels (limit: depth)\n");
        sp_buf_clear(&out);
    }
    memset(deep + SURPLACE_MAX_DEPTH, ']', SURPLACE_MAX_DEPTH);
    sp_buf out = {0};
    print_stream(&out, (sp_str){deep, 2 * SURPLACE_MAX_DEPTH}, SP_FORMAT_JSON, SIZE_MAX, false);
    assert_int_equal(out.len, 2 * SURPLACE_MAX_DEPTH + 2);
    sp_buf_clear(&out);
    free(deep);

    size_t len = 2 * (size_t)SURPLACE_MAX_NODES + 1;
    char *wide = malloc(len);
    assert_non_null(wide);
    for (size_t i = 0; i < len; i++)
        wide[i] = i == 0 ? '[' : i % 2 == 1 ? '1' : ',';
    wide[len - 1] = ']';
    print_stream(&out, (sp_str){wide, len}, SP_FORMAT_JSON, SIZE_MAX, false);
    assert_non_null(strstr(out.data, "(limit: nodes)"));
    sp_buf_clear(&out);
    free(wide);
}

/* A long stream of lines takes no more memory than its longest: the trees are the same storage each time. */
static void reads_many_lines(void **state)
{
    (void)state;
    sp_buf text = {0};
    for (unsigned i = 0; i < 20000; i++)
        sp_buf_printf(&text, "{\"id\": \"case-%u\", \"age\": %u}\n", i, i % 90);
    sp_input input = {.name = SP_LIT("x")};
    sp_diags diags = {0};
    pieces source = {.rest = sp_buf_str(&text), .size = 10007};
    sp_doc_reader *reader = sp_doc_reader_new(&input, SP_FORMAT_JSONL, read_piece, &source, &diags);
    sp_yaml_tree tree;
    uint32_t count = 0;
    while (sp_doc_reader_next(reader, &tree) == SURPLACE_OK) {
        count++;
        assert_int_equal(tree.nodes[0].line, count);
        assert_int_equal(tree.count, 5);
    }
    assert_int_equal(count, 20000);
    sp_doc_reader_free(reader);
    sp_diags_free(&diags);
    sp_buf_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_document),
        cmocka_unit_test(keeps_numbers_as_written),
        cmocka_unit_test(keeps_places),
        cmocka_unit_test(reports_faults),
        cmocka_unit_test(goes_on_with_the_next_line),
        cmocka_unit_test(keeps_limits),
        cmocka_unit_test(reads_many_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
