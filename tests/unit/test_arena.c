#include "support/test.h"

#include <stdalign.h>
#include <string.h>

#include "base/arena.h"

static void gives_zeroed_aligned_pieces(void **state)
{
    (void)state;
    sp_arena arena = {0};
    unsigned char *pieces[300];
    for (size_t i = 0; i < 300; i++) {
        pieces[i] = sp_arena_alloc(&arena, i * 7);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        for (size_t j = 0; j < i * 7; j++)
            assert_int_equal(pieces[i][j], 0);
        memset(pieces[i], (int)(i % 250) + 1, i * 7);
    }
    for (size_t i = 1; i < 300; i++) {
        assert_int_equal(pieces[i][0], i % 250 + 1);
        assert_int_equal(pieces[i][i * 7 - 1], i % 250 + 1);
    }
    sp_arena_free(&arena);
    sp_arena_free(&arena);
}

static void uses_memory_again_after_reset(void **state)
{
    (void)state;
    sp_arena arena = {0};
    sp_arena_reset(&arena);
    for (int round = 0; round < 3; round++) {
        char *large = SP_NEW_ARRAY(&arena, char, 3 * 1024 * 1024);
        assert_int_equal(large[0], 0);
        assert_int_equal(large[3 * 1024 * 1024 - 1], 0);
        memset(large, 'x', 3 * 1024 * 1024);
        sp_arena_reset(&arena);
    }
    sp_arena_wipe(&arena);
}

static void copies_and_prints(void **state)
{
    (void)state;
    sp_arena arena = {0};
    sp_str copy = sp_arena_dup(&arena, SP_LIT("a\0b"));
    assert_int_equal(copy.len, 3);
    assert_memory_equal(copy.ptr, "a\0b", 4); /* with a NUL behind it */
    assert_string_equal(sp_arena_dup(&arena, SP_EMPTY).ptr, "");
    sp_str text = sp_arena_printf(&arena, "%d %s", 42, "rules");
    assert_true(sp_str_eq(text, SP_LIT("42 rules")));
    sp_arena_free(&arena);
}

static void remembers_failure(void **state)
{
    (void)state;
    sp_arena arena = {0};
    assert_null(sp_arena_calloc(&arena, SIZE_MAX / 2, 4));
    assert_true(arena.failed);
    assert_null(sp_arena_alloc(&arena, 1));
    assert_int_equal(sp_arena_dup(&arena, SP_LIT("x")).len, 0);
    assert_int_equal(sp_arena_printf(&arena, "x").len, 0);
    sp_arena_reset(&arena);
    assert_non_null(sp_arena_alloc(&arena, 0));
    assert_null(sp_arena_alloc(&arena, SIZE_MAX - 3));
    assert_true(arena.failed);
    sp_arena_free(&arena);
    assert_false(arena.failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_aligned_pieces),
        cmocka_unit_test(uses_memory_again_after_reset),
        cmocka_unit_test(copies_and_prints),
        cmocka_unit_test(remembers_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
