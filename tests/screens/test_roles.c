/* Roles for the next session: volunteers only, "nobody yet" is an answer (R21). */
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

static struct scene scene, last;

static void
open_roles(int people)
{
    play_open(&scene, people, NULL);
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, 66 * 60000);
    if (scene.session.phase != PHASE_DEBRIEF)
        scene_do(&scene, COMMAND_DEBRIEF);
    scene_do(&scene, COMMAND_ROLES);
}

static int
open_usual(void **state)
{
    (void)state;
    open_roles(9);
    play_last(&last);
    scene.view.last = &last.session;
    return 0;
}

static int
close_usual(void **state)
{
    (void)state;
    play_close(&scene);
    scene_close(&last);
    return 0;
}

static const struct role *
role(int index)
{
    return &scene.session.roles[index];
}

static void
the_ladder(void **state)
{
    (void)state;
    play_golden(&scene, "roles");
    play(&scene, "<Down><Enter><Down><Enter>");
    play_golden(&scene, "roles-warning");
    play(&scene, "<Esc>x");
    play_golden(&scene, "roles-date");
    play(&scene, "<Enter>");
    play_golden(&scene, "roles-done");
}

static void
who_held_no_role_stands_first(void **state)
{
    (void)state;
    WINDOW *window = play_draw(&scene, 80, 24);
    int grace, ada;
    assert_true(canvas_find(window, "▸ Grace Hopper", &grace, NULL));
    assert_true(canvas_find(window, "Ada Lovelace · Master of Ceremony today", &ada, NULL));
    assert_true(grace < ada);
    delwin(window);
}

/* Of those who hold no role today: never first, then longest ago, with what each has held. */
static void
volunteers_stand_in_the_order_of_who_held_it_longest_ago(void **state)
{
    (void)state;
    struct memory memory;
    struct closing_role ceremony = {(char *)(uintptr_t) "Master of Ceremony", NULL};
    struct closing closing = {.roles = &ceremony, .roles_count = 1};
    struct past past = {.record = "r", .topic = "", .closing = &closing};
    static const char *const holders[] = {"Kathleen Booth", "Grace Hopper", ""};
    memory_init(&memory);
    for (int i = 0; i < 3; i++) {
        ceremony.holder = (char *)(uintptr_t)holders[i];
        past.opened.wall_ms = INT64_C(1767700000000) + i * INT64_C(604800000);
        memory_add(&memory, &past);
    }
    scene.view.memory = &memory;
    WINDOW *window = play_draw(&scene, 80, 24);
    int alan, dijkstra, kathleen, grace, ada;
    assert_true(canvas_find(window, "▸ Alan Turing", &alan, NULL));
    assert_true(canvas_find(window, "Edsger Dijkstra", &dijkstra, NULL));
    assert_true(
        canvas_find(window, "Kathleen Booth · Master of Ceremony 2026-01-13", &kathleen, NULL));
    assert_true(canvas_find(window, "Grace Hopper · Master of Ceremony 2026-01-20", &grace, NULL));
    assert_true(canvas_find(window, "Ada Lovelace · Master of Ceremony today", &ada, NULL));
    assert_true(alan < dijkstra && dijkstra < kathleen && kathleen < grace && grace < ada);
    delwin(window);
    play(&scene, "<Enter>");
    assert_string_equal(role(0)->holder, "Alan Turing");
    play_draw_all(&scene);
    scene.view.memory = NULL;
    memory_free(&memory);
}

static void
the_date_may_be_another_or_none(void **state)
{
    (void)state;
    play(&scene, "xx<Down><Enter>");
    assert_int_equal(scene.ui.overlay, OVERLAY_PROMPT);
    assert_string_equal(scene.ui.text, "2026-12-22");
    play(&scene, "<^U>soon<Enter>");
    play_expect(&scene, "A date is written like 2026-12-24.", A_REVERSE);
    play(&scene, "<^U>2027-02-30<Enter>");
    play_expect(&scene, "There is no such day as 2027-02-30.", A_REVERSE);
    play(&scene, "<^U>2026-11-24<Enter>");
    play_expect(&scene, "The next date is after today.", A_REVERSE);
    play(&scene, "<^U>2027-01-05<Enter>");
    assert_string_equal(scene.session.next_date, "2027-01-05");
    play_expect(&scene, "Next dojo           Tuesday 2027-01-05", 0);
    play(&scene, "<PgUp>x");
    assert_string_equal(scene.session.next_date, "");
    play_expect(&scene, " not settled yet ", A_REVERSE);
    play_expect(&scene, "Enter closes the session", A_REVERSE);
    play(&scene, "u");
    assert_string_equal(scene.session.next_date, "2027-01-05");
    play(&scene, "<PgUp>w<Esc>");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    assert_string_equal(scene.session.next_date, "2027-01-05");
}

static void
without_a_cadence_nobody_asks_for_a_date(void **state)
{
    static const char *const lines[] = {"cadence.every=off", NULL};
    (void)state;
    play_open(&scene, 3, lines);
    scene_do(&scene, COMMAND_START);
    scene_do(&scene, COMMAND_DEBRIEF);
    scene_do(&scene, COMMAND_ROLES);
    play(&scene, "xx");
    play_expect(&scene, "Enter closes the session", A_REVERSE);
    play_expect_no(&scene, "Next dojo");
    play(&scene, "<PgUp>");
    play_expect(&scene, "Who is Master of Dojo next time?", A_BOLD);
    play(&scene, "<PgDn><Enter>");
    assert_int_equal(scene.session.phase, PHASE_CLOSED);
    play_close(&scene);
}

