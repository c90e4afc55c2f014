/* The notifier against stand-ins for its helper (fake-helper.sh). The time it is told is the test's
 * own; only waiting for a process is real. */
#include <fcntl.h>
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

#include "services/notifier.h"

enum { PATIENCE_MS = 20000 };

struct fixture {
    struct notifier *notifier;
    char heard_path[64];
    char heard[1 << 16];
    char pressed[128];
    int presses, changes;
    bool shows_when_pressed;
    int64_t now_ms;
};

static const char fake_helper[] = "tests/unit/fake-helper.sh";
static const char no_answer[] = "desktop does not answer";
static const char no_desktop[] = "no desktop notifications";

/* --- its surroundings ---------------------------------------------------------------------- */

static int64_t
real_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
show(struct fixture *fixture, char *key, char *title, bool turn_end)
{
    struct message message = {
        .kind = MESSAGE_SHOW, .key = key, .title = title, .urgency = URGENCY_CRITICAL};

    notifier_show(fixture->notifier, &message, turn_end, fixture->now_ms);
}

static void
on_pressed(void *user, const char *key, const char *button)
{
    struct fixture *fixture = user;

    fixture->presses++;
    snprintf(fixture->pressed, sizeof fixture->pressed, "%s/%s", key, button);
    if (fixture->shows_when_pressed && fixture->presses == 1) {
        notifier_close_key(fixture->notifier, key, fixture->now_ms);
        show(fixture, "debrief", "Debrief", false);
    }
}

static void
on_changed(void *user)
{
    ((struct fixture *)user)->changes++;
}

static int
set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    int heard;

    strcpy(fixture->heard_path, "/tmp/randori-heard.XXXXXX");
    heard = mkstemp(fixture->heard_path);
    close(heard);
    setenv("HEARD", fixture->heard_path, 1);
    *state = fixture;
    return heard < 0;
}

static int
tear_down(void **state)
{
    struct fixture *fixture = *state;

    notifier_free(fixture->notifier, 0);
    unlink(fixture->heard_path);
    free(fixture);
    return 0;
}

static struct fixture *
with_program(void **state, const char *program, const char *habit)
{
    struct fixture *fixture = *state;
    struct notifier_listener listener = {on_pressed, on_changed, fixture};

    setenv("FAKE", habit, 1);
    fixture->notifier = notifier_new(program, &listener);
    assert_non_null(fixture->notifier);
    return fixture;
}

static struct fixture *
with_helper(void **state, const char *habit)
{
    return with_program(state, fake_helper, habit);
}

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
        assert_true(notifier_reaped(fixture->notifier, pid, 0));
    notifier_ready(fixture->notifier, fixture->now_ms);
}

static const char *
heard(struct fixture *fixture)
{
    int fd = open(fixture->heard_path, O_RDONLY | O_CLOEXEC);
    ssize_t got = read(fd, fixture->heard, sizeof fixture->heard - 1);

    close(fd);
    fixture->heard[got > 0 ? got : 0] = '\0';
    return fixture->heard;
}

/* How often `text` stands in what the helpers were told. */
static int
times_heard(struct fixture *fixture, const char *text)
{
    int times = 0;

    for (const char *at = heard(fixture); (at = strstr(at, text)); at++)
        times++;
    return times;
}

