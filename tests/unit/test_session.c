/* The rules one by one: what is allowed, what follows, what time causes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "dojo.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND };

static struct person *
person(const struct dojo *dojo, int id)
{
    struct person *found = roster_find(&dojo->session.roster, id);

    assert_non_null(found);
    return found;
}

/* ---- turns and time ---- */

static void
every_turn_has_its_full_length(void **state) /* R2 */
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "12:47");
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_expect_driver(&dojo, 2);
    dojo_expect_left(&dojo, 5, 0);
    assert_int_equal(person(&dojo, 1)->turns, 1); /* an early end is a turn */
    assert_int_equal(dojo.session.turns[0].end, END_NEXT);
    dojo_close(&dojo);
}

/* F19 */
static void
setting_the_clock_moves_the_stop_and_no_turn(void **state) /* R1 */
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "12:47");
    dojo.now.wall_ms += 30 * MINUTE;
    DO(&dojo, .kind = COMMAND_JUMP, .by = BY_PROGRAM, .ms = 30 * MINUTE);
    dojo_expect_left(&dojo, 3, 0);
    dojo_until(&dojo, "13:19:59"); /* that clock is half an hour ahead now */
    dojo_expect_driver(&dojo, 1);
    dojo_until(&dojo, "13:20");
    dojo_expect_driver(&dojo, 2);
    dojo_until(&dojo, "13:50:01");
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    dojo_close(&dojo);
}

static void
handover_starts_the_turn_by_itself(void **state) /* R5 */
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.handover", "10s");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:50:09");
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    assert_int_equal(session_left_ms(&dojo.session, dojo.now), SECOND);
    dojo_until(&dojo, "12:50:10");
    dojo_expect_driver(&dojo, 2);
    dojo_until(&dojo, "12:55:13");
    DO(&dojo, .kind = COMMAND_NEXT); /* sooner, by a key */
    dojo_expect_driver(&dojo, 3);
    dojo_expect_left(&dojo, 5, 0);
    dojo_close(&dojo);
}

static void
held_handover_waits(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.handover", "10s");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    DO_NOT(&dojo, .kind = COMMAND_HOLD);
    dojo_until(&dojo, "12:50:05");
    DO(&dojo, .kind = COMMAND_HOLD);
    DO_NOT(&dojo, .kind = COMMAND_HOLD);
    dojo_until(&dojo, "12:52:05");
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    assert_true(session_left_ms(&dojo.session, dojo.now) < 0);
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_expect_driver(&dojo, 2);
    dojo_expect_left(&dojo, 5, 0);
    dojo_close(&dojo);
}

static void
without_autostart_every_handover_waits(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.autostart", "no");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "13:00");
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    assert_int_equal(dojo.session.turns_count, 1);
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_expect_driver(&dojo, 2);
    dojo_until(&dojo, "13:50:01"); /* however long it waits, the debrief starts */
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    dojo_close(&dojo);
}

static void
introduction_ends_only_by_a_key(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "session.intro", "2m");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:49");
    dojo_expect_phase(&dojo, PHASE_INTRO);
    assert_int_equal(session_left_ms(&dojo.session, dojo.now), -2 * MINUTE);
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_expect_driver(&dojo, 1);
    assert_int_equal(dojo.session.turn.number, 1);
    dojo_close(&dojo);
}

static void
duration_counts_from_the_first_enter(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo.settings.end = -1;
    dojo_open(&dojo, "12:30", 3);
    dojo_until(&dojo, "12:40");
    assert_int_equal(dojo.session.stop_ms, 0);
    DO(&dojo, .kind = COMMAND_START);
    dojo_expect_wall(dojo.session.stop_ms, "13:55");
    dojo_expect_wall(session_debrief_wall(&dojo.session), "13:45");
    dojo_close(&dojo);
}

static void
nothing_starts_too_late(void **state) /* R3 */
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_open(&dojo, "13:51", 3);
    DO_NOT(&dojo, .kind = COMMAND_START);
    dojo_expect_phase(&dojo, PHASE_WAITING);
    DO(&dojo, .kind = COMMAND_STOP_AT, .ms = dojo_wall("14:15"));
    DO(&dojo, .kind = COMMAND_START);
    dojo_expect_driver(&dojo, 1);
    dojo_close(&dojo);
}

