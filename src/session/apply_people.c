/* Facts about people: who is here and in which order. */

#include <stdlib.h>

#include "session/apply.h"

void
apply_joined(struct session *session, const struct event *event)
{
    struct person *person;

    if (roster_find(&session->roster, event->person) != NULL)
        return;
    person = roster_add(&session->roster, event->person, event->name);
    if (person == NULL)
        return;
    roster_credit(&session->roster, person);
    if (event->person > session->people_seen)
        session->people_seen = event->person;
}

static void
change_presence(struct session *session, const struct event *event, int id)
{
    struct person *person = roster_find(&session->roster, id);
    bool rotated;

    if (person == NULL)
        return;
    rotated = roster_rotates(person);
    if (event->kind == EVENT_PERSON_AWAY || event->kind == EVENT_PERSON_BACK)
        person->present = event->kind == EVENT_PERSON_BACK;
    else
        person->observer = event->kind == EVENT_PERSON_OBSERVES;
    if (!rotated && roster_rotates(person)) {
        roster_credit(&session->roster, person);
    } else if (!roster_rotates(person)) {
        session_forget_next(session, person->id);
        session_pause_when_empty(session, event->at.elapsed_ms);
    }
}

/* Of several who leave at once, each as if alone. */
void
apply_presence(struct session *session, const struct event *event)
{
    change_presence(session, event, event->person);
    for (int i = 0; event->kind == EVENT_PERSON_AWAY && i < event->list_count; i++)
        change_presence(session, event, (int)event->list[i]);
}

void
apply_renamed(struct session *session, const struct event *event)
{
    struct person *person = roster_find(&session->roster, event->person);

    if (person != NULL)
        session_set_text(&person->name, event->name);
}

void
apply_moved(struct session *session, const struct event *event)
{
    roster_move(&session->roster, event->person, event->number);
}

void
apply_order(struct session *session, const struct event *event)
{
    int *ids = calloc((size_t)event->list_count + 1, sizeof *ids);

    if (ids == NULL)
        return;
    for (int i = 0; i < event->list_count; i++)
        ids[i] = (int)event->list[i];
    roster_reorder(&session->roster, ids, event->list_count);
    free(ids);
}
