#include "lint/sketch.h"

bool sp_sketch_begin(sp_sketch *s, const sp_rulebase *base)
{
    *s = (sp_sketch){.base = base};
    s->failed = !SP_VEC_PUSH(&s->rows, (sp_sketch_row){SP_CASE_ENTITY, SP_NONE, SP_LIT("case"), true});
    return !s->failed;
}

void sp_sketch_free(sp_sketch *s)
{
    SP_VEC_FREE(&s->rows);
    SP_VEC_FREE(&s->values);
    sp_arena_free(&s->arena);
    *s = (sp_sketch){0};
}

static const sp_entity *entity_at(const sp_sketch *s, uint32_t entity)
{
    return &s->base->vocab.entities.items[entity];
}

static uint32_t add_row(sp_sketch *s, uint32_t entity, uint32_t owner, sp_str id)
{
    s->failed |= s->arena.failed || !SP_VEC_PUSH(&s->rows, (sp_sketch_row){entity, owner, id, true});
    return (uint32_t)s->rows.len - 1;
}

uint32_t sp_sketch_add(sp_sketch *s, uint32_t entity, uint32_t owner)
{
    const sp_entity *e = entity_at(s, entity);
    size_t number = 1;
    if (entity == SP_CASE_ENTITY)
        return 0;
    if (e->facet_of != SP_NONE) {
        uint32_t base = owner != SP_NONE ? owner : sp_sketch_any(s, e->facet_of);
        return add_row(s, entity, base, s->rows.items[base].id);
    }
    if (e->collection.len == 0 && owner == SP_NONE)
        owner = e->owner == SP_NONE ? SP_NONE : sp_sketch_add(s, e->owner, SP_NONE);
    for (size_t i = 0; i < s->rows.len; i++)
        number += s->rows.items[i].entity == entity;
    return add_row(s, entity, owner, sp_arena_printf(&s->arena, "%.*s%zu", SP_STR(e->name), number));
}

uint32_t sp_sketch_named(sp_sketch *s, uint32_t entity, sp_str id)
{
    for (uint32_t i = 0; i < s->rows.len; i++)
        if (s->rows.items[i].entity == entity && sp_str_eq(s->rows.items[i].id, id))
            return i;
    uint32_t row = add_row(s, entity, SP_NONE, id);
    const sp_intern *known = s->base->world.ids != NULL ? &s->base->world.ids[entity] : NULL;
    s->rows.items[row].printed = known == NULL || sp_intern_find(known, id) == SP_NONE;
    return row;
}

uint32_t sp_sketch_any(sp_sketch *s, uint32_t entity)
{
    for (uint32_t i = 0; i < s->rows.len; i++)
        if (s->rows.items[i].entity == entity)
            return i;
    return sp_sketch_add(s, entity, SP_NONE);
}

const sp_sketch_value *sp_sketch_value_of(const sp_sketch *s, uint32_t row, uint32_t fact)
{
    for (size_t i = 0; i < s->values.len; i++)
        if (s->values.items[i].row == row && s->values.items[i].fact == fact)
            return &s->values.items[i];
    return NULL;
}

void sp_sketch_state(sp_sketch *s, uint32_t row, uint32_t fact, sp_str text)
{
    bool list = s->base->vocab.facts.items[fact].type.list;
    s->rows.items[row].printed = true;
    for (size_t i = 0; i < s->values.len; i++) {
        const sp_sketch_value *v = &s->values.items[i];
        if (v->row != row || v->fact != fact)
            continue;
        if (sp_str_eq(v->text, text) || (list && text.len == 0))
            return;
        s->stuck |= !list;
    }
    s->failed |= !SP_VEC_PUSH(&s->values, (sp_sketch_value){row, fact, text});
}

uint32_t sp_sketch_follow(sp_sketch *s, uint32_t row, uint32_t fact)
{
    const sp_fact *f = &s->base->vocab.facts.items[fact];
    const sp_sketch_value *known = sp_sketch_value_of(s, row, fact);
    switch (f->role) {
    case SP_FACT_CASE:
        return 0;
    case SP_FACT_OWNER:
    case SP_FACT_BASE:
        s->stuck |= s->rows.items[row].owner == SP_NONE;
        return s->stuck ? 0 : s->rows.items[row].owner;
    default:
        break;
    }
    if (f->type.kind != SP_ENTITY || f->type.list) {
        s->stuck = true;
        return 0;
    }
    if (known != NULL)
        return sp_sketch_named(s, f->type.index, known->text);
    uint32_t target = sp_sketch_add(s, f->type.index, SP_NONE);
    sp_sketch_state(s, row, fact, s->rows.items[target].id);
    return target;
}

