/*
 * A session may stand in two files: its record was damaged, and somebody went on in a new one with
 * the good facts; or somebody meddled with it while it was kept (journal_moved()). Both begin with
 * the same opening, and the later name is the one that counts.
 */
#ifndef STORAGE_CONTINUED_H
#define STORAGE_CONTINUED_H

#include <stdbool.h>

/* True when a later record of the same folder, at most a day later, is the same session. */
bool record_is_continued(const char *path);

#endif
