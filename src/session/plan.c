#include "session/plan.h"

#include <stdlib.h>

#include "session/session_inside.h"

enum { PLAN_MOST = 4096, FITTING_STEP_MS = 30000 };

/* The future, simulated on a copy of the roster. */
struct simulation {
    const struct session *session;
    struct plan *plan;
    struct roster roster;
    struct moment start;  /* of the next turn */
    int number, driver;   /* of the turn before it */
    int over, break_turn; /* turns that are over; how many were at the last break */
    int next;             /* who is announced already, 0: the order decides */
};

static void
push(struct plan *plan, const struct plan_turn *turn)
{
    struct plan_turn *turns = realloc(plan->turns, ((size_t)plan->count + 1) * sizeof *turns);

    if (turns == NULL)
        return;
    plan->turns = turns;
    plan->turns[plan->count++] = *turn;
}

/* Somebody has had a turn: counted, and passes of the others are over. */
static void
drive(struct simulation *simulation, int person)
{
    for (int i = 0; i < simulation->roster.count; i++) {
        struct person *one = &simulation->roster.people[i];

        if (one->id == person)
            one->turns++;
        else
            one->passed = false;
    }
    simulation->driver = person;
}

static struct plan_turn
next_turn(struct simulation *simulation)
{
    int person = simulation->next != 0 ? simulation->next
                                       : roster_next(&simulation->roster, simulation->driver);
    int64_t start = simulation->start.wall_ms;

    simulation->next = 0;
    return (struct plan_turn){.number = ++simulation->number,
                              .person = person,
                              .start_ms = start,
                              .end_ms = start + simulation->session->settings.length_ms};
}

/* The stop counts from the start of the session, not of the first turn. */
static bool
fits(const struct simulation *simulation, bool extra)
{
    const struct settings *settings = &simulation->session->settings;
    int64_t reserve = extra ? settings->minimum_ms : settings->debrief_ms;

    return simulation->start.wall_ms + settings->length_ms <= simulation->plan->stop_ms - reserve;
}

/* A turn has ended: what follows it, a handover or a break and a handover. */
static void
move_on(struct simulation *simulation, int64_t end_wall_ms)
{
    const struct settings *settings = &simulation->session->settings;
    int64_t elapsed = moment_elapsed_at(simulation->start, end_wall_ms);

    simulation->over++;
    simulation->start = moment_at(simulation->start, elapsed + settings->handover_ms);
    if (settings->break_every > 0 &&
        simulation->over - simulation->break_turn >= settings->break_every) {
        struct moment before = simulation->start;

        simulation->start = moment_at(before, before.elapsed_ms + settings->break_ms);
        if (fits(simulation, false))
            simulation->break_turn = simulation->over;
        else
            simulation->start = before;
    }
}

static void
put_running(struct simulation *simulation, struct moment now)
{
    const struct session *session = simulation->session;
    struct plan_turn turn = {.number = session->turn.number,
                             .person = session->turn.driver,
                             .start_ms = moment_at(now, session->turn.started_ms).wall_ms,
                             .end_ms = now.wall_ms + session_left_ms(session, now)};

    if (session->stop_ms != 0 && turn.end_ms > session->stop_ms - session->settings.minimum_ms)
        turn.end_ms = session->stop_ms - session->settings.minimum_ms;
    push(simulation->plan, &turn);
    drive(simulation, turn.person);
    simulation->number = turn.number;
    move_on(simulation, turn.end_ms);
}

/* Where the first turn to come would start. */
static struct moment
first_start(const struct session *session, struct moment now)
{
    int64_t start = now.elapsed_ms;
    int64_t due = session->phase_ms;

    if (session->phase == PHASE_WAITING) {
        if (session->start_ms > now.wall_ms)
            start = moment_elapsed_at(now, session->start_ms);
        return moment_at(now, start + session->settings.intro_ms);
    }
    if (session->phase == PHASE_INTRO)
        due += session->settings.intro_ms;
    else if (session->phase == PHASE_HANDOVER || session->phase == PHASE_OFFER)
        due += session->settings.handover_ms;
    else if (session->phase == PHASE_BREAK)
        due = session->break_until_ms + session->settings.handover_ms;
    return moment_at(now, due > start ? due : start);
}

