/* surplace_embed OUT.c RULES_DIR: writes all rule files below RULES_DIR as one C file of constant data, already
 * parsed, so that the program starts without reading a file. The same rules give the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/folder.h"
#include "yaml/tree.h"

typedef struct embedder {
    sp_arena arena;
    sp_diags diags;
    sp_buf out;
} embedder;

static void print_diagnostics(sp_diags *diags)
{
    sp_diags_sort(diags);
    for (size_t i = 0; i < diags->list.len; i++) {
        const sp_diag *d = &diags->list.items[i];
        fprintf(stderr, "%.*s:", SP_STR(d->place.input->name));
        if (d->place.line > 0)
            fprintf(stderr, "%u:%u:", (unsigned)d->place.line, (unsigned)d->place.column);
        fprintf(stderr, " error: %.*s [%s]\n", SP_STR(d->message), sp_diag_word(d->code));
        if (d->hint.len > 0)
            fprintf(stderr, "    hint: %.*s\n", SP_STR(d->hint));
    }
    if (diags->suppressed > 0)
        fprintf(stderr, "%zu more\n", diags->suppressed);
}

/* ---- C text */

/* Adds string literals, one for each line of the text. */
static void add_literals(sp_buf *out, sp_str text)
{
    sp_buf_add_cstr(out, "    \"");
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '\n')
            sp_buf_add_cstr(out, i + 1 < text.len ? "\\n\"\n    \"" : "\\n");
        else if (c == '"' || c == '\\' || c == '?') /* no trigraphs */
            sp_buf_printf(out, "\\%c", c);
        else if (c < 0x20 || c >= 0x7F)
            sp_buf_printf(out, "\\%03o", (unsigned)c);
        else
            sp_buf_add_char(out, (char)c);
    }
    sp_buf_add_cstr(out, "\"");
}

typedef SP_VEC(size_t) offsets;

static bool find_lines(sp_str source, offsets *lines)
{
    if (!SP_VEC_PUSH(lines, 0))
        return false;
    for (size_t i = 0; i < source.len; i++) {
        if (source.ptr[i] == '\n' && !SP_VEC_PUSH(lines, i + 1))
            return false;
    }
    return true;
}

/* Most scalars stand in the source as they are, perhaps within quotes: then they need no copy. Gives the offset, or
 * `missing` if this one does not. */
static size_t find_in_source(sp_str source, const offsets *lines, const sp_yaml_node *node, sp_str text,
                             size_t missing)
{
    if (node->line > lines->len)
        return missing;
    size_t at = lines->items[node->line - 1];
    for (uint32_t column = 1; column < node->column && at < source.len; column++) {
        do
            at++;
        while (at < source.len && ((unsigned char)source.ptr[at] & 0xC0) == 0x80);
    }
    for (size_t quote = 0; quote <= 1; quote++) {
        size_t start = at + quote;
        if (start <= source.len && text.len <= source.len - start &&
            sp_str_eq((sp_str){source.ptr + start, text.len}, text))
            return start;
    }
    return missing;
}

/* Writes the text and the nodes of one file; false if memory ran out. */
static bool add_file(sp_buf *out, size_t number, const sp_yaml_tree *tree)
{
    sp_str source = tree->input->text;
    offsets lines = {0};
    sp_buf nodes = {0}, extra = {0};
    bool found = find_lines(source, &lines);
    for (uint32_t i = 0; found && i < tree->count; i++) {
        const sp_yaml_node *node = &tree->nodes[i];
        size_t offset = 0;
        if (node->kind == SP_YAML_SCALAR) {
            sp_str text = sp_yaml_text(tree, i);
            offset = find_in_source(source, &lines, node, text, source.len + extra.len);
            if (offset == source.len + extra.len)
                sp_buf_add(&extra, text);
        }
        sp_buf_printf(&nodes, "    {%u, %u, 0, %u, %u, %u, %zu, %u, %u},\n", (unsigned)node->kind,
                      (unsigned)node->quoted, (unsigned)node->line, (unsigned)node->column,
                      (unsigned)node->end_column, offset, (unsigned)node->len, (unsigned)node->next);
    }
    SP_VEC_FREE(&lines);

    sp_buf_printf(out, "\nstatic const char text_%zu[] =\n", number);
    add_literals(out, source);
    if (extra.len > 0) {
        sp_buf_add_cstr(out, "\n    /* as they are meant where the source has them otherwise */\n");
        add_literals(out, sp_buf_str(&extra));
    }
    sp_buf_printf(out, ";\nstatic const sp_yaml_node nodes_%zu[] = {\n", number);
    sp_buf_add(out, sp_buf_str(&nodes));
    sp_buf_add_cstr(out, "};\n");
    bool complete = found && !nodes.failed && !extra.failed && !out->failed;
    sp_buf_clear(&nodes);
    sp_buf_clear(&extra);
    return complete;
}

