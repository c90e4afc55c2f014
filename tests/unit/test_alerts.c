/* When the room is told something, and in which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "dojo.h"
#include "session/alerts.h"

enum { TEXT = 200 };

/* The next alert after now is this one, at that time; ALERT_NONE: there is none. */
static void
expect_next(const struct dojo *dojo, enum alert alert, const char *clock)
{
    enum alert found;
    int64_t at_ms = alerts_next(&dojo->session, dojo->now, dojo->now.elapsed_ms, &found);

    assert_int_equal(found, alert);
    if (alert == ALERT_NONE)
        assert_int_equal(at_ms, INT64_MAX);
    else
        dojo_expect_wall(moment_at(dojo->now, at_ms).wall_ms, clock);
}

static void
expect_words(const struct dojo *dojo, enum alert alert, const char *title, const char *text)
{
    char found_title[TEXT], found_text[TEXT];

    alerts_text(&dojo->session, dojo->now, alert, found_title, TEXT, found_text, TEXT);
    assert_string_equal(found_title, title);
    assert_string_equal(found_text, text);
}

static const struct event *
last_of(const struct dojo *dojo, enum event_kind kind)
{
    for (int i = dojo->session.log_count - 1; i >= 0; i--) {
        if (dojo->session.log[i].kind == kind)
            return &dojo->session.log[i];
    }
    fail_msg("no %s happened", event_name(kind));
    return NULL;
}

static void
open_with_handover(struct dojo *dojo)
{
    dojo_init(dojo);
    dojo_set(dojo, "turn.handover", "10s");
    dojo_open(dojo, "12:45", 3);
}

static void
warnings_name_who_is_next(void **state) /* R6 */
{
    struct dojo dojo;

    (void)state;
    open_with_handover(&dojo);
    expect_next(&dojo, ALERT_NONE, NULL);
    DO(&dojo, .kind = COMMAND_START);
    expect_next(&dojo, ALERT_HEADS_UP, "12:49");
    dojo_until(&dojo, "12:49");
    expect_words(&dojo, ALERT_HEADS_UP, "Next: P2", "P1 has the keyboard for another 1:00.");
    expect_next(&dojo, ALERT_WARNING, "12:49:50");
    DO(&dojo, .kind = COMMAND_EXTEND);
    expect_next(&dojo, ALERT_HEADS_UP, "12:50");
    dojo_close(&dojo);
}

static void
warning_longer_than_the_turn_is_none(void **state)
{
    struct dojo dojo;
    enum alert alert;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.warn", "10m 30s");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    expect_next(&dojo, ALERT_WARNING, "12:49:30");
    assert_int_equal(alerts_next(&dojo.session, dojo.now, -60 * 60000, &alert), 270000);
    assert_int_equal(alert, ALERT_WARNING);
    dojo_close(&dojo);
}

static void
last_turn_announces_the_debrief(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "debrief.minimum", "10m");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "13:49");
    expect_words(&dojo, ALERT_HEADS_UP, "Next: the debrief, 13:50",
                 "P1 has the keyboard for another 1:00.");
    dojo_close(&dojo);
}

static void
alone_there_are_checkpoints(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 1);
    dojo_until(&dojo, "12:49");
    expect_words(&dojo, ALERT_HEADS_UP, "Turn 1 ends soon",
                 "P1 has the keyboard for another 1:00.");
    dojo_until(&dojo, "12:50");
    expect_words(&dojo, ALERT_TIME_UP, "A good moment to commit", "Turn 1 is over.");
    dojo_close(&dojo);
}

static void
time_up_is_told_by_the_fact(void **state) /* R4 */
{
    struct dojo dojo;

    (void)state;
    open_with_handover(&dojo);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:50");
    assert_int_equal(alerts_of(&dojo.session, last_of(&dojo, EVENT_TURN_ENDED)), ALERT_TIME_UP);
    expect_words(&dojo, ALERT_TIME_UP, "Time! P2 is next", "Turn 1 is over.");
    dojo_until(&dojo, "12:52");
    DO(&dojo, .kind = COMMAND_NEXT); /* who pressed the key knows */
    assert_int_equal(alerts_of(&dojo.session, last_of(&dojo, EVENT_TURN_ENDED)), ALERT_NONE);
    assert_int_equal(alerts_of(&dojo.session, last_of(&dojo, EVENT_TURN_STARTED)), ALERT_NONE);
    dojo_close(&dojo);
}

static void
without_a_handover_the_next_drives_already(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "12:50");
    expect_words(&dojo, ALERT_TIME_UP, "Time! P2 has the keyboard", "Turn 1 is over.");
    dojo_close(&dojo);
}

