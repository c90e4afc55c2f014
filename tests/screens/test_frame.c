/* The rungs, the header, the footer, the bars and the one-line form. */
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
#include "screens/frame.h"

enum { MINUTE = 60000, SECOND = 1000 };

/* Turn 4 of 12, 3:12 left: Kathleen Booth, next Edsger Dijkstra. */
static void
open_turn_four(struct scene *scene)
{
    scene_open(scene, 9, NULL);
    scene_do(scene, COMMAND_START);
    scene_wait(scene, 15 * MINUTE + 30 * SECOND + 108 * SECOND);
}

static const struct view *
view_of(struct scene *scene)
{
    scene->view.now = scene->now;
    plan_free(&scene->plan);
    plan_compute(&scene->session, scene->now, &scene->plan);
    return &scene->view;
}

static void
rungs_follow_the_size(void **state)
{
    (void)state;
    static const struct {
        int columns, rows;
        enum rung rung;
    } sizes[] = {
        {1, 1, RUNG_DOT},     {7, 50, RUNG_DOT},     {8, 1, RUNG_LINE},     {200, 2, RUNG_LINE},
        {40, 3, RUNG_STRIP},  {200, 7, RUNG_STRIP},  {40, 8, RUNG_HALF},    {200, 15, RUNG_HALF},
        {59, 50, RUNG_HALF},  {60, 16, RUNG_FULL},   {80, 24, RUNG_FULL},   {119, 60, RUNG_FULL},
        {200, 39, RUNG_FULL}, {120, 40, RUNG_LARGE}, {200, 60, RUNG_LARGE},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        WINDOW *window = newpad(sizes[i].rows, sizes[i].columns);
        assert_int_equal(frame_rung(window), sizes[i].rung);
        delwin(window);
    }
}

static void
expect_line(struct scene *scene, int columns, const char *expected)
{
    WINDOW *window = newpad(1, columns);
    frame_line(window, 0, view_of(scene));
    char *line = canvas_row(window, 0);
    assert_string_equal(line, expected);
    free(line);
    delwin(window);
}

static void
the_line_is_cut_from_the_right(void **state)
{
    (void)state;
    struct scene scene;
    open_turn_four(&scene);
    expect_line(&scene, 80, "▶ 3:12 Kathleen Booth → Edsger Dijkstra · 4/12 · debrief 13:50");
    expect_line(&scene, 50, "▶ 3:12 Kathleen Booth → Edsger Dijkstra · 4/12 · …");
    expect_line(&scene, 30, "▶ 3:12 Kathleen … → Edsger Di…");
    expect_line(&scene, 12, "▶ 3:12 Kath…");
    expect_line(&scene, 8, "3:12 Ka…");
    expect_line(&scene, 4, "3:12");
    scene.view.ascii = true;
    expect_line(&scene, 80, "> 3:12 Kathleen Booth -> Edsger Dijkstra | 4/12 | debrief 13:50");
    scene_close(&scene);
}

static void
a_long_name_leaves_room_for_the_next(void **state)
{
    (void)state;
    static const char *const names[] = {"Augusta Ada King-Noel Countess of Lovelace of Ockham",
                                        "Alan Turing", "Konrad Zuse"};
    struct scene scene;
    scene_open_named(&scene, names, 3, NULL);
    scene_do(&scene, COMMAND_START);
    expect_line(&scene, 40, "▶ 5:00 Augusta Ada King-N… → Alan Turing");
    scene_do(&scene, COMMAND_NEXT);
    scene_do(&scene, COMMAND_NEXT);
    scene_do(&scene, COMMAND_NEXT);
    scene_do(&scene, COMMAND_NEXT);
    expect_line(&scene, 40, "▶ 5:00 Konrad Zuse → Augusta Ada King-N…");
    scene_close(&scene);
}

static void
the_line_tells_what_is_unsaved(void **state)
{
    (void)state;
    struct scene scene;
    open_turn_four(&scene);
    scene.view.unsaved = 3;
    expect_line(&scene, 60, "▶ 3:12 3 unsaved Kathleen Booth → Edsger Dijkstra · 4/12 · …");
    WINDOW *window = newpad(1, 60);
    frame_line(window, 0, view_of(&scene));
    canvas_expect(window, "3 unsaved", A_REVERSE);
    delwin(window);
    scene_close(&scene);
}

