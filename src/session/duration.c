#include "session/duration.h"

#include <stdio.h>
#include <string.h>

enum {
    SECOND = 1000,
    MINUTE = 60 * SECOND,
    HOUR = 60 * MINUTE,
    DAY = 24 * HOUR,
    DIGITS_MOST = 5, /* of one number: 86400s is a day */
};

static const struct {
    char letter;
    int64_t ms;
} units[] = {{'h', HOUR}, {'m', MINUTE}, {'s', SECOND}};

enum { UNITS = sizeof units / sizeof units[0] };

/* Reads up to `most` digits; returns what follows them, NULL when there is none or there are more.
 */
static const char *
read_number(const char *text, int most, int64_t *number)
{
    int digits = 0;
    for (*number = 0; *text >= '0' && *text <= '9'; text++, digits++) {
        if (digits == most)
            return NULL;
        *number = *number * 10 + (*text - '0');
    }
    return digits > 0 ? text : NULL;
}

bool
duration_parse(const char *text, int64_t *ms)
{
    int64_t total = 0, number;
    size_t unit = 0;
    if (strcmp(text, "0") == 0) {
        *ms = 0;
        return true;
    }
    do {
        text = read_number(text, DIGITS_MOST, &number);
        if (text == NULL)
            return false;
        while (unit < UNITS && units[unit].letter != *text)
            unit++;
        if (unit == UNITS)
            return false;
        total += number * units[unit++].ms;
    } while (*++text != '\0');
    if (total > DAY)
        return false;
    *ms = total;
    return true;
}

char *
duration_text(char out[static DURATION_SIZE], int64_t ms)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < UNITS; i++) {
        int64_t number = ms / units[i].ms;
        ms %= units[i].ms;
        if (number != 0)
            used += (size_t)snprintf(out + used, DURATION_SIZE - used, "%lld%c", (long long)number,
                                     units[i].letter);
    }
    if (used == 0)
        snprintf(out, DURATION_SIZE, "0s");
    return out;
}

char *
duration_clock(char out[static DURATION_SIZE], int64_t ms)
{
    bool over = ms < 0;
    int64_t seconds = over ? -(ms / SECOND) : ms / SECOND + (ms % SECOND > 0);
    snprintf(out, DURATION_SIZE, "%s%lld:%02lld", over ? "+" : "", (long long)(seconds / 60),
             (long long)(seconds % 60));
    return out;
}

bool
clock_parse(const char *text, int *minutes)
{
    int64_t hour, minute;
    const char *colon = read_number(text, 2, &hour);
    if (colon == NULL || *colon != ':')
        return false;
    const char *end = read_number(colon + 1, 2, &minute);
    if (end != colon + 3 || *end != '\0' || hour > 23 || minute > 59)
        return false;
    *minutes = (int)(hour * 60 + minute);
    return true;
}

char *
clock_text(char out[static DURATION_SIZE], int64_t wall_ms, int32_t utc_offset_s)
{
    int64_t of_day = (wall_ms % DAY + (int64_t)utc_offset_s * SECOND) % DAY;
    int64_t minutes = (of_day < 0 ? of_day + DAY : of_day) / MINUTE;
    snprintf(out, DURATION_SIZE, "%02lld:%02lld", (long long)(minutes / 60),
             (long long)(minutes % 60));
    return out;
}
