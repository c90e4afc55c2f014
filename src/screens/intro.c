/* Before the first turn: what is done today, who begins, and how long the introduction may take. */
#include <stdio.h>

#include "screens/big.h"
#include "screens/frame.h"
#include "screens/overlay.h"
#include "screens/screen.h"

static const struct key_help keys[] = {
    {"Enter", "first turn", "End the introduction and start the first turn (also n and Space).",
     COMMAND_NEXT},
    {"s", "next passes", "The first driver passes for now; somebody else begins.", COMMAND_PASS},
    {0},
};

static void
describe_next(const struct view *view, char *out, size_t size)
{
    char next[FRAME_TEXT];
    frame_next(next, sizeof next, view);
    snprintf(out, size, "first at the keyboard: %s", next);
}

/* Topic and where it is found, in the rows from `row` on. Returns the row behind them. */
static int
draw_topic(WINDOW *window, const struct view *view, int row)
{
    const struct settings *settings = &view->session->settings;
    char line[FRAME_TEXT];
    snprintf(line, sizeof line, "%s%s%s", settings->topic,
             *settings->topic && *settings->stack ? frame_dot(view) : "", settings->stack);
    frame_centred(window, view, row, PAINT_STRONG, *line ? line : "introduction");
    if (*settings->url)
        frame_centred(window, view, ++row, PAINT_TEXT, settings->url);
    return row + 1;
}

static void
draw_strip(WINDOW *window, const struct view *view, int bottom)
{
    char next[2 * FRAME_TEXT];
    describe_next(view, next, sizeof next);
    frame_line(window, 0, view);
    frame_text(window, view, 1, 0, getmaxx(window), PAINT_STRONG, next);
    if (bottom > 2)
        frame_timeline(window, 2, view);
}

static void
intro_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    char right[FRAME_TEXT], time[DURATION_SIZE], next[2 * FRAME_TEXT];
    if (frame_small(window, view))
        return;
    int bottom = frame_footer(window, view, ui, keys);
    if (frame_rung(window) == RUNG_STRIP) {
        draw_strip(window, view, bottom);
        return;
    }
    snprintf(right, sizeof right, "introduction%s%s", frame_dot(view),
             frame_time(time, view, view->now.wall_ms));
    frame_header(window, view, right);
    bool roomy = getmaxy(window) >= 20;
    int top = draw_topic(window, view, roomy ? 2 : 1) + (roomy ? 1 : 0);
    int timeline_row = bottom - (roomy ? 2 : 1), next_row = timeline_row - (roomy ? 2 : 1);
    frame_timeline(window, timeline_row, view);
    describe_next(view, next, sizeof next);
    frame_centred(window, view, next_row, PAINT_STRONG, next);
    int64_t left = session_left_ms(view->session, view->now);
    big_clock(window, view, top, next_row - top - (roomy ? 1 : 0),
              left < 0 ? PAINT_LAST : PAINT_CLOCK, frame_clock(time, view, left));
}

static enum reply
intro_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    (void)view;
    (void)ui;
    bool enters = key_is_enter(key) || key_is(key, ' ') || key_is(key, 'n');
    if (enters)
        command->kind = COMMAND_NEXT;
    else if (key_is(key, 's'))
        command->kind = COMMAND_PASS;
    else
        return REPLY_IGNORED;
    return REPLY_COMMAND;
}

const struct screen intro_screen = {
    .name = "introduction", .draw = intro_draw, .key = intro_key, .keys = keys};
