#include <stdio.h>
#include <string.h>

#include "screens/frame.h"
#include "session/text.h"

/* A stretch of coding time on so many columns. */
struct scale {
    int64_t from_ms, to_ms; /* wall */
    int left, columns;
};

static int
column_at(const struct scale *scale, int64_t wall_ms)
{
    int64_t length = scale->to_ms - scale->from_ms, gone = wall_ms - scale->from_ms;
    gone = gone < 0 ? 0 : gone > length ? length : gone;
    return scale->left + (int)((gone * scale->columns + length / 2) / length);
}

static void
fill(WINDOW *window, const struct view *view, int row, int from, int to, enum paint paint,
     const char *mark)
{
    for (int column = from; column < to; column++)
        frame_text(window, view, row, column, 1, paint, mark);
}

/* One turn, with a free column behind it where it is wide enough to spare one; the first
 * `done` of 1000 parts of it are over. */
static void
draw_turn(WINDOW *window, const struct view *view, int row, const struct scale *scale,
          int64_t start_ms, int64_t end_ms, int done, enum paint paint)
{
    int from = column_at(scale, start_ms), to = column_at(scale, end_ms);
    if (to - from > 1)
        to--;
    int now = from + ((to - from) * done + 500) / 1000;
    fill(window, view, row, from, now, paint, view->ascii ? "=" : "█");
    fill(window, view, row, now, to, PAINT_DIM, view->ascii ? "-" : "░");
}

static int
done_of_running(const struct view *view)
{
    const struct session *session = view->session;
    int64_t length = session->turn.length_ms;
    int64_t gone = length - session_left_ms(session, view->now);
    if (length <= 0 || gone <= 0)
        return 0;
    return gone >= length ? 1000 : (int)(1000 * gone / length);
}

/* What lies between two turns to come that is too long for a handover. */
static void
draw_break(WINDOW *window, const struct view *view, int row, const struct scale *scale,
           int64_t start_ms, int64_t end_ms)
{
    const char *word = "break";
    int from = column_at(scale, start_ms), to = column_at(scale, end_ms) - 1;
    if (to - from > (int)strlen(word))
        frame_text(window, view, row, from + (to - from - (int)strlen(word)) / 2, (int)strlen(word),
                   PAINT_TEXT, word);
    else
        fill(window, view, row, from, to, PAINT_TEXT, view->ascii ? "." : "·");
}

static void
draw_breaks(WINDOW *window, const struct view *view, int row, const struct scale *scale)
{
    const struct session *session = view->session;
    const struct plan *plan = view->plan;
    if (session->phase == PHASE_BREAK)
        draw_break(window, view, row, scale, moment_at(view->now, session->phase_ms).wall_ms,
                   moment_at(view->now, session->break_until_ms).wall_ms);
    for (int i = 1; i < plan->count; i++)
        if (plan_break_before(session, plan, i))
            draw_break(window, view, row, scale, plan->turns[i - 1].end_ms,
                       plan->turns[i].start_ms);
}

static void
draw_turns(WINDOW *window, const struct view *view, int row, const struct scale *scale)
{
    const struct session *session = view->session;
    for (int i = 0; i < session->turns_count; i++) {
        const struct turn_record *record = &session->turns[i];
        draw_turn(window, view, row, scale, record->began.wall_ms, record->ended.wall_ms, 1000,
                  PAINT_TEXT);
    }
    for (int i = 0; i < view->plan->count; i++) {
        const struct plan_turn *turn = &view->plan->turns[i];
        int done = session_in_turn(view->session) && i == 0 ? done_of_running(view) : 0;
        draw_turn(window, view, row, scale, turn->start_ms, turn->end_ms, done, PAINT_CLOCK);
    }
}

void
frame_timeline(WINDOW *window, int row, const struct view *view)
{
    const struct plan *plan = view->plan;
    const struct session *session = view->session;
    int64_t start_ms = session->started.wall_ms ? session->started.wall_ms : plan->start_ms;
    if (plan->debrief_ms <= start_ms || plan->stop_ms == 0)
        return;

    char left[FRAME_TEXT], right[FRAME_TEXT], time[2][DURATION_SIZE];
    snprintf(left, sizeof left, "%s ", frame_time(time[0], view, start_ms));
    snprintf(right, sizeof right, "%s%s debrief%s%s end", view->ascii ? "|" : "▏",
             frame_time(time[0], view, plan->debrief_ms), view->ascii ? " |" : " ▏",
             frame_time(time[1], view, plan->stop_ms));
    int columns = getmaxx(window), before = text_columns(left), after = text_columns(right);
    struct scale scale = {start_ms, plan->debrief_ms, 1 + before, columns - before - after - 2};
    if (scale.columns < 8) {
        frame_centred(window, view, row, PAINT_TEXT, right);
        return;
    }
    frame_text(window, view, row, 1, before, PAINT_TEXT, left);
    frame_text(window, view, row, columns - 1 - after, after, PAINT_TEXT, right);
    draw_breaks(window, view, row, &scale);
    draw_turns(window, view, row, &scale);
}
