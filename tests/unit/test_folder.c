#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700 /* mkdtemp, symlink, nftw */
#endif

#include "support/test.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "surplace/limits.h"
#include "text/folder.h"

/* ---- A folder to play in; paths are relative to it */

static char home[64];

static int begin(void **state)
{
    (void)state;
    strcpy(home, "/tmp/surplace-test-XXXXXX");
    return mkdtemp(home) == NULL || chdir(home) != 0;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    (void)about, (void)kind, (void)where;
    return remove(path);
}

static int end(void **state)
{
    (void)state;
    return chdir("/") != 0 || nftw(home, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0;
}

static void put(const char *path, sp_str text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(text.len == 0 ? 0 : fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

static void put_folder(const char *path)
{
    assert_int_equal(mkdir(path, 0700), 0);
}

/* ---- Listing */

static sp_arena arena;
static sp_diags diags;
static sp_names_found found;

static void assert_listing(const char *folder, surplace_status status, const char *names,
                           const char *message)
{
    static const sp_input input = {.name = {"rules", 5}};
    found.len = 0;
    assert_int_equal(sp_folder_list(folder, &input, &arena, &found, &diags), status);
    sp_buf all = {0};
    for (size_t i = 0; i < found.len; i++)
        sp_buf_printf(&all, "%s ", found.items[i].ptr);
    if (!sp_str_eq(sp_buf_str(&all), sp_str_from(names)))
        fail_msg("found %.*s", SP_STR(sp_buf_str(&all)));
    sp_buf_clear(&all);
    if (message == NULL) {
        assert_int_equal(diags.list.len, 0);
    } else {
        assert_int_equal(diags.list.len, 1);
        if (strstr(diags.list.items[0].message.ptr, message) == NULL)
            fail_msg("%s", diags.list.items[0].message.ptr);
    }
    sp_diags_free(&diags);
    sp_arena_free(&arena);
    SP_VEC_FREE(&found);
}

static void lists_sorted_and_below(void **state)
{
    (void)state;
    put_folder("r");
    assert_listing("r", SURPLACE_OK, "", NULL);
    put_folder("r/inclusion");
    put_folder("r/.git");
    put("r/z.yaml", SP_LIT("z"));
    put("r/B.yaml", SP_LIT("b"));
    put("r/a.yaml", SP_LIT("a"));
    put("r/.hidden.yaml", SP_LIT("a"));
    put("r/.git/x.yaml", SP_LIT("a"));
    put("r/README.md", SP_LIT("a"));
    put("r/inclusion/fear.yaml", SP_LIT("a"));
    assert_listing("r", SURPLACE_OK, "B.yaml a.yaml inclusion/fear.yaml z.yaml ", NULL);
    assert_listing("r/", SURPLACE_OK, "B.yaml a.yaml inclusion/fear.yaml z.yaml ", NULL);
    assert_int_equal(symlink("r", "link_to_r"), 0);
    assert_listing("link_to_r", SURPLACE_OK, "B.yaml a.yaml inclusion/fear.yaml z.yaml ", NULL);
    assert_listing("missing", SURPLACE_IO, "", "cannot be opened: No such file");
    assert_listing("r/a.yaml", SURPLACE_IO, "", "cannot be opened: Not a directory");
}

static void follows_links_inside(void **state)
{
    (void)state;
    put_folder("l");
    put_folder("l/sub");
    put_folder("outside");
    put("outside/secret.yaml", SP_LIT("x"));
    put("l/sub/a.yaml", SP_LIT("x"));
    assert_int_equal(symlink("sub/a.yaml", "l/b.yaml"), 0); /* inside: counts */
    assert_int_equal(symlink("..", "l/sub/up"), 0);         /* its files are found where they lie */
    assert_listing("l", SURPLACE_OK, "b.yaml sub/a.yaml ", NULL);
}

static void reports_bad_links(void **state)
{
    (void)state;
    put_folder("m");
    put("m/a.yaml", SP_LIT("x"));
    put("m_not_inside.yaml", SP_LIT("x"));
    assert_int_equal(symlink("../outside/secret.yaml", "m/x.yaml"), 0);
    assert_listing("m", SURPLACE_IO, "a.yaml ", "'x.yaml' is a link that leads out");
    assert_int_equal(unlink("m/x.yaml"), 0);
    assert_int_equal(symlink("../m_not_inside.yaml", "m/x.yaml"), 0);
    assert_listing("m", SURPLACE_IO, "a.yaml ", "'x.yaml' is a link that leads out");
    assert_int_equal(unlink("m/x.yaml"), 0);
    assert_int_equal(symlink("../outside", "m/folder"), 0);
    assert_listing("m", SURPLACE_IO, "a.yaml ", "'folder' is a link that leads out");
    assert_int_equal(unlink("m/folder"), 0);
    assert_int_equal(symlink("nowhere", "m/x.yaml"), 0);
    assert_int_equal(symlink("nowhere", "m/notes.txt"), 0);
    assert_listing("m", SURPLACE_IO, "a.yaml ", "'x.yaml' is a link that leads nowhere");
    assert_int_equal(unlink("m/x.yaml"), 0);
    assert_int_equal(mkfifo("m/pipe.yaml", 0600), 0);
    assert_listing("m", SURPLACE_IO, "a.yaml ", "'pipe.yaml' is not a file");
}

static void bounds_the_depth(void **state)
{
    (void)state;
    char path[256] = "d";
    put_folder(path);
    for (int i = 0; i < SURPLACE_MAX_FOLDER_DEPTH; i++) {
        strcat(path, "/x");
        put_folder(path);
    }
    assert_listing("d", SURPLACE_OK, "", NULL);
    strcat(path, "/x");
    put_folder(path);
    assert_listing("d", SURPLACE_LIMIT, "", "limit: folder depth");
}

/* ---- Loading */

static void loads(void **state)
{
    (void)state;
    put("plain", SP_LIT("a\0b"));
    put("marked", SP_LIT("\xEF\xBB\xBFtext"));
    put("empty", SP_EMPTY);

    sp_input input = {.name = SP_LIT("given")};
    assert_int_equal(sp_input_load("plain", &arena, &input, &diags), SURPLACE_OK);
    assert_true(sp_str_eq(input.name, SP_LIT("given")));
    assert_int_equal(input.text.len, 3);
    assert_memory_equal(input.text.ptr, "a\0b", 4);

    sp_input marked = {.confidential = true};
    assert_int_equal(sp_input_load("marked", &arena, &marked, &diags), SURPLACE_OK);
    assert_string_equal(marked.text.ptr, "text");
    assert_true(sp_str_eq(marked.name, SP_LIT("marked")));

    sp_input empty = {0};
    assert_int_equal(sp_input_load("empty", &arena, &empty, &diags), SURPLACE_OK);
    assert_int_equal(empty.text.len, 0);

    assert_int_equal(diags.list.len, 0);
    sp_diags_free(&diags);
    sp_arena_free(&arena);
}

static void says_why_it_cannot_load(void **state)
{
    (void)state;
    put_folder("folder");
    sp_input missing = {0}, folder = {0};
    assert_int_equal(sp_input_load("missing", &arena, &missing, &diags), SURPLACE_IO);
    assert_int_equal(sp_input_load("folder", &arena, &folder, &diags), SURPLACE_IO);
    assert_int_equal(diags.list.len, 2);
    assert_string_equal(diags.list.items[0].message.ptr, "cannot be opened: No such file or directory");
    assert_string_equal(diags.list.items[1].message.ptr, "this is a folder, not a file");
    assert_int_equal(diags.list.items[1].code, SP_DIAG_IO);
    sp_diags_free(&diags);
    sp_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_sorted_and_below),
        cmocka_unit_test(follows_links_inside),
        cmocka_unit_test(reports_bad_links),
        cmocka_unit_test(bounds_the_depth),
        cmocka_unit_test(loads),
        cmocka_unit_test(says_why_it_cannot_load),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
