/*
 * Hooks: the user's own programs (hook_files.h), run when something has happened, told what on
 * standard input (the event as JSON, a line) and in the environment (hook_environment.h).
 *
 * The countdown never waits for one. At most HOOKS_AT_ONCE run at a time, of each name one; the
 * others wait their turn, HOOKS_WAITING of them, then the oldest is dropped with a word. A run has
 * limit_ms; then its process group is told to end (TERM) and HOOKS_END_MS later killed. What a hook
 * leaves behind in its group ends with it, so that nothing is littered; a program that should go on
 * leaves the group (setsid(1)).
 *
 * A run begins only when its event is on disk, and when the fact that it begins is on disk, too:
 * whatever kills us, the record tells which hooks ran.
 *
 * Times are real, CLOCK_BOOTTIME ms as passed in.
 */
#ifndef SERVICES_HOOKS_H
#define SERVICES_HOOKS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "session/session.h"

struct hooks;

enum { HOOKS_AT_ONCE = 4, HOOKS_WAITING = 64, HOOKS_LIMIT_MS = 60000, HOOKS_END_MS = 1000 };

struct hooks_listener {
    /* A run is about to begin. Returns the number of the fact that says so. */
    int64_t (*starting)(void *user, int run, const char *name);
    /* What it said, as far as it is kept; before `ended`. May be NULL. */
    void (*said)(void *user, const char *bytes, size_t length);
    /* It is over: "exit 0", "exit 3", "SIGSEGV", "killed after 60 s", "not started: ...". */
    void (*ended)(void *user, int run, const char *name, const char *how);
    /* One line for the screen: a hook that is not run at all. */
    void (*trouble)(void *user, const char *line);
    void *user;
};

struct hooks_options {
    const char *folder; /* where the hooks are */
    const char *log;    /* NULL: what they say is not kept */
    int64_t limit_ms;   /* for a run; HOOKS_LIMIT_MS */
    int first_run;      /* the number of the first run */
};

/* Copies the options; NULL when memory is out. The folder need not exist. */
struct hooks *hooks_new(const struct hooks_options *options, const struct hooks_listener *listener);
/* Kills what still runs. NULL is fine. */
void hooks_free(struct hooks *hooks);

/* Something has happened, and `session` has taken it: its hook, if there is one, is to run. */
void hooks_event(struct hooks *hooks, const struct session *session, const struct event *event,
                 const char *record);

/* For the loop: what to poll for reading, when to call next (INT64_MAX: never), and the call;
 * `synced` is the highest number of a fact on disk. */
int hooks_fd(const struct hooks *hooks);
int64_t hooks_deadline(const struct hooks *hooks);
void hooks_ready(struct hooks *hooks, int64_t synced, int64_t now_ms);
/* A child was reaped; true when it was ours. */
bool hooks_reaped(struct hooks *hooks, pid_t pid, int status, int64_t now_ms);

/* Waiting and running ones, and what runs on of a group; 0: nothing is in flight. `name` is one of
 * them, good until the next call. */
int hooks_in_flight(const struct hooks *hooks, const char **name);
/* No more begin; those that run are told to end, and killed after HOOKS_END_MS. Again: at once. */
void hooks_end(struct hooks *hooks, int64_t now_ms);

#endif
