/*
 * Runs probe.c: the test program starts itself anew with the argument "probe".
 */
#ifndef TESTS_TERMINAL_PROBE_RUN_H
#define TESTS_TERMINAL_PROBE_RUN_H

#include "vt.h"

/* For main(): true when this process is to be the probe. */
bool probe_is_wanted(int argc, char **argv);

const char *probe_program(void); /* the path; "/proc/self/exe" would be the shell's in a shell */
const char *const *probe_argv(void);

struct vt *probe_start_with(int rows, int columns, const char *const *argv,
                            const char *const *environment);
struct vt *probe_start(void); /* 24x80, and it has drawn itself */
void probe_quit(struct vt *vt);

/* The number behind a word; -1 when the word is not there. */
long probe_number(const char *text, const char *word);
/* vt_wait() condition: the probe shows that it has ticked at least *(const long *)ticks times. */
bool probe_has_ticked(struct vt *vt, const void *ticks);

#endif
