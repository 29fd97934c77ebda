/* Rule files and readings: the language's nodes, and what of the rule base they may name. */
#include "render/schema.h"
#include "render/vocabulary_words.h"

/* --- names of the rule base --- */

typedef sp_str (*name_at)(const sp_rulebase *base, size_t index);

static sp_str passage_at(const sp_rulebase *base, size_t index)
{
    return base->passages.items[index].id;
}

static sp_str parameter_at(const sp_rulebase *base, size_t index)
{
    return base->vocab.parameters.items[index].name;
}

static sp_str reading_at(const sp_rulebase *base, size_t index)
{
    return base->readings.items[index].id;
}

static sp_str rule_at(const sp_rulebase *base, size_t index)
{
    return base->rules.items[index].id;
}

/* {"enum": [...]}; names that follow one another are written once. */
static void add_names(sp_json_out *o, const char *key, const sp_rulebase *base, name_at at, size_t count)
{
    sp_arena arena = {0};
    sp_str *names = SP_NEW_ARRAY(&arena, sp_str, count);
    size_t n = 0;
    for (size_t i = 0; names != NULL && i < count; i++)
        if (n == 0 || !sp_str_eq(names[n - 1], at(base, i)))
            names[n++] = at(base, i);
    o->b->failed |= names == NULL;
    sp_json_object(o, key);
    if (n > 0)
        sp_json_words(o, "enum", names, n);
    else
        sp_json_like(o, "not", "{}");
    sp_json_end(o);
    sp_arena_free(&arena);
}

static void add_criteria(sp_json_out *o, const sp_rulebase *base)
{
    sp_json_object(o, "criterion");
    sp_json_list(o, "anyOf");
    for (uint32_t i = 0; i < base->vocab.criteria.len; i++) {
        sp_buf name = {0};
        sp_words_criterion_add(&name, &base->vocab, i);
        sp_json_object(o, NULL);
        sp_json_text(o, "const", sp_buf_str(&name));
        sp_json_text(o, "description", base->vocab.criteria.items[i].title);
        sp_json_end(o);
        o->b->failed |= name.failed;
        sp_buf_clear(&name);
    }
    sp_json_end(o);
    sp_json_end(o);
}

/* A citation begins with a declared authority, followed by nothing, a blank or a comma. */
static void add_citation(sp_json_out *o, const sp_rulebase *base)
{
    static const char special[] = "\\^$.|?*+()[]{}/";
    sp_buf pattern = {0};
    sp_buf_add_cstr(&pattern, "^\\s*(?:");
    for (size_t i = 0; i < base->authorities.len; i++) {
        sp_str cite = base->authorities.items[i].cite;
        sp_buf_add_cstr(&pattern, i > 0 ? "|" : "");
        for (size_t k = 0; k < cite.len; k++) {
            if (strchr(special, cite.ptr[k]) != NULL)
                sp_buf_add_char(&pattern, '\\');
            sp_buf_add_char(&pattern, cite.ptr[k]);
        }
    }
    sp_buf_add_cstr(&pattern, ")(?:$|[ ,])");
    sp_json_object(o, "citation");
    sp_json_like(o, "description", "'A declared authority, and where in it: HB 94.'");
    sp_json_like(o, "type", "'string'");
    sp_json_text(o, "pattern", sp_buf_str(&pattern));
    sp_json_end(o);
    o->b->failed |= pattern.failed;
    sp_buf_clear(&pattern);
}

/* --- nodes and rules --- */

static const char citations[] =
    "{'anyOf': [{'$ref': '#/$defs/citation'}, {'type': 'array', 'items': {'$ref': "
    "'#/$defs/citation'}}]}";
static const char passages[] =
    "{'anyOf': [{'$ref': '#/$defs/passage'}, {'type': 'array', 'items': {'$ref': "
    "'#/$defs/passage'}}]}";
static const char one_or_more[] = "{'description': 'What defeats it.', 'anyOf': [{'$ref': '#/$defs/node'}, "
                                  "{'$ref': '#/$defs/nodes'}]}";

