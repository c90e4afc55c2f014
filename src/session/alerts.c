#include "session/alerts.h"

enum {
    MINUTE_MS = 60000,
    DEBRIEF_SOON_TURNS = 2,
    STOP_AGAIN_MS = 15 * MINUTE_MS, /* once more after the stop */
    CANDIDATES = SETTINGS_WARNINGS + 6
};

/* What could be next, ordered by time. */
struct candidates {
    int64_t after_ms;
    int count;
    struct candidate {
        int64_t at_ms;
        enum alert alert;
    } item[CANDIDATES];
};

static void
add(struct candidates *candidates, int64_t at_ms, enum alert alert)
{
    int place = candidates->count++;

    for (; place > 0 && candidates->item[place - 1].at_ms > at_ms; place--)
        candidates->item[place] = candidates->item[place - 1];
    candidates->item[place] = (struct candidate){at_ms, alert};
}

/* At `from_ms` and then every alerts.repeat: the first one not past; 0 never repeats. */
static void
add_repeated(struct candidates *candidates, const struct session *session, int64_t from_ms,
             enum alert alert)
{
    int64_t repeat_ms = session->settings.repeat_ms;
    int64_t at_ms = from_ms;

    if (at_ms <= candidates->after_ms && repeat_ms > 0)
        at_ms += ((candidates->after_ms - at_ms) / repeat_ms + 1) * repeat_ms;
    add(candidates, at_ms, alert);
}

/* R6 */
static void
add_warnings(struct candidates *candidates, const struct session *session)
{
    const struct turn *turn = &session->turn;

    for (int i = 0; i < SETTINGS_WARNINGS && session->settings.warn_ms[i] > 0; i++) {
        int64_t at_ms = turn->deadline_ms - session->settings.warn_ms[i];

        if (at_ms > turn->started_ms)
            add(candidates, at_ms, i == 0 ? ALERT_HEADS_UP : ALERT_WARNING);
    }
}

static bool
waits_for_a_key(const struct session *session)
{
    return session->held || session->gap.open || !session->settings.autostart;
}

/* Nobody restarts the clock after switching: nudge as long as it waits. */
static void
add_nudges(struct candidates *candidates, const struct session *session)
{
    int64_t repeat_ms = session->settings.repeat_ms;

    if (repeat_ms == 0)
        return;
    if (session->phase == PHASE_OFFER && session->gap.open)
        add_repeated(candidates, session, session->offer_until_ms + repeat_ms, ALERT_NUDGE);
    if (session->phase == PHASE_HANDOVER && waits_for_a_key(session))
        add_repeated(candidates, session,
                     session->phase_ms + session->settings.handover_ms + repeat_ms, ALERT_NUDGE);
}

/* R8, D25: a nudge, not a resume. */
static void
add_pause_over(struct candidates *candidates, const struct session *session)
{
    if (session->turn.driver != 0)
        add_repeated(candidates, session, session->pause_ms + session->settings.pause_ms,
                     ALERT_PAUSE_OVER);
}

static void
add_debrief_soon(struct candidates *candidates, const struct session *session, struct moment now)
{
    int64_t slot_ms = session->settings.length_ms + session->settings.handover_ms;
    int64_t at_ms =
        moment_elapsed_at(now, session_debrief_wall(session)) - DEBRIEF_SOON_TURNS * slot_ms;

    if (at_ms > session->started.elapsed_ms)
        add(candidates, at_ms, ALERT_DEBRIEF_SOON);
}

static void
add_stop(struct candidates *candidates, const struct session *session, struct moment now)
{
    int64_t at_ms = moment_elapsed_at(now, session->stop_ms);

    add(candidates, at_ms, ALERT_STOP);
    add(candidates, at_ms + STOP_AGAIN_MS, ALERT_STOP);
}

static void
add_of_phase(struct candidates *candidates, const struct session *session)
{
    switch (session->phase) {
    case PHASE_INTRO:
        add(candidates, session->phase_ms + session->settings.intro_ms, ALERT_INTRO_OVER);
        break;
    case PHASE_TURN:
        add_warnings(candidates, session);
        break;
    case PHASE_PAUSED:
        add_pause_over(candidates, session);
        break;
    case PHASE_HANDOVER:
    case PHASE_OFFER:
        add_nudges(candidates, session);
        break;
    default:
        break;
    }
}

int64_t
alerts_next(const struct session *session, struct moment now, int64_t after_ms, enum alert *alert)
{
    struct candidates candidates = {.after_ms = after_ms};
    int64_t last_ms = INT64_MIN;

    *alert = ALERT_NONE;
    if (session->phase == PHASE_WAITING || session_is_over(session))
        return INT64_MAX;
    add_of_phase(&candidates, session);
    if (session->stop_ms != 0) {
        if (session_is_coding(session))
            add_debrief_soon(&candidates, session, now);
        add_stop(&candidates, session, now);
    }
    for (int i = 0; i < candidates.count; i++) {
        /* Two at once: a millisecond apart, or the caller would never see the second. */
        int64_t at_ms = candidates.item[i].at_ms;

        if (at_ms <= last_ms)
            at_ms = last_ms + 1;
        last_ms = at_ms;
        if (at_ms <= after_ms)
            continue;
        *alert = candidates.item[i].alert;
        return at_ms;
    }
    return INT64_MAX;
}

enum alert
alerts_of(const struct session *session, const struct event *event)
{
    (void)session;
    if (event->kind == EVENT_TURN_ENDED && event->end == END_TIME)
        return ALERT_TIME_UP;
    if (event->kind == EVENT_BREAK_STARTED)
        return ALERT_BREAK;
    if (event->kind == EVENT_BREAK_ENDED && event->by == BY_CLOCK)
        return ALERT_BREAK_OVER;
    if (event->kind == EVENT_DEBRIEF_STARTED && event->by == BY_CLOCK)
        return ALERT_DEBRIEF;
    return ALERT_NONE;
}
