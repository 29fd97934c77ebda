/* Vocabulary files: enums, parameters, entities with their facts and criteria. */
#include <stdlib.h>

#include "read/loader.h"
#include "surplace/limits.h"
#include "text/suggest.h"

static const sp_place nowhere = {0};

/* A name that stands as a key: valid, and not yet taken in `table` (then `first` is where). */
static bool new_name(sp_loader *loader, const sp_yaml_tree *tree, uint32_t key, const char *what,
                     bool taken, sp_place first)
{
    sp_str name = sp_yaml_text(tree, key);
    if (!sp_name_valid(name)) {
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_BAD_NAME, sp_yaml_place(tree, key),
                     "'%.*s' cannot name %s: use lower-case letters, digits and underscores", SP_STR(name),
                     what);
        return false;
    }
    if (taken) {
        sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_DUPLICATE, sp_yaml_place(tree, key),
                                     "'%.*s' is declared twice", SP_STR(name));
        if (first.line > 0)
            sp_diag_second(loader->diags, diag, first, "first declared here");
        return false;
    }
    return true;
}

/* A declaration past a limit; false if there is room. */
static bool past_limit(sp_loader *loader, sp_place place, size_t count, size_t most, const char *what)
{
    if (count < most)
        return false;
    sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_LIMIT, place, "more than %zu %s (limit: %s)", most, what,
                 what);
    return true;
}

static bool is_one_of(sp_str name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (sp_str_eq(name, sp_str_from(words[i])))
            return true;
    return false;
}

/* Words that mean something else where the name would stand. */
static bool refuse_reserved(sp_loader *loader, const sp_yaml_tree *tree, uint32_t key,
                            const char *const *words, size_t count, const char *what)
{
    sp_str name = sp_yaml_text(tree, key);
    if (!is_one_of(name, words, count))
        return false;
    sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_BAD_NAME, sp_yaml_place(tree, key),
                 "'%.*s' is a word of the language and cannot name %s", SP_STR(name), what);
    return true;
}

static const char *const type_words[] = {"yes_no", "number", "date", "text", "reading", "list"};
static const char *const value_words[] = {"unknown", "null"};

static void read_enum_values(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node, sp_enum *e)
{
    const sp_yaml_node *values = &tree->nodes[node];
    bool mapping = values->kind == SP_YAML_MAP;
    for (uint32_t n = node + 1; n < values->next; n = tree->nodes[mapping ? n + 1 : n].next) {
        if (tree->nodes[n].kind != SP_YAML_SCALAR ||
            (mapping && tree->nodes[n + 1].kind != SP_YAML_SCALAR)) {
            sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_WRONG_KIND, sp_yaml_place(tree, n),
                         "a value of an enum is a name, with a title beside it");
            continue;
        }
        sp_str value = sp_yaml_text(tree, n);
        if (past_limit(loader, sp_yaml_place(tree, n), e->count, SURPLACE_MAX_ENUM_VALUES, "enum values"))
            return;
        if (!refuse_reserved(loader, tree, n, value_words, sizeof value_words / sizeof *value_words,
                             "a value") &&
            new_name(loader, tree, n, "a value", sp_enum_find(e, value) != SP_NONE, e->place))
            e->values[e->count++] = (sp_enum_value){value, mapping ? sp_yaml_text(tree, n + 1) : SP_EMPTY};
    }
}

static void read_enum(sp_loader *loader, const sp_yaml_tree *tree, uint32_t key)
{
    sp_vocab *vocab = &loader->base->vocab;
    enum { TITLE, ORDERED, VALUES, NOTE, LINT, COUNT };
    sp_field f[COUNT] = {[TITLE] = {"title", SP_FIELD_TEXT, false, 0},
                         [ORDERED] = {"ordered", SP_FIELD_TEXT, false, 0},
                         [VALUES] = {"values", SP_FIELD_ANY, true, 0},
                         [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
                         [LINT] = {"lint", SP_FIELD_MAP, false, 0}};
    sp_str name = sp_yaml_text(tree, key);
    uint32_t known = sp_intern_find(&vocab->enum_names, name);
    if (refuse_reserved(loader, tree, key, type_words, sizeof type_words / sizeof *type_words, "an enum") ||
        !new_name(loader, tree, key, "an enum", known != SP_NONE,
                  known != SP_NONE ? vocab->enums.items[known].place : nowhere) ||
        !sp_fields_read(tree, key + 1, "an enum", f, COUNT, loader->diags))
        return;
    sp_enum e = {.name = name,
                 .title = sp_field_text(tree, &f[TITLE]),
                 .ordered = sp_field_flag(tree, &f[ORDERED], false, loader->diags),
                 .place = sp_yaml_place(tree, key)};
    sp_read_accepted(loader, tree, &f[LINT], e.place);
    const sp_yaml_node *values = &tree->nodes[f[VALUES].node];
    if (values->kind == SP_YAML_SCALAR || values->len == 0) {
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_WRONG_KIND, sp_yaml_place(tree, f[VALUES].node),
                     "'values' must be a list of names or a mapping of names to titles, and not empty");
        return;
    }
    e.values = SP_NEW_ARRAY(&vocab->arena, sp_enum_value, values->len);
    if (e.values == NULL) {
        loader->diags->failed = true;
        return;
    }
    read_enum_values(loader, tree, f[VALUES].node, &e);
    if (!SP_VEC_PUSH_NAMED(&vocab->enums, &vocab->enum_names, name, e))
        loader->diags->failed = true;
}

