/* Facts and states as plain sentences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "dojo.h"
#include "session/text.h"
#include "session/wording.h"

enum { MINUTE = 60 * 1000 };

/* What was told last of this kind. */
static void
expect(struct dojo *dojo, enum event_kind kind, const char *sentence)
{
    const struct session *session = &dojo->session;
    char line[WORDING_SIZE];

    for (int i = session->log_count - 1; i >= 0; i--) {
        if (session->log[i].kind != kind)
            continue;
        assert_string_equal(wording_event(line, session, &session->log[i]), sentence);
        return;
    }
    fail_msg("no %s happened", event_name(kind));
}

static void
expect_state(const struct dojo *dojo, const char *sentence)
{
    char line[WORDING_SIZE];

    assert_string_equal(wording_state(line, &dojo->session, dojo->now), sentence);
}

static void
open_named(struct dojo *dojo)
{
    static const char *const names[] = {"Ada Lovelace", "Grace Hopper", "Alan Turing"};

    dojo_init(dojo);
    dojo_set(dojo, "session.topic", "Brainfuck interpreter");
    dojo_set(dojo, "session.stack", "C#");
    dojo_set(dojo, "session.start", "12:45");
    dojo_set(dojo, "turn.handover", "10s");
    dojo_open(dojo, "12:30", 3);
    for (int i = 0; i < 3; i++)
        DO(dojo, .kind = COMMAND_RENAME, .person = i + 1, .text = names[i]);
}

static void
begin_named(struct dojo *dojo)
{
    open_named(dojo);
    dojo_until(dojo, "12:52");
    DO(dojo, .kind = COMMAND_START);
}

static void
the_opening_is_told(void **state)
{
    struct dojo dojo;

    (void)state;
    open_named(&dojo);
    expect(&dojo, EVENT_SESSION_OPENED,
           "Coding dojo: Brainfuck interpreter (C#). 3 people are here. It ends at 14:00.");
    expect_state(&dojo, "Waiting to start with 3 people, planned for 12:45, 12 turns of 5m, "
                        "debrief 13:50, end 14:00.");
    dojo_until(&dojo, "12:52");
    DO(&dojo, .kind = COMMAND_START);
    expect(&dojo, EVENT_SESSION_STARTED,
           "Started at 12:52, 7 minutes late. Debrief at 13:50, end at 14:00.");
    dojo_close(&dojo);
}

static void
turns_are_told(void **state)
{
    struct dojo dojo;

    (void)state;
    begin_named(&dojo);
    expect(&dojo, EVENT_TURN_STARTED,
           "Turn 1: Ada Lovelace has the keyboard until 12:57. Next: Grace Hopper.");
    dojo_until(&dojo, "12:53:48");
    expect_state(&dojo, "Turn 1 of 11: Ada Lovelace, 3:12 left, next Grace Hopper, debrief 13:50.");
    dojo_until(&dojo, "12:57:02");
    expect(&dojo, EVENT_TURN_ENDED, "Turn 1 is over. Next: Grace Hopper, in 10s.");
    expect_state(&dojo, "Handover after turn 1: Grace Hopper has the keyboard next, 0:08 left, "
                        "debrief 13:50.");
    DO(&dojo, .kind = COMMAND_HOLD);
    expect(&dojo, EVENT_HANDOVER_HELD, "Grace Hopper starts when ready.");
    DO(&dojo, .kind = COMMAND_EXTEND);
    expect(&dojo, EVENT_TURN_REOPENED, "1m more for Ada Lovelace: turn 1 goes on until 12:58.");
    dojo_close(&dojo);
}

