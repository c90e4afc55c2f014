#include "session/stamp.h"

#include <stdio.h>
#include <string.h>

static const int64_t day_ms = 86400000;
static const int64_t most_ms = 253402300799999; /* the last of the year 9999 */

enum { ERA_DAYS = 146097 /* of 400 years */, OFFSET_MOST_S = 86340 /* 23:59 */ };

struct civil {
    int64_t year;
    int month, day;
};

/* The civil calendar, counted in eras of 400 years that begin on the first of March, so that the
 * leap day is the last of its year. `days` are since 1970-01-01, which is day 719468 of era 0. */
static struct civil
civil_of_days(int64_t days)
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

static int64_t
days_of_civil(struct civil civil)
{
    int64_t year = civil.year - (civil.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t month = civil.month + (civil.month > 2 ? -3 : 9);
    int64_t of_year = (153 * month + 2) / 5 + civil.day - 1;
    return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int64_t
clamp(int64_t value, int64_t least, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

/* RFC 3339 knows no seconds in an offset. */
static int32_t
offset_minutes(int32_t utc_offset_s)
{
    return (int32_t)clamp(utc_offset_s, -OFFSET_MOST_S, OFFSET_MOST_S) / 60;
}

/* Local time as if it were UTC, within the years that can be written. */
static int64_t
local_ms(int64_t wall_ms, int32_t minutes)
{
    return clamp(clamp(wall_ms, 0, most_ms) + (int64_t)minutes * 60000, 0, most_ms);
}

char *
stamp_text(char out[static STAMP_SIZE], int64_t wall_ms, int32_t utc_offset_s)
{
    int32_t minutes = offset_minutes(utc_offset_s);
    int64_t local = local_ms(wall_ms, minutes);
    struct civil date = civil_of_days(local / day_ms);
    int of_day = (int)(local % day_ms), size = minutes < 0 ? -minutes : minutes;
    snprintf(out, STAMP_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%c%02d:%02d", (int)date.year,
             date.month, date.day, of_day / 3600000, of_day / 60000 % 60, of_day / 1000 % 60,
             of_day % 1000, minutes < 0 ? '-' : '+', size / 60, size % 60);
    return out;
}

char *
stamp_date(char out[static STAMP_SIZE], int64_t wall_ms, int32_t utc_offset_s)
{
    struct civil date = civil_of_days(local_ms(wall_ms, offset_minutes(utc_offset_s)) / day_ms);
    snprintf(out, STAMP_SIZE, "%04d-%02d-%02d", (int)date.year, date.month, date.day);
    return out;
}

/* True when `text` looks like `form`, in which 0 stands for any digit and + for either sign. */
static bool
has_form(const char *text, const char *form)
{
    for (; *form != '\0'; form++, text++) {
        bool fits = *form == '0'   ? *text >= '0' && *text <= '9'
                    : *form == '+' ? *text == '+' || *text == '-'
                                   : *text == *form;
        if (!fits)
            return false;
    }
    return *text == '\0';
}

static int
number_at(const char *text, int digits)
{
    int number = 0;
    while (digits-- > 0)
        number = number * 10 + (*text++ - '0');
    return number;
}

/* Also refuses days that a month does not have: they come back as another day. */
static bool
parse_date(const char *text, int64_t *days)
{
    struct civil date = {number_at(text, 4), number_at(text + 5, 2), number_at(text + 8, 2)};
    if (date.year < 1970 || date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31)
        return false;
    *days = days_of_civil(date);
    return civil_of_days(*days).day == date.day;
}

bool
stamp_parse(const char *text, int64_t *wall_ms, int32_t *utc_offset_s)
{
    int64_t days;
    bool utc = has_form(text, "0000-00-00T00:00:00.000Z");
    if ((!utc && !has_form(text, "0000-00-00T00:00:00.000+00:00")) || !parse_date(text, &days))
        return false;
    int hour = number_at(text + 11, 2), minute = number_at(text + 14, 2),
        second = number_at(text + 17, 2);
    int offset = utc ? 0 : number_at(text + 24, 2) * 60 + number_at(text + 27, 2);
    if (hour > 23 || minute > 59 || second > 59 || offset * 60 > OFFSET_MOST_S ||
        (!utc && number_at(text + 27, 2) > 59))
        return false;
    *utc_offset_s = (text[23] == '-' ? -60 : 60) * offset;
    *wall_ms = days * day_ms + ((int64_t)hour * 60 + minute) * 60000 + second * 1000 +
               number_at(text + 20, 3) - (int64_t)*utc_offset_s * 1000;
    return true;
}
