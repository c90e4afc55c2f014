/* The opening board. */
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

static const char *const lunch[] = {"session.title=Coding dojo",
                                    "session.topic=Brainfuck interpreter",
                                    "session.stack=C#",
                                    "session.url=https://example.org/dojo",
                                    "session.start=12:45",
                                    "session.end=14:00",
                                    NULL};
static const int64_t minute = 60000;

static struct scene scene, last;

/* The planned times are made by the app from settings and clock; the scene opens at 12:45. */
static void
open_board(int people, int64_t until_start_ms)
{
    play_open(&scene, people, lunch);
    scene.session.start_ms = scene.now.wall_ms + until_start_ms;
    scene.session.stop_ms = scene.session.start_ms + 75 * minute;
}

static void
open_with_last(int people)
{
    open_board(people, 13 * minute + 24000);
    play_last(&last);
    play_remember(&scene, &last);
}

static void
close_with_last(void)
{
    play_close(&scene);
    scene_close(&last);
}

static void
the_ladder(void **state)
{
    (void)state;
    open_with_last(9);
    play_golden(&scene, "board");
    close_with_last();
    open_board(0, -7 * minute);
    play_golden(&scene, "board-nobody");
    play_close(&scene);
    open_with_last(200);
    play(&scene, "<PgDn><PgDn><Down>");
    play_golden(&scene, "board-200");
    close_with_last();
}

static void
says_when_it_starts(void **state)
{
    (void)state;
    play_open(&scene, 9, NULL);
    play_expect(&scene, "Starts when you are ready", 0);
    play_expect(&scene, "12 turns of 5:00 · debrief 13:50 · end 14:00", A_BOLD);
    play_close(&scene);
    open_board(9, 61000);
    play_expect(&scene, "Starts at 12:46, in 1:01", A_BOLD);
    scene_wait(&scene, 61000);
    play_expect(&scene, "It is 12:46: time to start", A_BOLD);
    scene_wait(&scene, 7 * minute);
    play_expect(&scene, "+7 min: the start was planned for 12:46", A_BOLD);
    play_close(&scene);
}

static void
counts_down_in_hours_where_it_takes_hours(void **state)
{
    (void)state;
    open_board(9, 60 * minute - 1000);
    play_expect(&scene, "Starts at 13:44, in 59:59", A_BOLD);
    play_close(&scene);
    open_board(9, 60 * minute);
    play_expect(&scene, "Starts at 13:45, in 1:00:00", A_BOLD);
    play_close(&scene);
    open_board(9, 221 * minute + 56000);
    play_expect(&scene, "Starts at 16:26, in 3:41:56", A_BOLD);
    play_close(&scene);
}

static void
says_what_is_practice(void **state)
{
    (void)state;
    play_open(&scene, 9, NULL);
    play_expect_no(&scene, "practice");
    scene.session.opening->practice = true;
    play_expect(&scene, "Starts when you are ready · practice: it does not count", 0);
    play_close(&scene);
    open_board(9, 221 * minute + 56000);
    scene.session.opening->practice = true;
    WINDOW *window = play_draw(&scene, 40, 12);
    canvas_expect(window, "Starts at 16:26, in 3:41:56 · practice", A_BOLD);
    delwin(window);
    play_close(&scene);
}

static void
asks_for_the_next_name_until_it_is_left(void **state)
{
    (void)state;
    open_board(3, minute);
    play(&scene, "aPeter Naur<Enter>");
    play_expect(&scene, "Peter Naur is in the list now; Esc leaves.", 0);
    play(&scene, "<Esc>");
    play_expect(&scene, "Enter start ", 0);
    play_close(&scene);
}

