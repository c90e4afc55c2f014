/* Facts out of place, as a record that somebody edited may hold them: the session stays valid, and
 * changes by no more than what makes sense. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "dojo.h"
#include "session/alerts.h"
#include "session/wording.h"

enum { MINUTE = 60000 };

#define FACT(dojo, ...) dojo_apply(dojo, (struct event){__VA_ARGS__})

static char *
text_of(const char *text)
{
    return (char *)(uintptr_t)text;
}

static void
expect_settled(const struct dojo *dojo, enum phase phase, int turns)
{
    dojo_expect_phase(dojo, phase);
    assert_int_equal(dojo->session.turns_count, turns);
}

static void
a_second_opening_changes_nothing(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_set(&dojo, "turn.length", "9m");
    dojo_open(&dojo, "12:46", 5);
    expect_settled(&dojo, PHASE_TURN, 0);
    assert_int_equal(dojo.session.roster.count, 3);
    assert_int_equal(dojo.session.settings.length_ms, 5 * MINUTE);
    dojo_close(&dojo);
}

static void
ids_need_no_order(void **state)
{
    struct opening *opening = opening_new();
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo.now.wall_ms = dojo_wall("12:45");
    opening->people = calloc(2, sizeof *opening->people);
    opening->people_count = 2;
    opening->people[0] = (struct opening_person){7, strdup("Ada"), false};
    opening->people[1] = (struct opening_person){3, strdup("Grace"), true};
    FACT(&dojo, .kind = EVENT_SESSION_OPENED, .opening = opening);
    assert_int_equal(dojo.session.people_seen, 7);
    FACT(&dojo, .kind = EVENT_PERSON_JOINED, .person = 3, .name = text_of("Somebody"));
    assert_int_equal(dojo.session.roster.count, 2);
    assert_string_equal(session_name(&dojo.session, 3), "Grace");
    opening_free(opening);
    dojo_close(&dojo);
}

static void
resumed_before_it_was_opened(void **state)
{
    struct opening *opening = opening_new();
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    FACT(&dojo, .kind = EVENT_SESSION_RESUMED, .opening = opening, .ms = 5);
    assert_null(dojo.session.opening);
    assert_false(dojo.session.gap.open);
    dojo_expect_phase(&dojo, PHASE_WAITING);
    assert_int_equal(session_since_last_ms(&dojo.session, "boot", 9, dojo.now.wall_ms + 7, 1), 7);
    opening_free(opening);
    dojo_close(&dojo);
}

static void
facts_of_turns_need_a_turn(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_open(&dojo, "12:45", 3);
    FACT(&dojo, .kind = EVENT_TURN_ENDED, .turn = 1, .person = 1, .counted = true);
    FACT(&dojo, .kind = EVENT_TURN_REOPENED, .turn = 1, .person = 1, .ms = MINUTE);
    FACT(&dojo, .kind = EVENT_DRIVER_CHANGED, .person = 2);
    FACT(&dojo, .kind = EVENT_PAUSED);
    FACT(&dojo, .kind = EVENT_RESUMED);
    FACT(&dojo, .kind = EVENT_TURN_ADJUSTED, .ms = MINUTE);
    FACT(&dojo, .kind = EVENT_BREAK_STARTED, .ms = MINUTE);
    FACT(&dojo, .kind = EVENT_BREAK_ENDED);
    FACT(&dojo, .kind = EVENT_GAP_FORGIVEN);
    expect_settled(&dojo, PHASE_WAITING, 0);
    assert_int_equal(dojo.session.turn.driver, 0);
    assert_int_equal(dojo.session.turn.deadline_ms, 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(dojo.session.roster.people[i].turns, 0);
    dojo_close(&dojo);
}

static void
facts_of_a_turn_need_somebody(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    FACT(&dojo, .kind = EVENT_DRIVER_CHANGED, .person = 9);
    dojo_expect_driver(&dojo, 1);
    FACT(&dojo, .kind = EVENT_PERSON_PASSED, .person = 9);
    FACT(&dojo, .kind = EVENT_PERSON_AWAY, .person = 9);
    FACT(&dojo, .kind = EVENT_PERSON_RENAMED, .person = 9, .name = text_of("Nobody"));
    FACT(&dojo, .kind = EVENT_PERSON_MOVED, .person = 9, .number = -1);
    FACT(&dojo, .kind = EVENT_NEXT_CHOSEN, .person = 9);
    assert_int_equal(session_next_driver(&dojo.session), 2);
    FACT(&dojo, .kind = EVENT_PERSON_BACK, .person = 1); /* who is here */
    dojo_expect_driver(&dojo, 1);
    FACT(&dojo, .kind = EVENT_LENGTH_CHANGED, .ms = 0);
    FACT(&dojo, .kind = EVENT_LENGTH_CHANGED, .ms = -MINUTE);
    assert_int_equal(dojo.session.settings.length_ms, 5 * MINUTE);
    FACT(&dojo, .kind = EVENT_PERSON_OBSERVES, .person = 3);
    FACT(&dojo, .kind = EVENT_NEXT_CHOSEN, .person = 3); /* who does not drive */
    assert_int_equal(session_next_driver(&dojo.session), 2);
    dojo_close(&dojo);
}