static void
moving_the_stop_forth_and_back(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    DO_NOT(&dojo, .kind = COMMAND_STOP_AT, .ms = dojo_wall("12:40"));
    DO(&dojo, .kind = COMMAND_STOP_AT, .ms = dojo_wall("14:15"));
    dojo_until(&dojo, "13:52");
    dojo_expect_phase(&dojo, PHASE_TURN);
    DO(&dojo, .kind = COMMAND_STOP_AT, .ms = dojo_wall("13:56"));
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    assert_int_equal(dojo.session.turns[dojo.session.turns_count - 1].end, END_STOP);
    assert_false(dojo.session.turns[dojo.session.turns_count - 1].counted);
    dojo_close(&dojo);
}

/* ---- pause, extension, adjustment ---- */

static void
pause_never_moves_the_debrief(void **state) /* R8 */
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "13:46");
    DO(&dojo, .kind = COMMAND_PAUSE);
    DO_NOT(&dojo, .kind = COMMAND_PAUSE);
    dojo_until(&dojo, "13:54:59");
    dojo_expect_phase(&dojo, PHASE_PAUSED);
    dojo_expect_left(&dojo, 4, 0);
    dojo_until(&dojo, "13:55");
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    assert_int_equal(dojo.session.turns[12].end, END_STOP);
    dojo_close(&dojo);
}

static void
resumed_turn_is_ended_for_the_debrief(void **state) /* R8 */
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "13:46");
    DO(&dojo, .kind = COMMAND_PAUSE);
    dojo_until(&dojo, "13:53");
    DO(&dojo, .kind = COMMAND_RESUME);
    dojo_expect_left(&dojo, 4, 0);
    dojo_reach(&dojo, PHASE_DEBRIEF);
    dojo_expect_wall(dojo.now.wall_ms, "13:55");
    assert_true(dojo.session.turns[12].counted); /* three of five minutes */
    assert_int_equal(dojo.session.turns[12].paused_ms, 7 * MINUTE);
    dojo_close(&dojo);
}

static void
pauses_can_be_switched_off(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "pause.length", "0s");
    dojo_open(&dojo, "12:45", 3);
    DO_NOT(&dojo, .kind = COMMAND_PAUSE);
    DO(&dojo, .kind = COMMAND_START);
    DO_NOT(&dojo, .kind = COMMAND_PAUSE);
    DO_NOT(&dojo, .kind = COMMAND_RESUME);
    dojo_close(&dojo);
}

static void
extensions_are_bounded(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_EXTEND);
    dojo_expect_left(&dojo, 6, 0);
    DO(&dojo, .kind = COMMAND_EXTEND, .ms = 2 * MINUTE);
    dojo_expect_left(&dojo, 8, 0);
    DO_NOT(&dojo, .kind = COMMAND_EXTEND);
    dojo_until(&dojo, "12:53");
    dojo_expect_driver(&dojo, 2);
    DO(&dojo, .kind = COMMAND_EXTEND);
    dojo_close(&dojo);
}

static void
extensions_end_before_the_debrief_is_too_short(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_reach(&dojo, PHASE_OFFER);
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_expect_driver(&dojo, 2);
    DO_NOT(&dojo, .kind = COMMAND_EXTEND); /* 13:55 is the last moment already */
    DO_NOT(&dojo, .kind = COMMAND_ADJUST, .ms = MINUTE);
    DO(&dojo, .kind = COMMAND_ADJUST, .ms = -MINUTE);
    DO(&dojo, .kind = COMMAND_EXTEND);
    dojo_expect_left(&dojo, 5, 0);
    dojo_close(&dojo);
}

static void
after_zero_a_turn_is_reopened(void **state) /* D9 */
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.handover", "10s");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:50:04");
    assert_int_equal(person(&dojo, 1)->turns, 1);
    DO(&dojo, .kind = COMMAND_EXTEND);
    dojo_expect_driver(&dojo, 1);
    assert_int_equal(dojo.session.turn.number, 1);
    assert_int_equal(dojo.session.turn.extensions, 1);
    assert_int_equal(person(&dojo, 1)->turns, 0);
    dojo_expect_left(&dojo, 1, 0);
    DO(&dojo, .kind = COMMAND_EXTEND);
    DO_NOT(&dojo, .kind = COMMAND_EXTEND);
    dojo_until(&dojo, "12:52:10");
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    DO_NOT(&dojo, .kind = COMMAND_EXTEND); /* it has had both */
    assert_int_equal(dojo.session.turns_count, 1);
    assert_int_equal(person(&dojo, 1)->turns, 1);
    dojo_close(&dojo);
}

