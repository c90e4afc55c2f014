/* Type-ahead in lists, and the board in windows that have no room for its list. */
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
open_turn(void **state)
{
    open_board(state);
    scene_do(&scene, COMMAND_START);
    return 0;
}

static int
close_any(void **state)
{
    (void)state;
    play_close(&scene);
    return 0;
}

static const struct person *
person(int index)
{
    return &scene.session.roster.people[index];
}

static void
a_slash_finds_on_the_board(void **state)
{
    (void)state;
    play(&scene, "/ZUSE");
    assert_int_equal(scene.ui.cursor, 6);
    play_expect(&scene, "Find: ZUSE", 0);
    play_expect(&scene, "Esc leaves.", A_DIM);
    play(&scene, "<Enter> ");
    assert_int_equal(scene.session.phase, PHASE_WAITING);
    assert_false(person(6)->present);
    play_expect_no(&scene, "Find:");
    play_expect_no(&scene, "Esc leaves.");
}

static void
letters_are_letters_while_finding(void **state)
{
    (void)state;
    play(&scene, "/Sqau? ");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    assert_string_equal(scene.ui.find, "Sqau? ");
    play_expect(&scene, "nobody", 0);
    assert_int_equal(roster_present(&scene.session.roster), 9);
    play(&scene, "<Esc>");
    assert_false(scene.ui.finding);
}

static void
it_goes_on_from_the_cursor_and_around(void **state)
{
    (void)state;
    play(&scene, "<Down><Down><Down>/an"); /* Alan is above, Jean below */
    assert_int_equal(scene.ui.cursor, 8);
    play(&scene, "<^H><^H>hopper");
    assert_int_equal(scene.ui.cursor, 1);
    play(&scene, "<^H><^H><^H><^H><^H><^H>dij");
    assert_int_equal(scene.ui.cursor, 4);
    play(&scene, "<Down>");
    assert_int_equal(scene.ui.cursor, 5);
}

/* No sooner is `c` pressed than a name may be typed. */
static void
choosing_the_driver_needs_no_slash(void **state)
{
    (void)state;
    play(&scene, "cbooth<Enter>");
    assert_string_equal(session_name(&scene.session, scene.session.turn.driver), "Kathleen Booth");
    play(&scene, "cq");
    assert_int_equal(scene.ui.overlay, OVERLAY_PEOPLE);
    play(&scene, "<Esc><Esc>");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    assert_false(scene.ui.finding);
}

static void
the_list_of_people_has_it_too(void **state)
{
    (void)state;
    play(&scene, "v/bartik<Enter>");
    assert_string_equal(session_name(&scene.session, session_next_driver(&scene.session)),
                        "Jean Bartik");
}

static void
a_role_is_taken_by_name(void **state)
{
    (void)state;
    scene_do(&scene, COMMAND_DEBRIEF);
    scene_do(&scene, COMMAND_ROLES);
    play(&scene, "/turing<Enter>");
    assert_string_equal(scene.session.roles[0].holder, "Alan Turing");
    play(&scene, "x");
    assert_true(scene.session.roles[1].vacant);
}

static void
help_ends_it(void **state)
{
    (void)state;
    play(&scene, "/ad<F1><Esc> ");
    assert_false(scene.ui.finding);
    assert_false(person(0)->present);
}

static void
what_is_typed_shows_in_every_window(void **state)
{
    (void)state;
    play(&scene, "/李雷");
    play_draw_all(&scene);
    play(&scene, "<Esc>/ad");
    play_golden(&scene, "find");
}

/* Nobody is sent away by a key for a row that is not seen. */
static void
a_small_board_shows_the_list_first(void **state)
{
    (void)state;
    static const int sizes[][2] = {{40, 3}, {40, 4}, {60, 1}, {30, 2}, {7, 24}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        scene.view.columns = sizes[i][0];
        scene.view.rows = sizes[i][1];
        play(&scene, " ");
        assert_int_equal(roster_present(&scene.session.roster), 9);
        assert_int_equal(scene.ui.overlay, OVERLAY_PEOPLE);
        play(&scene, "<Esc>");
    }
    scene.view.columns = 40;
    scene.view.rows = 3;
    play(&scene, " ");
    WINDOW *window = play_draw(&scene, 40, 3);
    canvas_expect(window, "[x] Ada Lovelace", 0);
    delwin(window);
    play(&scene, " ");
    assert_false(person(0)->present);
}

static void
a_board_of_five_rows_has_its_list(void **state)
{
    (void)state;
    for (int rows = 5; rows < 24; rows++) {
        scene.view.columns = 40;
        scene.view.rows = rows;
        WINDOW *window = play_draw(&scene, 40, rows);
        canvas_expect(window, "[x] Ada Lovelace", 0);
        delwin(window);
    }
    play(&scene, " ");
    assert_false(person(0)->present);
}

static void
in_two_rows_a_refusal_shows_for_a_moment(void **state)
{
    (void)state;
    static const int sizes[][2] = {{60, 1}, {60, 2}};
    play(&scene, "h"); /* no key here */
    snprintf(scene.ui.notice, sizeof scene.ui.notice, "No turn is running.");
    for (size_t i = 0; i < 2; i++) {
        scene.view.notice_is_new = true;
        WINDOW *window = play_draw(&scene, sizes[i][0], sizes[i][1]);
        canvas_expect(window, "No turn is running.", A_REVERSE);
        delwin(window);
        scene.view.notice_is_new = false;
        window = play_draw(&scene, sizes[i][0], sizes[i][1]);
        canvas_expect_no(window, "No turn is running.");
        canvas_expect(window, "Ada Lovelace", 0);
        delwin(window);
    }
}

#define BOARD(test) cmocka_unit_test_setup_teardown(test, open_board, close_any)
#define TURN(test)  cmocka_unit_test_setup_teardown(test, open_turn, close_any)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        BOARD(a_slash_finds_on_the_board),
        BOARD(letters_are_letters_while_finding),
        BOARD(it_goes_on_from_the_cursor_and_around),
        TURN(choosing_the_driver_needs_no_slash),
        TURN(the_list_of_people_has_it_too),
        TURN(a_role_is_taken_by_name),
        BOARD(help_ends_it),
        BOARD(what_is_typed_shows_in_every_window),
        BOARD(a_small_board_shows_the_list_first),
        BOARD(a_board_of_five_rows_has_its_list),
        TURN(in_two_rows_a_refusal_shows_for_a_moment),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
