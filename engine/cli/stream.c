#define _POSIX_C_SOURCE 200809L

#include "cli/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFERED 65536u
/* What is as long as this is written as it stands: gathering it first would be a copy for nothing. */
#define WORTH_A_WRITE 16384u

/* A run that is stopped takes the sibling of its report along. Only what a signal handler may do is done. */
static const char *volatile unfinished;

static void remove_unfinished(int number)
{
    const char *path = unfinished;
    if (path != NULL)
        unlink(path);
    raise(number); /* once more, as if nobody had listened */
}

static void remove_when_stopped(const char *path)
{
    static const int signals[] = {SIGHUP, SIGINT, SIGTERM};
    struct sigaction action = {.sa_handler = remove_unfinished, .sa_flags = (int)SA_RESETHAND}, before;
    unfinished = path;
    for (size_t i = 0; path != NULL && i < sizeof signals / sizeof *signals; i++)
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(signals[i], &action, NULL);
}

static bool messages_lost;

static int output_failed(const char *path, int number)
{
    sp_say("%.600s: cannot be written: %s", path != NULL ? path : "standard output", strerror(number));
    return SP_EXIT_OUTPUT;
}

static int memory_ran_out(void)
{
    sp_say("memory ran out");
    return SP_EXIT_FAULT;
}

/* A fault of the disk, or of ours. */
static int output_failed_by(const char *path, int number)
{
    return number == ENOMEM ? memory_ran_out() : output_failed(path, number);
}