static void
reopening_is_for_turns_that_ran_out(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.handover", "10s");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:47");
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    DO_NOT(&dojo, .kind = COMMAND_EXTEND);
    dojo_until(&dojo, "12:52:12"); /* turn 2 ran out */
    DO(&dojo, .kind = COMMAND_AWAY, .person = 2);
    DO_NOT(&dojo, .kind = COMMAND_EXTEND); /* and its driver is gone */
    dojo_close(&dojo);
}

static void
clock_is_mended_without_an_extension(void **state) /* D23 */
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_ADJUST, .ms = MINUTE);
    DO(&dojo, .kind = COMMAND_ADJUST, .ms = -2 * MINUTE);
    dojo_expect_left(&dojo, 4, 0);
    assert_int_equal(dojo.session.turn.extensions, 0);
    DO_NOT(&dojo, .kind = COMMAND_ADJUST, .ms = -4 * MINUTE);
    DO(&dojo, .kind = COMMAND_PAUSE);
    DO(&dojo, .kind = COMMAND_ADJUST, .ms = MINUTE);
    dojo_expect_left(&dojo, 5, 0);
    dojo_close(&dojo);
}

/* ---- breaks ---- */

static void
break_comes_after_so_many_turns(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "break.every", "3");
    dojo_set(&dojo, "turn.handover", "10s");
    dojo_open(&dojo, "12:45", 3);
    assert_string_equal(dojo_plan(&dojo), "12:45 P1, 12:50:10 P2, 12:55:20 P3, 13:05:30 P1, "
                                          "13:10:40 P2, 13:15:50 P3, 13:26 P1, 13:31:10 P2, "
                                          "13:36:20 P3, 13:41:30 P1");
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "13:00:20");
    dojo_expect_phase(&dojo, PHASE_BREAK);
    DO_NOT(&dojo, .kind = COMMAND_PAUSE);
    dojo_until(&dojo, "13:05:19");
    assert_int_equal(session_left_ms(&dojo.session, dojo.now), SECOND);
    dojo_until(&dojo, "13:05:20");
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    dojo_until(&dojo, "13:05:30");
    dojo_expect_driver(&dojo, 1);
    dojo_until(&dojo, "13:21:05");
    dojo_expect_phase(&dojo, PHASE_BREAK);
    DO(&dojo, .kind = COMMAND_NEXT); /* long enough */
    dojo_expect_driver(&dojo, 1);
    dojo_close(&dojo);
}

/* R7: whoever moves the end moves the debrief, also out of a break. */
static void
break_ends_for_a_debrief_that_was_moved(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "break.every", "3");
    dojo_set(&dojo, "break.length", "10m");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "13:01");
    dojo_expect_phase(&dojo, PHASE_BREAK);
    DO(&dojo, .kind = COMMAND_STOP_AT, .ms = dojo_wall("13:08"));
    dojo_until(&dojo, "13:02:59");
    dojo_expect_phase(&dojo, PHASE_BREAK);
    dojo_until(&dojo, "13:03"); /* minimum */
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    dojo_close(&dojo);
}

/* ---- the extra turn ---- */

static void
one_extra_turn(void **state) /* D25 */
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "debrief.length", "20m");
    dojo_set(&dojo, "turn.handover", "10s");
    dojo_open(&dojo, "13:33", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "13:38");
    dojo_expect_phase(&dojo, PHASE_OFFER);
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_until(&dojo, "13:43:01"); /* a second one would fit twice */
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    assert_int_equal(dojo.session.turns_count, 2);
    dojo_close(&dojo);
}

static void
unanswered_offer_stands_for_one_handover(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.length", "4m");
    dojo_set(&dojo, "turn.handover", "10s");
    dojo_open(&dojo, "13:46", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "13:50:09");
    dojo_expect_phase(&dojo, PHASE_OFFER);
    dojo_until(&dojo, "13:50:11");
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    dojo_close(&dojo);
}

static void
offer_ends_for_a_debrief_that_was_moved(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "debrief.length", "20m");
    dojo_open(&dojo, "13:33", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "13:38");
    dojo_expect_phase(&dojo, PHASE_OFFER); /* until 13:40 */
    DO(&dojo, .kind = COMMAND_STOP_AT, .ms = dojo_wall("13:44"));
    dojo_until(&dojo, "13:39:01"); /* minimum */
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    dojo_close(&dojo);
}

