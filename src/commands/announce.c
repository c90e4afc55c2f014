/* randori announce: the text that invites to the next session, or its calendar entry. */

#include "commands/announce.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/archive.h"
#include "commands/commands.h"
#include "commands/complain.h"
#include "session/cadence.h"
#include "session/calendar.h"
#include "session/duration.h"
#include "session/text.h"

enum {
    TEXT_MOST = 1500, /* characters: what every messenger takes */
    TEXT_SIZE = 8 * TEXT_MOST,
    TITLE_COLUMNS = 120,
    TOPIC_COLUMNS = 160,
    NAME_COLUMNS = 60,
    PIECE_SIZE = 1024,
    DAY_MINUTES = 24 * 60
};

/* ---- what is announced ---- */

/* The end of a session that begins at `start`, minutes after midnight of its first day. */
static int
end_of(const struct settings *settings)
{
    if (settings->start < 0)
        return -1;
    if (settings->end < 0)
        return settings->start + (int)(settings->duration_ms / 60000);
    return settings->end > settings->start ? settings->end : settings->end + DAY_MINUTES;
}

/* The date that was settled, unless it is past; else the one the cadence proposes. */
static void
find_date(struct announcement *announcement, const struct archive *archive,
          const struct memory *memory)
{
    const struct settings *settings = &archive->setup.settings;

    announcement->days = CADENCE_NONE;
    if (memory->next != MEMORY_NEVER && memory->next >= archive->today) {
        announcement->days = memory->next;
        announcement->is_settled = true;
    } else if (memory->sessions > 0) {
        announcement->days = cadence_next_from(settings, memory->days, archive->today);
    }
}

/* session.ini still names the last topic until somebody has chosen the next. */
static bool
is_new_topic(const struct settings *settings, const struct memory *memory)
{
    return settings->topic[0] != '\0' &&
           (memory->topic == NULL || strcmp(memory->topic, settings->topic) != 0);
}

static void
announcement_of(struct announcement *announcement, const struct archive *archive,
                const struct memory *memory)
{
    const struct settings *settings = &archive->setup.settings;

    *announcement = (struct announcement){
        .settings = settings,
        .memory = memory,
        .start = settings->start,
        .end = end_of(settings),
        .has_topic = is_new_topic(settings, memory),
    };
    find_date(announcement, archive, memory);
}

/* ---- as text ---- */

struct paper {
    char text[TEXT_SIZE];
    size_t used;
};

__attribute__((format(printf, 2, 3))) static void
put(struct paper *paper, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length =
        vsnprintf(paper->text + paper->used, sizeof paper->text - paper->used, format, arguments);
    va_end(arguments);
    if (length > 0 && (size_t)length < sizeof paper->text - paper->used)
        paper->used += (size_t)length;
    paper->text[paper->used] = '\0';
}

static const char *
fit(char out[static PIECE_SIZE], const char *text, int columns)
{
    text_fit(out, PIECE_SIZE, text, columns, false);
    return out;
}

/* " on Tuesday 2026-12-01, 12:45 to 14:00"; "" without a date. */
void
announcement_when(const struct announcement *announcement, char out[static ANNOUNCE_WHEN])
{
    char date[CALENDAR_SIZE], start[DURATION_SIZE], end[DURATION_SIZE];
    size_t used;

    out[0] = '\0';
    if (announcement->days == CADENCE_NONE)
        return;
    snprintf(out, ANNOUNCE_WHEN, " on %s %s",
             calendar_weekday_name(calendar_weekday(announcement->days)),
             calendar_text(date, announcement->days));
    used = strlen(out);
    if (announcement->start >= 0)
        snprintf(out + used, ANNOUNCE_WHEN - used, ", %s to %s",
                 clock_text(start, (int64_t)announcement->start * 60000, 0),
                 clock_text(end, (int64_t)(announcement->end % DAY_MINUTES) * 60000, 0));
}

