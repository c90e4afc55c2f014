/*
 * Shared between the files of the summary; nobody else includes it.
 */
#ifndef SESSION_SUMMARY_INSIDE_H
#define SESSION_SUMMARY_INSIDE_H

#include "session/duration.h"
#include "session/summary.h"

struct minutes {
    const struct session *session;
    const struct session *before; /* NULL: unknown */
    struct summary figures;
    void (*emit)(void *user, const char *line);
    void *user;
};

/* A fact of the log that is in force, NULL when it was taken back. */
const struct event *summary_fact(const struct session *session, int index);

/* Emits one line, cleaned. */
__attribute__((format(printf, 2, 3))) void minutes_say(const struct minutes *minutes,
                                                       const char *format, ...);

/* In the time zone of the opening: the room does not move. Returns `out`. */
char *minutes_clock(const struct minutes *minutes, int64_t wall_ms, char out[static DURATION_SIZE]);

void minutes_turns(const struct minutes *minutes);
void minutes_interruptions(const struct minutes *minutes);

#endif
