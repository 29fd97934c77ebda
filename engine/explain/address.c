#include "explain/address.h"

void sp_criterion_name_add(sp_buf *b, const sp_vocab *vocab, uint32_t criterion)
{
    const sp_criterion *c = &vocab->criteria.items[criterion];
    sp_buf_add(b, vocab->entities.items[c->entity].name);
    sp_buf_add_char(b, '.');
    sp_buf_add(b, c->name);
}

static void entity_rows(const sp_run *run, uint32_t criterion, uint32_t root_row, uint32_t *row,
                        uint32_t *with_row)
{
    const sp_frame_rows *frame = &run->rows.frames[run->net->root_frames[criterion]];
    *row = frame->value != NULL ? frame->value[root_row] : root_row;
    *with_row = frame->with_row != NULL ? frame->with_row[root_row] : SP_NONE;
}

void sp_criterion_address_add(sp_buf *b, const sp_run *run, uint32_t criterion, uint32_t root_row)
{
    const sp_vocab *vocab = run->facts->vocab;
    const sp_criterion *c = &vocab->criteria.items[criterion];
    const sp_entity *e = &vocab->entities.items[c->entity];
    uint32_t row, with_row;
    entity_rows(run, criterion, root_row, &row, &with_row);
    sp_facts_address(run->facts, e->facet_of != SP_NONE ? e->facet_of : c->entity, row, b);
    sp_buf_add_char(b, '.');
    sp_buf_add(b, c->name);
    if (with_row == SP_NONE)
        return;
    sp_buf_add_char(b, '(');
    sp_facts_address(run->facts, c->with, with_row, b);
    sp_buf_add_char(b, ')');
}

static uint32_t member_value(const sp_explainer *ex, const sp_why *member)
{
    return ex->run->rows.frames[member->frame].value[member->row];
}

/* An entry's own id, or the value. */
static sp_str member_name(const sp_explainer *ex, const sp_why *member)
{
    const sp_facts *facts = ex->run->facts;
    sp_type type = member->cond->member_type;
    uint32_t value = member_value(ex, member);
    if (type.kind != SP_ENTITY)
        return facts->vocab->enums.items[type.index].values[value].name;
    uint32_t facet_of = facts->vocab->entities.items[type.index].facet_of;
    return sp_facts_row_id(facts, facet_of != SP_NONE ? facet_of : type.index, value);
}

bool sp_address_same_member(const sp_explainer *ex, const sp_why *a, const sp_why *b)
{
    return a->kind == SP_WHY_MEMBER && b->kind == SP_WHY_MEMBER && a->role == b->role &&
           sp_str_eq(member_name(ex, a), member_name(ex, b));
}

/* "tie=PRK": unique in the list that has it. */
static void add_member(sp_buf *b, const sp_explainer *ex, const sp_why *member, uint32_t nth)
{
    sp_buf_printf(b, "/%.*s=%.*s", SP_STR(member->cond->variable), SP_STR(member_name(ex, member)));
    if (nth > 0)
        sp_buf_printf(b, ".%u", nth + 1);
}

static uint32_t place_of(const sp_cond *child, sp_cond *const *conds, uint32_t count)
{
    uint32_t i = 0;
    while (i < count && conds[i] != child)
        i++;
    return i + 1;
}

static void add_cond(sp_buf *b, const sp_why *parent, const sp_why *child)
{
    if (parent->kind == SP_WHY_MEMBER)
        sp_buf_add_cstr(b, child->role == SP_ROLE_WHERE ? "/where" : "/that");
    else if (child->cond->id.len > 0)
        sp_buf_printf(b, "/%.*s", SP_STR(child->cond->id));
    else if (child->role == SP_ROLE_EXCEPTION)
        sp_buf_printf(b, "/unless.%u",
                      place_of(child->cond, parent->cond->unless, parent->cond->unless_count));
    else
        sp_buf_printf(b, "/%u", place_of(child->cond, parent->cond->parts, parent->cond->part_count));
}

void sp_address_step_add(sp_buf *b, const sp_explainer *ex, const sp_why *parent, const sp_why *child,
                         uint32_t nth)
{
    switch ((sp_why_kind)child->kind) {
    case SP_WHY_CRITERION:
        break;
    case SP_WHY_RULE:
        sp_buf_printf(b, ":%.*s", SP_STR(ex->base->rules.items[child->rule].id));
        break;
    case SP_WHY_COND:
        add_cond(b, parent, child);
        break;
    case SP_WHY_MEMBER:
        add_member(b, ex, child, nth);
        break;
    case SP_WHY_LIST:
        sp_buf_add_cstr(b, "/.list");
        break;
    case SP_WHY_LIMIT:
        sp_buf_add_cstr(b, "/.limit");
        break;
    }
}

/* The child that the beginning of `steps` leads to; its step's length, or 0. */
static size_t step_down(sp_explainer *ex, const sp_why *parent, sp_str steps, sp_whys *children,
                        sp_buf *step, sp_why *found)
{
    children->len = 0;
    sp_why_children(ex, parent, true, children);
    for (size_t i = 0; i < children->len && !ex->failed; i++) {
        uint32_t nth = 0;
        sp_buf_reset(step);
        /* only a list that is asserted in several ways has a member twice */
        sp_address_step_add(step, ex, parent, &children->items[i], 0);
        bool begins = step->len > 0 && sp_str_starts(steps, sp_buf_str(step));
        for (size_t k = 0; begins && k < i; k++)
            nth += sp_address_same_member(ex, &children->items[k], &children->items[i]);
        if (nth > 0)
            sp_buf_printf(step, ".%u", nth + 1);
        begins = begins && sp_str_starts(steps, sp_buf_str(step));
        if (!begins || (step->len < steps.len && steps.ptr[step->len] != '/'))
            continue;
        *found = children->items[i];
        return step->len;
    }
    return 0;
}

bool sp_address_follow(sp_explainer *ex, sp_why start, sp_str steps, sp_why *found)
{
    sp_whys children = {0};
    sp_buf step = {0};
    *found = start;
    while (steps.len > 0) {
        sp_why parent = *found;
        size_t length = step_down(ex, &parent, steps, &children, &step, found);
        if (length == 0)
            break;
        steps.ptr += length;
        steps.len -= length;
    }
    ex->failed |= step.failed;
    sp_buf_clear(&step);
    SP_VEC_FREE(&children);
    return steps.len == 0 && !ex->failed;
}
