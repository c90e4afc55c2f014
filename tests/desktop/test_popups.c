/* What a working desktop shows of the notifier's messages, by way of the real helper. */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "room.h"

static void
heads_up_is_quiet(void **state)
{
    struct room *room = room_of(state);

    room_show(room, URGENCY_LOW, "Next: Grace Hopper", "One minute left.");
    wait_until(room, desktop_displayed() == 1);
    wait_until(room, desktop_has_shown(&room->desktop, "LOW|Next: Grace Hopper|One minute left.|"));
    assert_null(notifier_trouble(room->notifier));
}

static void
time_up_replaces_the_heads_up(void **state)
{
    struct room *room = room_of(state);

    room_show(room, URGENCY_LOW, "Next: Grace Hopper", "One minute left.");
    wait_until(room, desktop_displayed() == 1);
    room_show_time_up(room);
    wait_until(room, desktop_has_shown(&room->desktop, ROOM_TIME_UP));
    assert_int_equal(desktop_displayed(), 1);
}

/* Offers all three, presses one. */
static void
press(void **state, const char *label, const char *expected)
{
    struct room *room = room_of(state);

    room_show_time_up(room);
    wait_until(room, room_is_answered(room) && desktop_displayed() == 1);
    assert_true(desktop_press(&room->desktop, label));
    wait_until(room, strcmp(room->pressed, expected) == 0);
    assert_true(desktop_has_offered(&room->desktop, "Start"));
    assert_true(desktop_has_offered(&room->desktop, "+1 minute"));
    assert_true(desktop_has_offered(&room->desktop, "Pass"));
}

static void
start_is_pressed(void **state)
{
    press(state, "Start", "turn/start");
}

static void
one_minute_is_pressed(void **state)
{
    press(state, "+1 minute", "turn/extend");
}

static void
pass_is_pressed(void **state)
{
    press(state, "Pass", "turn/pass");
}

static void
after_a_press_the_next_one_is_shown(void **state)
{
    struct room *room = room_of(state);

    press(state, "Start", "turn/start");
    wait_until(room, desktop_displayed() == 0);
    room_show(room, URGENCY_NORMAL, "Debrief", "Coding stops here.");
    wait_until(room, desktop_displayed() == 1);
}

static void
the_former_ones_buttons_are_gone(void **state)
{
    struct room *room = room_of(state);

    room_show_time_up(room);
    room_show(room, URGENCY_NORMAL, "Debrief", "Coding stops here.");
    wait_until(room, desktop_has_shown(&room->desktop, "|Debrief|"));
    assert_true(desktop_press(&room->desktop, "Start"));
    press(state, "Pass", "turn/pass");
    assert_int_equal(room->presses, 1);
}

static void
buttons_work_again_after_a_popup_was_closed(void **state)
{
    struct room *room = room_of(state);

    press(state, "Start", "turn/start");
    wait_until(room, desktop_displayed() == 0);
    room->pressed[0] = '\0';
    press(state, "Pass", "turn/pass");
}

/* F14 */
static void
markup_is_shown_as_it_is(void **state)
{
    struct room *room = room_of(state);

    room_show(room, URGENCY_NORMAL, "<i>Ada</i> & co", "<b>bold</b> & <a href=\"x\">link</a>");
    wait_until(room, desktop_displayed() == 1);
    wait_until(room, desktop_has_shown(&room->desktop, "NORMAL|<i>Ada</i> & co|"));
    assert_true(desktop_has_shown(&room->desktop, "|&lt;b&gt;bold&lt;/b&gt; &amp; &lt;a href="));
}

static void
a_popup_is_taken_down(void **state)
{
    struct room *room = room_of(state);

    room_show_time_up(room);
    wait_until(room, desktop_displayed() == 1);
    notifier_close_key(room->notifier, "turn", room->now_ms);
    wait_until(room, desktop_displayed() == 0);
}

static void
quitting_takes_all_popups_down(void **state)
{
    struct room *room = room_of(state);
    struct message debrief = {.kind = MESSAGE_SHOW, .key = "debrief", .title = "Debrief"};

    room_show_time_up(room);
    notifier_show(room->notifier, &debrief, false, room->now_ms);
    wait_until(room, desktop_displayed() == 2);
    notifier_free(room->notifier, PATIENCE_MS);
    room->notifier = NULL;
    assert_int_equal(desktop_displayed(), 0);
}

static void
a_killed_helper_is_replaced_and_its_popup_too(void **state)
{
    struct room *room = room_of(state);

    room_show(room, URGENCY_LOW, "Next: Grace Hopper", "One minute left.");
    wait_until(room, desktop_displayed() == 1 && room_is_answered(room));
    assert_int_equal(kill(desktop_child(getpid(), "randori-notify"), SIGKILL), 0);
    wait_until(room, notifier_read_fd(room->notifier) < 0);
    assert_null(notifier_trouble(room->notifier));
    room_show_time_up(room);
    wait_until(room, desktop_has_shown(&room->desktop, ROOM_TIME_UP));
    assert_int_equal(desktop_displayed(), 1);
    wait_until(room, room_is_answered(room));
    assert_true(desktop_press(&room->desktop, "Start"));
    wait_until(room, strcmp(room->pressed, "turn/start") == 0);
}

static void
popups_of_a_killed_helper_are_taken_down_too(void **state)
{
    struct room *room = room_of(state);
    struct message debrief = {.kind = MESSAGE_SHOW, .key = "debrief", .title = "Debrief"};

    room_show_time_up(room);
    wait_until(room, desktop_displayed() == 1 && room_is_answered(room));
    assert_int_equal(kill(desktop_child(getpid(), "randori-notify"), SIGKILL), 0);
    wait_until(room, notifier_read_fd(room->notifier) < 0);
    notifier_show(room->notifier, &debrief, true, room->now_ms);
    wait_until(room, desktop_displayed() == 2);
    notifier_free(room->notifier, PATIENCE_MS);
    room->notifier = NULL;
    assert_int_equal(desktop_displayed(), 0);
}

int
main(void)
{
#define with_room(test) cmocka_unit_test_setup_teardown(test, room_set_up, room_tear_down)
    const struct CMUnitTest tests[] = {
        with_room(heads_up_is_quiet),
        with_room(time_up_replaces_the_heads_up),
        with_room(start_is_pressed),
        with_room(one_minute_is_pressed),
        with_room(pass_is_pressed),
        with_room(after_a_press_the_next_one_is_shown),
        with_room(the_former_ones_buttons_are_gone),
        with_room(buttons_work_again_after_a_popup_was_closed),
        with_room(markup_is_shown_as_it_is),
        with_room(a_popup_is_taken_down),
        with_room(quitting_takes_all_popups_down),
        with_room(a_killed_helper_is_replaced_and_its_popup_too),
        with_room(popups_of_a_killed_helper_are_taken_down_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
