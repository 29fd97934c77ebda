/* Case files and world files: every fact that the vocabulary declares, with its title and question. */
#include <stdio.h>

#include "render/schema.h"
#include "render/vocabulary_words.h"

#define ID_PATTERN "^[A-Za-z0-9_\\\\u0080-\\\\uffff-]{1,200}$"
/* kim, kim/PRK, kim/PRK/torture */
#define ADDRESS "[^./()\\s]+(?:/[^./()\\s]+)*"

/* "yes_no", "enum_mood", "entity_state": what the definitions of a type are called. */
static void add_type_name(sp_buf *b, const sp_vocab *v, sp_type type)
{
    static const char *const basic[] = {"yes_no", "number", "date", "text"};
    if (type.kind == SP_ENUM)
        sp_buf_printf(b, "enum_%.*s", SP_STR(v->enums.items[type.index].name));
    else if (type.kind == SP_ENTITY)
        sp_buf_printf(b, "id_%.*s", SP_STR(v->entities.items[type.index].name));
    else
        sp_buf_add_cstr(b, basic[type.kind]);
}

static bool owned(const sp_vocab *v, sp_type type)
{
    return type.kind == SP_ENTITY && v->entities.items[type.index].collection.len == 0;
}

static void add_ref(sp_json_out *o, const char *key, const char *name)
{
    sp_buf ref = {0};
    sp_buf_printf(&ref, "{'$ref': '#/$defs/%s'}%c", name, '\0');
    if (ref.failed)
        o->b->failed = true;
    else
        sp_json_like(o, key, ref.data);
    sp_buf_clear(&ref);
}

/* --- facts --- */

/* What a reader is told of a fact: its question, notes, and what silence means. */
static void add_description(sp_json_out *o, const sp_fact *fact)
{
    sp_buf text = {0};
    sp_buf_add(&text, fact->ask);
    if (fact->judgment)
        sp_buf_printf(&text, "%sA judgment: only a person can decide it.", text.len > 0 ? " " : "");
    if (fact->presumption.if_open != SP_OPEN) {
        sp_buf_add_cstr(&text, text.len > 0 ? " " : "");
        sp_words_presumption_add(&text, &fact->presumption, "yes", "no");
    }
    if (fact->note.len > 0)
        sp_buf_printf(&text, "%s%.*s", text.len > 0 ? " " : "", SP_STR(fact->note));
    if (text.len > 0)
        sp_json_text(o, "description", sp_buf_str(&text));
    o->b->failed |= text.failed;
    sp_buf_clear(&text);
}

static void add_fact(sp_json_out *o, const sp_vocab *v, const sp_fact *fact)
{
    sp_buf title = {0}, ref = {0};
    sp_fact_title_add(&title, fact);
    sp_buf_add_cstr(&ref, fact->type.list ? "list_of_" : "stated_");
    if (owned(v, fact->type))
        sp_buf_printf(&ref, "entity_%.*s", SP_STR(v->entities.items[fact->type.index].name));
    else
        add_type_name(&ref, v, fact->type);
    sp_buf_add_char(&ref, '\0');
    sp_json_key(o, fact->name);
    sp_json_object(o, NULL);
    sp_json_text(o, "title", sp_buf_str(&title));
    add_description(o, fact);
    if (!ref.failed) {
        sp_buf target = {0};
        sp_buf_printf(&target, "#/$defs/%s", ref.data);
        sp_json_text(o, "$ref", sp_buf_str(&target));
        o->b->failed |= target.failed;
        sp_buf_clear(&target);
    }
    sp_json_end(o);
    o->b->failed |= title.failed || ref.failed;
    sp_buf_clear(&title);
    sp_buf_clear(&ref);
}

static void add_facts(sp_json_out *o, const sp_vocab *v, uint32_t entity)
{
    const sp_entity *e = &v->entities.items[entity];
    for (size_t i = 0; i < e->columns.len; i++)
        add_fact(o, v, &v->facts.items[e->columns.items[i]]);
}

/* --- definitions of types --- */

