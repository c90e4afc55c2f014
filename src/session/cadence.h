/*
 * When the dojo meets again: dates as days of calendar.h.
 */
#ifndef SESSION_CADENCE_H
#define SESSION_CADENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "session/settings.h"

/* "No date": the cadence is off, or nobody has settled one. */
#define CADENCE_NONE INT64_MIN

/* The date after a session on `days`: so many weeks later, in that week on the weekday of the
 * settings; or so many months later, the same weekday of the same week of the month. CADENCE_NONE
 * when the cadence is off. */
int64_t cadence_next(const struct settings *settings, int64_t days);

/* The same, but not before `today`: as many periods on as it takes. */
int64_t cadence_next_from(const struct settings *settings, int64_t days, int64_t today);

/* How many days overdue the next session is: past the date that was settled (CADENCE_NONE: none
 * was), else past the cadence's. 0: it is kept, or off. */
int64_t cadence_overdue(const struct settings *settings, int64_t last, int64_t settled,
                        int64_t today);

#endif