static void
the_line_knows_every_phase(void **state)
{
    (void)state;
    static const char *const settings[] = {"session.intro=5m", NULL};
    struct scene scene;
    scene_open(&scene, 3, settings);
    expect_line(&scene, 60, "Enter starts · 3 here");
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, MINUTE);
    expect_line(&scene, 60, "intro 4:00 → Ada Lovelace · debrief 13:50");
    scene_do(&scene, COMMAND_NEXT);
    scene_wait(&scene, 4 * MINUTE + 30 * SECOND);
    expect_line(&scene, 60, "▶ 0:30 Ada Lovelace → Grace Hopper · 1/12 · debrief 13:50");
    scene_do(&scene, COMMAND_PAUSE);
    expect_line(&scene, 80,
                "PAUSED 0:30 Ada Lovelace → Grace Hopper · until 12:53 · 1/12 · debrief 13:50");
    scene_do(&scene, COMMAND_NEXT);
    expect_line(&scene, 80, "HAND OVER 0:10 → Grace Hopper · from Ada Lovelace · debrief 13:50");
    scene_do(&scene, COMMAND_DEBRIEF);
    expect_line(&scene, 60, "DEBRIEF 69:30 · question 1/3 · end 14:00");
    scene_do(&scene, COMMAND_ROLES);
    expect_line(&scene, 60, "ROLES for next time");
    static const char *const roles[] = {"Master of Ceremony", "Master of Dojo"};
    for (int i = 0; i < 2; i++) {
        struct command vacate = {.kind = COMMAND_VACATE_ROLE, .by = BY_KEY, .role = roles[i]};
        scene_command(&scene, &vacate);
    }
    scene_do(&scene, COMMAND_CLOSE);
    expect_line(&scene, 60, "session over · since 12:50");
    scene_close(&scene);
}

static WINDOW *
draw_footer(struct scene *scene, int columns, int rows, const struct key_help *keys)
{
    WINDOW *window = newpad(rows, columns);
    frame_footer(window, view_of(scene), &scene->ui, keys);
    return window;
}

static const struct key_help some_keys[] = {
    {"Space", "pause", "", COMMAND_PAUSE},   {"Space", "go on", "", COMMAND_RESUME},
    {"n", "next", "", COMMAND_NEXT},         {"w", "", "for the help page only", COMMAND_NONE},
    {"x", "twelve chars", "", COMMAND_NONE}, {0},
};

static void
the_footer_shows_keys_that_work(void **state)
{
    (void)state;
    struct scene scene;
    open_turn_four(&scene);
    WINDOW *window = draw_footer(&scene, 80, 24, some_keys);
    canvas_expect(window, "Space pause  n next  x twelve chars", 0);
    canvas_expect(window, "Space", A_BOLD);
    canvas_expect_no(window, "go on");
    canvas_expect_no(window, "w ");
    delwin(window);
    scene_do(&scene, COMMAND_PAUSE);
    window = draw_footer(&scene, 80, 24, some_keys);
    canvas_expect(window, "Space go on", 0);
    canvas_expect_no(window, "Space pause");
    delwin(window);
    scene_close(&scene);
}

static void
the_footer_never_loses_help_and_quit(void **state)
{
    (void)state;
    struct scene scene;
    open_turn_four(&scene);
    for (int columns = 17; columns < 200; columns++) {
        WINDOW *window = draw_footer(&scene, columns, 24, some_keys);
        int row, column;
        assert_true(canvas_find(window, "? help  q quit", &row, &column));
        assert_int_equal(row, 23);
        assert_true(column + 14 <= columns);
        char *above = canvas_row(window, 22);
        assert_string_equal(above, "");
        free(above);
        delwin(window);
    }
    scene_close(&scene);
}

