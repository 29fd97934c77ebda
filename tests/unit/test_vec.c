#include "support/test.h"

#include "base/vec.h"

typedef struct point {
    int x, y;
} point;

static void grows(void **state)
{
    (void)state;
    SP_VEC(point) points = {0};
    for (int i = 0; i < 1000; i++)
        assert_true(SP_VEC_PUSH(&points, (point){i, -i}));
    assert_int_equal(points.len, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(points.items[i].y, -i);
    assert_true(SP_VEC_RESERVE(&points, 5000));
    assert_true(points.cap >= 6000);
    assert_int_equal(points.len, 1000);
    SP_VEC_FREE(&points);
    assert_null(points.items);
}

static void refuses_sizes_that_overflow(void **state)
{
    (void)state;
    SP_VEC(point) points = {0};
    assert_true(SP_VEC_PUSH(&points, (point){1, 2}));
    assert_false(SP_VEC_RESERVE(&points, SIZE_MAX));
    assert_false(SP_VEC_RESERVE(&points, SIZE_MAX / sizeof(point)));
    assert_int_equal(points.len, 1);
    assert_int_equal(points.items[0].y, 2);
    SP_VEC_FREE(&points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows),
        cmocka_unit_test(refuses_sizes_that_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
