#include "render/sarif.h"

#include "render/out.h"
#include "surplace/surplace.h"

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

static const char *level_of(sp_severity severity)
{
    static const char *const levels[] = {
        [SP_ERROR] = "error", [SP_WARNING] = "warning", [SP_NOTE] = "note"};
    return levels[severity];
}

/* A path as a URI reference (RFC 3986). A colon might be taken for the end of a scheme, so it is written out like all
 * else that has a meaning there. */
static void add_uri(sp_buf *b, sp_str path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    sp_buf_add_char(b, '"');
    if (path.len > 0 && path.ptr[0] == '/')
        sp_buf_add_cstr(b, "file://");
    for (size_t i = 0; i < path.len; i++) {
        if (memchr(plain, path.ptr[i], sizeof plain - 1) != NULL)
            sp_buf_add_char(b, path.ptr[i]);
        else
            sp_buf_printf(b, "%%%02X", (unsigned)(unsigned char)path.ptr[i]);
    }
    sp_buf_add_char(b, '"');
}

/* "key": {"text": "..."} */
static void add_message(sp_buf *b, const char *key, sp_str text)
{
    sp_buf_printf(b, "\"%s\": {\"text\": ", key);
    sp_json_add(b, text);
    sp_buf_add_char(b, '}');
}

static void add_region(sp_buf *b, const sp_sarif_place *place)
{
    sp_buf_printf(b, ", \"region\": {\"startLine\": %u", place->line);
    if (place->column > 0)
        sp_buf_printf(b, ", \"startColumn\": %u", place->column);
    if (place->end_line > place->line)
        sp_buf_printf(b, ", \"endLine\": %u", place->end_line);
    if (place->end_column > 0)
        sp_buf_printf(b, ", \"endColumn\": %u", place->end_column);
    sp_buf_add_char(b, '}');
}

static void add_location(sp_buf *b, const sp_sarif_place *place)
{
    sp_buf_add_cstr(b, "{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
    add_uri(b, place->file);
    sp_buf_add_char(b, '}');
    if (place->line > 0)
        add_region(b, place);
    sp_buf_add_char(b, '}');
    if (place->message.len > 0) {
        sp_buf_add_cstr(b, ", ");
        add_message(b, "message", place->message);
    }
    sp_buf_add_char(b, '}');
}

static void add_rule(sp_buf *b, const sp_sarif_rule *rule)
{
    sp_buf_add_cstr(b, "{\"id\": ");
    sp_json_add(b, rule->id);
    sp_buf_add_cstr(b, ", ");
    add_message(b, "shortDescription", rule->summary);
    if (rule->explanation.len > 0) {
        sp_buf_add_cstr(b, ", ");
        add_message(b, "fullDescription", rule->explanation);
        sp_buf_add_cstr(b, ", ");
        add_message(b, "help", rule->explanation);
    }
    sp_buf_printf(b, ", \"defaultConfiguration\": {\"level\": \"%s\"}}", level_of(rule->severity));
}

static void add_result(sp_buf *b, const sp_sarif_log *log, const sp_sarif_result *result)
{
    sp_buf_add_cstr(b, "{\"ruleId\": ");
    sp_json_add(b, log->rules[result->rule].id);
    sp_buf_printf(b, ", \"ruleIndex\": %u, \"level\": \"%s\", ", result->rule, level_of(result->severity));
    add_message(b, "message", result->message);
    if (result->place.file.len > 0) {
        sp_buf_add_cstr(b, ", \"locations\": [");
        add_location(b, &result->place);
        sp_buf_add_char(b, ']');
    }
    for (size_t i = 0; i < result->related_count; i++) {
        sp_buf_add_cstr(b, i == 0 ? ", \"relatedLocations\": [" : ", ");
        add_location(b, &result->related[i]);
    }
    if (result->related_count > 0)
        sp_buf_add_char(b, ']');
    if (result->accepted.len > 0) {
        sp_buf_add_cstr(b, ", \"suppressions\": [{\"kind\": \"inSource\", \"justification\": ");
        sp_json_add(b, result->accepted);
        sp_buf_add_cstr(b, "}]");
    }
    sp_buf_add_char(b, '}');
}

void sp_sarif_add(sp_buf *b, const sp_sarif_log *log)
{
    sp_buf_add_cstr(b, "{\"$schema\": \"" SCHEMA "\", \"version\": \"2.1.0\", \"runs\": [{\n"
                       "  \"tool\": {\"driver\": {\"name\": \"surplace\", \"fullName\": ");
    sp_buf name = {0};
    sp_buf_printf(&name, "surplace %.*s", SP_STR(log->command));
    sp_json_add(b, sp_buf_str(&name));
    sp_buf_printf(b, ", \"semanticVersion\": \"%s\", \"rules\": [", SURPLACE_VERSION);
    for (size_t i = 0; i < log->rule_count; i++) {
        sp_buf_add_cstr(b, i == 0 ? "\n    " : ",\n    ");
        add_rule(b, &log->rules[i]);
    }
    sp_buf_add_cstr(b, "]}},\n  \"columnKind\": \"unicodeCodePoints\",\n  \"results\": [");
    for (size_t i = 0; i < log->result_count; i++) {
        sp_buf_add_cstr(b, i == 0 ? "\n    " : ",\n    ");
        add_result(b, log, &log->results[i]);
    }
    sp_buf_add_cstr(b, "]}]}\n");
    b->failed |= name.failed;
    sp_buf_clear(&name);
}

sp_sarif_place sp_sarif_place_of(const sp_place *place)
{
    const sp_str built_in = SP_LIT("built-in ");
    sp_sarif_place out = {.line = place->line, .column = place->column, .end_column = place->end_column};
    if (place->input == NULL)
        return out;
    out.file = place->input->name;
    if (sp_str_starts(out.file, built_in))
        out.file = (sp_str){out.file.ptr + built_in.len, out.file.len - built_in.len};
    if (out.end_column <= out.column)
        out.end_column = 0;
    return out;
}
