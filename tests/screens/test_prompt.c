/* Typing a line: what each key does to text and caret, and what is not taken in. */
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
#include "screens/prompt.h"

static struct scene scene;

static int
open_note(void **state)
{
    (void)state;
    play_open(&scene, 3, NULL);
    scene_do(&scene, COMMAND_START);
    play(&scene, "o");
    return 0;
}

static int
close_note(void **state)
{
    (void)state;
    play_close(&scene);
    return 0;
}

/* The line with the caret as a bar. */
static void
expect_line(const char *expected)
{
    char line[2 * UI_TEXT];
    const struct ui *ui = &scene.ui;
    snprintf(line, sizeof line, "%.*s|%s", (int)ui->caret, ui->text, ui->text + ui->caret);
    assert_string_equal(line, expected);
}

static void
text_is_typed_at_the_caret(void **state)
{
    (void)state;
    play(&scene, "hllo");
    expect_line("hllo|");
    play(&scene, "<Home><Right>e<End>!");
    expect_line("hello!|");
    play(&scene, "<^A><^F><^F><^B>");
    expect_line("h|ello!");
    play(&scene, "<^E>");
    expect_line("hello!|");
}

static void
the_caret_stays_inside_the_line(void **state)
{
    (void)state;
    play(&scene, "<Left><Right><^B><^F><Back><Delete><^W><Alt-b><Alt-f><^T>");
    expect_line("|");
    play(&scene, "a<Right><Right><Left><Left><Left>");
    expect_line("|a");
}

static void
a_cluster_is_one_character(void **state)
{
    (void)state;
    play(&scene, "xe\xCC\x81y"); /* e with a combining acute accent */
    play(&scene, "<Left><Left>");
    expect_line("x|e\xCC\x81y");
    play(&scene, "<Delete>");
    expect_line("x|y");
    play(&scene, "<End>\xC3\xA9<Back>");
    expect_line("xy|");
    play(&scene, "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD<Back>"); /* thumbs up with a skin tone */
    expect_line("xy|");
}

static void
words_are_cut_and_put_back(void **state)
{
    (void)state;
    play(&scene, "one two  three<^W>");
    expect_line("one two  |");
    play(&scene, "<^W>");
    expect_line("one |");
    play(&scene, "<^Y><^Y>");
    expect_line("one two  two  |");
    play(&scene, "<^A><Alt-f>");
    expect_line("one| two  two  ");
    play(&scene, "<^K>");
    expect_line("one|");
    play(&scene, "<^U><^Y><^Y>");
    expect_line("oneone|");
    play(&scene, "<Home> <Left><Alt-d>");
    expect_line("|");
    play(&scene, "<^Y>");
    expect_line(" oneone|");
}

static void
cutting_nothing_keeps_what_was_cut(void **state)
{
    (void)state;
    play(&scene, "kept<^U><^U><^K><^W><^Y>");
    expect_line("kept|");
}

static void
characters_change_places(void **state)
{
    (void)state;
    play(&scene, "ab<^T>");
    expect_line("ba|");
    play(&scene, "<Left><^T>");
    expect_line("ab|");
    play(&scene, "\xC3\xA9<^T>");
    expect_line("a\xC3\xA9"
                "b|");
}

static void
what_cannot_be_seen_is_not_typed(void **state)
{
    (void)state;
    play(&scene, "a\xC2\x9B"
                 "31m\xE2\x80\xAE\xE2\x80\x8B\xEF\xBF\xBF"
                 "b"); /* CSI, RLO, ZWSP */
    expect_line("a31mb|");
    play(&scene, "<Tab>c<^O><F5>");
    expect_line("a31mb c|");
    struct command command;
    struct key surrogate = {.code = 0xD800}, beyond = {.code = 0x110000};
    assert_int_equal(screen_key(&scene.view, &scene.ui, surrogate, &command), REPLY_IGNORED);
    assert_int_equal(screen_key(&scene.view, &scene.ui, beyond, &command), REPLY_IGNORED);
    expect_line("a31mb c|");
}

static void
joiners_stay_between_letters_or_emoji_only(void **state)
{
    (void)state;
    play(&scene, "<Tab>\xE2\x80\x8C");
    expect_line(" |");
    play(&scene, "<^U>\xD9\x85\xE2\x80\x8C\xD8\xAE<Enter>");
    assert_string_equal(scene.ui.taken, "\xD9\x85\xE2\x80\x8C\xD8\xAE");
    play(&scene, "o<^U>\U0001F469\u200D\U0001F4BB Grace<Enter>"); /* and between emoji */
    assert_string_equal(scene.ui.taken, "\U0001F469\u200D\U0001F4BB Grace");
    play(&scene, "o\xD9\x85\xE2\x80\x8C <Enter>");
    assert_string_equal(scene.ui.taken, "\xD9\x85");
}

