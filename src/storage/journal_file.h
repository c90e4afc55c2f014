/*
 * The file under a journal: lock, append, sync, and what to do when one of them fails. Used by one
 * thread at a time.
 *
 * `end` is where the last whole line written ends. Bytes past it are ours to cut only while
 * `surplus` says so: half a line, or the copy of lines whose second sync failed too (one copy is
 * enough, so a disk that never syncs does not fill up).
 */
#ifndef STORAGE_JOURNAL_FILE_H
#define STORAGE_JOURNAL_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "storage/journal.h"

/* The calls that can fail in the field; tests replace them. */
struct journal_system {
    int (*open)(const char *path, int flags, mode_t mode);
    ssize_t (*write)(int fd, const void *bytes, size_t count);
    int (*fdatasync)(int fd);
    int (*fsync)(int fd);
    int (*ftruncate)(int fd, off_t size);
};

extern const struct journal_system journal_system_real;

struct journal_file {
    const struct journal_system *system;
    char *path;      /* owned */
    int fd;          /* appends */
    int lock_fd;     /* holds the file's lock for life; `fd` may be opened anew */
    int folder_fd;   /* holds the folder's lock: one live session a folder */
    int64_t end;     /* bytes */
    bool surplus;    /* see above */
    int64_t copy_at; /* where the copy after a failed sync begins; -1: no sync has failed */
    bool unlisted;   /* the folder has not been synced since the file was created */
};

/* A new file, locked; its name is made from `wall_ms`. */
enum journal_status journal_file_create(struct journal_file *file,
                                        const struct journal_system *system, const char *folder,
                                        int64_t wall_ms, char why[static JOURNAL_WHY]);

/* An existing one, locked; `end` is for the caller to set. */
enum journal_status journal_file_open(struct journal_file *file,
                                      const struct journal_system *system, const char *path,
                                      char why[static JOURNAL_WHY]);
void journal_file_close(struct journal_file *file);

/* These return false with errno set. ready() comes before the first append of a batch and after its
 * sync: it cuts what is ours to cut. ENOENT: the file was deleted or moved away, recreate() it and
 * append everything; ESTALE: somebody else changed it, or put another in its place (also told by
 * recreate()): renew() under a later name, and append everything. What is there is never touched. */
bool journal_file_ready(struct journal_file *file);
bool journal_file_recreate(struct journal_file *file);
bool journal_file_renew(struct journal_file *file);
bool journal_file_append(struct journal_file *file, const char *line, size_t length);
bool journal_file_sync(struct journal_file *file);

/* Stamps the file: until now somebody watched the session (journal_watched_ms()). */
void journal_file_touch(const struct journal_file *file);

/* Cuts the file to `end` and syncs that. */
bool journal_file_cut(struct journal_file *file);

#endif
