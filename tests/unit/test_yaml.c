#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "support/reading.h"
#include "surplace/limits.h"

static void assert_yaml(const char *text, const char *expected)
{
    assert_stream(sp_str_from(text), SP_FORMAT_YAML, false, expected);
}

static void assert_bytes(sp_str text, const char *expected)
{
    assert_stream(text, SP_FORMAT_YAML, false, expected);
}

static void reads_documents(void **state)
{
    (void)state;
    assert_yaml("", "");
    assert_yaml("# nothing but a comment\n", "");
    assert_yaml("a: 1\nb: [x, 'y z', \"\"]\nc: {d: no, e: }\n",
                "{a: 1, b: [x, \"y z\", \"\"], c: {d: no, e: }}\n");
    assert_yaml("a: |\n  one\n  two\nb: >-\n  one\n  two\n", "{a: \"one\ntwo\n\", b: \"one two\"}\n");
    assert_yaml("---\n- 1\n---\n- 2\n...\n---\nx\n", "[1]\n[2]\nx\n");
    assert_yaml("\xEF\xBB\xBFname: \xC3\xA9t\xC3\xA9\r\nage: 3\r\n", "{name: \xC3\xA9t\xC3\xA9, age: 3}\n");
    assert_yaml("text: \"\\x41\\u00e9\\n\"\n", "{text: \"A\xC3\xA9\n\"}\n");
    assert_yaml("\"<<\": 1\nb: <<\n", "{\"<<\": 1, b: <<}\n");
}

static void keeps_places(void **state)
{
    (void)state;
    assert_stream(SP_LIT("a: \xC3\xA9t\n'b': [x,\n  \"y\nz\"]\n"), SP_FORMAT_YAML, true,
                  "1:1-2@{1:1-2@a: 1:4-6@\xC3\xA9t, 2:1-4@\"b\": 2:6-7@[2:7-8@x, 3:3-4@\"y z\"]}\n");
    assert_stream(SP_LIT("# one\r\n\r\nk:\r\n  - v\r\n"), SP_FORMAT_YAML, true,
                  "3:1-2@{3:1-2@k: 4:3-4@[4:5-6@v]}\n");
}

static void finds_values(void **state)
{
    (void)state;
    sp_input input = {.name = SP_LIT("x"), .text = SP_LIT("a: 1\nb:\n  c: 2\nd: [3]\n")};
    sp_arena arena = {0};
    sp_diags diags = {0};
    sp_yaml_tree tree;
    assert_int_equal(sp_yaml_read(&input, &arena, &tree, &diags), SURPLACE_OK);
    assert_true(sp_str_eq(sp_yaml_text(&tree, sp_yaml_get(&tree, 0, SP_LIT("a"))), SP_LIT("1")));
    uint32_t b = sp_yaml_get(&tree, 0, SP_LIT("b"));
    assert_true(sp_str_eq(sp_yaml_text(&tree, sp_yaml_get(&tree, b, SP_LIT("c"))), SP_LIT("2")));
    assert_int_equal(sp_yaml_get(&tree, 0, SP_LIT("c")), SP_NONE);
    assert_int_equal(sp_yaml_get(&tree, sp_yaml_get(&tree, 0, SP_LIT("d")), SP_LIT("3")), SP_NONE);
    assert_int_equal(tree.nodes[0].next, tree.count);
    sp_place place = sp_yaml_place(&tree, b);
    assert_ptr_equal(place.input, &input);
    assert_int_equal(place.line, 3);
    sp_arena_free(&arena);
    sp_diags_free(&diags);
}

