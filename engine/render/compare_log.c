#include "render/compare_log.h"

#include "render/clause.h"
#include "render/phrase.h"
#include "render/verdict.h"

void sp_compare_log_free(sp_compare_log *log)
{
    for (size_t i = 0; i < log->cases.len; i++) {
        sp_compare_case *c = &log->cases.items[i];
        for (size_t k = 0; k < c->points.len; k++)
            SP_VEC_FREE(&c->points.items[k].others);
        SP_VEC_FREE(&log->cases.items[i].rows);
        SP_VEC_FREE(&log->cases.items[i].points);
    }
    SP_VEC_FREE(&log->cases);
    SP_VEC_FREE(&log->only[0]);
    SP_VEC_FREE(&log->only[1]);
    sp_arena_wipe(&log->arena);
    *log = (sp_compare_log){0};
}

const char *sp_compare_kind_word(sp_compare_kind kind)
{
    static const char *const words[] = {"readings", "cases", "rules"};
    return words[kind];
}

size_t sp_compare_differences(const sp_compare_log *log)
{
    size_t count = 0;
    for (size_t c = 0; c < log->cases.len; c++)
        for (size_t i = 0; i < log->cases.items[c].rows.len; i++)
            count += log->cases.items[c].rows.items[i].differs;
    return count;
}

/* Keeps what was built, and empties the buffer. */
static sp_str kept(sp_compare_log *log, sp_buf *b)
{
    sp_str text = sp_arena_dup(&log->arena, sp_buf_str(b));
    log->failed |= b->failed || log->arena.failed;
    sp_buf_reset(b);
    return text;
}

void sp_compare_log_case(sp_compare_log *log, sp_str name, sp_str file)
{
    sp_compare_case c = {.name = sp_arena_dup(&log->arena, log->style.redact ? SP_LIT("[case]") : name),
                         .file = sp_arena_dup(&log->arena, log->style.redact ? SP_LIT("[file]") : file)};
    log->failed |= log->arena.failed || !SP_VEC_PUSH(&log->cases, c);
}

sp_compare_row *sp_compare_log_row(sp_compare_log *log, sp_explainer *ex, const sp_result *result)
{
    const sp_facts *facts = ex->run->facts;
    const sp_criterion *c = &facts->vocab->criteria.items[result->criterion];
    const sp_entity *e = &facts->vocab->entities.items[c->entity];
    uint32_t entity = e->facet_of != SP_NONE ? e->facet_of : c->entity;
    sp_compare_row row = {.title = sp_arena_dup(&log->arena, c->title), .headline = c->headline};
    sp_buf b = {0};
    sp_facts_address(facts, entity, result->entity_row, &b);
    row.subject = kept(log, &b);
    if (entity == SP_CASE_ENTITY)
        sp_buf_add_cstr(&b, "the case");
    else
        sp_subject_add(&b, facts, entity, result->entity_row, &log->style);
    row.subject_name = kept(log, &b);
    sp_criterion_name_add(&b, facts->vocab, result->criterion);
    row.criterion = kept(log, &b);
    if (result->with_row != SP_NONE) {
        sp_facts_address(facts, c->with, result->with_row, &b);
        row.with = kept(log, &b);
    }
    sp_buf_clear(&b);
    row.states = SP_NEW_ARRAY(&log->arena, uint8_t, log->column_count);
    row.points = SP_NEW_ARRAY(&log->arena, uint32_t, log->column_count);
    if (log->arena.failed || log->failed || !SP_VEC_PUSH(&log->cases.items[log->cases.len - 1].rows, row)) {
        log->failed = true;
        return NULL;
    }
    sp_compare_case *last = &log->cases.items[log->cases.len - 1];
    return &last->rows.items[last->rows.len - 1];
}

/* --- what each side says --- */

struct pointing {
    sp_compare_log *log;
    sp_explainer *ex[2];
    const sp_parting *parting;
    sp_buf b;
};

static void add_names(sp_buf *b, const sp_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        sp_buf_printf(b, "%s%.*s", i > 0 ? "; " : "", SP_STR(names->items[i]));
}

/* "kim.departed: 2011-02": the facts that a leaf or list reads, each once. */
static void add_facts(struct pointing *p, int side, const sp_why *why)
{
    sp_explainer *ex = p->ex[side];
    const sp_facts *facts = ex->run->facts;
    sp_targets read = {0};
    sp_why_facts(ex, why, &read);
    for (size_t i = 0; i < read.len; i++) {
        const sp_target *t = &read.items[i];
        bool seen = t->fact == SP_NONE;
        for (size_t k = 0; k < i; k++)
            seen |= read.items[k].fact == t->fact && read.items[k].row == t->row;
        if (seen)
            continue;
        if (p->b.len > 0)
            sp_buf_add_cstr(&p->b, "; ");
        sp_fact_address_add(&p->b, facts, t->fact, t->row);
        sp_buf_add_cstr(&p->b, ": ");
        sp_stated_add(&p->b, facts, t->fact,
                      sp_facts_cell(facts, t->entity, t->row, facts->vocab->facts.items[t->fact].column),
                      &p->log->style);
    }
    SP_VEC_FREE(&read);
}

