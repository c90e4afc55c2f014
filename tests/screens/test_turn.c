/* The running turn and the paused one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "canvas.h"
#include "scene.h"

enum { MINUTE = 60000, SECOND = 1000 };

/* Turn 4 of 12, 3:12 left: Kathleen Booth, next Edsger Dijkstra. */
static void
open_turn_four(struct scene *scene, const char *const *settings)
{
    scene_open(scene, 9, settings);
    scene_do(scene, COMMAND_START);
    scene_wait(scene, 15 * MINUTE + 30 * SECOND + 108 * SECOND);
}

static void
expect(struct scene *scene, int columns, int rows, const char *text, attr_t attributes)
{
    WINDOW *window = scene_draw(scene, &turn_screen, columns, rows);
    canvas_expect(window, text, attributes);
    delwin(window);
}

static void
a_turn_looks_as_it_should(void **state)
{
    (void)state;
    struct scene scene;
    open_turn_four(&scene, NULL);
    scene_golden(&scene, &turn_screen, "turn");
    scene_close(&scene);
}

static void
a_pause_looks_as_it_should(void **state)
{
    (void)state;
    struct scene scene;
    open_turn_four(&scene, NULL);
    scene_do(&scene, COMMAND_PAUSE);
    scene_golden(&scene, &turn_screen, "paused");
    scene_close(&scene);
}

/* The driver, the next driver and the time left are on every rung, also when paused. */
static void
every_rung_tells_driver_next_and_time(void **state)
{
    (void)state;
    static const int sizes[][2] = {{59, 30}, {40, 12}, {40, 5}, {40, 3}, {60, 1}, {30, 2}};
    struct scene scene;
    open_turn_four(&scene, NULL);
    for (int paused = 0; paused < 2; paused++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            int columns = sizes[i][0], rows = sizes[i][1];
            bool spaced = rows >= 8;
            expect(&scene, columns, rows, spaced ? "K A T H L E E N   B O O T H" : "Kathleen Booth",
                   A_BOLD);
            expect(&scene, columns, rows, "Edsger Dijkstra", 0);
            if (!spaced)
                expect(&scene, columns, rows, "3:12", A_BOLD);
            if (paused)
                expect(&scene, columns, rows, "PAUSED", rows >= 30 ? 0 : A_REVERSE);
        }
        if (!paused)
            scene_do(&scene, COMMAND_PAUSE);
    }
    scene_close(&scene);
}

static void
a_pause_names_its_end_and_the_time_of_day(void **state)
{
    (void)state;
    struct scene scene;
    open_turn_four(&scene, NULL);
    expect(&scene, 80, 24, "turn 4 of 12 · 13:02", 0);
    scene_do(&scene, COMMAND_PAUSE);
    expect(&scene, 80, 24, "since 13:02 · until 13:05", A_REVERSE);
    expect(&scene, 60, 3, "since 13:02 · until 13:05", 0);
    expect(&scene, 40, 3, "next: Edsger Dijkstra · until 13:05", 0);
    expect(&scene, 80, 24, "turn 4 of 12 · 13:02", 0);
    expect(&scene, 40, 12, "13:02", 0);

    scene_wait(&scene, 61 * SECOND);
    expect(&scene, 80, 24, "turn 4 of 12 · 13:03", 0);

    scene_wait(&scene, 3 * MINUTE);
    expect(&scene, 80, 24, "since 13:02 · was to end at 13:05", A_REVERSE);
    scene_close(&scene);
}

static int
pair_of_the_clock(struct scene *scene)
{
    WINDOW *window = scene_draw(scene, &turn_screen, 80, 24);
    int pair = canvas_pair(window, "█");
    delwin(window);
    return pair;
}

