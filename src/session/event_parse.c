/* Reading: one JSON object as an event; whatever is wrong gets a sentence. */

#include <jansson.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/event_fields.h"
#include "session/roster.h"
#include "session/stamp.h"
#include "session/text.h"

enum { DEPTH_MOST = 8, LIST_MOST = 1 << 16, ITEMS_MOST = 10000 };

struct reader {
    const json_t *object;
    char *why;
};

__attribute__((format(printf, 2, 3))) static bool
complain(const struct reader *reader, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(reader->why, SETTINGS_ERROR_SIZE, format, arguments);
    va_end(arguments);
    return false;
}

static bool
get_integer(const struct reader *reader, const char *name, int64_t least, int64_t most,
            int64_t *value)
{
    const json_t *json = json_object_get(reader->object, name);

    if (!json_is_integer(json))
        return complain(reader, "\"%s\" is not a whole number", name);
    *value = json_integer_value(json);
    if (*value < least || *value > most)
        return complain(reader, "\"%s\" is out of range", name);
    return true;
}

/* Old journals are cleaned, not refused (D16). */
static bool
get_text(const struct reader *reader, const json_t *object, const char *name, char **text)
{
    const json_t *json = json_object_get(object, name);

    if (!json_is_string(json))
        return complain(reader, "\"%s\" is not a text", name);
    free(*text);
    *text = text_clean(json_string_value(json), json_string_length(json));
    return *text != NULL || complain(reader, "no memory left");
}

static bool
get_word(const struct reader *reader, const char *name, const char *const *words, int count,
         int *index)
{
    const char *text = json_string_value(json_object_get(reader->object, name));

    for (int i = 0; text != NULL && i < count; i++) {
        if (strcmp(words[i], text) == 0) {
            *index = i;
            return true;
        }
    }
    return complain(reader, "\"%s\" is none of the known words", name);
}

static bool
get_list(const struct reader *reader, const char *name, struct event *event)
{
    const json_t *list = json_object_get(reader->object, name);
    size_t count = json_array_size(list);

    if (!json_is_array(list) || count > LIST_MOST)
        return complain(reader, "\"%s\" is not a list of numbers", name);
    event->list = calloc(count + 1, sizeof *event->list);
    if (event->list == NULL)
        return complain(reader, "no memory left");
    event->list_count = (int)count;
    for (size_t i = 0; i < count; i++) {
        const json_t *json = json_array_get(list, i);

        if (!json_is_integer(json))
            return complain(reader, "\"%s\" is not a list of numbers", name);
        event->list[i] = json_integer_value(json);
    }
    return true;
}

static bool
set_setting(const struct reader *reader, struct settings *settings, const char *name,
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
    if (json_is_string(value))
        return settings_set(settings, row, json_string_value(value), false, reader->why);
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *item = json_string_value(json_array_get(value, i));

        if (item == NULL)
            return complain(reader, "setting \"%s\" is not a list of texts", name);
        if (!settings_set(settings, row, item, i > 0, reader->why))
            return false;
    }
    return true;
}

static bool
get_settings(const struct reader *reader, struct settings *settings)
{
    json_t *object = json_object_get(reader->object, "settings");
    const char *name;
    json_t *value;

    if (!json_is_object(object))
        return complain(reader, "\"settings\" is not an object");
    json_object_foreach(object, name, value)
    {
        if (!set_setting(reader, settings, name, value))
            return false;
    }
    return true;
}

static bool
get_people(const struct reader *reader, struct opening *opening)
{
    const json_t *list = json_object_get(reader->object, "people");
    size_t count = json_array_size(list);

    if (!json_is_array(list) || count > ROSTER_MOST)
        return complain(reader, "\"people\" is not a list of at most %d", ROSTER_MOST);
    opening->people = calloc(count + 1, sizeof *opening->people);
    if (opening->people == NULL)
        return complain(reader, "no memory left");
    opening->people_count = (int)count;
    for (size_t i = 0; i < count; i++) {
        const struct reader one = {json_array_get(list, i), reader->why};
        struct opening_person *person = &opening->people[i];
        int64_t id = 0;

        if (!get_integer(&one, "id", 1, INT_MAX, &id) ||
            !get_text(&one, one.object, "name", &person->name))
            return false;
        person->id = (int)id;
        person->observer = json_is_true(json_object_get(one.object, "observer"));
    }
    return true;
}