/* The forms in which a value is stated: bare, with who says so, or as several such. */
static void add_stated(sp_json_out *o, const char *type)
{
    char key[300], json[1600];
    snprintf(key, sizeof key, "said_%s", type);
    snprintf(json, sizeof json,
             "{'type': 'object', 'properties': {'is': {'anyOf': [{'$ref': '#/$defs/%s'}, {'$ref': "
             "'#/$defs/unknown'}]}, 'by': {'$ref': '#/$defs/by'}, 'see': {'$ref': '#/$defs/see'}, "
             "'found': {'$ref': '#/$defs/found'}}, 'required': ['is'], 'additionalProperties': false}",
             type);
    sp_json_like(o, key, json);
    snprintf(key, sizeof key, "stated_%s", type);
    snprintf(json, sizeof json,
             "{'anyOf': [{'$ref': '#/$defs/%s'}, {'$ref': '#/$defs/unknown'}, {'$ref': '#/$defs/said_%s'}, "
             "{'type': 'array', 'minItems': 1, 'items': {'anyOf': [{'$ref': '#/$defs/%s'}, {'$ref': "
             "'#/$defs/unknown'}, {'$ref': '#/$defs/said_%s'}]}}]}",
             type, type, type, type);
    sp_json_like(o, key, json);
}

static void add_list_of(sp_json_out *o, const char *type, bool assertions)
{
    char key[300], json[2400];
    snprintf(key, sizeof key, "members_%s", type);
    snprintf(json, sizeof json, "{'type': 'array', 'items': {'$ref': '#/$defs/%s'}%s}", type,
             assertions ? ", 'uniqueItems': true" : "");
    sp_json_like(o, key, json);
    snprintf(key, sizeof key, "said_list_of_%s", type);
    snprintf(
        json, sizeof json,
        "{'anyOf': [{'type': 'object', 'properties': {'list': {'$ref': '#/$defs/members_%s'}, "
        "'complete': {'description': 'no: there may be more.', '$ref': '#/$defs/flag'}, 'by': {'$ref': "
        "'#/$defs/by'}, 'see': {'$ref': '#/$defs/see'}, 'found': {'$ref': '#/$defs/found'}}, 'required': ['list'], "
        "'additionalProperties': false}, {'type': 'object', 'properties': {'is': {'anyOf': [{'$ref': "
        "'#/$defs/members_%s'}, {'$ref': '#/$defs/unknown'}]}, 'by': {'$ref': '#/$defs/by'}, 'see': "
        "{'$ref': '#/$defs/see'}, 'found': {'$ref': '#/$defs/found'}}, 'required': ['is'], "
        "'additionalProperties': false}]}",
        type, type);
    sp_json_like(o, key, json);
    snprintf(key, sizeof key, "list_of_%s", type);
    snprintf(json, sizeof json,
             "{'anyOf': [{'$ref': '#/$defs/members_%s'}, {'$ref': '#/$defs/unknown'}, {'$ref': "
             "'#/$defs/said_list_of_%s'}%s%s%s]}",
             type, type,
             assertions ? ", {'type': 'array', 'minItems': 1, 'items': {'$ref': '#/$defs/said_list_of_"
                        : "",
             assertions ? type : "", assertions ? "'}}" : "");
    sp_json_like(o, key, json);
}

