#include "session/session.h"

#include <stdlib.h>

#include "session/session_inside.h"

bool
session_init(struct session *session)
{
    *session = (struct session){0};
    return settings_init(&session->settings);
}

static void
free_notes(struct session *session)
{
    for (int i = 0; i < session->notes_count; i++) {
        free(session->notes[i].text);
        free(session->notes[i].owner);
    }
    free(session->notes);
}

static void
free_roles(struct session *session)
{
    for (int i = 0; i < session->roles_count; i++) {
        free(session->roles[i].name);
        free(session->roles[i].holder);
    }
    free(session->roles);
}

static void
free_memory(struct session *session)
{
    for (int i = 0; i < session->done_count; i++)
        free(session->done[i].record);
    for (int i = 0; i < session->hooks_count; i++)
        free(session->hooks[i].name);
    free(session->done);
    free(session->hooks);
    free(session->lights);
}

/* All but the log. */
static void
free_state(struct session *session)
{
    settings_free(&session->settings);
    opening_free(session->opening);
    roster_free(&session->roster);
    free_notes(session);
    free_roles(session);
    free_memory(session);
    free(session->turns);
    free(session->left_reason);
}

void
session_free(struct session *session)
{
    free_state(session);
    for (int i = 0; i < session->log_count; i++)
        event_clear(&session->log[i]);
    free(session->log);
    *session = (struct session){0};
}

bool
session_is_undone(const struct session *session, int64_t seq)
{
    for (int i = session->log_count - 1; i >= 0 && session->log[i].seq >= seq; i--) {
        const struct event *event = &session->log[i];

        for (int k = 0; event->kind == EVENT_UNDONE && k < event->list_count; k++) {
            if (event->list[k] == seq)
                return true;
        }
    }
    return false;
}

/* Nobody can take the opening back; a record that says so must not leave a session without one. */
static bool
stands(const struct session *session, const struct event *event)
{
    return event->kind == EVENT_SESSION_OPENED ||
           (event->kind != EVENT_UNDONE && !session_is_undone(session, event->seq));
}

/* The session anew from its log, without what was taken back. */
static void
rebuild(struct session *session)
{
    struct session anew;

    if (!session_init(&anew))
        return;
    for (int i = 0; i < session->log_count; i++) {
        if (stands(session, &session->log[i]))
            session_change(&anew, &session->log[i]);
    }
    anew.log = session->log;
    anew.log_count = session->log_count;
    anew.log_room = session->log_room;
    free_state(session);
    *session = anew;
}

static void
remember(struct session *session, const struct event *event)
{
    if (session->log_count == session->log_room) {
        int room = session->log_room * 2 + 64;
        struct event *log = realloc(session->log, (size_t)room * sizeof *log);

        if (log == NULL)
            return;
        session->log = log;
        session->log_room = room;
    }
    if (event_copy(&session->log[session->log_count], event))
        session->log_count++;
}

void
session_apply(struct session *session, const struct event *event)
{
    remember(session, event);
    if (event->kind == EVENT_UNDONE)
        rebuild(session);
    else
        session_change(session, event);
    session->seq = event->seq;
    session->last = event->at;
}
