#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700 /* realpath */
#endif

#include "text/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "surplace/limits.h"
#include "text/clean.h"

static sp_place whole(const sp_input *input)
{
    return (sp_place){.input = input};
}

void sp_diags_errno(sp_diags *diags, const sp_input *input, const char *what, int number)
{
    char reason[128];
    if (number == ENOMEM) {
        diags->failed = true;
        return;
    }
    if (strerror_r(number, reason, sizeof(reason)) != 0)
        reason[0] = '\0';
    sp_diags_add(diags, SP_ERROR, SP_DIAG_IO, whole(input), "%s: %s", what, reason);
}

/* ---- One file */

ptrdiff_t sp_read_descriptor(void *descriptor, char *buf, size_t cap)
{
    ssize_t count;
    do
        count = read(*(const int *)descriptor, buf, cap);
    while (count < 0 && errno == EINTR);
    return count;
}

/* The size that the system names is a guess: pipes have none. */
surplace_status sp_read_all(sp_read_fn read, void *context, const sp_input *input, sp_buf *text,
                            sp_diags *diags)
{
    char piece[16384];
    for (;;) {
        ptrdiff_t count = read(context, piece, sizeof(piece));
        if (count < 0) {
            sp_diags_errno(diags, input, "cannot be read", errno);
            return SURPLACE_IO;
        }
        if (count == 0)
            return text->failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
        sp_buf_add(text, (sp_str){piece, (size_t)count});
        if (text->failed)
            return SURPLACE_NO_MEMORY;
        if (text->len > SURPLACE_MAX_DOCUMENT_BYTES) {
            sp_diags_add(diags, SP_ERROR, SP_DIAG_LIMIT, whole(input),
                         "larger than %u MiB (limit: document bytes)",
                         SURPLACE_MAX_DOCUMENT_BYTES / (1024 * 1024));
            return SURPLACE_LIMIT;
        }
    }
}

surplace_status sp_input_load(const char *path, sp_arena *arena, sp_input *input, sp_diags *diags)
{
    if (input->name.len == 0)
        input->name = sp_arena_dup(arena, sp_str_from(path));
    if (arena->failed)
        return SURPLACE_NO_MEMORY;

    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        sp_diags_errno(diags, input, "cannot be opened", errno);
        return SURPLACE_IO;
    }
    struct stat about;
    surplace_status status;
    sp_buf text = {0};
    if (fstat(descriptor, &about) != 0) {
        sp_diags_errno(diags, input, "cannot be read", errno);
        status = SURPLACE_IO;
    } else if (S_ISDIR(about.st_mode)) {
        sp_diags_add(diags, SP_ERROR, SP_DIAG_IO, whole(input), "this is a folder, not a file");
        status = SURPLACE_IO;
    } else {
        status = sp_read_all(sp_read_descriptor, &descriptor, input, &text, diags);
    }
    close(descriptor);

    if (status == SURPLACE_OK) {
        sp_str read = sp_buf_str(&text);
        size_t mark = sp_clean_bom(read);
        input->text = sp_arena_dup(arena,
                                   (sp_str){mark == 0 ? read.ptr : read.ptr + mark, read.len - mark});
        if (arena->failed)
            status = SURPLACE_NO_MEMORY;
    }
    if (input->confidential && text.data != NULL)
        sp_wipe(text.data, text.len);
    sp_buf_clear(&text);
    return status;
}

/* ---- A folder */

typedef struct walk {
    const char *root;
    const char *const *endings; /* of the files that are wanted, NULL at the end */
    const sp_input *input;
    char *real_root; /* without links, to tell what leads out of it */
    sp_arena *arena;
    sp_names_found *found;
    sp_diags *diags;
    sp_buf path; /* of the entry at hand, relative to the root */
    surplace_status status;
} walk;

/* The worst so far counts; a walk goes on after I/O errors, so that one run shows them all. */
static void fail(walk *w, surplace_status status)
{
    if (w->status == SURPLACE_OK || status == SURPLACE_NO_MEMORY)
        w->status = status;
}

static void fail_here(walk *w, const char *what)
{
    sp_str path = sp_buf_str(&w->path);
    sp_diags_add(w->diags, SP_ERROR, SP_DIAG_IO, whole(w->input), "'%.*s' %s", SP_STR(path), what);
    fail(w, SURPLACE_IO);
}

static void fail_here_errno(walk *w, int number)
{
    sp_str path = sp_buf_str(&w->path);
    sp_str what = sp_arena_printf(w->arena, "'%.*s' cannot be read", SP_STR(path));
    if (what.ptr == NULL)
        fail(w, SURPLACE_NO_MEMORY);
    else
        sp_diags_errno(w->diags, w->input, what.ptr, number);
    fail(w, SURPLACE_IO);
}

static bool is_wanted(const walk *w, const char *name)
{
    for (const char *const *ending = w->endings; *ending != NULL; ending++)
        if (sp_str_ends(sp_str_from(name), sp_str_from(*ending)))
            return true;
    return false;
}

