/* Without memory: what can say no says no and keeps nothing; a session stays valid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "../unit/story.h"
#include "scarce.h"
#include "session/alerts.h"
#include "session/wording.h"

static struct story story;
static const struct session *told; /* of the story, closed */

static int
tell(void **state)
{
    (void)state;
    story_tell(&story);
    told = &story.dojo.session;
    return 0;
}

static int
end(void **state)
{
    (void)state;
    story_end(&story);
    return 0;
}

/* What happens in no story. */
static struct dojo dojo_of_the_rest;

static int
tell_the_rest(void **state)
{
    const int64_t order[] = {3, 1, 2};
    struct dojo *dojo = &dojo_of_the_rest;

    (void)state;
    dojo_begin(dojo, "12:45", 3);
    for (int run = 1; run <= 9; run++)
        DO(dojo, .kind = COMMAND_HOOK_STARTED, .by = BY_PROGRAM, .number = run, .text = "start");
    DO(dojo, .kind = COMMAND_HOOK_ENDED, .by = BY_PROGRAM, .number = 1, .text = "start",
       .role = "exit 0");
    DO(dojo, .kind = COMMAND_COPILOT);
    DO(dojo, .kind = COMMAND_ORDER, .list = order, .list_count = 3);
    DO(dojo, .kind = COMMAND_LIGHT, .number = LIGHT_RED, .text = "timeout");
    DO(dojo, .kind = COMMAND_UNDO);
    DO(dojo, .kind = COMMAND_DRAFT, .text = "half");
    dojo_resume(dojo, "12:46");
    told = &dojo->session;
    return 0;
}

static int
end_the_rest(void **state)
{
    (void)state;
    dojo_close(&dojo_of_the_rest);
    return 0;
}

/* ---- events ---- */

static const struct event *at_hand; /* the event that is written, read or copied */
static char *as_text;

static bool
write_it(int k, bool for_ever)
{
    bool failed;
    char *text;

    scarce_begin(k, for_ever);
    text = event_text(at_hand);
    failed = scarce_end();
    if (text != NULL)
        assert_string_equal(text, as_text);
    else
        assert_true(failed);
    free(text);
    return failed;
}

static bool
read_it(int k, bool for_ever)
{
    char why[SETTINGS_ERROR_SIZE], *again;
    struct event event;
    enum event_verdict verdict;
    bool failed;

    scarce_begin(k, for_ever);
    verdict = event_parse(as_text, strlen(as_text), &event, why);
    failed = scarce_end();
    assert_int_equal(verdict, failed ? EVENT_BAD : EVENT_GOOD);
    if (failed) {
        assert_non_null(strstr(why, "memory"));
        assert_null(event.opening);
        assert_null(event.closing);
        assert_null(event.list);
    } else {
        again = event_text(&event);
        assert_string_equal(again, as_text);
        free(again);
    }
    event_clear(&event);
    return failed;
}

static bool
copy_it(int k, bool for_ever)
{
    struct event copy;
    bool failed, is_whole;
    char *text;

    scarce_begin(k, for_ever);
    is_whole = event_copy(&copy, at_hand);
    failed = scarce_end();
    assert_int_equal(is_whole, !failed);
    if (is_whole) {
        text = event_text(&copy);
        assert_string_equal(text, as_text);
        free(text);
    }
    event_clear(&copy);
    return failed;
}

static void
no_event_is_written_read_or_copied_in_part(void **state)
{
    bool seen[EVENT_KINDS] = {false};
    int kinds = 0;

    (void)state;
    for (int i = 0; i < told->log_count; i++) {
        at_hand = &told->log[i];
        if (seen[at_hand->kind] && at_hand->kind != EVENT_NOTE_ADDED)
            continue;
        kinds += !seen[at_hand->kind];
        seen[at_hand->kind] = true;
        as_text = event_text(at_hand);
        assert_non_null(as_text);
        scarce_reach_jansson(true);
        assert_true(scarce_each(write_it) > 10);
        scarce_reach_jansson(false);
        scarce_each(read_it);
        scarce_each(copy_it);
        free(as_text);
    }
    assert_true(kinds >= 10);
}

/* ---- wishes ---- */

static const struct command *wish;
static struct session *undecided;
static struct moment now;

/* Each event of the decision as a line; the caller's. */
static char *
decision_text(const struct decision *decision)
{
    char *all = calloc(1, 1 << 17), *text;

    assert_non_null(all);
    for (int i = 0; i < decision->count; i++) {
        text = event_text(&decision->events[i]);
        assert_non_null(text);
        strcat(strcat(all, text), "\n");
        free(text);
    }
    return all;
}

