#include "session/session.h"

#include <stdlib.h>
#include <string.h>

#include "session/session_inside.h"

void
session_init(struct session *session)
{
    *session = (struct session){0};
    settings_init(&session->settings);
    session->draft = strdup("");
    session->step_title = strdup("");
    session->next_date = strdup("");
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
    free(session->step_title);
    free(session->next_date);
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
    free(session->draft);
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
    struct event *log = session->log;
    int count = session->log_count, room = session->log_room;

    session->log = NULL;
    session->log_count = 0;
    free_state(session);
    session_init(session);
    session->log = log;
    session->log_count = count;
    session->log_room = room;
    for (int i = 0; i < count; i++) {
        if (stands(session, &log[i]))
            session_change(session, &log[i]);
    }
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
    event_copy(&session->log[session->log_count++], event);
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