/* The process id of the helper born last; 0 when none has been. */
static pid_t
newest_helper(struct fixture *fixture)
{
    long pid = 0;

    for (const char *at = heard(fixture); (at = strstr(at, "born ")); at++)
        pid = strtol(at + 5, NULL, 10);
    return (pid_t)pid;
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
is_quiet(const struct fixture *fixture)
{
    return notifier_deadline(fixture->notifier) == INT64_MAX;
}

static bool
is_running(const struct fixture *fixture)
{
    return notifier_read_fd(fixture->notifier) >= 0;
}

static bool
has_trouble(const struct fixture *fixture, const char *trouble)
{
    const char *now = notifier_trouble(fixture->notifier);

    return now && strcmp(now, trouble) == 0;
}

static bool
has_no_child(void)
{
    return waitpid(-1, NULL, WNOHANG) < 0;
}

/* --- a helper that answers ----------------------------------------------------------------- */

static void
nothing_is_started_before_the_first_show(void **state)
{
    struct fixture *fixture = with_helper(state, "answers");

    notifier_close_key(fixture->notifier, "turn", 0);
    notifier_ready(fixture->notifier, 0);
    assert_false(is_running(fixture));
    assert_int_equal(notifier_write_fd(fixture->notifier), -1);
    assert_true(is_quiet(fixture));
    assert_true(has_no_child());
}

static void
a_message_is_shown(void **state)
{
    struct fixture *fixture = with_helper(state, "answers");

    show(fixture, "turn", "Next: Grace Hopper", false);
    assert_int_equal(notifier_deadline(fixture->notifier), 2000);
    wait_until(fixture, is_quiet(fixture));
    assert_int_equal(times_heard(fixture, "\"title\":\"Next: Grace Hopper\""), 1);
    assert_int_equal(times_heard(fixture, "replaces"), 0);
    assert_null(notifier_trouble(fixture->notifier));
    assert_int_equal(fixture->changes, 0);
}

static void
the_next_one_replaces_it(void **state)
{
    struct fixture *fixture = with_helper(state, "answers");

    show(fixture, "turn", "Next: Grace Hopper", false);
    wait_until(fixture, is_quiet(fixture));
    show(fixture, "turn", "Time is up", true);
    wait_until(fixture, is_quiet(fixture));
    assert_int_equal(times_heard(fixture, "\"replaces\":11"), 1);
}

/* Without memory for its key it belongs nowhere. */
static void
a_message_without_a_key_is_not_shown(void **state)
{
    struct fixture *fixture = with_helper(state, "answers");

    show(fixture, NULL, "one", true);
    show(fixture, "turn", "two", false);
    show(fixture, NULL, "three", true);
    wait_until(fixture, is_quiet(fixture) && times_heard(fixture, "two"));
    assert_int_equal(times_heard(fixture, "\"title\""), 1);
}

static void
only_the_newest_of_a_key_waits(void **state)
{
    struct fixture *fixture = with_helper(state, "answers");

    show(fixture, "turn", "one", false);
    show(fixture, "turn", "two", false);
    show(fixture, "debrief", "between", false);
    show(fixture, "turn", "three", false);
    wait_until(fixture, is_quiet(fixture) && times_heard(fixture, "between"));
    assert_int_equal(times_heard(fixture, "one"), 1);
    assert_int_equal(times_heard(fixture, "two"), 0);
    assert_int_equal(times_heard(fixture, "three"), 1);
    assert_true(strstr(heard(fixture), "three") < strstr(heard(fixture), "between"));
}

static void
closing_takes_back_what_waits(void **state)
{
    struct fixture *fixture = with_helper(state, "answers");

    show(fixture, "turn", "one", false);
    show(fixture, "debrief", "too late", false);
    notifier_close_key(fixture->notifier, "debrief", 0);
    notifier_close_key(fixture->notifier, "turn", 0); /* is being shown, so it has to be closed */
    notifier_close_key(fixture->notifier, "nowhere", 0);
    wait_until(fixture, is_quiet(fixture));
    assert_int_equal(times_heard(fixture, "too late"), 0);
    assert_int_equal(times_heard(fixture, "{\"do\":\"close\",\"key\":\"turn\",\"replaces\":11}"),
                     1);
    assert_int_equal(times_heard(fixture, "\"do\""), 2);
}

static void
a_closed_one_is_not_replaced(void **state)
{
    struct fixture *fixture = with_helper(state, "answers");

    show(fixture, "turn", "one", false);
    wait_until(fixture, is_quiet(fixture));
    notifier_close_key(fixture->notifier, "turn", 0);
    wait_until(fixture, is_quiet(fixture));
    notifier_close_key(fixture->notifier, "turn", 0);
    show(fixture, "turn", "two", false);
    wait_until(fixture, is_quiet(fixture));
    assert_int_equal(times_heard(fixture, "\"replaces\""), 1); /* in the close */
    assert_int_equal(times_heard(fixture, "\"do\":\"close\""), 1);
}

static void
a_button_is_told(void **state)
{
    struct fixture *fixture = with_helper(state, "presses");

    show(fixture, "turn", "Time is up", true);
    wait_until(fixture, fixture->presses == 1);
    assert_string_equal(fixture->pressed, "turn/start");
}

static void
the_listener_may_show_and_close(void **state)
{
    struct fixture *fixture = with_helper(state, "presses");

    fixture->shows_when_pressed = true;
    show(fixture, "turn", "Time is up", true);
    wait_until(fixture, fixture->presses == 2);
    wait_until(fixture, is_quiet(fixture));
    assert_string_equal(fixture->pressed, "debrief/start");
    assert_int_equal(times_heard(fixture, "\"do\":\"close\",\"key\":\"turn\""), 1);
}

static void
quitting_lets_it_finish(void **state)
{
    struct fixture *fixture = with_helper(state, "answers");

    show(fixture, "turn", "Time is up", true);
    wait_until(fixture, is_quiet(fixture));
    notifier_free(fixture->notifier, PATIENCE_MS);
    fixture->notifier = NULL;
    assert_int_equal(times_heard(fixture, "{\"do\":\"close\",\"key\":\"turn\",\"replaces\":11}"),
                     1);
    assert_int_equal(times_heard(fixture, "end\n"), 1);
    assert_true(has_no_child());
}

static void
quitting_kills_one_that_stays(void **state)
{
    struct fixture *fixture = with_helper(state, "stays");
    int64_t began_ms = real_ms();

    show(fixture, "turn", "Time is up", true);
    wait_until(fixture, is_quiet(fixture));
    notifier_free(fixture->notifier, 50);
    fixture->notifier = NULL;
    assert_true(real_ms() - began_ms < PATIENCE_MS);
    assert_true(has_no_child());
}

/* --- one that does not --------------------------------------------------------------------- */

static void
one_that_hangs_is_killed_after_two_seconds(void **state)
{
    struct fixture *fixture = with_helper(state, "hangs");

    fixture->now_ms = 100;
    show(fixture, "turn", "Next: Grace Hopper", false);
    wait_until(fixture, times_heard(fixture, "Grace") == 1);
    fixture->now_ms = 2099;
    turn(fixture);
    assert_null(notifier_trouble(fixture->notifier));
    assert_true(is_running(fixture));
    fixture->now_ms = 2100;
    turn(fixture);
    assert_true(has_trouble(fixture, no_answer));
    assert_int_equal(fixture->changes, 1);
    assert_false(is_running(fixture));
    assert_true(is_quiet(fixture));
    wait_until(fixture, has_no_child());
}

static void
one_that_does_not_even_read_never_holds_us_up(void **state)
{
    struct fixture *fixture = with_helper(state, "deaf");
    char title[MESSAGE_TITLE_MOST + 1];

    memset(title, 'x', sizeof title - 1);
    title[sizeof title - 1] = '\0';
    for (int i = 0; i < 1000; i++)
        show(fixture, "turn", title, false);
    assert_null(notifier_trouble(fixture->notifier));
    fixture->now_ms = 2000;
    turn(fixture);
    assert_true(has_trouble(fixture, no_answer));
}

static void
it_is_started_again_after_thirty_seconds(void **state)
{
    struct fixture *fixture = with_helper(state, "hangs");

    show(fixture, "turn", "first", false);
    wait_until(fixture, times_heard(fixture, "first") == 1);
    fixture->now_ms = 2000;
    turn(fixture);
    setenv("FAKE", "answers", 1);

    fixture->now_ms = 29999;
    show(fixture, "turn", "too early", false);
    assert_false(is_running(fixture));
    assert_true(has_trouble(fixture, no_answer));

    fixture->now_ms = 30000;
    show(fixture, "turn", "second", false);
    wait_until(fixture, is_quiet(fixture));
    assert_null(notifier_trouble(fixture->notifier));
    assert_int_equal(fixture->changes, 2);
    assert_int_equal(times_heard(fixture, "second"), 1);
    assert_int_equal(times_heard(fixture, "too early"), 0);
}

static void
it_is_always_started_again_at_a_turns_end(void **state)
{
    struct fixture *fixture = with_helper(state, "hangs");

    show(fixture, "turn", "first", false);
    fixture->now_ms = 2000;
    turn(fixture);
    setenv("FAKE", "answers", 1);
    show(fixture, "turn", "Time is up", true);
    wait_until(fixture, is_quiet(fixture));
    assert_null(notifier_trouble(fixture->notifier));
    assert_int_equal(times_heard(fixture, "Time is up"), 1);
}

/* It came while the helper was hanging: it must not be lost with it. */
static void
a_turns_end_that_waits_starts_it_again(void **state)
{
    struct fixture *fixture = with_helper(state, "hangs");

    show(fixture, "turn", "first", false);
    wait_until(fixture, times_heard(fixture, "first") == 1);
    fixture->now_ms = 1900;
    show(fixture, "turn", "Time is up", true);
    setenv("FAKE", "answers", 1);
    fixture->now_ms = 2000;
    turn(fixture);
    wait_until(fixture, is_quiet(fixture));
    assert_int_equal(times_heard(fixture, "Time is up"), 1);
    assert_null(notifier_trouble(fixture->notifier));
}

static void
what_waits_otherwise_is_dropped(void **state)
{
    struct fixture *fixture = with_helper(state, "hangs");

    show(fixture, "turn", "first", false);
    show(fixture, "turn", "second", false);
    fixture->now_ms = 2000;
    turn(fixture);
    assert_false(is_running(fixture));
    assert_true(is_quiet(fixture));
    setenv("FAKE", "answers", 1);
    show(fixture, "debrief", "third", true);
    wait_until(fixture, is_quiet(fixture));
    assert_int_equal(times_heard(fixture, "second"), 0);
}

static void
a_late_answer_is_better_than_none(void **state)
{
    struct fixture *fixture = with_helper(state, "answers");
    struct pollfd answer = {.events = POLLIN};

    show(fixture, "turn", "first", false);
    answer.fd = notifier_read_fd(fixture->notifier);
    assert_int_equal(poll(&answer, 1, PATIENCE_MS), 1);
    fixture->now_ms = 3600 * 1000; /* the machine was asleep */
    turn(fixture);
    assert_null(notifier_trouble(fixture->notifier));
    assert_true(is_running(fixture));
}

/* --- one that dies ------------------------------------------------------------------------- */

static void
one_that_dies_at_once_is_not_started_for_ever(void **state)
{
    struct fixture *fixture = with_helper(state, "dies");

    show(fixture, "turn", "first", true);
    wait_until(fixture, !is_running(fixture));
    assert_true(has_trouble(fixture, no_desktop));
    assert_true(is_quiet(fixture));
    for (int i = 0; i < 5; i++)
        show(fixture, "turn", "again", false);
    assert_false(is_running(fixture));
    assert_int_equal(fixture->changes, 1);
    wait_until(fixture, has_no_child());
}

static void
a_new_one_knows_what_to_replace(void **state)
{
    struct fixture *fixture = with_helper(state, "mortal");

    show(fixture, "turn", "first", false);
    wait_until(fixture, !is_running(fixture));
    assert_null(notifier_trouble(fixture->notifier)); /* it had done what it was asked */
    show(fixture, "turn", "second", true);
    wait_until(fixture, times_heard(fixture, "second") == 1);
    assert_int_equal(times_heard(fixture, "\"replaces\":11"), 1);
}

/* It died idle, and the loop has not yet heard of it. */
static void
a_message_to_a_dead_one_goes_to_the_next(void **state)
{
    struct fixture *fixture = with_helper(state, "answers");
    siginfo_t ended;

    show(fixture, "turn", "first", false);
    wait_until(fixture, is_quiet(fixture));
    assert_int_equal(kill(newest_helper(fixture), SIGKILL), 0);
    assert_int_equal(waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT), 0);
    show(fixture, "turn", "second", true);
    wait_until(fixture, is_quiet(fixture));
    assert_int_equal(times_heard(fixture, "second"), 1);
    assert_null(notifier_trouble(fixture->notifier));
}

