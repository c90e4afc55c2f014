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
    if (session->roles == NULL)
        return;
    for (int i = 0; i < names->count; i++) {
        session->roles[session->roles_count].name = strdup(names->item[i]);
        if (session->roles[session->roles_count].name != NULL)
            session->roles_count++;
    }
}

static void
take_people(struct session *session, const struct opening *opening)
{
    for (int i = 0; i < opening->people_count; i++) {
        const struct opening_person *one = &opening->people[i];
        struct person *person = roster_add(&session->roster, one->id, one->name);

        if (person == NULL)
            continue;
        person->observer = one->observer;
        if (one->id > session->people_seen)
            session->people_seen = one->id;
    }
}

static void
take_settings(struct session *session, const struct settings *settings)
{
    struct settings copy;

    if (!settings_copy(&copy, settings))
        return;
    settings_free(&session->settings);
    session->settings = copy;
}

void
apply_opened(struct session *session, const struct event *event)
{
    struct opening *opening = session->opening == NULL ? opening_copy(event->opening) : NULL;

    if (opening == NULL)
        return;
    session->opening = opening;
    take_settings(session, &opening->settings);
    session->opened = event->at;
    session->start_ms = event->ms;
    session->stop_ms = event->stop_ms;
    take_people(session, opening);
    session_take_roles(session);
    session_enter(session, PHASE_WAITING, event->at.elapsed_ms);
}

/* Time passed that nobody watched. A deadline inside it is asked about, once (D13); until that is
 * answered, what passes unwatched belongs to the same gap. */
void
apply_gap(struct session *session, const struct event *event)
{
    int64_t now = event->at.elapsed_ms;
    struct gap *gap = &session->gap;
    int64_t handover_end = session->phase_ms + session->settings.handover_ms;

    if (gap->open && session_between_turns(session)) {
        gap->ms = now - gap->from_ms;
        return;
    }
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
    if (session->opening != NULL) {
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
