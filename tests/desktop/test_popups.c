/* The notifier, the real helper and a real desktop. Only the waiting is real: the time that the
 * notifier is told is the test's own. */
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
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "desktop.h"
#include "services/helper.h"
#include "services/notifier.h"

enum { PATIENCE_MS = 20000, HALF_A_MINUTE = 30000 };

struct fixture {
    struct desktop desktop;
    struct notifier *notifier;
    char pressed[128]; /* "key/button" of the last one */
    int presses;
    int64_t now_ms;
    char program[256];
    struct helper helper; /* when a test speaks to it itself */
};

static int64_t
real_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
on_pressed(void *user, const char *key, const char *button)
{
    struct fixture *fixture = user;

    fixture->presses++;
    snprintf(fixture->pressed, sizeof fixture->pressed, "%s/%s", key, button);
}

static int
set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct notifier_listener listener = {.pressed = on_pressed, .user = fixture};
    const char *build = getenv("RANDORI_BUILD");

    *state = fixture;
    snprintf(fixture->program, sizeof fixture->program, "%s/randori-notify",
             build ? build : "build/default");
    fixture->notifier = notifier_new(fixture->program, &listener);
    helper_init(&fixture->helper);
    return desktop_open(&fixture->desktop) ? 0 : -1;
}

static int
tear_down(void **state)
{
    struct fixture *fixture = *state;

    notifier_free(fixture->notifier, 1000);
    helper_end(&fixture->helper, 0);
    desktop_close(&fixture->desktop);
    free(fixture);
    return 0;
}

static struct fixture *
fixture_of(void **state)
{
    struct fixture *fixture = *state;

    if (fixture->desktop.missing[0]) {
        print_message("# no desktop to test with: %s is missing\n", fixture->desktop.missing);
        skip();
    }
    return fixture;
}

/* --- waiting ------------------------------------------------------------------------------- */

/* One turn of a loop like the program's; returns within some ms. */
static void
turn(struct fixture *fixture)
{
    struct pollfd fds[2] = {
        {.fd = notifier_read_fd(fixture->notifier), .events = POLLIN},
        {.fd = notifier_write_fd(fixture->notifier), .events = POLLOUT},
    };
    pid_t pid;

    poll(fds, 2, 10);
    while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
        notifier_reaped(fixture->notifier, pid, 0);
    notifier_ready(fixture->notifier, fixture->now_ms);
}

#define wait_until(fixture, condition)                                                             \
    do {                                                                                           \
        int64_t until_ms = real_ms() + PATIENCE_MS;                                                \
        while (!(condition)) {                                                                     \
            if (real_ms() > until_ms)                                                              \
                fail_msg("never came true: %s", #condition);                                       \
            turn(fixture);                                                                         \
        }                                                                                          \
    } while (0)

static bool
is_answered(const struct fixture *fixture)
{
    return notifier_deadline(fixture->notifier) == INT64_MAX;
}

static bool
has_trouble(const struct fixture *fixture, const char *trouble)
{
    const char *now = notifier_trouble(fixture->notifier);

    return now && strcmp(now, trouble) == 0;
}

/* --- messages ------------------------------------------------------------------------------ */

static void
show(struct fixture *fixture, enum message_urgency urgency, char *title, char *text)
{
    struct message message = {
        .kind = MESSAGE_SHOW, .key = "turn", .title = title, .text = text, .urgency = urgency};

    notifier_show(fixture->notifier, &message, false, fixture->now_ms);
}

static void
show_time_up(struct fixture *fixture)
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

    notifier_show(fixture->notifier, &message, true, fixture->now_ms);
}

static const char time_up_line[] =
    "CRITICAL|Grace Hopper has the keyboard|Ada Lovelace is done.|x-randori.turn|randori-turn";

/* --- tests --------------------------------------------------------------------------------- */

static void
heads_up_is_quiet(void **state)
{
    struct fixture *fixture = fixture_of(state);

    show(fixture, URGENCY_LOW, "Next: Grace Hopper", "One minute left.");
    wait_until(fixture, desktop_displayed() == 1);
    wait_until(fixture,
               desktop_has_shown(&fixture->desktop, "LOW|Next: Grace Hopper|One minute left.|"));
    assert_null(notifier_trouble(fixture->notifier));
}

static void
time_up_replaces_the_heads_up(void **state)
{
    struct fixture *fixture = fixture_of(state);

    show(fixture, URGENCY_LOW, "Next: Grace Hopper", "One minute left.");
    wait_until(fixture, desktop_displayed() == 1);
    show_time_up(fixture);
    wait_until(fixture, desktop_has_shown(&fixture->desktop, time_up_line));
    assert_int_equal(desktop_displayed(), 1);
}

