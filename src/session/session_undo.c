/* Taking back the last thing that somebody did (D5). */

#include <stdlib.h>

#include "session/decide.h"

/* The last act in the log that still stands, -1: none. */
static int
last_act(const struct session *session)
{
    for (int i = session->log_count - 1; i >= 0; i--) {
        if (event_is_act(&session->log[i]) && !session_is_undone(session, session->log[i].seq))
            return i;
    }
    return -1;
}

/* One wish can be two facts; the first of them. */
static int
first_of_act(const struct session *session, int index)
{
    const struct event *event = &session->log[index], *before;

    if (index == 0)
        return index;
    before = &session->log[index - 1];
    if (before->at.elapsed_ms != event->at.elapsed_ms || before->by != event->by)
        return index;
    if (before->kind == EVENT_SESSION_STARTED ||
        (event->kind == EVENT_TURN_ENDED && event->end == END_LEFT) ||
        (event->kind == EVENT_ORDER_CHANGED && before->kind == EVENT_PERSON_JOINED) ||
        (event->kind == EVENT_DEBRIEF_STARTED && before->kind == EVENT_TURN_ENDED &&
         before->end == END_DEBRIEF))
        return index - 1;
    return index;
}

struct reach {
    int from, act;      /* indices into the log: the first and last fact of the act */
    bool changes_phase; /* then what the clock made of it goes, too */
    int turns_since;    /* turns the clock has ended since */
    bool debrief;       /* the debrief's start would be taken back */
};

static bool
goes(const struct session *session, const struct reach *reach, int index)
{
    const struct event *event = &session->log[index];

    if (session_is_undone(session, event->seq) || event->kind == EVENT_UNDONE)
        return false;
    if (index >= reach->from && index <= reach->act)
        return true;
    return index > reach->act && reach->changes_phase && event->by == BY_CLOCK &&
           event_is_boundary(event->kind);
}

static struct reach
measure(const struct session *session, int act)
{
    struct reach reach = {.from = first_of_act(session, act), .act = act};

    for (int i = reach.from; i <= act; i++)
        reach.changes_phase |= event_is_boundary(session->log[i].kind);
    for (int i = reach.from; i < session->log_count; i++) {
        const struct event *event = &session->log[i];

        if (i > act && event->kind == EVENT_TURN_ENDED && !session_is_undone(session, event->seq))
            reach.turns_since++;
        if (event->kind == EVENT_DEBRIEF_STARTED && goes(session, &reach, i))
            reach.debrief = true;
    }
    return reach;
}

/* Who came with this act, 0: nobody. */
static int
who_came(const struct event *event)
{
    switch (event->kind) {
    case EVENT_PERSON_JOINED:
    case EVENT_PERSON_BACK:
    case EVENT_PERSON_ROTATES:
        return event->person;
    default:
        return 0;
    }
}

/* Nobody can be taken out of the past in which they drove. */
static bool
has_driven_since(const struct session *session, const struct reach *reach)
{
    int person = who_came(&session->log[reach->from]);

    for (int i = reach->act + 1; person != 0 && i < session->log_count; i++) {
        const struct event *event = &session->log[i];

        if (event->kind == EVENT_TURN_STARTED && event->person == person &&
            !session_is_undone(session, event->seq))
            return true;
    }
    return false;
}

static void
take_back(struct deciding *deciding, const struct reach *reach)
{
    const struct session *session = deciding->session;
    struct event *event = decide_add(deciding, EVENT_UNDONE);

    event->list = decide_kept(
        deciding, calloc((size_t)(session->log_count - reach->from), sizeof *event->list));
    for (int i = reach->from; event->list != NULL && i < session->log_count; i++) {
        if (goes(session, reach, i))
            event->list[event->list_count++] = session->log[i].seq;
    }
}

void
decide_undo(struct deciding *deciding)
{
    const struct session *session = deciding->session;
    int act = last_act(session);
    struct reach reach;

    if (act < 0) {
        decide_refuse(deciding, "There is nothing to undo.");
        return;
    }
    reach = measure(session, act);
    if (reach.turns_since > (reach.changes_phase ? 0 : 1)) {
        decide_refuse(deciding, "Too late to undo: a turn has ended since.");
    } else if (has_driven_since(session, &reach)) {
        decide_refuse(deciding, "Too late to undo: %.80s has driven since; v marks who is away.",
                      session_name(session, session->log[act].person));
    } else if (reach.debrief && !deciding->command->confirmed) {
        decide_refuse(deciding, "Go back from the debrief to coding?");
        deciding->decision->confirm = true;
    } else {
        take_back(deciding, &reach);
    }
}