static void
says_who_will_not_drive(void **state)
{
    (void)state;
    open_board(15, 0);
    play_expect(&scene,
                "3 of 15 will not drive; f: 4:00 turns; C: a co-pilot beside; g: two groups",
                A_BOLD);
    WINDOW *window = play_draw(&scene, 200, 60);
    canvas_expect(window,
                  "15 people: 3 will not drive; 4:00 turns would fit all, press f; C: a "
                  "co-pilot beside; g: two groups",
                  A_BOLD);
    delwin(window);
    window = play_draw(&scene, 40, 12);
    canvas_expect(window, "12 turns · debrief 13:50 · end 14:00", A_BOLD);
    canvas_expect(window, "3 of 15 will not drive; f: 4:00 turns", A_BOLD);
    delwin(window);
    play_expect(&scene, "Enter start  f fit all  C co-pilot  g two groups  Space away", 0);
    scene.memory.sessions = 1;
    scene.view.memory = &scene.memory;
    window = play_draw(&scene, 200, 60);
    canvas_expect(window, "f fit all  C co-pilot  g two groups  Space away  F fair order  S shuf",
                  0);
    delwin(window);
    scene.view.memory = NULL;
    play(&scene, "f");
    play_expect(&scene, "Enter start  Space away", 0);
    play_expect(&scene, "15 turns of 4:00", 0);
    play_expect(&scene, "15 people: everybody drives", 0);
    assert_int_equal(play(&scene, "f"), REPLY_DRAWN);
    play_expect(&scene, "Everybody drives already.", 0);
    play_close(&scene);
    open_board(200, 0);
    play_expect(&scene, "200 people: 188 will not drive; C: a co-pilot beside; g: two groups",
                A_BOLD);
    play(&scene, "f");
    play_expect(&scene, "No turn is short enough for all to drive.", 0);
    play(&scene, "C");
    assert_true(scene.session.settings.copilot);
    play_expect(&scene, "200 people: 188 will not drive; g: two groups", A_BOLD);
    play_expect(&scene, "The next driver sits beside the driver, as co-pilot", 0);
    play(&scene, "u");
    assert_false(scene.session.settings.copilot);
    play_close(&scene);
    open_board(1, 0);
    play_expect(&scene, "1 person: drives every turn", 0);
    play_close(&scene);
}

static void
splits_into_two_groups(void **state)
{
    (void)state;
    open_board(16, 0);
    assert_int_equal(play(&scene, "g"), REPLY_COMMAND);
    play_golden(&scene, "board-groups");
    play_expect(&scene, "Two groups; u takes it back.", 0);
    play_expect(&scene, "8 people: everybody drives", 0);
    play_expect_no(&scene, "two groups");
    play(&scene, "u");
    play_expect(&scene, "g two groups", 0);
    play_expect_no(&scene, "The other group");
    play_close(&scene);
}

/* Nobody is offered what would be refused. */
static void
three_people_make_no_two_groups(void **state)
{
    (void)state;
    open_board(3, 0);
    scene.session.stop_ms = scene.session.start_ms + 20 * minute;
    play_expect(&scene, "C: a co-pilot beside", A_BOLD);
    play_expect_no(&scene, "two groups");
    play(&scene, "g");
    play_expect(&scene, "Two groups need 4 people who drive; here are 3.", 0);
    play_close(&scene);
}

/* Another past session, which these two will have prepared. */
static void
remember(const char *ceremony, const char *dojo)
{
    scene_command(&last, &(struct command){.kind = COMMAND_UNDO, .by = BY_KEY});
    scene_command(&last, &(struct command){.kind = COMMAND_TAKE_ROLE,
                                           .by = BY_KEY,
                                           .role = "Master of Ceremony",
                                           .text = ceremony});
    scene_command(&last, &(struct command){.kind = COMMAND_TAKE_ROLE,
                                           .by = BY_KEY,
                                           .role = "Master of Dojo",
                                           .text = dojo});
    scene_do(&last, COMMAND_CLOSE);
    play_remember(&scene, &last);
}

static void
forget_notes(void)
{
    scene_command(&last, &(struct command){.kind = COMMAND_UNDO, .by = BY_KEY});
    while (last.session.notes_count > 0)
        scene_command(&last, &(struct command){.kind = COMMAND_NOTE_DELETE,
                                               .by = BY_KEY,
                                               .note = last.session.notes[0].seq});
    scene_do(&last, COMMAND_CLOSE);
}

static void
tells_on_how_many_shoulders_it_is(void **state)
{
    (void)state;
    open_with_last(9);
    remember("Grace Hopper", "Alan Turing");
    forget_notes();
    play_expect_no(&scene, "dojos");
    remember("Grace Hopper", "Alan Turing");
    play_expect(&scene, "2 and 1 people in 3 dojos", A_DIM);
    remember("Grace Hopper", "Konrad Zuse");
    play_expect(&scene, "2 people each in 4 dojos", A_DIM);
    play_golden(&scene, "board-shoulders");
    WINDOW *window = play_draw(&scene, 79, 60);
    canvas_expect_no(window, "dojos");
    delwin(window);
    window = play_draw(&scene, 200, 23);
    canvas_expect_no(window, "dojos");
    delwin(window);
    close_with_last();
}

