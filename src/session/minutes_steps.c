/* The steps: which was worked on, from when, and in how many turns. */

#include "session/minutes_inside.h"

/* The next fact in force about a step, from `index` on; -1: none. */
static int
next_fact(const struct session *session, int index)
{
    for (; index < session->log_count; index++) {
        if (session->log[index].kind == EVENT_STEP_CHANGED && summary_fact(session, index) != NULL)
            return index;
    }
    return -1;
}

static bool
overlaps(const struct minutes_step *step, int64_t from_ms, int64_t to_ms)
{
    return from_ms < step->ended.elapsed_ms && to_ms > step->began.elapsed_ms;
}

static int
count_turns(const struct session *session, const struct minutes_step *step)
{
    int count = 0;

    for (int i = 0; i < session->turns_count; i++)
        count +=
            overlaps(step, session->turns[i].began.elapsed_ms, session->turns[i].ended.elapsed_ms);
    if (session_in_turn(session))
        count += overlaps(step, session->turn.started_ms, INT64_MAX);
    return count;
}

bool
minutes_next_step(const struct minutes *minutes, int *index, struct minutes_step *step)
{
    const struct session *session = minutes->session;
    int at = next_fact(session, *index), next;

    while (at >= 0 && session->log[at].number == 0)
        at = next_fact(session, at + 1);
    if (at < 0) {
        *index = session->log_count;
        return false;
    }
    next = next_fact(session, at + 1);
    *step = (struct minutes_step){.number = session->log[at].number,
                                  .total = session->log[at].total,
                                  .title = session->log[at].text,
                                  .began = session->log[at].at,
                                  .ended = next < 0 ? session->last : session->log[next].at};
    if (step->title == NULL)
        step->title = "";
    step->turns = count_turns(session, step);
    step->done = step->number <= minutes->figures.steps_done;
    *index = at + 1;
    return true;
}

void
writing_steps(const struct writing *writing)
{
    static const struct minutes_column columns[] = {{"step", true, 0, 0},
                                                    {"start", false, 0, 0},
                                                    {"turns", true, 0, 0},
                                                    {"done", false, 0, 0},
                                                    {"title", false, 0, 0}};
    const struct minutes *minutes = writing->minutes;
    struct minutes_table table;
    struct minutes_step step;
    char start[DURATION_SIZE];
    int count = 0;

    for (int index = 0; minutes_next_step(minutes, &index, &step);)
        count++;
    if (count == 0)
        return;
    if (minutes->figures.steps > 0)
        writing_section(writing, SECTION_STEPS, "Steps (%d of %d done)",
                        minutes->figures.steps_done, minutes->figures.steps);
    else
        writing_section(writing, SECTION_STEPS, "Steps (%d done)", minutes->figures.steps_done);
    table_begin(&table, "Steps", columns, 5, count);
    for (int index = 0; minutes_next_step(minutes, &index, &step);) {
        table_add(&table, "%d", step.number);
        table_add(&table, "%s", minutes_clock(minutes, step.began.wall_ms, start));
        table_add(&table, "%d", step.turns);
        table_add(&table, "%s", step.done ? "yes" : "");
        table_add(&table, "%s", step.title);
    }
    writing_table(writing, &table);
}
