/* randori check --alerts in a terminal, with a stand-in for the helper beside the program. */
#include "dojo_room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "expect.h"

enum { COLUMNS = 80, ROWS = 24 };

static const char helper[] = "#!/bin/sh\n"
                             "read -r line\n"
                             "echo '%s'\n"
                             "cat >/dev/null\n";
static const char shown[] = "{\"is\":\"shown\",\"key\":\"check\",\"id\":7}";

/* The helper is looked for beside the program that runs. */
static void
install(struct room *room, const char *answer)
{
    char command[3 * sizeof room->program], path[sizeof room->program];
    snprintf(command, sizeof command, "cp '%s' '%s/randori'", room->program, room->home.folder);
    assert_int_equal(system(command), 0);
    snprintf(path, sizeof path, "%s/randori-notify", room->home.folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, helper, answer);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0700), 0);
    snprintf(room->program, sizeof room->program, "%s/randori", room->home.folder);
}

static struct vt *
start(struct room *room, const char *answer, const char *settings)
{
    room_open(room, settings);
    install(room, answer);
    struct vt *vt = room_start(room, ROWS, COLUMNS, "check --alerts");
    assert_non_null(vt);
    expect_text(vt, "Terminal: 80x24, 256 colours, UTF-8.");
    return vt;
}

static void
finish(struct room *room, struct vt *vt, int status)
{
    expect_exit(vt, status);
    room_close(room);
}

static bool
has_rung(struct vt *vt, const void *user)
{
    (void)user;
    return vt_bells(vt) == 1 && vt_has(vt, "Did you hear it? [y/n]");
}

static void
each_is_tried_and_asked_about(void **state)
{
    (void)state;
    struct room room;
    struct vt *vt = start(&room, shown, "bell = yes\n");
    expect_text(vt, "Popup: sent, and the desktop took it (off in session.ini).");
    expect_text(vt, "Did you see it? [y/n]");
    assert_int_equal(vt_bells(vt), 0);
    vt_send(vt, "y\n");
    assert_true(vt_wait(vt, has_rung, NULL));
    expect_text(vt, "Bell: rung.");
    int64_t before = vt_bytes(vt);
    expect_after(vt, "YES\n", "Flash: the whole screen");
    assert_true(vt_bytes(vt) - before > ROWS * COLUMNS); /* each cell was drawn in reverse */
    expect_sane(vt);
    vt_send(vt, "y\n");
    finish(&room, vt, 0);
}

static void
what_was_not_noticed_fails_with_a_hint(void **state)
{
    (void)state;
    struct room room;
    struct vt *vt = start(&room, shown, NULL);
    expect_text(vt, "Did you see it? [y/n]");
    expect_after(vt, "perhaps\nn\n", "do not disturb");
    expect_text(vt, "Bell: rung (off in session.ini).");
    expect_after(vt, "n\n", "audible bell");
    expect_text(vt, "Flash: ");
    vt_send(vt, "y\n");
    finish(&room, vt, 1);
}

static void
what_the_desktop_says_is_told(void **state)
{
    (void)state;
    struct room room;
    struct vt *vt =
        start(&room, "{\"is\":\"failed\",\"key\":\"check\",\"why\":\"no such name\"}", NULL);
    expect_text(vt, "Popup: not shown: no desktop notifications: no such name");
    expect_text(vt, "Did you hear it? [y/n]"); /* and goes on */
    expect_after(vt, "y\n", "Flash: ");
    vt_send(vt, "y\n");
    finish(&room, vt, 1);
}

static void
the_end_of_the_input_means_no(void **state)
{
    (void)state;
    struct room room;
    struct vt *vt = start(&room, shown, NULL);
    expect_text(vt, "Did you see it? [y/n]");
    expect_after(vt, "\004", "Did you hear it? [y/n]");
    expect_after(vt, "\004", "Flash: ");
    vt_send(vt, "\004");
    finish(&room, vt, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_tried_and_asked_about),
        cmocka_unit_test(what_was_not_noticed_fails_with_a_hint),
        cmocka_unit_test(what_the_desktop_says_is_told),
        cmocka_unit_test(the_end_of_the_input_means_no),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
