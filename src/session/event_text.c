/* Writing: an event as one JSON object, fields in the order of its table row. */

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "session/event_fields.h"
#include "session/stamp.h"

static void
put(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, value) != 0)
        json_object_del(object, name);
}

static json_t *
settings_json(const struct settings *settings)
{
    json_t *object = json_object();

    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        char name[80];
        char *text = settings_get(settings, row, 0);

        if (row->kind == SETTING_PATH) { /* where files lie is nobody else's business */
            free(text);
            continue;
        }
        snprintf(name, sizeof name, "%s.%s", row->section, row->key);
        if (row->kind == SETTING_TEXTS) {
            json_t *list = json_array();

            for (int i = 1; text != NULL; i++) {
                json_array_append_new(list, json_string(text));
                free(text);
                text = settings_get(settings, row, i);
            }
            put(object, name, list);
        } else if (text != NULL) {
            put(object, name, json_string(text));
        }
        free(text);
    }
    return object;
}

static void
put_watch(json_t *object, const struct opening *opening)
{
    put(object, "pid", json_integer(opening->pid));
    put(object, "boot", json_string(opening->boot == NULL ? "" : opening->boot));
    put(object, "boottime", json_integer(opening->boottime_ms));
    put(object, "host", json_string(opening->host == NULL ? "" : opening->host));
    if (opening->speed > 1)
        put(object, "speed", json_integer(opening->speed));
}

static void
put_opening(json_t *object, const struct opening *opening)
{
    json_t *people = json_array();

    put(object, "version", json_integer(opening->version));
    put_watch(object, opening);
    if (opening->practice)
        put(object, "practice", json_true());
    put(object, "settings", settings_json(&opening->settings));
    for (int i = 0; i < opening->people_count; i++) {
        const struct opening_person *person = &opening->people[i];
        json_t *one = json_object();

        put(one, "id", json_integer(person->id));
        put(one, "name", json_string(person->name));
        if (person->observer)
            put(one, "observer", json_true());
        json_array_append_new(people, one);
    }
    put(object, "people", people);
}

static json_t *
items_json(const struct closing *closing)
{
    json_t *items = json_array();

    for (int i = 0; i < closing->items_count; i++) {
        json_t *one = json_object();

        put(one, "note", json_integer(closing->items[i].note));
        put(one, "owner", json_string(closing->items[i].owner));
        put(one, "text", json_string(closing->items[i].text));
        json_array_append_new(items, one);
    }
    return items;
}

static json_t *
done_json(const struct closing *closing)
{
    json_t *done = json_array();

    for (int i = 0; i < closing->done_count; i++) {
        json_t *one = json_object();

        put(one, "record", json_string(closing->done[i].record));
        put(one, "note", json_integer(closing->done[i].note));
        json_array_append_new(done, one);
    }
    return done;
}

static void
put_closing(json_t *object, const struct closing *closing)
{
    json_t *people = json_array(), *roles = json_array();

    put(object, "turns", json_integer(closing->turns));
    put(object, "interruptions", json_integer(closing->interruptions));
    put(object, "actions", json_integer(closing->actions));
    put(object, "coding", json_integer(closing->coding_ms));
    put(object, "debrief", json_integer(closing->debrief_ms));
    put(object, "overrun", json_integer(closing->overrun_ms));
    put(object, "date", json_string(closing->date == NULL ? "" : closing->date));
    for (int i = 0; i < closing->people_count; i++) {
        json_t *one = json_object();

        put(one, "name", json_string(closing->people[i].name));
        put(one, "turns", json_integer(closing->people[i].turns));
        if (closing->people[i].last != 0)
            put(one, "last", json_integer(closing->people[i].last));
        if (closing->people[i].observer)
            put(one, "observer", json_true());
        json_array_append_new(people, one);
    }
    for (int i = 0; i < closing->roles_count; i++) {
        json_t *one = json_object();

        put(one, "name", json_string(closing->roles[i].name));
        put(one, "holder", json_string(closing->roles[i].holder));
        json_array_append_new(roles, one);
    }
    put(object, "people", people);
    put(object, "roles", roles);
    if (closing->items_count > 0)
        put(object, "items", items_json(closing));
    if (closing->done_count > 0)
        put(object, "done", done_json(closing));
}

static void
put_list(json_t *object, const char *name, const struct event *event)
{
    json_t *list = json_array();

    for (int i = 0; i < event->list_count; i++)
        json_array_append_new(list, json_integer(event->list[i]));
    put(object, name, list);
}

static const void *
field_at(const struct event *event, const struct event_field *field)
{
    return (const char *)event + field->offset;
}

static void
put_number(json_t *object, const struct event_field *field, json_int_t value)
{
    if (value != 0 || !field->optional)
        put(object, field->name, json_integer(value));
}

static void
put_field(json_t *object, const struct event *event, const struct event_field *field)
{
    const void *at = field_at(event, field);
    const char *text;

    switch (field->type) {
    case FIELD_INT:
    case FIELD_STEPS:
        put_number(object, field, *(const int *)at);
        break;
    case FIELD_MS:
        put_number(object, field, *(const int64_t *)at);
        break;
    case FIELD_FLAG:
        if (*(const bool *)at)
            put(object, field->name, json_true());
        break;
    case FIELD_TEXT:
        text = *(char *const *)at;
        if (text != NULL || !field->optional)
            put(object, field->name, json_string(text == NULL ? "" : text));
        break;
    case FIELD_END:
        put(object, field->name, json_string(event_end_names[event->end]));
        break;
    case FIELD_LIGHT:
        put(object, field->name, json_string(event_light_names[event->light]));
        break;
    case FIELD_LIST:
        put_list(object, field->name, event);
        break;
    case FIELD_SETTINGS:
        if (event->opening != NULL)
            put(object, field->name, settings_json(&event->opening->settings));
        break;
    case FIELD_CLOSING:
        if (event->closing != NULL)
            put_closing(object, event->closing);
        break;
    case FIELD_OPENING:
        if (event->opening != NULL)
            put_opening(object, event->opening);
        break;
    case FIELD_WATCH:
        if (event->opening != NULL)
            put_watch(object, event->opening);
        break;
    }
}

char *
event_text(const struct event *event)
{
    const struct event_row *row = &event_rows[event->kind];
    char stamp[STAMP_SIZE];
    json_t *object = json_object();
    char *text;

    put(object, "seq", json_integer(event->seq));
    put(object, "at", json_string(stamp_text(stamp, event->at.wall_ms, event->at.utc_offset_s)));
    put(object, "t", json_integer(event->at.elapsed_ms));
    put(object, "event", json_string(row->name));
    put(object, "by", json_string(event_origin_names[event->by]));
    for (int i = 0; i < FIELDS_MOST && row->fields[i].name != NULL; i++)
        put_field(object, event, &row->fields[i]);
    text = json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(object);
    return text;
}
