/* The debrief: questions with their share of the time, notes typed, changed and removed. */
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
#include "session/formats.h"
#include "session/text.h"

static struct scene scene;

/* The session stops at 14:00; the debrief starts at 13:51. */
static void
open_debrief(int people, const char *notes_before)
{
    play_open(&scene, people, NULL);
    scene_do(&scene, COMMAND_START);
    play(&scene, notes_before);
    scene_wait(&scene, 66 * 60000 - 1000);
    if (scene.session.phase != PHASE_DEBRIEF)
        scene_do(&scene, COMMAND_DEBRIEF);
    scene_wait(&scene, 66 * 60000 - scene.now.elapsed_ms);
}

static int
open_usual(void **state)
{
    (void)state;
    open_debrief(9, "");
    return 0;
}

static int
close_usual(void **state)
{
    (void)state;
    play_close(&scene);
    return 0;
}

static int
notes(void)
{
    return scene.session.notes_count;
}

static const char *
note(int index)
{
    return scene.session.notes[index].text;
}

static void
the_ladder(void **state)
{
    (void)state;
    play(&scene,
         "small steps kept us green nearly all of the time<Enter>@grace bring cables<Enter>");
    play_golden(&scene, "debrief");
    play(&scene, "> book the ro");
    play_golden(&scene, "debrief-typing");
    play(&scene, "<Up>");
    play_golden(&scene, "debrief-chosen");
    play(&scene, "<Enter>");
    play_golden(&scene, "debrief-editing");
    play(&scene, "<Esc><Esc><^U><Esc>");
    play_golden(&scene, "debrief-keys");
}

static void
typing_needs_no_key_first(void **state)
{
    (void)state;
    play(&scene, "quit? undo: q u d ^<Enter>");
    assert_int_equal(notes(), 1);
    assert_string_equal(note(0), "quit? undo: q u d ^");
    assert_int_equal(scene.session.notes[0].question, 1);
    play_expect(&scene, "• quit? undo: q u d ^", 0);
    assert_string_equal(scene.ui.text, "");
}

static void
enter_on_an_empty_line_goes_on(void **state)
{
    (void)state;
    play_expect(&scene, "WHAT DID WE LEARN?", A_BOLD);
    play(&scene, "<Enter>");
    assert_int_equal(scene.session.question, 2);
    play_expect(&scene, "WHAT WENT WELL?", A_BOLD);
    play(&scene, "pairing<Enter> <KeyEnter>");
    assert_int_equal(scene.session.question, 3);
    assert_int_equal(scene.session.notes[0].question, 2);
    play_expect(&scene, "Enter alone: who prepares the next dojo?", 0);
    play(&scene, "<Enter>");
    assert_int_equal(scene.session.phase, PHASE_ROLES);
}

static void
pages_turn_to_the_question_before_and_next(void **state)
{
    (void)state;
    play(&scene, "<PgUp>");
    play_expect(&scene, "This is the first question.", 0);
    play(&scene, "<PgDn><^N>");
    assert_int_equal(scene.session.question, 3);
    play(&scene, "<PgDn>");
    assert_int_equal(scene.session.question, 3);
    play_expect(&scene, "This is the last question; Enter on an empty line", 0);
    play(&scene, "half<^P>");
    assert_int_equal(scene.session.question, 2);
    assert_string_equal(scene.ui.text, "half");
}

static void
a_question_has_its_share_of_what_remains(void **state)
{
    (void)state;
    /* 10:00 remained at 13:50, when the first of three was opened: 3:20 each. */
    play_expect(&scene, "9:00 left · end 14:00", 0);
    play_expect(&scene, "Question 1 of 3 · 2:20 left for it", 0);
    scene_wait(&scene, 3 * 60000);
    play_expect(&scene, "Question 1 of 3 · its time is over, take the next", A_BOLD);
    play(&scene, "<Enter>"); /* 6:00 for two */
    play_expect(&scene, "Question 2 of 3 · 3:00 left for it", 0);
    scene_wait(&scene, 7 * 60000);
    play_expect(&scene, "+1:00 over · end 14:00", 0);
}

static void
notes_are_changed_where_they_stand(void **state)
{
    (void)state;
    play(&scene, "one<Enter>two<Enter>half<Up><Up>");
    play_expect(&scene, "▸ one", 0);
    play_expect(&scene, "Enter change it", 0);
    play(&scene, "<Enter>, better<Enter>");
    assert_string_equal(note(0), "one, better");
    assert_string_equal(scene.ui.text, "half");
    play(&scene, "<Enter>");
    play(&scene, "nothing<Esc>");
    assert_string_equal(note(0), "one, better");
    play(&scene, "<Enter><^U><Enter>");
    assert_string_equal(note(0), "one, better");
    play_expect(&scene, "The note stays as it was", 0);
    play(&scene, "<Esc> typed<Enter>");
    assert_string_equal(note(2), "half typed");
}

