/* What stopped the clock or the program. */

#include <stdio.h>

#include "session/minutes_inside.h"

/* ---- looking for them ---- */

static const enum event_kind pause_ends[] = {EVENT_RESUMED, EVENT_TURN_ENDED,
                                             EVENT_DEBRIEF_STARTED};
static const enum event_kind break_ends[] = {EVENT_BREAK_ENDED, EVENT_TURN_STARTED,
                                             EVENT_DEBRIEF_STARTED};
enum { ENDS = 3 };

/* From the fact on to the first that ends it, or to where the record stops. */
static int64_t
length_from(const struct session *session, int index, const enum event_kind ends[ENDS])
{
    int64_t from_ms = session->log[index].at.elapsed_ms;

    for (int i = index + 1; i < session->log_count; i++) {
        enum event_kind kind = session->log[i].kind;

        if ((kind == ends[0] || kind == ends[1] || kind == ends[2]) &&
            summary_fact(session, i) != NULL)
            return session->log[i].at.elapsed_ms - session->log[i].late_ms - from_ms;
    }
    return session->last.elapsed_ms - from_ms;
}

/* Why the program was left before it was started again; NULL: it was cut off. */
static const char *
reason_before(const struct session *session, int index)
{
    for (int i = index - 1; i >= 0 && session->log[i].kind != EVENT_SESSION_RESUMED; i--) {
        if (session->log[i].kind == EVENT_SESSION_LEFT && summary_fact(session, i) != NULL)
            return session->log[i].reason;
    }
    return NULL;
}

/* True when the fact is one of those; not in force it is none. */
static bool
look_at(const struct session *session, int index, struct minutes_stop *stop)
{
    const struct event *event = &session->log[index];

    *stop = (struct minutes_stop){.began = moment_at(event->at, event->at.elapsed_ms - event->ms),
                                  .ms = event->ms};
    switch (event->kind) {
    case EVENT_PAUSED:
        *stop = (struct minutes_stop){STOP_PAUSE, event->at,
                                      length_from(session, index, pause_ends), NULL};
        break;
    case EVENT_BREAK_STARTED:
        *stop = (struct minutes_stop){STOP_BREAK, event->at,
                                      length_from(session, index, break_ends), NULL};
        break;
    case EVENT_SESSION_RESUMED:
        stop->kind = STOP_LEFT;
        stop->reason = reason_before(session, index);
        break;
    case EVENT_GAP_NOTICED:
        stop->kind = STOP_ASLEEP;
        break;
    case EVENT_CLOCK_JUMPED:
        stop->kind = STOP_CLOCK;
        stop->began = event->at;
        break;
    default:
        return false;
    }
    return summary_fact(session, index) != NULL;
}

bool
minutes_next_stop(const struct minutes *minutes, int *index, struct minutes_stop *stop)
{
    while (*index < minutes->session->log_count) {
        if (look_at(minutes->session, (*index)++, stop))
            return true;
    }
    return false;
}

/* ---- telling them ---- */

/* Pauses stand with their turns. */
static bool
next_told(const struct minutes *minutes, int *index, struct minutes_stop *stop)
{
    while (minutes_next_stop(minutes, index, stop)) {
        if (stop->kind != STOP_PAUSE)
            return true;
    }
    return false;
}

static void
add_what(const struct minutes_stop *stop, struct minutes_table *table)
{
    static const char *const words[STOP_KINDS] = {
        [STOP_PAUSE] = "pause",
        [STOP_BREAK] = "break",
        [STOP_LEFT] = "the program was cut off",
        [STOP_ASLEEP] = "the computer slept, or the program was stopped",
        [STOP_CLOCK] = "the clock of the computer was set",
    };

    if (stop->reason != NULL)
        table_add(table, "the program was ended (%s)", stop->reason);
    else if (stop->kind == STOP_CLOCK)
        table_add(table, "%s %s", words[stop->kind], stop->ms < 0 ? "back" : "forward");
    else
        table_add(table, "%s", words[stop->kind]);
}

/* "Breaks and interruptions", or only what there was of both. */
static const char *
heading_of(int breaks, int all)
{
    return breaks == 0 ? "Interruptions" : breaks == all ? "Breaks" : "Breaks and interruptions";
}

void
writing_stops(const struct writing *writing)
{
    static const struct minutes_column columns[] = {
        {"start", false, 0, 0}, {"length", true, 0, 0}, {"what", false, 0, 0}};
    const struct minutes *minutes = writing->minutes;
    char start[DURATION_SIZE], length[DURATION_SIZE];
    struct minutes_table table;
    struct minutes_stop stop;
    int count = 0, breaks = 0;

    for (int index = 0; next_told(minutes, &index, &stop); count++)
        breaks += stop.kind == STOP_BREAK;
    if (count == 0)
        return;
    writing_section(writing, SECTION_STOPS, "%s", heading_of(breaks, count));
    table_begin(&table, heading_of(breaks, count), columns, 3, count);
    for (int index = 0; next_told(minutes, &index, &stop);) {
        table_add(&table, "%s", minutes_clock(minutes, stop.began.wall_ms, start));
        table_add(&table, "%s", duration_clock(length, stop.ms < 0 ? -stop.ms : stop.ms));
        add_what(&stop, &table);
    }
    writing_table(writing, &table);
}
