/* Reading a journal that is open already. */
#ifndef STORAGE_JOURNAL_READ_H
#define STORAGE_JOURNAL_READ_H

#include "storage/journal.h"

/* As journal_read(); `path` is only named in `why`. The descriptor's position does not matter and
 * does not change. With `tail` the torn bytes are copied to it (the caller's to free). */
enum journal_status journal_read_fd(int fd, const char *path, struct journal_content *content,
                                    char **tail, char why[static JOURNAL_WHY]);

/* True when a session holds the lock of this file. */
bool journal_is_locked(int fd);

/* The pid in the last opening or resuming event, 0 when there is none. */
int journal_content_pid(const struct journal_content *content);

#endif
