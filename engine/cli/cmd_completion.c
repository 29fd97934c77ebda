/* Completion for bash, zsh and fish, from the same description of the commands as --help. */
#include <string.h>

#include "cli/commands.h"
#include "cli/page.h"

static const sp_option options[] = {
    {"output", 'o', "FILE", "write to a file, whole or not at all"},
    {"help", 'h', NULL, "this help"},
};

/* "text|json" as words with blanks between. */
static void put_choices(FILE *to, const char *value)
{
    for (const char *p = value; *p != '\0'; p++)
        fputc(*p == '|' ? ' ' : *p, to);
}

/* A text within single quotes of bash and zsh. */
static void put_quoted(FILE *to, const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        fputs(*p == '\'' ? "'\\''" : (char[]){*p, '\0'}, to);
}

/* --- bash --- */

static void bash_command(FILE *to, const sp_command *command)
{
    fprintf(to, "    %s)\n        case $before in\n", command->name);
    for (size_t i = 0; i < command->option_count; i++) {
        const sp_option *o = &command->options[i];
        if (o->value == NULL)
            continue;
        fputs("        ", to);
        if (o->letter != 0)
            fprintf(to, "-%c | ", o->letter);
        fprintf(to, "--%s) ", o->name);
        if (sp_lists_choices(o->value)) {
            fputs("words='", to);
            put_choices(to, o->value);
            fputs("' ;;\n", to);
        } else {
            fprintf(to, "kind=%s ;;\n",
                    strcmp(o->value, "DIR") == 0    ? "folder"
                    : strcmp(o->value, "FILE") == 0 ? "file"
                                                    : "none");
        }
    }
    fputs("        *) words='", to);
    for (size_t i = 0; i < command->option_count; i++)
        fprintf(to, "--%s ", command->options[i].name);
    const bool choices = sp_lists_choices(command->synopsis);
    if (choices)
        put_choices(to, command->synopsis);
    fprintf(to, "'%s ;;\n        esac ;;\n", choices ? "" : " kind=argument");
}

static void write_bash(FILE *to)
{
    fputs("# bash completion for surplace\n"
          "_surplace() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    local command=${COMP_WORDS[1]} words= kind=word\n"
          "    [ \"$COMP_CWORD\" -gt 1 ] || command=\n"
          "    case $command in\n"
          "    '') words='",
          to);
    for (size_t i = 0; i < sp_command_count; i++)
        fprintf(to, "%s ", sp_commands[i]->name);
    fputs("--help --version' ;;\n", to);
    for (size_t i = 0; i < sp_command_count; i++)
        bash_command(to, sp_commands[i]);
    fputs(
        "    esac\n"
        "    COMPREPLY=()\n"
        "    case $kind$word in\n"
        "    none*) ;;\n"
        "    folder*) mapfile -t COMPREPLY < <(compgen -d -- \"$word\") && compopt -o filenames ;;\n"
        "    file* | argument[!-]* | argument) mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
        "        compopt -o filenames ;;\n"
        "    esac\n"
        "    case $kind$word in\n"
        "    word* | argument*) mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -W \"$words\" -- "
        "\"$word\") ;;\n"
        "    esac\n"
        "}\n"
        "complete -F _surplace surplace\n",
        to);
}

/* --- zsh --- */

/* Help inside [...] of a specification: brackets and colons are its own. */
static void put_zsh_help(FILE *to, const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        fputs(*p == '\''                            ? "'\\''"
              : *p == '[' || *p == ']' || *p == ':' ? (char[]){'\\', *p, '\0'}
                                                    : (char[]){*p, '\0'},
              to);
}

static void zsh_option(FILE *to, const sp_option *o)
{
    if (o->letter != 0)
        fprintf(to, " \\\n            {-%c,--%s}'[", o->letter, o->name);
    else
        fprintf(to, " \\\n            '--%s[", o->name);
    put_zsh_help(to, o->help);
    fputs("]", to);
    if (o->value != NULL) {
        fprintf(to, ":%s:", sp_lists_choices(o->value) ? "choice" : o->value);
        if (sp_lists_choices(o->value)) {
            fputs("(", to);
            put_choices(to, o->value);
            fputs(")", to);
        } else if (strcmp(o->value, "DIR") == 0) {
            fputs("_files -/", to);
        } else if (strcmp(o->value, "FILE") == 0) {
            fputs("_files", to);
        }
    }
    fputs("'", to);
}

