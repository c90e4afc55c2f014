/* Wishes about turns and time: is it allowed, and which facts follow? */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/duration.h"
#include "session/session_inside.h"
#include "session/text.h"

struct event *
decide_add(struct deciding *deciding, enum event_kind kind)
{
    struct decision *decision = deciding->decision;
    struct event *event = &decision->events[decision->count];

    *event = (struct event){.kind = kind,
                            .by = deciding->command->by,
                            .seq = deciding->session->seq + 1 + decision->count,
                            .at = deciding->now};
    decision->count++;
    return event;
}

void
decide_refuse(struct deciding *deciding, const char *format, ...)
{
    va_list arguments;

    deciding->decision->refused = true;
    va_start(arguments, format);
    vsnprintf(deciding->decision->why, sizeof deciding->decision->why, format, arguments);
    va_end(arguments);
}

void
decide_end_turn(struct deciding *deciding, enum end_reason end, bool counted)
{
    struct event *event = decide_add(deciding, EVENT_TURN_ENDED);

    event->turn = deciding->session->turn.number;
    event->person = deciding->session->turn.driver;
    event->end = end;
    event->counted = counted;
}

bool
decide_half_used(const struct deciding *deciding)
{
    const struct session *session = deciding->session;

    return session_used_ms(session, deciding->now) * 2 >= session->turn.length_ms;
}

static bool
in_turn(const struct session *session)
{
    return session->phase == PHASE_TURN ||
           (session->phase == PHASE_PAUSED && session->turn.driver != 0);
}

static bool
between_turns(const struct session *session)
{
    return session->phase == PHASE_HANDOVER || session->phase == PHASE_OFFER ||
           session->phase == PHASE_BREAK;
}

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
    int others = roster_rotators(&session->roster) - (in_turn(session) ? 1 : 0);

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
    bool reopen = between_turns(session) && last != NULL;
    int used = reopen ? last->turn.extensions : session->turn.extensions;
    int64_t left = reopen ? 0 : session_left_ms(session, deciding->now);

    if (!reopen && !in_turn(session))
        decide_refuse(deciding, "No turn is running.");
    else if (ms <= 0)
        decide_refuse(deciding, "Extensions are switched off in session.ini ([turn] extend = 0s).");
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

    if (!in_turn(deciding->session) || ms == 0)
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
        if (in_turn(session))
            decide_end_turn(deciding, END_DEBRIEF, decide_half_used(deciding));
        decide_add(deciding, EVENT_DEBRIEF_STARTED);
    }
}

void
decide_forgive_gap(struct deciding *deciding)
{
    const struct session *session = deciding->session;
    const struct turn_record *last = session_last_turn(session);
    bool ended = between_turns(session) && last != NULL && last->end == END_TIME &&
                 last->ended.elapsed_ms >= session->gap.from_ms;

    if (session->gap.ms == 0 || !session->gap.was_turn || !(session->phase == PHASE_TURN || ended))
        decide_refuse(deciding, "No time was lost in this turn.");
    else if (!ended || !driver_is_gone(deciding))
        decide_add(deciding, EVENT_GAP_FORGIVEN);
}

/* ---- from the program itself ---- */

static void
decide_leave(struct deciding *deciding)
{
    struct event *event = decide_add(deciding, EVENT_SESSION_LEFT);

    event->reason = strdup(deciding->command->text == NULL ? "quit" : deciding->command->text);
}

static void
decide_gap(struct deciding *deciding)
{
    decide_add(deciding, EVENT_GAP_NOTICED)->ms = deciding->command->ms;
}

static void
decide_jump(struct deciding *deciding)
{
    decide_add(deciding, EVENT_CLOCK_JUMPED)->ms = deciding->command->ms;
}

