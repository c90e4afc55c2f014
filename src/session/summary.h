/*
 * A session turned into figures, for the closing board and the minutes (R23). No ranking (S1-05).
 */
#ifndef SESSION_SUMMARY_H
#define SESSION_SUMMARY_H

#include "session/session.h"

struct summary {
    int turns;        /* that counted */
    int people;       /* who were present at any time */
    int drivers;      /* who drove at least one counted turn */
    int interruptions;
    int64_t coding_ms, paused_ms, debrief_ms;
    int64_t overrun_ms; /* closed after the stop by that much, 0: in time */
    int actions;      /* action items */
    int vacant;       /* roles without a volunteer */
};

void summary_of(const struct session *session, struct summary *summary);

/* The minutes as text, one line an element, without trailing newline in each; `emit` is called in
 * order. Used by `randori report` and the closing board. */
void summary_minutes(const struct session *session, void (*emit)(void *user, const char *line), void *user);

#endif
