#include "render/phrase.h"

static void add_name(sp_buf *b, sp_str name)
{
    for (size_t i = 0; i < name.len; i++)
        sp_buf_add_char(b, name.ptr[i] == '_' ? ' ' : name.ptr[i]);
}

/* What a chain leads to: the title of its last fact or criterion, or the variable. */
static void add_operand(sp_buf *b, const sp_rulebase *base, const sp_operand *operand)
{
    const sp_vocab *vocab = &base->vocab;
    if (operand->kind == SP_OPERAND_PARAMETER) {
        const sp_parameter *p = &vocab->parameters.items[operand->parameter];
        if (p->title.len > 0)
            sp_buf_add(b, p->title);
        else
            add_name(b, p->name);
        return;
    }
    if (operand->kind == SP_OPERAND_LITERAL) {
        if (operand->type.kind == SP_ENUM)
            add_name(b, operand->text);
        else
            sp_buf_add(b, operand->text);
        return;
    }
    if (operand->step_count == 0) {
        add_name(b, operand->text);
        return;
    }
    sp_member last = operand->steps[operand->step_count - 1].member;
    if (last.kind == SP_MEMBER_CRITERION)
        sp_buf_add(b, vocab->criteria.items[last.index].title);
    else
        sp_fact_title_add(b, &vocab->facts.items[last.index]);
}

static void add_right(sp_buf *b, const sp_rulebase *base, const sp_cond *cond)
{
    for (uint32_t i = 0; i < cond->right_count; i++) {
        if (i > 0)
            sp_buf_add_cstr(b, i + 1 == cond->right_count ? " or " : ", ");
        add_operand(b, base, &cond->right[i]);
    }
}

static void add_leaf(sp_buf *b, const sp_rulebase *base, const sp_cond *cond)
{
    static const char *const words[] = {[SP_OP_TRUTH] = "",
                                        [SP_OP_IS] = "is",
                                        [SP_OP_AT_LEAST] = "is at least",
                                        [SP_OP_AT_MOST] = "is at most",
                                        [SP_OP_ABOVE] = "is above",
                                        [SP_OP_BELOW] = "is below",
                                        [SP_OP_BEFORE] = "is before",
                                        [SP_OP_AFTER] = "is after",
                                        [SP_OP_ON_OR_BEFORE] = "is on or before",
                                        [SP_OP_ON_OR_AFTER] = "is on or after",
                                        [SP_OP_INCLUDES] = "includes",
                                        [SP_OP_MATCHES] = "matches a pattern"};
    bool parameter = cond->left.kind == SP_OPERAND_PARAMETER;
    if (parameter)
        sp_buf_add_cstr(b, "Reading: ");
    if (cond->op == SP_OP_TRUTH && cond->negated)
        sp_buf_add_cstr(b, "Not: ");
    if (cond->counts)
        sp_buf_add_cstr(b, "Number of: ");
    add_operand(b, base, &cond->left);
    if (cond->op == SP_OP_TRUTH)
        return;
    bool several = cond->op == SP_OP_INCLUDES && cond->right_count > 1;
    sp_buf_printf(b, " \u2014 %s%s%s ", words[cond->op], several ? " one of" : "",
                  cond->negated ? " not" : "");
    add_right(b, base, cond);
}

void sp_phrase_add(sp_buf *b, const sp_rulebase *base, const sp_cond *cond)
{
    if (cond->title.len > 0) {
        sp_buf_add(b, cond->title);
        return;
    }
    switch ((sp_cond_kind)cond->kind) {
    case SP_COND_LEAF:
        add_leaf(b, base, cond);
        break;
    case SP_COND_ALL:
        sp_buf_add_cstr(b, "All of these");
        break;
    case SP_COND_ANY:
        sp_buf_add_cstr(b, "One of these");
        break;
    case SP_COND_NONE:
        sp_buf_add_cstr(b, "None of these");
        break;
    case SP_COND_AT_LEAST:
        sp_buf_printf(b, "At least %u of these", cond->n);
        break;
    case SP_COND_SOME:
    case SP_COND_EVERY:
        sp_buf_add_cstr(b, cond->kind == SP_COND_SOME ? "For some " : "For every ");
        add_name(b, cond->variable);
        sp_buf_add_cstr(b, " of: ");
        add_operand(b, base, &cond->list);
        break;
    }
}
