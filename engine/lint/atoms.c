#include "lint/atoms.h"

#include <stdlib.h>

#include <string.h>

struct collector {
    sp_space *space;
    uint32_t lists
        [SP_LINT_LEVELS]; /* by level of a quantifier's variable: the key of its list, SP_NONE for others */
    sp_buf key;
};

static uint32_t intern(struct collector *c, const sp_buf *key)
{
    sp_space *s = c->space;
    uint32_t before = s->keys.count;
    uint32_t number = key->failed ? SP_NONE : sp_intern_add(&s->keys, sp_buf_str(key));
    if (number == SP_NONE) {
        s->failed = true;
        return 0;
    }
    if (number == before && (!SP_VEC_PUSH(&s->key_atoms, SP_NONE) || !SP_VEC_PUSH(&s->key_groups, SP_NONE)))
        s->failed = true;
    return number;
}

/* --- keys: the same text for what asks the same --- */

static void add_path(struct collector *c, sp_buf *b, const sp_operand *operand)
{
    uint32_t list = operand->variable < SP_LINT_LEVELS ? c->lists[operand->variable] : SP_NONE;
    sp_buf_printf(b, "%u", operand->variable);
    if (list != SP_NONE)
        sp_buf_printf(b, "@%u", list);
    for (uint32_t i = 0; i < operand->step_count; i++) {
        const sp_step *step = &operand->steps[i];
        sp_buf_printf(b, ".%c%u", step->member.kind == SP_MEMBER_FACT ? 'f' : 'c', step->member.index);
        if (step->argument != NULL) {
            sp_buf_add_char(b, '(');
            add_path(c, b, step->argument);
            sp_buf_add_char(b, ')');
        }
    }
}

static void add_operand(struct collector *c, sp_buf *b, const sp_operand *operand)
{
    if (operand->kind == SP_OPERAND_PARAMETER)
        sp_buf_printf(b, "p%u", operand->parameter);
    else if (operand->kind == SP_OPERAND_LITERAL)
        sp_buf_printf(b, "'%zu:%.*s", operand->text.len, SP_STR(operand->text));
    else
        add_path(c, b, operand);
}

/* --- groups --- */

static bool all_literal(const sp_cond *leaf)
{
    for (uint32_t i = 0; i < leaf->right_count; i++)
        if (leaf->right[i].kind != SP_OPERAND_LITERAL)
            return false;
    return leaf->right_count > 0;
}

static uint32_t group_of_key(struct collector *c, sp_group_kind kind, const sp_cond *leaf)
{
    sp_space *s = c->space;
    uint32_t key = intern(c, &c->key);
    if (s->failed)
        return 0;
    if (s->key_groups.items[key] == SP_NONE) {
        s->key_groups.items[key] = (uint32_t)s->groups.len;
        if (!SP_VEC_PUSH(&s->groups, (sp_group){.kind = (uint8_t)kind, .leaf = leaf}))
            s->failed = true;
    }
    return s->failed ? 0 : s->key_groups.items[key];
}

static bool same_value(const sp_operand *a, const sp_operand *b)
{
    switch ((sp_type_kind)a->type.kind) {
    case SP_NUMBER:
        return !(a->value.number < b->value.number) && !(a->value.number > b->value.number);
    case SP_DATE:
        return a->value.date.from == b->value.date.from && a->value.date.to == b->value.date.to;
    case SP_ENUM:
    case SP_YES_NO:
        return a->value.index == b->value.index;
    default:
        return sp_str_eq(a->text, b->text);
    }
}

static bool value_before(const sp_operand *a, const sp_operand *b)
{
    if (a->type.kind == SP_NUMBER)
        return a->value.number < b->value.number;
    if (a->type.kind == SP_DATE)
        return a->value.date.from < b->value.date.from;
    return false;
}

/* Keeps the values different and, where they have an order, in it. */
static void add_value(sp_space *s, sp_group *group, const sp_operand *value)
{
    for (size_t i = 0; i < group->values.len; i++)
        if (same_value(group->values.items[i], value))
            return;
    if (!SP_VEC_PUSH(&group->values, value)) {
        s->failed = true;
        return;
    }
    for (size_t i = group->values.len - 1; i > 0 && value_before(value, group->values.items[i - 1]); i--) {
        group->values.items[i] = group->values.items[i - 1];
        group->values.items[i - 1] = value;
    }
}