static void rule_side(struct pointing *p, int side, sp_compare_side *out)
{
    const sp_why *why = &p->parting->at[side];
    if (!p->parting->there[side]) {
        out->state = SP_COMPARE_ABSENT;
        out->says = SP_LIT("no such rule is in force");
        return;
    }
    const sp_rule *rule = &p->ex[side]->base->rules.items[why->rule];
    out->says = sp_arena_dup(&p->log->arena, rule->title);
    add_names(&p->b, &rule->authority);
    out->authority = kept(p->log, &p->b);
    if (rule->place.input != NULL)
        sp_buf_printf(&p->b, "%.*s:%u", SP_STR(rule->place.input->name), rule->place.line);
    out->place = kept(p->log, &p->b);
    if (!p->parting->has_turn[side])
        return;
    const sp_why *turn = &p->parting->turns_on[side];
    out->turn_state = turn->state;
    if (turn->kind == SP_WHY_COND && turn->role == SP_ROLE_EXCEPTION)
        sp_buf_add_cstr(&p->b, "exception: ");
    sp_phrase_add(&p->b, p->ex[side]->base, turn->cond);
    out->turns_on = kept(p->log, &p->b);
}

static void parameter_side(struct pointing *p, int side, sp_compare_side *out)
{
    const sp_network *net = p->ex[side]->run->net;
    const sp_vocab *vocab = &net->base->vocab;
    uint32_t parameter = p->parting->parameter[side], setting = net->parameter_settings[parameter];
    sp_clause_value_add(&p->b, vocab, vocab->parameters.items[parameter].type, net->parameters[parameter]);
    if (setting == SP_NONE) {
        out->says = kept(p->log, &p->b);
        return;
    }
    const sp_setting *s = &net->base->readings.items[setting >> 16].settings.items[setting & 0xFFFF];
    if (s->held_by.len > 0)
        sp_buf_printf(&p->b, ", held by %.*s", SP_STR(s->held_by));
    out->says = kept(p->log, &p->b);
    add_names(&p->b, &s->authority);
    out->authority = kept(p->log, &p->b);
}

static const sp_presumption *presumption_of(const struct pointing *p, int side)
{
    const sp_why *why = &p->parting->at[side];
    const sp_network *net = p->ex[side]->run->net;
    if (why->kind == SP_WHY_CRITERION)
        return net->criterion_presumptions[why->criterion];
    const sp_net_node *node = &net->nodes.items[net->core_nodes[why->cond->number]];
    return net->fact_presumptions[net->hops.items[node->left.first_hop + node->left.hop_count - 1].fact];
}

static void presumed_side(struct pointing *p, int side, sp_compare_side *out)
{
    if (!p->parting->at[side].presumes) {
        out->says = SP_LIT("nothing is presumed");
        return;
    }
    const sp_presumption *presumption = presumption_of(p, side);
    sp_buf_printf(&p->b, "presumed; burden: %.*s", SP_STR(presumption->burden));
    out->says = kept(p->log, &p->b);
    add_names(&p->b, &presumption->authority);
    out->authority = kept(p->log, &p->b);
}

static void facts_side(struct pointing *p, int side, sp_compare_side *out)
{
    sp_why why = p->parting->at[side];
    if (p->parting->kind == SP_PART_LIST && (why.kind == SP_WHY_COND || why.kind == SP_WHY_RULE)) {
        why.kind = SP_WHY_LIST;
    }
    add_facts(p, side, &why);
    out->says = kept(p->log, &p->b);
}

static void write_side(struct pointing *p, int side, sp_compare_side *out)
{
    out->state = p->parting->at[side].state;
    switch ((sp_part_kind)p->parting->kind) {
    case SP_PART_RULE_ONLY:
    case SP_PART_RULE_TEXT:
        rule_side(p, side, out);
        break;
    case SP_PART_PARAMETER:
        parameter_side(p, side, out);
        break;
    case SP_PART_PRESUMED:
        presumed_side(p, side, out);
        break;
    case SP_PART_FACT:
    case SP_PART_LIST:
        facts_side(p, side, out);
        break;
    case SP_PART_NODE:
        out->state = p->parting->criterion[side].state;
        break;
    }
}

/* --- the point --- */

