/* The first and the last screen of a meeting: introduction and closing board. */
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

static void
note(struct scene *scene, const char *text)
{
    struct command command = {.kind = COMMAND_NOTE, .by = BY_KEY, .text = text};
    scene_command(scene, &command);
}

static void
take_role(struct scene *scene, const char *role, const char *name)
{
    struct command command = {.kind = name ? COMMAND_TAKE_ROLE : COMMAND_VACATE_ROLE,
                              .by = BY_KEY,
                              .role = role,
                              .text = name};
    scene_command(scene, &command);
}

/* Three turns, some notes, one vacant role. */
static void
open_closed(struct scene *scene, int people, int notes)
{
    scene_open(scene, people, NULL);
    scene_do(scene, COMMAND_START);
    scene_do(scene, COMMAND_PAUSE);
    scene_wait(scene, MINUTE);
    scene_do(scene, COMMAND_RESUME);
    scene_wait(scene, 3 * (5 * MINUTE + 10 * SECOND));
    scene_do(scene, COMMAND_DEBRIEF);
    for (int i = 0; i < notes; i++) {
        char text[64];
        snprintf(text, sizeof text, "Small steps kept us green %d", i + 1);
        note(scene, text);
    }
    note(scene, "@Grace books the room");
    scene_wait(scene, 9 * MINUTE);
    scene_do(scene, COMMAND_ROLES);
    take_role(scene, "Master of Ceremony", "Ada Lovelace");
    take_role(scene, "Master of Dojo", NULL);
    scene_do(scene, COMMAND_CLOSE);
}

static void
expect(struct scene *scene, const struct screen *screen, int columns, int rows, const char *text,
       attr_t attributes)
{
    WINDOW *window = scene_draw(scene, screen, columns, rows);
    canvas_expect(window, text, attributes);
    delwin(window);
}

static void
the_closing_board_looks_as_it_should(void **state)
{
    (void)state;
    struct scene scene;
    open_closed(&scene, 9, 2);
    scene_golden(&scene, &closing_screen, "closing");
    scene_close(&scene);
}

static void
a_vacant_role_is_loud(void **state)
{
    (void)state;
    struct scene scene;
    open_closed(&scene, 9, 0);
    expect(&scene, &closing_screen, 80, 24, "next Master of Ceremony: Ada Lovelace", A_BOLD);
    expect(&scene, &closing_screen, 80, 24, "next Master of Dojo: VACANT, nobody yet", A_REVERSE);
    expect(&scene, &closing_screen, 40, 12, "next Master of Dojo: VACANT", A_REVERSE);
    expect(&scene, &closing_screen, 80, 5, "Master of Dojo: VACANT", A_REVERSE);
    scene_close(&scene);
}

static void
light(struct scene *scene, enum light light)
{
    struct command command = {.kind = COMMAND_LIGHT, .by = BY_KEY, .number = (int)light};
    scene_command(scene, &command);
}

static void
tests_and_steps_are_counted(void **state)
{
    (void)state;
    struct scene scene;
    struct command step = {.kind = COMMAND_STEP, .by = BY_COMMAND, .number = 3, .ms = 11};
    scene_open(&scene, 9, NULL);
    scene_do(&scene, COMMAND_START);
    light(&scene, LIGHT_RED);
    light(&scene, LIGHT_NONE);
    light(&scene, LIGHT_GREEN);
    scene_wait(&scene, SECOND);
    scene_command(&scene, &step);
    expect(&scene, &closing_screen, 80, 24, "2 of 11 steps done · 1 of 2 lights green", 0);
    scene_wait(&scene, SECOND);
    light(&scene, LIGHT_RED);
    scene_do(&scene, COMMAND_DEBRIEF);
    expect(&scene, &closing_screen, 80, 24, "2 of 11 steps done · 1 of 3 lights green", 0);
    light(&scene, LIGHT_GREEN); /* and so the third is done */
    expect(&scene, &closing_screen, 80, 24, "3 of 11 steps done · 2 of 4 lights green", 0);
    expect(&scene, &closing_screen, 40, 12, "3 of 11 steps done · 2 of 4 lights green", 0);
    scene_close(&scene);
}

static void
interruptions_are_counted_and_measured(void **state)
{
    (void)state;
    struct scene scene;
    scene_open(&scene, 9, NULL);
    scene_do(&scene, COMMAND_START);
    scene_sleep(&scene, 2 * MINUTE);
    scene_do(&scene, COMMAND_DEBRIEF);
    expect(&scene, &closing_screen, 80, 24, "1 interruption, 2:00", 0);
    expect(&scene, &closing_screen, 40, 12, "interrupted 2:00", 0);
    scene_sleep(&scene, MINUTE);
    expect(&scene, &closing_screen, 80, 24, "2 interruptions, 3:00", 0);
    scene_close(&scene);
}

