#include <stdlib.h>
#include <string.h>

#include "net/network.h"
#include "net/order.h"
#include "surplace/limits.h"

struct compiler {
    sp_network *net;
    const sp_rulebase *base;
    sp_diags *diags;
    sp_buf key; /* of the node being made */
    bool failed;
};

static uint32_t compile_cond(struct compiler *c, const sp_cond *cond, uint32_t frame);

/* --- frames and paths --- */

static uint32_t add_frame(struct compiler *c, sp_frame frame)
{
    c->failed |= !SP_VEC_PUSH(&c->net->frames, frame);
    return (uint32_t)c->net->frames.len - 1;
}

static uint32_t root_frame(struct compiler *c, uint32_t entity, uint32_t with)
{
    for (uint32_t i = 0; i < c->net->frames.len; i++) {
        const sp_frame *f = &c->net->frames.items[i];
        if (f->parent == SP_NONE && f->entity == entity && f->with == with)
            return i;
    }
    return add_frame(c, (sp_frame){.parent = SP_NONE,
                                   .entity = entity,
                                   .with = with,
                                   .variable = {.kind = SP_ENTITY, .index = entity},
                                   .level = 1});
}

static sp_hop hop_of(const sp_fact *fact, uint32_t index)
{
    static const uint8_t kinds[] = {[SP_FACT_STATED] = SP_HOP_FACT,
                                    [SP_FACT_OWNER] = SP_HOP_OWNER,
                                    [SP_FACT_BASE] = SP_HOP_BASE,
                                    [SP_FACT_CASE] = SP_HOP_CASE,
                                    [SP_FACT_COLLECTION] = SP_HOP_COLLECTION};
    return (sp_hop){.kind = kinds[fact->role],
                    .from = fact->entity,
                    .column = fact->column,
                    .fact = index,
                    .to = fact->type.kind == SP_ENTITY ? fact->type.index : SP_NONE};
}

/* The steps of an operand but a criterion at its end. */
static sp_path compile_path(struct compiler *c, const sp_operand *operand, uint32_t frame)
{
    const sp_vocab *vocab = &c->base->vocab;
    sp_path path = {.type = operand->type, .first_hop = (uint32_t)c->net->hops.len};
    if (operand->variable == 0) {
        path.start = SP_START_CASE;
    } else {
        uint32_t at = frame;
        while (c->net->frames.items[at].parent != SP_NONE &&
               c->net->frames.items[at].level != operand->variable) {
            at = c->net->frames.items[at].parent;
            path.up++;
        }
        const sp_frame *f = &c->net->frames.items[at];
        /* a root has its entity at level 1 and the second of a pair after it; the case is level 0 */
        bool second = f->parent == SP_NONE && f->with != SP_NONE &&
                      operand->variable == (f->entity == SP_CASE_ENTITY ? 1u : 2u);
        path.start = second ? SP_START_WITH : SP_START_VARIABLE;
    }
    for (uint32_t i = 0; i < operand->step_count; i++) {
        if (operand->steps[i].member.kind == SP_MEMBER_CRITERION)
            break;
        uint32_t index = operand->steps[i].member.index;
        if (!SP_VEC_PUSH(&c->net->hops, hop_of(&vocab->facts.items[index], index))) {
            c->failed = true;
            break;
        }
        path.type = vocab->facts.items[index].type;
        path.hop_count++;
    }
    return path;
}

/* Keys are numbers side by side, not text: there is one for every condition whenever the program starts. What comes
 * with a count of its own says it first. */
static void key_number(struct compiler *c, uint32_t number)
{
    sp_buf_add(&c->key, (sp_str){(const char *)&number, sizeof number});
}

static void start_key(struct compiler *c, char kind, uint32_t frame, uint32_t more)
{
    sp_buf_reset(&c->key);
    sp_buf_add_char(&c->key, kind);
    key_number(c, frame);
    key_number(c, more);
}

