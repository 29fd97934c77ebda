/* What the process gives up before it reads a byte, so that a fault in it, or in a library below, cannot carry a case file
 * away: on Linux by seccomp and Landlock, elsewhere and on older kernels not at all. Nothing here can fail in a way that
 * matters to a verdict, so nothing is reported. */
#ifndef SP_CLI_CONFINE_H
#define SP_CLI_CONFINE_H

/* No core dumps, no tracing, no network, no other programs or processes, no signals to others. */
void sp_confine_start(void);
/* No writing to files but beside and to `output`, and in `folder` and beside it, where it may have to be made (NULL: to
 * none); what is open stays open. */
void sp_confine_writing(const char *output, const char *folder);
/* Every input is open: no file is opened any more. */
void sp_confine_inputs_open(void);

#endif
