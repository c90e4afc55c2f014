/* What must hold whatever people do and whenever: random sessions, the same ones at every run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "dojo.h"
#include "same.h"
#include "session/alerts.h"
#include "session/text.h"
#include "session/wording.h"

enum { SESSIONS = 120, STEPS = 120, MINUTE = 60000, REPLAY_EVERY = 16 };

/* xorshift: small, and the same everywhere. */
struct dice {
    uint32_t state;
};

static int
roll(struct dice *dice, int sides)
{
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 17;
    dice->state ^= dice->state << 5;
    return (int)(dice->state % (uint32_t)sides);
}

static const char *
pick(struct dice *dice, const char *one, const char *other)
{
    return roll(dice, 2) == 0 ? one : other;
}

static void
open_randomly(struct dojo *dojo, struct dice *dice)
{
    static const char *const starts[] = {"12:30", "12:45", "12:52", "13:37"};

    dojo_init(dojo);
    dojo_set(dojo, "session.intro", pick(dice, "0s", "2m"));
    dojo_set(dojo, "turn.handover", pick(dice, "0s", "10s"));
    dojo_set(dojo, "turn.length", pick(dice, "5m", "3m"));
    dojo_set(dojo, "turn.autostart", roll(dice, 4) == 0 ? "no" : "yes");
    dojo_set(dojo, "break.every", roll(dice, 3) == 0 ? "3" : "0");
    dojo_open(dojo, starts[roll(dice, 4)], roll(dice, 7));
    if (roll(dice, 5) != 0)
        dojo_try(dojo, (struct command){.kind = COMMAND_START});
}

/* Kinds that people use often come more than once. */
static const enum command_kind wishes[] = {
    COMMAND_START,         COMMAND_NEXT,         COMMAND_NEXT,        COMMAND_PASS,
    COMMAND_HOLD,          COMMAND_PAUSE,        COMMAND_RESUME,      COMMAND_RESUME,
    COMMAND_EXTEND,        COMMAND_ADJUST,       COMMAND_ADJUST,      COMMAND_TURN_LENGTH,
    COMMAND_CHOOSE_DRIVER, COMMAND_CHOOSE_NEXT,  COMMAND_JOIN,        COMMAND_JOIN,
    COMMAND_AWAY,          COMMAND_AWAY,         COMMAND_BACK,        COMMAND_BACK,
    COMMAND_OBSERVE,       COMMAND_ROTATE,       COMMAND_RENAME,      COMMAND_MOVE,
    COMMAND_ORDER,         COMMAND_STOP_AT,      COMMAND_QUESTION,    COMMAND_NOTE,
    COMMAND_NOTE_EDIT,     COMMAND_NOTE_DELETE,  COMMAND_DRAFT,       COMMAND_ROLES,
    COMMAND_TAKE_ROLE,     COMMAND_VACATE_ROLE,  COMMAND_UNDO,        COMMAND_UNDO,
    COMMAND_UNDO,          COMMAND_FORGIVE_GAP,  COMMAND_LEAVE,       COMMAND_LIGHT,
    COMMAND_STEP,          COMMAND_DATE,         COMMAND_ACTION_DONE, COMMAND_SETTINGS,
    COMMAND_COPILOT,       COMMAND_HOOK_STARTED, COMMAND_HOOK_ENDED,  COMMAND_DRAINED,
    COMMAND_JUMP,          COMMAND_GROUPS,
};

/* Rarely, since little happens afterwards. */
static const enum command_kind last_wishes[] = {COMMAND_DEBRIEF, COMMAND_CLOSE};

static const char *const texts[] = {
    "Kathleen Booth",   "Ada",         "P2",           "",         "> smaller steps",
    "@P1 a quiet room", "caf\xc3\xa9", "bad \x1b[31m", "@nobody x"};