/* The group of a comparison; free where nothing is known of how it is bound to others. */
static uint32_t group_of(struct collector *c, const sp_cond *leaf, bool *flipped)
{
    sp_buf left = {0}, right = {0};
    bool compares = leaf->op >= SP_OP_IS && leaf->op <= SP_OP_ON_OR_AFTER;
    sp_buf_reset(&c->key);
    *flipped = false;
    uint32_t group;
    if (compares && all_literal(leaf)) {
        sp_buf_printf(&c->key, "V%d|", leaf->counts);
        add_operand(c, &c->key, &leaf->left);
        group = group_of_key(c, SP_GROUP_VALUES, leaf);
        for (uint32_t i = 0; i < leaf->right_count && !c->space->failed; i++)
            add_value(c->space, &c->space->groups.items[group], &leaf->right[i]);
    } else if (compares && leaf->right_count == 1 && !leaf->counts) {
        add_operand(c, &left, &leaf->left);
        add_operand(c, &right, &leaf->right[0]);
        int order = sp_str_cmp(sp_buf_str(&left), sp_buf_str(&right));
        *flipped = order > 0;
        const sp_buf *first = order > 0 ? &right : &left, *second = order > 0 ? &left : &right;
        sp_buf_printf(&c->key, "R|%.*s|%.*s", SP_STR(sp_buf_str(first)), SP_STR(sp_buf_str(second)));
        group = group_of_key(c, SP_GROUP_RELATION, leaf);
        if (!c->space->failed)
            c->space->groups.items[group].same = order == 0;
    } else {
        sp_buf_add_cstr(&c->key, "F");
        group = group_of_key(c, SP_GROUP_FREE, NULL);
    }
    c->space->failed |= left.failed || right.failed;
    sp_buf_clear(&left);
    sp_buf_clear(&right);
    return group;
}

/* --- atoms --- */

static void give(struct collector *c, const sp_cond *cond, uint32_t atom)
{
    sp_space *s = c->space;
    s->atom_of[cond->number] = atom;
    s->failed |= !SP_VEC_PUSH(&s->noted, cond->number);
}

/* The atom whose key stands in c->key; made of `made` if there is none yet. */
static uint32_t atom_of_key(struct collector *c, sp_atom made)
{
    sp_space *s = c->space;
    uint32_t key = intern(c, &c->key);
    if (s->failed)
        return SP_NONE;
    if (s->key_atoms.items[key] != SP_NONE)
        return s->key_atoms.items[key];
    if (s->atoms.len == SP_LINT_MAX_ATOMS) {
        s->too_many = true;
        return SP_NONE;
    }
    s->key_atoms.items[key] = (uint32_t)s->atoms.len;
    memcpy(made.lists, c->lists, sizeof made.lists);
    if (!SP_VEC_PUSH(&s->atoms, made)) {
        s->failed = true;
        return SP_NONE;
    }
    s->groups.items[made.group].atom_count++;
    return (uint32_t)s->atoms.len - 1;
}

static void collect_leaf(struct collector *c, const sp_cond *leaf)
{
    bool flipped;
    sp_atom atom = {.cond = leaf, .list = SP_NONE};
    atom.group = group_of(c, leaf, &flipped);
    atom.flipped = flipped;
    sp_buf_reset(&c->key);
    sp_buf_printf(&c->key, "L%d|%d|", leaf->op, leaf->counts);
    add_operand(c, &c->key, &leaf->left);
    for (uint32_t i = 0; i < leaf->right_count; i++) {
        sp_buf_add_char(&c->key, '|');
        add_operand(c, &c->key, &leaf->right[i]);
    }
    if (leaf->op == SP_OP_MATCHES) /* the pattern is the leaf's text */
        sp_buf_add(&c->key, leaf->text);
    if (!c->space->failed)
        give(c, leaf, atom_of_key(c, atom));
}

