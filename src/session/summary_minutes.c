/* The minutes, as groups wrote them by hand (R23): what was learned stands before what was done. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/stamp.h"
#include "session/summary_inside.h"
#include "session/text.h"

enum { MINUTE_MS = 60 * 1000 };

void
minutes_say(const struct minutes *minutes, const char *format, ...)
{
    char *line = NULL, *clean = NULL;
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vasprintf(&line, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    clean = text_clean(line, (size_t)length);
    if (clean != NULL)
        minutes->emit(minutes->user, clean);
    free(clean);
    free(line);
}

char *
minutes_clock(const struct minutes *minutes, int64_t wall_ms, char out[static DURATION_SIZE])
{
    return clock_text(out, wall_ms, minutes->session->opened.utc_offset_s);
}

/* ---- what was planned, what came ---- */

static void
say_setting(const struct minutes *minutes, const char *label, const char *value)
{
    if (value[0] != '\0')
        minutes_say(minutes, "%s: %s", label, value);
}

static void
say_title(const struct minutes *minutes)
{
    const struct settings *settings = &minutes->session->settings;
    const struct moment opened = minutes->session->opened;
    char date[STAMP_SIZE];

    minutes_say(minutes, "%s, %s", settings->title[0] == '\0' ? "Coding dojo" : settings->title,
                stamp_date(date, opened.wall_ms, opened.utc_offset_s));
    say_setting(minutes, "Topic", settings->topic);
    say_setting(minutes, "Stack", settings->stack);
    say_setting(minutes, "Link", settings->url);
    if (minutes->session->opening != NULL && minutes->session->opening->practice)
        minutes_say(minutes, "Practice: it does not count for the history.");
}

static void
say_planned(const struct minutes *minutes)
{
    const struct session *session = minutes->session;
    char start[DURATION_SIZE], stop[DURATION_SIZE];

    if (session->stop_ms == 0)
        return;
    minutes_clock(minutes, session->stop_ms, stop);
    if (session->start_ms != 0)
        minutes_say(minutes, "Planned: %s to %s", minutes_clock(minutes, session->start_ms, start),
                    stop);
    else
        minutes_say(minutes, "Planned: until %s", stop);
}

/* "12:47 to 13:50", or what there is of it. */
static void
say_span(const struct minutes *minutes, const char *label, int64_t from_ms, int64_t to_ms)
{
    char from[DURATION_SIZE], to[DURATION_SIZE];

    minutes_clock(minutes, from_ms, from);
    if (to_ms != 0)
        minutes_say(minutes, "%s: %s to %s", label, from, minutes_clock(minutes, to_ms, to));
    else
        minutes_say(minutes, "%s: from %s on", label, from);
}

static int64_t
debrief_wall(const struct minutes *minutes)
{
    int64_t wall_ms = 0;

    for (int i = 0; i < minutes->session->log_count; i++) {
        const struct event *event = summary_fact(minutes->session, i);

        if (event != NULL && event->kind == EVENT_DEBRIEF_STARTED)
            wall_ms = event->at.wall_ms;
    }
    return wall_ms;
}

static void
say_held(const struct minutes *minutes)
{
    const struct session *session = minutes->session;
    int64_t debrief_ms = debrief_wall(minutes);

    if (session->started.wall_ms == 0) {
        minutes_say(minutes, "Held: not started");
        return;
    }
    say_span(minutes, "Coding", session->started.wall_ms,
             debrief_ms != 0 ? debrief_ms : session->ended.wall_ms);
    if (debrief_ms != 0)
        say_span(minutes, "Debrief", debrief_ms, session->ended.wall_ms);
}

/* "planned 14:00, closed 14:06, overran 6 min" (9.12) */
static void
say_end(const struct minutes *minutes)
{
    const struct session *session = minutes->session;
    char stop[DURATION_SIZE], closed[DURATION_SIZE];
    int64_t over = minutes->figures.overrun_ms / MINUTE_MS;

    if (session->stop_ms == 0 || session->started.wall_ms == 0)
        return;
    minutes_clock(minutes, session->stop_ms, stop);
    minutes_clock(minutes, session->ended.wall_ms, closed);
    if (!session_is_over(session))
        minutes_say(minutes, "End: planned %s, not closed", stop);
    else if (over > 0)
        minutes_say(minutes, "End: planned %s, closed %s, overran %lld min", stop, closed,
                    (long long)over);
    else
        minutes_say(minutes, "End: planned %s, closed %s", stop, closed);
}

static void
say_today(const struct minutes *minutes)
{
    for (int i = 0; minutes->before != NULL && i < minutes->before->roles_count; i++) {
        const struct role *role = &minutes->before->roles[i];

        if (role->holder != NULL)
            minutes_say(minutes, "%s: %s", role->name, role->holder);
    }
}

