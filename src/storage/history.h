/*
 * The folder of journals is the database: find the session before, and one to resume.
 *
 * Where a session is handed in, it must be initialised or zeroed; it is replaced when there is
 * something to put in its place, and else left alone.
 */
#ifndef STORAGE_HISTORY_H
#define STORAGE_HISTORY_H

#include <stdbool.h>

#include "session/session.h"
#include "storage/journal.h"
#include "storage/problems.h"

/* Replays one file into *session. Damage is no reason to show nothing: with JOURNAL_DAMAGED the
 * session is what stands before it (left alone when that is nothing) and `why` says where it
 * stopped (file:line). With JOURNAL_GOOD `why` is "", or tells of a torn end. With JOURNAL_FAILED
 * and JOURNAL_FOREIGN only `why` is set. */
enum journal_status history_load(const char *path, struct session *session,
                                 char why[static JOURNAL_WHY]);

/* The newest session in `folder` that counts: closed or past its stop at `wall_ms`, not practice, at
 * least one completed turn (D7); with `before`, a path, only files older than that one
 * by name. Its path,
 * the caller's to free, and the session in *session; NULL when there is none. Files that cannot be
 * read are named in *problems and skipped; of a damaged one, which is named too, the good facts
 * count. */
char *history_last(const char *folder, const char *before, int64_t wall_ms, struct session *session,
                   struct problems *problems);

/* The newest unfinished session of this machine (`host`) that may still be resumed at `wall_ms`:
 * not closed, not past its stop by more than two hours (R24), nobody holding its lock; begun, or
 * at least cut short while people were being entered. Returns as history_last(). */
char *history_unfinished(const char *folder, const char *host, int64_t wall_ms,
                         struct session *session, struct problems *problems);

/* The newest session that was begun (the newest file when none was) for a NULL `name`; else the
 * newest that `name` names: a file name in `folder`, a path, or the beginning of a file name. The
 * caller frees it; NULL: none. */
char *history_find(const char *folder, const char *name);

/* Path of the live session in `folder`, NULL when none; *pid, 0: unknown. One live session a
 * folder. */
char *history_live(const char *folder, int *pid);

#endif