static void
output_that_others_hold_does_not_keep_it_alive(void **state)
{
    struct fixture *fixture = with_helper(state, "leaves");

    show(fixture, "turn", "first", false);
    wait_until(fixture, !is_running(fixture));
    assert_int_equal(kill(-newest_helper(fixture), SIGKILL), 0);
    assert_null(notifier_trouble(fixture->notifier));
}

static void
last_words_are_heard_after_the_reaping(void **state)
{
    struct fixture *fixture = with_helper(state, "mortal");
    int status;
    pid_t pid;

    show(fixture, "turn", "first", false);
    pid = waitpid(-1, &status, 0);
    assert_true(notifier_reaped(fixture->notifier, pid, status));
    assert_false(notifier_reaped(fixture->notifier, pid, status));
    assert_true(notifier_deadline(fixture->notifier) <= fixture->now_ms);
    notifier_ready(fixture->notifier, fixture->now_ms);
    assert_false(is_running(fixture));
    assert_null(notifier_trouble(fixture->notifier));
}

/* Two turns' ends wait, which is one chance all the same. */
static void
one_turns_end_starts_it_once(void **state)
{
    struct fixture *fixture = with_helper(state, "hangs");

    show(fixture, "turn", "first", false);
    wait_until(fixture, times_heard(fixture, "first") == 1);
    show(fixture, "turn", "second", true);
    show(fixture, "debrief", "third", true);
    setenv("FAKE", "dies", 1);
    fixture->now_ms = 2000;
    turn(fixture);
    wait_until(fixture, !is_running(fixture));
    assert_int_equal(times_heard(fixture, "born"), 2);
}

