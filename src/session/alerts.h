/*
 * When the room should be told something: a pure function of session and time. Alerts are not
 * facts; they change nothing and are never replayed. What a fact itself announces (the turn is
 * over, the debrief starts) is in the same vocabulary, through alerts_of().
 */
#ifndef SESSION_ALERTS_H
#define SESSION_ALERTS_H

#include "session/session.h"

enum alert {
    ALERT_NONE,
    ALERT_HEADS_UP,   /* the first of turn.warn: "Next: Grace Hopper" */
    ALERT_WARNING,    /* the later ones */
    ALERT_TIME_UP,    /* a turn ended by the clock */
    ALERT_NUDGE,      /* nobody acknowledged it: every alerts.repeat while a handover waits */
    ALERT_PAUSE_OVER, /* the pause outlasts its box; again every alerts.repeat */
    ALERT_INTRO_OVER,
    ALERT_BREAK, /* it starts */
    ALERT_BREAK_OVER,
    ALERT_DEBRIEF_SOON, /* two turns ahead */
    ALERT_DEBRIEF,
    ALERT_STOP, /* the planned end is reached */
    ALERTS
};

/* The first alert after `after_ms` (elapsed, exclusive) as things stand; its elapsed time, or
 * INT64_MAX with ALERT_NONE. */
int64_t alerts_next(const struct session *session, struct moment now, int64_t after_ms,
                    enum alert *alert);

/* The alert that a fact is, once applied. */
enum alert alerts_of(const struct session *session, const struct event *event);

/* Title and text of an alert in plain words, safe to show. */
void alerts_text(const struct session *session, struct moment now, enum alert alert, char *title,
                 size_t title_size, char *text, size_t text_size);

#endif
