/* Wishes about turns and time (R2, R3, R5, R8, R12). */

#include "session/decide.h"
#include "session/duration.h"

static void
refuse_late(struct deciding *deciding)
{
    char at[DURATION_SIZE];
    const struct session *session = deciding->session;
    int64_t latest = session_stop_from(session, deciding->now) - session->settings.minimum_ms;

    decide_refuse(deciding,
                  "That would run into the debrief: the last turn ends by %s. e moves the end.",
                  clock_text(at, latest, deciding->now.utc_offset_s));
}

/* The next turn starts now, as a planned one or as the one extra turn (R3). */
static void
start_turn(struct deciding *deciding)
{
    const struct session *session = deciding->session;
    const struct turn_record *last = session_last_turn(session);
    bool planned =
        session->phase != PHASE_OFFER && session_turn_fits(session, deciding->now, false);
    int person = session_next_driver(session);
    struct event *event;

    if (person == 0) {
        decide_refuse(deciding, "Nobody is here to drive: a adds a person, v brings one back.");
    } else if (!planned && session->extra_used) {
        decide_refuse(deciding, "The extra turn has been used; d starts the debrief.");
    } else if (!planned && !session_turn_fits(session, deciding->now, true)) {
        refuse_late(deciding);
    } else {
        event = decide_add(deciding, EVENT_TURN_STARTED);
        event->turn = last == NULL ? 1 : last->turn.number + 1;
        event->person = person;
        event->ms = session->settings.length_ms;
        event->extra = !planned;
    }
}

void
decide_start(struct deciding *deciding)
{
    const struct session *session = deciding->session;
    struct decision *decision = deciding->decision;

    if (session->phase != PHASE_WAITING) {
        decide_refuse(deciding, "The session has started already.");
        return;
    }
    decide_add(deciding, EVENT_SESSION_STARTED)->stop_ms =
        session_stop_from(session, deciding->now);
    if (session->settings.intro_ms > 0 && session_next_driver(session) != 0)
        decide_add(deciding, EVENT_INTRO_STARTED)->ms = session->settings.intro_ms;
    else
        start_turn(deciding);
    if (decision->refused)
        decision->count = 0;
}

static void
next_in_debrief(struct deciding *deciding)
{
    const struct session *session = deciding->session;

    if (session->question < session->settings.questions.count)
        decide_add(deciding, EVENT_QUESTION_OPENED)->number = session->question + 1;
    else
        decide_roles(deciding);
}

void
decide_next(struct deciding *deciding)
{
    switch (deciding->session->phase) {
    case PHASE_WAITING:
        decide_start(deciding);
        break;
    case PHASE_TURN:
        decide_end_turn(deciding, END_NEXT, true);
        break;
    case PHASE_PAUSED:
        if (deciding->session->turn.driver != 0)
            decide_end_turn(deciding, END_NEXT, true);
        else
            start_turn(deciding);
        break;
    case PHASE_INTRO:
    case PHASE_HANDOVER:
    case PHASE_OFFER:
    case PHASE_BREAK:
        start_turn(deciding);
        break;
    case PHASE_DEBRIEF:
        next_in_debrief(deciding);
        break;
    case PHASE_ROLES:
    case PHASE_CLOSED:
    case PHASES:
        decide_refuse(deciding, "The turns are over.");
        break;
    }
}

void
decide_pass(struct deciding *deciding)
{
    const struct session *session = deciding->session;
    int person = session_next_driver(session);
    int others = roster_rotators(&session->roster) - (session_in_turn(session) ? 1 : 0);

    if (session->phase >= PHASE_DEBRIEF)
        decide_refuse(deciding, "The turns are over.");
    else if (person == 0 || others < 2)
        decide_refuse(deciding, "Nobody else could take the turn.");
    else
        decide_add(deciding, EVENT_PERSON_PASSED)->person = person;
}

void
decide_hold(struct deciding *deciding)
{
    const struct session *session = deciding->session;

    if (session->phase != PHASE_HANDOVER)
        decide_refuse(deciding, "There is no handover to hold.");
    else if (session->held)
        decide_refuse(deciding, "The handover waits already; Space starts the turn.");
    else
        decide_add(deciding, EVENT_HANDOVER_HELD);
}

void
decide_pause(struct deciding *deciding)
{
    const struct session *session = deciding->session;

    if (session->phase == PHASE_PAUSED)
        decide_refuse(deciding, "It is paused already.");
    else if (session->phase == PHASE_HANDOVER)
        decide_hold(deciding);
    else if (session->phase != PHASE_TURN)
        decide_refuse(deciding, "No turn is running.");
    else if (session->settings.pause_ms == 0)
        decide_refuse(deciding, "Pauses are switched off in session.ini ([pause] length = 0s).");
    else
        decide_add(deciding, EVENT_PAUSED);
}

void
decide_resume(struct deciding *deciding)
{
    const struct session *session = deciding->session;

    if (session->phase == PHASE_PAUSED && session->turn.driver != 0)
        decide_add(deciding, EVENT_RESUMED);
    else if (session->phase == PHASE_PAUSED || session->phase == PHASE_HANDOVER ||
             session->phase == PHASE_BREAK)
        start_turn(deciding);
    else
        decide_refuse(deciding, "Nothing is paused.");
}