static void
the_record_is_named(void **state)
{
    (void)state;
    struct scene scene;
    open_closed(&scene, 9, 0);
    expect(&scene, &closing_screen, 80, 24, "record: records/20261124T114500Z-1a2b.jsonl", 0);
    expect(&scene, &closing_screen, 60, 15, "record: records/20261124T114500Z-1a2b.jsonl", 0);
    expect(&scene, &closing_screen, 40, 3, "records/20261124T114500Z-1a2b.jsonl", 0);
    scene.view.record_path = NULL;
    WINDOW *window = scene_draw(&scene, &closing_screen, 80, 24);
    canvas_expect_no(window, "record");
    delwin(window);
    scene_draw_all(&scene, &closing_screen);
    scene_close(&scene);
}

static void
notes_that_do_not_fit_are_counted(void **state)
{
    (void)state;
    struct scene scene;
    open_closed(&scene, 9, 30);
    expect(&scene, &closing_screen, 80, 24, "→ Grace Hopper: books the room", A_BOLD);
    expect(&scene, &closing_screen, 80, 24, "· Small steps kept us green 1", 0);
    expect(&scene, &closing_screen, 80, 24, " more", 0);
    expect(&scene, &closing_screen, 60, 15, " more", 0);
    expect(&scene, &closing_screen, 200, 60, "· Small steps kept us green 30", 0);
    WINDOW *window = scene_draw(&scene, &closing_screen, 200, 60);
    canvas_expect_no(window, " more");
    delwin(window);
    scene_close(&scene);
}

static void
press(struct scene *scene, wint_t code, int times)
{
    struct command command;
    struct key key = {.function = true, .code = code};
    for (int i = 0; i < times; i++)
        assert_int_equal(closing_screen.key(&scene->view, &scene->ui, key, &command), REPLY_DRAWN);
}

static void
notes_that_do_not_fit_are_scrolled(void **state)
{
    (void)state;
    struct scene scene;
    open_closed(&scene, 9, 30);
    expect(&scene, &closing_screen, 80, 24, "Up Down more notes", 0);
    press(&scene, KEY_UP, 1);
    expect(&scene, &closing_screen, 80, 24, "→ Grace Hopper: books the room", A_BOLD);
    press(&scene, KEY_DOWN, 2);
    expect(&scene, &closing_screen, 80, 24, "↑ 3 more", 0);
    press(&scene, KEY_NPAGE, 20);
    scene_golden(&scene, &closing_screen, "closing-scrolled");
    expect(&scene, &closing_screen, 80, 24, "· Small steps kept us green 30", 0);
    WINDOW *window = scene_draw(&scene, &closing_screen, 80, 24);
    canvas_expect_no(window, "↓");
    delwin(window);
    press(&scene, KEY_UP, 1); /* nothing was scrolled past the end */
    expect(&scene, &closing_screen, 80, 24, "↓ 2 more", 0);
    press(&scene, KEY_PPAGE, 20);
    assert_int_equal(scene.ui.scroll, 0);
    scene_draw_all(&scene, &closing_screen);
    scene_close(&scene);
    open_closed(&scene, 9, 2);
    press(&scene, KEY_DOWN, 1);
    assert_int_equal(scene.ui.scroll, 0);
    window = scene_draw(&scene, &closing_screen, 80, 24);
    canvas_expect_no(window, "Up Down");
    delwin(window);
    scene_close(&scene);
}

static void
the_closing_board_fits_any_window(void **state)
{
    (void)state;
    static const int counts[] = {1, 9, 30, 200};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct scene scene;
        open_closed(&scene, counts[i], 5);
        scene_draw_all(&scene, &closing_screen);
        scene_close(&scene);
    }
}

static void
steps_need_no_total_and_no_lights(void **state)
{
    (void)state;
    struct scene scene;
    struct command step = {.kind = COMMAND_STEP, .by = BY_COMMAND, .number = 2};
    scene_open(&scene, 9, NULL);
    scene_do(&scene, COMMAND_START);
    scene_command(&scene, &step);
    scene_do(&scene, COMMAND_DEBRIEF);
    expect(&scene, &closing_screen, 80, 24, " 1 step done ", 0);
    step.ms = 1;
    step.number = 1;
    scene_command(&scene, &step);
    expect(&scene, &closing_screen, 80, 24, "0 of 1 step done ", 0);
    light(&scene, LIGHT_RED);
    expect(&scene, &closing_screen, 80, 24, "0 of 1 step done · 0 of 1 light green", 0);
    scene_close(&scene);
}

