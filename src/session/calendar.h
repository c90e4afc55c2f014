/*
 * Days of the civil calendar, without time zones: a date is the number of days since 1970-01-01.
 */
#ifndef SESSION_CALENDAR_H
#define SESSION_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

enum { CALENDAR_SIZE = 16 /* bytes of a date as text, with the NUL */ };

struct civil {
    int64_t year;
    int month, day; /* 1 .. */
};

struct civil calendar_civil(int64_t days);
int64_t calendar_days(struct civil civil);

enum weekday calendar_weekday(int64_t days);
const char *calendar_weekday_name(enum weekday weekday); /* "Tuesday" */

/* The local date of a moment. */
int64_t calendar_days_at(int64_t wall_ms, int32_t utc_offset_s);

/* "2026-11-22"; years 1970 to 9999, others become the nearest of these. Returns `out`. */
char *calendar_text(char out[static CALENDAR_SIZE], int64_t days);

/* True when the whole text is such a date, and one that exists; calendar_is_written() says only the
 * first. */
bool calendar_parse(const char *text, int64_t *days);
bool calendar_is_written(const char *text);

/* The same weekday of the same week of the month as `days`, `months` later; the fifth becomes the
 * last where there are only four. With another `weekday` that one, in the same place. */
int64_t calendar_months_on(int64_t days, int months, enum weekday weekday);

#endif
