/*
 * One run of a hook as a process: no shell, its own session (so no terminal) and process group, an
 * empty signal mask, default signals, its text on standard input, nothing else of ours.
 *
 * What it says on standard output and error comes through a pipe, of which the beginning is kept.
 * Nothing here waits: the pipe may be held open by a grandchild for ever, only the pid's end
 * counts.
 */
#ifndef SERVICES_HOOK_PROCESS_H
#define SERVICES_HOOK_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    HOOK_OUTPUT_MOST = 16384, /* bytes kept */
    HOOK_BURST_MOST = 1 << 17 /* bytes read at once: one that floods must not hold up the loop */
};

struct hook_process {
    pid_t pid;        /* also of its group; 0: never started */
    int output;       /* the pipe, non-blocking; -1: none */
    char *kept;       /* owned: the beginning of what it said */
    size_t length;    /* of it, at most HOOK_OUTPUT_MOST */
    int64_t left_out; /* bytes after that */
};

/* `input` is there to be read from the start, however much of it. 0, or an errno. */
int hook_process_start(struct hook_process *process, const char *path, const char *input,
                       char *const *environment);

/* Takes what it has said by now. False when no more can come: everybody closed the pipe. */
bool hook_process_read(struct hook_process *process);

/* To the whole group. False when nobody is left in it. */
bool hook_process_signal(const struct hook_process *process, int signal);

void hook_process_close(struct hook_process *process); /* the pipe */
void hook_process_free(struct hook_process *process);

#endif