/* Who moves the end wants to go on coding. */
static void
offer_becomes_a_handover_when_planned_turns_fit_again(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "debrief.length", "20m");
    dojo_set(&dojo, "turn.handover", "10s");
    dojo_open(&dojo, "13:33", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "13:38:30");
    dojo_expect_phase(&dojo, PHASE_OFFER);
    DO(&dojo, .kind = COMMAND_STOP_AT, .ms = dojo_wall("14:01"));
    dojo_expect_phase(&dojo, PHASE_OFFER); /* a minute is no turn */
    DO(&dojo, .kind = COMMAND_STOP_AT, .ms = dojo_wall("14:30"));
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    dojo_until(&dojo, "13:38:40");
    dojo_expect_driver(&dojo, 2);
    assert_false(dojo.session.turn.extra);
    dojo_close(&dojo);
}

static void
debrief_by_hand_ends_the_turn(void **state) /* R7 */
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_open(&dojo, "12:45", 3);
    DO_NOT(&dojo, .kind = COMMAND_DEBRIEF);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:47:29");
    DO(&dojo, .kind = COMMAND_DEBRIEF);
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    assert_int_equal(dojo.session.turns[0].end, END_DEBRIEF);
    assert_false(dojo.session.turns[0].counted); /* not half of it was used */
    DO_NOT(&dojo, .kind = COMMAND_DEBRIEF);
    DO_NOT(&dojo, .kind = COMMAND_PAUSE);
    DO_NOT(&dojo, .kind = COMMAND_PASS);
    DO_NOT(&dojo, .kind = COMMAND_EXTEND);
    dojo_close(&dojo);
}

/* ---- people ---- */

static void
pass_lasts_until_somebody_else_has_driven(void **state) /* R12, D24 */
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "13:01");
    dojo_expect_driver(&dojo, 1);
    DO(&dojo, .kind = COMMAND_JOIN, .text = "P4");
    assert_int_equal(session_next_driver(&dojo.session), 4);
    DO(&dojo, .kind = COMMAND_PASS);
    assert_int_equal(session_next_driver(&dojo.session), 2);
    dojo_until(&dojo, "13:05");
    dojo_expect_driver(&dojo, 2);
    assert_int_equal(session_next_driver(&dojo.session), 4);
    assert_int_equal(person(&dojo, 4)->passes, 1);
    assert_int_equal(person(&dojo, 4)->turns, 0);
    dojo_close(&dojo);
}

static void
nobody_else_could_take_a_pass(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO_NOT(&dojo, .kind = COMMAND_PASS);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 2);
    DO_NOT(&dojo, .kind = COMMAND_PASS);
    dojo_close(&dojo);
}

static void
locked_next_driver_may_pass(void **state) /* R6 */
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "12:49:30");
    DO(&dojo, .kind = COMMAND_JOIN, .text = "P4");
    assert_int_equal(session_next_driver(&dojo.session), 2);
    DO(&dojo, .kind = COMMAND_PASS);
    assert_int_equal(session_next_driver(&dojo.session), 3);
    dojo_until(&dojo, "12:50");
    dojo_expect_driver(&dojo, 3);
    dojo_close(&dojo);
}

static void
lone_driver_is_followed_by_whoever_joins(void **state) /* R9 */
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 1);
    dojo_until(&dojo, "12:49:30"); /* inside the lock */
    DO(&dojo, .kind = COMMAND_NOTE, .text = "settles what time has settled");
    DO(&dojo, .kind = COMMAND_JOIN, .text = "P2");
    assert_int_equal(session_next_driver(&dojo.session), 2);
    dojo_until(&dojo, "12:50");
    dojo_expect_driver(&dojo, 2);
    dojo_close(&dojo);
}

static void
observers_do_not_drive(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_OBSERVE, .person = 2);
    DO_NOT(&dojo, .kind = COMMAND_OBSERVE, .person = 2);
    DO_NOT(&dojo, .kind = COMMAND_CHOOSE_NEXT, .person = 2);
    assert_int_equal(session_next_driver(&dojo.session), 3);
    dojo_until(&dojo, "12:51");
    DO(&dojo, .kind = COMMAND_OBSERVE, .person = 3); /* the driver */
    dojo_expect_driver(&dojo, 1);
    DO(&dojo, .kind = COMMAND_ROTATE, .person = 2);
    assert_int_equal(session_next_driver(&dojo.session), 2);
    dojo_close(&dojo);
}