static bool declare_entity(sp_loader *loader, sp_str name, sp_place place)
{
    sp_vocab *vocab = &loader->base->vocab;
    sp_entity entity = {.name = name,
                        .place = place,
                        .facet_of = SP_NONE,
                        .owner = SP_NONE,
                        .owner_fact = SP_NONE,
                        .label = SP_NONE,
                        .key = SP_NONE};
    if (!SP_VEC_PUSH_NAMED(&vocab->entities, &vocab->entity_names, name, entity)) {
        loader->diags->failed = true;
        return false;
    }
    return true;
}

void sp_read_vocab_names(sp_loader *loader, const sp_yaml_tree *tree)
{
    sp_vocab *vocab = &loader->base->vocab;
    enum { HEADER, TITLE, NOTE, ENUMS, PARAMETERS, ENTITIES, LINT, COUNT };
    sp_field f[COUNT] = {[HEADER] = {"surplace", SP_FIELD_TEXT, true, 0},
                         [TITLE] = {"title", SP_FIELD_TEXT, false, 0},
                         [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
                         [ENUMS] = {"enums", SP_FIELD_MAP, false, 0},
                         [PARAMETERS] = {"parameters", SP_FIELD_MAP, false, 0},
                         [ENTITIES] = {"entities", SP_FIELD_MAP, false, 0},
                         [LINT] = {"lint", SP_FIELD_MAP, false, 0}};
    sp_fields_read(tree, 0, "a vocabulary", f, COUNT, loader->diags);
    sp_read_accepted(loader, tree, &f[LINT], (sp_place){.input = tree->input});
    if (vocab->entities.len == 0)
        declare_entity(loader, SP_LIT("case"), nowhere);
    if (f[ENUMS].node != SP_NONE)
        SP_YAML_EACH_PAIR (tree, key, f[ENUMS].node)
            read_enum(loader, tree, key);
    if (f[ENTITIES].node == SP_NONE)
        return;
    SP_YAML_EACH_PAIR (tree, key, f[ENTITIES].node) {
        sp_str name = sp_yaml_text(tree, key);
        uint32_t known = sp_intern_find(&vocab->entity_names, name);
        bool taken = known != SP_NONE && vocab->entities.items[known].place.line > 0;
        if (past_limit(loader, sp_yaml_place(tree, key), vocab->entities.len, SURPLACE_MAX_ENTITIES,
                       "entities"))
            return;
        if (refuse_reserved(loader, tree, key, type_words, sizeof type_words / sizeof *type_words,
                            "an entity") ||
            !new_name(loader, tree, key, "an entity", taken,
                      known != SP_NONE ? vocab->entities.items[known].place : nowhere))
            continue;
        if (known == SP_NONE)
            declare_entity(loader, name, sp_yaml_place(tree, key));
        else
            vocab->entities.items[known].place = sp_yaml_place(tree, key);
    }
}

bool sp_read_type(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node, sp_type *type)
{
    static const char *const basic[] = {"yes_no", "number", "date", "text"};
    sp_vocab *vocab = &loader->base->vocab;
    sp_str name = sp_str_trim(sp_yaml_text(tree, node));
    *type = (sp_type){0};
    if (sp_str_starts(name, SP_LIT("list of "))) {
        type->list = true;
        name = sp_str_trim((sp_str){name.ptr + 8, name.len - 8});
    }
    for (uint8_t i = 0; i < 4; i++)
        if (sp_str_eq(name, sp_str_from(basic[i]))) {
            type->kind = i;
            if (type->list)
                sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_TYPE, sp_yaml_place(tree, node),
                             "a list holds values of an enum or entities, not '%.*s'", SP_STR(name));
            return !type->list;
        }
    type->index = sp_intern_find(&vocab->enum_names, name);
    type->kind = SP_ENUM;
    if (type->index == SP_NONE) {
        type->kind = SP_ENTITY;
        type->index = sp_intern_find(&vocab->entity_names, name);
    }
    if (type->index != SP_NONE)
        return true;
    sp_suggest suggest;
    sp_suggest_begin_for(&suggest, loader->diags, name);
    for (size_t i = 0; i < 4; i++)
        sp_suggest_offer(&suggest, sp_str_from(basic[i]));
    for (size_t i = 0; i < vocab->enums.len; i++)
        sp_suggest_offer(&suggest, vocab->enums.items[i].name);
    for (size_t i = 0; i < vocab->entities.len; i++)
        sp_suggest_offer(&suggest, vocab->entities.items[i].name);
    sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_TYPE, sp_yaml_place(tree, node),
                                 "no type, enum or entity is named '%.*s'", SP_STR(name));
    if (sp_suggest_best(&suggest).len > 0)
        sp_diag_hint(loader->diags, diag, "did you mean '%.*s'?", SP_STR(sp_suggest_best(&suggest)));
    return false;
}