/* A sibling that does not exist yet; its name tells whose it is. */
static int open_beside(sp_output *out)
{
    size_t length = strlen(out->path) + 24;
    out->beside = malloc(length);
    if (out->beside == NULL) {
        errno = ENOMEM;
        return -1;
    }
    for (unsigned attempt = 0; attempt < 100; attempt++) {
        snprintf(out->beside, length, "%s.%ld.%u.part", out->path, (long)getpid() % 10000000, attempt);
        remove_when_stopped(out->beside);
        int descriptor = open(out->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (descriptor >= 0)
            return descriptor;
        unfinished = NULL; /* another's */
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

int sp_output_open(sp_output *out, const char *path)
{
    if (path != NULL && strcmp(path, "-") == 0)
        path = NULL;
    *out = (sp_output){.descriptor = STDOUT_FILENO, .path = path, .capacity = BUFFERED};
    out->buffer = malloc(out->capacity);
    if (out->buffer == NULL)
        return memory_ran_out();
    struct stat st;
    if (path != NULL && stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
        /* a device or pipe cannot be replaced, only written to; a folder is a mistake */
        out->descriptor = open(path, O_WRONLY | O_CLOEXEC);
        if (out->descriptor < 0) {
            free(out->buffer);
            return output_failed(path, errno);
        }
        return 0;
    }
    if (path != NULL && (out->descriptor = open_beside(out)) < 0) {
        int number = errno;
        free(out->buffer);
        free(out->beside);
        return output_failed_by(path, number);
    }
    return 0;
}

static void write_all(sp_output *out, const char *text, size_t length)
{
    while (length > 0 && out->failure == 0) {
        ssize_t n = write(out->descriptor, text, length);
        if (n > 0) {
            text += n;
            length -= (size_t)n;
        } else if (n < 0 && errno != EINTR) {
            out->failure = errno;
        }
    }
}

static void flush(sp_output *out)
{
    write_all(out, out->buffer, out->length);
    out->length = 0;
}

static bool grow(sp_output *out, size_t extra)
{
    while (out->capacity - out->length < extra) {
        if (out->capacity > SIZE_MAX / 2)
            return false;
        char *bigger = realloc(out->buffer, out->capacity * 2);
        if (bigger == NULL)
            return false;
        out->buffer = bigger;
        out->capacity *= 2;
    }
    return true;
}

int sp_output_write(void *context, const char *text, size_t length)
{
    sp_output *out = context;
    if (out->hold && !grow(out, length)) {
        out->failure = ENOMEM;
        return 1;
    }
    if (!out->hold && length >= WORTH_A_WRITE) {
        flush(out);
        write_all(out, text, length);
        return out->failure != 0;
    }
    while (length > 0 && out->failure == 0) {
        size_t room = out->capacity - out->length;
        size_t part = length < room ? length : room;
        memcpy(out->buffer + out->length, text, part);
        out->length += part;
        text += part;
        length -= part;
        if (out->length == out->capacity && !out->hold)
            flush(out);
    }
    return out->failure != 0;
}

void sp_output_abandon(sp_output *out)
{
    out->length = 0;
    if (out->beside != NULL) {
        close(out->descriptor);
        unlink(out->beside);
        unfinished = NULL;
        free(out->beside);
        out->beside = NULL;
    }
    free(out->buffer);
    out->buffer = NULL;
}

int sp_output_finish(sp_output *out)
{
    if (messages_lost) {
        sp_output_abandon(out);
        return SP_EXIT_FAULT;
    }
    flush(out);
    if (out->failure == 0 && out->beside != NULL && fsync(out->descriptor) != 0 && errno != EINVAL)
        out->failure = errno;
    if (out->failure != 0) {
        int number = out->failure;
        sp_output_abandon(out);
        return output_failed_by(out->path, number);
    }
    int closed = close(out->descriptor);
    if (closed == 0 && out->beside != NULL)
        closed = rename(out->beside, out->path);
    if (closed != 0) {
        int number = errno;
        if (out->beside != NULL)
            unlink(out->beside);
        unfinished = NULL;
        free(out->beside);
        free(out->buffer);
        return output_failed(out->path, number);
    }
    unfinished = NULL;
    free(out->beside);
    free(out->buffer);
    return 0;
}

static bool coloured(const sp_arguments *a, int descriptor)
{
    const char *no_color = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE"), *term = getenv("TERM");
    if (a->color != NULL && strcmp(a->color, "auto") != 0)
        return strcmp(a->color, "always") == 0;
    if (no_color != NULL && no_color[0] != '\0')
        return false;
    if (force != NULL && strcmp(force, "0") != 0 && force[0] != '\0')
        return true;
    return isatty(descriptor) && term != NULL && strcmp(term, "dumb") != 0;
}

surplace_style sp_style_for(const sp_arguments *a, const sp_output *out)
{
    surplace_style style = {.width = 80, .colour = coloured(a, out->descriptor), .redact = a->redact};
    struct winsize size;
    if (a->width >= 0)
        style.width = a->width;
    else if (isatty(out->descriptor) && ioctl(out->descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        style.width = size.ws_col < 120 ? size.ws_col : 120;
    return style;
}

bool sp_output_replaces(const char *output, const char *input)
{
    struct stat out, in;
    if (output == NULL || stat(output, &out) != 0 || !S_ISREG(out.st_mode))
        return false;
    int found = strcmp(input, "-") == 0 ? fstat(STDIN_FILENO, &in) : stat(input, &in);
    return found == 0 && in.st_dev == out.st_dev && in.st_ino == out.st_ino;
}

int sp_input_open(const char *path)
{
    struct stat st;
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard input" : path[0] == '\0' ? "an empty file name" : path;
    int descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || fstat(descriptor, &st) != 0) {
        sp_say("%.600s: cannot be read: %s", name, strerror(errno));
        return -1;
    }
    if (S_ISDIR(st.st_mode)) {
        sp_say("%.600s: is a folder, and a case file is expected", name);
        if (descriptor != STDIN_FILENO)
            close(descriptor);
        return -1;
    }
    return descriptor;
}

ptrdiff_t sp_input_read(void *descriptor, char *buffer, size_t capacity)
{
    ssize_t n;
    do
        n = read(*(int *)descriptor, buffer, capacity);
    while (n < 0 && errno == EINTR);
    return n;
}

surplace_format sp_input_format(const sp_arguments *a, const char *path)
{
    const char *dot = strrchr(path, '.');
    const char *name = a->input != NULL ? a->input : dot != NULL ? dot + 1 : "yaml";
    if (strcmp(name, "json") == 0)
        return SURPLACE_JSON;
    return strcmp(name, "jsonl") == 0 ? SURPLACE_JSONL : SURPLACE_YAML;
}

static int write_error_stream(void *context, const char *text, size_t length)
{
    (void)context;
    return fwrite(text, 1, length, stderr) == length ? 0 : 1;
}

void sp_write_diagnostics(surplace_diagnostics *d, const sp_arguments *a)
{
    surplace_style style = {.colour = coloured(a, STDERR_FILENO)};
    if (surplace_render_diagnostics(d, &style, write_error_stream, NULL) == SURPLACE_NO_MEMORY)
        messages_lost = true;
}

int sp_exit_of(int code)
{
    return messages_lost ? memory_ran_out() : code;
}

int sp_exit_for(surplace_status status, int invalid)
{
    switch (status) {
    case SURPLACE_OK:
    case SURPLACE_END:
        return SP_EXIT_OK;
    case SURPLACE_INVALID:
        return invalid;
    case SURPLACE_LIMIT:
        return SP_EXIT_LIMIT;
    case SURPLACE_IO:
        return invalid;
    case SURPLACE_NO_MEMORY:
        messages_lost = false; /* it is told of now */
        return memory_ran_out();
    case SURPLACE_MISUSE:
        break;
    }
    sp_say("a fault of the program itself");
    return SP_EXIT_FAULT;
}