static bool
get_watch(const struct reader *reader, struct event *event)
{
    int64_t pid, speed = 0;

    if (event->opening == NULL && (event->opening = opening_new()) == NULL)
        return complain(reader, "no memory left");
    if (json_object_get(reader->object, "speed") != NULL &&
        !get_integer(reader, "speed", 1, INT_MAX, &speed))
        return false;
    if (!get_integer(reader, "pid", 0, INT_MAX, &pid) ||
        !get_integer(reader, "boottime", 0, INT64_MAX, &event->opening->boottime_ms) ||
        !get_text(reader, reader->object, "boot", &event->opening->boot) ||
        !get_text(reader, reader->object, "host", &event->opening->host))
        return false;
    event->opening->pid = (int)pid;
    event->opening->speed = (int)speed;
    return true;
}

static bool
get_opening(const struct reader *reader, struct event *event)
{
    if (!get_watch(reader, event))
        return false;
    event->opening->practice = json_is_true(json_object_get(reader->object, "practice"));
    return get_settings(reader, &event->opening->settings) && get_people(reader, event->opening);
}

static bool
get_new_settings(const struct reader *reader, struct event *event)
{
    event->opening = opening_new();
    if (event->opening == NULL)
        return complain(reader, "no memory left");
    return get_settings(reader, &event->opening->settings);
}

static bool
get_int(const struct reader *reader, const struct event_field *field, int least, int *value)
{
    int64_t number = 0;

    if (!get_integer(reader, field->name, least, INT_MAX, &number))
        return false;
    *value = (int)number;
    return true;
}

static bool
get_count(const struct reader *reader, const char *name, int *value)
{
    const struct event_field field = {name, FIELD_INT, 0, false};

    return get_int(reader, &field, 0, value);
}

static bool
get_closing_people(const struct reader *reader, struct closing *closing)
{
    const json_t *list = json_object_get(reader->object, "people");
    size_t count = json_array_size(list);

    if (!json_is_array(list) || count > ROSTER_MOST)
        return complain(reader, "\"people\" is not a list of at most %d", ROSTER_MOST);
    closing->people = calloc(count + 1, sizeof *closing->people);
    if (closing->people == NULL)
        return complain(reader, "no memory left");
    closing->people_count = (int)count;
    for (size_t i = 0; i < count; i++) {
        const struct reader one = {json_array_get(list, i), reader->why};
        struct closing_person *person = &closing->people[i];

        if (!get_text(&one, one.object, "name", &person->name) ||
            !get_count(&one, "turns", &person->turns) ||
            (json_object_get(one.object, "last") != NULL &&
             !get_count(&one, "last", &person->last)))
            return false;
        person->observer = json_is_true(json_object_get(one.object, "observer"));
    }
    return true;
}

static bool
get_closing_roles(const struct reader *reader, struct closing *closing)
{
    const json_t *list = json_object_get(reader->object, "roles");
    size_t count = json_array_size(list);

    if (!json_is_array(list) || count > SETTINGS_LIST)
        return complain(reader, "\"roles\" is not a list of at most %d", SETTINGS_LIST);
    closing->roles = calloc(count + 1, sizeof *closing->roles);
    if (closing->roles == NULL)
        return complain(reader, "no memory left");
    closing->roles_count = (int)count;
    for (size_t i = 0; i < count; i++) {
        const struct reader one = {json_array_get(list, i), reader->why};

        if (!get_text(&one, one.object, "name", &closing->roles[i].name) ||
            !get_text(&one, one.object, "holder", &closing->roles[i].holder))
            return false;
    }
    return true;
}

