/* The big clock and the big letters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "canvas.h"
#include "screens/digits.h"
#include "screens/letters.h"

static WINDOW *
draw_digits(const char *text, int rows, bool ascii)
{
    WINDOW *window = newpad(rows, digits_columns(text, rows, ascii));
    digits_draw(window, 0, 0, text, rows, PAINT_CLOCK, true, ascii);
    return window;
}

static void
every_digit_can_be_told_from_the_others(void **state)
{
    (void)state;
    for (int rows = 3; rows < 30; rows++) {
        for (int ascii = 0; ascii < 2; ascii++) {
            char *seen[10];
            if (ascii && rows < 5)
                continue;
            for (int digit = 0; digit < 10; digit++) {
                char text[] = {(char)('0' + digit), '\0'};
                WINDOW *window = draw_digits(text, rows, ascii);
                seen[digit] = canvas_text(window);
                for (int other = 0; other < digit; other++)
                    assert_string_not_equal(seen[other], seen[digit]);
                delwin(window);
            }
            for (int digit = 0; digit < 10; digit++)
                free(seen[digit]);
        }
    }
}

static void
digits_look_as_they_should(void **state)
{
    (void)state;
    static const int rows[] = {3, 4, 5, 11};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        WINDOW *window = draw_digits("+0123456789:", rows[i], false);
        canvas_golden(window, "digits");
        delwin(window);
    }
    WINDOW *window = draw_digits("+0123456789:", 7, true);
    canvas_golden(window, "digits-ascii");
    canvas_expect_ascii(window);
    delwin(window);
}

static void
the_largest_digits_that_fit_are_chosen(void **state)
{
    (void)state;
    for (int rows = 1; rows < 60; rows++) {
        for (int columns = 1; columns < 220; columns += 7) {
            for (int ascii = 0; ascii < 2; ascii++) {
                int fit = digits_fit("12:45", rows, columns, ascii);
                assert_true(fit <= rows);
                if (fit > 0)
                    assert_true(digits_columns("12:45", fit, ascii) <= columns);
                if (fit > 0 && fit < rows)
                    assert_true(digits_columns("12:45", fit + 1, ascii) > columns);
            }
        }
    }
    assert_int_equal(digits_fit("5:00", 2, 100, false), 0);
    assert_int_equal(digits_fit("5:00", 4, 100, true), 0);
    assert_int_equal(digits_fit("12:45", 10, 10, false), 0);
}

static void
digits_beyond_the_window_are_cut(void **state)
{
    (void)state;
    WINDOW *window = newpad(4, 10);
    digits_draw(window, -2, 5, "88", 8, PAINT_CLOCK, true, false);
    digits_draw(window, 0, 12, "88", 8, PAINT_CLOCK, true, false);
    digits_draw(window, 0, 0, "88", 0, PAINT_CLOCK, true, false);
    char *text = canvas_text(window);
    assert_string_equal(text, "     ███\n     █████\n     ███▀▀\n     ███\n");
    free(text);
    delwin(window);
}

static void
letters_look_as_they_should(void **state)
{
    (void)state;
    static const char *const texts[] = {"abcdefghijklm", "nopqrstuvwxyz", "0123456789",
                                        "Zoë Ñ. Ångström-Łoś's"};
    WINDOW *window = newpad(16, 120);
    for (int i = 0; i < 4; i++)
        letters_draw(window, 4 * i, 0, texts[i], 1, PAINT_STRONG, true, false);
    canvas_golden(window, "letters");
    delwin(window);
    window = newpad(16, 60);
    letters_draw(window, 0, 0, "Ada", 2, PAINT_STRONG, true, false);
    letters_draw(window, 8, 0, "Ada", 1, PAINT_STRONG, true, true);
    canvas_golden(window, "letters-large");
    delwin(window);
}

static void
other_scripts_are_left_to_plain_text(void **state)
{
    (void)state;
    assert_int_equal(letters_columns("李雷", 1, false), 0);
    assert_int_equal(letters_columns("Ada 👩", 1, false), 0);
    assert_int_equal(letters_columns("a\xcc\x81", 1, false), 0);
    assert_int_equal(letters_columns("\xc3", 1, false), 0);
    assert_int_equal(letters_columns("", 1, false), 0);
    assert_true(letters_columns("Ada", 1, false) > 0);
    char long_name[300];
    memset(long_name, 'a', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    assert_int_equal(letters_columns(long_name, 1, false), 0);
}

static void
the_largest_letters_that_fit_are_chosen(void **state)
{
    (void)state;
    int once = letters_columns("Ada", 1, false);
    assert_int_equal(letters_columns("Ada", 3, false), 3 * once);
    assert_int_equal(letters_fit("Ada", 4, once, false), 1);
    assert_int_equal(letters_fit("Ada", 4, once - 1, false), 0);
    assert_int_equal(letters_fit("Ada", 3, once, false), 0);
    assert_int_equal(letters_fit("Ada", 12, 2 * once, false), 2);
    assert_int_equal(letters_fit("Ada", 8, 2 * once, true), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_digit_can_be_told_from_the_others),
        cmocka_unit_test(digits_look_as_they_should),
        cmocka_unit_test(the_largest_digits_that_fit_are_chosen),
        cmocka_unit_test(digits_beyond_the_window_are_cut),
        cmocka_unit_test(letters_look_as_they_should),
        cmocka_unit_test(other_scripts_are_left_to_plain_text),
        cmocka_unit_test(the_largest_letters_that_fit_are_chosen),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