/* Of one thing: what it is called, and what it rests on. */
static void add_common_keys(sp_json_out *o)
{
    sp_json_like(o, "title", "{'$ref': '#/$defs/text'}");
    sp_json_like(o, "authority", citations);
    sp_json_like(o, "passages", passages);
    sp_json_like(o, "note", "{'$ref': '#/$defs/text'}");
    sp_json_like(o, "lint", "{'$ref': '#/$defs/lint'}");
    sp_json_like(o, "unless", one_or_more);
}

static void add_node(sp_json_out *o)
{
    sp_json_object(o, "condition");
    sp_json_like(o, "type", "'object'");
    sp_json_like(o, "additionalProperties", "false");
    sp_json_object(o, "properties");
    sp_json_like(o, "id", "{'$ref': '#/$defs/name'}");
    add_common_keys(o);
    sp_json_like(o, "all_of", "{'description': 'Every part holds.', '$ref': '#/$defs/nodes'}");
    sp_json_like(o, "any_of", "{'description': 'Some part holds.', '$ref': '#/$defs/nodes'}");
    sp_json_like(o, "none_of", "{'description': 'No part holds.', '$ref': '#/$defs/nodes'}");
    sp_json_like(o, "at_least",
                 "{'description': 'n of the parts hold.', 'type': 'object', 'properties': {'n': {'type': "
                 "'integer', 'minimum': 1}, 'of': {'$ref': '#/$defs/nodes'}}, 'required': ['n', 'of'], "
                 "'additionalProperties': false}");
    sp_json_like(o, "that", "{'description': 'The leaf holds.', '$ref': '#/$defs/leaf'}");
    sp_json_like(o, "for_some",
                 "{'description': 'x in LIST: what stands beside it holds for some member.', '$ref': "
                 "'#/$defs/quantifier'}");
    sp_json_like(o, "for_every",
                 "{'description': 'x in LIST: what stands beside it holds for every member.', '$ref': "
                 "'#/$defs/quantifier'}");
    sp_json_like(o, "where",
                 "{'description': 'Only members that satisfy it count.', '$ref': '#/$defs/node'}");
    sp_json_like(o, "if_empty",
                 "{'description': 'What for_every means without any member.', 'enum': ['holds', 'fails']}");
    sp_json_end(o);
    sp_json_like(o, "oneOf",
                 "[{'required': ['all_of']}, {'required': ['any_of']}, {'required': ['none_of']}, "
                 "{'required': ['at_least']}, {'required': ['that']}]");
    sp_json_like(o, "not", "{'required': ['for_some', 'for_every']}");
    sp_json_like(o, "dependentRequired", "{'if_empty': ['for_every']}");
    sp_json_like(o, "dependentSchemas",
                 "{'where': {'anyOf': [{'required': ['for_some']}, {'required': ['for_every']}]}}");
    sp_json_end(o);
}

static void add_rule(sp_json_out *o)
{
    sp_json_object(o, "rule");
    sp_json_like(o, "type", "'object'");
    sp_json_like(o, "additionalProperties", "false");
    sp_json_object(o, "properties");
    sp_json_like(o, "id", "{'$ref': '#/$defs/name'}");
    sp_json_like(o, "concludes",
                 "{'description': 'The criterion that it decides.', '$ref': '#/$defs/criterion'}");
    sp_json_like(o, "essay_support",
                 "{'description': 'How far the text itself argues it.', 'enum': ['direct', 'partial', "
                 "'inferred', 'none']}");
    sp_json_like(o, "requires", "{'$ref': '#/$defs/node'}");
    add_common_keys(o);
    sp_json_end(o);
    sp_json_like(o, "required", "['id', 'title', 'concludes', 'requires']");
    sp_json_like(o, "anyOf", "[{'required': ['authority']}, {'required': ['passages']}]");
    sp_json_end(o);
}

