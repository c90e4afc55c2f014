/*
 * The files that hold steps, and what each holds. Private to steps*.c.
 */
#ifndef STORAGE_STEPS_FILES_H
#define STORAGE_STEPS_FILES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "storage/patterns.h"

struct steps_file {
    char *path;   /* owned: relative to the root */
    char **title; /* owned: of its disabled tests, in their order */
    int count, room;
    int active;
    /* So that a file that did not change is not read again. */
    ino_t inode;
    off_t size;
    int64_t changed_ns, read_ns;
};

struct steps_files {
    struct steps_file *file; /* owned; in natural order of their paths */
    int count, room;
    char **folder; /* owned: all that were looked into, the root first */
    int folders_count, folders_room;
    bool cut_short; /* there was more than one looks at */
};

/* Looks at everything below `root`, a folder or a file. `before` gives what need not be read again,
 * NULL: nothing; it may lose what it held. */
void steps_files_read(const char *root, const struct patterns *patterns, struct steps_files *before,
                      struct steps_files *files);
void steps_files_free(struct steps_files *files);

#endif
