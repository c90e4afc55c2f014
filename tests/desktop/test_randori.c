/* The whole program in a terminal, beside a desktop of its own. Each handover waits to be answered
 * (autostart = no), so whatever a test waits for stays true until the test goes on. */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "../terminal/home.h"
#include "../terminal/vt.h"
#include "desktop.h"

enum { HANG_MS = 25000, HANDOVERS = 2, SWALLOWED_MS = 400 };

struct fixture {
    struct desktop desktop;
    struct home home;
    struct vt *vt;
    char program[256], settings[128];
};

static const char session_ini[] = "[session]\n"
                                  "participants = people.txt\n"
                                  "[turn]\n"
                                  "length = 30s\n"
                                  "warn = 20s\n"
                                  "autostart = no\n"
                                  "[alerts]\n"
                                  "repeat = 0s\n";
static const char people[] = "Ada Lovelace\nGrace Hopper\nAlan Turing\nKathleen Booth\n";

static void
write_file(const struct home *home, const char *name, const char *text)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", home->folder, name);
    file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int
set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    const char *build = getenv("RANDORI_BUILD");

    *state = fixture;
    home_make(&fixture->home);
    write_file(&fixture->home, "session.ini", session_ini);
    write_file(&fixture->home, "people.txt", people);
    snprintf(fixture->program, sizeof fixture->program, "%s/randori",
             build ? build : "build/default");
    snprintf(fixture->settings, sizeof fixture->settings, "%s/session.ini", fixture->home.folder);
    return desktop_open(&fixture->desktop) ? 0 : -1;
}

static int
tear_down(void **state)
{
    struct fixture *fixture = *state;

    vt_end(fixture->vt);
    desktop_close(&fixture->desktop);
    home_free(&fixture->home);
    free(fixture);
    return 0;
}

static void
shows(struct fixture *fixture, const char *text)
{
    if (!vt_wait_text(fixture->vt, text))
        fail_msg("\"%s\" did not come; the screen:\n%s", text, vt_screen(fixture->vt));
}

/* A session whose first turn has begun. A minute takes a second. */
static struct fixture *
session_of(void **state, const char *duration)
{
    struct fixture *fixture = *state;
    const char *const argv[] = {fixture->program,  "run",     "-c",
                                fixture->settings, "--speed", "60",
                                "--duration",      duration,  NULL};
    struct vt_options options = {
        .rows = 24, .columns = 90, .argv = argv, .environment = fixture->home.environment};

    if (fixture->desktop.missing[0]) {
        print_message("# no desktop to test with: %s is missing\n", fixture->desktop.missing);
        skip();
    }
    fixture->vt = vt_start(&options);
    assert_non_null(fixture->vt);
    shows(fixture, "Enter starts the session");
    vt_send(fixture->vt, "\r");
    return fixture;
}

static struct fixture *
session(void **state)
{
    return session_of(state, "1h15m");
}

/* A key pressed right after the clock has changed the screen is swallowed. */
static void
press_key(struct fixture *fixture, const char *key)
{
    vt_watch(fixture->vt, SWALLOWED_MS + 100);
    vt_send(fixture->vt, key);
}

/* What the desktop is asked costs a process each time. */
#define desktop_wait(fixture, condition)                                                           \
    do {                                                                                           \
        int tries = 0;                                                                             \
        while (!(condition)) {                                                                     \
            if (tries++ == VT_PATIENCE_MS / 20)                                                    \
                fail_msg("never came true: %s; the screen:\n%s", #condition,                       \
                         vt_screen((fixture)->vt));                                                \
            vt_watch((fixture)->vt, 20);                                                           \
        }                                                                                          \
    } while (0)

static void
the_room_is_told_of_the_next_driver_and_of_the_time(void **state)
{
    struct fixture *fixture = session(state);

    desktop_wait(fixture, desktop_has_shown(&fixture->desktop, "LOW|Next: Grace Hopper|"));
    shows(fixture, "from Ada Lovelace");
    desktop_wait(fixture, desktop_has_shown(&fixture->desktop,
                                            "CRITICAL|Time! Grace Hopper is next|Turn 1 is over."));
    assert_int_equal(desktop_displayed(), 1);
    assert_true(desktop_press(&fixture->desktop, "none of them"));
    desktop_wait(fixture, desktop_has_offered(&fixture->desktop, "Start"));
    assert_true(desktop_has_offered(&fixture->desktop, "+1 minute"));
    assert_true(desktop_has_offered(&fixture->desktop, "Pass"));
}

static void
start_in_the_popup_starts_the_turn(void **state)
{
    struct fixture *fixture = session(state);

    desktop_wait(fixture, desktop_has_shown(&fixture->desktop, "|Time! Grace Hopper is next|"));
    assert_true(desktop_press(&fixture->desktop, "Start"));
    shows(fixture, "from Grace Hopper");
    desktop_wait(fixture, desktop_has_shown(&fixture->desktop, "|Time! Alan Turing is next|"));
    assert_int_equal(desktop_displayed(), 1);
}

static void
pass_in_the_popup_passes(void **state)
{
    struct fixture *fixture = session(state);

    desktop_wait(fixture, desktop_has_shown(&fixture->desktop, "|Time! Grace Hopper is next|"));
    assert_true(desktop_press(&fixture->desktop, "Pass"));
    desktop_wait(fixture, desktop_displayed() == 0);
    press_key(fixture, " ");
    shows(fixture, "from Alan Turing");
}