static void key_path(struct compiler *c, const sp_path *path)
{
    sp_buf_add_char(&c->key, 'p');
    key_number(c, path->up);
    key_number(c, path->start);
    key_number(c, path->hop_count);
    for (uint32_t i = 0; i < path->hop_count; i++)
        key_number(c, c->net->hops.items[path->first_hop + i].fact);
}

/* --- nodes, equal ones shared --- */

static uint32_t add_node(struct compiler *c, sp_net_node node, const uint32_t *inputs, uint32_t count)
{
    sp_network *net = c->net;
    node.first_input = (uint32_t)net->inputs.len;
    node.input_count = count;
    for (uint32_t i = 0; i < count; i++)
        c->failed |= !SP_VEC_PUSH(&net->inputs, inputs[i]);
    c->failed |= !SP_VEC_PUSH(&net->nodes, node);
    return (uint32_t)net->nodes.len - 1;
}

/* The node whose key stands in c->key: the earlier one if there is one. */
static uint32_t shared_node(struct compiler *c, sp_net_node node, const uint32_t *inputs, uint32_t count)
{
    sp_network *net = c->net;
    uint32_t before = net->shared.count;
    c->failed |= c->key.failed;
    uint32_t number = c->failed ? SP_NONE : sp_intern_add(&net->shared, sp_buf_str(&c->key));
    if (number == SP_NONE) {
        c->failed = true;
        return 0;
    }
    if (number < before)
        return net->shared_nodes.items[number];
    uint32_t index = add_node(c, node, inputs, count);
    c->failed |= !SP_VEC_PUSH(&net->shared_nodes, index);
    return index;
}

static uint32_t connective(struct compiler *c, sp_net_kind kind, uint32_t frame, const uint32_t *inputs,
                           uint32_t count, uint32_t n)
{
    if ((kind == SP_NET_ALL || kind == SP_NET_ANY) && count == 1)
        return inputs[0];
    start_key(c, 'a', frame, kind);
    key_number(c, n);
    for (uint32_t i = 0; i < count; i++)
        key_number(c, inputs[i]);
    return shared_node(c, (sp_net_node){.kind = (uint8_t)kind, .frame = frame, .n = n}, inputs, count);
}

static uint32_t quantifier(struct compiler *c, sp_net_kind kind, uint32_t frame, uint32_t child,
                           const uint32_t *inputs, uint32_t count, sp_state if_empty)
{
    start_key(c, 'q', frame, kind);
    key_number(c, child);
    key_number(c, inputs[0]);
    key_number(c, count > 1 ? inputs[1] : SP_NONE);
    key_number(c, if_empty);
    return shared_node(
        c,
        (sp_net_node){
            .kind = (uint8_t)kind, .frame = frame, .child_frame = child, .state = (uint8_t)if_empty},
        inputs, count);
}

static bool same_path(const sp_network *net, const sp_path *a, const sp_path *b)
{
    if (a->up != b->up || a->start != b->start || a->hop_count != b->hop_count)
        return false;
    for (uint32_t i = 0; i < a->hop_count; i++)
        if (net->hops.items[a->first_hop + i].fact != net->hops.items[b->first_hop + i].fact)
            return false;
    return true;
}

/* The frame of a quantifier's variable; quantifiers over the same list from the same frame share it. */
static uint32_t child_frame(struct compiler *c, const sp_cond *cond, uint32_t frame)
{
    sp_path list = compile_path(c, &cond->list, frame);
    for (uint32_t i = 0; i < c->net->frames.len; i++) {
        const sp_frame *f = &c->net->frames.items[i];
        if (f->parent == frame && f->level == cond->level && same_path(c->net, &f->list, &list))
            return i;
    }
    return add_frame(
        c, (sp_frame){.parent = frame,
                      .entity = cond->member_type.kind == SP_ENTITY ? cond->member_type.index : SP_NONE,
                      .with = SP_NONE,
                      .variable = cond->member_type,
                      .level = cond->level,
                      .list = list});
}

