/* Files of the user: one read whole, or the names of all rule files in a folder. */
#ifndef SP_TEXT_FOLDER_H
#define SP_TEXT_FOLDER_H

#include "text/diag.h"

typedef SP_VEC(sp_str) sp_names_found;

/* Lists the *.yaml files below `folder`, as paths relative to it ("inclusion/fear.yaml"), NUL-terminated in
 * `arena`, sorted by bytes. Hidden files and folders are passed over. A link to a file inside the folder counts
 * as that file; links to folders are not followed, and a link that leads out of the folder is an error, since to
 * pass over a rule in silence would change verdicts. The caller frees `found`.
 *
 * `input` names the folder in diagnostics and must outlive them. OK, or IO, LIMIT, NO_MEMORY; all but the
 * last are diagnosed. */
surplace_status sp_folder_list(const char *folder, const sp_input *input, sp_arena *arena,
                               sp_names_found *found, sp_diags *diags);

/* The same for files whose names end in one of `endings`, a list with NULL at its end. */
surplace_status sp_folder_list_endings(const char *folder, const char *const *endings,
                                       const sp_input *input, sp_arena *arena, sp_names_found *found,
                                       sp_diags *diags);

/* Reads a file whole: sets input->text, without a byte order mark, and, where it is empty, input->name. Both lie
 * in `arena` and end with a NUL. OK, or IO, LIMIT, NO_MEMORY; all but the last are diagnosed. */
surplace_status sp_input_load(const char *path, sp_arena *arena, sp_input *input, sp_diags *diags);

/* An sp_read_fn over a file descriptor; the context is an int *. */
ptrdiff_t sp_read_descriptor(void *descriptor, char *buf, size_t cap);

/* Adds all bytes up to the end to `text`. OK, or IO, LIMIT, NO_MEMORY; all but the last are diagnosed. */
surplace_status sp_read_all(sp_read_fn read, void *context, const sp_input *input, sp_buf *text,
                            sp_diags *diags);

/* The diagnostic for a system call that failed: "cannot be read: No such file or directory". One for which the system had
 * no memory is no fault of the input. */
void sp_diags_errno(sp_diags *diags, const sp_input *input, const char *what, int number);

#endif
