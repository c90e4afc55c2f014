/* Wishes about people: who is here, who drives, in which order (R9 to R12). */

#include <stdlib.h>
#include <string.h>

#include "session/decide.h"
#include "session/groups.h"
#include "session/text.h"

const struct person *
decide_person(struct deciding *deciding)
{
    const struct person *person =
        roster_find(&deciding->session->roster, deciding->command->person);

    if (session_is_over(deciding->session))
        decide_refuse(deciding, "The session is closed.");
    else if (person == NULL)
        decide_refuse(deciding, "There is no such person.");
    else
        return person;
    return NULL;
}

char *
decide_text(struct deciding *deciding, const char *what, size_t most)
{
    const char *text = deciding->command->text;
    size_t length;
    char why[80];

    while (*text == ' ')
        text++;
    length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    if (length == 0)
        decide_refuse(deciding, "The %s is empty.", what);
    else if (length > most)
        decide_refuse(deciding, "The %s is too long: %zu bytes, at most %zu.", what, length, most);
    else if (text_fault(text, length, why) != NULL)
        decide_refuse(deciding, "The %s %s.", what, why);
    else
        return decide_kept(deciding, strndup(text, length));
    return NULL;
}

static bool
is_driving(const struct deciding *deciding, const struct person *person)
{
    enum phase phase = deciding->session->phase;

    return (phase == PHASE_TURN || phase == PHASE_PAUSED) &&
           deciding->session->turn.driver == person->id;
}

static bool
refuse_unable(struct deciding *deciding, const struct person *person)
{
    if (!person->present)
        decide_refuse(deciding, "%.80s is away; v brings them back.", person->name);
    else if (person->observer)
        decide_refuse(deciding, "%.80s is an observer and does not drive.", person->name);
    else
        return false;
    return true;
}

void
decide_choose_next(struct deciding *deciding)
{
    const struct person *person = decide_person(deciding);

    if (person == NULL || refuse_unable(deciding, person))
        return;
    if (deciding->session->phase >= PHASE_DEBRIEF)
        decide_refuse(deciding, "The turns are over.");
    else if (is_driving(deciding, person) && roster_rotators(&deciding->session->roster) > 1)
        decide_refuse(deciding, "%.80s has the keyboard now.", person->name);
    else if (session_next_driver(deciding->session) == person->id)
        decide_refuse(deciding, "%.80s is next already.", person->name);
    else
        decide_add(deciding, EVENT_NEXT_CHOSEN)->person = person->id;
}

void
decide_choose_driver(struct deciding *deciding)
{
    enum phase phase = deciding->session->phase;
    const struct person *person;

    if (phase != PHASE_TURN && phase != PHASE_PAUSED) {
        decide_choose_next(deciding);
        return;
    }
    person = decide_person(deciding);
    if (person == NULL || refuse_unable(deciding, person))
        return;
    if (deciding->session->turn.driver == 0)
        decide_choose_next(deciding);
    else if (is_driving(deciding, person))
        decide_refuse(deciding, "%.80s has the keyboard already.", person->name);
    else
        decide_add(deciding, EVENT_DRIVER_CHANGED)->person = person->id;
}

/* The order of the list with somebody new at that place, as a fact of its own. */
static void
give_place(struct deciding *deciding, int person, int place)
{
    const struct roster *roster = &deciding->session->roster;
    struct event *event;
    int count = 0;

    if (place < 1 || place > roster->count)
        return;
    event = decide_add(deciding, EVENT_ORDER_CHANGED);
    event->list = decide_kept(deciding, calloc((size_t)roster->count + 1, sizeof *event->list));
    for (int i = 0; event->list != NULL && i < roster->count; i++) {
        if (i + 1 == place)
            event->list[count++] = person;
        event->list[count++] = roster->people[i].id;
    }
    event->list_count = count;
}

void
decide_join(struct deciding *deciding)
{
    char *name = decide_text(deciding, "name", NAME_MOST);
    const struct person *known =
        name == NULL ? NULL : roster_find_name(&deciding->session->roster, name);
    struct event *event;

    if (name == NULL)
        return;
    if (session_is_over(deciding->session)) {
        decide_refuse(deciding, "The session is closed.");
    } else if (known != NULL && known->present) {
        decide_refuse(deciding, "%.80s is here already.", known->name);
    } else if (known != NULL) {
        decide_add(deciding, EVENT_PERSON_BACK)->person = known->id;
    } else if (deciding->session->roster.count >= ROSTER_MOST) {
        decide_refuse(deciding, "The roster is full: %d people.", ROSTER_MOST);
    } else {
        event = decide_add(deciding, EVENT_PERSON_JOINED);
        event->person = deciding->session->people_seen + 1;
        event->name = name;
        give_place(deciding, event->person, deciding->command->number);
        return;
    }
    free(name);
}

