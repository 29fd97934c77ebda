/* The manual page, as roff, from the same description of the commands as --help. */
#include <string.h>

#include "cli/commands.h"
#include "cli/page.h"
#include "surplace/surplace.h"

static const sp_option options[] = {
    {"output", 'o', "FILE", "write to a file, whole or not at all"},
    {"help", 'h', NULL, "this help"},
};

/* A text as roff's own words: its backslashes, hyphens, and dots at the start of a line would be commands. */
static void put_span(FILE *to, const char *text, size_t length)
{
    bool line_start = true;
    for (const char *p = text; p < text + length; p++) {
        if (line_start && (*p == '.' || *p == '\''))
            fputs("\\&", to);
        line_start = *p == '\n';
        if (*p == '\\')
            fputs("\\e", to);
        else if (*p == '-')
            fputs("\\-", to);
        else if (*p == '`') /* `code` */
            fputs("\\(ga", to);
        else
            fputc(*p, to);
    }
}

static void put(FILE *to, const char *text)
{
    put_span(to, text, strlen(text));
}

/* Paragraphs, an empty line between two. */
static void put_paragraphs(FILE *to, const char *text)
{
    for (const char *gap; (gap = strstr(text, "\n\n")) != NULL; text = gap + 2) {
        fputs(".PP\n", to);
        put_span(to, text, (size_t)(gap - text) + 1);
    }
    fputs(".PP\n", to);
    put(to, text);
}

static void put_option(FILE *to, const sp_option *o)
{
    fputs(".TP\n", to);
    if (o->letter != 0)
        fprintf(to, "\\fB\\-%c\\fR, ", o->letter);
    fputs("\\fB\\-\\-", to);
    put(to, o->name);
    fputs("\\fR", to);
    if (o->value != NULL) {
        fputs(" \\fI", to);
        put(to, o->value);
        fputs("\\fR", to);
    }
    fputs("\n", to);
    put(to, o->help);
    fputs("\n", to);
}

static void put_command(FILE *to, const sp_command *command)
{
    fprintf(to, ".SS surplace %s ", command->name);
    put(to, command->synopsis);
    fputs("\n", to);
    put(to, command->summary);
    fputs("\n", to);
    put_paragraphs(to, command->details);
    for (size_t i = 0; i < command->option_count; i++)
        if (strcmp(command->options[i].name, "help") != 0)
            put_option(to, &command->options[i]);
}

static void write_manual(FILE *to)
{
    fprintf(to, ".TH SURPLACE 1 \"\" \"surplace %s\" \"User Commands\"\n", surplace_version());
    fputs(".SH NAME\nsurplace \\- refugee status, reasoned from rules and a file of facts\n"
          ".SH SYNOPSIS\n\\fBsurplace\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\fIFILE\\fR...]\n"
          ".SH DESCRIPTION\n",
          to);
    put(to, "surplace reads refugee law written as rules, and a file of facts about one hypothetical\n"
            "case. It says of every criterion whether it holds, fails, is open or is contested, and\n"
            "shows why: each element, the fact that decided it, the authority, and the passages that\n"
            "bear on it. What the file does not say stays open. It is a study tool, not legal advice.\n");
    fputs(".SH COMMANDS\n", to);
    for (size_t i = 0; i < sp_command_count; i++)
        put_command(to, sp_commands[i]);
    fputs(".SH EXIT STATUS\n", to);
    for (size_t i = 0; i < sp_exit_count; i++)
        fprintf(to, ".TP\n%d\n%s\n", sp_exits[i].code, sp_exits[i].meaning);
    fputs(".PP\n", to);
    put(to, "With `eval -e CRITERION`: 0 it holds, 10 it fails, 11 it is open, 12 it is contested.\n");
    fputs(
        ".SH ENVIRONMENT\n.TP\n\\fBNO_COLOR\\fR\nif set and not empty, no colour unless \\fB\\-\\-color always\\fR "
        "asks for it.\nNothing in the environment changes a verdict.\n",
        to);
}

static int run(const sp_command *command, const sp_arguments *a)
{
    if (a->input_count > 0)
        return sp_usage_error(command, "'%s' takes no argument", command->name);
    return sp_page(a, write_manual);
}

const sp_command sp_command_manual = {
    .name = "manual",
    .synopsis = "[OPTIONS]",
    .summary = "Prints the manual page, as roff.",
    .details = "To read it without installing: surplace manual -o surplace.1 && man ./surplace.1\n",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .run = run,
};