static void
one_role_after_another_then_enter_closes(void **state)
{
    (void)state;
    play_expect(&scene, "Who is Master of Ceremony next time?", A_BOLD);
    play(&scene, "<Enter>");
    assert_string_equal(role(0)->holder, "Grace Hopper");
    play_expect(&scene, "Who is Master of Dojo next time?", A_BOLD);
    play(&scene, "<Down><Enter>");
    assert_string_equal(role(1)->holder, "Alan Turing");
    play_expect(&scene, "When is the next dojo?", A_BOLD);
    play_expect(&scene, "▸ Tuesday 2026-12-22", 0);
    play(&scene, "<Enter>");
    assert_string_equal(scene.session.next_date, "2026-12-22");
    play_expect(&scene, "Next dojo           Tuesday 2026-12-22", 0);
    play_expect(&scene, "Enter closes the session", A_REVERSE);
    play(&scene, "<Enter>");
    assert_int_equal(scene.session.phase, PHASE_CLOSED);
    play_expect(&scene, "next dojo: Tuesday 2026-12-22", A_BOLD);
}

static void
nobody_yet_is_an_answer(void **state)
{
    (void)state;
    play(&scene, "<End><Enter>");
    assert_true(role(0)->vacant);
    play_expect(&scene, " nobody yet ", A_REVERSE);
    play(&scene, "x");
    assert_true(role(1)->vacant);
    play(&scene, "u");
    assert_false(role(1)->vacant);
    play_expect(&scene, "Who is Master of Dojo next time?", A_BOLD);
}

static void
both_by_one_and_again_warn_once(void **state)
{
    (void)state;
    play_remember(&scene, &last);
    play(&scene, "<Down><Enter>"); /* Alan Turing */
    play(&scene, "<Down><Enter>");
    play_expect(&scene, "Alan Turing is Master of Ceremony already", A_REVERSE);
    assert_null(role(1)->holder);
    play(&scene, "n");
    assert_null(role(1)->holder);
    play(&scene, "<Enter><Enter>");
    assert_string_equal(role(1)->holder, "Alan Turing");
    play(&scene, "<PgUp><PgUp>");
    play_expect(&scene, "Who is Master of Ceremony next time?", A_BOLD);
    play(&scene, "<End><Up><Up><Enter>"); /* Ada Lovelace, as today */
    play_expect(&scene, "Ada Lovelace was Master of Ceremony this time", A_REVERSE);
    play(&scene, "y");
    assert_string_equal(role(0)->holder, "Ada Lovelace");
    play_expect(&scene, "When is the next dojo?", A_BOLD);
}

static void
another_name_is_typed(void **state)
{
    (void)state;
    play(&scene, "wKonrad Zuse jr.<Enter>");
    assert_string_equal(role(0)->holder, "Konrad Zuse jr.");
    play(&scene, "<End><Up><Enter>");
    assert_int_equal(scene.ui.overlay, OVERLAY_PROMPT);
    play(&scene, "<Esc>");
    assert_null(role(1)->holder);
    play(&scene, "wkonrad zuse JR.<Enter>");
    play_expect(&scene, "is Master of Ceremony already", A_REVERSE);
    play(&scene, "<Enter>");
    assert_string_equal(role(1)->holder, "konrad zuse JR.");
}

/* The question is open while somebody undoes from another terminal: the session is rebuilt. */
static void
a_question_outlives_an_undo(void **state)
{
    (void)state;
    play(&scene, "<Enter><Enter>");
    assert_int_equal(scene.ui.overlay, OVERLAY_CONFIRM);
    scene_do(&scene, COMMAND_UNDO);
    play(&scene, "y");
    assert_string_equal(role(1)->holder, "Grace Hopper");
}

static void
alone_there_is_no_warning(void **state)
{
    (void)state;
    open_roles(1);
    play(&scene, "<Enter><Enter>");
    assert_string_equal(role(1)->holder, "Ada Lovelace");
    play_close(&scene);
}

static void
bears_every_size(void **state)
{
    (void)state;
    static const int crowds[] = {0, 1, 30, 200};
    for (size_t i = 0; i < sizeof crowds / sizeof *crowds; i++) {
        play_open(&scene, 1, NULL);
        scene_do(&scene, COMMAND_START);
        scene_do(&scene, COMMAND_DEBRIEF);
        scene_do(&scene, COMMAND_ROLES);
        if (crowds[i] == 0)
            scene_command(&scene,
                          &(struct command){.kind = COMMAND_AWAY, .by = BY_KEY, .person = 1});
        play_draw_all(&scene);
        play(&scene, "<Down><Down><Down><Up>");
        play_close(&scene);
        if (crowds[i] > 1) {
            open_roles(crowds[i]);
            play(&scene, "<PgDn><End>");
            play_draw_all(&scene);
            play(&scene, "<PgUp>xx");
            play_draw_all(&scene);
            play_close(&scene);
        }
    }
}

int
main(void)
{
#define USUAL(test) cmocka_unit_test_setup_teardown(test, open_usual, close_usual)
    const struct CMUnitTest tests[] = {
        USUAL(the_ladder),
        USUAL(who_held_no_role_stands_first),
        USUAL(one_role_after_another_then_enter_closes),
        USUAL(volunteers_stand_in_the_order_of_who_held_it_longest_ago),
        USUAL(the_date_may_be_another_or_none),
        cmocka_unit_test(without_a_cadence_nobody_asks_for_a_date),
        USUAL(nobody_yet_is_an_answer),
        USUAL(both_by_one_and_again_warn_once),
        USUAL(another_name_is_typed),
        USUAL(a_question_outlives_an_undo),
        cmocka_unit_test(alone_there_is_no_warning),
        cmocka_unit_test(bears_every_size),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