/* A set of signals in /proc/PID/status, by its name there. */
static unsigned long long
signals_of(pid_t pid, const char *name)
{
    char path[64], line[256];
    unsigned long long set = ~0ULL;
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/status", pid);
    file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, name, strlen(name)) == 0)
            set = strtoull(line + strlen(name) + 1, NULL, 16);
    }
    if (file)
        fclose(file);
    return set;
}

static void
it_starts_clean(void **state)
{
    struct fixture *fixture = with_helper(state, "answers");
    void (*former)(int) = signal(SIGPIPE, SIG_IGN);
    sigset_t blocked, mask;
    pid_t pid;

    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &mask);
    show(fixture, "turn", "first", false);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    signal(SIGPIPE, former);
    wait_until(fixture, is_quiet(fixture));
    pid = newest_helper(fixture);
    assert_true(signals_of(pid, "SigBlk:") == 0);
    assert_true((signals_of(pid, "SigIgn:") & (1ULL << (SIGPIPE - 1))) == 0);
    assert_int_equal(getpgid(pid), pid);
}

static void
another_child_is_not_ours(void **state)
{
    struct fixture *fixture = with_helper(state, "answers");

    show(fixture, "turn", "first", false);
    assert_false(notifier_reaped(fixture->notifier, getpid(), 0));
    assert_false(notifier_reaped(fixture->notifier, 0, 0));
    assert_false(notifier_reaped(fixture->notifier, -1, 0));
    wait_until(fixture, is_quiet(fixture));
}