static void
waiting_handover_nudges_again_and_again(void **state)
{
    struct dojo dojo;

    (void)state;
    open_with_handover(&dojo);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:50:05");
    expect_next(&dojo, ALERT_DEBRIEF_SOON, "13:39:40"); /* it goes on by itself */
    DO(&dojo, .kind = COMMAND_HOLD);
    expect_next(&dojo, ALERT_NUDGE, "12:50:30");
    dojo_until(&dojo, "12:50:30");
    expect_words(&dojo, ALERT_NUDGE, "P2, the keyboard is yours",
                 "Turn 1 has been over for 0:30; the next one waits.");
    expect_next(&dojo, ALERT_NUDGE, "12:50:50");
    dojo_until(&dojo, "13:01");
    expect_next(&dojo, ALERT_NUDGE, "13:01:10");
    DO(&dojo, .kind = COMMAND_NEXT);
    expect_next(&dojo, ALERT_HEADS_UP, "13:05");
    dojo_close(&dojo);
}

static void
without_autostart_it_nudges_too(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.autostart", "no");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:50");
    expect_next(&dojo, ALERT_NUDGE, "12:50:20");
    dojo_close(&dojo);
}

static void
repeat_of_zero_never_nudges(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.autostart", "no");
    dojo_set(&dojo, "turn.handover", "10s");
    dojo_set(&dojo, "alerts.repeat", "0s");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:46");
    DO(&dojo, .kind = COMMAND_PAUSE);
    expect_next(&dojo, ALERT_PAUSE_OVER, "12:49");
    dojo_until(&dojo, "12:49");
    expect_next(&dojo, ALERT_DEBRIEF_SOON, "13:39:40"); /* told once */
    DO(&dojo, .kind = COMMAND_RESUME);
    dojo_until(&dojo, "12:53:05");
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    expect_next(&dojo, ALERT_DEBRIEF_SOON, "13:39:40");
    dojo_close(&dojo);
}

static void
pause_that_is_too_long_nudges(void **state) /* R8 */
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "12:46");
    DO(&dojo, .kind = COMMAND_PAUSE);
    expect_next(&dojo, ALERT_PAUSE_OVER, "12:49");
    dojo_until(&dojo, "12:49");
    expect_words(&dojo, ALERT_PAUSE_OVER, "Back to the code?",
                 "Paused for 3:00; P1 has 4:00 left.");
    expect_next(&dojo, ALERT_PAUSE_OVER, "12:49:20");
    dojo_close(&dojo);
}

static void
empty_room_is_not_nudged(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 1);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 1);
    expect_next(&dojo, ALERT_DEBRIEF_SOON, "13:40");
    dojo_close(&dojo);
}

static void
introduction_is_over_once(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "session.intro", "2m");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    expect_next(&dojo, ALERT_INTRO_OVER, "12:47");
    dojo_until(&dojo, "12:47");
    expect_words(&dojo, ALERT_INTRO_OVER, "Ready to code?",
                 "The introduction has had its 2m; P1 has the keyboard first.");
    expect_next(&dojo, ALERT_DEBRIEF_SOON, "13:40");
    dojo_close(&dojo);
}

static void
debrief_is_announced_two_turns_ahead(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:52", 3);
    dojo_until(&dojo, "13:37:30");
    expect_next(&dojo, ALERT_DEBRIEF_SOON, "13:40");
    expect_words(&dojo, ALERT_DEBRIEF_SOON, "Debrief at 13:50",
                 "About two more turns. It is fine not to finish.");
    dojo_until(&dojo, "13:50:01");
    assert_int_equal(alerts_of(&dojo.session, last_of(&dojo, EVENT_DEBRIEF_STARTED)),
                     ALERT_DEBRIEF);
    expect_words(&dojo, ALERT_DEBRIEF, "Debrief, until 14:00", "What did we learn?");
    dojo_close(&dojo);
}

static void
end_is_told_and_once_more(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "13:51");
    expect_next(&dojo, ALERT_STOP, "14:00");
    dojo_until(&dojo, "14:00");
    expect_words(&dojo, ALERT_STOP, "It is 14:00", "The planned end of the session.");
    expect_next(&dojo, ALERT_STOP, "14:15");
    dojo_until(&dojo, "14:15");
    expect_words(&dojo, ALERT_STOP, "It is 14:15", "The session was to end 15 minutes ago.");
    expect_next(&dojo, ALERT_NONE, NULL);
    dojo_close(&dojo);
}

static void
two_at_once_are_both_told(void **state)
{
    struct dojo dojo;
    enum alert alert;
    int64_t at_ms;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.warn", "5m");
    dojo_set(&dojo, "turn.length", "8m"); /* 13:34: two turns ahead, and 5m before 13:39 */
    dojo_open(&dojo, "13:31", 3);
    DO(&dojo, .kind = COMMAND_START);
    at_ms = alerts_next(&dojo.session, dojo.now, dojo.now.elapsed_ms, &alert);
    dojo_expect_wall(moment_at(dojo.now, at_ms).wall_ms, "13:34");
    assert_int_equal(alert, ALERT_HEADS_UP);
    assert_int_equal(alerts_next(&dojo.session, dojo.now, at_ms, &alert), at_ms + 1);
    assert_int_equal(alert, ALERT_DEBRIEF_SOON);
    dojo_close(&dojo);
}

