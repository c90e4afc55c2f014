/*
 * What can be saved of a damaged journal. The facts before the damage are trusted and make a new
 * journal; those behind it are not, since what they build on is missing, but what was noted in them
 * can still be read.
 */
#ifndef STORAGE_SALVAGE_H
#define STORAGE_SALVAGE_H

#include <stdbool.h>

#include "storage/journal.h"

/* Writes the events to a new file (0600), sealed anew, and syncs it and its folder. False, with
 * what and where in `why`: there is a file already, or the system said no; then none is left. */
bool salvage_write(const char *path, const struct journal_content *content,
                   char why[static JOURNAL_WHY]);

/* Hands out each fact of the file behind byte `from` whose checksum follows from the one that is
 * written in the line before it. Returns how many lines are there, whole ones. */
int salvage_behind(const char *path, int64_t from,
                   void (*fact)(void *user, const struct event *event), void *user);

#endif