/* A turn of somebody who comes onto the roster only later counts for nobody. */
static void
nobody_has_less_than_no_turn(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    FACT(&dojo, .kind = EVENT_TURN_STARTED, .turn = 1, .person = 9, .ms = MINUTE);
    FACT(&dojo, .kind = EVENT_TURN_ENDED, .turn = 1, .person = 9, .counted = true);
    FACT(&dojo, .kind = EVENT_PERSON_JOINED, .person = 9, .name = text_of("Late"));
    FACT(&dojo, .kind = EVENT_TURN_REOPENED, .turn = 1, .person = 9, .ms = MINUTE);
    assert_int_equal(roster_find(&dojo.session.roster, 9)->turns, 0);
    assert_int_equal(dojo.session.turns_count, 0);
    dojo_close(&dojo);
}

static void
a_break_gives_its_turn_back(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "break.every", "1");
    dojo_open(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:50");
    dojo_expect_phase(&dojo, PHASE_BREAK);
    assert_int_equal(dojo.session.break_turn, 1);
    DO(&dojo, .kind = COMMAND_EXTEND);
    dojo_expect_driver(&dojo, 1);
    dojo_expect_left(&dojo, 1, 0);
    assert_int_equal(dojo.session.break_turn, 0); /* so that it comes after the minute more */
    dojo_until(&dojo, "12:51");
    dojo_expect_phase(&dojo, PHASE_BREAK);
    dojo_close(&dojo);
}

static void
a_paused_turn_is_adjusted(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    dojo_until(&dojo, "12:46");
    DO(&dojo, .kind = COMMAND_PAUSE);
    dojo_expect_left(&dojo, 4, 0);
    DO(&dojo, .kind = COMMAND_ADJUST, .ms = -MINUTE);
    dojo_expect_left(&dojo, 3, 0);
    DO(&dojo, .kind = COMMAND_EXTEND);
    dojo_expect_left(&dojo, 4, 0);
    assert_int_equal(dojo.session.turn.extensions, 1);
    FACT(&dojo, .kind = EVENT_BREAK_STARTED, .ms = MINUTE);
    dojo_expect_phase(&dojo, PHASE_PAUSED);
    dojo_close(&dojo);
}

/* Without a driver a pause goes on until somebody is here. */
static void
an_empty_pause_is_not_resumed(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 1);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 1);
    dojo_expect_phase(&dojo, PHASE_PAUSED);
    FACT(&dojo, .kind = EVENT_RESUMED);
    FACT(&dojo, .kind = EVENT_DRIVER_CHANGED, .person = 1);
    dojo_expect_phase(&dojo, PHASE_PAUSED);
    assert_int_equal(dojo.session.turn.driver, 0);
    dojo_close(&dojo);
}

static void
a_gap_in_a_handover_is_asked_about_when_its_end_passed(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "turn.handover", "1m");
    dojo_open(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:50:10");
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    dojo_sleep(&dojo, "12:50:40");
    assert_false(dojo.session.gap.open);
    assert_false(dojo.session.held);
    FACT(&dojo, .kind = EVENT_GAP_FORGIVEN); /* no turn lost time */
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    DO(&dojo, .kind = COMMAND_HOLD);
    dojo_sleep(&dojo, "12:52"); /* nothing passed: it waits for a key */
    assert_false(dojo.session.gap.open);
    dojo_close(&dojo);
}

