/* Desktops that hang, die or are not there: the notifier is not held up, and says so. */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "room.h"

enum { HALF_A_MINUTE = 30000 };

/* F15: nothing may take as long as the desktop would (25 s); where that answers, this is ms. */
static void
a_desktop_that_hangs_is_left_alone(void **state)
{
    struct room *room = room_of(state);
    int64_t began_ms = real_ms();

    kill(room->desktop.dunst, SIGSTOP);
    room_show(room, URGENCY_LOW, "Next: Grace Hopper", "One minute left.");
    for (room->now_ms = 0; room->now_ms < 2000; room->now_ms += 100)
        room_turn(room);
    assert_null(notifier_trouble(room->notifier));
    room_turn(room);
    assert_true(room_has_trouble(room, "desktop does not answer"));
    assert_int_equal(notifier_read_fd(room->notifier), -1);
    assert_true(real_ms() - began_ms < PATIENCE_MS);

    room_show(room, URGENCY_LOW, "Next: Grace Hopper", "Too early to try again.");
    assert_int_equal(notifier_read_fd(room->notifier), -1);
    kill(room->desktop.dunst, SIGCONT);
    room_show_time_up(room);
    wait_until(room, desktop_has_shown(&room->desktop, ROOM_TIME_UP));
    wait_until(room, !notifier_trouble(room->notifier));
    assert_int_equal(desktop_displayed(), 1);
}

static void
quitting_does_not_wait_for_a_desktop_that_hangs(void **state)
{
    struct room *room = room_of(state);
    int64_t began_ms;

    room_show_time_up(room);
    wait_until(room, desktop_displayed() == 1);
    kill(room->desktop.dunst, SIGSTOP);
    began_ms = real_ms();
    notifier_free(room->notifier, 300);
    room->notifier = NULL;
    assert_true(real_ms() - began_ms < PATIENCE_MS / 2);
    assert_int_equal(desktop_child(getpid(), "randori-notify"), 0);
}

static void
a_bus_that_never_speaks_is_left_alone(void **state)
{
    struct room *room = room_of(state);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int silent = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char bus[128];

    snprintf(address.sun_path, sizeof address.sun_path, "%s/silent", room->desktop.folder);
    assert_int_equal(bind(silent, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(silent, 5), 0);
    snprintf(bus, sizeof bus, "unix:path=%s", address.sun_path);
    setenv("DBUS_SESSION_BUS_ADDRESS", bus, 1);

    room_show_time_up(room);
    room_turn(room);
    assert_null(notifier_trouble(room->notifier));
    room->now_ms = 2000;
    room_turn(room);
    assert_true(room_has_trouble(room, "desktop does not answer"));
    close(silent);
}

static void
without_a_bus_there_are_no_notifications(void **state)
{
    struct room *room = room_of(state);

    setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
    room_show_time_up(room);
    wait_until(room, room_has_trouble(room, "no desktop notifications"));
    assert_true(notifier_read_fd(room->notifier) >= 0);
}

/* F15 */
static void
without_a_daemon_there_are_no_notifications(void **state)
{
    struct room *room = room_of(state);

    kill(room->desktop.dunst, SIGKILL);
    wait_until(room, desktop_displayed() < 0);
    room_show_time_up(room);
    wait_until(room, room_has_trouble(room, "no desktop notifications"));
    assert_true(notifier_read_fd(room->notifier) >= 0);
}

/* F16 */
static void
a_bus_that_dies_takes_only_the_helper_along(void **state)
{
    struct room *room = room_of(state);

    room_show_time_up(room);
    wait_until(room, desktop_displayed() == 1 && room_is_answered(room));
    kill(room->desktop.bus, SIGKILL);
    wait_until(room, notifier_read_fd(room->notifier) < 0);
    assert_null(notifier_trouble(room->notifier));
    room->now_ms = HALF_A_MINUTE;
    room_show(room, URGENCY_LOW, "Next: Grace Hopper", "One minute left.");
    wait_until(room, room_has_trouble(room, "no desktop notifications"));
}

int
main(void)
{
#define with_room(test) cmocka_unit_test_setup_teardown(test, room_set_up, room_tear_down)
    const struct CMUnitTest tests[] = {
        with_room(a_desktop_that_hangs_is_left_alone),
        with_room(quitting_does_not_wait_for_a_desktop_that_hangs),
        with_room(a_bus_that_never_speaks_is_left_alone),
        with_room(without_a_bus_there_are_no_notifications),
        with_room(without_a_daemon_there_are_no_notifications),
        with_room(a_bus_that_dies_takes_only_the_helper_along),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