static uint32_t compile_lookup(struct compiler *c, const sp_cond *cond, uint32_t frame)
{
    const sp_operand *left = &cond->left;
    const sp_step *last = &left->steps[left->step_count - 1];
    sp_net_node node = {.kind = SP_NET_LOOKUP,
                        .frame = frame,
                        .negated = cond->negated,
                        .criterion = last->member.index,
                        .cond = cond};
    node.left = compile_path(c, left, frame);
    if (last->argument != NULL) {
        node.with = compile_path(c, last->argument, frame);
        node.has_with = true;
    }
    uint32_t input = c->net->criterion_nodes[node.criterion];
    start_key(c, 'L', frame, cond->negated);
    key_number(c, input);
    key_path(c, &node.left);
    if (node.has_with)
        key_path(c, &node.with);
    return shared_node(c, node, &input, 1);
}

static uint32_t compile_truth(struct compiler *c, const sp_cond *cond, uint32_t frame)
{
    sp_net_node node = {.kind = SP_NET_TRUTH, .frame = frame, .negated = cond->negated, .cond = cond};
    node.left = compile_path(c, &cond->left, frame);
    if (node.left.hop_count > 0) {
        uint32_t fact = c->net->hops.items[node.left.first_hop + node.left.hop_count - 1].fact;
        node.state = (uint8_t)c->net->fact_presumptions[fact]->if_open;
    }
    start_key(c, 'T', frame, cond->negated);
    key_path(c, &node.left);
    return shared_node(c, node, NULL, 0);
}

static bool parameter_equals(const sp_network *net, const sp_operand *parameter, const sp_operand *value,
                             sp_op op)
{
    sp_value left = net->parameters[parameter->parameter];
    sp_value right = value->kind == SP_OPERAND_PARAMETER ? net->parameters[value->parameter] : value->value;
    sp_op asks = op == SP_OP_INCLUDES || op == SP_OP_MATCHES ? SP_OP_IS : op;
    if (parameter->type.kind == SP_NUMBER)
        return sp_compare_numbers(asks, left.number, right.number) == SP_HOLDS;
    return sp_compare_numbers(asks, (double)left.index, (double)right.index) == SP_HOLDS;
}

/* A leaf about the reading is decided here, once. */
static uint32_t compile_parameter(struct compiler *c, const sp_cond *cond, uint32_t frame)
{
    bool holds = false;
    if (cond->op == SP_OP_TRUTH)
        holds = c->net->parameters[cond->left.parameter].index == 1;
    for (uint32_t i = 0; i < cond->right_count; i++)
        holds |= parameter_equals(c->net, &cond->left, &cond->right[i], (sp_op)cond->op);
    sp_state state = holds != cond->negated ? SP_HOLDS : SP_FAILS;
    start_key(c, 'K', frame, state);
    sp_buf_add(&c->key, cond->text);
    return shared_node(
        c, (sp_net_node){.kind = SP_NET_CONST, .frame = frame, .state = (uint8_t)state, .cond = cond}, NULL,
        0);
}

static void key_literal(struct compiler *c, const sp_operand *operand)
{
    bool parameter = operand->kind == SP_OPERAND_PARAMETER;
    sp_buf_add_char(&c->key, parameter ? 'r' : 'v');
    key_number(c, parameter ? operand->parameter : (uint32_t)operand->text.len);
    if (!parameter)
        sp_buf_add(&c->key, operand->text);
}

