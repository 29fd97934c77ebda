#include "eval/leaf.h"

void sp_agree(sp_agreement *a, sp_state state)
{
    a->differ |= a->any && state != a->state;
    a->any = true;
    a->state = state;
}

sp_state sp_agreed(const sp_agreement *a)
{
    return a->differ ? SP_CONTESTED : a->any ? a->state : SP_OPEN;
}

sp_state sp_leaf_truth(sp_leaf_reader *reader, const sp_net_node *node, uint32_t row, sp_state *presumed)
{
    sp_agreement all = {0}, with = {0};
    uint32_t asked = SP_NONE;
    if (node->left.hop_count > 0)
        asked = reader->rows->net->hops.items[node->left.first_hop + node->left.hop_count - 1].fact;
    reader->left.len = 0;
    sp_rows_resolve(reader->rows, &node->left, node->frame, row, &reader->left);
    for (size_t i = 0; i < reader->left.len; i++) {
        const sp_target *t = &reader->left.items[i];
        sp_state state = t->kind == SP_TARGET_OPEN ? SP_OPEN : t->value == 1 ? SP_HOLDS : SP_FAILS;
        sp_agree(&all, state);
        sp_agree(&with, state == SP_OPEN && t->fact == asked ? (sp_state)node->state : state);
    }
    *presumed = sp_agreed(&with);
    return sp_agreed(&all);
}

/* An operand's value at hand: of a cell, a variable, or a literal. */
struct operand {
    sp_type type;
    sp_value value;
    const sp_cell *cell;       /* or NULL */
    const sp_operand *literal; /* or NULL */
};

/* A parameter of the reading stands on the left: there is one way of taking it. */
static struct operand parameter_operand(const sp_rows *rows, const sp_operand *parameter)
{
    return (struct operand){.type = parameter->type, .value = rows->net->parameters[parameter->parameter]};
}

static struct operand operand_of(const sp_target *target, sp_type type)
{
    struct operand o = {.type = type, .cell = target->cell, .value = {.index = target->value}};
    if (target->kind == SP_TARGET_CELL)
        o.value = target->cell->value;
    return o;
}

static sp_str text_of(const sp_rows *rows, const struct operand *o)
{
    if (o->literal != NULL)
        return o->literal->text;
    return o->cell != NULL ? sp_facts_text(rows->facts, o->cell) : SP_EMPTY;
}

static sp_state decided(bool yes)
{
    return yes ? SP_HOLDS : SP_FAILS;
}

static sp_state compare_values(const sp_rows *rows, sp_op op, const struct operand *a,
                               const struct operand *b)
{
    switch ((sp_type_kind)a->type.kind) {
    case SP_NUMBER:
        return sp_compare_numbers(op, a->value.number, b->value.number);
    case SP_DATE:
        return sp_compare_dates(op, a->value.date, b->value.date);
    case SP_TEXT:
        return decided(sp_str_eq(text_of(rows, a), text_of(rows, b)));
    case SP_ENTITY:
        if (b->literal != NULL)
            return decided(
                sp_str_eq(sp_facts_row_id(rows->facts, a->type.index, a->value.index), b->literal->text));
        return decided(a->value.index == b->value.index);
    default:
        return sp_compare_numbers(op, (double)a->value.index, (double)b->value.index);
    }
}

static sp_state count_state(sp_op op, const sp_target *list, double wanted)
{
    double n = list->count;
    if (list->complete)
        return sp_compare_numbers(op, n, wanted);
    /* there may be more: only what more cannot change is decided */
    bool more_keeps_holding = op == SP_OP_AT_LEAST || op == SP_OP_ABOVE;
    if (op == SP_OP_IS)
        return n > wanted ? SP_FAILS : SP_OPEN;
    sp_state now = sp_compare_numbers(op, n, wanted);
    if (more_keeps_holding)
        return now == SP_HOLDS ? SP_HOLDS : SP_OPEN;
    return now == SP_FAILS ? SP_FAILS : SP_OPEN;
}

static sp_state includes(const sp_rows *rows, const sp_target *list, sp_type type,
                         const struct operand *wanted)
{
    struct operand member = {.type = type};
    member.type.list = false;
    for (uint32_t i = 0; i < list->count; i++) {
        member.value.index = list->members != NULL ? list->members[i] : list->value + i;
        if (compare_values(rows, SP_OP_IS, &member, wanted) == SP_HOLDS)
            return SP_HOLDS;
    }
    return list->complete ? SP_FAILS : SP_OPEN;
}

