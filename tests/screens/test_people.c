/* The list of people over a screen. */
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

static void
open_turn(int people)
{
    play_open(&scene, people, NULL);
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, 60000);
}

static int
open_usual(void **state)
{
    (void)state;
    open_turn(9);
    return 0;
}

static int
close_usual(void **state)
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
the_ladder(void **state)
{
    (void)state;
    play(&scene, "v<Down><Down> <Down>O");
    play_golden(&scene, "people");
}

static void
space_marks_who_leaves_and_comes_back(void **state)
{
    (void)state;
    play(&scene, "v<Down><Down> ");
    assert_false(person(2)->present);
    play_expect(&scene, "▸ [ ] Alan Turing · away", 0);
    play_expect(&scene, "Who is here: 8 of 9", A_BOLD);
    play(&scene, "v");
    assert_true(person(2)->present);
    play(&scene, " u");
    assert_true(person(2)->present);
    play(&scene, "<Esc>");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
}

static void
enter_chooses_who_is_next(void **state)
{
    (void)state;
    play_expect(&scene, "next: Grace Hopper", 0);
    play(&scene, "v<End><Enter>");
    assert_int_equal(session_next_driver(&scene.session), 9);
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    play(&scene, "v<Enter>"); /* who has the keyboard cannot be next */
    play_expect(&scene, "Ada Lovelace has the keyboard now.", 0);
}

static void
another_use_corrects_who_has_the_keyboard(void **state)
{
    (void)state;
    play(&scene, "v");
    scene.ui.people_use = PEOPLE_DRIVER;
    play_expect(&scene, "Who has the keyboard?", A_BOLD);
    play(&scene, "<Down><Down><Enter>");
    assert_int_equal(scene.session.turn.driver, 3);
}

static void
names_and_order_are_mended_on_the_spot(void **state)
{
    (void)state;
    play(&scene, "v<Down>r<^U>Kathleen Booth<Enter>");
    play_expect(&scene, "There is a Kathleen Booth already.", 0);
    play(&scene, "<Esc>");
    play(&scene, "v<Down>r jr.<Enter>");
    assert_string_equal(person(1)->name, "Grace Hopper jr.");
    play(&scene, "v<Down>J");
    assert_string_equal(person(2)->name, "Grace Hopper jr.");
    play(&scene, "K");
    assert_string_equal(person(1)->name, "Grace Hopper jr.");
    play(&scene, "<Home>K<End>J");
    assert_string_equal(person(0)->name, "Ada Lovelace");
    play(&scene, "aPeter Naur<Enter>");
    assert_string_equal(person(9)->name, "Peter Naur");
}

static void
says_who_drives_and_who_has_not_yet(void **state)
{
    (void)state;
    play(&scene, "v");
    play_expect(&scene, "[x] Ada Lovelace · has the keyboard", 0);
    play_expect(&scene, "[x] Grace Hopper · next", 0);
    play_expect(&scene, "[x] Alan Turing · has not driven yet", 0);
    play_expect(&scene, "4:00 Ada Lovelace", 0);
}

static void
bears_every_size(void **state)
{
    (void)state;
    static const int crowds[] = {1, 30, 200};
    for (size_t i = 0; i < sizeof crowds / sizeof *crowds; i++) {
        open_turn(crowds[i]);
        play(&scene, "v<End><Up>");
        play_draw_all(&scene);
        play_close(&scene);
    }
}

int
main(void)
{
#define USUAL(test) cmocka_unit_test_setup_teardown(test, open_usual, close_usual)
    const struct CMUnitTest tests[] = {
        USUAL(the_ladder),
        USUAL(space_marks_who_leaves_and_comes_back),
        USUAL(enter_chooses_who_is_next),
        USUAL(another_use_corrects_who_has_the_keyboard),
        USUAL(names_and_order_are_mended_on_the_spot),
        USUAL(says_who_drives_and_who_has_not_yet),
        cmocka_unit_test(bears_every_size),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
