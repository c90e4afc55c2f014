/* Which key goes where: overlays first, then what every screen understands, then the screen. */
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

static struct scene scene;

static int
open_turn(void **state)
{
    (void)state;
    play_open(&scene, 9, NULL);
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, 60000);
    return 0;
}

static int
close_turn(void **state)
{
    (void)state;
    play_close(&scene);
    return 0;
}

static void
every_phase_has_a_screen(void **state)
{
    (void)state;
    for (int phase = 0; phase < PHASES; phase++) {
        const struct screen *screen = screen_for((enum phase)phase);
        assert_non_null(screen);
        assert_non_null(screen->name);
        assert_non_null(screen->keys);
    }
    assert_ptr_equal(screen_for(PHASE_PAUSED), &turn_screen);
    assert_ptr_equal(screen_for(PHASE_OFFER), &handover_screen);
}

static void
quitting_asks_once(void **state)
{
    (void)state;
    assert_int_equal(play(&scene, "q"), REPLY_DRAWN);
    play_expect(&scene, "Leave? The session is kept and its clock runs on; `randori` resumes it.",
                A_REVERSE);
    play_golden(&scene, "quit");
    assert_int_equal(play(&scene, "y"), REPLY_QUIT);
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
}

static void
any_other_key_stays_and_does_nothing_else(void **state)
{
    (void)state;
    static const char *const others[] = {"n", "<Enter>", "<Esc>", " ", "<^G>", "q", "<F5>"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        play(&scene, "q");
        assert_int_equal(play(&scene, others[i]), REPLY_DRAWN);
        assert_int_equal(play_command(), COMMAND_NONE);
        assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
        assert_int_equal(scene.session.phase, PHASE_TURN);
    }
}

static void
control_c_twice_quits(void **state)
{
    (void)state;
    assert_int_equal(play(&scene, "<^C>"), REPLY_DRAWN);
    assert_int_equal(play(&scene, "<^C>"), REPLY_QUIT);
    play(&scene, "ohalf<^C>");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    assert_int_equal(play(&scene, "<^C><^C>"), REPLY_QUIT);
    assert_string_equal(screen_draft(&scene.ui), "half");
}

static void
a_closed_session_is_left_at_once(void **state)
{
    (void)state;
    scene_do(&scene, COMMAND_DEBRIEF);
    scene_do(&scene, COMMAND_ROLES);
    play(&scene, "xx<Enter><Enter>");
    assert_int_equal(scene.session.phase, PHASE_CLOSED);
    assert_int_equal(play(&scene, "q"), REPLY_QUIT);
}

static void
redraw_and_stop_work_everywhere(void **state)
{
    (void)state;
    static const char *const places[] = {"", "?", "<Esc>v", "<Esc>o", "<Esc>q"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        play(&scene, places[i]);
        assert_int_equal(play(&scene, "<^L>"), REPLY_REDRAW);
        assert_int_equal(play(&scene, "<^Z>"), REPLY_STOP);
    }
    play(&scene, "n");
    play(&scene, "dy");
    assert_int_equal(play(&scene, "<^L>"), REPLY_REDRAW);
}

static void
common_keys_become_commands(void **state)
{
    (void)state;
    play(&scene, "ogood name<Enter>");
    assert_string_equal(scene.session.notes[0].text, "good name");
    play_expect(&scene, "The note is kept.", 0);
    play(&scene, "u");
    assert_int_equal(scene.session.notes_count, 0);
    play(&scene, "aPeter Naur<Enter>");
    assert_int_equal(scene.session.roster.count, 10);
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    play(&scene, "dy");
    assert_int_equal(scene.session.phase, PHASE_DEBRIEF);
}

