#include "lint/form.h"

/* The rule of the base or of a reading with this id, or SP_NONE. Rules are sorted by id. */
static uint32_t rule_named(const sp_rulebase *base, sp_str id)
{
    size_t low = 0, high = base->rules.len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (sp_str_cmp(base->rules.items[mid].id, id) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < base->rules.len && sp_str_eq(base->rules.items[low].id, id) ? (uint32_t)low : SP_NONE;
}

static sp_place member_place(const sp_vocab *v, sp_member m)
{
    return m.kind == SP_MEMBER_FACT ? v->facts.items[m.index].place : v->criteria.items[m.index].place;
}

/* A variable named as a fact of what the rule is about, unless it runs over that very fact. */
static void check_variable(sp_lint_findings *f, uint32_t rule, const sp_cond *cond)
{
    const sp_vocab *v = &f->base->vocab;
    const sp_criterion *criterion = &v->criteria.items[f->base->rules.items[rule].criterion];
    sp_member member;
    if (!sp_vocab_member(v, criterion->entity, cond->variable, &member))
        return;
    sp_lint_finding *finding = sp_lint_findings_add(
        f, SP_LINT_SHADOWED_ID, cond->place, rule, "the variable '%.*s' is named as a %s of '%.*s'",
        SP_STR(cond->variable), member.kind == SP_MEMBER_FACT ? "fact" : "criterion",
        SP_STR(v->entities.items[criterion->entity].name));
    sp_lint_finding_second(f, finding, member_place(v, member), "it is declared here");
}

/* A node that asks what the rule of its name concludes is rightly taken for it. */
static bool asks(const sp_cond *leaf, uint32_t criterion)
{
    if (leaf->kind != SP_COND_LEAF || leaf->left.kind != SP_OPERAND_PATH || leaf->left.step_count == 0)
        return false;
    sp_member last = leaf->left.steps[leaf->left.step_count - 1].member;
    return last.kind == SP_MEMBER_CRITERION && last.index == criterion;
}

static void check_cond(sp_lint_findings *f, uint32_t rule, const sp_cond *cond)
{
    uint32_t other = cond->id.len > 0 ? rule_named(f->base, cond->id) : SP_NONE;
    if (other != SP_NONE && !asks(cond, f->base->rules.items[other].criterion)) {
        sp_lint_finding *finding = sp_lint_findings_add(f, SP_LINT_SHADOWED_ID, cond->place, rule,
                                                        "the id '%.*s' of this node is also that of a rule",
                                                        SP_STR(cond->id));
        sp_lint_finding_second(f, finding, f->base->rules.items[other].place, "the rule");
    }
    if (cond->kind == SP_COND_EVERY && !cond->empty_said)
        sp_lint_findings_add(f, SP_LINT_IF_EMPTY_UNSAID, cond->place, rule,
                             "for_every does not say what holds where `%.*s` has no member (`if_empty:`)",
                             SP_STR(cond->list.text));
    if (cond->body != NULL) {
        check_variable(f, rule, cond);
        check_cond(f, rule, cond->body);
    }
    if (cond->where != NULL)
        check_cond(f, rule, cond->where);
    for (uint32_t i = 0; i < cond->part_count; i++)
        check_cond(f, rule, cond->parts[i]);
    for (uint32_t i = 0; i < cond->unless_count; i++)
        check_cond(f, rule, cond->unless[i]);
}

void sp_lint_rules(sp_lint_findings *f)
{
    const sp_vocab *v = &f->base->vocab;
    for (uint32_t i = 0; i < f->base->rules.len && !f->failed; i++) {
        const sp_rule *rule = &f->base->rules.items[i];
        bool law = !v->entities.items[v->criteria.items[rule->criterion].entity].explanation;
        if (law && rule->authority.count == 0)
            sp_lint_findings_add(f, SP_LINT_NO_AUTHORITY, rule->place, i,
                                 "the rule '%.*s' cites no legal authority", SP_STR(rule->id));
        check_cond(f, i, rule->condition);
    }
}

/* --- readings --- */

/* The value that a parameter has before this reading sets it. */
static sp_value inherited(const sp_rulebase *base, const sp_reading *reading, uint32_t parameter)
{
    uint32_t at = reading->base;
    for (size_t hops = 0; at != SP_NONE && hops < base->readings.len; hops++) {
        const sp_reading *r = &base->readings.items[at];
        for (size_t i = 0; i < r->settings.len; i++)
            if (r->settings.items[i].parameter == parameter)
                return r->settings.items[i].value;
        at = r->base;
    }
    return base->vocab.parameters.items[parameter].value;
}

static bool same_value(sp_type type, sp_value a, sp_value b)
{
    if (type.kind == SP_NUMBER)
        return !(a.number < b.number) && !(a.number > b.number);
    return a.index == b.index;
}

static bool sets_anew(const sp_rulebase *base, const sp_reading *reading, const sp_setting *s)
{
    return !same_value(base->vocab.parameters.items[s->parameter].type, s->value,
                       inherited(base, reading, s->parameter));
}

/* What of a reading changes something; `dropped` are the ids that readings before it have dropped. */
static bool drops_anew(const sp_rulebase *base, const sp_reading *reading, sp_str id)
{
    uint32_t at = reading->base;
    for (size_t hops = 0; at != SP_NONE && hops < base->readings.len; hops++) {
        const sp_reading *r = &base->readings.items[at];
        for (size_t i = 0; i < r->drop.count; i++)
            if (sp_str_eq(r->drop.items[i], id))
                return false;
        at = r->base;
    }
    return true;
}

static bool same_names(const sp_names *a, const sp_names *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = sp_str_eq(a->items[i], b->items[i]);
    return same;
}

static bool same_cond(const sp_cond *a, const sp_cond *b)
{
    if ((a == NULL) != (b == NULL))
        return false;
    if (a == NULL)
        return true;
    bool same = a->kind == b->kind && sp_str_eq(a->id, b->id) && sp_str_eq(a->title, b->title) &&
                sp_str_eq(a->note, b->note) && sp_str_eq(a->text, b->text) && a->n == b->n &&
                a->if_empty == b->if_empty && a->part_count == b->part_count &&
                a->unless_count == b->unless_count && same_names(&a->authority, &b->authority) &&
                same_names(&a->passages, &b->passages) && same_cond(a->where, b->where) &&
                same_cond(a->body, b->body);
    for (uint32_t i = 0; same && i < a->part_count; i++)
        same = same_cond(a->parts[i], b->parts[i]);
    for (uint32_t i = 0; same && i < a->unless_count; i++)
        same = same_cond(a->unless[i], b->unless[i]);
    return same;
}

/* The rule that a reading finds under this id, or SP_NONE: of a reading that it extends, else of the base. */
static uint32_t before(const sp_rulebase *base, const sp_reading *reading, sp_str id)
{
    uint32_t at = reading->base;
    for (size_t hops = 0; at != SP_NONE && hops < base->readings.len; hops++) {
        const sp_reading *r = &base->readings.items[at];
        for (size_t i = 0; i < r->replace.len; i++)
            if (sp_str_eq(base->rules.items[r->replace.items[i]].id, id))
                return r->replace.items[i];
        for (size_t i = 0; i < r->add.len; i++)
            if (sp_str_eq(base->rules.items[r->add.items[i]].id, id))
                return r->add.items[i];
        at = r->base;
    }
    uint32_t found = rule_named(base, id);
    return found != SP_NONE && base->rules.items[found].reading == SP_NONE ? found : SP_NONE;
}

static bool replaces_anew(const sp_rulebase *base, const sp_reading *reading, const sp_rule *rule)
{
    uint32_t index = before(base, reading, rule->id);
    if (index == SP_NONE || !drops_anew(base, reading, rule->id))
        return true;
    const sp_rule *old = &base->rules.items[index];
    return !(sp_str_eq(rule->title, old->title) && sp_str_eq(rule->note, old->note) &&
             rule->support == old->support && same_names(&rule->authority, &old->authority) &&
             same_names(&rule->passages, &old->passages) && same_cond(rule->condition, old->condition));
}

/* How many parts of the reading change something; those that do not are reported if `parts`. */
static size_t count_changes(sp_lint_findings *f, const sp_reading *reading, bool parts)
{
    const sp_rulebase *base = f->base;
    size_t changes = reading->add.len + reading->presumptions.len;
    for (size_t i = 0; i < reading->settings.len; i++) {
        const sp_setting *s = &reading->settings.items[i];
        /* who else holds so is worth saying, and verdicts print it */
        bool anew = sets_anew(base, reading, s) || s->held_by.len > 0 || s->authority.count > 0;
        changes += anew;
        if (parts && !anew)
            sp_lint_findings_add(f, SP_LINT_IDLE_OVERRIDE, s->place, SP_NONE,
                                 "'%.*s' has this value already, and nobody is named who holds so",
                                 SP_STR(base->vocab.parameters.items[s->parameter].name));
    }
    for (size_t i = 0; i < reading->drop.count; i++) {
        bool anew = drops_anew(base, reading, reading->drop.items[i]);
        changes += anew;
        if (parts && !anew)
            sp_lint_findings_add(f, SP_LINT_IDLE_OVERRIDE, reading->drop.places[i], SP_NONE,
                                 "the rule '%.*s' is dropped already by a reading that this one extends",
                                 SP_STR(reading->drop.items[i]));
    }
    for (size_t i = 0; i < reading->replace.len; i++) {
        const sp_rule *rule = &base->rules.items[reading->replace.items[i]];
        bool anew = replaces_anew(base, reading, rule);
        changes += anew;
        if (parts && !anew)
            sp_lint_findings_add(f, SP_LINT_IDLE_OVERRIDE, rule->place, reading->replace.items[i],
                                 "'%.*s' takes the place of a rule that says and cites the same",
                                 SP_STR(rule->id));
    }
    return changes;
}

void sp_lint_readings(sp_lint_findings *f)
{
    for (size_t i = 0; i < f->base->readings.len && !f->failed; i++) {
        const sp_reading *reading = &f->base->readings.items[i];
        bool idle = count_changes(f, reading, false) == 0;
        if (!idle || reading->is_default)
            count_changes(f, reading, true);
        else
            sp_lint_findings_add(f, SP_LINT_IDLE_READING, reading->place, SP_NONE,
                                 "under '%.*s' everything is as %s%.*s%s", SP_STR(reading->id),
                                 reading->base != SP_NONE ? "under '" : "without it",
                                 SP_STR(reading->extends), reading->base != SP_NONE ? "'" : "");
    }
}

void sp_lint_patterns(sp_lint_findings *f, const sp_lint_pattern *patterns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const sp_lint_pattern *p = &patterns[i];
        if (p->examples > 0 && p->matched == 0)
            sp_lint_findings_add(f, SP_LINT_PATTERN_EXAMPLE, p->place, SP_NONE,
                                 "'%.*s' matches none of its own examples", SP_STR(p->name));
        else if (p->matched < p->examples)
            sp_lint_findings_add(f, SP_LINT_PATTERN_EXAMPLE, p->place, SP_NONE,
                                 "'%.*s' matches only %zu of its %zu examples", SP_STR(p->name), p->matched,
                                 p->examples);
        if (p->mismatched > 0)
            sp_lint_findings_add(f, SP_LINT_PATTERN_EXAMPLE, p->place, SP_NONE,
                                 "'%.*s' matches %zu of the %zu examples that it must not match",
                                 SP_STR(p->name), p->mismatched, p->counters);
    }
}
