/* randori history: the past sessions, one a line, and whether the dojo keeps its cadence. */

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/archive.h"
#include "commands/commands.h"
#include "commands/complain.h"
#include "session/cadence.h"
#include "session/calendar.h"
#include "session/dump.h"
#include "session/stamp.h"
#include "session/text.h"
#include "storage/past.h"

enum { ROLES_COLUMNS = 32, ROLES_SIZE = 4096, MINUTE_MS = 60000 };

struct history {
    struct archive archive;
    struct memory memory; /* of the sessions so far */
    int64_t year_ago;
    int this_year;
    bool json;
};

static int64_t
year_before(int64_t days)
{
    struct civil date = calendar_civil(days);

    date.year--;
    return calendar_days(date);
}

static int64_t
days_of(const struct past *past)
{
    return calendar_days_at(past->opened.wall_ms, past->opened.utc_offset_s);
}

/* ---- the table ---- */

/* Who prepared the session had volunteered in the one before. */
static void
prepared_text(const struct memory *memory, char *out, size_t size)
{
    const struct memory_roles *roles = &memory->recent[0];
    size_t used = 0;

    snprintf(out, size, "-");
    for (int i = 0; memory->recent_count > 0 && i < roles->count && used < size; i++)
        used +=
            (size_t)snprintf(out + used, size - used, "%s%s", i > 0 ? ", " : "",
                             roles->role[i].holder[0] == '\0' ? "vacant" : roles->role[i].holder);
}

static void
topic_text(const struct past *past, char *out, size_t size)
{
    const char *topic = past->topic[0] != '\0' ? past->topic : "-";

    if (past->stack[0] != '\0')
        snprintf(out, size, "%s (%s)", topic, past->stack);
    else
        snprintf(out, size, "%s", topic);
}

static void
print_row(const struct history *history, const struct past *past)
{
    const struct closing *closing = past->closing;
    char date[CALENDAR_SIZE], overrun[32] = "-", roles[ROLES_SIZE], topic[ROLES_SIZE];
    char fitted[ROLES_SIZE];
    int columns;

    calendar_text(date, days_of(past));
    if (closing->overrun_ms >= MINUTE_MS)
        snprintf(overrun, sizeof overrun, "%" PRId64 " min", closing->overrun_ms / MINUTE_MS);
    prepared_text(&history->memory, roles, sizeof roles);
    topic_text(past, topic, sizeof topic);
    columns = text_fit(fitted, sizeof fitted, roles, ROLES_COLUMNS, false);
    print_line("%s  %6d  %5d  %13d  %7s  %s%*s  %s", date, closing->people_count, closing->turns,
               closing->interruptions, overrun, fitted, ROLES_COLUMNS - columns, "", topic);
}

static void
print_days(const char *what, int64_t days, int64_t today)
{
    char date[CALENDAR_SIZE];
    int64_t ahead = days - today, count = ahead < 0 ? -ahead : ahead;
    const char *unit = count == 1 ? "day" : "days";

    calendar_text(date, days);
    if (count == 0)
        print_line("%s: %s, today", what, date);
    else if (ahead > 0)
        print_line("%s: %s, in %" PRId64 " %s", what, date, count, unit);
    else
        print_line("%s: %s, %" PRId64 " %s ago", what, date, count, unit);
}

static void
print_next(const struct history *history)
{
    const struct memory *memory = &history->memory;
    const struct settings *settings = &history->archive.setup.settings;
    int64_t today = history->archive.today;
    int64_t overdue = cadence_overdue(settings, memory->days, memory->next, today);
    int64_t proposed = cadence_next_from(settings, memory->days, today);
    char *every = settings_get(settings, settings_find("cadence", "every"), 0);

    if (memory->next != MEMORY_NEVER)
        print_days("next", memory->next, today);
    else if (proposed != CADENCE_NONE)
        print_days("next, as the cadence proposes", proposed, today);
    else
        print_line("next: not settled");
    if (overdue > 0)
        print_line("cadence: %s%s, overdue by %" PRId64 " day%s",
                   settings->every.unit == EVERY_OFF ? "" : "every ", every, overdue,
                   overdue == 1 ? "" : "s");
    else if (settings->every.unit == EVERY_OFF)
        print_line("cadence: off");
    else
        print_line("cadence: every %s, kept", every);
    free(every);
}

static void
print_summary(const struct history *history)
{
    const struct memory *memory = &history->memory;
    const struct text_list *roles = &history->archive.setup.settings.roles;

    if (memory->sessions == 0) {
        print_line("There is no past session in %s yet.", history->archive.folder);
        return;
    }
    printf("\n");
    print_line("sessions: %d, %d of them in the last 12 months", memory->sessions,
               history->this_year);
    print_days("last", memory->days, history->archive.today);
    print_next(history);
    for (int i = 0; i < roles->count; i++) {
        int holders = memory_holders(memory, roles->item[i]);
        const char *people = holders == 1 ? "person" : "different people";

        if (memory->recent_count == 1)
            print_line("%s: %d %s in the last session", roles->item[i], holders, people);
        else
            print_line("%s: %d %s in the last %d sessions", roles->item[i], holders, people,
                       memory->recent_count);
    }
}

/* ---- JSON ---- */

static json_t *
date_json(int64_t days)
{
    char date[CALENDAR_SIZE];

    return days == MEMORY_NEVER ? json_null() : json_string(calendar_text(date, days));
}

