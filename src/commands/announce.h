/*
 * What randori announce tells, as text and as a calendar entry. Private to announce*.c.
 */
#ifndef COMMANDS_ANNOUNCE_H
#define COMMANDS_ANNOUNCE_H

#include <stdbool.h>
#include <stdint.h>

#include "session/memory.h"
#include "session/settings.h"

enum { ANNOUNCE_WHEN = 120 };

struct announcement {
    const struct settings *settings;
    const struct memory *memory;
    int64_t days; /* CADENCE_NONE: no date */
    bool is_settled, has_topic;
    int start, end; /* minutes after local midnight of that day; start -1: no time is planned */
};

/* " on Tuesday 2026-12-01, 12:45 to 14:00"; "" without a date. */
void announcement_when(const struct announcement *announcement, char out[static ANNOUNCE_WHEN]);

/* Prints it as RFC 5545 wants it, CRLF and all; there is a date. The entry is the same one, with the
 * same UID, until the next session has been held. */
void announcement_calendar(const struct announcement *announcement, int64_t now_wall_ms);

#endif
