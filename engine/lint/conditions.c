#include "lint/conditions.h"

/* A rule, or a quantifier's body in it, within which parts are left out one after another. */
struct region {
    sp_lint_findings *findings;
    sp_space *space;
    uint32_t rule;
    const sp_cond *root;
    bool members; /* root is a quantifier: what it asks of its members */
    sp_formula whole;
};

static sp_str name_of(const sp_cond *cond)
{
    return cond->id.len > 0 ? cond->id : cond->title.len > 0 ? cond->title : cond->text;
}

static sp_formula formula(const struct region *r)
{
    return r->members ? sp_space_member(r->space, r->root) : sp_space_formula(r->space, r->root);
}

/* --- single comparisons --- */

static bool missing_digits(const sp_cond *leaf)
{
    if (leaf->op != SP_OP_IS || leaf->left.type.kind != SP_DATE || leaf->counts)
        return false;
    for (uint32_t i = 0; i < leaf->right_count; i++)
        if (leaf->right[i].kind != SP_OPERAND_LITERAL ||
            leaf->right[i].value.date.from == leaf->right[i].value.date.to)
            return false;
    return true;
}

static void check_leaf(sp_lint_findings *f, sp_space *s, uint32_t rule, const sp_cond *leaf)
{
    const sp_atom *atom = &s->atoms.items[s->atom_of[leaf->number]];
    const sp_group *group = &s->groups.items[atom->group];
    if (missing_digits(leaf)) {
        sp_lint_findings_add(
            f, SP_LINT_CONSTANT_COMPARISON, leaf->place, rule,
            "`%.*s` is never settled by a full date: digits are missing. Write on or after and on "
            "or before",
            SP_STR(leaf->text));
        return;
    }
    if (group->kind == SP_GROUP_FREE || group->opaque)
        return;
    bool always = atom->answers == group->regions, never = atom->answers == 0;
    if (always || never)
        sp_lint_findings_add(f, SP_LINT_CONSTANT_COMPARISON, leaf->place, rule,
                             "`%.*s` can only ever %s, whatever is stated", SP_STR(leaf->text),
                             always != leaf->negated ? "hold" : "fail");
}

static void check_leaves(sp_lint_findings *f, sp_space *s, uint32_t rule, const sp_cond *cond)
{
    if (cond->kind == SP_COND_LEAF)
        check_leaf(f, s, rule, cond);
    for (uint32_t i = 0; i < cond->part_count; i++)
        check_leaves(f, s, rule, cond->parts[i]);
    if (cond->where != NULL)
        check_leaves(f, s, rule, cond->where);
    if (cond->body != NULL)
        check_leaves(f, s, rule, cond->body);
    for (uint32_t i = 0; i < cond->unless_count; i++)
        check_leaves(f, s, rule, cond->unless[i]);
}

/* --- parts that can be left out --- */

/* Another condition of the region with the same formula, to point to. */
static const sp_cond *twin(const struct region *r, const sp_cond *at, const sp_cond *of, sp_formula f)
{
    if (at != of && r->space->dropped[at->number])
        return NULL;
    if (at != of && at->place.input != NULL) {
        sp_formula g = sp_space_formula(r->space, at);
        if (g.holds == f.holds && g.fails == f.fails)
            return at;
    }
    const sp_cond *found = NULL;
    for (uint32_t i = 0; i < at->part_count && found == NULL; i++)
        found = twin(r, at->parts[i], of, f);
    for (uint32_t i = 0; i < at->unless_count && found == NULL; i++)
        found = twin(r, at->unless[i], of, f);
    return found;
}

/* "`departure` " or "this condition ": how a message begins. */
static sp_str subject(const struct region *r, const sp_cond *cond, const char *otherwise)
{
    sp_str name = name_of(cond);
    return name.len > 0 ? sp_arena_printf(&r->findings->arena, "`%.*s`", SP_STR(name))
                        : sp_str_from(otherwise);
}

static void report(const struct region *r, const sp_cond *part)
{
    sp_formula f = sp_space_formula(r->space, part);
    const sp_cond *same = twin(r, r->members ? r->root->body : r->root, part, f);
    sp_lint_finding *finding = sp_lint_findings_add(
        r->findings, SP_LINT_NO_DIFFERENCE, part->place, r->rule, "%.*s makes no difference: %s without it",
        SP_STR(subject(r, part, "this condition")),
        r->members ? "a member is or is not so in the same cases"
                   : "the rule holds and fails in the same cases");
    if (same != NULL)
        sp_lint_finding_second(r->findings, finding, same->place, "the same is asked here");
}

/* A part that can only ever have one answer. Of a comparison that is so by itself it has been said. */
static bool report_constant(const struct region *r, const sp_cond *part, bool alternative)
{
    sp_formula f = sp_space_formula(r->space, part);
    if (sp_space_possible(r->space, alternative ? f.holds : f.fails) || !sp_space_sound(r->space))
        return false;
    if (part->kind == SP_COND_LEAF && part->unless_count == 0)
        return true;
    if (alternative)
        sp_lint_findings_add(r->findings, SP_LINT_UNREACHABLE, part->place, r->rule,
                             "%.*s can never hold, whatever is stated",
                             SP_STR(subject(r, part, "this alternative")));
    else
        sp_lint_findings_add(r->findings, SP_LINT_UNFAILING, part->place, r->rule,
                             "%.*s can never fail, whatever is stated",
                             SP_STR(subject(r, part, "this condition")));
    return true;
}

