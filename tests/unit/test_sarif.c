#include "support/test.h"

#include <jansson.h>

#include "render/sarif.h"

static json_t *written(const sp_sarif_result *results, size_t count)
{
    const sp_sarif_rule rules[] = {
        {SP_LIT("never-holds"), SP_LIT("a rule that can never hold"), SP_LIT("What it asks cannot be."),
         SP_ERROR},
        {SP_LIT("unused"), SP_LIT("nobody reads it"), SP_EMPTY, SP_NOTE},
    };
    const sp_sarif_log log = {SP_LIT("lint"), rules, 2, results, count};
    sp_buf b = {0};
    sp_sarif_add(&b, &log);
    assert_false(b.failed);
    assert_int_equal(b.data[b.len - 1], '\n');
    json_error_t fault;
    json_t *json = json_loadb(b.data, b.len, JSON_REJECT_DUPLICATES, &fault);
    if (json == NULL)
        fail_msg("%d:%d: %s", fault.line, fault.column, fault.text);
    sp_buf_clear(&b);
    return json;
}

/* The JSON text of `path` ("a/b/0/c") below `json`. */
static void assert_at(const json_t *json, const char *path, const char *expected)
{
    while (json != NULL && *path != '\0') {
        char key[64];
        size_t length = strcspn(path, "/");
        assert_true(length < sizeof key);
        memcpy(key, path, length);
        key[length] = '\0';
        path += length + (path[length] == '/');
        json = json_is_array(json) ? json_array_get(json, strtoul(key, NULL, 10))
                                   : json_object_get(json, key);
    }
    char *text = json != NULL ? json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    assert_string_equal(text != NULL ? text : "absent", expected);
    free(text);
}

static void describes_the_tool(void **state)
{
    (void)state;
    json_t *json = written(NULL, 0);
    assert_at(json, "version", "\"2.1.0\"");
    assert_at(json, "runs/0/tool/driver/name", "\"surplace\"");
    assert_at(json, "runs/0/tool/driver/fullName", "\"surplace lint\"");
    assert_at(json, "runs/0/tool/driver/rules/0/id", "\"never-holds\"");
    assert_at(json, "runs/0/tool/driver/rules/0/help/text", "\"What it asks cannot be.\"");
    assert_at(json, "runs/0/tool/driver/rules/0/defaultConfiguration", "{\"level\":\"error\"}");
    assert_at(json, "runs/0/tool/driver/rules/1/shortDescription", "{\"text\":\"nobody reads it\"}");
    assert_at(json, "runs/0/tool/driver/rules/1/help", "absent");
    assert_at(json, "runs/0/columnKind", "\"unicodeCodePoints\"");
    assert_at(json, "runs/0/results", "[]"); /* it ran and found nothing, not null: it did not look */
    json_decref(json);
}

static void places_results(void **state)
{
    (void)state;
    const sp_sarif_place related[] = {
        {.file = SP_LIT("a.yaml"), .line = 3, .message = SP_LIT("it is here")}, {.file = SP_LIT("b.yaml")}};
    const sp_sarif_result results[] = {
        {.rule = 1,
         .severity = SP_WARNING,
         .message = SP_LIT("an \"odd\"\nfinding"),
         .place = {.file = SP_LIT("rules/x.yaml"), .line = 7, .column = 5, .end_line = 9, .end_column = 2},
         .related = related,
         .related_count = 2,
         .accepted = SP_LIT("kept for teaching")},
        {.rule = 0, .severity = SP_ERROR, .message = SP_LIT("of no place")},
        {.rule = 0, .place = {.file = SP_LIT("x"), .line = 4, .column = 2, .end_line = 4, .end_column = 6}},
    };
    json_t *json = written(results, 3);
    const json_t *list = json_object_get(json_array_get(json_object_get(json, "runs"), 0), "results");
    assert_int_equal(json_array_size(list), 3);
    assert_at(list, "0/ruleId", "\"unused\"");
    assert_at(list, "0/ruleIndex", "1");
    assert_at(list, "0/level", "\"warning\"");
    assert_at(list, "0/message/text", "\"an \\\"odd\\\"\\nfinding\"");
    assert_at(list, "0/locations/0/physicalLocation/region",
              "{\"startLine\":7,\"startColumn\":5,\"endLine\":9,\"endColumn\":2}");
    assert_at(list, "0/relatedLocations/0/physicalLocation/region", "{\"startLine\":3}");
    assert_at(list, "0/relatedLocations/0/message/text", "\"it is here\"");
    assert_at(list, "0/relatedLocations/1/physicalLocation", "{\"artifactLocation\":{\"uri\":\"b.yaml\"}}");
    assert_at(list, "0/relatedLocations/1/message", "absent");
    assert_at(list, "0/suppressions", "[{\"kind\":\"inSource\",\"justification\":\"kept for teaching\"}]");
    assert_at(list, "1/locations", "absent");
    assert_at(list, "1/suppressions", "absent");
    assert_at(list, "2/locations/0/physicalLocation/region",
              "{\"startLine\":4,\"startColumn\":2,\"endColumn\":6}");
    json_decref(json);
}

static void writes_paths_as_uris(void **state)
{
    (void)state;
    static const struct {
        const char *path, *uri;
    } cases[] = {
        {"rules/a-b_c.yaml", "\"rules/a-b_c.yaml\""}, {"../up/a b.yaml", "\"../up/a%20b.yaml\""},
        {"/home/a/b.md", "\"file:///home/a/b.md\""},  {"a:b/c?d#e%f", "\"a%3Ab/c%3Fd%23e%25f\""},
        {"\xC3\xA9\n\xFF.md", "\"%C3%A9%0A%FF.md\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sp_sarif_result result = {.place = {.file = sp_str_from(cases[i].path)}};
        json_t *json = written(&result, 1);
        assert_at(json, "runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", cases[i].uri);
        json_decref(json);
    }
}

static void takes_places_of_diagnostics(void **state)
{
    (void)state;
    const sp_input built_in = {.name = SP_LIT("built-in rules/a.yaml")};
    const sp_place place = {&built_in, 4, 7, 9}, whole = {.input = &built_in}, none = {0};
    sp_sarif_place p = sp_sarif_place_of(&place);
    assert_true(sp_str_eq(p.file, SP_LIT("rules/a.yaml")));
    assert_true(p.line == 4 && p.column == 7 && p.end_column == 9);
    p = sp_sarif_place_of(&whole);
    assert_true(p.line == 0 && p.column == 0 && p.end_column == 0);
    assert_int_equal(sp_sarif_place_of(&none).file.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(describes_the_tool),
        cmocka_unit_test(places_results),
        cmocka_unit_test(writes_paths_as_uris),
        cmocka_unit_test(takes_places_of_diagnostics),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
