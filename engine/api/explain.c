#include "surplace/explain.h"

#include "api/handles.h"
#include "explain/tree.h"
#include "render/explain.h"

bool sp_assessor_find_part(surplace_assessor *a, size_t case_index, const char *address, sp_why *found,
                           sp_buf *canonical)
{
    sp_explainer *ex = &a->writer.ex;
    sp_str text = sp_str_from(address), head = text, steps = SP_EMPTY, rest;
    uint32_t criterion, row, with_row;
    /* no id has a ':' in it, so the first one begins the rule */
    if (sp_str_cut(text, ':', &head, &rest))
        steps = (sp_str){text.ptr + head.len, text.len - head.len};
    sp_str name = sp_arena_dup(&a->writer.arena, head);
    if (name.ptr == NULL || !sp_assessor_find(a, case_index, name.ptr, &criterion, &row, &with_row))
        return false;
    uint32_t root = sp_rows_root_row(&a->run.rows, a->law->net.root_frames[criterion], row, with_row);
    sp_criterion_address_add(canonical, &a->run, criterion, root);
    sp_buf_add(canonical, steps);
    return sp_address_follow(ex, sp_why_criterion(ex, criterion, root), steps, found);
}

/* Open and contested facts are those of the criterion: of a part of it they would be too many. */
static const sp_support *support_of(surplace_assessor *a, const sp_why *why)
{
    if (why->kind != SP_WHY_CRITERION)
        return NULL;
    sp_supporter_collect(&a->writer.supporter, why->criterion, why->row, &a->writer.support);
    return &a->writer.support;
}

static surplace_status find_accounts(surplace_assessor *a, const sp_why *why, sp_account *account,
                                     sp_account *change)
{
    sp_state state = (sp_state)why->state;
    if (state != SP_HOLDS && state != SP_FAILS)
        return SURPLACE_OK;
    surplace_status status = sp_account_find(&a->writer.ex, why, SP_ACCOUNT_AS_IT_IS, state, account);
    if (status == SURPLACE_OK)
        status = sp_account_find(&a->writer.ex, why, SP_ACCOUNT_OTHERWISE,
                                 state == SP_HOLDS ? SP_FAILS : SP_HOLDS, change);
    return status;
}

static surplace_status render(surplace_assessor *a, const sp_explanation *about, surplace_output output,
                              sp_buf *b)
{
    sp_account account = {0}, change = {0};
    sp_explanation e = *about;
    const sp_why *root = &e.tree->nodes.items[0].why;
    surplace_status status = find_accounts(a, root, &account, &change);
    e.account = &account;
    e.change = &change;
    e.support = support_of(a, root);
    if (status == SURPLACE_OK) {
        switch (output) {
        case SURPLACE_JSON_OUTPUT:
            sp_explain_json(&e, b);
            break;
        case SURPLACE_DOT_OUTPUT:
            sp_explain_dot(&e, b);
            break;
        case SURPLACE_SVG_OUTPUT:
            sp_explain_svg(&e, b);
            break;
        default:
            sp_explain_text(&e, b);
            break;
        }
        if (a->writer.failed || a->writer.supporter.failed || b->failed)
            status = SURPLACE_NO_MEMORY;
    }
    sp_account_free(&account);
    sp_account_free(&change);
    return status;
}

surplace_status surplace_render_explanation(surplace_assessor *a, size_t case_index, const char *address,
                                            const surplace_explain_options *options, surplace_output output,
                                            const surplace_style *style, surplace_diagnostics *d,
                                            surplace_write_fn write, void *context)
{
    size_t before = sp_shortages();
    sp_why root;
    sp_buf canonical = {0}, b = {0};
    sp_tree tree = {0};
    surplace_status status = SURPLACE_MISUSE;
    if (case_index >= a->facts.case_count)
        return SURPLACE_MISUSE;
    a->listed = SIZE_MAX;
    a->writer.style = sp_style_from(style);
    a->writer.failed = false;
    sp_arena_reset(&a->writer.arena);
    bool found = sp_assessor_find_part(a, case_index, address, &root, &canonical);
    if (canonical.failed || a->writer.ex.failed || a->writer.arena.failed)
        status = SURPLACE_NO_MEMORY;
    else if (found)
        status = sp_tree_build(&tree, &a->writer.ex, root, sp_buf_str(&canonical),
                               options == NULL || options->depth < 0 ? SP_NONE : (uint32_t)options->depth);
    if (status == SURPLACE_LIMIT)
        sp_diags_add(
            &d->list, SP_ERROR, SP_DIAG_LIMIT, (sp_place){0},
            "the explanation has more than %d parts: explain to a depth, or a part of it (limit: tree "
            "nodes)",
            SURPLACE_MAX_TREE_NODES);
    if (status == SURPLACE_OK) {
        sp_explanation e = {.w = &a->writer,
                            .tree = &tree,
                            .case_index = (uint32_t)case_index,
                            .addresses = options != NULL && options->addresses};
        status = render(a, &e, output, &b);
    }
    if (status == SURPLACE_OK)
        status = sp_hand_over(&b, before, write, context);
    sp_buf_clear(&b);
    sp_buf_clear(&canonical);
    sp_tree_free(&tree);
    return status;
}
