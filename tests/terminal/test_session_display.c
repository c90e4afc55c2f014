/*
 * What the running program does with its display beside drawing: the window's title, session.ini
 * read again, and a notice where there is no room for one.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "dojo_room.h"
#include "expect.h"

static bool
has_title(struct vt *vt, const void *user)
{
    return strcmp(vt_title(vt), user) == 0;
}

static void
expect_title(struct vt *vt, const char *title)
{
    if (!vt_wait(vt, has_title, title))
        fail_msg("the title is \"%s\", not \"%s\"", vt_title(vt), title);
}

static void
write_settings(const struct room *room, const char *text)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/session.ini", room->home.folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "[session]\nrecords = records\n[alerts]\nnotification = no\n%s", text);
    assert_int_equal(fclose(file), 0);
}

static void
the_title_carries_driver_and_time(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_run(&room, "", "Enter starts the session");
    expect_title(vt, "Coding dojo");
    expect_after(vt, "\r", "turn 1 of");
    expect_title(vt, "5 min Ada Lovelace \xe2\x86\x92 Grace Hopper \xc2\xb7 Coding dojo");
    expect_after(vt, "nh", "Held");
    expect_title(vt, "HAND OVER to Grace Hopper \xc2\xb7 Coding dojo");
    room_quit(vt);
    room_close(&room);
}

/* The room sees why something on its screen is another than it was. */
static void
what_another_window_does_is_told(void **state)
{
    (void)state;
    struct room room;
    int status;
    room_open(&room, NULL);
    struct vt *vt = room_run(&room, "", "Enter starts the session");
    expect_after(vt, "\r", "turn 1 of");
    struct vt *other = room_ask(&room, "away Alan", &status);
    assert_int_equal(status, 0);
    vt_end(other);
    expect_text(vt, "Alan Turing is away.");
    room_quit(vt);
    room_close(&room);
}

/* xterm's stack of titles: pushed once, popped at the end. */
static void
the_title_before_comes_back(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_run(&room, "", "Enter starts the session");
    expect_title(vt, "Coding dojo");
    expect_pressing(vt, "q", "Leave?");
    vt_send(vt, "y");
    assert_int_equal(vt_wait_exit(vt), 0);
    assert_non_null(strstr(vt_tail(vt), "\033[23;2t"));
    vt_end(vt);
    room_close(&room);
}

static void
no_title_where_the_terminal_has_none(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    home_add(&room.home, "TERM=linux");
    struct vt *vt = room_run(&room, "", "Enter starts the session");
    expect_after(vt, "\r", "turn 1 of");
    assert_string_equal(vt_title(vt), "");
    room_quit(vt);
    room_close(&room);
}

static void
settings_read_again_take_effect(void **state)
{
    (void)state;
    struct session session;
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_run(&room, "", "Enter starts the session");
    expect_after(vt, "\r", "turn 1 of");
    write_settings(&room, "[turn]\nlength = 7m\n[display]\nadvice = green-only\n");
    expect_after(vt, "R", "session.ini is read again");
    expect_text(vt, "turn 1 of 9"); /* the topic is gone from the file, and 7 minutes are longer */
    expect_after(vt, "R", "Nothing has changed in session.ini.");
    expect_after(vt, "lr", "audience: questions only");
    room_quit(vt);
    assert_true(room_replay(&room, &session));
    assert_int_equal(room_count(&session, EVENT_SETTINGS_CHANGED), 1);
    assert_int_equal(room_count(&session, EVENT_STOP_MOVED), 0);
    assert_int_equal(session.settings.length_ms, 7 * 60000);
    assert_string_equal(session.settings.topic, "");
    session_free(&session);
    room_close(&room);
}

/* What was changed from the keyboard, and not in the file, stays. */
static void
settings_read_again_leave_the_rest_alone(void **state)
{
    (void)state;
    struct session session;
    struct room room;
    room_open(&room, "[turn]\nlength = 20m\n");
    struct vt *vt = room_run(&room, "", "3 turns of 20:00");
    expect_after(vt, "f", "5 turns of 12:30");
    write_settings(&room, "[turn]\nlength = 20m\nhandover = 5s\n");
    expect_after(vt, "R", "session.ini is read again");
    expect_after(vt, "R", "Nothing has changed in session.ini.");
    room_quit(vt);
    assert_true(room_replay(&room, &session));
    assert_int_equal(session.settings.length_ms, 12 * 60000 + 30000);
    assert_int_equal(session.settings.handover_ms, 5000);
    session_free(&session);
    room_close(&room);
}

