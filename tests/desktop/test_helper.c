/* The helper alone, spoken to in its own lines. */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "room.h"

static void
start_helper(struct room *room)
{
    assert_true(helper_start(&room->helper, room->program));
}

static void
say(struct room *room, const char *line)
{
    assert_true(helper_say(&room->helper, strdup(line)));
}

static void
hears(struct room *room, const char *begin)
{
    struct pollfd answer = {.fd = room->helper.from, .events = POLLIN};
    char line[HELPER_LINE_MOST];
    size_t length;

    helper_listen(&room->helper);
    while (helper_line(&room->helper, line, &length) == HELPER_LATER) {
        if (poll(&answer, 1, PATIENCE_MS) != 1)
            fail_msg("never said: %s", begin);
    }
    assert_true(length >= strlen(begin));
    assert_memory_equal(line, begin, strlen(begin));
}

#define SHOW                                                                                       \
    "{\"do\":\"show\",\"key\":\"k\",\"title\":\"t\",\"text\":\"\",\"urgency\":\"low\","            \
    "\"buttons\":[]}\n"
#define SHOWN  "{\"is\":\"shown\",\"key\":\"k\",\"id\":"
#define CLOSED "{\"is\":\"closed\",\"key\":\"k\"}"

/* libnotify tells of the end of a notification once in its life, however often it is shown. */
static void
every_dismissal_is_reported(void **state)
{
    struct room *room = room_of(state);

    start_helper(room);
    for (int i = 0; i < 3; i++) {
        say(room, SHOW);
        hears(room, SHOWN);
        assert_true(desktop_dismiss());
        hears(room, CLOSED);
    }
}

static void
nonsense_is_passed_over(void **state)
{
    struct room *room = room_of(state);
    char *line = calloc(1, 3 * MESSAGE_LINE_MOST);

    start_helper(room);
    memset(line, 'x', MESSAGE_LINE_MOST + 4096); /* what it has read when it gives the line up */
    memcpy(line + strlen(line), SHOW,
           sizeof SHOW); /* the end of a line that is too long, so no message */
    assert_true(helper_say(&room->helper, line));
    say(room, "\n[]\n{\"is\":\"closed\",\"key\":\"k\"}\n" SHOW);
    hears(room, SHOWN);
    assert_int_equal(desktop_displayed(), 1);
    say(room, "{\"do\":\"close\",\"key\":\"k\"}\n");
    hears(room, CLOSED);
}

static void
what_is_not_up_is_closed_at_once(void **state)
{
    struct room *room = room_of(state);

    start_helper(room);
    say(room, "{\"do\":\"close\",\"key\":\"k\"}\n");
    hears(room, CLOSED);
}

/* It would hang there for 25 s with nobody to kill it. */
static void
at_the_end_of_its_input_it_does_not_hang(void **state)
{
    struct room *room = room_of(state);
    int64_t until_ms;

    start_helper(room);
    say(room, SHOW);
    hears(room, SHOWN);
    kill(room->desktop.dunst, SIGSTOP);
    close(room->helper.to);
    room->helper.to = -1;
    until_ms = real_ms() + PATIENCE_MS;
    while (desktop_is_alive(room->helper.pid) && real_ms() < until_ms)
        poll(NULL, 0, 10);
    assert_false(desktop_is_alive(room->helper.pid));
}

int
main(void)
{
#define with_room(test) cmocka_unit_test_setup_teardown(test, room_set_up, room_tear_down)
    const struct CMUnitTest tests[] = {
        with_room(every_dismissal_is_reported),
        with_room(nonsense_is_passed_over),
        with_room(what_is_not_up_is_closed_at_once),
        with_room(at_the_end_of_its_input_it_does_not_hang),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