/* What is to do and what was learned come first. */
static void
shoulders_give_way(void **state)
{
    (void)state;
    open_with_last(9);
    for (int i = 0; i < 2; i++)
        remember("Grace Hopper", "Alan Turing");
    play_expect_no(&scene, "dojos");
    WINDOW *window = play_draw(&scene, 200, 60);
    canvas_expect(window, "2 and 1 people in 3 dojos", A_DIM);
    delwin(window);
    close_with_last();
}

static void
the_last_session_is_remembered(void **state)
{
    (void)state;
    open_with_last(9);
    play_expect(&scene, "Master of Ceremony  Ada Lovelace", 0);
    play_expect(&scene, " nobody yet ", A_REVERSE);
    play_expect(&scene, "1 Grace Hopper: bring a longer cable", 0);
    play_expect(&scene, "2 book the room", 0);
    play_expect(&scene, "Learned last time (2026-11-24)", A_BOLD);
    play_expect(&scene, "• naming the loop made the rest easy", 0);
    close_with_last();
    open_board(9, 0);
    play_expect(&scene, "Master of Dojo      nobody yet", 0);
    play_expect_no(&scene, "Learned last time");
    play_close(&scene);
}

static void
a_digit_ticks_an_action_item(void **state)
{
    (void)state;
    open_with_last(9);
    assert_int_equal(play(&scene, "2"), REPLY_COMMAND);
    assert_string_equal(play_refusal(), "");
    assert_int_equal(scene.session.done_count, 1);
    play_expect(&scene, "✓ book the room", 0);
    play_expect(&scene, "1 Grace Hopper: bring a longer cable", 0);
    play_expect(&scene, "Ticked as done: book the room; u takes it back.", 0);
    play(&scene, "2");
    assert_true(play_refusal()[0] != '\0');
    assert_int_equal(scene.session.done_count, 1);
    play(&scene, "u");
    assert_int_equal(scene.session.done_count, 0);
    play_expect(&scene, "2 book the room", 0);
    assert_int_equal(play(&scene, "3"), REPLY_DRAWN);
    play_expect(&scene, "There is no action item 3.", 0);
    close_with_last();
    open_board(9, 0);
    assert_int_equal(play(&scene, "1"), REPLY_DRAWN);
    play_expect(&scene, "There is no action item 1.", 0);
    play_close(&scene);
}

/* What is ticked does not come back, the rest does. */
static void
ticks_are_remembered(void **state)
{
    struct memory *memory = &scene.memory;
    (void)state;
    open_with_last(9);
    play(&scene, "2");
    assert_int_equal(memory->actions_count, 2);
    struct closing *closing = session_closing(&scene.session, scene.now);
    struct past past = {.record = "r", .topic = "", .closing = closing};
    memory_add(memory, &past);
    assert_int_equal(memory->actions_count, 1);
    assert_string_equal(memory->actions[0].owner, "Grace Hopper");
    closing_free(closing);
    close_with_last();
}

static void
the_fair_order_is_a_key_away(void **state)
{
    (void)state;
    open_board(9, 0);
    assert_int_equal(play(&scene, "F"), REPLY_DRAWN);
    play_expect(&scene, "There is no past session to go by.", 0);
    struct closing_person people[] = {{(char *)(uintptr_t)scene_name(0), 2, 5, false},
                                      {(char *)(uintptr_t)scene_name(1), 1, 2, false},
                                      {(char *)(uintptr_t)scene_name(2), 1, 3, false}};
    struct closing closing = {.people = people, .people_count = 3};
    struct past past = {.record = "r", .topic = "", .closing = &closing};
    memory_add(&scene.memory, &past);
    scene.view.memory = &scene.memory;
    assert_int_equal(play(&scene, "F"), REPLY_COMMAND);
    assert_string_equal(scene.session.roster.people[0].name, scene_name(1));
    assert_string_equal(scene.session.roster.people[1].name, scene_name(2));
    assert_string_equal(scene.session.roster.people[8].name, scene_name(0));
    play_expect(&scene, "The order is a new one; u brings the old one back.", 0);
    play(&scene, "u");
    assert_string_equal(scene.session.roster.people[0].name, scene_name(0));
    play_close(&scene);
}

static bool
is_here(int index)
{
    return scene.session.roster.people[index].present;
}

