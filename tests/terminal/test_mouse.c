/* The mouse: nobody has it who does not want it, and it is given back however the program ends. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "dojo_room.h"
#include "expect.h"

static const char wanted[] = "[display]\nmouse = yes\n";

static bool
tells(struct vt *vt, const void *user)
{
    (void)user;
    return vt_tells_mouse(vt);
}

static bool
is_silent(struct vt *vt, const void *user)
{
    (void)user;
    return !vt_tells_mouse(vt);
}

static struct vt *
run_with_mouse(struct room *room)
{
    room_open(room, wanted);
    home_add(&room->home, VT_NO_HANDLERS);
    struct vt *vt = room_run(room, "", "Enter starts the session");
    if (!vt_wait(vt, tells, NULL))
        expect_fail(vt, "the mouse was not asked for");
    return vt;
}

/* Button 0 is the left one, pressed and let go; 64 and 65 are the wheel. Rows count from 1. */
static void
press(struct vt *vt, int button, const char *text)
{
    char report[64];
    for (int row = 0; row < 24; row++) {
        const char *cells = vt_row(vt, row), *found = strstr(cells, text);
        int column = found == NULL ? 0 : (int)(found - cells) + 1;
        if (found == NULL)
            continue;
        snprintf(report, sizeof report, "\033[<%d;%d;%dM\033[<%d;%d;%dm", button, column, row + 1,
                 button, column, row + 1);
        vt_send(vt, report);
        return;
    }
    expect_fail(vt, text);
}

static void
off_unless_asked_for(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_run(&room, "", "Enter starts the session");
    expect_after(vt, "?", "Now: opening board");
    assert_false(vt_tells_mouse(vt));
    vt_send(vt, "?");
    room_quit(vt);
    room_close(&room);
}

static void
clicks_and_the_wheel_work(void **state)
{
    (void)state;
    struct room room;
    struct vt *vt = run_with_mouse(&room);
    press(vt, 65, "Here:");
    expect_text(vt, "\u25b8 [x] Grace Hopper");
    press(vt, 64, "Here:");
    expect_text(vt, "\u25b8 [x] Ada Lovelace");
    press(vt, 2, "Alan Turing"); /* the right button means nothing */
    press(vt, 0, "Alan Turing");
    expect_text(vt, "\u25b8 [x] Alan Turing");
    press(vt, 0, "Alan Turing");
    expect_text(vt, "\u25b8 [ ] Alan Turing");
    vt_send(vt, "\033[M !!"); /* as terminals of old tell a click into the corner */
    press(vt, 0, "Enter start ");
    expect_text(vt, "turn 1 of");
    room_quit(vt); /* which looks whether the terminal is as it was */
    room_close(&room);
}

static void
given_back_after_a_crash(void **state)
{
    (void)state;
    struct room room;
    struct vt *vt = run_with_mouse(&room);
    kill(vt_pid(vt), SIGSEGV);
    vt_wait_exit(vt);
    assert_false(vt_tells_mouse(vt));
    assert_true(vt_is_sane(vt));
    vt_end(vt);
    room_close(&room);
}

static void
given_back_while_stopped(void **state)
{
    (void)state;
    struct room room;
    char line[ROOM_PATH + 32];
    room_open(&room, wanted);
    struct vt *vt = expect_shell(room.home.environment, room.home.folder);
    snprintf(line, sizeof line, "clear; %s\n", room.program);
    expect_after(vt, line, "Enter starts the session");
    assert_true(vt_wait(vt, tells, NULL));
    vt_send(vt, "\032");
    expect_in_shell(vt);
    assert_false(vt_tells_mouse(vt));
    expect_after(vt, "fg\n", "Enter starts the session");
    assert_true(vt_wait(vt, tells, NULL));
    expect_after(vt, "q", "y leave");
    vt_send(vt, "y");
    expect_in_shell(vt);
    assert_false(vt_tells_mouse(vt));
    expect_leaving_shell(vt);
    room_close(&room);
}

static void
given_back_when_session_ini_says_so(void **state)
{
    (void)state;
    struct room room;
    char path[ROOM_PATH + 16];
    struct vt *vt = run_with_mouse(&room);
    snprintf(path, sizeof path, "%s/session.ini", room.home.folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "[session]\nrecords = records\n[alerts]\nnotification = no\n");
    assert_int_equal(fclose(file), 0);
    vt_send(vt, "R");
    if (!vt_wait(vt, is_silent, NULL))
        expect_fail(vt, "the mouse was not given back");
    room_quit(vt);
    room_close(&room);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(off_unless_asked_for),
        cmocka_unit_test(clicks_and_the_wheel_work),
        cmocka_unit_test(given_back_after_a_crash),
        cmocka_unit_test(given_back_while_stopped),
        cmocka_unit_test(given_back_when_session_ini_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