static void add_file(walk *w)
{
    if (w->found->len >= SURPLACE_MAX_FOLDER_FILES) {
        if (w->status == SURPLACE_OK)
            sp_diags_add(w->diags, SP_ERROR, SP_DIAG_LIMIT, whole(w->input),
                         "more than %d files (limit: files)", SURPLACE_MAX_FOLDER_FILES);
        fail(w, SURPLACE_LIMIT);
        return;
    }
    sp_str path = sp_arena_dup(w->arena, sp_buf_str(&w->path));
    if (w->arena->failed || !SP_VEC_PUSH(w->found, path))
        fail(w, SURPLACE_NO_MEMORY);
}

/* Follows a link only as far as to see where it leads. */
static void visit_link(walk *w, bool wanted)
{
    sp_str relative = sp_buf_str(&w->path);
    sp_str path = sp_arena_printf(w->arena, "%s/%.*s", w->root, SP_STR(relative));
    if (path.ptr == NULL) {
        fail(w, SURPLACE_NO_MEMORY);
        return;
    }
    struct stat about;
    char *real = realpath(path.ptr, NULL);
    if (real == NULL || stat(real, &about) != 0) {
        if (errno == ENOMEM)
            fail(w, SURPLACE_NO_MEMORY);
        else if (wanted)
            fail_here(w, "is a link that leads nowhere");
    } else if (S_ISDIR(about.st_mode) || wanted) {
        size_t len = strlen(w->real_root);
        bool inside = strncmp(real, w->real_root, len) == 0 &&
                      (real[len] == '/' || w->real_root[len - 1] == '/' || real[len] == '\0');
        if (!inside)
            fail_here(w, "is a link that leads out of the folder");
        else if (S_ISREG(about.st_mode))
            add_file(w);
        else if (!S_ISDIR(about.st_mode))
            fail_here(w, "is not a file");
    }
    free(real);
}

static void visit_folder(walk *w, int parent, const char *name, int depth);

static void visit_entry(walk *w, int folder, const char *name, int depth)
{
    struct stat about;
    if (fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) != 0)
        fail_here_errno(w, errno);
    else if (S_ISLNK(about.st_mode))
        visit_link(w, is_wanted(w, name));
    else if (S_ISDIR(about.st_mode))
        visit_folder(w, folder, name, depth + 1);
    else if (S_ISREG(about.st_mode) && is_wanted(w, name))
        add_file(w);
    else if (is_wanted(w, name))
        fail_here(w, "is not a file");
}

static void visit_folder(walk *w, int parent, const char *name, int depth)
{
    if (depth > SURPLACE_MAX_FOLDER_DEPTH) {
        sp_diags_add(w->diags, SP_ERROR, SP_DIAG_LIMIT, whole(w->input),
                     "folders are nested deeper than %d levels (limit: folder depth)",
                     SURPLACE_MAX_FOLDER_DEPTH);
        fail(w, SURPLACE_LIMIT);
        return;
    }
    /* The starting folder may be a link: the user named it. */
    int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (depth > 0 ? O_NOFOLLOW : 0);
    int descriptor = openat(parent, name, flags);
    DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
    if (folder == NULL) {
        int number = errno;
        if (descriptor >= 0)
            close(descriptor);
        if (depth == 0) {
            sp_diags_errno(w->diags, w->input, "cannot be opened", number);
            fail(w, SURPLACE_IO);
        } else {
            fail_here_errno(w, number);
        }
        return;
    }

    size_t len = w->path.len;
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (entry == NULL) {
            if (errno != 0)
                fail_here_errno(w, errno);
            break;
        }
        if (entry->d_name[0] == '.')
            continue;
        if (len > 0)
            sp_buf_add_char(&w->path, '/');
        sp_buf_add_cstr(&w->path, entry->d_name);
        if (w->path.failed)
            fail(w, SURPLACE_NO_MEMORY);
        else
            visit_entry(w, descriptor, entry->d_name, depth);
        w->path.len = len;
        if (w->status == SURPLACE_NO_MEMORY || w->status == SURPLACE_LIMIT)
            break;
    }
    closedir(folder);
}

static int compare_paths(const void *a, const void *b)
{
    return sp_str_cmp(*(const sp_str *)a, *(const sp_str *)b);
}

surplace_status sp_folder_list_endings(const char *folder, const char *const *endings,
                                       const sp_input *input, sp_arena *arena, sp_names_found *found,
                                       sp_diags *diags)
{
    walk w = {
        .root = folder, .endings = endings, .input = input, .arena = arena, .found = found, .diags = diags};
    w.real_root = realpath(folder, NULL);
    if (w.real_root == NULL) {
        if (errno == ENOMEM)
            return SURPLACE_NO_MEMORY;
        sp_diags_errno(diags, input, "cannot be opened", errno);
        return SURPLACE_IO;
    }
    visit_folder(&w, AT_FDCWD, folder, 0);
    free(w.real_root);
    sp_buf_clear(&w.path);
    if (found->len > 1)
        qsort(found->items, found->len, sizeof(*found->items), compare_paths);
    return w.status;
}

surplace_status sp_folder_list(const char *folder, const sp_input *input, sp_arena *arena,
                               sp_names_found *found, sp_diags *diags)
{
    static const char *const endings[] = {".yaml", NULL};
    return sp_folder_list_endings(folder, endings, input, arena, found, diags);
}
