/*
 * A session turned into figures, for the closing board and the minutes.
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

/* A fact of the log that is in force; NULL when it was taken back. */
const struct event *summary_fact(const struct session *session, int index);

#endif
