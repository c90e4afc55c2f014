/* Lists: what is shown of many rows, where the cursor goes; and text broken into rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "canvas.h"
#include "screens/list.h"
#include "screens/wrap.h"

static int asked;

static bool
numbered(const struct view *view, const void *user, int index, char *out, size_t size)
{
    (void)view, (void)user;
    asked++;
    snprintf(out, size, "row %d", index);
    return index % 2 == 1;
}

static void
expect_rows(const struct ui *ui, bool ascii, int rows, int count, const char *expected)
{
    struct view view = {.ascii = ascii};
    WINDOW *window = newpad(rows, 24);
    list_draw(window, 0, 0, rows, 24, &view, ui, count, numbered, NULL);
    char *text = canvas_text(window);
    assert_string_equal(text, expected);
    free(text);
    delwin(window);
}

static void
a_short_list_is_shown_whole(void **state)
{
    (void)state;
    struct ui ui = {.cursor = 1};
    expect_rows(&ui, false, 4, 3, "  row 0\n▸ row 1\n  row 2\n\n");
    expect_rows(&ui, true, 4, 3, "  row 0\n> row 1\n  row 2\n\n");
    expect_rows(&ui, true, 2, 0, "\n\n");
}

static void
what_is_cut_off_is_counted(void **state)
{
    (void)state;
    struct ui ui = {.cursor = 5, .scroll = 4};
    expect_rows(&ui, false, 3, 200,
                "  row 4         ↑ 4 more\n▸ row 5\n  row 6       ↓ 193 more\n");
    expect_rows(&ui, true, 1, 200, "> row 5\n"); /* both ends would leave no room for the row */
    ui = (struct ui){.cursor = 199};
    expect_rows(&ui, true, 2, 200, "  row 198     ^ 198 more\n> row 199\n");
}

static void
only_rows_on_screen_cost(void **state)
{
    (void)state;
    struct ui ui = {.cursor = 100000};
    asked = 0;
    expect_rows(&ui, true, 2, 200000, "  row 99999\n> row 100000\n");
    assert_int_equal(asked, 2);
}

static void
a_list_that_shrank_still_shows_its_end(void **state)
{
    (void)state;
    struct ui ui = {.cursor = 50, .scroll = 45};
    expect_rows(&ui, true, 3, 2, "  row 0\n> row 1\n\n");
    ui.cursor = -1;
    expect_rows(&ui, true, 3, 2, "> row 0\n  row 1\n\n");
}

static void
expect_cursor(struct ui *ui, wint_t code, int expected)
{
    assert_true(list_key(ui, (struct key){.function = true, .code = code}, 30, 10));
    assert_int_equal(ui->cursor, expected);
    assert_true(ui->scroll <= ui->cursor && ui->cursor < ui->scroll + 10);
}

static void
keys_move_the_cursor_and_stop_at_the_ends(void **state)
{
    (void)state;
    struct ui ui = {.cursor = 0};
    expect_cursor(&ui, KEY_UP, 0);
    expect_cursor(&ui, KEY_DOWN, 1);
    expect_cursor(&ui, KEY_NPAGE, 10);
    expect_cursor(&ui, KEY_END, 29);
    expect_cursor(&ui, KEY_DOWN, 29);
    expect_cursor(&ui, KEY_PPAGE, 20);
    expect_cursor(&ui, KEY_HOME, 0);
    assert_false(list_key(&ui, (struct key){.code = 'j'}, 30, 10));
    assert_false(list_key(&ui, (struct key){.function = true, .code = KEY_LEFT}, 30, 10));
}

static void
an_empty_list_bears_every_key(void **state)
{
    (void)state;
    struct ui ui = {.cursor = 7};
    assert_true(list_key(&ui, (struct key){.function = true, .code = KEY_DOWN}, 0, 10));
    assert_int_equal(ui.cursor, 0);
    assert_true(list_key(&ui, (struct key){.function = true, .code = KEY_END}, 0, 1));
    assert_int_equal(ui.cursor, 0);
}

static void
expect_wrapped(const char *text, int columns, const char *expected)
{
    struct view view = {.ascii = false};
    int rows = wrap_rows(text, columns);
    WINDOW *window = newpad(rows, columns > 1 ? columns : 1);
    assert_int_equal(wrap_draw(window, 0, 0, rows, columns, PAINT_TEXT, &view, text), rows);
    char *drawn = canvas_text(window);
    assert_string_equal(drawn, expected);
    free(drawn);
    delwin(window);
}

static void
text_breaks_at_blanks(void **state)
{
    (void)state;
    expect_wrapped("", 10, "\n");
    expect_wrapped("one two three", 7, "one two\nthree\n");
    expect_wrapped("one two three", 8, "one two\nthree\n");
    expect_wrapped("one   two", 4, "one\ntwo\n");
    expect_wrapped("abcdefgh ij", 3, "abc\ndef\ngh\nij\n");
    expect_wrapped("日本語です", 5, "日本\n語で\nす\n");
    expect_wrapped("abc", 1, "a\nb\nc\n");
}

static void
text_that_does_not_fit_is_marked(void **state)
{
    (void)state;
    struct view view = {.ascii = true};
    WINDOW *window = newpad(3, 10);
    assert_int_equal(wrap_draw(window, 0, 0, 2, 10, PAINT_TEXT, &view, "one two three four five"),
                     2);
    char *drawn = canvas_text(window);
    assert_string_equal(drawn, "one two\nthree fou~\n\n");
    free(drawn);
    delwin(window);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_list_is_shown_whole),
        cmocka_unit_test(what_is_cut_off_is_counted),
        cmocka_unit_test(only_rows_on_screen_cost),
        cmocka_unit_test(a_list_that_shrank_still_shows_its_end),
        cmocka_unit_test(keys_move_the_cursor_and_stop_at_the_ends),
        cmocka_unit_test(an_empty_list_bears_every_key),
        cmocka_unit_test(text_breaks_at_blanks),
        cmocka_unit_test(text_that_does_not_fit_is_marked),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
