/*
 * The whole program while system calls fail, once and for ever, at the k-th call (F4, F5, F6, F18),
 * while memory runs out, and while the disk is slow (F24). With SOAK=1 in the environment every k
 * is tried, else a few.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "../terminal/dojo_room.h"
#include "../terminal/expect.h"
#include "session/text.h"
#include "storage/journal.h"

enum { SLOW_MS = 2000 };

static const char few[] = "[turn]\nhandover = 0s\n[shutdown]\ngrace = 3s\nhooks = 0s\n";

struct case_of {
    struct room room;
    char order[64], preload[ROOM_PATH + 64];
};

static bool
is_thorough(void)
{
    return getenv("SOAK") != NULL;
}

static void
open_case(struct case_of *one, const char *order)
{
    const char *slash;

    room_open(&one->room, few);
    slash = strrchr(one->room.program, '/');
    snprintf(one->preload, sizeof one->preload, "LD_PRELOAD=%.*s/tests/soak/shim_faults.so",
             (int)(slash - one->room.program), one->room.program);
    snprintf(one->order, sizeof one->order, "%s", order);
    home_add(&one->room.home, one->preload);
    home_add(&one->room.home, one->order);
}

/* The address sanitizer wants to be the first to be loaded. */
static void
skip_where_nothing_can_be_preloaded(void)
{
#ifdef __SANITIZE_ADDRESS__
    skip();
#endif
}

static void
add_hook(const struct room *room)
{
    char path[ROOM_PATH];
    FILE *file;

    snprintf(path, sizeof path, "%s/XDG_CONFIG_HOME/randori", room->home.folder);
    mkdir(path, 0700);
    strcat(path, "/hooks");
    mkdir(path, 0700);
    strcat(path, "/turn-started");
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("#!/bin/sh\n", file);
    fclose(file);
    chmod(path, 0700);
}

static void
note(struct vt *vt, const char *keys, const char *line)
{
    expect_after(vt, keys, line);
    vt_send(vt, "\r");
    assert_true(vt_wait_gone(vt, "Note: "));
}

/* Facts of people, one after the other. */
static void
play(struct vt *vt)
{
    expect_text(vt, "Enter starts the session");
    expect_after(vt, "\r", "turn 1 of");
    note(vt, "oSmall steps", "Note: Small steps");
    note(vt, "oLarge steps", "Note: Large steps");
    expect_after(vt, "n", "turn 2 of");
}

static bool
has_all(const struct session *session)
{
    return session->notes_count == 2 && session->turn.number == 2;
}

/* --- calls --------------------------------------------------------------------------------- */

/* It fails, is said, and is made good by itself. */
static void
fail_once(const char *call, int k, int error)
{
    struct case_of one;
    struct session session;
    struct vt *vt;
    char order[64];

    snprintf(order, sizeof order, "RANDORI_FAULT=%s:%d:1:%d", call, k, error);
    open_case(&one, order);
    vt = room_start(&one.room, 24, 80, "");
    play(vt);
    assert_true(vt_wait_gone(vt, "unsaved"));
    kill(vt_pid(vt), SIGTERM);
    expect_killed(vt, SIGTERM);
    expect_sane(vt);
    vt_end(vt);
    assert_true(room_replay(&one.room, &session));
    assert_true(has_all(&session));
    assert_string_equal(session.left_reason, "SIGTERM");
    session_free(&session);
    room_close(&one.room);
}

/* It goes on failing: the session goes on, the screen and the last words say what is not saved, and
 * what was saved before stands in a record that is not damaged. */
