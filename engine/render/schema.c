#include "render/schema.h"

#include <stdio.h>

#include "lint/codes.h"

static const char *const words[SP_SCHEMA_KINDS] = {"case",        "rules",    "vocabulary", "reading",
                                                   "authorities", "passages", "world"};

sp_schema_kind sp_schema_kind_of(sp_str word)
{
    int kind = 0;
    while (kind < SP_SCHEMA_KINDS && !sp_str_eq(word, sp_str_from(words[kind])))
        kind++;
    return (sp_schema_kind)kind;
}

void sp_schema_begin(sp_json_out *o, const char *kind, const char *title, const char *description)
{
    char header[64];
    snprintf(header, sizeof header, "{'const': '%s/1'}", kind);
    sp_json_object(o, NULL);
    sp_json_like(o, "$schema", "'https://json-schema.org/draft/2020-12/schema'");
    sp_json_text(o, "title", sp_str_from(title));
    sp_json_text(o, "description", sp_str_from(description));
    sp_json_like(o, "type", "'object'");
    sp_json_like(o, "additionalProperties", "false");
    sp_json_object(o, "properties");
    sp_json_like(o, "surplace", header);
}

/* `lint:`, with the codes that there are. */
static void add_lint(sp_json_out *o)
{
    sp_json_object(o, "lint");
    sp_json_like(o, "description", "'Findings that are accepted here: a code, and the reason for it.'");
    sp_json_like(o, "type", "'object'");
    sp_json_object(o, "properties");
    for (int i = 0; i < SP_LINT_CODES; i++) {
        sp_json_object(o, sp_lint_kinds[i].word);
        sp_json_text(o, "description", sp_str_from(sp_lint_kinds[i].summary));
        sp_json_like(o, "type", "'string'");
        sp_json_like(o, "minLength", "1");
        sp_json_end(o);
    }
    sp_json_end(o);
    sp_json_like(o, "additionalProperties", "false");
    sp_json_end(o);
}

void sp_schema_common(sp_json_out *o)
{
    sp_json_like(o, "text", "{'type': ['string', 'number', 'boolean'], 'minLength': 1}");
    sp_json_like(o, "flag", "{'enum': ['yes', 'no', true, false]}");
    sp_json_like(o, "name",
                 "{'description': 'Lower-case letters, digits and _.', 'type': 'string', "
                 "'pattern': '^[a-z][a-z0-9_]*$'}");
    sp_json_like(o, "date",
                 "{'description': 'YYYY, YYYY-MM or YYYY-MM-DD.', 'anyOf': [{'type': 'string', 'pattern': "
                 "'^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$'}, "
                 "{'type': 'integer', 'minimum': 1000, 'maximum': 9999}]}");
    sp_json_like(o, "number",
                 "{'anyOf': [{'type': 'number'}, {'type': 'string', 'pattern': "
                 "'^-?[0-9]+([.][0-9]+)?$'}]}");
    sp_json_like(
        o, "texts",
        "{'anyOf': [{'$ref': '#/$defs/text'}, {'type': 'array', 'items': {'$ref': '#/$defs/text'}}]}");
    add_lint(o);
}

void sp_schema_add(sp_buf *b, const sp_rulebase *base, sp_schema_kind kind)
{
    sp_json_out o = {.b = b};
    switch (kind) {
    case SP_SCHEMA_CASE:
        sp_schema_case(&o, base);
        break;
    case SP_SCHEMA_RULES:
        sp_schema_rules(&o, base);
        break;
    case SP_SCHEMA_VOCABULARY:
        sp_schema_vocabulary(&o, base);
        break;
    case SP_SCHEMA_READING:
        sp_schema_reading(&o, base);
        break;
    case SP_SCHEMA_AUTHORITIES:
        sp_schema_authorities(&o);
        break;
    case SP_SCHEMA_PASSAGES:
        sp_schema_passages(&o);
        break;
    case SP_SCHEMA_WORLD:
        sp_schema_world(&o, base);
        break;
    case SP_SCHEMA_KINDS:
        break;
    }
}