static void
wish_randomly(struct dojo *dojo, struct dice *dice)
{
    struct roster *roster = &dojo->session.roster;
    int64_t ids[ROSTER_MOST];
    struct command command = {.by = roll(dice, 3) == 0 ? BY_COMMAND : BY_KEY};

    command.kind = wishes[roll(dice, (int)(sizeof wishes / sizeof *wishes))];
    if (roll(dice, 60) == 0)
        command.kind = last_wishes[roll(dice, 2)];
    command.person = roll(dice, roster->count + 2);
    command.number = roll(dice, 6) - 1;
    command.text = texts[roll(dice, (int)(sizeof texts / sizeof *texts))];
    command.role = pick(dice, "Master of Dojo", "Master of Ceremony");
    command.ms = (roll(dice, 7) - 2) * MINUTE;
    if (command.kind == COMMAND_LEAVE || command.kind == COMMAND_DRAINED)
        command.text = "SIGTERM"; /* the program's own words */
    if (command.kind == COMMAND_DATE)
        command.text = pick(dice, "2026-12-24", "2026-02-30");
    if (command.kind == COMMAND_HOOK_STARTED || command.kind == COMMAND_HOOK_ENDED) {
        command.by = BY_PROGRAM;
        command.number = 1 + roll(dice, 3);
    }
    command.settings = &dojo->settings;
    if (command.kind == COMMAND_STOP_AT)
        command.ms = dojo->now.wall_ms + roll(dice, 8) * 10 * MINUTE;
    if (dojo->session.notes_count > 0)
        command.note = dojo->session.notes[roll(dice, dojo->session.notes_count)].seq;
    for (int i = 0; i < roster->count; i++)
        ids[i] = roster->people[(i + 1) % roster->count].id;
    command.list = ids;
    command.list_count = roster->count;
    command.confirmed = roll(dice, 2) == 0;
    dojo_try(dojo, command);
}

static void
sleep_randomly(struct dojo *dojo, struct dice *dice)
{
    int64_t gap_ms = roll(dice, 9) * MINUTE + 3000;

    dojo->now = moment_at(dojo->now, dojo->now.elapsed_ms + gap_ms);
    DO(dojo, .kind = COMMAND_GAP, .by = BY_PROGRAM, .ms = gap_ms);
}

static void
step(struct dojo *dojo, struct dice *dice)
{
    switch (roll(dice, 12)) {
    case 0:
    case 1:
    case 2:
        dojo_wait(dojo, roll(dice, 20000));
        break;
    case 3:
        dojo_wait(dojo, roll(dice, 4 * MINUTE));
        break;
    case 4:
        if (roll(dice, 4) == 0)
            sleep_randomly(dojo, dice);
        break;
    default:
        wish_randomly(dojo, dice);
        break;
    }
}

/* ---- what must hold ---- */

static bool
has_driver(const struct session *session)
{
    return session->phase == PHASE_TURN ||
           (session->phase == PHASE_PAUSED && session->turn.driver != 0);
}

static void
one_driver_who_is_here(const struct session *session)
{
    const struct person *driver;

    if (!has_driver(session))
        return;
    driver = roster_find(&session->roster, session->turn.driver);
    if (driver == NULL || !roster_rotates(driver))
        fail_msg("turn %d is driven by nobody who is here (%d)", session->turn.number,
                 session->turn.driver);
}

/* R9, R12: the driver goes on only when alone, or when everybody else said "not now". */
static bool
others_would(const struct session *session)
{
    for (int i = 0; i < session->roster.count; i++) {
        const struct person *person = &session->roster.people[i];

        if (roster_rotates(person) && !person->passed && person->id != session->turn.driver)
            return true;
    }
    return false;
}

static void
next_driver_can_drive(const struct session *session)
{
    int next = session_next_driver(session);

    if (next != 0)
        assert_true(roster_rotates(roster_find(&session->roster, next)));
    if (session->phase < PHASE_DEBRIEF && roster_rotators(&session->roster) > 0)
        assert_int_not_equal(next, 0);
    if (has_driver(session) && others_would(session))
        assert_int_not_equal(next, session->turn.driver);
}

static void
facts_are_in_order(const struct session *session)
{
    for (int i = 0; i < session->log_count; i++) {
        assert_int_equal(session->log[i].seq, i + 1);
        if (i > 0)
            assert_true(session->log[i].at.elapsed_ms >= session->log[i - 1].at.elapsed_ms);
    }
}

