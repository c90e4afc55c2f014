/*
 * The loop: what wakes it, in which order it calls back, and what callbacks may change.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "services/clock.h"
#include "services/loop.h"

enum { CALLS_MOST = 40 };

/* What has been called, as letters: s signal, t timer, and what a watch was given. */
struct log {
    struct loop *loop;
    char calls[CALLS_MOST];
    int last_signal;
    short last_revents;
};

struct watcher {
    struct log *log;
    char letter;
    int fd;
    void (*then)(struct watcher *watcher);
    struct watcher *other;
};

static void
note(struct log *log, char letter)
{
    size_t length = strlen(log->calls);
    assert_true(length + 1 < sizeof log->calls);
    log->calls[length] = letter;
}

static void
on_signal(void *user, int number)
{
    struct log *log = user;
    log->last_signal = number;
    note(log, 's');
}

static void
on_timer(void *user, short revents)
{
    (void)revents;
    note(user, 't');
}

static void
on_ready(void *user, short revents)
{
    struct watcher *watcher = user;
    watcher->log->last_revents = revents;
    note(watcher->log, watcher->letter);
    if (watcher->then)
        watcher->then(watcher);
}

static void
open_log(struct log *log)
{
    *log = (struct log){0};
    log->loop = loop_new(on_signal, on_timer, log);
    assert_non_null(log->loop);
}

/* Two pipes with a byte in each. */
struct pipes {
    int read[2], write[2];
};

static void
open_pipes(struct pipes *pipes)
{
    for (int i = 0; i < 2; i++) {
        int fds[2];
        assert_int_equal(pipe(fds), 0);
        pipes->read[i] = fds[0];
        pipes->write[i] = fds[1];
        assert_int_equal(write(fds[1], "x", 1), 1);
    }
}

static void
close_pipes(struct pipes *pipes)
{
    for (int i = 0; i < 2; i++) {
        close(pipes->read[i]);
        close(pipes->write[i]);
    }
}

static void
watch(struct watcher *watcher, short events)
{
    assert_true(loop_watch(watcher->log->loop, watcher->fd, events, on_ready, watcher));
}

static void
calls_signals_then_descriptors_then_the_timer(void **state)
{
    (void)state;
    struct log log;
    struct pipes pipes;
    open_log(&log);
    open_pipes(&pipes);
    struct watcher watcher = {.log = &log, .letter = 'a', .fd = pipes.read[0]};
    watch(&watcher, POLLIN);
    loop_timer(log.loop, clock_boot_ms() - 1000);
    raise(SIGTERM);
    assert_true(loop_wait(log.loop));
    assert_string_equal(log.calls, "sat");
    assert_int_equal(log.last_signal, SIGTERM);
    assert_int_equal(log.last_revents, POLLIN);
    loop_free(log.loop);
    close_pipes(&pipes);
}

static void
arm_a_little_later(struct watcher *watcher)
{
    loop_timer(watcher->log->loop, clock_boot_ms() + 1);
}

static void
arm_much_later(struct watcher *watcher)
{
    loop_timer(watcher->log->loop, clock_boot_ms() + 3600000);
}

/* Waits until a letter has been called; only the timer and signals can wake it. */
static void
wait_for(struct log *log, char letter)
{
    while (!strchr(log->calls, letter))
        assert_true(loop_wait(log->loop));
}

static void
fires_not_before_its_time_and_once(void **state)
{
    (void)state;
    struct log log;
    struct pipes pipes;
    open_log(&log);
    open_pipes(&pipes);
    int64_t at = clock_boot_ms() + 30;
    loop_timer(log.loop, at);
    wait_for(&log, 't');
    assert_true(clock_boot_ms() >= at);
    /* Not armed again: the next wait finds only the pipe. */
    struct watcher watcher = {.log = &log, .letter = 'a', .fd = pipes.read[0]};
    watch(&watcher, POLLIN);
    assert_true(loop_wait(log.loop));
    assert_string_equal(log.calls, "ta");
    loop_free(log.loop);
    close_pipes(&pipes);
}

/* An expired timer that a descriptor's callback has set anew in the same pass is not due. */
static void
forgets_an_expiry_when_set_anew(void **state)
{
    (void)state;
    struct log log;
    struct pipes pipes;
    open_log(&log);
    open_pipes(&pipes);
    struct watcher watcher = {
        .log = &log, .letter = 'a', .fd = pipes.read[0], .then = arm_much_later};
    watch(&watcher, POLLIN);
    loop_timer(log.loop, 1);
    assert_true(loop_wait(log.loop));
    assert_true(loop_wait(log.loop));
    assert_string_equal(log.calls, "aa");
    watcher.then = arm_a_little_later;
    assert_true(loop_wait(log.loop));
    loop_watch(log.loop, watcher.fd, 0, on_ready, &watcher);
    wait_for(&log, 't');
    assert_string_equal(log.calls, "aaat");
    loop_free(log.loop);
    close_pipes(&pipes);
}

static void
disarms(void **state)
{
    (void)state;
    struct log log;
    open_log(&log);
    loop_timer(log.loop, 1);
    loop_timer(log.loop, INT64_MAX);
    raise(SIGCONT);
    assert_true(loop_wait(log.loop));
    assert_string_equal(log.calls, "s");
    loop_free(log.loop);
}