static void write_zsh(FILE *to)
{
    fputs("#compdef surplace\n"
          "_surplace() {\n"
          "    local -a commands=(\n",
          to);
    for (size_t i = 0; i < sp_command_count; i++) {
        fprintf(to, "        '%s:", sp_commands[i]->name);
        put_quoted(to, sp_commands[i]->summary);
        fputs("'\n", to);
    }
    fputs("    )\n"
          "    if (( CURRENT == 2 )); then\n"
          "        _describe command commands\n"
          "        return\n"
          "    fi\n"
          "    local command=$words[2]\n"
          "    shift words\n"
          "    (( CURRENT-- ))\n"
          "    case $command in\n",
          to);
    for (size_t i = 0; i < sp_command_count; i++) {
        const sp_command *command = sp_commands[i];
        fprintf(to, "    %s)\n        _arguments -s", command->name);
        for (size_t k = 0; k < command->option_count; k++)
            zsh_option(to, &command->options[k]);
        if (sp_lists_choices(command->synopsis)) {
            fputs(" \\\n            '*:choice:(", to);
            put_choices(to, command->synopsis);
            fputs(")' ;;\n", to);
        } else {
            fputs(" \\\n            '*:file:_files' ;;\n", to);
        }
    }
    fputs("    esac\n}\n_surplace \"$@\"\n", to);
}

/* --- fish --- */

/* A text within single quotes of fish. */
static void put_fish(FILE *to, const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        fputs(*p == '\'' || *p == '\\' ? (char[]){'\\', *p, '\0'} : (char[]){*p, '\0'}, to);
}

static void write_fish(FILE *to)
{
    fputs("# fish completion for surplace\n"
          "complete -c surplace -n __fish_use_subcommand -f -l help -d 'the commands'\n"
          "complete -c surplace -n __fish_use_subcommand -f -l version -d 'the version'\n",
          to);
    for (size_t i = 0; i < sp_command_count; i++) {
        const sp_command *command = sp_commands[i];
        fprintf(to, "complete -c surplace -n __fish_use_subcommand -f -a %s -d '", command->name);
        put_fish(to, command->summary);
        fputs("'\n", to);
        const bool choices = sp_lists_choices(command->synopsis);
        if (choices) {
            fprintf(to, "complete -c surplace -n '__fish_seen_subcommand_from %s' -f -a '", command->name);
            put_choices(to, command->synopsis);
            fputs("'\n", to);
        }
        for (size_t k = 0; k < command->option_count; k++) {
            const sp_option *o = &command->options[k];
            fprintf(to, "complete -c surplace -n '__fish_seen_subcommand_from %s' -l %s", command->name,
                    o->name);
            if (o->letter != 0)
                fprintf(to, " -s %c", o->letter);
            if (o->value != NULL && sp_lists_choices(o->value)) {
                fputs(" -x -a '", to);
                put_choices(to, o->value);
                fputs("'", to);
            } else if (o->value != NULL) {
                fputs(strcmp(o->value, "FILE") == 0  ? " -r"
                      : strcmp(o->value, "DIR") == 0 ? " -x -a '(__fish_complete_directories)'"
                                                     : " -x",
                      to);
            }
            fputs(" -d '", to);
            put_fish(to, o->help);
            fputs("'\n", to);
        }
    }
}

static int run(const sp_command *command, const sp_arguments *a)
{
    static const struct {
        const char *name;
        void (*write)(FILE *to);
    } shells[] = {{"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}};
    for (size_t i = 0; a->input_count == 1 && i < sizeof shells / sizeof *shells; i++)
        if (strcmp(a->inputs[0], shells[i].name) == 0)
            return sp_page(a, shells[i].write);
    return sp_usage_error(command, "name one shell: bash, zsh or fish");
}

const sp_command sp_command_completion = {
    .name = "completion",
    .synopsis = "bash|zsh|fish",
    .summary = "Prints what makes a shell complete this program's commands and options.",
    .details = "Packages install these. By hand, in bash: source <(surplace completion bash)\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