/* What rules and readings share. */
static void add_rule_definitions(sp_json_out *o, const sp_rulebase *base)
{
    sp_schema_common(o);
    add_criteria(o, base);
    add_citation(o, base);
    add_names(o, "passage", base, passage_at, base->passages.len);
    sp_json_like(o, "leaf",
                 "{'description': 'SUBJECT, or SUBJECT COMPARISON VALUE: person.departed is before 2011.', "
                 "'type': 'string', 'pattern': '^\\\\s*(?:count of )?[a-z][a-z0-9_]*[. ]?'}");
    sp_json_like(o, "quantifier",
                 "{'type': 'string', 'pattern': '^\\\\s*[a-z][a-z0-9_]* in [a-z][a-z0-9_]*[.]'}");
    sp_json_like(o, "node", "{'anyOf': [{'$ref': '#/$defs/leaf'}, {'$ref': '#/$defs/condition'}]}");
    sp_json_like(o, "nodes", "{'type': 'array', 'minItems': 1, 'items': {'$ref': '#/$defs/node'}}");
    add_node(o);
    add_rule(o);
}

void sp_schema_rules(sp_json_out *o, const sp_rulebase *base)
{
    sp_schema_begin(o, "rules", "A rule file of surplace",
                    "Each rule concludes one criterion, and cites what it rests on.");
    sp_json_like(o, "title", "{'$ref': '#/$defs/text'}");
    sp_json_like(o, "note", "{'$ref': '#/$defs/text'}");
    sp_json_like(o, "lint", "{'$ref': '#/$defs/lint'}");
    sp_json_like(o, "rules", "{'type': 'array', 'items': {'$ref': '#/$defs/rule'}}");
    sp_json_end(o);
    sp_json_like(o, "required", "['surplace', 'rules']");
    sp_json_object(o, "$defs");
    add_rule_definitions(o, base);
    sp_json_end(o);
    sp_json_end(o);
}

/* --- readings --- */

static void add_member(sp_json_out *o, const sp_vocab *v, uint32_t entity, sp_str name)
{
    sp_buf text = {0};
    sp_buf_printf(&text, "%.*s.%.*s", SP_STR(v->entities.items[entity].name), SP_STR(name));
    sp_json_text(o, NULL, sp_buf_str(&text));
    o->b->failed |= text.failed;
    sp_buf_clear(&text);
}

/* The values that a parameter may be set to. */
static void add_value(sp_json_out *o, const sp_vocab *v, sp_type type)
{
    if (type.kind != SP_ENUM) {
        sp_json_like(o, "value",
                     type.kind == SP_NUMBER ? "{'$ref': '#/$defs/number'}" : "{'$ref': '#/$defs/flag'}");
        return;
    }
    const sp_enum *e = &v->enums.items[type.index];
    sp_json_object(o, "value");
    sp_json_list(o, "anyOf");
    for (uint32_t i = 0; i < e->count; i++) {
        sp_json_object(o, NULL);
        sp_json_text(o, "const", e->values[i].name);
        if (e->values[i].title.len > 0)
            sp_json_text(o, "description", e->values[i].title);
        sp_json_end(o);
    }
    sp_json_end(o);
    sp_json_end(o);
}