static void
the_last_minute_has_a_colour_of_its_own(void **state)
{
    (void)state;
    struct scene scene;
    open_turn_four(&scene, NULL);
    assert_int_equal(pair_of_the_clock(&scene), 0);
    scene_wait(&scene, 2 * MINUTE + 12 * SECOND);
    assert_int_not_equal(pair_of_the_clock(&scene), 0);
    scene.view.colours = false;
    assert_int_equal(pair_of_the_clock(&scene), 0);
    scene_close(&scene);
}

static void
whole_minutes_until_the_last(void **state)
{
    (void)state;
    static const char *const settings[] = {"display.seconds=last-minute", NULL};
    struct scene scene;
    open_turn_four(&scene, settings);
    expect(&scene, 40, 3, "▶ 4 min", 0);
    WINDOW *window = scene_draw(&scene, &turn_screen, 80, 24);
    canvas_golden(window, "turn-minutes");
    delwin(window);
    scene_wait(&scene, 2 * MINUTE + 13 * SECOND);
    expect(&scene, 40, 3, "▶ 0:59", 0);
    scene_close(&scene);
}

static void
the_last_turn_is_followed_by_the_debrief(void **state)
{
    (void)state;
    struct scene scene;
    scene_open(&scene, 9, NULL);
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, 57 * MINUTE); /* turn 12, which ends at 13:46:50: one more would be extra */
    expect(&scene, 80, 24, "turn 12 of 12", 0);
    expect(&scene, 80, 24, "next: debrief 13:50, or one extra turn: Kathleen Booth", 0);
    expect(&scene, 60, 1, "→ debrief 13:50", 0);
    scene_close(&scene);
}

static void
nobody_here_is_said(void **state)
{
    (void)state;
    struct scene scene;
    scene_open(&scene, 1, NULL);
    scene_do(&scene, COMMAND_START);
    struct command away = {.kind = COMMAND_AWAY, .by = BY_KEY, .person = 1};
    scene_command(&scene, &away);
    assert_int_equal(scene.session.phase, PHASE_PAUSED);
    expect(&scene, 40, 3, "nobody is here", 0);
    expect(&scene, 80, 24, "a adds a person · v brings one back", 0);
    WINDOW *window = scene_draw(&scene, &turn_screen, 80, 24);
    canvas_golden(window, "nobody");
    delwin(window);
    scene_draw_all(&scene, &turn_screen);
    scene_close(&scene);
}

static void
who_is_back_is_said(void **state)
{
    (void)state;
    struct scene scene;
    scene_open(&scene, 2, NULL);
    scene_do(&scene, COMMAND_START);
    for (int person = 1; person <= 2; person++) {
        struct command away = {.kind = COMMAND_AWAY, .by = BY_KEY, .person = person};
        scene_command(&scene, &away);
    }
    struct command back = {.kind = COMMAND_BACK, .by = BY_KEY, .person = 2};
    scene_command(&scene, &back);
    assert_int_equal(scene.session.phase, PHASE_PAUSED);
    expect(&scene, 80, 24, "Grace Hopper is here: Space goes on", A_BOLD);
    expect(&scene, 40, 12, "G R A C E   H O P P E R", 0);
    expect(&scene, 60, 3, "Grace Hopper is here: Space goes on", 0);
    WINDOW *window = scene_draw(&scene, &turn_screen, 80, 24);
    canvas_golden(window, "nobody-back");
    delwin(window);
    scene_draw_all(&scene, &turn_screen);
    scene_command(&scene, &(struct command){.kind = COMMAND_RESUME, .by = BY_KEY});
    assert_int_equal(scene.session.phase, PHASE_TURN);
    assert_int_equal(scene.session.turn.driver, 2);
    expect(&scene, 80, 24, "next: ", 0);
    scene_close(&scene);
}

static void
any_number_of_people_fits_any_window(void **state)
{
    (void)state;
    static const int counts[] = {1, 2, 9, 30, 200};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct scene scene;
        scene_open(&scene, counts[i], NULL);
        scene_do(&scene, COMMAND_START);
        scene_wait(&scene, 7 * MINUTE);
        scene_draw_all(&scene, &turn_screen);
        scene_do(&scene, COMMAND_PAUSE);
        scene_draw_all(&scene, &turn_screen);
        scene_close(&scene);
    }
}