static sp_state matches(sp_leaf_reader *reader, const sp_cond *cond, const struct operand *subject)
{
    switch (sp_pattern_match(cond->pattern, reader->matcher, text_of(reader->rows, subject))) {
    case SP_MATCH_YES:
        return SP_HOLDS;
    case SP_MATCH_NO:
        return SP_FAILS;
    case SP_MATCH_UNDECIDED:
        reader->undecided = true;
        break;
    }
    return SP_OPEN;
}

/* One assertion of the subject against one value. */
static sp_state compare_one(sp_leaf_reader *reader, const sp_net_node *node, const sp_target *left,
                            const struct operand *right)
{
    const sp_cond *cond = node->cond;
    struct operand subject = operand_of(left, node->left.type);
    if (cond->left.kind == SP_OPERAND_PARAMETER) {
        subject = parameter_operand(reader->rows, &cond->left);
        return compare_values(reader->rows, (sp_op)cond->op, &subject, right);
    }
    if (left->kind == SP_TARGET_OPEN)
        return SP_OPEN;
    if (cond->counts)
        return count_state((sp_op)cond->op, left, right->value.number);
    if (cond->op == SP_OP_INCLUDES)
        return includes(reader->rows, left, node->left.type, right);
    return compare_values(reader->rows, (sp_op)cond->op, &subject, right);
}

/* A target as the comparison takes it: an open yes_no fact may be presumed. */
static sp_target as_presumed(const sp_leaf_reader *reader, sp_target target, const sp_path *path)
{
    if (target.kind != SP_TARGET_OPEN || !reader->presume || path->hop_count == 0)
        return target;
    uint32_t asked = reader->rows->net->hops.items[path->first_hop + path->hop_count - 1].fact;
    sp_state if_open = reader->rows->net->fact_presumptions[asked]->if_open;
    if (target.fact == asked && if_open != SP_OPEN) {
        target.kind = SP_TARGET_VALUE;
        target.value = if_open == SP_HOLDS;
    }
    return target;
}

/* One assertion of the subject against every way of taking the i-th value. */
static void compare_with(sp_leaf_reader *reader, const sp_net_node *node, const sp_target *left, uint32_t i,
                         uint32_t row, sp_agreement *all)
{
    const sp_operand *value = &node->cond->right[i];
    if (value->kind != SP_OPERAND_PATH) {
        struct operand literal = {.type = value->type, .value = value->value, .literal = value};
        if (value->kind == SP_OPERAND_PARAMETER)
            literal.value = reader->rows->net->parameters[value->parameter];
        sp_agree(all, compare_one(reader, node, left, &literal));
        return;
    }
    reader->right.len = 0;
    sp_rows_resolve(reader->rows, &node->right[i], node->frame, row, &reader->right);
    for (size_t k = 0; k < reader->right.len; k++) {
        const sp_target t = as_presumed(reader, reader->right.items[k], &node->right[i]);
        struct operand right = operand_of(&t, node->right[i].type);
        sp_agree(all, t.kind == SP_TARGET_OPEN ? SP_OPEN : compare_one(reader, node, left, &right));
    }
}

/* `is one of`, `includes one of`: any of the values. */
static sp_state compare_any(sp_leaf_reader *reader, const sp_net_node *node, const sp_target *left,
                            uint32_t row)
{
    sp_state state = SP_FAILS;
    for (uint32_t i = 0; i < node->cond->right_count; i++) {
        sp_agreement one = {0};
        compare_with(reader, node, left, i, row, &one);
        state = sp_state_any(state, sp_agreed(&one));
    }
    return state;
}

sp_state sp_leaf_compare(sp_leaf_reader *reader, const sp_net_node *node, uint32_t row)
{
    const sp_cond *cond = node->cond;
    sp_agreement all = {0};
    reader->left.len = 0;
    /* a parameter's path is empty and leads to the row itself: one target, whose value is not asked for */
    sp_rows_resolve(reader->rows, &node->left, node->frame, row, &reader->left);
    /* every way of taking the assertions of both sides is one answer; the answers are folded together at once */
    for (size_t k = 0; k < reader->left.len; k++) {
        const sp_target left = as_presumed(reader, reader->left.items[k], &node->left);
        struct operand subject = operand_of(&left, node->left.type);
        if (left.kind == SP_TARGET_OPEN && cond->left.kind == SP_OPERAND_PATH)
            sp_agree(&all, SP_OPEN);
        else if (cond->op == SP_OP_MATCHES)
            sp_agree(&all, matches(reader, cond, &subject));
        else if (cond->right_count == 1)
            compare_with(reader, node, &left, 0, row, &all);
        else
            sp_agree(&all, compare_any(reader, node, &left, row));
    }
    reader->failed |= reader->rows->failed;
    sp_state state = sp_agreed(&all);
    return cond->negated ? sp_state_not(state) : state;
}