/* Each parameter has values of its own. */
static void add_settings(sp_json_out *o, const sp_rulebase *base)
{
    const sp_vocab *v = &base->vocab;
    add_names(o, "parameter", base, parameter_at, v->parameters.len);
    sp_json_object(o, "setting");
    sp_json_like(o, "type", "'object'");
    sp_json_like(o, "additionalProperties", "false");
    sp_json_object(o, "properties");
    sp_json_like(o, "parameter", "{'$ref': '#/$defs/parameter'}");
    sp_json_like(o, "value", "{'$ref': '#/$defs/text'}");
    sp_json_like(o, "held_by", "{'description': 'Who holds so.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "authority", citations);
    sp_json_like(o, "note", "{'$ref': '#/$defs/text'}");
    sp_json_like(o, "lint", "{'$ref': '#/$defs/lint'}");
    sp_json_end(o);
    sp_json_like(o, "required", "['parameter', 'value']");
    sp_json_list(o, "allOf");
    for (size_t i = 0; i < v->parameters.len; i++) {
        sp_json_object(o, NULL);
        sp_json_object(o, "if");
        sp_json_object(o, "properties");
        sp_json_object(o, "parameter");
        sp_json_text(o, "const", v->parameters.items[i].name);
        sp_json_end(o);
        sp_json_end(o);
        sp_json_like(o, "required", "['parameter']");
        sp_json_end(o);
        sp_json_object(o, "then");
        sp_json_object(o, "properties");
        add_value(o, v, v->parameters.items[i].type);
        sp_json_end(o);
        sp_json_end(o);
        sp_json_end(o);
    }
    sp_json_like(o, NULL, "true");
    sp_json_end(o);
    sp_json_end(o);
}

/* What silence means under the reading: of a yes_no fact or a criterion. */
static void add_presumption(sp_json_out *o, const sp_rulebase *base)
{
    const sp_vocab *v = &base->vocab;
    sp_json_object(o, "presumable");
    sp_json_list(o, "enum");
    for (size_t i = 0; i < v->facts.len; i++) {
        const sp_fact *f = &v->facts.items[i];
        if (f->role == SP_FACT_STATED && f->type.kind == SP_YES_NO && !f->type.list)
            add_member(o, v, f->entity, f->name);
    }
    for (size_t i = 0; i < v->criteria.len; i++)
        add_member(o, v, v->criteria.items[i].entity, v->criteria.items[i].name);
    sp_json_end(o);
    sp_json_end(o);
    sp_json_object(o, "presumption");
    sp_json_like(o, "type", "'object'");
    sp_json_like(o, "additionalProperties", "false");
    sp_json_object(o, "properties");
    sp_json_like(o, "of", "{'description': 'Of which fact or criterion.', '$ref': '#/$defs/presumable'}");
    sp_json_like(
        o, "if_open",
        "{'description': 'What silence means; open: nothing.', 'enum': ['open', 'holds', 'fails']}");
    sp_json_like(o, "burden",
                 "{'description': 'Who would have to show the contrary.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "held_by", "{'description': 'Who holds so.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "authority", citations);
    sp_json_like(o, "note", "{'$ref': '#/$defs/text'}");
    sp_json_end(o);
    sp_json_like(o, "required", "['of', 'if_open', 'authority']");
    sp_json_like(o, "if", "{'properties': {'if_open': {'const': 'open'}}}");
    sp_json_like(o, "then", "{'properties': {'burden': false}}");
    sp_json_like(o, "else", "{'required': ['burden']}");
    sp_json_end(o);
}

void sp_schema_reading(sp_json_out *o, const sp_rulebase *base)
{
    sp_schema_begin(
        o, "reading", "A reading of surplace",
        "The same law, differently understood: it sets parameters and drops, replaces or adds rules.");
    sp_json_like(o, "id", "{'$ref': '#/$defs/name'}");
    sp_json_like(o, "title", "{'$ref': '#/$defs/text'}");
    sp_json_like(o, "default", "{'description': 'Exactly one reading says yes.', '$ref': '#/$defs/flag'}");
    add_names(o, "extends", base, reading_at, base->readings.len);
    sp_json_like(o, "from", "{'description': 'Since when it is good law.', '$ref': '#/$defs/date'}");
    sp_json_like(o, "until", "{'description': 'Until when it was.', '$ref': '#/$defs/date'}");
    sp_json_like(o, "note", "{'$ref': '#/$defs/text'}");
    sp_json_like(o, "lint", "{'$ref': '#/$defs/lint'}");
    sp_json_like(o, "set", "{'type': 'array', 'items': {'$ref': '#/$defs/setting'}}");
    sp_json_like(o, "presume", "{'type': 'array', 'items': {'$ref': '#/$defs/presumption'}}");
    sp_json_like(o, "drop",
                 "{'anyOf': [{'$ref': '#/$defs/known_rule'}, {'type': 'array', 'items': {'$ref': "
                 "'#/$defs/known_rule'}}]}");
    sp_json_like(o, "replace", "{'type': 'array', 'items': {'$ref': '#/$defs/rule'}}");
    sp_json_like(o, "add", "{'type': 'array', 'items': {'$ref': '#/$defs/rule'}}");
    sp_json_end(o);
    sp_json_like(o, "required", "['surplace', 'id', 'title']");
    sp_json_object(o, "$defs");
    add_rule_definitions(o, base);
    add_names(o, "known_rule", base, rule_at, base->rules.len);
    add_settings(o, base);
    add_presumption(o, base);
    sp_json_end(o);
    sp_json_end(o);
}
