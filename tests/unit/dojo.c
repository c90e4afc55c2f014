#include "dojo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

enum { OFFSET_S = 7200, FACTS_AT_ONCE = 16 };

/* 2025-09-16T00:00+02:00 */
#define MIDNIGHT_MS INT64_C(1757973600000)

int64_t
dojo_wall(const char *clock)
{
    int64_t seconds = 0, unit = 3600;
    char *end = (char *)clock;

    for (; unit > 0 && *clock != '\0'; unit /= 60) {
        seconds += strtol(clock, &end, 10) * unit;
        clock = *end == ':' ? end + 1 : end;
    }
    assert_true(*end == '\0' && unit <= 1);
    return MIDNIGHT_MS + seconds * 1000;
}

static void
add_clock(char *out, size_t size, int64_t wall_ms)
{
    int seconds = (int)((wall_ms - MIDNIGHT_MS) / 1000);
    size_t used = strlen(out);

    snprintf(out + used, size - used, "%02d:%02d", seconds / 3600, seconds / 60 % 60);
    used = strlen(out);
    if (seconds % 60 != 0)
        snprintf(out + used, size - used, ":%02d", seconds % 60);
}

void
dojo_init(struct dojo *dojo)
{
    *dojo = (struct dojo){0};
    settings_init(&dojo->settings);
    session_init(&dojo->session);
    dojo_set(dojo, "session.end", "14:00");
    dojo_set(dojo, "session.intro", "0s");
    dojo_set(dojo, "turn.length", "5m");
    dojo_set(dojo, "turn.handover", "0s");
    dojo_set(dojo, "debrief.length", "10m");
    dojo_set(dojo, "debrief.minimum", "5m");
}

void
dojo_set(struct dojo *dojo, const char *key, const char *value)
{
    char section[32], why[SETTINGS_ERROR_SIZE] = "unknown";
    const char *dot = strchr(key, '.');
    const struct setting *row;

    snprintf(section, sizeof section, "%.*s", (int)(dot - key), key);
    row = settings_find(section, dot + 1);
    if (row == NULL || !settings_set(&dojo->settings, row, value, false, why))
        fail_msg("%s = %s: %s", key, value, why);
}

static struct opening *
make_opening(const struct dojo *dojo, int people)
{
    struct opening *opening = opening_new();

    assert_non_null(opening);
    settings_free(&opening->settings);
    settings_copy(&opening->settings, &dojo->settings);
    opening->boot = strdup("boot");
    opening->host = strdup("host");
    opening->pid = 1;
    opening->people = calloc((size_t)people + 1, sizeof *opening->people);
    opening->people_count = people;
    for (int i = 0; i < people; i++) {
        char name[16];

        snprintf(name, sizeof name, "P%d", i + 1);
        opening->people[i] = (struct opening_person){.id = i + 1, .name = strdup(name)};
    }
    return opening;
}

void
dojo_open(struct dojo *dojo, const char *clock, int people)
{
    const struct settings *settings = &dojo->settings;
    struct event event = {.kind = EVENT_SESSION_OPENED, .by = BY_PROGRAM};

    dojo->now = (struct moment){0, dojo_wall(clock), OFFSET_S};
    dojo->opened_wall_ms = dojo->now.wall_ms;
    event.opening = make_opening(dojo, people);
    if (settings->end >= 0)
        event.stop_ms = MIDNIGHT_MS + settings->end * INT64_C(60000);
    if (settings->start >= 0)
        event.ms = MIDNIGHT_MS + settings->start * INT64_C(60000);
    dojo_apply(dojo, event);
    opening_free(event.opening);
}

void
dojo_close(struct dojo *dojo)
{
    session_free(&dojo->session);
    settings_free(&dojo->settings);
}

void
dojo_begin(struct dojo *dojo, const char *clock, int people)
{
    dojo_init(dojo);
    dojo_open(dojo, clock, people);
    DO(dojo, .kind = COMMAND_START);
}

