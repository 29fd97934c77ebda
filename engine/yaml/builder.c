#include "yaml/builder.h"

#include <stdlib.h>
#include <string.h>

/* Up to this many pairs, a key is compared with those before it, and only if its bit was seen; larger mappings
 * are sorted once they are complete. No input makes either slow, as it could a hash table. */
#define FEW_PAIRS 32

#define SHOWN_KEY_BYTES 60

void sp_builder_init(sp_builder *b, const sp_input *input, sp_diags *diags)
{
    *b = (sp_builder){.input = input, .diags = diags};
}

void sp_builder_clear(sp_builder *b)
{
    if (b->input->confidential && b->text.items != NULL)
        sp_wipe(b->text.items, b->text.cap);
    SP_VEC_FREE(&b->nodes);
    SP_VEC_FREE(&b->text);
    SP_VEC_FREE(&b->keys);
}

void sp_builder_begin(sp_builder *b)
{
    b->nodes.len = 0;
    b->text.len = 0;
    b->depth = 0;
    b->status = SURPLACE_OK;
}

sp_yaml_tree sp_builder_tree(const sp_builder *b)
{
    return (sp_yaml_tree){.input = b->input,
                          .nodes = b->nodes.items,
                          .text = b->text.items == NULL ? "" : b->text.items,
                          .count = (uint32_t)b->nodes.len};
}

void sp_builder_fail(sp_builder *b, surplace_status status)
{
    if (status > b->status)
        b->status = status;
}

sp_diag *sp_builder_error(sp_builder *b, sp_diag_code code, sp_place place, const char *message)
{
    sp_builder_fail(b, code == SP_DIAG_LIMIT ? SURPLACE_LIMIT : SURPLACE_INVALID);
    return sp_diags_add(b->diags, SP_ERROR, code, place, "%s", message);
}

/* ---- Duplicate keys */

static sp_place place_of(const sp_builder *b, uint32_t node)
{
    const sp_yaml_node *n = &b->nodes.items[node];
    return (sp_place){b->input, n->line, n->column, n->end_column};
}

static void report_duplicate(sp_builder *b, sp_place place, sp_str key, uint32_t first)
{
    sp_str shown = key;
    if (shown.len > SHOWN_KEY_BYTES) {
        shown.len = SHOWN_KEY_BYTES;
        while (shown.len > 0 && ((unsigned char)shown.ptr[shown.len] & 0xC0) == 0x80)
            shown.len--;
    }
    sp_diag *diag = sp_diags_add(b->diags, SP_ERROR, SP_DIAG_DUPLICATE_KEY, place,
                                 "the key '%.*s%s' stands twice in one mapping", SP_STR(shown),
                                 shown.len < key.len ? "..." : "");
    sp_diag_second(b->diags, diag, place_of(b, first), "it stands here before");
    sp_diag_key(b->diags, diag, shown);
    sp_builder_fail(b, SURPLACE_INVALID);
}

static uint64_t key_bit(sp_str key)
{
    if (key.len == 0)
        return 1;
    const unsigned char *p = (const unsigned char *)key.ptr;
    size_t mix = key.len * 7 + p[0] * 31u + p[key.len / 2] * 5u + p[key.len - 1] * 17u;
    return (uint64_t)1 << (mix & 63);
}

/* Texts may have no address as long as all of them are empty. */
static const char *text_of(const sp_builder *b, const sp_yaml_node *node)
{
    return node->len == 0 ? "" : b->text.items + node->text;
}

static bool same_text(const char *a, size_t a_len, const char *b, size_t b_len)
{
    return a_len == b_len && (a_len == 0 || memcmp(a, b, a_len) == 0);
}

static void check_key(sp_builder *b, sp_builder_frame *frame, sp_place place, sp_str key)
{
    if (frame->members >= 2 * FEW_PAIRS) {
        if (frame->members == 2 * FEW_PAIRS)
            frame->late = (uint32_t)b->nodes.len;
        return;
    }
    uint64_t bit = key_bit(key);
    if ((frame->seen & bit) != 0 && !frame->broken) {
        const sp_yaml_node *nodes = b->nodes.items;
        for (uint32_t i = frame->node + 1; i < b->nodes.len; i = nodes[i + 1].next) {
            if (same_text(text_of(b, &nodes[i]), nodes[i].len, key.ptr, key.len)) {
                report_duplicate(b, place, key, i);
                break;
            }
        }
    }
    frame->seen |= bit;
}

static int compare_keys(const void *left, const void *right)
{
    const sp_builder_key *a = left, *b = right;
    int order = (a->len > b->len) - (a->len < b->len);
    if (order == 0 && a->len > 0)
        order = memcmp(a->text, b->text, a->len);
    return order != 0 ? order : (a->node > b->node) - (a->node < b->node);
}