static uint32_t compile_comparison(struct compiler *c, const sp_cond *cond, uint32_t frame)
{
    sp_net_node node = {.kind = SP_NET_COMPARE, .frame = frame, .negated = cond->negated, .cond = cond};
    if (cond->left.kind == SP_OPERAND_PATH)
        node.left = compile_path(c, &cond->left, frame);
    node.right = SP_NEW_ARRAY(&c->net->arena, sp_path, cond->right_count);
    if (node.right == NULL) {
        c->failed = true;
        return 0;
    }
    for (uint32_t i = 0; i < cond->right_count; i++)
        if (cond->right[i].kind == SP_OPERAND_PATH)
            node.right[i] = compile_path(c, &cond->right[i], frame);
    start_key(c, 'C', frame, cond->negated);
    key_number(c, cond->op);
    key_number(c, cond->counts);
    sp_buf_add(&c->key, (sp_str){(const char *)&cond->pattern, sizeof cond->pattern});
    if (cond->left.kind == SP_OPERAND_PATH)
        key_path(c, &node.left);
    else
        key_literal(c, &cond->left);
    for (uint32_t i = 0; i < cond->right_count; i++) {
        if (cond->right[i].kind == SP_OPERAND_PATH)
            key_path(c, &node.right[i]);
        else
            key_literal(c, &cond->right[i]);
    }
    return shared_node(c, node, NULL, 0);
}

static uint32_t compile_leaf(struct compiler *c, const sp_cond *cond, uint32_t frame)
{
    const sp_operand *left = &cond->left;
    if (left->kind == SP_OPERAND_PARAMETER) {
        bool facts = false;
        for (uint32_t i = 0; i < cond->right_count; i++)
            facts |= cond->right[i].kind == SP_OPERAND_PATH;
        return facts ? compile_comparison(c, cond, frame) : compile_parameter(c, cond, frame);
    }
    if (left->step_count > 0 && left->steps[left->step_count - 1].member.kind == SP_MEMBER_CRITERION)
        return compile_lookup(c, cond, frame);
    return cond->op == SP_OP_TRUTH ? compile_truth(c, cond, frame) : compile_comparison(c, cond, frame);
}

static uint32_t compile_quantified(struct compiler *c, const sp_cond *cond, uint32_t frame)
{
    uint32_t child = child_frame(c, cond, frame);
    uint32_t body = compile_cond(c, cond->body, child);
    if (cond->where == NULL)
        return quantifier(c, cond->kind == SP_COND_SOME ? SP_NET_SOME : SP_NET_EVERY, frame, child, &body,
                          1, cond->if_empty);
    uint32_t where = compile_cond(c, cond->where, child);
    if (cond->kind == SP_COND_SOME) {
        uint32_t both[] = {where, body};
        uint32_t in_both = connective(c, SP_NET_ALL, child, both, 2, 0);
        return quantifier(c, SP_NET_SOME, frame, child, &in_both, 1, SP_OPEN);
    }
    /* every member, where W, does B: each is outside W or does B, and unless empty holds some member is in W */
    uint32_t outside = connective(c, SP_NET_NONE, child, &where, 1, 0);
    uint32_t either[] = {outside, body};
    uint32_t inputs[] = {connective(c, SP_NET_ANY, child, either, 2, 0), where};
    return quantifier(c, SP_NET_EVERY, frame, child, inputs, cond->if_empty == SP_HOLDS ? 1 : 2, SP_HOLDS);
}

static uint32_t compile_parts(struct compiler *c, sp_net_kind kind, sp_cond *const *parts, uint32_t count,
                              uint32_t n, uint32_t frame)
{
    uint32_t *inputs = malloc((count + 1u) * sizeof *inputs);
    if (inputs == NULL) {
        c->failed = true;
        return 0;
    }
    for (uint32_t i = 0; i < count; i++)
        inputs[i] = compile_cond(c, parts[i], frame);
    uint32_t node = connective(c, kind, frame, inputs, count, n);
    free(inputs);
    return node;
}