/* R14: the next session begins with them; where nobody or everybody drove, there is no need to. */
static void
who_had_no_turn_last_time_is_named(void **state)
{
    (void)state;
    for (int turns = 0; turns <= 3; turns++) {
        open_board(9, 0);
        scene_open(&last, 3, NULL);
        scene_do(&last, COMMAND_START);
        for (int i = 0; i < turns; i++) {
            scene_do(&last, COMMAND_NEXT);
            scene_wait(&last, 11000);
        }
        scene.view.last = &last.session;
        if (turns == 1)
            play_expect(&scene, "No turn last time: Grace Hopper, Alan", A_BOLD);
        else if (turns == 2)
            play_expect(&scene, "No turn last time: Alan Turing", A_BOLD);
        else
            play_expect_no(&scene, "turn last time");
        play_close(&scene);
        scene_close(&last);
    }
}

static void
keys_say_who_is_here(void **state)
{
    (void)state;
    open_board(3, 0);
    play_expect_no(&scene, "undo");
    play(&scene, "<Down> ");
    assert_false(is_here(1));
    play_expect(&scene, "▸ [ ] Grace Hopper · away", 0);
    play_expect(&scene, "Here: 2 of 3", 0);
    play_expect(&scene, "Space here  u undo", 0);
    play(&scene, "<Up>");
    play_expect(&scene, "Space away  u undo", 0);
    play(&scene, " ");
    play_expect(&scene, "Space here  u undo", 0);
    play(&scene, " <Down>v");
    assert_true(is_here(1));
    play(&scene, "O");
    play_expect(&scene, "▸ [o] Grace Hopper · observer", 0);
    play(&scene, "OK");
    assert_string_equal(scene.session.roster.people[0].name, "Grace Hopper");
    play_expect(&scene, "▸ [x] Grace Hopper", 0);
    play(&scene, "KJJJ");
    assert_string_equal(scene.session.roster.people[2].name, "Grace Hopper");
    play(&scene, "r<^U>Kathleen Booth<Enter>");
    assert_string_equal(scene.session.roster.people[2].name, "Kathleen Booth");
    play(&scene, "u");
    assert_string_equal(scene.session.roster.people[2].name, "Grace Hopper");
    play_close(&scene);
}

static void
people_are_added_one_after_another(void **state)
{
    (void)state;
    open_board(0, 0);
    play_expect(&scene, "nobody yet; a adds somebody", 0);
    play(&scene, "<Enter>");
    assert_true(play_refusal()[0] != '\0');
    assert_int_equal(scene.session.phase, PHASE_WAITING);
    play(&scene, "aAda Lovelace<Enter>Grace Hopper<Enter>");
    play(&scene, "ada  lovelace<Enter>"); /* refused: the line is there to be mended */
    play_expect(&scene, "Ada Lovelace is here already.", A_REVERSE);
    assert_string_equal(scene.ui.text, "ada  lovelace");
    play(&scene, "<Esc>");
    assert_int_equal(scene.session.roster.count, 2);
    play(&scene, "<Enter>");
    assert_int_equal(scene.session.phase, PHASE_TURN);
    play_close(&scene);
}

static void
dice_shuffle_and_undo_brings_the_order_back(void **state)
{
    (void)state;
    bool seen[31] = {false}, changed = false;
    open_board(30, 0);
    scene.ui.dice = 4711;
    assert_int_equal(play(&scene, "S"), REPLY_COMMAND);
    assert_string_equal(play_refusal(), "");
    for (int i = 0; i < 30; i++) {
        int id = scene.session.roster.people[i].id;
        assert_false(seen[id]);
        seen[id] = true;
        changed |= id != i + 1;
    }
    assert_true(changed);
    play(&scene, "u");
    for (int i = 0; i < 30; i++)
        assert_int_equal(scene.session.roster.people[i].id, i + 1);
    play_close(&scene);
}

static void
bears_every_size(void **state)
{
    (void)state;
    static const int crowds[] = {0, 1, 9, 30, 200};
    static const char *const hostile[] = {
        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB",
        "e\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85\xCC\x86",
        "日本語の名前がとても長い人の名前です",
        "\x1B[31mred",
        "a\342\200\256b",
        "\xFF\xFE",
        " ",
        "a\nb",
    };
    for (size_t i = 0; i < sizeof crowds / sizeof *crowds; i++) {
        open_with_last(crowds[i]);
        play_draw_all(&scene);
        close_with_last();
    }
    play_open_named(&scene, hostile, 8);
    play_draw_all(&scene);
    play_expect_no(&scene, "\x1B");
    play_close(&scene);
}