/* Finds the duplicates of a mapping with many keys; those among its first keys are known. */
static void check_many_keys(sp_builder *b, const sp_builder_frame *frame)
{
    b->keys.len = 0;
    if (!SP_VEC_RESERVE(&b->keys, frame->members / 2)) {
        sp_builder_fail(b, SURPLACE_NO_MEMORY);
        return;
    }
    const sp_yaml_node *nodes = b->nodes.items;
    for (uint32_t i = frame->node + 1; i < b->nodes.len; i = nodes[i + 1].next)
        b->keys.items[b->keys.len++] = (sp_builder_key){text_of(b, &nodes[i]), nodes[i].len, i};
    qsort(b->keys.items, b->keys.len, sizeof(*b->keys.items), compare_keys);

    const sp_builder_key *first = b->keys.items;
    for (size_t i = 1; i < b->keys.len; i++) {
        const sp_builder_key *key = &b->keys.items[i];
        if (!same_text(key->text, key->len, first->text, first->len))
            first = key;
        else if (key->node >= frame->late)
            report_duplicate(b, place_of(b, key->node), (sp_str){key->text, key->len}, first->node);
    }
}

/* ---- Nodes */

static bool make_room(sp_builder *b, sp_place place)
{
    if (b->nodes.len >= SURPLACE_MAX_NODES) {
        sp_builder_fail(b, SURPLACE_LIMIT);
        sp_diags_add(b->diags, SP_ERROR, SP_DIAG_LIMIT, place,
                     "more than %d keys and values (limit: nodes)", SURPLACE_MAX_NODES);
        return false;
    }
    if (!SP_VEC_RESERVE(&b->nodes, 1)) {
        sp_builder_fail(b, SURPLACE_NO_MEMORY);
        return false;
    }
    return true;
}

/* A new node; NULL if there is no room for it. */
static inline sp_yaml_node *add_node(sp_builder *b, sp_place place)
{
    if ((b->nodes.len == b->nodes.cap || b->nodes.len >= SURPLACE_MAX_NODES) && !make_room(b, place))
        return NULL;
    sp_yaml_node *node = &b->nodes.items[b->nodes.len++];
    *node = (sp_yaml_node){.line = place.line,
                           .column = place.column,
                           .end_column = place.end_column,
                           .next = (uint32_t)b->nodes.len};
    return node;
}

void sp_builder_scalar(sp_builder *b, sp_place place, sp_str text, bool quoted)
{
    if (text.len > SURPLACE_MAX_SCALAR_BYTES) {
        sp_builder_fail(b, SURPLACE_LIMIT);
        sp_diags_add(b->diags, SP_ERROR, SP_DIAG_LIMIT, place, "a text longer than %u KiB (limit: scalar)",
                     SURPLACE_MAX_SCALAR_BYTES / 1024);
        return;
    }
    if (b->depth > 0) {
        sp_builder_frame *frame = &b->open[b->depth - 1];
        if (frame->is_map && frame->members % 2 == 0)
            check_key(b, frame, place, text);
        frame->members++;
    }

    sp_yaml_node *node = add_node(b, place);
    if (node == NULL)
        return;
    if (!SP_VEC_RESERVE(&b->text, text.len)) {
        sp_builder_fail(b, SURPLACE_NO_MEMORY);
        return;
    }
    node->kind = SP_YAML_SCALAR;
    node->quoted = quoted;
    node->text = (uint32_t)b->text.len;
    node->len = (uint32_t)text.len;
    if (text.len > 0)
        memcpy(b->text.items + b->text.len, text.ptr, text.len);
    b->text.len += text.len;
}

void sp_builder_open(sp_builder *b, sp_place place, sp_yaml_kind kind)
{
    if (b->depth >= SURPLACE_MAX_DEPTH) {
        sp_builder_fail(b, SURPLACE_LIMIT);
        sp_diags_add(b->diags, SP_ERROR, SP_DIAG_LIMIT, place,
                     "nested deeper than %d levels (limit: depth)", SURPLACE_MAX_DEPTH);
        return;
    }
    if (b->depth > 0) {
        sp_builder_frame *frame = &b->open[b->depth - 1];
        if (frame->is_map && frame->members % 2 == 0) {
            frame->broken = true;
            sp_diag *diag = sp_builder_error(b, SP_DIAG_WRONG_KIND, place,
                                             "a list or mapping stands as a key");
            sp_diag_hint(b->diags, diag, "a text that begins with '{' or '[' must be put in quotes");
        }
        frame->members++;
    }

    sp_yaml_node *node = add_node(b, place);
    if (node == NULL)
        return;
    node->kind = (uint8_t)kind;
    b->open[b->depth++] = (sp_builder_frame){.node = (uint32_t)b->nodes.len - 1,
                                             .is_map = kind == SP_YAML_MAP};
}

void sp_builder_close(sp_builder *b)
{
    const sp_builder_frame *frame = &b->open[--b->depth];
    sp_yaml_node *node = &b->nodes.items[frame->node];
    node->next = (uint32_t)b->nodes.len;
    node->len = frame->is_map ? frame->members / 2 : frame->members;
    if (frame->is_map && frame->members > 2 * FEW_PAIRS && !frame->broken)
        check_many_keys(b, frame);
}