static void
a_new_end_moves_the_stop(void **state)
{
    (void)state;
    struct session session;
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_run(&room, "", "Enter starts the session");
    expect_after(vt, "\r", "turn 1 of 12");
    write_settings(&room, "[session]\nduration = 45m\n");
    expect_after(vt, "R", "turn 1 of 6");
    room_quit(vt);
    assert_true(room_replay(&room, &session));
    assert_int_equal(room_count(&session, EVENT_STOP_MOVED), 1);
    assert_true(session.stop_ms == session.started.wall_ms + 45 * 60000);
    session_free(&session);
    room_close(&room);
}

static void
what_was_undone_is_read_again(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_run(&room, "", "Enter starts the session");
    expect_after(vt, "\r", "turn 1 of 12");
    write_settings(&room, "[turn]\nlength = 7m\n");
    expect_after(vt, "R", "turn 1 of 9");
    expect_after(vt, "u", "turn 1 of 12");
    expect_after(vt, "R", "turn 1 of 9");
    room_quit(vt);
    room_close(&room);
}

static void
a_mistake_is_told_and_changes_nothing(void **state)
{
    (void)state;
    struct session session;
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_run(&room, "", "Enter starts the session");
    expect_after(vt, "\r", "turn 1 of 12");
    write_settings(&room, "[turn]\nlength = 7m\nlenght = 8m\n");
    expect_after(vt, "R", "session.ini:7: ");
    room_quit(vt);
    assert_true(room_replay(&room, &session));
    assert_int_equal(room_count(&session, EVENT_SETTINGS_CHANGED), 0);
    assert_int_equal(session.settings.length_ms, 5 * 60000);
    session_free(&session);
    room_close(&room);
}

/* In one row there is no place for it, so it has the clock's for a moment. */
static void
in_one_row_a_refusal_comes_and_goes(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_start(&room, 1, 80, "");
    expect_text(vt, "Enter starts");
    vt_send(vt, "d");
    expect_text(vt, "The session has not started.");
    expect_text(vt, "Enter starts");
    room_quit(vt);
    room_close(&room);
}

static bool
has_its_keys(struct vt *vt, const void *user)
{
    (void)user;
    return vt_has(vt, "Enter start ") && !vt_has(vt, "The session has not started.");
}

/* Where it has the row of the keys, they come back by themselves. */
static void
a_refusal_that_is_old_makes_room_for_the_keys(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_start(&room, 12, 80, "");
    expect_text(vt, "Enter start ");
    expect_after(vt, "d", "The session has not started.");
    assert_false(vt_has(vt, "Enter start "));
    assert_true(vt_wait(vt, has_its_keys, NULL));
    room_quit(vt);
    room_close(&room);
}

/* F21: more than ASCII is typed where the locale has nothing else: it is told why none is seen. */
static void
letters_the_locale_does_not_have_are_explained_once(void **state)
{
    static const char why[] = "Only ASCII can be typed in this locale";
    (void)state;
    struct room room;
    room_open(&room, NULL);
    home_add(&room.home, "LC_ALL=C");
    struct vt *vt = room_run(&room, "", "Enter starts the session");
    vt_send(vt, "aZo\xc3\xab");
    expect_text(vt, why);
    expect_after(vt, "\025Zoe \xc3\xab!", "Who has come? Zoe !");
    assert_false(vt_has(vt, why));
    expect_after(vt, "\033", "Enter start ");
    room_quit(vt);
    room_close(&room);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_title_carries_driver_and_time),
        cmocka_unit_test(what_another_window_does_is_told),
        cmocka_unit_test(the_title_before_comes_back),
        cmocka_unit_test(no_title_where_the_terminal_has_none),
        cmocka_unit_test(settings_read_again_take_effect),
        cmocka_unit_test(settings_read_again_leave_the_rest_alone),
        cmocka_unit_test(a_new_end_moves_the_stop),
        cmocka_unit_test(what_was_undone_is_read_again),
        cmocka_unit_test(a_mistake_is_told_and_changes_nothing),
        cmocka_unit_test(in_one_row_a_refusal_comes_and_goes),
        cmocka_unit_test(a_refusal_that_is_old_makes_room_for_the_keys),
        cmocka_unit_test(letters_the_locale_does_not_have_are_explained_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