static const decide_handler handlers[COMMAND_COUNT] = {
    [COMMAND_START] = decide_start,
    [COMMAND_NEXT] = decide_next,
    [COMMAND_PASS] = decide_pass,
    [COMMAND_HOLD] = decide_hold,
    [COMMAND_PAUSE] = decide_pause,
    [COMMAND_RESUME] = decide_resume,
    [COMMAND_EXTEND] = decide_extend,
    [COMMAND_ADJUST] = decide_adjust,
    [COMMAND_TURN_LENGTH] = decide_turn_length,
    [COMMAND_CHOOSE_DRIVER] = decide_choose_driver,
    [COMMAND_CHOOSE_NEXT] = decide_choose_next,
    [COMMAND_JOIN] = decide_join,
    [COMMAND_AWAY] = decide_away,
    [COMMAND_BACK] = decide_back,
    [COMMAND_OBSERVE] = decide_observe,
    [COMMAND_ROTATE] = decide_rotate,
    [COMMAND_RENAME] = decide_rename,
    [COMMAND_MOVE] = decide_move,
    [COMMAND_ORDER] = decide_order,
    [COMMAND_STOP_AT] = decide_stop_at,
    [COMMAND_DEBRIEF] = decide_debrief,
    [COMMAND_QUESTION] = decide_question,
    [COMMAND_NOTE] = decide_note,
    [COMMAND_NOTE_EDIT] = decide_note_edit,
    [COMMAND_NOTE_DELETE] = decide_note_delete,
    [COMMAND_DRAFT] = decide_draft,
    [COMMAND_ROLES] = decide_roles,
    [COMMAND_TAKE_ROLE] = decide_take_role,
    [COMMAND_VACATE_ROLE] = decide_vacate_role,
    [COMMAND_CLOSE] = decide_close,
    [COMMAND_UNDO] = decide_undo,
    [COMMAND_LIGHT] = decide_light,
    [COMMAND_STEP] = decide_step,
    [COMMAND_DATE] = decide_date,
    [COMMAND_ACTION_DONE] = decide_action_done,
    [COMMAND_SETTINGS] = decide_settings,
    [COMMAND_HOOK_STARTED] = decide_hook_started,
    [COMMAND_HOOK_ENDED] = decide_hook_ended,
    [COMMAND_DRAINED] = decide_drained,
    [COMMAND_FORGIVE_GAP] = decide_forgive_gap,
    [COMMAND_LEAVE] = decide_leave,
    [COMMAND_GAP] = decide_gap,
    [COMMAND_JUMP] = decide_jump,
};

void
session_decide(const struct session *session, const struct command *command, struct moment now,
               struct decision *decision)
{
    struct deciding deciding = {session, command, now, decision};

    *decision = (struct decision){0};
    if (deciding.now.elapsed_ms < session->last.elapsed_ms)
        deciding.now = moment_at(now, session->last.elapsed_ms);
    if (command->kind <= COMMAND_NONE || command->kind >= COMMAND_COUNT)
        decide_refuse(&deciding, "No such command.");
    else
        handlers[command->kind](&deciding);
}

void
decision_free(struct decision *decision)
{
    for (int i = 0; i < DECISION_EVENTS; i++)
        event_clear(&decision->events[i]);
    decision->count = 0;
}

/* A wish of this kind with arguments that are as good as any, to ask whether the moment is right. */
static struct command
probe(const struct session *session, enum command_kind kind, struct moment now)
{
    struct command command = {.kind = kind, .by = BY_KEY, .number = 1, .text = "?"};

    if (session->roster.count > 0)
        command.person = session->roster.people[0].id;
    if (kind == COMMAND_ADJUST)
        command.ms = 1;
    else if (kind == COMMAND_TURN_LENGTH)
        command.ms = session->settings.length_ms;
    else if (kind == COMMAND_STOP_AT)
        command.ms = now.wall_ms + 1;
    return command;
}

bool
session_allows(const struct session *session, enum command_kind kind, struct moment now)
{
    struct command command = probe(session, kind, now);
    struct decision decision;
    bool allowed;

    session_decide(session, &command, now, &decision);
    allowed = !decision.refused || decision.confirm;
    decision_free(&decision);
    return allowed;
}
