#include "session/stamp.h"

#include <stdio.h>
#include <string.h>

#include "session/calendar.h"

static const int64_t day_ms = 86400000;
static const int64_t most_ms = 253402300799999; /* the last of the year 9999 */

enum { OFFSET_MOST_S = 86340 /* 23:59 */ };

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
    struct civil date = calendar_civil(local / day_ms);
    int of_day = (int)(local % day_ms), size = minutes < 0 ? -minutes : minutes;
    snprintf(out, STAMP_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%c%02d:%02d", (int)date.year,
             date.month, date.day, of_day / 3600000, of_day / 60000 % 60, of_day / 1000 % 60,
             of_day % 1000, minutes < 0 ? '-' : '+', size / 60, size % 60);
    return out;
}

char *
stamp_date(char out[static STAMP_SIZE], int64_t wall_ms, int32_t utc_offset_s)
{
    return calendar_text(out, local_ms(wall_ms, offset_minutes(utc_offset_s)) / day_ms);
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

static bool
parse_date(const char *text, int64_t *days)
{
    char date[CALENDAR_SIZE];
    snprintf(date, sizeof date, "%.10s", text);
    return calendar_parse(date, days);
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
