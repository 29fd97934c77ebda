#include "render/selection.h"

#include "text/suggest.h"

static void select_criterion(sp_selection *s, uint32_t criterion)
{
    s->criteria[criterion] = true;
    for (uint32_t i = s->net->first_rule[criterion]; i < s->net->first_rule[criterion + 1]; i++)
        s->rules[s->net->rules.items[i]] = true;
}

/* Facts that the case file does not state (owners, the case) are no part of the vocabulary as a reader meets it. */
static void select_member(sp_selection *s, sp_member member)
{
    if (member.kind == SP_MEMBER_CRITERION)
        select_criterion(s, member.index);
    else if (s->net->base->vocab.facts.items[member.index].role == SP_FACT_STATED)
        s->facts[member.index] = true;
}

static void select_entity(sp_selection *s, uint32_t entity)
{
    const sp_entity *e = &s->net->base->vocab.entities.items[entity];
    s->entities[entity] = true;
    for (size_t i = 0; i < e->members.len; i++)
        select_member(s, e->members.items[i]);
}

static bool select_rule(sp_selection *s, sp_str id)
{
    for (size_t i = 0; i < s->net->rules.len; i++)
        if (sp_str_eq(s->net->base->rules.items[s->net->rules.items[i]].id, id)) {
            s->rules[s->net->rules.items[i]] = true;
            return true;
        }
    return false;
}

static bool selectable(const sp_selection *s, sp_member member)
{
    if (member.kind == SP_MEMBER_CRITERION)
        return true;
    return s->what == SP_SELECT_WORDS &&
           s->net->base->vocab.facts.items[member.index].role == SP_FACT_STATED;
}

static bool select_name(sp_selection *s, sp_str name)
{
    const sp_vocab *vocab = &s->net->base->vocab;
    sp_str entity_name = name, rest;
    bool dotted = sp_str_cut(name, '.', &entity_name, &rest);
    uint32_t entity = sp_intern_find(&vocab->entity_names, entity_name);
    sp_member member;
    if (!dotted && entity != SP_NONE)
        select_entity(s, entity);
    else if (dotted && entity != SP_NONE && sp_vocab_member(vocab, entity, rest, &member) &&
             selectable(s, member))
        select_member(s, member);
    else
        return s->what == SP_SELECT_RULES && select_rule(s, name);
    return true;
}

/* --- unknown names --- */

static sp_str member_name(const sp_vocab *vocab, sp_member member)
{
    return member.kind == SP_MEMBER_CRITERION ? vocab->criteria.items[member.index].name
                                              : vocab->facts.items[member.index].name;
}

static void offer_all(const sp_selection *s, sp_suggest *suggest, sp_str wanted, sp_arena *arena,
                      sp_str *without_entity)
{
    const sp_vocab *vocab = &s->net->base->vocab;
    for (size_t e = 0; e < vocab->entities.len; e++) {
        const sp_entity *entity = &vocab->entities.items[e];
        sp_suggest_offer(suggest, entity->name);
        for (size_t i = 0; i < entity->members.len; i++) {
            sp_str name = member_name(vocab, entity->members.items[i]);
            if (!selectable(s, entity->members.items[i]))
                continue;
            sp_str full = sp_arena_printf(arena, "%.*s.%.*s", SP_STR(entity->name), SP_STR(name));
            sp_suggest_offer(suggest, full);
            if (without_entity->len == 0 && sp_str_eq(name, wanted))
                *without_entity = full;
        }
    }
    for (size_t i = 0; s->what == SP_SELECT_RULES && i < s->net->rules.len; i++)
        sp_suggest_offer(suggest, s->net->base->rules.items[s->net->rules.items[i]].id);
}

static void unknown(const sp_selection *s, sp_str name, sp_arena *arena, sp_diags *diags)
{
    sp_suggest suggest;
    sp_str without_entity = SP_EMPTY;
    sp_suggest_begin_for(&suggest, diags, name);
    offer_all(s, &suggest, name, arena, &without_entity);
    sp_str best = without_entity.len > 0 ? without_entity : sp_suggest_best(&suggest);
    sp_diag *diag = sp_diags_add(diags, SP_ERROR, SP_DIAG_UNKNOWN_NAME, (sp_place){0},
                                 s->what == SP_SELECT_WORDS
                                     ? "no entity, fact or criterion is named '%.*s'"
                                     : "no entity, criterion or rule in force is named '%.*s'",
                                 SP_STR(name));
    if (best.len > 0)
        sp_diag_hint(diags, diag, "did you mean '%.*s'?", SP_STR(best));
}