/* ---- The files */

/* The last part of a path: the rules are named the same wherever they lie. */
static sp_str last_part(sp_str path)
{
    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    for (size_t i = path.len; i-- > 0;) {
        if (path.ptr[i] == '/')
            return (sp_str){path.ptr + i + 1, path.len - i - 1};
    }
    return path;
}

static surplace_status read_file(embedder *e, const char *folder, sp_str path, sp_yaml_tree *tree)
{
    sp_input *input = SP_NEW(&e->arena, sp_input);
    if (input == NULL)
        return SURPLACE_NO_MEMORY;
    input->name = sp_arena_printf(&e->arena, "%.*s/%.*s", SP_STR(last_part(sp_str_from(folder))),
                                  SP_STR(path));
    sp_str real_path = sp_arena_printf(&e->arena, "%s/%.*s", folder, SP_STR(path));
    if (e->arena.failed)
        return SURPLACE_NO_MEMORY;
    surplace_status status = sp_input_load(real_path.ptr, &e->arena, input, &e->diags);
    return status == SURPLACE_OK ? sp_yaml_read(input, &e->arena, tree, &e->diags) : status;
}

static void add_head(sp_buf *out)
{
    sp_buf_add_cstr(out, "/* Written by surplace_embed from the rule files. */\n"
                         "#if defined(__GNUC__)\n"
                         "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
                         "#endif\n"
                         "#include \"embed/embedded.h\"\n");
}

static void add_table(sp_buf *out, const sp_yaml_tree *trees, size_t count)
{
    sp_buf_add_cstr(out, "\nconst sp_embedded_file sp_embedded_files[] = {\n");
    for (size_t i = 0; i < count; i++) {
        const sp_input *input = trees[i].input;
        sp_buf_add_cstr(out, "    {{\n");
        add_literals(out, input->name);
        sp_buf_printf(out, ", %zu}, {text_%zu, %zu}, nodes_%zu, %u, text_%zu},\n", input->name.len, i,
                      input->text.len, i, (unsigned)trees[i].count, i);
    }
    /* An array without members is no C; this one is not counted. */
    if (count == 0)
        sp_buf_add_cstr(out, "    {{NULL, 0}, {NULL, 0}, NULL, 0, NULL},\n");
    sp_buf_printf(out, "};\nconst size_t sp_embedded_file_count = %zu;\n", count);
}

static surplace_status embed(embedder *e, const char *folder)
{
    sp_input *top = SP_NEW(&e->arena, sp_input);
    if (top == NULL)
        return SURPLACE_NO_MEMORY;
    top->name = sp_str_from(folder);
    sp_names_found files = {0};
    surplace_status status = sp_folder_list(folder, top, &e->arena, &files, &e->diags);
    sp_yaml_tree *trees = SP_NEW_ARRAY(&e->arena, sp_yaml_tree, files.len);
    if (trees == NULL)
        status = SURPLACE_NO_MEMORY;

    add_head(&e->out);
    for (size_t i = 0; i < files.len && status != SURPLACE_NO_MEMORY; i++) {
        surplace_status file_status = read_file(e, folder, files.items[i], &trees[i]);
        if (file_status == SURPLACE_OK && !add_file(&e->out, i, &trees[i]))
            file_status = SURPLACE_NO_MEMORY;
        if (file_status != SURPLACE_OK)
            status = file_status;
    }
    if (status == SURPLACE_OK)
        add_table(&e->out, trees, files.len);
    SP_VEC_FREE(&files);
    return status == SURPLACE_OK && e->out.failed ? SURPLACE_NO_MEMORY : status;
}

static bool write_file(const char *path, sp_str text)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        return false;
    bool written = fwrite(text.ptr, 1, text.len, file) == text.len;
    written &= fclose(file) == 0;
    if (!written)
        remove(path);
    return written;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: surplace_embed OUT.c RULES_DIR\n");
        return 2;
    }
    embedder e = {0};
    surplace_status status = embed(&e, argv[2]);
    print_diagnostics(&e.diags);
    if (status == SURPLACE_NO_MEMORY) {
        fprintf(stderr, "surplace_embed: out of memory\n");
    } else if (status == SURPLACE_OK && !write_file(argv[1], sp_buf_str(&e.out))) {
        perror(argv[1]);
        status = SURPLACE_IO;
    }
    sp_buf_clear(&e.out);
    sp_diags_free(&e.diags);
    sp_arena_free(&e.arena);
    return status == SURPLACE_OK ? 0 : 1;
}
