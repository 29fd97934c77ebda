#include <stdlib.h>

#include "render/review.h"
#include "render/sarif.h"

typedef SP_VEC(sp_sarif_rule) rule_list;
typedef SP_VEC(sp_sarif_result) result_list;

/* The kind of a finding, added when it is first met. */
static uint32_t rule_of(rule_list *rules, const sp_finding *f, bool *failed)
{
    for (size_t i = 0; i < rules->len; i++)
        if (sp_str_eq(rules->items[i].id, f->code))
            return (uint32_t)i;
    sp_sarif_rule rule = {.id = f->code,
                          .summary = f->missing_count > 0 ? SP_LIT("a conclusion that does not follow")
                                                          : f->message,
                          .explanation = f->advice,
                          .severity = (sp_severity)f->severity};
    *failed |= !SP_VEC_PUSH(rules, rule);
    return (uint32_t)rules->len - 1;
}

static void add_names(sp_buf *b, const char *label, const sp_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        sp_buf_printf(b, "%s%.*s", i == 0 ? label : "; ", SP_STR(names->items[i]));
    sp_buf_add_cstr(b, names->count > 0 ? "." : "");
}

/* One paragraph: what is wrong, what is missing, what a sound text does, and the law. */
static sp_str message_of(const sp_finding *f, sp_arena *arena, bool *failed)
{
    sp_buf b = {0};
    sp_buf_add(&b, f->message);
    sp_buf_add_char(&b, '.');
    for (uint32_t i = 0; i < f->missing_count; i++)
        sp_buf_printf(&b, "%s%.*s", i == 0 ? " Missing: " : "; ", SP_STR(f->missing[i]));
    sp_buf_add_cstr(&b, f->missing_count > 0 ? "." : "");
    if (f->advice.len > 0)
        sp_buf_printf(&b, " Sound: %.*s.", SP_STR(f->advice));
    add_names(&b, " Law: ", &f->authority);
    add_names(&b, " Passages: ", &f->passages);
    sp_str text = sp_arena_dup(arena, sp_buf_str(&b));
    *failed |= b.failed || arena->failed;
    sp_buf_clear(&b);
    return text;
}

void sp_review_sarif(const sp_reviewed *reviewed, sp_buf *b)
{
    rule_list rules = {0};
    result_list results = {0};
    sp_arena arena = {0};
    bool failed = false;
    for (size_t d = 0; d < reviewed->count; d++)
        for (size_t i = 0; i < reviewed->drafts[d]->findings.len && !failed; i++) {
            const sp_finding *f = &reviewed->drafts[d]->findings.items[i];
            sp_sarif_result result = {.rule = rule_of(&rules, f, &failed),
                                      .severity = (sp_severity)f->severity,
                                      .message = message_of(f, &arena, &failed),
                                      .place = sp_sarif_place_of(&f->place),
                                      .accepted = f->allowed};
            failed |= !SP_VEC_PUSH(&results, result);
        }
    const sp_sarif_log log = {.command = SP_LIT("check"),
                              .rules = rules.items,
                              .rule_count = rules.len,
                              .results = results.items,
                              .result_count = results.len};
    if (!failed)
        sp_sarif_add(b, &log);
    b->failed |= failed;
    SP_VEC_FREE(&rules);
    SP_VEC_FREE(&results);
    sp_arena_free(&arena);
}
