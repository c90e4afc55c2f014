/*
 * The folder of journals is the database: find the session before, and one to resume.
 */
#ifndef STORAGE_HISTORY_H
#define STORAGE_HISTORY_H

#include <stdbool.h>

#include "session/session.h"
#include "storage/problems.h"

/* Replays one file into *session (initialised here; the caller frees it). False with a sentence in
 * `why` when it cannot be read; damage is no reason to show nothing: what stands before it is
 * replayed and `why` says where it stopped (file:line). */
bool history_load(const char *path, struct session *session, char why[static 512]);

/* The newest session in `folder` that counts: closed or past its stop, not practice, at least one
 * completed turn (decisions.md 7); `not_path` is left out. NULL when there is none; else its path,
 * the caller's to free, and the session in *session. Files that cannot be read are named once in
 * *problems and skipped. */
char *history_last(const char *folder, const char *not_path, struct session *session, struct problems *problems);

/* The newest unfinished session of this machine (`host`) that may still be resumed at `wall_ms`:
 * not closed, not past its stop by more than two hours (R24), nobody holding its lock. NULL: none. */
char *history_unfinished(const char *folder, const char *host, int64_t wall_ms, struct session *session,
                         struct problems *problems);

/* The newest file of all, or the one that `name` names (a path, a file name, or its beginning). */
char *history_find(const char *folder, const char *name);

/* Path of the live session in `folder`, NULL when none; *pid. One live session a folder. */
char *history_live(const char *folder, int *pid);

#endif
