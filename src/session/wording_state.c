/* Where the session stands, in one sentence. */
#include <stdio.h>

#include "session/duration.h"
#include "session/plan.h"
#include "session/sentence.h"
#include "session/wording.h"

struct state {
    struct sentence line;
    const struct session *session;
    struct moment now;
    struct plan plan;
};

static void
add_clock(struct state *state, const char *before, int64_t wall_ms)
{
    char clock[DURATION_SIZE];

    if (wall_ms != 0)
        sentence_add(&state->line, "%s%s", before,
                     clock_text(clock, wall_ms, state->now.utc_offset_s));
}

/* "3:12 left" or, past zero, "0:20 over". */
static void
add_left(struct state *state, int64_t left_ms)
{
    char clock[DURATION_SIZE];

    if (left_ms >= 0)
        sentence_add(&state->line, ", %s left", duration_clock(clock, left_ms));
    else
        sentence_add(&state->line, ", %s over", duration_clock(clock, left_ms) + 1);
}

static void
add_next(struct state *state)
{
    const struct session *session = state->session;
    int next = session_next_driver(session);

    if (next != 0 && next != session->turn.driver)
        sentence_add(&state->line, ", next %s", session_name(session, next));
}

static void
add_debrief(struct state *state)
{
    add_clock(state, ", debrief ", session_debrief_wall(state->session));
}

static void
state_waiting(struct state *state)
{
    const struct session *session = state->session;
    int people = roster_present(&session->roster);
    char length[DURATION_SIZE];

    if (people == 0)
        sentence_add(&state->line, "Waiting, nobody is here yet");
    else
        sentence_add(&state->line, "Waiting to start with %d %s", people,
                     people == 1 ? "person" : "people");
    add_clock(state, ", planned for ", session->start_ms);
    if (people > 0)
        sentence_add(&state->line, ", %d turns of %s", state->plan.count,
                     duration_text(length, session->settings.length_ms));
    add_clock(state, ", debrief ", state->plan.debrief_ms);
    add_clock(state, ", end ", state->plan.stop_ms);
}

static void
state_intro(struct state *state)
{
    const struct session *session = state->session;

    sentence_add(&state->line, "Introduction");
    add_left(state, session_left_ms(session, state->now));
    sentence_add(&state->line, ", then %s", session_name(session, session_next_driver(session)));
    add_debrief(state);
}

static void
add_turn(struct state *state)
{
    const struct turn *turn = &state->session->turn;

    if (turn->extra)
        sentence_add(&state->line, "Extra turn");
    else
        sentence_add(&state->line, "Turn %d of %d", turn->number, state->plan.total);
}

static void
state_turn(struct state *state)
{
    const struct session *session = state->session;

    add_turn(state);
    sentence_add(&state->line, ": %s", session_name(session, session->turn.driver));
    add_left(state, session_left_ms(session, state->now));
    add_next(state);
    add_debrief(state);
}

static void
state_paused(struct state *state)
{
    const struct session *session = state->session;
    char clock[DURATION_SIZE];

    if (session->turn.driver == 0) {
        sentence_add(&state->line, "Paused, nobody is here");
        add_debrief(state);
        return;
    }
    add_turn(state);
    sentence_add(&state->line, " paused since %s: %s",
                 duration_clock(clock, state->now.elapsed_ms - session->pause_ms),
                 session_name(session, session->turn.driver));
    add_left(state, session->turn.left_ms);
    add_next(state);
    add_debrief(state);
}

static void
state_handover(struct state *state)
{
    const struct session *session = state->session;

    sentence_add(&state->line, "Handover after turn %d: %s has the keyboard next",
                 session->turn.number, session_name(session, session_next_driver(session)));
    if (session->held)
        sentence_add(&state->line, ", when ready");
    else
        add_left(state, session_left_ms(session, state->now));
    add_debrief(state);
}

static void
state_offer(struct state *state)
{
    const struct session *session = state->session;

    sentence_add(&state->line, "One extra turn for %s?",
                 session_name(session, session_next_driver(session)));
    add_clock(state, " Otherwise the debrief starts at ",
              moment_at(state->now, session->offer_until_ms).wall_ms);
}

static void
state_break(struct state *state)
{
    const struct session *session = state->session;

    sentence_add(&state->line, "A break before %s",
                 session_name(session, session_next_driver(session)));
    add_clock(state, ", until ", moment_at(state->now, session->break_until_ms).wall_ms);
}

static void
state_debrief(struct state *state)
{
    const struct session *session = state->session;
    const struct text_list *questions = &session->settings.questions;

    sentence_add(&state->line, "Debrief, question %d of %d", session->question, questions->count);
    if (session->question >= 1 && session->question <= questions->count)
        sentence_add(&state->line, " (%s)", questions->item[session->question - 1]);
    add_left(state, session->stop_ms - state->now.wall_ms);
}

static void
state_roles(struct state *state)
{
    const struct session *session = state->session;

    sentence_add(&state->line, "Roles for the next dojo");
    for (int i = 0; i < session->roles_count; i++) {
        const struct role *role = &session->roles[i];
        const char *answer = role->holder != NULL ? role->holder
                             : role->vacant       ? "nobody yet"
                                                  : "?";

        sentence_add(&state->line, "%s %s: %s", i > 0 ? "," : ":", role->name, answer);
    }
    add_left(state, session->stop_ms - state->now.wall_ms);
}

static void
state_closed(struct state *state)
{
    sentence_add(&state->line, "The session is closed");
}

char *
wording_state(char out[static WORDING_SIZE], const struct session *session, struct moment now)
{
    static void (*const states[PHASES])(struct state *) = {
        [PHASE_WAITING] = state_waiting,   [PHASE_INTRO] = state_intro,
        [PHASE_TURN] = state_turn,         [PHASE_PAUSED] = state_paused,
        [PHASE_HANDOVER] = state_handover, [PHASE_OFFER] = state_offer,
        [PHASE_BREAK] = state_break,       [PHASE_DEBRIEF] = state_debrief,
        [PHASE_ROLES] = state_roles,       [PHASE_CLOSED] = state_closed,
    };
    struct state state = {.line = {.used = 0}, .session = session, .now = now};

    plan_compute(session, now, &state.plan);
    states[session->phase](&state);
    plan_free(&state.plan);
    sentence_add(&state.line, ".");
    return sentence_finish(&state.line, out, WORDING_SIZE);
}
