#define _POSIX_C_SOURCE 200809L /* stat */

#include "api/paths.h"

#include <string.h>
#include <sys/stat.h>

#include "text/folder.h"

surplace_format sp_paths_format(const char *path)
{
    const char *dot = strrchr(path, '.');
    if (dot != NULL && strcmp(dot, ".json") == 0)
        return SURPLACE_JSON;
    return dot != NULL && strcmp(dot, ".jsonl") == 0 ? SURPLACE_JSONL : SURPLACE_YAML;
}

sp_input *sp_paths_input(const char *path, surplace_diagnostics *d)
{
    sp_input *input = SP_NEW(&d->arena, sp_input);
    if (input != NULL)
        input->name = sp_arena_dup(&d->arena, sp_str_from(path));
    return d->arena.failed ? NULL : input;
}

surplace_status sp_paths_unreadable(const char *path, int number, surplace_diagnostics *d)
{
    sp_input *input = sp_paths_input(path, d);
    if (input == NULL)
        return SURPLACE_NO_MEMORY;
    sp_diags_errno(&d->list, input, "cannot be opened", number);
    return SURPLACE_IO;
}

/* Faulty files do not keep the others from being read. */
static surplace_status each_of(const char *folder, const sp_names_found *names, sp_file_fn each,
                               void *context)
{
    surplace_status worst = SURPLACE_OK;
    size_t length = strlen(folder);
    const char *between = length > 0 && folder[length - 1] == '/' ? "" : "/";
    for (size_t i = 0; i < names->len && worst != SURPLACE_NO_MEMORY; i++) {
        sp_buf path = {0};
        sp_buf_printf(&path, "%s%s%.*s", folder, between, SP_STR(names->items[i]));
        sp_buf_add_char(&path, '\0');
        surplace_status status = path.failed ? SURPLACE_NO_MEMORY : each(context, path.data, i, names->len);
        if (status != SURPLACE_OK && (worst != SURPLACE_LIMIT || status == SURPLACE_NO_MEMORY))
            worst = status;
        sp_buf_clear(&path);
    }
    return worst;
}

static surplace_status each_below(const char *folder, surplace_diagnostics *d, sp_file_fn each,
                                  void *context)
{
    static const char *const endings[] = {".yaml", ".json", ".jsonl", NULL};
    sp_names_found names = {0};
    sp_arena arena = {0};
    sp_input *place = sp_paths_input(folder, d);
    if (place == NULL)
        return SURPLACE_NO_MEMORY;
    surplace_status listed = sp_folder_list_endings(folder, endings, place, &arena, &names, &d->list);
    surplace_status status = listed == SURPLACE_NO_MEMORY ? listed : each_of(folder, &names, each, context);
    SP_VEC_FREE(&names);
    sp_arena_free(&arena);
    return status == SURPLACE_OK ? listed : status;
}

surplace_status sp_paths_each(const char *path, surplace_diagnostics *d, sp_file_fn each, void *context)
{
    struct stat about;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        return each_below(path, d, each, context);
    return each(context, path, 0, 1);
}
