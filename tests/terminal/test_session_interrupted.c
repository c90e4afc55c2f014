/*
 * Every way in which a session is interrupted: killed, signalled, stopped, and with a terminal that
 * is choked or goes away.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dojo_room.h"
#include "expect.h"

enum { END_MS = 2000 };

static void
resumes_the_turn_after_kill_9(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    room_open(&room, NULL);
    struct vt *vt = room_run_to_turn_2(&room);
    kill(vt_pid(vt), SIGKILL);
    expect_killed(vt, SIGKILL);
    vt_end(vt);
    vt = room_run(&room, "--resume", "turn 2 of");
    assert_true(vt_has(vt, "next: Alan Turing"));
    expect_after(vt, "n", "from Grace Hopper");
    room_quit(vt);
    assert_true(room_replay(&room, &session));
    assert_int_equal(room_count(&session, EVENT_SESSION_RESUMED), 1);
    session_free(&session);
    room_close(&room);
}

/* Found by the storm of tests/soak: whoever was killed while it started a hook leaves its lock to
 * that for a moment. */
static void
waits_for_the_lock_of_a_dead_one(void **state)
{
    (void)state;
    struct room room;
    char path[ROOM_PATH];
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    room_open(&room, NULL);
    struct vt *vt = room_run_to_turn_2(&room);
    assert_true(room_newest(&room, path));
    kill(vt_pid(vt), SIGKILL);
    expect_killed(vt, SIGKILL);
    vt_end(vt);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_int_equal(fcntl(fd, F_OFD_SETLK, &lock), 0);
    vt = room_start(&room, 24, 80, "--resume");
    vt_watch(vt, 200);
    close(fd);
    expect_text(vt, "turn 2 of");
    room_quit(vt);
    fd = open(path, O_RDWR | O_CLOEXEC); /* whoever does not let go is told of */
    assert_int_equal(fcntl(fd, F_OFD_SETLK, &lock), 0);
    vt = room_start(&room, 24, 80, "--resume");
    expect_text(vt, "a session is running already");
    expect_exit(vt, 7);
    close(fd);
    room_close(&room);
}

static void
asks_whether_to_resume(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_run_to_turn_2(&room);
    room_quit(vt);
    vt = room_run(&room, "", "Resume it?");
    assert_true(vt_has(vt, "Grace Hopper, "));
    expect_after(vt, "y\r", "turn 2 of");
    room_quit(vt);
    vt = room_run(&room, "", "Resume it?");
    expect_after(vt, "n\r", "Enter starts the session");
    room_quit(vt);
    room_close(&room);
}

static void
leaves_the_terminal_sane_on_every_signal(void **state)
{
    (void)state;
    static const struct {
        int number;
        const char *reason;
    } signals[] = {
        {SIGTERM, "SIGTERM"}, {SIGINT, "SIGINT"}, {SIGHUP, "SIGHUP"}, {SIGQUIT, "SIGQUIT"}};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct room room;
        struct session session;
        room_open(&room, NULL);
        struct vt *vt = room_run_to_turn_2(&room);
        expect_after(vt, "o", "Note:");
        expect_after(vt, "half a thou", "half a thou");
        kill(vt_pid(vt), signals[i].number);
        expect_killed(vt, signals[i].number);
        expect_sane(vt);
        assert_true(vt_has(vt, "randori --resume goes on with it."));
        vt_end(vt);
        assert_true(room_replay(&room, &session));
        assert_string_equal(session.left_reason, signals[i].reason);
        assert_string_equal(session.draft, "half a thou");
        session_free(&session);
        vt = room_run(&room, "--resume", "turn 2 of");
        expect_after(vt, "o", "Note: half a thou");
        vt_end(vt);
        room_close(&room);
    }
}

/* F10 */
static void
ends_in_time_on_a_choked_terminal(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    room_open(&room, NULL);
    struct vt *vt = room_run_to_turn_2(&room);
    vt_choke(vt, true);
    vt_fill(vt);
    int64_t began = expect_now_ms();
    kill(vt_pid(vt), SIGTERM);
    expect_killed(vt, SIGTERM);
    assert_true(expect_now_ms() - began < END_MS);
    vt_choke(vt, false);
    expect_sane(vt);
    vt_end(vt);
    assert_true(room_replay(&room, &session));
    assert_string_equal(session.left_reason, "SIGTERM");
    session_free(&session);
    room_close(&room);
}

