/*
 * Which fields each kind of event carries: the tables behind event.c and event_text.c.
 */
#ifndef SESSION_EVENT_FIELDS_H
#define SESSION_EVENT_FIELDS_H

#include "session/event.h"

enum field_type {
    FIELD_INT,      /* int, 0 or more           */
    FIELD_STEPS,    /* int, any sign            */
    FIELD_MS,       /* int64_t, any sign        */
    FIELD_FLAG,     /* bool; false is left out  */
    FIELD_TEXT,     /* char *                   */
    FIELD_END,      /* enum end_reason          */
    FIELD_LIGHT,    /* enum light              */
    FIELD_LIST,     /* int64_t list, list_count */
    FIELD_OPENING,  /* the whole of struct opening */
    FIELD_SETTINGS, /* of struct opening: settings */
    FIELD_CLOSING,  /* the whole of struct closing */
    FIELD_WATCH     /* of struct opening: pid, boot, boottime, host */
};

enum { FIELDS_MOST = 6 /* of a row, with the one that ends it */ };

struct event_field {
    const char *name; /* in the journal; NULL ends a row */
    enum field_type type;
    size_t offset; /* into struct event */
    bool optional; /* may be missing: 0, false, NULL */
};

struct event_row {
    const char *name;
    bool boundary;
    bool act; /* a person's act that `u` may take back */
    struct event_field fields[FIELDS_MOST];
};

extern const struct event_row event_rows[EVENT_KINDS];
extern const char *const event_origin_names[ORIGINS];
extern const char *const event_end_names[END_REASONS];
extern const char *const event_light_names[LIGHTS];

#endif
