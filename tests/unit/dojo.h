/*
 * A pretended dojo: people P1, P2, ... on a Tuesday, two hours east of UTC, and a clock that moves
 * only when it is told to. Everything goes through session_decide(), session_due() and
 * session_apply(), as in the program. Times are "12:45" or "13:12:10", local.
 *
 * Unless a test says otherwise: turns of 5m, no handover, stop 14:00, debrief 10m, minimum 5m.
 */
#ifndef TESTS_UNIT_DOJO_H
#define TESTS_UNIT_DOJO_H

#include "session/plan.h"
#include "session/session.h"

struct dojo {
    struct settings settings; /* until it opens */
    struct session session;
    struct moment now;
    int64_t opened_wall_ms;
    char why[SETTINGS_ERROR_SIZE]; /* the last refusal */
    bool confirm;                  /* ... was a question */
    char text[4096];               /* what dojo_turns() and dojo_plan() return */
};

void dojo_init(struct dojo *dojo);
void dojo_set(struct dojo *dojo, const char *key, const char *value); /* "turn.length", "7m" */
void dojo_open(struct dojo *dojo, const char *clock, int people);
void dojo_close(struct dojo *dojo);

/* dojo_init, dojo_open and COMMAND_START. */
void dojo_begin(struct dojo *dojo, const char *clock, int people);

int64_t dojo_wall(const char *clock); /* UTC ms */

/* Lets time pass; whatever falls due happens at its very moment. */
void dojo_until(struct dojo *dojo, const char *clock);
void dojo_wait(struct dojo *dojo, int64_t ms);

/* Lets time pass until the phase is reached, and stops before anything else happens. */
void dojo_reach(struct dojo *dojo, enum phase phase);

/* What the machine does while asleep: time passes and nobody looks; then the gap is noticed. */
void dojo_sleep(struct dojo *dojo, const char *clock);

/* The same when the program was killed and is started again. */
void dojo_resume(struct dojo *dojo, const char *clock);

/* Carries a command out; false when it is refused, the sentence then stands in dojo->why. */
bool dojo_try(struct dojo *dojo, struct command command);

/* The same, and the test fails when it is refused, or (_not) when it is not. */
void dojo_do(struct dojo *dojo, struct command command);
void dojo_do_not(struct dojo *dojo, struct command command);

#define DO(dojo, ...)     dojo_do(dojo, (struct command){__VA_ARGS__})
#define DO_NOT(dojo, ...) dojo_do_not(dojo, (struct command){__VA_ARGS__})

/* Applies one fact as it stands, numbered and timed. */
void dojo_apply(struct dojo *dojo, struct event event);

/* "12:45 P1, 12:50 P2": the turns that began so far. */
const char *dojo_turns(struct dojo *dojo);

/* The same of the plan. */
const char *dojo_plan(struct dojo *dojo);

void dojo_expect_phase(const struct dojo *dojo, enum phase phase);
void dojo_expect_turns(struct dojo *dojo, const char *turns);
void dojo_expect_driver(const struct dojo *dojo, int person);
void dojo_expect_left(const struct dojo *dojo, int minutes, int seconds);
void dojo_expect_wall(int64_t wall_ms, const char *clock);

#endif
