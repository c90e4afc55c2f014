/* The figures and the minutes of a session. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gather.h"
#include "sample.h"
#include "session/minutes.h"

/* The minutes of the sample, the caller's to free. */
static char *
minutes_as_text(const struct sample *sample, const struct session *before)
{
    struct session session;
    struct minutes minutes;
    struct gathered *gathered = calloc(1, sizeof *gathered);
    char *text;

    sample_replay(sample, &session);
    minutes_of(&minutes, &session);
    minutes.before = before;
    minutes_text(&minutes, gather_line, gathered);
    session_free(&session);
    text = strdup(gathered->text);
    free(gathered);
    assert_null(strstr(text, "ailed")); /* nothing that people did in a dojo is judged */
    assert_null(strstr(text, "nfinished"));
    return text;
}

static void
assert_says(const struct sample *sample, const char *words)
{
    char *text = minutes_as_text(sample, NULL);

    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" is not in:\n%s", words, text);
    free(text);
}

static void
assert_silent(const struct sample *sample, const char *words)
{
    char *text = minutes_as_text(sample, NULL);

    if (strstr(text, words) != NULL)
        fail_msg("\"%s\" is in:\n%s", words, text);
    free(text);
}

static void
the_minutes_of_a_whole_session(void **state)
{
    struct sample sample;
    char *text;

    (void)state;
    sample_make(&sample);
    text = minutes_as_text(&sample, NULL);
    assert_string_equal(
        text, "Coding dojo, 2026-11-22\n"
              "Topic: Brainfuck interpreter\n"
              "Stack: C#\n"
              "Planned: 12:45 to 14:00\n"
              "Coding: 12:47 to 13:50\n"
              "Debrief: 13:50 to 14:06\n"
              "End: planned 14:00, closed 14:06, overran 6 min\n"
              "\n"
              "People (4)\n"
              "  - Ada Lovelace\n"
              "  - Grace Hopper\n"
              "  - Alan Turing\n"
              "  - Kathleen Booth, from 13:00\n"
              "\n"
              "What we learned\n"
              "  What did we learn?\n"
              "    - Small steps keep the tests green\n"
              "    - Éric's trick: read the failing test aloud\n"
              "\n"
              "Action items (2)\n"
              "  - Publish the solution (Grace Hopper)\n"
              "  - Find a larger screen (nobody yet)\n"
              "\n"
              "Turns (4)\n"
              "   no  start  driver          length  end\n"
              "    1  12:47  Ada Lovelace      6:00  time, extended\n"
              "    2  12:53  Grace Hopper      2:50  handed over, paused 3:00, Alan Turing passed\n"
              "    3  13:00  Kathleen Booth    5:00  time\n"
              "    4  13:11  Ada Lovelace      5:00  time\n"
              "\n"
              "Interruptions\n"
              "  start  length  what\n"
              "  13:10    0:48  the program was ended (SIGHUP)\n"
              "\n"
              "Next dojo\n"
              "  Master of Ceremony: Kathleen Booth\n"
              "  Master of Dojo: vacant\n"
              "  We need you: Master of Dojo for the next dojo.\n");
    free(text);
    sample_free(&sample);
}

static void
the_figures_of_a_whole_session(void **state)
{
    struct sample sample;
    struct session session;
    struct summary summary;

    (void)state;
    sample_make(&sample);
    sample_replay(&sample, &session);
    summary_of(&session, &summary);
    assert_int_equal(summary.turns, 4);
    assert_int_equal(summary.people, 4);
    assert_int_equal(summary.drivers, 3);
    assert_int_equal(summary.interruptions, 1);
    assert_int_equal(summary.interrupted_ms, 48 * 1000);
    assert_int_equal(summary.coding_ms, (6 * 60 + 170 + 5 * 60 + 5 * 60) * 1000);
    assert_int_equal(summary.paused_ms, 3 * 60 * 1000);
    assert_int_equal(summary.debrief_ms, 16 * 60 * 1000);
    assert_int_equal(summary.overrun_ms, 6 * 60 * 1000);
    assert_int_equal(summary.actions, 2);
    assert_int_equal(summary.vacant, 1);
    session_free(&session);
    sample_free(&sample);
    sample_open(&sample);
    sample_replay(&sample, &session);
    summary_of(&session, &summary);
    assert_int_equal(summary.vacant, 2);
    assert_int_equal(summary.overrun_ms, 0);
    session_free(&session);
    sample_free(&sample);
}