static void
offer_names_who_may_drive(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:52", 3);
    dojo_until(&dojo, "13:47");
    expect_words(&dojo, ALERT_TIME_UP, "An extra turn for P3?",
                 "Otherwise the debrief starts at 13:50.");
    dojo_close(&dojo);
}

static void
breaks_are_told_by_the_fact(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "break.every", "1");
    dojo_set(&dojo, "break.length", "5m");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:50");
    assert_int_equal(alerts_of(&dojo.session, last_of(&dojo, EVENT_BREAK_STARTED)), ALERT_BREAK);
    dojo_until(&dojo, "12:55");
    assert_int_equal(alerts_of(&dojo.session, last_of(&dojo, EVENT_BREAK_ENDED)), ALERT_BREAK_OVER);
    dojo_until(&dojo, "13:01");
    dojo_expect_phase(&dojo, PHASE_BREAK);
    DO(&dojo, .kind = COMMAND_NEXT); /* who presses the key knows */
    assert_int_equal(alerts_of(&dojo.session, last_of(&dojo, EVENT_TURN_STARTED)), ALERT_NONE);
    dojo_close(&dojo);
}

static void
what_somebody_did_is_not_told(void **state)
{
    const struct event back = {.kind = EVENT_BREAK_ENDED, .by = BY_KEY};
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_NEXT);
    assert_int_equal(alerts_of(&dojo.session, last_of(&dojo, EVENT_TURN_ENDED)), ALERT_NONE);
    DO(&dojo, .kind = COMMAND_DEBRIEF);
    assert_int_equal(alerts_of(&dojo.session, last_of(&dojo, EVENT_DEBRIEF_STARTED)), ALERT_NONE);
    assert_int_equal(alerts_of(&dojo.session, &back), ALERT_NONE);
    dojo_close(&dojo);
}

static void
four_warnings_are_all_given(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.warn", "4m 3m 2m 1m");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    expect_next(&dojo, ALERT_HEADS_UP, "12:46");
    dojo_until(&dojo, "12:48");
    expect_next(&dojo, ALERT_WARNING, "12:49");
    dojo_close(&dojo);
}

/* An open gap waits for an answer, with a break in the plan as well as without. */
static void
a_gap_nudges_until_it_is_answered(void **state)
{
    struct dojo dojo;

    (void)state;
    open_with_handover(&dojo);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:48");
    dojo_sleep(&dojo, "12:52");
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    assert_true(dojo.session.gap.open);
    expect_next(&dojo, ALERT_NUDGE, "12:52:10");
    dojo.session.held = false;
    expect_next(&dojo, ALERT_NUDGE, "12:52:10");
    dojo_close(&dojo);
}

static void
time_up_in_other_states(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    expect_words(&dojo, ALERT_TIME_UP, "Time! P1 has the keyboard", "Turn 1 is over.");
    dojo_until(&dojo, "13:51");
    expect_words(&dojo, ALERT_TIME_UP, "Debrief", "Turn 13 is over.");
    dojo_close(&dojo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(warnings_name_who_is_next),
        cmocka_unit_test(warning_longer_than_the_turn_is_none),
        cmocka_unit_test(last_turn_announces_the_debrief),
        cmocka_unit_test(alone_there_are_checkpoints),
        cmocka_unit_test(time_up_is_told_by_the_fact),
        cmocka_unit_test(without_a_handover_the_next_drives_already),
        cmocka_unit_test(waiting_handover_nudges_again_and_again),
        cmocka_unit_test(without_autostart_it_nudges_too),
        cmocka_unit_test(repeat_of_zero_never_nudges),
        cmocka_unit_test(pause_that_is_too_long_nudges),
        cmocka_unit_test(empty_room_is_not_nudged),
        cmocka_unit_test(introduction_is_over_once),
        cmocka_unit_test(debrief_is_announced_two_turns_ahead),
        cmocka_unit_test(end_is_told_and_once_more),
        cmocka_unit_test(two_at_once_are_both_told),
        cmocka_unit_test(offer_names_who_may_drive),
        cmocka_unit_test(breaks_are_told_by_the_fact),
        cmocka_unit_test(what_somebody_did_is_not_told),
        cmocka_unit_test(four_warnings_are_all_given),
        cmocka_unit_test(a_gap_nudges_until_it_is_answered),
        cmocka_unit_test(time_up_in_other_states),
    };

    return cmocka_run_group_tests_name("alerts", tests, NULL, NULL);
}