/* Text that is pasted where that is not marked, or a cat on the keyboard. */
static void
ends_in_time_while_keys_pour_in(void **state)
{
    (void)state;
    char keys[4001];
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_run_to_turn_2(&room);
    memset(keys, '?', sizeof keys - 1);
    keys[sizeof keys - 1] = '\0';
    vt_flood(vt, keys);
    vt_watch(vt, 500);
    int64_t began = expect_now_ms();
    kill(vt_pid(vt), SIGTERM);
    expect_killed(vt, SIGTERM);
    assert_true(expect_now_ms() - began < END_MS);
    vt_flood(vt, NULL);
    expect_sane(vt);
    vt_end(vt);
    room_close(&room);
}

static bool
is_recorded_in_turn_3(struct vt *vt, const void *user)
{
    struct session session;
    (void)vt;
    bool is_there = room_replay(user, &session) && session.turn.number == 3;
    session_free(&session);
    return is_there;
}

/* F10: keys are obeyed and recorded though nobody can see it; then the screen catches up. */
static void
goes_on_while_the_terminal_is_choked(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_run_to_turn_2(&room);
    vt_choke(vt, true);
    vt_fill(vt);
    vt_send(vt, "n ");
    assert_true(vt_wait(vt, is_recorded_in_turn_3, &room));
    vt_choke(vt, false);
    expect_text(vt, "next: Kathleen Booth");
    room_quit(vt);
    room_close(&room);
}

static void
records_that_the_terminal_went_away(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    room_open(&room, NULL);
    struct vt *vt = room_run_to_turn_2(&room);
    vt_hang_up(vt);
    expect_killed(vt, SIGHUP);
    vt_end(vt);
    assert_true(room_replay(&room, &session));
    assert_non_null(session.left_reason);
    session_free(&session);
    room_close(&room);
}

static bool
shows_prompt(struct vt *vt, const void *user)
{
    (void)user;
    return vt_has(vt, "prompt>") && tcgetpgrp(vt_fd(vt)) == vt_pid(vt);
}

/* F11, F19: ^Z by key, and a stop that it cannot see coming. */
static void
stops_and_continues(void **state)
{
    (void)state;
    struct room room;
    char line[sizeof room.program + 20];
    room_open(&room, NULL);
    struct vt *vt = expect_shell(room.home.environment, room.home.folder);
    snprintf(line, sizeof line, "clear; %s\n", room.program);
    expect_after(vt, line, "Enter starts the session");
    expect_after(vt, "\r", "turn 1 of");
    vt_send(vt, "\032");
    expect_in_shell(vt);
    vt_resize(vt, 30, 100);
    vt_send(vt, "fg\n");
    expect_in_job(vt);
    expect_text(vt, "turn 1 of");
    kill(-tcgetpgrp(vt_fd(vt)), SIGSTOP);
    assert_true(vt_wait(vt, shows_prompt, NULL));
    vt_send(vt, "fg\n");
    expect_in_job(vt);
    assert_true(vt_wait_gone(vt, "prompt>"));
    expect_pressing(vt, " ", "Space go on");
    expect_pressing(vt, "q", "Leave?");
    vt_send(vt, "y");
    expect_in_shell(vt);
    expect_leaving_shell(vt);
    room_close(&room);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resumes_the_turn_after_kill_9),
        cmocka_unit_test(waits_for_the_lock_of_a_dead_one),
        cmocka_unit_test(asks_whether_to_resume),
        cmocka_unit_test(leaves_the_terminal_sane_on_every_signal),
        cmocka_unit_test(ends_in_time_on_a_choked_terminal),
        cmocka_unit_test(ends_in_time_while_keys_pour_in),
        cmocka_unit_test(goes_on_while_the_terminal_is_choked),
        cmocka_unit_test(records_that_the_terminal_went_away),
        cmocka_unit_test(stops_and_continues),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
