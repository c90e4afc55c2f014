/*
 * What the commands about past sessions begin with: their options, session.ini, the records folder,
 * the date of today.
 */
#ifndef COMMANDS_ARCHIVE_H
#define COMMANDS_ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "session/memory.h"
#include "session/moment.h"
#include "storage/setup.h"

struct archive {
    const char *config, *records; /* options; NULL: not given */
    bool flag;                    /* the command's own option */
    struct setup setup;
    const char *folder; /* of the records; it may not exist */
    struct moment now;
    int64_t today; /* session/calendar.h */
};

/* Reads -c, --records, --help and the long option `flag` (NULL: none), and opens the archive.
 * EXIT_DONE: go on, and close it at the end. Else everything has been said; `*over` is true when
 * this was only a call for help. */
int archive_open(struct archive *archive, int argc, char **argv, const char *flag, bool *over);
void archive_close(struct archive *archive);

/* Everything that counts, in memory; files that cannot be read are named on standard error. */
void archive_remember(const struct archive *archive, struct memory *memory);

#endif