static sp_place member_place(const sp_vocab *vocab, uint32_t entity, sp_str name)
{
    sp_member m;
    if (!sp_vocab_member(vocab, entity, name, &m))
        return nowhere;
    return m.kind == SP_MEMBER_FACT ? vocab->facts.items[m.index].place
                                    : vocab->criteria.items[m.index].place;
}

static bool add_member(sp_loader *loader, uint32_t entity, sp_str name, sp_member_kind kind, size_t index)
{
    sp_entity *e = &loader->base->vocab.entities.items[entity];
    sp_member member = {.index = (uint32_t)index, .kind = (uint8_t)kind};
    if (!SP_VEC_PUSH_NAMED(&e->members, &e->names, name, member)) {
        loader->diags->failed = true;
        return false;
    }
    return true;
}

static bool add_fact(sp_loader *loader, sp_fact fact)
{
    sp_vocab *vocab = &loader->base->vocab;
    sp_entity *e = &vocab->entities.items[fact.entity];
    size_t index = vocab->facts.len;
    if (past_limit(loader, fact.place, e->columns.len, SURPLACE_MAX_FACTS, "facts"))
        return false;
    if (fact.role == SP_FACT_STATED) {
        fact.column = (uint32_t)e->columns.len;
        if (!SP_VEC_PUSH(&e->columns, (uint32_t)index))
            loader->diags->failed = true;
    }
    if (!SP_VEC_PUSH(&vocab->facts, fact))
        loader->diags->failed = true;
    return !loader->diags->failed && add_member(loader, fact.entity, fact.name, SP_MEMBER_FACT, index);
}

/* A date of the case by which the world must have found a fact: *day is 1 + the fact's index. */
static void read_day(sp_loader *loader, const sp_yaml_tree *tree, const sp_field *field,
                     const sp_fact *fact, uint32_t *day)
{
    sp_vocab *vocab = &loader->base->vocab;
    if (!sp_field_flag(tree, field, false, loader->diags))
        return;
    if (fact->entity != SP_CASE_ENTITY || fact->type.kind != SP_DATE)
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_TYPE_MISMATCH, sp_yaml_place(tree, field->node),
                     "'%s' is for a date of the case itself", field->name);
    else if (*day != 0)
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_DUPLICATE, sp_yaml_place(tree, field->node),
                     "'%s' is said of '%.*s' already", field->name,
                     SP_STR(vocab->facts.items[*day - 1].name));
    else
        *day = (uint32_t)vocab->facts.len + 1;
}

