/* Preloaded into the program, does from within its write() what a program taken over by its input would do, and tells on
 * standard error what came of each: "socket: Operation not permitted". */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(const char *what, long result)
{
    char line[200];
    int length = snprintf(line, sizeof line, "probe %s: %s\n", what,
                          result < 0 ? strerror(errno) : "allowed");
    syscall(SYS_write, 2, line, (size_t)length);
}

static void try_process(const char *what, long child)
{
    if (child == 0)
        _exit(0);
    tell(what, child);
    if (child > 0)
        waitpid((pid_t)child, NULL, 0);
}

static void probe(void)
{
    const char *target = getenv("SURPLACE_PROBE"); /* a folder of files that the run has no business with */
    char path[4096], other[4096];
    char *none[] = {NULL};
    tell("socket", socket(AF_INET, SOCK_STREAM, 0));
    tell("local socket", socket(AF_UNIX, SOCK_DGRAM, 0));
    try_process("fork", fork());
    try_process("clone", syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL));
    tell("trace", ptrace(PTRACE_TRACEME, 0, NULL, NULL));
    tell("signal", kill(getppid(), 0));
    tell("write a new file",
         (snprintf(path, sizeof path, "%s/new", target), open(path, O_WRONLY | O_CREAT, 0600)));
    tell("write an old file", (snprintf(path, sizeof path, "%s/old", target), open(path, O_WRONLY)));
    tell("remove a file", unlink(path));
    snprintf(other, sizeof other, "%s/moved", target);
    tell("move a file", (syscall(SYS_rename, path, other)));
    tell("read another file", open(path, O_RDONLY));
    tell("core dump", prctl(PR_GET_DUMPABLE) == 0 ? (errno = EPERM, -1) : 0);
    execve("/bin/true", none, none);
    tell("another program", -1);
}

ssize_t write(int descriptor, const void *buffer, size_t size)
{
    static int probed;
    if (!probed++)
        probe();
    return syscall(SYS_write, descriptor, buffer, size);
}
