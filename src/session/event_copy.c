/* Deep copies of events. Each part is freed as a whole when something of it found no memory. */

#include <stdlib.h>
#include <string.h>

#include "session/event.h"

/* False when memory is out; *to is then NULL. */
static bool
copy_text(char **to, const char *from)
{
    *to = from == NULL ? NULL : strdup(from);
    return from == NULL || *to != NULL;
}

static bool
copy_opening_people(struct opening *to, const struct opening *from)
{
    bool is_whole = true;

    to->people = calloc((size_t)from->people_count + 1, sizeof *to->people);
    if (to->people == NULL)
        return false;
    to->people_count = from->people_count;
    for (int i = 0; i < to->people_count; i++) {
        to->people[i] = from->people[i];
        is_whole &= copy_text(&to->people[i].name, from->people[i].name);
    }
    return is_whole;
}

struct opening *
opening_copy(const struct opening *from)
{
    struct opening *to = calloc(1, sizeof *to);
    bool is_whole;

    if (to == NULL)
        return NULL;
    *to = *from;
    to->people_count = 0;
    is_whole = settings_copy(&to->settings, &from->settings);
    is_whole &= copy_text(&to->boot, from->boot);
    is_whole &= copy_text(&to->host, from->host);
    is_whole &= copy_opening_people(to, from);
    if (is_whole)
        return to;
    opening_free(to);
    return NULL;
}

static bool
copy_closing_people(struct closing *to, const struct closing *from)
{
    bool is_whole = true;

    to->people = calloc((size_t)from->people_count + 1, sizeof *to->people);
    if (to->people == NULL)
        return false;
    to->people_count = from->people_count;
    for (int i = 0; i < to->people_count; i++) {
        to->people[i] = from->people[i];
        is_whole &= copy_text(&to->people[i].name, from->people[i].name);
    }
    return is_whole;
}

static bool
copy_roles(struct closing *to, const struct closing *from)
{
    bool is_whole = true;

    to->roles = calloc((size_t)from->roles_count + 1, sizeof *to->roles);
    if (to->roles == NULL)
        return false;
    to->roles_count = from->roles_count;
    for (int i = 0; i < to->roles_count; i++) {
        is_whole &= copy_text(&to->roles[i].name, from->roles[i].name);
        is_whole &= copy_text(&to->roles[i].holder, from->roles[i].holder);
    }
    return is_whole;
}

static bool
copy_items(struct closing *to, const struct closing *from)
{
    bool is_whole = true;

    to->items = calloc((size_t)from->items_count + 1, sizeof *to->items);
    if (to->items == NULL)
        return false;
    to->items_count = from->items_count;
    for (int i = 0; i < to->items_count; i++) {
        to->items[i].note = from->items[i].note;
        is_whole &= copy_text(&to->items[i].owner, from->items[i].owner);
        is_whole &= copy_text(&to->items[i].text, from->items[i].text);
    }
    return is_whole;
}

static bool
copy_done(struct closing *to, const struct closing *from)
{
    bool is_whole = true;

    to->done = calloc((size_t)from->done_count + 1, sizeof *to->done);
    if (to->done == NULL)
        return false;
    to->done_count = from->done_count;
    for (int i = 0; i < to->done_count; i++) {
        to->done[i].note = from->done[i].note;
        is_whole &= copy_text(&to->done[i].record, from->done[i].record);
    }
    return is_whole;
}

static struct closing *
closing_copy(const struct closing *from)
{
    struct closing *to = calloc(1, sizeof *to);

    if (to == NULL)
        return NULL;
    *to = *from;
    to->people_count = to->roles_count = to->items_count = to->done_count = 0;
    to->people = NULL;
    to->roles = NULL;
    to->items = NULL;
    to->done = NULL;
    if (copy_text(&to->date, from->date) && copy_closing_people(to, from) && copy_roles(to, from) &&
        copy_items(to, from) && copy_done(to, from))
        return to;
    closing_free(to);
    return NULL;
}

static bool
copy_list(struct event *to, const struct event *from)
{
    size_t size = (size_t)from->list_count * sizeof *to->list;

    to->list = NULL;
    if (from->list_count == 0)
        return true;
    to->list = malloc(size);
    if (to->list == NULL)
        return false;
    memcpy(to->list, from->list, size);
    return true;
}

bool
event_copy(struct event *to, const struct event *from)
{
    bool is_whole;

    *to = *from;
    is_whole = copy_text(&to->name, from->name);
    is_whole &= copy_text(&to->text, from->text);
    is_whole &= copy_text(&to->role, from->role);
    is_whole &= copy_text(&to->reason, from->reason);
    is_whole &= copy_text(&to->record, from->record);
    is_whole &= copy_list(to, from);
    to->opening = from->opening == NULL ? NULL : opening_copy(from->opening);
    to->closing = from->closing == NULL ? NULL : closing_copy(from->closing);
    is_whole &= (to->opening == NULL) == (from->opening == NULL);
    is_whole &= (to->closing == NULL) == (from->closing == NULL);
    if (!is_whole)
        event_clear(to);
    return is_whole;
}