static void read_fact(sp_loader *loader, const sp_yaml_tree *tree, uint32_t key, uint32_t entity)
{
    sp_vocab *vocab = &loader->base->vocab;
    enum { TYPE, TITLE, ASK, NOTE, JUDGMENT, PRIVATE, DAY, UNTIL, IF_OPEN, BURDEN, AUTHORITY, LINT, COUNT };
    sp_field f[COUNT] = {[TYPE] = {"type", SP_FIELD_TEXT, true, 0},
                         [TITLE] = {"title", SP_FIELD_TEXT, false, 0},
                         [ASK] = {"ask", SP_FIELD_TEXT, false, 0},
                         [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
                         [JUDGMENT] = {"judgment", SP_FIELD_TEXT, false, 0},
                         [PRIVATE] = {"private", SP_FIELD_TEXT, false, 0},
                         [DAY] = {"day_of_case", SP_FIELD_TEXT, false, 0},
                         [UNTIL] = {"sources_until", SP_FIELD_TEXT, false, 0},
                         [IF_OPEN] = {"if_open", SP_FIELD_TEXT, false, 0},
                         [BURDEN] = {"burden", SP_FIELD_TEXT, false, 0},
                         [AUTHORITY] = {"authority", SP_FIELD_NAMES, false, 0},
                         [LINT] = {"lint", SP_FIELD_MAP, false, 0}};
    /* keys of every entry, and of the top of a case file */
    static const char *const entry_words[] = {"id"};
    static const char *const case_words[] = {"id",     "surplace",     "title",  "note",
                                             "expect", "expect_under", "what_if"};
    if (entity == SP_CASE_ENTITY ? refuse_reserved(loader, tree, key, case_words, 7, "a fact of the case")
                                 : refuse_reserved(loader, tree, key, entry_words, 1, "a fact"))
        return;
    sp_str name = sp_yaml_text(tree, key);
    sp_fact fact = {.name = name, .entity = entity, .place = sp_yaml_place(tree, key)};
    sp_place first = member_place(vocab, entity, name);
    if (!new_name(loader, tree, key, "a fact", first.line > 0, first) ||
        !sp_fields_read(tree, key + 1, "a fact", f, COUNT, loader->diags) ||
        !sp_read_type(loader, tree, f[TYPE].node, &fact.type))
        return;
    sp_read_accepted(loader, tree, &f[LINT], fact.place);
    fact.title = sp_field_text(tree, &f[TITLE]);
    fact.ask = sp_field_text(tree, &f[ASK]);
    fact.note = sp_field_text(tree, &f[NOTE]);
    fact.judgment = sp_field_flag(tree, &f[JUDGMENT], false, loader->diags);
    fact.private_ = sp_field_flag(tree, &f[PRIVATE], false, loader->diags);
    fact.presumption = sp_read_presumption(loader, tree, key + 1, &f[IF_OPEN], &f[BURDEN], &f[AUTHORITY]);
    if (fact.presumption.if_open != SP_OPEN && (fact.type.kind != SP_YES_NO || fact.type.list))
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_PRESUMPTION, sp_yaml_place(tree, f[IF_OPEN].node),
                     "only a yes_no fact or a criterion can be presumed");
    read_day(loader, tree, &f[DAY], &fact, &vocab->day_of_case);
    read_day(loader, tree, &f[UNTIL], &fact, &vocab->sources_until);
    add_fact(loader, fact);
}

static void unknown_entity(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node)
{
    const sp_vocab *vocab = &loader->base->vocab;
    sp_str name = sp_str_trim(sp_yaml_text(tree, node));
    sp_suggest suggest;
    sp_suggest_begin_for(&suggest, loader->diags, name);
    for (size_t i = 0; i < vocab->entities.len; i++)
        sp_suggest_offer(&suggest, vocab->entities.items[i].name);
    sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_TYPE, sp_yaml_place(tree, node),
                                 "no entity is named '%.*s'", SP_STR(name));
    if (sp_suggest_best(&suggest).len > 0)
        sp_diag_hint(loader->diags, diag, "did you mean '%.*s'?", SP_STR(sp_suggest_best(&suggest)));
}

/* The second entity of a pair and the variable for it, which must differ from that of the first. */
static void read_with(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node, sp_criterion *criterion)
{
    sp_vocab *vocab = &loader->base->vocab;
    uint32_t name_node = node, entity_node = node;
    if (tree->nodes[node].kind == SP_YAML_MAP && tree->nodes[node].len == 1) {
        name_node = node + 1;
        entity_node = node + 2;
    }
    if (tree->nodes[entity_node].kind == SP_YAML_SCALAR) {
        criterion->with = sp_intern_find(&vocab->entity_names, sp_yaml_text(tree, entity_node));
        criterion->with_name = sp_yaml_text(tree, name_node);
    }
    if (criterion->with == SP_NONE && tree->nodes[entity_node].kind == SP_YAML_SCALAR) {
        unknown_entity(loader, tree, entity_node);
        return;
    }
    if (criterion->with == SP_NONE || criterion->with == SP_CASE_ENTITY) {
        criterion->with = SP_NONE;
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_TYPE, sp_yaml_place(tree, node),
                     "'with' names an entity, as in `with: state` or `with: {other: state}`");
        return;
    }
    sp_str name = criterion->with_name;
    if (!sp_name_valid(name) || sp_str_eq(name, vocab->entities.items[criterion->entity].name) ||
        sp_str_eq(name, SP_LIT("case")) || sp_str_eq(name, SP_LIT("reading"))) {
        sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_BAD_NAME,
                                     sp_yaml_place(tree, name_node),
                                     "'%.*s' cannot name the second entity of this pair", SP_STR(name));
        sp_diag_hint(loader->diags, diag, "give it a name of its own, as in `with: {other: state}`");
    }
}