static void
warnings_come_before_notices(void **state)
{
    (void)state;
    struct scene scene;
    open_turn_four(&scene);
    scene.view.desktop = "the desktop does not answer";
    scene.view.desktop_is_new = true;
    WINDOW *window = draw_footer(&scene, 80, 24, some_keys);
    canvas_expect(window, "the desktop does not answer", 0);
    canvas_expect(window, "n next", 0);
    delwin(window);

    scene.view.desktop_is_new = false; /* it was told: the help page still does */
    window = draw_footer(&scene, 80, 24, some_keys);
    canvas_expect_no(window, "the desktop does not answer");
    delwin(window);

    snprintf(scene.ui.notice, sizeof scene.ui.notice, "Grace Hopper is away.");
    window = draw_footer(&scene, 80, 24, some_keys);
    canvas_expect(window, "Grace Hopper is away.", 0);
    delwin(window);

    scene.view.unsaved = 2;
    scene.view.unsaved_why = "No space left on device";
    window = draw_footer(&scene, 80, 24, some_keys);
    canvas_expect(window, "2 unsaved: No space left on device", A_REVERSE);
    delwin(window);

    window = draw_footer(&scene, 40, 12, some_keys); /* one row for both: the warning has it */
    canvas_expect(window, "2 unsaved: No space left on device", A_REVERSE);
    canvas_expect_no(window, "n next");
    delwin(window);
    scene_close(&scene);
}

static void
the_header_keeps_its_right_side(void **state)
{
    (void)state;
    struct scene scene;
    open_turn_four(&scene);
    WINDOW *window = newpad(1, 80);
    frame_header(window, view_of(&scene), "turn 4 of 12 · 13:02");
    canvas_expect(window, "Coding dojo · Brainfuck interpreter (C#)", 0);
    canvas_expect(window, "turn 4 of 12 · 13:02", A_BOLD);
    delwin(window);
    window = newpad(1, 30);
    frame_header(window, view_of(&scene), "turn 4 of 12 · 13:02");
    canvas_expect(window, "Codin…  turn 4 of 12 · 13:02", 0);
    delwin(window);
    scene_close(&scene);
}

static void
the_time_line_tells_past_from_future(void **state)
{
    (void)state;
    struct scene scene;
    open_turn_four(&scene);
    WINDOW *window = newpad(3, 100);
    frame_timeline(window, 0, view_of(&scene));
    scene.view.ascii = true;
    frame_timeline(window, 1, view_of(&scene));
    frame_bar(window, 2, 10, 50, view_of(&scene));
    canvas_golden(window, "timeline");
    delwin(window);
    scene_close(&scene);
}

static void
seconds_may_wait_for_the_last_minute(void **state)
{
    (void)state;
    static const char *const settings[] = {"display.seconds=last-minute", NULL};
    struct scene scene;
    char out[DURATION_SIZE];
    scene_open(&scene, 1, settings);
    const struct view *view = view_of(&scene);
    assert_string_equal(frame_clock(out, view, 5 * MINUTE), "5 min");
    assert_string_equal(frame_clock(out, view, 3 * MINUTE + 1), "4 min");
    assert_string_equal(frame_clock(out, view, MINUTE + 1), "2 min");
    assert_string_equal(frame_clock(out, view, MINUTE), "1:00");
    assert_string_equal(frame_clock(out, view, 9 * SECOND), "0:09");
    assert_string_equal(frame_clock(out, view, -7 * SECOND), "+0:07");
    scene_close(&scene);
    scene_open(&scene, 1, NULL);
    assert_string_equal(frame_clock(out, view_of(&scene), 5 * MINUTE), "5:00");
    scene_close(&scene);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rungs_follow_the_size),
        cmocka_unit_test(the_line_is_cut_from_the_right),
        cmocka_unit_test(a_long_name_leaves_room_for_the_next),
        cmocka_unit_test(the_line_tells_what_is_unsaved),
        cmocka_unit_test(the_line_knows_every_phase),
        cmocka_unit_test(the_footer_shows_keys_that_work),
        cmocka_unit_test(the_footer_never_loses_help_and_quit),
        cmocka_unit_test(warnings_come_before_notices),
        cmocka_unit_test(the_header_keeps_its_right_side),
        cmocka_unit_test(the_time_line_tells_past_from_future),
        cmocka_unit_test(seconds_may_wait_for_the_last_minute),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
