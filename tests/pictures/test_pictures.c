/* The screens in README.md are those that the program draws, and their SVG says the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../screens/canvas.h"
#include "pictures.h"
#include "readme.h"
#include "screens/paint.h"
#include "svg.h"

static char *
readme(void)
{
    char *text = readme_read("README.md");
    assert_non_null(text);
    return text;
}

static void
readme_shows_what_is_drawn_now(void **state)
{
    (void)state;
    char why[README_WHY] = "", *text = readme();
    char *renewed = readme_renewed(text, why);
    assert_string_equal(why, "");
    assert_non_null(renewed);
    if (strcmp(renewed, text) != 0) {
        print_error("%s", renewed);
        fail_msg("README.md shows other screens than the program: make screens");
    }
    free(renewed);
    free(text);
}

static void
every_picture_is_shown(void **state)
{
    (void)state;
    char *text = readme();
    for (const struct picture *picture = pictures; picture->name != NULL; picture++) {
        char line[64];
        snprintf(line, sizeof line, "\n<!-- screen: %s -->\n", picture->name);
        if (strstr(text, line) == NULL)
            fail_msg("README.md does not show %s", picture->name);
    }
    free(text);
}

static void
expect_renewed(const char *text, const char *expected)
{
    char why[README_WHY] = "";
    char *renewed = readme_renewed(text, why);
    if (renewed == NULL)
        assert_string_equal(why, expected);
    else
        assert_string_equal(renewed, expected);
    free(renewed);
}

static void
only_what_is_between_the_marks_is_drawn_anew(void **state)
{
    (void)state;
    char *line, *expected;
    WINDOW *window = picture_draw(picture_find("line"));
    line = canvas_row(window, 0);
    assert_true(asprintf(&expected,
                         "a\n<!-- screen: line -->\n\n    %s\n\n<!-- end of screen -->\nb\n",
                         line) > 0);
    expect_renewed("a\n<!-- screen: line -->\nold\n<!-- end of screen -->\nb\n", expected);
    expect_renewed(expected, expected);
    expect_renewed("nothing to draw\n", "nothing to draw\n");
    expect_renewed("<!-- screen: nosuch -->\n\n<!-- end of screen -->\n",
                   "no screen is called nosuch");
    expect_renewed("<!-- screen: line -->\n\n", "no end of the screen line");
    expect_renewed("<!-- screen: a -->\n<!-- screen: line -->\n\n<!-- end of screen -->\n",
                   "no end of the screen a");
    free(expected);
    free(line);
    delwin(window);
}

/* --- SVG --- */

static char *
svg_of(WINDOW *window, const char *title)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    svg_write(out, window, title);
    fclose(out);
    return text;
}

static void
expect_in(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("not there: %s\n%s", part, text);
}

static void
cells_become_rectangles_and_text(void **state)
{
    (void)state;
    WINDOW *window = newpad(2, 12);
    mvwaddstr(window, 0, 0, "\u2588\u2588\u2580\u2584");
    wattrset(window, A_BOLD);
    mvwaddstr(window, 0, 5, "a<b &c");
    wattrset(window, (int)(A_REVERSE | paint_attributes(PAINT_RED, COLOURS_ON_DARK)));
    mvwaddstr(window, 1, 0, "\u7530\u4e2d");
    char *text = svg_of(window, "\"x\" & y");
    expect_in(text, "<title id=\"title\">&#34;x&#34; &#38; y</title>");
    expect_in(text, "<rect x=\"9\" y=\"9\" width=\"18\" height=\"18\" fill=\"#d8d8d8\"/>");
    expect_in(text, "<rect x=\"27\" y=\"9\" width=\"9\" height=\"9\" fill=\"#d8d8d8\"/>");
    expect_in(text, "<rect x=\"36\" y=\"18\" width=\"9\" height=\"9\" fill=\"#d8d8d8\"/>");
    expect_in(text, "<text x=\"54\" y=\"23\" textLength=\"27\" fill=\"#d8d8d8\" "
                    "font-weight=\"bold\">a&#60;b</text>");
    expect_in(text, "<rect x=\"9\" y=\"27\" width=\"36\" height=\"18\" fill=\"#ff5f5f\"/>");
    expect_in(text, "<text x=\"9\" y=\"41\" textLength=\"36\" fill=\"#1b1b1b\" "
                    "font-weight=\"bold\">\u7530\u4e2d</text>");
    free(text);
    delwin(window);
}

static void
every_picture_becomes_svg(void **state)
{
    (void)state;
    for (const struct picture *picture = pictures; picture->name != NULL; picture++) {
        WINDOW *window = picture_draw(picture);
        char *text = svg_of(window, picture->title);
        expect_in(text, "<svg xmlns=\"http://www.w3.org/2000/svg\" ");
        expect_in(text, picture->title);
        expect_in(text, ">debrief<");
        assert_true(strlen(text) > 500);
        assert_string_equal(text + strlen(text) - strlen("</svg>\n"), "</svg>\n");
        free(text);
        delwin(window);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readme_shows_what_is_drawn_now),
        cmocka_unit_test(every_picture_is_shown),
        cmocka_unit_test(only_what_is_between_the_marks_is_drawn_anew),
        cmocka_unit_test(cells_become_rectangles_and_text),
        cmocka_unit_test(every_picture_becomes_svg),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
