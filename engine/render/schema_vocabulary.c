/* The vocabulary, authorities and passages. */
#include "render/schema.h"

#define TEXT "{'$ref': '#/$defs/text'}"
#define FLAG "{'$ref': '#/$defs/flag'}"
#define LINT "{'$ref': '#/$defs/lint'}"

static void begin_definition(sp_json_out *o, const char *name)
{
    sp_json_object(o, name);
    sp_json_like(o, "type", "'object'");
    sp_json_like(o, "additionalProperties", "false");
    sp_json_object(o, "properties");
}

/* Ends the properties and the definition. */
static void end_definition(sp_json_out *o, const char *required)
{
    sp_json_end(o);
    if (required != NULL)
        sp_json_like(o, "required", required);
    sp_json_end(o);
}

static void add_names_of(sp_json_out *o, const char *key, const char *definition)
{
    sp_json_object(o, key);
    sp_json_like(o, "type", "'object'");
    sp_json_like(o, "propertyNames", "{'$ref': '#/$defs/name'}");
    sp_json_like(o, "additionalProperties", definition);
    sp_json_end(o);
}

/* A type by name: those of the language, the loaded enums and entities, or others of the same file. */
static void add_types(sp_json_out *o, const sp_vocab *v)
{
    static const char *const basic[] = {"yes_no", "number", "date", "text"};
    sp_json_object(o, "type");
    sp_json_like(o, "description",
                 "'yes_no, number, date, text, an enum, an entity, or a list of one of the last two.'");
    sp_json_list(o, "anyOf");
    sp_json_object(o, NULL);
    sp_json_list(o, "enum");
    for (size_t i = 0; i < sizeof basic / sizeof *basic; i++)
        sp_json_text(o, NULL, sp_str_from(basic[i]));
    for (size_t i = 0; i < v->enums.len; i++)
        sp_json_text(o, NULL, v->enums.items[i].name);
    for (size_t i = 1; i < v->entities.len; i++)
        sp_json_text(o, NULL, v->entities.items[i].name);
    sp_json_end(o);
    sp_json_end(o);
    sp_json_like(o, NULL, "{'type': 'string', 'pattern': '^(list of )?[a-z][a-z0-9_]*$'}");
    sp_json_end(o);
    sp_json_end(o);
}

