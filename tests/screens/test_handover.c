/* Between two turns, and the offer of the extra turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "canvas.h"
#include "scene.h"

enum { MINUTE = 60000, SECOND = 1000 };

static void
expect(struct scene *scene, int columns, int rows, const char *text, attr_t attributes)
{
    WINDOW *window = scene_draw(scene, &handover_screen, columns, rows);
    canvas_expect(window, text, attributes);
    delwin(window);
}

static void
expect_no(struct scene *scene, int columns, int rows, const char *text)
{
    WINDOW *window = scene_draw(scene, &handover_screen, columns, rows);
    canvas_expect_no(window, text);
    delwin(window);
}

/* Ada Lovelace's turn is over, Grace Hopper is next in 0:07. */
static void
open_handover(struct scene *scene, int people, const char *const *settings)
{
    scene_open(scene, people, settings);
    scene_do(scene, COMMAND_START);
    scene_wait(scene, 5 * MINUTE + 3 * SECOND);
    assert_int_equal(scene->session.phase, PHASE_HANDOVER);
}

static void
a_handover_looks_as_it_should(void **state)
{
    (void)state;
    struct scene scene;
    open_handover(&scene, 9, NULL);
    scene_golden(&scene, &handover_screen, "handover");
    scene_close(&scene);
}

static void
the_banner_goes_from_edge_to_edge(void **state)
{
    (void)state;
    struct scene scene;
    open_handover(&scene, 9, NULL);
    expect(&scene, 80, 24, "HAND OVER THE KEYBOARD TO", A_REVERSE | A_BOLD);
    expect(&scene, 80, 24, "from Ada Lovelace", 0);
    expect(&scene, 24, 12, "HAND OVER TO", A_REVERSE | A_BOLD);
    expect(&scene, 30, 1, "HAND OVER 0:07", A_REVERSE);
    WINDOW *window = scene_draw(&scene, &handover_screen, 80, 24);
    for (int row = 1; row < 4; row++) {
        for (int column = 0; column < 80; column++)
            assert_true(mvwinch(window, row, column) & A_REVERSE);
    }
    assert_false(mvwinch(window, 4, 0) & A_REVERSE);
    delwin(window);
    scene_close(&scene);
}

static void
it_counts_down_and_when_held_up(void **state)
{
    (void)state;
    struct scene scene;
    open_handover(&scene, 9, NULL);
    expect(&scene, 40, 3, "Turn 2 starts by itself in 0:07", 0);
    scene_do(&scene, COMMAND_HOLD);
    scene_wait(&scene, 30 * SECOND);
    expect(&scene, 80, 24, "Held: Space starts turn 2 · waiting +0:33", A_BOLD);
    expect(&scene, 40, 3, "Held: Space starts turn 2 · +0:33", 0);
    expect_no(&scene, 80, 24, "h hold");
    scene_close(&scene);
}

static void
without_autostart_it_waits_and_counts_up(void **state)
{
    (void)state;
    static const char *const settings[] = {"turn.autostart=no", NULL};
    struct scene scene;
    open_handover(&scene, 9, settings);
    scene_wait(&scene, 20 * SECOND);
    expect(&scene, 80, 24, "Space starts turn 2 · waiting +0:23", 0);
    scene_close(&scene);
}

static void
a_sleeping_machine_is_asked_about(void **state)
{
    (void)state;
    struct scene scene;
    scene_open(&scene, 9, NULL);
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, 2 * MINUTE);
    scene_sleep(&scene, 15 * MINUTE);
    assert_true(scene.session.gap.open);
    expect(&scene, 80, 24, "Turn 1 ended at 12:50 while this machine slept", A_REVERSE);
    expect(&scene, 80, 24, "Enter starts turn 2 · b it was a pause, go on with the old turn",
           A_BOLD);
    expect(&scene, 80, 24, "b was a pause", 0);
    expect(&scene, 40, 3, "Enter starts turn 2 · b it was a pause", 0);
    expect_no(&scene, 80, 24, "by itself");
    scene_golden(&scene, &handover_screen, "gap");
    scene_do(&scene, scene_press(&scene, &handover_screen, 'b').kind);
    assert_int_equal(scene.session.phase, PHASE_TURN);
    scene_close(&scene);
}

/* R13, once: at the last planned turn. */
static void
who_has_not_driven_is_named_at_the_last_turn(void **state)
{
    (void)state;
    struct scene scene;
    open_handover(&scene, 15, NULL);
    expect_no(&scene, 80, 24, "not yet");
    scene_wait(&scene, 9 * (5 * MINUTE + 10 * SECOND));
    expect_no(&scene, 80, 24, "not yet");
    scene_wait(&scene, 5 * MINUTE + 10 * SECOND);
    expect(&scene, 80, 24, "turn 12 of 12", 0);
    expect(&scene, 80, 24, "not yet: Mary Keller, Niklaus Wirth, Ida Rhodes", A_BOLD);
    expect(&scene, 60, 15, "not yet: Mary Keller, Niklaus Wirth, Ida Rhodes", 0);
    scene_wait(&scene, 5 * MINUTE + 10 * SECOND);
    assert_int_equal(scene.session.phase, PHASE_OFFER);
    expect(&scene, 80, 24, "not yet: Niklaus Wirth, Ida Rhodes", A_BOLD);
    scene_draw_all(&scene, &handover_screen);
    scene_close(&scene);
}

