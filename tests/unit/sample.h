/*
 * A recorded session, for tests of everything that reads one: Sunday 2026-11-22 in UTC+1, opened at
 * 12:40, planned 12:45 to 14:00, closed at 14:06, with an extension, a pause, a pass, a latecomer,
 * somebody who leaves, an interruption, notes, an action item, one role taken and one vacant.
 */
#ifndef TESTS_UNIT_SAMPLE_H
#define TESTS_UNIT_SAMPLE_H

#include "session/event.h"
#include "session/session.h"

enum { SAMPLE_MOST = 48 };

struct sample {
    struct event events[SAMPLE_MOST];
    int count;
    struct moment opened;
};

void sample_make(struct sample *sample);
void sample_free(struct sample *sample);

/* Appends an event at "13:05:10" of that day, numbered; fill in the rest. */
struct event *sample_add(struct sample *sample, enum event_kind kind, const char *clock);

/* Only the opening, for tests that tell their own story: Ada Lovelace, Grace Hopper, Alan Turing. */
void sample_open(struct sample *sample);

/* Replays it into a session (initialised here). */
void sample_replay(const struct sample *sample, struct session *session);

#endif