static uint32_t compile_core(struct compiler *c, const sp_cond *cond, uint32_t frame)
{
    switch ((sp_cond_kind)cond->kind) {
    case SP_COND_LEAF:
        return compile_leaf(c, cond, frame);
    case SP_COND_ALL:
        return compile_parts(c, SP_NET_ALL, cond->parts, cond->part_count, 0, frame);
    case SP_COND_ANY:
        return compile_parts(c, SP_NET_ANY, cond->parts, cond->part_count, 0, frame);
    case SP_COND_NONE:
        return compile_parts(c, SP_NET_NONE, cond->parts, cond->part_count, 0, frame);
    case SP_COND_AT_LEAST:
        return compile_parts(c, SP_NET_AT_LEAST, cond->parts, cond->part_count, cond->n, frame);
    case SP_COND_SOME:
    case SP_COND_EVERY:
        return compile_quantified(c, cond, frame);
    }
    return 0;
}

static uint32_t compile_cond(struct compiler *c, const sp_cond *cond, uint32_t frame)
{
    if (c->failed) /* frames and nodes that others refer to may be missing */
        return 0;
    uint32_t core = compile_core(c, cond, frame), node = core;
    if (cond->unless_count > 0) {
        uint32_t both[] = {core, compile_parts(c, SP_NET_NONE, cond->unless, cond->unless_count, 0, frame)};
        node = connective(c, SP_NET_ALL, frame, both, 2, 0);
    }
    c->net->core_nodes[cond->number] = core;
    c->net->cond_nodes[cond->number] = node;
    return node;
}

/* --- the reading's overlay --- */

static void choose_parameters(struct compiler *c)
{
    sp_network *net = c->net;
    const sp_vocab *vocab = &c->base->vocab;
    net->parameters = SP_NEW_ARRAY(&net->arena, sp_value, vocab->parameters.len);
    net->parameter_settings = SP_NEW_ARRAY(&net->arena, uint32_t, vocab->parameters.len);
    if (net->arena.failed)
        return;
    for (size_t p = 0; p < vocab->parameters.len; p++) {
        net->parameters[p] = vocab->parameters.items[p].value;
        net->parameter_settings[p] = SP_NONE;
    }
    for (uint32_t at = net->reading; at != SP_NONE; at = c->base->readings.items[at].base) {
        const sp_reading *r = &c->base->readings.items[at];
        for (uint32_t i = 0; i < r->settings.len; i++) {
            const sp_setting *s = &r->settings.items[i];
            if (net->parameter_settings[s->parameter] != SP_NONE)
                continue; /* the nearer reading has set it */
            net->parameters[s->parameter] = s->value;
            net->parameter_settings[s->parameter] = at << 16 | (i & 0xFFFF);
        }
    }
}

/* A farther reading is laid first, so that the nearer one has the last word. */
static void lay_presumptions(sp_network *net, uint32_t reading, size_t depth)
{
    if (reading == SP_NONE || depth > net->base->readings.len)
        return;
    const sp_reading *r = &net->base->readings.items[reading];
    lay_presumptions(net, r->base, depth + 1);
    for (size_t i = 0; i < r->presumptions.len; i++) {
        const sp_reading_presumption *p = &r->presumptions.items[i];
        if (p->of.kind == SP_MEMBER_FACT)
            net->fact_presumptions[p->of.index] = &p->presumption;
        else
            net->criterion_presumptions[p->of.index] = &p->presumption;
    }
}

static void choose_presumptions(struct compiler *c)
{
    sp_network *net = c->net;
    const sp_vocab *vocab = &c->base->vocab;
    net->fact_presumptions = SP_NEW_ARRAY(&net->arena, const sp_presumption *, vocab->facts.len);
    net->criterion_presumptions = SP_NEW_ARRAY(&net->arena, const sp_presumption *, vocab->criteria.len);
    if (net->arena.failed)
        return;
    for (size_t i = 0; i < vocab->facts.len; i++)
        net->fact_presumptions[i] = &vocab->facts.items[i].presumption;
    for (size_t i = 0; i < vocab->criteria.len; i++)
        net->criterion_presumptions[i] = &vocab->criteria.items[i].presumption;
    lay_presumptions(net, net->reading, 0);
}

typedef SP_VEC(uint32_t) rule_list;

