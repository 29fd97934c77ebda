#include "api/lint_claims.h"

#include "draft/review.h"
#include "read/read_claims.h"

static bool has_claims(const surplace_rules *rules)
{
    for (size_t i = 0; i < rules->tree_count; i++) {
        const sp_yaml_tree *tree = &rules->trees[i];
        uint32_t header = tree->nodes[0].kind == SP_YAML_MAP ? sp_yaml_get(tree, 0, SP_LIT("surplace"))
                                                             : SP_NONE;
        if (header != SP_NONE && tree->nodes[header].kind == SP_YAML_SCALAR &&
            sp_str_starts(sp_yaml_text(tree, header), SP_LIT("claims/")))
            return true;
    }
    return false;
}

/* How many of a claim's examples it is read in. */
static bool count_matches(sp_statement_reader *reader, uint32_t claim, const sp_names *examples,
                          size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < examples->count; i++) {
        bool asserted;
        if (!sp_review_example(reader, claim, examples->items[i], &asserted))
            return false;
        *count += asserted;
    }
    return true;
}

static surplace_status try_examples(sp_lint_claims *c, sp_lint_pattern *patterns)
{
    sp_statement_reader reader = {0};
    bool ok = sp_statement_reader_init(&reader, &c->claims);
    for (uint32_t i = 0; i < c->claims.claims.len && ok; i++) {
        const sp_claim *claim = &c->claims.claims.items[i];
        patterns[i] = (sp_lint_pattern){.place = claim->place,
                                        .name = claim->id,
                                        .examples = claim->match.count,
                                        .counters = claim->no_match.count};
        ok = count_matches(&reader, i, &claim->match, &patterns[i].matched) &&
             count_matches(&reader, i, &claim->no_match, &patterns[i].mismatched);
    }
    sp_statement_reader_free(&reader);
    c->beside.patterns = patterns;
    c->beside.pattern_count = c->claims.claims.len;
    return ok ? SURPLACE_OK : SURPLACE_NO_MEMORY;
}

static void note_citations(sp_lint_claims *c, sp_names *passages, sp_names *authority)
{
    size_t n = 0;
    for (size_t i = 0; i < c->claims.claims.len; i++, n++) {
        passages[n] = c->claims.claims.items[i].passages;
        authority[n] = c->claims.claims.items[i].authority;
    }
    for (size_t i = 0; i < c->claims.omissions.len; i++, n++) {
        passages[n] = c->claims.omissions.items[i].passages;
        authority[n] = c->claims.omissions.items[i].authority;
    }
    c->beside.cited = (sp_lint_cited){passages, authority, n};
}

surplace_status sp_lint_claims_read(sp_lint_claims *c, const surplace_rules *rules, surplace_diagnostics *d)
{
    sp_yaml_tree case_tree;
    *c = (sp_lint_claims){0};
    if (!has_claims(rules))
        return SURPLACE_OK;
    surplace_status status = sp_read_claims(&c->claims, &rules->base, rules->trees, rules->tree_count,
                                            &d->arena, &case_tree, &d->list);
    if (status != SURPLACE_OK)
        return status;
    size_t count = c->claims.claims.len + c->claims.omissions.len;
    sp_names *passages = SP_NEW_ARRAY(&c->arena, sp_names, count);
    sp_names *authority = SP_NEW_ARRAY(&c->arena, sp_names, count);
    sp_lint_pattern *patterns = SP_NEW_ARRAY(&c->arena, sp_lint_pattern, c->claims.claims.len);
    if (c->arena.failed)
        return SURPLACE_NO_MEMORY;
    note_citations(c, passages, authority);
    return try_examples(c, patterns);
}

void sp_lint_claims_free(sp_lint_claims *c)
{
    sp_claims_free(&c->claims);
    sp_arena_free(&c->arena);
}