static bool
decide_it(int k, bool for_ever)
{
    struct decision decision;
    bool failed;
    char *text;

    scarce_begin(k, for_ever);
    session_decide(undecided, wish, now, &decision);
    failed = scarce_end();
    if (failed && decision.refused) {
        assert_string_equal(decision.why, "There is no memory left for that.");
        assert_int_equal(decision.count, 0);
    } else {
        assert_false(decision.refused);
        text = decision_text(&decision);
        assert_string_equal(text, as_text);
        free(text);
    }
    decision_free(&decision);
    return failed;
}

static void
wish_for(struct dojo *dojo, struct command command)
{
    struct decision decision;

    wish = &command;
    undecided = &dojo->session;
    now = dojo->now;
    session_decide(undecided, wish, now, &decision);
    if (decision.refused)
        fail_msg("command %d: %s", (int)command.kind, decision.why);
    as_text = decision_text(&decision);
    decision_free(&decision);
    assert_true(scarce_each(decide_it) > 0);
    free(as_text);
}

#define WISH(...) wish_for(&dojo, (struct command){.by = BY_KEY, __VA_ARGS__})

static void
a_wish_is_decided_whole_or_refused(void **state)
{
    const int64_t order[] = {3, 1, 2};
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_open(&dojo, "12:45", 4);
    WISH(.kind = COMMAND_GROUPS);
    dojo_close(&dojo);
    dojo_begin(&dojo, "12:45", 3);
    WISH(.kind = COMMAND_LEAVE);
    WISH(.kind = COMMAND_JOIN, .text = "Kathleen Booth");
    WISH(.kind = COMMAND_JOIN, .text = "Kathleen Booth", .number = 2);
    WISH(.kind = COMMAND_RENAME, .person = 1, .text = "Ada Lovelace");
    WISH(.kind = COMMAND_ORDER, .list = order, .list_count = 3);
    WISH(.kind = COMMAND_NOTE, .text = "a longer cable");
    WISH(.kind = COMMAND_NOTE, .text = "> a longer cable");
    WISH(.kind = COMMAND_NOTE, .text = "@nobody a longer cable");
    WISH(.kind = COMMAND_DRAFT, .text = "half");
    WISH(.kind = COMMAND_LIGHT, .number = LIGHT_RED, .text = "timeout");
    WISH(.kind = COMMAND_STEP, .number = 1, .ms = 3, .text = "first");
    WISH(.kind = COMMAND_DATE, .text = "2026-12-24");
    WISH(.kind = COMMAND_ACTION_DONE, .role = "r1", .note = 3);
    WISH(.kind = COMMAND_COPILOT);
    WISH(.kind = COMMAND_SETTINGS, .settings = &dojo.settings);
    WISH(.kind = COMMAND_HOOK_STARTED, .number = 1, .text = "turn-ended");
    WISH(.kind = COMMAND_HOOK_ENDED, .number = 1, .text = "turn-ended", .role = "exit 0");
    WISH(.kind = COMMAND_DRAINED, .text = "clean");
    WISH(.kind = COMMAND_UNDO);
    DO(&dojo, .kind = COMMAND_NOTE, .text = "@P1 a longer cable");
    DO(&dojo, .kind = COMMAND_ACTION_DONE, .role = "r1", .note = 3);
    WISH(.kind = COMMAND_NOTE_EDIT, .note = dojo.session.notes[0].seq, .text = "shorter");
    DO(&dojo, .kind = COMMAND_DEBRIEF);
    DO(&dojo, .kind = COMMAND_ROLES);
    WISH(.kind = COMMAND_TAKE_ROLE, .role = "Master of Dojo", .text = "Somebody");
    WISH(.kind = COMMAND_VACATE_ROLE, .role = "Master of Dojo");
    DO(&dojo, .kind = COMMAND_TAKE_ROLE, .role = "Master of Dojo", .text = "Somebody");
    DO(&dojo, .kind = COMMAND_VACATE_ROLE, .role = "Master of Ceremony");
    WISH(.kind = COMMAND_CLOSE);
    dojo_close(&dojo);
}

/* ---- the session ---- */

