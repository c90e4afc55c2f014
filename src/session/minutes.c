/* The minutes from top to bottom, as groups wrote them by hand. */

#include "session/minutes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/minutes_inside.h"
#include "session/sentence.h"
#include "session/stamp.h"
#include "session/text.h"

enum { MINUTE_MS = 60 * 1000 };

void
minutes_of(struct minutes *minutes, const struct session *session)
{
    *minutes = (struct minutes){.session = session};
    summary_of(session, &minutes->figures);
}

char *
minutes_clock(const struct minutes *minutes, int64_t wall_ms, char out[static DURATION_SIZE])
{
    return clock_text(out, wall_ms, minutes->session->opened.utc_offset_s);
}

/* ---- to the form ---- */

/* The caller frees it; NULL: out of memory. */
static char *
put_together(const char *format, va_list arguments)
{
    char *text = NULL, *clean;

    if (vasprintf(&text, format, arguments) < 0)
        return NULL;
    clean = text_clean(text, strlen(text));
    free(text);
    return clean;
}

void
writing_fact(const struct writing *writing, const char *label, const char *format, ...)
{
    char *name = text_clean(label, strlen(label)), *text;
    va_list arguments;

    va_start(arguments, format);
    text = put_together(format, arguments);
    va_end(arguments);
    if (name != NULL && text != NULL)
        writing->form->fact(writing->form->user, name, text);
    free(name);
    free(text);
}

void
writing_item(const struct writing *writing, enum minutes_tick tick, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = put_together(format, arguments);
    va_end(arguments);
    if (text != NULL)
        writing->form->item(writing->form->user, tick, text);
    free(text);
}

void
writing_section(const struct writing *writing, enum minutes_section section, const char *format,
                ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = put_together(format, arguments);
    va_end(arguments);
    if (text != NULL)
        writing->form->section(writing->form->user, section, text);
    free(text);
}

/* ---- what was planned, what came ---- */

const char *
minutes_title(const struct minutes *minutes)
{
    const char *title = minutes->session->settings.title;

    return title[0] == '\0' ? "Coding dojo" : title;
}

static void
write_title(const struct writing *writing)
{
    const struct moment opened = writing->minutes->session->opened;
    const char *name = minutes_title(writing->minutes);
    char *title = text_clean(name, strlen(name)), *line = NULL, date[STAMP_SIZE];

    stamp_date(date, opened.wall_ms, opened.utc_offset_s);
    if (title != NULL && asprintf(&line, "%s, %s", title, date) >= 0)
        writing->form->title(writing->form->user, line);
    free(line);
    free(title);
}

static void
write_setting(const struct writing *writing, const char *label, const char *value)
{
    if (value[0] != '\0')
        writing_fact(writing, label, "%s", value);
}

static void
write_about(const struct writing *writing)
{
    const struct session *session = writing->minutes->session;

    write_setting(writing, "Topic", session->settings.topic);
    write_setting(writing, "Stack", session->settings.stack);
    write_setting(writing, "Link", session->settings.url);
    if (session->opening != NULL && session->opening->practice)
        writing_fact(writing, "Practice", "it does not count for the history");
    if (writing->minutes->damaged)
        writing_fact(writing, "Damaged", "the record; this is what stands before the damage");
}

static void
write_planned(const struct writing *writing)
{
    const struct minutes *minutes = writing->minutes;
    const struct session *session = minutes->session;
    char start[DURATION_SIZE], stop[DURATION_SIZE];

    if (session->stop_ms == 0)
        return;
    minutes_clock(minutes, session->stop_ms, stop);
    if (session->start_ms != 0)
        writing_fact(writing, "Planned", "%s to %s",
                     minutes_clock(minutes, session->start_ms, start), stop);
    else
        writing_fact(writing, "Planned", "until %s", stop);
}

/* "12:47 to 13:50", or what there is of it. */
static void
write_span(const struct writing *writing, const char *label, int64_t from_ms, int64_t to_ms)
{
    char from[DURATION_SIZE], to[DURATION_SIZE];

    minutes_clock(writing->minutes, from_ms, from);
    if (to_ms != 0)
        writing_fact(writing, label, "%s to %s", from, minutes_clock(writing->minutes, to_ms, to));
    else
        writing_fact(writing, label, "from %s on", from);
}