static void read_criterion(sp_loader *loader, const sp_yaml_tree *tree, uint32_t key, uint32_t entity)
{
    sp_vocab *vocab = &loader->base->vocab;
    enum { TITLE, HOLDS, FAILS, NOTE, HEADLINE, WITH, IF_OPEN, BURDEN, AUTHORITY, LINT, COUNT };
    sp_field f[COUNT] = {[TITLE] = {"title", SP_FIELD_TEXT, true, 0},
                         [HOLDS] = {"holds", SP_FIELD_TEXT, false, 0},
                         [FAILS] = {"fails", SP_FIELD_TEXT, false, 0},
                         [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
                         [HEADLINE] = {"headline", SP_FIELD_TEXT, false, 0},
                         [WITH] = {"with", SP_FIELD_ANY, false, 0},
                         [IF_OPEN] = {"if_open", SP_FIELD_TEXT, false, 0},
                         [BURDEN] = {"burden", SP_FIELD_TEXT, false, 0},
                         [AUTHORITY] = {"authority", SP_FIELD_NAMES, false, 0},
                         [LINT] = {"lint", SP_FIELD_MAP, false, 0}};
    sp_str name = sp_yaml_text(tree, key);
    sp_place first = member_place(vocab, entity, name);
    if (!new_name(loader, tree, key, "a criterion", first.line > 0, first) ||
        !sp_fields_read(tree, key + 1, "a criterion", f, COUNT, loader->diags))
        return;
    sp_criterion criterion = {.name = name,
                              .entity = entity,
                              .with = SP_NONE,
                              .place = sp_yaml_place(tree, key),
                              .title = sp_field_text(tree, &f[TITLE]),
                              .holds = sp_field_text(tree, &f[HOLDS]),
                              .fails = sp_field_text(tree, &f[FAILS]),
                              .note = sp_field_text(tree, &f[NOTE]),
                              .headline = sp_field_flag(tree, &f[HEADLINE], false, loader->diags)};
    sp_read_accepted(loader, tree, &f[LINT], criterion.place);
    if (f[WITH].node != SP_NONE)
        read_with(loader, tree, f[WITH].node, &criterion);
    criterion.presumption = sp_read_presumption(loader, tree, key + 1, &f[IF_OPEN], &f[BURDEN],
                                                &f[AUTHORITY]);
    size_t index = vocab->criteria.len;
    if (!SP_VEC_PUSH(&vocab->criteria, criterion))
        loader->diags->failed = true;
    else
        add_member(loader, entity, name, SP_MEMBER_CRITERION, index);
}

static void read_collection_name(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node, uint32_t index)
{
    static const char *const taken[] = {"case", "surplace", "title",        "note",
                                        "by",   "expect",   "expect_under", "what_if"};
    sp_vocab *vocab = &loader->base->vocab;
    sp_entity *entity = &vocab->entities.items[index];
    if (index == SP_CASE_ENTITY || !sp_name_valid(entity->collection) ||
        is_one_of(entity->collection, taken, sizeof taken / sizeof *taken) ||
        sp_intern_find(&vocab->collection_names, entity->collection) != SP_NONE) {
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_BAD_NAME, sp_yaml_place(tree, node),
                     "'%.*s' cannot name the collection of '%.*s'", SP_STR(entity->collection),
                     SP_STR(entity->name));
        entity->collection = SP_EMPTY;
    } else if (!SP_VEC_PUSH_NAMED(&vocab->collection_entities, &vocab->collection_names, entity->collection,
                                  index)) {
        loader->diags->failed = true;
    }
}

/* `label` and `key` name a fact of the entity, by which reports call its rows. */
static uint32_t read_naming_fact(sp_loader *loader, const sp_yaml_tree *tree, const sp_field *field,
                                 uint32_t index, bool text)
{
    sp_vocab *vocab = &loader->base->vocab;
    sp_member member;
    if (field->node == SP_NONE)
        return SP_NONE;
    sp_str name = sp_field_text(tree, field);
    if (!sp_vocab_member(vocab, index, name, &member) || member.kind != SP_MEMBER_FACT) {
        sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_FACT,
                                     sp_yaml_place(tree, field->node),
                                     "'%s' names a fact of '%.*s', and '%.*s' is none", field->name,
                                     SP_STR(vocab->entities.items[index].name), SP_STR(name));
        sp_str nearest = sp_vocab_nearest(vocab, index, name, loader->diags);
        if (nearest.len > 0)
            sp_diag_hint(loader->diags, diag, "did you mean '%.*s'?", SP_STR(nearest));
        return SP_NONE;
    }
    sp_type type = vocab->facts.items[member.index].type;
    if (type.list || (text && type.kind != SP_TEXT)) {
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_TYPE_MISMATCH, sp_yaml_place(tree, field->node),
                     "'%s' must name a fact that is %s", field->name, text ? "a text" : "no list");
        return SP_NONE;
    }
    return member.index;
}