static size_t find_chosen(const struct compiler *c, const rule_list *chosen, sp_str id)
{
    size_t i = 0;
    while (i < chosen->len && !sp_str_eq(c->base->rules.items[chosen->items[i]].id, id))
        i++;
    return i;
}

/* Lays a reading over the rules chosen so far, after the reading that it extends. Chains of readings are short. */
static void lay_over(struct compiler *c, uint32_t reading, rule_list *chosen, size_t depth)
{
    if (reading == SP_NONE || depth > c->base->readings.len)
        return;
    const sp_reading *r = &c->base->readings.items[reading];
    lay_over(c, r->base, chosen, depth + 1);
    for (size_t i = 0; i < r->drop.count; i++) {
        size_t at = find_chosen(c, chosen, r->drop.items[i]);
        if (at < chosen->len)
            chosen->items[at] = chosen->items[--chosen->len];
    }
    for (size_t i = 0; i < r->replace.len; i++) {
        size_t at = find_chosen(c, chosen, c->base->rules.items[r->replace.items[i]].id);
        if (at < chosen->len)
            chosen->items[at] = r->replace.items[i];
    }
    for (size_t i = 0; i < r->add.len; i++)
        c->failed |= !SP_VEC_PUSH(chosen, r->add.items[i]);
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Drops those that a mutant of the rule base has taken out of force. */
static void leave_out(const struct compiler *c, rule_list *chosen)
{
    size_t kept = 0;
    for (size_t i = 0; i < chosen->len; i++)
        if (c->base->rules.items[chosen->items[i]].criterion != SP_NONE)
            chosen->items[kept++] = chosen->items[i];
    chosen->len = kept;
}

/* Rules in force, grouped by criterion; within one by id, since all rules are sorted so. */
static void collect_rules(struct compiler *c)
{
    sp_network *net = c->net;
    const sp_rulebase *base = c->base;
    size_t criteria = base->vocab.criteria.len;
    rule_list chosen = {0};
    for (uint32_t i = 0; i < base->rules.len; i++)
        if (base->rules.items[i].reading == SP_NONE)
            c->failed |= !SP_VEC_PUSH(&chosen, i);
    lay_over(c, net->reading, &chosen, 0);
    leave_out(c, &chosen);
    if (chosen.len > 1)
        qsort(chosen.items, chosen.len, sizeof *chosen.items, compare_numbers);
    net->first_rule = SP_NEW_ARRAY(&net->arena, uint32_t, criteria + 2);
    if (net->first_rule != NULL) {
        for (size_t i = 0; i < chosen.len; i++)
            net->first_rule[base->rules.items[chosen.items[i]].criterion + 2]++;
        for (size_t i = 2; i < criteria + 2; i++)
            net->first_rule[i] += net->first_rule[i - 1];
        for (size_t i = 0; i < chosen.len; i++)
            c->failed |= !SP_VEC_PUSH(&net->rules, 0);
        for (size_t i = 0; i < chosen.len && !c->failed; i++) {
            uint32_t criterion = base->rules.items[chosen.items[i]].criterion;
            net->rules.items[net->first_rule[criterion + 1]++] = chosen.items[i];
        }
    }
    SP_VEC_FREE(&chosen);
}

static void reserve_criteria(struct compiler *c)
{
    sp_network *net = c->net;
    const sp_vocab *vocab = &c->base->vocab;
    net->root_frames = SP_NEW_ARRAY(&net->arena, uint32_t, vocab->criteria.len);
    net->criterion_nodes = SP_NEW_ARRAY(&net->arena, uint32_t, vocab->criteria.len);
    net->decided_nodes = SP_NEW_ARRAY(&net->arena, uint32_t, vocab->criteria.len);
    if (net->arena.failed)
        return;
    for (uint32_t i = 0; i < vocab->criteria.len && !c->failed; i++) {
        const sp_criterion *criterion = &vocab->criteria.items[i];
        uint32_t frame = net->root_frames[i] = root_frame(c, criterion->entity, criterion->with);
        uint32_t decided = add_node(c, (sp_net_node){.kind = SP_NET_ANY, .frame = frame, .criterion = i},
                                    NULL, 0);
        net->decided_nodes[i] = net->criterion_nodes[i] = decided;
        if (net->criterion_presumptions[i]->if_open != SP_OPEN)
            net->criterion_nodes[i] = add_node(
                c,
                (sp_net_node){.kind = SP_NET_PRESUME,
                              .frame = frame,
                              .criterion = i,
                              .state = (uint8_t)net->criterion_presumptions[i]->if_open},
                &decided, 1);
    }
}

static void compile_criterion(struct compiler *c, uint32_t criterion)
{
    sp_network *net = c->net;
    uint32_t first = net->first_rule[criterion], end = net->first_rule[criterion + 1];
    for (uint32_t i = first; i < end && !c->failed; i++)
        compile_cond(c, c->base->rules.items[net->rules.items[i]].condition, net->root_frames[criterion]);
    sp_net_node *node = &net->nodes.items[net->decided_nodes[criterion]];
    /* no rule in force says anything: that is silence, not a finding */
    if (first == end) {
        node->kind = SP_NET_CONST;
        node->state = SP_OPEN;
    }
    node->first_input = (uint32_t)net->inputs.len;
    node->input_count = end - first;
    for (uint32_t i = first; i < end && !c->failed; i++)
        c->failed |= !SP_VEC_PUSH(
            &net->inputs, net->cond_nodes[c->base->rules.items[net->rules.items[i]].condition->number]);
}

surplace_status sp_network_compile(sp_network *net, const sp_rulebase *base, uint32_t reading,
                                   sp_diags *diags)
{
    *net = (sp_network){.base = base, .reading = reading};
    struct compiler c = {.net = net, .base = base, .diags = diags};
    size_t errors = diags->errors;
    choose_parameters(&c);
    choose_presumptions(&c);
    collect_rules(&c);
    reserve_criteria(&c);
    net->cond_nodes = SP_NEW_ARRAY(&net->arena, uint32_t, base->cond_count);
    net->core_nodes = SP_NEW_ARRAY(&net->arena, uint32_t, base->cond_count);
    if (!net->arena.failed && !c.failed) {
        memset(net->cond_nodes, 0xFF, base->cond_count * sizeof *net->cond_nodes);
        memset(net->core_nodes, 0xFF, base->cond_count * sizeof *net->core_nodes);
        for (uint32_t i = 0; i < base->vocab.criteria.len && !c.failed; i++)
            compile_criterion(&c, i);
    }
    sp_buf_clear(&c.key);
    sp_intern_free(&net->shared);
    SP_VEC_FREE(&net->shared_nodes);
    if (c.failed || net->arena.failed)
        return SURPLACE_NO_MEMORY;
    if (net->nodes.len > SURPLACE_MAX_NETWORK_NODES) {
        sp_diags_add(diags, SP_ERROR, SP_DIAG_LIMIT, (sp_place){0},
                     "the rules compile to more than %d nodes (limit: network nodes)",
                     SURPLACE_MAX_NETWORK_NODES);
        return SURPLACE_LIMIT;
    }
    if (!sp_network_order(net, diags))
        return SURPLACE_NO_MEMORY;
    return diags->errors > errors ? SURPLACE_INVALID : SURPLACE_OK;
}

void sp_network_free(sp_network *net)
{
    sp_intern_free(&net->shared);
    SP_VEC_FREE(&net->shared_nodes);
    SP_VEC_FREE(&net->nodes);
    SP_VEC_FREE(&net->inputs);
    SP_VEC_FREE(&net->hops);
    SP_VEC_FREE(&net->frames);
    SP_VEC_FREE(&net->order);
    SP_VEC_FREE(&net->steps);
    SP_VEC_FREE(&net->rules);
    sp_arena_free(&net->arena);
    *net = (sp_network){0};
}
