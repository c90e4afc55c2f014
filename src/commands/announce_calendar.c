/* The next session as iCalendar (RFC 5545). */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "commands/announce.h"
#include "services/clock.h"
#include "session/calendar.h"
#include "session/text.h"

enum { FOLD = 75 /* octets of a line, without CRLF */, VALUE_SIZE = 16384, STAMP = 20 };

/* A line, broken before a character that would not fit; what follows begins with a blank. */
static void
put_line(const char *line)
{
    size_t column = 0;

    while (*line != '\0') {
        size_t length = 1;

        while ((line[length] & 0xC0) == 0x80)
            length++;
        if (column + length > FOLD) {
            fputs("\r\n ", stdout);
            column = 1;
        }
        fwrite(line, 1, length, stdout);
        column += length;
        line += length;
    }
    fputs("\r\n", stdout);
}

/* Appends text with what is special escaped. */
static void
add_text(char *out, size_t size, const char *text)
{
    size_t used = strlen(out);

    for (; *text != '\0' && used + 3 < size; text++) {
        if (strchr("\\;,", *text) != NULL)
            out[used++] = '\\';
        out[used++] = *text;
    }
    out[used] = '\0';
}

static void
add_raw(char *out, size_t size, const char *text)
{
    size_t used = strlen(out);

    snprintf(out + used, size - used, "%s", text);
}

static void
put_text(const char *name, const char *text)
{
    char line[VALUE_SIZE], clean[VALUE_SIZE / 2];

    snprintf(line, sizeof line, "%s:", name);
    add_text(line, sizeof line, text_clean_into(clean, sizeof clean, text));
    put_line(line);
}

/* "20261201T114500Z" */
static const char *
utc_stamp(char out[static STAMP], int64_t wall_ms)
{
    time_t seconds = wall_ms / 1000;
    struct tm utc;

    if (gmtime_r(&seconds, &utc) == NULL || strftime(out, STAMP, "%Y%m%dT%H%M%SZ", &utc) == 0)
        out[0] = '\0';
    return out;
}

static void
put_moment(const char *name, int64_t wall_ms)
{
    char line[64], stamp[STAMP];

    snprintf(line, sizeof line, "%s:%s", name, utc_stamp(stamp, wall_ms));
    put_line(line);
}

static void
put_day(const char *name, int64_t days)
{
    char line[64];
    struct civil date = calendar_civil(days);

    snprintf(line, sizeof line, "%s;VALUE=DATE:%04d%02d%02d", name, (int)date.year, date.month,
             date.day);
    put_line(line);
}

/* Without a time it takes the whole day, whose end is the day after. */
static void
put_times(const struct announcement *announcement)
{
    if (announcement->start < 0) {
        put_day("DTSTART", announcement->days);
        put_day("DTEND", announcement->days + 1);
        return;
    }
    put_moment("DTSTART", clock_wall_on(announcement->days, announcement->start));
    put_moment("DTEND", clock_wall_on(announcement->days, announcement->end));
}

/* A date that is moved is still the same meeting: the one after the last session. */
static void
put_uid(const struct announcement *announcement)
{
    const char *record = announcement->memory->record;
    char line[VALUE_SIZE];

    snprintf(line, sizeof line, "UID:after-%.*s@randori", (int)strcspn(record, "."), record);
    put_line(line);
}

static void
put_description(const struct announcement *announcement)
{
    const struct settings *settings = announcement->settings;
    char line[VALUE_SIZE] = "DESCRIPTION:", clean[VALUE_SIZE / 4];

    for (int i = 0; i < settings->roles.count; i++) {
        const char *role = settings->roles.item[i];
        const char *holder = memory_holder(announcement->memory, role);

        add_text(line, sizeof line, text_clean_into(clean, sizeof clean, role));
        add_raw(line, sizeof line, ": ");
        add_text(line, sizeof line,
                 holder == NULL ? "we need you" : text_clean_into(clean, sizeof clean, holder));
        add_raw(line, sizeof line, "\\n");
    }
    if (announcement->has_topic && settings->url[0] != '\0')
        add_text(line, sizeof line, text_clean_into(clean, sizeof clean, settings->url));
    put_line(line);
}

/* As SUMMARY, or as what an alarm says. */
static void
put_summary(const char *name, const struct announcement *announcement)
{
    const struct settings *settings = announcement->settings;
    char text[VALUE_SIZE / 2];

    snprintf(text, sizeof text, "%s%s%s", settings->title, announcement->has_topic ? ": " : "",
             announcement->has_topic ? settings->topic : "");
    put_text(name, text);
}

/* The day before, in time to get ready; without a time of day at nine in the morning. */
static void
put_alarm(const struct announcement *announcement)
{
    put_line("BEGIN:VALARM");
    put_line("ACTION:DISPLAY");
    put_summary("DESCRIPTION", announcement);
    put_line(announcement->start < 0 ? "TRIGGER:-PT15H" : "TRIGGER:-P1D");
    put_line("END:VALARM");
}

void
announcement_calendar(const struct announcement *announcement, int64_t now_wall_ms)
{
    put_line("BEGIN:VCALENDAR");
    put_line("VERSION:2.0");
    put_line("PRODID:-//randori//randori " RANDORI_VERSION "//EN");
    put_line("BEGIN:VEVENT");
    put_uid(announcement);
    put_moment("DTSTAMP", now_wall_ms);
    put_times(announcement);
    put_summary("SUMMARY", announcement);
    put_description(announcement);
    put_line(announcement->is_settled ? "STATUS:CONFIRMED" : "STATUS:TENTATIVE");
    put_alarm(announcement);
    put_line("END:VEVENT");
    put_line("END:VCALENDAR");
}
