/* Wishes that are refused, each in its own words, and how what is typed is understood. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "dojo.h"

enum { MINUTE = 60000 };

static void
refuse(struct dojo *dojo, const char *why, struct command command)
{
    dojo_do_not(dojo, command);
    assert_string_equal(dojo->why, why);
}

#define REFUSE(dojo, why, ...) refuse(dojo, why, (struct command){__VA_ARGS__})

static void
reach_roles(struct dojo *dojo)
{
    dojo_begin(dojo, "12:45", 3);
    DO(dojo, .kind = COMMAND_NOTE, .text = "> a cable");
    DO(dojo, .kind = COMMAND_DEBRIEF);
    DO(dojo, .kind = COMMAND_ROLES);
}

static void
what_is_closed_stays_closed(void **state)
{
    static const char closed[] = "The session is closed.", over[] = "The turns are over.";
    struct dojo dojo;

    (void)state;
    reach_roles(&dojo);
    DO(&dojo, .kind = COMMAND_VACATE_ROLE, .role = "Ceremony");
    DO(&dojo, .kind = COMMAND_VACATE_ROLE, .role = "Master of Dojo");
    DO(&dojo, .kind = COMMAND_CLOSE);
    REFUSE(&dojo, closed, .kind = COMMAND_LIGHT, .number = LIGHT_RED);
    REFUSE(&dojo, closed, .kind = COMMAND_STEP, .number = 1);
    REFUSE(&dojo, closed, .kind = COMMAND_DATE, .text = "2026-12-24");
    REFUSE(&dojo, closed, .kind = COMMAND_ACTION_DONE, .role = "r1", .note = 1);
    REFUSE(&dojo, closed, .kind = COMMAND_COPILOT);
    REFUSE(&dojo, closed, .kind = COMMAND_GROUPS);
    REFUSE(&dojo, closed, .kind = COMMAND_SETTINGS, .settings = &dojo.settings);
    REFUSE(&dojo, closed, .kind = COMMAND_NOTE, .text = "late");
    REFUSE(&dojo, closed, .kind = COMMAND_NOTE_EDIT, .note = dojo.session.notes[0].seq,
           .text = "late");
    REFUSE(&dojo, closed, .kind = COMMAND_JOIN, .text = "Late");
    REFUSE(&dojo, closed, .kind = COMMAND_AWAY, .person = 1);
    REFUSE(&dojo, closed, .kind = COMMAND_STOP_AT, .ms = dojo_wall("15:00"));
    REFUSE(&dojo, over, .kind = COMMAND_NEXT);
    REFUSE(&dojo, over, .kind = COMMAND_PASS);
    REFUSE(&dojo, over, .kind = COMMAND_TURN_LENGTH, .ms = MINUTE);
    assert_false(session_allows(&dojo.session, COMMAND_LIGHT, dojo.now));
    dojo_close(&dojo);
}

static void
numbers_have_bounds(void **state)
{
    static const char step[] = "A step is a number up to 9999.";
    static const char length[] = "A turn may last 30s to 1h.";
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    REFUSE(&dojo, "No such command.", .kind = COMMAND_NONE);
    REFUSE(&dojo, "No such command.", .kind = COMMAND_COUNT);
    REFUSE(&dojo, "A light is green, red, amber or none.", .kind = COMMAND_LIGHT, .number = -1);
    REFUSE(&dojo, "A light is green, red, amber or none.", .kind = COMMAND_LIGHT, .number = LIGHTS);
    REFUSE(&dojo, step, .kind = COMMAND_STEP, .number = -1);
    REFUSE(&dojo, step, .kind = COMMAND_STEP, .number = 10000);
    REFUSE(&dojo, step, .kind = COMMAND_STEP, .number = 1, .ms = -1);
    REFUSE(&dojo, step, .kind = COMMAND_STEP, .number = 1, .ms = 10000);
    DO(&dojo, .kind = COMMAND_STEP, .number = 9999, .ms = 9999);
    REFUSE(&dojo, length, .kind = COMMAND_TURN_LENGTH, .ms = 29999);
    REFUSE(&dojo, length, .kind = COMMAND_TURN_LENGTH, .ms = 60 * MINUTE + 1);
    assert_true(session_allows(&dojo.session, COMMAND_TURN_LENGTH, dojo.now));
    REFUSE(&dojo, "There is no such action item.", .kind = COMMAND_ACTION_DONE, .note = 1);
    REFUSE(&dojo, "There is no such action item.", .kind = COMMAND_ACTION_DONE, .role = "r1");
    REFUSE(&dojo, "There are no settings to take.", .kind = COMMAND_SETTINGS);
    REFUSE(&dojo, "There is no order to change.", .kind = COMMAND_ORDER);
    REFUSE(&dojo, "That is no move.", .kind = COMMAND_MOVE, .person = 1);
    REFUSE(&dojo, "There is no such person.", .kind = COMMAND_AWAY, .person = 9);
    dojo_close(&dojo);
}

/* A title that is too long is not worth refusing the step. */
static void
a_step_may_come_without_a_title(void **state)
{
    char title[STEP_TITLE_MOST + 2];
    struct dojo dojo;

    (void)state;
    memset(title, 'a', sizeof title);
    title[STEP_TITLE_MOST + 1] = '\0';
    dojo_begin(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_STEP, .number = 2, .ms = 3, .text = title);
    assert_string_equal(dojo.session.step_title, "");
    assert_int_equal(dojo.session.step, 2);
    DO(&dojo, .kind = COMMAND_STEP, .number = 2, .ms = 3, .text = title + 1);
    assert_string_equal(dojo.session.step_title, title + 1);
    dojo_close(&dojo);
}

