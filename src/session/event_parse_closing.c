/* What closes a session: the whole of it in one line. */

#include <jansson.h>
#include <stdlib.h>

#include "session/event_reader.h"
#include "session/roster.h"

enum { ITEMS_MOST = 10000 };

static bool
read_people(const struct event_reader *reader, struct closing *closing)
{
    closing->people = event_read_list(reader, "people", ROSTER_MOST, sizeof *closing->people,
                                      &closing->people_count);
    for (int i = 0; i < closing->people_count; i++) {
        const struct event_reader one = event_reader_at(reader, "people", i);
        struct closing_person *person = &closing->people[i];

        if (!event_read_text(&one, "name", &person->name) ||
            !event_read_count(&one, "turns", &person->turns) ||
            (json_object_get(one.object, "last") != NULL &&
             !event_read_count(&one, "last", &person->last)))
            return false;
        person->observer = event_read_flag(&one, "observer");
    }
    return closing->people != NULL;
}

static bool
read_roles(const struct event_reader *reader, struct closing *closing)
{
    closing->roles = event_read_list(reader, "roles", SETTINGS_LIST, sizeof *closing->roles,
                                     &closing->roles_count);
    for (int i = 0; i < closing->roles_count; i++) {
        const struct event_reader one = event_reader_at(reader, "roles", i);

        if (!event_read_text(&one, "name", &closing->roles[i].name) ||
            !event_read_text(&one, "holder", &closing->roles[i].holder))
            return false;
    }
    return closing->roles != NULL;
}

static bool
read_items(const struct event_reader *reader, struct closing *closing)
{
    if (json_object_get(reader->object, "items") == NULL)
        return true;
    closing->items =
        event_read_list(reader, "items", ITEMS_MOST, sizeof *closing->items, &closing->items_count);
    for (int i = 0; i < closing->items_count; i++) {
        const struct event_reader one = event_reader_at(reader, "items", i);
        struct closing_item *item = &closing->items[i];

        if (!event_read_integer(&one, "note", 1, INT64_MAX, &item->note) ||
            !event_read_text(&one, "owner", &item->owner) ||
            !event_read_text(&one, "text", &item->text))
            return false;
    }
    return closing->items != NULL;
}

static bool
read_done(const struct event_reader *reader, struct closing *closing)
{
    if (json_object_get(reader->object, "done") == NULL)
        return true;
    closing->done =
        event_read_list(reader, "done", ITEMS_MOST, sizeof *closing->done, &closing->done_count);
    for (int i = 0; i < closing->done_count; i++) {
        const struct event_reader one = event_reader_at(reader, "done", i);

        if (!event_read_integer(&one, "note", 1, INT64_MAX, &closing->done[i].note) ||
            !event_read_text(&one, "record", &closing->done[i].record))
            return false;
    }
    return closing->done != NULL;
}

bool
event_read_closing(const struct event_reader *reader, struct event *event)
{
    struct closing *closing = calloc(1, sizeof *closing);

    event->closing = closing;
    if (closing == NULL)
        return event_read_fault(reader, "no memory left");
    return event_read_count(reader, "turns", &closing->turns) &&
           event_read_count(reader, "interruptions", &closing->interruptions) &&
           event_read_count(reader, "actions", &closing->actions) &&
           event_read_integer(reader, "coding", 0, EVENT_MS_MOST, &closing->coding_ms) &&
           event_read_integer(reader, "debrief", 0, EVENT_MS_MOST, &closing->debrief_ms) &&
           event_read_integer(reader, "overrun", 0, EVENT_MS_MOST, &closing->overrun_ms) &&
           event_read_text(reader, "date", &closing->date) && read_people(reader, closing) &&
           read_roles(reader, closing) && read_items(reader, closing) && read_done(reader, closing);
}