static void
changes_of_a_turn_are_told(void **state)
{
    struct dojo dojo;

    (void)state;
    begin_named(&dojo);
    DO(&dojo, .kind = COMMAND_EXTEND);
    expect(&dojo, EVENT_TURN_EXTENDED, "1m more: Ada Lovelace has the keyboard until 12:58.");
    DO(&dojo, .kind = COMMAND_ADJUST, .ms = -MINUTE);
    expect(&dojo, EVENT_TURN_ADJUSTED, "The clock is mended: 1m less, turn 1 lasts until 12:57.");
    DO(&dojo, .kind = COMMAND_TURN_LENGTH, .ms = 4 * MINUTE);
    expect(&dojo, EVENT_LENGTH_CHANGED, "From the next one on, turns last 4m.");
    DO(&dojo, .kind = COMMAND_PAUSE);
    expect(&dojo, EVENT_PAUSED, "Paused with 5:00 left in turn 1, until about 12:55.");
    dojo_until(&dojo, "12:54");
    expect_state(&dojo, "Turn 1 of 13 paused since 2:00: Ada Lovelace, 5:00 left, next Grace "
                        "Hopper, debrief 13:50.");
    DO(&dojo, .kind = COMMAND_RESUME);
    expect(&dojo, EVENT_RESUMED, "Turn 1 goes on: Ada Lovelace has 5:00 left, until 12:59.");
    DO(&dojo, .kind = COMMAND_CHOOSE_DRIVER, .person = 3);
    expect(&dojo, EVENT_DRIVER_CHANGED, "It is Alan Turing who has the keyboard.");
    DO(&dojo, .kind = COMMAND_STOP_AT, .ms = dojo_wall("14:15"));
    expect(&dojo, EVENT_STOP_MOVED, "The session now ends at 14:15, the debrief starts at 14:05.");
    dojo_close(&dojo);
}

static void
people_are_told(void **state)
{
    struct dojo dojo;

    (void)state;
    begin_named(&dojo);
    DO(&dojo, .kind = COMMAND_JOIN, .text = "Kathleen Booth");
    expect(&dojo, EVENT_PERSON_JOINED, "Kathleen Booth joined.");
    DO(&dojo, .kind = COMMAND_PASS);
    expect(&dojo, EVENT_PERSON_PASSED, "Grace Hopper: not now. Next: Alan Turing.");
    DO(&dojo, .kind = COMMAND_CHOOSE_NEXT, .person = 2);
    expect(&dojo, EVENT_NEXT_CHOSEN, "Next: Grace Hopper.");
    DO(&dojo, .kind = COMMAND_PASS);
    expect(&dojo, EVENT_PERSON_PASSED,
           "Grace Hopper: not now. Next: Alan Turing. Grace Hopper may also just watch.");
    DO(&dojo, .kind = COMMAND_MOVE, .person = 4, .number = -3);
    expect(&dojo, EVENT_PERSON_MOVED, "Kathleen Booth is now number 1 in the list.");
    dojo_until(&dojo, "12:53");
    DO(&dojo, .kind = COMMAND_AWAY, .person = 1);
    expect(&dojo, EVENT_PERSON_AWAY, "Ada Lovelace is away.");
    expect(&dojo, EVENT_TURN_ENDED,
           "Turn 1 ends early, Ada Lovelace had to go. It does not count. "
           "Next: Kathleen Booth, in 10s.");
    DO(&dojo, .kind = COMMAND_UNDO);
    expect(&dojo, EVENT_UNDONE, "Undone: Ada Lovelace being away.");
    dojo_close(&dojo);
}

static void
who_has_not_driven_is_named_once(void **state) /* R13 */
{
    struct dojo dojo;
    char line[WORDING_SIZE];

    (void)state;
    dojo_init(&dojo);
    dojo_open(&dojo, "13:40", 4);
    DO(&dojo, .kind = COMMAND_START);
    wording_event(line, &dojo.session, &dojo.session.log[dojo.session.log_count - 1]);
    assert_null(strstr(line, "Not yet"));
    dojo_until(&dojo, "13:45");
    expect(&dojo, EVENT_TURN_STARTED,
           "Turn 2: P2 has the keyboard until 13:50. Next: P3. Not yet "
           "at the keyboard: P3, P4.");
    dojo_reach(&dojo, PHASE_OFFER);
    expect(&dojo, EVENT_EXTRA_OFFERED,
           "One extra turn fits: P3 until 13:55? Otherwise the debrief starts at 13:50.");
    expect_state(&dojo, "One extra turn for P3? Otherwise the debrief starts at 13:50.");
    DO(&dojo, .kind = COMMAND_NEXT);
    expect(&dojo, EVENT_TURN_STARTED,
           "Extra turn: P3 has the keyboard until 13:55. After it the debrief starts.");
    dojo_close(&dojo);
}