/* What the checklists still want stands below what was promised, and goes when it is ticked. */
static void
what_is_not_prepared_is_shown(void **state)
{
    static const char *const open[] = {"ceremony: Fetch the food", "dojo: The files are open"};

    (void)state;
    open_with_last(9);
    play_expect_no(&scene, "To prepare");
    scene.view.to_prepare = open;
    scene.view.to_prepare_count = 2;
    play_expect(&scene, "To prepare, 1 of 2", A_BOLD);
    play_expect(&scene, "ceremony: Fetch the food", 0);
    play_draw_all(&scene);
    close_with_last();
}

/* Three things learned, seven to do, one of them for two rows, 22 to prepare. */
static void
open_with_much(void)
{
    static const char *to_prepare[22];
    static const char *const notes[] = {
        "small steps",        "naming the loop",
        "names before types", "> bring a longer cable for the big screen, and a spare",
        "> book the room",    "> buy tea",
        "> ask for a key",    "> wash the cups",
        "> print the rules",  "> write to all"};
    open_board(9, 0);
    scene_open(&last, 9, NULL);
    scene_do(&last, COMMAND_START);
    scene_do(&last, COMMAND_DEBRIEF);
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        scene_command(&last,
                      &(struct command){.kind = COMMAND_NOTE, .by = BY_KEY, .text = notes[i]});
    play_remember(&scene, &last);
    for (size_t i = 0; i < sizeof to_prepare / sizeof *to_prepare; i++)
        to_prepare[i] = "ceremony: Invite everybody";
    scene.view.to_prepare = to_prepare;
    scene.view.to_prepare_count = sizeof to_prepare / sizeof *to_prepare;
}

static void
what_was_learned_keeps_its_room(void **state)
{
    (void)state;
    open_with_much();
    play_golden(&scene, "board-much");
    play_expect(&scene, "Learned last time (2026-11-24)", A_BOLD);
    play_expect(&scene, "• small steps", 0);
    play_expect(&scene, "  6 more", 0);
    play_expect(&scene, "To prepare, 1 of 22", A_BOLD);
    play_draw_all(&scene);
    close_with_last();
}

static void
only_what_is_seen_is_ticked(void **state)
{
    (void)state;
    open_with_much();
    scene.view.rows = 24, scene.view.columns = 80;
    assert_int_equal(play(&scene, "1"), REPLY_COMMAND);
    play_expect(&scene, "Ticked as done: bring a longer cable for the big screen", 0);
    assert_int_equal(play(&scene, "7"), REPLY_DRAWN);
    play_expect(&scene, "Action item 7 is not to be seen here; a larger window shows more.", 0);
    assert_int_equal(scene.session.done_count, 1);
    scene.view.rows = 5;
    assert_int_equal(play(&scene, "2"), REPLY_DRAWN);
    scene.view.rows = 60, scene.view.columns = 200;
    assert_int_equal(play(&scene, "7"), REPLY_COMMAND);
    assert_int_equal(scene.session.done_count, 2);
    close_with_last();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ladder),
        cmocka_unit_test(what_is_not_prepared_is_shown),
        cmocka_unit_test(what_was_learned_keeps_its_room),
        cmocka_unit_test(only_what_is_seen_is_ticked),
        cmocka_unit_test(says_when_it_starts),
        cmocka_unit_test(asks_for_the_next_name_until_it_is_left),
        cmocka_unit_test(says_what_is_practice),
        cmocka_unit_test(counts_down_in_hours_where_it_takes_hours),
        cmocka_unit_test(says_who_will_not_drive),
        cmocka_unit_test(splits_into_two_groups),
        cmocka_unit_test(tells_on_how_many_shoulders_it_is),
        cmocka_unit_test(shoulders_give_way),
        cmocka_unit_test(three_people_make_no_two_groups),
        cmocka_unit_test(the_last_session_is_remembered),
        cmocka_unit_test(a_digit_ticks_an_action_item),
        cmocka_unit_test(ticks_are_remembered),
        cmocka_unit_test(the_fair_order_is_a_key_away),
        cmocka_unit_test(who_had_no_turn_last_time_is_named),
        cmocka_unit_test(keys_say_who_is_here),
        cmocka_unit_test(people_are_added_one_after_another),
        cmocka_unit_test(dice_shuffle_and_undo_brings_the_order_back),
        cmocka_unit_test(bears_every_size),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
