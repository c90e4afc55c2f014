#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "screens/board.h"
#include "screens/digits.h"
#include "screens/frame.h"
#include "screens/wrap.h"
#include "session/duration.h"
#include "session/groups.h"
#include "session/text.h"

enum {
    LINE_SIZE = 512,
    DIGITS_ROWS = 9,
    HOUR_S = 3600,
    NAME_COLUMNS = 20 /* that the end of a row may lose */
};

static int64_t
until_start(const struct view *view)
{
    return view->session->start_ms - view->now.wall_ms;
}

/* "13:24"; from an hour up "3:41:56": nobody thinks in 221 minutes. */
static char *
countdown(char out[static DURATION_SIZE], int64_t ms)
{
    int64_t seconds = (ms + 999) / 1000;
    if (seconds < HOUR_S)
        return duration_clock(out, ms);
    snprintf(out, DURATION_SIZE, "%lld:%02lld:%02lld", (long long)(seconds / HOUR_S),
             (long long)(seconds % HOUR_S / 60), (long long)(seconds % 60));
    return out;
}

static enum paint
start_line(const struct view *view, char out[static LINE_SIZE])
{
    char time[DURATION_SIZE], left[DURATION_SIZE];
    int late = plan_late_minutes(view->session, view->now);
    if (view->session->start_ms == 0) {
        snprintf(out, LINE_SIZE, "Starts when you are ready");
        return PAINT_TEXT;
    }
    clock_text(time, view->session->start_ms, view->now.utc_offset_s);
    if (until_start(view) > 0) {
        snprintf(out, LINE_SIZE, "Starts at %s, in %s", time, countdown(left, until_start(view)));
        return PAINT_STRONG;
    }
    if (late > 0)
        snprintf(out, LINE_SIZE, "+%d min: the start was planned for %s", late, time);
    else
        snprintf(out, LINE_SIZE, "It is %s: time to start", time);
    return late > 0 ? PAINT_LAST : PAINT_STRONG;
}

/* " · 2 breaks"; "" without. */
static void
breaks_part(const struct view *view, char *out, size_t size)
{
    int count = 0;
    for (int i = 1; i < view->plan->count; i++)
        count += plan_break_before(view->session, view->plan, i);
    *out = '\0';
    if (count > 0)
        snprintf(out, size, "%s%d break%s", frame_dot(view), count, count == 1 ? "" : "s");
}

/* Where the end would be cut off, the length of the turns goes. */
static void
turns_line(const struct view *view, int columns, char out[static LINE_SIZE])
{
    const struct plan *plan = view->plan;
    char length[DURATION_SIZE], debrief[DURATION_SIZE], stop[DURATION_SIZE], breaks[64];
    const char *dot = frame_dot(view);
    breaks_part(view, breaks, sizeof breaks);
    duration_clock(length, view->session->settings.length_ms);
    clock_text(debrief, plan->debrief_ms, view->now.utc_offset_s);
    clock_text(stop, plan->stop_ms, view->now.utc_offset_s);
    if (plan->rotators == 0)
        snprintf(out, LINE_SIZE, "Turns of %s%sdebrief %s%send %s", length, dot, debrief, dot,
                 stop);
    else if (plan->count == 0)
        snprintf(out, LINE_SIZE, "No turn of %s fits before the debrief%send %s; e moves it",
                 length, dot, stop);
    else
        snprintf(out, LINE_SIZE, "%d turn%s of %s%s%sdebrief %s%send %s", plan->count,
                 plan->count == 1 ? "" : "s", length, breaks, dot, debrief, dot, stop);
    if (plan->rotators > 0 && plan->count > 0 && text_columns(out) > columns)
        snprintf(out, LINE_SIZE, "%d turn%s%sdebrief %s%send %s", plan->count,
                 plan->count == 1 ? "" : "s", dot, debrief, dot, stop);
}

/* The ways out of R15 that are no shorter turn, as many as there is room for. */
static void
add_ways_out(const struct view *view, int columns, char out[static LINE_SIZE])
{
    const struct session *session = view->session;
    const char *const ways[] = {
        session->settings.copilot ? "" : "; C: a co-pilot beside",
        session_allows(session, COMMAND_GROUPS, view->now) ? "; g: two groups" : ""};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (text_columns(out) + text_columns(ways[i]) <= columns)
            snprintf(out + strlen(out), LINE_SIZE - strlen(out), "%s", ways[i]);
}

