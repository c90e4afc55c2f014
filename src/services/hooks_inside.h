/*
 * The runs that hooks.c begins and hooks_ending.c ends; nobody else includes it.
 */
#ifndef SERVICES_HOOKS_INSIDE_H
#define SERVICES_HOOKS_INSIDE_H

#include "services/hook_files.h"
#include "services/hook_process.h"
#include "services/hooks.h"

enum { HOOK_HOW = 120 /* bytes that tell how one ended */ };

enum stage {
    WAITS, /* its event is not on disk, or it is not its turn */
    ANNOUNCED /* that it begins is not on disk */,
    RUNS,
    LINGERS /* it is over, and somebody is left in its group */
};

struct hook {
    struct hook *next;
    enum stage stage;
    struct hook_file file;
    char *input, **environment; /* owned */
    int64_t after;              /* the fact that has to be on disk before the next stage */
    int run;
    int64_t started_ms;
    int64_t end_ms;  /* it is told to end then; once told: killed */
    int64_t look_ms; /* LINGERS: whether anybody is left */
    bool is_told, is_killed;
    struct hook_process process;
};

struct hooks {
    char *folder, *log; /* owned */
    int64_t limit_ms;
    int runs; /* the last number given */
    bool is_ending;
    struct hook *first;     /* owned, the oldest first */
    int outputs;            /* an epoll of the pipes */
    bool told[EVENT_KINDS]; /* that this one is not run */
    struct hooks_listener listener;
};

/* Takes it out of the list and frees it. */
void hooks_drop(struct hooks *hooks, struct hook *hook);
/* Tells log and listener. */
void hooks_say_ended(struct hooks *hooks, const struct hook *hook, const char *how);
/* What is due for one that has begun; may drop it. */
void hooks_look_after(struct hooks *hooks, struct hook *hook, int64_t now_ms);

#endif