static void
the_debrief_is_told(void **state)
{
    struct dojo dojo;

    (void)state;
    begin_named(&dojo);
    dojo_until(&dojo, "13:51");
    expect(&dojo, EVENT_DEBRIEF_STARTED,
           "Debrief, until 14:00. Question 1 of 3: What did we learn?");
    expect_state(&dojo, "Debrief, question 1 of 3 (What did we learn?), 9:00 left.");
    DO(&dojo, .kind = COMMAND_NEXT);
    expect(&dojo, EVENT_QUESTION_OPENED, "Question 2 of 3: What went well?");
    DO(&dojo, .kind = COMMAND_NOTE, .text = "baby steps");
    expect(&dojo, EVENT_NOTE_ADDED, "Noted: baby steps");
    DO(&dojo, .kind = COMMAND_NOTE_EDIT, .note = dojo.session.notes[0].seq, .text = "small steps");
    expect(&dojo, EVENT_NOTE_EDITED, "Note 1 now reads: small steps");
    DO(&dojo, .kind = COMMAND_NOTE, .text = "@grace bring a keyboard");
    expect(&dojo, EVENT_NOTE_ADDED, "Action item for Grace Hopper: bring a keyboard");
    DO(&dojo, .kind = COMMAND_NOTE, .text = "> a larger room");
    expect(&dojo, EVENT_NOTE_ADDED, "Action item, nobody's yet: a larger room");
    DO(&dojo, .kind = COMMAND_DRAFT, .text = "half");
    expect(&dojo, EVENT_DRAFT_SAVED, "");
    DO(&dojo, .kind = COMMAND_COPILOT);
    expect(&dojo, EVENT_SETTINGS_CHANGED, "The next driver sits beside the driver, as co-pilot.");
    DO(&dojo, .kind = COMMAND_SETTINGS, .settings = &dojo.session.settings);
    expect(&dojo, EVENT_SETTINGS_CHANGED, "session.ini was read again.");
    DO(&dojo, .kind = COMMAND_COPILOT);
    expect(&dojo, EVENT_SETTINGS_CHANGED, "The driver sits alone again.");
    DO(&dojo, .kind = COMMAND_ROLES);
    expect(&dojo, EVENT_ROLES_OPENED, "Who prepares the next dojo?");
    DO(&dojo, .kind = COMMAND_TAKE_ROLE, .role = "Master of Dojo", .text = "Ada Lovelace");
    expect(&dojo, EVENT_ROLE_TAKEN, "Master of Dojo next time: Ada Lovelace. Thank you!");
    expect_state(&dojo, "Roles for the next dojo: Master of Ceremony: ?, Master of Dojo: Ada "
                        "Lovelace, 9:00 left.");
    DO(&dojo, .kind = COMMAND_VACATE_ROLE, .role = "Master of Ceremony");
    expect(&dojo, EVENT_ROLE_VACANT, "Master of Ceremony next time: nobody yet.");
    dojo_until(&dojo, "14:01");
    DO(&dojo, .kind = COMMAND_CLOSE);
    expect(&dojo, EVENT_SESSION_CLOSED,
           "Closed at 14:01, 1 minute after the planned end. Thank you, everybody!");
    expect_state(&dojo, "The session is closed.");
    dojo_close(&dojo);
}

