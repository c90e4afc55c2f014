/* The help page: all keys of the moment, none that would be refused. */
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
#include "screens/frame.h"

static struct scene scene;

static int
open_turn(void **state)
{
    (void)state;
    play_open(&scene, 9, NULL);
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, 60000);
    return 0;
}

static int
close_turn(void **state)
{
    (void)state;
    play_close(&scene);
    return 0;
}

static void
the_ladder(void **state)
{
    (void)state;
    play_open(&scene, 9, NULL);
    play(&scene, "?");
    play_golden(&scene, "help");
    play_close(&scene);
}

static void
shows_time_and_driver_above(void **state)
{
    (void)state;
    play(&scene, "?");
    play_expect(&scene, "4:00 Ada Lovelace → Grace Hopper", 0);
    play_expect(&scene, "Now: turn", A_BOLD);
}

/* What a key does here, and not what it does on other screens. */
static void
no_key_is_told_twice(void **state)
{
    (void)state;
    play_open(&scene, 9, NULL);
    play(&scene, "?");
    WINDOW *window = play_draw(&scene, 80, 90);
    canvas_expect(window, "Adds people, one name a line.", 0);
    canvas_expect_no(window, "Adds somebody who has come.");
    canvas_expect(window, "The same as Space.", 0);
    canvas_expect_no(window, "Shows who is here");
    delwin(window);
    play_close(&scene);
}

static void
what_is_wrong_with_the_desktop_stands_there(void **state)
{
    (void)state;
    scene.view.desktop = "no desktop notifications";
    play(&scene, "?");
    WINDOW *window = play_draw(&scene, 80, 90);
    canvas_expect(window, "no desktop notifications", 0);
    delwin(window);
    scene.view.desktop = NULL;
}

static bool
stands_in_help(const char *key, const char *help)
{
    char row[256];
    WINDOW *window = play_draw(&scene, 200, 100);
    snprintf(row, sizeof row, " %-11s %s", key, help);
    bool found = canvas_find(window, row, NULL, NULL);
    delwin(window);
    return found;
}

/* Every row of every table stands there exactly when its key works. */
static void
expect_table(const struct key_help *keys)
{
    for (; keys->key != NULL; keys++) {
        bool works = frame_key_works(&scene.view, keys);
        if (stands_in_help(keys->key, keys->help) != works)
            fail_msg("%s: %s", keys->key, keys->help);
    }
}

static void
shows_the_keys_that_work(void **state)
{
    (void)state;
    play(&scene, "?");
    expect_table(common_keys);
    expect_table(turn_screen.keys);
    scene_do(&scene, COMMAND_DEBRIEF);
    scene_do(&scene, COMMAND_ROLES);
    expect_table(common_keys);
    expect_table(roles_screen.keys);
}

static void
scrolls_to_its_end_and_no_further(void **state)
{
    (void)state;
    play(&scene, "?");
    play_expect_no(&scene, "Nothing needs to be saved");
    play(&scene, "<PgDn><PgDn><PgDn><PgDn><PgDn>");
    play_expect(&scene, "Nothing needs to be saved", 0);
    play_expect_no(&scene, "Down: more");
    int end = scene.ui.scroll;
    play(&scene, "<Down>");
    assert_int_equal(scene.ui.scroll, end);
    play(&scene, "<Up><Down><PgUp><PgUp><PgUp><PgUp><PgUp><Up>");
    assert_int_equal(scene.ui.scroll, 0);
}

static void
closes_and_leaves_everything_as_it_was(void **state)
{
    (void)state;
    static const char *const ways[] = {"?", "<Esc>", "q", "<Enter>", "<F1>", "<^C>"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        scene.ui.cursor = 5;
        play(&scene, "?<Down>");
        assert_int_equal(scene.ui.overlay, OVERLAY_HELP);
        play(&scene, ways[i]);
        assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
        assert_int_equal(scene.ui.cursor, 5);
        assert_int_equal(scene.session.phase, PHASE_TURN);
    }
}

static void
no_key_of_the_screen_below_works(void **state)
{
    (void)state;
    play(&scene, "?");
    assert_int_equal(play(&scene, "n"), REPLY_IGNORED);
    assert_int_equal(play(&scene, "d"), REPLY_IGNORED);
    assert_int_equal(scene.ui.overlay, OVERLAY_HELP);
}

static void
bears_every_size(void **state)
{
    (void)state;
    play(&scene, "?");
    play_draw_all(&scene);
    scene_do(&scene, COMMAND_DEBRIEF);
    play_draw_all(&scene);
}

int
main(void)
{
#define TURN(test) cmocka_unit_test_setup_teardown(test, open_turn, close_turn)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ladder),
        cmocka_unit_test(no_key_is_told_twice),
        TURN(shows_time_and_driver_above),
        TURN(what_is_wrong_with_the_desktop_stands_there),
        TURN(shows_the_keys_that_work),
        TURN(scrolls_to_its_end_and_no_further),
        TURN(closes_and_leaves_everything_as_it_was),
        TURN(no_key_of_the_screen_below_works),
        TURN(bears_every_size),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