/* --- one that is not there, or makes no sense ---------------------------------------------- */

static void
without_a_helper_there_is_one_word_about_it(void **state)
{
    struct fixture *fixture = with_program(state, "/nonexistent/randori-notify", "answers");

    for (int i = 0; i < 5; i++) {
        show(fixture, "turn", "Time is up", true);
        wait_until(fixture, !is_running(fixture)); /* at once, but valgrind's posix_spawn is late */
        assert_true(has_trouble(fixture, no_desktop));
        assert_true(is_quiet(fixture));
    }
    assert_int_equal(fixture->changes, 1);
}

static void
no_program_is_like_one_that_is_not_there(void **state)
{
    struct fixture *fixture = with_program(state, NULL, "answers");

    show(fixture, "turn", "Time is up", true);
    assert_true(has_trouble(fixture, no_desktop));
}

static void
a_failure_is_told_and_forgotten_with_the_next_success(void **state)
{
    struct fixture *fixture = with_helper(state, "fails");

    assert_string_equal(notifier_why(fixture->notifier), "");
    show(fixture, "turn", "first", false);
    wait_until(fixture, has_trouble(fixture, no_desktop));
    assert_string_equal(notifier_why(fixture->notifier), "\uFFFD[31mno such name");
    assert_true(is_running(fixture));
    show(fixture, "turn", "second", false);
    wait_until(fixture, is_quiet(fixture));
    assert_int_equal(fixture->changes, 1);
}