static void
forget_other(struct watcher *watcher)
{
    loop_forget(watcher->log->loop, watcher->other->fd);
}

/* The same number, watched anew: what poll(2) said was about the old one. */
static void
replace_other(struct watcher *watcher)
{
    forget_other(watcher);
    watch(watcher->other, POLLIN);
}

static void
lets_a_callback_forget_another(void **state)
{
    (void)state;
    static void (*const changes[])(struct watcher *) = {forget_other, replace_other};
    for (int i = 0; i < 2; i++) {
        struct log log;
        struct pipes pipes;
        open_log(&log);
        open_pipes(&pipes);
        struct watcher one = {.log = &log, .letter = 'a', .fd = pipes.read[0], .then = changes[i]};
        struct watcher two = {.log = &log, .letter = 'b', .fd = pipes.read[1]};
        one.other = &two;
        watch(&one, POLLIN);
        watch(&two, POLLIN);
        assert_true(loop_wait(log.loop));
        assert_string_equal(log.calls, "a");
        loop_free(log.loop);
        close_pipes(&pipes);
    }
}

static void
watches_more_than_it_had_room_for(void **state)
{
    (void)state;
    struct log log;
    open_log(&log);
    struct watcher watchers[20];
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    for (int i = 0; i < 20; i++) {
        watchers[i] = (struct watcher){.log = &log, .letter = (char)('a' + i), .fd = dup(ends[0])};
        watch(&watchers[i], POLLIN);
    }
    assert_true(loop_wait(log.loop));
    assert_string_equal(log.calls, "abcdefghijklmnopqrst");
    for (int i = 0; i < 20; i++)
        close(watchers[i].fd);
    close(ends[0]);
    close(ends[1]);
    loop_free(log.loop);
}

static void
does_not_look_at_what_waits_for_nothing(void **state)
{
    (void)state;
    struct log log;
    struct pipes pipes;
    open_log(&log);
    open_pipes(&pipes);
    close(pipes.write[0]); /* a hang-up, which poll(2) reports asked or not */
    struct watcher quiet = {.log = &log, .letter = 'a', .fd = pipes.read[0]};
    struct watcher other = {.log = &log, .letter = 'b', .fd = pipes.read[1]};
    watch(&quiet, 0);
    watch(&other, POLLIN);
    assert_true(loop_wait(log.loop));
    assert_string_equal(log.calls, "b");
    watch(&quiet, POLLIN);
    assert_true(loop_wait(log.loop));
    assert_string_equal(log.calls, "bab");
    assert_true(log.last_revents & POLLIN);
    loop_free(log.loop);
    close(pipes.read[0]);
    close(pipes.read[1]);
    close(pipes.write[1]);
}

/* F26 */
static void
reads_every_signal_it_has_blocked(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM,  SIGINT,  SIGHUP,  SIGQUIT,
                                  SIGWINCH, SIGCHLD, SIGCONT, SIGTSTP};
    struct log log;
    open_log(&log);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        log.calls[0] = '\0';
        memset(log.calls, 0, sizeof log.calls);
        raise(signals[i]);
        assert_true(loop_wait(log.loop));
        assert_string_equal(log.calls, "s");
        assert_int_equal(log.last_signal, signals[i]);
    }
    loop_free(log.loop);
}

static void
leaves_an_ignored_signal_ignored(void **state)
{
    (void)state;
    struct log log;
    signal(SIGHUP, SIG_IGN);
    open_log(&log);
    raise(SIGHUP);
    raise(SIGTERM);
    assert_true(loop_wait(log.loop));
    assert_string_equal(log.calls, "s");
    assert_int_equal(log.last_signal, SIGTERM);
    loop_free(log.loop);
    signal(SIGHUP, SIG_DFL);
}

static void
gives_the_mask_back(void **state)
{
    (void)state;
    struct log log;
    sigset_t before, during, after;
    sigprocmask(SIG_SETMASK, NULL, &before);
    open_log(&log);
    sigprocmask(SIG_SETMASK, NULL, &during);
    loop_free(log.loop);
    sigprocmask(SIG_SETMASK, NULL, &after);
    assert_true(sigismember(&during, SIGTERM));
    assert_int_equal(sigismember(&after, SIGTERM), sigismember(&before, SIGTERM));
    loop_free(NULL);
}

static void
writing_to_nobody_is_an_error_and_no_death(void **state)
{
    (void)state;
    struct log log;
    int ends[2];
    open_log(&log);
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_int_equal(write(ends[1], "x", 1), -1);
    assert_int_equal(errno, EPIPE);
    close(ends[1]);
    loop_free(log.loop);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_signals_then_descriptors_then_the_timer),
        cmocka_unit_test(fires_not_before_its_time_and_once),
        cmocka_unit_test(forgets_an_expiry_when_set_anew),
        cmocka_unit_test(disarms),
        cmocka_unit_test(lets_a_callback_forget_another),
        cmocka_unit_test(watches_more_than_it_had_room_for),
        cmocka_unit_test(does_not_look_at_what_waits_for_nothing),
        cmocka_unit_test(reads_every_signal_it_has_blocked),
        cmocka_unit_test(leaves_an_ignored_signal_ignored),
        cmocka_unit_test(gives_the_mask_back),
        cmocka_unit_test(writing_to_nobody_is_an_error_and_no_death),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
