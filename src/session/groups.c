#include "session/groups.h"

#include <stdio.h>

#include "session/sentence.h"
#include "session/text.h"

enum { NAME_LEAST = 3 /* columns, with what stands before it */ };

/* Every second one of those who drive, or of those who watch. */
static int
deal(const struct roster *roster, bool observers, int64_t *ids)
{
    int count = 0, seen = 0;

    for (int i = 0; i < roster->count; i++) {
        const struct person *person = &roster->people[i];

        if (person->present && person->observer == observers && seen++ % 2 == 1)
            ids[count++] = person->id;
    }
    return count;
}

int
groups_deal(const struct roster *roster, int64_t *ids)
{
    int drivers = deal(roster, false, ids);

    return drivers + deal(roster, true, ids + drivers);
}

/* The fact that last sent them away. */
static bool
is_in_other_group(const struct session *session, const struct person *person)
{
    if (person->present)
        return false;
    for (int i = session->log_count - 1; i >= 0; i--) {
        const struct event *event = &session->log[i];

        if (event_sends_away(event, person->id) && !session_is_undone(session, event->seq))
            return event->list_count > 0;
    }
    return false;
}

/* Their names into `names`, which has room for all. Returns how many. */
static int
collect(const struct session *session, const char *names[static ROSTER_MOST])
{
    int count = 0;

    for (int i = 0; i < session->roster.count && count < ROSTER_MOST; i++) {
        const struct person *person = &session->roster.people[i];

        if (is_in_other_group(session, person))
            names[count++] = person->name;
    }
    return count;
}

/* With the first `named` of `count` names. False: it needs more bytes or columns. */
static bool
write_line(const char *const *names, int named, int count, int columns, char *out, size_t size)
{
    struct sentence line = {.used = 0};

    sentence_add(&line, "The other group: ");
    for (int i = 0; i < named; i++)
        sentence_add(&line, "%s%s", i > 0 ? ", " : "", names[i]);
    if (named == 0)
        sentence_add(&line, "%d people", count);
    else if (named < count)
        sentence_add(&line, " and %d more", count - named);
    sentence_add(&line, ". They need a second laptop.");
    sentence_finish(&line, out, size);
    return line.used < size && text_columns(out) <= columns;
}

char *
groups_line(const struct session *session, int columns, char *out, size_t size)
{
    const char *names[ROSTER_MOST];
    int count = collect(session, names);
    int named = count < columns / NAME_LEAST ? count : columns / NAME_LEAST;

    out[0] = '\0';
    for (; count > 0 && named >= 0; named--) {
        if (write_line(names, named, count, columns, out, size))
            return out;
    }
    if (count > 0)
        snprintf(out, size, "Other group: %d, on a second laptop", count);
    return out;
}
