/*
 * The thread that puts sealed lines on disk, in order. It shares only its queue (one mutex) and
 * runs with every signal blocked but those of a crash.
 *
 * All lines since opening stay in memory: a session is small, and when somebody deletes or changes
 * the file, everything is written again. That is looked for with each append, and when asked to
 * (journal_writer_look()): the thread never wakes of itself, but for what could not be saved, which
 * is tried again at the next append and every second.
 */
#ifndef STORAGE_JOURNAL_WRITER_H
#define STORAGE_JOURNAL_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "storage/journal_file.h"

struct journal_writer;

/* Takes over *file. `earlier` (owned by the writer from now on; NULL: none) are the bytes of the
 * facts 1 to `facts` that are on disk already. NULL with errno when it cannot start; *file and
 * `earlier` are then still the caller's. */
struct journal_writer *journal_writer_start(const struct journal_file *file, char *earlier,
                                            size_t length, int64_t facts);

/* `text`, a sealed line, is taken over; NULL: there was no memory for this fact, and none may
 * follow it. */
void journal_writer_append(struct journal_writer *writer, char *text, int64_t seq);

void journal_writer_look(struct journal_writer *writer); /* as journal_look() */

int journal_writer_fd(const struct journal_writer *writer);
void journal_writer_acknowledge(struct journal_writer *writer);
int64_t journal_writer_synced(struct journal_writer *writer);
int journal_writer_unsaved(struct journal_writer *writer);
int journal_writer_error(struct journal_writer *writer); /* errno of the last attempt, 0: none */
/* After everything had to be written anew: where it is now, the caller's to free, and ENOENT or
 * ESTALE (journal_file_ready()). NULL: that has not happened since it was last asked. */
char *journal_writer_moved(struct journal_writer *writer, int *cause);
bool journal_writer_flush(struct journal_writer *writer, int64_t ms);

/* As journal_close(). */
int journal_writer_close(struct journal_writer *writer, int64_t ms,
                         void (*unsaved)(void *user, const char *line), void *user);

#endif
