/* The minutes of unusual sessions: what is not known is not told, what is edited does no harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "dojo.h"
#include "gather.h"
#include "session/minutes.h"

enum { MINUTE = 60000 };

#define FACT(dojo, ...) dojo_apply(dojo, (struct event){__VA_ARGS__})

static struct gathered gathered;

static const char *
told_of(const struct minutes *minutes)
{
    gathered = (struct gathered){.used = 0};
    minutes_text(minutes, gather_line, &gathered);
    return gathered.text;
}

static const char *
told(const struct dojo *dojo)
{
    struct minutes minutes;

    minutes_of(&minutes, &dojo->session);
    return told_of(&minutes);
}

static void
assert_told(const struct dojo *dojo, const char *words)
{
    if (strstr(told(dojo), words) == NULL)
        fail_msg("\"%s\" is not in:\n%s", words, gathered.text);
}

static void
assert_not_told(const struct dojo *dojo, const char *words)
{
    if (strstr(told(dojo), words) != NULL)
        fail_msg("\"%s\" is in:\n%s", words, gathered.text);
}

static void
a_record_without_an_opening(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo.now = (struct moment){0, dojo_wall("12:45"), 7200};
    FACT(&dojo, .kind = EVENT_SESSION_STARTED);
    FACT(&dojo, .kind = EVENT_PERSON_JOINED, .person = 1, .name = (char[]){"Ada"});
    FACT(&dojo, .kind = EVENT_TURN_STARTED, .turn = 1, .person = 1, .ms = MINUTE);
    dojo.now = moment_at(dojo.now, 30000);
    FACT(&dojo, .kind = EVENT_STEP_CHANGED, .number = 1, .total = 2);
    assert_string_equal(told(&dojo), "Coding dojo, 1970-01-01\n"
                                     "Coding: from 10:45 on\n\n"
                                     "People (1)\n"
                                     "  - Ada\n\n"
                                     "What we learned\n"
                                     "  nothing was written down\n\n"
                                     "Turns (0)\n"
                                     "   no  start  driver  length  end\n"
                                     "    1  10:45  Ada             not ended\n\n"
                                     "Steps (0 of 2 done)\n"
                                     "  step  start  turns  done  title\n"
                                     "     1  10:45      1\n");
    dojo_close(&dojo);
}

static void
a_session_without_an_end_was_not_planned(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "session.end", "");
    dojo_open(&dojo, "12:45", 2);
    FACT(&dojo, .kind = EVENT_SESSION_STARTED);
    assert_told(&dojo, "Coding dojo, 2025-09-16\nCoding: from 12:45 on\n\nPeople (2)\n");
    assert_not_told(&dojo, "Planned");
    assert_not_told(&dojo, "End:");
    dojo_close(&dojo);
}

static void
who_came_later_is_told(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 1);
    DO(&dojo, .kind = COMMAND_JOIN, .text = "In time"); /* the moment it began */
    dojo_until(&dojo, "12:47");
    DO(&dojo, .kind = COMMAND_JOIN, .text = "By mistake");
    DO(&dojo, .kind = COMMAND_UNDO);
    DO(&dojo, .kind = COMMAND_JOIN, .text = "Late");
    assert_told(&dojo, "People (3)\n  - P1\n  - In time\n  - Late, from 12:47\n\n");
    dojo_close(&dojo);
}

/* ---- turns ---- */

static void
a_turn_may_be_extended_twice(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_EXTEND);
    DO(&dojo, .kind = COMMAND_EXTEND);
    assert_told(&dojo, "    1  12:45  P1              not ended, extended 2 times\n");
    dojo_until(&dojo, "12:53");
    assert_told(&dojo, "    1  12:45  P1        7:00  time, extended 2 times\n");
    dojo_close(&dojo);
}

static void
of_many_lights_the_last_are_told(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    for (int i = 0; i < 7; i++) {
        dojo_wait(&dojo, 1000);
        DO(&dojo, .kind = COMMAND_LIGHT, .number = i % 2 == 0 ? LIGHT_RED : LIGHT_GREEN);
    }
    assert_told(&dojo, "…, green, red, green, red, green, red\n");
    assert_not_told(&dojo, "on red"); /* it has not ended */
    dojo_until(&dojo, "12:50:01");
    assert_told(&dojo, "    2  12:50  P2              not ended            still red\n");
    dojo_close(&dojo);
}

/* Of a running turn, with the light of one who set it after it ended. */
static void
an_empty_pause_is_no_turn(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 1);
    DO(&dojo, .kind = COMMAND_LIGHT, .number = LIGHT_RED);
    dojo_until(&dojo, "12:49");
    DO(&dojo, .kind = COMMAND_AWAY, .person = 1);
    dojo_until(&dojo, "12:51");
    DO(&dojo, .kind = COMMAND_LIGHT, .number = LIGHT_GREEN);
    assert_told(&dojo, "Turns (1)\n"
                       "   no  start  driver  length  end                lights\n"
                       "    1  12:45  P1        4:00  had to go, on red  red\n");
    dojo_close(&dojo);
}