/* Offers all three, presses one. */
static void
press(void **state, const char *label, const char *expected)
{
    struct fixture *fixture = fixture_of(state);

    show_time_up(fixture);
    wait_until(fixture, is_answered(fixture) && desktop_displayed() == 1);
    assert_true(desktop_press(&fixture->desktop, label));
    wait_until(fixture, strcmp(fixture->pressed, expected) == 0);
    assert_true(desktop_has_offered(&fixture->desktop, "Start"));
    assert_true(desktop_has_offered(&fixture->desktop, "+1 minute"));
    assert_true(desktop_has_offered(&fixture->desktop, "Pass"));
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
    struct fixture *fixture = fixture_of(state);

    press(state, "Start", "turn/start");
    wait_until(fixture, desktop_displayed() == 0);
    show(fixture, URGENCY_NORMAL, "Debrief", "Coding stops here.");
    wait_until(fixture, desktop_displayed() == 1);
}

static void
the_former_ones_buttons_are_gone(void **state)
{
    struct fixture *fixture = fixture_of(state);

    show_time_up(fixture);
    show(fixture, URGENCY_NORMAL, "Debrief", "Coding stops here.");
    wait_until(fixture, desktop_has_shown(&fixture->desktop, "|Debrief|"));
    assert_true(desktop_press(&fixture->desktop, "Start"));
    press(state, "Pass", "turn/pass");
    assert_int_equal(fixture->presses, 1);
}

static void
buttons_work_again_after_a_popup_was_closed(void **state)
{
    struct fixture *fixture = fixture_of(state);

    press(state, "Start", "turn/start");
    wait_until(fixture, desktop_displayed() == 0);
    fixture->pressed[0] = '\0';
    press(state, "Pass", "turn/pass");
}

static void
markup_is_shown_as_it_is(void **state)
{
    struct fixture *fixture = fixture_of(state);

    show(fixture, URGENCY_NORMAL, "<i>Ada</i> & co", "<b>bold</b> & <a href=\"x\">link</a>");
    wait_until(fixture, desktop_displayed() == 1);
    wait_until(fixture, desktop_has_shown(&fixture->desktop, "NORMAL|<i>Ada</i> & co|"));
    assert_true(desktop_has_shown(&fixture->desktop, "|&lt;b&gt;bold&lt;/b&gt; &amp; &lt;a href="));
}

static void
a_popup_is_taken_down(void **state)
{
    struct fixture *fixture = fixture_of(state);

    show_time_up(fixture);
    wait_until(fixture, desktop_displayed() == 1);
    notifier_close_key(fixture->notifier, "turn", fixture->now_ms);
    wait_until(fixture, desktop_displayed() == 0);
}

static void
quitting_takes_all_popups_down(void **state)
{
    struct fixture *fixture = fixture_of(state);
    struct message debrief = {.kind = MESSAGE_SHOW, .key = "debrief", .title = "Debrief"};

    show_time_up(fixture);
    notifier_show(fixture->notifier, &debrief, false, fixture->now_ms);
    wait_until(fixture, desktop_displayed() == 2);
    notifier_free(fixture->notifier, PATIENCE_MS);
    fixture->notifier = NULL;
    assert_int_equal(desktop_displayed(), 0);
}

static void
a_killed_helper_is_replaced_and_its_popup_too(void **state)
{
    struct fixture *fixture = fixture_of(state);

    show(fixture, URGENCY_LOW, "Next: Grace Hopper", "One minute left.");
    wait_until(fixture, desktop_displayed() == 1 && is_answered(fixture));
    assert_int_equal(kill(desktop_child(getpid(), "randori-notify"), SIGKILL), 0);
    wait_until(fixture, notifier_read_fd(fixture->notifier) < 0);
    assert_null(notifier_trouble(fixture->notifier));
    show_time_up(fixture);
    wait_until(fixture, desktop_has_shown(&fixture->desktop, time_up_line));
    assert_int_equal(desktop_displayed(), 1);
    wait_until(fixture, is_answered(fixture));
    assert_true(desktop_press(&fixture->desktop, "Start"));
    wait_until(fixture, strcmp(fixture->pressed, "turn/start") == 0);
}

