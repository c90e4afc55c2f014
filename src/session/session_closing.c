/* The session in one line, for the history. */

#include <stdlib.h>
#include <string.h>

#include "session/session_inside.h"
#include "session/summary.h"

enum { ITEMS_BYTES = 65536 };

/* A closing under construction. Without memory for a part of it there is none. */
struct closer {
    struct closing *closing;
    const struct session *session;
    bool failed;
};

/* NULL is "". */
static char *
copy(struct closer *closer, const char *text)
{
    char *copied = strdup(text == NULL ? "" : text);

    closer->failed |= copied == NULL;
    return copied;
}

/* Room for `count` items, which fill it one by one. */
static void *
room_for(struct closer *closer, int *count, size_t size)
{
    void *room = calloc((size_t)*count + 1, size);

    if (room == NULL) {
        closer->failed = true;
        *count = 0;
    }
    return room;
}

static int
last_turn_of(const struct session *session, int person)
{
    for (int i = session->turns_count - 1; i >= 0; i--) {
        if (session->turns[i].counted && session->turns[i].turn.driver == person)
            return session->turns[i].turn.number;
    }
    return 0;
}

static void
close_people(struct closer *closer)
{
    const struct session *session = closer->session;
    struct closing *closing = closer->closing;
    int count = session->roster.count;

    closing->people = room_for(closer, &count, sizeof *closing->people);
    for (int i = 0; i < count; i++) {
        const struct person *person = &session->roster.people[i];

        if (!summary_was_here(session, person->id))
            continue;
        closing->people[closing->people_count++] =
            (struct closing_person){copy(closer, person->name), person->turns,
                                    last_turn_of(session, person->id), person->observer};
    }
}

static void
close_roles(struct closer *closer)
{
    const struct session *session = closer->session;
    struct closing *closing = closer->closing;
    int count = session->roles_count;

    closing->roles = room_for(closer, &count, sizeof *closing->roles);
    for (int i = 0; i < count; i++) {
        const struct role *role = &session->roles[i];

        closing->roles[closing->roles_count++] =
            (struct closing_role){copy(closer, role->name), copy(closer, role->holder)};
    }
}

/* The line has a limit: what does not fit is left out, and `actions` then says that more were. */
static void
close_items(struct closer *closer)
{
    const struct session *session = closer->session;
    struct closing *closing = closer->closing;
    int count = session->notes_count;
    size_t bytes = 0;

    closing->items = room_for(closer, &count, sizeof *closing->items);
    for (int i = 0; i < count; i++) {
        const struct note *note = &session->notes[i];

        if (!note->action)
            continue;
        bytes += strlen(note->text);
        if (bytes > ITEMS_BYTES)
            return;
        closing->items[closing->items_count++] =
            (struct closing_item){note->seq, copy(closer, note->owner), copy(closer, note->text)};
    }
}

static void
close_done(struct closer *closer)
{
    const struct session *session = closer->session;
    struct closing *closing = closer->closing;
    int count = session->done_count;

    closing->done = room_for(closer, &count, sizeof *closing->done);
    for (int i = 0; i < count; i++)
        closing->done[closing->done_count++] =
            (struct closing_done){copy(closer, session->done[i].record), session->done[i].note};
}

static void
close_figures(struct closing *closing, const struct session *session, struct moment now)
{
    struct summary summary;

    summary_of(session, &summary);
    closing->turns = summary.turns;
    closing->interruptions = summary.interruptions;
    closing->actions = summary.actions;
    closing->coding_ms = summary.coding_ms;
    closing->debrief_ms = summary.debrief_ms;
    if (!session_is_over(session) && session->phase >= PHASE_DEBRIEF)
        closing->debrief_ms += now.elapsed_ms - session->last.elapsed_ms;
    if (session->stop_ms != 0 && now.wall_ms > session->stop_ms)
        closing->overrun_ms = now.wall_ms - session->stop_ms;
}

struct closing *
session_closing(const struct session *session, struct moment now)
{
    struct closer closer = {calloc(1, sizeof(struct closing)), session, false};

    if (closer.closing == NULL)
        return NULL;
    close_figures(closer.closing, session, now);
    closer.closing->date = copy(&closer, session->next_date);
    close_people(&closer);
    close_roles(&closer);
    close_items(&closer);
    close_done(&closer);
    if (!closer.failed)
        return closer.closing;
    closing_free(closer.closing);
    return NULL;
}
