/* Case files and folders of them, as the user names them. */
#ifndef SP_API_PATHS_H
#define SP_API_PATHS_H

#include "api/handles.h"

/* Called with each file, which is the `index`-th of `count`. */
typedef surplace_status (*sp_file_fn)(void *context, const char *path, size_t index, size_t count);

/* Calls `each` with a file, or with all *.yaml, *.json and *.jsonl files below a folder in the order of their names. A
 * path that is not there is taken for a file. The gravest status; memory that runs out ends it. */
surplace_status sp_paths_each(const char *path, surplace_diagnostics *diagnostics, sp_file_fn each,
                              void *context);
/* By the ending of a file's name. */
surplace_format sp_paths_format(const char *path);
/* An input of that name, which lives as long as the diagnostics; NULL: no memory. */
sp_input *sp_paths_input(const char *path, surplace_diagnostics *diagnostics);
/* A file that cannot be opened: diagnosed under the name that the user wrote. IO or NO_MEMORY. */
surplace_status sp_paths_unreadable(const char *path, int number, surplace_diagnostics *diagnostics);

#endif