static void
popups_of_a_killed_helper_are_taken_down_too(void **state)
{
    struct fixture *fixture = fixture_of(state);
    struct message debrief = {.kind = MESSAGE_SHOW, .key = "debrief", .title = "Debrief"};

    show_time_up(fixture);
    wait_until(fixture, desktop_displayed() == 1 && is_answered(fixture));
    assert_int_equal(kill(desktop_child(getpid(), "randori-notify"), SIGKILL), 0);
    wait_until(fixture, notifier_read_fd(fixture->notifier) < 0);
    notifier_show(fixture->notifier, &debrief, true, fixture->now_ms);
    wait_until(fixture, desktop_displayed() == 2);
    notifier_free(fixture->notifier, PATIENCE_MS);
    fixture->notifier = NULL;
    assert_int_equal(desktop_displayed(), 0);
}

/* --- the helper alone ---------------------------------------------------------------------- */

static void
start_helper(struct fixture *fixture)
{
    assert_true(helper_start(&fixture->helper, fixture->program));
}

static void
say(struct fixture *fixture, const char *line)
{
    assert_true(helper_say(&fixture->helper, strdup(line)));
}

static void
hears(struct fixture *fixture, const char *begin)
{
    struct pollfd answer = {.fd = fixture->helper.from, .events = POLLIN};
    char line[HELPER_LINE_MOST];
    size_t length;

    helper_listen(&fixture->helper);
    while (helper_line(&fixture->helper, line, &length) == HELPER_LATER) {
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
    struct fixture *fixture = fixture_of(state);

    start_helper(fixture);
    for (int i = 0; i < 3; i++) {
        say(fixture, SHOW);
        hears(fixture, SHOWN);
        assert_true(desktop_dismiss());
        hears(fixture, CLOSED);
    }
}

static void
nonsense_is_passed_over(void **state)
{
    struct fixture *fixture = fixture_of(state);
    char *line = calloc(1, 3 * MESSAGE_LINE_MOST);

    start_helper(fixture);
    memset(line, 'x', MESSAGE_LINE_MOST + 4096); /* what it has read when it gives the line up */
    memcpy(line + strlen(line), SHOW,
           sizeof SHOW); /* the end of a line that is too long, so no message */
    assert_true(helper_say(&fixture->helper, line));
    say(fixture, "\n[]\n{\"is\":\"closed\",\"key\":\"k\"}\n" SHOW);
    hears(fixture, SHOWN);
    assert_int_equal(desktop_displayed(), 1);
    say(fixture, "{\"do\":\"close\",\"key\":\"k\"}\n");
    hears(fixture, CLOSED);
}

static void
what_is_not_up_is_closed_at_once(void **state)
{
    struct fixture *fixture = fixture_of(state);

    start_helper(fixture);
    say(fixture, "{\"do\":\"close\",\"key\":\"k\"}\n");
    hears(fixture, CLOSED);
}

/* It would hang there for 25 s with nobody to kill it. */
static void
at_the_end_of_its_input_it_does_not_hang(void **state)
{
    struct fixture *fixture = fixture_of(state);
    int64_t until_ms;

    start_helper(fixture);
    say(fixture, SHOW);
    hears(fixture, SHOWN);
    kill(fixture->desktop.dunst, SIGSTOP);
    close(fixture->helper.to);
    fixture->helper.to = -1;
    until_ms = real_ms() + PATIENCE_MS;
    while (desktop_is_alive(fixture->helper.pid) && real_ms() < until_ms)
        poll(NULL, 0, 10);
    assert_false(desktop_is_alive(fixture->helper.pid));
}

/* --- desktops that do not work ------------------------------------------------------------- */

/* Nothing may take as long as the desktop would (25 s); where it answers by itself this is ms. */
static void
a_desktop_that_hangs_is_left_alone(void **state)
{
    struct fixture *fixture = fixture_of(state);
    int64_t began_ms = real_ms();

    kill(fixture->desktop.dunst, SIGSTOP);
    show(fixture, URGENCY_LOW, "Next: Grace Hopper", "One minute left.");
    for (fixture->now_ms = 0; fixture->now_ms < 2000; fixture->now_ms += 100)
        turn(fixture);
    assert_null(notifier_trouble(fixture->notifier));
    turn(fixture);
    assert_true(has_trouble(fixture, "desktop does not answer"));
    assert_int_equal(notifier_read_fd(fixture->notifier), -1);
    assert_true(real_ms() - began_ms < PATIENCE_MS);

    show(fixture, URGENCY_LOW, "Next: Grace Hopper", "Too early to try again.");
    assert_int_equal(notifier_read_fd(fixture->notifier), -1);
    kill(fixture->desktop.dunst, SIGCONT);
    show_time_up(fixture);
    wait_until(fixture, desktop_has_shown(&fixture->desktop, time_up_line));
    wait_until(fixture, !notifier_trouble(fixture->notifier));
    assert_int_equal(desktop_displayed(), 1);
}

static void
quitting_does_not_wait_for_a_desktop_that_hangs(void **state)
{
    struct fixture *fixture = fixture_of(state);
    int64_t began_ms;

    show_time_up(fixture);
    wait_until(fixture, desktop_displayed() == 1);
    kill(fixture->desktop.dunst, SIGSTOP);
    began_ms = real_ms();
    notifier_free(fixture->notifier, 300);
    fixture->notifier = NULL;
    assert_true(real_ms() - began_ms < PATIENCE_MS / 2);
    assert_int_equal(desktop_child(getpid(), "randori-notify"), 0);
}

static void
a_bus_that_never_speaks_is_left_alone(void **state)
{
    struct fixture *fixture = fixture_of(state);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int silent = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char bus[128];

    snprintf(address.sun_path, sizeof address.sun_path, "%s/silent", fixture->desktop.folder);
    assert_int_equal(bind(silent, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(silent, 5), 0);
    snprintf(bus, sizeof bus, "unix:path=%s", address.sun_path);
    setenv("DBUS_SESSION_BUS_ADDRESS", bus, 1);

    show_time_up(fixture);
    turn(fixture);
    assert_null(notifier_trouble(fixture->notifier));
    fixture->now_ms = 2000;
    turn(fixture);
    assert_true(has_trouble(fixture, "desktop does not answer"));
    close(silent);
}

static void
without_a_bus_there_are_no_notifications(void **state)
{
    struct fixture *fixture = fixture_of(state);

    setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
    show_time_up(fixture);
    wait_until(fixture, has_trouble(fixture, "no desktop notifications"));
    assert_true(notifier_read_fd(fixture->notifier) >= 0);
}

static void
without_a_daemon_there_are_no_notifications(void **state)
{
    struct fixture *fixture = fixture_of(state);

    kill(fixture->desktop.dunst, SIGKILL);
    wait_until(fixture, desktop_displayed() < 0);
    show_time_up(fixture);
    wait_until(fixture, has_trouble(fixture, "no desktop notifications"));
    assert_true(notifier_read_fd(fixture->notifier) >= 0);
}

static void
a_bus_that_dies_takes_only_the_helper_along(void **state)
{
    struct fixture *fixture = fixture_of(state);

    show_time_up(fixture);
    wait_until(fixture, desktop_displayed() == 1 && is_answered(fixture));
    kill(fixture->desktop.bus, SIGKILL);
    wait_until(fixture, notifier_read_fd(fixture->notifier) < 0);
    assert_null(notifier_trouble(fixture->notifier));
    fixture->now_ms = HALF_A_MINUTE;
    show(fixture, URGENCY_LOW, "Next: Grace Hopper", "One minute left.");
    wait_until(fixture, has_trouble(fixture, "no desktop notifications"));
}

int
main(void)
{
#define with_desktop(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        with_desktop(heads_up_is_quiet),
        with_desktop(time_up_replaces_the_heads_up),
        with_desktop(start_is_pressed),
        with_desktop(one_minute_is_pressed),
        with_desktop(pass_is_pressed),
        with_desktop(after_a_press_the_next_one_is_shown),
        with_desktop(the_former_ones_buttons_are_gone),
        with_desktop(buttons_work_again_after_a_popup_was_closed),
        with_desktop(markup_is_shown_as_it_is),
        with_desktop(a_popup_is_taken_down),
        with_desktop(quitting_takes_all_popups_down),
        with_desktop(a_killed_helper_is_replaced_and_its_popup_too),
        with_desktop(popups_of_a_killed_helper_are_taken_down_too),
        with_desktop(every_dismissal_is_reported),
        with_desktop(nonsense_is_passed_over),
        with_desktop(what_is_not_up_is_closed_at_once),
        with_desktop(at_the_end_of_its_input_it_does_not_hang),
        with_desktop(a_desktop_that_hangs_is_left_alone),
        with_desktop(quitting_does_not_wait_for_a_desktop_that_hangs),
        with_desktop(a_bus_that_never_speaks_is_left_alone),
        with_desktop(without_a_bus_there_are_no_notifications),
        with_desktop(without_a_daemon_there_are_no_notifications),
        with_desktop(a_bus_that_dies_takes_only_the_helper_along),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
