/*
 * Reading the members of a JSON object into an event: what the files of event_parse*.c share;
 * nobody else includes it. Each returns false, or NULL, after a sentence that says what is wrong.
 */
#ifndef SESSION_EVENT_READER_H
#define SESSION_EVENT_READER_H

#include <jansson.h>

#include "session/event.h"

struct event_reader {
    const json_t *object;
    char *why; /* SETTINGS_ERROR_SIZE bytes */
};

/* Always false. */
__attribute__((format(printf, 2, 3))) bool event_read_fault(const struct event_reader *reader,
                                                            const char *format, ...);

bool event_read_integer(const struct event_reader *reader, const char *name, int64_t least,
                        int64_t most, int64_t *value);

/* An int, from 0. */
bool event_read_count(const struct event_reader *reader, const char *name, int *value);

/* False also when it is missing. */
bool event_read_flag(const struct event_reader *reader, const char *name);

/* *text is replaced, and the event's to free. What old journals hold is cleaned, not refused (D16). */
bool event_read_text(const struct event_reader *reader, const char *name, char **text);

/* Zeroed room of `size` bytes for each element of a list of at most `most`, to be freed; elements
 * are then read through event_reader_at(). */
void *event_read_list(const struct event_reader *reader, const char *name, size_t most, size_t size,
                      int *count);
struct event_reader event_reader_at(const struct event_reader *reader, const char *name, int index);

/* Whole parts, owned by the event. */
bool event_read_watch(const struct event_reader *reader, struct event *event);
bool event_read_opening(const struct event_reader *reader, struct event *event);
bool event_read_settings(const struct event_reader *reader, struct event *event);
bool event_read_closing(const struct event_reader *reader, struct event *event);

#endif