/* ---- people ---- */

static void
say_person(const struct minutes *minutes, const struct person *person)
{
    const struct session *session = minutes->session;
    char joined[DURATION_SIZE];

    for (int i = 0; i < session->log_count; i++) {
        const struct event *event = summary_fact(minutes->session, i);

        if (event != NULL && event->kind == EVENT_PERSON_JOINED && event->person == person->id &&
            session->started.wall_ms != 0 && event->at.wall_ms > session->started.wall_ms) {
            minutes_say(minutes, "  %s, from %s%s", person->name,
                        minutes_clock(minutes, event->at.wall_ms, joined),
                        person->observer ? ", observer" : "");
            return;
        }
    }
    minutes_say(minutes, "  %s%s", person->name, person->observer ? ", observer" : "");
}

static void
say_people(const struct minutes *minutes)
{
    const struct roster *roster = &minutes->session->roster;

    minutes_say(minutes, "%s", "");
    minutes_say(minutes, "People (%d)", minutes->figures.people);
    for (int i = 0; i < roster->count; i++) {
        if (summary_was_here(minutes->session, roster->people[i].id))
            say_person(minutes, &roster->people[i]);
    }
}

/* ---- what was learned ---- */

static bool
has_notes(const struct session *session, int question)
{
    for (int i = 0; i < session->notes_count; i++) {
        if (session->notes[i].question == question && !session->notes[i].action)
            return true;
    }
    return false;
}

static void
say_notes(const struct minutes *minutes, int question)
{
    const struct session *session = minutes->session;
    const struct text_list *questions = &session->settings.questions;

    if (!has_notes(session, question))
        return;
    if (question >= 1 && question <= questions->count)
        minutes_say(minutes, "  %s", questions->item[question - 1]);
    else
        minutes_say(minutes, "  Noted on the way");
    for (int i = 0; i < session->notes_count; i++) {
        if (session->notes[i].question == question && !session->notes[i].action)
            minutes_say(minutes, "    - %s", session->notes[i].text);
    }
}

static void
say_learned(const struct minutes *minutes)
{
    const struct session *session = minutes->session;
    const char *draft = session->draft == NULL ? "" : session->draft;

    minutes_say(minutes, "%s", "");
    minutes_say(minutes, "What we learned");
    if (session->notes_count == minutes->figures.actions && draft[0] == '\0')
        minutes_say(minutes, "  nothing was written down");
    for (int question = 1; question <= SETTINGS_LIST; question++)
        say_notes(minutes, question);
    say_notes(minutes, 0);
    if (draft[0] != '\0')
        minutes_say(minutes, "  Half written: %s", draft);
}

static void
say_actions(const struct minutes *minutes)
{
    const struct session *session = minutes->session;

    if (minutes->figures.actions == 0)
        return;
    minutes_say(minutes, "%s", "");
    minutes_say(minutes, "Action items (%d)", minutes->figures.actions);
    for (int i = 0; i < session->notes_count; i++) {
        const struct note *note = &session->notes[i];

        if (note->action)
            minutes_say(minutes, "  - %s (%s)", note->text,
                        note->owner == NULL || note->owner[0] == '\0' ? "nobody yet" : note->owner);
    }
}

/* ---- next ---- */

static void
say_next(const struct minutes *minutes)
{
    const struct session *session = minutes->session;
    char wanted[1024] = "";
    size_t used = 0;

    minutes_say(minutes, "%s", "");
    minutes_say(minutes, "Next dojo");
    for (int i = 0; i < session->roles_count; i++) {
        const struct role *role = &session->roles[i];

        minutes_say(minutes, "  %s: %s", role->name,
                    role->holder != NULL ? role->holder : "vacant");
        if (role->holder == NULL && used < sizeof wanted)
            used += (size_t)snprintf(wanted + used, sizeof wanted - used, "%s%s",
                                     used == 0 ? "" : ", ", role->name);
    }
    if (used > 0) /* 9.10 */
        minutes_say(minutes, "  We need you: %s for the next dojo.", wanted);
}

void
summary_minutes(const struct session *session, const struct session *before,
                void (*emit)(void *user, const char *line), void *user)
{
    struct minutes minutes = {.session = session, .before = before, .emit = emit, .user = user};

    summary_of(session, &minutes.figures);
    say_title(&minutes);
    say_planned(&minutes);
    say_held(&minutes);
    say_end(&minutes);
    say_today(&minutes);
    say_people(&minutes);
    say_learned(&minutes);
    say_actions(&minutes);
    minutes_turns(&minutes);
    minutes_interruptions(&minutes);
    if (session_is_over(session) || session->phase == PHASE_ROLES)
        say_next(&minutes);
}
