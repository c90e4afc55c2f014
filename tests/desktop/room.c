#include "room.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

int64_t
real_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
on_pressed(void *user, const char *key, const char *button)
{
    struct room *room = user;

    room->presses++;
    snprintf(room->pressed, sizeof room->pressed, "%s/%s", key, button);
}

int
room_set_up(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    struct notifier_listener listener = {.pressed = on_pressed, .user = room};
    const char *build = getenv("RANDORI_BUILD");

    *state = room;
    snprintf(room->program, sizeof room->program, "%s/randori-notify",
             build ? build : "build/default");
    room->notifier = notifier_new(room->program, &listener);
    helper_init(&room->helper);
    return desktop_open(&room->desktop) ? 0 : -1;
}

int
room_tear_down(void **state)
{
    struct room *room = *state;

    notifier_free(room->notifier, 1000);
    helper_end(&room->helper, 0);
    desktop_close(&room->desktop);
    free(room);
    return 0;
}

struct room *
room_of(void **state)
{
    struct room *room = *state;

    if (room->desktop.missing[0]) {
        print_message("# no desktop to test with: %s is missing\n", room->desktop.missing);
        skip();
    }
    return room;
}

/* --- waiting ------------------------------------------------------------------------------- */

void
room_turn(struct room *room)
{
    struct pollfd fds[2] = {
        {.fd = notifier_read_fd(room->notifier), .events = POLLIN},
        {.fd = notifier_write_fd(room->notifier), .events = POLLOUT},
    };
    pid_t pid;

    poll(fds, 2, 10);
    while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
        notifier_reaped(room->notifier, pid, 0);
    notifier_ready(room->notifier, room->now_ms);
}

bool
room_is_answered(const struct room *room)
{
    return notifier_deadline(room->notifier) == INT64_MAX;
}

bool
room_has_trouble(const struct room *room, const char *trouble)
{
    const char *now = notifier_trouble(room->notifier);

    return now && strcmp(now, trouble) == 0;
}

/* --- messages ------------------------------------------------------------------------------ */

void
room_show(struct room *room, enum message_urgency urgency, char *title, char *text)
{
    struct message message = {
        .kind = MESSAGE_SHOW, .key = "turn", .title = title, .text = text, .urgency = urgency};

    notifier_show(room->notifier, &message, false, room->now_ms);
}

void
room_show_time_up(struct room *room)
{
    struct message message = {
        .kind = MESSAGE_SHOW,
        .key = "turn",
        .title = "Grace Hopper has the keyboard",
        .text = "Ada Lovelace is done.",
        .urgency = URGENCY_CRITICAL,
        .buttons = {{"start", "Start"}, {"extend", "+1 minute"}, {"pass", "Pass"}},
        .buttons_count = 3,
    };

    notifier_show(room->notifier, &message, true, room->now_ms);
}
