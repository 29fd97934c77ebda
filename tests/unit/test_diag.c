#include "support/test.h"

#include <string.h>

#include "surplace/limits.h"
#include "text/diag.h"

static void sorts_by_place(void **state)
{
    (void)state;
    sp_input a = {.name = SP_LIT("a.yaml")}, b = {.name = SP_LIT("b.yaml")};
    sp_diags diags = {0};
    sp_diags_add(&diags, SP_ERROR, SP_DIAG_SYNTAX, (sp_place){&b, 1, 1, 2}, "6");
    sp_diags_add(&diags, SP_WARNING, SP_DIAG_SYNTAX, (sp_place){&a, 10, 1, 2}, "5");
    sp_diags_add(&diags, SP_NOTE, SP_DIAG_SYNTAX, (sp_place){&a, 9, 7, 8}, "4");
    sp_diags_add(&diags, SP_ERROR, SP_DIAG_SYNTAX, (sp_place){&a, 9, 2, 3}, "2b");
    sp_diags_add(&diags, SP_ERROR, SP_DIAG_BAD_NAME, (sp_place){&a, 9, 2, 3}, "2");
    sp_diags_add(&diags, SP_ERROR, SP_DIAG_SYNTAX, (sp_place){&a, 9, 2, 3}, "2a");
    sp_diag *same = sp_diags_add(&diags, SP_ERROR, SP_DIAG_SYNTAX, (sp_place){&a, 9, 2, 3}, "2b");
    sp_diag_hint(&diags, same, "the later one");
    sp_diags_add(&diags, SP_ERROR, SP_DIAG_USAGE, (sp_place){0}, "0");
    sp_diags_sort(&diags);

    const char *order[] = {"0", "2", "2a", "2b", "2b", "4", "5", "6"};
    assert_int_equal(diags.list.len, 8);
    for (size_t i = 0; i < 8; i++)
        assert_string_equal(diags.list.items[i].message.ptr, order[i]);
    assert_int_equal(diags.list.items[3].hint.len, 0);
    assert_string_equal(diags.list.items[4].hint.ptr, "the later one");
    assert_int_equal(diags.errors, 6);
    assert_int_equal(diags.warnings, 1);
    sp_diags_free(&diags);
    assert_int_equal(diags.errors, 0);
}

static void keeps_all_parts(void **state)
{
    (void)state;
    sp_input input = {.name = SP_LIT("x")};
    sp_diags diags = {0};
    sp_str name = SP_LIT("perscution");
    sp_diag *diag = sp_diags_add(&diags, SP_ERROR, SP_DIAG_UNKNOWN_FACT, (sp_place){&input, 3, 4, 5},
                                 "no fact is named '%.*s'", SP_STR(name));
    sp_diag_hint(&diags, diag, "did you mean '%s'?", "persecution");
    sp_diag_second(&diags, diag, (sp_place){&input, 1, 1, 2}, "first %s", "here");
    sp_diag_key(&diags, diag, SP_LIT("fear"));
    assert_string_equal(diag->message.ptr, "no fact is named 'perscution'");
    assert_string_equal(diag->hint.ptr, "did you mean 'persecution'?");
    assert_string_equal(diag->second_message.ptr, "first here");
    assert_int_equal(diag->second_place.line, 1);
    assert_string_equal(diag->key.ptr, "fear");
    sp_diags_free(&diags);
}

static void counts_past_the_cap(void **state)
{
    (void)state;
    sp_diags diags = {0};
    for (int i = 0; i < SURPLACE_MAX_DIAGNOSTICS; i++)
        assert_non_null(sp_diags_add(&diags, SP_ERROR, SP_DIAG_SYNTAX, (sp_place){0}, "%d", i));
    sp_diag *none = sp_diags_add(&diags, SP_ERROR, SP_DIAG_SYNTAX, (sp_place){0}, "one more");
    assert_null(none);
    sp_diag_hint(&diags, none, "x");
    sp_diag_second(&diags, none, (sp_place){0}, "x");
    sp_diag_key(&diags, none, SP_LIT("x"));
    assert_int_equal(diags.list.len, SURPLACE_MAX_DIAGNOSTICS);
    assert_int_equal(diags.suppressed, 1);
    assert_int_equal(diags.errors, SURPLACE_MAX_DIAGNOSTICS + 1);
    assert_false(diags.failed);
    sp_diags_free(&diags);
}

static void has_a_word_for_each_code(void **state)
{
    (void)state;
    for (int i = 0; i < SP_DIAG_CODE_COUNT; i++) {
        assert_true(strlen(sp_diag_word((sp_diag_code)i)) > 1);
        assert_true(strlen(sp_diag_explanation((sp_diag_code)i)) > 5);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(sp_diag_word((sp_diag_code)i), sp_diag_word((sp_diag_code)j));
    }
    assert_string_equal(sp_diag_word(SP_DIAG_UNKNOWN_FACT), "unknown-fact");
    assert_string_equal(sp_diag_word(SP_DIAG_CODE_COUNT), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_by_place),
        cmocka_unit_test(keeps_all_parts),
        cmocka_unit_test(counts_past_the_cap),
        cmocka_unit_test(has_a_word_for_each_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
