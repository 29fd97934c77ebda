/* The command line: commands, their options and arguments from one description, which also gives --help. */
#ifndef SP_CLI_OPTIONS_H
#define SP_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Exits, a contract with scripts. */
enum {
    SP_EXIT_OK = 0,
    SP_EXIT_FOUND = 1,   /* it ran and found something */
    SP_EXIT_USAGE = 2,   /* the command line is wrong */
    SP_EXIT_RULES = 3,   /* the rules cannot be loaded */
    SP_EXIT_INPUT = 4,   /* an input cannot be read */
    SP_EXIT_LIMIT = 5,   /* a limit was reached */
    SP_EXIT_NOTHING = 6, /* nothing was checked */
    SP_EXIT_FAILS = 10,  /* eval -e: the criterion fails, is open, is contested */
    SP_EXIT_OPEN = 11,
    SP_EXIT_CONTESTED = 12,
    SP_EXIT_FAULT = 70, /* a fault of our own, or no memory */
    SP_EXIT_OUTPUT = 74 /* the output could not be written */
};

/* What the options said. */
typedef struct sp_arguments {
    const char *rules, *reading, *format, *input, *output, *color; /* of most commands */
    const char *criterion;                                         /* eval */
    const char *depth;                                             /* explain */
    const char *pairs;                                             /* vary */
    const char *readings, *against;                                /* compare */
    const char *cover_min, *explained;                             /* test */
    const char *explain, *witness, *fail_on;                       /* lint, check */
    const char *as;                                                /* fmt */
    const char **set;
    size_t set_count;
    bool no_presumptions, redact, quiet, help;
    bool addresses;     /* explain */
    bool all, cases;    /* compare */
    bool cover, mutate; /* test */
    bool list, verbose; /* lint */
    bool claims;        /* check */
    int width;          /* --width; -1: as wide as the terminal */
    char **inputs;
    size_t input_count;
} sp_arguments;

/* An option: its long name, a letter or 0, the name of its value or NULL, and one line of help. */
typedef struct sp_option {
    const char *name;
    char letter;
    const char *value;
    const char *help;
} sp_option;

typedef struct sp_command {
    const char *name;
    const char *synopsis; /* arguments, as help prints them */
    const char *summary;  /* one line */
    const char *details;  /* paragraphs for its own --help */
    const sp_option *options;
    size_t option_count;
    int (*run)(const struct sp_command *command, const sp_arguments *arguments);
} sp_command;

/* Parses what stands behind the command's name. 0, or an exit code after a message to standard error. */
int sp_options_parse(const sp_command *command, int argc, char **argv, sp_arguments *arguments);
void sp_options_free(sp_arguments *arguments);
void sp_options_help(const sp_command *command, FILE *to);
/* "surplace: MESSAGE" on standard error, as one line. What the user typed may stand in it: whatever a terminal would
 * act on is shown as '?', and a message without end is cut. */
void sp_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same, and where help is; SP_EXIT_USAGE. */
int sp_usage_error(const sp_command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

extern const sp_command sp_command_eval;
extern const sp_command sp_command_explain;
extern const sp_command sp_command_settle;
extern const sp_command sp_command_vary;
extern const sp_command sp_command_compare;
extern const sp_command sp_command_test;
extern const sp_command sp_command_lint;
extern const sp_command sp_command_check;
extern const sp_command sp_command_cite;
extern const sp_command sp_command_vocabulary;
extern const sp_command sp_command_schema;
extern const sp_command sp_command_fmt;
extern const sp_command sp_command_manual;
extern const sp_command sp_command_completion;

#endif