static void
next_and_driver_are_corrected(void **state) /* D23 */
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 4);
    DO_NOT(&dojo, .kind = COMMAND_CHOOSE_NEXT, .person = 1);
    DO_NOT(&dojo, .kind = COMMAND_CHOOSE_NEXT, .person = 9);
    DO(&dojo, .kind = COMMAND_CHOOSE_NEXT, .person = 4);
    dojo_until(&dojo, "12:50");
    dojo_expect_driver(&dojo, 4);
    assert_int_equal(session_next_driver(&dojo.session), 2);
    DO(&dojo, .kind = COMMAND_CHOOSE_DRIVER, .person = 2);
    dojo_expect_driver(&dojo, 2);
    dojo_expect_left(&dojo, 5, 0);
    assert_int_equal(session_next_driver(&dojo.session), 3);
    dojo_until(&dojo, "12:55");
    dojo_expect_driver(&dojo, 3);
    assert_int_equal(person(&dojo, 2)->turns, 1);
    assert_int_equal(person(&dojo, 4)->turns, 0);
    dojo_close(&dojo);
}

static void
names_are_known_once(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO_NOT(&dojo, .kind = COMMAND_JOIN, .text = " p2 ");
    DO_NOT(&dojo, .kind = COMMAND_JOIN, .text = "  ");
    DO_NOT(&dojo, .kind = COMMAND_JOIN, .text = "P\x1b[3");
    DO(&dojo, .kind = COMMAND_AWAY, .person = 2);
    DO(&dojo, .kind = COMMAND_JOIN, .text = "P2");
    assert_int_equal(dojo.session.roster.count, 2);
    assert_true(person(&dojo, 2)->present);
    DO(&dojo, .kind = COMMAND_RENAME, .person = 2, .text = "Grace Hopper");
    assert_string_equal(session_name(&dojo.session, 2), "Grace Hopper");
    DO_NOT(&dojo, .kind = COMMAND_RENAME, .person = 1, .text = "grace  hopper");
    DO_NOT(&dojo, .kind = COMMAND_BACK, .person = 2);
    dojo_close(&dojo);
}

static void
order_is_changed(void **state)
{
    const int64_t order[] = {3, 1, 2};
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_ORDER, .list = order, .list_count = 3);
    DO(&dojo, .kind = COMMAND_MOVE, .person = 2, .number = -2);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:56");
    dojo_expect_turns(&dojo, "12:45 P2, 12:50 P3, 12:55 P1");
    dojo_close(&dojo);
}

/* ---- undo ---- */

static void
undo_takes_the_last_act_back(void **state) /* D5 */
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "12:46");
    DO(&dojo, .kind = COMMAND_PASS);
    DO(&dojo, .kind = COMMAND_NOTE, .text = "first");
    DO(&dojo, .kind = COMMAND_UNDO);
    assert_int_equal(dojo.session.notes_count, 0);
    assert_true(person(&dojo, 2)->passed);
    DO(&dojo, .kind = COMMAND_UNDO); /* walks further back */
    assert_false(person(&dojo, 2)->passed);
    DO(&dojo, .kind = COMMAND_UNDO);
    dojo_expect_phase(&dojo, PHASE_WAITING);
    DO_NOT(&dojo, .kind = COMMAND_UNDO);
    dojo_close(&dojo);
}

static void
undo_takes_what_followed_back_too(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "12:47");
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_until(&dojo, "12:48");
    dojo_expect_driver(&dojo, 2);
    DO(&dojo, .kind = COMMAND_UNDO);
    dojo_expect_driver(&dojo, 1);
    dojo_expect_left(&dojo, 2, 0);
    assert_int_equal(dojo.session.turns_count, 0);
    assert_int_equal(person(&dojo, 1)->turns, 0);

    DO(&dojo, .kind = COMMAND_AWAY, .person = 1);
    dojo_expect_driver(&dojo, 2);
    DO(&dojo, .kind = COMMAND_UNDO);
    dojo_expect_driver(&dojo, 1);
    dojo_expect_left(&dojo, 2, 0);
    dojo_close(&dojo);
}

static void
undo_stops_at_a_turn_that_has_ended(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "12:47");
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_until(&dojo, "12:52"); /* turn 2 ended, turn 3 runs */
    dojo_expect_driver(&dojo, 3);
    DO_NOT(&dojo, .kind = COMMAND_UNDO);
    dojo_close(&dojo);
}

