/*
 * Hooks for a test: a folder of scripts, the service that runs them, and what it told. The disk is
 * the test's: a fact is on it as soon as `synced` says so.
 */
#ifndef TESTS_UNIT_HOOKS_RIG_H
#define TESTS_UNIT_HOOKS_RIG_H

#include "dojo.h"
#include "services/hooks.h"

struct rig {
    char folder[64]; /* of the scripts' files; the scripts are in "hooks" below it */
    struct hooks *hooks;
    struct dojo dojo;
    int64_t seq, synced;
    int starts, ends, most_at_once, troubles;
    char how[128]; /* the last one ended so */
    char told[4096] /* "turn-started: exit 0|", in order */, trouble[256];
};

/* cmocka setup and teardown; *state becomes the rig. */
int rig_make(void **state);
int rig_remove(void **state);

/* Writes hooks/NAME, a script; `text` follows "#!/bin/sh" and a cd into the rig's folder. */
void rig_script(struct rig *rig, const char *name, const char *text);
char *rig_path(struct rig *rig, const char *name); /* "folder/NAME", the caller's to free */
void rig_write(struct rig *rig, const char *name, const char *text);
bool rig_exists(struct rig *rig, const char *name);
/* The whole file without the newline at its end, the caller's to free; "" when there is none. */
char *rig_read(struct rig *rig, const char *name);

/* limit_ms 0: HOOKS_LIMIT_MS. */
void rig_start(struct rig *rig, int64_t limit_ms);
/* Something of that kind has happened. */
void rig_event(struct rig *rig, enum event_kind kind);
void rig_event_with(struct rig *rig, struct event event);

/* One pass of a loop, waiting a little. */
void rig_turn(struct rig *rig);
/* Goes on until so many runs have ended, at the latest when patience is. */
void rig_until_ended(struct rig *rig, int ends);
void rig_until_exists(struct rig *rig, const char *name);
/* Until nothing is in flight; then no child is left. */
void rig_until_idle(struct rig *rig);

int64_t rig_now_ms(void);

#endif
