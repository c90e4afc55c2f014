/*
 * --plain: one sentence an event, commands as short words on standard input. No curses.
 */
#ifndef SCREENS_PLAIN_H
#define SCREENS_PLAIN_H

#include "session/memory.h"
#include "session/sentence.h"
#include "session/session.h"

enum plain_result {
    PLAIN_COMMAND,
    PLAIN_STATE /* an empty line or "status" */,
    PLAIN_HELP,
    PLAIN_RELOAD, /* session.ini is to be read again */
    PLAIN_QUIT,
    PLAIN_MISTAKE
};

/* What a command borrows. */
struct plain_order {
    uint32_t dice; /* thrown outside, for a shuffle */
    int64_t list[ROSTER_MOST];
    char date[CALENDAR_SIZE];
};

/* One line typed by a person ("next", "n", "away ada", "note a better name", "end 14:15", "undo").
 * Names by unambiguous part. command->text points into `line`, which is changed, or into `order`;
 * command->role may point into `memory` (NULL: not read yet), and command->list into `order`. On a
 * mistake a sentence stands in `why`. */
enum plain_result plain_read(const struct session *session, const struct memory *memory, char *line,
                             struct plain_order *order, struct command *command,
                             char why[static SETTINGS_ERROR_SIZE]);

/* What may be typed now, where nobody could guess it; "" elsewhere. Returns `out`. It is worth saying
 * once the session waits, and after some facts. */
char *plain_hint(const struct session *session, char out[static SENTENCE_SIZE]);
bool plain_hints_after(const struct event *event);

/* The commands that plain_read() knows, a line each; `emit` is called in order. */
void plain_help(void (*emit)(void *user, const char *line), void *user);

#endif
