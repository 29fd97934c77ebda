#define _GNU_SOURCE /* prctl */

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

#include "cli/options.h"
#include "surplace/surplace.h"

static const sp_command *const commands[] = {&sp_command_eval,       &sp_command_test, &sp_command_cite,
                                             &sp_command_vocabulary, &sp_command_fmt,  &sp_command_check};

#define COMMANDS (sizeof commands / sizeof *commands)

static void help(FILE *to)
{
    fputs("surplace: refugee status, reasoned from rules and a file of facts\n\n"
          "usage: surplace COMMAND [OPTIONS] [FILE...]\n\n",
          to);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(to, "  %s\n      %s\n", commands[i]->name, commands[i]->summary);
    fputs("\n  surplace COMMAND --help   the options of a command\n"
          "  surplace --version        the version\n\n"
          "Exits: 0 it ran; 1 it found something; 2 wrong usage; 3 the rules cannot be\n"
          "loaded; 4 an input cannot be read; 5 a limit was reached; 6 nothing was checked;\n"
          "70 a fault of our own; 74 the output could not be written.\n",
          to);
}

/* Help and version must reach their reader too. */
static int finish_stdout(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return SP_EXIT_OK;
    fputs("surplace: standard output cannot be written\n", stderr);
    return SP_EXIT_OUTPUT;
}

/* A dump of this process is somebody's case file. */
static void forbid_dumps(void)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#if defined(__linux__)
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/* A standard stream that the caller closed is opened the wrong way round, so that its use fails. Otherwise the next
 * file opened would take its place, and messages would go into a report, or a report into a case file. */
static void hold_standard_streams(void)
{
    for (int descriptor = 0; descriptor < 3; descriptor++)
        if (fcntl(descriptor, F_GETFD) == -1 &&
            open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY) < 0)
            return;
}

int main(int argc, char **argv)
{
    forbid_dumps();
    hold_standard_streams();
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, and is reported */
    signal(SIGXFSZ, SIG_IGN); /* so is a file that may not grow */
    if (argc < 2) {
        help(stderr);
        return SP_EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        help(stdout);
        return finish_stdout();
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("surplace %s\n", surplace_version());
        return finish_stdout();
    }
    for (size_t i = 0; i < COMMANDS; i++) {
        const sp_command *command = commands[i];
        if (strcmp(argv[1], command->name) != 0)
            continue;
        sp_arguments arguments;
        int code = sp_options_parse(command, argc - 1, argv + 1, &arguments);
        if (code == SP_EXIT_OK && arguments.help) {
            sp_options_help(command, stdout);
            code = finish_stdout();
        } else if (code == SP_EXIT_OK) {
            code = command->run(command, &arguments);
        }
        sp_options_free(&arguments);
        return code;
    }
    return sp_usage_error(NULL, "there is no command '%.200s'", argv[1]);
}
