#include "lint/usage.h"

#include <stdlib.h>

/* By index: is it used? */
struct usage {
    const sp_rulebase *base;
    bool *facts, *criteria, *parameters, *passages, *authorities;
    bool **values;  /* by enum and value: compared, or set by a reading */
    bool *compared; /* by enum: some value is */
    bool *in_order; /* by enum: by its order, so that every value counts */
    bool *entities; /* a fact or criterion of it is read, or a rule concludes of it */
    sp_arena arena;
};

static bool begin(struct usage *u, const sp_rulebase *base)
{
    const sp_vocab *v = &base->vocab;
    *u = (struct usage){.base = base};
    u->facts = SP_NEW_ARRAY(&u->arena, bool, v->facts.len);
    u->criteria = SP_NEW_ARRAY(&u->arena, bool, v->criteria.len);
    u->parameters = SP_NEW_ARRAY(&u->arena, bool, v->parameters.len);
    u->passages = SP_NEW_ARRAY(&u->arena, bool, base->passages.len);
    u->authorities = SP_NEW_ARRAY(&u->arena, bool, base->authorities.len);
    u->values = SP_NEW_ARRAY(&u->arena, bool *, v->enums.len);
    u->compared = SP_NEW_ARRAY(&u->arena, bool, v->enums.len);
    u->in_order = SP_NEW_ARRAY(&u->arena, bool, v->enums.len);
    u->entities = SP_NEW_ARRAY(&u->arena, bool, v->entities.len);
    for (size_t i = 0; !u->arena.failed && i < v->enums.len; i++)
        u->values[i] = SP_NEW_ARRAY(&u->arena, bool, v->enums.items[i].count);
    return !u->arena.failed;
}

/* --- what rules read --- */

static void use_names(struct usage *u, const sp_names *passages, const sp_names *authority)
{
    for (size_t i = 0; passages != NULL && i < passages->count; i++) {
        uint32_t index = sp_rulebase_passage(u->base, passages->items[i]);
        if (index != SP_NONE)
            u->passages[index] = true;
    }
    for (size_t i = 0; authority != NULL && i < authority->count; i++) {
        const sp_authority *a = sp_rulebase_authority(u->base, authority->items[i]);
        if (a != NULL)
            u->authorities[a - u->base->authorities.items] = true;
    }
}

static void use_operand(struct usage *u, const sp_operand *operand, uint32_t concludes)
{
    if (operand->kind == SP_OPERAND_PARAMETER)
        u->parameters[operand->parameter] = true;
    for (uint32_t i = 0; operand->kind == SP_OPERAND_PATH && i < operand->step_count; i++) {
        const sp_step *step = &operand->steps[i];
        if (step->argument != NULL)
            use_operand(u, step->argument, concludes);
        if (step->member.kind == SP_MEMBER_FACT) {
            u->facts[step->member.index] = true;
            u->entities[u->base->vocab.facts.items[step->member.index].entity] = true;
        } else if (step->member.index != concludes) {
            u->criteria[step->member.index] = true;
        }
    }
}

static void use_values(struct usage *u, const sp_cond *leaf)
{
    if (leaf->counts || leaf->left.type.kind != SP_ENUM)
        return;
    uint32_t e = leaf->left.type.index;
    u->compared[e] = true;
    for (uint32_t i = 0; i < leaf->right_count; i++) {
        if (leaf->right[i].kind == SP_OPERAND_LITERAL)
            u->values[e][leaf->right[i].value.index] = true;
        else
            u->in_order[e] = true; /* with another subject: any value may be the one */
    }
    if (leaf->op >= SP_OP_AT_LEAST && leaf->op <= SP_OP_BELOW)
        u->in_order[e] = true;
}

static void use_cond(struct usage *u, const sp_cond *cond, uint32_t concludes)
{
    use_names(u, &cond->passages, &cond->authority);
    if (cond->kind == SP_COND_LEAF) {
        use_operand(u, &cond->left, concludes);
        use_values(u, cond);
    }
    for (uint32_t i = 0; i < cond->right_count; i++)
        use_operand(u, &cond->right[i], concludes);
    for (uint32_t i = 0; i < cond->part_count; i++)
        use_cond(u, cond->parts[i], concludes);
    for (uint32_t i = 0; i < cond->unless_count; i++)
        use_cond(u, cond->unless[i], concludes);
    if (cond->where != NULL)
        use_cond(u, cond->where, concludes);
    if (cond->body != NULL) {
        use_operand(u, &cond->list, concludes);
        use_cond(u, cond->body, concludes);
        /* a list of an enum's values is gone through one by one */
        if (cond->member_type.kind == SP_ENUM)
            u->compared[cond->member_type.index] = true;
    }
}

static void use_base(struct usage *u)
{
    const sp_rulebase *base = u->base;
    for (size_t i = 0; i < base->rules.len; i++) {
        const sp_rule *rule = &base->rules.items[i];
        use_names(u, &rule->passages, &rule->authority);
        use_cond(u, rule->condition, rule->criterion);
        u->entities[base->vocab.criteria.items[rule->criterion].entity] = true;
    }
    for (size_t i = 0; i < base->vocab.facts.len; i++)
        use_names(u, NULL, &base->vocab.facts.items[i].presumption.authority);
    for (size_t i = 0; i < base->vocab.criteria.len; i++)
        use_names(u, NULL, &base->vocab.criteria.items[i].presumption.authority);
    for (size_t i = 0; i < base->readings.len; i++) {
        const sp_reading *reading = &base->readings.items[i];
        for (size_t k = 0; k < reading->settings.len; k++)
            use_names(u, NULL, &reading->settings.items[k].authority);
        for (size_t k = 0; k < reading->presumptions.len; k++)
            use_names(u, NULL, &reading->presumptions.items[k].presumption.authority);
    }
}