/* Beside `s`: a slip takes no turn from anybody. */
static void
an_early_debrief_asks(void **state)
{
    (void)state;
    play(&scene, "d");
    play_expect(&scene, "Debrief now? 11 planned turns will not take place.", A_REVERSE);
    play(&scene, "s");
    assert_int_equal(scene.session.phase, PHASE_TURN);
    play(&scene, "d<Enter>");
    assert_int_equal(scene.session.phase, PHASE_TURN);
    scene_wait(&scene, 58 * 60000);
    assert_int_equal(scene.session.phase, PHASE_TURN); /* the last one */
    play(&scene, "d");
    assert_int_equal(scene.session.phase, PHASE_DEBRIEF);
}

static void
the_end_is_proposed_and_typed_over(void **state)
{
    (void)state;
    play(&scene, "e");
    WINDOW *window = play_draw(&scene, 80, 24);
    int row, column;
    assert_true(canvas_find(window, "New end: 14:00", &row, &column));
    assert_true(mvwinch(window, row, column + 9) & A_REVERSE); /* the proposal is marked */
    delwin(window);
    play(&scene, "14:15<Enter>");
    assert_int_equal(play_command(), COMMAND_STOP_AT);
    play(&scene, "<Esc>e<Back>5<Enter>");
    play_expect(&scene, "New end: 14:05", 0);
    play(&scene, "<Esc>");
}

static void
who_was_added_is_said(void **state)
{
    (void)state;
    play(&scene, "aPeter Naur<Enter>");
    play_expect(&scene, "Peter Naur is in the list now.", 0);
}

static void
undoing_the_debrief_asks(void **state)
{
    (void)state;
    play(&scene, "dy<Esc>u");
    play_expect(&scene, "Go back from the debrief to coding?", A_REVERSE);
    play(&scene, "<Enter>");
    assert_int_equal(scene.session.phase, PHASE_DEBRIEF);
    play(&scene, "uy");
    assert_int_equal(scene.session.phase, PHASE_TURN);
}

static void
a_time_must_be_one(void **state)
{
    (void)state;
    play(&scene, "e25:00<Enter>");
    play_expect(&scene, "That is no time of day", A_REVERSE);
    assert_string_equal(scene.ui.text, "25:00");
    play(&scene, "<^U>14:15<Enter>");
    assert_int_equal(play_command(), COMMAND_STOP_AT);
    assert_string_equal(scene.ui.text, "14:15"); /* refused: the line is back to be mended */
    play(&scene, "<^U><Enter>");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
}

static void
a_notice_stays_until_a_key_does_something(void **state)
{
    (void)state;
    play(&scene, "ogood name<Enter><F5>");
    play_expect(&scene, "The note is kept.", 0);
    play(&scene, "?<Esc>");
    play_expect_no(&scene, "The note is kept.");
}

static void
what_cannot_be_done_now_is_said_before_typing(void **state)
{
    (void)state;
    scene_do(&scene, COMMAND_DEBRIEF);
    scene_do(&scene, COMMAND_ROLES);
    play(&scene, "xxx<Enter>o");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    play_expect(&scene, "No note can be taken now.", 0);
    play(&scene, "a");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
}

static void
the_flash_is_one_reverse_frame(void **state)
{
    (void)state;
    scene.view.flash = true;
    WINDOW *window = play_draw(&scene, 80, 24);
    for (int row = 0; row < 24; row++)
        for (int column = 0; column < 80; column++)
            assert_true(mvwinch(window, row, column) & A_REVERSE);
    delwin(window);
}

static void
lines_and_questions_bear_every_size(void **state)
{
    (void)state;
    play(&scene, "o日本語 e\xCC\x81 \xF0\x9F\x91\x8D and a long tail that does not fit anywhere");
    play_draw_all(&scene);
    play_golden(&scene, "note");
    play(&scene, "<Esc>e25:00<Enter>");
    play_draw_all(&scene);
    play(&scene, "<Esc>q");
    play_draw_all(&scene);
}

/* --- paste --- */

static const char nowhere[] = "Pasted text is taken where a line is typed (o: a note).";

