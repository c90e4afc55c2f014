/* The minutes' table of turns, and what interrupted them. */

#include <stdio.h>

#include "session/sentence.h"
#include "session/summary_inside.h"
#include "session/text.h"

enum { NAME_COLUMNS = 24 };

/* ---- turns ---- */

static int
name_columns(const struct session *session)
{
    int most = (int)sizeof "driver" - 1;

    for (int i = 0; i < session->turns_count; i++) {
        int columns = text_columns(session_name(session, session->turns[i].turn.driver));

        most = columns > most ? columns : most;
    }
    return most > NAME_COLUMNS ? NAME_COLUMNS : most;
}

/* Who said "not now" in the turn, or in the handover before it. */
static void
add_passes(const struct session *session, int index, struct sentence *rest)
{
    int64_t after_ms = index == 0 ? -1 : session->turns[index - 1].ended.elapsed_ms;
    int64_t until_ms = session->turns[index].ended.elapsed_ms;

    for (int i = 0; i < session->log_count; i++) {
        const struct event *event = summary_fact(session, i);

        if (event != NULL && event->kind == EVENT_PERSON_PASSED &&
            event->at.elapsed_ms > after_ms && event->at.elapsed_ms <= until_ms)
            sentence_add(rest, ", %s passed", session_name(session, event->person));
    }
}

/* How it ended, and what was not usual about it. */
static void
describe_end(const struct session *session, int index, struct sentence *rest)
{
    static const char *const endings[END_REASONS] = {
        [END_TIME] = "time",       [END_NEXT] = "handed over", [END_LEFT] = "had to go",
        [END_DEBRIEF] = "debrief", [END_STOP] = "debrief",
    };
    const struct turn_record *record = &session->turns[index];
    int extensions = record->turn.extensions;
    char paused[DURATION_SIZE];

    sentence_add(rest, "%s", endings[record->end]);
    if (record->turn.extra)
        sentence_add(rest, ", extra turn");
    if (!record->counted)
        sentence_add(rest, ", not counted");
    if (extensions == 1)
        sentence_add(rest, ", extended");
    else if (extensions > 1)
        sentence_add(rest, ", extended %d times", extensions);
    if (record->paused_ms > 0)
        sentence_add(rest, ", paused %s", duration_clock(paused, record->paused_ms));
    add_passes(session, index, rest);
}

static void
say_turn(const struct minutes *minutes, int index, int columns)
{
    const struct session *session = minutes->session;
    const struct turn_record *record = &session->turns[index];
    int64_t length_ms = record->ended.elapsed_ms - record->began.elapsed_ms - record->paused_ms;
    char start[DURATION_SIZE], length[DURATION_SIZE], name[NAME_COLUMNS * 8];
    struct sentence rest = {.used = 0};
    int used =
        text_fit(name, sizeof name, session_name(session, record->turn.driver), columns, false);

    describe_end(session, index, &rest);
    minutes_say(minutes, "  %3d  %s  %s%*s  %6s  %.*s", record->turn.number,
                minutes_clock(minutes, record->began.wall_ms, start), name, columns - used, "",
                duration_clock(length, length_ms), (int)rest.used, rest.text);
}

void
minutes_turns(const struct minutes *minutes)
{
    const struct session *session = minutes->session;
    int columns = name_columns(session);
    bool is_running = session->phase == PHASE_TURN || session->phase == PHASE_PAUSED;

    if (session->turns_count == 0 && !is_running)
        return;
    minutes_say(minutes, "%s", "");
    minutes_say(minutes, "Turns (%d)", minutes->figures.turns);
    minutes_say(minutes, "   no  start  %-*s  length  end", columns, "driver");
    for (int i = 0; i < session->turns_count; i++)
        say_turn(minutes, i, columns);
    if (is_running && session->turn.driver != 0)
        minutes_say(minutes, "  %3d  begun by %s, not ended", session->turn.number,
                    session_name(session, session->turn.driver));
}

/* ---- interruptions ---- */

static void
say_gap(const struct minutes *minutes, const struct event *event, const char *what)
{
    char from[DURATION_SIZE], length[DURATION_SIZE];

    minutes_say(minutes, "  %s  %s  %s",
                minutes_clock(minutes, event->at.wall_ms - event->ms, from),
                duration_clock(length, event->ms), what);
}

static void
say_resumed(const struct minutes *minutes, const struct event *event, const char *reason)
{
    char what[160];

    if (reason == NULL)
        snprintf(what, sizeof what, "the program was cut off");
    else
        snprintf(what, sizeof what, "the program was ended (%s)", reason);
    say_gap(minutes, event, what);
}

static void
say_jump(const struct minutes *minutes, const struct event *event)
{
    char at[DURATION_SIZE], length[DURATION_SIZE];

    minutes_say(minutes, "  %s  the clock of the computer was set %s by %s",
                minutes_clock(minutes, event->at.wall_ms, at), event->ms < 0 ? "back" : "forward",
                duration_clock(length, event->ms < 0 ? -event->ms : event->ms));
}

static void
say_interruption(const struct minutes *minutes, const struct event *event, const char *reason)
{
    if (event->kind == EVENT_GAP_NOTICED)
        say_gap(minutes, event, "the computer slept, or the program was stopped");
    else if (event->kind == EVENT_CLOCK_JUMPED)
        say_jump(minutes, event);
    else
        say_resumed(minutes, event, reason);
}

void
minutes_interruptions(const struct minutes *minutes)
{
    const char *reason = NULL;
    bool has_heading = false;

    for (int i = 0; i < minutes->session->log_count; i++) {
        const struct event *event = summary_fact(minutes->session, i);

        if (event == NULL)
            continue;
        if (event->kind == EVENT_SESSION_LEFT)
            reason = event->reason;
        if (event->kind != EVENT_SESSION_RESUMED && event->kind != EVENT_GAP_NOTICED &&
            event->kind != EVENT_CLOCK_JUMPED)
            continue;
        if (!has_heading) {
            minutes_say(minutes, "%s", "");
            minutes_say(minutes, "Interruptions");
            has_heading = true;
        }
        say_interruption(minutes, event, reason);
        if (event->kind == EVENT_SESSION_RESUMED)
            reason = NULL;
    }
}
