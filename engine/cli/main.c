#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/confine.h"
#include "cli/stream.h"

static void help(FILE *to)
{
    fputs("surplace: refugee status, reasoned from rules and a file of facts\n\n"
          "usage: surplace COMMAND [OPTIONS] [FILE...]\n\n",
          to);
    for (size_t i = 0; i < sp_command_count; i++)
        fprintf(to, "  %s\n      %s\n", sp_commands[i]->name, sp_commands[i]->summary);
    fputs("\n  surplace COMMAND --help   the options of a command\n"
          "  surplace --version        the version\n\nExits\n",
          to);
    for (size_t i = 0; i < sp_exit_count; i++)
        fprintf(to, "  %-3d %s\n", sp_exits[i].code, sp_exits[i].meaning);
}

/* Help and version must reach their reader too. */
static int finish_stdout(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return SP_EXIT_OK;
    fputs("surplace: standard output cannot be written\n", stderr);
    return SP_EXIT_OUTPUT;
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
    sp_confine_start();
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
    for (size_t i = 0; i < sp_command_count; i++) {
        const sp_command *command = sp_commands[i];
        if (strcmp(argv[1], command->name) != 0)
            continue;
        sp_arguments arguments;
        int code = sp_options_parse(command, argc - 1, argv + 1, &arguments);
        if (code == SP_EXIT_OK && arguments.help) {
            sp_options_help(command, stdout);
            code = finish_stdout();
        } else if (code == SP_EXIT_OK) {
            sp_confine_writing(arguments.output,
                               arguments.pairs != NULL ? arguments.pairs : arguments.witness);
            code = sp_exit_of(command->run(command, &arguments));
        }
        sp_options_free(&arguments);
        return code;
    }
    return sp_usage_error(NULL, "there is no command '%.200s'", argv[1]);
}
