/*
 * Shared between the files that make up the session; nobody else includes it.
 */
#ifndef SESSION_SESSION_INSIDE_H
#define SESSION_SESSION_INSIDE_H

#include "session/session.h"

/* Changes the state by one fact that is not an undo; keeps no log. session_apply.c. */
void session_change(struct session *session, const struct event *event);

/* What was used of the running turn by `now`, pauses not counted, ms. */
int64_t session_used_ms(const struct session *session, struct moment now);

/* Elapsed ms at which even an extra turn must be over: stop minus minimum; INT64_MAX: no stop. */
int64_t session_coding_end(const struct session *session, struct moment now);

/* The last turn that is over, NULL: none. */
const struct turn_record *session_last_turn(const struct session *session);

#endif
