/* Reading: one JSON object as an event; whatever is wrong gets a sentence. */

#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/event_fields.h"
#include "session/event_reader.h"
#include "session/stamp.h"

enum { DEPTH_MOST = 8, LIST_MOST = 1 << 16 };

static bool
get_word(const struct event_reader *reader, const char *name, const char *const *words, int count,
         int *index)
{
    const char *text = json_string_value(json_object_get(reader->object, name));

    for (int i = 0; text != NULL && i < count; i++) {
        if (strcmp(words[i], text) == 0) {
            *index = i;
            return true;
        }
    }
    return event_read_fault(reader, "\"%s\" is none of the known words", name);
}

static bool
get_list(const struct event_reader *reader, const char *name, struct event *event)
{
    const json_t *list = json_object_get(reader->object, name);
    size_t count = json_array_size(list);

    if (!json_is_array(list) || count > LIST_MOST)
        return event_read_fault(reader, "\"%s\" is not a list of numbers", name);
    event->list = calloc(count + 1, sizeof *event->list);
    if (event->list == NULL)
        return event_read_fault(reader, "no memory left");
    event->list_count = (int)count;
    for (size_t i = 0; i < count; i++) {
        const json_t *json = json_array_get(list, i);

        if (!json_is_integer(json))
            return event_read_fault(reader, "\"%s\" is not a list of numbers", name);
        event->list[i] = json_integer_value(json);
    }
    return true;
}

static bool
get_int(const struct event_reader *reader, const struct event_field *field, int least, int *value)
{
    int64_t number = 0;

    if (!event_read_integer(reader, field->name, least, INT_MAX, &number))
        return false;
    *value = (int)number;
    return true;
}

/* The closing's own fields stand in the event itself: with `turns` they are all there. */
static bool
is_left_out(const struct event_reader *reader, const struct event_field *field)
{
    const char *name = field->type == FIELD_CLOSING ? "turns" : field->name;

    return field->optional && json_object_get(reader->object, name) == NULL;
}

static bool
get_field(const struct event_reader *reader, struct event *event, const struct event_field *field)
{
    void *at = (char *)event + field->offset;
    int word = 0;

    if (is_left_out(reader, field))
        return true;
    switch (field->type) {
    case FIELD_INT:
        return get_int(reader, field, 0, at);
    case FIELD_STEPS:
        return get_int(reader, field, -INT_MAX, at);
    case FIELD_MS:
        return event_read_integer(reader, field->name, -EVENT_MS_MOST, EVENT_MS_MOST, at);
    case FIELD_FLAG:
        *(bool *)at = event_read_flag(reader, field->name);
        return true;
    case FIELD_TEXT:
        return event_read_text(reader, field->name, at);
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
        return event_read_settings(reader, event);
    case FIELD_CLOSING:
        return event_read_closing(reader, event);
    case FIELD_OPENING:
        return event_read_opening(reader, event);
    case FIELD_WATCH:
        return event_read_watch(reader, event);
    }
    return false;
}

static bool
get_common(const struct event_reader *reader, struct event *event)
{
    const char *at = json_string_value(json_object_get(reader->object, "at"));
    int word = 0;

    if (!event_read_integer(reader, "seq", 1, INT64_MAX, &event->seq) ||
        !event_read_integer(reader, "t", 0, EVENT_MS_MOST, &event->at.elapsed_ms) ||
        !get_word(reader, "by", event_origin_names, ORIGINS, &word))
        return false;
    event->by = (enum origin)word;
    if (at == NULL || !stamp_parse(at, &event->at.wall_ms, &event->at.utc_offset_s))
        return event_read_fault(reader, "\"at\" is not a time stamp");
    return true;
}

static bool
get_fields(const struct event_reader *reader, struct event *event)
{
    const struct event_row *row = &event_rows[event->kind];

    for (int i = 0; row->fields[i].name != NULL; i++) {
        if (!get_field(reader, event, &row->fields[i]))
            return false;
    }
    return true;
}

static enum event_verdict
find_kind(const struct event_reader *reader, enum event_kind *kind)
{
    const char *name = json_string_value(json_object_get(reader->object, "event"));

    if (name == NULL) {
        event_read_fault(reader, "\"event\" is not a text");
        return EVENT_BAD;
    }
    for (int i = 0; i < EVENT_KINDS; i++) {
        if (strcmp(event_rows[i].name, name) == 0) {
            *kind = (enum event_kind)i;
            return EVENT_GOOD;
        }
    }
    event_read_fault(reader, "an event this version does not know");
    return EVENT_FOREIGN;
}

static enum event_verdict
read_object(const struct event_reader *reader, struct event *event)
{
    int64_t version = EVENT_VERSION;
    enum event_verdict verdict = find_kind(reader, &event->kind);

    if (verdict != EVENT_GOOD)
        return verdict;
    if (event->kind == EVENT_SESSION_OPENED) {
        if (!event_read_integer(reader, "version", 1, INT_MAX, &version))
            return EVENT_BAD;
        if (version > EVENT_VERSION) {
            event_read_fault(reader, "version %d of the format, this program knows %d",
                             (int)version, EVENT_VERSION);
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
    struct event_reader reader = {NULL, why};
    enum event_verdict verdict;
    json_t *object;

    *event = (struct event){0};
    why[0] = '\0';
    object =
        is_shallow(json, length) ? json_loadb(json, length, JSON_REJECT_DUPLICATES, &error) : NULL;
    reader.object = object;
    if (!json_is_object(object)) {
        event_read_fault(&reader, "not a JSON object");
        verdict = EVENT_BAD;
    } else {
        verdict = read_object(&reader, event);
    }
    json_decref(object);
    if (verdict != EVENT_GOOD)
        event_clear(event);
    return verdict;
}
