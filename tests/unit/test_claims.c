/* The claims that are built in, held to their own examples, and each to what it must say. */
#include "support/test.h"

#include <stdio.h>
#include <string.h>

#include "api/handles.h"
#include "read/read_claims.h"

static int print(void *context, const char *text, size_t length)
{
    (void)context;
    return fwrite(text, 1, length, stderr) == length ? 0 : 1;
}

static void read_their_examples(void **state)
{
    surplace_diagnostics *d = surplace_diagnostics_new();
    surplace_rules *rules = NULL;
    surplace_law *law = NULL;
    size_t checked = 0;
    (void)state;
    assert_int_equal(surplace_rules_load(NULL, d, &rules), SURPLACE_OK);
    assert_int_equal(surplace_law_compile(rules, NULL, d, &law), SURPLACE_OK);
    surplace_status status = surplace_claims_check(law, d, &checked);
    surplace_render_diagnostics(d, NULL, print, NULL);
    assert_int_equal(status, SURPLACE_OK);
    assert_true(checked > 500);
    surplace_law_free(law);
    surplace_rules_free(rules);
    surplace_diagnostics_free(d);
}

/* The mistakes that the project sets out to find. */
static const char *const mistakes[] = {"economic-motive-defeats",
                                       "departure-time-test",
                                       "label-decides",
                                       "illegal-entry-disqualifies",
                                       "blanket-group-denial",
                                       "still-inside-is-refugee",
                                       "poverty-is-persecution",
                                       "exit-crime-automatic-status",
                                       "prosecution-never-persecution",
                                       "prosecution-always-persecution",
                                       "severity-not-assessed",
                                       "cumulative-ignored",
                                       "standard-too-high",
                                       "subjective-fear-alone",
                                       "past-persecution-required",
                                       "singled-out-required",
                                       "credibility-conflated",
                                       "return-trip-disproves-risk",
                                       "knowledge-must-be-proved",
                                       "state-agent-only",
                                       "complicity-required",
                                       "state-protection-presumed-from-persecutor",
                                       "trafficked-or-married-out",
                                       "nexus-missing",
                                       "sole-motive-required",
                                       "actual-opinion-required",
                                       "psg-circular",
                                       "psg-size",
                                       "discretion-requirement",
                                       "ipa-state-persecutor",
                                       "ipa-unnamed-or-untested",
                                       "second-nationality-ignored",
                                       "possible-nationality-counts",
                                       "safe-third-country-defeats-status",
                                       "stateless-is-refugee",
                                       "child-status-assumed",
                                       "bad-faith-automatic-bar",
                                       "temporal-limit",
                                       "wrong-instrument",
                                       "status-constitutive",
                                       "nr-recognised-only",
                                       "border-rejection-allowed",
                                       "handover-not-return",
                                       "voluntary-return-assumed",
                                       "chain-return-ignored",
                                       "assurances-suffice",
                                       "security-exception-blanket",
                                       "security-exception-to-torture",
                                       "numbers-or-burden-excuse",
                                       "bilateral-treaty-overrides",
                                       "domestic-law-overrides",
                                       "non-party-no-duty",
                                       "wrong-party-status",
                                       "protection-is-discretionary",
                                       "unhcr-recognition-required",
                                       "unhcr-access-optional",
                                       "art31-misread",
                                       "art33-absolute-overclaim",
                                       "asylum-duty-overclaim",
                                       "exclusion-by-membership",
                                       "exclusion-balancing",
                                       "exclusion-wrong-standard",
                                       "burden-reversed",
                                       "1fb-place-or-time",
                                       "exclusion-vs-33-2-confused",
                                       "exclusion-list-extended",
                                       "cessation-passport-or-visit",
                                       "change-not-durable",
                                       "compelling-reasons-ignored",
                                       "cessation-list-extended",
                                       "explanation-as-justification",
                                       "motive-proves-breach",
                                       "number-overclaim"};

static void every_mistake_is_known(void **state)
{
    surplace_diagnostics *d = surplace_diagnostics_new();
    surplace_rules *rules = NULL;
    sp_claims claims;
    sp_yaml_tree case_tree;
    (void)state;
    assert_int_equal(surplace_rules_load(NULL, d, &rules), SURPLACE_OK);
    assert_int_equal(sp_read_claims(&claims, &rules->base, rules->trees, rules->tree_count, &d->arena,
                                    &case_tree, &d->list),
                     SURPLACE_OK);
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        uint32_t index = sp_claims_find(&claims, sp_str_from(mistakes[i]));
        if (index == SP_NONE)
            fail_msg("no claim is named %s", mistakes[i]);
        const sp_claim *claim = &claims.claims.items[index];
        assert_int_equal(claim->kind, SP_CLAIM_WRONG_TEST);
        if (claim->match.count < 2 || claim->no_match.count < 1)
            fail_msg("%s has too few examples", mistakes[i]);
    }
    sp_claims_free(&claims);
    surplace_rules_free(rules);
    surplace_diagnostics_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read_their_examples),
        cmocka_unit_test(every_mistake_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
