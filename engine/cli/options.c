#include "cli/options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

int sp_usage_error(const sp_command *command, const char *format, ...)
{
    va_list args;
    fputs("surplace: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    if (command != NULL)
        fprintf(stderr, "\n          see `surplace %s --help`\n", command->name);
    else
        fputs("\n          see `surplace --help`\n", stderr);
    return SP_EXIT_USAGE;
}

void sp_options_help(const sp_command *command, FILE *to)
{
    fprintf(to, "surplace %s %s\n\n%s\n\n%s\nOptions\n", command->name, command->synopsis, command->summary,
            command->details);
    for (size_t i = 0; i < command->option_count; i++) {
        const sp_option *o = &command->options[i];
        char left[64];
        char letter[8] = "    ";
        if (o->letter != 0)
            snprintf(letter, sizeof letter, "-%c, ", o->letter);
        snprintf(left, sizeof left, "%s--%s%s%s", letter, o->name, o->value != NULL ? " " : "",
                 o->value != NULL ? o->value : "");
        /* a long option has its help on a line of its own, so that all of it fits 80 columns */
        if (strlen(left) > 26)
            fprintf(to, "  %s\n  %-27s %s\n", left, "", o->help);
        else
            fprintf(to, "  %-27s %s\n", left, o->help);
    }
}

/* Only what a user typed is repeated, and only if it is plain: it may hold anything. */
static const char *plain(const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || (unsigned char)*p >= 0x7F)
            return "(that)";
    return text;
}

static bool add_set(sp_arguments *a, const char *text)
{
    const char **bigger = realloc(a->set, (a->set_count + 1) * sizeof *bigger);
    if (bigger == NULL)
        return false;
    a->set = bigger;
    a->set[a->set_count++] = text;
    return true;
}

static int keep_option(const sp_command *command, const char *name, const char *value, sp_arguments *a)
{
    struct {
        const char *name;
        const char **place;
    } const texts[] = {{"rules", &a->rules},   {"reading", &a->reading}, {"format", &a->format},
                       {"output", &a->output}, {"color", &a->color},     {"criterion", &a->criterion},
                       {"input", &a->input}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(name, texts[i].name) == 0) {
            if (*texts[i].place != NULL)
                return sp_usage_error(command, "--%s is given twice", name);
            if (value[0] == '\0')
                return sp_usage_error(command, "--%s has no value", name);
            *texts[i].place = value;
            return 0;
        }
    if (strcmp(name, "set") == 0)
        return add_set(a, value) ? 0 : SP_EXIT_FAULT;
    if (strcmp(name, "no-presumptions") == 0)
        a->no_presumptions = true;
    if (strcmp(name, "redact") == 0)
        a->redact = true;
    if (strcmp(name, "help") == 0)
        a->help = true;
    if (strcmp(name, "width") == 0) {
        char *end;
        long width = strtol(value, &end, 10);
        if (*end != '\0' || end == value || width < 0 || width > 1000 || (width > 0 && width < 40))
            return sp_usage_error(command, "--width is a number of columns from 40 to 1000, or 0 for no wrapping");
        a->width = (int)width;
    }
    return 0;
}

int sp_options_parse(const sp_command *command, int argc, char **argv, sp_arguments *a)
{
    struct option longs[32] = {{0}};
    char letters[80] = ":";
    size_t used = 1;
    *a = (sp_arguments){.width = -1};
    for (size_t i = 0; i < command->option_count; i++) {
        const sp_option *o = &command->options[i];
        longs[i] = (struct option){o->name, o->value != NULL ? required_argument : no_argument, NULL, (int)(256 + i)};
        if (o->letter == 0)
            continue;
        letters[used++] = o->letter;
        if (o->value != NULL)
            letters[used++] = ':';
    }
    letters[used] = '\0';
    opterr = 0;
    optind = 1;
    int code;
    while ((code = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        const char *name = NULL;
        if (code >= 256)
            name = command->options[code - 256].name;
        for (size_t i = 0; name == NULL && i < command->option_count; i++)
            if (code != '?' && code != ':' && command->options[i].letter == code)
                name = command->options[i].name;
        if (code == ':')
            return sp_usage_error(command, "%s needs a value", plain(argv[optind - 1]));
        if (name == NULL)
            return sp_usage_error(command, "%s is no option of '%s'", plain(argv[optind - 1]), command->name);
        int status = keep_option(command, name, optarg, a);
        if (status != 0)
            return status;
    }
    if (a->color != NULL && strcmp(a->color, "auto") != 0 && strcmp(a->color, "always") != 0 &&
        strcmp(a->color, "never") != 0)
        return sp_usage_error(command, "--color is auto, always or never");
    a->inputs = argv + optind;
    a->input_count = (size_t)(argc - optind);
    return 0;
}

void sp_options_free(sp_arguments *a)
{
    free(a->set);
    a->set = NULL;
}