static void add_enum(sp_json_out *o, const sp_enum *e)
{
    sp_json_object(o, NULL);
    if (e->title.len > 0)
        sp_json_text(o, "title", e->title);
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

/* An id of the case, or one that the rule base knows. */
static void add_ids(sp_json_out *o, const sp_rulebase *base, uint32_t entity)
{
    sp_arena arena = {0};
    uint32_t count = base->world.tables != NULL ? base->world.tables[entity].rows : 0;
    const uint32_t *rows = NULL;
    sp_str *ids = SP_NEW_ARRAY(&arena, sp_str, count);
    if (ids == NULL ||
        (count > 0 && !sp_facts_sorted_rows(&base->world, 0, entity, &arena, &rows, &count))) {
        o->b->failed = true;
        count = 0;
    }
    for (uint32_t i = 0; i < count; i++)
        ids[i] = sp_facts_row_id(&base->world, entity, rows[i]);
    sp_json_object(o, NULL);
    sp_json_list(o, "anyOf");
    if (count > 0) {
        sp_json_object(o, NULL);
        sp_json_words(o, "enum", ids, count);
        sp_json_end(o);
    }
    add_ref(o, NULL, "id");
    sp_json_like(o, NULL, "{'type': 'integer'}");
    sp_json_end(o);
    sp_json_end(o);
    sp_arena_free(&arena);
}

/* Which forms of which types the facts have. */
struct used {
    bool stated, listed;
};

static struct used used_as(const sp_vocab *v, sp_type type)
{
    struct used used = {false, false};
    for (size_t i = 0; i < v->facts.len; i++) {
        const sp_fact *f = &v->facts.items[i];
        if (f->role != SP_FACT_STATED || f->type.kind != type.kind ||
            (type.kind >= SP_ENUM && f->type.index != type.index))
            continue;
        used.stated |= !f->type.list;
        used.listed |= f->type.list;
    }
    return used;
}

static void add_forms(sp_json_out *o, const sp_vocab *v, sp_type type, struct used used)
{
    sp_buf name = {0};
    add_type_name(&name, v, type);
    sp_buf_add_char(&name, '\0');
    if (!name.failed && used.stated)
        add_stated(o, name.data);
    if (!name.failed && used.listed)
        add_list_of(o, name.data, true);
    o->b->failed |= name.failed;
    sp_buf_clear(&name);
}

static void add_type_key(sp_json_out *o, const sp_vocab *v, sp_type type)
{
    sp_buf name = {0};
    add_type_name(&name, v, type);
    sp_json_key(o, sp_buf_str(&name));
    o->b->failed |= name.failed;
    sp_buf_clear(&name);
}

static void add_types(sp_json_out *o, const sp_rulebase *base)
{
    const sp_vocab *v = &base->vocab;
    for (unsigned kind = SP_YES_NO; kind <= SP_TEXT; kind++)
        add_forms(o, v, (sp_type){.kind = (uint8_t)kind}, (struct used){.stated = true});
    for (uint32_t i = 0; i < v->enums.len; i++) {
        sp_type type = {.kind = SP_ENUM, .index = i};
        struct used used = used_as(v, type);
        if (!used.stated && !used.listed)
            continue;
        add_type_key(o, v, type);
        add_enum(o, &v->enums.items[i]);
        add_forms(o, v, type, used);
    }
    for (uint32_t i = 0; i < v->entities.len; i++) {
        sp_type type = {.kind = SP_ENTITY, .index = i};
        struct used used = used_as(v, type);
        if (owned(v, type) || (!used.stated && !used.listed))
            continue;
        add_type_key(o, v, type);
        add_ids(o, base, i);
        add_forms(o, v, type, used);
    }
}

/* --- entities --- */

static void add_entity(sp_json_out *o, const sp_vocab *v, uint32_t index)
{
    const sp_entity *e = &v->entities.items[index];
    char name[300];
    snprintf(name, sizeof name, "entity_%.*s", SP_STR(e->name));
    sp_json_object(o, name);
    sp_json_text(o, "title", e->title.len > 0 ? e->title : e->name);
    if (e->note.len > 0)
        sp_json_text(o, "description", e->note);
    sp_json_like(o, "type", "'object'");
    sp_json_like(o, "additionalProperties", "false");
    sp_json_object(o, "properties");
    sp_json_like(
        o, "id",
        "{'description': 'How the entry is addressed.', 'anyOf': [{'$ref': '#/$defs/id'}, {'type': "
        "'integer'}]}");
    add_facts(o, v, index);
    sp_json_end(o);
    sp_json_end(o);
    if (e->collection.len == 0)
        add_list_of(o, name, false);
}

static void add_collection(sp_json_out *o, const sp_entity *e)
{
    char json[1200];
    sp_json_key(o, e->collection);
    sp_json_object(o, NULL);
    sp_json_text(o, "title", e->title.len > 0 ? e->title : e->name);
    sp_json_like(o, "description", "'A mapping of ids to entries, or a list of entries with an id each.'");
    snprintf(json, sizeof json,
             "[{'type': 'object', 'propertyNames': {'$ref': '#/$defs/id'}, 'additionalProperties': "
             "{'anyOf': [{'$ref': '#/$defs/entity_%.*s'}, {'type': 'null'}]}}, {'type': 'array', 'items': "
             "{'$ref': '#/$defs/entity_%.*s', 'required': ['id']}}]",
             SP_STR(e->name), SP_STR(e->name));
    sp_json_like(o, "anyOf", json);
    sp_json_end(o);
}

static void add_collections(sp_json_out *o, const sp_vocab *v)
{
    for (size_t i = 0; i < v->entities.len; i++)
        if (v->entities.items[i].collection.len > 0)
            add_collection(o, &v->entities.items[i]);
}

static void add_definitions(sp_json_out *o, const sp_rulebase *base, bool world)
{
    sp_schema_common(o);
    sp_json_like(o, "unknown", "{'description': 'Nobody knows.', 'enum': ['unknown', null]}");
    sp_json_like(o, "id",
                 "{'description': 'Letters, digits, _ and -.', 'type': 'string', 'pattern': '" ID_PATTERN
                 "'}");
    sp_json_like(o, "by", "{'description': 'Who says so.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "see", "{'description': 'Where it can be seen.', '$ref': '#/$defs/text'}");
    sp_json_like(
        o, "found",
        world ? "{'description': 'When the source found it: YYYY, YYYY-MM or YYYY-MM-DD. A case whose "
                "day is before that does not use it.', '$ref': '#/$defs/date'}"
              : "{'description': 'For world files.', 'not': {}}");
    sp_json_like(o, "yes_no", "{'enum': ['yes', 'no', true, false]}");
    add_types(o, base);
    for (uint32_t i = 1; i < base->vocab.entities.len; i++)
        add_entity(o, &base->vocab, i);
}

/* --- expectations --- */

/* The addresses of criteria on one entity, or on pairs: "kim.refugee", "kim.in_danger_in(PRK)". */
static void add_criteria_pattern(sp_json_out *o, const sp_vocab *v, bool pairs)
{
    sp_buf pattern = {0};
    size_t count = 0;
    sp_buf_add_cstr(&pattern, "^" ADDRESS "\\.(?:");
    for (size_t i = 0; i < v->criteria.len; i++)
        if ((v->criteria.items[i].with != SP_NONE) == pairs)
            sp_buf_printf(&pattern, "%s%.*s", count++ > 0 ? "|" : "", SP_STR(v->criteria.items[i].name));
    sp_buf_add_cstr(&pattern, pairs ? ")\\(" ADDRESS "\\)$" : ")$");
    if (count > 0) {
        sp_json_key(o, sp_buf_str(&pattern));
        sp_json_like(o, NULL, "{'$ref': '#/$defs/expectation'}");
    }
    o->b->failed |= pattern.failed;
    sp_buf_clear(&pattern);
}

static void add_rule_ids(sp_json_out *o, const sp_rulebase *base)
{
    sp_arena arena = {0};
    sp_str *ids = SP_NEW_ARRAY(&arena, sp_str, base->rules.len);
    size_t count = 0;
    for (size_t i = 0; ids != NULL && i < base->rules.len; i++)
        if (count == 0 || !sp_str_eq(ids[count - 1], base->rules.items[i].id))
            ids[count++] = base->rules.items[i].id;
    o->b->failed |= ids == NULL;
    sp_json_object(o, "rule");
    sp_json_like(o, "description", "'The id of a rule that must be among the reasons.'");
    if (count > 0)
        sp_json_words(o, "enum", ids, count);
    sp_json_end(o);
    sp_arena_free(&arena);
}

static void add_expectations(sp_json_out *o, const sp_rulebase *base)
{
    sp_json_like(o, "state", "{'enum': ['holds', 'fails', 'open', 'contested']}");
    add_rule_ids(o, base);
    sp_json_like(
        o, "expectation",
        "{'anyOf': [{'$ref': '#/$defs/state'}, {'type': 'object', 'properties': {'is': {'$ref': "
        "'#/$defs/state'}, 'rules': {'anyOf': [{'$ref': '#/$defs/rule'}, {'type': 'array', 'items': "
        "{'$ref': '#/$defs/rule'}}]}}, 'required': ['is'], 'additionalProperties': false}]}");
    sp_json_object(o, "expectations");
    sp_json_like(o, "type", "'object'");
    sp_json_like(o, "additionalProperties", "false");
    sp_json_object(o, "patternProperties");
    add_criteria_pattern(o, &base->vocab, false);
    add_criteria_pattern(o, &base->vocab, true);
    sp_json_end(o);
    sp_json_end(o);
}

static void add_expect_under(sp_json_out *o, const sp_rulebase *base)
{
    sp_json_object(o, "expect_under");
    sp_json_like(o, "description", "'What the rules must say under other readings.'");
    sp_json_like(o, "type", "'object'");
    sp_json_like(o, "additionalProperties", "false");
    sp_json_object(o, "properties");
    for (size_t i = 0; i < base->readings.len; i++) {
        sp_json_key(o, base->readings.items[i].id);
        sp_json_object(o, NULL);
        sp_json_text(o, "title", base->readings.items[i].title);
        sp_json_like(o, "$ref", "'#/$defs/expectations'");
        sp_json_end(o);
    }
    sp_json_end(o);
    sp_json_end(o);
}

/* The same case with other facts, and what is expected of that. */
static void add_what_if(sp_json_out *o, const sp_rulebase *base)
{
    sp_json_object(o, "what_if");
    sp_json_like(o, "description",
                 "'The same case with some facts otherwise, and what the rules must say then.'");
    sp_json_like(o, "type", "'array'");
    sp_json_object(o, "items");
    sp_json_like(o, "type", "'object'");
    sp_json_like(o, "additionalProperties", "false");
    sp_json_like(o, "required", "['set']");
    sp_json_object(o, "properties");
    sp_json_like(o, "note", "{'description': 'For readers.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "set", "{'description': 'Facts by address: kim.departed: 2011-02.', 'type': 'object'}");
    sp_json_like(o, "expect", "{'$ref': '#/$defs/expectations'}");
    add_expect_under(o, base);
    sp_json_end(o);
    sp_json_end(o);
    sp_json_end(o);
}

void sp_schema_case(sp_json_out *o, const sp_rulebase *base)
{
    sp_schema_begin(o, "case", "A case file of surplace",
                    "The facts of one hypothetical file. A fact that is not stated is open.");
    sp_json_like(o, "title", "{'description': 'For readers.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "note", "{'description': 'For readers.', '$ref': '#/$defs/text'}");
    add_facts(o, &base->vocab, SP_CASE_ENTITY);
    add_collections(o, &base->vocab);
    sp_json_like(o, "expect",
                 "{'description': 'What the rules must say: kim.refugee: holds.', '$ref': "
                 "'#/$defs/expectations'}");
    add_expect_under(o, base);
    add_what_if(o, base);
    sp_json_end(o);
    sp_json_like(o, "required", "['surplace']");
    sp_json_object(o, "$defs");
    add_definitions(o, base, false);
    add_expectations(o, base);
    sp_json_end(o);
    sp_json_end(o);
}

void sp_schema_world(sp_json_out *o, const sp_rulebase *base)
{
    sp_schema_begin(o, "world", "A world file of surplace",
                    "What the rule base knows of the world. A case overrides a fact by stating it.");
    sp_json_like(o, "title", "{'$ref': '#/$defs/text'}");
    sp_json_like(o, "note", "{'$ref': '#/$defs/text'}");
    sp_json_like(o, "by",
                 "{'description': 'Who says so, unless a fact says otherwise.', '$ref': '#/$defs/text'}");
    sp_json_like(o, "found",
                 "{'description': 'When that was found, unless a fact says otherwise.', '$ref': "
                 "'#/$defs/found'}");
    add_collections(o, &base->vocab);
    sp_json_end(o);
    sp_json_like(o, "required", "['surplace']");
    sp_json_object(o, "$defs");
    add_definitions(o, base, true);
    sp_json_end(o);
    sp_json_end(o);
}
