/* Writing: an event as one JSON object, fields in the order of its table row. */

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/dump.h"
#include "session/event_fields.h"
#include "session/stamp.h"
#include "session/text.h"

/* An object or a list at work. Half a fact must not be written: without memory none is. */
struct out {
    json_t *json;
    bool failed;
};

static struct out
new_out(json_t *json)
{
    return (struct out){json, json == NULL};
}

static void
put(struct out *object, const char *name, json_t *value)
{
    if (json_object_set_new(object->json, name, value) != 0)
        object->failed = true;
}

static void
put_out(struct out *object, const char *name, struct out part)
{
    object->failed |= part.failed;
    put(object, name, part.json);
}

static void
add(struct out *list, json_t *value)
{
    if (json_array_append_new(list->json, value) != 0)
        list->failed = true;
}

static void
add_out(struct out *list, struct out part)
{
    list->failed |= part.failed;
    add(list, part.json);
}

/* Every door refuses what is not UTF-8; what came in all the same must not keep a fact out. */
static void
put_text(struct out *object, const char *name, const char *text)
{
    const char *known = text == NULL ? "" : text;
    json_t *value = json_string(known);
    char *clean = value != NULL ? NULL : text_clean(known, strlen(known));

    put(object, name, clean == NULL ? value : json_string(clean));
    free(clean);
}

/* settings_get() gives NULL behind the last one, too. */
static char *
get_setting(struct out *object, const struct settings *settings, const struct setting *row, int i)
{
    char *text;

    errno = 0;
    text = settings_get(settings, row, i);
    if (text == NULL && errno == ENOMEM)
        object->failed = true;
    return text;
}

static struct out
settings_out(const struct settings *settings)
{
    struct out object = new_out(json_object());

    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        char name[80];
        char *text = get_setting(&object, settings, row, 0);

        if (row->kind == SETTING_PATH) { /* where files lie is nobody else's business */
            free(text);
            continue;
        }
        snprintf(name, sizeof name, "%s.%s", row->section, row->key);
        if (row->kind == SETTING_TEXTS) {
            struct out list = new_out(json_array());

            for (int i = 1; text != NULL; i++) {
                add(&list, json_string(text));
                free(text);
                text = get_setting(&object, settings, row, i);
            }
            put_out(&object, name, list);
        } else if (text != NULL) {
            put_text(&object, name, text);
        }
        free(text);
    }
    return object;
}

static void
put_watch(struct out *object, const struct opening *opening)
{
    put(object, "pid", json_integer(opening->pid));
    put_text(object, "boot", opening->boot);
    put(object, "boottime", json_integer(opening->boottime_ms));
    put_text(object, "host", opening->host);
    if (opening->speed > 1)
        put(object, "speed", json_integer(opening->speed));
}

static void
put_opening(struct out *object, const struct opening *opening)
{
    struct out people = new_out(json_array());

    put(object, "version", json_integer(opening->version));
    put_watch(object, opening);
    if (opening->practice)
        put(object, "practice", json_true());
    put_out(object, "settings", settings_out(&opening->settings));
    for (int i = 0; i < opening->people_count; i++) {
        const struct opening_person *person = &opening->people[i];
        struct out one = new_out(json_object());

        put(&one, "id", json_integer(person->id));
        put_text(&one, "name", person->name);
        if (person->observer)
            put(&one, "observer", json_true());
        add_out(&people, one);
    }
    put_out(object, "people", people);
}

static struct out
items_out(const struct closing *closing)
{
    struct out items = new_out(json_array());

    for (int i = 0; i < closing->items_count; i++) {
        struct out one = new_out(json_object());

        put(&one, "note", json_integer(closing->items[i].note));
        put_text(&one, "owner", closing->items[i].owner);
        put_text(&one, "text", closing->items[i].text);
        add_out(&items, one);
    }
    return items;
}

static struct out
done_out(const struct closing *closing)
{
    struct out done = new_out(json_array());

    for (int i = 0; i < closing->done_count; i++) {
        struct out one = new_out(json_object());

        put_text(&one, "record", closing->done[i].record);
        put(&one, "note", json_integer(closing->done[i].note));
        add_out(&done, one);
    }
    return done;
}

