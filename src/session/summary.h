/*
 * A session turned into figures, for the closing board, and into the minutes (R23). No ranking
 * (S1-05): people stand in the order of the list, and the turns in the order of time.
 */
#ifndef SESSION_SUMMARY_H
#define SESSION_SUMMARY_H

#include "session/session.h"

struct summary {
    int turns;         /* that counted */
    int people;        /* who were here at any time after the start (before it: who are here) */
    int drivers;       /* who drove at least one counted turn */
    int interruptions; /* times when the program or the computer was away */
    int64_t interrupted_ms; /* together */
    int64_t coding_ms;      /* in turns that are over, pauses not counted */
    int64_t paused_ms, debrief_ms;
    int64_t overrun_ms; /* closed after the stop by that much, 0: in time */
    int actions;        /* action items */
    int vacant;         /* roles without a volunteer */
    int lights, greens; /* what the tests showed: how often, and how often green */
    int steps_done;     /* those before the step worked on; that one, too, if it turned green */
    int steps;          /* how many there are, 0: unknown */
};

void summary_of(const struct session *session, struct summary *summary);

/* True for the id of somebody who counts among summary.people. */
bool summary_was_here(const struct session *session, int person);

/* The minutes as text, safe to show, one line an element without newline; `emit` is called in
 * order. `before` is the session before (it says who held the roles today) or NULL. */
void summary_minutes(const struct session *session, const struct session *before,
                     void (*emit)(void *user, const char *line), void *user);

#endif