static void
one_minute_in_the_popup_reopens_the_turn(void **state)
{
    struct fixture *fixture = session(state);

    desktop_wait(fixture, desktop_has_shown(&fixture->desktop, "|Time! Grace Hopper is next|"));
    assert_true(desktop_press(&fixture->desktop, "+1 minute"));
    if (!vt_wait_gone(fixture->vt, "HAND OVER THE KEYBOARD"))
        fail_msg("the turn did not go on; the screen:\n%s", vt_screen(fixture->vt));
    shows(fixture, "from Ada Lovelace");
}

static void
a_key_takes_the_popup_down(void **state)
{
    struct fixture *fixture = session(state);

    for (int i = 0; i < HANDOVERS; i++) {
        static const char *const drivers[HANDOVERS] = {"Ada Lovelace", "Grace Hopper"};
        char handover[64];

        snprintf(handover, sizeof handover, "from %s", drivers[i]);
        shows(fixture, handover);
        desktop_wait(fixture, desktop_displayed() == 1);
        press_key(fixture, " ");
        if (!vt_wait_gone(fixture->vt, handover))
            fail_msg("the turn did not start; the screen:\n%s", vt_screen(fixture->vt));
    }
}

static void
the_debrief_is_told(void **state)
{
    struct fixture *fixture = session_of(state, "12m");

    desktop_wait(fixture, desktop_has_shown(&fixture->desktop, "CRITICAL|Debrief, until "));
    assert_int_equal(desktop_displayed(), 1);
}

static void
leaving_takes_the_popup_and_the_helper_along(void **state)
{
    struct fixture *fixture = session(state);

    desktop_wait(fixture, desktop_has_shown(&fixture->desktop, "|Time! Grace Hopper is next|"));
    press_key(fixture, "q");
    shows(fixture, "y leave");
    vt_send(fixture->vt, "y");
    assert_int_equal(vt_wait_exit(fixture->vt), 0);
    assert_int_equal(desktop_displayed(), 0);
}

static void
a_kill_takes_the_popup_along(void **state)
{
    struct fixture *fixture = session(state);

    desktop_wait(fixture, desktop_has_shown(&fixture->desktop, "|Time! Grace Hopper is next|"));
    kill(vt_pid(fixture->vt), SIGKILL);
    vt_wait_exit(fixture->vt);
    desktop_wait(fixture, desktop_displayed() == 0);
}

static int64_t
real_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The desktop holds each call up for 25 s; the room must not notice. */
static void
a_desktop_that_hangs_holds_nothing_up(void **state)
{
    struct fixture *fixture = *state;
    int64_t began_ms = real_ms();

    if (fixture->desktop.dunst > 0)
        kill(fixture->desktop.dunst, SIGSTOP);
    fixture = session(state);
    shows(fixture, "from Ada Lovelace");
    press_key(fixture, "?");
    shows(fixture, "Shows all keys");
    press_key(fixture, "?");
    shows(fixture, "desktop does not answer");
    assert_true(real_ms() - began_ms < HANG_MS);
    kill(fixture->desktop.dunst, SIGCONT);
}

static void
a_desktop_that_answers_again_is_used_again(void **state)
{
    struct fixture *fixture = *state;

    if (fixture->desktop.dunst > 0)
        kill(fixture->desktop.dunst, SIGSTOP);
    fixture = session(state);
    shows(fixture, "desktop does not answer");
    shows(fixture, "from Ada Lovelace");
    kill(fixture->desktop.dunst, SIGCONT);
    press_key(fixture, " ");
    shows(fixture, "from Grace Hopper");
    desktop_wait(fixture, desktop_has_shown(&fixture->desktop, "|Time! Alan Turing is next|"));
    assert_true(vt_wait_gone(fixture->vt, "desktop does not answer"));
}

static void
a_killed_helper_is_replaced(void **state)
{
    struct fixture *fixture = session(state);
    pid_t helper;

    desktop_wait(fixture, desktop_has_shown(&fixture->desktop, "|Time! Grace Hopper is next|"));
    helper = desktop_child(vt_pid(fixture->vt), "randori-notify");
    assert_true(helper > 0);
    kill(helper, SIGKILL);
    press_key(fixture, " ");
    desktop_wait(fixture, desktop_has_shown(&fixture->desktop, "|Time! Alan Turing is next|"));
    assert_int_equal(desktop_displayed(), 1);
    assert_true(desktop_press(&fixture->desktop, "Start"));
    shows(fixture, "from Alan Turing");
}

/* Nobody is left to kill a helper that hangs. */
static void
a_kill_takes_a_hanging_helper_along(void **state)
{
    struct fixture *fixture = *state;
    pid_t helper = 0;

    if (fixture->desktop.dunst > 0)
        kill(fixture->desktop.dunst, SIGSTOP);
    fixture = session(state);
    desktop_wait(fixture, (helper = desktop_child(vt_pid(fixture->vt), "randori-notify")) > 0);
    kill(vt_pid(fixture->vt), SIGKILL);
    for (int tries = 0; desktop_is_alive(helper) && tries < HANG_MS / 2 / 20; tries++)
        poll(NULL, 0, 20);
    assert_false(desktop_is_alive(helper));
}

int
main(void)
{
#define with_desktop(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        with_desktop(the_room_is_told_of_the_next_driver_and_of_the_time),
        with_desktop(start_in_the_popup_starts_the_turn),
        with_desktop(pass_in_the_popup_passes),
        with_desktop(one_minute_in_the_popup_reopens_the_turn),
        with_desktop(a_key_takes_the_popup_down),
        with_desktop(the_debrief_is_told),
        with_desktop(leaving_takes_the_popup_and_the_helper_along),
        with_desktop(a_kill_takes_the_popup_along),
        with_desktop(a_desktop_that_hangs_holds_nothing_up),
        with_desktop(a_desktop_that_answers_again_is_used_again),
        with_desktop(a_kill_takes_a_hanging_helper_along),
        with_desktop(a_killed_helper_is_replaced),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