static void
put_topic(struct paper *paper, const struct announcement *announcement)
{
    const struct settings *settings = announcement->settings;
    char topic[PIECE_SIZE], stack[PIECE_SIZE];

    if (!announcement->has_topic) {
        put(paper, "Topic: to be chosen\n");
        return;
    }
    put(paper, "Topic: %s", fit(topic, settings->topic, TOPIC_COLUMNS));
    if (settings->stack[0] != '\0')
        put(paper, " (%s)", fit(stack, settings->stack, NAME_COLUMNS));
    put(paper, "\n");
    if (settings->url[0] != '\0')
        put(paper, "%s\n", settings->url);
}

static void
put_roles(struct paper *paper, const struct announcement *announcement)
{
    const struct text_list *roles = &announcement->settings->roles;
    char role[PIECE_SIZE], name[PIECE_SIZE];

    for (int i = 0; i < roles->count; i++) {
        const char *holder = memory_holder(announcement->memory, roles->item[i]);

        put(paper, "%s: %s\n", fit(role, roles->item[i], NAME_COLUMNS),
            holder == NULL ? "nobody yet" : fit(name, holder, NAME_COLUMNS));
    }
}

/* The roles that nobody has taken, by name. */
static void
put_wanted(struct paper *paper, const struct announcement *announcement)
{
    const struct text_list *roles = &announcement->settings->roles;
    char role[PIECE_SIZE], date[CALENDAR_SIZE];
    int wanted = 0;

    for (int i = 0; i < roles->count; i++) {
        if (memory_holder(announcement->memory, roles->item[i]) != NULL)
            continue;
        put(paper, "%s%s", wanted++ == 0 ? "We need you: " : ", ",
            fit(role, roles->item[i], NAME_COLUMNS));
    }
    if (wanted == 0)
        return;
    if (announcement->days != CADENCE_NONE)
        put(paper, " for %s", calendar_text(date, announcement->days));
    put(paper, ".\n");
}

/* Cut after the last line that is within the bound. */
static void
shorten(struct paper *paper)
{
    size_t at = 0, line = 0;

    for (int count = 0; at < paper->used; count++) {
        if (count == TEXT_MOST) {
            paper->text[line] = '\0';
            return;
        }
        if (paper->text[at] == '\n')
            line = at + 1;
        do
            at++;
        while ((paper->text[at] & 0xC0) == 0x80);
    }
}

static void
put_announcement(struct paper *paper, const struct announcement *announcement)
{
    char when[ANNOUNCE_WHEN], title[PIECE_SIZE];

    announcement_when(announcement, when);
    put(paper, "%s%s\n", fit(title, announcement->settings->title, TITLE_COLUMNS), when);
    if (announcement->days == CADENCE_NONE)
        put(paper, "The date is not settled yet.\n");
    else if (!announcement->is_settled)
        put(paper, "(The date is a proposal: nobody has settled it.)\n");
    put(paper, "\n");
    put_wanted(paper, announcement);
    put_roles(paper, announcement);
    put_topic(paper, announcement);
    put(paper, "\nEveryone is welcome, no preparation needed: one keyboard, a few minutes each, "
               "everybody helps.\n");
    shorten(paper);
}

static void
print_announcement(const struct announcement *announcement)
{
    struct paper *paper = calloc(1, sizeof *paper);
    char *rest, *line;

    if (paper == NULL) {
        complain("out of memory");
        return;
    }
    put_announcement(paper, announcement);
    rest = paper->text;
    while ((line = strsep(&rest, "\n")) != NULL && rest != NULL)
        print_line("%s", line);
    free(paper);
}

/* ---- the whole ---- */

static int
announce(const struct archive *archive, const struct memory *memory)
{
    struct announcement announcement;

    announcement_of(&announcement, archive, memory);
    if (!archive->flag) {
        print_announcement(&announcement);
        return EXIT_DONE;
    }
    if (announcement.days == CADENCE_NONE) {
        complain("there is no date yet: settle one when you close a session, or set a cadence");
        return EXIT_REFUSED;
    }
    announcement_calendar(&announcement, archive->now.wall_ms);
    return EXIT_DONE;
}

int
command_announce(int argc, char **argv)
{
    struct archive archive;
    struct memory memory;
    bool over;
    int status = archive_open(&archive, argc, argv, "ics", &over);

    if (status != EXIT_DONE || over)
        return status;
    archive_remember(&archive, &memory);
    status = announce(&archive, &memory);
    memory_free(&memory);
    archive_close(&archive);
    return print_end(status);
}
