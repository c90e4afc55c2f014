#include "storage/past_line.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/stamp.h"
#include "storage/scan.h"

static bool
is(const char *key, const char *name)
{
    return strcmp(key, name) == 0;
}

/* The list with room for one more; lists are kept from file to file. */
static void *
with_room(void *list, int count, int *room, size_t size, struct scan *scan)
{
    int wanted = *room == 0 ? 16 : *room * 2;
    void *more;

    if (count < *room)
        return list;
    more = realloc(list, (size_t)wanted * size);
    if (more == NULL) {
        scan->failed = true;
        return list;
    }
    *room = wanted;
    return more;
}

/* ---- the closing line ---- */

static struct closing_person
scan_person(struct scan *scan)
{
    struct closing_person person = {0};
    const char *key;

    scan_object(scan);
    while (scan_key(scan, &key)) {
        if (is(key, "name"))
            person.name = scan_text(scan);
        else if (is(key, "turns"))
            person.turns = (int)scan_number(scan, INT_MAX);
        else if (is(key, "last"))
            person.last = (int)scan_number(scan, INT_MAX);
        else if (is(key, "observer"))
            person.observer = scan_flag(scan);
        else
            scan_skip(scan);
    }
    scan->failed |= person.name == NULL;
    return person;
}

static struct closing_role
scan_role(struct scan *scan)
{
    struct closing_role role = {0};
    const char *key;

    scan_object(scan);
    while (scan_key(scan, &key)) {
        if (is(key, "name"))
            role.name = scan_text(scan);
        else if (is(key, "holder"))
            role.holder = scan_text(scan);
        else
            scan_skip(scan);
    }
    scan->failed |= role.name == NULL || role.holder == NULL;
    return role;
}

static struct closing_item
scan_action(struct scan *scan)
{
    struct closing_item item = {0};
    const char *key;

    scan_object(scan);
    while (scan_key(scan, &key)) {
        if (is(key, "note"))
            item.note = scan_number(scan, INT64_MAX / 10 - 1);
        else if (is(key, "owner"))
            item.owner = scan_text(scan);
        else if (is(key, "text"))
            item.text = scan_text(scan);
        else
            scan_skip(scan);
    }
    scan->failed |= item.owner == NULL || item.text == NULL;
    return item;
}

static struct closing_done
scan_done(struct scan *scan)
{
    struct closing_done done = {0};
    const char *key;

    scan_object(scan);
    while (scan_key(scan, &key)) {
        if (is(key, "note"))
            done.note = scan_number(scan, INT64_MAX / 10 - 1);
        else if (is(key, "record"))
            done.record = scan_text(scan);
        else
            scan_skip(scan);
    }
    scan->failed |= done.record == NULL;
    return done;
}

#define SCAN_LIST(file, scan, what, scan_one)                                                      \
    do {                                                                                           \
        struct closing *closing = &(file)->closing;                                                \
        scan_list(scan);                                                                           \
        while (scan_item(scan)) {                                                                  \
            closing->what = with_room(closing->what, closing->what##_count, &(file)->what##_room,  \
                                      sizeof *closing->what, scan);                                \
            if (!(scan)->failed)                                                                   \
                closing->what[closing->what##_count++] = scan_one(scan);                           \
        }                                                                                          \
    } while (0)

/* True when the key was a list of ours. */
static bool
scan_lists(struct past_file *file, struct scan *scan, const char *key)
{
    if (is(key, "people"))
        SCAN_LIST(file, scan, people, scan_person);
    else if (is(key, "roles"))
        SCAN_LIST(file, scan, roles, scan_role);
    else if (is(key, "items"))
        SCAN_LIST(file, scan, items, scan_action);
    else if (is(key, "done"))
        SCAN_LIST(file, scan, done, scan_done);
    else
        return false;
    return true;
}

static void
scan_closing_value(struct past_file *file, struct scan *scan, const char *key)
{
    struct closing *closing = &file->closing;

    if (is(key, "turns"))
        closing->turns = (int)scan_number(scan, INT_MAX);
    else if (is(key, "interruptions"))
        closing->interruptions = (int)scan_number(scan, INT_MAX);
    else if (is(key, "actions"))
        closing->actions = (int)scan_number(scan, INT_MAX);
    else if (is(key, "coding"))
        closing->coding_ms = scan_number(scan, EVENT_MS_MOST);
    else if (is(key, "debrief"))
        closing->debrief_ms = scan_number(scan, EVENT_MS_MOST);
    else if (is(key, "overrun"))
        closing->overrun_ms = scan_number(scan, EVENT_MS_MOST);
    else if (is(key, "date"))
        closing->date = scan_text(scan);
    else if (!scan_lists(file, scan, key))
        scan_skip(scan);
}

bool
past_line_closing(struct past_file *file, char *line, size_t length)
{
    struct closing *closing = &file->closing;
    struct scan scan = {.at = line, .end = line + length};
    const char *key;

    *closing = (struct closing){.people = closing->people,
                                .roles = closing->roles,
                                .items = closing->items,
                                .done = closing->done};
    scan_object(&scan);
    while (scan_key(&scan, &key))
        scan_closing_value(file, &scan, key);
    return !scan.failed && closing->date != NULL; /* the last of what every summary has */
}

/* ---- the opening line ---- */

/* As far as the last that matters here; dozens follow it. */
static void
scan_settings(struct past *past, struct scan *scan)
{
    const char *key = "";

    scan_object(scan);
    while (!is(key, "session.stack") && scan_key(scan, &key)) {
        if (is(key, "session.title"))
            past->title = scan_text(scan);
        else if (is(key, "session.topic"))
            past->topic = scan_text(scan);
        else if (is(key, "session.stack"))
            past->stack = scan_text(scan);
        else
            scan_skip(scan);
    }
}

bool
past_line_opening(struct past_file *file, char *line, size_t length)
{
    struct scan scan = {.at = line, .end = line + length};
    struct past *past = &file->past;
    const char *key = "", *at = "", *event = "";
    int64_t version = 0;

    file->practice = false;
    past->title = past->topic = past->stack = "";
    scan_object(&scan);
    while (!is(key, "settings") && scan_key(&scan, &key)) { /* then come the people */
        if (is(key, "at"))
            at = scan_text(&scan);
        else if (is(key, "event"))
            event = scan_text(&scan);
        else if (is(key, "version"))
            version = scan_number(&scan, INT_MAX);
        else if (is(key, "practice"))
            file->practice = scan_flag(&scan);
        else if (is(key, "settings"))
            scan_settings(past, &scan);
        else
            scan_skip(&scan);
    }
    return !scan.failed && version == EVENT_VERSION && is(event, "session_opened") &&
           stamp_parse(at, &past->opened.wall_ms, &past->opened.utc_offset_s);
}