static void
the_roles_of_the_day_come_from_the_session_before(void **state)
{
    struct sample sample;
    struct session before;
    char *text;

    (void)state;
    sample_make(&sample);
    sample_replay(&sample, &before);
    text = minutes_as_text(&sample, &before);
    assert_non_null(strstr(text, "overran 6 min\nMaster of Ceremony: Kathleen Booth\n\nPeople"));
    free(text);
    session_free(&before);
    sample_free(&sample);
}

static void
closing_in_time_is_no_overrun(void **state)
{
    struct sample sample;

    (void)state;
    sample_make(&sample);
    for (int i = 0; i < sample.count; i++)
        sample.events[i].stop_ms += sample.events[i].stop_ms == 0 ? 0 : 5 * 60 * 1000 + 30000;
    assert_says(&sample, "End: planned 14:05, closed 14:06\n"); /* 30 s are nothing to speak of */
    assert_silent(&sample, "overran");
    sample_free(&sample);
}

static void
a_board_that_was_never_started(void **state)
{
    struct sample sample;

    (void)state;
    sample_open(&sample);
    sample_add(&sample, EVENT_PERSON_AWAY, "12:41:00")->person = 2;
    assert_says(&sample,
                "Held: not started\n\nPeople (2)\n  - Ada Lovelace\n  - Alan Turing\n\nWhat we "
                "learned\n  nothing was written down\n");
    assert_silent(&sample, "Turns");
    assert_silent(&sample, "Next dojo");
    assert_silent(&sample, "End:");
    sample_free(&sample);
}

/* A name on the list that never came is not among the people; who left later is. */
static void
only_who_was_in_the_room_is_named(void **state)
{
    struct sample sample;

    (void)state;
    sample_open(&sample);
    sample_add(&sample, EVENT_PERSON_AWAY, "12:41:00")->person = 2;
    sample_add(&sample, EVENT_PERSON_OBSERVES, "12:42:00")->person = 3;
    sample_add(&sample, EVENT_SESSION_STARTED, "12:47:00")->stop_ms = sample.events[0].stop_ms;
    sample_add(&sample, EVENT_PERSON_AWAY, "12:48:00")->person = 1;
    assert_says(&sample, "People (2)\n  - Ada Lovelace\n  - Alan Turing, observer\n");
    sample_add(&sample, EVENT_PERSON_BACK, "13:48:00")->person = 2;
    assert_says(&sample, "People (3)\n");
    sample_free(&sample);
}

static void
a_turn_that_runs_and_a_note_half_written(void **state)
{
    struct sample sample;
    struct event *event;

    (void)state;
    sample_open(&sample);
    sample_add(&sample, EVENT_SESSION_STARTED, "12:47:00")->stop_ms = sample.events[0].stop_ms;
    event = sample_add(&sample, EVENT_TURN_STARTED, "12:47:00");
    event->turn = 1;
    event->person = 2;
    event->ms = 300000;
    sample_add(&sample, EVENT_DRAFT_SAVED, "12:48:00")->text = strdup("write the test fir");
    assert_says(&sample, "Coding: from 12:47 on\nEnd: planned 14:00, not closed\n");
    assert_says(&sample, "What we learned\n  Half written\n    - write the test fir\n");
    assert_says(&sample, "Turns (0)\n   no  start  driver        length  end\n    1  12:47  Grace "
                         "Hopper          not ended\n");
    sample_free(&sample);
}