struct moment
minutes_debrief(const struct minutes *minutes)
{
    const struct session *session = minutes->session;

    for (int i = session->log_count - 1; i >= 0; i--) {
        if (session->log[i].kind == EVENT_DEBRIEF_STARTED && summary_fact(session, i) != NULL)
            return session->log[i].at;
    }
    return (struct moment){0};
}

static void
write_held(const struct writing *writing)
{
    const struct session *session = writing->minutes->session;
    int64_t debrief_ms = minutes_debrief(writing->minutes).wall_ms;

    if (session->started.wall_ms == 0) {
        writing_fact(writing, "Held", "not started");
        return;
    }
    write_span(writing, "Coding", session->started.wall_ms,
               debrief_ms != 0 ? debrief_ms : session->ended.wall_ms);
    if (debrief_ms != 0)
        write_span(writing, "Debrief", debrief_ms, session->ended.wall_ms);
}

/* "planned 14:00, closed 14:06, overran 6 min" */
static void
write_end(const struct writing *writing)
{
    const struct session *session = writing->minutes->session;
    char stop[DURATION_SIZE], closed[DURATION_SIZE];
    long long over = writing->minutes->figures.overrun_ms / MINUTE_MS;

    if (session->stop_ms == 0 || session->started.wall_ms == 0)
        return;
    minutes_clock(writing->minutes, session->stop_ms, stop);
    minutes_clock(writing->minutes, session->ended.wall_ms, closed);
    if (!session_is_over(session))
        writing_fact(writing, "End", "planned %s, not closed", stop);
    else if (over > 0)
        writing_fact(writing, "End", "planned %s, closed %s, overran %lld min", stop, closed, over);
    else
        writing_fact(writing, "End", "planned %s, closed %s", stop, closed);
}

static void
write_today(const struct writing *writing)
{
    const struct session *before = writing->minutes->before;

    for (int i = 0; before != NULL && i < before->roles_count; i++) {
        if (before->roles[i].holder != NULL)
            writing_fact(writing, before->roles[i].name, "%s", before->roles[i].holder);
    }
}

/* ---- people ---- */

struct moment
minutes_joined(const struct minutes *minutes, int person)
{
    const struct session *session = minutes->session;

    for (int i = 0; session->started.wall_ms != 0 && i < session->log_count; i++) {
        const struct event *event = &session->log[i];

        if (event->kind == EVENT_PERSON_JOINED && event->person == person &&
            event->at.elapsed_ms > session->started.elapsed_ms && summary_fact(session, i) != NULL)
            return event->at;
    }
    return (struct moment){0};
}

static void
write_person(const struct writing *writing, const struct person *person)
{
    int64_t joined_ms = minutes_joined(writing->minutes, person->id).wall_ms;
    const char *observer = person->observer ? ", observer" : "";
    char joined[DURATION_SIZE];

    if (joined_ms != 0)
        writing_item(writing, TICK_NONE, "%s, from %s%s", person->name,
                     minutes_clock(writing->minutes, joined_ms, joined), observer);
    else
        writing_item(writing, TICK_NONE, "%s%s", person->name, observer);
}

static void
write_people(const struct writing *writing)
{
    const struct session *session = writing->minutes->session;

    writing_section(writing, SECTION_PEOPLE, "People (%d)", writing->minutes->figures.people);
    for (int i = 0; i < session->roster.count; i++) {
        if (summary_was_here(session, session->roster.people[i].id))
            write_person(writing, &session->roster.people[i]);
    }
}

/* ---- all of it ---- */

void
minutes_write(const struct minutes *minutes, const struct minutes_form *form)
{
    const struct writing writing = {minutes, form};

    write_title(&writing);
    write_about(&writing);
    write_planned(&writing);
    write_held(&writing);
    write_end(&writing);
    write_today(&writing);
    if (minutes->record != NULL)
        writing_fact(&writing, "Record", "%s", minutes->record);
    write_people(&writing);
    writing_learned(&writing);
    writing_actions(&writing);
    writing_turns(&writing);
    writing_steps(&writing);
    writing_stops(&writing);
    writing_next(&writing);
}