/* Out of the rotation at once; a driver's turn ends and counts if half of it was used (R11). */
static void
leave_rotation(struct deciding *deciding, const struct person *person, enum event_kind kind)
{
    decide_add(deciding, kind)->person = person->id;
    if (is_driving(deciding, person))
        decide_end_turn(deciding, END_LEFT, decide_half_used(deciding));
}

void
decide_away(struct deciding *deciding)
{
    const struct person *person = decide_person(deciding);

    if (person == NULL)
        return;
    if (!person->present)
        decide_refuse(deciding, "%.80s is away already.", person->name);
    else
        leave_rotation(deciding, person, EVENT_PERSON_AWAY);
}

void
decide_back(struct deciding *deciding)
{
    const struct person *person = decide_person(deciding);

    if (person == NULL)
        return;
    if (person->present)
        decide_refuse(deciding, "%.80s is here already.", person->name);
    else
        decide_add(deciding, EVENT_PERSON_BACK)->person = person->id;
}

void
decide_observe(struct deciding *deciding)
{
    const struct person *person = decide_person(deciding);

    if (person == NULL)
        return;
    if (person->observer)
        decide_refuse(deciding, "%.80s is an observer already.", person->name);
    else
        leave_rotation(deciding, person, EVENT_PERSON_OBSERVES);
}

void
decide_rotate(struct deciding *deciding)
{
    const struct person *person = decide_person(deciding);

    if (person == NULL)
        return;
    if (!person->observer)
        decide_refuse(deciding, "%.80s is in the rotation already.", person->name);
    else
        decide_add(deciding, EVENT_PERSON_ROTATES)->person = person->id;
}

void
decide_rename(struct deciding *deciding)
{
    const struct person *person = decide_person(deciding), *other;
    struct event *event;
    char *name;

    if (person == NULL)
        return;
    name = decide_text(deciding, "name", NAME_MOST);
    if (name == NULL)
        return;
    other = roster_find_name(&deciding->session->roster, name);
    if (other != NULL && other != person) {
        decide_refuse(deciding, "There is a %.80s already.", other->name);
        free(name);
        return;
    }
    event = decide_add(deciding, EVENT_PERSON_RENAMED);
    event->person = person->id;
    event->name = name;
}

void
decide_move(struct deciding *deciding)
{
    const struct person *person = decide_person(deciding);
    struct event *event;

    if (person == NULL)
        return;
    if (deciding->command->number == 0) {
        decide_refuse(deciding, "That is no move.");
        return;
    }
    event = decide_add(deciding, EVENT_PERSON_MOVED);
    event->person = person->id;
    event->number = deciding->command->number;
}

void
decide_order(struct deciding *deciding)
{
    const struct command *command = deciding->command;
    size_t size = (size_t)command->list_count * sizeof *command->list;
    struct event *event;

    if (deciding->session->phase >= PHASE_DEBRIEF || command->list_count < 1) {
        decide_refuse(deciding, "There is no order to change.");
        return;
    }
    event = decide_add(deciding, EVENT_ORDER_CHANGED);
    event->list = decide_kept(deciding, malloc(size));
    if (event->list == NULL)
        return;
    memcpy(event->list, command->list, size);
    event->list_count = command->list_count;
}

/* One fact for all, so that it is one line of the record, and one undo. */
static void
part(struct deciding *deciding)
{
    const struct roster *roster = &deciding->session->roster;
    struct event *event = decide_add(deciding, EVENT_PERSON_AWAY);
    int64_t *ids = decide_kept(deciding, calloc((size_t)roster->count + 1, sizeof *ids));
    int count = ids == NULL ? 0 : groups_deal(roster, ids);

    event->list = ids;
    if (count == 0)
        return;
    event->person = (int)ids[0];
    event->list_count = count - 1;
    memmove(ids, ids + 1, (size_t)event->list_count * sizeof *ids);
}

void
decide_groups(struct deciding *deciding)
{
    int drivers = roster_rotators(&deciding->session->roster);

    if (session_is_over(deciding->session))
        decide_refuse(deciding, "The session is closed.");
    else if (deciding->session->phase != PHASE_WAITING)
        decide_refuse(deciding, "Two groups are made before the start.");
    else if (drivers < GROUPS_LEAST)
        decide_refuse(deciding, "Two groups need %d people who drive; here %s %d.", GROUPS_LEAST,
                      drivers == 1 ? "is" : "are", drivers);
    else
        part(deciding);
}
