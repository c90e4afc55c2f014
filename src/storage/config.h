/*
 * session.ini into settings, with every mistake told as file:line in one pass. The only user of
 * inih (its traps: see the tests).
 */
#ifndef STORAGE_CONFIG_H
#define STORAGE_CONFIG_H

#include <stdbool.h>

#include "session/settings.h"
#include "storage/problems.h"

/* Reads `path` over what *settings holds (start from settings_init). Names every mistake, also
 * those between keys (settings_conflicts), in *problems. `trusted`: the user's own file, which may
 * name absolute paths; others only relative ones without ".." (decisions.md 17). False when there
 * was any problem. */
bool config_read(const char *path, bool trusted, struct settings *settings, struct problems *problems);

/* The commented session.ini at its defaults, written from the table; the caller frees it. This is
 * what `randori init` writes and what config/session.ini must equal. */
char *config_template(void);

#endif
