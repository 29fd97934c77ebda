/* Bump memory: pieces are cut off the newest of a list of chunks, and all go at once.
 *
 * Built with SURPLACE_ARENA_DEBUG, each piece is a malloc of its own, so that AddressSanitizer sees one piece
 * overrun into the next. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/shortage.h"

#define CHUNK_MIN ((size_t)4 * 1024)
#define CHUNK_MAX ((size_t)1024 * 1024)
#define ALIGNMENT alignof(max_align_t)

struct sp_arena_chunk {
    struct sp_arena_chunk *older;
    size_t used, cap; /* bytes behind this header */
    alignas(max_align_t) char bytes[];
};

static struct sp_arena_chunk *chunk_new(sp_arena *arena, size_t size)
{
#ifdef SURPLACE_ARENA_DEBUG
    size_t cap = size;
#else
    size_t cap = arena->chunks == NULL ? CHUNK_MIN : arena->chunks->cap * 2;
    if (cap > CHUNK_MAX)
        cap = CHUNK_MAX;
    if (cap < size)
        cap = size;
#endif
    if (cap > SIZE_MAX - sizeof(struct sp_arena_chunk))
        return NULL;
    struct sp_arena_chunk *chunk = malloc(sizeof(*chunk) + cap);
    if (chunk == NULL)
        return NULL;
    *chunk = (struct sp_arena_chunk){.older = arena->chunks, .cap = cap};
    arena->chunks = chunk;
    return chunk;
}

void *sp_arena_alloc(sp_arena *arena, size_t size)
{
    if (arena->failed)
        return NULL;
    /* Chunks are used in whole steps of the alignment, so the next piece is aligned too. */
    size_t step = size == 0 ? ALIGNMENT : (size + (ALIGNMENT - 1)) & ~(ALIGNMENT - 1);
    struct sp_arena_chunk *chunk = arena->chunks;
    if (step < size) {
        chunk = NULL;
    } else if (chunk == NULL || step > chunk->cap - chunk->used) {
        chunk = chunk_new(arena, step);
    }
    if (chunk == NULL) {
        sp_shortage_note();
        arena->failed = true;
        return NULL;
    }
    char *piece = chunk->bytes + chunk->used;
    chunk->used += step;
    return memset(piece, 0, step);
}

void *sp_arena_calloc(sp_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        sp_shortage_note();
        arena->failed = true;
        return NULL;
    }
    return sp_arena_alloc(arena, count * size);
}

sp_str sp_arena_dup(sp_arena *arena, sp_str s)
{
    char *copy = s.len == SIZE_MAX ? NULL : sp_arena_alloc(arena, s.len + 1);
    if (copy == NULL) {
        arena->failed = true;
        return SP_EMPTY;
    }
    if (s.len > 0)
        memcpy(copy, s.ptr, s.len);
    return (sp_str){copy, s.len};
}

sp_str sp_arena_printf(sp_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    sp_str text = sp_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

sp_str sp_arena_vprintf(sp_arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    sp_str text = SP_EMPTY;
    int len = vsnprintf(NULL, 0, format, args);
    char *copy = len < 0 ? NULL : sp_arena_alloc(arena, (size_t)len + 1);
    if (copy == NULL) {
        arena->failed = true;
    } else {
        vsnprintf(copy, (size_t)len + 1, format, again);
        text = (sp_str){copy, (size_t)len};
    }
    va_end(again);
    return text;
}

static void free_chunks(struct sp_arena_chunk *chunk)
{
    while (chunk != NULL) {
        struct sp_arena_chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
}

void sp_arena_reset(sp_arena *arena)
{
    arena->failed = false;
    struct sp_arena_chunk *newest = arena->chunks;
    if (newest == NULL)
        return;
#ifdef SURPLACE_ARENA_DEBUG
    sp_arena_free(arena);
#else
    /* The newest chunk is the largest, but for pieces that needed a chunk of their own. */
    free_chunks(newest->older);
    newest->older = NULL;
    newest->used = 0;
#endif
}

void sp_arena_free(sp_arena *arena)
{
    free_chunks(arena->chunks);
    *arena = (sp_arena){0};
}

void sp_arena_wipe(sp_arena *arena)
{
    for (struct sp_arena_chunk *chunk = arena->chunks; chunk != NULL; chunk = chunk->older)
        sp_wipe(chunk->bytes, chunk->used);
    sp_arena_free(arena);
}
