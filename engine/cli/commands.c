#include "cli/commands.h"

#include <string.h>

/* clang-format off */
const sp_command *const sp_commands[] = {
    &sp_command_eval,
    &sp_command_explain,
    &sp_command_settle,
    &sp_command_vary,
    &sp_command_compare,
    &sp_command_test,
    &sp_command_lint,
    &sp_command_check,
    &sp_command_cite,
    &sp_command_vocabulary,
    &sp_command_schema,
    &sp_command_fmt,
    &sp_command_manual,
    &sp_command_completion,
};
/* clang-format on */
const size_t sp_command_count = sizeof sp_commands / sizeof *sp_commands;

const sp_exit sp_exits[] = {
    {SP_EXIT_OK, "it ran"},
    {SP_EXIT_FOUND, "it found something"},
    {SP_EXIT_USAGE, "wrong usage"},
    {SP_EXIT_RULES, "the rules cannot be loaded"},
    {SP_EXIT_INPUT, "an input cannot be read"},
    {SP_EXIT_LIMIT, "a limit was reached"},
    {SP_EXIT_NOTHING, "nothing was checked"},
    {SP_EXIT_FAULT, "a fault of our own"},
    {SP_EXIT_OUTPUT, "the output could not be written"},
};
const size_t sp_exit_count = sizeof sp_exits / sizeof *sp_exits;

bool sp_lists_choices(const char *text)
{
    return strchr(text, '|') != NULL && strchr(text, ' ') == NULL;
}