static void
put_closing(struct out *object, const struct closing *closing)
{
    struct out people = new_out(json_array()), roles = new_out(json_array());

    put(object, "turns", json_integer(closing->turns));
    put(object, "interruptions", json_integer(closing->interruptions));
    put(object, "actions", json_integer(closing->actions));
    put(object, "coding", json_integer(closing->coding_ms));
    put(object, "debrief", json_integer(closing->debrief_ms));
    put(object, "overrun", json_integer(closing->overrun_ms));
    put_text(object, "date", closing->date);
    for (int i = 0; i < closing->people_count; i++) {
        struct out one = new_out(json_object());

        put_text(&one, "name", closing->people[i].name);
        put(&one, "turns", json_integer(closing->people[i].turns));
        if (closing->people[i].last != 0)
            put(&one, "last", json_integer(closing->people[i].last));
        if (closing->people[i].observer)
            put(&one, "observer", json_true());
        add_out(&people, one);
    }
    for (int i = 0; i < closing->roles_count; i++) {
        struct out one = new_out(json_object());

        put_text(&one, "name", closing->roles[i].name);
        put_text(&one, "holder", closing->roles[i].holder);
        add_out(&roles, one);
    }
    put_out(object, "people", people);
    put_out(object, "roles", roles);
    if (closing->items_count > 0)
        put_out(object, "items", items_out(closing));
    if (closing->done_count > 0)
        put_out(object, "done", done_out(closing));
}

static void
put_list(struct out *object, const char *name, const struct event *event)
{
    struct out list = new_out(json_array());

    for (int i = 0; i < event->list_count; i++)
        add(&list, json_integer(event->list[i]));
    put_out(object, name, list);
}

static const void *
field_at(const struct event *event, const struct event_field *field)
{
    return (const char *)event + field->offset;
}

static void
put_number(struct out *object, const struct event_field *field, json_int_t value)
{
    if (value != 0 || !field->optional)
        put(object, field->name, json_integer(value));
}

static bool
is_of_opening(enum field_type type)
{
    return type == FIELD_OPENING || type == FIELD_SETTINGS || type == FIELD_WATCH;
}

static void
put_field(struct out *object, const struct event *event, const struct event_field *field)
{
    const void *at = field_at(event, field);
    const char *text;

    if (is_of_opening(field->type) && event->opening == NULL) {
        object->failed = true;
        return;
    }
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
            put_text(object, field->name, text);
        break;
    case FIELD_END:
        put(object, field->name, json_string(event_end_names[event->end]));
        break;
    case FIELD_LIGHT:
        put(object, field->name, json_string(event_light_names[event->light]));
        break;
    case FIELD_LIST:
        if (event->list_count > 0 || !field->optional)
            put_list(object, field->name, event);
        break;
    case FIELD_SETTINGS:
        put_out(object, field->name, settings_out(&event->opening->settings));
        break;
    case FIELD_CLOSING:
        if (event->closing != NULL)
            put_closing(object, event->closing);
        break;
    case FIELD_OPENING:
        put_opening(object, event->opening);
        break;
    case FIELD_WATCH:
        put_watch(object, event->opening);
        break;
    }
}

char *
event_text(const struct event *event)
{
    const struct event_row *row = &event_rows[event->kind];
    char stamp[STAMP_SIZE];
    struct out object = new_out(json_object());
    char *text = NULL;

    put(&object, "seq", json_integer(event->seq));
    put(&object, "at", json_string(stamp_text(stamp, event->at.wall_ms, event->at.utc_offset_s)));
    put(&object, "t", json_integer(event->at.elapsed_ms));
    put(&object, "event", json_string(row->name));
    put(&object, "by", json_string(event_origin_names[event->by]));
    for (int i = 0; row->fields[i].name != NULL; i++)
        put_field(&object, event, &row->fields[i]);
    if (!object.failed)
        text = dump_text(object.json);
    json_decref(object.json);
    return text;
}
