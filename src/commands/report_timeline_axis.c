/* The timeline's scale, and its words. */

#include "commands/report_timeline.h"

enum { TICKS_MOST = 12, PLANNED_WIDTH = 130 /* of "planned end 14:00" */ };

static const int64_t minute_ms = 60000;

double
timeline_place(const struct timeline *timeline, int64_t elapsed_ms)
{
    double share =
        (double)(elapsed_ms - timeline->from_ms) / (double)(timeline->to_ms - timeline->from_ms);

    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return LEFT + share * (RIGHT - LEFT);
}

char *
timeline_clock(const struct timeline *timeline, int64_t elapsed_ms, char out[static DURATION_SIZE])
{
    return clock_text(out, moment_at(timeline->from, elapsed_ms).wall_ms,
                      timeline->minutes->session->opened.utc_offset_s);
}

/* Minutes between two marks: a round number, not too many marks. */
static int64_t
tick_step(const struct timeline *timeline)
{
    static const int steps[] = {1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440};
    size_t i = 0;

    while (i + 1 < sizeof steps / sizeof *steps &&
           (timeline->to_ms - timeline->from_ms) / (steps[i] * minute_ms) > TICKS_MOST)
        i++;
    return steps[i] * minute_ms;
}

static void
put_axis(const struct timeline *timeline)
{
    int64_t step = tick_step(timeline);
    int64_t local_ms =
        timeline->from.wall_ms + (int64_t)timeline->minutes->session->opened.utc_offset_s * 1000;
    int64_t first = timeline->from_ms + (step - local_ms % step) % step;
    char text[DURATION_SIZE];

    fprintf(timeline->out, "<path class=\"axis\" d=\"M%d %dH%d", LEFT, AXIS_TOP, RIGHT);
    for (int64_t at = first; at <= timeline->to_ms && at - first <= 200 * step; at += step)
        fprintf(timeline->out, "M%.1f %dv5", timeline_place(timeline, at), AXIS_TOP);
    fputs("\"/>\n", timeline->out);
    for (int64_t at = first; at <= timeline->to_ms && at - first <= 200 * step; at += step)
        fprintf(timeline->out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                timeline_place(timeline, at), AXIS_TOP + 18, timeline_clock(timeline, at, text));
}

/* The planned end, as a line through all rows. */
static void
put_planned(const struct timeline *timeline)
{
    const struct session *session = timeline->minutes->session;
    double x;
    char text[DURATION_SIZE];

    if (!timeline->planned)
        return;
    x = timeline_place(timeline, moment_elapsed_at(session->last, session->stop_ms));
    fprintf(timeline->out,
            "<path class=\"planned\" d=\"M%.1f %dV%d\"/>\n<text x=\"%.1f\" y=\"14\" "
            "text-anchor=\"%s\">planned end %s</text>\n",
            x, TURNS_TOP - 4, AXIS_TOP, x, x < LEFT + PLANNED_WIDTH ? "start" : "end",
            clock_text(text, session->stop_ms, session->opened.utc_offset_s));
}

/* ---- in words ---- */

static int
count_stops(const struct minutes *minutes, enum minutes_stop_kind kind)
{
    struct minutes_stop stop;
    int count = 0;

    for (int index = 0; minutes_next_stop(minutes, &index, &stop);)
        count += stop.kind == kind;
    return count;
}

static void
put_count(FILE *out, int count, const char *what)
{
    if (count > 0)
        fprintf(out, ", %d %s%s", count, what, count == 1 ? "" : "s");
}

void
timeline_words(const struct timeline *timeline)
{
    const struct minutes *minutes = timeline->minutes;
    struct moment debrief = minutes_debrief(minutes);
    char from[DURATION_SIZE], to[DURATION_SIZE];
    FILE *out = timeline->out;

    fprintf(out, "From %s to %s", timeline_clock(timeline, timeline->from_ms, from),
            timeline_clock(timeline, minutes->session->last.elapsed_ms, to));
    put_count(out, minutes->figures.turns, "turn");
    put_count(out, count_stops(minutes, STOP_PAUSE), "pause");
    put_count(out, count_stops(minutes, STOP_BREAK), "break");
    put_count(out, minutes->figures.interruptions, "interruption");
    if (debrief.wall_ms != 0)
        fprintf(out, "; debrief from %s on", timeline_clock(timeline, debrief.elapsed_ms, from));
    if (minutes->figures.lights > 0)
        fprintf(out, "; the tests were green %d of %d times", minutes->figures.greens,
                minutes->figures.lights);
    fputs(". The tables hold the same, one by one.", out);
}

void
timeline_axis(const struct timeline *timeline)
{
    put_planned(timeline);
    put_axis(timeline);
}
