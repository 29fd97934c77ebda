#define _DEFAULT_SOURCE /* madvise */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/handles.h"
#include "embed/embedded.h"
#include "text/folder.h"

const char *surplace_version(void)
{
    return SURPLACE_VERSION;
}

/* --- diagnostics --- */

surplace_diagnostics *surplace_diagnostics_new(void)
{
    return calloc(1, sizeof(surplace_diagnostics));
}

void surplace_diagnostics_free(surplace_diagnostics *d)
{
    if (d == NULL)
        return;
    for (size_t i = 0; i < d->kept.len; i++)
        surplace_rules_free(d->kept.items[i]);
    SP_VEC_FREE(&d->kept);
    sp_diags_free(&d->list);
    sp_arena_free(&d->arena);
    free(d);
}

size_t surplace_diagnostics_count(surplace_diagnostics *d)
{
    sp_diags_sort(&d->list);
    return d->list.list.len;
}

static const char *keep(surplace_diagnostics *d, sp_str text)
{
    sp_str copy = sp_arena_dup(&d->arena, text);
    return copy.ptr != NULL ? copy.ptr : "";
}

surplace_status surplace_diagnostics_get(surplace_diagnostics *d, size_t index, surplace_diagnostic *out)
{
    static const surplace_severity severities[] = {SURPLACE_ERROR, SURPLACE_WARNING, SURPLACE_NOTE};
    if (index >= surplace_diagnostics_count(d))
        return SURPLACE_MISUSE;
    const sp_diag *diag = &d->list.list.items[index];
    *out = (surplace_diagnostic){.word = sp_diag_word(diag->code),
                                 .severity = severities[diag->severity],
                                 .file = diag->place.input != NULL ? keep(d, diag->place.input->name) : "",
                                 .line = diag->place.line,
                                 .column = diag->place.column,
                                 .message = keep(d, diag->message),
                                 .hint = keep(d, diag->hint)};
    return d->arena.failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
}

/* --- rules --- */

static surplace_status load_embedded(surplace_rules *rules, sp_yaml_tree **trees, size_t *count)
{
    sp_input *inputs = SP_NEW_ARRAY(&rules->arena, sp_input, sp_embedded_file_count);
    *trees = SP_NEW_ARRAY(&rules->arena, sp_yaml_tree, sp_embedded_file_count);
    if (rules->arena.failed)
        return SURPLACE_NO_MEMORY;
    *count = sp_embedded_file_count;
    for (size_t i = 0; i < *count; i++) {
        const sp_embedded_file *file = &sp_embedded_files[i];
        inputs[i] = (sp_input){.name = sp_arena_printf(&rules->arena, "built-in %.*s", SP_STR(file->name)),
                               .text = file->source};
        (*trees)[i] = (sp_yaml_tree){&inputs[i], file->nodes, file->text, file->count};
    }
    return rules->arena.failed ? SURPLACE_NO_MEMORY : SURPLACE_OK;
}

/* Gives back the memory of whole pages that lie within the program's own file, unwritten: Linux reads them again if they
 * are touched. Elsewhere such advice may mean something else. */
static void give_back(const void *start, size_t size)
{
#if defined(__linux__)
    long page = sysconf(_SC_PAGESIZE);
    uintptr_t mask = page > 0 ? (uintptr_t)page - 1 : UINTPTR_MAX;
    uintptr_t from = ((uintptr_t)start + mask) & ~mask, to = ((uintptr_t)start + size) & ~mask;
    if (page > 0 && from < to)
        madvise((char *)start + (from - (uintptr_t)start), to - from, MADV_DONTNEED);
#else
    (void)start;
    (void)size;
#endif
}

/* The parsed files that are built in are some two megabytes, and are read once. */
static void give_back_embedded(void)
{
    for (size_t i = 0; i < sp_embedded_file_count; i++) {
        const sp_embedded_file *file = &sp_embedded_files[i];
        give_back(file->nodes, file->count * sizeof *file->nodes);
        give_back(file->source.ptr, file->source.len);
    }
}

static surplace_status load_file(surplace_rules *rules, sp_str path, sp_yaml_tree *tree, sp_diags *diags)
{
    sp_input *input = SP_NEW(&rules->arena, sp_input);
    if (input == NULL)
        return SURPLACE_NO_MEMORY;
    input->name = path;
    surplace_status status = sp_input_load(path.ptr, &rules->arena, input, diags);
    return status == SURPLACE_OK ? sp_yaml_read(input, &rules->arena, tree, diags) : status;
}