static void
who_passed_is_told_with_the_turn_they_passed(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 4);
    DO(&dojo, .kind = COMMAND_PASS);
    DO(&dojo, .kind = COMMAND_UNDO);
    DO(&dojo, .kind = COMMAND_PASS);
    DO(&dojo, .kind = COMMAND_PASS);
    dojo_until(&dojo, "12:50:30");
    DO(&dojo, .kind = COMMAND_PASS);
    assert_told(&dojo, "    1  12:45  P1        5:00  time, P2 passed, P3 passed\n"
                       "    2  12:50  P4              not ended, P2 passed\n");
    dojo_close(&dojo);
}

static void
a_very_long_row_is_cut(void **state)
{
    struct dojo dojo;
    const char *row;

    (void)state;
    dojo_begin(&dojo, "12:45", 200);
    for (int i = 0; i < 200; i++) {
        char name[240];

        memset(name, 'a', sizeof name);
        snprintf(name + sizeof name - 5, 5, "%04u", (unsigned)i % 10000);
        DO(&dojo, .kind = COMMAND_RENAME, .person = i + 1, .text = name);
    }
    for (int i = 0; i < 150; i++)
        DO(&dojo, .kind = COMMAND_PASS);
    row = strstr(told(&dojo), "    1  12:45  aaaaaaaaaaaaaaaaaaaaaaa…");
    assert_non_null(row);
    assert_in_range(strcspn(row, "\n"), 1000, 16384);
    dojo_close(&dojo);
}

/* ---- steps ---- */

static void
steps_need_neither_title_nor_number(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_STEP, .number = 0);
    assert_not_told(&dojo, "Steps");
    DO(&dojo, .kind = COMMAND_STEP, .number = 1, .text = "by mistake");
    DO(&dojo, .kind = COMMAND_UNDO);
    dojo_until(&dojo, "12:51");
    DO(&dojo, .kind = COMMAND_STEP, .number = 1);
    dojo_until(&dojo, "12:52");
    DO(&dojo, .kind = COMMAND_STEP, .number = 0);
    dojo_until(&dojo, "12:53");
    DO(&dojo, .kind = COMMAND_STEP, .number = 2, .text = "the second");
    assert_told(&dojo, "Steps (1 done)\n"
                       "  step  start  turns  done  title\n"
                       "     1  12:51      1  yes\n"
                       "     2  12:53      1        the second\n");
    dojo_close(&dojo);
}

/* The light that was green before a step was begun says nothing about it. */
static void
a_step_is_done_when_its_own_light_is_green(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_LIGHT, .number = LIGHT_GREEN);
    dojo_wait(&dojo, 1000);
    DO(&dojo, .kind = COMMAND_STEP, .number = 1, .ms = 2);
    assert_told(&dojo, "Steps (0 of 2 done)\n");
    dojo_wait(&dojo, 1000);
    DO(&dojo, .kind = COMMAND_LIGHT, .number = LIGHT_RED);
    assert_told(&dojo, "Steps (0 of 2 done)\n");
    dojo_wait(&dojo, 1000);
    DO(&dojo, .kind = COMMAND_LIGHT, .number = LIGHT_GREEN);
    assert_told(&dojo, "Steps (1 of 2 done)\n");
    dojo_close(&dojo);
}

/* ---- what stopped it ---- */

static void
breaks_and_interruptions_have_their_own_headings(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "break.every", "1");
    dojo_open(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_START);
    assert_not_told(&dojo, "Breaks");
    dojo_until(&dojo, "12:52");
    assert_told(&dojo, "Breaks\n  start  length  what\n  12:50    0:00  break\n");
    DO(&dojo, .kind = COMMAND_NEXT);
    assert_told(&dojo, "Breaks\n  start  length  what\n  12:50    2:00  break\n");
    DO(&dojo, .kind = COMMAND_JUMP, .by = BY_CLOCK, .ms = 90000);
    assert_told(&dojo, "Breaks and interruptions\n  start  length  what\n"
                       "  12:50    2:00  break\n"
                       "  12:52    1:30  the clock of the computer was set forward\n");
    DO(&dojo, .kind = COMMAND_NEXT);
    DO(&dojo, .kind = COMMAND_DEBRIEF); /* in a break */
    assert_told(&dojo, "  12:52    0:00  break\n");
    dojo_close(&dojo);
}

static void
being_cut_off_is_told_without_a_reason(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_LEAVE, .by = BY_PROGRAM, .text = "SIGTERM");
    dojo_resume(&dojo, "12:46");
    dojo_until(&dojo, "12:47");
    dojo_resume(&dojo, "12:48");
    assert_told(&dojo, "Interruptions\n  start  length  what\n"
                       "  12:45    1:00  the program was ended (SIGTERM)\n"
                       "  12:47    1:00  the program was cut off\n");
    dojo_close(&dojo);
}