static void
enter_takes_the_trimmed_text(void **state)
{
    (void)state;
    play(&scene, "  a  b  <Enter>");
    assert_string_equal(scene.ui.taken, "a  b");
    assert_string_equal(scene.ui.text, "");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    assert_string_equal(scene.session.notes[0].text, "a  b");
}

static void
a_line_has_an_end(void **state)
{
    (void)state;
    for (int i = 0; i < UI_TEXT + 20; i++)
        play(&scene, "x");
    assert_int_equal(strlen(scene.ui.text), UI_TEXT - 1);
    play(&scene, "<Back>\xC3\xA9"); /* two bytes where one is free */
    assert_int_equal(strlen(scene.ui.text), UI_TEXT - 2);
    play_expect(&scene, "The line is full.", 0);
    play(&scene, "<^U><^Y>");
    assert_int_equal(strlen(scene.ui.text), UI_TEXT - 2);
    play(&scene, "<Esc>a");
    for (int i = 0; i < NAME_MOST + 20; i++)
        play(&scene, "n");
    assert_int_equal(strlen(scene.ui.text), NAME_MOST);
}

static void
a_note_left_half_typed_is_there_again(void **state)
{
    (void)state;
    play(&scene, "half<Esc>");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    assert_string_equal(screen_draft(&scene.ui), "half");
    play(&scene, "aGrace<^C>");
    assert_string_equal(screen_draft(&scene.ui), "half");
    play(&scene, "o typed<Enter>");
    assert_string_equal(scene.session.notes[0].text, "half typed");
}

static WINDOW *
draw_prompt(int columns, const char *label)
{
    WINDOW *window = newpad(1, 60);
    prompt_draw(window, 0, 0, columns, &scene.view, &scene.ui, label);
    return window;
}

static void
the_caret_is_always_seen(void **state)
{
    (void)state;
    WINDOW *window;
    char *row;
    play(&scene, "0123456789abcdefghij");
    window = draw_prompt(20, "Note:");
    row = canvas_row(window, 0);
    assert_string_equal(row, "Note: \xE2\x80\xB9"
                             "89abcdefghij");
    free(row);
    assert_true(mvwinch(window, 0, 19) & A_REVERSE);
    delwin(window);
    play(&scene, "<Home>");
    window = draw_prompt(20, "Note:");
    row = canvas_row(window, 0);
    assert_string_equal(row, "Note: 0123456789abc\xE2\x80\xA6");
    free(row);
    assert_true(mvwinch(window, 0, 6) & A_REVERSE);
    delwin(window);
}

static void
a_label_gives_way_to_the_text(void **state)
{
    (void)state;
    play(&scene, "abc");
    WINDOW *window = draw_prompt(12, "Note:");
    char *row = canvas_row(window, 0);
    assert_string_equal(row, "abc");
    free(row);
    delwin(window);
    for (int columns = 0; columns < 12; columns++)
        delwin(draw_prompt(columns, "Note:"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(text_is_typed_at_the_caret, open_note, close_note),
        cmocka_unit_test_setup_teardown(the_caret_stays_inside_the_line, open_note, close_note),
        cmocka_unit_test_setup_teardown(a_cluster_is_one_character, open_note, close_note),
        cmocka_unit_test_setup_teardown(words_are_cut_and_put_back, open_note, close_note),
        cmocka_unit_test_setup_teardown(cutting_nothing_keeps_what_was_cut, open_note, close_note),
        cmocka_unit_test_setup_teardown(characters_change_places, open_note, close_note),
        cmocka_unit_test_setup_teardown(what_cannot_be_seen_is_not_typed, open_note, close_note),
        cmocka_unit_test_setup_teardown(joiners_stay_between_letters_or_emoji_only, open_note,
                                        close_note),
        cmocka_unit_test_setup_teardown(enter_takes_the_trimmed_text, open_note, close_note),
        cmocka_unit_test_setup_teardown(a_line_has_an_end, open_note, close_note),
        cmocka_unit_test_setup_teardown(a_note_left_half_typed_is_there_again, open_note,
                                        close_note),
        cmocka_unit_test_setup_teardown(the_caret_is_always_seen, open_note, close_note),
        cmocka_unit_test_setup_teardown(a_label_gives_way_to_the_text, open_note, close_note),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
