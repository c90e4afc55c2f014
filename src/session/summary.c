#include "session/summary.h"

const struct event *
summary_fact(const struct session *session, int index)
{
    const struct event *event = &session->log[index];

    return session_is_undone(session, event->seq) ? NULL : event;
}

static bool
was_present_first(const struct session *session, int person)
{
    for (int i = 0; session->opening != NULL && i < session->opening->people_count; i++) {
        if (session->opening->people[i].id == person)
            return true;
    }
    return false;
}

/* A name on the list alone is not a person in the room: who was away at the start and did not come
 * back was not here. */
bool
summary_was_here(const struct session *session, int person)
{
    bool is_here = was_present_first(session, person);
    bool has_started = false;

    for (int i = 0; i < session->log_count; i++) {
        const struct event *event = summary_fact(session, i);

        if (event == NULL)
            continue;
        if (event->kind == EVENT_SESSION_STARTED)
            has_started = true;
        else if (event_sends_away(event, person))
            is_here = false;
        else if (event->person == person &&
                 (event->kind == EVENT_PERSON_BACK || event->kind == EVENT_PERSON_JOINED))
            is_here = true;
        if (has_started && is_here)
            return true;
    }
    return is_here;
}

static bool
has_driven(const struct session *session, int person)
{
    for (int i = 0; i < session->turns_count; i++) {
        if (session->turns[i].counted && session->turns[i].turn.driver == person)
            return true;
    }
    return false;
}

static void
count_people(const struct session *session, struct summary *summary)
{
    for (int i = 0; i < session->roster.count; i++) {
        int person = session->roster.people[i].id;

        summary->people += summary_was_here(session, person);
        summary->drivers += has_driven(session, person);
    }
}

static void
count_turns(const struct session *session, struct summary *summary)
{
    for (int i = 0; i < session->turns_count; i++) {
        const struct turn_record *record = &session->turns[i];
        int64_t length = record->ended.elapsed_ms - record->began.elapsed_ms;

        summary->turns += record->counted;
        summary->coding_ms += length - record->paused_ms;
        summary->paused_ms += record->paused_ms;
    }
}

static void
count_gaps(const struct session *session, struct summary *summary)
{
    for (int i = 0; i < session->log_count; i++) {
        const struct event *event = summary_fact(session, i);

        if (event == NULL ||
            (event->kind != EVENT_SESSION_RESUMED && event->kind != EVENT_GAP_NOTICED))
            continue;
        summary->interruptions++;
        summary->interrupted_ms += event->ms;
    }
}

static void
count_lights(const struct session *session, struct summary *summary)
{
    for (int i = 0; i < session->lights_count; i++) {
        summary->lights += session->lights[i].light != LIGHT_NONE;
        summary->greens += session->lights[i].light == LIGHT_GREEN;
    }
}

/* The test that was green before the step was begun says nothing about it. */
static void
count_steps(const struct session *session, struct summary *summary)
{
    int64_t since_ms = 0;

    for (int i = 0; i < session->log_count; i++) {
        const struct event *event = summary_fact(session, i);

        if (event != NULL && event->kind == EVENT_STEP_CHANGED)
            since_ms = event->at.elapsed_ms;
    }
    summary->steps = session->steps;
    summary->steps_done = session->step > 0 ? session->step - 1 : 0;
    if (session->step > 0 && session->light == LIGHT_GREEN && session->lights_count > 0 &&
        session->lights[session->lights_count - 1].at.elapsed_ms > since_ms)
        summary->steps_done++;
}

static int64_t
debrief_length(const struct session *session)
{
    const struct event *last = NULL;
    struct moment end;

    for (int i = 0; i < session->log_count; i++) {
        const struct event *event = summary_fact(session, i);

        if (event != NULL && event->kind == EVENT_DEBRIEF_STARTED)
            last = event;
    }
    end = session_is_over(session) ? session->ended : session->last;
    return last == NULL ? 0 : end.elapsed_ms - last->at.elapsed_ms;
}

void
summary_of(const struct session *session, struct summary *summary)
{
    int64_t over_ms = session->ended.wall_ms - session->stop_ms;

    *summary = (struct summary){.debrief_ms = debrief_length(session)};
    count_people(session, summary);
    count_turns(session, summary);
    count_gaps(session, summary);
    count_lights(session, summary);
    count_steps(session, summary);
    if (session->stop_ms != 0 && over_ms > 0) /* `ended` is 0 until it is closed */
        summary->overrun_ms = over_ms;
    for (int i = 0; i < session->notes_count; i++)
        summary->actions += session->notes[i].action;
    for (int i = 0; i < session->roles_count; i++)
        summary->vacant += session->roles[i].holder == NULL;
}
