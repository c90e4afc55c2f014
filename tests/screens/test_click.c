/* Clicks: a key in a hint or the footer, a row of a list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "canvas.h"
#include "play.h"

static struct scene scene;

static int
open_board(void **state)
{
    (void)state;
    play_open(&scene, 9, NULL);
    return 0;
}

static int
close_board(void **state)
{
    (void)state;
    play_close(&scene);
    return 0;
}

/* Clicks where a text begins, `columns` behind it, in a window of that size. */
static enum reply
click_behind(const char *text, int columns, int width, int rows)
{
    struct command command;
    struct decision decision;
    struct key key = {.function = true, .code = KEY_MOUSE};
    WINDOW *window = play_draw(&scene, width, rows);
    if (!canvas_find(window, text, &key.row, &key.column))
        fail_msg("\"%s\" is not on the screen", text);
    delwin(window);
    key.column += columns;
    scene.view.rows = rows;
    scene.view.columns = width;
    enum reply reply = screen_key(&scene.view, &scene.ui, key, &command);
    if (reply == REPLY_COMMAND) {
        session_decide(&scene.session, &command, scene.now, &decision);
        decision_free(&decision);
        scene_command(&scene, &command);
    }
    return reply;
}

static enum reply
click(const char *text)
{
    return click_behind(text, 0, 80, 24);
}

static const struct person *
person(int index)
{
    return &scene.session.roster.people[index];
}

static void
a_row_is_chosen_then_taken(void **state)
{
    (void)state;
    assert_int_equal(click("Alan Turing"), REPLY_DRAWN);
    assert_int_equal(scene.ui.cursor, 2);
    assert_true(person(2)->present);
    assert_int_equal(click("Alan Turing"), REPLY_COMMAND);
    assert_false(person(2)->present);
    click("Alan Turing");
    assert_true(person(2)->present);
    assert_int_equal(scene.session.phase, PHASE_WAITING);
}

static void
a_key_of_the_footer_is_that_key(void **state)
{
    (void)state;
    click("away");
    assert_false(person(0)->present);
    click_behind("J K", 0, 80, 24); /* down */
    assert_string_equal(person(0)->name, "Grace Hopper");
    click_behind("J K", 2, 80, 24); /* up */
    assert_string_equal(person(0)->name, "Ada Lovelace");
    click("? help");
    assert_int_equal(scene.ui.overlay, OVERLAY_HELP);
    click("Esc or ?");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    click("Enter starts the session");
    assert_int_equal(scene.session.phase, PHASE_TURN);
    click_behind("Space pause", 0, 40, 12);
    assert_int_equal(scene.session.phase, PHASE_PAUSED);
}

static void
what_lies_over_the_screen_has_the_clicks(void **state)
{
    (void)state;
    play(&scene, "q");
    assert_int_equal(click("Grace Hopper"), REPLY_IGNORED);
    assert_int_equal(scene.ui.overlay, OVERLAY_CONFIRM);
    click("any other key");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    play(&scene, "q");
    assert_int_equal(click("y leave"), REPLY_QUIT);
    play(&scene, "<Esc>");
    scene_do(&scene, COMMAND_START);
    play(&scene, "l");
    click("g ●");
    assert_int_equal(scene.session.light, LIGHT_GREEN);
    play(&scene, "v");
    click("Konrad Zuse");
    assert_int_equal(scene.ui.cursor, 6);
    click("Enter drives next");
    assert_string_equal(session_name(&scene.session, session_next_driver(&scene.session)),
                        "Konrad Zuse");
    play(&scene, "c");
    click("Jean Bartik");
    click("Jean Bartik");
    assert_string_equal(session_name(&scene.session, scene.session.turn.driver), "Jean Bartik");
}

static void
a_role_is_taken_by_the_second_click(void **state)
{
    (void)state;
    scene_do(&scene, COMMAND_START);
    scene_do(&scene, COMMAND_DEBRIEF);
    scene_do(&scene, COMMAND_ROLES);
    click("Kathleen Booth");
    assert_null(scene.session.roles[0].holder);
    click("Kathleen Booth");
    assert_string_equal(scene.session.roles[0].holder, "Kathleen Booth");
    click("nobody yet (x)");
    click("nobody yet (x)");
    assert_true(scene.session.roles[1].vacant);
    click("x none yet");
    assert_true(scene.session.date_answered);
}

static void
where_nothing_is_nothing_happens(void **state)
{
    (void)state;
    assert_int_equal(click("Starts when you are ready"), REPLY_IGNORED);
    assert_int_equal(click_behind("9 here", 0, 60, 1), REPLY_IGNORED);
    scene_do(&scene, COMMAND_START);
    scene_do(&scene, COMMAND_DEBRIEF);
    play(&scene, "half");
    assert_int_equal(click("@name action item"), REPLY_IGNORED);
    assert_string_equal(scene.ui.text, "half");
}

static void
any_place_of_any_window_may_be_clicked(void **state)
{
    static const int sizes[][2] = {{200, 60}, {40, 12}, {40, 3}, {30, 1}, {1, 1}};
    struct command command;
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        scene.view.columns = sizes[i][0];
        scene.view.rows = sizes[i][1];
        for (int row = -1; row <= sizes[i][1]; row += 7)
            for (int column = -1; column <= sizes[i][0]; column += 11) {
                struct key key = {
                    .function = true, .code = KEY_MOUSE, .row = row, .column = column};
                screen_key(&scene.view, &scene.ui, key, &command);
                scene.ui.overlay = OVERLAY_NONE;
            }
    }
}

int
main(void)
{
#define BOARD(test) cmocka_unit_test_setup_teardown(test, open_board, close_board)
    const struct CMUnitTest tests[] = {
        BOARD(a_row_is_chosen_then_taken),
        BOARD(a_key_of_the_footer_is_that_key),
        BOARD(what_lies_over_the_screen_has_the_clicks),
        BOARD(a_role_is_taken_by_the_second_click),
        BOARD(where_nothing_is_nothing_happens),
        BOARD(any_place_of_any_window_may_be_clicked),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
