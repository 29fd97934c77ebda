/* Rules of one criterion compared two by two. */
#include <stdlib.h>

#include "lint/conditions.h"

/* Of one criterion; above it the rules are many, and what they share was meant. */
#define MAX_RULES 64u

/* Both are in force under some reading; `force` has a byte for each rule and reading. */
static bool together(const uint8_t *force, size_t readings, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < readings; i++)
        if (force[a * readings + i] && force[b * readings + i])
            return true;
    return false;
}

static void say(sp_lint_findings *f, sp_lint_code code, uint32_t rule, uint32_t other)
{
    const sp_rule *a = &f->base->rules.items[rule], *b = &f->base->rules.items[other];
    sp_lint_finding *finding =
        code == SP_LINT_SAME_RULE
            ? sp_lint_findings_add(f, code, a->place, rule, "the rules '%.*s' and '%.*s' say the same",
                                   SP_STR(a->id), SP_STR(b->id))
            : sp_lint_findings_add(f, code, a->place, rule,
                                   "the rule '%.*s' adds nothing: wherever it holds, '%.*s' holds as well",
                                   SP_STR(a->id), SP_STR(b->id));
    sp_lint_finding_second(f, finding, b->place, "'%.*s' stands here", SP_STR(b->id));
}

static void compare(sp_lint_findings *f, sp_space *s, uint32_t a, uint32_t b)
{
    sp_cond *both[] = {f->base->rules.items[a].condition, f->base->rules.items[b].condition};
    if (!sp_space_begin(s, both, 2))
        return;
    sp_formula x = sp_space_formula(s, both[0]), y = sp_space_formula(s, both[1]);
    bool a_in_b = sp_space_implies(s, x.holds, y.holds) && sp_space_implies(s, y.fails, x.fails);
    bool b_in_a = sp_space_implies(s, y.holds, x.holds) && sp_space_implies(s, x.fails, y.fails);
    bool either = sp_space_possible(s, x.holds) && sp_space_possible(s, y.holds) &&
                  sp_space_possible(s, x.fails) && sp_space_possible(s, y.fails);
    if (!sp_space_sound(s) || !either)
        return; /* one that has always the same answer is reported as such */
    if (a_in_b && b_in_a)
        say(f, SP_LINT_SAME_RULE, b, a);
    else if (a_in_b || b_in_a)
        say(f, SP_LINT_SUBSUMED_RULE, a_in_b ? a : b, a_in_b ? b : a);
}

static void compare_all(sp_lint_findings *f, sp_space *s, const uint8_t *force, size_t readings,
                        const uint32_t *rules, size_t count)
{
    if (count > MAX_RULES) {
        sp_lint_findings_add(
            f, SP_LINT_NOT_DECIDED, f->base->rules.items[rules[0]].place, SP_NONE,
            "%zu rules conclude '%.*s', too many to compare each with each", count,
            SP_STR(f->base->vocab.criteria.items[f->base->rules.items[rules[0]].criterion].name));
        return;
    }
    for (size_t i = 0; i < count && !s->failed; i++)
        for (size_t k = i + 1; k < count && !s->failed; k++)
            if (together(force, readings, rules[i], rules[k]))
                compare(f, s, rules[i], rules[k]);
}

/* Rules by criterion, in the order of their ids: a counting sort. */
static void group(const sp_rulebase *base, uint32_t *first, uint32_t *rules)
{
    size_t criteria = base->vocab.criteria.len;
    for (size_t i = 0; i < base->rules.len; i++)
        first[base->rules.items[i].criterion + 1]++;
    for (size_t i = 0; i < criteria; i++)
        first[i + 1] += first[i];
    for (uint32_t i = 0; i < base->rules.len; i++)
        rules[first[base->rules.items[i].criterion]++] = i;
    for (size_t i = criteria; i > 0; i--)
        first[i] = first[i - 1];
    first[0] = 0;
}

void sp_lint_pairs(sp_lint_findings *f, sp_space *s, const sp_network *nets, size_t count)
{
    const sp_rulebase *base = f->base;
    uint8_t *force = calloc(base->rules.len * count + 1, 1);
    uint32_t *first = calloc(base->vocab.criteria.len + 2, sizeof *first);
    uint32_t *rules = calloc(base->rules.len + 1, sizeof *rules);
    if (force != NULL && first != NULL && rules != NULL) {
        for (size_t n = 0; n < count; n++)
            for (size_t i = 0; i < nets[n].rules.len; i++)
                force[nets[n].rules.items[i] * count + n] = 1;
        group(base, first, rules);
        for (size_t c = 0; c < base->vocab.criteria.len; c++)
            if (first[c + 1] - first[c] > 1)
                compare_all(f, s, force, count, rules + first[c], first[c + 1] - first[c]);
    } else {
        f->failed = true;
    }
    f->failed |= s->failed;
    free(force);
    free(first);
    free(rules);
}
