/* What opens a session, or takes it up again: settings, people, and whose watch it is. */

#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/event_reader.h"
#include "session/roster.h"

static bool
set_setting(const struct event_reader *reader, struct settings *settings, const char *name,
            const json_t *value)
{
    const char *dot = strchr(name, '.');
    char section[40];
    const struct setting *row;

    if (dot == NULL || (size_t)(dot - name) >= sizeof section)
        return true;
    memcpy(section, name, (size_t)(dot - name));
    section[dot - name] = '\0';
    row = settings_find(section, dot + 1);
    if (row == NULL) /* of a later version: has no effect here */
        return true;
    if (json_typeof(value) == JSON_STRING)
        return settings_set(settings, row, json_string_value(value), false, reader->why);
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *item = json_string_value(json_array_get(value, i));

        if (item == NULL)
            return event_read_fault(reader, "setting \"%s\" is not a list of texts", name);
        if (!settings_set(settings, row, item, i > 0, reader->why))
            return false;
    }
    return true;
}

static bool
read_settings(const struct event_reader *reader, struct settings *settings)
{
    json_t *object = json_object_get(reader->object, "settings");
    const char *name;
    json_t *value;

    if (!json_is_object(object))
        return event_read_fault(reader, "\"settings\" is not an object");
    json_object_foreach(object, name, value)
    {
        if (!set_setting(reader, settings, name, value))
            return false;
    }
    return true;
}

static bool
read_people(const struct event_reader *reader, struct opening *opening)
{
    opening->people = event_read_list(reader, "people", ROSTER_MOST, sizeof *opening->people,
                                      &opening->people_count);
    for (int i = 0; i < opening->people_count; i++) {
        const struct event_reader one = event_reader_at(reader, "people", i);
        struct opening_person *person = &opening->people[i];
        int64_t id = 0;

        if (!event_read_integer(&one, "id", 1, INT_MAX, &id) ||
            !event_read_text(&one, "name", &person->name))
            return false;
        person->id = (int)id;
        person->observer = event_read_flag(&one, "observer");
    }
    return opening->people != NULL;
}

static bool
new_opening(const struct event_reader *reader, struct event *event)
{
    event->opening = opening_new();
    return event->opening != NULL || event_read_fault(reader, "no memory left");
}

bool
event_read_watch(const struct event_reader *reader, struct event *event)
{
    int64_t pid, speed = 0;

    if (!new_opening(reader, event))
        return false;
    if (json_object_get(reader->object, "speed") != NULL &&
        !event_read_integer(reader, "speed", 1, INT_MAX, &speed))
        return false;
    if (!event_read_integer(reader, "pid", 0, INT_MAX, &pid) ||
        !event_read_integer(reader, "boottime", 0, INT64_MAX, &event->opening->boottime_ms) ||
        !event_read_text(reader, "boot", &event->opening->boot) ||
        !event_read_text(reader, "host", &event->opening->host))
        return false;
    event->opening->pid = (int)pid;
    event->opening->speed = (int)speed;
    return true;
}

bool
event_read_opening(const struct event_reader *reader, struct event *event)
{
    if (!event_read_watch(reader, event))
        return false;
    event->opening->practice = event_read_flag(reader, "practice");
    return read_settings(reader, &event->opening->settings) && read_people(reader, event->opening);
}

bool
event_read_settings(const struct event_reader *reader, struct event *event)
{
    return new_opening(reader, event) && read_settings(reader, &event->opening->settings);
}
