#include "session/cadence.h"

#include "session/calendar.h"

enum { WEEK = 7 };

static enum weekday
weekday_of(const struct settings *settings, int64_t days)
{
    return settings->weekday == WEEKDAY_ANY ? calendar_weekday(days)
                                            : (enum weekday)(settings->weekday - 1);
}

/* `periods` of the cadence after `days`. */
static int64_t
after(const struct settings *settings, int64_t days, int periods)
{
    enum weekday weekday = weekday_of(settings, days);
    int count = settings->every.count * periods;
    if (settings->every.unit == EVERY_MONTH)
        return calendar_months_on(days, count, weekday);
    int64_t monday = days - (int64_t)calendar_weekday(days);
    return monday + (int64_t)count * WEEK + (int64_t)weekday;
}

int64_t
cadence_next(const struct settings *settings, int64_t days)
{
    return settings->every.unit == EVERY_OFF ? CADENCE_NONE : after(settings, days, 1);
}

int64_t
cadence_next_from(const struct settings *settings, int64_t days, int64_t today)
{
    int64_t next = cadence_next(settings, days);
    for (int periods = 2; next != CADENCE_NONE && next < today; periods++)
        next = after(settings, days, periods);
    return next;
}

int64_t
cadence_overdue(const struct settings *settings, int64_t last, int64_t settled, int64_t today)
{
    int64_t due = settled != CADENCE_NONE ? settled : cadence_next(settings, last);
    return due == CADENCE_NONE || today <= due ? 0 : today - due;
}
