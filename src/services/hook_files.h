/*
 * Which hooks there are: executable files named after events in the user's own folder, and nowhere
 * else; session.ini travels with repositories and must not be able to run a command.
 *
 * A hook has the event's name in the journal with dashes, "turn-started"; light_changed is also
 * called "light". Some facts have no hook: those about hooks and about leaving, or they would
 * cause each other, and drafts, which are saved once a second.
 */
#ifndef SERVICES_HOOK_FILES_H
#define SERVICES_HOOK_FILES_H

#include <stdbool.h>

#include "session/event.h"

enum { HOOK_NAME_SIZE = 40 };

/* The hook's name for a kind of event; false when it has none. */
bool hook_name(enum event_kind kind, char name[static HOOK_NAME_SIZE]);
/* The kind of event that a name stands for; false when there is none. */
bool hook_kind(const char *name, enum event_kind *kind);

struct hook_file {
    char name[HOOK_NAME_SIZE]; /* of a file of another name only its beginning */
    char *path;                /* owned */
    const char *fault; /* why it is not run, as a phrase ("is not executable"); NULL: it is */
};

/* Looks for the hook of a kind of event; false when there is none. Both hook and folder must be
 * ours or root's, and nobody else's to write to; a symbolic link counts as what it leads to. */
bool hook_find(const char *folder, enum event_kind kind, struct hook_file *file);
void hook_file_clear(struct hook_file *file);

struct hook_list {
    struct hook_file *file; /* owned */
    int count;
};

/* Everything in the folder, by name, hidden files apart. 0, or an errno. */
int hook_list(const char *folder, struct hook_list *list);
void hook_list_free(struct hook_list *list);

#endif