static void
a_gap_is_forgiven_only_where_it_was(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    dojo_until(&dojo, "12:46");
    dojo_sleep(&dojo, "12:47");
    assert_true(dojo.session.gap.was_turn);
    FACT(&dojo, .kind = EVENT_DEBRIEF_STARTED);
    FACT(&dojo, .kind = EVENT_GAP_NOTICED, .ms = MINUTE);
    FACT(&dojo, .kind = EVENT_GAP_FORGIVEN);
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    dojo_close(&dojo);
}

/* An offer that no turn came before. */
static void
an_offer_out_of_nowhere(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "session.intro", "5m");
    dojo_open(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_START);
    FACT(&dojo, .kind = EVENT_EXTRA_OFFERED, .ms = 10 * MINUTE);
    dojo_expect_phase(&dojo, PHASE_OFFER);
    DO_NOT(&dojo, .kind = COMMAND_EXTEND);
    assert_string_equal(dojo.why, "No turn is running.");
    DO_NOT(&dojo, .kind = COMMAND_FORGIVE_GAP);
    FACT(&dojo, .kind = EVENT_TURN_REOPENED, .turn = 1, .person = 1, .ms = MINUTE);
    dojo_expect_phase(&dojo, PHASE_OFFER);
    FACT(&dojo, .kind = EVENT_GAP_NOTICED, .ms = MINUTE);
    dojo.session.gap.was_turn = true;
    FACT(&dojo, .kind = EVENT_GAP_FORGIVEN);
    dojo_expect_phase(&dojo, PHASE_OFFER);
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_expect_driver(&dojo, 1);
    assert_int_equal(dojo.session.turn.number, 1);
    dojo_close(&dojo);
}

static void
questions_and_notes_are_those_there_are(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_DEBRIEF);
    FACT(&dojo, .kind = EVENT_QUESTION_OPENED, .number = 9);
    assert_int_equal(dojo.session.question, 3);
    FACT(&dojo, .kind = EVENT_QUESTION_OPENED, .number = 0);
    assert_int_equal(dojo.session.question, 1);
    DO(&dojo, .kind = COMMAND_NOTE, .text = "small steps");
    FACT(&dojo, .kind = EVENT_NOTE_EDITED, .note = 99, .text = text_of("none"));
    FACT(&dojo, .kind = EVENT_NOTE_DELETED, .note = 99);
    FACT(&dojo, .kind = EVENT_ROLE_TAKEN, .role = text_of("Scribe"), .name = text_of("Ada"));
    FACT(&dojo, .kind = EVENT_HOOK_ENDED, .number = 4, .name = text_of("x"), .reason = text_of(""));
    assert_int_equal(dojo.session.notes_count, 1);
    assert_string_equal(dojo.session.notes[0].text, "small steps");
    assert_null(dojo.session.roles[0].holder);
    dojo_close(&dojo);
}

/* Fewer questions than the one that is open. */
static void
the_last_question_is_open_when_there_are_fewer(void **state)
{
    struct opening *opening = opening_new();
    struct dojo dojo;
    char why[SETTINGS_ERROR_SIZE];

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    DO(&dojo, .kind = COMMAND_DEBRIEF);
    DO(&dojo, .kind = COMMAND_QUESTION, .number = 3);
    assert_true(settings_set(&opening->settings, settings_find("debrief", "question"), "Well?",
                             false, why));
    FACT(&dojo, .kind = EVENT_SETTINGS_CHANGED, .opening = opening);
    assert_int_equal(dojo.session.question, 1);
    opening_free(opening);
    dojo_close(&dojo);
}

static void
long_texts_of_a_record_are_cut_between_letters(void **state)
{
    char text[DRAFT_MOST + 3];
    struct dojo dojo;

    (void)state;
    memset(text, 'a', sizeof text);
    memcpy(text + DRAFT_MOST - 1, "\xC3\xA9x", 4);
    dojo_begin(&dojo, "12:45", 2);
    FACT(&dojo, .kind = EVENT_DRAFT_SAVED, .text = text);
    assert_int_equal(strlen(dojo.session.draft), DRAFT_MOST - 1);
    FACT(&dojo, .kind = EVENT_STEP_CHANGED, .number = 1, .text = text);
    assert_int_equal(strlen(dojo.session.step_title), STEP_TITLE_MOST);
    FACT(&dojo, .kind = EVENT_DATE_SET, .text = text);
    assert_int_equal(strlen(dojo.session.next_date), CALENDAR_SIZE - 1);
    dojo_close(&dojo);
}