static void
texts_have_bounds(void **state)
{
    char name[NAME_MOST + 2];
    struct dojo dojo;

    (void)state;
    memset(name, 'a', sizeof name);
    name[NAME_MOST + 1] = '\0';
    dojo_begin(&dojo, "12:45", 3);
    REFUSE(&dojo, "The name is too long: 257 bytes, at most 256.", .kind = COMMAND_JOIN,
           .text = name);
    REFUSE(&dojo, "The name is empty.", .kind = COMMAND_JOIN, .text = "  ");
    REFUSE(&dojo, "The name is empty.", .kind = COMMAND_JOIN);
    REFUSE(&dojo, "The note holds a control character (U+001B).", .kind = COMMAND_NOTE,
           .text = "\x1b");
    DO(&dojo, .kind = COMMAND_JOIN, .text = name + 1);
    dojo_close(&dojo);
}

static void
a_room_has_its_limit(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", ROSTER_MOST - 1);
    DO(&dojo, .kind = COMMAND_JOIN, .text = "The last");
    REFUSE(&dojo, "The roster is full: 500 people.", .kind = COMMAND_JOIN, .text = "One more");
    dojo_close(&dojo);
}

/* ---- notes ---- */

static void
expect_note(struct dojo *dojo, const char *typed, bool action, const char *owner, const char *text)
{
    const struct note *note;

    DO(dojo, .kind = COMMAND_NOTE, .text = typed);
    note = &dojo->session.notes[dojo->session.notes_count - 1];
    assert_int_equal(note->action, action);
    assert_string_equal(note->text, text);
    if (owner == NULL)
        assert_null(note->owner);
    else
        assert_string_equal(note->owner, owner);
}

