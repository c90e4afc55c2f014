/* The turns: what is known of each, and the table of them. */

#include <stdio.h>
#include <string.h>

#include "session/minutes_inside.h"
#include "session/sentence.h"

enum { LIGHTS_SHOWN = 6, NAME_COLUMNS = 24 };

static bool
is_running(const struct session *session)
{
    return session_in_turn(session) && session->turn.driver != 0;
}

int
minutes_turns(const struct minutes *minutes)
{
    return minutes->session->turns_count + is_running(minutes->session);
}

/* ---- the lights of a turn ---- */

static bool
is_in(const struct minutes_turn *turn, const struct light_record *light)
{
    int64_t at_ms = light->at.elapsed_ms;

    return at_ms >= turn->began.elapsed_ms &&
           (turn->ended.wall_ms == 0 || at_ms <= turn->ended.elapsed_ms);
}

static void
find_lights(const struct session *session, struct minutes_turn *turn)
{
    for (int i = 0; i < session->lights_count; i++) {
        const struct light_record *light = &session->lights[i];

        if (turn->ended.wall_ms != 0 && light->at.elapsed_ms > turn->ended.elapsed_ms)
            return;
        turn->light = light->light;
        if (!is_in(turn, light))
            continue;
        if (turn->lights++ == 0)
            turn->light_first = i;
    }
}

/* ---- one turn ---- */

static void
take_record(const struct session *session, int index, struct minutes_turn *turn)
{
    const struct turn_record *record = &session->turns[index];
    int64_t whole_ms = record->ended.elapsed_ms - record->began.elapsed_ms;

    *turn = (struct minutes_turn){.number = record->turn.number,
                                  .driver = record->turn.driver,
                                  .began = record->began,
                                  .ended = record->ended,
                                  .length_ms = whole_ms - record->paused_ms,
                                  .paused_ms = record->paused_ms,
                                  .end = record->end,
                                  .counted = record->counted,
                                  .extra = record->turn.extra,
                                  .extensions = record->turn.extensions};
}

/* It is over as far as the record tells. */
static void
take_running(const struct session *session, struct minutes_turn *turn)
{
    const struct turn *running = &session->turn;
    int64_t paused_ms = session->paused_ms;

    if (session->phase == PHASE_PAUSED)
        paused_ms += session->last.elapsed_ms - session->pause_ms;
    *turn = (struct minutes_turn){.number = running->number,
                                  .driver = running->driver,
                                  .began = moment_at(session->last, running->started_ms),
                                  .length_ms =
                                      session->last.elapsed_ms - running->started_ms - paused_ms,
                                  .paused_ms = paused_ms,
                                  .extra = running->extra,
                                  .extensions = running->extensions};
}

void
minutes_turn(const struct minutes *minutes, int index, struct minutes_turn *turn)
{
    const struct session *session = minutes->session;

    if (index < session->turns_count)
        take_record(session, index, turn);
    else
        take_running(session, turn);
    turn->is_last = index == minutes_turns(minutes) - 1;
    find_lights(session, turn);
}

/* In the turn, or in the handover before it. */
static bool
is_within(const struct session *session, int index, int64_t at_ms)
{
    bool is_over = index < session->turns_count;
    int64_t after_ms = index == 0 ? -1 : session->turns[index - 1].ended.elapsed_ms;

    return at_ms > after_ms && (!is_over || at_ms <= session->turns[index].ended.elapsed_ms);
}

bool
minutes_next_pass(const struct minutes *minutes, int turn, int *index, int *person)
{
    const struct session *session = minutes->session;

    while (*index < session->log_count) {
        int i = (*index)++;
        const struct event *event = &session->log[i];

        if (event->kind == EVENT_PERSON_PASSED && is_within(session, turn, event->at.elapsed_ms) &&
            summary_fact(session, i) != NULL) {
            *person = event->person;
            return true;
        }
    }
    return false;
}

/* ---- how it ended ---- */

static void
add_passes(const struct minutes *minutes, int turn, struct sentence *how)
{
    int index = 0, person;

    while (minutes_next_pass(minutes, turn, &index, &person))
        sentence_add(how, ", %s passed", session_name(minutes->session, person));
}

