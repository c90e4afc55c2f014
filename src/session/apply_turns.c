/* Facts about turns: who drives, from when to when. */

#include <stdlib.h>

#include "session/apply.h"

void
apply_turn_started(struct session *session, const struct event *event)
{
    int64_t now = event->at.elapsed_ms;

    session->turn = (struct turn){.number = event->turn,
                                  .driver = event->person,
                                  .started_ms = now,
                                  .deadline_ms = now + event->ms,
                                  .length_ms = event->ms,
                                  .extra = event->extra};
    session->extra_used |= event->extra;
    session->next_locked = 0;
    if (session->next_chosen == event->person)
        session->next_chosen = 0;
    session->held = false;
    session->gap = (struct gap){0};
    session->paused_ms = 0;
    for (int i = 0; i < session->roster.count; i++) {
        if (session->roster.people[i].id != event->person)
            session->roster.people[i].passed = false;
    }
    session_enter(session, PHASE_TURN, now);
}

static void
count_turn(struct session *session, const struct turn_record *record, int by)
{
    struct person *person = roster_find(&session->roster, record->turn.driver);

    if (record->counted && person != NULL && person->turns + by >= 0)
        person->turns += by;
}

static void
push_turn(struct session *session, const struct turn_record *record)
{
    if (session->turns_count == session->turns_room) {
        int room = session->turns_room * 2 + 16;
        struct turn_record *turns = realloc(session->turns, (size_t)room * sizeof *turns);

        if (turns == NULL)
            return;
        session->turns = turns;
        session->turns_room = room;
    }
    session->turns[session->turns_count++] = *record;
}

/* Nobody who is alone is settled as the next: whoever joins then is (R9). */
void
session_settle_next(struct session *session)
{
    int next = session_next_driver(session);

    session->next_locked = next == session->turn.driver ? 0 : next;
}

void
apply_turn_ended(struct session *session, const struct event *event)
{
    int64_t ended = event->at.elapsed_ms - event->late_ms;
    struct turn_record record = {.turn = session->turn,
                                 .began = moment_at(event->at, session->turn.started_ms),
                                 .ended = moment_at(event->at, ended),
                                 .end = event->end,
                                 .counted = event->counted,
                                 .paused_ms = session->paused_ms};

    if (!session_in_turn(session))
        return;
    if (session->phase == PHASE_PAUSED)
        record.paused_ms += event->at.elapsed_ms - session->pause_ms;
    push_turn(session, &record);
    session_settle_next(session);
    count_turn(session, &record, 1);
    session->held = session->gap.open;
    session_enter(session, PHASE_HANDOVER, ended);
    session_pause_when_empty(session, event->at.elapsed_ms);
}

void
session_forget_next(struct session *session, int person)
{
    if (session->next_chosen == person)
        session->next_chosen = 0;
    if (session->next_locked == person)
        session->next_locked = 0;
}

/* The last turn runs again, with `left_ms` to go from now on. */
static void
take_turn_back(struct session *session, int64_t now, int64_t left_ms)
{
    const struct turn_record *record = &session->turns[session->turns_count - 1];

    count_turn(session, record, -1);
    session->turn = record->turn;
    session->turn.deadline_ms = now + left_ms;
    session_forget_next(session, session->turn.driver);
    session->paused_ms = record->paused_ms;
    session->turns_count--;
    if (session->phase == PHASE_BREAK)
        session->break_turn = session->break_before;
    session->held = false;
    session->gap.open = false;
    session_enter(session, PHASE_TURN, session->turn.started_ms);
}

void
apply_turn_reopened(struct session *session, const struct event *event)
{
    if (!session_between_turns(session) || session->turns_count == 0)
        return;
    take_turn_back(session, event->at.elapsed_ms, event->ms);
    session->turn.extensions++;
}

void
apply_turn_adjusted(struct session *session, const struct event *event)
{
    if (session->phase == PHASE_TURN)
        session->turn.deadline_ms += event->ms;
    else if (session->phase == PHASE_PAUSED)
        session->turn.left_ms += event->ms;
}

void
apply_turn_extended(struct session *session, const struct event *event)
{
    apply_turn_adjusted(session, event);
    session->turn.extensions++;
}

void
apply_length_changed(struct session *session, const struct event *event)
{
    if (event->ms > 0)
        session->settings.length_ms = event->ms;
}

void
apply_driver_changed(struct session *session, const struct event *event)
{
    if (!session_in_turn(session) || roster_find(&session->roster, event->person) == NULL)
        return;
    session->turn.driver = event->person;
    session_forget_next(session, event->person);
}

void
apply_next_chosen(struct session *session, const struct event *event)
{
    session->next_chosen = event->person;
    session->next_locked = 0;
}

void
apply_passed(struct session *session, const struct event *event)
{
    struct person *person = roster_find(&session->roster, event->person);

    if (person == NULL)
        return;
    person->passed = true;
    person->passes++;
    session_forget_next(session, person->id);
}

void
apply_paused(struct session *session, const struct event *event)
{
    if (session->phase != PHASE_TURN)
        return;
    session->turn.left_ms = session->turn.deadline_ms - event->at.elapsed_ms;
    session->pause_ms = event->at.elapsed_ms;
    session_enter(session, PHASE_PAUSED, event->at.elapsed_ms);
}

void
apply_resumed_turn(struct session *session, const struct event *event)
{
    if (session->phase != PHASE_PAUSED || session->turn.driver == 0)
        return;
    session->paused_ms += event->at.elapsed_ms - session->pause_ms;
    session->turn.deadline_ms = event->at.elapsed_ms + session->turn.left_ms;
    session_enter(session, PHASE_TURN, event->at.elapsed_ms);
}

void
apply_held(struct session *session, const struct event *event)
{
    (void)event;
    session->held = true;
}

void
apply_extra_offered(struct session *session, const struct event *event)
{
    session->offer_until_ms = event->ms;
    session_enter(session, PHASE_OFFER, event->at.elapsed_ms);
}

void
apply_break_started(struct session *session, const struct event *event)
{
    if (session->phase != PHASE_HANDOVER)
        return;
    session->break_before = session->break_turn;
    session->break_turn = session->turns_count;
    session->break_until_ms = event->at.elapsed_ms + event->ms;
    session->held = false;
    session_enter(session, PHASE_BREAK, event->at.elapsed_ms);
}

void
apply_break_ended(struct session *session, const struct event *event)
{
    if (session->phase == PHASE_BREAK)
        session_enter(session, PHASE_HANDOVER, event->at.elapsed_ms);
}

void
apply_gap_forgiven(struct session *session, const struct event *event)
{
    struct gap gap = session->gap;

    if (gap.was_turn && session->phase == PHASE_TURN) {
        session->turn.deadline_ms += gap.ms;
        session->paused_ms += gap.ms;
    } else if (gap.was_turn && session_between_turns(session) && session->turns_count > 0) {
        take_turn_back(session, event->at.elapsed_ms, gap.left_ms);
        session->paused_ms += event->at.elapsed_ms - gap.from_ms;
    }
    session->gap = (struct gap){0};
}