static void read_entity(sp_loader *loader, const sp_yaml_tree *tree, uint32_t key, uint32_t index)
{
    sp_vocab *vocab = &loader->base->vocab;
    enum { TITLE, NOTE, COLLECTION, KIND, FACET_OF, LABEL, KEY, FACTS, CRITERIA, COUNT };
    sp_field f[COUNT] = {[TITLE] = {"title", SP_FIELD_TEXT, false, 0},
                         [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
                         [COLLECTION] = {"collection", SP_FIELD_TEXT, false, 0},
                         [KIND] = {"kind", SP_FIELD_TEXT, false, 0},
                         [FACET_OF] = {"facet_of", SP_FIELD_TEXT, false, 0},
                         [LABEL] = {"label", SP_FIELD_TEXT, false, 0},
                         [KEY] = {"key", SP_FIELD_TEXT, false, 0},
                         [FACTS] = {"facts", SP_FIELD_MAP, false, 0},
                         [CRITERIA] = {"criteria", SP_FIELD_MAP, false, 0}};
    static const char *const kinds[] = {"law", "explanation"};
    sp_fields_read(tree, key + 1, "an entity", f, COUNT, loader->diags);
    sp_entity *entity = &vocab->entities.items[index];
    entity->title = sp_field_text(tree, &f[TITLE]);
    entity->note = sp_field_text(tree, &f[NOTE]);
    entity->collection = sp_field_text(tree, &f[COLLECTION]);
    entity->explanation = sp_field_word(tree, &f[KIND], kinds, 2, loader->diags) == 1;
    if (entity->collection.len > 0)
        read_collection_name(loader, tree, f[COLLECTION].node, index);
    if (f[FACET_OF].node != SP_NONE) {
        entity->facet_of = sp_intern_find(&vocab->entity_names, sp_field_text(tree, &f[FACET_OF]));
        if (entity->facet_of == SP_NONE) {
            unknown_entity(loader, tree, f[FACET_OF].node);
        } else if (entity->facet_of == index || entity->collection.len == 0) {
            sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_TYPE,
                         sp_yaml_place(tree, f[FACET_OF].node),
                         "a facet names another entity and has a collection of its own");
            entity->facet_of = SP_NONE;
        }
    }
    if (f[FACTS].node != SP_NONE)
        SP_YAML_EACH_PAIR (tree, fact, f[FACTS].node)
            read_fact(loader, tree, fact, index);
    if (f[CRITERIA].node != SP_NONE)
        SP_YAML_EACH_PAIR (tree, criterion, f[CRITERIA].node)
            read_criterion(loader, tree, criterion, index);
    vocab->entities.items[index].label = read_naming_fact(loader, tree, &f[LABEL], index, true);
    vocab->entities.items[index].key = read_naming_fact(loader, tree, &f[KEY], index, false);
}

static void read_parameter(sp_loader *loader, const sp_yaml_tree *tree, uint32_t key);

void sp_read_vocab_members(sp_loader *loader, const sp_yaml_tree *tree)
{
    sp_vocab *vocab = &loader->base->vocab;
    uint32_t parameters = sp_yaml_get(tree, 0, SP_LIT("parameters"));
    uint32_t entities = sp_yaml_get(tree, 0, SP_LIT("entities"));
    if (parameters != SP_NONE && tree->nodes[parameters].kind == SP_YAML_MAP)
        SP_YAML_EACH_PAIR (tree, key, parameters)
            read_parameter(loader, tree, key);
    if (entities == SP_NONE || tree->nodes[entities].kind != SP_YAML_MAP)
        return;
    SP_YAML_EACH_PAIR (tree, key, entities) {
        uint32_t index = sp_intern_find(&vocab->entity_names, sp_yaml_text(tree, key));
        sp_place here = sp_yaml_place(tree, key);
        /* an entity declared twice was reported; its second body is left out */
        if (index != SP_NONE && vocab->entities.items[index].place.input == here.input &&
            vocab->entities.items[index].place.line == here.line)
            read_entity(loader, tree, key, index);
    }
}