static void reports_all_faults_of_a_document(void **state)
{
    (void)state;
    assert_yaml("a: &x 1\nb: *x\nc: !t 2\na: 3\n<<: {}\nd: ! yes\ne: !!str [1]\na: 4\n---\nok: 1\n",
                "<invalid>\n{ok: 1}\n"
                "1:4 unsupported-yaml: anchors ('&') are not used here\n"
                "2:4 unsupported-yaml: aliases ('*') are not used here\n"
                "3:4 unsupported-yaml: tags ('!') are not used here\n"
                "4:1 duplicate-key: the key 'a' stands twice in one mapping\n"
                "5:1 unsupported-yaml: merge keys ('<<') are not used here\n"
                "6:4 unsupported-yaml: tags ('!') are not used here\n"
                "7:4 unsupported-yaml: tags ('!') are not used here\n"
                "8:1 duplicate-key: the key 'a' stands twice in one mapping\n");
    assert_yaml("%YAML 1.1\n---\na: 1\n",
                "<invalid>\n1:1 unsupported-yaml: directives ('%') are not used here\n");
    assert_yaml("%YAML 1.3\n---\na: 1\n",
                "<invalid>\n1:1 unsupported-yaml: directives ('%') are not used here\n");
    assert_yaml("%TAG ! x:\n---\na: 1\n",
                "<invalid>\n1:1 unsupported-yaml: directives ('%') are not used here\n");
    assert_yaml("note: *important*\n",
                "<invalid>\n1:7 unsupported-yaml: aliases ('*') are not used here\n");
    assert_yaml("? [a]\n: 1\n? {b: c}\n: 2\n{}: 3\n",
                "<invalid>\n"
                "1:3 wrong-kind: a list or mapping stands as a key\n"
                "3:3 wrong-kind: a list or mapping stands as a key\n"
                "5:1 wrong-kind: a list or mapping stands as a key\n");
    assert_yaml("a: {*x : 1, *x : 2}\n", "<invalid>\n"
                                         "1:5 unsupported-yaml: aliases ('*') are not used here\n"
                                         "1:13 unsupported-yaml: aliases ('*') are not used here\n");
    assert_yaml("---\n---\na: 1\n", "<invalid>\n{a: 1}\n2:1 empty: the document is empty\n");
    assert_yaml("---\n''\n", "\"\"\n");
    assert_yaml("a: \"x\\0y\"\n", "<invalid>\n1:4 encoding: a NUL character (\\0) stands in a text\n");
}

