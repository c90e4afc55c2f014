/*
 * Which sessions are running (D11): each puts a symbolic link to its record and a socket into one
 * folder of the user, so that status and the commands that control a session work from any folder
 * and cost the same after 10,000 sessions.
 *
 *     $XDG_RUNTIME_DIR/randori/20261122T114500Z-5eed.jsonl -> the record
 *                              20261122T114500Z-5eed.sock     (services/remote.h listens there)
 *
 * A session's id is the name of its record without ".jsonl". It lives while its record is locked;
 * what dead ones left is removed by the next to start: links and sockets, never a record. A folder
 * that is not ours, or that others may write to, is neither used nor believed; one that also holds
 * the record is not used.
 */
#ifndef STORAGE_LIVE_H
#define STORAGE_LIVE_H

#include <stdbool.h>

#include "storage/journal.h"

struct live {
    char *id, *record, *socket; /* owned; record: the link's path */
};

void live_free(struct live *live);

/* Shows a session: removes what dead ones left, makes the link to `record`, which the caller has
 * locked, and says where its socket belongs. False: why. */
bool live_enter(const char *record, struct live *live, char why[static JOURNAL_WHY]);

/* The session's record is another file from now on. False: errno. */
bool live_move(struct live *live, const char *record);

/* Removes link and socket and frees; a zeroed one is fine. */
void live_leave(struct live *live);

/* The newest live session, with an `id` the newest whose id begins so. False when there is none;
 * `why` is then "" or tells that a folder cannot be trusted. Looks into both places: the session
 * and the asker need not have the same XDG_RUNTIME_DIR. */
bool live_find(const char *id, struct live *live, char why[static JOURNAL_WHY]);

#endif
