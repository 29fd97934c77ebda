#include "cli/options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* --- what is said to the user --- */

/* The character at `text` and its bytes; 0 and 1 where there is no well-formed one. */
static uint32_t character_at(const char *text, size_t *length)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *p = (const unsigned char *)text;
    size_t count = p[0] < 0x80 ? 1 : p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC0 ? 2 : 0;
    uint32_t c = count == 1 ? p[0] : count == 0 ? 0 : p[0] & (0x7Fu >> count);
    *length = 1;
    for (size_t i = 1; i < count; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3F);
    }
    if (count == 0 || c < least[count] || c > 0x10FFFF)
        return 0;
    *length = count;
    return c;
}

/* Controls, bidirectional overrides, and what is not seen. */
static bool may_be_shown(uint32_t c)
{
    return c >= 0x20 && !(c >= 0x7F && c < 0xA0) && c != 0xAD && c != 0x61C &&
           !(c >= 0x200B && c <= 0x200F) && !(c >= 0x2028 && c <= 0x202E) &&
           !(c >= 0x2060 && c <= 0x206F) && !(c >= 0xD800 && c <= 0xF8FF) &&
           !(c >= 0xFE00 && c <= 0xFE0F) && c != 0xFEFF && !(c >= 0xFFF0 && c <= 0xFFFF) && c < 0xE0000;
}

static void say(const char *format, va_list args)
{
    char text[1024];
    int wanted = vsnprintf(text, sizeof text, format, args);
    fputs("surplace: ", stderr);
    for (size_t at = 0, length; text[at] != '\0'; at += length) {
        if (may_be_shown(character_at(text + at, &length)))
            fwrite(text + at, 1, length, stderr);
        else
            fputc('?', stderr);
    }
    fputs(wanted >= (int)sizeof text ? "...\n" : "\n", stderr);
}

void sp_say(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
}

int sp_usage_error(const sp_command *command, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
    if (command != NULL)
        fprintf(stderr, "          see `surplace %s --help`\n", command->name);
    else
        fputs("          see `surplace --help`\n", stderr);
    return SP_EXIT_USAGE;
}

/* --- options --- */

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

/* One path is set once: of two values one would be passed over in silence. */
static int add_set(const sp_command *command, sp_arguments *a, const char *text)
{
    size_t path = strcspn(text, "=");
    if (path == 0 || text[path] == '\0')
        return sp_usage_error(command, "--set takes PATH=VALUE, as in --set kim.departed=2011");
    for (size_t i = 0; i < a->set_count; i++)
        if (strncmp(a->set[i], text, path + 1) == 0)
            return sp_usage_error(command, "--set %.*s is given twice", (int)(path < 200 ? path : 200),
                                  text);
    const char **bigger = realloc(a->set, (a->set_count + 1) * sizeof *bigger);
    if (bigger == NULL) {
        sp_say("memory ran out");
        return SP_EXIT_FAULT;
    }
    a->set = bigger;
    a->set[a->set_count++] = text;
    return 0;
}

static int keep_option(const sp_command *command, const char *name, const char *value, sp_arguments *a)
{
    /* clang-format off */
    struct {
        const char *name;
        const char **place;
    } const texts[] = {
        {"against", &a->against},
        {"as", &a->as},
        {"color", &a->color},
        {"cover-min", &a->cover_min},
        {"criterion", &a->criterion},
        {"depth", &a->depth},
        {"explain", &a->explain},
        {"explained", &a->explained},
        {"fail-on", &a->fail_on},
        {"format", &a->format},
        {"input", &a->input},
        {"output", &a->output},
        {"pairs", &a->pairs},
        {"reading", &a->reading},
        {"readings", &a->readings},
        {"rules", &a->rules},
        {"witness", &a->witness},
    };
    struct {
        const char *name;
        bool *place;
    } const flags[] = {
        {"addresses", &a->addresses},
        {"all", &a->all},
        {"cases", &a->cases},
        {"claims", &a->claims},
        {"cover", &a->cover},
        {"help", &a->help},
        {"list", &a->list},
        {"mutate", &a->mutate},
        {"no-presumptions", &a->no_presumptions},
        {"quiet", &a->quiet},
        {"redact", &a->redact},
        {"verbose", &a->verbose},
    };
    /* clang-format on */
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(name, texts[i].name) == 0) {
            if (*texts[i].place != NULL)
                return sp_usage_error(command, "--%s is given twice", name);
            if (value[0] == '\0')
                return sp_usage_error(command, "--%s has no value", name);
            *texts[i].place = value;
            return 0;
        }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strcmp(name, flags[i].name) == 0)
            *flags[i].place = true;
    if (strcmp(name, "set") == 0)
        return add_set(command, a, value);
    if (strcmp(name, "width") == 0) {
        char *end;
        long width = strtol(value, &end, 10);
        if (*end != '\0' || end == value || width < 0 || width > 1000 || (width > 0 && width < 40))
            return sp_usage_error(command,
                                  "--width is a number of columns from 40 to 1000, or 0 for no wrapping");
        a->width = (int)width;
    }
    return 0;
}

/* getopt's complaint: `letter` is the option's letter, or its number from 256, or 0 if it is a long one it does not
 * know; only then `argument` is sure to be the one. */
static int refuse_option(const sp_command *command, bool needs_value, int letter, const char *argument)
{
    if (letter >= 256)
        return sp_usage_error(command, "--%s %s", command->options[letter - 256].name,
                              needs_value ? "needs a value" : "takes no value");
    if (letter > 0)
        return sp_usage_error(command, needs_value ? "-%c needs a value" : "-%c is no option of '%s'",
                              letter, command->name);
    return sp_usage_error(command, "%.200s is no option of '%s'", argument, command->name);
}

int sp_options_parse(const sp_command *command, int argc, char **argv, sp_arguments *a)
{
    struct option longs[32] = {{0}};
    char letters[80] = ":";
    size_t used = 1;
    *a = (sp_arguments){.width = -1};
    for (size_t i = 0; i < command->option_count; i++) {
        const sp_option *o = &command->options[i];
        longs[i] = (struct option){o->name, o->value != NULL ? required_argument : no_argument, NULL,
                                   (int)(256 + i)};
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
        if (name == NULL)
            return refuse_option(command, code == ':', optopt, argv[optind - 1]);
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