static void reduce(struct region *r, const sp_cond *cond);

/* Leaves a part out for good if that changes nothing; else looks into it. A part with only one answer is said to be so,
 * and its own parts are not looked at: one slip, one report. */
static void try_part(struct region *r, const sp_cond *part, bool alternative, bool may_drop)
{
    if (report_constant(r, part, alternative) || !sp_space_sound(r->space))
        return;
    if (may_drop) {
        r->space->dropped[part->number] = true;
        bool same = sp_space_same(r->space, r->whole, formula(r));
        if (!sp_space_sound(r->space))
            return;
        if (same) {
            report(r, part);
            return;
        }
        r->space->dropped[part->number] = false;
    }
    reduce(r, part);
}

static uint32_t kept(const struct region *r, const sp_cond *cond)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < cond->part_count; i++)
        count += !r->space->dropped[cond->parts[i]->number];
    return count;
}

static void reduce_members(const struct region *r, const sp_cond *quantifier)
{
    struct region inner = {r->findings, r->space, r->rule, quantifier, true, {0, 0}};
    inner.whole = formula(&inner);
    bool some = quantifier->kind == SP_COND_SOME;
    bool never = !sp_space_possible(r->space, inner.whole.holds);
    bool always = !sp_space_possible(r->space, inner.whole.fails);
    if (never && some) {
        sp_lint_findings_add(r->findings, SP_LINT_UNREACHABLE, quantifier->place, r->rule,
                             "no member of the list can be as `%.*s` asks", SP_STR(quantifier->text));
        return;
    }
    if (never || always)
        return; /* it asks only whether the list has members, which may be meant */
    /* with if_empty: fails, `where` also asks that somebody is concerned */
    if (quantifier->where != NULL)
        try_part(&inner, quantifier->where, false, some || quantifier->if_empty == SP_HOLDS);
    reduce(&inner, quantifier->body);
}

/* From the last part to the first, so that of two that say the same the first stays. */
static void reduce(struct region *r, const sp_cond *cond)
{
    for (uint32_t i = cond->unless_count; i-- > 0 && sp_space_sound(r->space);)
        try_part(r, cond->unless[i], true, true);
    bool alternative = cond->kind != SP_COND_ALL;
    for (uint32_t i = cond->part_count; i-- > 0 && sp_space_sound(r->space);)
        try_part(r, cond->parts[i], alternative, cond->kind != SP_COND_AT_LEAST && kept(r, cond) > 1);
    if (cond->kind == SP_COND_SOME || cond->kind == SP_COND_EVERY)
        reduce_members(r, cond);
}

static void forget(sp_space *s, const sp_cond *cond)
{
    s->dropped[cond->number] = false;
    for (uint32_t i = 0; i < cond->part_count; i++)
        forget(s, cond->parts[i]);
    for (uint32_t i = 0; i < cond->unless_count; i++)
        forget(s, cond->unless[i]);
    if (cond->where != NULL)
        forget(s, cond->where);
    if (cond->body != NULL)
        forget(s, cond->body);
}

/* --- rules --- */

static void not_decided(sp_lint_findings *f, uint32_t index, const sp_space *s)
{
    const sp_rule *rule = &f->base->rules.items[index];
    sp_lint_findings_add(f, SP_LINT_NOT_DECIDED, rule->place, index, "the rule '%.*s' %s", SP_STR(rule->id),
                         s->too_many ? "asks too many different things to be searched for contradictions"
                                     : "comes to too much to be searched for contradictions");
}

static void check_rule(sp_lint_findings *f, sp_space *s, uint32_t index)
{
    const sp_rule *rule = &f->base->rules.items[index];
    size_t before = f->list.len;
    if (!sp_space_begin(s, &rule->condition, 1)) {
        not_decided(f, index, s);
        return;
    }
    struct region r = {f, s, index, rule->condition, false, {0, 0}};
    r.whole = formula(&r);
    bool holds = sp_space_possible(s, r.whole.holds), fails = sp_space_possible(s, r.whole.fails);
    check_leaves(f, s, index, rule->condition);
    if (sp_space_sound(s) && (!holds || !fails)) {
        sp_lint_findings_add(f, holds ? SP_LINT_NEVER_FAILS : SP_LINT_NEVER_HOLDS, rule->place, index,
                             "the rule '%.*s' can never %s, whatever is stated", SP_STR(rule->id),
                             holds ? "fail" : "hold");
    } else if (sp_space_sound(s)) {
        reduce(&r, rule->condition);
        forget(s, rule->condition);
    }
    if (!sp_space_sound(s)) {
        f->list.len = before; /* what was said rests on a diagram that is not whole */
        not_decided(f, index, s);
    }
}

void sp_lint_conditions(sp_lint_findings *f, sp_space *s)
{
    for (uint32_t i = 0; i < f->base->rules.len && !s->failed && !f->failed; i++)
        check_rule(f, s, i);
    f->failed |= s->failed;
}