static void
undo_keeps_a_driver(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 1);
    DO(&dojo, .kind = COMMAND_JOIN, .text = "P2");
    dojo_until(&dojo, "12:51");
    dojo_expect_driver(&dojo, 2);
    DO_NOT(&dojo, .kind = COMMAND_UNDO);
    dojo_expect_driver(&dojo, 2);
    dojo_close(&dojo);
}

static void
undo_into_coding_asks(void **state) /* D25 */
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "12:46");
    DO(&dojo, .kind = COMMAND_DEBRIEF);
    DO_NOT(&dojo, .kind = COMMAND_UNDO);
    assert_true(dojo.confirm);
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    DO(&dojo, .kind = COMMAND_UNDO, .confirmed = true);
    dojo_expect_driver(&dojo, 1);
    dojo_expect_left(&dojo, 4, 0);
    dojo_close(&dojo);
}

static void
no_record_takes_the_opening_back(void **state)
{
    struct dojo dojo;
    int64_t everything[] = {1, 2, 3};

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_apply(&dojo, (struct event){.kind = EVENT_UNDONE, .list = everything, .list_count = 3});
    assert_non_null(dojo.session.opening);
    dojo_expect_phase(&dojo, PHASE_WAITING);
    dojo_close(&dojo);
}

/* ---- debrief, notes, roles ---- */

static void
begin_debrief(struct dojo *dojo)
{
    dojo_begin(dojo, "12:45", 3);
    dojo_until(dojo, "12:50:30");
    DO(dojo, .kind = COMMAND_RENAME, .person = 2, .text = "Grace Hopper");
    DO(dojo, .kind = COMMAND_DEBRIEF);
}

static void
questions_follow_one_another(void **state)
{
    struct dojo dojo;

    (void)state;
    begin_debrief(&dojo);
    assert_int_equal(dojo.session.question, 1);
    DO(&dojo, .kind = COMMAND_NEXT);
    assert_int_equal(dojo.session.question, 2);
    DO(&dojo, .kind = COMMAND_QUESTION, .number = 1);
    DO(&dojo, .kind = COMMAND_QUESTION, .number = 3);
    DO_NOT(&dojo, .kind = COMMAND_QUESTION, .number = 4);
    DO_NOT(&dojo, .kind = COMMAND_QUESTION, .number = 0);
    dojo_wait(&dojo, 20 * MINUTE); /* a question's time never advances by itself */
    assert_int_equal(dojo.session.question, 3);
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_expect_phase(&dojo, PHASE_ROLES);
    dojo_close(&dojo);
}

/* As R does: other questions, as long as nothing stands under the old ones. */
static void
answered_questions_stay(void **state)
{
    struct dojo dojo;
    struct settings other;
    char why[SETTINGS_ERROR_SIZE];

    (void)state;
    settings_init(&other);
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_NOTE, .text = "on the way");
    DO(&dojo, .kind = COMMAND_DEBRIEF);
    assert_true(settings_set(&other, settings_find("debrief", "format"), "kerth", false, why));
    DO(&dojo, .kind = COMMAND_SETTINGS, .settings = &other);
    assert_int_equal(dojo.session.settings.questions.count, 4);
    DO(&dojo, .kind = COMMAND_NOTE, .text = "small steps");
    assert_true(settings_set(&other, settings_find("debrief", "format"), "one-word", false, why));
    assert_true(settings_set(&other, settings_find("turn", "length"), "7m", false, why));
    DO(&dojo, .kind = COMMAND_SETTINGS, .settings = &other);
    assert_int_equal(dojo.session.settings.questions.count, 4);
    assert_int_equal(dojo.session.settings.length_ms, 7 * MINUTE);
    settings_free(&other);
    dojo_close(&dojo);
}