/* --- what is not --- */

/* Facts that name a row, days by which the world must have found a fact, and lists that own rows which rules read, have their use. */
static bool fact_has_a_use(const struct usage *u, uint32_t index)
{
    const sp_fact *fact = &u->base->vocab.facts.items[index];
    const sp_entity *entity = &u->base->vocab.entities.items[fact->entity];
    if (u->facts[index] || fact->role != SP_FACT_STATED || entity->label == index || entity->key == index ||
        u->base->vocab.day_of_case == index + 1 || u->base->vocab.sources_until == index + 1)
        return true;
    if (fact->type.kind != SP_ENTITY)
        return false;
    const sp_entity *target = &u->base->vocab.entities.items[fact->type.index];
    return target->owner_fact == index && u->entities[fact->type.index];
}

static void check_facts(sp_lint_findings *f, const struct usage *u)
{
    const sp_vocab *v = &u->base->vocab;
    for (uint32_t i = 0; i < v->facts.len; i++) {
        const sp_fact *fact = &v->facts.items[i];
        if (fact_has_a_use(u, i))
            continue;
        sp_lint_findings_add(f, fact->judgment ? SP_LINT_UNUSED_JUDGMENT : SP_LINT_UNUSED_FACT, fact->place,
                             SP_NONE,
                             fact->judgment ? "no rule reads the judgment '%.*s.%.*s'"
                                            : "no rule reads the fact '%.*s.%.*s'",
                             SP_STR(v->entities.items[fact->entity].name), SP_STR(fact->name));
    }
}

static void check_criteria(sp_lint_findings *f, const struct usage *u)
{
    const sp_vocab *v = &u->base->vocab;
    for (size_t i = 0; i < v->criteria.len; i++) {
        const sp_criterion *c = &v->criteria.items[i];
        bool end = c->headline || c->holds.len > 0 || c->fails.len > 0;
        if (!u->criteria[i] && !end && !v->entities.items[c->entity].explanation)
            sp_lint_findings_add(
                f, SP_LINT_UNUSED_CRITERION, c->place, SP_NONE,
                "no other rule reads the criterion '%.*s.%.*s', and it says nothing by itself",
                SP_STR(v->entities.items[c->entity].name), SP_STR(c->name));
    }
}

/* Of an enum that nobody compares the facts or parameters are reported. */
static void check_values(sp_lint_findings *f, const struct usage *u)
{
    const sp_vocab *v = &u->base->vocab;
    for (size_t i = 0; i < v->enums.len; i++) {
        const sp_enum *e = &v->enums.items[i];
        sp_buf names = {0};
        uint32_t unnamed = 0;
        for (uint32_t k = 0; k < e->count; k++)
            if (!u->values[i][k])
                sp_buf_printf(&names, "%s%.*s", unnamed++ > 0 ? ", " : "", SP_STR(e->values[k].name));
        if (u->compared[i] && !u->in_order[i] && unnamed > 1)
            sp_lint_findings_add(f, SP_LINT_UNUSED_VALUE, e->place, SP_NONE,
                                 "no rule tells these values of '%.*s' apart: %.*s", SP_STR(e->name),
                                 SP_STR(sp_buf_str(&names)));
        f->failed |= names.failed;
        sp_buf_clear(&names);
    }
}

static void check_sources(sp_lint_findings *f, const struct usage *u)
{
    const sp_rulebase *base = u->base;
    for (size_t i = 0; i < base->vocab.parameters.len; i++)
        if (!u->parameters[i])
            sp_lint_findings_add(f, SP_LINT_UNUSED_PARAMETER, base->vocab.parameters.items[i].place,
                                 SP_NONE, "no rule asks the parameter '%.*s'",
                                 SP_STR(base->vocab.parameters.items[i].name));
    for (size_t i = 0; i < base->passages.len; i++)
        if (!u->passages[i])
            sp_lint_findings_add(f, SP_LINT_UNUSED_PASSAGE, base->passages.items[i].place, SP_NONE,
                                 "no rule cites the passage '%.*s'", SP_STR(base->passages.items[i].id));
    for (size_t i = 0; i < base->authorities.len; i++)
        if (!u->authorities[i])
            sp_lint_findings_add(f, SP_LINT_UNUSED_AUTHORITY, base->authorities.items[i].place, SP_NONE,
                                 "nothing cites the authority '%.*s'",
                                 SP_STR(base->authorities.items[i].cite));
}

void sp_lint_usage(sp_lint_findings *f, const sp_lint_cited *elsewhere)
{
    struct usage u;
    if (begin(&u, f->base)) {
        use_base(&u);
        for (size_t i = 0; i < elsewhere->count; i++)
            use_names(&u, &elsewhere->passages[i], &elsewhere->authority[i]);
        check_facts(f, &u);
        check_criteria(f, &u);
        check_values(f, &u);
        check_sources(f, &u);
    } else {
        f->failed = true;
    }
    sp_arena_free(&u.arena);
}
