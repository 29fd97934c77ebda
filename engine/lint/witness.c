#include "lint/witness.h"

#include "base/utf8.h"
#include "lint/draw.h"

/* Of one criterion; more are not drawn together. */
#define RULES 32u

/* The condition of a rule that stands at a place, or NULL. A quantifier's body stands where the quantifier does. */
static const sp_cond *cond_at(const sp_cond *cond, const sp_place *place)
{
    const sp_cond *found = NULL;
    if (cond->place.input == place->input && cond->place.line == place->line &&
        cond->place.column == place->column)
        return cond;
    for (uint32_t i = 0; i < cond->part_count && found == NULL; i++)
        found = cond_at(cond->parts[i], place);
    for (uint32_t i = 0; i < cond->unless_count && found == NULL; i++)
        found = cond_at(cond->unless[i], place);
    if (found == NULL && cond->where != NULL)
        found = cond_at(cond->where, place);
    return found != NULL || cond->body == NULL ? found : cond_at(cond->body, place);
}

/* What a case must be like to show the finding; SP_BDD_FALSE where none does. */
static sp_bdd_ref shown_by(sp_space *s, const sp_lint_finding *finding, const sp_rule *rule,
                           uint32_t *empty, bool *holds)
{
    sp_formula whole = sp_space_formula(s, rule->condition);
    const sp_cond *cond = cond_at(rule->condition, &finding->place);
    *empty = SP_NONE;
    *holds = true;
    switch (finding->code) {
    case SP_LINT_NEVER_FAILS:
    case SP_LINT_UNFAILING:
    case SP_LINT_SAME_RULE:
    case SP_LINT_SUBSUMED_RULE:
        return whole.holds;
    case SP_LINT_NO_DIFFERENCE: {
        /* an alternative that holds, with another that would have done */
        sp_bdd_ref both = cond == NULL ? SP_BDD_FALSE
                                       : sp_bdd_and(&s->bdd, whole.holds, sp_space_formula(s, cond).holds);
        return sp_space_possible(s, both) ? both : whole.holds;
    }
    case SP_LINT_IF_EMPTY_UNSAID:
        if (cond == NULL || cond->kind != SP_COND_EVERY)
            return SP_BDD_FALSE;
        *empty = s->atom_of[cond->number];
        *holds = false;
        return sp_bdd_and(&s->bdd, whole.fails, sp_space_atom(s, *empty).fails);
    default:
        return SP_BDD_FALSE;
    }
}

static void add_case(sp_lint_findings *f, sp_lint_finding *finding, const sp_drawing *d, uint32_t criterion,
                     bool holds)
{
    const sp_criterion *c = &f->base->vocab.criteria.items[criterion];
    sp_buf b = {0};
    sp_buf_printf(&b, "# %s at ", sp_lint_kinds[finding->code].word);
    sp_utf8_add_safe(&b, finding->place.input->name);
    sp_buf_printf(&b, ":%u\nsurplace: case/1\ntitle: %.*s\n", finding->place.line,
                  SP_STR(f->base->rules.items[finding->rule].id));
    sp_sketch_text_add(&b, &d->sketch);
    sp_buf_add_cstr(&b, "expect:\n  ");
    sp_sketch_address_add(&b, &d->sketch, d->row);
    sp_buf_printf(&b, ".%.*s", SP_STR(c->name));
    if (d->with_row != SP_NONE) {
        sp_buf_add_char(&b, '(');
        sp_sketch_address_add(&b, &d->sketch, d->with_row);
        sp_buf_add_char(&b, ')');
    }
    sp_buf_printf(&b, ": %s\n", holds ? "holds" : "fails");
    finding->witness = sp_arena_dup(&f->arena, sp_buf_str(&b));
    f->failed |= b.failed || f->arena.failed;
    sp_buf_clear(&b);
}

/* Where the criterion is to fail, its other rules must fail as well. The rule itself stands first. */
static uint32_t rules_with(sp_cond **conds, const sp_network *net, const sp_rule *rule)
{
    uint32_t count = 1;
    conds[0] = rule->condition;
    for (uint32_t i = net->first_rule[rule->criterion]; i < net->first_rule[rule->criterion + 1]; i++) {
        sp_cond *other = net->base->rules.items[net->rules.items[i]].condition;
        if (other != rule->condition && count < RULES)
            conds[count++] = other;
    }
    return count;
}

static void draw(sp_lint_findings *f, sp_space *s, const sp_network *net, sp_lint_finding *finding)
{
    const sp_rule *rule = &f->base->rules.items[finding->rule];
    sp_cond *conds[RULES];
    sp_drawing d;
    uint32_t empty, count = rules_with(conds, net, rule);
    bool holds;
    if (finding->code != SP_LINT_IF_EMPTY_UNSAID)
        count = 1;
    if (!sp_space_begin(s, conds, count))
        return;
    sp_bdd_ref wanted = shown_by(s, finding, rule, &empty, &holds);
    for (uint32_t i = 1; i < count; i++)
        wanted = sp_bdd_and(&s->bdd, wanted, sp_space_formula(s, conds[i]).fails);
    if (wanted == SP_BDD_FALSE || !sp_space_sound(s))
        return;
    bool ready = sp_drawing_begin(&d, net, rule->criterion);
    if (ready && sp_draw(&d, s, wanted, empty))
        add_case(f, finding, &d, rule->criterion, holds);
    f->failed |= d.sketch.failed;
    sp_drawing_free(&d);
}

void sp_lint_witnesses(sp_lint_findings *f, sp_space *s, const sp_network *net)
{
    for (size_t i = 0; i < f->list.len && !f->failed && !s->failed; i++)
        if (f->list.items[i].rule != SP_NONE && f->list.items[i].place.input != NULL)
            draw(f, s, net, &f->list.items[i]);
    f->failed |= s->failed;
}
