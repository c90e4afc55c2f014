/* What time alone causes, and when to look again. */

#include "session/session_inside.h"

static int64_t
later(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

static int64_t
earlier(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

/* A fact that became true at `elapsed_ms`; it is told no earlier than the fact before it. */
static struct event *
fact(const struct session *session, struct moment now, int64_t elapsed_ms, struct event *event,
     enum event_kind kind)
{
    *event = (struct event){.kind = kind,
                            .by = BY_CLOCK,
                            .seq = session->seq + 1,
                            .at = moment_at(now, later(elapsed_ms, session->last.elapsed_ms))};
    return event;
}

/* A stop that somebody moved into the past ends the turn when it was moved. It is found later
 * only after a time that nobody watched. */
static int64_t
noticed(const struct session *session, int64_t elapsed_ms)
{
    return later(elapsed_ms,
                 session->gap.ms > 0 ? session->turn.started_ms : session->last.elapsed_ms);
}

static void
end_turn(const struct session *session, struct moment now, int64_t elapsed_ms, bool by_stop,
         struct event *event)
{
    struct moment ended;

    if (by_stop)
        elapsed_ms = noticed(session, elapsed_ms);
    ended = moment_at(now, elapsed_ms);
    fact(session, now, elapsed_ms, event, EVENT_TURN_ENDED);
    event->turn = session->turn.number;
    event->person = session->turn.driver;
    event->late_ms = event->at.elapsed_ms - elapsed_ms;
    event->end = by_stop ? END_STOP : END_TIME;
    event->counted = !by_stop || session_used_ms(session, ended) * 2 >= session->turn.length_ms;
}

/* A crash between two facts of one act can leave a turn without its driver: it is ended as that act
 * would have ended it. */
static bool
due_left(const struct session *session, struct moment now, struct event *event)
{
    const struct person *driver = roster_find(&session->roster, session->turn.driver);

    if (driver == NULL || roster_rotates(driver))
        return false;
    fact(session, now, session->last.elapsed_ms, event, EVENT_TURN_ENDED);
    event->turn = session->turn.number;
    event->person = session->turn.driver;
    event->end = END_LEFT;
    event->counted = session_used_ms(session, session->last) * 2 >= session->turn.length_ms;
    return true;
}

static bool
due_turn(const struct session *session, struct moment now, struct event *event)
{
    int64_t coding_end = session_coding_end(session, now);
    int64_t end = earlier(session->turn.deadline_ms, coding_end);

    if (now.elapsed_ms < end)
        return false;
    end_turn(session, now, end, coding_end < session->turn.deadline_ms, event);
    return true;
}

/* R8: a pause never moves the debrief. */
static bool
due_paused(const struct session *session, struct moment now, struct event *event)
{
    int64_t coding_end = session_coding_end(session, now);

    if (now.elapsed_ms < coding_end)
        return false;
    if (session->turn.driver == 0)
        fact(session, now, coding_end, event, EVENT_DEBRIEF_STARTED);
    else
        end_turn(session, now, coding_end, true, event);
    return true;
}

static bool
starts_by_itself(const struct session *session)
{
    return session->settings.autostart && !session->held;
}

/* When the turn after this handover starts, or would start if somebody pressed the key now. */
static struct moment
next_start(const struct session *session, struct moment now)
{
    int64_t start = session->phase_ms + session->settings.handover_ms;

    if (!starts_by_itself(session))
        start = later(start, now.elapsed_ms);
    return moment_at(now, later(start, session->last.elapsed_ms));
}

/* D25: until stop minus length, or for one handover if that is past; never so long
 * that the turn could not be had any more. */
static int64_t
offer_until(const struct session *session, struct moment now, struct moment start)
{
    const struct settings *settings = &session->settings;
    int64_t debrief = moment_elapsed_at(now, session->stop_ms - settings->debrief_ms);
    int64_t latest =
        moment_elapsed_at(now, session->stop_ms - settings->minimum_ms - settings->length_ms);

    return later(start.elapsed_ms, earlier(debrief, latest));
}

static void
start_turn(const struct session *session, struct moment now, struct moment start,
           struct event *event)
{
    const struct turn_record *last = session_last_turn(session);

    fact(session, now, start.elapsed_ms, event, EVENT_TURN_STARTED);
    event->turn = last == NULL ? 1 : last->turn.number + 1;
    event->person = session_next_driver(session);
    event->ms = session->settings.length_ms;
}

bool
session_break_follows(const struct session *session, struct moment now)
{
    bool running = session->phase == PHASE_TURN || session->phase == PHASE_PAUSED;
    int over = session->turns_count + (running ? 1 : 0);
    int64_t ended = running ? now.elapsed_ms + session_left_ms(session, now) : session->phase_ms;
    int64_t start = ended + session->settings.break_ms + session->settings.handover_ms;

    return session->settings.break_every > 0 && session->break_turn < over &&
           over - session->break_turn >= session->settings.break_every &&
           session_turn_fits(session, moment_at(now, start), false);
}

/* R7: when the end was moved, or the clock was set, the debrief may come before what was planned. */
static int64_t
no_later_than_coding(const struct session *session, struct moment now, int64_t planned_ms)
{
    return earlier(planned_ms, session_coding_end(session, now));
}

static bool
due_break(const struct session *session, struct moment now, struct event *event)
{
    int64_t end = no_later_than_coding(session, now, session->break_until_ms);

    if (now.elapsed_ms < end)
        return false;
    fact(session, now, end, event, EVENT_BREAK_ENDED);
    return true;
}

static bool
due_offer(const struct session *session, struct moment now, struct event *event)
{
    int64_t end = no_later_than_coding(session, now, session->offer_until_ms);

    if (now.elapsed_ms <= end) /* the last moment is still good */
        return false;
    fact(session, now, end, event, EVENT_DEBRIEF_STARTED);
    return true;
}

static bool
due_handover(const struct session *session, struct moment now, struct event *event)
{
    struct moment start = next_start(session, now);

    if (session_break_follows(session, now)) {
        fact(session, now, session->phase_ms, event, EVENT_BREAK_STARTED);
        event->ms = session->settings.break_ms;
    } else if (session_turn_fits(session, start, false)) {
        if (!starts_by_itself(session) || now.elapsed_ms < start.elapsed_ms)
            return false;
        start_turn(session, now, start, event);
    } else if (!session->extra_used && session_turn_fits(session, start, true)) {
        fact(session, now, session->phase_ms, event, EVENT_EXTRA_OFFERED);
        event->ms = offer_until(session, now, start);
    } else {
        fact(session, now, session->phase_ms, event, EVENT_DEBRIEF_STARTED);
    }
    return true;
}

bool
session_due(const struct session *session, struct moment now, struct event *event)
{
    switch (session->phase) {
    case PHASE_TURN:
        return due_left(session, now, event) || due_turn(session, now, event);
    case PHASE_PAUSED:
        return due_left(session, now, event) || due_paused(session, now, event);
    case PHASE_HANDOVER:
        return due_handover(session, now, event);
    case PHASE_BREAK:
        return due_break(session, now, event);
    case PHASE_OFFER:
        return due_offer(session, now, event);
    case PHASE_INTRO:
        if (now.elapsed_ms < session_coding_end(session, now))
            return false;
        fact(session, now, session_coding_end(session, now), event, EVENT_DEBRIEF_STARTED);
        return true;
    case PHASE_WAITING:
    case PHASE_DEBRIEF:
    case PHASE_ROLES:
    case PHASE_CLOSED:
    case PHASES:
        break;
    }
    return false;
}

/* ---- when to look again ---- */

/* A handover that waits for a key: when a turn fits no more as planned, then as the extra one. */
static int64_t
waiting_deadline(const struct session *session, struct moment now)
{
    const struct settings *settings = &session->settings;
    int64_t planned =
        moment_elapsed_at(now, session->stop_ms - settings->debrief_ms - settings->length_ms) + 1;
    int64_t extra =
        moment_elapsed_at(now, session->stop_ms - settings->minimum_ms - settings->length_ms) + 1;

    if (session->stop_ms == 0)
        return INT64_MAX;
    if (planned > now.elapsed_ms)
        return planned;
    return extra > now.elapsed_ms ? extra : now.elapsed_ms;
}

int64_t
session_next_deadline(const struct session *session, struct moment now)
{
    switch (session->phase) {
    case PHASE_TURN:
        return earlier(session->turn.deadline_ms, session_coding_end(session, now));
    case PHASE_PAUSED:
    case PHASE_INTRO:
        return session_coding_end(session, now);
    case PHASE_HANDOVER:
        if (starts_by_itself(session))
            return session->phase_ms + session->settings.handover_ms;
        return waiting_deadline(session, now);
    case PHASE_BREAK:
        return no_later_than_coding(session, now, session->break_until_ms);
    case PHASE_OFFER:
        return no_later_than_coding(session, now, session->offer_until_ms) + 1;
    case PHASE_WAITING:
    case PHASE_DEBRIEF:
    case PHASE_ROLES:
    case PHASE_CLOSED:
    case PHASES:
        break;
    }
    return INT64_MAX;
}

/* ms until the shown value changes when it is shown in steps of `unit`: counting down it is
 * rounded up, past zero it is rounded down and counts up. */
static int64_t
until_step(int64_t left_ms, int64_t unit)
{
    if (left_ms > 0)
        return (left_ms - 1) % unit + 1;
    return unit - (-left_ms) % unit;
}

/* In which steps the running countdown is shown; 0: nothing counts. */
static int64_t
shown_unit(const struct session *session, int64_t left_ms)
{
    switch (session->phase) {
    case PHASE_TURN:
        if (session->settings.seconds == SECONDS_LAST_MINUTE && left_ms > 60000)
            return 60000;
        return 1000;
    case PHASE_WAITING:
        return session->start_ms == 0 ? 0 : 1000;
    case PHASE_INTRO:
    case PHASE_HANDOVER:
    case PHASE_OFFER:
    case PHASE_BREAK:
    case PHASE_DEBRIEF:
        return 1000;
    case PHASE_PAUSED:
    case PHASE_ROLES:
    case PHASE_CLOSED:
    case PHASES:
        break;
    }
    return 0;
}

int64_t
session_next_change(const struct session *session, struct moment now)
{
    int64_t left = session_left_ms(session, now);
    int64_t unit = shown_unit(session, left);
    int64_t change = session_next_deadline(session, now);

    change = earlier(change, now.elapsed_ms + 60000 - now.wall_ms % 60000);
    if (unit > 0)
        change = earlier(change, now.elapsed_ms + until_step(left, unit));
    return change;
}