static void
what_was_undone_is_not_told(void **state)
{
    struct sample sample;
    struct event *event;
    int64_t note;

    (void)state;
    sample_make(&sample);
    event = sample_add(&sample, EVENT_CLOCK_JUMPED, "14:06:01");
    event->by = BY_CLOCK;
    event->ms = -120000;
    assert_says(&sample, "  14:06    2:00  the clock of the computer was set back\n");
    event = sample_add(&sample, EVENT_NOTE_ADDED, "14:06:02");
    event->text = strdup("never mind");
    note = event->seq;
    assert_says(&sample, "  Noted on the way\n    - never mind\n");
    event = sample_add(&sample, EVENT_PERSON_PASSED, "14:06:03");
    event->person = 1;
    event = sample_add(&sample, EVENT_UNDONE, "14:06:04");
    event->list = malloc(2 * sizeof *event->list);
    event->list[0] = note;
    event->list[1] = note + 1;
    event->list_count = 2;
    assert_silent(&sample, "never mind");
    sample_free(&sample);
    sample_open(&sample);
    sample_add(&sample, EVENT_SESSION_STARTED, "12:47:00")->stop_ms = sample.events[0].stop_ms;
    sample_add(&sample, EVENT_DEBRIEF_STARTED, "12:48:00");
    assert_says(&sample, "Coding: 12:47 to 12:48\nDebrief: from 12:48 on\n");
    event = sample_add(&sample, EVENT_UNDONE, "12:49:00");
    event->list = calloc(1, sizeof *event->list);
    event->list[0] = 3;
    event->list_count = 1;
    assert_says(&sample, "Coding: from 12:47 on\nEnd:");
    sample_free(&sample);
}

static void
how_turns_end_and_what_was_unusual(void **state)
{
    struct sample sample;

    (void)state;
    sample_make(&sample);
    for (int i = 0; i < sample.count; i++) {
        struct event *event = &sample.events[i];

        if (event->kind == EVENT_TURN_STARTED && event->turn == 4)
            event->extra = true;
        if (event->kind == EVENT_TURN_ENDED && event->turn == 4) {
            event->end = END_LEFT;
            event->counted = false;
        }
        if (event->kind == EVENT_TURN_ENDED && event->turn == 3)
            event->end = END_STOP;
    }
    assert_says(&sample, "5:00  had to go, extra turn, not counted\n");
    assert_says(&sample, "5:00  debrief\n");
    assert_says(&sample, "Turns (3)\n");
    sample_free(&sample);
}

/* Journals get edited by hand: nothing in them may reach a terminal as it is. */
static void
every_line_is_safe_to_show(void **state)
{
    struct sample sample;
    char *text;

    (void)state;
    sample_make(&sample);
    free(sample.events[0].opening->people[0].name);
    sample.events[0].opening->people[0].name = strdup("Ada\033[31m\nLovelace\xe2\x80\xae");
    text = minutes_as_text(&sample, NULL);
    assert_null(strchr(text, '\033'));
    assert_null(strstr(text, "\xe2\x80\xae"));
    assert_non_null(strstr(text, "Lovelace"));
    free(text);
    sample_free(&sample);
}

static void
a_long_note_stands_whole(void **state)
{
    struct sample sample;
    char note[4001];

    (void)state;
    sample_make(&sample);
    memset(note, 'x', sizeof note - 1);
    memcpy(note + sizeof note - 4, "END", 4);
    sample_add(&sample, EVENT_NOTE_ADDED, "14:07:00")->text = strdup(note);
    assert_says(&sample, note);
    sample_free(&sample);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_minutes_of_a_whole_session),
        cmocka_unit_test(the_figures_of_a_whole_session),
        cmocka_unit_test(the_roles_of_the_day_come_from_the_session_before),
        cmocka_unit_test(closing_in_time_is_no_overrun),
        cmocka_unit_test(a_board_that_was_never_started),
        cmocka_unit_test(only_who_was_in_the_room_is_named),
        cmocka_unit_test(a_turn_that_runs_and_a_note_half_written),
        cmocka_unit_test(what_was_undone_is_not_told),
        cmocka_unit_test(how_turns_end_and_what_was_unusual),
        cmocka_unit_test(every_line_is_safe_to_show),
        cmocka_unit_test(a_long_note_stands_whole),
    };

    return cmocka_run_group_tests_name("summary", tests, NULL, NULL);
}