static void
fail_for_ever(const char *call, int k, int error)
{
    struct case_of one;
    char path[ROOM_PATH], why[JOURNAL_WHY], order[64];
    struct journal_content content;
    struct vt *vt;

    snprintf(order, sizeof order, "RANDORI_FAULT=%s:%d:0:%d", call, k, error);
    open_case(&one, order);
    vt = room_start(&one.room, 24, 100, "");
    play(vt);
    for (int i = 0; i < k && !vt_has(vt, "unsaved"); i++) { /* several facts may go in one write */
        vt_send(vt, "t");
        vt_watch(vt, 100);
    }
    expect_text(vt, "unsaved");
    expect_text(vt, strerror(error));
    kill(vt_pid(vt), SIGTERM);
    expect_text(vt, "trying for");
    vt_watch(vt, 200);
    kill(vt_pid(vt), SIGTERM); /* now */
    expect_text(vt, "not saved: {\"seq\":");
    expect_killed(vt, SIGTERM);
    expect_sane(vt);
    vt_end(vt);
    assert_true(room_newest(&one.room, path));
    assert_true(journal_read(path, &content, why) == JOURNAL_GOOD || content.count == 0);
    journal_content_free(&content);
    room_close(&one.room);
}

static void
a_disk_that_fails_once_costs_nothing(void **state)
{
    (void)state;
    skip_where_nothing_can_be_preloaded();
    for (int k = 1; k <= (is_thorough() ? 9 : 5); k += is_thorough() ? 1 : 2) {
        fail_once("write", k, ENOSPC);
        fail_once("fdatasync", k, EIO);
    }
}

static void
a_disk_that_fails_for_ever_is_told(void **state)
{
    (void)state;
    skip_where_nothing_can_be_preloaded();
    fail_for_ever("write", 4, ENOSPC);
    fail_for_ever("fdatasync", 1, EIO);
    for (int k = 1; k <= 7 && is_thorough(); k++) {
        fail_for_ever("write", k, ENOSPC);
        fail_for_ever("fdatasync", k, EIO);
    }
}

static void
a_record_that_cannot_be_created_is_told_at_once(void **state)
{
    (void)state;
    skip_where_nothing_can_be_preloaded();
    struct case_of one;
    struct vt *vt;
    int status;

    open_case(&one, "RANDORI_FAULT=open:1:0:28");
    vt = room_ask(&one.room, "", &status);
    assert_int_equal(status, 1);
    assert_true(vt_has(vt, "a record cannot be created there: No space left on device"));
    vt_end(vt);
    room_close(&one.room);
}

/* Neither a hook nor the helper can be started: it is said, and nothing else. */
static void
what_cannot_be_started_is_told(void **state)
{
    (void)state;
    skip_where_nothing_can_be_preloaded();
    for (int times = 0; times <= 1; times++) {
        struct case_of one;
        struct session session;
        struct vt *vt;
        char order[64];

        snprintf(order, sizeof order, "RANDORI_FAULT=posix_spawn:1:%d:%d", times, EAGAIN);
        open_case(&one, order);
        add_hook(&one.room);
        vt = room_start(&one.room, 24, 100, "");
        play(vt);
        kill(vt_pid(vt), SIGTERM);
        expect_killed(vt, SIGTERM);
        expect_sane(vt);
        vt_end(vt);
        assert_true(room_replay(&one.room, &session));
        assert_true(has_all(&session));
        assert_int_equal(session.hooks_count, 0);
        assert_true(room_count(&session, EVENT_HOOK_STARTED) >= 1);
        session_free(&session);
        room_close(&one.room);
    }
}

/* --- waiting -------------------------------------------------------------------------------- */

/* Nothing can be waited for any more: it ends with what it knows in the record. */
static void
a_loop_that_fails_leaves_a_good_record(void **state)
{
    (void)state;
    skip_where_nothing_can_be_preloaded();
    static const int calls[] = {1, 12, 40};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct case_of one;
        struct session session;
        char order[64];

        snprintf(order, sizeof order, "RANDORI_FAULT=poll:%d:0:%d", calls[i], ENOMEM);
        open_case(&one, order);
        struct vt *vt = room_start(&one.room, 24, 100, "--speed 100");
        vt_send(vt, "\roSmall steps\r");
        expect_text(vt, "cannot wait for events: Cannot allocate memory");
        expect_text(vt, "The record is ");
        expect_exit(vt, 1);
        assert_true(room_replay(&one.room, &session));
        assert_non_null(session.left_reason);
        assert_string_equal(session.left_reason, "cannot wait for events: Cannot allocate memory");
        assert_int_equal(room_count(&session, EVENT_DRAINED), 1);
        session_free(&session);
        room_close(&one.room);
    }
}

