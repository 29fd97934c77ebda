#include "lint/findings.h"

#include <stdlib.h>

void sp_lint_findings_free(sp_lint_findings *f)
{
    SP_VEC_FREE(&f->list);
    sp_arena_free(&f->arena);
    *f = (sp_lint_findings){0};
}

sp_lint_finding *sp_lint_findings_add(sp_lint_findings *f, sp_lint_code code, sp_place place, uint32_t rule,
                                      const char *format, ...)
{
    va_list args;
    va_start(args, format);
    sp_lint_finding finding = {
        .code = code, .place = place, .rule = rule, .message = sp_arena_vprintf(&f->arena, format, args)};
    va_end(args);
    if (f->arena.failed || !SP_VEC_PUSH(&f->list, finding)) {
        f->failed = true;
        return NULL;
    }
    return &f->list.items[f->list.len - 1];
}

void sp_lint_finding_second(sp_lint_findings *f, sp_lint_finding *finding, sp_place place,
                            const char *format, ...)
{
    if (finding == NULL || place.input == NULL)
        return;
    va_list args;
    va_start(args, format);
    finding->second_place = place;
    finding->second_message = sp_arena_vprintf(&f->arena, format, args);
    va_end(args);
    f->failed |= f->arena.failed;
}

static int compare_places(const sp_place *a, const sp_place *b)
{
    int order = sp_str_cmp(a->input != NULL ? a->input->name : SP_EMPTY,
                           b->input != NULL ? b->input->name : SP_EMPTY);
    if (order != 0)
        return order;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->column < b->column ? -1 : a->column > b->column;
}

static int compare_findings(const void *a, const void *b)
{
    const sp_lint_finding *x = a, *y = b;
    int order = compare_places(&x->place, &y->place);
    if (order != 0)
        return order;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    return sp_str_cmp(x->message, y->message);
}

/* What is said of a rule or a file is said of all that stands in it. */
static bool accepts(const sp_lint_findings *f, const sp_accepted *a, const sp_lint_finding *finding)
{
    if (sp_lint_code_of(a->code) != finding->code)
        return false;
    return (a->of.line == 0 && a->of.input == finding->place.input) ||
           compare_places(&a->of, &finding->place) == 0 ||
           (finding->rule != SP_NONE &&
            compare_places(&a->of, &f->base->rules.items[finding->rule].place) == 0);
}

static void accept(sp_lint_findings *f, const sp_accepted *a)
{
    bool any = false;
    size_t count = f->list.len;
    for (size_t i = 0; i < count; i++)
        if (accepts(f, a, &f->list.items[i])) {
            f->list.items[i].accepted = a->reason;
            any = true;
        }
    if (any)
        return;
    if (sp_lint_code_of(a->code) == SP_LINT_CODES)
        sp_lint_findings_add(f, SP_LINT_IDLE_ACCEPTANCE, a->place, SP_NONE,
                             "'%.*s' is no code of a finding: `surplace lint --list` has them all",
                             SP_STR(a->code));
    else
        sp_lint_findings_add(f, SP_LINT_IDLE_ACCEPTANCE, a->place, SP_NONE,
                             "'%.*s' is accepted here, and is not found here", SP_STR(a->code));
}

void sp_lint_findings_finish(sp_lint_findings *f)
{
    for (size_t i = 0; i < f->base->accepted.len; i++)
        accept(f, &f->base->accepted.items[i]);
    if (f->list.len > 1)
        qsort(f->list.items, f->list.len, sizeof *f->list.items, compare_findings);
}