static void read_parameter(sp_loader *loader, const sp_yaml_tree *tree, uint32_t key)
{
    sp_vocab *vocab = &loader->base->vocab;
    enum { TITLE, TYPE, DEFAULT, NOTE, LINT, COUNT };
    sp_field f[COUNT] = {[TITLE] = {"title", SP_FIELD_TEXT, false, 0},
                         [TYPE] = {"type", SP_FIELD_TEXT, true, 0},
                         [DEFAULT] = {"default", SP_FIELD_TEXT, true, 0},
                         [NOTE] = {"note", SP_FIELD_TEXT, false, 0},
                         [LINT] = {"lint", SP_FIELD_MAP, false, 0}};
    sp_str name = sp_yaml_text(tree, key);
    uint32_t known = sp_intern_find(&vocab->parameter_names, name);
    sp_parameter p = {.name = name, .place = sp_yaml_place(tree, key)};
    if (past_limit(loader, p.place, vocab->parameters.len, SURPLACE_MAX_PARAMETERS, "parameters"))
        return;
    if (!new_name(loader, tree, key, "a parameter", known != SP_NONE,
                  known != SP_NONE ? vocab->parameters.items[known].place : nowhere) ||
        !sp_fields_read(tree, key + 1, "a parameter", f, COUNT, loader->diags) ||
        !sp_read_type(loader, tree, f[TYPE].node, &p.type))
        return;
    if (p.type.list || (p.type.kind != SP_ENUM && p.type.kind != SP_YES_NO && p.type.kind != SP_NUMBER)) {
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_TYPE, sp_yaml_place(tree, f[TYPE].node),
                     "a parameter is an enum, yes_no or a number");
        return;
    }
    sp_read_accepted(loader, tree, &f[LINT], p.place);
    p.title = sp_field_text(tree, &f[TITLE]);
    p.note = sp_field_text(tree, &f[NOTE]);
    p.has_default = sp_read_setting_value(loader, tree, f[DEFAULT].node, p.type, &p.value);
    if (!SP_VEC_PUSH_NAMED(&vocab->parameters, &vocab->parameter_names, name, p))
        loader->diags->failed = true;
}

bool sp_read_setting_value(sp_loader *loader, const sp_yaml_tree *tree, uint32_t node, sp_type type,
                           sp_value *value)
{
    sp_vocab *vocab = &loader->base->vocab;
    sp_str text = sp_str_trim(sp_yaml_text(tree, node));
    bool yes;
    *value = (sp_value){0};
    switch ((sp_type_kind)type.kind) {
    case SP_YES_NO:
        if (sp_yaml_yes_no(tree, node, &yes)) {
            value->index = yes;
            return true;
        }
        break;
    case SP_NUMBER:
        if (sp_number_parse(text, &value->number))
            return true;
        break;
    case SP_ENUM: {
        const sp_enum *e = &vocab->enums.items[type.index];
        value->index = sp_enum_find(e, text);
        if (value->index != SP_NONE)
            return true;
        sp_suggest suggest;
        sp_suggest_begin_for(&suggest, loader->diags, text);
        for (uint32_t i = 0; i < e->count; i++)
            sp_suggest_offer(&suggest, e->values[i].name);
        sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_BAD_VALUE, sp_yaml_place(tree, node),
                                     "'%.*s' is not a value of '%.*s'", SP_STR(text), SP_STR(e->name));
        if (sp_suggest_best(&suggest).len > 0)
            sp_diag_hint(loader->diags, diag, "did you mean '%.*s'?", SP_STR(sp_suggest_best(&suggest)));
        return false;
    }
    default:
        break;
    }
    sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_BAD_VALUE, sp_yaml_place(tree, node), "'%.*s' is %s",
                 SP_STR(text),
                 type.kind == SP_YES_NO ? "neither yes nor no" : "no number such as 7 or 2.5");
    return false;
}

/* An owned entity belongs to the one list fact of its type. */
static void find_owners(sp_loader *loader)
{
    sp_vocab *vocab = &loader->base->vocab;
    for (uint32_t i = 0; i < vocab->facts.len; i++) {
        sp_fact *fact = &vocab->facts.items[i];
        if (fact->type.kind != SP_ENTITY || fact->role != SP_FACT_STATED)
            continue;
        sp_entity *target = &vocab->entities.items[fact->type.index];
        if (fact->type.index == SP_CASE_ENTITY || target->facet_of != SP_NONE) {
            sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_TYPE, fact->place,
                         "no fact can refer to '%.*s'", SP_STR(target->name));
            continue;
        }
        if (target->collection.len > 0)
            continue;
        if (!fact->type.list) {
            sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_TYPE, fact->place,
                         "'%.*s' has no collection, so it stands only in a list that owns it",
                         SP_STR(target->name));
        } else if (target->owner_fact != SP_NONE) {
            sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_DUPLICATE, fact->place,
                                         "'%.*s' is owned by two lists", SP_STR(target->name));
            sp_diag_second(loader->diags, diag, vocab->facts.items[target->owner_fact].place,
                           "the first one");
        } else {
            target->owner = fact->entity;
            target->owner_fact = i;
        }
    }
}

