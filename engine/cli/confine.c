#define _GNU_SOURCE /* prctl, syscall, O_PATH */

#include "cli/confine.h"

#include <stddef.h>
#include <sys/resource.h>

#if defined(__linux__)
#include <sys/prctl.h>
#endif

/* A dump of this process is somebody's case file. */
static void forbid_dumps(void)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#if defined(__linux__)
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/* Sanitizers and coverage start threads, read maps and write files of their own: SURPLACE_UNCONFINED is set in their
 * builds alone. */
#if defined(__linux__) && !defined(SURPLACE_UNCONFINED) &&                                                 \
    (defined(__x86_64__) || defined(__aarch64__)) && defined(__has_include)
#if __has_include(<linux/seccomp.h>) && __has_include(<linux/filter.h>) && __has_include(<linux/audit.h>)
#define CONFINED 1
#endif
#endif

#ifdef CONFINED

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* --- seccomp: system calls that are refused with EPERM --- */

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#else
#define ARCH AUDIT_ARCH_AARCH64
#endif

/* Calls of the second table of x86-64, which would go around the list of the first. */
#define X32_BIT 0x40000000u

#define REFUSE(number) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (number))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))

static const int never[] = {
    /* the network, and other processes by way of it */
    SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_sendto,
    SYS_sendmsg, SYS_sendmmsg,
    /* other programs and processes */
    SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kill, SYS_setns,
    SYS_unshare, SYS_add_key, SYS_request_key, SYS_keyctl, SYS_shmget, SYS_shmat, SYS_msgget, SYS_msgsnd,
    SYS_mq_open,
#ifdef SYS_fork
    SYS_fork, SYS_vfork,
#endif
#ifdef SYS_pidfd_open
    SYS_pidfd_open, SYS_pidfd_send_signal,
#endif
#ifdef SYS_pidfd_getfd
    SYS_pidfd_getfd,
#endif
    /* the machine */
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_init_module, SYS_finit_module,
    SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_bpf, SYS_perf_event_open,
    SYS_userfaultfd, SYS_memfd_create, SYS_mknodat, SYS_linkat, SYS_symlinkat,
#ifdef SYS_io_uring_setup
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, /* which do all the above unseen */
#endif
};

static const int with_inputs_open[] = {
    SYS_openat,
    SYS_name_to_handle_at,
    SYS_open_by_handle_at,
#ifdef SYS_open
    SYS_open,
    SYS_creat,
#endif
#ifdef SYS_openat2
    SYS_openat2,
#endif
};

static void install(struct sock_filter *filter, size_t length)
{
    struct sock_fprog program = {.len = (unsigned short)length, .filter = filter};
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

static void refuse_calls(const int *calls, size_t count, int processes)
{
    struct sock_filter filter[256];
    size_t length = 0;
    const struct sock_filter head[] = {
        LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0),    REFUSE(EPERM),
        LOAD(nr),   BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1), REFUSE(EPERM)};
    memcpy(filter, head, sizeof head);
    length = sizeof head / sizeof *head;
    for (size_t i = 0; i < count; i++) {
        filter[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[i], 0,
                                                        1);
        filter[length++] = (struct sock_filter)REFUSE(EPERM);
    }
    if (processes) {
        /* clone3 keeps its flags in memory, which a filter cannot see: a C library then falls back on clone */
        const struct sock_filter clones[] = {
#ifdef SYS_clone3
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1),    REFUSE(ENOSYS),
#endif
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),     LOAD(args[0]),
            BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0), REFUSE(EPERM)};
        memcpy(filter + length, clones, sizeof clones);
        length += sizeof clones / sizeof *clones;
    }
    filter[length++] = (struct sock_filter)ALLOW;
    install(filter, length);
}

/* --- Landlock: files that may be written. The numbers are the kernel's; its header is too new for some systems. --- */

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

enum {
    WRITE_FILE = 1 << 1,
    REMOVE_FILE = 1 << 5,
    MAKE_DIR = 1 << 7,
    MAKE_REG = 1 << 8,
    /* all that changes a folder or file in the first version of Landlock */
    ANY_CHANGE = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12
};

struct rule_beneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

static void allow(int rules, const char *path, uint64_t what)
{
    struct rule_beneath rule = {.allowed = what, .parent = open(path, O_PATH | O_CLOEXEC)};
    if (rule.parent < 0)
        return;
    syscall(SYS_landlock_add_rule, rules, 1 /* path beneath */, &rule, 0);
    close(rule.parent);
}

/* The folder in which a path stands; false if its name is too long. */
static bool folder_of(const char *path, char *folder, size_t room)
{
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/')
        end--;
    while (end > 0 && path[end - 1] != '/')
        end--;
    while (end > 1 && path[end - 1] == '/')
        end--;
    if (end >= room)
        return false;
    memcpy(folder, end > 0 ? path : ".", end > 0 ? end : 1);
    folder[end > 0 ? end : 1] = '\0';
    return true;
}

/* A folder to write files into, which may have to be made. */
static void allow_within(int rules, const char *path)
{
    char folder[4096];
    struct stat about;
    if (stat(path, &about) == 0)
        allow(rules, path, WRITE_FILE | REMOVE_FILE | MAKE_REG);
    else if (folder_of(path, folder, sizeof folder))
        allow(rules, folder, WRITE_FILE | REMOVE_FILE | MAKE_REG | MAKE_DIR);
}

/* The folder of a file: the report is written beside it and renamed. */
static void allow_beside(int rules, const char *output, uint64_t besides)
{
    char folder[4096];
    struct stat about;
    const char *slash = strrchr(output, '/');
    size_t length = slash == NULL ? 1 : slash == output ? 1 : (size_t)(slash - output);
    if (length >= sizeof folder)
        return;
    memcpy(folder, slash == NULL ? "." : output, length);
    folder[length] = '\0';
    if (besides == 0 && stat(output, &about) == 0 && !S_ISREG(about.st_mode))
        allow(rules, output, WRITE_FILE); /* a device or pipe, which is written to as it is */
    else
        allow(rules, folder, WRITE_FILE | REMOVE_FILE | MAKE_REG | besides);
}

void sp_confine_start(void)
{
    forbid_dumps();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        refuse_calls(never, sizeof never / sizeof *never, 1);
}

void sp_confine_writing(const char *output, const char *folder)
{
    uint64_t handled = ANY_CHANGE;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (rules < 0)
        return;
    if (output != NULL && strcmp(output, "-") != 0)
        allow_beside(rules, output, 0);
    if (folder != NULL)
        allow_beside(rules, folder, MAKE_DIR);
    if (folder != NULL)
        allow_within(rules, folder);
    syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
}

void sp_confine_inputs_open(void)
{
    refuse_calls(with_inputs_open, sizeof with_inputs_open / sizeof *with_inputs_open, 0);
}

#else

void sp_confine_start(void)
{
    forbid_dumps();
}

void sp_confine_writing(const char *output, const char *folder)
{
    (void)output;
    (void)folder;
}

void sp_confine_inputs_open(void)
{
}

#endif
