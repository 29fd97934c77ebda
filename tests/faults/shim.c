/* Preloaded into the program, fails one call that it makes: the n-th allocation, read, write, open ... Counts them all,
 * so that the driver (faults.py) knows which n there are, and what of the memory was not given back.
 *
 * SURPLACE_FAULT is "CLASS:N:HOW" (N from 1; 0 fails nothing); HOW is "once", "on" (from the n-th on), "short" (part of
 * what was asked for), or a number of errno (once). SURPLACE_FAULT_PAGE is a file of sizeof(struct page) bytes that is
 * shared with the driver: a process that may no longer write files can still count in it. With SURPLACE_FAULT_TRACE set
 * the call that fails is told on standard error, with its callers. */
#define _GNU_SOURCE

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum class { MEMORY, READ, WRITE, OPEN, STAT, CLOSE, RENAME, SYNC, FOLDER, CLASSES };

static const char *const class_names[CLASSES] = {"memory", "read",   "write", "open",  "stat",
                                                 "close",  "rename", "sync",  "folder"};

#define STACKS 2000000u
#define FRAMES 14

/* As faults.py reads it. */
struct page {
    uint64_t calls[CLASSES];
    int64_t live;            /* allocations not given back */
    uint64_t failed;         /* calls that were failed */
    uint64_t stacks[STACKS]; /* of the calls of the class at hand: who called, as a hash */
};

static struct page nowhere, *page = &nowhere;
static int fault_class = -1;
static uint64_t fault_at;
static int fault_errno; /* 0: short */
static bool fault_on, record, trace, ready;

static __thread bool inside;

/* Who calls, as far up as tells one allocation from another. */
static uint64_t hash_of_stack(void)
{
    void *frames[FRAMES];
    int count = backtrace(frames, FRAMES);
    uint64_t hash = 14695981039346656037u;
    for (int i = 2; i < count; i++)
        hash = (hash ^ (uintptr_t)frames[i]) * 1099511628211u;
    return hash;
}

/* Is this the call that fails? */
static bool fails(enum class class)
{
    if (!ready || inside)
        return false;
    uint64_t n = __atomic_add_fetch(&page->calls[class], 1, __ATOMIC_RELAXED);
    if ((int)class != fault_class)
        return false;
    if (record && n <= STACKS) {
        inside = true;
        page->stacks[n - 1] = hash_of_stack();
        inside = false;
    }
    if (fault_at == 0 || n < fault_at || (n > fault_at && !fault_on))
        return false;
    page->failed++;
    if (trace && page->failed == 1) {
        void *frames[FRAMES];
        inside = true;
        backtrace_symbols_fd(frames, backtrace(frames, FRAMES), STDERR_FILENO);
        inside = false;
    }
    return true;
}

