/*
 * Are two events, or two sessions, the same in everything that matters?
 */
#ifndef TESTS_UNIT_SAME_H
#define TESTS_UNIT_SAME_H

#include "session/session.h"

/* NULL, or what differs. The logs of two sessions are not compared. */
const char *same_event(const struct event *one, const struct event *other);
const char *same_session(const struct session *one, const struct session *other);

/* Builds `copy` by writing each event of the log as text, reading it and applying it. */
void same_replay(const struct session *session, struct session *copy);

#endif