static void write_what(struct pointing *p, sp_buf *b)
{
    const sp_parting *parting = p->parting;
    int side = parting->there[0] || parting->kind == SP_PART_NODE ? 0 : 1;
    const sp_why *at = &parting->at[side];
    const sp_rulebase *base = p->ex[side]->base;
    switch ((sp_part_kind)parting->kind) {
    case SP_PART_RULE_ONLY:
        sp_buf_printf(b, "the rule %.*s is in force on one side alone",
                      SP_STR(base->rules.items[at->rule].id));
        break;
    case SP_PART_RULE_TEXT:
        sp_buf_printf(b, "the rule %.*s reads otherwise", SP_STR(base->rules.items[at->rule].id));
        break;
    case SP_PART_PARAMETER: {
        const sp_parameter *parameter = &base->vocab.parameters.items[parting->parameter[0]];
        sp_buf_printf(b, "the readings differ in %.*s: %.*s", SP_STR(parameter->name),
                      SP_STR(parameter->title));
        break;
    }
    case SP_PART_PRESUMED:
        sp_buf_add_cstr(b, "one side rests on a presumption");
        if (at->kind == SP_WHY_COND || at->kind == SP_WHY_RULE) {
            sp_buf_add_cstr(b, ": ");
            sp_phrase_add(b, base, at->cond);
        }
        break;
    case SP_PART_FACT:
    case SP_PART_LIST:
        sp_phrase_add(b, base, at->cond);
        break;
    case SP_PART_NODE:
        sp_buf_add_cstr(b, "the reasons differ, and no single point tells why");
        break;
    }
}

static bool same_side(const sp_compare_side *a, const sp_compare_side *b)
{
    return a->state == b->state && a->turn_state == b->turn_state && sp_str_eq(a->says, b->says) &&
           sp_str_eq(a->authority, b->authority) && sp_str_eq(a->place, b->place) &&
           sp_str_eq(a->turns_on, b->turns_on);
}

static bool same_point(const sp_compare_point *a, const sp_compare_point *b)
{
    return a->kind == b->kind && sp_str_eq(a->criterion, b->criterion) && sp_str_eq(a->what, b->what) &&
           same_side(&a->first, &b->first);
}

/* The point's number in the case, from 1; the same for all verdicts that part there. */
static uint32_t number_of(sp_compare_log *log, const sp_compare_point *point)
{
    sp_compare_case *c = &log->cases.items[log->cases.len - 1];
    for (size_t i = 0; i < c->points.len; i++)
        if (same_point(&c->points.items[i], point))
            return (uint32_t)i + 1;
    log->failed |= !SP_VEC_PUSH(&c->points, *point);
    return (uint32_t)c->points.len;
}

static void note_other(sp_compare_log *log, sp_compare_point *point, const sp_compare_side *side,
                       size_t column)
{
    size_t i = 0;
    while (i < point->others.len && !same_side(&point->others.items[i].side, side))
        i++;
    if (i == point->others.len) {
        sp_compare_other other = {*side, SP_NEW_ARRAY(&log->arena, bool, log->column_count)};
        log->failed |= log->arena.failed || !SP_VEC_PUSH(&point->others, other);
    }
    if (!log->failed)
        point->others.items[i].columns[column] = true;
}

void sp_compare_columns_add(const sp_compare_log *log, const sp_compare_other *other, sp_buf *b)
{
    size_t count = 0;
    for (size_t i = 0; i < log->column_count; i++)
        if (other->columns[i])
            sp_buf_printf(b, "%s%.*s", count++ > 0 ? ", " : "", SP_STR(log->columns[i].id));
}

static void write_point(struct pointing *p, sp_compare_point *point, sp_compare_side *other)
{
    static const char *const kinds[] = {[SP_PART_RULE_ONLY] = "rule-on-one-side",
                                        [SP_PART_RULE_TEXT] = "rule",
                                        [SP_PART_PARAMETER] = "parameter",
                                        [SP_PART_PRESUMED] = "presumption",
                                        [SP_PART_FACT] = "fact",
                                        [SP_PART_LIST] = "list",
                                        [SP_PART_NODE] = "reasons"};
    point->kind = kinds[p->parting->kind];
    sp_criterion_address_add(&p->b, p->ex[0]->run, p->parting->criterion[0].criterion,
                             p->parting->criterion[0].row);
    point->criterion = kept(p->log, &p->b);
    write_what(p, &p->b);
    point->what = kept(p->log, &p->b);
    write_side(p, 0, &point->first);
    write_side(p, 1, other);
}

void sp_compare_log_part(sp_compare_log *log, sp_explainer *first, sp_explainer *other,
                         const sp_why *first_why, const sp_why *other_why, size_t column)
{
    sp_parting parting;
    sp_compare_point point = {0};
    sp_compare_side side = {0};
    if (log->failed || !sp_part(first, other, first_why, other_why, &parting)) {
        log->failed = true;
        return;
    }
    struct pointing p = {.log = log, .ex = {first, other}, .parting = &parting};
    write_point(&p, &point, &side);
    sp_buf_clear(&p.b);
    uint32_t number = number_of(log, &point);
    if (log->failed)
        return;
    sp_compare_case *c = &log->cases.items[log->cases.len - 1];
    note_other(log, &c->points.items[number - 1], &side, column);
    c->rows.items[c->rows.len - 1].points[column] = number;
}