/* Silence that somebody bears: all three keys or none. */
static void add_presumption(sp_json_out *o)
{
    sp_json_like(o, "if_open", "{'description': 'What silence means.', 'enum': ['holds', 'fails']}");
    sp_json_like(o, "burden",
                 "{'description': 'Who would have to show the contrary.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "authority", "{'$ref': '#/$defs/texts'}");
}

static const char all_three[] = "{'if_open': ['burden', 'authority'], 'burden': ['if_open', 'authority'], "
                                "'authority': ['if_open', 'burden']}";

static void add_enum(sp_json_out *o)
{
    begin_definition(o, "enum");
    sp_json_like(o, "title", TEXT);
    sp_json_like(o, "ordered",
                 "{'description': 'Values from the lowest to the highest.', '$ref': '#/$defs/flag'}");
    sp_json_like(
        o, "values",
        "{'anyOf': [{'type': 'object', 'minProperties': 1, 'propertyNames': {'$ref': '#/$defs/name'}, "
        "'additionalProperties': {'$ref': '#/$defs/text'}}, {'type': 'array', 'minItems': 1, 'items': "
        "{'$ref': '#/$defs/name'}}]}");
    sp_json_like(o, "note", TEXT);
    sp_json_like(o, "lint", LINT);
    end_definition(o, "['values']");
}

static void add_parameter(sp_json_out *o)
{
    begin_definition(o, "parameter");
    sp_json_like(o, "title", TEXT);
    sp_json_like(o, "type", "{'description': 'An enum, yes_no or number.', '$ref': '#/$defs/type'}");
    sp_json_like(o, "default", TEXT);
    sp_json_like(o, "note", TEXT);
    sp_json_like(o, "lint", LINT);
    end_definition(o, "['type', 'default']");
}

static void add_fact(sp_json_out *o)
{
    begin_definition(o, "fact");
    sp_json_like(o, "type", "{'$ref': '#/$defs/type'}");
    sp_json_like(o, "title", TEXT);
    sp_json_like(o, "ask", "{'description': 'The question that would settle it.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "note", TEXT);
    sp_json_like(o, "judgment", "{'description': 'Only a person can decide it.', '$ref': '#/$defs/flag'}");
    sp_json_like(o, "private",
                 "{'description': 'Never printed where output is redacted.', '$ref': '#/$defs/flag'}");
    sp_json_like(
        o, "day_of_case",
        "{'description': 'The date of which the case is decided: what the world found later is not "
        "used.', '$ref': '#/$defs/flag'}");
    sp_json_like(o, "sources_until",
                 "{'description': 'A later date, until which the case says that sources of the world were "
                 "seen.', '$ref': '#/$defs/flag'}");
    add_presumption(o);
    sp_json_like(o, "lint", LINT);
    sp_json_end(o);
    sp_json_like(o, "required", "['type']");
    sp_json_like(o, "dependentRequired", all_three);
    sp_json_end(o);
}

static void add_criterion(sp_json_out *o)
{
    begin_definition(o, "criterion");
    sp_json_like(o, "title", TEXT);
    sp_json_like(o, "holds", "{'description': 'What it means that it holds.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "fails", "{'description': 'What it means that it fails.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "note", TEXT);
    sp_json_like(o, "headline",
                 "{'description': 'Printed among the headline verdicts.', '$ref': '#/$defs/flag'}");
    sp_json_like(
        o, "with",
        "{'description': 'The second entity of a pair.', 'anyOf': [{'$ref': '#/$defs/name'}, {'type': "
        "'object', 'minProperties': 1, 'maxProperties': 1, 'propertyNames': {'$ref': '#/$defs/name'}, "
        "'additionalProperties': {'$ref': '#/$defs/name'}}]}");
    add_presumption(o);
    sp_json_like(o, "lint", LINT);
    sp_json_end(o);
    sp_json_like(o, "required", "['title']");
    sp_json_like(o, "dependentRequired", all_three);
    sp_json_end(o);
}

static void add_entity(sp_json_out *o)
{
    begin_definition(o, "entity");
    sp_json_like(o, "title", TEXT);
    sp_json_like(o, "note", TEXT);
    sp_json_like(
        o, "collection",
        "{'description': 'Where a case file lists its entries; without it they stand in the list that "
        "owns them.', '$ref': '#/$defs/name'}");
    sp_json_like(o, "kind",
                 "{'description': 'explanation: of State conduct, which no legal rule may read.', 'enum': "
                 "['law', 'explanation']}");
    sp_json_like(o, "facet_of",
                 "{'description': 'One for each entry of that entity.', '$ref': '#/$defs/name'}");
    sp_json_like(
        o, "label",
        "{'description': 'The text fact by which reports name an entry.', '$ref': '#/$defs/name'}");
    sp_json_like(
        o, "key",
        "{'description': 'The fact that names an entry within its owner.', '$ref': '#/$defs/name'}");
    add_names_of(o, "facts", "{'$ref': '#/$defs/fact'}");
    add_names_of(o, "criteria", "{'$ref': '#/$defs/criterion'}");
    end_definition(o, NULL);
}

void sp_schema_vocabulary(sp_json_out *o, const sp_rulebase *base)
{
    sp_schema_begin(o, "vocabulary", "A vocabulary file of surplace",
                    "What case files can say, and the criteria that rules decide.");
    sp_json_like(o, "title", TEXT);
    sp_json_like(o, "note", TEXT);
    sp_json_like(o, "lint", LINT);
    add_names_of(o, "enums", "{'$ref': '#/$defs/enum'}");
    add_names_of(o, "parameters", "{'$ref': '#/$defs/parameter'}");
    add_names_of(o, "entities", "{'$ref': '#/$defs/entity'}");
    sp_json_end(o);
    sp_json_like(o, "required", "['surplace']");
    sp_json_object(o, "$defs");
    sp_schema_common(o);
    add_types(o, &base->vocab);
    add_enum(o);
    add_parameter(o);
    add_fact(o);
    add_criterion(o);
    add_entity(o);
    sp_json_end(o);
    sp_json_end(o);
}

void sp_schema_authorities(sp_json_out *o)
{
    sp_schema_begin(o, "authorities", "An authorities file of surplace", "What rules may cite.");
    sp_json_like(o, "title", TEXT);
    sp_json_like(o, "note", TEXT);
    sp_json_like(o, "lint", LINT);
    sp_json_like(o, "authorities", "{'type': 'array', 'items': {'$ref': '#/$defs/authority'}}");
    sp_json_end(o);
    sp_json_like(o, "required", "['surplace', 'authorities']");
    sp_json_object(o, "$defs");
    sp_schema_common(o);
    begin_definition(o, "authority");
    sp_json_like(o, "cite", "{'description': 'How citations of it begin.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "title", TEXT);
    sp_json_like(o, "kind",
                 "{'enum': ['treaty', 'handbook', 'guideline', 'case', 'statute', 'resolution', 'writing', "
                 "'report']}");
    sp_json_like(o, "confirmed",
                 "{'description': 'no: could not be confirmed by look-up.', '$ref': '#/$defs/flag'}");
    sp_json_like(o, "note", TEXT);
    sp_json_like(o, "lint", LINT);
    end_definition(o, "['cite', 'title', 'kind', 'confirmed']");
    sp_json_end(o);
    sp_json_end(o);
}

void sp_schema_passages(sp_json_out *o)
{
    sp_schema_begin(o, "passages", "A passages file of surplace",
                    "Quotations of one source, word for word.");
    sp_json_like(o, "title", TEXT);
    sp_json_like(o, "note", TEXT);
    sp_json_like(o, "lint", LINT);
    sp_json_like(o, "source", "{'$ref': '#/$defs/source'}");
    sp_json_like(o, "passages", "{'type': 'array', 'items': {'$ref': '#/$defs/passage'}}");
    sp_json_end(o);
    sp_json_like(o, "required", "['surplace', 'source', 'passages']");
    sp_json_object(o, "$defs");
    sp_schema_common(o);
    begin_definition(o, "source");
    sp_json_like(o, "id", TEXT);
    sp_json_like(o, "title", TEXT);
    sp_json_like(o, "author", TEXT);
    sp_json_like(o, "published", TEXT);
    sp_json_like(o, "year", TEXT);
    sp_json_like(o, "note", TEXT);
    end_definition(o, "['id', 'title']");
    begin_definition(o, "passage");
    sp_json_like(o, "id", "{'type': 'string', 'pattern': '^[a-z0-9_-]{1,80}$'}");
    sp_json_like(o, "quote", "{'description': 'Word for word.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "page", "{'description': '288, or 287-288.', '$ref': '#/$defs/text'}");
    sp_json_like(
        o, "kind",
        "{'description': 'An explanation or a theory may be cited only by rules that explain State "
        "conduct.', 'enum': ['legal_criterion', 'factual_premise', 'explanation', 'theory']}");
    sp_json_like(o, "note", "{'description': 'Printed wherever the passage is.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "lint", LINT);
    end_definition(o, "['id', 'quote', 'page', 'kind']");
    sp_json_end(o);
    sp_json_end(o);
}
