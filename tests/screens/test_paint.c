/* Colours and attributes: what each theme makes of what things mean. */
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
#include "screens/paint.h"

enum { BLACK = 16, WHITE = 231 };

/* --- how legible a pair is, as WCAG 2 counts it, in xterm's fixed colours --- */

static double
linear(int level)
{
    double share = level / 255.0, base = (share + 0.055) / 1.055, power = 1;
    if (share <= 0.04045)
        return share / 12.92;
    /* base ^ 2.4 without libm: base^2 times base^0.4, the fifth root squared by Newton's method. */
    double root = base;
    for (int i = 0; i < 60; i++)
        root -= (root * root * root * root * root - base) / (5 * root * root * root * root);
    power = base * base * root * root;
    return power;
}

static double
luminance(short colour)
{
    static const int cube[] = {0, 95, 135, 175, 215, 255};
    int red, green, blue;
    assert_in_range(colour, 16, 255);
    if (colour >= 232) {
        red = green = blue = 8 + 10 * (colour - 232);
    } else {
        red = cube[(colour - 16) / 36];
        green = cube[(colour - 16) / 6 % 6];
        blue = cube[(colour - 16) % 6];
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

static double
contrast(short one, short other)
{
    double a = luminance(one) + 0.05, b = luminance(other) + 0.05;
    return a > b ? a / b : b / a;
}

static void
pair_of(enum paint paint, enum colours colours, short *ink, short *background)
{
    short pair = (short)PAIR_NUMBER((int)paint_attributes(paint, colours));
    assert_int_equal(pair_content(pair, ink, background), OK);
}

static void
expect_contrast(enum colours colours, short behind, int tenths)
{
    for (enum paint paint = PAINT_TEXT; paint < PAINTS; paint++) {
        short ink, background;
        pair_of(paint, colours, &ink, &background);
        if (ink < 0) /* the terminal's own on its own */
            continue;
        if (background < 0)
            background = behind;
        if (contrast(ink, background) * 10 < tenths)
            fail_msg("paint %d of colours %d: %d on %d has only %.1f", (int)paint, (int)colours,
                     ink, background, contrast(ink, background));
    }
}

static void
every_theme_is_legible(void **state)
{
    (void)state;
    expect_contrast(COLOURS_DARK, BLACK, 45);
    expect_contrast(COLOURS_LIGHT, WHITE, 45);
    expect_contrast(COLOURS_CONTRAST, BLACK, 150);
    expect_contrast(COLOURS_ON_DARK, BLACK, 45);
    expect_contrast(COLOURS_ON_LIGHT, WHITE, 45);
    expect_contrast(COLOURS_ANY, BLACK, 36);
    expect_contrast(COLOURS_ANY, WHITE, 36);
}

static void
a_theme_comes_to_what_the_terminal_can_do(void **state)
{
    (void)state;
    static const struct {
        enum theme theme;
        bool has_colours;
        enum background background;
        enum colours colours;
    } cases[] = {
        {THEME_AUTO, true, BACKGROUND_UNKNOWN, COLOURS_ANY},
        {THEME_AUTO, true, BACKGROUND_DARK, COLOURS_ON_DARK},
        {THEME_AUTO, true, BACKGROUND_LIGHT, COLOURS_ON_LIGHT},
        {THEME_DARK, true, BACKGROUND_LIGHT, COLOURS_DARK},
        {THEME_LIGHT, true, BACKGROUND_DARK, COLOURS_LIGHT},
        {THEME_CONTRAST, true, BACKGROUND_UNKNOWN, COLOURS_CONTRAST},
        {THEME_MONO, true, BACKGROUND_DARK, COLOURS_NONE},
        {THEME_AUTO, false, BACKGROUND_DARK, COLOURS_NONE},
        {THEME_LIGHT, false, BACKGROUND_LIGHT, COLOURS_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(paint_colours(cases[i].theme, cases[i].has_colours, cases[i].background),
                         cases[i].colours);
}

static void
without_colours_bold_reverse_and_underline_are_left(void **state)
{
    (void)state;
    for (enum paint paint = PAINT_TEXT; paint < PAINTS; paint++) {
        attr_t attributes = paint_attributes(paint, COLOURS_NONE);
        assert_int_equal(attributes & ~(A_BOLD | A_REVERSE | A_UNDERLINE), 0);
    }
    assert_int_not_equal(paint_attributes(PAINT_LAST, COLOURS_NONE),
                         paint_attributes(PAINT_CLOCK, COLOURS_NONE));
    assert_int_not_equal(paint_attributes(PAINT_GREEN, COLOURS_NONE),
                         paint_attributes(PAINT_RED, COLOURS_NONE));
    assert_int_not_equal(paint_attributes(PAINT_AMBER, COLOURS_NONE),
                         paint_attributes(PAINT_RED, COLOURS_NONE));
}

static void
alarm_and_cursor_are_reverse_in_every_theme(void **state)
{
    (void)state;
    for (enum colours colours = COLOURS_NONE; colours < COLOURS_COUNT; colours++) {
        assert_true(paint_attributes(PAINT_ALARM, colours) & A_REVERSE);
        assert_true(paint_attributes(PAINT_CURSOR, colours) & A_REVERSE);
        assert_false(paint_attributes(PAINT_TEXT, colours) & A_REVERSE);
    }
    assert_false(paint_attributes(PAINT_DIM, COLOURS_CONTRAST) & A_DIM);
    assert_false(paint_attributes(PAINT_DIM, COLOURS_LIGHT) & A_DIM);
}

/* The pair of a cell that nobody has drawn on. */
static short
pair_of_a_blank(WINDOW *window, attr_t *attributes)
{
    cchar_t cell;
    wchar_t text[CCHARW_MAX + 1];
    short pair;
    mvwin_wch(window, 1, 40, &cell);
    getcchar(&cell, text, attributes, &pair, NULL);
    return pair;
}

/* The whole window, so that no hole shows the terminal's own background; also while it flashes. */
static void
a_painted_background_has_no_holes(void **state)
{
    (void)state;
    struct scene scene;
    attr_t attributes;
    play_open(&scene, 9, NULL);
    scene_do(&scene, COMMAND_START);
    for (int flash = 0; flash < 2; flash++) {
        scene.view.flash = flash;
        scene.view.colours = COLOURS_LIGHT;
        WINDOW *window = play_draw(&scene, 80, 24);
        assert_int_equal(pair_of_a_blank(window, &attributes), paint_pair(COLOURS_LIGHT));
        assert_int_equal((attributes & A_REVERSE) != 0, flash);
        delwin(window);
        scene.view.colours = COLOURS_ANY;
        window = play_draw(&scene, 80, 24);
        assert_int_equal(pair_of_a_blank(window, &attributes), 0);
        delwin(window);
    }
    play_close(&scene);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_theme_is_legible),
        cmocka_unit_test(a_theme_comes_to_what_the_terminal_can_do),
        cmocka_unit_test(without_colours_bold_reverse_and_underline_are_left),
        cmocka_unit_test(alarm_and_cursor_are_reverse_in_every_theme),
        cmocka_unit_test(a_painted_background_has_no_holes),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