/* A turn handed over on red is worth a word. */
static void
add_light(const struct minutes_turn *turn, struct sentence *how)
{
    if (turn->light == LIGHT_RED && turn->ended.wall_ms != 0)
        sentence_add(how, turn->is_last ? ", on red" : ", passed on red");
}

static void
add_end(const struct minutes_turn *turn, struct sentence *how)
{
    static const char *const endings[END_REASONS] = {
        [END_TIME] = "time",       [END_NEXT] = "handed over", [END_LEFT] = "had to go",
        [END_DEBRIEF] = "debrief", [END_STOP] = "debrief",
    };

    if (turn->ended.wall_ms == 0)
        sentence_add(how, "not ended");
    else
        sentence_add(how, "%s", endings[turn->end]);
    if (turn->extra)
        sentence_add(how, ", extra turn");
    if (turn->ended.wall_ms != 0 && !turn->counted)
        sentence_add(how, ", not counted");
}

char *
minutes_how_ended(const struct minutes *minutes, int index, char *out, size_t size)
{
    struct sentence how = {.used = 0};
    char paused[DURATION_SIZE];
    struct minutes_turn turn;

    minutes_turn(minutes, index, &turn);
    add_end(&turn, &how);
    if (turn.extensions == 1)
        sentence_add(&how, ", extended");
    else if (turn.extensions > 1)
        sentence_add(&how, ", extended %d times", turn.extensions);
    if (turn.paused_ms > 0)
        sentence_add(&how, ", paused %s", duration_clock(paused, turn.paused_ms));
    add_light(&turn, &how);
    add_passes(minutes, index, &how);
    snprintf(out, size, "%s", how.text);
    return out;
}

/* ---- the table ---- */

/* "red, green"; of many, the last. In a turn without a new one the last one went on shining. */
static void
describe_lights(const struct session *session, const struct minutes_turn *turn,
                struct sentence *lights)
{
    int first = turn->lights > LIGHTS_SHOWN ? turn->lights - LIGHTS_SHOWN : 0;

    if (turn->lights == 0 && turn->light != LIGHT_NONE)
        sentence_add(lights, "still %s", event_light_name(turn->light));
    for (int i = first; i < turn->lights; i++) {
        const struct light_record *light = &session->lights[turn->light_first + i];

        sentence_add(lights, "%s%s",
                     i > 0 && i == first ? "…, "
                     : i > 0             ? ", "
                                         : "",
                     event_light_name(light->light));
    }
}

static void
add_row(const struct minutes *minutes, int index, struct minutes_table *table)
{
    const struct session *session = minutes->session;
    struct sentence lights = {.used = 0};
    char start[DURATION_SIZE], length[DURATION_SIZE], how[SENTENCE_SIZE];
    struct minutes_turn turn;

    minutes_turn(minutes, index, &turn);
    table_add(table, "%d", turn.number);
    table_add(table, "%s", minutes_clock(minutes, turn.began.wall_ms, start));
    table_add(table, "%s", session_name(session, turn.driver));
    table_add(table, "%s", turn.ended.wall_ms == 0 ? "" : duration_clock(length, turn.length_ms));
    table_add(table, "%s", minutes_how_ended(minutes, index, how, sizeof how));
    if (session->lights_count == 0)
        return;
    describe_lights(session, &turn, &lights);
    table_add(table, "%s", lights.text);
}

void
writing_turns(const struct writing *writing)
{
    static const struct minutes_column columns[] = {
        {"no", true, 3, 0},     {"start", false, 0, 0}, {"driver", false, 0, NAME_COLUMNS},
        {"length", true, 0, 0}, {"end", false, 0, 0},   {"lights", false, 0, 0},
    };
    const struct minutes *minutes = writing->minutes;
    const struct minutes_form *form = writing->form;
    int rows = minutes_turns(minutes), count = minutes->session->lights_count > 0 ? 6 : 5;
    struct minutes_table table;

    if (rows == 0)
        return;
    writing_section(writing, SECTION_TURNS, "Turns (%d)", minutes->figures.turns);
    if (form->timeline != NULL)
        form->timeline(form->user);
    table_begin(&table, "Turns", columns, count, rows);
    for (int i = 0; i < rows; i++)
        add_row(minutes, i, &table);
    writing_table(writing, &table);
}