/* A resuming that nothing came before. */
static void
a_record_that_begins_with_a_resuming(void **state)
{
    struct opening *opening = opening_new();
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    FACT(&dojo, .kind = EVENT_SESSION_RESUMED, .opening = opening, .ms = MINUTE);
    assert_told(&dojo, "    1:00  the program was cut off\n");
    opening_free(opening);
    dojo_close(&dojo);
}

/* ---- notes and roles ---- */

static void
roles_are_told_while_they_are_asked_for(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_DEBRIEF);
    assert_not_told(&dojo, "Next dojo");
    DO(&dojo, .kind = COMMAND_ROLES);
    assert_told(&dojo, "We need you: Master of Ceremony, Master of Dojo for the next dojo.\n");
    DO(&dojo, .kind = COMMAND_TAKE_ROLE, .role = "Master of Dojo", .text = "P1");
    DO(&dojo, .kind = COMMAND_TAKE_ROLE, .role = "Master of Ceremony", .text = "P2");
    assert_told(&dojo, "Next dojo\n  Master of Ceremony: P2\n  Master of Dojo: P1\n");
    assert_not_told(&dojo, "We need you");
    dojo_close(&dojo);
}

static void
items_of_other_sessions_are_named_by_their_record(void **state)
{
    struct dojo before, dojo;
    struct minutes minutes;
    int64_t item, note;

    (void)state;
    dojo_begin(&before, "12:45", 2);
    DO(&before, .kind = COMMAND_NOTE, .text = "small steps");
    DO(&before, .kind = COMMAND_NOTE, .text = "> a cable");
    note = before.session.notes[0].seq;
    item = before.session.notes[1].seq;
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_ACTION_DONE, .role = "r1", .note = item);
    DO(&dojo, .kind = COMMAND_ACTION_DONE, .role = "r1", .note = note); /* which is none */
    DO(&dojo, .kind = COMMAND_ACTION_DONE, .role = "r1", .note = 999);
    DO(&dojo, .kind = COMMAND_ACTION_DONE, .role = "r2", .note = 3);
    minutes_of(&minutes, &dojo.session);
    minutes.before = &before.session;
    assert_null(minutes_ticked(&minutes, &dojo.session.done[0])); /* of an unknown record */
    minutes.before_record = "r1";
    assert_ptr_equal(minutes_ticked(&minutes, &dojo.session.done[0]), &before.session.notes[1]);
    assert_null(minutes_ticked(&minutes, &dojo.session.done[1]));
    assert_null(minutes_ticked(&minutes, &dojo.session.done[2]));
    assert_null(minutes_ticked(&minutes, &dojo.session.done[3]));
    assert_non_null(strstr(told_of(&minutes), "Done since last time (4)\n"
                                              "  - a cable (nobody yet), done\n"));
    minutes.before = NULL;
    assert_null(minutes_ticked(&minutes, &dojo.session.done[0]));
    dojo_close(&before);
    dojo_close(&dojo);
}

/* ---- the closing ---- */

static void
a_closing_names_who_was_here_and_what_fits(void **state)
{
    char text[4097] = "> ";
    struct closing *closing;
    struct dojo dojo;

    (void)state;
    memset(text + 2, 'a', 4000);
    dojo_init(&dojo);
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 3);
    DO(&dojo, .kind = COMMAND_START);
    for (int i = 0; i < 17; i++)
        DO(&dojo, .kind = COMMAND_NOTE, .text = text);
    closing = session_closing(&dojo.session, dojo.now);
    assert_int_equal(closing->people_count, 2);
    assert_int_equal(closing->actions, 17);
    assert_int_equal(closing->items_count, 16); /* 64,000 bytes */
    assert_int_equal(closing->overrun_ms, 0);
    closing_free(closing);
    closing = session_closing(&dojo.session, moment_at(dojo.now, 80 * MINUTE));
    assert_int_equal(closing->overrun_ms, 5 * MINUTE);
    closing_free(closing);
    dojo_close(&dojo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_without_an_opening),
        cmocka_unit_test(a_session_without_an_end_was_not_planned),
        cmocka_unit_test(who_came_later_is_told),
        cmocka_unit_test(a_turn_may_be_extended_twice),
        cmocka_unit_test(of_many_lights_the_last_are_told),
        cmocka_unit_test(an_empty_pause_is_no_turn),
        cmocka_unit_test(who_passed_is_told_with_the_turn_they_passed),
        cmocka_unit_test(a_very_long_row_is_cut),
        cmocka_unit_test(steps_need_neither_title_nor_number),
        cmocka_unit_test(a_step_is_done_when_its_own_light_is_green),
        cmocka_unit_test(breaks_and_interruptions_have_their_own_headings),
        cmocka_unit_test(being_cut_off_is_told_without_a_reason),
        cmocka_unit_test(a_record_that_begins_with_a_resuming),
        cmocka_unit_test(roles_are_told_while_they_are_asked_for),
        cmocka_unit_test(items_of_other_sessions_are_named_by_their_record),
        cmocka_unit_test(a_closing_names_who_was_here_and_what_fits),
    };

    return cmocka_run_group_tests_name("minutes", tests, NULL, NULL);
}