static void
gaps_are_told(void **state)
{
    struct dojo dojo;

    (void)state;
    begin_named(&dojo);
    dojo_until(&dojo, "12:54");
    dojo_sleep(&dojo, "13:02");
    expect(&dojo, EVENT_GAP_NOTICED, "Nobody watched the clock for 8:00; the time went on.");
    expect(&dojo, EVENT_TURN_ENDED, "Turn 1 is over since 5:00. Next: Grace Hopper, when ready.");
    DO(&dojo, .kind = COMMAND_FORGIVE_GAP);
    expect(&dojo, EVENT_GAP_FORGIVEN, "It was a pause: the time is given back.");
    dojo_resume(&dojo, "13:03");
    expect(&dojo, EVENT_SESSION_RESUMED,
           "Back after 1:00. Turn 1 goes on: Ada Lovelace has 2:00 left.");
    DO(&dojo, .kind = COMMAND_JUMP, .by = BY_PROGRAM, .ms = -3 * MINUTE);
    expect(&dojo, EVENT_CLOCK_JUMPED, "The clock of this computer was set back by 3m.");
    dojo_close(&dojo);
}

#define FACT(dojo, ...) dojo_apply(dojo, (struct event){__VA_ARGS__})

/* What somebody edited into a record has a sentence, too. */
static void
odd_facts_are_told(void **state)
{
    char text[] = "Ada", empty[] = "";
    int64_t unknown[] = {99};
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    FACT(&dojo, .kind = EVENT_UNDONE);
    expect(&dojo, EVENT_UNDONE, "Taken back.");
    FACT(&dojo, .kind = EVENT_UNDONE, .list = unknown, .list_count = 1);
    expect(&dojo, EVENT_UNDONE, "Taken back.");
    FACT(&dojo, .kind = EVENT_QUESTION_OPENED, .number = 9);
    expect(&dojo, EVENT_QUESTION_OPENED, "Question 9 of 3");
    FACT(&dojo, .kind = EVENT_QUESTION_OPENED, .number = 0);
    expect(&dojo, EVENT_QUESTION_OPENED, "Question 0 of 3");
    FACT(&dojo, .kind = EVENT_NOTE_ADDED, .action = true, .text = text, .name = empty);
    expect(&dojo, EVENT_NOTE_ADDED, "Action item, nobody's yet: Ada");
    FACT(&dojo, .kind = EVENT_PERSON_PASSED, .person = 9);
    expect(&dojo, EVENT_PERSON_PASSED, ": not now. Next: P2.");
    FACT(&dojo, .kind = EVENT_RESUMED);
    expect(&dojo, EVENT_RESUMED, "Turn 1 goes on: P1 has 5:00 left, until 12:50.");
    FACT(&dojo, .kind = EVENT_DEBRIEF_STARTED);
    FACT(&dojo, .kind = EVENT_RESUMED);
    expect(&dojo, EVENT_RESUMED, "It goes on.");
    dojo.session.question = 9;
    expect_state(&dojo, "Debrief, question 9 of 3, 75:00 left.");
    dojo.session.question = 0;
    expect_state(&dojo, "Debrief, question 0 of 3, 75:00 left.");
    dojo_close(&dojo);
}

static void
lights_steps_and_hooks_are_told(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_LIGHT, .number = LIGHT_RED);
    expect(&dojo, EVENT_LIGHT_CHANGED, "RED: a test does not pass.");
    DO(&dojo, .kind = COMMAND_LIGHT, .number = LIGHT_RED, .text = "timeout");
    expect(&dojo, EVENT_LIGHT_CHANGED, "RED: a test does not pass in the time they have.");
    DO(&dojo, .kind = COMMAND_LIGHT, .number = LIGHT_AMBER, .text = "build");
    expect(&dojo, EVENT_LIGHT_CHANGED, "AMBER: it does not build.");
    DO(&dojo, .kind = COMMAND_STEP, .number = 2, .ms = 11, .text = "moves right");
    expect(&dojo, EVENT_STEP_CHANGED, "Step 2 of 11: moves right");
    DO(&dojo, .kind = COMMAND_STEP, .number = 3);
    expect(&dojo, EVENT_STEP_CHANGED, "Step 3.");
    DO(&dojo, .kind = COMMAND_STEP, .number = 0);
    expect(&dojo, EVENT_STEP_CHANGED, "No step.");
    DO(&dojo, .kind = COMMAND_HOOK_STARTED, .by = BY_PROGRAM, .number = 1, .text = "turn-ended");
    expect(&dojo, EVENT_HOOK_STARTED, "");
    DO(&dojo, .kind = COMMAND_HOOK_ENDED, .by = BY_PROGRAM, .number = 1, .text = "turn-ended",
       .role = "exit 0");
    expect(&dojo, EVENT_HOOK_ENDED, "");
    DO(&dojo, .kind = COMMAND_HOOK_ENDED, .by = BY_PROGRAM, .number = 1, .text = "turn-ended",
       .role = "outcome unknown");
    expect(&dojo, EVENT_HOOK_ENDED, "What became of the hook turn-ended is unknown.");
    DO(&dojo, .kind = COMMAND_HOOK_ENDED, .by = BY_PROGRAM, .number = 1, .text = "turn-ended",
       .role = "exit 3");
    expect(&dojo, EVENT_HOOK_ENDED, "The hook turn-ended failed: exit 3.");
    dojo_close(&dojo);
}