static void
any_name_fits_any_window(void **state)
{
    (void)state;
    char endless[3001] = "";
    memset(endless, 'x', sizeof endless - 1);
    const char *const names[] = {
        "李雷",
        "👩‍💻 Ada",
        "Zo\xcc\x88\xcc\x88\xcc\x88\xcc\x88\xcc\x88\xcc\x88\xcc\x88\xcc\x88 A\xcc\x8a",
        "عائشة بنت طلحة",
        "Augusta Ada King-Noel Countess of Lovelace, Augusta Ada King-Noel Countess of Lovelace, "
        "Augusta Ada King-Noel Countess of Lovelace, Augusta Ada King-Noel Countess of Lovelace",
        "ひらがなひらがなひらがなひらがなひらがなひらがなひらがなひらがなひらがなひらがなひらがな",
        "\x1b[31mred\x1b[0m",
        "\xff\xfe",
        " ",
        endless,
    };
    int count = sizeof names / sizeof *names;
    struct scene scene;
    scene_open_named(&scene, names, count, NULL);
    scene_do(&scene, COMMAND_START);
    for (int i = 0; i < count; i++) {
        scene_draw_all(&scene, &turn_screen);
        scene_do(&scene, COMMAND_NEXT);
        scene_draw_all(&scene, &handover_screen);
        scene_do(&scene, COMMAND_NEXT);
    }
    WINDOW *window = scene_draw(&scene, &turn_screen, 80, 24); /* 李雷 again */
    canvas_expect(window, "李 雷", A_BOLD);
    delwin(window);
    scene_close(&scene);
}

static void
keys_ask_for_commands(void **state)
{
    (void)state;
    static const struct {
        wint_t code;
        enum command_kind kind;
        int64_t ms;
    } keys[] = {
        {' ', COMMAND_PAUSE, 0},        {'n', COMMAND_NEXT, 0},
        {'\r', COMMAND_NEXT, 0},        {'s', COMMAND_PASS, 0},
        {'+', COMMAND_EXTEND, 0},       {'b', COMMAND_FORGIVE_GAP, 0},
        {'[', COMMAND_ADJUST, -MINUTE}, {']', COMMAND_ADJUST, MINUTE},
        {'x', COMMAND_NONE, 0},         {'c', COMMAND_NONE, 0},
    };
    struct scene scene;
    open_turn_four(&scene, NULL);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct command command = scene_press(&scene, &turn_screen, keys[i].code);
        assert_int_equal(command.kind, keys[i].kind);
        assert_int_equal(command.ms, keys[i].ms);
    }
    assert_int_equal(scene.ui.overlay, OVERLAY_PEOPLE);
    assert_int_equal(scene.ui.people_use, PEOPLE_DRIVER);
    scene_do(&scene, COMMAND_PAUSE);
    assert_int_equal(scene_press(&scene, &turn_screen, ' ').kind, COMMAND_RESUME);
    scene_close(&scene);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_turn_looks_as_it_should),
        cmocka_unit_test(a_pause_looks_as_it_should),
        cmocka_unit_test(every_rung_tells_driver_next_and_time),
        cmocka_unit_test(a_pause_names_its_end_and_the_time_of_day),
        cmocka_unit_test(the_last_minute_has_a_colour_of_its_own),
        cmocka_unit_test(whole_minutes_until_the_last),
        cmocka_unit_test(the_last_turn_is_followed_by_the_debrief),
        cmocka_unit_test(nobody_here_is_said),
        cmocka_unit_test(who_is_back_is_said),
        cmocka_unit_test(any_number_of_people_fits_any_window),
        cmocka_unit_test(any_name_fits_any_window),
        cmocka_unit_test(keys_ask_for_commands),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
