/*
 * session.ini into settings, with every mistake told as file:line in one pass. The only user of
 * inih (its traps: see the tests).
 *
 * The grammar: `[section]` and `key = value` lines; comments have a line of their own and begin
 * with # or ;. Quotes are ordinary characters. Blanks around keys and values do not count. A key
 * stands once, except those that make a list.
 */
#ifndef STORAGE_CONFIG_H
#define STORAGE_CONFIG_H

#include <stdbool.h>

#include "session/settings.h"
#include "storage/problems.h"

/* Where each key of settings_table was set, in the table's order: the line, 0: it was not; the
 * option of the command line, which wins, NULL: none. */
struct config_lines {
    int of[SETTINGS_KEYS];
    const char *option[SETTINGS_KEYS];
};

/* Reads `path` over what *settings holds (start from settings_init). Names every mistake in
 * *problems. `trusted`: the user's own file, which may name absolute paths; others only relative
 * ones without ".." (D17). False when there was any problem. */
bool config_read(const char *path, bool trusted, struct settings *settings,
                 struct config_lines *lines, struct problems *problems);

/* Names the mistakes between keys (settings_conflicts); `path` may be NULL when there is no file.
 * Apart from config_read(), since the command line may change a key in between: it then sets that
 * key's option. False when there was any. */
bool config_check(const char *path, const struct settings *settings,
                  const struct config_lines *lines, struct problems *problems);

/* The commented session.ini at its defaults, written from the table; the caller frees it. This is
 * what `randori init` writes and what config/session.ini must equal. */
char *config_template(void);

#endif