static void add_link(sp_loader *loader, uint32_t entity, sp_str name, sp_fact_role role, sp_type type)
{
    sp_vocab *vocab = &loader->base->vocab;
    sp_place taken = member_place(vocab, entity, name);
    if (taken.line > 0) {
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_DUPLICATE, taken,
                     "'%.*s' of '%.*s' is built in and cannot be declared", SP_STR(name),
                     SP_STR(vocab->entities.items[entity].name));
        return;
    }
    sp_fact fact = {.name = name, .role = role, .type = type, .entity = entity};
    add_fact(loader, fact);
}

/* A facet stands beside the rows of an entity that has rows by id. */
static void check_facets(sp_loader *loader)
{
    sp_vocab *vocab = &loader->base->vocab;
    for (uint32_t e = 0; e < vocab->entities.len; e++) {
        sp_entity *entity = &vocab->entities.items[e];
        if (entity->facet_of == SP_NONE)
            continue;
        const sp_entity *base = &vocab->entities.items[entity->facet_of];
        if (base->collection.len > 0 && base->facet_of == SP_NONE)
            continue;
        sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_TYPE, entity->place,
                     "'%.*s' can be a facet only of an entity with a collection that is no facet itself",
                     SP_STR(entity->name));
    }
}

/* An enum and an entity of one name could not be told apart as types. */
static void check_type_names(sp_loader *loader)
{
    sp_vocab *vocab = &loader->base->vocab;
    for (size_t i = 0; i < vocab->enums.len; i++) {
        const sp_enum *e = &vocab->enums.items[i];
        uint32_t entity = sp_intern_find(&vocab->entity_names, e->name);
        if (entity == SP_NONE)
            continue;
        sp_diag *diag = sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_DUPLICATE, e->place,
                                     "'%.*s' names both an enum and an entity", SP_STR(e->name));
        if (vocab->entities.items[entity].place.line > 0)
            sp_diag_second(loader->diags, diag, vocab->entities.items[entity].place, "the entity");
    }
}

/* Owners must lead to an entity with a collection, or rows could never be written. */
static void check_ownership(sp_loader *loader)
{
    sp_vocab *vocab = &loader->base->vocab;
    for (uint32_t e = 1; e < vocab->entities.len; e++) {
        const sp_entity *entity = &vocab->entities.items[e];
        if (entity->collection.len > 0)
            continue;
        uint32_t at = e;
        for (size_t hops = 0; hops <= vocab->entities.len && at != SP_NONE && at != SP_CASE_ENTITY &&
                              vocab->entities.items[at].collection.len == 0;
             hops++)
            at = hops == vocab->entities.len ? SP_NONE : vocab->entities.items[at].owner;
        if (at == SP_NONE)
            sp_diags_add(loader->diags, SP_ERROR, SP_DIAG_UNKNOWN_TYPE, entity->place,
                         "'%.*s' has no collection and no list owns it", SP_STR(entity->name));
    }
}

void sp_finish_vocab(sp_loader *loader)
{
    sp_vocab *vocab = &loader->base->vocab;
    check_type_names(loader);
    check_facets(loader);
    find_owners(loader);
    check_ownership(loader);
    sp_type to_case = {.kind = SP_ENTITY, .index = SP_CASE_ENTITY};
    uint32_t count = (uint32_t)vocab->entities.len;
    for (uint32_t e = 1; e < count; e++) {
        const sp_entity *entity = &vocab->entities.items[e];
        uint32_t up = entity->facet_of != SP_NONE ? entity->facet_of : entity->owner;
        if (up != SP_NONE && up != SP_CASE_ENTITY)
            add_link(loader, e, vocab->entities.items[up].name,
                     entity->facet_of != SP_NONE ? SP_FACT_BASE : SP_FACT_OWNER,
                     (sp_type){.kind = SP_ENTITY, .index = up});
        add_link(loader, e, SP_LIT("case"), SP_FACT_CASE, to_case);
        if (entity->collection.len > 0)
            add_link(loader, SP_CASE_ENTITY, entity->collection, SP_FACT_COLLECTION,
                     (sp_type){.kind = SP_ENTITY, .list = true, .index = e});
    }
}
