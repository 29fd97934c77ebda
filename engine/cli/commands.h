/* All commands and exits in one place: what --help, the manual page and shell completion are made of. */
#ifndef SP_CLI_COMMANDS_H
#define SP_CLI_COMMANDS_H

#include "cli/options.h"

/* In the order in which they are listed. */
extern const sp_command *const sp_commands[];
extern const size_t sp_command_count;

typedef struct sp_exit {
    int code;
    const char *meaning;
} sp_exit;

/* In ascending order, without those of `eval -e`. */
extern const sp_exit sp_exits[];
extern const size_t sp_exit_count;

/* Does an option's value, or a command's synopsis, list all that can stand there ("text|json")? */
bool sp_lists_choices(const char *text);

#endif
