#include "sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session/stamp.h"

enum { MINUTE = 60 * 1000 };

static int64_t
wall_at(const char *clock, int32_t *offset)
{
    char stamp[STAMP_SIZE];
    int64_t wall_ms;

    snprintf(stamp, sizeof stamp, "2026-11-22T%s.000+01:00", clock);
    assert_true(stamp_parse(stamp, &wall_ms, offset));
    return wall_ms;
}

struct event *
sample_add(struct sample *sample, enum event_kind kind, const char *clock)
{
    struct event *event = &sample->events[sample->count++];
    int32_t offset;

    assert_true(sample->count <= SAMPLE_MOST);
    *event = (struct event){.kind = kind, .by = BY_KEY, .seq = sample->count};
    event->at.wall_ms = wall_at(clock, &offset);
    event->at.utc_offset_s = offset;
    if (sample->count == 1)
        sample->opened = event->at;
    event->at.elapsed_ms = event->at.wall_ms - sample->opened.wall_ms;
    return event;
}

static void
set(char **text, const char *value)
{
    free(*text);
    *text = strdup(value);
}

static void
add_person(struct opening *opening, const char *name)
{
    struct opening_person *person = &opening->people[opening->people_count++];

    person->id = opening->people_count;
    person->name = strdup(name);
}

void
sample_open(struct sample *sample)
{
    int32_t offset;
    struct event *event;

    *sample = (struct sample){.count = 0};
    event = sample_add(sample, EVENT_SESSION_OPENED, "12:40:00");
    event->by = BY_PROGRAM;
    event->ms = wall_at("12:45:00", &offset);
    event->stop_ms = wall_at("14:00:00", &offset);
    event->opening = opening_new();
    event->opening->pid = 4711;
    event->opening->boot = strdup("0b7c3d1e-5a7e-4a43-9c83-0d0a6c1b2f11");
    event->opening->host = strdup("00c0ffee00c0ffee");
    event->opening->boottime_ms = 123456;
    set(&event->opening->settings.title, "Coding dojo");
    set(&event->opening->settings.topic, "Brainfuck interpreter");
    set(&event->opening->settings.stack, "C#");
    event->opening->people = calloc(3, sizeof *event->opening->people);
    add_person(event->opening, "Ada Lovelace");
    add_person(event->opening, "Grace Hopper");
    add_person(event->opening, "Alan Turing");
}

static void
add_turn(struct sample *sample, int number, int person, const char *from, const char *to,
         enum end_reason end)
{
    struct event *event = sample_add(sample, EVENT_TURN_STARTED, from);

    event->turn = number;
    event->person = person;
    event->ms = 5 * MINUTE;
    event = sample_add(sample, EVENT_TURN_ENDED, to);
    event->by = end == END_TIME ? BY_CLOCK : BY_KEY;
    event->turn = number;
    event->person = person;
    event->end = end;
    event->counted = true;
}

/* Turn 1 is extended, turn 2 paused. */
static void
add_first_turns(struct sample *sample)
{
    struct event *event = sample_add(sample, EVENT_TURN_STARTED, "12:47:00");

    event->turn = 1;
    event->person = 1;
    event->ms = 5 * MINUTE;
    sample_add(sample, EVENT_TURN_EXTENDED, "12:51:30")->ms = MINUTE;
    event = sample_add(sample, EVENT_TURN_ENDED, "12:53:00");
    event->by = BY_CLOCK;
    event->turn = 1;
    event->person = 1;
    event->counted = true;
    event = sample_add(sample, EVENT_TURN_STARTED, "12:53:10");
    event->turn = 2;
    event->person = 2;
    event->ms = 5 * MINUTE;
    sample_add(sample, EVENT_PERSON_PASSED, "12:54:00")->person = 3;
    sample_add(sample, EVENT_PAUSED, "12:55:00");
    sample_add(sample, EVENT_RESUMED, "12:58:00");
    event = sample_add(sample, EVENT_TURN_ENDED, "12:59:00");
    event->turn = 2;
    event->person = 2;
    event->end = END_NEXT;
    event->counted = true;
}

static void
add_interruption(struct sample *sample)
{
    struct event *event = sample_add(sample, EVENT_SESSION_LEFT, "13:10:00");

    event->by = BY_PROGRAM;
    event->reason = strdup("SIGHUP");
    event = sample_add(sample, EVENT_SESSION_RESUMED, "13:10:48");
    event->by = BY_PROGRAM;
    event->ms = 48 * 1000;
    event->opening = opening_new();
    event->opening->pid = 4712;
    event->opening->boot = strdup("");
    event->opening->host = strdup("00c0ffee00c0ffee");
}

static void
add_note(struct sample *sample, const char *clock, int question, const char *text,
         const char *owner)
{
    struct event *event = sample_add(sample, EVENT_NOTE_ADDED, clock);

    event->number = question;
    event->text = strdup(text);
    event->action = owner != NULL;
    event->name = owner == NULL || owner[0] == '\0' ? NULL : strdup(owner);
}

static void
add_debrief(struct sample *sample)
{
    struct event *event;

    sample_add(sample, EVENT_DEBRIEF_STARTED, "13:50:00")->by = BY_CLOCK;
    sample_add(sample, EVENT_QUESTION_OPENED, "13:50:05")->number = 1;
    add_note(sample, "13:51:00", 1, "Small steps keep the tests green", NULL);
    add_note(sample, "13:52:00", 1, "Éric's trick: read the failing test aloud", NULL);
    sample_add(sample, EVENT_QUESTION_OPENED, "13:54:00")->number = 2;
    add_note(sample, "13:55:00", 2, "Publish the solution", "Grace Hopper");
    add_note(sample, "13:56:00", 2, "Find a larger screen", "");
    sample_add(sample, EVENT_ROLES_OPENED, "14:01:00");
    event = sample_add(sample, EVENT_ROLE_TAKEN, "14:02:00");
    event->role = strdup("Master of Ceremony");
    event->name = strdup("Kathleen Booth");
    sample_add(sample, EVENT_ROLE_VACANT, "14:05:00")->role = strdup("Master of Dojo");
    sample_add(sample, EVENT_SESSION_CLOSED, "14:06:00");
}

void
sample_make(struct sample *sample)
{
    struct event *event;
    int32_t offset;

    sample_open(sample);
    sample_add(sample, EVENT_SESSION_STARTED, "12:47:00")->stop_ms = wall_at("14:00:00", &offset);
    add_first_turns(sample);
    event = sample_add(sample, EVENT_PERSON_JOINED, "13:00:00");
    event->person = 4;
    event->name = strdup("Kathleen Booth");
    add_turn(sample, 3, 4, "13:00:10", "13:05:10", END_TIME);
    sample_add(sample, EVENT_PERSON_AWAY, "13:06:00")->person = 3;
    add_interruption(sample);
    add_turn(sample, 4, 1, "13:11:00", "13:16:00", END_TIME);
    add_debrief(sample);
}

void
sample_free(struct sample *sample)
{
    for (int i = 0; i < sample->count; i++)
        event_clear(&sample->events[i]);
    sample->count = 0;
}

void
sample_replay(const struct sample *sample, struct session *session)
{
    session_init(session);
    for (int i = 0; i < sample->count; i++)
        session_apply(session, &sample->events[i]);
}