static void
an_action_item_names_its_owner(void **state) /* R22 */
{
    char many[2 * NAME_MOST + 8] = "@";
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_RENAME, .person = 2, .text = "Grace Hopper");
    expect_note(&dojo, "> a cable", true, NULL, "a cable");
    expect_note(&dojo, ">a cable", true, NULL, "a cable");
    expect_note(&dojo, ">", false, NULL, ">");
    expect_note(&dojo, "@grace a cable", true, "Grace Hopper", "a cable");
    expect_note(&dojo, "@Grace Hopper, a cable", true, "Grace Hopper", "a cable");
    expect_note(&dojo, "@grace hopper:  a cable", true, "Grace Hopper", "a cable");
    expect_note(&dojo, "@Alan: a cable", true, "Alan", "a cable");
    expect_note(&dojo, "@P a cable", true, "P", "a cable"); /* P1 or P3? */
    expect_note(&dojo, "@: a cable", true, ":", "a cable");
    expect_note(&dojo, "@ grace", false, NULL, "@ grace");
    expect_note(&dojo, "@grace", false, NULL, "@grace");
    expect_note(&dojo, "mail grace@example.org today", false, NULL, "mail grace@example.org today");
    memset(many + 1, 'x', NAME_MOST + 3); /* nobody has so long a name, and it is not looked for */
    strcpy(many + NAME_MOST + 4, " y");
    many[NAME_MOST + 3] = 'z';
    DO(&dojo, .kind = COMMAND_NOTE, .text = many);
    assert_string_equal(dojo.session.notes[dojo.session.notes_count - 1].text, "y");
    dojo_close(&dojo);
}

static void
only_notes_that_are_there_are_changed(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_NOTE, .text = "one");
    REFUSE(&dojo, "There is no such note.", .kind = COMMAND_NOTE_DELETE, .note = 99);
    REFUSE(&dojo, "There is no such note.", .kind = COMMAND_NOTE_EDIT, .note = 99, .text = "x");
    DO(&dojo, .kind = COMMAND_NOTE_DELETE, .note = dojo.session.notes[0].seq);
    assert_int_equal(dojo.session.notes_count, 0);
    dojo_close(&dojo);
}

/* ---- roles ---- */

static void
a_role_may_be_named_in_part(void **state)
{
    struct dojo dojo;

    (void)state;
    reach_roles(&dojo);
    DO(&dojo, .kind = COMMAND_TAKE_ROLE, .role = "ceremony", .text = "p1");
    assert_string_equal(dojo.session.roles[0].holder, "P1");
    REFUSE(&dojo, "There is no such role.", .kind = COMMAND_TAKE_ROLE, .role = "master",
           .text = "P1"); /* which? */
    REFUSE(&dojo, "There is no such role.", .kind = COMMAND_TAKE_ROLE, .role = "", .text = "P1");
    REFUSE(&dojo, "There is no such role.", .kind = COMMAND_VACATE_ROLE, .role = "Scribe");
    REFUSE(&dojo, "Master of Dojo next time: a name, or \"nobody yet\".", .kind = COMMAND_CLOSE);
    dojo_close(&dojo);
}

static void
roles_are_asked_for_at_their_time(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    REFUSE(&dojo, "The roles are asked for after the debrief.", .kind = COMMAND_TAKE_ROLE,
           .role = "Master of Dojo", .text = "P1");
    REFUSE(&dojo, "The roles are asked for after the debrief.", .kind = COMMAND_ROLES);
    REFUSE(&dojo, "The session is closed after the roles.", .kind = COMMAND_CLOSE);
    dojo_close(&dojo);
}

/* ---- turns ---- */

static void
the_last_extension_is_counted(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.extensions", "1");
    dojo_open(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_START);
    DO(&dojo, .kind = COMMAND_EXTEND);
    REFUSE(&dojo, "This turn has had its 1 extension.", .kind = COMMAND_EXTEND);
    dojo_close(&dojo);
}

static void
an_empty_room_chooses_who_is_next(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 1);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 2);
    dojo_expect_phase(&dojo, PHASE_PAUSED);
    assert_int_equal(dojo.session.turn.driver, 0);
    DO(&dojo, .kind = COMMAND_BACK, .person = 2);
    DO(&dojo, .kind = COMMAND_BACK, .person = 1);
    DO(&dojo, .kind = COMMAND_CHOOSE_DRIVER, .person = 2);
    assert_int_equal(dojo.session.next_chosen, 2);
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_expect_driver(&dojo, 2);
    dojo_close(&dojo);
}

