/* Standard output or a file that is written whole or not at all, and inputs. */
#ifndef SP_CLI_STREAM_H
#define SP_CLI_STREAM_H

#include "cli/options.h"
#include "surplace/surplace.h"

/* Where a report goes. With a file it is written beside it and put in its place at the end. */
typedef struct sp_output {
    int descriptor;
    const char *path; /* NULL: standard output */
    char *beside;     /* the sibling that is being written */
    char *buffer;
    size_t length;
    int failure; /* errno of the first failed write, or 0 */
    bool hold;   /* keep everything in memory until the output is finished */
    size_t capacity;
} sp_output;

/* Opens -o FILE or standard output ("-" or NULL). 0 or SP_EXIT_OUTPUT after a message. */
int sp_output_open(sp_output *out, const char *path);
/* A surplace_write_fn; the context is the sp_output. */
int sp_output_write(void *context, const char *text, size_t length);
/* Flushes, closes and (with a file) puts it in its place; 0 or SP_EXIT_OUTPUT after a message. */
int sp_output_finish(sp_output *out);
/* Gives up: nothing held is written, no file is left behind. */
void sp_output_abandon(sp_output *out);

/* Would -o FILE take the place of this input ("-": standard input)? */
bool sp_output_replaces(const char *output, const char *input);

/* How the report is to look on this output. */
surplace_style sp_style_for(const sp_arguments *arguments, const sp_output *out);

/* Opens a path ("-": standard input). The descriptor, or -1 after a message; a folder says so. */
int sp_input_open(const char *path);
/* A surplace_read_fn; the context is an int descriptor. */
ptrdiff_t sp_input_read(void *descriptor, char *buffer, size_t capacity);
/* The format of an input: as --input says, else by the path's ending, else YAML. */
surplace_format sp_input_format(const sp_arguments *arguments, const char *path);

/* Writes all diagnostics to standard error. If memory runs out over it the run must not end well: outputs that are finished
 * later are given up, and sp_exit_of makes a fault of every exit. */
void sp_write_diagnostics(surplace_diagnostics *diagnostics, const sp_arguments *arguments);
int sp_exit_of(int code);
/* The exit for a status, where `invalid` is the exit for faulty input of this kind. */
int sp_exit_for(surplace_status status, int invalid);

#endif
