/* What is typed without a screen becomes a command, or one clear sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "dojo.h"
#include "screens/plain.h"
#include "session/text.h"

enum { MINUTE = 60 * 1000 };

static struct dojo dojo;
static struct memory memory;
static struct plain_order order;
static char line[300], why[SETTINGS_ERROR_SIZE];

static int
open_dojo(void **state)
{
    static const char *const names[] = {"Ada Lovelace", "Grace Hopper", "Alan Turing"};

    (void)state;
    dojo_init(&dojo);
    dojo_open(&dojo, "12:45", 3);
    for (int i = 0; i < 3; i++)
        DO(&dojo, .kind = COMMAND_RENAME, .person = i + 1, .text = names[i]);
    return 0;
}

/* What sessions before this one left to do. */
static void
leave_to_do(const char *first, const char *second)
{
    struct closing_item items[] = {{7, (char *)(uintptr_t) "Ada", (char *)(uintptr_t)first},
                                   {9, (char *)(uintptr_t) "", (char *)(uintptr_t)second}};
    struct closing closing = {.items = items, .items_count = 2};
    struct past past = {.record = "r1", .topic = "", .closing = &closing};

    memory_init(&memory);
    memory_add(&memory, &past);
}

static int
close_dojo(void **state)
{
    (void)state;
    dojo_close(&dojo);
    return 0;
}

static enum plain_result
type(const char *typed, struct command *command)
{
    snprintf(line, sizeof line, "%s", typed);
    return plain_read(&dojo.session, &memory, line, &order, command, why);
}

static struct command
understood(const char *typed)
{
    struct command command;

    if (type(typed, &command) != PLAIN_COMMAND)
        fail_msg("\"%s\" was not understood: %s", typed, why);
    assert_int_equal(command.by, BY_KEY);
    return command;
}

static void
mistaken(const char *typed, const char *sentence)
{
    struct command command;

    if (type(typed, &command) != PLAIN_MISTAKE)
        fail_msg("\"%s\" was understood", typed);
    assert_string_equal(why, sentence);
}