void sp_sketch_address_add(sp_buf *b, const sp_sketch *s, uint32_t row)
{
    const sp_sketch_row *r = &s->rows.items[row];
    if (r->owner != SP_NONE && r->owner != 0 && entity_at(s, r->entity)->facet_of == SP_NONE) {
        sp_sketch_address_add(b, s, r->owner);
        sp_buf_add_char(b, '/');
    }
    sp_buf_add(b, r->id);
}

/* --- the text --- */

static void indent(sp_buf *b, uint32_t depth)
{
    for (uint32_t i = 0; i < depth; i++)
        sp_buf_add_cstr(b, "  ");
}

static void add_body(sp_buf *b, const sp_sketch *s, uint32_t row, uint32_t depth);

/* Written in place: the rows of this fact's owner. */
static void add_owned(sp_buf *b, const sp_sketch *s, uint32_t row, uint32_t entity, uint32_t depth)
{
    sp_buf_add_char(b, '\n');
    for (uint32_t i = 0; i < s->rows.len; i++)
        if (s->rows.items[i].entity == entity && s->rows.items[i].owner == row) {
            indent(b, depth);
            sp_buf_printf(b, "- id: %.*s\n", SP_STR(s->rows.items[i].id));
            add_body(b, s, i, depth + 1);
        }
}

static bool owns(const sp_sketch *s, uint32_t row, uint32_t entity)
{
    for (size_t i = 0; i < s->rows.len; i++)
        if (s->rows.items[i].entity == entity && s->rows.items[i].owner == row)
            return true;
    return false;
}

static void add_list(sp_buf *b, const sp_sketch *s, uint32_t row, uint32_t fact)
{
    size_t count = 0;
    sp_buf_add_cstr(b, " [");
    for (size_t i = 0; i < s->values.len; i++) {
        const sp_sketch_value *v = &s->values.items[i];
        if (v->row == row && v->fact == fact && v->text.len > 0)
            sp_buf_printf(b, "%s%.*s", count++ > 0 ? ", " : "", SP_STR(v->text));
    }
    sp_buf_add_cstr(b, "]\n");
}

/* Between quotation marks, with what YAML would take for something else written out. */
static void add_quoted(sp_buf *b, sp_str text)
{
    sp_buf_add_char(b, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"' || text.ptr[i] == '\\')
            sp_buf_add_char(b, '\\');
        sp_buf_add_char(b, text.ptr[i]);
    }
    sp_buf_add_char(b, '"');
}

/* Facts in the order of the vocabulary. */
static void add_body(sp_buf *b, const sp_sketch *s, uint32_t row, uint32_t depth)
{
    const sp_vocab *v = &s->base->vocab;
    const sp_entity *e = entity_at(s, s->rows.items[row].entity);
    for (size_t i = 0; i < e->columns.len; i++) {
        uint32_t index = e->columns.items[i];
        const sp_fact *fact = &v->facts.items[index];
        const sp_sketch_value *value = sp_sketch_value_of(s, row, index);
        bool owner = fact->type.kind == SP_ENTITY &&
                     v->entities.items[fact->type.index].owner_fact == index &&
                     owns(s, row, fact->type.index);
        if (value == NULL && !owner)
            continue;
        indent(b, depth);
        sp_buf_printf(b, "%.*s:", SP_STR(fact->name));
        if (owner)
            add_owned(b, s, row, fact->type.index, depth + 1);
        else if (fact->type.list)
            add_list(b, s, row, index);
        else {
            sp_buf_add_char(b, ' ');
            if (fact->type.kind == SP_TEXT)
                add_quoted(b, value->text);
            else
                sp_buf_add(b, value->text);
            sp_buf_add_char(b, '\n');
        }
    }
}

static bool says_anything(const sp_sketch *s, uint32_t row)
{
    for (size_t i = 0; i < s->values.len; i++)
        if (s->values.items[i].row == row)
            return true;
    for (size_t i = 0; i < s->rows.len; i++)
        if (s->rows.items[i].owner == row)
            return true;
    return false;
}

void sp_sketch_text_add(sp_buf *b, const sp_sketch *s)
{
    const sp_vocab *v = &s->base->vocab;
    add_body(b, s, 0, 0);
    for (uint32_t e = 0; e < v->entities.len; e++) {
        bool any = false;
        for (uint32_t i = 1; i < s->rows.len && v->entities.items[e].collection.len > 0; i++) {
            if (s->rows.items[i].entity != e || !s->rows.items[i].printed)
                continue;
            if (!any)
                sp_buf_printf(b, "%.*s:\n", SP_STR(v->entities.items[e].collection));
            any = true;
            sp_buf_printf(b, "  %.*s:%s\n", SP_STR(s->rows.items[i].id), says_anything(s, i) ? "" : " {}");
            add_body(b, s, i, 2);
        }
    }
}