/* Everybody left in the extra turn: there is no other. */
static void
there_is_one_extra_turn(void **state) /* D25 */
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "13:42", 3);
    dojo_reach(&dojo, PHASE_OFFER);
    DO(&dojo, .kind = COMMAND_NEXT);
    assert_true(dojo.session.turn.extra);
    dojo_expect_driver(&dojo, 2);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 1);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 3);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 2);
    dojo_expect_phase(&dojo, PHASE_PAUSED);
    REFUSE(&dojo, "Nobody is here to drive: a adds a person, v brings one back.",
           .kind = COMMAND_NEXT);
    DO(&dojo, .kind = COMMAND_BACK, .person = 1);
    REFUSE(&dojo, "The extra turn has been used; d starts the debrief.", .kind = COMMAND_NEXT);
    dojo_close(&dojo);
}

/* Taking back the away of who was driving when they went, and no more. */
static void
undo_finds_the_first_fact_of_an_act(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    DO(&dojo, .kind = COMMAND_LIGHT, .number = LIGHT_RED);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 1);
    dojo_expect_driver(&dojo, 2);
    DO(&dojo, .kind = COMMAND_UNDO);
    dojo_expect_driver(&dojo, 1);
    assert_true(dojo.session.roster.people[0].present);
    assert_int_equal(dojo.session.light, LIGHT_RED);
    DO(&dojo, .kind = COMMAND_NEXT);
    DO(&dojo, .kind = COMMAND_DEBRIEF, .confirmed = true);
    DO(&dojo, .kind = COMMAND_UNDO, .confirmed = true);
    dojo_expect_driver(&dojo, 2);
    dojo_close(&dojo);
}

/* Somebody came and drove; that turn was taken back, so they may be taken back, too. */
static void
undo_forgets_who_drove_only_for_a_moment(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_JOIN, .text = "Late");
    DO(&dojo, .kind = COMMAND_CHOOSE_NEXT, .person = 3);
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_expect_driver(&dojo, 3);
    DO(&dojo, .kind = COMMAND_UNDO);
    DO(&dojo, .kind = COMMAND_UNDO);
    DO(&dojo, .kind = COMMAND_UNDO);
    assert_int_equal(dojo.session.roster.count, 2);
    dojo_expect_driver(&dojo, 1);
    dojo_close(&dojo);
}

static void
leaving_says_why(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_LEAVE, .by = BY_PROGRAM);
    assert_string_equal(dojo.session.left_reason, "quit");
    DO(&dojo, .kind = COMMAND_LEAVE, .by = BY_PROGRAM, .text = "SIGHUP");
    assert_string_equal(dojo.session.left_reason, "SIGHUP");
    dojo_close(&dojo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_closed_stays_closed),
        cmocka_unit_test(numbers_have_bounds),
        cmocka_unit_test(a_step_may_come_without_a_title),
        cmocka_unit_test(texts_have_bounds),
        cmocka_unit_test(a_room_has_its_limit),
        cmocka_unit_test(an_action_item_names_its_owner),
        cmocka_unit_test(only_notes_that_are_there_are_changed),
        cmocka_unit_test(a_role_may_be_named_in_part),
        cmocka_unit_test(roles_are_asked_for_at_their_time),
        cmocka_unit_test(the_last_extension_is_counted),
        cmocka_unit_test(an_empty_room_chooses_who_is_next),
        cmocka_unit_test(there_is_one_extra_turn),
        cmocka_unit_test(undo_finds_the_first_fact_of_an_act),
        cmocka_unit_test(undo_forgets_who_drove_only_for_a_moment),
        cmocka_unit_test(leaving_says_why),
    };

    return cmocka_run_group_tests_name("decide", tests, NULL, NULL);
}
