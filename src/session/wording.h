/*
 * Facts as plain sentences: for --plain, logs, `randori report` and the line under the clock.
 * Everything written is safe to show (text_clean()).
 */
#ifndef SESSION_WORDING_H
#define SESSION_WORDING_H

#include "session/session.h"

enum { WORDING_SIZE = 512 };

/* One sentence without newline about a fact, as it stands after session_apply(). "" for facts not
 * worth a line (draft_saved). Returns `out`. */
char *wording_event(char out[static WORDING_SIZE], const struct session *session,
                    const struct event *event);

/* Where the session stands: "Turn 4 of 12: Ada Lovelace, 3:12 left, next Grace Hopper, debrief
 * 13:50." Returns `out`. */
char *wording_state(char out[static WORDING_SIZE], const struct session *session,
                    struct moment now);

#endif