/* Nobody can start one, but a record can tell of one: nothing then ends by the clock. */
static void
a_session_without_an_end(void **state)
{
    struct dojo dojo;
    enum alert alert;
    struct plan plan;
    struct closing *closing;
    char line[WORDING_SIZE], title[80], text[160];

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "session.end", "");
    dojo_open(&dojo, "12:45", 2);
    assert_string_equal(wording_event(line, &dojo.session, &dojo.session.log[0]),
                        "Coding dojo. 2 people are here.");
    FACT(&dojo, .kind = EVENT_SESSION_STARTED);
    FACT(&dojo, .kind = EVENT_TURN_STARTED, .turn = 1, .person = 1, .ms = 5 * MINUTE);
    assert_int_equal(session_debrief_wall(&dojo.session), 0);
    assert_int_equal(session_next_deadline(&dojo.session, dojo.now), 5 * MINUTE);
    assert_int_equal(alerts_next(&dojo.session, dojo.now, 4 * MINUTE + 50000, &alert), INT64_MAX);
    assert_int_equal(alert, ALERT_NONE);
    alerts_text(&dojo.session, dojo.now, ALERT_HEADS_UP, title, sizeof title, text, sizeof text);
    assert_string_equal(title, "Next: P2");
    plan_compute(&dojo.session, dojo.now, &plan);
    assert_int_equal(plan.turns[0].end_ms, dojo_wall("12:50"));
    plan_free(&plan);
    DO(&dojo, .kind = COMMAND_PAUSE);
    assert_int_equal(session_next_deadline(&dojo.session, dojo.now), INT64_MAX);
    dojo_until(&dojo, "23:00");
    dojo_expect_phase(&dojo, PHASE_PAUSED);
    closing = session_closing(&dojo.session, dojo.now);
    assert_int_equal(closing->overrun_ms, 0);
    closing_free(closing);
    assert_true(session_may_go_on(&dojo.session, dojo.session.last.wall_ms + 120 * MINUTE));
    assert_false(session_may_go_on(&dojo.session, dojo.session.last.wall_ms + 120 * MINUTE + 1));
    dojo_close(&dojo);
}

/* ... and a handover that waits for a key waits for ever. */
static void
a_handover_without_an_end(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "session.end", "");
    dojo_set(&dojo, "turn.autostart", "no");
    dojo_open(&dojo, "12:45", 2);
    FACT(&dojo, .kind = EVENT_SESSION_STARTED);
    FACT(&dojo, .kind = EVENT_TURN_STARTED, .turn = 1, .person = 1, .ms = 5 * MINUTE);
    dojo_until(&dojo, "12:51");
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    assert_int_equal(session_next_deadline(&dojo.session, dojo.now), INT64_MAX);
    FACT(&dojo, .kind = EVENT_DEBRIEF_STARTED);
    FACT(&dojo, .kind = EVENT_SESSION_CLOSED);
    assert_string_equal(wording_event((char[WORDING_SIZE]){""}, &dojo.session,
                                      &dojo.session.log[dojo.session.log_count - 1]),
                        "Closed at 12:51. Thank you, everybody!");
    dojo_close(&dojo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_opening_changes_nothing),
        cmocka_unit_test(ids_need_no_order),
        cmocka_unit_test(resumed_before_it_was_opened),
        cmocka_unit_test(facts_of_turns_need_a_turn),
        cmocka_unit_test(facts_of_a_turn_need_somebody),
        cmocka_unit_test(nobody_has_less_than_no_turn),
        cmocka_unit_test(a_break_gives_its_turn_back),
        cmocka_unit_test(a_paused_turn_is_adjusted),
        cmocka_unit_test(an_empty_pause_is_not_resumed),
        cmocka_unit_test(a_gap_in_a_handover_is_asked_about_when_its_end_passed),
        cmocka_unit_test(a_gap_is_forgiven_only_where_it_was),
        cmocka_unit_test(an_offer_out_of_nowhere),
        cmocka_unit_test(questions_and_notes_are_those_there_are),
        cmocka_unit_test(the_last_question_is_open_when_there_are_fewer),
        cmocka_unit_test(a_session_without_an_end),
        cmocka_unit_test(a_handover_without_an_end),
        cmocka_unit_test(long_texts_of_a_record_are_cut_between_letters),
    };

    return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