static int compare_numbers(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void add_cond_key(struct collector *c, sp_buf *b, const sp_cond *cond);

/* Parts in any order ask the same. */
static void add_parts_key(struct collector *c, sp_buf *b, sp_cond *const *parts, uint32_t count)
{
    uint64_t *keys = malloc((count + 1u) * sizeof *keys);
    if (keys == NULL) {
        c->space->failed = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        sp_buf one = {0};
        add_cond_key(c, &one, parts[i]);
        keys[i] = intern(c, &one);
        sp_buf_clear(&one);
    }
    qsort(keys, count, sizeof *keys, compare_numbers);
    for (uint32_t i = 0; i < count; i++)
        sp_buf_printf(b, ",%u", (unsigned)keys[i]);
    free(keys);
}

/* A condition whose leaves and quantifiers have their atoms. */
static void add_cond_key(struct collector *c, sp_buf *b, const sp_cond *cond)
{
    if (cond->kind == SP_COND_LEAF || cond->kind == SP_COND_SOME || cond->kind == SP_COND_EVERY)
        sp_buf_printf(b, "a%u%s", c->space->atom_of[cond->number], cond->negated ? "!" : "");
    else
        sp_buf_printf(b, "k%d.%u", cond->kind, cond->n);
    if (cond->part_count > 0)
        add_parts_key(c, b, cond->parts, cond->part_count);
    if (cond->unless_count > 0) {
        sp_buf_add_char(b, '-');
        add_parts_key(c, b, cond->unless, cond->unless_count);
    }
}

static void collect(struct collector *c, const sp_cond *cond);

static void collect_quantifier(struct collector *c, const sp_cond *cond)
{
    sp_buf_reset(&c->key);
    sp_buf_add_cstr(&c->key, "l");
    add_path(c, &c->key, &cond->list);
    uint32_t list = intern(c, &c->key), outer = c->lists[cond->level];
    c->lists[cond->level] = list;
    if (cond->where != NULL)
        collect(c, cond->where);
    collect(c, cond->body);
    sp_buf key = {0};
    if (!c->space->failed && !c->space->too_many) {
        sp_buf_printf(&key, "Q%d|%d|%u|", cond->kind, cond->if_empty, list);
        if (cond->where != NULL)
            add_cond_key(c, &key, cond->where);
        sp_buf_add_char(&key, '|');
        add_cond_key(c, &key, cond->body);
        sp_buf_reset(&c->key);
        sp_buf_add_cstr(&c->key, "F");
        sp_atom atom = {.cond = cond, .list = list, .group = group_of_key(c, SP_GROUP_FREE, NULL)};
        sp_buf_reset(&c->key);
        sp_buf_add(&c->key, sp_buf_str(&key));
        c->key.failed |= key.failed;
        if (!c->space->failed)
            give(c, cond, atom_of_key(c, atom));
    }
    sp_buf_clear(&key);
    c->lists[cond->level] = outer;
}

static void collect(struct collector *c, const sp_cond *cond)
{
    if (c->space->failed || c->space->too_many)
        return;
    if (cond->kind == SP_COND_LEAF)
        collect_leaf(c, cond);
    for (uint32_t i = 0; i < cond->part_count; i++)
        collect(c, cond->parts[i]);
    if (cond->kind == SP_COND_SOME || cond->kind == SP_COND_EVERY)
        collect_quantifier(c, cond);
    for (uint32_t i = 0; i < cond->unless_count; i++)
        collect(c, cond->unless[i]);
}

void sp_atoms_collect(sp_space *space, const sp_cond *cond)
{
    struct collector c = {.space = space};
    for (size_t i = 0; i < SP_LINT_LEVELS; i++)
        c.lists[i] = SP_NONE;
    collect(&c, cond);
    sp_buf_clear(&c.key);
}

/* --- regions --- */

/* Numbers and dates: below the first value, at it, between it and the next, ... Region 2i + 1 is value i. */
static uint64_t number_regions(const sp_group *group)
{
    uint64_t there = 0;
    for (uint32_t r = 0; r < group->region_count; r++) {
        bool at = r % 2 == 1, first = r == 0, last = r + 1 == group->region_count;
        double below = first || at ? -1 : group->values.items[r / 2 - 1]->value.number;
        double above = last || at ? 0 : group->values.items[r / 2]->value.number;
        double value = at ? group->values.items[r / 2]->value.number : 0;
        bool some = true;
        if (group->leaf->counts && at)
            some = value >= 0 && value <= (double)UINT32_MAX && value - (double)(uint32_t)value <= 0;
        else if (group->leaf->counts && first)
            some = above > 0;
        else if (group->leaf->counts && !last &&
                 above <= (double)INT32_MAX) /* is a whole number between? */
            some = (below < 0 ? 0 : (double)((int64_t)below + 1)) < above;
        there |= (uint64_t)some << r;
    }
    return there;
}

static bool dates_overlap(const sp_group *group)
{
    for (size_t i = 1; i < group->values.len; i++)
        if (group->values.items[i]->value.date.from <= group->values.items[i - 1]->value.date.to)
            return true;
    return false;
}

static void make_regions(const sp_space *s, sp_group *group)
{
    sp_type type = group->leaf->left.type;
    bool ordered = group->leaf->counts || type.kind == SP_NUMBER || type.kind == SP_DATE;
    size_t count = 0;
    if (group->kind == SP_GROUP_RELATION) {
        group->region_count = 3;
        group->regions = group->same ? 2 : 7;
        return;
    }
    if (ordered)
        count = 2 * group->values.len + 1;
    else if (type.kind == SP_ENUM)
        count = s->base->vocab.enums.items[type.index].count;
    else if (type.kind == SP_YES_NO)
        count = 2;
    else
        count = group->values.len + 1;
    group->opaque = count > 64 || (type.kind == SP_DATE && !group->leaf->counts && dates_overlap(group));
    group->region_count = group->opaque ? 0 : (uint32_t)count;
    group->regions = count == 64 ? UINT64_MAX : ((uint64_t)1 << group->region_count) - 1;
    if (!group->opaque && (group->leaf->counts || type.kind == SP_NUMBER))
        group->regions = number_regions(group);
}

/* Where a value stands among the regions. */
static uint32_t region_of(const sp_group *group, const sp_operand *value)
{
    sp_type type = group->leaf->left.type;
    if (!group->leaf->counts && (type.kind == SP_ENUM || type.kind == SP_YES_NO))
        return value->value.index;
    bool ordered = group->leaf->counts || type.kind == SP_NUMBER || type.kind == SP_DATE;
    uint32_t i = 0;
    while (!same_value(group->values.items[i], value))
        i++;
    return ordered ? 2 * i + 1 : i;
}

static bool compare(sp_op op, uint32_t region, uint32_t value)
{
    switch (op) {
    case SP_OP_AT_LEAST:
    case SP_OP_ON_OR_AFTER:
        return region >= value;
    case SP_OP_AT_MOST:
    case SP_OP_ON_OR_BEFORE:
        return region <= value;
    case SP_OP_ABOVE:
    case SP_OP_AFTER:
        return region > value;
    case SP_OP_BELOW:
    case SP_OP_BEFORE:
        return region < value;
    default:
        return region == value;
    }
}

static uint64_t answers_of(const sp_group *group, const sp_atom *atom)
{
    uint64_t answers = 0;
    for (uint32_t r = 0; r < group->region_count; r++) {
        bool holds = false;
        if (group->kind == SP_GROUP_RELATION)
            holds = compare((sp_op)atom->cond->op, atom->flipped ? 2 - r : r, 1);
        else
            for (uint32_t v = 0; v < atom->cond->right_count; v++)
                holds |= compare((sp_op)atom->cond->op, r, region_of(group, &atom->cond->right[v]));
        answers |= (uint64_t)holds << r;
    }
    return answers & group->regions;
}

void sp_atoms_regions(sp_space *space, uint32_t index)
{
    sp_group *group = &space->groups.items[index];
    if (group->kind == SP_GROUP_FREE)
        return;
    make_regions(space, group);
    for (size_t i = 0; i < space->atoms.len && !group->opaque; i++)
        if (space->atoms.items[i].group == index)
            space->atoms.items[i].answers = answers_of(group, &space->atoms.items[i]);
}
