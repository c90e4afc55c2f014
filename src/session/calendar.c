#include "session/calendar.h"

#include <stdio.h>
#include <string.h>

enum { ERA_DAYS = 146097 /* of 400 years */, WEEK = 7 };

static const int64_t day_ms = 86400000;
static const int64_t last_day = 2932896; /* 9999-12-31 */

/* Counted in eras of 400 years that begin on the first of March, so that the leap day is the last
 * of its year. 1970-01-01 is day 719468 of era 0. */
struct civil
calendar_civil(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - (ERA_DAYS - 1)) / ERA_DAYS;
    int64_t of_era = days - era * ERA_DAYS;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    struct civil civil = {
        .year = year + era * 400 + (month >= 10),
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .day = (int)(of_year - (153 * month + 2) / 5 + 1),
    };
    return civil;
}

int64_t
calendar_days(struct civil civil)
{
    int64_t year = civil.year - (civil.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t month = civil.month + (civil.month > 2 ? -3 : 9);
    int64_t of_year = (153 * month + 2) / 5 + civil.day - 1;
    return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* 1970-01-01 was a Thursday. */
enum weekday
calendar_weekday(int64_t days)
{
    int64_t of_week = (days + THURSDAY) % WEEK;
    return (enum weekday)(of_week < 0 ? of_week + WEEK : of_week);
}

const char *
calendar_weekday_name(enum weekday weekday)
{
    static const char *const names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};
    return names[weekday];
}

int64_t
calendar_days_at(int64_t wall_ms, int32_t utc_offset_s)
{
    int64_t local = wall_ms + (int64_t)utc_offset_s * 1000;
    return (local >= 0 ? local : local - (day_ms - 1)) / day_ms;
}

char *
calendar_text(char out[static CALENDAR_SIZE], int64_t days)
{
    struct civil date = calendar_civil(days < 0 ? 0 : days > last_day ? last_day : days);
    snprintf(out, CALENDAR_SIZE, "%04d-%02d-%02d", (int)date.year, date.month, date.day);
    return out;
}

/* The two digits at `text` as a number, -1 when they are none. */
static int
two_digits(const char *text)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return -1;
    return (text[0] - '0') * 10 + (text[1] - '0');
}

bool
calendar_is_written(const char *text)
{
    return strlen(text) == strlen("2026-11-22") && text[4] == '-' && text[7] == '-' &&
           two_digits(text) >= 0 && two_digits(text + 2) >= 0 && two_digits(text + 5) >= 0 &&
           two_digits(text + 8) >= 0;
}

/* Also refuses days that a month does not have: they come back as another day. */
bool
calendar_parse(const char *text, int64_t *days)
{
    if (!calendar_is_written(text))
        return false;
    struct civil date = {two_digits(text) * 100 + two_digits(text + 2), two_digits(text + 5),
                         two_digits(text + 8)};
    if (date.year < 1970 || date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31)
        return false;
    *days = calendar_days(date);
    return calendar_civil(*days).day == date.day;
}

int64_t
calendar_months_on(int64_t days, int months, enum weekday weekday)
{
    struct civil date = calendar_civil(days);
    int64_t month = date.year * 12 + date.month - 1 + months;
    struct civil first = {month / 12, (int)(month % 12) + 1, 1};
    struct civil after = {(month + 1) / 12, (int)((month + 1) % 12) + 1, 1};
    int64_t begins = calendar_days(first), ends = calendar_days(after);
    int64_t ahead = (int)weekday - (int)calendar_weekday(begins);
    int64_t found = begins + (ahead + WEEK) % WEEK + (date.day - 1) / WEEK * WEEK;
    return found < ends ? found : found - WEEK;
}