void
dojo_apply(struct dojo *dojo, struct event event)
{
    event.seq = dojo->session.seq + 1;
    event.at = dojo->now;
    session_apply(&dojo->session, &event);
}

/* One fact that is due; false when there is none. */
static bool
happen(struct dojo *dojo)
{
    struct event event;

    if (!session_due(&dojo->session, dojo->now, &event))
        return false;
    assert_true(event.at.elapsed_ms <= dojo->now.elapsed_ms);
    assert_true(event.at.elapsed_ms >= dojo->session.last.elapsed_ms);
    assert_int_equal(event.seq, dojo->session.seq + 1);
    session_apply(&dojo->session, &event);
    event_clear(&event);
    return true;
}

static void
settle(struct dojo *dojo)
{
    int facts = 0;

    while (happen(dojo)) {
        if (++facts > FACTS_AT_ONCE)
            fail_msg("time never stops causing facts");
    }
}

static void
move_to(struct dojo *dojo, int64_t elapsed_ms)
{
    if (elapsed_ms > dojo->now.elapsed_ms)
        dojo->now = moment_at(dojo->now, elapsed_ms);
}

static void
pass_until(struct dojo *dojo, int64_t elapsed_ms)
{
    int64_t seq;

    settle(dojo);
    for (;;) {
        int64_t deadline_ms = session_next_deadline(&dojo->session, dojo->now);

        if (deadline_ms > elapsed_ms)
            break;
        seq = dojo->session.seq;
        move_to(dojo, deadline_ms);
        settle(dojo);
        if (dojo->session.seq == seq)
            fail_msg("nothing happened at the deadline, %lld s after opening",
                     (long long)(deadline_ms / 1000));
    }
    move_to(dojo, elapsed_ms);
    settle(dojo);
}

void
dojo_until(struct dojo *dojo, const char *clock)
{
    pass_until(dojo, moment_elapsed_at(dojo->now, dojo_wall(clock)));
}

void
dojo_wait(struct dojo *dojo, int64_t ms)
{
    pass_until(dojo, dojo->now.elapsed_ms + ms);
}

void
dojo_reach(struct dojo *dojo, enum phase phase)
{
    for (int i = 0; i < 1000 && dojo->session.phase != phase; i++) {
        int64_t deadline_ms;

        if (happen(dojo))
            continue;
        deadline_ms = session_next_deadline(&dojo->session, dojo->now);
        if (deadline_ms == INT64_MAX)
            break;
        move_to(dojo, deadline_ms);
    }
    dojo_expect_phase(dojo, phase);
}

void
dojo_sleep(struct dojo *dojo, const char *clock)
{
    int64_t gap_ms = dojo_wall(clock) - dojo->now.wall_ms;

    move_to(dojo, dojo->now.elapsed_ms + gap_ms);
    DO(dojo, .kind = COMMAND_GAP, .by = BY_PROGRAM, .ms = gap_ms);
}

void
dojo_resume(struct dojo *dojo, const char *clock)
{
    int64_t gap_ms = dojo_wall(clock) - dojo->now.wall_ms;
    struct event event = {.kind = EVENT_SESSION_RESUMED, .by = BY_PROGRAM, .ms = gap_ms};

    move_to(dojo, dojo->now.elapsed_ms + gap_ms);
    event.opening = make_opening(dojo, 0);
    dojo_apply(dojo, event);
    opening_free(event.opening);
    settle(dojo);
}

bool
dojo_try(struct dojo *dojo, struct command command)
{
    struct decision decision;
    bool refused;

    if (command.by == BY_CLOCK)
        command.by = BY_KEY;
    session_decide(&dojo->session, &command, dojo->now, &decision);
    refused = decision.refused;
    dojo->confirm = decision.confirm;
    snprintf(dojo->why, sizeof dojo->why, "%s", refused ? decision.why : "");
    for (int i = 0; i < decision.count; i++) {
        assert_false(refused);
        assert_int_equal(decision.events[i].seq, dojo->session.seq + 1);
        session_apply(&dojo->session, &decision.events[i]);
    }
    decision_free(&decision);
    if (!refused)
        settle(dojo);
    return !refused;
}