static void
notes_become_action_items(void **state)
{
    struct dojo dojo;
    const struct note *notes;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_RENAME, .person = 2, .text = "Grace Hopper");
    DO(&dojo, .kind = COMMAND_NOTE, .text = "  a parked idea ");
    DO(&dojo, .kind = COMMAND_DEBRIEF);
    DO(&dojo, .kind = COMMAND_NEXT);
    DO(&dojo, .kind = COMMAND_NOTE, .text = "@grace bring a keyboard");
    DO(&dojo, .kind = COMMAND_NOTE, .text = "> book a larger room");
    DO(&dojo, .kind = COMMAND_NOTE, .text = "@Alan ask about the room");
    DO_NOT(&dojo, .kind = COMMAND_NOTE, .text = " ");
    DO_NOT(&dojo, .kind = COMMAND_NOTE, .text = "bell \a");
    notes = dojo.session.notes;
    assert_int_equal(dojo.session.notes_count, 4);
    assert_string_equal(notes[0].text, "a parked idea");
    assert_int_equal(notes[0].question, 0);
    assert_false(notes[0].action);
    assert_string_equal(notes[1].text, "bring a keyboard");
    assert_string_equal(notes[1].owner, "Grace Hopper");
    assert_int_equal(notes[1].question, 2);
    assert_true(notes[2].action);
    assert_null(notes[2].owner);
    assert_string_equal(notes[3].owner, "Alan");

    DO(&dojo, .kind = COMMAND_NOTE_EDIT, .note = notes[1].seq, .text = "bring two keyboards");
    assert_string_equal(notes[1].text, "bring two keyboards");
    assert_false(notes[1].action);
    DO(&dojo, .kind = COMMAND_NOTE_DELETE, .note = notes[0].seq);
    assert_int_equal(dojo.session.notes_count, 3);
    DO_NOT(&dojo, .kind = COMMAND_NOTE_DELETE, .note = 99);
    DO(&dojo, .kind = COMMAND_UNDO);
    assert_int_equal(dojo.session.notes_count, 4);
    dojo_close(&dojo);
}

static void
draft_lives_until_it_is_a_note(void **state) /* D8 */
{
    struct dojo dojo;
    int64_t seq;

    (void)state;
    begin_debrief(&dojo);
    DO(&dojo, .kind = COMMAND_DRAFT, .text = "half a th");
    assert_string_equal(dojo.session.draft, "half a th");
    seq = dojo.session.seq;
    DO(&dojo, .kind = COMMAND_DRAFT, .text = "half a th");
    assert_int_equal(dojo.session.seq, seq);
    DO(&dojo, .kind = COMMAND_NOTE, .text = "half a thought");
    assert_string_equal(dojo.session.draft, "");
    dojo_close(&dojo);
}

static void
roles_need_an_answer_each(void **state) /* R21 */
{
    struct dojo dojo;

    (void)state;
    begin_debrief(&dojo);
    DO_NOT(&dojo, .kind = COMMAND_TAKE_ROLE, .role = "Master of Dojo", .text = "P1");
    DO_NOT(&dojo, .kind = COMMAND_CLOSE);
    DO(&dojo, .kind = COMMAND_ROLES);
    DO_NOT(&dojo, .kind = COMMAND_CLOSE);
    DO_NOT(&dojo, .kind = COMMAND_TAKE_ROLE, .role = "Cook", .text = "P1");
    DO(&dojo, .kind = COMMAND_TAKE_ROLE, .role = "Master of Dojo", .text = "grace hopper");
    assert_string_equal(dojo.session.roles[1].holder, "Grace Hopper");
    DO_NOT(&dojo, .kind = COMMAND_CLOSE);
    DO(&dojo, .kind = COMMAND_VACATE_ROLE, .role = "Master of Ceremony");
    DO(&dojo, .kind = COMMAND_CLOSE);
    assert_true(session_is_over(&dojo.session));
    DO_NOT(&dojo, .kind = COMMAND_NOTE, .text = "too late");
    DO_NOT(&dojo, .kind = COMMAND_JOIN, .text = "P9");
    DO_NOT(&dojo, .kind = COMMAND_NEXT);
    DO(&dojo, .kind = COMMAND_UNDO);
    dojo_expect_phase(&dojo, PHASE_ROLES);
    dojo_close(&dojo);
}

static void
only_keys_that_work_are_shown(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_open(&dojo, "12:45", 3);
    assert_true(session_allows(&dojo.session, COMMAND_START, dojo.now));
    assert_false(session_allows(&dojo.session, COMMAND_PAUSE, dojo.now));
    assert_false(session_allows(&dojo.session, COMMAND_UNDO, dojo.now));
    DO(&dojo, .kind = COMMAND_START);
    assert_false(session_allows(&dojo.session, COMMAND_START, dojo.now));
    assert_true(session_allows(&dojo.session, COMMAND_PAUSE, dojo.now));
    assert_true(session_allows(&dojo.session, COMMAND_EXTEND, dojo.now));
    assert_true(session_allows(&dojo.session, COMMAND_UNDO, dojo.now));
    DO(&dojo, .kind = COMMAND_PAUSE);
    assert_true(session_allows(&dojo.session, COMMAND_RESUME, dojo.now));
    dojo_close(&dojo);
}