static void
notes_are_removed_and_brought_back(void **state)
{
    (void)state;
    play(&scene, "one<Enter>two<Enter><Up><Up><Delete>");
    assert_int_equal(notes(), 1);
    assert_string_equal(note(0), "two");
    play_expect(&scene, "▸ two", 0);
    play(&scene, "<^D>");
    assert_int_equal(notes(), 0);
    play(&scene, "<Esc>u");
    assert_int_equal(notes(), 1);
    play(&scene, "u");
    assert_int_equal(notes(), 2);
    assert_string_equal(note(0), "one");
}

static void
an_action_item_shows_its_owner(void **state)
{
    (void)state;
    play(&scene, "@grace bring cables<Enter>> tidy the room<Enter>");
    play_expect(&scene, "→ Grace Hopper: bring cables", 0);
    play_expect(&scene, "→ tidy the room", 0);
    play(&scene, "<Up><Up><Enter>");
    assert_string_equal(scene.ui.text, "@Grace Hopper bring cables");
    play(&scene, " and tape<Enter>");
    assert_string_equal(scene.session.notes[0].owner, "Grace Hopper");
    assert_string_equal(note(0), "bring cables and tape");
    play(&scene, "<Down><Enter><Enter>");
    assert_true(scene.session.notes[1].action);
    assert_string_equal(note(1), "tidy the room");
}

static void
escape_makes_letters_keys(void **state)
{
    (void)state;
    play(&scene, "half<Esc>");
    play_expect(&scene, "› half", 0);
    assert_int_equal(play(&scene, "x"), REPLY_IGNORED);
    play(&scene, "e");
    play_expect(&scene, "› half", 0);
    play_expect(&scene, "New end: 14:00", 0);
    play(&scene, "14:30<Enter>");
    assert_int_equal(play_command(), COMMAND_STOP_AT);
    assert_string_equal(screen_draft(&scene.ui), "half");
    play(&scene, "<Esc>"); /* the line that was refused for its date */
    play(&scene, "n");
    assert_int_equal(scene.session.question, 2);
    play(&scene, "<Enter>"); /* half a note is there: no, types again */
    assert_int_equal(scene.session.question, 2);
    play(&scene, " typed<Enter>");
    assert_string_equal(note(0), "half typed");
    play(&scene, "<Esc>");
    play_expect(&scene, "letters are keys now", A_REVERSE);
    play(&scene, "<Tab>o<Back><Esc>ox<Enter>");
    assert_string_equal(note(1), "x");
}

static void
help_and_quitting_work_while_typing(void **state)
{
    (void)state;
    play(&scene, "half<F1>");
    play_expect(&scene, "Now: debrief", A_BOLD);
    play(&scene, "?<^C>");
    play_expect(&scene, "Leave? The session is kept", A_REVERSE);
    play(&scene, "n");
    assert_int_equal(scene.ui.overlay, OVERLAY_NONE);
    assert_string_equal(scene.ui.text, "half");
    assert_int_equal(play(&scene, "<^C><^C>"), REPLY_QUIT);
    assert_string_equal(screen_draft(&scene.ui), "half");
}

static void
notes_of_the_coding_stand_under_the_first_question(void **state)
{
    (void)state;
    open_debrief(9, "oname the loop<Enter>");
    play_expect(&scene, "◦ name the loop", 0);
    play(&scene, "<Enter>");
    play_expect_no(&scene, "name the loop");
    play_close(&scene);
}

/* Somebody else removes the note that is being changed. */
static void
a_note_that_vanished_is_let_go(void **state)
{
    (void)state;
    play(&scene, "one<Enter>half<Up><Enter> more");
    scene_command(&scene, &(struct command){.kind = COMMAND_NOTE_DELETE,
                                            .by = BY_COMMAND,
                                            .note = scene.session.notes[0].seq});
    play_draw_all(&scene);
    play(&scene, "!");
    assert_string_equal(scene.ui.text, "half!");
}

static void
many_and_long_notes_scroll(void **state)
{
    (void)state;
    for (int i = 0; i < 30; i++)
        play(&scene, "a note that is long enough to need a second row when the window has only "
                     "sixty columns<Enter>");
    play(&scene, "the last one<Enter>now");
    play_expect(&scene, "• the last one", 0);
    play_expect(&scene, "› now", 0);
    play_expect(&scene, " more", 0);
    for (int i = 0; i < 40; i++)
        play(&scene, "<Up>");
    play_expect(&scene, "▸ a note that", 0);
    play_draw_all(&scene);
}

/* --- formats --- */