static void
nobody_is_named_when_all_have_driven(void **state)
{
    (void)state;
    struct scene scene;
    open_handover(&scene, 9, NULL);
    scene_wait(&scene, 10 * (5 * MINUTE + 10 * SECOND));
    expect(&scene, 80, 24, "turn 12 of 12", 0);
    expect_no(&scene, 80, 24, "not yet");
    scene_close(&scene);
}

static void
the_extra_turn_is_offered(void **state)
{
    (void)state;
    struct scene scene;
    open_handover(&scene, 9, NULL);
    scene_wait(&scene, 11 * (5 * MINUTE + 10 * SECOND));
    assert_int_equal(scene.session.phase, PHASE_OFFER);
    expect(&scene, 80, 24, "ONE EXTRA TURN?", A_REVERSE);
    expect(&scene, 80, 24, "Enter starts it · d debrief now · debrief by itself in ", 0);
    expect(&scene, 40, 12, "Enter yes · d debrief · ", 0);
    expect(&scene, 60, 1, "EXTRA TURN?", A_REVERSE);
    scene_golden(&scene, &handover_screen, "offer");
    scene_close(&scene);
}

static void
any_number_of_people_fits_any_window(void **state)
{
    (void)state;
    static const int counts[] = {1, 9, 30, 200};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct scene scene;
        open_handover(&scene, counts[i], NULL);
        scene_draw_all(&scene, &handover_screen);
        scene_wait(&scene, 10 * (5 * MINUTE + 10 * SECOND));
        scene_draw_all(&scene, &handover_screen);
        scene_close(&scene);
    }
}

static void
keys_ask_for_commands(void **state)
{
    (void)state;
    static const struct {
        wint_t code;
        enum command_kind kind;
    } keys[] = {
        {' ', COMMAND_NEXT},        {'n', COMMAND_NEXT},   {'\r', COMMAND_NEXT},
        {'h', COMMAND_HOLD},        {'+', COMMAND_EXTEND}, {'s', COMMAND_PASS},
        {'b', COMMAND_FORGIVE_GAP}, {'c', COMMAND_NONE},   {'x', COMMAND_NONE},
    };
    struct scene scene;
    open_handover(&scene, 9, NULL);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_int_equal(scene_press(&scene, &handover_screen, keys[i].code).kind, keys[i].kind);
    assert_int_equal(scene.ui.overlay, OVERLAY_PEOPLE);
    scene_close(&scene);
}

/* What a record that somebody edited may lead to. */
static void
a_handover_that_no_turn_came_before(void **state)
{
    (void)state;
    struct scene scene;
    open_handover(&scene, 9, NULL);
    scene.session.turns_count = 0;
    expect(&scene, 80, 24, "COME TO THE KEYBOARD", A_REVERSE | A_BOLD);
    expect_no(&scene, 80, 24, "from ");
    expect_no(&scene, 40, 3, "(from");
    expect(&scene, 80, 24, "turn 1 of ", 0);
    scene_draw_all(&scene, &handover_screen);
    scene.session.gap = (struct gap){.open = true, .ms = MINUTE};
    expect(&scene, 80, 24, "COME TO THE KEYBOARD", A_REVERSE | A_BOLD);
    scene_draw_all(&scene, &handover_screen);
    scene.session.turns_count = 1;
    scene_close(&scene);
}

/* "Not now", twice, in the row where the names are. */
static void
who_passed_twice_may_watch(void **state)
{
    (void)state;
    struct scene scene;
    open_handover(&scene, 3, NULL);
    scene_do(&scene, COMMAND_PASS);
    expect_no(&scene, 80, 24, "watch");
    struct command back = {.kind = COMMAND_CHOOSE_NEXT, .by = BY_KEY, .person = 2};
    scene_command(&scene, &back);
    scene_do(&scene, COMMAND_PASS);
    expect(&scene, 80, 24, "Grace Hopper may also just watch", A_BOLD);
    struct command observe = {.kind = COMMAND_OBSERVE, .by = BY_KEY, .person = 2};
    scene_command(&scene, &observe);
    expect_no(&scene, 80, 24, "may also just watch");
    scene_close(&scene);
}

static void
keys_of_other_kinds_do_nothing(void **state)
{
    (void)state;
    struct scene scene;
    struct command command = {0};
    open_handover(&scene, 9, NULL);
    struct key keys[] = {{.function = true, .code = KEY_UP}, {.alt = true, .code = 'n'}};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(handover_screen.key(&scene.view, &scene.ui, keys[i], &command),
                         REPLY_IGNORED);
    assert_int_equal(command.kind, COMMAND_NONE);
    scene_close(&scene);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_handover_looks_as_it_should),
        cmocka_unit_test(the_banner_goes_from_edge_to_edge),
        cmocka_unit_test(it_counts_down_and_when_held_up),
        cmocka_unit_test(without_autostart_it_waits_and_counts_up),
        cmocka_unit_test(a_sleeping_machine_is_asked_about),
        cmocka_unit_test(who_has_not_driven_is_named_at_the_last_turn),
        cmocka_unit_test(nobody_is_named_when_all_have_driven),
        cmocka_unit_test(the_extra_turn_is_offered),
        cmocka_unit_test(any_number_of_people_fits_any_window),
        cmocka_unit_test(keys_ask_for_commands),
        cmocka_unit_test(a_handover_that_no_turn_came_before),
        cmocka_unit_test(who_passed_twice_may_watch),
        cmocka_unit_test(keys_of_other_kinds_do_nothing),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
