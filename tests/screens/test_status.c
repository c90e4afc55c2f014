/* The lights, the step, the co-pilot and the break, wherever they are shown. */
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
#include "screens/status.h"

enum { MINUTE = 60000, SECOND = 1000 };

static struct scene scene;

static void
open_turn(const char *const *lines)
{
    play_open(&scene, 9, lines);
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, MINUTE);
}

static int
open_usual(void **state)
{
    (void)state;
    open_turn(NULL);
    return 0;
}

static int
open_pairs(void **state)
{
    (void)state;
    static const char *const lines[] = {"turn.copilot=yes", "break.every=2", "break.length=6m",
                                        "display.advice=green-only", NULL};
    open_turn(lines);
    return 0;
}

static int
close_any(void **state)
{
    (void)state;
    play_close(&scene);
    return 0;
}

static void
light(enum light light)
{
    scene_command(&scene,
                  &(struct command){.kind = COMMAND_LIGHT, .by = BY_COMMAND, .number = (int)light});
}

static void
step(int number, int total, const char *title)
{
    scene_command(
        &scene,
        &(struct command){
            .kind = COMMAND_STEP, .by = BY_COMMAND, .number = number, .ms = total, .text = title});
}

/* Green, red, green over some time, and a step. */
static void
work(void)
{
    light(LIGHT_GREEN);
    scene_wait(&scene, 20 * SECOND);
    light(LIGHT_RED);
    scene_wait(&scene, 40 * SECOND);
    light(LIGHT_AMBER);
    light(LIGHT_GREEN);
    step(3, 11, "moves the pointer right");
    scene_wait(&scene, 70 * SECOND);
}

static void
expect_at(int columns, int rows, const char *text, attr_t attributes)
{
    WINDOW *window = play_draw(&scene, columns, rows);
    canvas_expect(window, text, attributes);
    delwin(window);
}

static void
expect_not_at(int columns, int rows, const char *text)
{
    WINDOW *window = play_draw(&scene, columns, rows);
    canvas_expect_no(window, text);
    delwin(window);
}

static void
a_turn_with_lights_and_a_step(void **state)
{
    (void)state;
    work();
    play_expect(&scene, "tests ● ○ ▲ ● GREEN 1:10", 0);
    play_expect(&scene, "step 3 of 11: moves the pointer right", 0);
    play_golden(&scene, "lights");
}

static void
a_turn_without_them_has_no_row_for_them(void **state)
{
    (void)state;
    play_expect_no(&scene, "tests");
    play_expect_no(&scene, "step 0");
    light(LIGHT_GREEN);
    light(LIGHT_NONE);
    play_expect_no(&scene, "tests");
}

static void
a_light_is_a_word_and_a_shape_and_a_colour(void **state)
{
    (void)state;
    static const struct {
        enum light light;
        const char *utf8, *ascii;
    } lights[] = {{LIGHT_GREEN, "● GREEN", "* GREEN"},
                  {LIGHT_RED, "○ RED", "o RED"},
                  {LIGHT_AMBER, "▲ AMBER", "^ AMBER"}};
    for (size_t i = 0; i < 3; i++) {
        light(lights[i].light);
        play_expect(&scene, lights[i].utf8, 0);
        expect_at(80, 24, status_word(lights[i].light), A_BOLD);
        WINDOW *window = play_draw(&scene, 80, 24);
        char shape[8];
        snprintf(shape, sizeof shape, "%.*s", (int)strcspn(lights[i].utf8, " "), lights[i].utf8);
        assert_int_not_equal(canvas_pair(window, shape), 0);
        delwin(window);
        scene.view.ascii = true;
        play_expect(&scene, lights[i].ascii, 0);
        scene.view.ascii = false;
    }
}

static void
small_windows_have_the_word(void **state)
{
    (void)state;
    light(LIGHT_RED);
    expect_at(40, 3, "RED  1/12 · debrief 13:50", 0);
    expect_at(60, 5, "tests ○ RED", 0);
    expect_at(60, 1, "→ Grace Hopper · RED · 1/12", 0);
    expect_at(40, 12, "○ RED 0:00", 0);
    expect_at(40, 8, "○ RED 0:00", 0);
}

static void
many_lights_leave_the_oldest_out(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++)
        light(i % 2 ? LIGHT_GREEN : LIGHT_RED);
    expect_at(40, 12, "○ ● GREEN 0:00", 0);
    light(LIGHT_RED);
    expect_at(80, 24, "● ○ RED 0:00", 0);
    play_draw_all(&scene);
}

static void
a_paused_screen_stands_still(void **state)
{
    (void)state;
    light(LIGHT_RED);
    scene_do(&scene, COMMAND_PAUSE);
    play_expect(&scene, "RED since 12:46", 0);
    scene_wait(&scene, 61 * SECOND);
    play_expect(&scene, "RED since 12:46", 0);
}

