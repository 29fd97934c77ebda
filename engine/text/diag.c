/* Collects diagnostics; what they look like is the business of render/. */
#include "text/diag.h"

#include <stdlib.h>
#include <string.h>

#include "surplace/limits.h"

sp_diag *sp_diags_add(sp_diags *diags, sp_severity severity, sp_diag_code code, sp_place place,
                      const char *format, ...)
{
    diags->errors += severity == SP_ERROR;
    diags->limits += severity == SP_ERROR && code == SP_DIAG_LIMIT;
    diags->warnings += severity == SP_WARNING;
    if (diags->list.len >= SURPLACE_MAX_DIAGNOSTICS) {
        diags->suppressed++;
        return NULL;
    }

    va_list args;
    va_start(args, format);
    sp_str message = sp_arena_vprintf(&diags->arena, format, args);
    va_end(args);

    sp_diag diag = {.code = code,
                    .severity = severity,
                    .place = place,
                    .message = message,
                    .order = (uint32_t)diags->list.len};
    if (diags->arena.failed || !SP_VEC_PUSH(&diags->list, diag)) {
        diags->failed = true;
        return NULL;
    }
    return &diags->list.items[diags->list.len - 1];
}

void sp_diag_hint(sp_diags *diags, sp_diag *diag, const char *format, ...)
{
    if (diag == NULL)
        return;
    va_list args;
    va_start(args, format);
    diag->hint = sp_arena_vprintf(&diags->arena, format, args);
    va_end(args);
    diags->failed |= diags->arena.failed;
}

void sp_diag_second(sp_diags *diags, sp_diag *diag, sp_place place, const char *format, ...)
{
    if (diag == NULL)
        return;
    va_list args;
    va_start(args, format);
    diag->second_message = sp_arena_vprintf(&diags->arena, format, args);
    va_end(args);
    diag->second_place = place;
    diags->failed |= diags->arena.failed;
}

void sp_diag_key(sp_diags *diags, sp_diag *diag, sp_str key)
{
    if (diag == NULL)
        return;
    diag->key = sp_arena_dup(&diags->arena, key);
    diags->failed |= diags->arena.failed;
}

static int order_of_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
    const sp_diag *a = left, *b = right;
    /* What concerns no input at all comes first. */
    sp_str a_name = a->place.input == NULL ? SP_EMPTY : a->place.input->name;
    sp_str b_name = b->place.input == NULL ? SP_EMPTY : b->place.input->name;
    int order = sp_str_cmp(a_name, b_name);
    if (order == 0)
        order = order_of_numbers(a->place.line, b->place.line);
    if (order == 0)
        order = order_of_numbers(a->place.column, b->place.column);
    if (order == 0)
        order = strcmp(sp_diag_word(a->code), sp_diag_word(b->code));
    if (order == 0)
        order = sp_str_cmp(a->message, b->message);
    return order == 0 ? order_of_numbers(a->order, b->order) : order;
}

void sp_diags_sort(sp_diags *diags)
{
    if (diags->list.len > 1)
        qsort(diags->list.items, diags->list.len, sizeof(*diags->list.items), compare);
}

void sp_diags_free(sp_diags *diags)
{
    sp_arena_free(&diags->arena);
    SP_VEC_FREE(&diags->list);
    *diags = (sp_diags){0};
}

const char *sp_diag_word(sp_diag_code code)
{
    static const char *const words[] = {
#define X(name, word, explanation) word,
        SP_DIAG_CODES(X)
#undef X
    };
    return (size_t)code < SP_DIAG_CODE_COUNT ? words[code] : "unknown";
}

const char *sp_diag_explanation(sp_diag_code code)
{
    static const char *const explanations[] = {
#define X(name, word, explanation) explanation,
        SP_DIAG_CODES(X)
#undef X
    };
    return (size_t)code < SP_DIAG_CODE_COUNT ? explanations[code] : "";
}