static void
short_words_stand_alone(void **state)
{
    static const struct {
        const char *typed;
        enum command_kind kind;
    } cases[] = {
        {"start", COMMAND_START},
        {"next", COMMAND_NEXT},
        {"n", COMMAND_NEXT},
        {"pass", COMMAND_PASS},
        {"s", COMMAND_PASS},
        {"hold", COMMAND_HOLD},
        {"h", COMMAND_HOLD},
        {"pause", COMMAND_PAUSE},
        {"p", COMMAND_PAUSE},
        {"resume", COMMAND_RESUME},
        {"r", COMMAND_RESUME},
        {"extend", COMMAND_EXTEND},
        {"+", COMMAND_EXTEND},
        {"debrief", COMMAND_DEBRIEF},
        {"d", COMMAND_DEBRIEF},
        {"copilot", COMMAND_COPILOT},
        {"C", COMMAND_COPILOT},
        {"groups", COMMAND_GROUPS},
        {"g", COMMAND_GROUPS},
        {"roles", COMMAND_ROLES},
        {"close", COMMAND_CLOSE},
        {"undo", COMMAND_UNDO},
        {"u", COMMAND_UNDO},
        {"forgive", COMMAND_FORGIVE_GAP},
        {"-", COMMAND_ADJUST},
        {"it was a pause", COMMAND_FORGIVE_GAP},
        {"  NEXT \t\r\n", COMMAND_NEXT},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(understood(cases[i].typed).kind, cases[i].kind);
    mistaken("pause now", "\"now\" is too much here: this word stands alone.");
}

static void
start_starts_whatever_is_next(void **state)
{
    (void)state;
    DO(&dojo, .kind = COMMAND_START);
    assert_int_equal(understood("start").kind, COMMAND_NEXT);
}

static void
other_answers(void **state)
{
    static const struct {
        const char *typed;
        enum plain_result result;
    } cases[] = {
        {"", PLAIN_STATE},       {"  \n", PLAIN_STATE},
        {"status", PLAIN_STATE}, {"help", PLAIN_HELP},
        {"?", PLAIN_HELP},       {"reload", PLAIN_RELOAD},
        {"R", PLAIN_RELOAD},     {"reload now", PLAIN_MISTAKE},
        {"quit", PLAIN_QUIT},    {"q", PLAIN_QUIT},
    };
    struct command command;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(type(cases[i].typed, &command), cases[i].result);
}

static void
people_are_meant_by_a_part_of_their_name(void **state)
{
    static const struct {
        const char *typed;
        enum command_kind kind;
        int person;
    } cases[] = {
        {"away ada", COMMAND_AWAY, 1},
        {"v HOPPER", COMMAND_AWAY, 2},
        {"back turing", COMMAND_BACK, 3},
        {"next grace", COMMAND_CHOOSE_NEXT, 2},
        {"n alan", COMMAND_CHOOSE_NEXT, 3},
        {"choose alan", COMMAND_CHOOSE_NEXT, 3},
        {"driver love", COMMAND_CHOOSE_DRIVER, 1},
        {"observe ada", COMMAND_OBSERVE, 1},
        {"rotate ada lovelace", COMMAND_ROTATE, 1},
        {"up grace", COMMAND_MOVE, 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct command command = understood(cases[i].typed);

        assert_int_equal(command.kind, cases[i].kind);
        assert_int_equal(command.person, cases[i].person);
    }
    assert_int_equal(understood("up grace").number, -1);
    assert_int_equal(understood("down grace").number, 1);
}

static void
unclear_names_are_answered_with_names(void **state)
{
    (void)state;
    DO(&dojo, .kind = COMMAND_JOIN, .text = "Grace Murray");
    mistaken("away grace", "\"grace\" could be Grace Hopper, Grace Murray.");
    mistaken("away bob", "Nobody is called \"bob\"; there are Ada Lovelace, Grace Hopper, "
                         "Alan Turing, Grace Murray.");
    mistaken("away", "Who? There are Ada Lovelace, Grace Hopper, Alan Turing, Grace Murray.");
}

static void
lengths_and_times(void **state)
{
    (void)state;
    assert_int_equal(understood("extend 2m").ms, 2 * MINUTE);
    assert_int_equal(understood("+1m30s").ms, 90 * 1000);
    assert_int_equal(understood("extend").ms, 0);
    assert_int_equal(understood("-").ms, -MINUTE);
    assert_int_equal(understood("-2m").ms, -2 * MINUTE);
    assert_int_equal(understood("adjust").ms, MINUTE);
    assert_int_equal(understood("adjust -1m").ms, -MINUTE);
    assert_int_equal(understood("adjust +1m").ms, MINUTE);
    assert_int_equal(understood("length 4m").ms, 4 * MINUTE);
    assert_int_equal(understood("length 4m").kind, COMMAND_TURN_LENGTH);
    assert_int_equal(understood("end 14:15").number, 14 * 60 + 15);
    assert_int_equal(understood("e 9:05").kind, COMMAND_STOP_AT);
    mistaken("length four", "\"four\" is no length of time; write it like 5m or 1m30s.");
    mistaken("+ 1", "\"1\" is no length of time; write it like 5m or 1m30s.");
    mistaken("end 25:00", "\"25:00\" is no time of day; write it like 14:15.");
    mistaken("end", "\"\" is no time of day; write it like 14:15.");
}

static void
names_come_in_and_are_mended(void **state)
{
    struct command command = understood("join  Kathleen Booth ");

    (void)state;
    assert_int_equal(command.kind, COMMAND_JOIN);
    assert_string_equal(command.text, "Kathleen Booth");
    assert_string_equal(understood("a Konrad Zuse").text, "Konrad Zuse");
    command = understood("rename ada to Ada King");
    assert_int_equal(command.kind, COMMAND_RENAME);
    assert_int_equal(command.person, 1);
    assert_string_equal(command.text, "Ada King");
    mistaken("join", "Something must follow the word.");
    mistaken("rename ada", "Write it like: rename ada to Ada Lovelace.");
    mistaken("join Ada\x1b[31m", "What was typed holds a control character (U+001B).");
}

static void
notes_are_counted_as_written(void **state)
{
    struct command command = understood("o  @grace bring a keyboard");

    (void)state;
    assert_int_equal(command.kind, COMMAND_NOTE);
    assert_string_equal(command.text, "@grace bring a keyboard");
    mistaken("edit 1 x", "There is no note yet.");
    DO(&dojo, .kind = COMMAND_NOTE, .text = "first");
    DO(&dojo, .kind = COMMAND_NOTE, .text = "second");
    command = understood("edit note 2 the second");
    assert_int_equal(command.kind, COMMAND_NOTE_EDIT);
    assert_int_equal(command.note, dojo.session.notes[1].seq);
    assert_string_equal(command.text, "the second");
    command = understood("delete 1");
    assert_int_equal(command.kind, COMMAND_NOTE_DELETE);
    assert_int_equal(command.note, dojo.session.notes[0].seq);
    mistaken("delete 3", "The notes are numbered from 1 to 2.");
    mistaken("delete 1 2", "\"2\" is too much here: this word stands alone.");
    mistaken("edit 2", "Something must follow the word.");
}

static void
begin_debrief(void)
{
    DO(&dojo, .kind = COMMAND_START);
    DO(&dojo, .kind = COMMAND_DEBRIEF);
}

static void
debrief_goes_question_by_question(void **state)
{
    (void)state;
    begin_debrief();
    for (int question = 2; question <= 3; question++) {
        dojo_do(&dojo, understood("next"));
        assert_int_equal(dojo.session.question, question);
    }
    dojo_do(&dojo, understood("question 1"));
    assert_int_equal(dojo.session.question, 1);
    mistaken("question 4", "The questions are numbered from 1 to 3.");
    dojo_do(&dojo, understood("roles"));
    dojo_expect_phase(&dojo, PHASE_ROLES);
    mistaken("n", "Master of Ceremony next time: \"role 1 NAME\", or \"vacant 1\" for nobody yet.");
}

static void
roles_are_meant_by_number_or_by_a_part(void **state)
{
    struct command command;

    (void)state;
    begin_debrief();
    dojo_do(&dojo, understood("roles"));
    command = understood("ceremony grace");
    assert_int_equal(command.kind, COMMAND_TAKE_ROLE);
    assert_string_equal(command.role, "Master of Ceremony");
    assert_string_equal(command.text, "Grace Hopper");
    command = understood("role 2 Konrad Zuse");
    assert_string_equal(command.role, "Master of Dojo");
    assert_string_equal(command.text, "Konrad Zuse");
    dojo_do(&dojo, command);
    command = understood("dojo nobody");
    assert_int_equal(command.kind, COMMAND_VACATE_ROLE);
    command = understood("vacant ceremony");
    assert_int_equal(command.kind, COMMAND_VACATE_ROLE);
    assert_string_equal(command.role, "Master of Ceremony");
    dojo_do(&dojo, command);
    mistaken("role 3 ada", "Which role? There are: 1 Master of Ceremony, 2 Master of Dojo.");
    mistaken("role master ada", "Which role? There are: 1 Master of Ceremony, 2 Master of Dojo.");
    mistaken("role 1", "Who takes it? A name, or \"nobody\".");
    mistaken("role 1 a", "\"a\" could be Ada Lovelace, Alan Turing.");
    dojo_do(&dojo, understood("close"));
    assert_true(session_is_over(&dojo.session));
}

static void
expect_hint(const char *sentence)
{
    char hint[SENTENCE_SIZE];

    assert_string_equal(plain_hint(&dojo.session, hint), sentence);
}

/* R15 */
static void
the_ways_out_are_words_too(void **state)
{
    (void)state;
    dojo_close(&dojo);
    dojo_init(&dojo);
    dojo_open(&dojo, "12:45", 16);
    expect_hint(
        "3 of 16 will not drive: \"length 4m\" fits all, \"copilot\" gives the next driver a "
        "seat, \"groups\" makes two groups. \"start\" begins, \"help\" tells the other words.");
    dojo_do(&dojo, understood("copilot"));
    expect_hint("3 of 16 will not drive: \"length 4m\" fits all, \"groups\" makes two groups. "
                "\"start\" begins, \"help\" tells the other words.");
    dojo_do(&dojo, understood("groups"));
    expect_hint("\"start\" begins, \"help\" tells the other words.");
}

/* What close asks for is what may be typed. */
static void
what_is_wanted_next_is_said_in_words_that_are_taken(void **state)
{
    static const char first[] =
        "Master of Ceremony next time: \"role 1 NAME\", or \"vacant 1\" for nobody yet.";

    (void)state;
    expect_hint("\"start\" begins, \"help\" tells the other words.");
    begin_debrief();
    expect_hint("\"note TEXT\" keeps what is said, \"next\" turns to the next question.");
    dojo_do(&dojo, understood("roles"));
    expect_hint(first);
    mistaken("close", first);
    dojo_do(&dojo, understood("vacant 1"));
    mistaken("close", "Master of Dojo next time: \"role 2 NAME\", or \"vacant 2\" for nobody yet.");
    dojo_do(&dojo, understood("role 2 Ada"));
    expect_hint("When is the next dojo? \"date\" takes Tuesday 2025-10-21, \"date 2026-12-24\" "
                "another day; \"close\" ends the session.");
    assert_string_equal(understood("date 2026-12-24").text, "2026-12-24");
    assert_string_equal(understood("date").text, "2025-10-21");
    dojo_do(&dojo, understood("date"));
    assert_string_equal(dojo.session.next_date, "2025-10-21");
    expect_hint("\"close\" ends the session.");
    dojo_do(&dojo, understood("close"));
    expect_hint("");
}

static int
first_in_the_list(void)
{
    return dojo.session.roster.people[0].id;
}

static void
the_order_is_drawn_by_lot_or_taken_from_the_past(void **state)
{
    struct closing_person drivers[] = {{(char *)(uintptr_t) "Ada Lovelace", 2, 3, false},
                                       {(char *)(uintptr_t) "Grace Hopper", 2, 4, false},
                                       {(char *)(uintptr_t) "Alan Turing", 0, 0, false}};
    struct closing closing = {.people = drivers, .people_count = 3, .turns = 4};
    struct past past = {.record = "r1", .topic = "", .closing = &closing};

    (void)state;
    for (order.dice = 1; first_in_the_list() == 1 && order.dice < 100; order.dice++)
        dojo_do(&dojo, understood("shuffle"));
    assert_int_not_equal(first_in_the_list(), 1);
    memory_init(&memory);
    mistaken("fair", "There is no past session to go by.");
    memory_add(&memory, &past);
    dojo_do(&dojo, understood("F"));
    assert_int_equal(first_in_the_list(), 3);
    memory_free(&memory);
    mistaken("shuffle now", "\"now\" is too much here: this word stands alone.");
}

static void
lights_steps_and_dates(void **state)
{
    (void)state;
    assert_int_equal(understood("light Green").number, LIGHT_GREEN);
    assert_int_equal(understood("l none").kind, COMMAND_LIGHT);
    mistaken("light blue", "A light is green, red, amber or none.");
    assert_int_equal(understood("t").number, 1);
    dojo_do(&dojo, (struct command){.kind = COMMAND_STEP, .number = 3, .ms = 4});
    dojo_do(&dojo, understood("step"));
    assert_int_equal(dojo.session.step, 4);
    assert_int_equal(dojo.session.steps, 4);
    mistaken("step", "The steps are numbered from 1 to 4.");
    mistaken("step 5", "The steps are numbered from 1 to 4.");
    assert_int_equal(understood("step 2").number, 2);
    assert_string_equal(understood("date 2026-12-24").text, "2026-12-24");
}

static void
action_items_are_ticked_by_their_number(void **state)
{
    struct command command;

    (void)state;
    mistaken("done 1", "There is no action item to tick.");
    leave_to_do("bring a cable", "book the room");
    command = understood("done 2");
    assert_int_equal(command.kind, COMMAND_ACTION_DONE);
    assert_int_equal(command.note, 9);
    assert_string_equal(command.role, "r1");
    dojo_do(&dojo, command);
    assert_int_equal(dojo.session.done_count, 1);
    mistaken("done 3", "The action items are numbered from 1 to 2.");
    mistaken("done", "The action items are numbered from 1 to 2.");
    memory_free(&memory);
}

static void
undo_may_be_confirmed(void **state)
{
    (void)state;
    assert_false(understood("undo").confirmed);
    assert_true(understood("undo yes").confirmed);
    mistaken("undo it", "\"it\" is too much here: this word stands alone.");
}

static void
unknown_words_are_answered(void **state)
{
    (void)state;
    mistaken("dance", "\"dance\" is no word of this program; \"help\" lists them all.");
    mistaken("P", "\"P\" is no word of this program; \"help\" lists them all.");
    mistaken("c ada", "\"c\" is no word of this program; \"help\" lists them all.");
    mistaken("\xff\xfe", "What was typed is not valid UTF-8 (byte FF).");
}

/* Whatever is typed is answered, safely. */
static void
any_bytes_are_answered(void **state)
{
    struct command command;
    uint32_t dice = 7;
    char typed[60], fault[80];

    (void)state;
    for (int i = 0; i < 3000; i++) {
        size_t length = 0;

        while (length < sizeof typed - 1 && (dice = dice * 1664525 + 1013904223) >> 28 != 0) {
            static const char letters[] = "nspreqo+-@> 123aed\x1b\xc3\xa9\x80";

            typed[length++] = letters[(dice >> 8) % (sizeof letters - 1)];
        }
        typed[length] = '\0';
        if (type(typed, &command) == PLAIN_MISTAKE) {
            assert_true(strlen(why) > 8);
            assert_null(text_fault(why, strlen(why), fault));
        }
    }
}

static void
count_line(void *user, const char *text)
{
    int *lines = user;

    assert_true(text_columns(text) <= 80);
    ++*lines;
}

static void
help_lists_every_word(void **state)
{
    int lines = 0;

    (void)state;
    plain_help(count_line, &lines);
    assert_in_range(lines, 30, 50);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_dojo, close_dojo)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(short_words_stand_alone),
        TEST(start_starts_whatever_is_next),
        TEST(other_answers),
        TEST(people_are_meant_by_a_part_of_their_name),
        TEST(unclear_names_are_answered_with_names),
        TEST(lengths_and_times),
        TEST(names_come_in_and_are_mended),
        TEST(notes_are_counted_as_written),
        TEST(debrief_goes_question_by_question),
        TEST(roles_are_meant_by_number_or_by_a_part),
        TEST(the_ways_out_are_words_too),
        TEST(what_is_wanted_next_is_said_in_words_that_are_taken),
        TEST(the_order_is_drawn_by_lot_or_taken_from_the_past),
        TEST(lights_steps_and_dates),
        TEST(action_items_are_ticked_by_their_number),
        TEST(undo_may_be_confirmed),
        TEST(unknown_words_are_answered),
        TEST(any_bytes_are_answered),
        TEST(help_lists_every_word),
    };

    return cmocka_run_group_tests_name("plain", tests, NULL, NULL);
}
