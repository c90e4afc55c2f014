/* Facts about the session as a whole: opened, resumed, started, left, closed, and gaps in it. */

#include <stdlib.h>
#include <string.h>

#include "session/apply.h"

void
session_drop_roles(struct session *session)
{
    for (int i = 0; i < session->roles_count; i++) {
        free(session->roles[i].name);
        free(session->roles[i].holder);
    }
    free(session->roles);
    session->roles = NULL;
    session->roles_count = 0;
}

void
session_take_roles(struct session *session)
{
    const struct text_list *names = &session->settings.roles;

    session->roles = calloc((size_t)names->count + 1, sizeof *session->roles);
    session->roles_count = session->roles == NULL ? 0 : names->count;
    for (int i = 0; i < session->roles_count; i++)
        session->roles[i].name = strdup(names->item[i]);
}

void
apply_opened(struct session *session, const struct event *event)
{
    struct event copy;

    if (session->opening != NULL || event->opening == NULL)
        return;
    event_copy(&copy, event);
    session->opening = copy.opening;
    copy.opening = NULL;
    event_clear(&copy);
    settings_free(&session->settings);
    settings_copy(&session->settings, &session->opening->settings);
    session->opened = event->at;
    session->start_ms = event->ms;
    session->stop_ms = event->stop_ms;
    for (int i = 0; i < session->opening->people_count; i++) {
        const struct opening_person *one = &session->opening->people[i];
        struct person *person = roster_add(&session->roster, one->id, one->name);

        if (person == NULL)
            continue;
        person->present = true;
        person->observer = one->observer;
        if (one->id > session->people_seen)
            session->people_seen = one->id;
    }
    session_take_roles(session);
    session_enter(session, PHASE_WAITING, event->at.elapsed_ms);
}

/* Time passed that nobody watched. A deadline inside it is asked about, once (D13). */
void
apply_gap(struct session *session, const struct event *event)
{
    int64_t now = event->at.elapsed_ms;
    struct gap *gap = &session->gap;
    int64_t handover_end = session->phase_ms + session->settings.handover_ms;

    *gap = (struct gap){.ms = event->ms, .from_ms = now - event->ms};
    if (session->phase == PHASE_TURN) {
        gap->was_turn = true;
        gap->left_ms = session->turn.deadline_ms - gap->from_ms;
        gap->open = now >= session->turn.deadline_ms;
    } else if (session->phase == PHASE_HANDOVER && !session->held && now >= handover_end) {
        gap->open = true;
        session->held = true;
    }
}

void
apply_resumed(struct session *session, const struct event *event)
{
    if (event->opening != NULL && session->opening != NULL) {
        session->opening->pid = event->opening->pid;
        session->opening->boottime_ms = event->opening->boottime_ms;
        session->opening->speed = event->opening->speed;
        session_set_text(&session->opening->boot, event->opening->boot);
    }
    session_set_text(&session->left_reason, NULL);
    apply_gap(session, event);
}

void
apply_started(struct session *session, const struct event *event)
{
    session->started = event->at;
    session->stop_ms = event->stop_ms;
}

void
apply_left(struct session *session, const struct event *event)
{
    session_set_text(&session->left_reason, event->reason);
}

void
apply_closed(struct session *session, const struct event *event)
{
    session->ended = event->at;
    session_enter(session, PHASE_CLOSED, event->at.elapsed_ms);
}

void
apply_intro(struct session *session, const struct event *event)
{
    session_enter(session, PHASE_INTRO, event->at.elapsed_ms);
}