/* The graver of two statuses, so that one faulty file does not hide the faults of the others. */
static surplace_status graver(surplace_status a, surplace_status b)
{
    static const int gravity[] = {
        [SURPLACE_OK] = 0, [SURPLACE_END] = 0,       [SURPLACE_INVALID] = 1, [SURPLACE_LIMIT] = 2,
        [SURPLACE_IO] = 3, [SURPLACE_NO_MEMORY] = 4, [SURPLACE_MISUSE] = 5};
    return gravity[b] > gravity[a] ? b : a;
}

/* Adds the rule files below a folder to `paths`. */
static surplace_status find_files(surplace_rules *rules, const char *folder, sp_names_found *paths,
                                  sp_diags *diags)
{
    sp_names_found names = {0};
    sp_input *place = SP_NEW(&rules->arena, sp_input);
    if (place == NULL)
        return SURPLACE_NO_MEMORY;
    place->name = sp_arena_dup(&rules->arena, sp_str_from(folder));
    surplace_status status = sp_folder_list(folder, place, &rules->arena, &names, diags);
    if (status == SURPLACE_OK && names.len == 0) {
        sp_diags_add(diags, SP_ERROR, SP_DIAG_EMPTY, (sp_place){.input = place},
                     "the folder has no rule file (*.yaml)");
        status = SURPLACE_INVALID;
    }
    for (size_t i = 0; i < names.len && status == SURPLACE_OK; i++) {
        sp_str path = sp_arena_printf(&rules->arena, "%s/%.*s", folder, SP_STR(names.items[i]));
        if (rules->arena.failed || !SP_VEC_PUSH(paths, path))
            status = SURPLACE_NO_MEMORY;
    }
    SP_VEC_FREE(&names);
    return status;
}

static surplace_status find_path(surplace_rules *rules, const char *path, sp_names_found *paths,
                                 sp_diags *diags)
{
    struct stat about;
    sp_input *input = SP_NEW(&rules->arena, sp_input);
    sp_str name = sp_arena_dup(&rules->arena, sp_str_from(path));
    if (rules->arena.failed)
        return SURPLACE_NO_MEMORY;
    if (stat(path, &about) != 0) {
        input->name = name;
        sp_diags_errno(diags, input, "cannot be read", errno);
        return SURPLACE_IO;
    }
    if (S_ISDIR(about.st_mode))
        return find_files(rules, path, paths, diags);
    return SP_VEC_PUSH(paths, name) ? SURPLACE_OK : SURPLACE_NO_MEMORY;
}

static surplace_status load_files(surplace_rules *rules, const sp_names_found *paths, sp_yaml_tree **trees,
                                  size_t *count, sp_diags *diags)
{
    surplace_status status = SURPLACE_OK;
    *count = 0;
    *trees = SP_NEW_ARRAY(&rules->arena, sp_yaml_tree, paths->len);
    if (*trees == NULL)
        return SURPLACE_NO_MEMORY;
    for (size_t i = 0; i < paths->len && (status == SURPLACE_OK || status == SURPLACE_INVALID); i++) {
        surplace_status one = load_file(rules, paths->items[i], &(*trees)[*count], diags);
        if (one == SURPLACE_OK)
            (*count)++;
        status = graver(status, one);
    }
    return status;
}

static surplace_status load_paths(surplace_rules *rules, const char *const *paths, size_t path_count,
                                  bool folder, sp_yaml_tree **trees, size_t *count, sp_diags *diags)
{
    sp_names_found found = {0};
    surplace_status status = SURPLACE_OK;
    *count = 0;
    for (size_t i = 0; i < path_count && status == SURPLACE_OK; i++)
        status = folder ? find_files(rules, paths[i], &found, diags)
                        : find_path(rules, paths[i], &found, diags);
    if (status == SURPLACE_OK)
        status = load_files(rules, &found, trees, count, diags);
    SP_VEC_FREE(&found);
    return status;
}