static void
screen_changes_each_second_and_not_more(void **state)
{
    struct dojo dojo;
    int64_t change_ms;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_wait(&dojo, 250);
    change_ms = session_next_change(&dojo.session, dojo.now);
    assert_int_equal(change_ms, dojo.now.elapsed_ms + 750);
    DO(&dojo, .kind = COMMAND_PAUSE);
    change_ms = session_next_change(&dojo.session, dojo.now);
    assert_int_equal(change_ms, dojo.now.elapsed_ms + 59750); /* the clock on the wall */
    dojo_close(&dojo);
}

/* Killed between the two facts of one act. */
static void
turn_of_somebody_who_is_gone_ends_at_once(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "12:49");
    dojo_apply(&dojo, (struct event){.kind = EVENT_PERSON_AWAY, .by = BY_KEY, .person = 1});
    dojo_wait(&dojo, 1);
    dojo_expect_phase(&dojo, PHASE_TURN);
    dojo_expect_driver(&dojo, 2);
    assert_int_equal(dojo.session.turns[0].end, END_LEFT);
    assert_true(dojo.session.turns[0].counted);
    dojo_close(&dojo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_turn_has_its_full_length),
        cmocka_unit_test(setting_the_clock_moves_the_stop_and_no_turn),
        cmocka_unit_test(handover_starts_the_turn_by_itself),
        cmocka_unit_test(held_handover_waits),
        cmocka_unit_test(without_autostart_every_handover_waits),
        cmocka_unit_test(introduction_ends_only_by_a_key),
        cmocka_unit_test(duration_counts_from_the_first_enter),
        cmocka_unit_test(nothing_starts_too_late),
        cmocka_unit_test(moving_the_stop_forth_and_back),
        cmocka_unit_test(pause_never_moves_the_debrief),
        cmocka_unit_test(resumed_turn_is_ended_for_the_debrief),
        cmocka_unit_test(pauses_can_be_switched_off),
        cmocka_unit_test(extensions_are_bounded),
        cmocka_unit_test(extensions_end_before_the_debrief_is_too_short),
        cmocka_unit_test(after_zero_a_turn_is_reopened),
        cmocka_unit_test(reopening_is_for_turns_that_ran_out),
        cmocka_unit_test(clock_is_mended_without_an_extension),
        cmocka_unit_test(break_comes_after_so_many_turns),
        cmocka_unit_test(break_ends_for_a_debrief_that_was_moved),
        cmocka_unit_test(one_extra_turn),
        cmocka_unit_test(offer_ends_for_a_debrief_that_was_moved),
        cmocka_unit_test(offer_becomes_a_handover_when_planned_turns_fit_again),
        cmocka_unit_test(unanswered_offer_stands_for_one_handover),
        cmocka_unit_test(debrief_by_hand_ends_the_turn),
        cmocka_unit_test(pass_lasts_until_somebody_else_has_driven),
        cmocka_unit_test(nobody_else_could_take_a_pass),
        cmocka_unit_test(locked_next_driver_may_pass),
        cmocka_unit_test(lone_driver_is_followed_by_whoever_joins),
        cmocka_unit_test(observers_do_not_drive),
        cmocka_unit_test(next_and_driver_are_corrected),
        cmocka_unit_test(names_are_known_once),
        cmocka_unit_test(order_is_changed),
        cmocka_unit_test(undo_takes_the_last_act_back),
        cmocka_unit_test(undo_takes_what_followed_back_too),
        cmocka_unit_test(undo_stops_at_a_turn_that_has_ended),
        cmocka_unit_test(undo_keeps_a_driver),
        cmocka_unit_test(undo_into_coding_asks),
        cmocka_unit_test(no_record_takes_the_opening_back),
        cmocka_unit_test(questions_follow_one_another),
        cmocka_unit_test(answered_questions_stay),
        cmocka_unit_test(notes_become_action_items),
        cmocka_unit_test(draft_lives_until_it_is_a_note),
        cmocka_unit_test(roles_need_an_answer_each),
        cmocka_unit_test(only_keys_that_work_are_shown),
        cmocka_unit_test(screen_changes_each_second_and_not_more),
        cmocka_unit_test(turn_of_somebody_who_is_gone_ends_at_once),
    };

    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
