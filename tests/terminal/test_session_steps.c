/*
 * Steps during a session: the program watches the test files while people enable one after the
 * other.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dojo_room.h"
#include "expect.h"

static const char setting[] = "[session]\nsteps = tests\n";

/* Tests One, Two, Three, the first `enabled` of them not in comments; written as editors do it. */
static void
write_tests(const struct room *room, int enabled)
{
    static const char *const names[] = {"One", "Two", "Three"};
    char path[4200], fresh[4200];
    FILE *file;

    snprintf(path, sizeof path, "%s/tests", room->home.folder);
    mkdir(path, 0700);
    snprintf(fresh, sizeof fresh, "%s/tests/OurTests.cs.new", room->home.folder);
    snprintf(path, sizeof path, "%s/tests/OurTests.cs", room->home.folder);
    file = fopen(fresh, "w");
    assert_non_null(file);
    for (int i = 0; i < 3; i++)
        fprintf(file, "%s[Test]\npublic void %s() {}\n", i < enabled ? "" : "//", names[i]);
    fclose(file);
    assert_int_equal(rename(fresh, path), 0);
}

static void
open_room(struct room *room)
{
    room_open(room, setting);
    write_tests(room, 0);
}

static void
the_step_worked_on_follows_the_files(void **state)
{
    struct session session;
    struct room room;
    struct vt *vt;

    (void)state;
    open_room(&room);
    vt = room_run(&room, "", "Enter starts the session");
    expect_after(vt, "\r", "step 1 of 3: One");
    write_tests(&room, 1);
    write_tests(&room, 2);
    expect_text(vt, "step 2 of 3: Two");
    write_tests(&room, 1); /* commented again */
    expect_text(vt, "step 1 of 3: One");
    expect_after(vt, "t", "step 2 of 3: Two");
    expect_after(vt, "t", "step 3 of 3: Three");
    expect_after(vt, "u", "step 2 of 3: Two");
    write_tests(&room, 3);
    expect_text(vt, "step 3 of 3: Three");
    expect_after(vt, "u", "Undone"); /* the `t`, and not what the files say */
    expect_text(vt, "step 3 of 3: Three");
    room_quit(vt);
    assert_true(room_replay(&room, &session));
    assert_int_equal(session.step, 3);
    session_free(&session);
    room_close(&room);
}

static void
two_steps_enabled_on_red_are_mentioned(void **state)
{
    struct room room;
    struct vt *vt;

    (void)state;
    open_room(&room);
    vt = room_run(&room, "", "Enter starts the session");
    expect_after(vt, "\r", "step 1 of 3: One");
    expect_after(vt, "lr", "RED");
    write_tests(&room, 2);
    expect_text(vt, "Two steps are enabled while the tests are red");
    room_quit(vt);
    room_close(&room);
}

/* Steps of a session cut short: how many there were is known from the record. */
static void
a_session_resumed_goes_on_with_its_steps(void **state)
{
    struct room room;
    struct vt *vt;

    (void)state;
    open_room(&room);
    vt = room_run(&room, "", "Enter starts the session");
    expect_after(vt, "\r", "step 1 of 3: One");
    write_tests(&room, 2);
    expect_text(vt, "step 2 of 3: Two");
    room_quit(vt);
    vt = room_run(&room, "--resume", "step 2 of 3: Two");
    write_tests(&room, 3);
    expect_text(vt, "step 3 of 3");
    room_quit(vt);
    room_close(&room);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_step_worked_on_follows_the_files),
        cmocka_unit_test(two_steps_enabled_on_red_are_mentioned),
        cmocka_unit_test(a_session_resumed_goes_on_with_its_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