/* As open_debrief(), with settings; `minutes` of the session are left. */
static void
open_with(const char *const *lines, int minutes)
{
    play_open(&scene, 9, lines);
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, (75 - minutes) * (int64_t)60000 - 1000);
    if (scene.session.phase != PHASE_DEBRIEF)
        scene_do(&scene, COMMAND_DEBRIEF);
}

/* Somebody sets lights in a turn: "grra". */
static void
light(const char *letters)
{
    for (; *letters != '\0'; letters++) {
        struct command command = {.kind = COMMAND_LIGHT, .by = BY_KEY};
        command.number = *letters == 'g' ? LIGHT_GREEN : *letters == 'r' ? LIGHT_RED : LIGHT_AMBER;
        scene_command(&scene, &command);
    }
}

static void
every_format_asks_its_questions(void **state)
{
    (void)state;
    for (int format = 0; format < FORMATS; format++) {
        char line[64];
        snprintf(line, sizeof line, "debrief.format=%s", formats_table[format].name);
        open_with((const char *const[]){line, NULL}, 10);
        for (const char *const *question = formats_table[format].question; *question; question++) {
            char start[40], *upper = text_upper(*question);
            snprintf(start, sizeof start, "%.20s", upper);
            play_expect(&scene, start, A_BOLD);
            free(upper);
            play(&scene, "<Enter>");
        }
        assert_int_equal(scene.session.phase, PHASE_ROLES);
        play_close(&scene);
    }
}

static void
the_lights_are_looked_back_on(void **state)
{
    static const char *const lines[] = {"debrief.format=lights", NULL};
    (void)state;
    play_open(&scene, 9, lines);
    light("g");
    scene_do(&scene, COMMAND_START);
    for (int turn = 0; turn < 13; turn++) {
        light(turn % 3 == 0 ? "rarg" : turn % 3 == 1 ? "rg" : "rrrarrg");
        scene_wait(&scene, 5 * 60000 + 10000);
    }
    play_expect(&scene, "tests by turn: ● green  ○ red  ▲ amber", 0);
    play_expect(&scene, "2 ○ ●", 0);
    play_golden(&scene, "debrief-lights");
    play_draw_all(&scene);
    for (int i = 0; i < 300; i++)
        light("r");
    play_draw_all(&scene);
    play_close(&scene);
}

static void
without_lights_that_is_said(void **state)
{
    static const char *const lines[] = {"debrief.format=lights", NULL};
    (void)state;
    open_with(lines, 10);
    play_expect(&scene, "no light was recorded today", 0);
    play_close(&scene);
    open_debrief(9, "lg");
    play_expect_no(&scene, "tests by turn");
    play_expect_no(&scene, "recorded");
    play_close(&scene);
}

static void
one_word_is_enough_when_only_the_minimum_is_left(void **state)
{
    static const char hint[] = "little time: one word from each is enough";
    static const char *const lines[] = {"turn.handover=0s", "debrief.length=5m", NULL};
    static const char *const one_word[] = {"turn.handover=0s", "debrief.length=5m",
                                           "debrief.format=one-word", NULL};
    (void)state;
    open_with(NULL, 5);
    play_expect_no(&scene, hint);
    play_close(&scene);
    open_with(lines, 4);
    play_expect(&scene, hint, A_BOLD);
    WINDOW *window = play_draw(&scene, 60, 15);
    canvas_expect(window, "one word each", A_BOLD);
    delwin(window);
    play_close(&scene);
    open_with(one_word, 4);
    play_expect_no(&scene, hint);
    play_close(&scene);
}

int
main(void)
{
#define USUAL(test) cmocka_unit_test_setup_teardown(test, open_usual, close_usual)
    const struct CMUnitTest tests[] = {
        USUAL(the_ladder),
        USUAL(typing_needs_no_key_first),
        USUAL(enter_on_an_empty_line_goes_on),
        USUAL(pages_turn_to_the_question_before_and_next),
        USUAL(a_question_has_its_share_of_what_remains),
        USUAL(notes_are_changed_where_they_stand),
        USUAL(notes_are_removed_and_brought_back),
        USUAL(an_action_item_shows_its_owner),
        USUAL(escape_makes_letters_keys),
        USUAL(help_and_quitting_work_while_typing),
        cmocka_unit_test(notes_of_the_coding_stand_under_the_first_question),
        USUAL(a_note_that_vanished_is_let_go),
        USUAL(many_and_long_notes_scroll),
        cmocka_unit_test(every_format_asks_its_questions),
        cmocka_unit_test(the_lights_are_looked_back_on),
        cmocka_unit_test(without_lights_that_is_said),
        cmocka_unit_test(one_word_is_enough_when_only_the_minimum_is_left),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