static void
nonsense_is_passed_over(void **state)
{
    struct fixture *fixture = with_helper(state, "babbles");

    show(fixture, "turn", "first", false);
    wait_until(fixture, is_quiet(fixture));
    assert_null(notifier_trouble(fixture->notifier));
    show(fixture, "turn", "second", false);
    wait_until(fixture, is_quiet(fixture));
    assert_int_equal(fixture->presses, 0); /* as the end of the long line would be */
}

static void
one_that_raves_is_given_up(void **state)
{
    struct fixture *fixture = with_helper(state, "raves");

    show(fixture, "turn", "first", false);
    wait_until(fixture, !is_running(fixture));
    assert_true(has_trouble(fixture, no_desktop));
}

int
main(void)
{
#define with_fixture(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        with_fixture(nothing_is_started_before_the_first_show),
        with_fixture(a_message_is_shown),
        with_fixture(the_next_one_replaces_it),
        with_fixture(a_message_without_a_key_is_not_shown),
        with_fixture(only_the_newest_of_a_key_waits),
        with_fixture(closing_takes_back_what_waits),
        with_fixture(a_closed_one_is_not_replaced),
        with_fixture(a_button_is_told),
        with_fixture(the_listener_may_show_and_close),
        with_fixture(quitting_lets_it_finish),
        with_fixture(quitting_kills_one_that_stays),
        with_fixture(one_that_hangs_is_killed_after_two_seconds),
        with_fixture(one_that_does_not_even_read_never_holds_us_up),
        with_fixture(it_is_started_again_after_thirty_seconds),
        with_fixture(it_is_always_started_again_at_a_turns_end),
        with_fixture(a_turns_end_that_waits_starts_it_again),
        with_fixture(what_waits_otherwise_is_dropped),
        with_fixture(a_late_answer_is_better_than_none),
        with_fixture(one_that_dies_at_once_is_not_started_for_ever),
        with_fixture(a_new_one_knows_what_to_replace),
        with_fixture(a_message_to_a_dead_one_goes_to_the_next),
        with_fixture(output_that_others_hold_does_not_keep_it_alive),
        with_fixture(last_words_are_heard_after_the_reaping),
        with_fixture(one_turns_end_starts_it_once),
        with_fixture(it_starts_clean),
        with_fixture(another_child_is_not_ours),
        with_fixture(without_a_helper_there_is_one_word_about_it),
        with_fixture(no_program_is_like_one_that_is_not_there),
        with_fixture(a_failure_is_told_and_forgotten_with_the_next_success),
        with_fixture(nonsense_is_passed_over),
        with_fixture(one_that_raves_is_given_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