static void
a_light_too_slow_says_so(void **state)
{
    (void)state;
    scene_command(&scene, &(struct command){.kind = COMMAND_LIGHT,
                                            .by = BY_COMMAND,
                                            .number = LIGHT_RED,
                                            .text = "timeout"});
    play_expect(&scene, "RED (too slow) 0:00", 0);
}

/* R19: ending on red again and again. */
static void
the_handover_shows_the_lights_of_the_turn(void **state)
{
    (void)state;
    work();
    light(LIGHT_RED);
    scene_do(&scene, COMMAND_NEXT);
    assert_int_equal(scene.session.phase, PHASE_HANDOVER);
    play_expect(&scene, "○ RED 0:00 · passed on red", 0);
    expect_at(60, 1, "passed on red", 0);
    play_golden(&scene, "handover-red");
    light(LIGHT_GREEN);
    play_expect_no(&scene, "passed on red");
}

/* R18: only a hint, and only where it is wanted. */
static void
advice_waits_for_green_where_the_room_wants_it(void **state)
{
    (void)state;
    light(LIGHT_RED);
    play_expect(&scene, "audience: questions only", A_BOLD);
    light(LIGHT_AMBER);
    play_expect(&scene, "audience: questions only", A_BOLD);
    light(LIGHT_GREEN);
    play_expect(&scene, "design comments welcome", A_BOLD);
    scene.session.settings.advice = ADVICE_FREE;
    play_expect_no(&scene, "welcome");
}

static void
l_and_a_letter_set_the_light(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        enum light light;
    } keys[] = {{"lg", LIGHT_GREEN}, {"lr", LIGHT_RED}, {"la", LIGHT_AMBER}, {"l-", LIGHT_NONE}};
    for (size_t i = 0; i < 4; i++) {
        play(&scene, keys[i].keys);
        assert_int_equal(scene.session.light, keys[i].light);
        assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    }
    play(&scene, "lrl<Esc>");
    assert_int_equal(scene.session.light, LIGHT_RED);
    play(&scene, "ln");
    assert_int_equal(scene.session.phase, PHASE_TURN);
    assert_int_equal(scene.session.light, LIGHT_RED);
    play(&scene, "u");
    assert_int_equal(scene.session.light, LIGHT_NONE);
}

static void
the_chooser_shows_itself(void **state)
{
    (void)state;
    play(&scene, "l");
    play_expect(&scene, "g ● GREEN  r ○ RED  a ▲ AMBER  - · none", 0);
    play_golden(&scene, "light-chooser");
    play_draw_all(&scene);
}

static void
t_goes_to_the_next_step_and_keeps_how_many(void **state)
{
    (void)state;
    play(&scene, "t");
    play_expect(&scene, "step 1", 0);
    step(10, 11, "loops");
    play(&scene, "t");
    play_expect(&scene, "step 11 of 11", 0);
    play_expect_no(&scene, "loops");
    play(&scene, "t");
    play_expect(&scene, "That is the last step: 11 of 11.", 0);
    assert_int_equal(scene.session.step, 11);
}

static void
neither_key_works_from_the_debrief_on(void **state)
{
    (void)state;
    scene_do(&scene, COMMAND_DEBRIEF);
    play(&scene, "<Esc>lt");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    assert_int_equal(scene.session.step, 0);
    expect_not_at(200, 60, "l light");
    play(&scene, "?");
    expect_not_at(200, 60, "Says what the tests show");
}