/* Reads the rule base of the trees, which is the caller's if all is well. */
static surplace_status finish(surplace_rules *rules, surplace_status status, const sp_yaml_tree *trees,
                              size_t count, size_t before, surplace_diagnostics *d, surplace_rules **out)
{
    if (status == SURPLACE_OK || (status == SURPLACE_INVALID && count > 0))
        status = graver(status, sp_read_rulebase(&rules->base, trees, count, &d->list));
    status = sp_settled(d, before, status);
    if (status == SURPLACE_OK) {
        rules->trees = trees;
        rules->tree_count = count;
        *out = rules;
        return status;
    }
    /* the diagnostics show lines of these files, so they live as long */
    if (!SP_VEC_PUSH(&d->kept, rules)) {
        sp_diags_free(&d->list);
        surplace_rules_free(rules);
        return sp_settled(d, before, SURPLACE_NO_MEMORY);
    }
    return status;
}

/* From folders alone, files and folders, or with no path the rules that are built in. */
static surplace_status load(const char *const *paths, size_t path_count, bool folders,
                            surplace_diagnostics *d, surplace_rules **out)
{
    size_t before = sp_shortages();
    surplace_rules *rules = calloc(1, sizeof *rules);
    sp_yaml_tree *trees = NULL;
    size_t count = 0;
    *out = NULL;
    if (rules == NULL)
        return sp_settled(d, before, SURPLACE_NO_MEMORY);
    surplace_status status = path_count == 0
                                 ? load_embedded(rules, &trees, &count)
                                 : load_paths(rules, paths, path_count, folders, &trees, &count, &d->list);
    status = finish(rules, status, trees, count, before, d, out);
    if (path_count == 0)
        give_back_embedded();
    return status;
}

surplace_status surplace_rules_load(const char *folder, surplace_diagnostics *d, surplace_rules **out)
{
    return load(&folder, folder != NULL, true, d, out);
}

surplace_status surplace_rules_load_paths(const char *const *paths, size_t path_count,
                                          surplace_diagnostics *d, surplace_rules **out)
{
    return load(paths, path_count, false, d, out);
}

void surplace_rules_free(surplace_rules *rules)
{
    if (rules == NULL)
        return;
    sp_rulebase_free(&rules->base);
    sp_arena_free(&rules->arena);
    free(rules);
}

const char *surplace_rules_reading(const surplace_rules *rules, size_t index)
{
    /* few readings: the index-th smallest id is found by counting */
    for (size_t i = 0; i < rules->base.readings.len; i++) {
        size_t smaller = 0;
        for (size_t k = 0; k < rules->base.readings.len; k++)
            smaller += sp_str_cmp(rules->base.readings.items[k].id, rules->base.readings.items[i].id) < 0;
        if (smaller == index)
            return rules->base.readings.items[i].id_text;
    }
    return NULL;
}

/* --- law --- */

static surplace_status unknown_reading(const surplace_rules *rules, const char *reading, sp_diags *diags)
{
    sp_buf list = {0};
    const char *id;
    for (size_t i = 0; (id = surplace_rules_reading(rules, i)) != NULL; i++)
        sp_buf_printf(&list, "%s%s", i > 0 ? ", " : "", id);
    sp_diag *diag = sp_diags_add(diags, SP_ERROR, SP_DIAG_READING, (sp_place){0},
                                 "the rule base has no reading '%s'", reading);
    sp_diag_hint(diags, diag, "its readings are %.*s", SP_STR(sp_buf_str(&list)));
    diags->failed |= list.failed;
    sp_buf_clear(&list);
    return SURPLACE_INVALID;
}

surplace_status surplace_law_compile(const surplace_rules *rules, const char *reading,
                                     surplace_diagnostics *d, surplace_law **out)
{
    size_t before = sp_shortages();
    *out = NULL;
    uint32_t index = reading == NULL ? sp_rulebase_default_reading(&rules->base)
                                     : sp_rulebase_reading(&rules->base, sp_str_from(reading));
    if (reading != NULL && index == SP_NONE)
        return sp_settled(d, before, unknown_reading(rules, reading, &d->list));
    surplace_law *law = calloc(1, sizeof *law);
    if (law == NULL)
        return sp_settled(d, before, SURPLACE_NO_MEMORY);
    law->rules = rules;
    surplace_status status = sp_network_compile(&law->net, &rules->base, index, &d->list);
    status = sp_settled(d, before, status);
    if (status == SURPLACE_OK)
        *out = law;
    else
        surplace_law_free(law);
    return status;
}

void surplace_law_free(surplace_law *law)
{
    if (law == NULL)
        return;
    sp_network_free(&law->net);
    free(law);
}
