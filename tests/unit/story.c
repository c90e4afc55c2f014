#include "story.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MINUTE = 60000 };

static void
light(struct dojo *dojo, const char *clock, enum light light)
{
    dojo_until(dojo, clock);
    DO(dojo, .kind = COMMAND_LIGHT, .by = BY_COMMAND, .number = (int)light);
}

static void
step(struct dojo *dojo, const char *clock, int number, const char *title)
{
    dojo_until(dojo, clock);
    DO(dojo, .kind = COMMAND_STEP, .by = BY_COMMAND, .number = number, .ms = 11, .text = title);
}

static void
note(struct dojo *dojo, const char *clock, const char *text)
{
    dojo_until(dojo, clock);
    DO(dojo, .kind = COMMAND_NOTE, .text = text);
}

static void
take(struct dojo *dojo, const char *role, const char *name)
{
    DO(dojo, .kind = COMMAND_TAKE_ROLE, .role = role, .text = name);
}

/* ---- the session before ---- */

static void
tell_before(struct dojo *dojo)
{
    dojo_begin(dojo, "12:45", 3);
    DO(dojo, .kind = COMMAND_RENAME, .person = 2, .text = "Grace Hopper");
    dojo_until(dojo, "12:51");
    DO(dojo, .kind = COMMAND_DEBRIEF);
    note(dojo, "13:52", "@Grace Hopper find an adapter for the big screen");
    DO(dojo, .kind = COMMAND_ROLES);
    take(dojo, "Master of Ceremony", "Grace Hopper");
    take(dojo, "Master of Dojo", "Ada Lovelace");
    DO(dojo, .kind = COMMAND_CLOSE);
}

/* ---- this one ---- */

static void
open_board(struct dojo *dojo, int64_t item)
{
    static const char *const names[] = {"Ada Lovelace", "Grace Hopper", "Alan Turing",
                                        "Kathleen Booth", "Konrad Zuse"};

    dojo_init(dojo);
    dojo_set(dojo, "session.title", "Lunch dojo");
    dojo_set(dojo, "session.topic", "Brainfuck interpreter");
    dojo_set(dojo, "session.stack", "C#");
    dojo_set(dojo, "session.url", "https://example.org/dojo?topic=1&level=2");
    dojo_set(dojo, "session.start", "12:45");
    dojo_set(dojo, "turn.handover", "10s");
    dojo_set(dojo, "break.every", "6");
    dojo_open(dojo, "12:40", 5);
    for (int i = 0; i < 5; i++)
        DO(dojo, .kind = COMMAND_RENAME, .person = i + 1, .text = names[i]);
    DO(dojo, .kind = COMMAND_OBSERVE, .person = 5);
    DO(dojo, .kind = COMMAND_ACTION_DONE, .role = STORY_BEFORE, .note = item);
}

static void
tell_first_half(struct dojo *dojo)
{
    light(dojo, "12:44", LIGHT_GREEN);
    dojo_until(dojo, "12:46");
    DO(dojo, .kind = COMMAND_START);
    step(dojo, "12:46:30", 1, "an empty program does nothing");
    light(dojo, "12:48", LIGHT_RED);
    light(dojo, "12:49:30", LIGHT_AMBER);
    light(dojo, "12:50", LIGHT_RED);
    dojo_until(dojo, "12:52");
    DO(dojo, .kind = COMMAND_PASS);
    light(dojo, "12:53", LIGHT_GREEN);
    dojo_until(dojo, "12:54");
    DO(dojo, .kind = COMMAND_PAUSE);
    dojo_until(dojo, "12:56:30");
    DO(dojo, .kind = COMMAND_RESUME);
    step(dojo, "12:57", 2, "moves the pointer right");
    note(dojo, "12:58", "talk about names of tests");
    light(dojo, "13:01", LIGHT_RED);
    dojo_until(dojo, "13:03");
    DO(dojo, .kind = COMMAND_JOIN, .text = "Betty Holberton");
    dojo_until(dojo, "13:04");
    DO(dojo, .kind = COMMAND_EXTEND);
    light(dojo, "13:06", LIGHT_GREEN);
    step(dojo, "13:07", 3, "adds <one> & wraps | at 255");
}