static json_t *
roles_json(const struct closing_role *roles, int count)
{
    json_t *list = json_array();

    for (int i = 0; i < count; i++)
        json_array_append_new(
            list,
            json_pack("{s:s, s:o}", "role", roles[i].name, "name",
                      roles[i].holder[0] == '\0' ? json_null() : json_string(roles[i].holder)));
    return list;
}

static json_t *
people_json(const struct closing *closing)
{
    json_t *list = json_array();

    for (int i = 0; i < closing->people_count; i++) {
        const struct closing_person *person = &closing->people[i];

        json_array_append_new(list, json_pack("{s:s, s:i, s:b}", "name", person->name, "turns",
                                              person->turns, "observer", person->observer));
    }
    return list;
}

static void
print_json(json_t *object)
{
    char *text = dump_text(object);

    fputs(text == NULL ? "{}" : text, stdout);
    free(text);
    json_decref(object);
}

static void
print_json_row(const struct history *history, const struct past *past)
{
    const struct closing *closing = past->closing;
    const struct memory_roles *prepared = &history->memory.recent[0];
    char opened[STAMP_SIZE];
    int64_t next;

    if (closing->date == NULL || !calendar_parse(closing->date, &next))
        next = MEMORY_NEVER;
    stamp_text(opened, past->opened.wall_ms, past->opened.utc_offset_s);
    fputs(history->memory.sessions > 0 ? ",\n" : "\n", stdout);
    print_json(json_pack(
        "{s:s, s:o, s:s, s:s, s:s, s:s, s:b, s:i, s:i, s:i, s:I, s:I, s:I, s:o, s:o, s:o, s:o}",
        "record", past->record, "date", date_json(days_of(past)), "opened", opened, "title",
        past->title, "topic", past->topic, "stack", past->stack, "closed", past->closed, "turns",
        closing->turns, "interruptions", closing->interruptions, "actions", closing->actions,
        "coding_ms", (json_int_t)closing->coding_ms, "debrief_ms", (json_int_t)closing->debrief_ms,
        "overrun_ms", (json_int_t)closing->overrun_ms, "people", people_json(closing),
        "prepared_by", roles_json(prepared->role, prepared->count), "volunteers",
        roles_json(closing->roles, closing->roles_count), "next", date_json(next)));
}

static json_t *
holders_json(const struct history *history)
{
    const struct text_list *roles = &history->archive.setup.settings.roles;
    json_t *list = json_array();

    for (int i = 0; i < roles->count; i++)
        json_array_append_new(list, json_pack("{s:s, s:i}", "role", roles->item[i], "people",
                                              memory_holders(&history->memory, roles->item[i])));
    return list;
}

static void
print_json_summary(const struct history *history)
{
    const struct memory *memory = &history->memory;
    const struct settings *settings = &history->archive.setup.settings;
    int64_t today = history->archive.today, last = memory->days;
    bool any = memory->sessions > 0;
    char *every = settings_get(settings, settings_find("cadence", "every"), 0);

    fputs(any ? "\n],\n\"summary\":" : "],\n\"summary\":", stdout);
    print_json(json_pack(
        "{s:i, s:i, s:o, s:o, s:o, s:o, s:s, s:I, s:i, s:o}", "sessions", memory->sessions,
        "last_12_months", history->this_year, "last", date_json(last), "days_since",
        any ? json_integer(today - last) : json_null(), "next", date_json(memory->next), "proposed",
        date_json(any ? cadence_next_from(settings, last, today) : MEMORY_NEVER), "cadence",
        every == NULL ? "" : every, "overdue_days",
        (json_int_t)(any ? cadence_overdue(settings, last, memory->next, today) : 0),
        "recent_sessions", memory->recent_count, "holders", holders_json(history)));
    fputs("}\n", stdout);
    free(every);
}

/* ---- the whole ---- */

static void
visit(void *user, const struct past *past)
{
    struct history *history = user;

    if (past->idle)
        return;
    if (history->json)
        print_json_row(history, past);
    else if (history->memory.sessions == 0)
        print_line("date        people  turns  interruptions  overrun  %-*s  topic", ROLES_COLUMNS,
                   "prepared by");
    if (!history->json)
        print_row(history, past);
    history->this_year += days_of(past) > history->year_ago;
    memory_add(&history->memory, past);
}

static void
print_history(struct history *history)
{
    const struct archive *archive = &history->archive;
    struct problems problems = {0};

    history->json = archive->flag;
    history->year_ago = year_before(archive->today);
    memory_init(&history->memory);
    past_aliases(&archive->setup.participants, &history->memory);
    if (history->json)
        fputs("{\"sessions\":[", stdout);
    past_each(archive->folder, archive->now.wall_ms, visit, history, &problems);
    if (history->json)
        print_json_summary(history);
    else
        print_summary(history);
    fflush(stdout);
    complain_problems(&problems);
    problems_free(&problems);
    memory_free(&history->memory);
}

int
command_history(int argc, char **argv)
{
    struct history history = {0};
    bool over;
    int status = archive_open(&history.archive, argc, argv, "json", &over);

    if (status != EXIT_DONE || over)
        return status;
    print_history(&history);
    archive_close(&history.archive);
    return print_end(EXIT_DONE);
}