/* What everybody who looks at a session relies on. */
static void
assert_valid(const struct session *session)
{
    struct moment at = session->last;
    char line[WORDING_SIZE];
    struct plan plan;
    enum alert alert;

    for (int i = 0; i < session->roster.count; i++)
        assert_non_null(session->roster.people[i].name);
    for (int i = 0; i < session->notes_count; i++)
        assert_non_null(session->notes[i].text);
    for (int i = 0; i < session->roles_count; i++)
        assert_non_null(session->roles[i].name);
    for (int i = 0; i < session->done_count; i++)
        assert_non_null(session->done[i].record);
    for (int i = 0; i < session->hooks_count; i++)
        assert_non_null(session->hooks[i].name);
    assert_non_null(session->settings.title);
    assert_non_null(wording_state(line, session, at));
    for (int i = 0; i < session->log_count; i += 5)
        assert_non_null(wording_event(line, session, &session->log[i]));
    plan_compute(session, at, &plan);
    plan_free(&plan);
    alerts_next(session, at, at.elapsed_ms, &alert);
}

static bool
replay_it(int k, bool for_ever)
{
    struct session session;
    bool failed;

    if (!session_init(&session))
        return false;
    scarce_begin(k, for_ever);
    for (int i = 0; i < told->log_count; i++)
        session_apply(&session, &told->log[i]);
    failed = scarce_end();
    assert_int_equal(session.seq, told->seq);
    assert_valid(&session);
    if (!failed)
        assert_int_equal(session.turns_count, told->turns_count);
    session_free(&session);
    return failed;
}

static void
a_session_stays_valid(void **state)
{
    (void)state;
    assert_true(scarce_each(replay_it) > 100);
}

static bool
begin_it(int k, bool for_ever)
{
    struct session session;
    bool good, failed;

    scarce_begin(k, for_ever);
    good = session_init(&session);
    failed = scarce_end();
    assert_int_equal(good, !failed);
    if (good)
        session_free(&session);
    return failed;
}

static bool
close_it(int k, bool for_ever)
{
    struct closing *closing;
    bool failed;

    scarce_begin(k, for_ever);
    closing = session_closing(told, told->last);
    failed = scarce_end();
    assert_int_equal(closing != NULL, !failed);
    closing_free(closing);
    return failed;
}

static void
a_session_begins_and_closes_whole_or_not(void **state)
{
    (void)state;
    assert_true(scarce_each(begin_it) > 8);
    assert_true(scarce_each(close_it) > 20);
}

/* ---- what is told ---- */

static int lines;

static void
count_line(void *user, const char *line)
{
    (void)user;
    assert_non_null(line);
    lines++;
}

static bool
write_minutes(int k, bool for_ever)
{
    bool failed;

    lines = 0;
    scarce_begin(k, for_ever);
    minutes_text(&story.minutes, count_line, NULL);
    failed = scarce_end();
    return failed;
}

static void
minutes_leave_out_what_finds_no_memory(void **state)
{
    int whole;

    (void)state;
    write_minutes(0, false);
    whole = lines;
    assert_true(whole > 60);
    assert_true(scarce_each(write_minutes) > whole);
    write_minutes(1, true);
    assert_int_equal(lines, 0);
    write_minutes(1, false); /* only the title is missing */
    assert_int_equal(lines, whole - 1);
}

static struct session *planned;
static int turns_planned;

static bool
plan_it(int k, bool for_ever)
{
    struct plan plan;
    bool failed;

    scarce_begin(k, for_ever);
    plan_compute(planned, now, &plan);
    failed = scarce_end();
    assert_true(plan.count <= turns_planned);
    assert_int_equal(plan.stop_ms, dojo_wall("14:00"));
    for (int i = 0; i < plan.count; i++)
        assert_true(plan.turns[i].person > 0);
    if (!failed)
        assert_int_equal(plan.count, turns_planned);
    plan_free(&plan);
    return failed;
}

static void
a_plan_is_shorter(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 20);
    planned = &dojo.session;
    now = dojo.now;
    turns_planned = 13;
    assert_true(scarce_each(plan_it) > turns_planned);
    dojo_close(&dojo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_event_is_written_read_or_copied_in_part, tell, end),
        cmocka_unit_test_setup_teardown(no_event_is_written_read_or_copied_in_part, tell_the_rest,
                                        end_the_rest),
        cmocka_unit_test_setup_teardown(a_session_stays_valid, tell_the_rest, end_the_rest),
        cmocka_unit_test(a_wish_is_decided_whole_or_refused),
        cmocka_unit_test_setup_teardown(a_session_stays_valid, tell, end),
        cmocka_unit_test_setup_teardown(a_session_begins_and_closes_whole_or_not, tell, end),
        cmocka_unit_test_setup_teardown(minutes_leave_out_what_finds_no_memory, tell, end),
        cmocka_unit_test(a_plan_is_shorter),
    };

    return cmocka_run_group_tests_name("scarcity", tests, NULL, NULL);
}
