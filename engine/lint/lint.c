#include "lint/lint.h"

#include "lint/conditions.h"
#include "lint/witness.h"

bool sp_lint_run(sp_lint_findings *f, const sp_rulebase *base, const sp_network *nets, size_t count,
                 size_t shown, const sp_lint_beside *beside)
{
    sp_space space;
    f->base = base;
    f->failed = !sp_space_init(&space, base);
    if (!f->failed) {
        sp_lint_conditions(f, &space);
        sp_lint_pairs(f, &space, nets, count);
        sp_lint_usage(f, &beside->cited);
        sp_lint_rules(f);
        sp_lint_readings(f);
        sp_lint_patterns(f, beside->patterns, beside->pattern_count);
        sp_lint_findings_finish(f);
        sp_lint_witnesses(f, &space, &nets[shown]);
    }
    sp_space_free(&space);
    return !f->failed;
}
