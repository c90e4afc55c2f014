/*
 * The steps of a topic: tests written beforehand and disabled, enabled one after the other during
 * the session. They come from
 *
 *   - a plain text file, one step a line: the file itself, or steps.txt in the folder, which wins;
 *   - else the disabled tests of the source files below the folder (or of the one file), in the
 *     natural order of their paths (_2_ before _10_).
 *
 * A step is known by file, title and occurrence, not by its line; commented again it is disabled
 * again. A file that is not there for a moment changes nothing.
 */
#ifndef STORAGE_STEPS_H
#define STORAGE_STEPS_H

#include <stdbool.h>

#include "storage/patterns.h"
#include "storage/problems.h"

enum { STEPS_MOST = 2000 };

struct steps;

/* Reads what `path` holds; whatever limits or failures there were is named in *problems. NULL only
 * when memory is out. The patterns are borrowed. */
struct steps *steps_open(const char *path, const struct patterns *patterns,
                         struct problems *problems);
void steps_free(struct steps *steps);

/* Reads again: which steps are enabled. True when that changed (of a list: when its text did). */
bool steps_refresh(struct steps *steps);

/* What is disabled now is all there is to do: the tests are still being prepared. */
void steps_restart(struct steps *steps);

/* A session resumed had `total` steps when it began: those that are gone were enabled, whatever
 * they were called. */
void steps_resume(struct steps *steps, int total);

int steps_total(const struct steps *steps);
bool steps_is_list(const struct steps *steps);     /* nobody can see which are done */
int steps_active(const struct steps *steps);       /* tests that are enabled, steps or not */
int steps_enabled(const struct steps *steps);      /* steps that are no longer disabled */
int steps_last_enabled(const struct steps *steps); /* the number of the last of them, 0: none */
/* From 1 on; "" when it is not known. */
const char *steps_title(const struct steps *steps, int number);

/* Calls `visit` with each folder whose changes may change the steps. */
void steps_folders(const struct steps *steps, void (*visit)(void *user, const char *folder),
                   void *user);

#endif
