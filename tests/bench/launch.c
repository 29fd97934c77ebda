/* Runs a program with its output thrown away and prints what it took: nanoseconds from before it is started until it has
 * ended, nanoseconds of processor time, and the most memory it had in KiB. A parent of its own, and a small one, because
 * a process counts as its own the memory that it shared with its parent before it became another program. */
#define _DEFAULT_SOURCE

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long nanoseconds(time_t seconds, long rest)
{
    return (long long)seconds * 1000000000LL + rest;
}

int main(int argc, char **argv)
{
    posix_spawn_file_actions_t actions;
    struct timespec before, after;
    struct rusage usage;
    pid_t child;
    int status;
    if (argc < 2 || posix_spawn_file_actions_init(&actions) != 0 ||
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0) != 0)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &before);
    if (posix_spawn(&child, argv[1], &actions, NULL, argv + 1, environ) != 0 ||
        wait4(child, &status, 0, &usage) != child)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &after);
    posix_spawn_file_actions_destroy(&actions);
    printf("%lld %lld %ld\n", nanoseconds(after.tv_sec - before.tv_sec, after.tv_nsec - before.tv_nsec),
           nanoseconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec,
                       (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000L),
           usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
