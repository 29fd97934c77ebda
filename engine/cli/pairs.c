#define _POSIX_C_SOURCE 200809L

#include "cli/pairs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int out_of_memory(sp_pairs *pairs)
{
    pairs->failed = true;
    return 1;
}

/* Names hold numbers and names of the vocabulary, never anything of the case. */
int sp_pairs_take(void *context, size_t number, const char *fact, const char *text, size_t length)
{
    sp_pairs *pairs = context;
    if (pairs->count == pairs->capacity) {
        size_t capacity = pairs->capacity * 2 + 16;
        sp_pair *bigger = realloc(pairs->items, capacity * sizeof *bigger);
        if (bigger == NULL)
            return out_of_memory(pairs);
        pairs->items = bigger;
        pairs->capacity = capacity;
    }
    size_t room = strlen(pairs->folder) + strlen(fact) + 80;
    sp_pair pair = {malloc(room), malloc(length + 1), length};
    if (pair.path == NULL || pair.text == NULL) {
        free(pair.path);
        free(pair.text);
        return out_of_memory(pairs);
    }
    snprintf(pair.path, room, "%s/case-%zu-%03zu-%s.yaml", pairs->folder, pairs->case_number, number,
             fact[0] != '\0' ? fact : "as_it_is");
    memcpy(pair.text, text, length);
    pairs->items[pairs->count++] = pair;
    return 0;
}

/* 1: the file is there and the same; 0: it is not there; -1: it is something else. */
static int compare_file(const sp_pair *pair)
{
    struct stat st;
    int descriptor = open(pair->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0)
        return errno == ENOENT ? 0 : -1;
    bool same = fstat(descriptor, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size == pair->length;
    char *found = malloc(pair->length + 1);
    size_t done = 0;
    while (same && found != NULL && done < pair->length) {
        ssize_t n = read(descriptor, found + done, pair->length - done);
        if (n < 0 && errno == EINTR)
            continue;
        same = n > 0;
        done += n > 0 ? (size_t)n : 0;
    }
    same = same && found != NULL && memcmp(found, pair->text, pair->length) == 0;
    free(found);
    close(descriptor);
    return same ? 1 : -1;
}

static bool write_whole(int descriptor, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t n = write(descriptor, text, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        text += n;
        length -= (size_t)n;
    }
    return fsync(descriptor) == 0 || errno == EINVAL;
}

/* Written beside and renamed into a place that was taken first: whoever came before has it. */
static bool write_file(const sp_pair *pair)
{
    size_t room = strlen(pair->path) + 32;
    char *beside = malloc(room);
    if (beside == NULL) {
        errno = ENOMEM;
        return false;
    }
    snprintf(beside, room, "%s.%ld.part", pair->path, (long)getpid() % 10000000);
    int place = open(pair->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int descriptor = place < 0 ? -1 : open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool ok = descriptor >= 0 && write_whole(descriptor, pair->text, pair->length);
    int number = errno;
    if (descriptor >= 0 && close(descriptor) != 0 && ok) {
        ok = false;
        number = errno;
    }
    if (ok && rename(beside, pair->path) != 0) {
        ok = false;
        number = errno;
    }
    if (descriptor >= 0 && !ok)
        unlink(beside);
    if (place >= 0 && !ok)
        unlink(pair->path);
    if (place >= 0)
        close(place);
    free(beside);
    errno = number;
    return ok;
}

static int cannot(const char *path, const char *why)
{
    sp_say("%.600s: cannot be written: %s", path, why);
    return SP_EXIT_OUTPUT;
}

int sp_pairs_write(sp_pairs *pairs)
{
    if (pairs->failed) {
        sp_say("memory ran out");
        return SP_EXIT_FAULT;
    }
    if (mkdir(pairs->folder, 0700) != 0 && errno != EEXIST)
        return cannot(pairs->folder, strerror(errno));
    for (size_t i = 0; i < pairs->count; i++)
        if (compare_file(&pairs->items[i]) < 0)
            return cannot(pairs->items[i].path, "there is another file of this name, and it is kept");
    for (size_t i = 0; i < pairs->count; i++)
        if (compare_file(&pairs->items[i]) == 0 && !write_file(&pairs->items[i]))
            return cannot(pairs->items[i].path, strerror(errno));
    return SP_EXIT_OK;
}

void sp_pairs_free(sp_pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        free(pairs->items[i].path);
        free(pairs->items[i].text);
    }
    free(pairs->items);
    *pairs = (sp_pairs){0};
}