static void
tell_second_half(struct dojo *dojo)
{
    dojo_until(dojo, "13:12");
    DO(dojo, .kind = COMMAND_LEAVE, .by = BY_PROGRAM, .text = "SIGHUP");
    dojo_resume(dojo, "13:13:30");
    light(dojo, "13:20", LIGHT_RED);
    dojo_until(dojo, "13:30");
    light(dojo, "13:36", LIGHT_GREEN);
    dojo_until(dojo, "13:43");
    DO(dojo, .kind = COMMAND_NEXT);
    dojo_until(dojo, "13:44:30");
    dojo_sleep(dojo, "13:46:30");
    light(dojo, "13:47", LIGHT_RED);
}

static void
tell_debrief(struct dojo *dojo)
{
    dojo_reach(dojo, PHASE_DEBRIEF);
    note(dojo, "13:56", "Small steps keep the tests green");
    note(dojo, "13:57", "Read the failing test aloud: \"expected 1, was 0\"");
    DO(dojo, .kind = COMMAND_NEXT);
    note(dojo, "13:58", "Everybody drove");
    DO(dojo, .kind = COMMAND_NEXT);
    note(dojo, "13:59", "The loop came too early; next time a table first");
    note(dojo, "14:00", "@Grace Hopper publish the solution");
    note(dojo, "14:01", "> find a larger screen");
    DO(dojo, .kind = COMMAND_ROLES);
    take(dojo, "Master of Ceremony", "Kathleen Booth");
    DO(dojo, .kind = COMMAND_VACATE_ROLE, .role = "Master of Dojo");
    DO(dojo, .kind = COMMAND_DATE, .text = "2025-09-30");
    dojo_until(dojo, "14:08");
    DO(dojo, .kind = COMMAND_CLOSE);
}

static int64_t
note_named(const struct session *session, const char *text)
{
    for (int i = 0; i < session->notes_count; i++) {
        if (strcmp(session->notes[i].text, text) == 0)
            return session->notes[i].seq;
    }
    fail_msg("no note is: %s", text);
    return 0;
}

static void
take_minutes(struct story *story)
{
    minutes_of(&story->minutes, &story->dojo.session);
    story->minutes.before = &story->before.session;
    story->minutes.before_record = STORY_BEFORE;
    story->minutes.record = STORY_RECORD;
    story->minutes.done = story->done;
    story->minutes.done_count = 1;
}

void
story_tell(struct story *story)
{
    tell_before(&story->before);
    open_board(&story->dojo, story->before.session.notes[0].seq);
    tell_first_half(&story->dojo);
    tell_second_half(&story->dojo);
    tell_debrief(&story->dojo);
    story->done[0] = note_named(&story->dojo.session, "publish the solution");
    take_minutes(story);
}

void
story_end(struct story *story)
{
    dojo_close(&story->before);
    dojo_close(&story->dojo);
}

/* ---- edited by hand ---- */

static void
replace(char **text, const char *other)
{
    free(*text);
    *text = strdup(other);
}

void
story_spoil(struct story *story, const char *text)
{
    struct session *session = &story->dojo.session;

    replace(&session->settings.title, text);
    replace(&session->settings.topic, text);
    replace(&session->settings.stack, text);
    replace(&session->settings.url, text);
    replace(&session->settings.questions.item[0], text);
    snprintf(session->next_date, sizeof session->next_date, "%s", text);
    replace(&session->done[0].record, text);
    snprintf(session->draft, sizeof session->draft, "%s", text);
    for (int i = 0; i < session->roster.count; i++)
        replace(&session->roster.people[i].name, text);
    for (int i = 0; i < session->roles_count; i++)
        replace(&session->roles[i].name, text);
    replace(&session->roles[0].holder, text);
    replace(&story->before.session.roles[0].holder, text);
    for (int i = 0; i < session->notes_count; i++) {
        replace(&session->notes[i].text, text);
        if (session->notes[i].owner != NULL)
            replace(&session->notes[i].owner, text);
    }
    for (int i = 0; i < session->log_count; i++) {
        if (session->log[i].kind == EVENT_STEP_CHANGED)
            replace(&session->log[i].text, text);
        if (session->log[i].kind == EVENT_SESSION_LEFT)
            replace(&session->log[i].reason, text);
    }
    story->minutes.record = text;
}