/* Would the running turn, with `left_ms` from now on, still leave the shortest debrief? */
static bool
ends_in_time(const struct deciding *deciding, int64_t left_ms)
{
    return deciding->now.elapsed_ms + left_ms <=
           session_coding_end(deciding->session, deciding->now);
}

/* The turn that just ended can go on only with its driver. */
static bool
driver_is_gone(struct deciding *deciding)
{
    const struct turn_record *last = session_last_turn(deciding->session);
    const struct person *driver = roster_find(&deciding->session->roster, last->turn.driver);

    if (driver != NULL && roster_rotates(driver))
        return false;
    decide_refuse(deciding, "%.80s is not here to go on.",
                  session_name(deciding->session, last->turn.driver));
    return true;
}

static void
reopen_turn(struct deciding *deciding, int64_t ms)
{
    const struct turn_record *last = session_last_turn(deciding->session);
    struct event *event;

    if (driver_is_gone(deciding))
        return;
    if (last->end != END_TIME) {
        decide_refuse(deciding,
                      "Only a turn that ran out can get more time; u takes an early end back.");
        return;
    }
    event = decide_add(deciding, EVENT_TURN_REOPENED);
    event->turn = last->turn.number;
    event->person = last->turn.driver;
    event->ms = ms;
}

void
decide_extend(struct deciding *deciding)
{
    const struct session *session = deciding->session;
    const struct turn_record *last = session_last_turn(session);
    int64_t ms = deciding->command->ms > 0 ? deciding->command->ms : session->settings.extend_ms;
    bool reopen = session_between_turns(session) && last != NULL;
    int used = reopen ? last->turn.extensions : session->turn.extensions;
    int64_t left = reopen ? 0 : session_left_ms(session, deciding->now);

    if (!reopen && !session_in_turn(session))
        decide_refuse(deciding, "No turn is running.");
    else if (used >= session->settings.extensions)
        decide_refuse(deciding, "This turn has had its %d extension%s.", used,
                      used == 1 ? "" : "s");
    else if (!ends_in_time(deciding, left + ms))
        refuse_late(deciding);
    else if (reopen)
        reopen_turn(deciding, ms);
    else
        decide_add(deciding, EVENT_TURN_EXTENDED)->ms = ms;
}

void
decide_adjust(struct deciding *deciding)
{
    int64_t ms = deciding->command->ms;

    if (!session_in_turn(deciding->session) || ms == 0)
        decide_refuse(deciding, "No turn is running.");
    else if (session_left_ms(deciding->session, deciding->now) + ms <= 0)
        decide_refuse(deciding, "So much is not left of this turn; n ends it.");
    else if (ms > 0 &&
             !ends_in_time(deciding, session_left_ms(deciding->session, deciding->now) + ms))
        refuse_late(deciding);
    else
        decide_add(deciding, EVENT_TURN_ADJUSTED)->ms = ms;
}

void
decide_turn_length(struct deciding *deciding)
{
    const struct setting *row = settings_find("turn", "length");
    char least[DURATION_SIZE], most[DURATION_SIZE];
    int64_t ms = deciding->command->ms;

    if (deciding->session->phase >= PHASE_DEBRIEF)
        decide_refuse(deciding, "The turns are over.");
    else if (ms < row->least || ms > row->most)
        decide_refuse(deciding, "A turn may last %s to %s.", duration_text(least, row->least),
                      duration_text(most, row->most));
    else
        decide_add(deciding, EVENT_LENGTH_CHANGED)->ms = ms;
}

void
decide_stop_at(struct deciding *deciding)
{
    int64_t stop = deciding->command->ms;

    if (session_is_over(deciding->session))
        decide_refuse(deciding, "The session is closed.");
    else if (stop <= deciding->now.wall_ms)
        decide_refuse(deciding, "That time is past.");
    else
        decide_add(deciding, EVENT_STOP_MOVED)->stop_ms = stop;
}

void
decide_debrief(struct deciding *deciding)
{
    const struct session *session = deciding->session;

    if (session->phase == PHASE_WAITING)
        decide_refuse(deciding, "The session has not started.");
    else if (session->phase == PHASE_ROLES)
        decide_add(deciding, EVENT_QUESTION_OPENED)->number = session->settings.questions.count;
    else if (session->phase >= PHASE_DEBRIEF)
        decide_refuse(deciding, "The debrief has started already.");
    else {
        if (session_in_turn(session))
            decide_end_turn(deciding, END_DEBRIEF, decide_half_used(deciding));
        decide_add(deciding, EVENT_DEBRIEF_STARTED);
    }
}

void
decide_forgive_gap(struct deciding *deciding)
{
    const struct session *session = deciding->session;
    const struct turn_record *last = session_last_turn(session);
    bool ended = session_between_turns(session) && last != NULL && last->end == END_TIME &&
                 last->ended.elapsed_ms >= session->gap.from_ms;

    if (session->gap.ms == 0 || !session->gap.was_turn || !(session->phase == PHASE_TURN || ended))
        decide_refuse(deciding, "No time was lost in this turn.");
    else if (!ended || !driver_is_gone(deciding))
        decide_add(deciding, EVENT_GAP_FORGIVEN);
}