static void
dates_and_settings_are_told(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_open(&dojo, "12:45", 4);
    DO(&dojo, .kind = COMMAND_GROUPS);
    expect(&dojo, EVENT_PERSON_AWAY, "The other group: P2, P4. They need a second laptop.");
    DO(&dojo, .kind = COMMAND_UNDO);
    expect(&dojo, EVENT_UNDONE, "Undone: the two groups.");
    dojo_close(&dojo);
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_DATE, .text = "2025-09-30");
    expect(&dojo, EVENT_DATE_SET, "The next dojo is on 2025-09-30.");
    DO(&dojo, .kind = COMMAND_DATE, .text = "");
    expect(&dojo, EVENT_DATE_SET, "The next date is not settled.");
    DO(&dojo, .kind = COMMAND_SETTINGS, .settings = &dojo.session.settings);
    expect(&dojo, EVENT_SETTINGS_CHANGED, "session.ini was read again.");
    DO(&dojo, .kind = COMMAND_COPILOT);
    expect(&dojo, EVENT_SETTINGS_CHANGED, "The next driver sits beside the driver, as co-pilot.");
    DO(&dojo, .kind = COMMAND_UNDO);
    DO(&dojo, .kind = COMMAND_COPILOT);
    expect(&dojo, EVENT_SETTINGS_CHANGED, "The next driver sits beside the driver, as co-pilot.");
    DO(&dojo, .kind = COMMAND_COPILOT);
    expect(&dojo, EVENT_SETTINGS_CHANGED, "The driver sits alone again.");
    dojo_close(&dojo);
}

static void
an_empty_room_is_told(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "session.title", "");
    dojo_open(&dojo, "12:45", 0);
    expect(&dojo, EVENT_SESSION_OPENED, "Coding dojo. Nobody is here yet. It ends at 14:00.");
    expect_state(&dojo, "Waiting, nobody is here yet, debrief 13:50, end 14:00.");
    DO(&dojo, .kind = COMMAND_JOIN, .text = "Ada Lovelace");
    expect_state(&dojo,
                 "Waiting to start with 1 person, 13 turns of 5m, debrief 13:50, end 14:00.");
    DO(&dojo, .kind = COMMAND_START);
    expect(&dojo, EVENT_SESSION_STARTED, "Started at 12:45. Debrief at 13:50, end at 14:00.");
    expect(&dojo, EVENT_TURN_STARTED, "Turn 1: Ada Lovelace has the keyboard until 12:50.");
    expect_state(&dojo, "Turn 1 of 13: Ada Lovelace, 5:00 left, debrief 13:50.");
    dojo_until(&dojo, "12:48");
    DO(&dojo, .kind = COMMAND_AWAY, .person = 1);
    expect(&dojo, EVENT_TURN_ENDED, "Turn 1 ends early, Ada Lovelace had to go.");
    expect_state(&dojo, "Paused, nobody is here, debrief 13:50.");
    FACT(&dojo, .kind = EVENT_PAUSED);
    expect(&dojo, EVENT_PAUSED, "Paused: nobody is here.");
    dojo_close(&dojo);
}

