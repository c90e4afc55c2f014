/*
 * The programs we start: no shell, an empty signal mask and default signals, a process group of
 * their own, and three descriptors of ours (D15).
 */
#ifndef SERVICES_SPAWN_H
#define SERVICES_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

struct spawn {
    const char *path;
    int in, out, err; /* become 0, 1 and 2; err -1: /dev/null */
    bool own_session; /* out of the terminal's reach */
    char *const *environment;
};

/* *pid is then also the number of its group. 0, or an errno. */
int spawn_program(const struct spawn *what, pid_t *pid);

#endif
