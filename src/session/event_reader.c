#include "session/event_reader.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "session/text.h"

bool
event_read_fault(const struct event_reader *reader, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(reader->why, SETTINGS_ERROR_SIZE, format, arguments);
    va_end(arguments);
    return false;
}

bool
event_read_integer(const struct event_reader *reader, const char *name, int64_t least, int64_t most,
                   int64_t *value)
{
    const json_t *json = json_object_get(reader->object, name);

    if (!json_is_integer(json))
        return event_read_fault(reader, "\"%s\" is not a whole number", name);
    *value = json_integer_value(json);
    if (*value < least || *value > most)
        return event_read_fault(reader, "\"%s\" is out of range", name);
    return true;
}

bool
event_read_count(const struct event_reader *reader, const char *name, int *value)
{
    int64_t number = 0;

    if (!event_read_integer(reader, name, 0, INT_MAX, &number))
        return false;
    *value = (int)number;
    return true;
}

bool
event_read_flag(const struct event_reader *reader, const char *name)
{
    return json_is_true(json_object_get(reader->object, name));
}

bool
event_read_text(const struct event_reader *reader, const char *name, char **text)
{
    const json_t *json = json_object_get(reader->object, name);

    if (!json_is_string(json))
        return event_read_fault(reader, "\"%s\" is not a text", name);
    free(*text);
    *text = text_clean(json_string_value(json), json_string_length(json));
    return *text != NULL || event_read_fault(reader, "no memory left");
}

void *
event_read_list(const struct event_reader *reader, const char *name, size_t most, size_t size,
                int *count)
{
    const json_t *list = json_object_get(reader->object, name);
    size_t length = json_array_size(list);
    void *room;

    *count = 0;
    if (!json_is_array(list) || length > most) {
        event_read_fault(reader, "\"%s\" is not a list of at most %zu", name, most);
        return NULL;
    }
    room = calloc(length + 1, size);
    if (room == NULL)
        event_read_fault(reader, "no memory left");
    else
        *count = (int)length;
    return room;
}

struct event_reader
event_reader_at(const struct event_reader *reader, const char *name, int index)
{
    const json_t *list = json_object_get(reader->object, name);

    return (struct event_reader){json_array_get(list, (size_t)index), reader->why};
}