static void
what_is_pasted_is_no_key(void **state)
{
    (void)state;
    static const char *const places[] = {"", "?", "<Esc>v", "<Esc>q", "<Esc>l"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        play(&scene, places[i]);
        enum overlay overlay = scene.ui.overlay;
        play_paste(&scene, "n\ny q\rd\014\032\003\033e");
        assert_int_equal(play_command(), COMMAND_NONE);
        assert_int_equal(scene.ui.overlay, overlay);
        assert_int_equal(scene.session.phase, PHASE_TURN);
        assert_int_equal(scene.session.turns_count, 0);
    }
    play(&scene, "<Esc><F5>");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    play_paste(&scene, "n");
    play_expect(&scene, nowhere, 0);
    play(&scene, "n");
    assert_int_equal(scene.session.phase, PHASE_HANDOVER);
    play_paste(&scene, " n\n");
    assert_int_equal(scene.session.phase, PHASE_HANDOVER);
    play_expect(&scene, nowhere, 0);
}

static void
a_line_takes_the_first_line_of_a_paste(void **state)
{
    (void)state;
    play(&scene, "oa ");
    play_paste(&scene, "\033b\001\tc\x7f"
                       "d\nnext\nq");
    assert_int_equal(scene.ui.overlay, OVERLAY_PROMPT);
    assert_string_equal(scene.ui.text, "a b cd");
    play_paste(&scene, "!");
    play(&scene, "?<Enter>");
    assert_int_equal(scene.session.notes_count, 1);
    assert_string_equal(scene.session.notes[0].text, "a b cd!?");
    play(&scene, "a");
    play_paste(&scene, "Peter Naur\n");
    assert_int_equal(scene.session.roster.count, 9);
    play(&scene, "<Enter>");
    assert_int_equal(scene.session.roster.count, 10);
}

static void
the_debrief_takes_a_note_a_line(void **state)
{
    (void)state;
    play(&scene, "dy");
    play_paste(&scene, "\none\r\n\r\n  \n two\n\nthree");
    assert_int_equal(scene.session.question, 1);
    assert_int_equal(scene.session.notes_count, 2);
    assert_string_equal(scene.session.notes[0].text, "one");
    assert_string_equal(scene.session.notes[1].text, "two");
    assert_string_equal(scene.ui.text, "three");
    play(&scene, "<Up>");
    play_paste(&scene, "\n!");
    assert_int_equal(scene.ui.note, 0);
    assert_string_equal(scene.ui.text, "three!");
    play(&scene, "<Up><Enter>");
    play_paste(&scene, " more\nof it");
    assert_string_equal(scene.ui.text, "two more");
    play(&scene, "<Enter>");
    assert_string_equal(scene.session.notes[1].text, "two more");
    play(&scene, "<Esc><Esc>");
    play_paste(&scene, "nun\n");
    assert_int_equal(scene.session.question, 1);
    play_expect(&scene, nowhere, 0);
}

int
main(void)
{
#define TURN(test) cmocka_unit_test_setup_teardown(test, open_turn, close_turn)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_phase_has_a_screen),
        TURN(quitting_asks_once),
        TURN(any_other_key_stays_and_does_nothing_else),
        TURN(control_c_twice_quits),
        TURN(a_closed_session_is_left_at_once),
        TURN(redraw_and_stop_work_everywhere),
        TURN(common_keys_become_commands),
        TURN(undoing_the_debrief_asks),
        TURN(an_early_debrief_asks),
        TURN(the_end_is_proposed_and_typed_over),
        TURN(who_was_added_is_said),
        TURN(a_time_must_be_one),
        TURN(a_notice_stays_until_a_key_does_something),
        TURN(what_cannot_be_done_now_is_said_before_typing),
        TURN(the_flash_is_one_reverse_frame),
        TURN(lines_and_questions_bear_every_size),
        TURN(what_is_pasted_is_no_key),
        TURN(a_line_takes_the_first_line_of_a_paste),
        TURN(the_debrief_takes_a_note_a_line),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