void
dojo_do(struct dojo *dojo, struct command command)
{
    if (!dojo_try(dojo, command))
        fail_msg("command %d refused: %s", (int)command.kind, dojo->why);
}

void
dojo_do_not(struct dojo *dojo, struct command command)
{
    int64_t seq = dojo->session.seq;

    if (dojo_try(dojo, command))
        fail_msg("command %d was not refused", (int)command.kind);
    assert_int_equal(dojo->session.seq, seq);
    if (strlen(dojo->why) < 8)
        fail_msg("refused without a sentence: \"%s\"", dojo->why);
}

static void
add_turn(struct dojo *dojo, int64_t wall_ms, int person)
{
    size_t used = strlen(dojo->text);

    if (used > 0)
        snprintf(dojo->text + used, sizeof dojo->text - used, ", ");
    add_clock(dojo->text, sizeof dojo->text, wall_ms);
    used = strlen(dojo->text);
    snprintf(dojo->text + used, sizeof dojo->text - used, " %s",
             session_name(&dojo->session, person));
}

const char *
dojo_turns(struct dojo *dojo)
{
    const struct session *session = &dojo->session;

    dojo->text[0] = '\0';
    for (int i = 0; i < session->turns_count; i++)
        add_turn(dojo, session->turns[i].began.wall_ms, session->turns[i].turn.driver);
    if (session->phase == PHASE_TURN || session->phase == PHASE_PAUSED)
        add_turn(dojo, moment_at(dojo->now, session->turn.started_ms).wall_ms,
                 session->turn.driver);
    return dojo->text;
}

const char *
dojo_plan(struct dojo *dojo)
{
    struct plan plan;

    dojo->text[0] = '\0';
    plan_compute(&dojo->session, dojo->now, &plan);
    for (int i = 0; i < plan.count; i++)
        add_turn(dojo, plan.turns[i].start_ms, plan.turns[i].person);
    plan_free(&plan);
    return dojo->text;
}

void
dojo_expect_phase(const struct dojo *dojo, enum phase phase)
{
    static const char *const names[PHASES] = {
        [PHASE_WAITING] = "waiting", [PHASE_INTRO] = "intro",       [PHASE_TURN] = "turn",
        [PHASE_PAUSED] = "paused",   [PHASE_HANDOVER] = "handover", [PHASE_OFFER] = "offer",
        [PHASE_BREAK] = "break",     [PHASE_DEBRIEF] = "debrief",   [PHASE_ROLES] = "roles",
        [PHASE_CLOSED] = "closed",
    };

    assert_string_equal(names[dojo->session.phase], names[phase]);
}

void
dojo_expect_turns(struct dojo *dojo, const char *turns)
{
    assert_string_equal(dojo_turns(dojo), turns);
}

void
dojo_expect_driver(const struct dojo *dojo, int person)
{
    dojo_expect_phase(dojo, PHASE_TURN);
    assert_int_equal(dojo->session.turn.driver, person);
}

void
dojo_expect_left(const struct dojo *dojo, int minutes, int seconds)
{
    int64_t left_ms = dojo->session.phase == PHASE_PAUSED
                          ? dojo->session.turn.left_ms
                          : session_left_ms(&dojo->session, dojo->now);

    assert_int_equal(left_ms, (minutes * 60 + seconds) * 1000);
}

void
dojo_expect_wall(int64_t wall_ms, const char *clock)
{
    char found[16] = "", wanted[16] = "";

    add_clock(found, sizeof found, wall_ms);
    add_clock(wanted, sizeof wanted, dojo_wall(clock));
    assert_string_equal(found, wanted);
}