/* What R15 advises, in fewer words where a way out would have no room. */
static void
fitting_line(const struct view *view, int columns, char out[static LINE_SIZE])
{
    const struct plan *plan = view->plan;
    char length[DURATION_SIZE], all[LINE_SIZE];
    duration_clock(length, plan->fitting_ms);
    snprintf(out, LINE_SIZE, "%d people: %d will not drive; %s turns would fit all, press f",
             plan->rotators, plan->without, length);
    memcpy(all, out, sizeof all);
    add_ways_out(view, INT_MAX, all);
    if (text_columns(all) > columns)
        snprintf(out, LINE_SIZE, "%d of %d will not drive; f: %s turns", plan->without,
                 plan->rotators, length);
}

/* How long one waits, where it would not be cut. */
static void
everybody_line(const struct view *view, int columns, char out[static LINE_SIZE])
{
    const struct plan *plan = view->plan;
    snprintf(out, LINE_SIZE, "%d people: everybody drives%s%d min between one's own turns",
             plan->rotators, frame_dot(view), (int)(plan->wait_ms / 60000));
    if (text_columns(out) > columns)
        snprintf(out, LINE_SIZE, "%d people: everybody drives", plan->rotators);
}

static enum paint
people_line(const struct view *view, int columns, char out[static LINE_SIZE])
{
    const struct plan *plan = view->plan;
    const char *people = plan->rotators == 1 ? "person" : "people";
    out[0] = '\0';
    if (plan->rotators == 0 || plan->count == 0)
        return PAINT_TEXT;
    if (plan->without > 0 && plan->fitting_ms > 0)
        fitting_line(view, columns, out);
    else if (plan->without > 0)
        snprintf(out, LINE_SIZE, "%d %s: %d will not drive", plan->rotators, people, plan->without);
    else if (plan->rotators > 1)
        everybody_line(view, columns, out);
    else
        snprintf(out, LINE_SIZE, "1 person: drives every turn");
    if (plan->without > 0)
        add_ways_out(view, columns, out);
    return plan->without > 0 ? PAINT_LAST : PAINT_TEXT;
}

/* Behind when it starts: nobody should find out afterwards that nothing is remembered. */
static void
add_practice(const struct view *view, int columns, char out[static LINE_SIZE])
{
    static const char *const words[] = {"practice: it does not count", "practice"};
    const struct opening *opening = view->session->opening;
    if (opening == NULL || !opening->practice)
        return;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *dot = frame_dot(view);
        if (text_columns(out) + text_columns(dot) + text_columns(words[i]) > columns)
            continue;
        snprintf(out + strlen(out), LINE_SIZE - strlen(out), "%s%s", dot, words[i]);
        return;
    }
}

int
board_plan(WINDOW *window, int top, int left, int rows, int columns, const struct view *view)
{
    char line[LINE_SIZE];
    int row = top;
    if (rows >= 3) {
        enum paint paint = start_line(view, line);
        add_practice(view, columns, line);
        frame_text(window, view, row++, left, columns, paint, line);
    }
    turns_line(view, columns, line);
    frame_text(window, view, row++, left, columns, PAINT_STRONG, line);
    enum paint paint = people_line(view, columns, line);
    if (row - top < rows && line[0] != '\0')
        frame_text(window, view, row++, left, columns, paint, line);
    return row - top;
}

int
board_groups(WINDOW *window, int row, int rows, const struct view *view)
{
    char line[LINE_SIZE];
    int columns = getmaxx(window) - 2, lost = (rows - 1) * NAME_COLUMNS;
    groups_line(view->session, rows * columns - lost, line, sizeof line);
    if (wrap_rows(line, columns) > rows)
        groups_line(view->session, columns, line, sizeof line);
    return *line == '\0' ? 0 : wrap_draw(window, row, 1, rows, columns, PAINT_LAST, view, line);
}

int
board_countdown(WINDOW *window, int top, const struct view *view)
{
    char text[DURATION_SIZE];
    if (view->session->start_ms == 0)
        return 0;
    countdown(text, until_start(view));
    int columns = getmaxx(window), rows = digits_fit(text, DIGITS_ROWS, columns - 2, view->ascii);
    if (rows == 0)
        return 0;
    int width = digits_columns(text, rows, view->ascii);
    digits_draw(window, top, (columns - width) / 2, text, rows,
                until_start(view) > 0 ? PAINT_CLOCK : PAINT_LAST, view->colours, view->ascii);
    return rows + 1;
}