/* A list that may be missing, of objects; *count is 0 then. */
static bool
get_objects(const struct reader *reader, const char *name, const json_t **list, size_t *count)
{
    *list = json_object_get(reader->object, name);
    *count = json_array_size(*list);
    if (*list != NULL && (!json_is_array(*list) || *count > ITEMS_MOST))
        return complain(reader, "\"%s\" is not a list of at most %d", name, ITEMS_MOST);
    return true;
}

static bool
get_closing_items(const struct reader *reader, struct closing *closing)
{
    const json_t *list;
    size_t count;

    if (!get_objects(reader, "items", &list, &count))
        return false;
    closing->items = calloc(count + 1, sizeof *closing->items);
    if (closing->items == NULL)
        return complain(reader, "no memory left");
    closing->items_count = (int)count;
    for (size_t i = 0; i < count; i++) {
        const struct reader one = {json_array_get(list, i), reader->why};
        struct closing_item *item = &closing->items[i];

        if (!get_integer(&one, "note", 1, INT64_MAX, &item->note) ||
            !get_text(&one, one.object, "owner", &item->owner) ||
            !get_text(&one, one.object, "text", &item->text))
            return false;
    }
    return true;
}

static bool
get_closing_done(const struct reader *reader, struct closing *closing)
{
    const json_t *list;
    size_t count;

    if (!get_objects(reader, "done", &list, &count))
        return false;
    closing->done = calloc(count + 1, sizeof *closing->done);
    if (closing->done == NULL)
        return complain(reader, "no memory left");
    closing->done_count = (int)count;
    for (size_t i = 0; i < count; i++) {
        const struct reader one = {json_array_get(list, i), reader->why};

        if (!get_integer(&one, "note", 1, INT64_MAX, &closing->done[i].note) ||
            !get_text(&one, one.object, "record", &closing->done[i].record))
            return false;
    }
    return true;
}

static bool
get_closing(const struct reader *reader, struct event *event)
{
    struct closing *closing = calloc(1, sizeof *closing);

    event->closing = closing;
    if (closing == NULL)
        return complain(reader, "no memory left");
    return get_count(reader, "turns", &closing->turns) &&
           get_count(reader, "interruptions", &closing->interruptions) &&
           get_count(reader, "actions", &closing->actions) &&
           get_integer(reader, "coding", 0, EVENT_MS_MOST, &closing->coding_ms) &&
           get_integer(reader, "debrief", 0, EVENT_MS_MOST, &closing->debrief_ms) &&
           get_integer(reader, "overrun", 0, EVENT_MS_MOST, &closing->overrun_ms) &&
           get_text(reader, reader->object, "date", &closing->date) &&
           get_closing_people(reader, closing) && get_closing_roles(reader, closing) &&
           get_closing_items(reader, closing) && get_closing_done(reader, closing);
}

static bool
get_field(const struct reader *reader, struct event *event, const struct event_field *field)
{
    void *at = (char *)event + field->offset;
    int word = 0;

    if (field->type == FIELD_CLOSING && json_object_get(reader->object, "turns") == NULL)
        return true;
    if (field->optional && field->type != FIELD_CLOSING &&
        json_object_get(reader->object, field->name) == NULL)
        return true;
    switch (field->type) {
    case FIELD_INT:
        return get_int(reader, field, 0, at);
    case FIELD_STEPS:
        return get_int(reader, field, -INT_MAX, at);
    case FIELD_MS:
        return get_integer(reader, field->name, -EVENT_MS_MOST, EVENT_MS_MOST, at);
    case FIELD_FLAG:
        *(bool *)at = json_is_true(json_object_get(reader->object, field->name));
        return true;
    case FIELD_TEXT:
        return get_text(reader, reader->object, field->name, at);
    case FIELD_END:
        if (!get_word(reader, field->name, event_end_names, END_REASONS, &word))
            return false;
        event->end = (enum end_reason)word;
        return true;
    case FIELD_LIGHT:
        if (!get_word(reader, field->name, event_light_names, LIGHTS, &word))
            return false;
        event->light = (enum light)word;
        return true;
    case FIELD_LIST:
        return get_list(reader, field->name, event);
    case FIELD_SETTINGS:
        return get_new_settings(reader, event);
    case FIELD_CLOSING:
        return get_closing(reader, event);
    case FIELD_OPENING:
        return get_opening(reader, event);
    case FIELD_WATCH:
        return get_watch(reader, event);
    }
    return false;
}