/* --- what is cited --- */

static void cite(sp_selection *s, const sp_names *authority, const sp_names *passages)
{
    const sp_rulebase *base = s->net->base;
    for (size_t i = 0; i < authority->count; i++) {
        const sp_authority *a = sp_rulebase_authority(base, authority->items[i]);
        if (a != NULL)
            s->authorities[a - base->authorities.items] = true;
    }
    for (size_t i = 0; passages != NULL && i < passages->count; i++) {
        uint32_t index = sp_rulebase_passage(base, passages->items[i]);
        if (index != SP_NONE)
            s->passages[index] = true;
    }
}

static void cite_condition(sp_selection *s, const sp_cond *cond)
{
    cite(s, &cond->authority, &cond->passages);
    for (uint32_t i = 0; i < cond->part_count; i++)
        cite_condition(s, cond->parts[i]);
    for (uint32_t i = 0; i < cond->unless_count; i++)
        cite_condition(s, cond->unless[i]);
    if (cond->where != NULL)
        cite_condition(s, cond->where);
    if (cond->body != NULL)
        cite_condition(s, cond->body);
}

static void cite_selected(sp_selection *s)
{
    const sp_rulebase *base = s->net->base;
    for (size_t i = 0; i < base->authorities.len; i++)
        s->authorities[i] = s->whole;
    for (size_t i = 0; i < base->passages.len; i++)
        s->passages[i] = s->whole;
    for (size_t i = 0; i < base->vocab.facts.len; i++)
        if (s->facts[i])
            cite(s, &s->net->fact_presumptions[i]->authority, NULL);
    for (size_t i = 0; i < base->vocab.criteria.len; i++)
        if (s->criteria[i])
            cite(s, &s->net->criterion_presumptions[i]->authority, NULL);
    for (size_t i = 0; i < base->rules.len; i++)
        if (s->rules[i]) {
            cite(s, &base->rules.items[i].authority, &base->rules.items[i].passages);
            cite_condition(s, base->rules.items[i].condition);
        }
}

static bool any_rule(const sp_selection *s)
{
    bool any = false;
    for (size_t i = 0; i < s->net->base->rules.len; i++)
        any |= s->rules[i];
    return any;
}

surplace_status sp_select(sp_selection *s, const sp_network *net, sp_selectable what, const sp_str *names,
                          size_t count, sp_arena *arena, sp_diags *diags)
{
    const sp_rulebase *base = net->base;
    size_t errors = diags->errors;
    *s = (sp_selection){.net = net, .what = what, .whole = count == 0};
    s->entities = SP_NEW_ARRAY(arena, bool, base->vocab.entities.len);
    s->facts = SP_NEW_ARRAY(arena, bool, base->vocab.facts.len);
    s->criteria = SP_NEW_ARRAY(arena, bool, base->vocab.criteria.len);
    s->rules = SP_NEW_ARRAY(arena, bool, base->rules.len);
    s->authorities = SP_NEW_ARRAY(arena, bool, base->authorities.len);
    s->passages = SP_NEW_ARRAY(arena, bool, base->passages.len);
    if (arena->failed)
        return SURPLACE_NO_MEMORY;
    for (uint32_t i = 0; i < base->vocab.entities.len && s->whole; i++)
        select_entity(s, i);
    for (size_t i = 0; i < count; i++)
        if (!select_name(s, names[i]))
            unknown(s, names[i], arena, diags);
    if (what == SP_SELECT_RULES && diags->errors == errors && !any_rule(s) && !s->whole)
        sp_diags_add(diags, SP_ERROR, SP_DIAG_UNKNOWN_NAME, (sp_place){0},
                     "no rule in force decides what is named");
    if (arena->failed || diags->failed)
        return SURPLACE_NO_MEMORY;
    cite_selected(s);
    return diags->errors > errors ? SURPLACE_INVALID : SURPLACE_OK;
}

bool sp_selection_shows(const sp_selection *s, uint32_t entity)
{
    const sp_entity *e = &s->net->base->vocab.entities.items[entity];
    bool shows = s->entities[entity];
    for (size_t i = 0; i < e->members.len && !shows; i++) {
        sp_member m = e->members.items[i];
        shows = m.kind == SP_MEMBER_CRITERION ? s->criteria[m.index] : s->facts[m.index];
    }
    return shows;
}