static void
simulate(struct simulation *simulation, struct moment now)
{
    const struct session *session = simulation->session;
    if (session_in_turn(session))
        put_running(simulation, now);
    while (session->phase != PHASE_OFFER && simulation->plan->count < PLAN_MOST &&
           fits(simulation, false)) {
        struct plan_turn turn = next_turn(simulation);

        if (turn.person == 0)
            break;
        push(simulation->plan, &turn);
        drive(simulation, turn.person);
        move_on(simulation, turn.end_ms);
    }
    if (!session->extra_used && fits(simulation, true)) {
        simulation->plan->extra = next_turn(simulation);
        simulation->plan->has_extra = simulation->plan->extra.person != 0;
    }
}

static void
look_at_people(struct simulation *simulation)
{
    struct plan *plan = simulation->plan;

    plan->rotators = roster_rotators(&simulation->roster);
    for (int i = 0; i < simulation->roster.count; i++) {
        const struct person *person = &simulation->roster.people[i];

        if (roster_rotates(person) && person->turns == 0)
            plan->without++;
    }
}

/* R15: the turn length with which everybody would drive once, in whole half minutes. */
static int64_t
fitting_length(const struct plan *plan, const struct settings *settings, int64_t first_ms)
{
    int64_t room = plan->debrief_ms - first_ms + settings->handover_ms;
    int64_t each = room / plan->rotators - settings->handover_ms;

    return each < FITTING_STEP_MS ? 0 : each - each % FITTING_STEP_MS;
}

static int64_t
stop_of(const struct session *session, struct moment first)
{
    const struct settings *settings = &session->settings;

    if (session->stop_ms != 0)
        return session->stop_ms;
    return first.wall_ms - settings->intro_ms + settings->duration_ms;
}

void
plan_compute(const struct session *session, struct moment now, struct plan *plan)
{
    const struct turn_record *last = session_last_turn(session);
    struct moment first = first_start(session, now);
    struct simulation simulation = {.session = session,
                                    .plan = plan,
                                    .start = first,
                                    .number = last == NULL ? 0 : last->turn.number,
                                    .over = session->turns_count,
                                    .break_turn = session->break_turn,
                                    .driver = last == NULL ? 0 : last->turn.driver};

    *plan = (struct plan){.stop_ms = stop_of(session, first)};
    plan->debrief_ms = plan->stop_ms - session->settings.debrief_ms;
    plan->start_ms = session->started.wall_ms != 0 ? session->started.wall_ms
                                                   : first.wall_ms - session->settings.intro_ms;
    roster_copy(&simulation.roster, &session->roster);
    if (session->phase < PHASE_DEBRIEF) {
        simulation.next = session_next_driver(session);
        simulate(&simulation, now);
    }
    plan->total = (last == NULL ? 0 : last->turn.number) + plan->count;
    plan->coding_end_ms = plan->count > 0 ? plan->turns[plan->count - 1].end_ms
                          : last != NULL  ? last->ended.wall_ms
                                          : first.wall_ms;
    look_at_people(&simulation);
    plan->wait_ms =
        plan->rotators < 2
            ? 0
            : (plan->rotators - 1) * (session->settings.length_ms + session->settings.handover_ms);
    if (plan->without > 0 && session->phase <= PHASE_INTRO)
        plan->fitting_ms = fitting_length(plan, &session->settings, first.wall_ms);
    roster_free(&simulation.roster);
}

void
plan_free(struct plan *plan)
{
    free(plan->turns);
    *plan = (struct plan){0};
}

bool
plan_break_before(const struct session *session, const struct plan *plan, int index)
{
    const struct settings *settings = &session->settings;
    int64_t between_ms = plan->turns[index].start_ms - plan->turns[index - 1].end_ms;

    return settings->break_every > 0 && between_ms >= settings->break_ms + settings->handover_ms;
}

int
plan_late_minutes(const struct session *session, struct moment now)
{
    int64_t began = session->started.wall_ms != 0 ? session->started.wall_ms : now.wall_ms;

    if (session->start_ms == 0 || began <= session->start_ms)
        return 0;
    return (int)((began - session->start_ms) / 60000);
}
