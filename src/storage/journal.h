/*
 * The journal of one session: append-only JSON lines, each with a sequence number and a checksum
 * chained from the line before (D1 to D4, D12). One writer thread appends and syncs in
 * order; it shares nothing but its queue, so a slow disk never holds up the countdown. The only
 * truth: what is on screen can be replayed from here.
 */
#ifndef STORAGE_JOURNAL_H
#define STORAGE_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "session/event.h"
#include "session/session.h"

struct journal;

enum journal_status {
    JOURNAL_GOOD,
    JOURNAL_FAILED,  /* the system said no; `why` has what and where */
    JOURNAL_LOCKED,  /* another process has it; *pid */
    JOURNAL_DAMAGED, /* file:line in `why`; nothing was changed */
    JOURNAL_FOREIGN, /* a newer version, an unknown event, or no journal at all */
    JOURNAL_EMPTY,   /* not one whole line: a crash at the very beginning, nothing was promised */
};

enum { JOURNAL_WHY = 512 };

/* What reading a file gave. Also after damage `events` holds what stands before it. */
struct journal_content {
    struct event *events; /* owned */
    int count;
    uint32_t crc;       /* of the last good line: the seed of the next */
    int64_t good_bytes; /* end of the last good line */
    int64_t torn_bytes; /* bytes after it that a crash left */
};

/* Reads a file without lock and without changing it. */
enum journal_status journal_read(const char *path, struct journal_content *content,
                                 char why[static JOURNAL_WHY]);
void journal_content_free(struct journal_content *content);

/* Creates NAME in `folder` (made when missing, new file 0600), locks both and starts the writer. The
 * name is "20261122T114500Z-<4 hex>.jsonl" from `wall_ms`. JOURNAL_LOCKED: another session is
 * running in this folder (history_live() knows which). */
enum journal_status journal_create(const char *folder, int64_t wall_ms, struct journal **journal,
                                   char why[static JOURNAL_WHY]);

/* Opens an unfinished one for appending: locks it, moves a torn tail to NAME.torn, starts the
 * writer. What was read stands in *content (free it always); *pid when locked, 0: unknown. When
 * there was no room to keep the torn tail, it is cut off all the same, and `why` says so. */
enum journal_status journal_resume(const char *path, struct journal **journal,
                                   struct journal_content *content, int *pid,
                                   char why[static JOURNAL_WHY]);

/* Good until journal_moved() or the end. */
const char *journal_path(const struct journal *journal);

/* Seals the event and enqueues it; cannot fail and does not wait. */
void journal_append(struct journal *journal, const struct event *event);

/* Looks whether the file is still ours (journal_moved()) and stamps it (journal_watched_ms()), on the
 * writer's thread: to be called now and then while nothing is appended. */
void journal_look(struct journal *journal);

/* Readable whenever journal_synced() may have changed or an error came or went; for poll(2). */
int journal_fd(const struct journal *journal);
void journal_acknowledge(struct journal *journal); /* empties journal_fd() */

int64_t journal_synced(const struct journal *journal); /* highest seq known to be on disk */
int journal_unsaved(const struct journal *journal);    /* facts enqueued and not yet on disk */
/* NULL, or why the last write failed ("No space left on device"), copied into `why`. */
const char *journal_trouble(const struct journal *journal, char why[static JOURNAL_WHY]);

/* True once after everything had to be written anew, because somebody else has deleted, moved,
 * changed or replaced the file; `what` tells it in a sentence. What lies there now is left alone:
 * journal_path() may be another one. */
bool journal_moved(struct journal *journal, char what[static JOURNAL_WHY]);

/* Waits up to `ms` until everything is on disk; true when it is. */
bool journal_flush(struct journal *journal, int64_t ms);

/* Flushes up to `ms`, ends the writer, unlocks, frees. What could not be saved is handed to
 * `unsaved` as lines with their newline (it may be NULL). Returns how many. A writer stuck in the
 * kernel is abandoned. */
int journal_close(struct journal *journal, int64_t ms,
                  void (*unsaved)(void *user, const char *line), void *user);

/* Until when, wall ms, some process kept the session in this file: it is stamped at every write and
 * every journal_look(). 0: unknown. To be asked before the file is opened again. */
int64_t journal_watched_ms(const char *path);

/* True when some process holds the file's lock; its pid from the opening event in *pid. */
bool journal_is_live(const char *path, int *pid);

#endif