static void
who_volunteered_and_when_it_is_stand_there(void **state)
{
    (void)state;
    struct scene scene;
    struct command date = {.kind = COMMAND_DATE, .by = BY_KEY, .text = "2026-12-22"};
    scene_open(&scene, 9, NULL);
    scene_do(&scene, COMMAND_START);
    scene_do(&scene, COMMAND_DEBRIEF);
    scene_do(&scene, COMMAND_ROLES);
    take_role(&scene, "Master of Ceremony", "Ada Lovelace");
    take_role(&scene, "Master of Dojo", "Grace Hopper");
    scene_command(&scene, &date);
    scene_wait(&scene, 100 * MINUTE);
    scene_do(&scene, COMMAND_CLOSE);
    expect(&scene, &closing_screen, 80, 24, "next Master of Dojo: Grace Hopper", A_BOLD);
    expect(&scene, &closing_screen, 80, 24, "next dojo: Tuesday 2026-12-22", A_BOLD);
    expect(&scene, &closing_screen, 80, 24, "25 min over the end", 0);
    for (int rows = 1; rows < 9; rows++) {
        WINDOW *window = scene_draw(&scene, &closing_screen, 80, rows);
        canvas_expect_no(window, "VACANT");
        delwin(window);
    }
    scene_close(&scene);
}

static void
keys_of_other_kinds_do_nothing(void **state)
{
    (void)state;
    struct scene scene;
    struct command command = {0};
    open_closed(&scene, 9, 30);
    struct key keys[] = {{.function = true, .code = KEY_LEFT},
                         {.function = true, .alt = true, .code = KEY_DOWN}};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(closing_screen.key(&scene.view, &scene.ui, keys[i], &command),
                         REPLY_IGNORED);
    assert_int_equal(scene.ui.scroll, 0);
    scene.view.rows = scene.view.columns = 0; /* nobody knows yet how large it is */
    press(&scene, KEY_DOWN, 1);
    assert_int_equal(scene.ui.scroll, 1);
    scene_close(&scene);
}

static void
only_q_leaves_it(void **state)
{
    (void)state;
    struct scene scene;
    struct command command = {0};
    open_closed(&scene, 9, 0);
    struct key q = {.code = 'q'}, enter = {.code = '\r'};
    assert_int_equal(closing_screen.key(&scene.view, &scene.ui, q, &command), REPLY_QUIT);
    assert_int_equal(closing_screen.key(&scene.view, &scene.ui, enter, &command), REPLY_IGNORED);
    scene_close(&scene);
}

static const char *const intro_settings[] = {"session.topic=Mars Rover", "session.stack=C",
                                             "session.url=https://example.org/dojo",
                                             "session.intro=5m", NULL};

static void
the_introduction_looks_as_it_should(void **state)
{
    (void)state;
    struct scene scene;
    scene_open(&scene, 9, intro_settings);
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, 70 * SECOND);
    scene_golden(&scene, &intro_screen, "intro");
    scene_draw_all(&scene, &intro_screen);
    scene_close(&scene);
}

static void
the_introduction_counts_over_its_box(void **state)
{
    (void)state;
    struct scene scene;
    scene_open(&scene, 9, intro_settings);
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, 5 * MINUTE + 20 * SECOND);
    expect(&scene, &intro_screen, 40, 3, "intro +0:20", A_BOLD);
    expect(&scene, &intro_screen, 80, 24, "first at the keyboard: Ada Lovelace", A_BOLD);
    assert_int_equal(scene_press(&scene, &intro_screen, '\r').kind, COMMAND_NEXT);
    assert_int_equal(scene_press(&scene, &intro_screen, 's').kind, COMMAND_PASS);
    assert_int_equal(scene_press(&scene, &intro_screen, 'x').kind, COMMAND_NONE);
    scene_close(&scene);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_closing_board_looks_as_it_should),
        cmocka_unit_test(a_vacant_role_is_loud),
        cmocka_unit_test(tests_and_steps_are_counted),
        cmocka_unit_test(interruptions_are_counted_and_measured),
        cmocka_unit_test(the_record_is_named),
        cmocka_unit_test(notes_that_do_not_fit_are_counted),
        cmocka_unit_test(notes_that_do_not_fit_are_scrolled),
        cmocka_unit_test(the_closing_board_fits_any_window),
        cmocka_unit_test(only_q_leaves_it),
        cmocka_unit_test(steps_need_no_total_and_no_lights),
        cmocka_unit_test(who_volunteered_and_when_it_is_stand_there),
        cmocka_unit_test(keys_of_other_kinds_do_nothing),
        cmocka_unit_test(the_introduction_looks_as_it_should),
        cmocka_unit_test(the_introduction_counts_over_its_box),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
