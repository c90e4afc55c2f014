/*
 * A file written whole or not at all: whatever ends the program or the machine, the old file stands
 * or the new one does, never half of one, and nothing is left beside it.
 */
#ifndef STORAGE_REPLACE_H
#define STORAGE_REPLACE_H

#include <stdbool.h>
#include <stddef.h>

enum { REPLACE_WHY = 400 };

/* Writes `path` anew; a symbolic link is followed, what is no ordinary file is refused. A new file
 * has the permissions that the umask leaves, an old one keeps its own. True when it is on the disk;
 * else `why` says what, where and why, and the old file is as it was, or (the folder cannot be synced)
 * the new one stands until a power cut. */
bool replace_file(const char *path, const char *bytes, size_t length, char why[static REPLACE_WHY]);

#endif