static void
other_settings_make_other_sentences(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.autostart", "no");
    dojo_set(&dojo, "turn.handover", "10s");
    dojo_set(&dojo, "pause.length", "0s");
    dojo_set(&dojo, "session.start", "12:45");
    dojo_open(&dojo, "12:45", 2);
    dojo_until(&dojo, "12:46:30");
    DO(&dojo, .kind = COMMAND_START);
    expect(&dojo, EVENT_SESSION_STARTED,
           "Started at 12:46, 1 minute late. Debrief at 13:50, end at 14:00.");
    FACT(&dojo, .kind = EVENT_PAUSED);
    expect(&dojo, EVENT_PAUSED, "Paused with 5:00 left in turn 1.");
    FACT(&dojo, .kind = EVENT_RESUMED);
    dojo_until(&dojo, "12:52");
    expect(&dojo, EVENT_TURN_ENDED, "Turn 1 is over. Next: P2.");
    DO(&dojo, .kind = COMMAND_OBSERVE, .person = 2);
    DO(&dojo, .kind = COMMAND_ROTATE, .person = 2);
    DO(&dojo, .kind = COMMAND_NEXT);
    DO(&dojo, .kind = COMMAND_NEXT);
    expect(&dojo, EVENT_TURN_ENDED, "Turn 2 is handed over. Next: P1.");
    dojo_close(&dojo);
}

static void
nothing_dangerous_is_told(void **state)
{
    const struct event event = {.kind = EVENT_PERSON_JOINED,
                                .by = BY_COMMAND,
                                .person = 9,
                                .name = (char[]){"Ada \x1b[31m\xe2\x80\xae\nLovelace"}};
    struct dojo dojo;
    char line[WORDING_SIZE], why[80];

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    dojo_apply(&dojo, event);
    wording_event(line, &dojo.session, &dojo.session.log[dojo.session.log_count - 1]);
    assert_null(text_fault(line, strlen(line), why));
    assert_non_null(strstr(line, "Lovelace joined."));
    DO(&dojo, .kind = COMMAND_CHOOSE_NEXT, .person = 9);
    wording_state(line, &dojo.session, dojo.now);
    assert_null(text_fault(line, strlen(line), why));
    dojo_close(&dojo);
}

static void
long_names_are_cut_between_characters(void **state)
{
    char name[NAME_MOST + 1], line[WORDING_SIZE], why[80];
    struct dojo dojo;

    (void)state;
    for (int i = 0; i < NAME_MOST / 2; i++)
        memcpy(name + 2 * i, "\xc3\xa9", 2);
    name[NAME_MOST] = '\0';
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_RENAME, .person = 1, .text = name);
    name[1] = '\xa8';
    DO(&dojo, .kind = COMMAND_RENAME, .person = 2, .text = name);
    wording_state(line, &dojo.session, dojo.now);
    assert_null(text_fault(line, strlen(line), why));
    assert_in_range(strlen(line), WORDING_SIZE - 4, WORDING_SIZE - 1);
    dojo_close(&dojo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_opening_is_told),
        cmocka_unit_test(turns_are_told),
        cmocka_unit_test(changes_of_a_turn_are_told),
        cmocka_unit_test(people_are_told),
        cmocka_unit_test(who_has_not_driven_is_named_once),
        cmocka_unit_test(the_debrief_is_told),
        cmocka_unit_test(gaps_are_told),
        cmocka_unit_test(odd_facts_are_told),
        cmocka_unit_test(lights_steps_and_hooks_are_told),
        cmocka_unit_test(dates_and_settings_are_told),
        cmocka_unit_test(an_empty_room_is_told),
        cmocka_unit_test(other_settings_make_other_sentences),
        cmocka_unit_test(nothing_dangerous_is_told),
        cmocka_unit_test(long_names_are_cut_between_characters),
    };

    return cmocka_run_group_tests_name("wording", tests, NULL, NULL);
}