/* The function behind ours. dlsym may allocate; until it is known, memory comes from a small store of our own. */
#define REAL(result, name, ...)                                                                            \
    static result (*real_##name)(__VA_ARGS__);                                                             \
    static void find_##name(void)                                                                          \
    {                                                                                                      \
        if (real_##name == NULL)                                                                           \
            *(void **)&real_##name = dlsym(RTLD_NEXT, #name);                                              \
    }

static char store[65536];
static size_t stored;

static void *from_store(size_t size)
{
    size_t step = (size + 15) & ~(size_t)15;
    if (step > sizeof(store) - stored)
        abort();
    void *piece = store + stored;
    stored += step;
    return piece;
}

static bool in_store(const void *memory)
{
    return (const char *)memory >= store && (const char *)memory < store + sizeof(store);
}

REAL(void *, malloc, size_t)
REAL(void *, calloc, size_t, size_t)
REAL(void *, realloc, void *, size_t)
REAL(void, free, void *)
REAL(void *, aligned_alloc, size_t, size_t)
REAL(int, posix_memalign, void **, size_t, size_t)
REAL(void *, mmap, void *, size_t, int, int, int, off_t)

static bool finding;

#define FIND(name)                                                                                         \
    do {                                                                                                   \
        if (real_##name == NULL) {                                                                         \
            finding = true;                                                                                \
            find_##name();                                                                                 \
            finding = false;                                                                               \
        }                                                                                                  \
    } while (0)

static void *counted(void *memory)
{
    if (memory != NULL && ready && !inside)
        __atomic_add_fetch(&page->live, 1, __ATOMIC_RELAXED);
    return memory;
}

static void *no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

void *malloc(size_t size)
{
    if (finding)
        return from_store(size);
    FIND(malloc);
    return fails(MEMORY) ? no_memory() : counted(real_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    if (finding)
        return from_store(count * size); /* is zero: nothing there is used twice */
    FIND(calloc);
    return fails(MEMORY) ? no_memory() : counted(real_calloc(count, size));
}

void *realloc(void *memory, size_t size)
{
    if (finding)
        return from_store(size);
    FIND(realloc);
    if (in_store(memory))
        abort();
    if (fails(MEMORY))
        return no_memory();
    void *moved = real_realloc(memory, size);
    return memory == NULL ? counted(moved) : moved;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    FIND(aligned_alloc);
    return fails(MEMORY) ? no_memory() : counted(real_aligned_alloc(alignment, size));
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    FIND(posix_memalign);
    if (fails(MEMORY))
        return ENOMEM;
    int status = real_posix_memalign(memory, alignment, size);
    if (status == 0)
        counted(*memory);
    return status;
}

void free(void *memory)
{
    if (memory == NULL || in_store(memory))
        return;
    FIND(free);
    if (ready && !inside)
        __atomic_sub_fetch(&page->live, 1, __ATOMIC_RELAXED);
    real_free(memory);
}

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset)
{
    FIND(mmap);
    if (fails(MEMORY)) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    return real_mmap(address, length, protection, flags, descriptor, offset);
}

/* ---- Files */

REAL(ssize_t, read, int, void *, size_t)
REAL(ssize_t, write, int, const void *, size_t)
REAL(int, open, const char *, int, ...)
REAL(int, open64, const char *, int, ...)
REAL(int, openat, int, const char *, int, ...)
REAL(int, openat64, int, const char *, int, ...)
REAL(int, stat, const char *, struct stat *)
REAL(int, fstat, int, struct stat *)
REAL(int, fstatat, int, const char *, struct stat *, int)
REAL(int, close, int)
REAL(int, rename, const char *, const char *)
REAL(int, fsync, int)
REAL(char *, realpath, const char *, char *)
REAL(DIR *, fdopendir, int)
REAL(struct dirent *, readdir, DIR *)

static bool fails_with_errno(enum class class)
{
    if (!fails(class))
        return false;
    errno = fault_errno;
    return true;
}

static size_t part_of(size_t size)
{
    return size > 1 ? size / 2 : size;
}

ssize_t read(int descriptor, void *buffer, size_t size)
{
    FIND(read);
    if (fails(READ)) {
        if (fault_errno == 0)
            return real_read(descriptor, buffer, part_of(size));
        errno = fault_errno;
        return -1;
    }
    return real_read(descriptor, buffer, size);
}

ssize_t write(int descriptor, const void *buffer, size_t size)
{
    FIND(write);
    if (fails(WRITE)) {
        if (fault_errno == 0)
            return real_write(descriptor, buffer, part_of(size));
        errno = fault_errno;
        return -1;
    }
    return real_write(descriptor, buffer, size);
}

static mode_t mode_in(int flags, va_list args)
{
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(args, mode_t) : 0;
}

#define OPEN_FUNCTION(name)                                                                                \
    int name(const char *path, int flags, ...)                                                             \
    {                                                                                                      \
        va_list args;                                                                                      \
        va_start(args, flags);                                                                             \
        mode_t mode = mode_in(flags, args);                                                                \
        va_end(args);                                                                                      \
        FIND(name);                                                                                        \
        return fails_with_errno(OPEN) ? -1 : real_##name(path, flags, mode);                               \
    }

#define OPENAT_FUNCTION(name)                                                                              \
    int name(int folder, const char *path, int flags, ...)                                                 \
    {                                                                                                      \
        va_list args;                                                                                      \
        va_start(args, flags);                                                                             \
        mode_t mode = mode_in(flags, args);                                                                \
        va_end(args);                                                                                      \
        FIND(name);                                                                                        \
        return fails_with_errno(OPEN) ? -1 : real_##name(folder, path, flags, mode);                       \
    }

OPEN_FUNCTION(open)
OPEN_FUNCTION(open64)
OPENAT_FUNCTION(openat)
OPENAT_FUNCTION(openat64)

int stat(const char *path, struct stat *about)
{
    FIND(stat);
    return fails_with_errno(STAT) ? -1 : real_stat(path, about);
}

int fstat(int descriptor, struct stat *about)
{
    FIND(fstat);
    return fails_with_errno(STAT) ? -1 : real_fstat(descriptor, about);
}

int fstatat(int folder, const char *path, struct stat *about, int flags)
{
    FIND(fstatat);
    return fails_with_errno(STAT) ? -1 : real_fstatat(folder, path, about, flags);
}

/* The descriptor is gone whatever close says. */
int close(int descriptor)
{
    FIND(close);
    bool failing = fails(CLOSE);
    int status = real_close(descriptor);
    if (!failing)
        return status;
    errno = fault_errno;
    return -1;
}

int rename(const char *from, const char *to)
{
    FIND(rename);
    return fails_with_errno(RENAME) ? -1 : real_rename(from, to);
}

int fsync(int descriptor)
{
    FIND(fsync);
    return fails_with_errno(SYNC) ? -1 : real_fsync(descriptor);
}

char *realpath(const char *path, char *resolved)
{
    FIND(realpath);
    return fails_with_errno(FOLDER) ? NULL : real_realpath(path, resolved);
}

DIR *fdopendir(int descriptor)
{
    FIND(fdopendir);
    return fails_with_errno(FOLDER) ? NULL : real_fdopendir(descriptor);
}

struct dirent *readdir(DIR *folder)
{
    FIND(readdir);
    return fails_with_errno(FOLDER) ? NULL : real_readdir(folder);
}

/* ---- What is to fail */

static void share_page(void)
{
    const char *path = getenv("SURPLACE_FAULT_PAGE");
    int descriptor = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return;
    void *shared = mmap(NULL, sizeof(*page), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (shared != MAP_FAILED)
        page = shared;
}

__attribute__((constructor)) static void prepare(void)
{
    const char *text = getenv("SURPLACE_FAULT");
    char name[16], how[16];
    unsigned long n;
    if (text == NULL || sscanf(text, "%15[^:]:%lu:%15s", name, &n, how) != 3)
        return;
    void *frames[2];
    backtrace(frames, 2); /* loads what it needs now */
    share_page();
    for (int i = 0; i < CLASSES; i++)
        if (strcmp(name, class_names[i]) == 0)
            fault_class = i;
    fault_at = n;
    fault_on = strcmp(how, "on") == 0;
    fault_errno = strcmp(how, "short") == 0 ? 0 : fault_on || strcmp(how, "once") == 0 ? ENOMEM : atoi(how);
    record = n == 0;
    trace = getenv("SURPLACE_FAULT_TRACE") != NULL;
    ready = true;
}
