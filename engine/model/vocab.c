#include "model/vocab.h"

#include <stdlib.h>

#include "text/suggest.h"

void sp_vocab_free(sp_vocab *vocab)
{
    for (size_t i = 0; i < vocab->entities.len; i++) {
        sp_entity *entity = &vocab->entities.items[i];
        sp_intern_free(&entity->names);
        SP_VEC_FREE(&entity->members);
        SP_VEC_FREE(&entity->columns);
    }
    SP_VEC_FREE(&vocab->enums);
    SP_VEC_FREE(&vocab->entities);
    SP_VEC_FREE(&vocab->facts);
    SP_VEC_FREE(&vocab->criteria);
    SP_VEC_FREE(&vocab->parameters);
    SP_VEC_FREE(&vocab->collection_entities);
    sp_intern_free(&vocab->enum_names);
    sp_intern_free(&vocab->entity_names);
    sp_intern_free(&vocab->parameter_names);
    sp_intern_free(&vocab->collection_names);
    sp_arena_free(&vocab->arena);
}

bool sp_vocab_member(const sp_vocab *vocab, uint32_t entity, sp_str name, sp_member *member)
{
    const sp_entity *e = &vocab->entities.items[entity];
    uint32_t number = sp_intern_find(&e->names, name);
    if (number == SP_NONE || number >= e->members.len)
        return false;
    *member = e->members.items[number];
    return true;
}

bool sp_vocab_member_or_facet(const sp_vocab *vocab, uint32_t *entity, sp_str name, sp_member *member)
{
    if (sp_vocab_member(vocab, *entity, name, member))
        return true;
    for (uint32_t e = 0; e < vocab->entities.len; e++) {
        if (vocab->entities.items[e].facet_of == *entity && sp_vocab_member(vocab, e, name, member)) {
            *entity = e;
            return true;
        }
    }
    return false;
}

sp_str sp_vocab_nearest(const sp_vocab *vocab, uint32_t entity, sp_str name, sp_diags *diags)
{
    const sp_entity *e = &vocab->entities.items[entity];
    sp_suggest suggest;
    sp_suggest_begin_for(&suggest, diags, name);
    for (size_t i = 0; i < e->members.len && !sp_suggest_over(diags); i++) {
        const sp_member *m = &e->members.items[i];
        sp_suggest_offer(&suggest, m->kind == SP_MEMBER_FACT ? vocab->facts.items[m->index].name
                                                             : vocab->criteria.items[m->index].name);
    }
    return sp_suggest_best(&suggest);
}

uint32_t sp_enum_find(const sp_enum *e, sp_str name)
{
    for (uint32_t i = 0; i < e->count; i++)
        if (sp_str_eq(e->values[i].name, name))
            return i;
    return SP_NONE;
}

void sp_type_add(sp_buf *b, const sp_vocab *vocab, sp_type type)
{
    if (type.list)
        sp_buf_add_cstr(b, "list of ");
    switch ((sp_type_kind)type.kind) {
    case SP_YES_NO:
        sp_buf_add_cstr(b, "yes_no");
        break;
    case SP_NUMBER:
        sp_buf_add_cstr(b, "number");
        break;
    case SP_DATE:
        sp_buf_add_cstr(b, "date");
        break;
    case SP_TEXT:
        sp_buf_add_cstr(b, "text");
        break;
    case SP_ENUM:
        sp_buf_add(b, vocab->enums.items[type.index].name);
        break;
    case SP_ENTITY:
        sp_buf_add(b, vocab->entities.items[type.index].name);
        break;
    }
}

bool sp_type_same(sp_type a, sp_type b)
{
    return a.kind == b.kind && a.list == b.list &&
           ((a.kind != SP_ENUM && a.kind != SP_ENTITY) || a.index == b.index);
}

void sp_fact_title_add(sp_buf *b, const sp_fact *fact)
{
    if (fact->title.len > 0) {
        sp_buf_add(b, fact->title);
        return;
    }
    for (size_t i = 0; i < fact->name.len; i++)
        sp_buf_add_char(b, fact->name.ptr[i] == '_' ? ' ' : fact->name.ptr[i]);
}

bool sp_name_valid(sp_str name)
{
    if (name.len == 0 || name.len > 80 || name.ptr[0] < 'a' || name.ptr[0] > 'z')
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
            return false;
    }
    return true;
}