static void reports_syntax(void **state)
{
    (void)state;
    static const struct {
        const char *text, *report;
    } cases[] = {
        {"a: 1\nb\nc: 2\n", "2:1 syntax: a ':' is missing behind this key\n"},
        {"a: b: c\n", "1:5 syntax: a ':' cannot stand here\n"},
        {"a: \"x\nb: 1\n", "1:4 syntax: this text in quotes is not closed\n"},
        {"a: 'x\n---\n", "1:4 syntax: this text in quotes is not closed\n"},
        {"a: [1, 2\nb: 3\n", "2:2 syntax: a ',' or ']' is missing\n"},
        {"a: {b: 2\nc: 3\n", "2:2 syntax: a ',' or '}' is missing\n"},
        {"\ta: 1\n", "1:1 syntax: a tab stands in the indentation\n"},
        {"a:\n\t- b\n", "2:1 syntax: a tab stands in the indentation\n"},
        {"a: @b\n", "1:4 syntax: a text cannot begin with this character\n"},
        {"a: - b\n", "1:4 syntax: a list cannot begin here\n"},
        {"a:\n  - b\n c: 1\n", "3:2 syntax: this does not fit into the mapping around it\n"},
        {"- a\nb: 1\n", "2:1 syntax: this does not fit into the list around it\n"},
        {"a: \"\\q\"\n", "1:5 syntax: an unknown escape in a text in double quotes\n"},
        {"a: \"\\x4\"\n", "1:7 syntax: an escape without its hexadecimal digits\n"},
        {"a: \"\\ud800\"\n", "1:7 syntax: an escape that is no character\n"},
        {"a: | b\n", "1:6 syntax: a text after '|' or '>' must begin on the next line\n"},
        {"%\n", "1:1 unsupported-yaml: directives ('%') are not used here\n"},
        {"[a, , b]\n", "1:5 syntax: a value is missing here\n"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char expected[200];
        snprintf(expected, sizeof(expected), "<invalid>\n%s", cases[i].report);
        assert_yaml(cases[i].text, expected);
    }
}

static void goes_on_up_to_a_fault(void **state)
{
    (void)state;
    assert_yaml("a: 1\n---\nb: [\n---\nc: 3\n", "{a: 1}\n<invalid>\n4:1 syntax: a value is missing here\n");
    assert_yaml("[a]\nb\n", "[a]\n<invalid>\n2:1 syntax: the document is over, but something follows\n");
    assert_bytes(SP_LIT("a: 1\n---\nb: 2\n---\nc: \xFF\n"),
                 "{a: 1}\n{b: 2}\n<invalid>\n5:4 encoding: this is not UTF-8\n");
}

static void refuses_unclean_bytes(void **state)
{
    (void)state;
    assert_bytes(SP_LIT("\xFF\xFE"
                        "a\0:\0"),
                 "<invalid>\n1:1 encoding: the file is UTF-16; save it as UTF-8\n");
    assert_bytes(SP_LIT("\0\0\xFE\xFF\0\0\0a"),
                 "<invalid>\n1:1 encoding: the file is UTF-32; save it as UTF-8\n");
    assert_bytes(SP_LIT("a: 1\r\nb: \xC3\xA9\xE9t"), "<invalid>\n2:5 encoding: this is not UTF-8\n");
    assert_bytes(SP_LIT("a: \xE2\x82"),
                 "<invalid>\n1:4 encoding: the text ends in the middle of a character\n");
    assert_bytes(SP_LIT("a: b\0"), "<invalid>\n1:5 encoding: a NUL byte stands in the text\n");
    assert_bytes(SP_LIT("a: 'b\x1B[2J'"),
                 "<invalid>\n1:6 encoding: a control character (U+001B) stands in the text\n");
    assert_bytes(SP_LIT("a: b\xC2\x85 c"),
                 "<invalid>\n1:5 encoding: a control character (U+0085) stands in the text\n");
    assert_bytes(SP_LIT("a: b\n\xEF\xBB\xBF"
                        "c: d\n"),
                 "<invalid>\n2:1 encoding: a byte order mark (U+FEFF) stands in the middle of the text\n");
}

/* Text that repeats; long inputs without long literals. */
static sp_str repeat(const char *unit, size_t times, const char *tail)
{
    size_t len = strlen(unit);
    char *text = malloc(len * times + strlen(tail) + 1);
    assert_non_null(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * len, unit, len);
    strcpy(text + len * times, tail);
    return sp_str_from(text);
}

static void assert_limit(sp_str text, sp_format format, const char *expected)
{
    sp_buf out = {0};
    print_stream(&out, text, format, SIZE_MAX, false);
    assert_string_equal(out.data, expected);
    sp_buf_clear(&out);
    free((void *)(uintptr_t)text.ptr);
}

static void keeps_limits(void **state)
{
    (void)state;
    clock_t begin = clock();
    assert_limit(repeat("[", 50000, ""), SP_FORMAT_YAML,
                 "<limit>\n1:65 limit: nested deeper than 64 levels (limit: depth)\n");
    assert_limit(repeat("[\n", 50000, ""), SP_FORMAT_YAML,
                 "<limit>\n65:1 limit: nested deeper than 64 levels (limit: depth)\n");
    assert_limit(repeat("- ", 50000, "x"), SP_FORMAT_YAML,
                 "<limit>\n1:129 limit: nested deeper than 64 levels (limit: depth)\n");
    assert_limit(repeat("{a: ", 50000, ""), SP_FORMAT_YAML,
                 "<limit>\n1:257 limit: nested deeper than 64 levels (limit: depth)\n");
    /* With sanitizers or valgrind; without the limit these take minutes. */
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 5);

    assert_limit(repeat("x", SURPLACE_MAX_SCALAR_BYTES + 1, ""), SP_FORMAT_YAML,
                 "<limit>\n1:1 limit: a text longer than 1024 KiB (limit: scalar)\n");
    assert_limit(repeat("- 1\n", SURPLACE_MAX_NODES, ""), SP_FORMAT_YAML,
                 "<limit>\n4000000:3 limit: more than 4000000 keys and values (limit: nodes)\n");

    sp_str deep = repeat("[", SURPLACE_MAX_DEPTH,
                         "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
    sp_buf out = {0};
    print_stream(&out, deep, SP_FORMAT_YAML, SIZE_MAX, false);
    assert_int_equal(out.len, 2 * SURPLACE_MAX_DEPTH + 2);
    sp_buf_clear(&out);
    free((void *)(uintptr_t)deep.ptr);
}

static void stops_a_text_without_end(void **state)
{
    (void)state;
    sp_str text = repeat("word ", 4 * 1024 * 1024, "");
    sp_buf out = {0};
    print_stream(&out, text, SP_FORMAT_YAML, SIZE_MAX, false);
    assert_non_null(strstr(out.data, "limit: a text larger than 16 MiB (limit: scalar)"));
    sp_buf_clear(&out);
    free((void *)(uintptr_t)text.ptr);
}

/* Mappings small and large, with one key doubled at each distance. */
static void finds_each_duplicate(void **state)
{
    (void)state;
    for (unsigned pairs = 2; pairs <= 70; pairs++) {
        for (unsigned twice = 0; twice + 1 < pairs; twice += pairs > 20 ? 7 : 1) {
            sp_buf text = {0}, out = {0};
            for (unsigned i = 0; i < pairs; i++)
                sp_buf_printf(&text, "key%u: {a: 1, b: [2]}\n", i == pairs - 1 ? twice : i);
            print_stream(&out, sp_buf_str(&text), SP_FORMAT_YAML, SIZE_MAX, false);
            char expected[128];
            snprintf(expected, sizeof(expected),
                     "<invalid>\n%u:1 duplicate-key: the key 'key%u' stands twice in one mapping\n", pairs,
                     twice);
            assert_string_equal(out.data, expected);
            sp_buf_clear(&text);
            sp_buf_clear(&out);
        }
    }
    sp_buf text = {0}, out = {0};
    for (unsigned i = 0; i < 100; i++) /* late ones too are reported once each, early ones not again */
        sp_buf_printf(&text, "%u: 1\n", i % 10 == 9 ? 0 : i);
    print_stream(&out, sp_buf_str(&text), SP_FORMAT_YAML, SIZE_MAX, false);
    unsigned lines = 0;
    for (size_t i = 0; i < out.len; i++)
        lines += out.data[i] == '\n';
    assert_int_equal(lines, 11);
    sp_buf_clear(&text);
    sp_buf_clear(&out);

    sp_str empty = repeat("? ''\n", 40, "");
    print_stream(&out, empty, SP_FORMAT_YAML, SIZE_MAX, false);
    assert_non_null(strstr(out.data, "40:3 duplicate-key: the key '' stands twice"));
    sp_buf_clear(&out);
    free((void *)(uintptr_t)empty.ptr);
}

static void reports_failing_reads(void **state)
{
    (void)state;
    for (int format = SP_FORMAT_YAML; format <= SP_FORMAT_JSONL; format++) {
        sp_input input = {.name = SP_LIT("x")};
        sp_diags diags = {0};
        pieces source = {.rest = SP_LIT("[1,"), .size = 2, .then_fails = true};
        sp_doc_reader *reader = sp_doc_reader_new(&input, (sp_format)format, read_piece, &source, &diags);
        sp_yaml_tree tree;
        assert_int_equal(sp_doc_reader_next(reader, &tree), SURPLACE_IO);
        assert_int_equal(sp_doc_reader_next(reader, &tree), SURPLACE_END);
        assert_int_equal(diags.list.len, 1);
        assert_int_equal(diags.list.items[0].code, SP_DIAG_IO);
        assert_string_equal(diags.list.items[0].message.ptr, "cannot be read: Input/output error");
        sp_doc_reader_free(reader);
        sp_diags_free(&diags);
    }
}

static void assert_single(const char *text, surplace_status status, const char *report)
{
    sp_input input = {.name = SP_LIT("rules.yaml"), .text = sp_str_from(text)};
    sp_arena arena = {0};
    sp_diags diags = {0};
    sp_yaml_tree tree;
    assert_int_equal(sp_yaml_read(&input, &arena, &tree, &diags), status);
    sp_buf out = {0};
    print_diags(&out, &diags);
    assert_true(sp_str_eq(sp_buf_str(&out), sp_str_from(report)));
    sp_buf_clear(&out);
    sp_diags_free(&diags);
    sp_arena_free(&arena);
}

static void reads_one_document_from_memory(void **state)
{
    (void)state;
    assert_single("a: 1\n", SURPLACE_OK, "");
    assert_single("[]", SURPLACE_OK, "");
    assert_single("", SURPLACE_INVALID, "0:0 empty: the file has nothing in it\n");
    assert_single("---\n", SURPLACE_INVALID, "2:1 empty: the document is empty\n");
    assert_single("a: 1\n---\nb: 2\n", SURPLACE_INVALID,
                  "3:1 syntax: a second document begins here, but such a file holds one\n");
    assert_single("a: 1\n---\nb: [\n", SURPLACE_INVALID, "4:1 syntax: a value is missing here\n");
    assert_single("a: \"\n", SURPLACE_INVALID, "1:4 syntax: this text in quotes is not closed\n");
}

/* No message may hold a value of a case, whatever is wrong with it. */
static void keeps_values_to_itself(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "name: SECRET\nname: SECRET\n",
        "name: \"SECRET\\q\"\n",
        "name: SECRET: SECRET\n",
        "name: [SECRET, SECRET\n",
        "name: &SECRET SECRET\n",
        "name: *SECRET\n",
        "name: !SECRET SECRET\n",
        "name: *SECRET*\n",
        "%SECRET SECRET\n---\n",
        "name: !SECRET!SECRET x\n",
        "name: 'SECRET\n",
        "name:\n  SECRET\n SECRET: x\n",
        "{\"name\": \"SECRET\", }",
        "{\"name\": SECRET}",
        "{\"name\": \"SECRET\\ud800\"}",
        "{\"name\": \"SECRET\" \"SECRET\"}",
        "{\"name\": \"SECRET\", \"name\": 1}",
        "{\"name\": 123456789012345678901234567890}",
        "[\"SECRET",
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        for (int format = SP_FORMAT_YAML; format <= SP_FORMAT_JSONL; format++) {
            sp_buf out = {0};
            print_stream(&out, sp_str_from(cases[i]), (sp_format)format, SIZE_MAX, false);
            if (strstr(out.data, "<invalid>") != NULL && strstr(out.data, "SECRET") != NULL)
                fail_msg("%s\ngives\n%s", cases[i], out.data);
            sp_buf_clear(&out);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_documents),
        cmocka_unit_test(keeps_places),
        cmocka_unit_test(finds_values),
        cmocka_unit_test(reports_all_faults_of_a_document),
        cmocka_unit_test(reports_syntax),
        cmocka_unit_test(goes_on_up_to_a_fault),
        cmocka_unit_test(refuses_unclean_bytes),
        cmocka_unit_test(keeps_limits),
        cmocka_unit_test(stops_a_text_without_end),
        cmocka_unit_test(finds_each_duplicate),
        cmocka_unit_test(reports_failing_reads),
        cmocka_unit_test(reads_one_document_from_memory),
        cmocka_unit_test(keeps_values_to_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