static void
debrief_keeps_its_time(const struct dojo *dojo)
{
    const struct session *session = &dojo->session;

    if (has_driver(session) && session->stop_ms != 0)
        assert_true(dojo->now.wall_ms < session->stop_ms - session->settings.minimum_ms);
}

static void
turns_add_up(const struct session *session)
{
    int counted = 0, had = 0, extra = 0;

    for (int i = 0; i < session->turns_count; i++) {
        const struct turn_record *record = &session->turns[i];

        counted += record->counted;
        extra += record->turn.extra;
        assert_int_equal(record->turn.number, i + 1);
        assert_true(record->ended.elapsed_ms >= record->began.elapsed_ms);
        assert_true(record->paused_ms >= 0);
        if (i > 0)
            assert_true(record->began.elapsed_ms >= session->turns[i - 1].ended.elapsed_ms);
    }
    for (int i = 0; i < session->roster.count; i++)
        had += session->roster.people[i].turns;
    assert_int_equal(had, counted);
    assert_true(extra <= 1);
}

static void
is_safe(const char *text)
{
    char why[80];

    if (text_fault(text, strlen(text), why) != NULL)
        fail_msg("\"%s\" %s", text, why);
}

static void
everything_can_be_said(const struct dojo *dojo)
{
    const struct session *session = &dojo->session;
    char line[WORDING_SIZE], title[WORDING_SIZE];
    enum alert alert;
    int64_t at_ms;

    is_safe(wording_event(line, session, &session->log[session->log_count - 1]));
    is_safe(wording_state(line, session, dojo->now));
    at_ms = alerts_next(session, dojo->now, dojo->now.elapsed_ms, &alert);
    assert_true(at_ms > dojo->now.elapsed_ms);
    assert_true((at_ms == INT64_MAX) == (alert == ALERT_NONE));
    alerts_text(session, dojo->now, alert, title, sizeof title, line, sizeof line);
    is_safe(title);
    is_safe(line);
    assert_true(session_next_change(session, dojo->now) > dojo->now.elapsed_ms);
}

static void
plan_is_possible(const struct dojo *dojo)
{
    const struct session *session = &dojo->session;
    struct plan plan;

    plan_compute(session, dojo->now, &plan);
    for (int i = 0; i < plan.count; i++) {
        bool running = i == 0 && has_driver(session);

        assert_true(roster_rotates(roster_find(&session->roster, plan.turns[i].person)));
        assert_true(plan.turns[i].end_ms <=
                    (running ? plan.stop_ms - session->settings.minimum_ms : plan.debrief_ms));
        if (i > 0)
            assert_true(plan.turns[i].start_ms >= plan.turns[i - 1].end_ms);
    }
    if (plan.has_extra)
        assert_true(plan.extra.end_ms <= plan.stop_ms - session->settings.minimum_ms);
    plan_free(&plan);
}

static void
replay_is_equal(const struct session *session)
{
    struct session copy;
    const char *what;

    same_replay(session, &copy);
    what = same_session(session, &copy);
    if (what != NULL)
        fail_msg("replayed from its journal, the session differs in %s", what);
    session_free(&copy);
}

static void
check(const struct dojo *dojo)
{
    one_driver_who_is_here(&dojo->session);
    next_driver_can_drive(&dojo->session);
    debrief_keeps_its_time(dojo);
    turns_add_up(&dojo->session);
    everything_can_be_said(dojo);
    plan_is_possible(dojo);
}

static void
whatever_people_do(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= SESSIONS; seed++) {
        struct dice dice = {seed * 2654435761U};
        struct dojo dojo;

        print_message("# session %u\n", seed);
        open_randomly(&dojo, &dice);
        for (int i = 0; i < STEPS; i++) {
            step(&dojo, &dice);
            check(&dojo);
            if (i % REPLAY_EVERY == 0)
                replay_is_equal(&dojo.session);
        }
        facts_are_in_order(&dojo.session);
        replay_is_equal(&dojo.session);
        dojo_close(&dojo);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_people_do),
    };

    return cmocka_run_group_tests_name("properties", tests, NULL, NULL);
}
