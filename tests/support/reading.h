/* Reads documents from memory, in pieces of any size, and prints trees and diagnostics as one text each. */
#ifndef SUPPORT_READING_H
#define SUPPORT_READING_H

#include <errno.h>
#include <string.h>

#include "yaml/tree.h"

typedef struct pieces {
    sp_str rest;
    size_t size;     /* of a piece */
    bool then_fails; /* the read after the last piece */
} pieces;

static inline ptrdiff_t read_piece(void *context, char *buf, size_t cap)
{
    pieces *p = context;
    size_t len = p->rest.len < p->size ? p->rest.len : p->size;
    len = len < cap ? len : cap;
    if (len == 0 && p->then_fails) {
        errno = EIO;
        return -1;
    }
    if (len > 0)
        memcpy(buf, p->rest.ptr, len);
    p->rest.ptr += len;
    p->rest.len -= len;
    return (ptrdiff_t)len;
}

/* As [a, "quoted"] and {key: value}; with places, 1:5-8@ before each node. */
static inline void print_node(sp_buf *out, const sp_yaml_tree *tree, uint32_t node, bool places)
{
    const sp_yaml_node *n = &tree->nodes[node];
    if (places)
        sp_buf_printf(out, "%u:%u-%u@", (unsigned)n->line, (unsigned)n->column, (unsigned)n->end_column);
    if (n->kind == SP_YAML_SCALAR) {
        sp_str text = sp_yaml_text(tree, node);
        sp_buf_printf(out, n->quoted ? "\"%.*s\"" : "%.*s", SP_STR(text));
        return;
    }
    bool map = n->kind == SP_YAML_MAP;
    uint32_t members = 0;
    sp_buf_add_char(out, map ? '{' : '[');
    SP_YAML_EACH (tree, child, node) {
        if (members++ > 0)
            sp_buf_add_cstr(out, map && members % 2 == 0 ? ": " : ", ");
        print_node(out, tree, child, places);
    }
    sp_buf_add_char(out, map ? '}' : ']');
    if (n->len != (map ? members / 2 : members))
        sp_buf_printf(out, "<%u members, not %u>", (unsigned)members, (unsigned)n->len);
}

static inline void print_diags(sp_buf *out, sp_diags *diags)
{
    sp_diags_sort(diags);
    for (size_t i = 0; i < diags->list.len; i++) {
        const sp_diag *d = &diags->list.items[i];
        sp_buf_printf(out, "%u:%u %s: %.*s\n", (unsigned)d->place.line, (unsigned)d->place.column,
                      sp_diag_word(d->code), SP_STR(d->message));
    }
}

/* All documents of a stream: each tree, or its status in angle brackets, on a line; then the diagnostics. */
static inline void print_stream(sp_buf *out, sp_str text, sp_format format, size_t size, bool places)
{
    sp_input input = {.name = SP_LIT("case.yaml"), .confidential = true};
    sp_diags diags = {0};
    pieces source = {.rest = text, .size = size};
    sp_doc_reader *reader = sp_doc_reader_new(&input, format, read_piece, &source, &diags);
    sp_yaml_tree tree;
    surplace_status status;
    while ((status = sp_doc_reader_next(reader, &tree)) != SURPLACE_END) {
        static const char *const names[] = {"ok", "end", "invalid", "limit", "io", "no memory", "misuse"};
        if (status == SURPLACE_OK)
            print_node(out, &tree, 0, places);
        else
            sp_buf_printf(out, "<%s>", names[status]);
        sp_buf_add_char(out, '\n');
    }
    sp_doc_reader_free(reader);
    print_diags(out, &diags);
    sp_diags_free(&diags);
    sp_buf_add(out, SP_LIT("\0")); /* for assert_string_equal */
}

/* The same whatever the pieces. */
static inline void assert_stream(sp_str text, sp_format format, bool places, const char *expected)
{
    static const size_t sizes[] = {1, 2, 3, 7, 4096, SIZE_MAX};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        sp_buf out = {0};
        print_stream(&out, text, format, sizes[i], places);
        assert_string_equal(out.data, expected);
        sp_buf_clear(&out);
    }
}

#endif
