/* Facts about the debrief: questions, notes, roles. */

#include <stdlib.h>
#include <string.h>

#include "session/apply.h"
#include "session/text.h"

/* With room for a planned turn nobody has to be asked about an extra one. */
void
apply_stop_moved(struct session *session, const struct event *event)
{
    session->stop_ms = event->stop_ms;
    if (session->phase == PHASE_OFFER && session_turn_fits(session, event->at, false))
        session_enter(session, PHASE_HANDOVER, event->at.elapsed_ms);
}

void
apply_debrief(struct session *session, const struct event *event)
{
    session->question = 1;
    session->gap = (struct gap){0};
    session->held = false;
    session_enter(session, PHASE_DEBRIEF, event->at.elapsed_ms);
}

void
apply_question(struct session *session, const struct event *event)
{
    int count = session->settings.questions.count;

    session->question = event->number < 1 ? 1 : event->number > count ? count : event->number;
    if (session->phase == PHASE_ROLES)
        session_enter(session, PHASE_DEBRIEF, event->at.elapsed_ms);
}

static bool
room_for_note(struct session *session)
{
    if (session->notes_count == session->notes_room) {
        int room = session->notes_room * 2 + 16;
        struct note *notes = realloc(session->notes, (size_t)room * sizeof *notes);

        if (notes == NULL)
            return false;
        session->notes = notes;
        session->notes_room = room;
    }
    return true;
}

void
apply_note_added(struct session *session, const struct event *event)
{
    struct note note = {
        .seq = event->seq, .question = event->number, .action = event->action, .at = event->at};

    if (!room_for_note(session) || (note.text = strdup(event->text)) == NULL)
        return;
    session_set_text(&note.owner, event->name);
    session->notes[session->notes_count++] = note;
    session->draft[0] = '\0';
}

static int
find_note(const struct session *session, int64_t seq)
{
    for (int i = 0; i < session->notes_count; i++) {
        if (session->notes[i].seq == seq)
            return i;
    }
    return -1;
}

void
apply_note_edited(struct session *session, const struct event *event)
{
    int index = find_note(session, event->note);

    if (index < 0)
        return;
    session_set_text(&session->notes[index].text, event->text);
    session_set_text(&session->notes[index].owner, event->name);
    session->notes[index].action = event->action;
    session->draft[0] = '\0';
}

void
apply_note_deleted(struct session *session, const struct event *event)
{
    int index = find_note(session, event->note);

    if (index < 0)
        return;
    free(session->notes[index].text);
    free(session->notes[index].owner);
    session->notes_count--;
    memmove(&session->notes[index], &session->notes[index + 1],
            (size_t)(session->notes_count - index) * sizeof *session->notes);
}

void
apply_draft(struct session *session, const struct event *event)
{
    text_clean_into(session->draft, sizeof session->draft, event->text);
}

void
apply_roles_opened(struct session *session, const struct event *event)
{
    session_enter(session, PHASE_ROLES, event->at.elapsed_ms);
}

void
apply_role(struct session *session, const struct event *event)
{
    for (int i = 0; i < session->roles_count; i++) {
        struct role *role = &session->roles[i];

        if (strcmp(role->name, event->role) != 0)
            continue;
        session_set_text(&role->holder, event->kind == EVENT_ROLE_TAKEN ? event->name : NULL);
        role->vacant = event->kind == EVENT_ROLE_VACANT;
    }
}