static void
what_cannot_begin_leaves_no_record(void **state)
{
    (void)state;
    skip_where_nothing_can_be_preloaded();
    struct case_of one;
    char path[ROOM_PATH];
    int status;

    open_case(&one, "RANDORI_FAULT=timerfd_create:1:0:24");
    struct vt *vt = room_ask(&one.room, "", &status);
    assert_int_equal(status, 1);
    assert_true(vt_has(vt, "cannot wait for events: Too many open files"));
    assert_false(vt_has(vt, "The record is "));
    assert_false(room_newest(&one.room, path));
    vt_end(vt);
    room_close(&one.room);
}

/* What poll(2) has announced, somebody else may have read. */
static void
nothing_to_read_is_no_end_of_input(void **state)
{
    (void)state;
    skip_where_nothing_can_be_preloaded();
    static const int errors[] = {EAGAIN, EINTR};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        struct case_of one;
        char order[64];

        snprintf(order, sizeof order, "RANDORI_FAULT=read:1:1:%d", errors[i]);
        open_case(&one, order);
        struct vt *vt = room_start(&one.room, 24, 100, "--plain");
        expect_text(vt, "\"start\" begins");
        expect_after(vt, "start\n", "Turn 1");
        vt_send(vt, "quit\n");
        expect_exit(vt, 0);
        room_close(&one.room);
    }
}

/* --- memory --------------------------------------------------------------------------------- */

/* A crash is allowed, a damaged record or terminal is not. */
static void
run_out_of_memory(int k, bool on_screen)
{
    struct case_of one;
    char path[ROOM_PATH], why[JOURNAL_WHY] = "", order[64];
    struct journal_content content = {0};
    struct vt *vt;

    snprintf(order, sizeof order, "RANDORI_FAULT=malloc:%d:1:%d", k, ENOMEM);
    open_case(&one, order);
    vt = room_start(&one.room, 24, 80, on_screen ? "" : "--plain");
    vt_send(vt, on_screen ? "\roSmall steps\rn q" : "start\nnote Small steps\nnext\nquit\n");
    vt_watch(vt, on_screen ? 300 : 50);
    kill(vt_pid(vt), SIGTERM);
    assert_int_not_equal(vt_wait_exit(vt), -1);
    assert_true(vt_is_sane(vt));
    vt_end(vt);
    if (room_newest(&one.room, path)) {
        enum journal_status status = journal_read(path, &content, why);

        if (status != JOURNAL_GOOD && status != JOURNAL_EMPTY)
            fail_msg("k = %d: %s", k, why);
        journal_content_free(&content);
    }
    room_close(&one.room);
}

static void
without_memory_no_record_is_damaged(void **state)
{
    (void)state;
    skip_where_nothing_can_be_preloaded();
    for (int k = is_thorough() ? 1 : 400; k < 1000; k += is_thorough() ? 1 : 157)
        run_out_of_memory(k, false);
    for (int k = 1; k < 3000; k += is_thorough() ? 7 : 701)
        run_out_of_memory(k, true);
}

/* --- a slow disk ----------------------------------------------------------------------------- */

/* The longest time without output of a countdown that shows some sixty seconds a second. */
static int64_t
longest_pause(struct vt *vt, int64_t ms)
{
    int64_t until = expect_now_ms() + ms, last = expect_now_ms(), longest = 0, bytes = vt_bytes(vt);

    while (expect_now_ms() < until) {
        vt_watch(vt, 1);
        if (vt_bytes(vt) == bytes)
            continue;
        bytes = vt_bytes(vt);
        if (expect_now_ms() - last > longest)
            longest = expect_now_ms() - last;
        last = expect_now_ms();
    }
    return longest;
}