static void
the_second_seat_is_on_every_rung(void **state)
{
    (void)state;
    static const int sizes[][2] = {{200, 60}, {80, 24}, {60, 15}, {40, 12}, {40, 3}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        expect_at(sizes[i][0], sizes[i][1], "co-pilot and next: Grace Hopper", 0);
    expect_at(60, 1, "Ada Lovelace + Grace Hopper", 0);
    expect_at(30, 2, "+ Grace Hopper", 0);
    scene_do(&scene, COMMAND_NEXT);
    play_expect(&scene, "from Ada Lovelace · co-pilot: Alan Turing", 0);
    expect_at(40, 3, "→ Grace Hopper + Alan Turing", 0);
    scene.session.settings.copilot = false;
    play_expect_no(&scene, "co-pilot");
}

static void
one_person_has_no_second_seat(void **state)
{
    (void)state;
    static const char *const lines[] = {"turn.copilot=yes", NULL};
    play_close(&scene);
    play_open(&scene, 1, lines);
    scene_do(&scene, COMMAND_START);
    play_expect_no(&scene, "co-pilot");
}

static void
to_the_break(void)
{
    scene_do(&scene, COMMAND_NEXT);
    scene_wait(&scene, 10 * SECOND);
    assert_int_equal(scene.session.turn.number, 2);
}

static void
a_break_is_announced_in_the_turn_before_it(void **state)
{
    (void)state;
    play_expect_no(&scene, "after a break");
    to_the_break();
    play_expect(&scene, "co-pilot and next: Alan Turing, after a break", 0);
    expect_at(80, 1, "break first", 0);
    scene.session.settings.copilot = false;
    play_expect(&scene, "next: Alan Turing, after a break", 0);
}

static void
a_break_tells_until_when_and_who_is_next(void **state)
{
    (void)state;
    to_the_break();
    light(LIGHT_RED);
    scene_do(&scene, COMMAND_NEXT);
    scene_wait(&scene, 90 * SECOND);
    assert_int_equal(scene.session.phase, PHASE_BREAK);
    play_expect(&scene, "Break until 12:52", A_REVERSE);
    play_expect(&scene, "then at the keyboard: Alan Turing, co-pilot: Kathleen Booth", A_BOLD);
    expect_at(40, 3, "4:30 left", 0);
    expect_at(60, 1, "BREAK 4:30 → Alan Turing", 0);
    play_golden(&scene, "break");
    play_draw_all(&scene);
}

static void
a_break_can_be_cut_short(void **state)
{
    (void)state;
    to_the_break();
    scene_do(&scene, COMMAND_NEXT);
    scene_wait(&scene, SECOND);
    play(&scene, "s");
    play_expect(&scene, "then at the keyboard: Kathleen Booth", 0);
    play(&scene, " ");
    assert_int_equal(scene.session.phase, PHASE_TURN);
    assert_string_equal(session_name(&scene.session, scene.session.turn.driver), "Kathleen Booth");
}

static void
keys_of_a_break_ask_for_commands(void **state)
{
    (void)state;
    to_the_break();
    scene_do(&scene, COMMAND_NEXT);
    scene_wait(&scene, SECOND);
    assert_int_equal(scene_press(&scene, &break_screen, 'n').kind, COMMAND_NEXT);
    assert_int_equal(scene_press(&scene, &break_screen, '\r').kind, COMMAND_NEXT);
    assert_int_equal(scene_press(&scene, &break_screen, '+').kind, COMMAND_EXTEND);
    assert_int_equal(scene_press(&scene, &break_screen, 'x').kind, COMMAND_NONE);
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    assert_int_equal(scene_press(&scene, &break_screen, 'c').kind, COMMAND_NONE);
    assert_int_equal(scene.ui.overlay, OVERLAY_PEOPLE);
}

/* Everybody has left in the break. */
static void
an_empty_break_names_nobody(void **state)
{
    (void)state;
    to_the_break();
    scene_do(&scene, COMMAND_NEXT);
    scene_wait(&scene, SECOND);
    for (int i = 0; i < scene.session.roster.count; i++)
        scene.session.roster.people[i].observer = true;
    play_expect(&scene, "then at the keyboard: nobody is here", A_BOLD);
    expect_at(30, 8, "then nobody is here", 0);
    play_draw_all(&scene);
}

static void
the_time_line_shows_breaks_to_come(void **state)
{
    (void)state;
    expect_at(80, 24, "···", 0);
    expect_at(200, 60, "break", 0);
    scene.session.settings.break_every = 0;
    expect_not_at(80, 24, "···");
    expect_not_at(200, 60, "break");
}

/* R12 */
static void
who_passes_twice_is_offered_the_observers_seat(void **state)
{
    (void)state;
    scene_do(&scene, COMMAND_PASS);
    scene_do(&scene, COMMAND_NEXT);
    play_expect_no(&scene, "may also just watch");
    scene_wait(&scene, MINUTE);
    scene_do(&scene, COMMAND_PASS);
    scene_do(&scene, COMMAND_NEXT);
    play_expect(&scene, "Grace Hopper may also just watch: v, then O", 0);
}

#define USUAL(test) cmocka_unit_test_setup_teardown(test, open_usual, close_any)
#define PAIRS(test) cmocka_unit_test_setup_teardown(test, open_pairs, close_any)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        USUAL(a_turn_with_lights_and_a_step),
        USUAL(a_turn_without_them_has_no_row_for_them),
        USUAL(a_light_is_a_word_and_a_shape_and_a_colour),
        USUAL(small_windows_have_the_word),
        USUAL(many_lights_leave_the_oldest_out),
        USUAL(a_paused_screen_stands_still),
        USUAL(a_light_too_slow_says_so),
        USUAL(the_handover_shows_the_lights_of_the_turn),
        PAIRS(advice_waits_for_green_where_the_room_wants_it),
        USUAL(l_and_a_letter_set_the_light),
        USUAL(the_chooser_shows_itself),
        USUAL(t_goes_to_the_next_step_and_keeps_how_many),
        USUAL(neither_key_works_from_the_debrief_on),
        PAIRS(the_second_seat_is_on_every_rung),
        USUAL(one_person_has_no_second_seat),
        PAIRS(a_break_is_announced_in_the_turn_before_it),
        PAIRS(a_break_tells_until_when_and_who_is_next),
        PAIRS(a_break_can_be_cut_short),
        PAIRS(keys_of_a_break_ask_for_commands),
        PAIRS(an_empty_break_names_nobody),
        PAIRS(the_time_line_shows_breaks_to_come),
        USUAL(who_passes_twice_is_offered_the_observers_seat),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
