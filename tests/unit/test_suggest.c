#include "support/test.h"

#include "text/suggest.h"

/* The best of a NULL-terminated list; "" if none is near. */
static void assert_best(const char *wanted, const char *best, const char *const *candidates)
{
    size_t count = 0;
    while (candidates[count] != NULL)
        count++;
    for (int backwards = 0; backwards <= 1; backwards++) {
        sp_suggest s;
        sp_suggest_begin(&s, sp_str_from(wanted));
        for (size_t i = 0; i < count; i++)
            sp_suggest_offer(&s, sp_str_from(candidates[backwards ? count - 1 - i : i]));
        sp_str found = sp_suggest_best(&s);
        if (!sp_str_eq(found, sp_str_from(best)))
            fail_msg("'%s' gave '%.*s', not '%s'", wanted, SP_STR(found), best);
    }
}

#define BEST(wanted, best, ...) assert_best(wanted, best, (const char *const[]){__VA_ARGS__, NULL})

static void finds_the_nearest(void **state)
{
    (void)state;
    BEST("perscution", "persecution", "prosecution", "persecution", "execution");
    BEST("faer", "fear", "fear", "four"); /* a swap is one edit */
    BEST("ca", "", "ac");                 /* too short to be near anything */
    BEST("agent", "", "harm", "reason", "a");
    BEST("abcd", "abce", "abcf", "abce"); /* ties by bytes */
    BEST("nationality", "nationality", "nationality", "nationalities");
    BEST("", "", "a", "");
    BEST("abc", "", "");
    BEST("abcdef", "abcd", "abcd"); /* exactly a third */
    BEST("abcdef", "", "abc");
}

static void bounds_its_work(void **state)
{
    (void)state;
    char words[2][400];
    for (size_t i = 0; i < 400; i++)
        words[0][i] = words[1][i] = 'a';
    sp_suggest s;
    sp_suggest_begin(&s, (sp_str){words[0], 400});
    sp_suggest_offer(&s, (sp_str){words[1], 399});
    sp_suggest_offer(&s, (sp_str){words[1], 1});
    assert_int_equal(sp_suggest_best(&s).len, 0);
    sp_suggest_begin(&s, (sp_str){words[0], 96});
    sp_suggest_offer(&s, (sp_str){words[1], 95});
    assert_int_equal(sp_suggest_best(&s).len, 95);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_nearest),
        cmocka_unit_test(bounds_its_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