static void
a_slow_disk_does_not_stop_the_countdown(void **state)
{
    (void)state;
    skip_where_nothing_can_be_preloaded();
    struct case_of one;
    int64_t longest;
    struct vt *vt;

    open_case(&one, "RANDORI_SLOW=2000");
    vt = room_start(&one.room, 24, 80, "--speed 60 --turn 1m");
    expect_text(vt, "Enter starts the session");
    expect_after(vt, "\r", "turn 1 of");
    expect_text(vt, "unsaved");
    longest = longest_pause(vt, is_thorough() ? 20000 : 3000); /* a turn ends each second */
    print_message("# each sync takes %d ms; the countdown's longest pause: %lld ms\n", SLOW_MS,
                  (long long)longest);
    assert_true(longest < SLOW_MS / 2); /* where nothing else runs: below 50 */
    vt_end(vt);
    room_close(&one.room);
}

/* Told to end, and told again, while the disk is full: the terminal has just been put back, and the
 * last try to save is being made. */
static struct vt *
run_to_last_flush(struct case_of *one)
{
    struct vt *vt;

    open_case(one, "RANDORI_FAULT=write:2:0:28");
    vt = room_start(&one->room, 24, 100, "");
    expect_after(vt, "\r", "unsaved");
    kill(vt_pid(vt), SIGTERM);
    expect_text(vt, "unsaved, trying for");
    vt_watch(vt, 200); /* sooner it would not be "again" */
    kill(vt_pid(vt), SIGTERM);
    while (vt_is_alternate(vt))
        vt_watch(vt, 1);
    return vt;
}

/* A further signal cuts the waiting short, never the writing, nor the words about it. */
static void
another_signal_does_not_cut_the_last_flush(void **state)
{
    (void)state;
    skip_where_nothing_can_be_preloaded();
    struct case_of one;
    struct vt *vt = run_to_last_flush(&one);

    kill(vt_pid(vt), SIGINT);
    expect_text(vt, "not saved: {\"seq\":");
    expect_text(vt, "The record is ");
    expect_killed(vt, SIGTERM);
    vt_end(vt);
    room_close(&one.room);
}

/* ^S: the last words are given up, and the cause stays the cause. */
static void
last_words_do_not_wait_for_a_terminal(void **state)
{
    (void)state;
    skip_where_nothing_can_be_preloaded();
    struct case_of one;
    struct vt *vt = run_to_last_flush(&one);

    vt_send(vt, "\023");
    expect_killed(vt, SIGTERM);
    vt_end(vt);
    room_close(&one.room);
}

/* The terminal is restored, the record flushed, and then something hangs. */
static void
the_watchdog_sees_it_to_the_end(void **state)
{
    (void)state;
    skip_where_nothing_can_be_preloaded();
    struct case_of one;
    struct session session;

    open_case(&one, "RANDORI_FAULT=unlink:1:0:5");
    struct vt *vt = room_start(&one.room, 24, 100, "");
    expect_after(vt, "\r", "turn 1 of");
    kill(vt_pid(vt), SIGTERM);
    expect_killed(vt, SIGALRM);
    expect_sane(vt);
    vt_end(vt);
    assert_true(room_replay(&one.room, &session));
    assert_string_equal(session.left_reason, "SIGTERM");
    session_free(&session);
    room_close(&one.room);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_disk_that_fails_once_costs_nothing),
        cmocka_unit_test(a_disk_that_fails_for_ever_is_told),
        cmocka_unit_test(a_record_that_cannot_be_created_is_told_at_once),
        cmocka_unit_test(what_cannot_be_started_is_told),
        cmocka_unit_test(without_memory_no_record_is_damaged),
        cmocka_unit_test(a_loop_that_fails_leaves_a_good_record),
        cmocka_unit_test(what_cannot_begin_leaves_no_record),
        cmocka_unit_test(nothing_to_read_is_no_end_of_input),
        cmocka_unit_test(a_slow_disk_does_not_stop_the_countdown),
        cmocka_unit_test(another_signal_does_not_cut_the_last_flush),
        cmocka_unit_test(last_words_do_not_wait_for_a_terminal),
        cmocka_unit_test(the_watchdog_sees_it_to_the_end),
    };
    return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