static bool
get_common(const struct reader *reader, struct event *event)
{
    const char *at = json_string_value(json_object_get(reader->object, "at"));
    int word = 0;

    if (!get_integer(reader, "seq", 1, INT64_MAX, &event->seq) ||
        !get_integer(reader, "t", 0, EVENT_MS_MOST, &event->at.elapsed_ms) ||
        !get_word(reader, "by", event_origin_names, ORIGINS, &word))
        return false;
    event->by = (enum origin)word;
    if (at == NULL || !stamp_parse(at, &event->at.wall_ms, &event->at.utc_offset_s))
        return complain(reader, "\"at\" is not a time stamp");
    return true;
}

static bool
get_fields(const struct reader *reader, struct event *event)
{
    const struct event_row *row = &event_rows[event->kind];

    for (int i = 0; i < FIELDS_MOST && row->fields[i].name != NULL; i++) {
        if (!get_field(reader, event, &row->fields[i]))
            return false;
    }
    return true;
}

static enum event_verdict
find_kind(const struct reader *reader, enum event_kind *kind)
{
    const char *name = json_string_value(json_object_get(reader->object, "event"));

    if (name == NULL) {
        complain(reader, "\"event\" is not a text");
        return EVENT_BAD;
    }
    for (int i = 0; i < EVENT_KINDS; i++) {
        if (strcmp(event_rows[i].name, name) == 0) {
            *kind = (enum event_kind)i;
            return EVENT_GOOD;
        }
    }
    complain(reader, "an event this version does not know");
    return EVENT_FOREIGN;
}

static enum event_verdict
read_object(const struct reader *reader, struct event *event)
{
    int64_t version = EVENT_VERSION;
    enum event_verdict verdict = find_kind(reader, &event->kind);

    if (verdict != EVENT_GOOD)
        return verdict;
    if (event->kind == EVENT_SESSION_OPENED) {
        if (!get_integer(reader, "version", 1, INT_MAX, &version))
            return EVENT_BAD;
        if (version > EVENT_VERSION) {
            complain(reader, "version %d of the format, this program knows %d", (int)version,
                     EVENT_VERSION);
            return EVENT_FOREIGN;
        }
    }
    return get_common(reader, event) && get_fields(reader, event) ? EVENT_GOOD : EVENT_BAD;
}

/* jansson stops at depth 2048 by itself; nothing of ours is deeper than 8 (F25). */
static bool
is_shallow(const char *json, size_t length)
{
    bool in_text = false;
    int depth = 0;

    for (size_t i = 0; i < length; i++) {
        if (in_text && json[i] == '\\')
            i++;
        else if (json[i] == '"')
            in_text = !in_text;
        else if (!in_text && (json[i] == '{' || json[i] == '[') && ++depth > DEPTH_MOST)
            return false;
        else if (!in_text && (json[i] == '}' || json[i] == ']'))
            depth--;
    }
    return true;
}

enum event_verdict
event_parse(const char *json, size_t length, struct event *event,
            char why[static SETTINGS_ERROR_SIZE])
{
    json_error_t error;
    struct reader reader = {NULL, why};
    enum event_verdict verdict;
    json_t *object;

    *event = (struct event){0};
    why[0] = '\0';
    object =
        is_shallow(json, length) ? json_loadb(json, length, JSON_REJECT_DUPLICATES, &error) : NULL;
    reader.object = object;
    if (!json_is_object(object)) {
        complain(&reader, "not a JSON object");
        verdict = EVENT_BAD;
    } else {
        verdict = read_object(&reader, event);
    }
    json_decref(object);
    if (verdict != EVENT_GOOD)
        event_clear(event);
    return verdict;
}
